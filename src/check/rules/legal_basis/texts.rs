// SPDX-License-Identifier: EUPL-1.2
//! Sections of law and names of instruments in texts.
//!
//! Not here: measures with a legal basis of their own.

use std::collections::{BTreeMap, BTreeSet};

use super::{CODE, belongs, ends, of_section, sections_of};
use crate::check::citation::{Citation, citations};
use crate::check::wording::{Use, Uses, readable, texts, times, with_places};
use crate::check::{change, prose};
use crate::diag::{Finding, Severity};
use crate::law::instruments::{Instrument, instruments, sections as dated_sections, unheard_of};
use crate::law::terms::{Standing, standing, year_of};
use crate::model::Programme;
use crate::model::date::spelled;

/// What is wrong with sections that are met in several places.
struct Wrong<'a> {
    message: String,
    hint: String,
    severity: Severity,
    uses: Vec<Use<'a>>,
}

/// Sections that no law ever had, and those that do not hold in the year.
pub(super) fn sections(programme: &Programme) -> Vec<Finding> {
    let mut found = BTreeMap::<String, Wrong<'_>>::new();
    for passage in texts(programme) {
        let text = readable(passage);
        for citation in citations(&text) {
            let said = sentence_around(&text, citation.range.start);
            for item in &citation.items {
                let section = item.section();
                let Some(wrong) =
                    wrong_section(programme.year, &citation, item.number, item.letter, said)
                else {
                    continue;
                };
                let range = citation.range.start..item.range.end;
                found.entry(section).or_insert(wrong).uses.push(Use { passage, range });
            }
        }
    }
    let finding = |(section, wrong): (String, Wrong<'_>)| {
        let (first, rest) = wrong.uses.split_first()?;
        let count = times(wrong.uses.len());
        let mut finding = Finding::warning(CODE, format!("{} ({count} genannt).", wrong.message))
            .at(first.span(), "dieser Paragraf")
            .hint(wrong.hint)
            .about(format!("§ {section}"));
        finding.severity = wrong.severity;
        Some(with_places(finding, rest, "auch hier"))
    };
    found.into_iter().filter_map(finding).collect()
}

fn wrong_section<'a>(
    year: u32,
    citation: &Citation,
    number: u32,
    letter: Option<char>,
    said: &str,
) -> Option<Wrong<'a>> {
    let section = letter.map_or_else(|| number.to_string(), |letter| format!("{number}{letter}"));
    // "§ 16e" without a law can only mean SGB II here.
    let assumed = (number == 16 && letter.is_some()).then_some("SGB II");
    let law = citation.law.as_deref().or(assumed)?;
    let wrong = |severity, message, hint| Some(Wrong { message, hint, severity, uses: Vec::new() });
    if law == "SGB II" && unheard_of(number, letter) {
        // What the reform of 2026 may have added was not read in the law.
        let severity = match (number, letter, year) {
            (101.., ..) | (16, _, ..2026) => Severity::Error,
            (16, ..) | (_, None, _) | (.., ..2026) => Severity::Warning,
            _ => Severity::Note,
        };
        return wrong(
            severity,
            format!("§\u{a0}{section} SGB\u{a0}II gibt es nicht"),
            "Prüfen Sie Zahl, Buchstaben und Gesetz.".to_owned(),
        );
    }
    let dated =
        dated_sections().iter().find(|dated| dated.law == law && dated.section == section)?;
    if citation.former || change::runs_off(said) {
        return None;
    }
    let severity = if dated.certain { Severity::Error } else { Severity::Warning };
    let hint = format!("Quelle: {}.", dated.source);
    match standing(&dated.from, dated.until.as_deref(), year) {
        Standing::NotYet if !change::speaks_of_the_future(said, &dated.from) => {
            let from = spelled(&dated.from);
            wrong(
                severity,
                format!(
                    "§\u{a0}{section} {law} gibt es erst seit dem {from}, das Programm ist für {year}"
                ),
                hint,
            )
        }
        Standing::Ended => {
            let until = dated.until.as_deref().unwrap_or_default();
            let told = change::speaks_of_the_past(said, until);
            let until = spelled(until);
            (!told).then(|| Wrong {
                message: format!(
                    "§\u{a0}{section} {law} galt nur bis zum {until}, das Programm ist für {year}"
                ),
                hint,
                // What has ended may still be paid.
                severity: Severity::Warning,
                uses: Vec::new(),
            })
        }
        _ => None,
    }
}

/// Names of instruments beside the section of another one, and names that do not hold in the year.
pub(super) fn names(programme: &Programme) -> Vec<Finding> {
    let mut out = Vec::new();
    let mut dated = Uses::new();
    // Said once, it holds for the document: "Die Ausfinanzierung des BEZ …".
    let mut explained = BTreeSet::new();
    // Most instruments are named nowhere; each text is searched for the others only.
    let whole: String = texts(programme).map(readable).collect::<Vec<_>>().join("\n");
    let named: Vec<_> = instruments()
        .iter()
        .filter(|instrument| instrument.forms.iter().any(|form| whole.contains(form.as_str())))
        .collect();
    for passage in texts(programme) {
        let text = readable(passage);
        let met: Vec<_> = named
            .iter()
            .flat_map(|instrument| {
                met(&text, instrument).into_iter().map(move |at| (instrument, at))
            })
            .collect();
        // Most texts name none.
        let cited = if met.is_empty() { Vec::new() } else { citations(&text) };
        for (instrument, (at, length)) in met {
            let range = at..at + length;
            if let Some((citation, other)) =
                beside(&text, &range, &cited, instrument, programme.year)
            {
                out.push(mismatch(
                    instrument,
                    other,
                    &Use { passage, range: citation.range.clone() },
                ));
            }
            let until = instrument.until.as_deref();
            let said = sentence_around(&text, at);
            let told = match standing(&instrument.from, until, programme.year) {
                Standing::InForce => true,
                Standing::NotYet => change::speaks_of_the_future(said, &instrument.from),
                Standing::Ended => change::speaks_of_the_past(said, until.unwrap_or_default()),
            };
            if change::runs_off(said) {
                explained.insert(&instrument.id);
            } else if !told && !instrument.only_new && !instrument.general {
                dated.entry(instrument.id.clone()).or_default().push(Use { passage, range });
            }
        }
    }
    for instrument in instruments() {
        if let Some(uses) = dated.get(&instrument.id)
            && !explained.contains(&instrument.id)
            && !names_measure(programme, instrument)
        {
            out.extend(outdated(instrument, uses, programme.year));
        }
    }
    out
}

