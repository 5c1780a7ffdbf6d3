// SPDX-License-Identifier: EUPL-1.2
//! A stated share that its part and its whole do not give.

use super::{Kind, contradictions};
use crate::check::{Rule, Run};
use crate::diag::Finding;

/// See `docs/regeln.md`.
pub(in crate::check) const RULE: Rule = Rule {
    code: "anteil",
    run: Run::Data(|programme| {
        contradictions(
            programme,
            Kind::Share,
            |figure| {
                Finding::error("anteil", format!("Der Anteil stimmt nicht: {}.", figure.label))
            },
            "angegebener Anteil",
        )
    }),
};
