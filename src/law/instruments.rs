// SPDX-License-Identifier: EUPL-1.2
//! Instruments of integration and sections of law that apply from a day to a day.
//!
//! Not here: finding them in texts.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

/// An instrument.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Instrument {
    /// Id.
    pub id: String,
    /// Its name, as the heading of the section has it.
    pub name: String,
    /// How it is named; endings may follow.
    #[serde(rename = "formen")]
    pub forms: Vec<String>,
    /// Which law its sections stand in.
    #[serde(rename = "gesetz")]
    pub law: String,
    /// Its sections.
    #[serde(rename = "paragrafen")]
    pub sections: Vec<String>,
    /// First day on which it holds, as `2019-01-01`.
    #[serde(rename = "gueltig_ab")]
    pub from: String,
    /// Last day on which it holds, if it has ended.
    #[serde(rename = "gueltig_bis", default)]
    pub until: Option<String>,
    /// Whether texts may go on to name it, for only new entries have ended.
    #[serde(rename = "nur_neue", default)]
    pub only_new: bool,
    /// Whether its name has a general meaning, too.
    #[serde(rename = "allgemein", default)]
    pub general: bool,
    /// What took its place.
    #[serde(rename = "nachfolger", default)]
    pub successor: Option<String>,
    /// Whether the days were read in the law.
    #[serde(rename = "sicher")]
    pub certain: bool,
    /// Where it was read.
    #[serde(rename = "quelle")]
    pub source: String,
}

/// A section of a law that has not always been there.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// The law.
    #[serde(rename = "gesetz")]
    pub law: String,
    /// Number and letter.
    #[serde(rename = "paragraf")]
    pub section: String,
    /// First day on which it holds.
    #[serde(rename = "gueltig_ab")]
    pub from: String,
    /// Last day on which it holds, if it has ended.
    #[serde(rename = "gueltig_bis", default)]
    pub until: Option<String>,
    /// Whether the days were read in the law.
    #[serde(rename = "sicher")]
    pub certain: bool,
    /// Where it was read.
    #[serde(rename = "quelle")]
    pub source: String,
}

/// Sections that SGB II has or had.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Known {
    #[serde(rename = "hinweis")]
    _remark: String,
    #[serde(rename = "letzte_nummer")]
    last: u32,
    #[serde(rename = "buchstaben")]
    letters: BTreeMap<u32, char>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Tables {
    #[serde(rename = "instrumente")]
    instruments: Vec<Instrument>,
    #[serde(rename = "paragrafen")]
    sections: Vec<Section>,
    sgb_ii: Known,
}

static TABLES: LazyLock<Tables> =
    LazyLock::new(|| serde_json::from_str(include_str!("instrumente.json")).unwrap_or_default());

/// All instruments.
pub fn instruments() -> &'static [Instrument] {
    &TABLES.instruments
}

/// All sections that have not always been there.
pub fn sections() -> &'static [Section] {
    &TABLES.sections
}

/// Whether SGB II has never had a section of this number and letter, as far as is known.
pub fn unheard_of(number: u32, letter: Option<char>) -> bool {
    let known = &TABLES.sgb_ii;
    number == 0
        || number > known.last
        || letter.is_some_and(|letter| known.letters.get(&number).is_none_or(|last| letter > *last))
}
