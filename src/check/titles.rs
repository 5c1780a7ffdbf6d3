// SPDX-License-Identifier: EUPL-1.2
//! Titles compared by their words: the same, shortened, or alike.
//!
//! Not here: spelling, and the words of running text.

use super::prose;

/// The words of a title in small letters; dots, quotes and emphasis do not matter.
pub(super) fn words(title: &str) -> Vec<String> {
    let title = title.replace('\u{ad}', "");
    prose::words(&title).into_iter().map(|range| title[range].to_lowercase()).collect()
}

/// Whether both have the same words.
pub(super) fn same(one: &str, other: &str) -> bool {
    // Most titles differ in their first letter; only the others are taken apart.
    let first = |title: &str| {
        title.chars().find(|c| c.is_alphanumeric()).map(|c| c.to_lowercase().collect::<String>())
    };
    first(one) == first(other) && words(one) == words(other)
}

/// Whether one is the other with words left out: the words of the shorter stand in the longer, in
/// their order.
pub(super) fn shortened(one: &str, other: &str) -> bool {
    let (one, other) = (words(one), words(other));
    let (short, long) = if one.len() <= other.len() { (&one, &other) } else { (&other, &one) };
    let mut rest = long.iter();
    !short.is_empty() && short.iter().all(|word| rest.any(|known| known == word))
}

/// Whether all words of the shorter stand in the longer, in whatever order.
pub(super) fn contained(one: &str, other: &str) -> bool {
    let (one, other) = (words(one), words(other));
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    !short.is_empty() && short.iter().all(|word| long.contains(word))
}

/// Whether most words of the longer stand in the other as well.
pub(super) fn alike(one: &str, other: &str) -> bool {
    words_alike(&words(one), &words(other))
}

/// The same for the words of two titles.
pub(super) fn words_alike(one: &[String], other: &[String]) -> bool {
    let length = one.len().max(other.len());
    let common = one.iter().filter(|word| other.contains(word)).count();
    length >= 3 && common * 10 >= length * 6
}

/// The words by which two titles differ, for a message: those only in the first, those only in the
/// second.
pub(super) fn difference(one: &str, other: &str) -> (Vec<String>, Vec<String>) {
    let (first, second) = (words(one), words(other));
    let only = |text: &str, known: &[String]| {
        let all = prose::words(text).into_iter().map(|range| text[range].to_owned());
        all.filter(|word| !known.contains(&word.to_lowercase())).collect()
    };
    (only(one, &second), only(other, &first))
}
