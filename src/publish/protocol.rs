// SPDX-License-Identifier: EUPL-1.2
//! The protocol of a publication: what was published, from which data, what was left out, and the
//! checksum of every file; for programs as JSON, for people as Markdown.
//!
//! It is public itself: it names kinds and numbers of what was left out, never what that was.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};
use sha2::{Digest as _, Sha256};

use super::model::{PublicModel, legend};
use super::opendata::pretty;
use crate::model::programme::Form;
use crate::model::quantity::thousands;

/// Name of the protocol.
pub const PROTOCOL: &str = "protokoll.json";
/// Name of the protocol for people.
pub const READABLE: &str = "veroeffentlichung.md";

/// What is told about a publication.
#[derive(Debug)]
pub struct Report<'a> {
    /// The public version.
    pub model: &'a PublicModel,
    /// Paths of figures that are not shown for reasons of secrecy.
    pub hidden: Vec<String>,
    /// How many rules were checked, and how many figures.
    pub checked: (usize, usize),
    /// How many internal texts and numbers were searched for.
    pub searched: (usize, usize),
    /// Whether the edition of the year before was there to be compared.
    pub former: Option<bool>,
}

/// A file of an edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Path within the edition.
    pub path: String,
    /// Size in bytes.
    pub bytes: u64,
    /// SHA-256 in hexadecimal digits.
    pub sum: String,
}

/// The checksum of a file.
pub fn sum(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digest = Sha256::digest(bytes);
    let halves = digest.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    halves.map(|half| char::from(DIGITS[usize::from(half)])).collect()
}

/// One checksum for all files that say something: the same files, the same version.
pub fn version(files: &[(String, Vec<u8>)]) -> String {
    version_of(files.iter().map(|(path, bytes)| (path.as_str(), sum(bytes))))
}

fn version_of<'p>(files: impl Iterator<Item = (&'p str, String)>) -> String {
    // What tells of the version cannot be part of it.
    let own = files.filter(|(path, _)| *path != READABLE && *path != PROTOCOL);
    let mut sums: Vec<String> = own.map(|(path, sum)| format!("{path}\u{0}{sum}")).collect();
    sums.sort();
    sum(sums.join("\n").as_bytes())[..12].to_owned()
}

/// Key of the checksum of the protocol itself.
const OWN_SUM: &str = "pruefsumme";

/// The checksum of a protocol in which the place for it is empty, letter by letter: neither spaces nor
/// keys can be put in.
fn own_sum(empty: &str) -> String {
    sum(empty.as_bytes())
}

/// Whether a protocol is as it was written: it bears its own checksum, and names the version that
/// follows from its list. Who changes a file and its checksum has to change both, and with them what
/// was announced.
pub fn is_consistent(text: &str, entries: &[Entry]) -> bool {
    let Ok(whole) = serde_json::from_str::<Json>(text) else { return false };
    let files = entries.iter().map(|entry| (entry.path.as_str(), entry.sum.clone()));
    let Some(stated) = whole[OWN_SUM].as_str().filter(|sum| !sum.is_empty()) else { return false };
    whole["fassung"].as_str() == Some(version_of(files).as_str())
        && stated == own_sum(&text.replacen(stated, "", 1))
}

/// The protocol as JSON.
pub fn json(report: &Report<'_>, files: &[(String, Vec<u8>)], version: &str) -> String {
    let programme = report.model.programme();
    let (year, month, day) = programme.date;
    let left_out: Vec<Json> = report
        .model
        .left_out()
        .into_iter()
        .map(
            |((class, kind), count)| json!({ "grund": class.word(), "art": kind, "anzahl": count }),
        )
        .collect();
    let mut sorted: Vec<&(String, Vec<u8>)> = files.iter().collect();
    sorted.sort_by(|one, other| one.0.cmp(&other.0));
    let listed: Vec<Json> = sorted
        .into_iter()
        .map(|(path, bytes)| json!({ "pfad": path, "bytes": bytes.len(), "sha256": sum(bytes) }))
        .collect();
    let mut protocol = json!({
        "programm": programme.id,
        "titel": programme.title,
        "jobcenter": programme.jobcenter,
        "jahr": programme.year,
        "fassung": version,
        "stand": format!("{year:04}-{month:02}-{day:02}"),
        "abgestimmt_am": programme.agreement.as_ref().and_then(|it| it.day.clone()),
        "erzeugt_mit": concat!("amip ", env!("CARGO_PKG_VERSION")),
        "pruefung": {
            "regeln": report.checked.0,
            "zahlen": report.checked.1,
            "offene_befunde": 0,
            "gesuchte_interne_texte": report.searched.0,
            "gesuchte_interne_zahlen": report.searched.1,
            "gefunden": 0,
        },
        "ausgelassen": left_out,
        "geheimhaltung": {
            "mindestfallzahl": programme.publication.threshold,
            "zeichen": programme.publication.sign,
            "nicht_ausgewiesen": report.hidden,
            "vorjahresausgabe_verglichen": report.former,
        },
        "dateien": listed,
    });
    protocol[OWN_SUM] = Json::String(String::new());
    protocol[OWN_SUM] = Json::String(own_sum(&pretty(&protocol)));
    pretty(&protocol)
}

