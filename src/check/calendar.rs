// SPDX-License-Identifier: EUPL-1.2
//! Days, months and years as they are written in German text: `01.03.2016`, `1. März 2016`,
//! `März 2016`, `03/2016`, `2016`, `2015/16`.
//!
//! Not here: what follows from a date, and the clock; nothing looks at today.

use std::ops::Range;

use crate::model::date::Date;

/// A date in a text, whether such a day exists or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Where it stands.
    pub range: Range<usize>,
    /// The year, if one is written. Of `2015/16` it is the later one.
    pub year: Option<i32>,
    /// The month.
    pub month: Option<u32>,
    /// The day.
    pub day: Option<u32>,
}

/// A day as year, month, day.
pub(super) type Day = (i32, u8, u8);

const MONTHS: [(&str, u32); 14] = [
    ("januar", 1),
    ("jänner", 1),
    ("februar", 2),
    ("märz", 3),
    ("maerz", 3),
    ("april", 4),
    ("mai", 5),
    ("juni", 6),
    ("juli", 7),
    ("august", 8),
    ("september", 9),
    ("oktober", 10),
    ("november", 11),
    ("dezember", 12),
];

impl Written {
    /// The date; `None` without a year, or if there is no such day.
    pub fn date(&self) -> Option<Date> {
        let mut text = format!("{:04}", self.year?);
        for part in [self.month, self.day].into_iter().flatten() {
            text.push_str(&format!("-{part:02}"));
        }
        Date::read(&text)
    }

    /// Whether there is such a day. Without a year the 29th of February exists.
    pub fn exists(&self) -> bool {
        Self { year: self.year.or(Some(2024)), ..self.clone() }.date().is_some()
    }
}

/// The first day of a date that may be a month or a year only.
pub(super) fn first(date: Date) -> Day {
    (date.year, date.month.unwrap_or(1), date.day.unwrap_or(1))
}

/// The last day of a date that may be a month or a year only. Every month may be taken to have 31
/// days, for days are only compared.
pub(super) fn last(date: Date) -> Day {
    (date.year, date.month.unwrap_or(12), date.day.unwrap_or(31))
}

/// A day as it is printed.
pub(super) fn printed((year, month, day): Day) -> String {
    format!("{day:02}.{month:02}.{year}")
}

/// A date of the data or of a text: `2026-11`, `20.11.2026`, `Juni 2019 (vorläufig)`. `None` if none
/// stands at its beginning.
pub fn read(text: &str) -> Option<Date> {
    let text = text.trim();
    Date::read(text).or_else(|| dates(text).into_iter().find(|date| date.range.start == 0)?.date())
}

/// What looks like a date and is none: `2026-13`, `2026-11-31`, `31.11.2026`, `13/2026`.
pub fn impossible(text: &str) -> bool {
    let text = text.trim();
    let parts: Vec<&str> = text.split(['-', '/', '.']).collect();
    let digits = |part: &&str| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit());
    let shaped = (2..=3).contains(&parts.len())
        && parts.iter().all(digits)
        && parts.iter().filter(|part| part.len() == 4).count() == 1
        && parts.iter().all(|part| part.len() <= 2 || part.len() == 4);
    let known = if text.contains('-') { Date::read(text) } else { read(text) };
    shaped && known.is_none() || dates(text).iter().any(|date| !date.exists())
}

/// All dates of a text, in order.
pub fn dates(text: &str) -> Vec<Written> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let found = (text.is_char_boundary(at) && begins(text, at)).then(|| date_at(text, at));
        match found.flatten() {
            Some(date) => {
                at = date.range.end.max(at + 1);
                out.push(date);
            }
            None => at += 1,
        }
    }
    out
}

/// Whether a word or number may begin here.
fn begins(text: &str, at: usize) -> bool {
    let mut before = text[..at].chars().rev();
    match before.next() {
        Some(c) if c.is_alphanumeric() => false,
        // Within `1.31.06`, `5,12.2020`, `2016-03` nothing begins anew; a range `2015-2018` does.
        Some('.' | ',' | '/') => !before.next().is_some_and(|c| c.is_ascii_digit()),
        Some('-') => !before.next().is_some_and(char::is_alphabetic),
        None | Some(_) => true,
    }
}

