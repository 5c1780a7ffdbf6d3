// SPDX-License-Identifier: EUPL-1.2
//! German spaces and signs in running text: what belongs together stays in one line.

use super::{Block, Inline, walk};

const NBSP: char = '\u{a0}';

/// Sets no-break spaces and removes soft hyphens in all texts of the blocks.
pub fn apply(blocks: &mut [Block]) {
    walk::inlines_mut(blocks, &mut |list| {
        for inline in list.iter_mut() {
            if let Inline::Text(text) = inline {
                *text = refine(text);
            }
        }
        join(list);
    });
}

/// A text in one line for comparison: whatever parts its words is one ordinary blank.
pub fn single_spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Sets no-break spaces where one text ends and the next begins, usually with a figure of the data.
fn join(list: &mut [Inline]) {
    for at in 1..list.len() {
        let (head, tail) = list.split_at_mut(at);
        let (Some(Inline::Text(before)), Some(Inline::Text(after))) =
            (head.last_mut(), tail.first_mut())
        else {
            continue;
        };
        let word = |text: &str| text.split(' ').next().unwrap_or_default().to_owned();
        let end = |text: &str| text.rsplit(' ').next().unwrap_or_default().to_owned();
        if let Some(text) = before.strip_suffix(' ') {
            if holds_together(&end(text), &word(after)) {
                *before = format!("{text}{NBSP}");
            }
        } else if let Some(text) = after.strip_prefix(' ')
            && holds_together(&end(before), &word(text))
        {
            *after = format!("{NBSP}{text}");
        }
    }
}

/// Words after which a space must not break the line: `§ 16e`, `Abs. 2`, `rd. 2.500`.
const BEFORE: &[&str] = &[
    "§",
    "§§",
    "Abs.",
    "Art.",
    "Nr.",
    "Satz",
    "S.",
    "VJ",
    "Kapitel",
    "Abschnitt",
    "Tabelle",
    "Abbildung",
    "Abb.",
    "Strategie",
    "Anlage",
    "Ziffer",
    "Ziff.",
    "rd.",
    "ca.",
    "bis zu",
    "U",
    "Ü",
    "z.",
    "d.",
    "i.",
    "V.",
    "u.",
    "o.",
    "SGB",
];

/// Words before which a space after a figure must not break the line: `35 %`, `39,53 Mio. €`.
const AFTER_FIGURE: &[&str] = &["%", "€", "Mio.", "Mrd.", "Tsd.", "VZÄ", "T€", "EUR"];

/// The text with German spaces.
pub fn refine(text: &str) -> String {
    let spaced = separate_percent(text);
    let mut out = String::with_capacity(spaced.len() + 8);
    let mut previous = "";
    for (at, word) in spaced.split(' ').enumerate() {
        if at > 0 {
            out.push(if holds_together(previous, word) { NBSP } else { ' ' });
        }
        out.push_str(word);
        previous = word;
    }
    out
}

fn holds_together(previous: &str, word: &str) -> bool {
    let previous_bare = previous.trim_start_matches(['(', '„', '[']);
    let word_bare = word.trim_end_matches([',', '.', ';', ':', ')', '“']);
    let begins_value = word.starts_with(|c: char| c.is_alphanumeric());
    let figure = previous_bare.ends_with(|c: char| c.is_ascii_digit());
    if BEFORE.contains(&previous_bare) && begins_value {
        // "S." and the like only before what they abbreviate: a figure, a paragraph, a code.
        let loose = matches!(
            previous_bare,
            "U" | "Ü"
                | "VJ"
                | "Satz"
                | "S."
                | "Strategie"
                | "Tabelle"
                | "Kapitel"
                | "Abschnitt"
                | "Abbildung"
                | "Anlage"
        );
        return !loose || word.starts_with(|c: char| c.is_ascii_digit());
    }
    let sign = matches!(previous_bare, "+" | "−") && word.starts_with(|c: char| c.is_ascii_digit());
    let unit = figure
        && AFTER_FIGURE
            .iter()
            .any(|unit| *unit == word_bare || unit.strip_suffix('.') == Some(word_bare));
    let scaled =
        matches!(previous_bare, "Mio." | "Mrd." | "Tsd.") && matches!(word_bare, "€" | "EUR");
    let law = matches!(word_bare, "SGB" | "Abs" | "AufenthG")
        && previous_bare.starts_with(|c: char| c.is_ascii_digit());
    sign || unit || scaled || law
}

/// `35%` becomes `35 %`; soft hyphens and zero-width spaces go.
fn separate_percent(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 4);
    for c in text.chars() {
        match c {
            '\u{ad}' | '\u{200b}' => {}
            // Arrows of Word's symbol fonts, as the signs that fonts for text have.
            '➤' | '➢' => out.push('►'),
            '➔' | '➜' | '➞' => out.push('→'),
            '⟹' => out.push('⇒'),
            c if c.is_control() => out.push(' '),
            '%' | '€' if out.ends_with(|last: char| last.is_ascii_digit()) => {
                out.push(NBSP);
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}
