// SPDX-License-Identifier: EUPL-1.2
//! What was copied from last year's programme: plans, titles and deadlines of a year that is over.
//!
//! Not here: dates in the wrong order.

mod sentence;

use std::collections::BTreeSet;

use crate::check::calendar::{self, Written};
use crate::check::{Rule, Run, parts, prose};
use crate::diag::{Finding, Span};
use crate::model::Programme;
use crate::tree::passage::PassageKind;
use crate::tree::{Document, Table, walk};

/// The code of its findings.
const CODE: &str = "altes-jahr";

/// See `docs/regeln.md`.
pub(in crate::check) const RULE: Rule = Rule {
    code: CODE,
    run: Run::Document(|programme, document| {
        let mut out = Vec::new();
        cover(programme, &mut out);
        sentences(programme, &mut out);
        headings(programme, document, &mut out);
        tables(programme, document, &mut out);
        columns(programme, &mut out);
        deadlines(programme, &mut out);
        out
    }),
};

/// The years of a text.
fn years(text: &str) -> Vec<i32> {
    calendar::dates(text).iter().filter_map(|date| date.year).collect()
}

/// Whether a text names years, but only such as are over in the programme's year.
fn only_past(text: &str, programme: &Programme) -> bool {
    let years = years(text);
    !years.is_empty() && years.iter().all(|year| i64::from(*year) < i64::from(programme.year))
}

fn old(message: String, span: Span, subject: &str) -> Finding {
    Finding::warning(CODE, message)
        .at(span, "aus dem Vorjahr übernommen?")
        .about(subject.to_owned())
}

/// Titles and dates on the cover.
fn cover(programme: &Programme, out: &mut Vec<Finding>) {
    let titles = std::iter::once(&programme.title).chain(&programme.subtitle);
    for title in titles.filter(|title| only_past(title, programme)) {
        let message =
            format!("Der Titel „{title}“ passt nicht zum Jahr des Programms, {}.", programme.year);
        out.push(
            old(message, programme.span, title)
                .hint("Ändern Sie „titel:“ oder „jahr:“ in programm.yaml."),
        );
    }
    let (year, month, day) = programme.date;
    // One is drawn up in the year before; two years before, the date of the last one was left.
    if i64::from(programme.year) - i64::from(year) == 2 {
        let message = format!(
            "Der Stand {} liegt weit vor dem Jahr des Programms, {}.",
            calendar::printed((year, month, day)),
            programme.year
        );
        out.push(
            old(message, programme.span, "stand").hint("Ändern Sie „stand:“ in programm.yaml."),
        );
    }
    if let Some(line) = &programme.date_line
        && let Some(other) = years(line).into_iter().max()
        && other != year
    {
        let message = format!(
            "Die Datumszeile „{line}“ passt nicht zum Stand {}.",
            calendar::printed((year, month, day))
        );
        out.push(
            old(message, programme.span, line)
                .hint("Ändern Sie „datumszeile:“ oder „stand:“ in programm.yaml."),
        );
    }
}

fn sentences(programme: &Programme, out: &mut Vec<Finding>) {
    // Goals, tasks and steps are plans, whatever verb they use.
    let plans: BTreeSet<String> = programme
        .fields
        .iter()
        .flat_map(|field| {
            let steps = field.strategies.iter().flat_map(|strategy| &strategy.steps);
            let steps = steps.flat_map(|(text, points)| std::iter::once(text).chain(points));
            let tasks = field.tasks.iter().map(|task| &task.text);
            std::iter::once(&field.goal).chain(tasks).chain(steps)
        })
        .map(|text| walk::plain(text))
        .collect();
    let mut seen = BTreeSet::new();
    for passage in &programme.passages {
        if passage.kind == PassageKind::Heading {
            continue;
        }
        let text = passage.plain();
        let planned = passage.kind == PassageKind::Value && plans.contains(&passage.text);
        for range in prose::sentences(&text) {
            let Some(year) = sentence::stale(&text[range.clone()], planned, programme) else {
                continue;
            };
            let at = range.start + year.range.start..range.start + year.range.end;
            let shown = &text[at.clone()];
            let span = passage.span(&at);
            if seen.insert(span) {
                let message = format!(
                    "Der Satz plant für „{shown}“, das Programm gilt für {}.",
                    programme.year
                );
                let whole = &passage.text[range.clone()];
                out.push(old(message, span, whole).hint("Berichtigen Sie das Jahr, oder schreiben Sie in der Vergangenheit, was daraus geworden ist."));
            }
        }
    }
}

/// Words of titles that announce.
const PLANS: [&str; 14] = [
    "schwerpunkt",
    "plan",
    "programm",
    "ziel",
    "ausrichtung",
    "strategi",
    "maßnahme",
    "ausblick",
    "vorhaben",
    "handlungsfeld",
    "ansatz",
    "aufgabe",
    "soll",
    "budget",
];

/// Words of titles that look back or compare.
const BACK: [&str; 22] = [
    "rückblick",
    "ergebnis",
    "bilanz",
    "rückschau",
    "erfahrung",
    "entwicklung",
    "ist",
    "stand",
    "vorjahr",
    "vergleich",
    "evaluation",
    "auswertung",
    "erreicht",
    "erwartung",
    "hochrechnung",
    "umsetzung",
    "seit",
    "erreichung",
    "verlauf",
    "vorbindung",
    "prognose",
    "rest",
];

