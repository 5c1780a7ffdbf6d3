// SPDX-License-Identifier: EUPL-1.2
//! A bound text in which no figure can be read, so that nothing could be compared.

use super::text_figure::bound_figures;
use crate::check::{Rule, Run};
use crate::diag::Finding;
use crate::model::quantity::read_in_text;

/// See `docs/regeln.md`.
pub(in crate::check) const RULE: Rule = Rule {
    code: "zahl-nicht-lesbar",
    run: Run::Data(|programme| {
        let mut out = Vec::new();
        for bound in bound_figures(programme) {
            let figures = &programme.figures;
            let Some(value) = figures.computed_with_unit(bound.id) else { continue };
            if !value.is_number() || read_in_text(&bound.text, &programme.units).is_some() {
                continue;
            }
            let mut finding = Finding::warning(
                "zahl-nicht-lesbar",
                format!(
                    "In „{}“ steht keine Zahl, die amip mit {value} vergleichen kann.",
                    bound.text
                ),
            )
            .at(bound.span, "nicht geprüft")
            .hint("Nehmen Sie die Zahl mit in die eckige Klammer.");
            finding.acknowledged = bound.acknowledged.map(str::to_owned);
            out.push(finding);
        }
        out
    }),
};
