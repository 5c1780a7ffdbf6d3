// SPDX-License-Identifier: EUPL-1.2
//! Where the programme of the year before lies, and whether it is the one that is meant.
//!
//! Not here: reading it.

use std::fs;
use std::path::{Component, Path, PathBuf};

use crate::diag::{Finding, Span, did_you_mean};
use crate::model::Programme;
use crate::model::folder::{is_programme, show};
use crate::model::records::ProgrammeRecord;
use crate::model::yaml::Text;

/// The folder that a programme names.
pub(super) fn find(root: &Path, text: &Text) -> Result<PathBuf, Box<Finding>> {
    let name = text.value.trim().replace('\\', "/");
    let missing = |message: String, remark: &str| {
        Err(Box::new(
            Finding::input("vorjahr-fehlt", message)
                .at(text.span, remark)
                .hint(beside(root, &name)),
        ))
    };
    let placed = |message: &str, hint: &str| {
        Err(Box::new(
            Finding::input("vorjahr-ordner", message).at(text.span, "dieser Ordner").hint(hint),
        ))
    };
    let drive = name.chars().nth(1) == Some(':');
    if name.starts_with('/') || drive {
        return placed(
            "Der Ordner des Vorjahres ist von der Wurzel aus angegeben; auf einem anderen Rechner gibt es ihn so nicht.",
            "Geben Sie ihn vom Ordner dieses Programms aus an, zum Beispiel „../musterstadt-2026“.",
        );
    }
    let joined = root.join(&name);
    let (Ok(base), Ok(real)) = (root.canonicalize(), joined.canonicalize()) else {
        return missing(
            format!("Den Ordner „{name}“ mit dem Programm des Vorjahres gibt es nicht."),
            "von diesem Ordner aus gesucht",
        );
    };
    if real == base || name.is_empty() {
        return Err(Box::new(
            Finding::input(
                "vorjahr-selbst",
                "Als Programm des Vorjahres ist dieses Programm selbst angegeben.",
            )
            .at(text.span, "das ist derselbe Ordner")
            .hint(beside(root, &name)),
        ));
    }
    if real.is_file() {
        return missing(
            format!("„{name}“ ist eine Datei, kein Ordner mit einem Programm."),
            "erwartet: ein Ordner",
        );
    }
    if !is_programme(&real) {
        return missing(
            format!("Im Ordner „{name}“ liegt kein Programm; programm.yaml fehlt dort."),
            "kein Programm",
        );
    }
    if real.starts_with(&base) || base.starts_with(&real) {
        return placed(
            "Das Programm des Vorjahres und dieses Programm liegen ineinander; ihre Dateien ließen sich nicht auseinanderhalten.",
            "Legen Sie beide Ordner nebeneinander.",
        );
    }
    let tidied = tidy(&joined);
    let same = tidied.canonicalize().is_ok_and(|path| path == real);
    Ok(if same { tidied } else { joined })
}

/// A path without steps that lead up again.
fn tidy(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        let below = matches!(out.components().next_back(), Some(Component::Normal(_)));
        match part {
            Component::CurDir => {}
            Component::ParentDir if below => {
                out.pop();
            }
            part => out.push(part),
        }
    }
    out
}

/// "Meinten Sie …?" for a programme beside this one, or all of them.
fn beside(root: &Path, name: &str) -> String {
    const EXAMPLE: &str = "Geben Sie den Ordner vom Ordner dieses Programms aus an, zum Beispiel „vorjahr: ../musterstadt-2026“.";
    const MOST: usize = 8;
    let Ok(base) = root.canonicalize() else { return EXAMPLE.to_owned() };
    let entries = base.parent().and_then(|parent| fs::read_dir(parent).ok());
    let mut known: Vec<String> = entries
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| *path != base && is_programme(path))
        .filter_map(|path| Some(format!("../{}", path.file_name()?.to_str()?)))
        .collect();
    known.sort();
    // Somebody may leave out the way to the folder.
    let last = format!("../{}", name.rsplit('/').next().unwrap_or_default());
    let meant = did_you_mean(name, known.iter().map(String::as_str))
        .or_else(|| did_you_mean(&last, known.iter().map(String::as_str)));
    meant.unwrap_or_else(|| {
        known.truncate(MOST);
        let quoted: Vec<String> = known.iter().map(|name| format!("„{name}“")).collect();
        if quoted.is_empty() {
            EXAMPLE.to_owned()
        } else {
            format!("Neben diesem Programm liegen: {}.", quoted.join(", "))
        }
    })
}

