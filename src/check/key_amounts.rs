// SPDX-License-Identifier: EUPL-1.2
//! Key amounts of a programme (`eckwerte:`) and the numbers of the law they are held against.
//!
//! What the data do not name is not checked. Not here: the rules themselves, limits of the house.

use rust_decimal::Decimal;

use crate::law::{self, Bound};
use crate::model::Programme;
use crate::model::figures::{Amount, FigureId};
use crate::model::programme::KeyAmount;
use crate::model::quantity::{UnitName, decimal};

/// The version of a rule for the programme's year, and its number. A plan for a whole year follows
/// the rule with which the year begins.
pub(super) fn bound(programme: &Programme, id: &str) -> Option<(&'static Bound, Decimal)> {
    let bound = law::bound(id, &format!("{:04}-01-01", programme.year))?;
    Some((bound, bound.value.parse().ok()?))
}

/// The key amount with a name.
pub(super) fn key<'a>(programme: &'a Programme, name: &str) -> Option<&'a KeyAmount> {
    programme.key_amounts.iter().find(|key| key.name == name)
}

/// The amount of a figure, unless something of it is open or cannot be calculated.
pub(super) fn amount(programme: &Programme, id: FigureId) -> Option<&Amount> {
    let outcome = programme.figures.outcome(id);
    outcome.amount.as_ref().filter(|_| !outcome.incomplete && outcome.trouble.is_none())
}

/// Whether an amount is of a unit.
pub(super) fn is_unit(amount: &Amount, wanted: &UnitName) -> bool {
    amount.unit.as_ref().is_some_and(|unit| unit.name == *wanted)
}

/// An amount of money as it is printed; cents only where there are some.
pub(super) fn euro(value: Decimal) -> String {
    let cents = if value.fract().is_zero() { 0 } else { 2 };
    format!("{}\u{a0}€", decimal(value, cents))
}
