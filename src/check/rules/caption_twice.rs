// SPDX-License-Identifier: EUPL-1.2
//! Two tables, two pictures, or two headings below the same section that are called the same.
//!
//! Not here: a table and its diagram, which may share a caption.

use std::collections::{BTreeMap, BTreeSet};

use crate::check::{Rule, Run, parts, titles};
use crate::diag::{Finding, Span};
use crate::model::Programme;

/// The code of its findings.
const CODE: &str = "beschriftung-doppelt";

/// See `docs/regeln.md`.
pub(in crate::check) const RULE: Rule = Rule {
    code: CODE,
    run: Run::Document(|programme, document| {
        let mut out = Vec::new();
        let of_table = |id: &str| {
            let id = id.strip_prefix("tabelle-").unwrap_or(id);
            programme.table(id).map(|table| table.span)
        };
        let of_picture = |id: &str| {
            let id = id.strip_prefix("abbildung-").unwrap_or(id);
            programme.picture(id).map(|picture| picture.span)
        };
        captions(&parts::tables(document), "Tabellen", &of_table, programme, &mut out);
        captions(&parts::pictures(document), "Abbildungen", &of_picture, programme, &mut out);
        headings(programme, &parts::sections(document), &mut out);
        out
    }),
};

fn captions(
    all: &[parts::Captioned],
    what: &str,
    place: &dyn Fn(&str) -> Option<Span>,
    programme: &Programme,
    out: &mut Vec<Finding>,
) {
    let mut seen: BTreeMap<Vec<String>, &parts::Captioned> = BTreeMap::new();
    for second in all {
        let words = titles::words(&second.caption);
        if words.is_empty() {
            continue;
        }
        let Some(first) = seen.get(&words).copied() else {
            seen.insert(words, second);
            continue;
        };
        let numbers = match (&first.label, &second.label) {
            (Some(first), Some(second)) => format!(" ({first} und {second})"),
            _ => String::new(),
        };
        let message = format!("Zwei {what} heißen „{}“{numbers}.", second.caption);
        let span = |one: &parts::Captioned| place(&one.id);
        // One that is put in twice has an anchor that counts on: `tabelle-mittel-2`.
        let twice = second.id.strip_prefix(first.id.as_str()).is_some_and(|rest| {
            rest.strip_prefix('-').is_some_and(|rest| rest.chars().all(|c| c.is_ascii_digit()))
        });
        let own = span(second).filter(|_| !twice).or_else(|| span(first)).unwrap_or(programme.span);
        let finding = Finding::warning(CODE, message);
        out.push(if twice && span(second).is_none() {
            finding
                .at(own, "steht zweimal im Dokument")
                .hint("Fügen Sie sie einmal ein, und verweisen Sie an der anderen Stelle darauf.")
        } else {
            let finding = finding.at(own, "zum zweiten Mal");
            let finding = match span(first) {
                Some(span) => finding.label(span, "zum ersten Mal"),
                None => finding,
            };
            finding.hint("Sagen Sie in der Beschriftung, worin sich beide unterscheiden: Jahr, Gruppe, Handlungsfeld.")
        });
    }
}

fn headings(programme: &Programme, all: &[parts::Section], out: &mut Vec<Finding>) {
    // How often a title was met, and below which sections.
    let mut seen: BTreeMap<Vec<String>, (usize, BTreeSet<Option<usize>>)> = BTreeMap::new();
    for second in all {
        let words = titles::words(&second.title);
        if words.is_empty() {
            continue;
        }
        let (count, parents) = seen.entry(words).or_default();
        let before = *count;
        *count += 1;
        if parents.insert(second.parent) {
            continue;
        }
        let around = match second.parent {
            Some(parent) => format!(" unter „{}“", all[parent].title),
            None => String::new(),
        };
        let message = format!("Zwei Überschriften{around} heißen „{}“.", second.title);
        let span = parts::heading_span(programme, &second.title, before).unwrap_or(programme.span);
        out.push(
            Finding::warning(CODE, message).at(span, "zum zweiten Mal").hint(
                "Geben Sie den Abschnitten verschiedene Titel, oder führen Sie sie zusammen.",
            ),
        );
    }
}
