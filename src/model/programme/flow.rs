// SPDX-License-Identifier: EUPL-1.2
//! Building flow charts: boxes get their places, arrows their ends.

use std::collections::BTreeSet;

use super::builder::{Builder, unknown_choice};
use super::references;
use crate::diag::Finding;
use crate::model::decode::Whole;
use crate::model::records::{NodeRecord, PictureRecord};
use crate::tree::{Flow, FlowBox};

/// Most boxes beside each other that can still be read.
const WIDEST: u32 = 6;

impl Builder<'_> {
    pub(super) fn flow(&mut self, record: &PictureRecord) -> Option<Flow> {
        if record.boxes.is_empty() {
            self.findings.push(
                Finding::input("fehlender-schluessel", "Ein Ablauf braucht „kaesten:“.")
                    .at(record.id.span, "dieses Schaubild")
                    .hint("Je Kasten eine Zeile: - {id: antrag, titel: Antrag}."),
            );
            return None;
        }
        let down = match record.direction.as_ref().map(|text| (text, text.value.as_str())) {
            None | Some((_, "unten")) => true,
            Some((_, "rechts")) => false,
            Some((text, _)) => {
                self.findings.push(unknown_choice(text, "Die Richtung", &["unten", "rechts"]));
                true
            }
        };
        let arrows = self.arrows(record);
        let ends: Vec<(usize, usize)> = arrows.iter().map(|(from, to, _)| (*from, *to)).collect();
        let places = places(&record.boxes, &ends, down);
        let boxes = record.boxes.iter().zip(places).map(|(record, (row, column))| FlowBox {
            title: record.title.as_ref().map_or_else(String::new, |text| text.value.clone()),
            text: record.text.as_ref().map_or_else(String::new, |text| text.value.clone()),
            row,
            column,
            columns: columns(record),
            strong: record.strong.is_some_and(|flag| flag.0),
        });
        let boxes: Vec<FlowBox> = boxes.collect();
        if self.box_problems(record, &boxes) {
            return None;
        }
        Some(Flow { boxes, arrows, down })
    }

    fn arrows(&mut self, record: &PictureRecord) -> Vec<(usize, usize, Option<String>)> {
        let mut out = Vec::new();
        let known: Vec<&str> = record.boxes.iter().map(|node| node.id.value.as_str()).collect();
        for arrow in &record.arrows {
            let mut ends = Vec::new();
            for end in [&arrow.from, &arrow.to] {
                match known.iter().position(|id| *id == end.value) {
                    Some(at) => ends.push(at),
                    None => self.findings.push(
                        Finding::input(
                            "unbekannter-verweis",
                            format!(
                                "Den Kasten „{}“ gibt es in diesem Schaubild nicht.",
                                end.value
                            ),
                        )
                        .at(end.span, "dieser Kasten")
                        .hint(references::meant(&end.value, known.iter().copied())),
                    ),
                }
            }
            if let [from, to] = ends[..] {
                if from == to {
                    self.findings.push(
                        Finding::input(
                            "kasten-platz",
                            "Ein Pfeil führt von einem Kasten zu ihm selbst.",
                        )
                        .at(arrow.to.span, "derselbe Kasten")
                        .hint("Nennen Sie hinter „nach:“ einen anderen Kasten."),
                    );
                    continue;
                }
                out.push((from, to, arrow.text.as_ref().map(|text| text.value.clone())));
            }
        }
        out
    }

    /// Reports boxes that cannot stand where they are; gives back whether there are any.
    fn box_problems(&mut self, record: &PictureRecord, boxes: &[FlowBox]) -> bool {
        let before = self.findings.len();
        for (at, (node, place)) in record.boxes.iter().zip(boxes).enumerate() {
            if place.title.trim().is_empty() && place.text.trim().is_empty() {
                self.findings.push(
                    Finding::input("fehlender-schluessel", "Ein Kasten ist leer.")
                        .at(node.id.span, "dieser Kasten")
                        .hint("Ergänzen Sie „titel:“ oder „text:“."),
                );
            }
            if place.column.saturating_add(place.columns) > WIDEST {
                self.findings.push(
                    Finding::input(
                        "kasten-platz",
                        format!("Nebeneinander passen höchstens {WIDEST} Kästen."),
                    )
                    .at(node.id.span, "steht zu weit rechts")
                    .hint("Setzen Sie „richtung: unten“, oder verteilen Sie die Kästen mit „zeile“ und „spalte“."),
                );
            }
            let covers = |one: &FlowBox, other: &FlowBox| {
                one.row == other.row
                    && one.column < other.column.saturating_add(other.columns)
                    && other.column < one.column.saturating_add(one.columns)
            };
            if let Some(other) = boxes[..at].iter().position(|other| covers(place, other)) {
                self.findings.push(
                    Finding::input("kasten-platz", "Zwei Kästen stehen an derselben Stelle.")
                        .at(node.id.span, "dieser Kasten")
                        .label(record.boxes[other].id.span, "und dieser")
                        .hint("Ändern Sie „zeile“ oder „spalte“."),
                );
            }
        }
        self.findings.len() > before
    }
}

