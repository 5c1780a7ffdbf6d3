// SPDX-License-Identifier: EUPL-1.2
//! Tables with their columns and rows.

use super::figures::Entry;
use super::programme::NumberMark;
use crate::diag::Finding;
use crate::model::decode::{Decode, Entries, Flag, Id, Whole};
use crate::model::visibility::Visibility;
use crate::model::yaml::{Kind, Node, Text};
use crate::record;

record! {
    /// A table.
    TableRecord, "Eine Tabelle" {
        /// Id.
        "id" id: required Id,
        /// Caption.
        "titel" title: required Text,
        /// Whether it has a head.
        "kopf" head: optional Flag,
        /// A set of columns from the outline.
        "vorlage" preset: optional Text,
        /// Columns.
        "spalten" columns: default Vec<ColumnRecord>,
        /// Rows.
        "zeilen" rows: default Vec<RowRecord>,
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
        /// Whether the caption is printed.
        "beschriftung" captioned: optional Flag,
        /// Whether it is numbered, or the number that was printed.
        "nummer" number: optional NumberMark,
        /// Whether it may be published.
        "intern" visibility: default_filled Visibility,
        /// Whether its figures count persons, for statistical secrecy.
        "personen" persons: filled Flag,
        /// A note to colleagues that is never printed.
        "notiz" remark: optional Text,
    }
}

record! {
    /// A column.
    ColumnRecord, "Eine Spalte" {
        /// Id.
        "id" id: required Id,
        /// Head, from top to bottom.
        "titel" title: optional Lines,
        /// `text` or `zahl`.
        "art" kind: optional Text,
        /// Unit of the figures.
        "einheit" unit: optional Text,
        /// Where the unit is printed: `zelle` or `kopf`.
        "einheit_zeigen" show_unit: optional Text,
        /// Digits behind the comma of computed values.
        "stellen" decimals: optional Whole,
        /// The field of the row's measure that fills the cells.
        "feld" field: optional Text,
        /// The column of the same table in last year's programme whose values fill the cells.
        "vorjahr" earlier: optional Text,
        /// Whether positive figures bear a plus sign, as in a column of changes.
        "vorzeichen" signed: optional Flag,
        /// Formula over the columns of a row.
        "formel" formula: optional Text,
        /// Whether equal cells below each other become one.
        "verbinden" merge: optional Flag,
        /// Relative width.
        "breite" weight: optional Whole,
        /// Whether it may be published.
        "intern" visibility: default_filled Visibility,
        /// Whether its figures count persons, for statistical secrecy.
        "personen" persons: filled Flag,
    }
}

record! {
    /// A row.
    RowRecord, "Eine Zeile" {
        /// Id.
        "id" id: optional Id,
        /// `zeile`, `gruppe`, `darunter` or `summe`.
        "art" kind: optional Text,
        /// The measure it shows.
        "massnahme" measure: optional Id,
        /// The measures it combines.
        "massnahmen" measures: default Vec<Id>,
        /// Cells by column.
        "zellen" cells: default Entries<Entry>,
        /// Formula over rows.
        "rechnung" formula: optional Text,
        /// Whether it counts in the sum.
        "zaehlt" counts: optional Flag,
        /// Whether its first cell spans the whole width.
        "durchgehend" through: optional Flag,
        /// Whether the parts of its measure have rows of their own.
        "teile" parts: optional Flag,
        /// Whether it may be published.
        "intern" visibility: default_filled Visibility,
        /// Whether its figures count persons, for statistical secrecy.
        "personen" persons: filled Flag,
        /// A note to colleagues that is never printed.
        "notiz" remark: optional Text,
    }
}

/// One line or several.
#[derive(Debug, Clone)]
pub struct Lines(pub Vec<Text>);

impl Decode for Lines {
    const EXPECTED: &'static str = "ein Text oder eine Liste von Texten";

    fn decode(node: &Node, findings: &mut Vec<Finding>) -> Option<Self> {
        match &node.kind {
            Kind::List(_) => Vec::decode(node, findings).map(Self),
            _ => Text::decode(node, findings).map(|text| Self(vec![text])),
        }
    }
}
