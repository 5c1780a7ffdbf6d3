// SPDX-License-Identifier: EUPL-1.2
//! The same thing entered twice, with two values.

use std::collections::{BTreeMap, BTreeSet};

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
        let mut by_name: BTreeMap<String, Vec<Named>> = BTreeMap::new();
        for (name, entry) in named(programme) {
            by_name.entry(name).or_default().push(entry);
        }
        let pairs: Vec<(&str, Named, Named)> = by_name
            .iter()
            .flat_map(|(name, all)| {
                all[1..].iter().map(move |other| (name.as_str(), all[0], *other))
            })
            .collect();
        // Two tables that agree nowhere are about two things, however alike their rows are called.
        let mut agreeing: BTreeSet<(usize, usize)> = BTreeSet::new();
        for (_, one, other) in &pairs {
            if pair(programme, one.id, other.id).is_none() {
                agreeing.insert((one.place, other.place));
            }
        }
        pairs
            .iter()
            .filter(|(name, one, other)| {
                // Names of measures are meant to be one thing everywhere.
                one.place == other.place
                    || one.place.min(other.place) == MEASURES
                    || agreeing.contains(&(one.place, other.place))
                    || name.split(' ').filter(|word| word.chars().count() > 3).count() >= LONG
            })
            .filter_map(|(_, one, other)| pair(programme, one.id, other.id))
            .collect()
    }),
};

/// Where the figures of measures are.
const MEASURES: usize = 1;

/// So many words name one thing alone.
const LONG: usize = 4;

/// A figure that is entered, and where: 0 for single figures, 1 for measures, else a table.
#[derive(Debug, Clone, Copy)]
struct Named {
    id: FigureId,
    place: usize,
}

/// Figures that are entered, by what they are called in full.
fn named(programme: &Programme) -> Vec<(String, Named)> {
    let figures = &programme.figures;
    let year = programme.year.to_string();
    let key = |name: &str| key(name, &year);
    let entered = |id: &FigureId| matches!(figures.get(*id).origin, Origin::Entered(_));
    let mut out = Vec::new();
    for (number, table) in programme.tables.iter().enumerate() {
        let place = number + 2;
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
                    out.push((key(&format!("{name} {head}")), Named { id, place }));
                }
            }
        }
    }
    for measure in &programme.measures {
        for (field, id) in measure.figures.iter().filter(|(_, id)| entered(id)) {
            // The column is called "Plätze", the field `plaetze`.
            let field = field.replace("ae", "ä");
            let name = key(&format!("{} {field}", walk::plain(&measure.name)));
            out.push((name, Named { id: *id, place: MEASURES }));
        }
    }
    for (id, figure) in figures.iter() {
        if figure.path.starts_with("werte.") && entered(&id) && telling(&figure.label) {
            out.push((key(&figure.label), Named { id, place: 0 }));
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

/// A name for comparison: letters and digits alone, without the programme's own year.
fn key(name: &str, year: &str) -> String {
    name.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty() && *word != year)
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
