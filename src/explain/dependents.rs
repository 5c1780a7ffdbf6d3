// SPDX-License-Identifier: EUPL-1.2
//! What changes with a figure: other figures, checks, tables, pictures and sentences.

mod checks;

use std::collections::{BTreeMap, VecDeque};

pub(super) use checks::{room, word};

use super::{Explainer, Place, sentence, wording};
use crate::model::figures::{FigureId, Figures, Origin};
use crate::model::formula::{Formula, Function, Operator};
use crate::model::programme::{Bound, PictureContent};
use crate::model::table::RowKind;
use crate::tree::walk;

/// What a dependent is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A sum or difference.
    Total,
    /// A share or change in percent or points.
    Share,
    /// Another calculation, or a figure of its own that shows it again.
    Calculation,
    /// A check of the house, or a key amount against the budgets.
    Check,
    /// A cell of a table.
    Table,
    /// A diagram.
    Chart,
    /// A sentence, a title or a cell of text.
    Sentence,
}

/// Something that changes with a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dependent {
    /// What it is.
    pub kind: Kind,
    /// Path of the figure, where it is one or shows one.
    pub path: Option<String>,
    /// What bears it: "Tabelle 3: Verfügbare Mittel", "Abbildung 1: …".
    pub group: String,
    /// What it is, in words; the sentence.
    pub label: String,
    /// Where it stands.
    pub place: Place,
    /// What it says now.
    pub old: String,
    /// What it would say.
    pub new: Option<String>,
    /// By how much it would change.
    pub difference: Option<String>,
    /// What is to be known about it.
    pub remark: Option<String>,
    /// Whether nothing else lies between.
    pub direct: bool,
    /// The words that are bound to the figure.
    pub bound: Option<String>,
    pub(super) target: Target,
}

/// What the new value of a dependent follows from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Target {
    Figure(FigureId),
    /// Words bound to a figure: passage and mark.
    Words(FigureId, usize, usize),
    Limit(Bound, FigureId, FigureId),
}

/// All that changes with a figure.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Dependents {
    /// By kind, then in the order of the data.
    pub all: Vec<Dependent>,
    /// Sums that name the figure and leave it out: label, path and why.
    pub left_out: Vec<(String, String, String)>,
}

pub(super) fn of(explainer: &Explainer<'_>, id: FigureId) -> Dependents {
    let reached = reached(explainer, id);
    let mut out = Vec::new();
    // The nearest first, then in the order of the data.
    let mut users: Vec<_> = reached.iter().filter(|(figure, _)| **figure != id).collect();
    users.sort_by_key(|(_, depth)| **depth > 1);
    for (figure, depth) in users {
        out.extend(self::figure(explainer, *figure, *depth));
    }
    out.extend(checks::of(explainer, &reached));
    out.extend(cells(explainer, &reached));
    out.extend(charts(explainer, &reached));
    out.extend(sentences(explainer, &reached));
    out.sort_by_key(|dependent| dependent.kind);
    let figures = explainer.figures();
    // A cell that shows the figure again may be left out of a sum of its own.
    let shown = reached.iter().filter(|(_, depth)| **depth == 0).map(|(figure, _)| *figure);
    let mut left_out = Vec::new();
    for figure in shown {
        let why = wording::left_out(figures.operand(figure, explainer.reproduction()).as_ref());
        for sum in explainer.index.left_out.get(&figure).into_iter().flatten() {
            let sum = figures.get(*sum);
            left_out.push((sum.label.clone(), sum.path.clone(), why.clone()));
        }
    }
    Dependents { all: out, left_out }
}

/// The figures that change with one, itself included, each with its distance. A figure that only shows
/// another one again is no step.
fn reached(explainer: &Explainer<'_>, id: FigureId) -> BTreeMap<FigureId, usize> {
    let figures = explainer.figures();
    let mut depths = BTreeMap::new();
    let mut open = VecDeque::from([(id, 0)]);
    while let Some((at, depth)) = open.pop_front() {
        if depths.contains_key(&at) {
            continue;
        }
        depths.insert(at, depth);
        for user in explainer.index.users.get(&at).into_iter().flatten() {
            if copies(figures, *user) {
                open.push_front((*user, depth));
            } else {
                open.push_back((*user, depth + 1));
            }
        }
    }
    depths
}

fn copies(figures: &Figures, id: FigureId) -> bool {
    let origin = &figures.get(id).origin;
    matches!(origin, Origin::Same(_) | Origin::Computed(Formula::Figure(_)))
}

/// A figure of its own; copies in tables and the figures of checks are told elsewhere.
pub(super) fn figure(explainer: &Explainer<'_>, id: FigureId, depth: usize) -> Option<Dependent> {
    let figure = explainer.figures().get(id);
    let cell = explainer.index.cells.get(&id);
    if figure.path.starts_with("pruefungen.") || cell.is_some() && copies(explainer.figures(), id) {
        return None;
    }
    let total = || {
        let cell = cell?;
        let kind = explainer.programme.tables[cell.table].rows[cell.row].kind;
        matches!(kind, RowKind::Total | RowKind::Group).then_some(())
    };
    let kind = match &figure.origin {
        Origin::Sum(_)
        | Origin::Computed(
            Formula::Call(Function::Sum, _)
            | Formula::Binary(Operator::Add | Operator::Subtract, ..),
        ) => Kind::Total,
        Origin::Computed(Formula::Call(..)) => Kind::Share,
        _ if total().is_some() => Kind::Total,
        _ => Kind::Calculation,
    };
    Some(on_figure(explainer, kind, id, depth))
}

