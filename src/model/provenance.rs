// SPDX-License-Identifier: EUPL-1.2
//! Where figures come from: source, month, as-of date, and whether an allocation is final.
//!
//! Not here: how it is printed below a table.

use super::yaml::Text;
use crate::diag::{Finding, did_you_mean};

/// Where the figures of a table, picture or single value come from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Provenance {
    /// Source.
    pub source: Option<Text>,
    /// Month the statistics are about (Berichtsmonat).
    pub month: Option<Text>,
    /// As-of date (Stand, Datenstand).
    pub as_of: Option<Text>,
    /// Whether an allocation (Zuteilung) is provisional or final; amounts are provisional until the
    /// Eingliederungsmittel-Verordnung of the year.
    pub allocation: Option<Allocation>,
}

/// How binding an allocation of money is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Allocation {
    /// An estimate or a provisional amount.
    Provisional,
    /// The final amount.
    Final,
}

impl Allocation {
    /// Reads `vorläufig` or `endgültig`.
    pub fn read(text: &Text, findings: &mut Vec<Finding>) -> Option<Self> {
        match text.value.as_str() {
            "vorläufig" | "vorlaeufig" => Some(Self::Provisional),
            "endgültig" | "endgueltig" => Some(Self::Final),
            other => {
                let known = ["vorläufig", "endgültig"];
                findings.push(
                    Finding::input(
                        "unbekannte-art",
                        format!("Die Zuteilung „{other}“ gibt es nicht."),
                    )
                    .at(text.span, "unbekannt")
                    .hint(
                        did_you_mean(other, known)
                            .unwrap_or_else(|| "Möglich sind: vorläufig, endgültig.".to_owned()),
                    ),
                );
                None
            }
        }
    }

    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Provisional => "vorläufig",
            Self::Final => "endgültig",
        }
    }
}
