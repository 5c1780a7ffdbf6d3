// SPDX-License-Identifier: EUPL-1.2
//! Quantities as a German programme prints them.
//!
//! A [`Quantity`] keeps value, unit, precision, qualifier and standing towards a sum. It is
//! [parsed](parse()) from print notation and printed from these parts alone, never from the text that
//! was read. What a figure stands for is its [`Interval`]: `39,53 Mio. €` means 39.525.000 € to
//! 39.535.000 €, a whole number of entries means itself.
//!
//! Not here: where a figure stands, what it is called, and how it is computed from others.

mod interval;
mod parse;
mod print;
mod unit;
mod words;

pub use interval::Interval;
pub use parse::{ParseError, parse, parse_as, read_in_text, try_parse};
pub use print::{decimal, thousands};
pub use unit::{Dimension, Scale, Unit, UnitName, Units};

use rust_decimal::Decimal;

/// A number as it is printed: the value and how many digits stand behind the comma.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Number {
    /// The value, in the scale of the quantity.
    pub value: Decimal,
    /// Printed digits behind the comma.
    pub decimals: u32,
    /// Printed with a plus sign (changes).
    pub plus: bool,
}

impl Number {
    /// A whole number.
    pub fn whole(value: i64) -> Self {
        Self { value: Decimal::from(value), decimals: 0, plus: false }
    }

    /// Half a unit of the last printed digit.
    fn half_unit(self) -> Decimal {
        Decimal::new(5, self.decimals + 1)
    }

    /// One unit of the last digit that carries information: the last printed digit behind the comma,
    /// or the last digit before it that is not zero (`2.500` gives 100).
    pub fn significant_unit(self) -> Decimal {
        if self.decimals > 0 || self.value.is_zero() {
            return Decimal::new(1, self.decimals);
        }
        let mut unit = Decimal::ONE;
        while (self.value % (unit * Decimal::TEN)).is_zero() {
            unit *= Decimal::TEN;
        }
        unit
    }
}

/// What stands in the place of a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// `1.800`
    Number(Number),
    /// `60 bis 150`
    Range(Number, Number),
    /// `25 (bis 30)`: planned value and the most it may become.
    UpTo(Number, Number),
    /// `1:73`
    Ratio(Number, Number),
    /// `zwei`: a small whole number written as a word.
    Word(u8),
    /// `ein Drittel`
    Fraction(u8, u8),
    /// `verdoppelt`, `verdreifacht`: a factor; `halbiert` is the factor one half.
    Multiplied(u8),
    /// `halbiert`
    Halved,
    /// `./.`: there is none; counts as zero.
    Nothing,
    /// `–`: nothing is planned; counts as zero.
    Dash,
    /// `offen`: not known yet; sums over it are incomplete.
    Open,
    /// `*`: suppressed for reasons of statistical secrecy; never zero.
    Suppressed,
    /// A reason in the place of a figure, for instance `Einkauf erfolgte im Vorjahr`.
    Reason(String),
}

/// A word in front of a figure that says how exact it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Qualifier {
    /// The figure as such.
    None,
    /// `rd.`, `rund`: rounded to the last digit that is not zero.
    Rounded,
    /// `ca.`
    Circa,
    /// `etwa`
    About,
    /// `knapp`: a little less.
    AlmostUp,
    /// `gut`: a little more.
    JustOver,
    /// `über`
    Over,
    /// `mehr als`
    MoreThan,
    /// `unter`
    Under,
    /// `bis zu`
    UpTo,
    /// `mindestens`
    AtLeast,
    /// `höchstens`
    AtMost,
}

/// How a figure stands towards the sum of its column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// It counts.
    Counts,
    /// It counts and carries this many stars that point to a note.
    Starred(u8),
    /// It stands in parentheses and does not count.
    Parenthesised,
    /// It is contained in another row, which is named, and does not count.
    ContainedIn(String),
}

/// A figure with everything that is needed to print it and to calculate with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quantity {
    /// The number, or what stands in its place.
    pub value: Value,
    /// Thousands, millions …
    pub scale: Scale,
    /// The unit, if one is printed or implied by the column.
    pub unit: Option<Unit>,
    /// How exact it claims to be.
    pub qualifier: Qualifier,
    /// Whether it counts in sums.
    pub standing: Standing,
    /// A remark in parentheses behind it.
    pub remark: Option<String>,
    /// Words behind it that add something without a number: "und Stundenkontingente bei abH".
    pub addition: Option<String>,
}

/// On which side of a limit a figure lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// At the limit or above: `mindestens`, `über`.
    Above,
    /// At the limit or below: `bis zu`, `unter`.
    Below,
}

impl Qualifier {
    /// The side of a limit; `None` if the word names none.
    pub fn side(self) -> Option<Side> {
        match self {
            Self::Over | Self::MoreThan | Self::AtLeast => Some(Side::Above),
            Self::Under | Self::UpTo | Self::AtMost => Some(Side::Below),
            Self::None
            | Self::Rounded
            | Self::Circa
            | Self::About
            | Self::AlmostUp
            | Self::JustOver => None,
        }
    }
}

impl Quantity {
    /// A plain quantity without unit or qualifier.
    pub fn new(value: Value) -> Self {
        Self {
            value,
            scale: Scale::One,
            unit: None,
            qualifier: Qualifier::None,
            standing: Standing::Counts,
            remark: None,
            addition: None,
        }
    }

    /// Dimension of the unit; figures of one dimension can be added.
    pub fn dimension(&self) -> Option<Dimension> {
        match &self.value {
            Value::Ratio(..) => Some(Dimension::ratio()),
            _ => self.unit.as_ref().map(Unit::dimension),
        }
    }

