// SPDX-License-Identifier: EUPL-1.2
//! Sentences and words of passages, with their places.

use std::ops::Range;

/// Words whose dot does not end a sentence.
const ABBREVIATED: [&str; 62] = [
    "abs", "abzgl", "art", "aufl", "bzgl", "bzw", "ca", "d", "dgl", "dr", "einschl", "etc", "evtl",
    "f", "ff", "ggf", "ggü", "gem", "h", "hrsg", "i", "inkl", "insb", "insbes", "jew", "kap",
    "lfd", "lt", "m", "max", "mind", "min", "mio", "mrd", "nr", "nrn", "o", "prof", "rd", "rspr",
    "s", "sog", "st", "str", "tab", "tsd", "u", "usw", "u25", "v", "vgl", "vorr", "z", "zzgl",
    "zb", "zt", "abb", "anl", "buchst", "ziff", "a", "e",
];

/// The sentences of a text as ranges of bytes.
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices() {
        if !matches!(c, '.' | '!' | '?' | ':' | ';') {
            continue;
        }
        let end = at + c.len_utf8();
        // Closing quotes and brackets belong to the sentence.
        let tail: usize = text[end..]
            .chars()
            .take_while(|c| matches!(c, '“' | '"' | ')' | '‘'))
            .map(char::len_utf8)
            .sum();
        let rest = &text[end + tail..];
        let begins = rest.trim_start().chars().next().is_none_or(|c| !c.is_lowercase());
        let parted = rest.starts_with(char::is_whitespace) || rest.is_empty();
        if parted && begins && !(c == '.' && goes_on(&text[start..at])) && !matches!(c, ':' | ';') {
            push(&mut out, text, start..end + tail);
            start = end + tail;
        }
    }
    push(&mut out, text, start..text.len());
    out
}

/// Whether a dot after this text belongs to an abbreviation or a number.
fn goes_on(before: &str) -> bool {
    let word = before
        .rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '.' | '/' | '\u{a0}'))
        .next();
    let word = word.unwrap_or_default();
    // "1. Januar", "zum 31." – but "im Jahr 2027." ends.
    let ordinal = word.len() <= 2 && !word.is_empty() && word.chars().all(|c| c.is_ascii_digit());
    ordinal || ABBREVIATED.contains(&word.to_lowercase().as_str())
}

fn push(out: &mut Vec<Range<usize>>, text: &str, range: Range<usize>) {
    let part = &text[range.clone()];
    let start = range.start + (part.len() - part.trim_start().len());
    let end = range.start + part.trim_end().len();
    if start < end {
        out.push(start..end);
    }
}

/// The words of a text as ranges of bytes: letters, digits, and what holds them together.
pub(super) fn words(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let inside = c.is_alphanumeric() || start.is_some() && matches!(c, '-' | '*' | '’' | '\'');
        match (start, inside) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                let end = from + text[from..at].trim_end_matches(['-', '*', '’', '\'']).len();
                out.push(from..end);
                start = None;
            }
            _ => {}
        }
    }
    out
}

/// Whether a text contains a word as a word of its own.
pub(super) fn has_word(text: &str, word: &str) -> bool {
    find_word(text, word, 0).is_some()
}

/// The first place of a word as a word of its own, from a byte on.
pub(super) fn find_word(text: &str, word: &str, from: usize) -> Option<usize> {
    text[from..].match_indices(word).map(|(at, _)| from + at).find(|at| {
        let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        !letter(text[..*at].chars().next_back()) && !letter(text[at + word.len()..].chars().next())
    })
}