/// Whether a measure bears the name; then that has been said there.
fn names_measure(programme: &Programme, instrument: &Instrument) -> bool {
    programme
        .measures
        .iter()
        .any(|measure| super::leads(&crate::tree::walk::plain(&measure.name), instrument))
}

fn outdated(instrument: &Instrument, uses: &[Use<'_>], year: u32) -> Option<Finding> {
    let (first, rest) = uses.split_first()?;
    let name = &instrument.name;
    let count = times(uses.len());
    let message = match &instrument.until {
        Some(until) if year_of(until) < year => format!(
            "„{name}“ gab es nur bis zum {}; das Programm ist für {year} ({count} genannt).",
            spelled(until)
        ),
        _ => format!(
            "„{name}“ gibt es erst seit dem {}; das Programm ist für {year} ({count} genannt).",
            spelled(&instrument.from)
        ),
    };
    let finding = Finding::warning(CODE, message)
        .at(first.span(), "nicht in diesem Jahr")
        .hint_if(instrument.successor.as_ref().map(|next| format!("Seitdem gilt: {next}.")))
        .hint("Wird nur zu Ende bezahlt, was schon läuft, sollte der Satz das sagen („Ausfinanzierung“).")
        .hint(format!("Quelle: {}.", instrument.source))
        .about(name.as_str());
    Some(with_places(finding, rest, "auch hier"))
}

fn mismatch(instrument: &Instrument, other: &Instrument, used: &Use<'_>) -> Finding {
    Finding::warning(
        CODE,
        format!(
            "„{}“ steht neben dem Paragrafen von „{}“; erwartet wird {} {}.",
            instrument.name,
            other.name,
            sections_of(instrument),
            instrument.law
        ),
    )
    .at(used.span(), "gehört zu einem anderen Instrument")
    .hint("Prüfen Sie Namen und Paragrafen.")
    .hint(format!("Quelle: {}.", instrument.source))
    .about(instrument.name.as_str())
}

/// The citation that directly follows or leads a name, if it belongs to another instrument only.
fn beside<'c>(
    text: &str,
    name: &std::ops::Range<usize>,
    cited: &'c [Citation],
    instrument: &Instrument,
    year: u32,
) -> Option<(&'c Citation, &'static Instrument)> {
    const BETWEEN: [&str; 13] = [
        "",
        "(",
        "nach",
        "gemäß",
        "gem.",
        "nach dem",
        "i. S. d.",
        "–",
        "-",
        ":",
        "(nach",
        "laut",
        "im Sinne des",
    ];
    // A longer name that contains this one has its own section.
    let tail = text[name.end..].trim_start_matches(char::is_alphanumeric);
    let close = text.len() - tail.len();
    let near = cited.iter().find(|citation| {
        let after = text.get(close..citation.range.start).map(|gap| BETWEEN.contains(&gap.trim()));
        let before = text.get(citation.range.end..name.start).map(|gap| {
            matches!(gap.trim(), "" | "(" | "–" | "-" | ":" | "(„" | "„") || gap.trim() == ") "
        });
        after.unwrap_or(false) || before.unwrap_or(false)
    })?;
    let telling = !near.former && near.items.iter().any(|item| item.section() != "16");
    let here = matches!(near.law.as_deref(), None | Some("SGB II" | "SGB III"));
    // Without a law, only the sections after § 16 speak for themselves.
    let speaks = near.law.is_some() || near.items.iter().all(|item| item.number == 16);
    if !telling || !here || !speaks || belongs(near, instrument) {
        return None;
    }
    // "i. V. m." may lead to the right section.
    let later = cited.iter().find(|next| {
        text.get(near.range.end..next.range.start).is_some_and(|gap| {
            let gap: String = gap.chars().filter(|c| !c.is_whitespace()).collect();
            matches!(
                gap.as_str(),
                "i.V.m." | "iVm" | "iVm." | "inVerbindungmit" | "," | "und" | "/"
            )
        })
    });
    if later.is_some_and(|next| belongs(next, instrument)) {
        return None;
    }
    let other = of_section(near, year)?;
    Some((near, other))
}

/// Where a text names an instrument: byte and length of the form.
fn met(text: &str, instrument: &Instrument) -> Vec<(usize, usize)> {
    let mut out: Vec<(usize, usize)> = Vec::new();
    // Looking whether it is there at all is faster than looking where.
    for form in instrument.forms.iter().filter(|form| text.contains(form.as_str())) {
        for (at, _) in text.match_indices(form.as_str()) {
            let begins = !text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '-');
            let inside = out.iter().any(|(start, length)| (*start..start + length).contains(&at));
            if begins && !inside && ends(&text[at + form.len()..]) {
                out.push((at, form.len()));
            }
        }
    }
    out
}

/// The sentence around a place.
fn sentence_around(text: &str, at: usize) -> &str {
    prose::sentences(text)
        .into_iter()
        .find(|sentence| sentence.contains(&at))
        .map_or(text, |sentence| &text[sentence])
}
