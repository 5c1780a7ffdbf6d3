// SPDX-License-Identifier: EUPL-1.2
//! Where abbreviations are explained: in the list of the data, and in texts.
//!
//! Not here: what an abbreviation looks like.

use std::ops::Range;

use super::Explained;
use crate::check::prose;
use crate::check::wording::{readable, texts};
use crate::diag::Span;
use crate::model::Programme;
use crate::tree::typography::single_spaced;

/// What an abbreviation is said to mean.
#[derive(Debug, Clone)]
pub(in crate::check) struct Explanation {
    /// The meaning.
    pub(in crate::check) long: String,
    /// Where it is said.
    pub(in crate::check) span: Span,
    /// Whether it stands in the list of abbreviations.
    pub(in crate::check) listed: bool,
}

/// All explanations of a programme.
pub(in crate::check) fn explanations(programme: &Programme) -> Explained {
    let mut out = Explained::new();
    for entry in &programme.abbreviations {
        out.entry(single_spaced(&entry.short.value)).or_default().push(Explanation {
            long: single_spaced(&entry.long.value),
            span: entry.short.span,
            listed: true,
        });
    }
    let passages: Vec<_> = texts(programme).collect();
    for (at, passage) in passages.iter().enumerate() {
        let text = readable(passage);
        for (short, long, range) in in_text(&text) {
            let explanation = Explanation { long, span: passage.span(&range), listed: false };
            out.entry(short).or_default().push(explanation);
        }
        // A table of abbreviations has them in one cell and the meaning in the next.
        let short = single_spaced(&text);
        if let Some(next) = passages.get(at + 1)
            && short.chars().count() <= 12
            && abbreviates(&short, &next.text)
            && prose::words(&next.text).len() >= 2
            && prose::words(&short).len() == 1
        {
            let explanation = Explanation {
                long: single_spaced(&next.text),
                span: passage.whole(),
                listed: false,
            };
            out.entry(short).or_default().push(explanation);
        }
    }
    out
}

/// Abbreviation, meaning and place of each explanation in a text.
fn in_text(text: &str) -> Vec<(String, String, Range<usize>)> {
    let mut out = Vec::new();
    for (open, _) in text.match_indices('(') {
        let Some(close) = text[open..].find(')').map(|at| open + at) else { continue };
        let inner = &text[open + 1..close];
        out.extend(short_in_brackets(text, open, inner));
        out.extend(long_in_brackets(text, open, inner));
        out.extend(both_in_brackets(open, inner));
    }
    for sign in [" = ", " steht für ", ": ", " – ", " - ", " bedeutet "] {
        for (at, _) in text.match_indices(sign) {
            // A colon or a dash explains where the abbreviation begins the text or the item.
            let word = last_word(&text[..at]);
            let before = text[..word.start].trim_end();
            let begins = before.is_empty()
                || before.ends_with(['„', '"', '('])
                || !matches!(sign, ": " | " – " | " - ");
            let long = clause(text[at + sign.len()..].trim_start_matches(['„', '"']));
            // "TEP-Projekt: Teilzeitberufsausbildung …"
            let short = text[word.clone()].split('-').next().unwrap_or_default();
            if begins && abbreviates(short, long) {
                let range = word.start..word.start + short.len();
                out.push((short.to_owned(), single_spaced(long), range));
            }
        }
    }
    for sign in [", kurz ", ", kurz: ", " – kurz: ", " – kurz ", ", abgekürzt ", " abgekürzt: "]
    {
        for (at, _) in text.match_indices(sign) {
            let rest = at + sign.len();
            let Some(word) = prose::words(&text[rest..]).into_iter().next() else { continue };
            let short = &text[rest + word.start..rest + word.end];
            if let Some(long) = long_before(&text[..at], short) {
                out.push((short.to_owned(), long, rest + word.start..rest + word.end));
            }
        }
    }
    out
}

/// "Langform (ABK)", also "(kurz: ABK)" and "(ABK, § 16d SGB II)".
fn short_in_brackets(
    text: &str,
    open: usize,
    inner: &str,
) -> Option<(String, String, Range<usize>)> {
    const LEADS: [&str; 8] = [
        "kurz:",
        "kurz",
        "abgekürzt:",
        "abgekürzt",
        "im Folgenden:",
        "im Folgenden",
        "nachfolgend",
        "nachfolgend:",
    ];
    let mut short = inner.split([',', ';', '–']).next()?.trim();
    for lead in LEADS {
        short = short.strip_prefix(lead).map_or(short, str::trim);
    }
    short = short.trim_matches(['„', '“', '"', '‚', '‘']);
    // "(EGT 2027)" explains EGT, "(DIW Berlin)" DIW.
    let words = prose::words(short);
    let first = words.first()?.clone();
    if first.start != 0 || words.len() > 2 {
        return None;
    }
    let short = &short[first];
    if !short.chars().any(char::is_uppercase) {
        return None;
    }
    let before = &text[..open];
    let alone = inner.trim() == short;
    // "Arbeitsgelegenheiten (AGH-MAE)" explains AGH.
    let part = short.split('-').next().unwrap_or(short);
    let plain = short.strip_suffix('s').filter(|rest| super::is_capitals(rest)).unwrap_or(short);
    let (short, long) = [short, plain, part].into_iter().find_map(|short| {
        let long = long_before(before, short)
            .or_else(|| long_before_out_of_order(before, short).filter(|_| alone));
        Some((short, long?))
    })?;
    let at = open + text[open..].find(short)?;
    Some((short.to_owned(), long, at..at + short.len()))
}

