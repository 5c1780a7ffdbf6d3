// SPDX-License-Identifier: EUPL-1.2
//! Dates in the wrong order, and days that do not exist.
//!
//! Not here: years that are out of date, and the order of month and as-of date of statistics.

use std::collections::BTreeSet;

use crate::check::calendar::{self, Day, Written};
use crate::check::{Rule, Run};
use crate::diag::{Finding, Span};
use crate::model::Programme;
use crate::model::provenance::Provenance;
use crate::model::yaml::Text;
use crate::tree::passage::Passage;

/// The code of its findings.
const CODE: &str = "datum-folge";

/// See `docs/regeln.md`.
pub(in crate::check) const RULE: Rule = Rule {
    code: CODE,
    run: Run::Data(|programme| {
        let mut out = Vec::new();
        for passage in &programme.passages {
            in_text(passage, &mut out);
        }
        in_data(programme, &mut out);
        agreement(programme, &mut out);
        out
    }),
};

fn in_text(passage: &Passage, out: &mut Vec<Finding>) {
    let text = passage.plain();
    let dates = calendar::dates(&text);
    let word = |date: &Written| &text[date.range.clone()];
    for date in dates.iter().filter(|date| !date.exists()) {
        out.push(
            Finding::error(CODE, format!("Den Tag „{}“ gibt es nicht.", word(date)))
                .at(passage.span(&date.range), "kein Tag im Kalender")
                .about(passage.text.clone())
                .hint("Prüfen Sie Tag und Monat."),
        );
    }
    for pair in dates.windows(2) {
        let [from, to] = pair else { continue };
        let between = &text[from.range.end..to.range.start];
        let before = &text[..from.range.start];
        let (Some(first), Some(last)) = (from.date(), to.date()) else { continue };
        if spans(before, between) && calendar::first(first) > calendar::last(last) {
            out.push(
                Finding::error(
                    CODE,
                    format!(
                        "Der Zeitraum endet, bevor er beginnt: „{} … {}“.",
                        word(from),
                        word(to)
                    ),
                )
                .at(passage.span(&(from.range.start..to.range.end)), "Anfang und Ende vertauscht?")
                .about(passage.text.clone())
                .hint("Vertauschen Sie beide Angaben, oder berichtigen Sie die Jahreszahl."),
            );
        }
    }
}

/// Whether what stands between two dates makes them the ends of a time.
fn spans(before: &str, between: &str) -> bool {
    const FILLING: [&str; 9] =
        ["zum", "einschließlich", "ende", "anfang", "mitte", "zu", "den", "jahr", "jahre"];
    let mut words = between.split_whitespace().map(str::to_lowercase);
    match words.next().as_deref() {
        Some("bis" | "–" | "-") => words.all(|word| FILLING.contains(&word.as_str())),
        Some("und") => {
            let from = before.split_whitespace().rev().take(3);
            from.into_iter().any(|word| word.eq_ignore_ascii_case("zwischen"))
                && words.next().is_none()
        }
        // "2018–2015"; with a hyphen it may be a number of something.
        None => false,
        Some(_) => between == "–",
    }
}

/// Dates of the data that are texts, so that `Sommer 2026` and `laufend` are possible.
fn in_data(programme: &Programme, out: &mut Vec<Finding>) {
    let mut seen: BTreeSet<Span> = BTreeSet::new();
    let mut look = |what: &str, text: Option<&Text>| {
        let Some(text) = text.filter(|text| calendar::impossible(&text.value)) else { return };
        if seen.insert(text.span) {
            out.push(
                Finding::error(CODE, format!("{what}: „{}“ gibt es nicht.", text.value.trim()))
                    .at(text.span, "sieht aus wie ein Datum, ist aber keines")
                    .hint("Schreiben Sie Tage als 2026-11-20 und Monate als 2026-11."),
            );
        }
    };
    let tables = programme.tables.iter().map(|table| &table.provenance);
    let pictures = programme.pictures.iter().map(|picture| &picture.provenance);
    let figures = programme.figures.iter().map(|(_, figure)| &figure.provenance);
    let all: Vec<&Provenance> = tables.chain(pictures).chain(figures).collect();
    for provenance in all {
        look("Stand", provenance.as_of.as_ref());
        look("Berichtsmonat", provenance.month.as_ref());
    }
    for task in programme.fields.iter().flat_map(|field| &field.tasks) {
        look("Frist", task.due.as_ref());
    }
}

/// A day as printed.
fn day(text: Option<&String>) -> Option<Day> {
    calendar::read(text?)?.day()
}

/// The agreement comes after everybody was heard and before the document is dated.
fn agreement(programme: &Programme, out: &mut Vec<Finding>) {
    let dated = calendar::printed(programme.date);
    let agreed = programme.agreement.as_ref().filter(|agreement| agreement.agreed);
    let on = agreed.and_then(|agreement| day(agreement.day.as_ref()));
    if let (Some(agreement), Some(on)) = (agreed, on)
        && on > programme.date
    {
        out.push(
            Finding::error(CODE, format!("Die Abstimmung ({}) liegt nach dem Stand des Dokuments ({dated}).", calendar::printed(on)))
                .at(agreement.span, "erst nach dem Stand")
                .hint("Setzen Sie „stand:“ auf den Tag der Abstimmung oder später, oder „zustand: entwurf“."),
        );
    }
    for entry in &programme.participation {
        let Some(heard) = day(entry.day.as_ref()) else { continue };
        let shown = calendar::printed(heard);
        if let Some(on) = on
            && heard > on
            && entry.body != "traegerversammlung"
        {
            out.push(
                Finding::warning(
                    CODE,
                    format!(
                        "{}: beteiligt am {shown}, also nach der Abstimmung am {}.",
                        entry.name,
                        calendar::printed(on)
                    ),
                )
                .at(entry.span, "zu spät für das abgestimmte Programm")
                .hint("Prüfen Sie beide Tage."),
            );
        } else if heard > programme.date && entry.result.is_some() {
            out.push(
                Finding::warning(CODE, format!("{}: Ein Ergebnis vom {shown} liegt nach dem Stand des Dokuments ({dated}).", entry.name))
                    .at(entry.span, "liegt noch in der Zukunft")
                    .hint("Prüfen Sie den Tag, oder lassen Sie „ergebnis:“ noch weg."),
            );
        }
    }
}
