// SPDX-License-Identifier: EUPL-1.2
//! Single figures, measures, and what may stand in the place of a figure.

use crate::diag::{Finding, Span};
use crate::model::decode::Flag;
use crate::model::decode::{Decode, Entries, Id};
use crate::model::visibility::Visibility;
use crate::model::yaml::{Kind, Node, Text};
use crate::record;

record! {
    /// A single figure.
    ValueRecord, "Ein Wert" {
        /// Id.
        "id" id: required Id,
        /// What it is.
        "bezeichnung" label: required Text,
        /// The figure or a formula.
        "wert" value: required Text,
        /// What is printed in its place.
        "angegeben" stated: optional Text,
        /// The reason with which a deviation is acknowledged.
        "anerkannt" acknowledged: optional Text,
        /// Source.
        "quelle" source: optional Text,
        /// As-of date.
        "stand" as_of: optional Text,
        /// Month the statistics are about.
        "berichtsmonat" month: optional Text,
        /// Whether an allocation is provisional or final.
        "zuteilung" allocation: optional Text,
        /// The figure of the year before.
        "vorjahr" previous: optional Entry,
        /// What it continues from the year before: another value, or a row (`mittel.egt`).
        "vorgaenger" predecessors: default Vec<Text>,
        /// Whether it may be published.
        "intern" visibility: default_filled Visibility,
        /// Whether its figures count persons, for statistical secrecy.
        "personen" persons: filled Flag,
        /// Whether the figure is kept secret to protect others.
        "geheim" secret: filled Flag,
        /// A note to colleagues that is never printed.
        "notiz" remark: optional Text,
    }
}

record! {
    /// A measure or instrument.
    MeasureRecord, "Eine Maßnahme" {
        /// Id, the same over the years.
        "id" id: required Id,
        /// Name.
        "name" name: required Text,
        /// Legal basis.
        "rechtsgrundlage" law: optional Text,
        /// Planned entries.
        "eintritte" entries: filled Entry,
        /// Planned money.
        "mittelansatz" budget: filled Entry,
        /// Places.
        "plaetze" places: filled Entry,
        /// What it does in the process of integration.
        "funktion" function: optional Text,
        /// Ids of the measures it continues from the year before.
        "vorgaenger" predecessors: default Vec<Id>,
        /// Further figures.
        "weitere" further: default Entries<Entry>,
        /// Parts that tables show in rows of their own.
        "teile" parts: default Vec<PartRecord>,
        /// Who carries it out; private until the award.
        "anbieter" provider: optional Text,
        /// What it costs by contract; private until the award.
        "preis" price: filled Entry,
        /// `offen` or `vergeben`.
        "vergabe" award: optional Text,
        /// Whether it may be published.
        "intern" visibility: default_filled Visibility,
        /// A note to colleagues that is never printed.
        "notiz" remark: optional Text,
    }
}

record! {
    /// A part of a measure, such as places bought in the year before.
    PartRecord, "Ein Teil einer Maßnahme" {
        /// Id within the measure.
        "id" id: required Id,
        /// A name of its own.
        "name" name: optional Text,
        /// Planned entries.
        "eintritte" entries: filled Entry,
        /// Budget estimate.
        "mittelansatz" budget: filled Entry,
        /// Places.
        "plaetze" places: filled Entry,
        /// Further figures.
        "weitere" further: default Entries<Entry>,
        /// Whether it may be published.
        "intern" visibility: default_filled Visibility,
        /// A note to colleagues that is never printed.
        "notiz" remark: optional Text,
    }
}

record! {
    /// A place of a figure with more than the figure itself.
    PlaceRecord, "Ein Zahlenblock" {
        /// The figure or a formula.
        "wert" value: optional Text,
        /// What is printed there.
        "angegeben" stated: optional Stated,
        /// The reason with which a deviation is acknowledged.
        "anerkannt" acknowledged: optional Text,
        /// Text of a star note.
        "anmerkung" note: optional Text,
        /// Source.
        "quelle" source: optional Text,
        /// As-of date.
        "stand" as_of: optional Text,
        /// Whether it may be published.
        "intern" visibility: default_filled Visibility,
        /// Whether its figures count persons, for statistical secrecy.
        "personen" persons: filled Flag,
        /// Whether the figure is kept secret to protect others.
        "geheim" secret: filled Flag,
        /// A note to colleagues that is never printed.
        "notiz" remark: optional Text,
    }
}

/// What is printed at a place; unlike other values it may be empty (`""`).
#[derive(Debug, Clone)]
pub struct Stated(pub Text);

impl Decode for Stated {
    const EXPECTED: &'static str = Text::EXPECTED;

    fn decode(node: &Node, findings: &mut Vec<Finding>) -> Option<Self> {
        Text::decode(node, findings).map(Self)
    }
}

/// What stands in a cell or in a figure's place: a value, a list of texts, or a block.
#[derive(Debug, Clone)]
pub enum Entry {
    /// A value or text.
    Plain(Text),
    /// Texts, shown as a list.
    List(Vec<Text>),
    /// A block.
    Place(Box<PlaceRecord>),
}

impl Decode for Entry {
    const EXPECTED: &'static str = "ein Wert";

    fn decode(node: &Node, findings: &mut Vec<Finding>) -> Option<Self> {
        match &node.kind {
            Kind::List(items) if items.is_empty() => {
                Some(Self::Plain(Text { value: String::new(), span: node.span }))
            }
            Kind::List(_) => Vec::decode(node, findings).map(Self::List),
            Kind::Map(_) => PlaceRecord::decode(node, findings).map(Box::new).map(Self::Place),
            Kind::Empty => {
                let empty = Text { value: String::new(), span: node.span };
                Some(Self::Plain(empty))
            }
            Kind::Scalar(_) => Text::decode(node, findings).map(Self::Plain),
        }
    }
}

impl PlaceRecord {
    /// Where the block, or what stands in it, is.
    pub fn place(&self) -> Span {
        self.stated.as_ref().map_or(self.span, |stated| stated.0.span)
    }
}
