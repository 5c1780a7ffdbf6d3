// SPDX-License-Identifier: EUPL-1.2
//! Traps of Markdown, taken away before reading: stars within words, years that look like list numbers,
//! and bullets pasted from Word.

use std::borrow::Cow;

/// Stands for a star that is part of a word (`Kund*innen`). One byte, so that places stay right.
const STAR: char = '\u{1}';
/// Stands for the dot after a year at the beginning of a line (`2020. Das`).
const DOT: char = '\u{2}';

/// Hides stars within words, and years that look like list numbers; makes lists of lines that begin with
/// a bullet. Every byte keeps its place.
pub(super) fn mask(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let line = &*bulleted(line);
        let bytes = line.as_bytes();
        let year = bytes.len() > 5
            && bytes[..4].iter().all(u8::is_ascii_digit)
            && matches!(bytes[0], b'1' | b'2')
            && bytes[4] == b'.'
            && bytes[5] == b' ';
        let mut previous = ' ';
        let mut rest = line.char_indices().peekable();
        while let Some((at, c)) = rest.next() {
            let next = rest.peek().map_or(' ', |(_, c)| *c);
            let written = match c {
                '*' if previous.is_alphabetic()
                    && next.is_lowercase()
                    && gendered(&line[at + 1..]) =>
                {
                    STAR
                }
                '.' if year && at == 4 => DOT,
                c => c,
            };
            out.push(written);
            previous = c;
        }
    }
    out
}

/// A line of a list as Word pastes it, with the mark of a list in the place of its bullet.
fn bulleted(line: &str) -> Cow<'_, str> {
    const BULLETS: [char; 8] = ['•', '▪', '●', '◦', '‣', '·', '\u{f0b7}', '\u{f0a7}'];
    let indent = line.len() - line.trim_start_matches(' ').len();
    let mut rest = line[indent..].chars();
    let Some(bullet) = rest.next().filter(|c| BULLETS.contains(c)) else { return line.into() };
    let blank = rest.next().filter(|c| matches!(c, ' ' | '\t' | '\u{a0}'));
    let Some(blank) = blank.filter(|_| indent < 4 && !rest.as_str().trim().is_empty()) else {
        return line.into();
    };
    let gap = bullet.len_utf8() + blank.len_utf8() - 1;
    format!("{}-{}{}", &line[..indent], " ".repeat(gap), rest.as_str()).into()
}

/// Whether what follows a star is the second half of a gendered word.
fn gendered(rest: &str) -> bool {
    let word: String = rest.chars().take_while(|c| c.is_alphabetic()).collect();
    let endings = ["in", "innen", "r", "n", "rn", "e", "en"];
    endings.contains(&word.as_str()) || word.starts_with("innen") || word.starts_with("in")
}

pub(super) fn unmask(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            STAR => '*',
            DOT => '.',
            c => c,
        })
        .collect()
}
