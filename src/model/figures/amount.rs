// SPDX-License-Identifier: EUPL-1.2
//! Exact amounts with their slack, and the arithmetic on them. Nothing is rounded before it is printed.

use rust_decimal::Decimal;

use super::Trouble;
use crate::model::quantity::{
    Dimension, Interval, Number, Qualifier, Quantity, Scale, Standing, Unit, UnitName, Value,
};

/// An exact amount with its slack, in base units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amount {
    /// The value as calculated from the printed figures.
    pub nominal: Decimal,
    /// Upper end of a planned range, calculated likewise.
    pub most: Option<Decimal>,
    /// What it may really be.
    pub interval: Interval,
    /// Scale in which it is printed.
    pub scale: Scale,
    /// Unit.
    pub unit: Option<Unit>,
    /// Digits behind the comma in that scale.
    pub decimals: u32,
    /// Ratios are of a dimension of their own.
    dimension: Option<Dimension>,
}

impl Amount {
    /// The amount of an entered quantity, if it is a number.
    pub fn of(quantity: &Quantity) -> Option<Self> {
        let nominal = quantity.nominal()?;
        let factor = nominal_factor(quantity);
        let most = match &quantity.value {
            Value::Range(_, most) | Value::UpTo(_, most) => Some(most.value.checked_mul(factor)?),
            _ => None,
        };
        Some(Self {
            nominal,
            most,
            interval: quantity.interval()?,
            scale: quantity.scale,
            unit: quantity.unit.clone(),
            decimals: quantity.decimals(),
            dimension: quantity.dimension(),
        })
    }

    pub(super) fn plain(value: Decimal) -> Self {
        Self {
            nominal: value,
            most: None,
            interval: Interval::exact(value),
            scale: Scale::One,
            unit: None,
            decimals: value.scale(),
            dimension: None,
        }
    }

    /// Whether adding it over rows would mean nothing: percentages, points, ratios.
    pub(super) fn has_no_sum(&self) -> bool {
        self.unit.as_ref().is_some_and(Unit::is_rounded)
            || self.dimension.as_ref() == Some(&Dimension::ratio())
    }

    /// The dimension, if it has one.
    pub fn dimension(&self) -> Option<&Dimension> {
        self.dimension.as_ref()
    }

    /// Another value of the same kind, exact.
    #[must_use]
    pub fn like(&self, nominal: Decimal) -> Self {
        Self { nominal, most: None, interval: Interval::exact(nominal), ..self.clone() }
    }

    /// This amount less another one; of percentages, in points. `None` if they cannot be compared.
    pub fn minus(&self, other: &Self) -> Option<Self> {
        add(self, other, true).ok()
    }

    /// The change from an earlier amount to this one, in percent. `None` if there is none, as from zero
    /// or between percentages.
    pub fn change_from(&self, earlier: &Self) -> Option<Self> {
        let sensible = !self.has_no_sum() && !earlier.has_no_sum();
        sensible.then(|| percent(self, earlier, Decimal::ONE_HUNDRED).ok()).flatten()
    }

    /// The printed notation, rounded commercially.
    pub fn quantity(&self) -> Quantity {
        let factor = self.scale.factor() * self.unit.as_ref().map_or(Decimal::ONE, Unit::factor);
        let round = |value: Decimal| Number {
            value: (value / factor).round_dp_with_strategy(
                self.decimals,
                rust_decimal::RoundingStrategy::MidpointAwayFromZero,
            ),
            decimals: self.decimals,
            plus: false,
        };
        let value = match self.most {
            Some(most) if most != self.nominal => Value::Range(round(self.nominal), round(most)),
            _ => Value::Number(round(self.nominal)),
        };
        let rounded_by_nature =
            self.scale != Scale::One || self.unit.as_ref().is_some_and(Unit::is_rounded);
        let qualifier = match (self.interval.low, self.interval.high) {
            (None, Some(_)) => Qualifier::UpTo,
            (Some(_), None) => Qualifier::AtLeast,
            // Rounded figures that went in make a figure rounded that would be exact.
            (Some(low), Some(high)) if self.most.is_none() && low != high && !rounded_by_nature => {
                Qualifier::Rounded
            }
            _ => Qualifier::None,
        };
        Quantity {
            value,
            scale: self.scale,
            unit: self.unit.clone(),
            qualifier,
            standing: Standing::Counts,
            remark: None,
            addition: None,
        }
    }
}

fn nominal_factor(quantity: &Quantity) -> Decimal {
    quantity.scale.factor() * quantity.unit.as_ref().map_or(Decimal::ONE, Unit::factor)
}

