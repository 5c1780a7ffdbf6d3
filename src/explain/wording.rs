// SPDX-License-Identifier: EUPL-1.2
//! Values, differences and intervals in words.

use rust_decimal::Decimal;

use crate::model::figures::{Amount, FigureId, Figures, Origin, Trouble};
use crate::model::formula::{Formula, Function, Operator};
use crate::model::quantity::{
    Interval, Number, Qualifier, Quantity, Scale, Unit, UnitName, Value, decimal,
};

/// A figure's value with its unit, or why there is none.
pub(super) fn value(figures: &Figures, id: FigureId) -> String {
    if let Some(trouble) = figures.outcome(id).trouble {
        return format!("nicht berechenbar ({})", reason(trouble));
    }
    figures.computed_with_unit(id).map_or_else(|| "leer".to_owned(), |value| value.to_string())
}

fn reason(trouble: Trouble) -> &'static str {
    match trouble {
        Trouble::Circle => "hängt von sich selbst ab",
        Trouble::Units => "verschiedene Einheiten",
        Trouble::Zero => "Division durch null",
        Trouble::Overflow => "zu viele Stellen",
        Trouble::Range => "Rechnung mit einer Spanne",
        Trouble::Missing => "ein Wert fehlt",
    }
}

/// An amount with a sign: `+1,2 Mio. €`.
pub(super) fn signed(amount: &Amount) -> String {
    let mut quantity = Quantity { qualifier: Qualifier::None, ..amount.quantity() };
    if let Value::Number(number) = &mut quantity.value {
        number.plus = !number.value.is_zero();
    }
    quantity.to_string()
}

/// One amount less another, in the finer scale of both.
pub(super) fn less(one: &Amount, other: &Amount) -> Option<Amount> {
    let mut difference = one.minus(other)?;
    if one.scale != other.scale && one.unit.is_some() && other.unit.is_some() {
        let finer = if one.scale < other.scale { one } else { other };
        (difference.scale, difference.decimals) = (finer.scale, finer.decimals);
    }
    Some(difference)
}

/// An amount without its sign.
pub(super) fn absolute(amount: &Amount) -> String {
    let mut quantity = Quantity { qualifier: Qualifier::None, ..amount.quantity() };
    if let Value::Number(number) = &mut quantity.value {
        number.value = number.value.abs();
    }
    quantity.to_string()
}

/// What a rounded figure stands for: "39.525.000 € bis 39.535.000 €". `None` if it is exact.
pub(super) fn stands_for(quantity: &Quantity, amount: Option<&Amount>) -> Option<String> {
    let own = Amount::of(quantity);
    let amount = amount.or(own.as_ref())?;
    let Interval { low, high } = amount.interval;
    let nominal = (amount.nominal, amount.most.unwrap_or(amount.nominal));
    if (low, high) == (Some(nominal.0), Some(nominal.1))
        || matches!(quantity.value, Value::Ratio(..))
    {
        return None;
    }
    let fraction = matches!(quantity.value, Value::Fraction(..) | Value::Halved);
    let end = |value: Decimal| {
        let value = if fraction { value * Decimal::ONE_HUNDRED } else { value };
        plain(
            value,
            if fraction { Some(Unit::plain(UnitName::Percent)) } else { amount.unit.clone() },
        )
    };
    match (low, high) {
        (Some(low), Some(high)) => Some(format!("{} bis {}", end(low), end(high))),
        (Some(low), None) => Some(format!("{} und mehr", end(low))),
        (None, Some(high)) => Some(format!("höchstens {}", end(high))),
        (None, None) => None,
    }
}

/// The result before it was rounded for print, if rounding took something away: "24,3087 %".
pub(super) fn unrounded(quantity: &Quantity, amount: &Amount) -> Option<String> {
    let exact = amount.interval.is_exact() && matches!(quantity.value, Value::Number(_));
    (exact && quantity.nominal() != Some(amount.nominal))
        .then(|| plain(amount.nominal, amount.unit.clone()))
}

/// A value in base units, with as many digits as it has, at most four.
fn plain(value: Decimal, unit: Option<Unit>) -> String {
    let value = value / unit.as_ref().map_or(Decimal::ONE, Unit::factor);
    let value = value.round_dp(4).normalize();
    let number = Number { value, decimals: value.scale(), plus: false };
    Quantity { unit, scale: Scale::One, ..Quantity::new(Value::Number(number)) }.to_string()
}

