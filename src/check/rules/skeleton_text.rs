// SPDX-License-Identifier: EUPL-1.2
//! A sentence of the skeleton that nobody has replaced yet.

use crate::check::{Rule, Run, prose};
use crate::diag::Finding;

/// See `docs/regeln.md`.
pub(in crate::check) const RULE: Rule = Rule {
    code: "geruesttext",
    run: Run::Data(|programme| {
        let mut out = Vec::new();
        for passage in &programme.passages {
            let lead = |range: &std::ops::Range<usize>| {
                LEADS.iter().any(|lead| passage.text[range.clone()].starts_with(lead))
            };
            let Some(sentence) = prose::sentences(&passage.text).into_iter().find(lead) else {
                continue;
            };
            let said = &passage.text[sentence.clone()];
            out.push(
                Finding::warning(
                    "geruesttext",
                    format!("Hier steht noch ein Satz aus dem Gerüst: „{said}“"),
                )
                .at(passage.span(&sentence), "noch zu schreiben")
                .hint("Schreiben Sie den Text, oder streichen Sie den Absatz.")
                .about(said),
            );
        }
        out
    }),
};

/// How the sentences of the skeleton begin; nobody begins a sentence of a programme like that.
const LEADS: [&str; 2] = ["Hier steht, ", "Hier steht die Ausgangslage"];
