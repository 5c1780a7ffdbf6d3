// SPDX-License-Identifier: EUPL-1.2
//! What an outline brings along beside its texts: fixed words and sets of columns.
//!
//! Not here: the order of sections; that is the template's.

use crate::diag::{FileId, Finding, Span, did_you_mean};
use crate::record;

use super::decode::{Decode, Entries};
use super::records::ColumnRecord;
use super::yaml::{self, Text};

record! {
    /// `gliederung.yaml` of an outline.
    OutlineRecord, "Die Gliederung" {
        /// Fixed words of the layout.
        "worte" words: default Entries<Text>,
        /// Sets of columns by name.
        "vorlagen" presets: default Entries<PresetRecord>,
    }
}

record! {
    /// A set of columns.
    PresetRecord, "Eine Tabellenvorlage" {
        /// The columns.
        "spalten" columns: required Vec<ColumnRecord>,
    }
}

/// Reads `gliederung.yaml`.
///
/// # Errors
///
/// Everything that is wrong with it.
pub fn read(file: FileId, text: &str) -> Result<OutlineRecord, Vec<Finding>> {
    let node = yaml::read(file, text)?;
    let mut findings = Vec::new();
    match OutlineRecord::decode(&node, &mut findings) {
        Some(outline) if findings.is_empty() => Ok(outline),
        _ => Err(findings),
    }
}

impl OutlineRecord {
    /// An outline that brings nothing along.
    pub fn empty() -> Self {
        let span = Span::new(FileId::default(), 0..0);
        Self { span, words: Entries::default(), presets: Entries::default() }
    }

    /// Takes words and sets of columns from another outline where this one has none; reports words
    /// that the other one does not have, for no layout uses them.
    pub fn inherit(&mut self, base: &Self, findings: &mut Vec<Finding>) {
        for (key, _) in self.words.0.iter().filter(|(key, _)| base.words.get(&key.value).is_none())
        {
            findings.push(unknown_word(key, base));
        }
        for (key, word) in &base.words.0 {
            if self.words.get(&key.value).is_none() {
                self.words.0.push((key.clone(), word.clone()));
            }
        }
        for (key, preset) in &base.presets.0 {
            if self.presets.get(&key.value).is_none() {
                self.presets.0.push((key.clone(), preset.clone()));
            }
        }
    }

    /// Puts a programme's words in the place of those of the outline; reports words that no layout
    /// uses.
    pub fn reword(&mut self, own: &[(Text, Text)], findings: &mut Vec<Finding>) {
        for (key, word) in own {
            match self.words.0.iter().position(|(known, _)| known.value == key.value) {
                Some(at) => self.words.0[at].1.clone_from(word),
                None => findings.push(unknown_word(key, self)),
            }
        }
    }

    /// A fixed word; the key itself if it is not defined.
    pub fn word<'a>(&'a self, key: &'a str) -> &'a str {
        self.words.get(key).map_or(key, |text| text.value.as_str())
    }
}

/// A fixed word that no layout uses.
fn unknown_word(key: &Text, outline: &OutlineRecord) -> Finding {
    let known = outline.words.0.iter().map(|(known, _)| known.value.as_str());
    Finding::input(
        "unbekanntes-wort",
        format!("Das feste Wort „{}“ gibt es in der Gliederung nicht.", key.value),
    )
    .at(key.span, "unbekannt")
    .hint(did_you_mean(&key.value, known).unwrap_or_else(|| {
        "Die Wörter stehen in templates/programm/gliederung.yaml unter „worte“.".to_owned()
    }))
}
