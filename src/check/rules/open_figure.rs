// SPDX-License-Identifier: EUPL-1.2
//! A figure that is still open.

use crate::check::{Rule, Run};
use crate::diag::Finding;
use crate::model::figures::Origin;
use crate::model::quantity::Value;

/// See `docs/regeln.md`.
pub(in crate::check) const RULE: Rule = Rule {
    code: "offen",
    run: Run::Data(|programme| {
        let mut out = Vec::new();
        for (_, figure) in programme.figures.iter() {
            if let Origin::Entered(quantity) = &figure.origin
                && quantity.value == Value::Open
            {
                let mut finding =
                    Finding::warning("offen", format!("Die Zahl ist noch offen: {}.", figure.label))
                        .at(figure.span, "noch nicht bekannt")
                        .hint("Tragen Sie die Zahl ein, sobald sie bekannt ist; Summen darüber sind bis dahin unvollständig.");
                finding.acknowledged = figure.reason().map(str::to_owned);
                out.push(finding);
            }
        }
        out
    }),
};
