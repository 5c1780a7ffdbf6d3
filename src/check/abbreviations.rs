// SPDX-License-Identifier: EUPL-1.2
//! What an abbreviation is, where abbreviations are used, and where they are explained.
//!
//! Not here: the rules about them.

mod explained;

use explained::explanations;
pub(super) use explained::{Explanation, abbreviates};

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::prose;
use super::wording::{Use, Uses, in_address, readable, texts};
use crate::law::common::{is_common_abbreviation, is_word_in_capitals};
use crate::model::Programme;

/// Explanations by abbreviation, as it is written (ordinary blanks).
pub(super) type Explained = BTreeMap<String, Vec<Explanation>>;

/// What a programme says about abbreviations; several rules need it, and finding it takes time.
#[derive(Debug)]
pub struct Abbreviations<'a> {
    pub(super) explained: Explained,
    pub(super) uses: Uses<'a>,
}

impl<'a> Abbreviations<'a> {
    pub(super) fn of(programme: &'a Programme) -> Self {
        let explained = explanations(programme);
        let uses = uses(programme, &explained);
        Self { explained, uses }
    }
}

/// All abbreviations that are used, whether explained or not. A compound ("AGH-Plätze") is a use of
/// what it is made of, unless it is explained itself.
fn uses<'a>(programme: &'a Programme, explained: &Explained) -> Uses<'a> {
    let ordinary = ordinary_words(programme);
    let of_several: Vec<&String> =
        explained.keys().filter(|short| prose::words(short).len() > 1).collect();
    let mut out = Uses::new();
    for passage in texts(programme) {
        let mut text = readable(passage);
        // Abbreviations of several words, or with a slash, are found as they stand.
        for short in of_several.iter().copied() {
            while let Some(range) = phrase(&text, short) {
                text.replace_range(range.clone(), &" ".repeat(range.len()));
                out.entry(short.clone()).or_default().push(Use { passage, range });
            }
        }
        let words = prose::words(&text);
        let capitals = in_capitals(&text);
        for (at, word) in words.iter().enumerate() {
            // Most words are ordinary ones: a capital at most, and at the beginning.
            let written = &text[word.clone()];
            let ordinary_look = !written.chars().skip(1).any(char::is_uppercase);
            if ordinary_look && known(written, explained).is_none() && !written.contains('-')
                || in_address(&text, word)
            {
                continue;
            }
            // "JETZT STARTEN" is emphasis.
            let loud = |near: Option<&Range<usize>>, joined: &dyn Fn(&Range<usize>) -> bool| {
                near.is_some_and(|near| is_shouted(&text[near.clone()]) && joined(near))
            };
            let blank = |gap: Range<usize>| text[gap].chars().all(char::is_whitespace);
            let before = at.checked_sub(1).and_then(|at| words.get(at));
            let shouted = capitals
                || is_shouted(&text[word.clone()])
                    && (loud(before, &|near| blank(near.end..word.start))
                        || loud(words.get(at + 1), &|near| blank(word.end..near.start)));
            for (short, range) in in_word(&text, word.clone(), explained) {
                let known = explained.contains_key(&short);
                if !known
                    && (shouted || short.len() >= 4 && ordinary.contains(&short.to_lowercase()))
                {
                    continue;
                }
                if !known && cited_law(&text, range.start) {
                    continue;
                }
                out.entry(short).or_default().push(Use { passage, range });
            }
        }
    }
    out
}

/// Where words stand one after the other, whatever blanks part them.
fn phrase(text: &str, words: &str) -> Option<Range<usize>> {
    let mut words = words.split_whitespace();
    let first = words.next()?;
    let mut from = 0;
    while let Some(start) = prose::find_word(text, first, from) {
        let end = words.clone().try_fold(start + first.len(), |end, word| {
            let rest = text[end..].trim_start();
            let begin = text.len() - rest.len();
            let parted = begin > end;
            (parted && prose::find_word(text, word, begin) == Some(begin))
                .then(|| begin + word.len())
        });
        match end {
            Some(end) => return Some(start..end),
            None => from = start + first.len(),
        }
    }
    None
}

/// Abbreviations in a word.
fn in_word(text: &str, word: Range<usize>, explained: &Explained) -> Vec<(String, Range<usize>)> {
    let whole = &text[word.clone()];
    if let Some(short) = known(whole, explained) {
        return vec![(short, word)];
    }
    if is_common_abbreviation(whole) {
        return Vec::new();
    }
    let mut parts: Vec<Range<usize>> = Vec::new();
    let mut start = word.start;
    for (at, _) in whole.match_indices(['-', '\u{2011}']).chain([(whole.len(), "")]) {
        parts.push(start..word.start + at);
        start = word.start + at + text[word.start + at..].chars().next().map_or(0, char::len_utf8);
    }
    // What is explained may itself have hyphens: "AVGS-MAT-Coaching".
    for length in (2..parts.len()).rev() {
        for window in parts.windows(length) {
            let range = window[0].start..window[length - 1].end;
            if let Some(short) = known(&text[range.clone()], explained) {
                return vec![(short, range)];
            }
        }
    }
    // "gAG-S", "g-AGS": single letters belong to the abbreviation.
    let single = |part: &Range<usize>| text[part.clone()].chars().count() == 1;
    let short = |part: &Range<usize>| {
        single(part) && text[part.clone()].chars().all(char::is_alphabetic)
            || looks_like_one(&text[part.clone()])
            || is_common_abbreviation(&text[part.clone()])
    };
    if parts.len() > 1 && parts.iter().any(single) && parts.iter().all(short) {
        return vec![(whole.to_owned(), word)];
    }
    let mut out = Vec::new();
    for part in parts {
        let written = &text[part.clone()];
        if let Some(short) = known(written, explained) {
            out.push((short, part));
        } else if looks_like_one(written) {
            let short = written.strip_suffix('s').filter(|rest| looks_like_one(rest));
            out.push((short.unwrap_or(written).to_owned(), part));
        }
    }
    out
}

