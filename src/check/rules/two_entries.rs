// SPDX-License-Identifier: EUPL-1.2
//! The same thing entered twice, with two values.

use std::collections::BTreeMap;

use crate::check::agreement::{self, Agreement};
use crate::check::{Rule, Run};
use crate::diag::{Disagreement, Finding};
use crate::model::Programme;
use crate::model::figures::{FigureId, Origin};
use crate::model::table::{Cell, RowKind};
use crate::tree::walk;

/// See `docs/regeln.md`.
pub(in crate::check) const RULE: Rule = Rule {
    code: "zwei-eintraege",
    run: Run::Data(|programme| {
        let mut by_name: BTreeMap<String, Vec<FigureId>> = BTreeMap::new();
        for (name, id) in named(programme) {
            by_name.entry(name).or_default().push(id);
        }
        by_name
            .values()
            .flat_map(|ids| ids[1..].iter().filter_map(|id| pair(programme, ids[0], *id)))
            .collect()
    }),
};

/// Figures that are entered, by what they are called in full.
fn named(programme: &Programme) -> Vec<(String, FigureId)> {
    let figures = &programme.figures;
    let entered = |id: &FigureId| matches!(figures.get(*id).origin, Origin::Entered(_));
    let mut out = Vec::new();
    for table in &programme.tables {
        for (at, row) in table.rows.iter().enumerate() {
            // A row may be named by several cells: its group, its number, its words.
            let names: Vec<String> = row
                .cells
                .iter()
                .filter_map(|cell| match cell {
                    Cell::Text(text) => Some(walk::plain(text)),
                    _ => None,
                })
                .collect();
            let name = names.join(" ");
            // "Insgesamt" and "darunter Frauen" are something else in every table.
            if row.kind != RowKind::Body || !telling(&name) {
                continue;
            }
            for (column, head) in table.columns.iter().enumerate() {
                let id = table.figure(at, column).filter(|id| entered(id));
                // A head without words (a year, a unit) says too little of what is counted.
                let head = head.titles.join(" ");
                if let Some(id) = id.filter(|_| telling(&head)) {
                    out.push((key(&format!("{name} {head}")), id));
                }
            }
        }
    }
    for measure in &programme.measures {
        for (field, id) in measure.figures.iter().filter(|(_, id)| entered(id)) {
            out.push((key(&format!("{} {field}", walk::plain(&measure.name))), *id));
        }
    }
    for (id, figure) in figures.iter() {
        if figure.path.starts_with("werte.") && entered(&id) && telling(&figure.label) {
            out.push((key(&figure.label), id));
        }
    }
    out
}

/// Whether a name is more than one that every table has.
fn telling(name: &str) -> bool {
    const COMMON: [&str; 28] = [
        "insgesamt",
        "gesamt",
        "summe",
        "männer",
        "frauen",
        "männlich",
        "weiblich",
        "deutsche",
        "ausländer",
        "ausländerinnen",
        "und",
        "unter",
        "über",
        "jahre",
        "jahren",
        "sonstige",
        "andere",
        "übrige",
        "plan",
        "ist",
        "soll",
        "ergebnis",
        "anteil",
        "anzahl",
        "davon",
        "darunter",
        "ohne",
        "mit",
    ];
    name.split(|c: char| !c.is_alphabetic())
        .filter(|word| word.chars().count() >= 3)
        .any(|word| !COMMON.contains(&word.to_lowercase().as_str()))
}

/// A name for comparison: letters and digits alone.
fn key(name: &str) -> String {
    name.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect::<Vec<_>>()
        .join(" ")
}

fn pair(programme: &Programme, first: FigureId, second: FigureId) -> Option<Finding> {
    let figures = &programme.figures;
    let (one, other) = (figures.computed_with_unit(first)?, figures.computed_with_unit(second)?);
    if !one.is_number() || !other.is_number() || one.dimension() != other.dimension() {
        return None;
    }
    let amount = figures.outcome(first).amount.as_ref();
    let Agreement::Contradicts(disagreement) = agreement::compare(&other, &one, amount) else {
        return None;
    };
    let figure = figures.get(second);
    let finding = Finding::warning(
        "zwei-eintraege",
        format!("Dieselbe Bezeichnung steht mit zwei Werten in den Daten: {}.", figure.label),
    )
    .at(figure.span, "hier")
    .label(figures.get(first).span, format!("anderswo: {}", figures.get(first).path))
    .about(&figure.label)
    .hint("Ist dasselbe gemeint, tragen Sie die Zahl nur einmal ein, und verweisen Sie von hier mit „= pfad“ darauf; sonst unterscheiden Sie die Bezeichnungen.");
    Some(Finding {
        disagreement: Some(Disagreement { source: "anderswo", ..disagreement }),
        acknowledged: figure.reason().map(str::to_owned),
        ..finding
    })
}
