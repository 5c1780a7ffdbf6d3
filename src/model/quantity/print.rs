// SPDX-License-Identifier: EUPL-1.2
//! German print notation, from value, unit, precision and qualifier alone.

use std::fmt;

use rust_decimal::Decimal;

use super::{Number, Qualifier, Quantity, Scale, Standing, Unit, UnitName, Value, unit, words};

/// No-break space: a figure and its unit stay in one line.
const NBSP: char = '\u{a0}';
/// True minus sign.
const MINUS: char = '−';

/// A whole number with dots between thousands, without sign.
pub fn thousands(digits: &str) -> String {
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push('.');
        }
        out.push(digit);
    }
    out
}

/// A number with `decimals` digits behind the comma, commercially rounded, with a true minus sign.
pub fn decimal(value: Decimal, decimals: u32) -> String {
    let rounded = value
        .round_dp_with_strategy(decimals, rust_decimal::RoundingStrategy::MidpointAwayFromZero);
    let text = format!("{:.*}", decimals as usize, rounded.abs());
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let sign = if rounded.is_sign_negative() && !rounded.is_zero() {
        MINUS.to_string()
    } else {
        String::new()
    };
    if fraction.is_empty() {
        format!("{sign}{}", thousands(whole))
    } else {
        format!("{sign}{},{fraction}", thousands(whole))
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.plus && !self.value.is_sign_negative() {
            f.write_str("+")?;
        }
        f.write_str(&decimal(self.value, self.decimals))
    }
}

impl Qualifier {
    /// The printed word.
    pub fn word(self) -> Option<&'static str> {
        Some(match self {
            Self::None => return None,
            Self::Rounded => "rd.",
            Self::Circa => "ca.",
            Self::About => "etwa",
            Self::AlmostUp => "knapp",
            Self::JustOver => "gut",
            Self::Over => "über",
            Self::MoreThan => "mehr als",
            Self::Under => "unter",
            Self::UpTo => "bis zu",
            Self::AtLeast => "mindestens",
            Self::AtMost => "höchstens",
        })
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match &self.name {
            UnitName::Euro => "Euro",
            UnitName::Percent => "Prozent",
            UnitName::Points => "Prozentpunkte",
            UnitName::FullTime => "VZÄ",
            UnitName::Times => "Häufigkeiten",
            UnitName::Count(plural) => plural,
        })
    }
}

impl Quantity {
    /// The scale and unit behind the number, each after a no-break space.
    fn suffix(&self) -> String {
        let mut out = String::new();
        if let Some(scale) = self.scale.abbreviation() {
            out.push(NBSP);
            out.push_str(scale);
        }
        let Some(Unit { name, per }) = &self.unit else {
            return out;
        };
        out.push(NBSP);
        let one = self.scale == Scale::One
            && match &self.value {
                Value::Number(number) => number.value == Decimal::ONE,
                Value::Word(number) => *number == 1,
                _ => false,
            };
        out.push_str(match name {
            UnitName::Euro => "€",
            UnitName::Percent => "%",
            UnitName::Points => "Prozentpunkte",
            UnitName::FullTime => "VZÄ",
            UnitName::Times => "x",
            UnitName::Count(plural) => unit::counted(plural, one),
        });
        if let Some(per) = per {
            out.push(NBSP);
            if *name != UnitName::Times {
                out.push('/');
                out.push(NBSP);
            }
            out.push_str(per);
        }
        out
    }

    /// The same figure without its unit, for columns whose head names the unit.
    #[must_use]
    pub fn without_unit(&self) -> Self {
        Self { unit: None, scale: Scale::One, ..self.clone() }
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let open = self.standing == Standing::Parenthesised;
        if open {
            f.write_str("(")?;
        }
        if let Some(word) = self.qualifier.word() {
            write!(f, "{word}{NBSP}")?;
        }
        match &self.value {
            Value::Number(number) => write!(f, "{number}{}", self.suffix())?,
            Value::Range(low, high) => write!(f, "{low} bis {high}{}", self.suffix())?,
            Value::UpTo(value, most) => write!(f, "{value}{} (bis{NBSP}{most})", self.suffix())?,
            Value::Ratio(one, other) => write!(f, "{one}:{other}")?,
            Value::Word(number) => {
                f.write_str(words::number_word(*number).unwrap_or_default())?;
                f.write_str(&self.suffix())?;
            }
            Value::Fraction(part, whole) => {
                f.write_str(&words::fraction_words(*part, *whole).unwrap_or_default())?;
            }
            Value::Multiplied(by) => f.write_str(words::factor_word(*by).unwrap_or_default())?,
            Value::Halved => f.write_str("halbiert")?,
            Value::Nothing => f.write_str("./.")?,
            Value::Dash => f.write_str("–")?,
            Value::Open => f.write_str("offen")?,
            Value::Suppressed => f.write_str("*")?,
            Value::Reason(reason) => f.write_str(reason)?,
        }
        match &self.standing {
            Standing::Counts => {}
            Standing::Starred(stars) => {
                for _ in 0..*stars {
                    f.write_str("*")?;
                }
            }
            Standing::Parenthesised => f.write_str(")")?,
            Standing::ContainedIn(row) => write!(f, " (in {row} enthalten)")?,
        }
        if let Some(addition) = &self.addition {
            write!(f, " {addition}")?;
        }
        if let Some(remark) = &self.remark {
            write!(f, " ({remark})")?;
        }
        Ok(())
    }
}
