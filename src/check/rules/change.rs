// SPDX-License-Identifier: EUPL-1.2
//! A stated change that the old and the new value do not give.

use super::{Kind, contradictions};
use crate::check::{Rule, Run};
use crate::diag::Finding;

/// See `docs/regeln.md`.
pub(in crate::check) const RULE: Rule = Rule {
    code: "veraenderung",
    run: Run::Data(|programme| {
        contradictions(
            programme,
            Kind::Change,
            |figure| {
                Finding::error(
                    "veraenderung",
                    format!("Die Veränderung stimmt nicht: {}.", figure.label),
                )
            },
            "angegebene Veränderung",
        )
    }),
};
