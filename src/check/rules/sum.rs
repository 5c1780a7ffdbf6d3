// SPDX-License-Identifier: EUPL-1.2
//! A stated total that the rows above it do not give.

use super::{Kind, contradictions};
use crate::check::{Rule, Run};
use crate::diag::Finding;

/// See `docs/regeln.md`.
pub(in crate::check) const RULE: Rule = Rule {
    code: "summe",
    run: Run::Data(|programme| {
        contradictions(
            programme,
            Kind::Sum,
            |figure| Finding::error("summe", format!("Die Summe stimmt nicht: {}.", figure.label)),
            "angegebene Summe",
        )
    }),
};
