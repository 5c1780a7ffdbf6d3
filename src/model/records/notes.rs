// SPDX-License-Identifier: EUPL-1.2
//! Who took part, who signs; footnotes and abbreviations.

use crate::model::decode::{Flag, Id};
use crate::model::visibility::Visibility;
use crate::model::yaml::Text;
use crate::record;

record! {
    /// An abbreviation.
    AbbreviationRecord, "Eine Abkürzung" {
        /// The abbreviation.
        "kurz" short: required Text,
        /// Its meaning.
        "lang" long: required Text,
    }
}

record! {
    /// A footnote.
    FootnoteRecord, "Eine Fußnote" {
        /// Id, as in `[^id]`.
        "id" id: required Id,
        /// Its text.
        "text" text: required Text,
        /// Whether it may be published.
        "intern" visibility: default_filled Visibility,
    }
}

record! {
    /// Somebody who took part in drawing up the programme.
    ParticipationRecord, "Eine Beteiligung" {
        /// Which body.
        "gremium" body: required Text,
        /// Its name, if it is not the usual one.
        "name" name: optional Text,
        /// When.
        "am" day: optional Text,
        /// On which legal ground, if it is not the usual one.
        "rechtsgrundlage" law: optional Text,
        /// With which result.
        "ergebnis" result: optional Text,
        /// Whether it may be published.
        "intern" visibility: default_filled Visibility,
        /// A note to colleagues that is never printed.
        "notiz" remark: optional Text,
    }
}

record! {
    /// A block to sign.
    SignatureRecord, "Ein Unterschriftsblock" {
        /// Id.
        "id" id: required Id,
        /// Place.
        "ort" place: optional Text,
        /// Day.
        "datum" day: optional Text,
        /// Who signs.
        "zeilen" lines: required Vec<SignerRecord>,
        /// Whether it may be published.
        "intern" visibility: default_filled Visibility,
    }
}

record! {
    /// Somebody who signs.
    SignerRecord, "Eine Unterschriftszeile" {
        /// Name; left empty, there is only a line.
        "name" name: optional Text,
        /// Function.
        "funktion" function: required Text,
        /// Whether it is signed ("gez.").
        "gez" signed: optional Flag,
        /// Whether it may be published.
        "intern" visibility: default_filled Visibility,
    }
}