/// Columns that a box covers.
fn columns(record: &NodeRecord) -> u32 {
    record.columns.map_or(1, |columns| columns.value.clamp(1, WIDEST))
}

/// Rows and columns: those that are written; otherwise each box stands one step behind those whose
/// arrows lead to it, and beside the boxes of the same step.
fn places(boxes: &[NodeRecord], arrows: &[(usize, usize)], down: bool) -> Vec<(u32, u32)> {
    let steps = steps(boxes.len(), arrows);
    let written = |whole: Option<Whole>| whole.map(|whole| whole.value.saturating_sub(1));
    let along = |at: usize| {
        let record = &boxes[at];
        written(if down { record.row } else { record.column }).unwrap_or(steps[at])
    };
    let across = |at: usize| written(if down { boxes[at].column } else { boxes[at].row });
    let mut places: Vec<Option<(u32, u32)>> = vec![None; boxes.len()];
    let order = (0..boxes.len()).filter(|at| across(*at).is_some());
    // Boxes whose place is written go first; the others take what is left.
    for at in order.chain((0..boxes.len()).filter(|at| across(*at).is_none())) {
        let place = |across: u32| if down { (along(at), across) } else { (across, along(at)) };
        let free = |across: &u32| {
            let (row, column) = place(*across);
            places.iter().zip(boxes).all(|(taken, other)| {
                taken.is_none_or(|(taken_row, taken)| {
                    taken_row != row
                        || column + columns(&boxes[at]) <= taken
                        || taken + columns(other) <= column
                })
            })
        };
        let most = u32::try_from(boxes.len()).unwrap_or(u32::MAX).saturating_mul(WIDEST);
        let across = across(at).or_else(|| (0..=most).find(free)).unwrap_or_default();
        places[at] = Some(place(across));
    }
    let places: Vec<(u32, u32)> = places.into_iter().flatten().collect();
    // Rows that nobody uses take no room.
    let rows: BTreeSet<u32> = places.iter().map(|(row, _)| *row).collect();
    let rank = |row: u32| u32::try_from(rows.range(..row).count()).unwrap_or_default();
    places.iter().map(|(row, column)| (rank(*row), *column)).collect()
}

/// How many arrows lead to each box, one after the other. An arrow that closes a circle leads back and
/// does not count.
fn steps(count: usize, arrows: &[(usize, usize)]) -> Vec<u32> {
    let mut forward: Vec<(usize, usize)> = Vec::new();
    for (from, to) in arrows {
        if !leads(&forward, *to, *from) {
            forward.push((*from, *to));
        }
    }
    let mut steps = vec![0_u32; count];
    for _ in 0..count {
        for (from, to) in &forward {
            steps[*to] = steps[*to].max(steps[*from] + 1);
        }
    }
    // Boxes without any arrow follow each other.
    if arrows.is_empty() {
        for (at, step) in steps.iter_mut().enumerate() {
            *step = u32::try_from(at).unwrap_or_default();
        }
    }
    steps
}

/// Whether arrows lead from one box to another, on whatever way.
fn leads(arrows: &[(usize, usize)], from: usize, to: usize) -> bool {
    let mut reached = vec![from];
    let mut at = 0;
    while let Some(here) = reached.get(at).copied() {
        if here == to {
            return true;
        }
        for (_, next) in arrows.iter().filter(|(start, _)| *start == here) {
            if !reached.contains(next) {
                reached.push(*next);
            }
        }
        at += 1;
    }
    false
}
