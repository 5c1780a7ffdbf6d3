// SPDX-License-Identifier: EUPL-1.2
//! An empty place although the figure could be computed.

use crate::check::{Rule, Run};
use crate::diag::{Disagreement, Finding};

/// See `docs/regeln.md`.
pub(in crate::check) const RULE: Rule = Rule {
    code: "angabe-fehlt",
    run: Run::Data(|programme| {
        let figures = &programme.figures;
        let mut out = Vec::new();
        for (id, figure) in figures.iter() {
            let empty = figure.stated.as_ref().is_some_and(|stated| stated.quantity.is_none());
            let Some(computed) = figures.computed_with_unit(id).filter(|_| empty) else { continue };
            let mut finding =
                Finding::warning("angabe-fehlt", format!("Die Angabe fehlt: {}.", figure.label))
                    .at(figure.span, "bleibt leer, obwohl sich der Wert berechnen lässt");
            finding.disagreement = Some(Disagreement {
                stated: "leer".to_owned(),
                computed: computed.to_string(),
                difference: None,
                source: "berechnet",
            });
            finding.acknowledged = figure.reason().map(str::to_owned);
            out.push(finding);
        }
        out
    }),
};
