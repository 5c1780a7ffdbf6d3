// SPDX-License-Identifier: EUPL-1.2
//! A stated number of a section, table or picture that differs from the one that was given.

use crate::check::{Rule, Run};
use crate::diag::{Disagreement, Finding};

/// See `docs/regeln.md`.
pub(in crate::check) const RULE: Rule = Rule {
    code: "nummer",
    run: Run::Document(|_, document| {
        let plain = |text: &str| text.replace('\u{a0}', " ");
        let differs =
            document.claims.iter().filter(|claim| plain(&claim.stated) != plain(&claim.given));
        differs
            .map(|claim| {
                let message = match &claim.what {
                    Some(what) => format!("Die Nummer stimmt nicht: {what} trägt {}.", claim.given),
                    None => format!("Der Verweis nennt eine falsche Nummer; er führt zu {}.", claim.given),
                };
                let mut finding = Finding::warning("nummer", message)
                .at(claim.span, "angegebene Nummer")
                .hint("Nummern vergibt amip selbst. Lassen Sie die Angabe weg; in Verweisen bleibt die eckige Klammer leer.");
                finding.disagreement = Some(Disagreement {
                    stated: claim.stated.clone(),
                    computed: claim.given.clone(),
                    difference: None,
                    source: "vergeben",
                });
                finding.acknowledged.clone_from(&claim.acknowledged);
                finding
            })
            .collect()
    }),
};
