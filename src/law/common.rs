// SPDX-License-Identifier: EUPL-1.2
//! What every reader of a programme knows: abbreviations that need no explanation, and words that are
//! often set in capitals.
//!
//! Not here: abbreviations of the field; a programme explains them.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use serde::Deserialize;

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Common {
    #[serde(rename = "hinweis")]
    _remark: String,
    #[serde(rename = "abkuerzungen")]
    abbreviations: BTreeSet<String>,
    #[serde(rename = "woerter")]
    words: BTreeSet<String>,
}

static COMMON: LazyLock<Common> =
    LazyLock::new(|| serde_json::from_str(include_str!("gelaeufig.json")).unwrap_or_default());

/// Whether every reader knows an abbreviation.
pub fn is_common_abbreviation(word: &str) -> bool {
    COMMON.abbreviations.contains(word)
}

/// Whether a word in capitals is an ordinary word.
pub fn is_word_in_capitals(word: &str) -> bool {
    COMMON.words.contains(word)
}
