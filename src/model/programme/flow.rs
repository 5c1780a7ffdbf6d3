// SPDX-License-Identifier: EUPL-1.2
//! Building flow charts: boxes get their places, arrows their ends.

use super::builder::{Builder, unknown_choice};
use super::references;
use crate::diag::Finding;
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
            columns: record.columns.map_or(1, |columns| columns.value.clamp(1, WIDEST)),
            strong: record.strong.is_some_and(|flag| flag.0),
        });
        let boxes: Vec<FlowBox> = boxes.collect();
        self.box_problems(record, &boxes);
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
                out.push((from, to, arrow.text.as_ref().map(|text| text.value.clone())));
            }
        }
        out
    }

    fn box_problems(&mut self, record: &PictureRecord, boxes: &[FlowBox]) {
        for (at, (node, place)) in record.boxes.iter().zip(boxes).enumerate() {
            if place.title.trim().is_empty() && place.text.trim().is_empty() {
                self.findings.push(
                    Finding::input("fehlender-schluessel", "Ein Kasten ist leer.")
                        .at(node.id.span, "dieser Kasten")
                        .hint("Ergänzen Sie „titel:“ oder „text:“."),
                );
            }
            if place.column + place.columns > WIDEST {
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
                    && one.column < other.column + other.columns
                    && other.column < one.column + one.columns
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
    }
}

/// Rows and columns: those that are written; otherwise each box stands one step behind those whose
/// arrows lead to it, and beside the boxes of the same step.
fn places(boxes: &[NodeRecord], arrows: &[(usize, usize)], down: bool) -> Vec<(u32, u32)> {
    let steps = steps(boxes.len(), arrows);
    let mut places: Vec<(u32, u32)> = Vec::with_capacity(boxes.len());
    for (at, record) in boxes.iter().enumerate() {
        let written = |whole: Option<crate::model::decode::Whole>| {
            whole.map(|whole| whole.value.saturating_sub(1).min(40))
        };
        let (row, column) = (written(record.row), written(record.column));
        let (along, across) = if down { (row, column) } else { (column, row) };
        let along = along.unwrap_or(steps[at]);
        let across = across.unwrap_or_else(|| {
            let free = |across: u32| {
                let place = if down { (along, across) } else { (across, along) };
                places.iter().zip(boxes).all(|((row, column), other)| {
                    let columns = other.columns.map_or(1, |columns| columns.value.max(1));
                    *row != place.0 || place.1 < *column || place.1 >= column + columns
                })
            };
            (0..u32::MAX).find(|across| free(*across)).unwrap_or_default()
        });
        places.push(if down { (along, across) } else { (across, along) });
    }
    places
}

/// How many arrows lead to each box, one after the other; arrows that lead back do not count.
fn steps(count: usize, arrows: &[(usize, usize)]) -> Vec<u32> {
    let mut steps = vec![0_u32; count];
    for _ in 0..count {
        for (from, to) in arrows.iter().filter(|(from, to)| from < to) {
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
