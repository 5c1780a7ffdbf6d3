// SPDX-License-Identifier: EUPL-1.2
//! Whether a sentence itself speaks of an earlier or a later time.
//!
//! Not here: which terms and laws have changed.

use super::prose;
use crate::law::terms::year_of;

/// Beginnings of words that speak of what was, or of a change.
const PAST: &[&str] = &[
    "früher",
    "ehemal",
    "vormal",
    "damal",
    "seinerzeit",
    "bisherig",
    "bislang",
    "historisch",
    "abgelöst",
    "ablös",
    "abgeschafft",
    "ersetzt",
    "anstelle",
    "umbenannt",
    "umbenenn",
    "umgewandelt",
    "weggefallen",
    "entfiel",
    "aufgehoben",
    "zusammengeführt",
    "heißt seit",
    "hieß",
    "alter fassung",
    "alte fassung",
    "altfäll",
];

/// Words that speak of what will be.
const FUTURE: &[&str] = &[
    "künftig",
    "geplant",
    "voraussichtlich",
    "vorgesehen",
    "einführung",
    "eingeführt",
    "reform",
    "gesetzentwurf",
    "entwurf",
    "koalition",
];

/// Marks of a former version of the law.
const FORMER: &[&str] = &["a. f.", "a.f.", "a.  f.", "(alt)", " alt "];

/// Words that say that what has begun is only paid to its end.
const RUN_OFF: &[&str] = &[
    "ausfinanz",
    "auszufinanz",
    "restabwickl",
    "auslauf",
    "ausläuf",
    "läuft aus",
    "laufen aus",
    "bestandsfäll",
    "vorbindung",
    "übergangsregel",
];

/// Whether a sentence speaks of the time before a day, or of the change on it.
pub(super) fn speaks_of_the_past(sentence: &str, last_day: &str) -> bool {
    let small = sentence.to_lowercase();
    PAST.iter().chain(FORMER).any(|word| small.contains(word))
        || years(sentence).any(|year| year <= year_of(last_day))
}

/// Whether a sentence speaks of a day that is still to come.
pub(super) fn speaks_of_the_future(sentence: &str, first_day: &str) -> bool {
    let small = sentence.to_lowercase();
    FUTURE.iter().any(|word| small.contains(word))
        || years(sentence).any(|year| year >= year_of(first_day))
}

/// Whether a text says that what has begun is only paid to its end.
pub(super) fn runs_off(text: &str) -> bool {
    let small = text.to_lowercase();
    RUN_OFF.iter().chain(FORMER).any(|word| small.contains(word)) || small.ends_with(" alt")
}

/// The years that a sentence names.
fn years(sentence: &str) -> impl Iterator<Item = u32> {
    prose::words(sentence)
        .into_iter()
        .filter_map(|word| sentence[word].parse::<u32>().ok())
        .filter(|year| (1950..2100).contains(year))
}
