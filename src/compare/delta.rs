// SPDX-License-Identifier: EUPL-1.2
//! Differences of figures, in the notation of the programmes, and why there may be none.

use rust_decimal::Decimal;

use super::item::{Basis, Shown};
use crate::model::figures::Amount;
use crate::model::quantity::{Number, Quantity, Unit, UnitName, Value};

/// A figure of an item in both programmes.
#[derive(Debug, Clone)]
pub struct FigureChange {
    /// Its field.
    pub field: String,
    /// Its name in the later programme.
    pub label: String,
    /// The earlier value, as printed.
    pub old: Option<String>,
    /// The later value, as printed.
    pub new: Option<String>,
    /// What came of comparing them.
    pub outcome: Outcome,
    /// What both rest on, for instance `Plan 2016 gegen Plan 2021`.
    pub basis: String,
    /// Whether it is computed from other figures.
    pub derived: bool,
    /// By how much it changes, in base units and without a sign, for sorting; what is new or gone
    /// changes by all of it.
    pub size: Decimal,
    /// Whether it is money.
    pub money: bool,
}

/// What came of comparing two figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Both are the same.
    Same,
    /// They differ.
    Differs {
        /// Later minus earlier in base units, for sorting.
        amount: Decimal,
        /// The same in print notation.
        difference: String,
        /// Change in percent; `None` from or to nothing.
        percent: Option<String>,
        /// Whether rounding alone could explain it.
        rounding: bool,
    },
    /// Only words differ, or one side is no number.
    Words,
    /// Nothing was computed, and why.
    Incomparable(&'static str),
    /// Only one side has it.
    OneSided,
    /// Nothing on the other side has such a figure.
    Absent,
}

impl FigureChange {
    /// Whether anything is different.
    pub fn differs(&self) -> bool {
        !matches!(self.outcome, Outcome::Same | Outcome::Absent)
    }
}

/// The figures of an item that is in both programmes, joined by what they are about: the same field, else
/// the same kind of basis, else the same unit, always at the same distance from the programme's year.
pub(super) fn changes(old: &[Shown], new: &[Shown], years: (u32, u32)) -> Vec<FigureChange> {
    let fits: [fn(&Shown, &Shown) -> bool; 3] = [
        |one, other| one.field == other.field,
        |one, other| one.basis == other.basis && same_unit(one, other),
        |one, other| other.year == 0 && same_unit(one, other),
    ];
    let mut left: Vec<Option<&Shown>> = old.iter().map(Some).collect();
    let mut partners: Vec<Option<&Shown>> = vec![None; new.len()];
    for fits in fits {
        for (later, partner) in new.iter().zip(&mut partners).filter(|(_, it)| it.is_none()) {
            let near = |one: &Shown| one.year == later.year && fits(one, later);
            *partner = left.iter_mut().find(|one| one.is_some_and(near)).and_then(Option::take);
        }
    }
    let mut out = Vec::new();
    for (later, earlier) in new.iter().zip(partners) {
        // Columns about other years than the programme's own belong to no figure of the other one.
        if earlier.is_some() || later.year == 0 {
            out.push(change(earlier, Some(later), years));
        }
    }
    out.extend(
        left.into_iter()
            .flatten()
            .filter(|earlier| earlier.year == 0)
            .map(|earlier| change(Some(earlier), None, years)),
    );
    out
}

fn same_unit(one: &Shown, other: &Shown) -> bool {
    let unit = |shown: &Shown| shown.quantity.as_ref().and_then(Quantity::dimension);
    unit(one) == unit(other)
}

/// Compares one figure of an item that is in one programme only or in both.
pub(super) fn change(
    old: Option<&Shown>,
    new: Option<&Shown>,
    (first, last): (u32, u32),
) -> FigureChange {
    let kinds = (old.and_then(|one| one.counts), new.and_then(|one| one.counts));
    let others = matches!(kinds, (Some(one), Some(other)) if one != other);
    let named = |shown: &Shown, year: u32| {
        let year = i64::from(year) + shown.year;
        // Places against entries: that must be said.
        match shown.counts.filter(|_| others) {
            Some(kind) => format!("{} {year} ({kind})", shown.basis.word()),
            None => format!("{} {year}", shown.basis.word()),
        }
    };
    let basis = match (old, new) {
        (Some(old), Some(new)) => format!("{} gegen {}", named(old, first), named(new, last)),
        (Some(one), None) => named(one, first),
        (None, Some(one)) => named(one, last),
        (None, None) => String::new(),
    };
    let printed = |shown: Option<&Shown>| shown?.quantity.as_ref().map(ToString::to_string);
    let either = new.or(old);
    let outcome = match (old, new) {
        (Some(old), Some(new)) => outcome(old, new),
        _ => Outcome::OneSided,
    };
    let whole = || {
        let quantity = new.and_then(|one| one.quantity.as_ref()).or(old?.quantity.as_ref())?;
        Some(Amount::of(quantity)?.nominal.abs())
    };
    let size = match &outcome {
        Outcome::Differs { amount, .. } => amount.abs(),
        Outcome::OneSided => whole().unwrap_or_default(),
        _ => Decimal::ZERO,
    };
    let euros = |one: &Shown| {
        let unit = one.quantity.as_ref().and_then(|quantity| quantity.unit.as_ref());
        unit.is_some_and(|unit| unit.name == UnitName::Euro)
    };
    FigureChange {
        field: either.map_or_else(String::new, |shown| shown.field.clone()),
        label: either.map_or_else(String::new, |shown| shown.label.clone()),
        old: printed(old),
        new: printed(new),
        outcome,
        basis,
        derived: either.is_some_and(|shown| shown.derived),
        size,
        money: old.is_some_and(euros) || new.is_some_and(euros),
    }
}

