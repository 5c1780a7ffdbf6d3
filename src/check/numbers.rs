// SPDX-License-Identifier: EUPL-1.2
//! Every number in running text, with what it is: a figure of the data, a year, a paragraph of the
//! law, or free.

use std::ops::Range;

use super::{calendar, prose};
use crate::diag::Span;
use crate::model::Programme;
use crate::model::quantity::{self, Quantity, Unit, UnitName, Units, Value};
use crate::tree::passage::{MarkKind, Passage};

/// What a number in running text is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Status {
    /// It shows a figure of the data, by its path.
    Bound(String),
    /// It is said to be free: `[25](frei:)`.
    Declared,
    /// A year, a day, a time of day.
    Date,
    /// Part of a reference to the law.
    Law,
    /// Part of a name or a reference: `U 25`, `Kapitel 3`, `1. Stufe`.
    Name,
    /// An age or a period: `ab 55 Jahren`, `24 Monate`.
    Period,
    /// A figure that nothing holds to the data.
    Free(Quantity),
}

/// A number in running text.
#[derive(Debug, Clone)]
pub struct ProseNumber<'a> {
    /// Where it stands.
    pub passage: &'a Passage,
    /// Its place in the passage's text.
    pub range: Range<usize>,
    /// What it is.
    pub status: Status,
}

impl ProseNumber<'_> {
    /// As it is written; empty for a figure whose value is filled in.
    pub fn text(&self) -> &str {
        &self.passage.text[self.range.clone()]
    }

    /// Where it stands in its file.
    pub fn span(&self) -> Span {
        self.passage.span(&self.range)
    }
}

/// All numbers of the texts, in their order.
pub fn all(programme: &Programme) -> Vec<ProseNumber<'_>> {
    of(programme, &programme.passages)
}

/// All numbers of some passages, in their order.
pub fn of<'a>(
    programme: &Programme,
    passages: impl IntoIterator<Item = &'a Passage>,
) -> Vec<ProseNumber<'a>> {
    let of = |passage| of_passage(passage, &programme.units);
    passages.into_iter().flat_map(of).collect()
}

fn of_passage<'a>(passage: &'a Passage, units: &Units) -> Vec<ProseNumber<'a>> {
    let mut out: Vec<ProseNumber<'a>> = passage
        .marks
        .iter()
        .filter_map(|mark| {
            let status = match &mark.kind {
                MarkKind::Figure(path) => Status::Bound(path.clone()),
                MarkKind::Free => Status::Declared,
                _ => return None,
            };
            Some(ProseNumber { passage, range: mark.range.clone(), status })
        })
        .collect();
    let plain = masked(passage);
    let mut at = 0;
    while let Some(run) = next_run(&plain, at) {
        at = run.end;
        let (range, status) = classify(&plain, run, units);
        at = at.max(range.end);
        out.push(ProseNumber { passage, range, status });
    }
    out.extend(words(passage, &plain, units));
    out.sort_by_key(|number| (number.range.start, number.range.end));
    out
}

/// The text in which marked stretches are signs that are neither blank nor letter: words on both sides
/// do not belong together.
fn masked(passage: &Passage) -> String {
    let mut bytes = passage.text.clone().into_bytes();
    for mark in &passage.marks {
        bytes[mark.range.clone()].fill(0x1f);
    }
    String::from_utf8(bytes).unwrap_or_default()
}

/// The next run of digits with what may stand between them.
fn next_run(text: &str, from: usize) -> Option<Range<usize>> {
    let start = from + text[from..].find(|c: char| c.is_ascii_digit())?;
    let mut end = start;
    let mut chars = text[start..].char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let digit_next = chars.peek().is_some_and(|(_, next)| next.is_ascii_digit());
        if c.is_ascii_digit() {
            end = start + at + 1;
        } else if !(matches!(c, '.' | ',' | ':' | '/' | '-' | '–') && digit_next) {
            break;
        }
    }
    Some(start..end)
}

/// Words before which a number is part of a name.
const NAMING: [&str; 56] = [
    "kapitel",
    "kap",
    "abschnitt",
    "abschnitten",
    "kapiteln",
    "tabelle",
    "tabellen",
    "tab",
    "abbildung",
    "abbildungen",
    "abb",
    "anlage",
    "anlagen",
    "punkt",
    "ziffer",
    "ziff",
    "nr",
    "nummer",
    "seite",
    "seiten",
    "s",
    "fußnote",
    "handlungsfeld",
    "handlungsfelder",
    "strategie",
    "schwerpunkt",
    "ziel",
    "phase",
    "stufe",
    "modul",
    "los",
    "baustein",
    "schritt",
    "säule",
    "teil",
    "quartal",
    "team",
    "raum",
    "version",
    "leitsatz",
    "niveau",
    "typ",
    "gruppe",
    "az",
    "zeile",
    "spalte",
    "halle",
    "haus",
    "zimmer",
    "gebäude",
    "linie",
    "klasse",
    "band",
    "heft",
    "ausgabe",
    "artikel",
];

