// SPDX-License-Identifier: EUPL-1.2
//! What a figure rests on and what it counts, as far as its name says.

/// What a figure rests on, as far as its place says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Basis {
    /// A plan or an estimate.
    Plan,
    /// What was reached.
    Result,
    /// What is expected for a year that is not over.
    Expected,
    /// Nothing is said.
    Unknown,
}

impl Basis {
    /// In words.
    pub fn word(self) -> &'static str {
        match self {
            Self::Plan => "Plan",
            Self::Result => "Ergebnis",
            Self::Expected => "Erwartung",
            Self::Unknown => "Angabe",
        }
    }
}

/// What a name says of its figure: words decide that begin or end with these letters.
pub fn basis(name: &str) -> Basis {
    const RESULT: [&str; 4] = ["ergebnis", "ist", "erreicht", "abrechnung"];
    const EXPECTED: [&str; 4] = ["erwart", "prognose", "hochrechnung", "voraussichtlich"];
    const PLAN: [&str; 8] =
        ["plan", "planung", "geplant", "ansatz", "soll", "ziel", "schätz", "bedarf"];
    const OF_PERSONS: [&str; 9] = [
        "kooperation",
        "förder",
        "eingliederung",
        "hilfe",
        "teilhabe",
        "integration",
        "entwicklung",
        "bildung",
        "aktivierung",
    ];
    let name = name.to_lowercase();
    let words: Vec<&str> = name.split(|c: char| !c.is_alphanumeric()).collect();
    let says = |stems: &[&str]| {
        words.iter().enumerate().any(|(at, word)| {
            // "keine Sollplanung" is none.
            let denied = at > 0 && words[at - 1].starts_with("kein");
            // "ist" is a word, not the beginning of one; a "Zielgruppe" is no target.
            let meant = |stem: &str| match stem {
                "ist" => *word == stem,
                // Who has a plan is no plan.
                "plan" if OF_PERSONS.iter().any(|kind| word.starts_with(kind)) => false,
                // "Bedarfsgemeinschaften" are counted.
                "bedarf" => word.ends_with(stem),
                "ziel" => ["ziel", "ziele", "zielwert", "zielwerte"].contains(word),
                stem => word.starts_with(stem) || word.ends_with(stem),
            };
            !denied && stems.iter().any(|stem| meant(stem))
        })
    };
    if says(&RESULT) {
        Basis::Result
    } else if says(&EXPECTED) {
        Basis::Expected
    } else if says(&PLAN) {
        Basis::Plan
    } else {
        Basis::Unknown
    }
}

/// What a figure counts, if its name says: places are no entries.
pub fn counted(name: &str) -> Option<&'static str> {
    const KINDS: [(&str, &str); 9] = [
        ("eintritt", "Eintritte"),
        ("zugäng", "Eintritte"),
        ("plätz", "Plätze"),
        ("teilnehm", "Teilnehmende"),
        ("förderung", "Förderungen"),
        ("bestand", "Bestand"),
        ("stellen", "Stellen"),
        ("vzä", "VZÄ"),
        ("integration", "Integrationen"),
    ];
    let name = name.to_lowercase();
    let mut met = KINDS.iter().filter_map(|(stem, kind)| Some((name.find(stem)?, *kind)));
    let first = met.next()?;
    // A name that speaks of several says nothing.
    met.all(|(_, kind)| kind == first.1).then_some(first.1)
}

/// The first year that a text names.
pub fn year_in(text: &str) -> Option<i64> {
    text.split(|c: char| !c.is_ascii_digit())
        .find(|part| part.len() == 4 && (part.starts_with("19") || part.starts_with("20")))
        .and_then(|part| part.parse().ok())
}
