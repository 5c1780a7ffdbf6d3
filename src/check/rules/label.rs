// SPDX-License-Identifier: EUPL-1.2
//! A label that is printed otherwise than it should read.

use crate::check::{Rule, Run};
use crate::diag::{Disagreement, Finding};

/// See `docs/regeln.md`.
pub(in crate::check) const RULE: Rule = Rule {
    code: "bezeichnung",
    run: Run::Data(|programme| {
        let mut out = Vec::new();
        for restated in &programme.restated {
            let mut finding = Finding::warning(
                "bezeichnung",
                format!("Die Bezeichnung ist anders gedruckt: „{}“.", restated.stated.value),
            )
            .at(restated.stated.span, "gedruckt")
            .label(restated.text.span, "gemeint");
            finding.disagreement = Some(Disagreement {
                stated: restated.stated.value.clone(),
                computed: restated.text.value.clone(),
                difference: None,
                source: "richtig",
            });
            finding.acknowledged =
                restated.acknowledged.as_ref().map(|reason| reason.value.clone());
            out.push(finding);
        }
        out
    }),
};