pub(super) fn add(left: &Amount, right: &Amount, subtract: bool) -> Result<Amount, Trouble> {
    if let (Some(one), Some(other)) = (&left.dimension, &right.dimension)
        && one != other
    {
        return Err(Trouble::Units);
    }
    let sign = if subtract { Decimal::NEGATIVE_ONE } else { Decimal::ONE };
    let plus = |a: Decimal, b: Decimal| a.checked_add(sign * b).ok_or(Trouble::Overflow);
    let interval = if subtract {
        left.interval.subtract(right.interval)
    } else {
        left.interval.plus(right.interval)
    };
    // Subtracting a range turns its ends around.
    let (least_right, most_right) = match (right.most, subtract) {
        (Some(most), true) => (most, right.nominal),
        (most, _) => (right.nominal, most.unwrap_or(right.nominal)),
    };
    let most = match (left.most, right.most) {
        (None, None) => None,
        (most, _) => Some(plus(most.unwrap_or(left.nominal), most_right)?),
    };
    let percent =
        |amount: &Amount| amount.unit.as_ref().is_some_and(|unit| unit.name == UnitName::Percent);
    // The difference of two percentages is in points.
    let points =
        (subtract && percent(left) && percent(right)).then(|| Unit::plain(UnitName::Points));
    let zero_left = left.unit.is_none() && left.nominal.is_zero();
    let shape = if zero_left { right } else { left };
    let (scale, decimals) = precision(left, right);
    Ok(Amount {
        nominal: plus(left.nominal, least_right)?,
        most,
        interval: interval.ok_or(Trouble::Overflow)?,
        scale,
        decimals,
        dimension: points
            .as_ref()
            .map(Unit::dimension)
            .or_else(|| shape.dimension.clone())
            .or_else(|| right.dimension.clone()),
        unit: points.or_else(|| shape.unit.clone()).or_else(|| right.unit.clone()),
    })
}

/// Scale and digits of a sum: of the finer figure if both have one scale, of the coarser scale if not.
fn precision(left: &Amount, right: &Amount) -> (Scale, u32) {
    if left.scale == right.scale || right.nominal.is_zero() && right.unit.is_none() {
        (left.scale, left.decimals.max(right.decimals))
    } else if left.nominal.is_zero() && left.unit.is_none() || right.scale > left.scale {
        (right.scale, right.decimals)
    } else {
        (left.scale, left.decimals)
    }
}

/// A percentage as a plain factor: 26 % of something is 0,26 times it.
fn as_factor(amount: &Amount) -> Result<Amount, Trouble> {
    let percent = amount.unit.as_ref().is_some_and(|unit| unit.name == UnitName::Percent);
    if !percent {
        return Ok(amount.clone());
    }
    let hundredth = Decimal::new(1, 2);
    let scaled = |value: Decimal| value.checked_mul(hundredth);
    Ok(Amount {
        nominal: scaled(amount.nominal).ok_or(Trouble::Overflow)?,
        most: amount.most.and_then(scaled),
        interval: amount.interval.map(scaled).ok_or(Trouble::Overflow)?,
        scale: Scale::One,
        unit: None,
        decimals: amount.decimals + 2,
        dimension: None,
    })
}

/// The largest scale, up to a given one, in which a value is at least one.
fn fitting(scale: Scale, value: Decimal) -> Scale {
    let smaller = [Scale::Billion, Scale::Million, Scale::Thousand];
    smaller
        .into_iter()
        .find(|candidate| *candidate <= scale && value.abs() >= candidate.factor())
        .unwrap_or(Scale::One)
}

/// Digits that a product or quotient is printed with: none if it is whole in its scale, else two.
fn digits(nominal: Decimal, scale: Scale, unit: Option<&Unit>) -> u32 {
    let printed = nominal / (scale.factor() * unit.map_or(Decimal::ONE, Unit::factor));
    if printed.fract().is_zero() { 0 } else { 2 }
}

/// Ranges go through a product or quotient only if nothing is negative and one side is no range.
fn upper(
    left: &Amount,
    right: &Amount,
    apply: impl Fn(Decimal, Decimal) -> Option<Decimal>,
) -> Result<Option<Decimal>, Trouble> {
    let positive = !left.nominal.is_sign_negative() && !right.nominal.is_sign_negative();
    match (left.most, right.most) {
        (None, None) => Ok(None),
        (Some(most), None) if positive => {
            apply(most, right.nominal).map(Some).ok_or(Trouble::Overflow)
        }
        _ => Err(Trouble::Range),
    }
}

