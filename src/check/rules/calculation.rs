// SPDX-License-Identifier: EUPL-1.2
//! A stated result, for instance in a chain of budget lines, that its formula does not give.

use super::{Kind, contradictions};
use crate::check::{Rule, Run};
use crate::diag::Finding;

/// See `docs/regeln.md`.
pub(in crate::check) const RULE: Rule = Rule {
    code: "rechnung",
    run: Run::Data(|programme| {
        contradictions(
            programme,
            Kind::Other,
            |figure| {
                Finding::error(
                    "rechnung",
                    format!("Die Rechnung geht nicht auf: {}.", figure.label),
                )
            },
            "angegebenes Ergebnis",
        )
    }),
};
