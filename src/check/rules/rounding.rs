// SPDX-License-Identifier: EUPL-1.2
//! A stated result, at its place or in a sentence, whose digits differ from the computed ones within
//! what rounding allows.

use super::text_figure::{agreement_of, bound_figures};
use crate::check::agreement::{self, Agreement};
use crate::check::{Rule, Run};
use crate::diag::Finding;

/// See `docs/regeln.md`.
pub(in crate::check) const RULE: Rule = Rule {
    code: "rundung",
    run: Run::Data(|programme| {
        let figures = &programme.figures;
        let mut out = Vec::new();
        for (id, figure) in figures.iter() {
            if let Some(Agreement::Rounding(disagreement)) = agreement::of_place(figures, id) {
                let mut finding =
                    Finding::note("rundung", format!("Rundungsdifferenz: {}.", figure.label))
                        .at(figure.span, "durch Rundung der Teile erklärbar");
                finding.disagreement = Some(disagreement);
                finding.acknowledged = figure.reason().map(str::to_owned);
                out.push(finding);
            }
        }
        for bound in bound_figures(programme) {
            if let Some(Agreement::Rounding(disagreement)) = agreement_of(programme, &bound) {
                let figure = figures.get(bound.id);
                let message =
                    format!("Rundungsdifferenz im Text: „{}“ für {}.", bound.text, figure.label);
                let mut finding = Finding::note("rundung", message)
                    .at(bound.span, "an anderer Stelle steht der gerundete Wert der Daten")
                    .label(figure.span, figure.label.clone());
                finding.disagreement = Some(disagreement);
                finding.acknowledged = bound.acknowledged.map(str::to_owned);
                out.push(finding);
            }
        }
        out
    }),
};
