// SPDX-License-Identifier: EUPL-1.2
//! Closed intervals of exact numbers, possibly without a lower or upper end.

use rust_decimal::Decimal;

/// What a figure may stand for. `None` is an end that nobody stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interval {
    /// Lower end.
    pub low: Option<Decimal>,
    /// Upper end.
    pub high: Option<Decimal>,
}

impl Interval {
    /// From `low` to `high`, whichever way round they are given.
    pub fn new(low: Decimal, high: Decimal) -> Self {
        Self { low: Some(low.min(high)), high: Some(low.max(high)) }
    }

    /// One value.
    pub fn exact(value: Decimal) -> Self {
        Self::new(value, value)
    }

    /// `value` and everything above.
    pub fn from(value: Decimal) -> Self {
        Self { low: Some(value), high: None }
    }

    /// `value` and everything below.
    pub fn to(value: Decimal) -> Self {
        Self { low: None, high: Some(value) }
    }

    /// The smallest interval that contains both.
    #[must_use]
    pub fn hull(self, other: Self) -> Self {
        Self {
            low: self.low.zip(other.low).map(|(a, b)| a.min(b)),
            high: self.high.zip(other.high).map(|(a, b)| a.max(b)),
        }
    }

    /// Whether the value lies in the interval.
    pub fn contains(self, value: Decimal) -> bool {
        self.low.is_none_or(|low| low <= value) && self.high.is_none_or(|high| value <= high)
    }

    /// Whether both have a value in common.
    pub fn overlaps(self, other: Self) -> bool {
        let below = |high: Option<Decimal>, low: Option<Decimal>| {
            high.zip(low).is_some_and(|(high, low)| high < low)
        };
        !below(self.high, other.low) && !below(other.high, self.low)
    }

    /// Whether both have more in common than the end at which they meet. Rounding up at five, a value
    /// there is rounded to one of the two only: 12 and 13 meet at 12,5 and are two values. An exact
    /// value at an end still counts.
    pub fn agrees(self, other: Self) -> bool {
        let bounded = |one: Self| one.low.is_some() && one.high.is_some() && !one.is_exact();
        let meets = self.high == other.low || other.high == self.low;
        self.overlaps(other) && !(meets && bounded(self) && bounded(other))
    }

    /// Whether it is a single value.
    pub fn is_exact(self) -> bool {
        self.low.is_some() && self.low == self.high
    }

    /// Applies an increasing function to both ends; `None` if it overflows.
    pub fn map(self, apply: impl Fn(Decimal) -> Option<Decimal>) -> Option<Self> {
        let end = |end: Option<Decimal>| match end {
            None => Some(None),
            Some(value) => apply(value).map(Some),
        };
        Some(Self { low: end(self.low)?, high: end(self.high)? })
    }

    /// Sum of two intervals: contains the sum of any members; `None` if it overflows.
    pub fn plus(self, other: Self) -> Option<Self> {
        Some(Self { low: ends(self.low, other.low)?, high: ends(self.high, other.high)? })
    }

    /// The interval of the negated values.
    #[must_use]
    pub fn negated(self) -> Self {
        Self { low: self.high.map(|end| -end), high: self.low.map(|end| -end) }
    }

    /// Difference of two intervals.
    pub fn subtract(self, other: Self) -> Option<Self> {
        self.plus(other.negated())
    }

    /// Product of two intervals.
    pub fn multiply(self, other: Self) -> Option<Self> {
        self.combine(other, rust_decimal::Decimal::checked_mul)
    }

    /// Quotient of two intervals; unbounded if the divisor may be zero.
    pub fn divide(self, other: Self) -> Option<Self> {
        if other.contains(Decimal::ZERO) {
            return Some(Self { low: None, high: None });
        }
        self.combine(other, rust_decimal::Decimal::checked_div)
    }

    fn combine(
        self,
        other: Self,
        apply: impl Fn(Decimal, Decimal) -> Option<Decimal>,
    ) -> Option<Self> {
        let (Some(a), Some(b), Some(c), Some(d)) = (self.low, self.high, other.low, other.high)
        else {
            return Some(Self { low: None, high: None });
        };
        let corners = [apply(a, c)?, apply(a, d)?, apply(b, c)?, apply(b, d)?];
        let low = corners.into_iter().min()?;
        let high = corners.into_iter().max()?;
        Some(Self::new(low, high))
    }
}

/// Sum of two ends. The outer `None` is an overflow.
#[expect(clippy::option_option, reason = "an open end and an overflow are different things")]
fn ends(a: Option<Decimal>, b: Option<Decimal>) -> Option<Option<Decimal>> {
    match (a, b) {
        (Some(a), Some(b)) => a.checked_add(b).map(Some),
        _ => Some(None),
    }
}
