// SPDX-License-Identifier: EUPL-1.2
//! What a programme says about its own checks: limits and reconciliations, acknowledged findings.

use super::figures::Entry;
use crate::model::decode::Id;
use crate::model::yaml::Text;
use crate::record;

record! {
    /// A limit of the house or of the law, or two figures that must be the same.
    LimitRecord, "Eine Prüfung" {
        /// Id.
        "id" id: required Id,
        /// What is checked.
        "bezeichnung" label: required Text,
        /// The figure or formula that is held against the limit.
        "wert" value: required Text,
        /// The figure it must equal.
        "gleich" equal: optional Text,
        /// The figure it may reach at most.
        "hoechstens" most: optional Text,
        /// The figure it must reach.
        "mindestens" least: optional Text,
        /// Where the limit comes from.
        "quelle" source: optional Text,
        /// The reason with which a deviation is acknowledged.
        "anerkannt" acknowledged: optional Text,
    }
}

record! {
    /// A finding that may stay.
    AcknowledgementRecord, "Eine Anerkennung" {
        /// Name of the rule.
        "regel" rule: required Text,
        /// Words that stand at the place or in the message of the finding.
        "stelle" place: required Text,
        /// Why it may stay.
        "grund" reason: required Text,
    }
}

impl LimitRecord {
    /// The limits that are given.
    pub fn bounds(&self) -> impl Iterator<Item = (&'static str, &Text)> {
        [("gleich", &self.equal), ("hoechstens", &self.most), ("mindestens", &self.least)]
            .into_iter()
            .filter_map(|(name, text)| Some((name, text.as_ref()?)))
    }

    /// The value.
    pub fn entry(&self) -> Entry {
        Entry::Plain(self.value.clone())
    }
}
