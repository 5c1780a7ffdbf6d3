// SPDX-License-Identifier: EUPL-1.2
//! Days and months as they are written in the data (`2026-11-20`, `2019-06`) and printed in German.
//!
//! Not here: the clock; the date of a document is an input.

/// A day, a month, or a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    /// Year.
    pub year: i32,
    /// Month, from 1.
    pub month: Option<u8>,
    /// Day, from 1.
    pub day: Option<u8>,
}

const MONTHS: [&str; 12] = [
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
];

impl Date {
    /// Reads `2026-11-20`, `2026-11` or `2026`; `None` if it is none of these or no such day exists.
    pub fn read(text: &str) -> Option<Self> {
        let parts: Vec<&str> = text.trim().split('-').collect();
        let digits = |part: &&str| part.chars().all(|c| c.is_ascii_digit()) && part.len() <= 4;
        if parts.len() > 3 || !parts.iter().all(digits) {
            return None;
        }
        let year: i32 = parts.first().filter(|year| year.len() == 4)?.parse().ok()?;
        let month: Option<u8> = match parts.get(1) {
            Some(month) => Some(month.parse().ok().filter(|month| (1..=12).contains(month))?),
            None => None,
        };
        let day: Option<u8> = match parts.get(2) {
            Some(day) => {
                let last = last_day(year, month?);
                Some(day.parse().ok().filter(|day| (1..=last).contains(day))?)
            }
            None => None,
        };
        (1000..=9999).contains(&year).then_some(Self { year, month, day })
    }

    /// The parts of a day; `None` for a month or a year.
    pub fn day(self) -> Option<(i32, u8, u8)> {
        Some((self.year, self.month?, self.day?))
    }
}

impl std::fmt::Display for Date {
    /// `20.11.2026`, `November 2026` or `2026`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { year, month, day } = *self;
        match (month, day) {
            (Some(month), Some(day)) => write!(f, "{day:02}.{month:02}.{year}"),
            (Some(month), None) => write!(f, "{} {year}", MONTHS[usize::from(month) - 1]),
            (None, _) => write!(f, "{year}"),
        }
    }
}

/// A day as it is written out: `1. Juli 2023`; nothing for anything else.
pub fn spelled(text: &str) -> String {
    match Date::read(text).and_then(Date::day) {
        Some((year, month, day)) => format!("{day}. {} {year}", MONTHS[usize::from(month) - 1]),
        None => String::new(),
    }
}

/// What is written, as it is printed: a date in German, anything else as it stands.
pub fn printed(text: &str) -> String {
    Date::read(text).map_or_else(|| text.to_owned(), |date| date.to_string())
}

fn last_day(year: i32, month: u8) -> u8 {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}
