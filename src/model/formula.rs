// SPDX-License-Identifier: EUPL-1.2
//! Formulas such as `= anteil(u25.summe, mittel.egt)`: notation only, without values.

use rust_decimal::Decimal;

use super::quantity::{Units, Value, parse};
use crate::diag::did_you_mean;

/// A formula; `P` names a figure, first by path, later by number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Formula<P> {
    /// A figure.
    Figure(P),
    /// A plain number.
    Number(Decimal),
    /// Two operands.
    Binary(Operator, Box<Formula<P>>, Box<Formula<P>>),
    /// A function.
    Call(Function, Vec<Formula<P>>),
}

/// Arithmetic operators.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
}

/// Functions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Function {
    /// Sum of everything that counts.
    Sum,
    /// Share of the first in the second, in percent.
    Share,
    /// Change from the second to the first, in percent.
    Change,
    /// Change from the second to the first, in percentage points.
    Points,
}

impl Function {
    /// All functions with the name that is written.
    pub const NAMES: [(&'static str, Self); 4] = [
        ("summe", Self::Sum),
        ("anteil", Self::Share),
        ("veraenderung", Self::Change),
        ("punkte", Self::Points),
    ];

    /// The name that is written.
    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(_, function)| *function == self).map_or("", |(name, _)| name)
    }
}

impl Operator {
    /// The sign that is printed.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Add => "+",
            Self::Subtract => "−",
            Self::Multiply => "·",
            Self::Divide => ":",
        }
    }
}

/// Why a formula cannot be read, as German sentence.
pub type FormulaError = String;

/// Longest formula, in numbers and signs.
const MOST_PARTS: usize = 300;

/// Reads a formula; the leading `=` is optional.
///
/// # Errors
///
/// Says in German what stops the reader.
pub fn read(text: &str) -> Result<Formula<String>, FormulaError> {
    let text = text.trim().trim_start_matches('=');
    let mut reader = Reader { tokens: tokens(text)?, at: 0 };
    if reader.tokens.len() > MOST_PARTS {
        return Err("Die Rechnung ist zu lang; teilen Sie sie in mehrere Werte.".to_owned());
    }
    let formula = reader.sum()?;
    match reader.tokens.get(reader.at) {
        None => Ok(formula),
        Some(token) => Err(format!("Nach der Rechnung steht noch „{token}“.")),
    }
}

impl<P> Formula<P> {
    /// Replaces the names of figures; the first failure is returned.
    ///
    /// # Errors
    ///
    /// What `resolve` returns.
    pub fn resolve<Q, E>(
        &self,
        resolve: &mut impl FnMut(&P) -> Result<Q, E>,
    ) -> Result<Formula<Q>, E> {
        Ok(match self {
            Self::Figure(path) => Formula::Figure(resolve(path)?),
            Self::Number(number) => Formula::Number(*number),
            Self::Binary(operator, left, right) => Formula::Binary(
                *operator,
                Box::new(left.resolve(resolve)?),
                Box::new(right.resolve(resolve)?),
            ),
            Self::Call(function, arguments) => Formula::Call(
                *function,
                arguments
                    .iter()
                    .map(|argument| argument.resolve(resolve))
                    .collect::<Result<_, E>>()?,
            ),
        })
    }
}

fn tokens(text: &str) -> Result<Vec<String>, FormulaError> {
    let mut out = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        if c.is_whitespace() {
            continue;
        }
        if "()+*/;".contains(c) {
            out.push(c.to_string());
            continue;
        }
        if c == ',' || c == '-' || c == '−' {
            out.push(if c == '−' { "-".to_owned() } else { c.to_string() });
            continue;
        }
        let number = c.is_ascii_digit();
        let part = |next: char| {
            next.is_ascii_alphanumeric() || matches!(next, '_' | '.') || (!number && next == '-')
        };
        if !part(c) {
            return Err(format!("Das Zeichen „{c}“ gehört nicht in eine Rechnung."));
        }
        let mut end = start + c.len_utf8();
        while let Some((at, next)) = chars.peek().copied() {
            // A comma directly before a digit continues a number: "0,5".
            let comma = number
                && next == ','
                && text[at + 1..].starts_with(|digit: char| digit.is_ascii_digit());
            if !part(next) && !comma {
                break;
            }
            end = at + next.len_utf8();
            chars.next();
        }
        out.push(text[start..end].to_owned());
    }
    Ok(out)
}

