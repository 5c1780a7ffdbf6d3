// SPDX-License-Identifier: EUPL-1.2
//! A deviation that is acknowledged although there is none any more.

use super::text_figure::bound_figures;
use crate::check::Rule;
use crate::check::agreement::{self, Agreement};
use crate::diag::Finding;
use crate::model::figures::{Amount, Origin};
use crate::model::quantity::{Value, read_in_text};

/// See `docs/regeln.md`.
pub(in crate::check) const RULE: Rule = Rule {
    code: "anerkennung-ohne-anlass",
    run: |programme| {
        let figures = &programme.figures;
        let mut out = Vec::new();
        for (id, figure) in figures.iter() {
            let Some(reason) = &figure.acknowledged else { continue };
            let open = matches!(&figure.origin, Origin::Entered(q) if q.value == Value::Open);
            let empty = figure.stated.as_ref().is_some_and(|stated| stated.quantity.is_none());
            let agrees =
                agreement::of_place(figures, id).is_none_or(|verdict| verdict == Agreement::Agrees);
            if agrees && !open && !empty {
                out.push(note(&figure.label).at(reason.span, "Begründung ohne Befund"));
            }
        }
        for bound in bound_figures(programme) {
            let figure = figures.get(bound.id);
            let (Some(_), Some(stated), Some(computed)) = (
                bound.acknowledged,
                read_in_text(&bound.text, &programme.units),
                figures.computed_with_unit(bound.id),
            ) else {
                continue;
            };
            let printed = figure
                .stated
                .as_ref()
                .and_then(|stated| stated.quantity.clone())
                .filter(|_| programme.reproduction)
                .unwrap_or(computed);
            let verdict = agreement::compare(&stated, &printed, Amount::of(&printed).as_ref());
            if !matches!(verdict, Agreement::Contradicts(_)) {
                out.push(note(&figure.label).at(bound.span, "Begründung ohne Befund"));
            }
        }
        out
    },
};

fn note(label: &str) -> Finding {
    Finding::note(
        "anerkennung-ohne-anlass",
        format!("Hier ist eine Abweichung anerkannt, die es nicht (mehr) gibt: {label}."),
    )
    .hint("Löschen Sie die Begründung.")
}