/// The protocol for people.
pub fn readable(report: &Report<'_>, version: &str) -> String {
    let programme = report.model.programme();
    let (year, month, day) = programme.date;
    let mut out = format!(
        "# Veröffentlichung: {}\n\n{}, Fassung {version}, Stand der Daten {day:02}.{month:02}.{year}.\n\n",
        programme.title, programme.jobcenter
    );
    let agreed = programme.agreement.as_ref().and_then(|agreement| agreement.day.clone());
    if let Some(agreed) = agreed {
        let assembly = if programme.form == Some(Form::Municipal) {
            ""
        } else {
            " in der Trägerversammlung (§\u{a0}44c Abs.\u{a0}6 SGB\u{a0}II)"
        };
        out.push_str(&format!("Abgestimmt{assembly} am {agreed}.\n\n"));
    }
    let count = |count: usize| thousands(&count.to_string());
    out.push_str(&format!(
        "## Geprüft\n\n- {} Regeln an {} Zahlen; kein Befund ist offen\n- alle Dateien dieser Ausgabe nach {} internen Texten und {} internen Zahlen durchsucht; nichts gefunden\n- PDF nach PDF/UA-1 und PDF/A-2a gesetzt\n\n",
        count(report.checked.0),
        count(report.checked.1),
        count(report.searched.0),
        count(report.searched.1)
    ));
    out.push_str("## Nicht veröffentlicht\n\n");
    let left_out = report.model.left_out();
    if left_out.is_empty() {
        out.push_str("Es wurde nichts ausgelassen.\n\n");
    } else {
        out.push_str("| Grund | Art | Anzahl |\n|---|---|---:|\n");
        for ((class, kind), number) in left_out {
            out.push_str(&format!("| {} | {kind} | {} |\n", class.word(), count(number)));
        }
        out.push('\n');
    }
    out.push_str("## Statistische Geheimhaltung\n\n");
    out.push_str(&secrecy(report));
    out.push_str(
        "\nDie Prüfsumme jeder Datei steht in `protokoll.json`; „amip verify“ vergleicht sie.\n",
    );
    out
}

/// What is secret, and what the check cannot know.
fn secrecy(report: &Report<'_>) -> String {
    let programme = report.model.programme();
    let threshold = programme.publication.threshold;
    let mut out = match report.hidden.len() {
        0 => format!("Kein veröffentlichter Wert zählt weniger als {threshold} Fälle.\n\n"),
        one => format!(
            "{} {} nicht ausgewiesen. Legende: {}\n\n",
            thousands(&one.to_string()),
            if one == 1 { "Wert ist" } else { "Werte sind" },
            legend(&programme.publication)
        ),
    };
    out.push_str(match report.former {
        Some(true) => "Die veröffentlichte Ausgabe des Vorjahres wurde einbezogen.\n\n",
        Some(false) => "Eine veröffentlichte Ausgabe des Vorjahres lag nicht vor; was sie zeigte oder verschwieg, ist nicht berücksichtigt.\n\n",
        None => "",
    });
    out.push_str("Was die Prüfung nicht wissen kann: andere Veröffentlichungen und Auskünfte, Wissen einzelner Leserinnen und Leser, Zahlen in Bildern, die nicht aus den Daten gezeichnet sind, und dass dieselben Personen an zwei Stellen gezählt werden, die in den Daten nicht verbunden sind. Die Dominanzregel wird nicht geprüft.\n");
    out
}

/// How a folder stands to its protocol.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Difference {
    /// Files that are not as they were published.
    pub changed: Vec<String>,
    /// Files that are gone.
    pub missing: Vec<String>,
    /// Files that were not published.
    pub additional: Vec<String>,
}

impl Difference {
    /// Whether everything is as it was published.
    pub fn is_none(&self) -> bool {
        self.changed.is_empty() && self.missing.is_empty() && self.additional.is_empty()
    }
}

/// The files that a protocol lists.
///
/// # Errors
///
/// A German sentence, if it is no protocol.
pub fn entries(text: &str) -> Result<Vec<Entry>, String> {
    let broken = || {
        "Das Protokoll lässt sich nicht lesen; es ist beschädigt oder keines von amip.".to_owned()
    };
    let whole: Json = serde_json::from_str(text).map_err(|_| broken())?;
    let files = whole["dateien"].as_array().ok_or_else(broken)?;
    files
        .iter()
        .map(|file| {
            Some(Entry {
                path: file["pfad"].as_str()?.to_owned(),
                bytes: file["bytes"].as_u64()?,
                sum: file["sha256"].as_str()?.to_owned(),
            })
        })
        .collect::<Option<Vec<Entry>>>()
        .ok_or_else(broken)
}

/// Compares the files of a folder with its protocol.
pub fn compare(entries: &[Entry], files: &BTreeMap<String, (u64, String)>) -> Difference {
    let mut out = Difference::default();
    for entry in entries {
        match files.get(&entry.path) {
            None => out.missing.push(entry.path.clone()),
            Some((bytes, sum)) if *bytes != entry.bytes || *sum != entry.sum => {
                out.changed.push(entry.path.clone());
            }
            Some(_) => {}
        }
    }
    let listed =
        |path: &&String| *path == PROTOCOL || entries.iter().any(|entry| entry.path == **path);
    out.additional = files.keys().filter(|path| !listed(path)).cloned().collect();
    out
}