/// Why a figure does not count in a sum.
pub(super) fn left_out(quantity: Option<&Quantity>) -> String {
    use crate::model::quantity::Standing;
    match quantity {
        None => "leer".to_owned(),
        Some(quantity) => match (&quantity.value, &quantity.standing) {
            (Value::Reason(_), _) => "statt einer Zahl steht dort ein Grund".to_owned(),
            (_, Standing::ContainedIn(row)) => format!("in „{row}“ enthalten"),
            (_, Standing::Parenthesised) => "steht in Klammern".to_owned(),
            _ => "dort steht keine Zahl".to_owned(),
        },
    }
}

/// How a figure came about, in a line; `None` if it was entered.
pub(super) fn how(figures: &Figures, id: FigureId, reproduction: bool) -> Option<String> {
    let counted = |members: &[FigureId]| {
        members.iter().filter(|member| figures.counts(**member, reproduction)).count()
    };
    let sum =
        |count: usize| format!("Summe aus {count} {}", if count == 1 { "Zahl" } else { "Zahlen" });
    match &figures.get(id).origin {
        Origin::Entered(_) | Origin::Missing | Origin::Pending(..) => None,
        Origin::Same(_) | Origin::Computed(Formula::Figure(_)) => Some("übernommen".to_owned()),
        Origin::Sum(members) => Some(sum(counted(members))),
        Origin::Computed(Formula::Call(Function::Sum, arguments)) => {
            let members: Option<Vec<FigureId>> = arguments
                .iter()
                .map(|argument| match argument {
                    Formula::Figure(id) => Some(*id),
                    _ => None,
                })
                .collect();
            let text = |formula: &Formula<FigureId>| written(figures, formula, reproduction, 0);
            Some(members.map_or_else(
                || {
                    let parts: Vec<String> = arguments.iter().map(text).collect();
                    format!("= {}", parts.join(" + "))
                },
                |members| sum(counted(&members)),
            ))
        }
        Origin::Computed(formula) => {
            Some(format!("= {}", written(figures, formula, reproduction, 0)))
        }
    }
}

/// A formula with the values that went in. `around` is how strongly the operator around it binds.
fn written(
    figures: &Figures,
    formula: &Formula<FigureId>,
    reproduction: bool,
    around: u8,
) -> String {
    let inner =
        |formula: &Formula<FigureId>, around: u8| written(figures, formula, reproduction, around);
    let (text, binds) = match formula {
        Formula::Figure(id) => {
            let operand = figures.operand(*id, reproduction);
            return operand.map_or_else(|| "leer".to_owned(), |operand| operand.to_string());
        }
        Formula::Number(number) => {
            let number = number.normalize();
            return decimal(number, number.scale());
        }
        Formula::Binary(operator, left, right) => {
            // "a − (b − c)" needs its brackets, "(a − b) − c" does not.
            let binds = match operator {
                Operator::Add | Operator::Subtract => 1,
                Operator::Multiply | Operator::Divide => 2,
            };
            let (left, right) = (inner(left, binds), inner(right, binds + 1));
            (format!("{left} {} {right}", operator.sign()), binds)
        }
        Formula::Call(function, arguments) => {
            let of = |at: usize| arguments.get(at).map_or_else(String::new, |one| inner(one, 0));
            match function {
                Function::Sum => {
                    let parts: Vec<String> =
                        arguments.iter().map(|argument| inner(argument, 1)).collect();
                    (parts.join(" + "), 1)
                }
                Function::Share => (format!("Anteil von {} an {}", of(0), of(1)), 0),
                Function::Change => (format!("Veränderung von {} auf {}", of(1), of(0)), 0),
                Function::Points => {
                    (format!("Veränderung von {} auf {} in Punkten", of(1), of(0)), 0)
                }
            }
        }
    };
    if binds < around { format!("({text})") } else { text }
}

/// Whether a figure is a sum, in which some parts may not count.
pub(super) fn is_sum(figures: &Figures, id: FigureId) -> bool {
    let origin = &figures.get(id).origin;
    matches!(origin, Origin::Sum(_) | Origin::Computed(Formula::Call(Function::Sum, _)))
}
