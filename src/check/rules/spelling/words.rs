// SPDX-License-Identifier: EUPL-1.2
//! Ordinary words with and without a hyphen, a blank or a capital inside.
//!
//! Not here: abbreviations.

use std::collections::BTreeMap;

use super::key;
use crate::check::prose;
use crate::check::wording::{Use, Uses, in_address, readable, texts};
use crate::model::Programme;

/// Shortest word that is looked at, in letters.
const SHORT: usize = 6;

/// Families of words that differ in hyphens, blanks or inner capitals only, whatever their endings.
pub(super) fn families(programme: &Programme) -> Vec<Uses<'_>> {
    // By stem, then by how it is written.
    let mut stems = BTreeMap::<String, BTreeMap<String, Vec<(String, Use<'_>)>>>::new();
    let mut pairs = Vec::new();
    for passage in texts(programme) {
        let text = readable(passage);
        let words = prose::words(&text);
        let quotes = text.contains('„');
        for (at, range) in words.iter().enumerate() {
            let word = &text[range.clone()];
            if !is_ordinary(word)
                || quotes && quoted(&text, range.start)
                || in_address(&text, range)
            {
                continue;
            }
            if key(word).chars().count() >= SHORT {
                stems
                    .entry(stem(word))
                    .or_default()
                    .entry(shape(word))
                    .or_default()
                    .push((word.to_owned(), Use { passage, range: range.clone() }));
            }
            if let Some(next) = words.get(at + 1)
                && is_noun(word)
                && is_noun(&text[next.clone()])
                && text[range.end..next.start].chars().all(|c| c == ' ')
            {
                let both = range.start..next.end;
                pairs.push((text[both.clone()].to_owned(), Use { passage, range: both }));
            }
        }
    }
    // "Job Center" counts only where "Jobcenter" stands, too.
    for (pair, used) in pairs {
        if let Some(shapes) = stems.get_mut(&stem(&pair))
            && shapes.values().flatten().any(|(word, _)| key(word).chars().count() >= SHORT + 2)
        {
            let joined = pair.split_whitespace().collect::<Vec<_>>().join(" ");
            shapes.entry(shape(&joined)).or_default().push((joined, used));
        }
    }
    stems.into_values().map(without_names).filter(|shapes| shapes.len() > 1).map(named).collect()
}

/// Leaves out shapes with capitals inside, which names of programmes have (`MitArbeit`), unless
/// hyphens stand in their places elsewhere or they are rare beside the usual shape.
fn without_names<V>(mut shapes: BTreeMap<String, Vec<V>>) -> BTreeMap<String, Vec<V>> {
    let plain: Vec<(String, usize)> = shapes
        .iter()
        .filter(|(shape, _)| !shape.contains('^'))
        .map(|(shape, uses)| (shape.clone(), uses.len()))
        .collect();
    shapes.retain(|shape, uses| {
        !shape.contains('^')
            || plain
                .iter()
                .any(|(other, count)| *other == shape.replace('^', "-") || uses.len() * 3 <= *count)
    });
    shapes
}

/// The shapes of a word, each named by its most frequent form.
fn named(shapes: BTreeMap<String, Vec<(String, Use<'_>)>>) -> Uses<'_> {
    let mut out = Uses::new();
    for uses in shapes.into_values() {
        let mut counts = BTreeMap::<&str, usize>::new();
        for (word, _) in &uses {
            *counts.entry(word.as_str()).or_default() += 1;
        }
        let usual = counts.iter().max_by_key(|(_, count)| **count).map(|(word, _)| *word);
        let Some(name) = usual.map(str::to_owned) else { continue };
        out.entry(name).or_default().extend(uses.into_iter().map(|(_, used)| used));
    }
    out
}

/// A word without hyphens, capitals and ending.
fn stem(word: &str) -> String {
    let key = key(word);
    let long = key.chars().count() > SHORT + 2;
    ["ern", "en", "es", "er", "em", "e", "n", "s"]
        .iter()
        .find_map(|ending| key.strip_suffix(ending).filter(|_| long))
        .unwrap_or(&key)
        .to_owned()
}

/// Where a word has hyphens, blanks and inner capitals: `Job-Center` is `3-`, `JobCenter` is `3^`.
fn shape(word: &str) -> String {
    let mut out = String::new();
    let mut letters = 0;
    let mut parted = false;
    for c in word.chars() {
        if c.is_alphanumeric() {
            if c.is_uppercase() && letters > 0 && !parted {
                out.push_str(&format!("{letters}^"));
            }
            letters += 1;
            parted = false;
        } else {
            out.push_str(&format!("{letters}{c}"));
            parted = true;
        }
    }
    out
}

/// Whether a word has only letters, is no abbreviation and no form for several genders.
fn is_ordinary(word: &str) -> bool {
    let lower = word.chars().filter(|c| c.is_lowercase()).count();
    let upper = word.chars().filter(|c| c.is_uppercase()).count();
    word.chars().all(|c| c.is_alphabetic() || c == '-')
        && lower > 2 * upper
        && !word.contains("Innen")
        && !word.ends_with("In")
        // "Abbruch-" is half of a compound.
        && word.split('-').all(|part| part.chars().count() >= 2)
}

fn is_noun(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase)
        && word.chars().count() >= 3
        && letters.all(char::is_lowercase)
}

/// Whether a place stands within quotes: names are written as they are written.
fn quoted(text: &str, at: usize) -> bool {
    let before = &text[..at];
    before.matches('„').count() > before.matches(['“', '”']).count()
}