fn date_at(text: &str, at: usize) -> Option<Written> {
    let rest = &text[at..];
    let written = |length: usize, year: Option<i32>, month: Option<u32>, day: Option<u32>| {
        Some(Written { range: at..at + length, year, month, day })
    };
    if let Some((month, length)) = month_name(rest) {
        let (year, end) = year_behind(rest, length)?;
        return written(end, Some(year), Some(month), None);
    }
    let (value, length) = number(rest)?;
    let tail = &rest[length..];
    if length == 4 {
        return year_at(rest, value).and_then(|(end, year, month, day)| {
            written(end, i32::try_from(year).ok(), month, day)
        });
    }
    if length > 2 {
        return None;
    }
    if let Some(behind) = tail.strip_prefix('/') {
        let (year, digits) = number(behind).filter(|(_, digits)| *digits == 4)?;
        let apart = !behind[digits..].starts_with(|c: char| c.is_alphanumeric() || c == '/');
        return ((1..=12).contains(&value) && is_year(year) && apart)
            .then(|| written(length + 1 + digits, i32::try_from(year).ok(), Some(value), None))?;
    }
    let behind = tail.strip_prefix('.')?;
    let blank = behind.len() - behind.trim_start_matches([' ', '\u{a0}', '\u{202f}']).len();
    let (start, behind) = (length + 1 + blank, &behind[blank..]);
    if let Some((month, name)) = month_name(behind) {
        let (year, end) = match year_behind(rest, start + name) {
            Some((year, end)) => (Some(year), end),
            None => (None, start + name),
        };
        return written(end, year, Some(month), Some(value));
    }
    let (month, digits) = number(behind).filter(|(_, digits)| *digits <= 2)?;
    let end = start + digits + 1;
    if !behind[digits..].starts_with('.') {
        return None;
    }
    if let Some((year, end)) = year_behind(rest, end) {
        return written(end, Some(year), Some(month), Some(value));
    }
    let after = &rest[end..];
    if after.starts_with(|c: char| c.is_ascii_digit()) {
        // `20.11.26`, but not `1.2.3.4` or a section number.
        let (short, digits) = number(after).filter(|(_, digits)| *digits == 2)?;
        let apart = !after[digits..].starts_with(|c: char| c.is_alphanumeric() || c == '.')
            || after[digits..].strip_prefix('.').is_some_and(|rest| !starts_with_digit(rest));
        let year = i32::try_from(short).ok()? + 2000;
        return apart.then(|| written(end + digits, Some(year), Some(month), Some(value)))?;
    }
    // Without a year only what is written with two digits each is a day and not a section number.
    (blank == 0 && length == 2 && digits == 2 && value <= 31 && (1..=12).contains(&month))
        .then(|| written(end, None, Some(month), Some(value)))?
}

type YearParts = (usize, u32, Option<u32>, Option<u32>);

/// A text that begins with four digits: `2016`, `2016-03-01`, `2015/2016`, `2015/16`.
fn year_at(rest: &str, year: u32) -> Option<YearParts> {
    let tail = &rest[4..];
    if !is_year(year) {
        return None;
    }
    if let Some(behind) = tail.strip_prefix('-')
        && let Some((month, 2)) = number(behind)
        && let Some(behind) = behind[2..].strip_prefix('-')
        && let Some((day, 2)) = number(behind)
    {
        return Some((10, year, Some(month), Some(day)));
    }
    if let Some(behind) = tail.strip_prefix('/') {
        match number(behind) {
            Some((other, 4)) if is_year(other) => return Some((9, year.max(other), None, None)),
            Some((other, 2)) if (year + 1) % 100 == other => {
                return Some((7, year + 1, None, None));
            }
            _ => {}
        }
    }
    let mut next = tail.chars();
    let apart = match next.next() {
        Some(c) if c.is_alphanumeric() => false,
        Some('.' | ',' | '/') => !next.next().is_some_and(|c| c.is_ascii_digit()),
        None | Some(_) => true,
    };
    let amount = tail.trim_start().starts_with(['€', '%']);
    (apart && !amount).then_some((4, year, None, None))
}

/// A year behind a stretch, parted by nothing or a blank.
fn year_behind(rest: &str, from: usize) -> Option<(i32, usize)> {
    let behind = &rest[from..];
    let trimmed = behind.trim_start_matches([' ', '\u{a0}', '\u{202f}']);
    let (year, 4) = number(trimmed)? else { return None };
    let end = from + (behind.len() - trimmed.len()) + 4;
    let apart = !rest[end..].starts_with(char::is_alphanumeric);
    (is_year(year) && apart).then(|| Some((i32::try_from(year).ok()?, end)))?
}

fn is_year(value: u32) -> bool {
    (1990..=2099).contains(&value)
}

fn starts_with_digit(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
}

/// The name of a month at the beginning, with its length.
pub(super) fn month_name(text: &str) -> Option<(u32, usize)> {
    let length = text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len());
    let word = text[..length].to_lowercase();
    MONTHS.iter().find(|(name, _)| *name == word).map(|(_, month)| (*month, length))
}

/// Up to nine digits at the beginning, with their count.
fn number(text: &str) -> Option<(u32, usize)> {
    let length = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    Some((text[..length].get(..length.min(9))?.parse().ok()?, length))
}