/// The explained abbreviation that is written here, with a plural or genitive s or without.
fn known(written: &str, explained: &Explained) -> Option<String> {
    [Some(written), written.strip_suffix('s')]
        .into_iter()
        .flatten()
        .find(|form| explained.contains_key(*form))
        .map(str::to_owned)
}

/// Whether a word has the look of an abbreviation that somebody has to explain.
fn looks_like_one(word: &str) -> bool {
    let base = word.strip_suffix('s').filter(|rest| is_capitals(rest)).unwrap_or(word);
    let letters: Vec<char> = base.chars().collect();
    let upper = letters.iter().filter(|c| c.is_uppercase()).count();
    let lower = letters.iter().filter(|c| c.is_lowercase()).count();
    // Codes such as "K1" and "A2LL" are names; what is neither letter nor digit makes no abbreviation.
    if upper + lower < letters.len()
        || is_common_abbreviation(base)
        || is_roman(base)
        || base.strip_prefix("SGB").is_some_and(is_roman)
        || letters.is_empty()
    {
        return false;
    }
    if lower == 0 {
        return (2..=5).contains(&upper)
            && !is_word_in_capitals(base)
            && !(upper == 5 && speakable(&letters));
    }
    // "abH", "eLb", "gE": a small letter first, and short.
    if letters[0].is_lowercase() {
        return upper >= 1 && letters.len() <= 5 && lower <= 3;
    }
    // "MAbE", "EinglMV", but not "JobBörse" or "YouTube"; laws such as "TzBfG" explain themselves.
    upper >= 2 && 2 * lower <= 3 * upper && !(letters.len() >= 5 && base.ends_with('G'))
}

/// Two capitals or more, and nothing else.
fn is_capitals(word: &str) -> bool {
    word.chars().count() >= 2 && word.chars().all(char::is_uppercase)
}

/// A word of four capitals or more.
fn is_shouted(word: &str) -> bool {
    word.chars().count() >= 4 && is_capitals(word)
}

fn is_roman(word: &str) -> bool {
    let rest = ["M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"];
    let mut left = word;
    for sign in rest {
        let times = if sign.len() == 1 && !matches!(sign, "D" | "L" | "V") { 3 } else { 1 };
        for _ in 0..times {
            left = left.strip_prefix(sign).unwrap_or(left);
        }
    }
    left.is_empty()
}

/// Whether a word of capitals can be spoken, as names of projects are.
fn speakable(letters: &[char]) -> bool {
    let vowel = |c: &char| matches!(c, 'A' | 'E' | 'I' | 'O' | 'U' | 'Ä' | 'Ö' | 'Ü' | 'Y');
    let vowels = letters.iter().filter(|c| vowel(c)).count();
    vowels >= 2 && !letters.windows(3).any(|three| !three.iter().any(vowel))
}

/// Whether a whole text is set in capitals.
fn in_capitals(text: &str) -> bool {
    !text.chars().any(char::is_lowercase)
        && prose::words(text).iter().filter(|word| is_shouted(&text[(*word).clone()])).count() >= 2
}

/// Whether a word follows a citation and so is the name of a law: `§ 14 Abs. 2 TzBfG`.
fn cited_law(text: &str, at: usize) -> bool {
    let before = &text[..at];
    let Some(sign) = before.rfind('§') else { return false };
    before[sign..].chars().skip(1).all(|c| {
        c.is_alphanumeric() || c.is_whitespace() || matches!(c, '§' | '.' | ',' | '-' | '–')
    }) && before[sign..].split_whitespace().skip(1).all(|word| {
        let word = word.trim_matches(['.', ',']);
        word.chars().any(|c| c.is_ascii_digit())
            || ["Abs", "Absatz", "S", "Satz", "Nr", "ff", "f", "bis", "und", "Halbsatz", "Alt", ""]
                .contains(&word)
    })
}

/// Words that also occur in small letters: in capitals they are only emphasised.
fn ordinary_words(programme: &Programme) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    for passage in texts(programme) {
        for word in prose::words(&passage.text) {
            let word = &passage.text[word];
            let plain = word.chars().skip(1).all(char::is_lowercase);
            if plain && word.chars().count() >= 3 {
                out.insert(word.to_lowercase());
            }
        }
    }
    out
}
