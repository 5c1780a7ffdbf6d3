// SPDX-License-Identifier: EUPL-1.2
//! The share of the municipality in the costs of administration, § 46 Abs. 3 SGB II.
//!
//! Not here: the costs themselves.

use rust_decimal::Decimal;

use crate::check::key_amounts::{amount, bound, is_unit, key};
use crate::check::{Rule, Run};
use crate::diag::{Disagreement, Finding};
use crate::model::Programme;
use crate::model::quantity::{Interval, UnitName, decimal};

/// The code of its findings.
const CODE: &str = "kommunaler-anteil";

/// See `docs/regeln.md`.
pub(in crate::check) const RULE: Rule =
    Rule { code: CODE, run: Run::Data(|programme| municipality(programme).into_iter().collect()) };

fn municipality(programme: &Programme) -> Option<Finding> {
    let (bound, share) = bound(programme, CODE)?;
    let own = key(programme, "kommunaler_anteil")?;
    let part = amount(programme, own.figure)?;
    let percent = if is_unit(part, &UnitName::Percent) {
        part.interval
    } else {
        let whole = amount(programme, key(programme, "verwaltungskosten")?.figure)?;
        if whole.nominal.is_zero() {
            return None;
        }
        let quotient = part.interval.divide(whole.interval)?;
        quotient.map(|value| value.checked_mul(Decimal::ONE_HUNDRED))?
    };
    // The share is printed with one digit; amounts are rounded to it.
    let slack = Decimal::new(5, 2);
    let (low, high) = (percent.low?, percent.high?);
    if Interval::new(low.checked_sub(slack)?, high.checked_add(slack)?).contains(share) {
        return None;
    }
    let middle = low.checked_add(high)?.checked_div(Decimal::TWO)?;
    let shown = format!("{}\u{a0}%", decimal(middle.round_dp(1), 1));
    let expected = format!("{}\u{a0}%", decimal(share, 1));
    let message = format!(
        "Die Kommune trägt {shown} der Verwaltungskosten; nach § 46 Abs. 3 SGB II sind es {expected}."
    );
    let mut finding = Finding::note(CODE, message).at(own.span, "Anteil der Kommune");
    finding.disagreement = Some(Disagreement {
        stated: shown,
        computed: expected,
        difference: None,
        source: "nach dem Gesetz",
    });
    Some(finding.hint(format!("Zahlungen und Erstattungen früherer Jahre verschieben den Anteil; sagen Sie es im Text. Grundlage: {}.", bound.source)))
}