/// "ABK (Langform)".
fn long_in_brackets(
    text: &str,
    open: usize,
    inner: &str,
) -> Option<(String, String, Range<usize>)> {
    let word = last_word(&text[..open]);
    let short = &text[word.clone()];
    let whole = inner.strip_prefix("d. h. ").unwrap_or(inner);
    // The meaning may itself have commas.
    let part = whole.split([',', ';']).next().unwrap_or(whole);
    let longer = |long: &str| long.chars().count() > short.chars().count() + 2;
    let long = [part, whole].into_iter().find(|long| longer(long) && abbreviates(short, long))?;
    Some((short.to_owned(), single_spaced(long), word))
}

/// "(„Langform“, ABK)".
fn both_in_brackets(open: usize, inner: &str) -> Option<(String, String, Range<usize>)> {
    let (long, short) = inner.rsplit_once(',')?;
    let long = long.trim_matches(|c: char| c.is_whitespace() || matches!(c, '„' | '“' | '"'));
    let at = open + 1 + inner.len() - short.trim_start().len();
    let short = short.trim();
    let one = prose::words(short).len() == 1 && short.chars().count() + 2 < long.chars().count();
    (one && abbreviates(short, long))
        .then(|| (short.to_owned(), single_spaced(long), at..at + short.len()))
}

/// The word that ends a text, blanks and quotes apart; empty if none does.
fn last_word(text: &str) -> Range<usize> {
    let text = text.trim_end().trim_end_matches(['“', '"', '‘']);
    prose::words(text).pop().filter(|word| word.end == text.len()).unwrap_or(0..0)
}

/// What stands up to the end of a clause.
fn clause(text: &str) -> &str {
    text.split(['.', ';', ',', '(', '|']).next().unwrap_or(text).trim()
}

/// The fewest words at the end of a text for which an abbreviation stands.
fn long_before(text: &str, short: &str) -> Option<String> {
    const MOST: usize = 12;
    let start = prose::sentences(text).pop()?.start;
    let text = text[start..].trim_end();
    let words = prose::words(text);
    (1..=words.len().min(MOST)).find_map(|count| {
        let long = &text[words[words.len() - count].start..];
        let whole = long.chars().count() > short.chars().count() + 2;
        (whole && abbreviates(short, long)).then(|| single_spaced(long))
    })
}

/// The words at the end of a text for which an abbreviation in brackets of its own stands although
/// its letters are not in their order: "Zuschüsse zum Arbeitsentgelt (AEZ)", or one of them is of
/// another language: "Erprobungszentrum (FTEC)".
fn long_before_out_of_order(text: &str, short: &str) -> Option<String> {
    const MOST: usize = 6;
    let start = prose::sentences(text).pop()?.start;
    let text = text[start..].trim_end();
    let words = prose::words(text);
    let small = |text: &str| text.to_lowercase();
    let letters: Vec<char> = small(short).chars().filter(|c| c.is_alphabetic()).collect();
    let (first, last) = (letters.first()?, letters.last()?);
    (2..=words.len().min(MOST)).find_map(|count| {
        let from = words.len() - count;
        let long = small(&text[words[from].start..]);
        let begins = |letter: &char| {
            words[from..].iter().any(|word| small(&text[word.clone()]).starts_with(*letter))
        };
        let missing = letters.iter().filter(|letter| !long.contains(**letter)).count();
        let ends = missing == 0 && begins(last);
        let nearly = missing == 1 && letters.len() >= 4 && long.starts_with(*first);
        let initials = letters.iter().filter(|letter| begins(letter)).count();
        let of_words: Vec<char> = words[from..]
            .iter()
            .filter_map(|word| small(&text[word.clone()]).chars().next())
            .collect();
        // "Berufliche Weiterbildung (FbW)": all letters but the first, one per word.
        let but_first = letters.get(1..).is_some_and(|rest| rest == of_words);
        (but_first || letters.len() >= 3 && begins(first) && (ends || nearly) && initials >= 2)
            .then(|| single_spaced(&text[words[from].start..]))
    })
}

/// Whether a term begins as an abbreviation does and has its letters in their order.
pub(in crate::check) fn abbreviates(short: &str, long: &str) -> bool {
    let mut letters = short.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase);
    let mut of_long = long.chars().flat_map(char::to_lowercase).filter(|c| !c.is_whitespace());
    let capitals = short.chars().filter(|c| c.is_uppercase()).count();
    let looks = capitals >= 2 || capitals == 1 && short.starts_with(char::is_lowercase);
    looks
        && !super::is_roman(short)
        && short.chars().filter(|c| c.is_alphabetic()).count() >= 2
        && long.chars().any(char::is_lowercase)
        // A term is not explained by itself: "BvB (BvB pro)", "21 % (VJ 24 %)".
        && !long.contains('%')
        && !prose::has_word(&long.to_lowercase(), &short.to_lowercase())
        && letters.next().is_some_and(|first| of_long.next() == Some(first))
        && letters.all(|letter| of_long.any(|c| c == letter))
}
