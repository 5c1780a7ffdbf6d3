// SPDX-License-Identifier: EUPL-1.2
//! A calculation that divides by zero, so that no value comes out.

use crate::check::{Rule, Run};
use crate::diag::Finding;
use crate::model::figures::Trouble;

/// See `docs/regeln.md`.
pub(in crate::check) const RULE: Rule = Rule {
    code: "teilen-durch-null",
    run: Run::Data(|programme| {
        let figures = &programme.figures;
        let zero = |id| figures.outcome(id).trouble == Some(Trouble::Zero);
        let mut out = Vec::new();
        for (id, figure) in figures.iter() {
            // Only where it happens, not at every figure that depends on it.
            if !zero(id) || figures.operands(id).into_iter().any(zero) {
                continue;
            }
            let mut finding = Finding::warning(
                "teilen-durch-null",
                format!("Die Rechnung teilt durch null: {}.", figure.label),
            )
            .at(figure.span, "es kommt kein Wert heraus")
            .hint("Prüfen Sie den Bezugswert; gibt es keinen, löschen Sie die Rechnung an dieser Stelle.");
            for operand in figures.operands(id) {
                let place = figures.get(figures.entered_at(operand));
                let value = figures.computed_with_unit(operand);
                let value = value.map_or_else(String::new, |value| value.to_string());
                finding = finding.label(place.span, format!("{}: {value}", place.label));
            }
            finding.acknowledged = figure.reason().map(str::to_owned);
            out.push(finding);
        }
        out
    }),
};