/// Stands before what is wrong with the programme of the year before; it has no place, so that it is
/// shown first.
pub(super) fn unusable(folder: &Path, count: usize) -> Finding {
    let shown = show(folder);
    let faults = match count {
        0 => "es lässt sich nicht lesen".to_owned(),
        1 => "es hat einen Fehler".to_owned(),
        count => format!("es hat {count} Fehler"),
    };
    Finding::input(
        "vorjahr-unbrauchbar",
        format!("Das Programm des Vorjahres („{shown}“) kann nicht verwendet werden; {faults}."),
    )
    .hint("Beheben Sie die Fehler in seinen Dateien, die hier mitgenannt sind, oder streichen Sie „vorjahr:“ in programm.yaml.")
}

/// What speaks against its being the programme of the year before.
pub(super) fn wrong(
    record: &ProgrammeRecord,
    text: &Text,
    root: &Path,
    folder: &Path,
    earlier: &Programme,
) -> Vec<Finding> {
    let mut out = Vec::new();
    if !same_jobcenter(&record.jobcenter.value, &earlier.jobcenter) {
        out.push(
            Finding::input(
                "vorjahr-jobcenter",
                format!(
                    "Das Programm in „{}“ ist von „{}“, nicht von „{}“.",
                    text.value, earlier.jobcenter, record.jobcenter.value
                ),
            )
            .at(text.span, "anderes Jobcenter")
            .label(record.jobcenter.span, "dieses Programm")
            .hint("Verglichen wird nur mit dem eigenen Programm des Vorjahres. Hat das Jobcenter einen neuen Namen, tragen Sie ihn auch dort ein."),
        );
    }
    let year = record.year.value;
    if earlier.year >= year {
        let what =
            if earlier.year == year { "für dasselbe Jahr" } else { "für ein späteres Jahr" };
        out.push(
            Finding::input(
                "vorjahr-jahr",
                format!("Das Programm in „{}“ ist {what}: {}.", text.value, earlier.year),
            )
            .at(text.span, format!("erwartet: das Programm {}", year - 1))
            .label(record.year.span, "dieses Programm")
            .hint("Nennen Sie den Ordner des früheren Programms, oder berichtigen Sie „jahr:“ in einem der beiden."),
        );
    }
    if let Some(back) = &earlier.earlier
        && names(folder, &back.value, root)
    {
        out.push(
            Finding::input("vorjahr-kreis", "Beide Programme nennen einander als Vorjahr.")
                .at(back.span, format!("im Programm {} das Programm {year}", earlier.year))
                .label(text.span, format!("im Programm {year} das Programm {}", earlier.year))
                .hint("Streichen Sie „vorjahr:“ im früheren der beiden, oder nennen Sie dort das Programm davor."),
        );
    }
    out
}

fn names(folder: &Path, name: &str, root: &Path) -> bool {
    let named = folder.join(name.trim().replace('\\', "/")).canonicalize();
    named.is_ok_and(|named| root.canonicalize().is_ok_and(|root| root == named))
}

/// Whether two names have a word in common that tells one Jobcenter from another.
fn same_jobcenter(one: &str, other: &str) -> bool {
    const COMMON: [&str; 9] =
        ["jobcenter", "arge", "stadt", "kreis", "landkreis", "region", "gmbh", "aör", "der"];
    let words = |name: &str| -> Vec<String> {
        let words = name.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase);
        words.filter(|word| word.chars().count() > 2).collect()
    };
    let (one, other) = (words(one), words(other));
    one == other || one.iter().any(|word| !COMMON.contains(&word.as_str()) && other.contains(word))
}

/// Years are missing between both programmes.
pub(super) fn gap(from: u32, to: u32, span: Span) -> Finding {
    let years: Vec<String> = (from + 1..to).map(|year| year.to_string()).collect();
    let which = if years.len() == 1 { "das Programm" } else { "die Programme" };
    let verb = if years.len() == 1 { "fehlt" } else { "fehlen" };
    Finding::note(
        "vorjahr-luecke",
        format!("Verglichen wird mit dem Programm {from}; {which} {} {verb} dazwischen.", years.join(", ")),
    )
    .at(span, format!("Programm {from}"))
    .hint("Überschriften wie „Plan {vorjahr}“ nennen das Jahr des Programms, mit dem verglichen wird.")
}
