// SPDX-License-Identifier: EUPL-1.2
//! How many persons one member of staff looks after, § 44c Abs. 4 SGB II.
//!
//! Not here: how many staff there are.

use rust_decimal::Decimal;

use crate::check::key_amounts::{bound, key};
use crate::check::{Rule, Run};
use crate::diag::{Disagreement, Finding};
use crate::model::Programme;
use crate::model::quantity::{Value, decimal};

/// The code of its findings.
const CODE: &str = "betreuungsschluessel";

/// See `docs/regeln.md`.
pub(in crate::check) const RULE: Rule = Rule {
    code: CODE,
    run: Run::Data(|programme| {
        let keys = ["schluessel_u25", "schluessel_ue25"];
        keys.iter().filter_map(|name| caseload(programme, name)).collect()
    }),
};

fn caseload(programme: &Programme, name: &str) -> Option<Finding> {
    let (bound, most) = bound(programme, name)?;
    let key = key(programme, name)?;
    let quantity = programme.figures.computed_with_unit(key.figure)?;
    let outcome = programme.figures.outcome(key.figure);
    let amount = outcome.amount.as_ref().filter(|_| !outcome.incomplete)?;
    let persons = match &quantity.value {
        Value::Ratio(one, many) if one.value == Decimal::ONE => many.value,
        // A share of staff in persons: one by 75.
        _ if amount.nominal > Decimal::ZERO && amount.nominal < Decimal::ONE => {
            Decimal::ONE.checked_div(amount.nominal)?
        }
        _ => amount.interval.low?,
    };
    if persons <= most {
        return None;
    }
    let figure = programme.figures.get(key.figure);
    let shown = format!("1:{}", decimal(persons.round_dp(0), 0));
    let expected = format!("1:{}", decimal(most, 0));
    let message =
        format!("{}: {shown} ist schlechter als {expected} (§ 44c Abs. 4 SGB II).", bound.label);
    let mut finding = Finding::note(CODE, message)
        .at(key.span, "Eckwert")
        .label(figure.span, figure.label.clone());
    finding.disagreement = Some(Disagreement {
        stated: shown,
        computed: expected,
        difference: None,
        source: "zu berücksichtigen",
    });
    Some(finding.hint("Das Gesetz nennt einen Richtwert; sagen Sie im Text, warum das Haus davon abweicht und was geplant ist."))
}
