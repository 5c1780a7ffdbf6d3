// SPDX-License-Identifier: EUPL-1.2
//! Texts with one figure changed by one unit of its last printed digit, upwards and downwards; with
//! a word such as „rund“ by one unit of the last digit that is not zero; words by the next word.

use amip::model::quantity::{Qualifier, Quantity, thousands};

/// Number words, each with the next one.
const WORDS: [(&str, &str); 30] = [
    ("ein", "zwei"),
    ("eine", "zwei"),
    ("einen", "zwei"),
    ("einem", "zwei"),
    ("einer", "zwei"),
    ("eins", "zwei"),
    ("zwei", "drei"),
    ("drei", "vier"),
    ("vier", "fünf"),
    ("fünf", "sechs"),
    ("sechs", "sieben"),
    ("sieben", "acht"),
    ("acht", "neun"),
    ("neun", "zehn"),
    ("zehn", "elf"),
    ("elf", "zwölf"),
    ("zwölf", "elf"),
    ("beide", "drei"),
    ("beiden", "drei"),
    ("zweite", "dritte"),
    ("zweiten", "dritten"),
    ("dritte", "vierte"),
    ("vierte", "fünfte"),
    ("Hälfte", "Drittel"),
    ("Drittel", "Viertel"),
    ("Viertel", "Fünftel"),
    ("Fünftel", "Sechstel"),
    ("verdoppelt", "verdreifacht"),
    ("verdreifacht", "vervierfacht"),
    ("halbiert", "verdoppelt"),
];

/// The changed texts; `own` is what the text means.
pub fn of(text: &str, own: &Quantity) -> Vec<String> {
    let rounded = own.qualifier != Qualifier::None;
    let digits = numbers(text).into_iter().flat_map(|(start, end)| {
        let change = |up: bool| {
            let new = next(&text[start..end], rounded, up)?;
            Some(format!("{}{new}{}", &text[..start], &text[end..]))
        };
        [change(true), change(false)].into_iter().flatten()
    });
    let out: Vec<String> = digits.collect();
    if out.is_empty() { words(text) } else { out }
}

/// The text with each number word in turn replaced by the next.
fn words(text: &str) -> Vec<String> {
    let parts: Vec<&str> = text.split(' ').collect();
    let mut out = Vec::new();
    for (at, word) in parts.iter().enumerate() {
        let next = WORDS.iter().find(|(known, _)| known.eq_ignore_ascii_case(word));
        if let Some((_, next)) = next {
            let mut changed = parts.clone();
            changed[at] = next;
            out.push(changed.join(" "));
        }
    }
    out
}

/// Where the numbers of a text stand: digits with dots between thousands and digits behind a comma.
fn numbers(text: &str) -> Vec<(usize, usize)> {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut out = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if !digit(at) {
            at += 1;
            continue;
        }
        let start = at;
        while digit(at) || matches!(bytes.get(at), Some(b'.' | b',')) && digit(at + 1) {
            at += 1;
        }
        out.push((start, at));
    }
    out
}

/// The next number, written as this one is.
fn next(text: &str, rounded: bool, up: bool) -> Option<String> {
    let (whole, fraction) = text.split_once(',').unwrap_or((text, ""));
    let digits = format!("{}{fraction}", whole.replace('.', ""));
    let value: u64 = digits.parse().ok()?;
    let zeros = if rounded && fraction.is_empty() && value > 0 {
        digits.len() - digits.trim_end_matches('0').len()
    } else {
        0
    };
    let unit = 10_u64.pow(u32::try_from(zeros).ok()?);
    let value = if up { value.checked_add(unit)? } else { value.checked_sub(unit)? };
    let digits = format!("{value:0>width$}", width = fraction.len() + 1);
    let (whole, fraction) = digits.split_at(digits.len() - fraction.len());
    let grouped = text.contains('.') || !digits.is_empty() && whole.len() > 4;
    let whole = if grouped { thousands(whole) } else { whole.to_owned() };
    Some(if fraction.is_empty() { whole } else { format!("{whole},{fraction}") })
}