fn outcome(old: &Shown, new: &Shown) -> Outcome {
    let (Some(before), Some(after)) = (&old.quantity, &new.quantity) else {
        return if old.quantity.is_none() && new.quantity.is_none() {
            Outcome::Same
        } else {
            Outcome::OneSided
        };
    };
    if before.to_string() == after.to_string() {
        return Outcome::Same;
    }
    let (Some(one), Some(other)) = (Amount::of(before), Amount::of(after)) else {
        return Outcome::Words;
    };
    if old.basis != new.basis && old.basis != Basis::Unknown && new.basis != Basis::Unknown {
        return Outcome::Incomparable("verschiedene Grundlage: Plan, Erwartung oder Ergebnis");
    }
    if one.dimension() != other.dimension()
        && one.dimension().is_some()
        && other.dimension().is_some()
    {
        return Outcome::Incomparable("verschiedene Einheiten");
    }
    match (one.most, other.most) {
        (None, None) => {}
        (Some(most_before), Some(most_after)) => {
            return of_ranges((&one, most_before), (&other, most_after));
        }
        _ => return Outcome::Incomparable("nur einer von beiden ist eine Spanne"),
    }
    let Some(difference) = other.minus(&one) else {
        return Outcome::Incomparable("verschiedene Einheiten");
    };
    if difference.nominal.is_zero() && one.interval == other.interval {
        return Outcome::Same;
    }
    let rounding = old
        .interval
        .zip(new.interval)
        .is_some_and(|(one, other)| !(one.is_exact() && other.is_exact()) && one.agrees(other));
    let change = other.change_from(&one);
    Outcome::Differs {
        amount: difference.nominal,
        difference: signed(points(plain(&difference))),
        percent: change.map(|change| signed(plain(&change))),
        rounding,
    }
}

/// Two ranges are compared end by end; a change in percent would be two.
fn of_ranges(
    (one, most_before): (&Amount, Decimal),
    (other, most_after): (&Amount, Decimal),
) -> Outcome {
    let (low, high) = (other.nominal - one.nominal, most_after - most_before);
    let printed = |value: Decimal| signed(points(plain(&other.like(value))));
    let difference = if low == high {
        printed(low)
    } else {
        format!("unten {}, oben {}", printed(low), printed(high))
    };
    if low.is_zero() && high.is_zero() {
        return Outcome::Same;
    }
    Outcome::Differs {
        amount: if low.abs() > high.abs() { low } else { high },
        difference,
        percent: None,
        rounding: false,
    }
}

/// In print notation without "rd.": that both may be rounded is said in words.
fn plain(amount: &Amount) -> Quantity {
    amount.like(amount.nominal).quantity()
}

/// The difference of two percentages is in points.
fn points(quantity: Quantity) -> Quantity {
    match &quantity.unit {
        Some(unit) if unit.name == UnitName::Percent => {
            Quantity { unit: Some(Unit::plain(UnitName::Points)), ..quantity }
        }
        _ => quantity,
    }
}

fn signed(quantity: Quantity) -> String {
    match quantity.value {
        Value::Number(number) if number.value > Decimal::ZERO => {
            let value = Value::Number(Number { plus: true, ..number });
            Quantity { value, ..quantity }.to_string()
        }
        _ => quantity.to_string(),
    }
}

/// The sum of figures of one kind; `None` if one of them is no number or they cannot be added.
pub(super) fn sum(parts: &[&Shown]) -> Option<Shown> {
    let amounts: Option<Vec<Amount>> =
        parts.iter().map(|part| Amount::of(part.quantity.as_ref()?)).collect();
    let amounts = amounts?;
    let first = amounts.first()?;
    let mut nominal = Decimal::ZERO;
    for amount in &amounts {
        if amount.dimension() != first.dimension() || amount.most.is_some() {
            return None;
        }
        nominal = nominal.checked_add(amount.nominal)?;
    }
    let quantity = first.like(nominal).quantity();
    let shown: &Shown = parts.first()?;
    Some(Shown { interval: quantity.interval(), quantity: Some(quantity), ..shown.clone() })
}
