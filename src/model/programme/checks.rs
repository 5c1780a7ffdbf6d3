// SPDX-License-Identifier: EUPL-1.2
//! Building what a programme says about its own checks: limits, key amounts, weights of rules.

use super::builder::Builder;
use crate::diag::{Finding, Span, did_you_mean};
use crate::model::figures::{Figure, FigureId, Figures, Scope, Style};
use crate::model::records::{Entry, LimitRecord, ProgrammeRecord};
use crate::model::yaml::Text;

/// A limit of the house or of the law, or two figures that must be the same (Prüfung).
#[derive(Debug, Clone)]
pub struct Limit {
    /// Id.
    pub id: String,
    /// What is checked.
    pub label: String,
    /// Where it stands.
    pub span: Span,
    /// The figure that is held against the limits.
    pub value: FigureId,
    /// What it is held against.
    pub bounds: Vec<(Bound, FigureId)>,
    /// Where the limit comes from.
    pub source: Option<String>,
    /// The reason with which a deviation is acknowledged.
    pub acknowledged: Option<String>,
}

/// How a value stands to its limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// It must be the same.
    Equal,
    /// It may be at most that.
    Most,
    /// It must be at least that.
    Least,
}

/// A figure that rules of law ask for (Eckwert).
#[derive(Debug, Clone)]
pub struct KeyAmount {
    /// Which one: one of [`KEY_AMOUNTS`].
    pub name: String,
    /// The figure.
    pub figure: FigureId,
    /// Where it is named.
    pub span: Span,
}

/// Figures that rules of law ask for, as the data name them.
pub const KEY_AMOUNTS: [&str; 6] = [
    "eingliederungstitel",
    "neufaelle",
    "verwaltungskosten",
    "kommunaler_anteil",
    "schluessel_u25",
    "schluessel_ue25",
];

impl Builder<'_> {
    /// Adds the figures of limits; [`limits`] joins them once all figures are known.
    pub(super) fn limit_figures(&mut self, records: &[LimitRecord]) {
        for record in records {
            let path = format!("pruefungen.{}", record.id.value);
            let label = record.label.value.clone();
            if record.bounds().next().is_none() {
                self.findings.push(
                    Finding::input("fehlender-schluessel", "Die Prüfung nennt keine Grenze.")
                        .at(record.span, "womit wird verglichen?")
                        .hint("Ergänzen Sie „gleich:“, „hoechstens:“ oder „mindestens:“."),
                );
            }
            let value = self.value_figure(path.clone(), label.clone(), &record.entry());
            self.figures.add(value);
            for (name, text) in record.bounds() {
                let label = format!("{label}, {name}").replace("hoechstens", "höchstens");
                let entry = Entry::Plain(text.clone());
                let bound = self.value_figure(format!("{path}.{name}"), label, &entry);
                self.figures.add(bound);
            }
        }
    }

    fn value_figure(&mut self, path: String, label: String, entry: &Entry) -> Figure {
        self.figure(path, label, entry, Scope::Values, Style::default())
    }

    /// The figures that rules of law ask for.
    pub(super) fn key_amounts(&mut self, record: &ProgrammeRecord) -> Vec<KeyAmount> {
        let mut out = Vec::new();
        for (name, path) in &record.key_amounts.0 {
            if !KEY_AMOUNTS.contains(&name.value.as_str()) {
                let meant = did_you_mean(&name.value, KEY_AMOUNTS)
                    .unwrap_or_else(|| format!("Möglich sind: {}.", KEY_AMOUNTS.join(", ")));
                self.findings.push(
                    Finding::input(
                        "unbekannte-art",
                        format!("Den Eckwert „{}“ gibt es nicht.", name.value),
                    )
                    .at(name.span, "unbekannt")
                    .hint(meant),
                );
                continue;
            }
            let wanted = path.value.trim_start_matches('=').trim();
            match self.figures.find(wanted) {
                Some(figure) => {
                    out.push(KeyAmount { name: name.value.clone(), figure, span: path.span });
                }
                None => {
                    let known = self.figures.paths();
                    let hint = super::references::meant(wanted, known);
                    self.findings.push(
                        Finding::input(
                            "unbekannte-zahl",
                            format!("Die Zahl „{wanted}“ gibt es in den Daten nicht."),
                        )
                        .at(path.span, "dieser Eckwert")
                        .hint(hint),
                    );
                }
            }
        }
        out
    }
}

/// The limits with their figures.
pub(super) fn limits(records: &[LimitRecord], figures: &Figures) -> Vec<Limit> {
    let limit = |record: &LimitRecord| {
        let path = format!("pruefungen.{}", record.id.value);
        let bounds = record.bounds().filter_map(|(name, _)| {
            let kind = match name {
                "gleich" => Bound::Equal,
                "hoechstens" => Bound::Most,
                _ => Bound::Least,
            };
            Some((kind, figures.find(&format!("{path}.{name}"))?))
        });
        Some(Limit {
            id: record.id.value.clone(),
            label: record.label.value.clone(),
            span: record.span,
            value: figures.find(&path)?,
            bounds: bounds.collect(),
            source: record.source.as_ref().map(|text| text.value.clone()),
            acknowledged: reason(record.acknowledged.as_ref()),
        })
    };
    records.iter().filter_map(limit).collect()
}

/// A reason; an empty one is none.
fn reason(text: Option<&Text>) -> Option<String> {
    text.map(|text| text.value.trim().to_owned()).filter(|text| !text.is_empty())
}
