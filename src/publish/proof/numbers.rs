// SPDX-License-Identifier: EUPL-1.2
//! The numbers of a file as anybody could read them: also those that are glued to letters
//! (`EUR47119`) or parted by blanks (`47 119`).

use std::collections::BTreeSet;

use crate::publish::texts::numbers_in;

/// All numbers of a text as bare digits. `lines` tells whether blanks stand as they were written; in a
/// PDF they may part two cells.
pub fn met(text: &str, lines: bool) -> BTreeSet<String> {
    let plain = unglued(text);
    let mut out: BTreeSet<String> = numbers_in(&plain).into_iter().collect();
    if lines {
        out.extend(numbers_in(&joined(&plain)));
    }
    out
}

/// A text with a blank between letters and digits, and without checksums and colours.
fn unglued(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(char::is_alphanumeric) {
        out.push_str(&rest[..at]);
        let tail = &rest[at..];
        let end = tail.find(|c: char| !c.is_alphanumeric()).unwrap_or(tail.len());
        let (word, after) = tail.split_at(end);
        if !is_code(word) {
            part(word, &mut out);
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// Whether a word is a number to the base of 16 that no one reads as another.
fn is_code(word: &str) -> bool {
    const COLOUR: usize = 6;
    word.len() >= COLOUR
        && word.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
        && word.bytes().any(|byte| byte.is_ascii_lowercase())
}

fn part(word: &str, out: &mut String) {
    let mut digit = None;
    for letter in word.chars() {
        let is_digit = letter.is_ascii_digit();
        if digit.is_some_and(|before| before != is_digit) {
            out.push(' ');
        }
        out.push(letter);
        digit = Some(is_digit);
    }
}

/// A text in which a blank between groups of three digits holds them together.
fn joined(text: &str) -> String {
    let bytes = text.as_bytes();
    let digits = |from: usize| bytes[from..].iter().take_while(|it| it.is_ascii_digit()).count();
    let mut out = String::with_capacity(text.len());
    // How many digits stand before, if they may be the first group or another one.
    let mut group = 0;
    for (at, letter) in text.char_indices() {
        let holds = letter == ' ' && (1..=3).contains(&group) && digits(at + 1) == 3;
        out.push(if holds { '\u{a0}' } else { letter });
        group = if letter.is_ascii_digit() { group + 1 } else { 0 };
    }
    out
}