pub(super) fn multiply(left: &Amount, right: &Amount) -> Result<Amount, Trouble> {
    let is_percent =
        |amount: &Amount| amount.unit.as_ref().is_some_and(|unit| unit.name == UnitName::Percent);
    // 65 % of 73 % are a percentage again.
    if is_percent(left) && is_percent(right) {
        let product = multiply(&as_factor(left)?, right)?;
        let unit = Unit::plain(UnitName::Percent);
        let hundred = |value: Decimal| value.checked_mul(Decimal::ONE_HUNDRED);
        return Ok(Amount {
            nominal: hundred(product.nominal).ok_or(Trouble::Overflow)?,
            most: product.most.and_then(hundred),
            interval: product.interval.map(hundred).ok_or(Trouble::Overflow)?,
            scale: Scale::One,
            dimension: Some(unit.dimension()),
            unit: Some(unit),
            decimals: 1,
        });
    }
    let (left, right) = (as_factor(left)?, as_factor(right)?);
    // A range may stand on either side.
    let (left, right) = if right.most.is_some() { (right, left) } else { (left, right) };
    let money =
        |amount: &Amount| amount.unit.as_ref().is_some_and(|unit| unit.name == UnitName::Euro);
    let shape = match (&left.dimension, &right.dimension) {
        (_, None) => &left,
        (None, _) => &right,
        // 400 entries at 200 € each.
        _ if money(&left) != money(&right) => {
            if money(&left) {
                &left
            } else {
                &right
            }
        }
        _ => return Err(Trouble::Units),
    };
    let nominal = left.nominal.checked_mul(right.nominal).ok_or(Trouble::Overflow)?;
    let scale = fitting(shape.scale, nominal);
    Ok(Amount {
        nominal,
        most: upper(&left, &right, Decimal::checked_mul)?,
        interval: left.interval.multiply(right.interval).ok_or(Trouble::Overflow)?,
        scale,
        decimals: digits(nominal, scale, shape.unit.as_ref()),
        unit: shape.unit.clone(),
        dimension: shape.dimension.clone(),
    })
}

pub(super) fn divide(left: &Amount, right: &Amount) -> Result<Amount, Trouble> {
    if right.nominal.is_zero() {
        return Err(Trouble::Zero);
    }
    let both_percent = left.dimension == right.dimension;
    let right = if both_percent { right.clone() } else { as_factor(right)? };
    let same = left.dimension == right.dimension;
    let nominal = left.nominal.checked_div(right.nominal).ok_or(Trouble::Overflow)?;
    let unit = if same { None } else { left.unit.clone() };
    let scale = if same { Scale::One } else { fitting(left.scale, nominal) };
    Ok(Amount {
        nominal,
        most: upper(left, &right, Decimal::checked_div)?,
        interval: left.interval.divide(right.interval).ok_or(Trouble::Overflow)?,
        scale,
        decimals: digits(nominal, scale, unit.as_ref()),
        unit,
        dimension: if same { None } else { left.dimension.clone() },
    })
}

/// `first` in percent of `second`, minus `minus`.
pub(super) fn percent(first: &Amount, second: &Amount, minus: Decimal) -> Result<Amount, Trouble> {
    if second.nominal.is_zero() {
        return Err(Trouble::Zero);
    }
    if let (Some(one), Some(other)) = (&first.dimension, &second.dimension)
        && one != other
    {
        return Err(Trouble::Units);
    }
    let hundred = Decimal::ONE_HUNDRED;
    let scaled = |value: Decimal| value.checked_mul(hundred)?.checked_sub(minus);
    let ratio = first.nominal.checked_div(second.nominal).ok_or(Trouble::Overflow)?;
    let interval = first
        .interval
        .divide(second.interval)
        .and_then(|interval| interval.map(scaled))
        .ok_or(Trouble::Overflow)?;
    let unit = Unit::plain(UnitName::Percent);
    let most = match (first.most, second.most) {
        (None, None) => None,
        (Some(most), None) => {
            Some(most.checked_div(second.nominal).and_then(scaled).ok_or(Trouble::Overflow)?)
        }
        _ => return Err(Trouble::Range),
    };
    Ok(Amount {
        nominal: scaled(ratio).ok_or(Trouble::Overflow)?,
        most,
        interval,
        scale: Scale::One,
        dimension: Some(unit.dimension()),
        unit: Some(unit),
        decimals: 1,
    })
}

pub(super) fn points(first: &Amount, second: &Amount) -> Result<Amount, Trouble> {
    let mut difference = add(first, second, true)?;
    let unit = Unit::plain(UnitName::Points);
    difference.dimension = Some(unit.dimension());
    difference.unit = Some(unit);
    Ok(difference)
}
