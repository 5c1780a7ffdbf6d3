// SPDX-License-Identifier: EUPL-1.2
//! Terms of the field that apply from a day to a day.
//!
//! Not here: finding them in texts.

use std::sync::LazyLock;

use serde::Deserialize;

/// A term of the law or of the offices.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// The term.
    #[serde(rename = "begriff")]
    pub term: String,
    /// How it is written; endings and compounds may follow.
    #[serde(rename = "formen")]
    pub forms: Vec<String>,
    /// Whether nothing may follow a form.
    #[serde(rename = "wort", default)]
    pub whole_word: bool,
    /// What may follow a form because it then is something else, such as the name of a law.
    #[serde(rename = "ausser")]
    pub except: Vec<String>,
    /// First day on which it holds, as `2023-01-01`.
    #[serde(rename = "gueltig_ab")]
    pub from: String,
    /// Last day on which it holds, if it has ended.
    #[serde(rename = "gueltig_bis", default)]
    pub until: Option<String>,
    /// The term that took its place.
    #[serde(rename = "nachfolger", default)]
    pub successor: Option<String>,
    /// The term that it took the place of.
    #[serde(rename = "vorgaenger", default)]
    pub predecessor: Option<String>,
    /// Whether the days are certain enough for a warning.
    #[serde(rename = "sicher")]
    pub certain: bool,
    /// Where it was read.
    #[serde(rename = "quelle")]
    pub source: String,
}

static TERMS: LazyLock<Vec<Term>> =
    LazyLock::new(|| serde_json::from_str(include_str!("begriffe.json")).unwrap_or_default());

/// All terms.
pub fn terms() -> &'static [Term] {
    &TERMS
}

/// How something that applies from a day to a day stands to a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It applies in the year, or in a part of it.
    InForce,
    /// It ended before the year.
    Ended,
    /// It began after the year.
    NotYet,
}

/// How something that applies from a day to a day stands to a year.
pub fn standing(from: &str, until: Option<&str>, year: u32) -> Standing {
    // Days are written so that they sort as text.
    if until.is_some_and(|until| until < format!("{year}-01-01").as_str()) {
        Standing::Ended
    } else if from > format!("{year}-12-31").as_str() {
        Standing::NotYet
    } else {
        Standing::InForce
    }
}

/// The year of a day.
pub fn year_of(day: &str) -> u32 {
    day.get(..4).and_then(|year| year.parse().ok()).unwrap_or_default()
}