    /// The value in base units (euros, not millions of euros), rounded as printed. `None` where no
    /// number stands. The nominal value of a range is its lower end, of `25 (bis 30)` it is 25.
    pub fn nominal(&self) -> Option<Decimal> {
        let number = match &self.value {
            Value::Number(number) | Value::Range(number, _) | Value::UpTo(number, _) => {
                number.value
            }
            Value::Ratio(one, other) => {
                if one.value.is_zero() {
                    return None;
                }
                other.value.checked_div(one.value)?
            }
            Value::Word(number) | Value::Multiplied(number) => Decimal::from(*number),
            Value::Fraction(part, whole) => Decimal::from(*part) / Decimal::from(*whole),
            Value::Halved => Decimal::new(5, 1),
            Value::Nothing | Value::Dash => Decimal::ZERO,
            Value::Open | Value::Suppressed | Value::Reason(_) => return None,
        };
        number.checked_mul(self.factor())
    }

    /// Factor from the printed number to base units; years become months, so that both compare.
    fn factor(&self) -> Decimal {
        self.scale.factor() * self.unit.as_ref().map_or(Decimal::ONE, Unit::factor)
    }

    /// What the figure stands for, in base units. `None` where no number stands.
    pub fn interval(&self) -> Option<Interval> {
        let slack =
            |number: Number, half: Decimal| Interval::new(number.value - half, number.value + half);
        let inner = match &self.value {
            Value::Number(number) => self.qualified(*number, slack),
            Value::Range(low, high) | Value::UpTo(low, high) => {
                let (low, high) = (self.qualified(*low, slack), self.qualified(*high, slack));
                low.hull(high)
            }
            Value::Ratio(one, other) => {
                if one.value.is_zero() {
                    return None;
                }
                let exact = slack(*other, other.half_unit());
                exact.map(|end| end.checked_div(one.value))?
            }
            Value::Word(number) | Value::Multiplied(number) => self
                .qualified(Number::whole(i64::from(*number)), |number, _| {
                    Interval::exact(number.value)
                }),
            Value::Fraction(part, whole) => {
                self.fraction(Decimal::from(*part) / Decimal::from(*whole))
            }
            Value::Halved => self.fraction(Decimal::new(5, 1)),
            Value::Nothing | Value::Dash => Interval::exact(Decimal::ZERO),
            Value::Open | Value::Suppressed | Value::Reason(_) => return None,
        };
        let factor = self.factor();
        inner.map(|end| end.checked_mul(factor))
    }

    fn qualified(&self, number: Number, slack: impl Fn(Number, Decimal) -> Interval) -> Interval {
        let unit = number.significant_unit();
        let value = number.value;
        // Just below a power of ten the steps are finer: "rd. 1.000" is not 520.
        let below = if value == unit && number.decimals == 0 && unit > Decimal::ONE {
            unit / Decimal::TEN
        } else {
            unit
        };
        match self.qualifier {
            Qualifier::None if self.is_rounded() => slack(number, number.half_unit()),
            Qualifier::None => Interval::exact(value),
            Qualifier::Rounded | Qualifier::Circa | Qualifier::About => {
                Interval::new(value - below / Decimal::TWO, value + unit / Decimal::TWO)
            }
            Qualifier::AlmostUp => Interval::new(value - below, value),
            Qualifier::JustOver => Interval::new(value, value + unit),
            Qualifier::Over | Qualifier::MoreThan | Qualifier::AtLeast => Interval::from(value),
            Qualifier::Under | Qualifier::UpTo | Qualifier::AtMost => Interval::to(value),
        }
    }

    /// A fraction written in words is a share rounded to whole percent; qualified, to five.
    fn fraction(&self, value: Decimal) -> Interval {
        let half_percent = Decimal::new(5, 3);
        let wide = Decimal::new(5, 2);
        match self.qualifier {
            Qualifier::None => Interval::new(value - half_percent, value + half_percent),
            Qualifier::Rounded | Qualifier::Circa | Qualifier::About => {
                Interval::new(value - wide / Decimal::TWO, value + wide / Decimal::TWO)
            }
            Qualifier::AlmostUp => Interval::new(value - wide, value),
            Qualifier::JustOver => Interval::new(value, value + wide),
            Qualifier::Over | Qualifier::MoreThan | Qualifier::AtLeast => Interval::from(value),
            Qualifier::Under | Qualifier::UpTo | Qualifier::AtMost => Interval::to(value),
        }
    }

    /// Whether the printed digits are rounded even without a word that says so: scaled amounts,
    /// percentages, points and decimals without a unit are; counts and amounts in euros are exact.
    pub fn is_rounded(&self) -> bool {
        let bare_decimals = self.unit.is_none() && self.decimals() > 0;
        bare_decimals
            || self.scale != Scale::One
            || self.unit.as_ref().is_some_and(Unit::is_rounded)
    }

    /// Whether it counts in the sum of its column.
    pub fn counts(&self) -> bool {
        let number = !matches!(self.value, Value::Reason(_));
        number && matches!(self.standing, Standing::Counts | Standing::Starred(_))
    }

    /// Whether a number stands here at all.
    pub fn is_number(&self) -> bool {
        !matches!(
            self.value,
            Value::Nothing | Value::Dash | Value::Open | Value::Suppressed | Value::Reason(_)
        )
    }

    /// Digits printed behind the comma.
    pub fn decimals(&self) -> u32 {
        match &self.value {
            Value::Number(number) | Value::Range(number, _) | Value::UpTo(number, _) => {
                number.decimals
            }
            Value::Ratio(_, number) => number.decimals,
            _ => 0,
        }
    }
}
