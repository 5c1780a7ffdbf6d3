// SPDX-License-Identifier: EUPL-1.2
//! Diagrams and pictures.

use super::programme::NumberMark;
use crate::model::decode::{Flag, Id, Whole};
use crate::model::visibility::Visibility;
use crate::model::yaml::Text;
use crate::record;

record! {
    /// A diagram or picture.
    PictureRecord, "Ein Schaubild" {
        /// Id.
        "id" id: required Id,
        /// `balken`, `gruppen`, `gestapelt`, `linie`, `wasserfall`, `ablauf`, `bild` or `platzhalter`.
        "art" kind: required Text,
        /// Caption.
        "titel" title: required Text,
        /// What is seen.
        "alternativtext" alt: required Text,
        /// Unit of the values.
        "einheit" unit: optional Text,
        /// Source.
        "quelle" source: optional Text,
        /// As-of date.
        "stand" as_of: optional Text,
        /// Month the statistics are about.
        "berichtsmonat" month: optional Text,
        /// Whether allocations are provisional or final.
        "zuteilung" allocation: optional Text,
        /// Note below.
        "anmerkung" note: optional Text,
        /// Share of the line that it takes, in percent.
        "breite" width: optional Text,
        /// Whether the caption is printed.
        "beschriftung" captioned: optional Flag,
        /// Whether it is numbered, or the number that was printed.
        "nummer" number: optional NumberMark,
        /// The reason with which a missing picture is acknowledged.
        "anerkannt" acknowledged: optional Text,
        /// Image file, relative to the programme's folder.
        "datei" file: optional Text,
        /// Names of the series.
        "reihen" series: default Vec<Text>,
        /// Categories.
        "kategorien" categories: default Vec<CategoryRecord>,
        /// `unten` or `rechts`: where arrows lead.
        "richtung" direction: optional Text,
        /// Boxes of a flow chart.
        "kaesten" boxes: default Vec<NodeRecord>,
        /// Arrows of a flow chart.
        "pfeile" arrows: default Vec<ArrowRecord>,
        /// Whether it may be published.
        "intern" visibility: default_filled Visibility,
        /// A note to colleagues that is never printed.
        "notiz" remark: optional Text,
    }
}

record! {
    /// A box of a flow chart.
    NodeRecord, "Ein Kasten" {
        /// Id within the picture.
        "id" id: required Id,
        /// First line, bold.
        "titel" title: optional Text,
        /// Text below.
        "text" text: optional Text,
        /// Row from the top, from 1.
        "zeile" row: optional Whole,
        /// Column from the left, from 1.
        "spalte" column: optional Whole,
        /// How many columns it covers.
        "breite" columns: optional Whole,
        /// Whether it stands out.
        "betont" strong: optional Flag,
    }
}

record! {
    /// An arrow of a flow chart.
    ArrowRecord, "Ein Pfeil" {
        /// Where it begins.
        "von" from: required Id,
        /// Where it leads.
        "nach" to: required Id,
        /// What stands beside it.
        "text" text: optional Text,
    }
}

record! {
    /// A category of a diagram.
    CategoryRecord, "Eine Kategorie" {
        /// Label.
        "bezeichnung" label: required Text,
        /// Paths of the values, one per series.
        "werte" values: required Vec<Text>,
        /// `stand`, `zugang` or `abgang`.
        "art" kind: optional Text,
    }
}