fn says(text: &str, known: &[&str]) -> bool {
    prose::words(text).into_iter().any(|range| {
        let word = text[range].to_lowercase();
        known.iter().any(|known| match *known {
            "ist" | "seit" | "soll" | "stand" | "rest" => word == *known,
            known => word.contains(known),
        })
    })
}

fn headings(programme: &Programme, document: &Document, out: &mut Vec<Finding>) {
    for section in parts::sections(document) {
        let title = section.title.as_str();
        if only_past(title, programme) && says(title, &PLANS) && !says(title, &BACK) {
            let span = parts::heading_span(programme, title, 0).unwrap_or(programme.span);
            let message = format!(
                "Die Überschrift „{title}“ nennt ein vergangenes Jahr; das Programm gilt für {}.",
                programme.year
            );
            out.push(old(message, span, title).hint("Berichtigen Sie das Jahr."));
        }
    }
}

/// Tables and pictures with the plan of a past year and nothing of this one.
fn tables(programme: &Programme, document: &Document, out: &mut Vec<Finding>) {
    const PLANNED: [&str; 5] = ["plan", "soll", "ziel", "ansatz", "vorgesehen"];
    let mut look = |words: &[String], id: &str, span: Option<Span>, what: &str| {
        let Some(planned) =
            words.iter().find(|word| says(word, &PLANNED) && !years(word).is_empty())
        else {
            return;
        };
        // A caption speaks of all there is, whatever stands in the heads.
        let all = if Some(planned) == words.first() { planned.clone() } else { words.join(" | ") };
        // "Plan 2026" beside "Ergebnis 2026" looks back; beside "Ergebnis 2025" it was this year's plan.
        let plan = years(planned).into_iter().max();
        // Nor does it look back if this year's figures stand below it.
        let current = |word: &String| years(word).contains(&(programme.year.cast_signed()));
        let alone = Some(planned) == words.first() && words.iter().skip(1).any(current);
        let about = if alone { &words[..1] } else { words };
        let pieces = about.iter().flat_map(|word| word.split([',', '|', ';']));
        let mut pieces = pieces.flat_map(|piece| piece.split(" und "));
        let back = pieces.any(|piece| {
            let year = years(piece).into_iter().max();
            says(piece, &BACK) && (year.is_none() || year >= plan)
        });
        if only_past(&all, programme) && !back {
            let message = format!(
                "{what} „{id}“ zeigt mit „{planned}“ nur die Planung eines vergangenen Jahres."
            );
            let span = span.unwrap_or(programme.span);
            out.push(old(message, span, &all).hint(format!(
                "Berichtigen Sie das Jahr, oder stellen Sie daneben, was für {} geplant ist.",
                programme.year
            )));
        }
    };
    walk::tables(&document.blocks, &mut |table| {
        let id = table.id.as_deref().unwrap_or_default();
        let id = id.strip_prefix("tabelle-").unwrap_or(id);
        look(&heads(table), id, programme.table(id).map(|table| table.span), "Die Tabelle");
    });
    walk::pictures(&document.blocks, &mut |picture| {
        let id = picture.id.strip_prefix("abbildung-").unwrap_or(&picture.id);
        let mut words = vec![walk::plain(&picture.caption)];
        if let crate::tree::Image::Chart(chart) = &picture.image {
            words.extend(chart.series.iter().cloned());
            words.extend(chart.categories.iter().map(|category| category.label.clone()));
        }
        look(&words, id, programme.picture(id).map(|picture| picture.span), "Das Schaubild");
    });
}

/// Columns of this year's plan whose heads name a year that is over.
fn columns(programme: &Programme, out: &mut Vec<Finding>) {
    const FIELDS: [&str; 2] = ["eintritte", "mittelansatz"];
    const IDS: [&str; 4] = ["plan", "soll", "ansatz", "planung"];
    for table in &programme.tables {
        for column in table.columns.iter().filter(|column| column.numeric) {
            let planned = match column.field.as_deref() {
                Some(field) => FIELDS.contains(&field),
                None => IDS.contains(&column.id.as_str()),
            };
            let head = column.titles.join(" ");
            if planned && only_past(&head, programme) && !says(&head, &BACK) {
                let message = format!(
                    "Die Spalte „{head}“ der Tabelle „{}“ zeigt die Planung für {}, ihr Kopf nennt ein vergangenes Jahr.",
                    table.id, programme.year
                );
                out.push(old(message, column.span, &head).hint("Berichtigen Sie das Jahr."));
            }
        }
    }
}

/// Caption and cells of the head.
fn heads(table: &Table) -> Vec<String> {
    let mut out = vec![walk::plain(&table.caption)];
    out.extend(table.head.iter().flatten().map(walk::cell_text));
    out
}

/// Tasks that should have been done before the document was written.
fn deadlines(programme: &Programme, out: &mut Vec<Finding>) {
    for task in programme.fields.iter().flat_map(|field| &field.tasks) {
        let Some(due) = task.due.as_ref().filter(|_| task.done != Some(true)) else { continue };
        let Some(date) = calendar::read(&due.value) else { continue };
        if calendar::last(date) < programme.date {
            let text = walk::plain(&task.text);
            let message = format!(
                "Die Frist „{date}“ ist am Stand des Dokuments ({}) schon vorbei.",
                calendar::printed(programme.date)
            );
            out.push(
                old(message, due.span, &text)
                    .hint("Setzen Sie eine neue Frist, oder „erledigt: ja“."),
            );
        }
    }
}

/// A year in a sentence, for the parts of this rule.
type Year = Written;