/// Words that follow a paragraph sign without ending the reference.
const LAW: [&str; 31] = [
    "abs",
    "absatz",
    "nr",
    "nummer",
    "satz",
    "s",
    "und",
    "bis",
    "oder",
    "ff",
    "f",
    "i",
    "v",
    "m",
    "sgb",
    "ii",
    "iii",
    "iv",
    "viii",
    "ix",
    "xii",
    "halbsatz",
    "hs",
    "alt",
    "buchst",
    "buchstabe",
    "in",
    "verbindung",
    "mit",
    "sowie",
    "art",
];

/// What a run of digits is, and how far it reaches with qualifier and unit.
fn classify(text: &str, run: Range<usize>, units: &Units) -> (Range<usize>, Status) {
    let (before, digits, after) = (&text[..run.start], &text[run.clone()], &text[run.end..]);
    let named = |status| (run.clone(), status);
    if within_law(before) {
        return named(Status::Law);
    }
    if is_date(digits, after) {
        return named(Status::Date);
    }
    // A cell that holds nothing but a number counts rows.
    let alone = before.trim().is_empty() && after.trim_matches(['.', ' ']).is_empty();
    if alone || is_name(before, digits, after) {
        return named(Status::Name);
    }
    match widest(text, &run, units) {
        Some((range, quantity)) if is_period(quantity.unit.as_ref()) => (range, Status::Period),
        Some((range, quantity)) => (range, Status::Free(quantity)),
        None => named(Status::Name),
    }
}

fn within_law(before: &str) -> bool {
    let Some(sign) = before.rfind('§') else { return false };
    let between = &before[sign + '§'.len_utf8()..];
    between.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).all(|word| {
        let lower = word.to_lowercase();
        word.starts_with(|c: char| c.is_ascii_digit())
            || word.chars().count() == 1
            || LAW.contains(&lower.as_str())
    })
}

fn is_date(digits: &str, after: &str) -> bool {
    let year = |part: &str| part.len() == 4 && (part.starts_with("19") || part.starts_with("20"));
    let parts: Vec<&str> = digits.split(['.', '/', '-', '–']).collect();
    let unit_follows = || {
        let word = next_word(after);
        word.starts_with(['€', '%']) || Units::default().find(word).is_some()
    };
    let only_digits = !digits.contains([',', ':']);
    let month_follows =
        || calendar::month_name(after.trim_start_matches('.').trim_start()).is_some();
    let day_and_month = parts.len() == 2
        && digits.contains('.')
        && parts.iter().all(|part| part.len() <= 2)
        && after.starts_with('.');
    match parts.as_slice() {
        [one] => {
            year(one) && !unit_follows() && only_digits
                || month_follows()
                || next_word(after) == "Uhr"
        }
        _ if digits.contains('/') => true,
        _ if day_and_month || next_word(after) == "Uhr" => true,
        // 17.12.2015, 01.10.19
        [day, month, last] if digits.matches('.').count() == 2 => {
            day.len() <= 2 && month.len() <= 2 && (last.len() == 4 || last.len() == 2)
        }
        // 2015–2018
        [first, second] if !digits.contains('.') => year(first) && year(second),
        _ => false,
    }
}

fn is_name(before: &str, digits: &str, after: &str) -> bool {
    let glued_before = before.ends_with(|c: char| c.is_alphabetic())
        || before.strip_suffix(['-', '–']).is_some_and(|rest| rest.ends_with(char::is_alphabetic));
    let mut rest = after.chars();
    let first = rest.next();
    let glued_after = first.is_some_and(char::is_alphabetic)
        || first == Some('+')
        || matches!(first, Some('-' | '–')) && rest.next().is_some_and(char::is_alphabetic);
    let ordinal = digits.len() <= 3
        && digits.chars().all(|c| c.is_ascii_digit())
        && first == Some('.')
        && after[1..].trim_start().starts_with(char::is_alphabetic);
    let word = last_word(before);
    let lower = word.to_lowercase();
    let single = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
    let address = ["straße", "str", "weg", "platz", "allee"].iter().any(|end| lower.ends_with(end));
    let padded = digits.starts_with('0') && digits.len() > 1 && !digits.contains(',');
    glued_before
        || glued_after
        || ordinal
        || single
        || address
        || padded
        || NAMING.contains(&lower.as_str()) && !digits.contains(',')
}