struct Reader {
    tokens: Vec<String>,
    at: usize,
}

impl Reader {
    fn peek(&self) -> Option<&str> {
        self.tokens.get(self.at).map(String::as_str)
    }

    fn take(&mut self, expected: &str) -> bool {
        let found = self.peek() == Some(expected);
        self.at += usize::from(found);
        found
    }

    fn sum(&mut self) -> Result<Formula<String>, FormulaError> {
        let mut left = self.product()?;
        loop {
            let operator = match self.peek() {
                Some("+") => Operator::Add,
                Some("-") => Operator::Subtract,
                _ => return Ok(left),
            };
            self.at += 1;
            left = Formula::Binary(operator, Box::new(left), Box::new(self.product()?));
        }
    }

    fn product(&mut self) -> Result<Formula<String>, FormulaError> {
        let mut left = self.operand()?;
        loop {
            let operator = match self.peek() {
                Some("*") => Operator::Multiply,
                Some("/") => Operator::Divide,
                _ => return Ok(left),
            };
            self.at += 1;
            left = Formula::Binary(operator, Box::new(left), Box::new(self.operand()?));
        }
    }

    fn operand(&mut self) -> Result<Formula<String>, FormulaError> {
        let Some(token) = self.peek().map(str::to_owned) else {
            return Err("Die Rechnung bricht ab; es fehlt eine Zahl oder eine Kennung.".to_owned());
        };
        self.at += 1;
        if token == "(" {
            let inner = self.sum()?;
            return if self.take(")") {
                Ok(inner)
            } else {
                Err("Eine Klammer wird nicht geschlossen.".to_owned())
            };
        }
        if token.starts_with(|c: char| c.is_ascii_digit()) {
            return number(&token);
        }
        if !token.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return Err(format!("Vor „{token}“ fehlt eine Zahl oder eine Kennung."));
        }
        if self.peek() == Some("(") {
            return self.call(&token);
        }
        Ok(Formula::Figure(token))
    }

    fn call(&mut self, name: &str) -> Result<Formula<String>, FormulaError> {
        let Some((_, function)) = Function::NAMES.iter().find(|(known, _)| *known == name) else {
            let names: Vec<&str> = Function::NAMES.iter().map(|(name, _)| *name).collect();
            let plain = name.to_lowercase();
            let meant = did_you_mean(&plain, names.iter().copied()).unwrap_or_default();
            return Err(format!(
                "„{name}“ gibt es nicht; möglich sind {}. {meant}",
                names.join(", ")
            )
            .trim_end()
            .to_owned());
        };
        self.at += 1;
        let mut arguments = vec![self.sum()?];
        while self.take(",") || self.take(";") {
            arguments.push(self.sum()?);
        }
        if !self.take(")") {
            return Err(format!("Die Klammer von „{name}(“ wird nicht geschlossen."));
        }
        if *function != Function::Sum && arguments.len() != 2 {
            return Err(format!("„{name}“ braucht genau zwei Angaben in der Klammer."));
        }
        Ok(Formula::Call(*function, arguments))
    }
}

fn number(token: &str) -> Result<Formula<String>, FormulaError> {
    match parse(token, &Units::default()) {
        Ok(quantity) => match quantity.value {
            Value::Number(number) => Ok(Formula::Number(number.value)),
            _ => Err(format!("„{token}“ ist keine Zahl.")),
        },
        Err(error) => Err(error.message(token)),
    }
}
