// SPDX-License-Identifier: EUPL-1.2
//! What probably went wrong where a stated result differs from the computed one.

use rust_decimal::Decimal;

use crate::model::figures::{FigureId, Figures, Origin};
use crate::model::formula::{Formula, Function};
use crate::model::quantity::{Quantity, Value};

/// A sentence about the likeliest cause, if one explains the difference exactly.
pub(super) fn likely(figures: &Figures, id: FigureId, stated: &Quantity) -> Option<String> {
    let computed = figures.outcome(id).amount.as_ref()?.nominal;
    let said = stated.nominal()?;
    slip(said, computed, stated)
        .or_else(|| row(figures, id, said.checked_sub(computed)?))
        .or_else(|| other_base(figures, id, stated))
}

/// A slip of the pen: the comma, the unit, two digits, one digit.
fn slip(said: Decimal, computed: Decimal, stated: &Quantity) -> Option<String> {
    if computed.is_zero() || said.is_zero() {
        return None;
    }
    for (factor, what) in [
        (Decimal::ONE_THOUSAND, "das Tausendfache"),
        (Decimal::from(1_000_000), "das Millionenfache"),
        (Decimal::TEN, "das Zehnfache"),
        (Decimal::ONE_HUNDRED, "das Hundertfache"),
    ] {
        if computed.checked_mul(factor) == Some(said) {
            return Some(format!(
                "Angegeben ist genau {what}. Stimmen Komma und Einheit (€, T€, Mio. €)?"
            ));
        }
        if said.checked_mul(factor) == Some(computed) {
            return Some(format!(
                "Berechnet ist genau {what}. Stimmen Komma und Einheit (€, T€, Mio. €)?"
            ));
        }
    }
    let Value::Number(number) = &stated.value else { return None };
    let unit = said.checked_div(number.value)?;
    let shown = computed.checked_div(unit)?.round_dp(number.decimals);
    let digits = |value: Decimal| {
        let mut value = value.abs();
        value.rescale(number.decimals);
        value.mantissa().to_string()
    };
    let (one, other) = (digits(number.value), digits(shown));
    if one.len() != other.len() || one.len() < 3 {
        return None;
    }
    let differ: Vec<usize> =
        (0..one.len()).filter(|at| one.as_bytes()[*at] != other.as_bytes()[*at]).collect();
    match differ.as_slice() {
        [_] => Some("Nur eine Ziffer ist anders: vielleicht ein Tippfehler.".to_owned()),
        [first, second]
            if second - first == 1
                && one.as_bytes()[*first] == other.as_bytes()[*second]
                && one.as_bytes()[*second] == other.as_bytes()[*first] =>
        {
            Some("Zwei Ziffern sind vertauscht: vielleicht ein Zahlendreher.".to_owned())
        }
        _ => None,
    }
}

/// A row that was forgotten, counted twice, or taken with the wrong sign.
fn row(figures: &Figures, id: FigureId, difference: Decimal) -> Option<String> {
    let sum = matches!(
        figures.get(id).origin,
        Origin::Sum(_) | Origin::Computed(Formula::Call(Function::Sum, _) | Formula::Binary(..))
    );
    if !sum || difference.is_zero() {
        return None;
    }
    for operand in figures.operands(id) {
        let Some(amount) = &figures.outcome(operand).amount else { continue };
        let (value, label) = (amount.nominal, &figures.get(operand).label);
        let counts = figures.outcome(operand).counts;
        if value.is_zero() {
            continue;
        }
        let what = if difference == value && !counts {
            "ist mitgezählt, zählt aber nicht mit"
        } else if difference == value {
            "doppelt gezählt"
        } else if difference == -value && counts {
            "vergessen"
        } else if difference.abs() == value.abs() * Decimal::TWO {
            "mit falschem Vorzeichen gerechnet"
        } else {
            continue;
        };
        return Some(format!("Die Differenz ist genau „{label}“: vielleicht {what}."));
    }
    None
}

/// A share that was computed on another base: the year before.
fn other_base(figures: &Figures, id: FigureId, stated: &Quantity) -> Option<String> {
    let Origin::Computed(Formula::Call(Function::Share | Function::Change, arguments)) =
        &figures.get(id).origin
    else {
        return None;
    };
    let [Formula::Figure(part), Formula::Figure(base)] = arguments.as_slice() else { return None };
    let said = stated.interval()?;
    let change =
        matches!(&figures.get(id).origin, Origin::Computed(Formula::Call(Function::Change, _)));
    let part = figures.outcome(*part).amount.as_ref()?.nominal;
    siblings(figures, *base).into_iter().find_map(|other| {
        let base = figures.outcome(other).amount.as_ref()?;
        let share = part.checked_div(base.nominal)?.checked_mul(Decimal::ONE_HUNDRED)?;
        let result = if change { share.checked_sub(Decimal::ONE_HUNDRED)? } else { share };
        said.contains(result).then(|| {
            let shown = figures.computed_with_unit(other).map_or_else(String::new, |v| v.to_string());
            format!(
                "Mit „{}“ ({shown}) als Bezugsgröße ergäbe sich der angegebene Wert: vielleicht wurde mit dem falschen Jahr gerechnet.",
                figures.get(other).label
            )
        })
    })
}

/// Figures beside a base: other columns of its row, its year before.
fn siblings(figures: &Figures, base: FigureId) -> Vec<FigureId> {
    let base = figures.entered_at(base);
    let path = &figures.get(base).path;
    let Some((stem, _)) = path.rsplit_once('.') else { return Vec::new() };
    let beside = figures.below(stem).into_iter();
    let before = figures.below(path).into_iter();
    beside.chain(before).filter(|id| *id != base).collect()
}