/// The last word of a text, without its dot.
fn last_word(before: &str) -> &str {
    let trimmed = before.trim_end().trim_end_matches('.');
    trimmed
        .rsplit(|c: char| !c.is_alphanumeric())
        .next()
        .filter(|word| trimmed.ends_with(*word))
        .unwrap_or_default()
}

fn next_word(after: &str) -> &str {
    after
        .trim_start()
        .split(char::is_whitespace)
        .next()
        .unwrap_or_default()
        .trim_end_matches(['.', ',', ';', ')'])
}

fn is_period(unit: Option<&Unit>) -> bool {
    const PERIODS: [&str; 5] = ["Jahre", "Monate", "Wochen", "Tage", "Stunden"];
    unit.is_some_and(
        |unit| matches!(&unit.name, UnitName::Count(name) if PERIODS.contains(&name.as_str())),
    )
}

/// The longest readable quantity around a run: up to three words before (rund, mehr als), four behind.
fn widest(text: &str, run: &Range<usize>, units: &Units) -> Option<(Range<usize>, Quantity)> {
    let starts: Vec<usize> = word_starts(&text[..run.start]).take(3).chain([run.start]).collect();
    let ends = word_ends(text, run.end);
    let mut starts = starts;
    starts.sort_unstable();
    starts.dedup();
    for start in starts {
        for end in ends.iter().rev() {
            let piece =
                text[start..*end].trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '“']);
            let end = start + piece.len();
            if end < run.end {
                continue;
            }
            if let Some(found) = quantity::try_parse(piece, units)
                && found.is_number()
                && found.remark.is_none()
                && found.addition.is_none()
                && matches!(
                    found.value,
                    Value::Number(_) | Value::Range(..) | Value::UpTo(..) | Value::Ratio(..)
                )
            {
                return Some((start..end, found));
            }
        }
    }
    None
}

/// Beginnings of the last words of a text, the last one first.
fn word_starts(before: &str) -> impl Iterator<Item = usize> + '_ {
    let mut end = before.trim_end().len();
    std::iter::from_fn(move || {
        let head = before[..end].trim_end();
        if head.is_empty() {
            return None;
        }
        end = head
            .rfind(|c: char| c.is_whitespace() || c == '(')
            .map_or(0, |at| at + head[at..].chars().next().map_or(1, char::len_utf8));
        let start = end;
        end = before[..end].trim_end().len();
        Some(start)
    })
}

/// Ends of the words behind a byte, the nearest first.
fn word_ends(text: &str, from: usize) -> Vec<usize> {
    let mut out = Vec::new();
    let mut inside = true;
    for (at, c) in text[from..].char_indices() {
        if c.is_whitespace() {
            if inside {
                out.push(from + at);
            }
            inside = false;
        } else {
            inside = true;
        }
        if out.len() == 5 {
            return out;
        }
    }
    if inside {
        out.push(text.len());
    }
    out
}

/// Fractions and factors in words: `ein Drittel`, `verdoppelt`. Plain number words are too common to be
/// figures.
fn words<'a>(passage: &'a Passage, plain: &str, units: &Units) -> Vec<ProseNumber<'a>> {
    let mut out = Vec::new();
    let words = prose::words(plain);
    for (at, last) in words.iter().enumerate() {
        if !may_end_a_fraction(&plain[last.clone()]) {
            continue;
        }
        // "mehr als die Hälfte" before "die Hälfte" before "Hälfte".
        let found = (at.saturating_sub(LONGEST - 1)..=at).find_map(|first| {
            let range = words[first].start..last.end;
            let found = quantity::try_parse(&plain[range.clone()], units)?;
            matches!(found.value, Value::Fraction(..) | Value::Multiplied(_) | Value::Halved)
                .then_some((range, found))
        });
        if let Some((range, quantity)) = found {
            out.push(ProseNumber { passage, range, status: Status::Free(quantity) });
        }
    }
    out
}

/// Most words of a fraction.
const LONGEST: usize = 5;

/// Whether a word may be the last one of a fraction or factor; nearly none is, and reading is dear.
fn may_end_a_fraction(word: &str) -> bool {
    [
        "tel",
        "älfte",
        "halb",
        "halbiert",
        "halbieren",
        "zweite",
        "zweiten",
        "zweiter",
        "zweites",
        "zweitem",
    ]
    .iter()
    .any(|end| word.ends_with(end))
        || ["dritt", "viert", "fünft", "sechst", "siebt", "acht", "neunt", "zehnt"]
            .iter()
            .any(|start| word.starts_with(start))
        || word.contains("doppel")
        || word.contains("opplung")
        || word.contains("fach")
}
