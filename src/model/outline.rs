// SPDX-License-Identifier: EUPL-1.2
//! What an outline brings along beside its texts: fixed words and sets of columns.
//!
//! Not here: the order of sections; that is the template's.

use crate::diag::{FileId, Finding};
use crate::record;

use super::decode::{Decode, Entries};
use super::records::ColumnRecord;
use super::yaml::{self, Text};

record! {
    /// `gliederung.yaml` of an outline.
    OutlineRecord, "Die Gliederung" {
        /// Fixed words of the layout.
        "worte" words: required Entries<Text>,
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
    /// A fixed word; the key itself if it is not defined.
    pub fn word<'a>(&'a self, key: &'a str) -> &'a str {
        self.words.get(key).map_or(key, |text| text.value.as_str())
    }
}
