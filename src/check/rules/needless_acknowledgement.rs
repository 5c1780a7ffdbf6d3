// SPDX-License-Identifier: EUPL-1.2
//! A deviation that is acknowledged although there is none any more.

use std::collections::BTreeSet;

use super::text_figure::bound_figures;
use crate::check::{Rule, Run};
use crate::diag::{Finding, Span};

/// The code, which the rule needs to leave itself out.
const CODE: &str = "anerkennung-ohne-anlass";

/// See `docs/regeln.md`.
pub(in crate::check) const RULE: Rule = Rule {
    code: CODE,
    run: Run::Findings(|programme, document, found| {
        // A reason is needed where some other rule has found something and shows it as acknowledged.
        let needed: BTreeSet<Span> = found
            .iter()
            .filter(|finding| finding.acknowledged.is_some())
            .filter_map(|finding| Some(finding.primary.as_ref()?.span))
            .collect();
        let mut out = Vec::new();
        for (_, figure) in programme.figures.iter() {
            if let Some(reason) = &figure.acknowledged
                && !needed.contains(&figure.span)
            {
                out.push(note(&figure.label).at(reason.span, "Begründung ohne Befund"));
            }
        }
        for limit in programme.limits.iter().filter(|limit| limit.acknowledged.is_some()) {
            if !needed.contains(&programme.figures.get(limit.value).span) {
                out.push(note(&limit.label).at(limit.span, "Begründung ohne Befund"));
            }
        }
        for restated in &programme.restated {
            if let Some(reason) = &restated.acknowledged
                && !needed.contains(&restated.stated.span)
            {
                out.push(note(&restated.text.value).at(reason.span, "Begründung ohne Befund"));
            }
        }
        for bound in bound_figures(programme) {
            if bound.acknowledged.is_some() && !needed.contains(&bound.span) {
                let label = &programme.figures.get(bound.id).label;
                out.push(note(label).at(bound.span, "Begründung ohne Befund"));
            }
        }
        for claim in &document.claims {
            if claim.acknowledged.is_some() && !needed.contains(&claim.span) {
                out.push(note(&claim.stated).at(claim.span, "Begründung ohne Befund"));
            }
        }
        out
    }),
};

pub(in crate::check) fn note(label: &str) -> Finding {
    Finding::note(
        CODE,
        format!("Hier ist eine Abweichung anerkannt, die es nicht (mehr) gibt: {label}."),
    )
    .hint("Löschen Sie die Begründung.")
}
