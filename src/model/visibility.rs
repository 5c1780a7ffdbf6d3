// SPDX-License-Identifier: EUPL-1.2
//! Whether something may be published, as far as the data say.
//!
//! Not here: what is left out by default, and what follows from it; see `publish`.

use super::decode::{Decode, mismatch};
use super::yaml::{Kind, Node};
use crate::diag::{Finding, did_you_mean};

/// What the data say of something: `intern: ja`, `intern: nein`, `intern: preis` …
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Visibility {
    /// Nothing; the default of its kind holds.
    #[default]
    Unmarked,
    /// It may be published.
    Public,
    /// It must not be published.
    Internal(Class),
}

/// Why something is internal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// No reason is given.
    General,
    /// Prices before an award, and calculations.
    Price,
    /// Providers before an award.
    Provider,
    /// Names of persons.
    Name,
    /// Figures of single teams.
    Team,
    /// Notes to colleagues.
    Note,
    /// Working states: drafts, marks, who does what by when.
    Working,
}

impl Class {
    /// All classes with the word that is written.
    pub const ALL: [(&'static str, Self); 7] = [
        ("ja", Self::General),
        ("preis", Self::Price),
        ("anbieter", Self::Provider),
        ("name", Self::Name),
        ("team", Self::Team),
        ("notiz", Self::Note),
        ("arbeitsstand", Self::Working),
    ];

    /// In words, for a protocol.
    pub fn word(self) -> &'static str {
        match self {
            Self::General => "als intern gekennzeichnet",
            Self::Price => "Preise und Kalkulationen",
            Self::Provider => "Anbieter vor der Vergabe",
            Self::Name => "Namen von Personen",
            Self::Team => "Zahlen einzelner Teams",
            Self::Note => "Notizen",
            Self::Working => "Arbeitsstände",
        }
    }
}

impl Visibility {
    /// Whether the data say that it must not be published.
    pub fn is_internal(self) -> bool {
        self.class().is_some()
    }

    /// Why it is internal, if the data say so.
    pub fn class(self) -> Option<Class> {
        match self {
            Self::Internal(class) => Some(class),
            Self::Unmarked | Self::Public => None,
        }
    }
}

impl Decode for Visibility {
    const EXPECTED: &'static str = "„ja“, „nein“ oder ein Grund wie „preis“";

    fn decode(node: &Node, findings: &mut Vec<Finding>) -> Option<Self> {
        let Kind::Scalar(text) = &node.kind else {
            mismatch(node, Self::EXPECTED, findings);
            return None;
        };
        let word = text.to_lowercase();
        if matches!(word.as_str(), "nein" | "false") {
            return Some(Self::Public);
        }
        let word = if word == "true" { "ja" } else { word.as_str() };
        if let Some((_, class)) = Class::ALL.iter().find(|(name, _)| *name == word) {
            return Some(Self::Internal(*class));
        }
        let known = || Class::ALL.iter().map(|(name, _)| *name).chain(["nein"]);
        findings.push(
            Finding::input("unbekannte-art", format!("„intern: {text}“ gibt es nicht."))
                .at(node.span, "unbekannt")
                .hint_if(did_you_mean(word, known()))
                .hint(format!("Möglich sind: {}.", known().collect::<Vec<_>>().join(", "))),
        );
        None
    }
}
