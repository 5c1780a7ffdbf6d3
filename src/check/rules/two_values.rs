// SPDX-License-Identifier: EUPL-1.2
//! A place that states another value than the figure it shows.

use crate::check::agreement::{self, Agreement};
use crate::check::{Rule, Run};
use crate::diag::Finding;
use crate::model::figures::Origin;
use crate::model::formula::Formula;

/// See `docs/regeln.md`.
pub(in crate::check) const RULE: Rule = Rule {
    code: "zwei-werte",
    run: Run::Data(|programme| {
        let figures = &programme.figures;
        let mut out = Vec::new();
        for (id, figure) in figures.iter() {
            let origin = match &figure.origin {
                Origin::Same(other) | Origin::Computed(Formula::Figure(other)) => Some(*other),
                Origin::Entered(_) => None,
                _ => continue,
            };
            let Some(Agreement::Contradicts(mut disagreement)) = agreement::of_place(figures, id)
            else {
                continue;
            };
            let finding = Finding::error(
                "zwei-werte",
                format!("Dieselbe Zahl hat zwei Werte: {}.", figure.label),
            );
            disagreement.source = "eingetragen";
            let mut finding =
                agreement::finding(finding, figure, disagreement, "hier anders angegeben");
            if let Some(other) = origin {
                let other = figures.get(other);
                finding = finding.label(other.span, format!("eingetragen: {}", other.label));
            }
            out.push(finding);
        }
        out
    }),
};