/// What hangs on a figure, as far as all kinds have it in common.
fn on_figure(explainer: &Explainer<'_>, kind: Kind, id: FigureId, depth: usize) -> Dependent {
    let figure = explainer.figures().get(id);
    Dependent {
        kind,
        path: Some(figure.path.clone()),
        group: String::new(),
        label: figure.label.clone(),
        place: explainer.place(figure.span),
        old: printed(explainer, id),
        new: None,
        difference: None,
        remark: None,
        direct: depth <= 1,
        bound: None,
        target: Target::Figure(id),
    }
}

/// What is printed for a figure, with its unit.
fn printed(explainer: &Explainer<'_>, id: FigureId) -> String {
    let operand = explainer.figures().operand(id, explainer.reproduction());
    operand.map_or_else(|| explainer.value(id), |value| value.to_string())
}

fn cells(explainer: &Explainer<'_>, reached: &BTreeMap<FigureId, usize>) -> Vec<Dependent> {
    let cells = &explainer.index.cells;
    let mut found: Vec<_> =
        reached.iter().filter_map(|(id, depth)| Some((*cells.get(id)?, *id, *depth))).collect();
    let anchor = |table: usize| format!("tabelle-{}", explainer.programme.tables[table].id);
    found.sort_by_cached_key(|found| (explainer.index.rank(&anchor(found.0.table)), *found));
    let cell = |(cell, id, depth): (super::index::CellPlace, FigureId, usize)| {
        let table = &explainer.programme.tables[cell.table];
        Dependent {
            group: named(
                explainer,
                &anchor(cell.table),
                "Tabelle",
                &table.id,
                &walk::plain(&table.title),
            ),
            ..on_figure(explainer, Kind::Table, id, depth)
        }
    };
    found.into_iter().map(cell).collect()
}

/// "Tabelle 3: Titel", or what can be said about something without a number.
pub(super) fn named(
    explainer: &Explainer<'_>,
    anchor: &str,
    word: &str,
    id: &str,
    title: &str,
) -> String {
    match explainer.index.number(anchor) {
        Some(Some(number)) => format!("{number}: {title}"),
        Some(None) => format!("{word} ohne Nummer: {title}"),
        None => format!("{word} „{id}“, nicht im Dokument: {title}"),
    }
}

fn charts(explainer: &Explainer<'_>, reached: &BTreeMap<FigureId, usize>) -> Vec<Dependent> {
    let bars = &explainer.index.bars;
    let mut found: Vec<_> = reached
        .iter()
        .flat_map(|(id, depth)| bars.get(id).into_iter().flatten().map(|bar| (*bar, *id, *depth)))
        .collect();
    let anchor = |at: usize| format!("abbildung-{}", explainer.programme.pictures[at].id);
    found.sort_by_cached_key(|found| (explainer.index.rank(&anchor(found.0.picture)), *found));
    found
        .into_iter()
        .filter_map(|(bar, id, depth)| {
            let picture = &explainer.programme.pictures[bar.picture];
            let PictureContent::Chart { series, categories, .. } = &picture.content else {
                return None;
            };
            let (category, ..) = &categories[bar.category];
            let label = match series.get(bar.series) {
                Some(name) if series.len() > 1 => format!("{category}, {name}"),
                _ => category.clone(),
            };
            let title = walk::plain(&picture.title);
            let anchor = format!("abbildung-{}", picture.id);
            Some(Dependent {
                group: named(explainer, &anchor, "Abbildung", &picture.id, &title),
                label,
                place: explainer.place(picture.span),
                ..on_figure(explainer, Kind::Chart, id, depth)
            })
        })
        .collect()
}

fn sentences(explainer: &Explainer<'_>, reached: &BTreeMap<FigureId, usize>) -> Vec<Dependent> {
    let mentions = &explainer.index.mentions;
    let mut found: Vec<_> = reached
        .iter()
        .flat_map(|(id, depth)| {
            mentions.get(id).into_iter().flatten().map(|mention| (*mention, *id, *depth))
        })
        .collect();
    found.sort_unstable();
    found
        .into_iter()
        .map(|(mention, id, depth)| {
            let passage = &explainer.programme.passages[mention.passage];
            let mark = &passage.marks[mention.mark];
            let bound = &passage.text[mark.range.clone()];
            Dependent {
                label: sentence::around(explainer, passage, mention.mark),
                place: explainer.place_at(mention.file, mention.at),
                bound: (!bound.trim().is_empty()).then(|| bound.to_owned()),
                target: Target::Words(id, mention.passage, mention.mark),
                ..on_figure(explainer, Kind::Sentence, id, depth)
            }
        })
        .collect()
}
