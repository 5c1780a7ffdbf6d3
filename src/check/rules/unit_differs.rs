// SPDX-License-Identifier: EUPL-1.2
//! A value in another unit than that of the year before: the percent sign was left behind in Excel.

use crate::check::{Rule, Run};
use crate::diag::Finding;
use crate::model::figures::Origin;

/// See `docs/regeln.md`.
pub(in crate::check) const RULE: Rule = Rule {
    code: "einheit-vorjahr",
    run: Run::Data(|programme| {
        let figures = &programme.figures;
        let mut out = Vec::new();
        for (_, figure) in figures.iter() {
            let Some(before) = figures.find(&format!("{}.vorjahr", figure.path)) else { continue };
            let other = figures.get(before);
            let (Origin::Entered(now), Origin::Entered(then)) = (&figure.origin, &other.origin)
            else {
                continue;
            };
            if !now.is_number() || !then.is_number() || now.dimension() == then.dimension() {
                continue;
            }
            out.push(
                Finding::warning(
                    "einheit-vorjahr",
                    format!("„{}“ steht mit {now}, der Wert des Vorjahres mit {then}: Die Einheit ist nicht dieselbe.", figure.label),
                )
                .at(figure.span, "hier")
                .label(other.span, "und im Vorjahr")
                .hint("Schreiben Sie beide mit derselben Einheit, zum Beispiel 66,2 %.")
                .about(figure.path.as_str()),
            );
        }
        out
    }),
};
