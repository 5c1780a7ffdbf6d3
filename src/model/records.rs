// SPDX-License-Identifier: EUPL-1.2
//! The shapes of the data files, exactly as `docs/format.md` describes them.
//!
//! Not here: what figures mean and whether ids exist; that is found out when a programme is built
//! from these records.

use crate::diag::{Finding, Span};
use crate::record;

use super::decode::{self, Decode, Entries, Flag, Id, Whole};
use super::yaml::{Kind, Node, Text};

record! {
    /// Everything a file may contain at its top level.
    File, "Eine Datei" {
        /// The programme itself.
        "programm" programme: optional ProgrammeRecord,
        /// Single figures.
        "werte" values: default Vec<ValueRecord>,
        /// Measures and instruments.
        "massnahmen" measures: default Vec<MeasureRecord>,
        /// Fields of action.
        "handlungsfelder" fields: default Vec<FieldRecord>,
        /// Tables.
        "tabellen" tables: default Vec<TableRecord>,
        /// Lists.
        "listen" lists: default Vec<ListRecord>,
        /// Diagrams and pictures.
        "schaubilder" pictures: default Vec<PictureRecord>,
        /// Abbreviations.
        "abkuerzungen" abbreviations: default Vec<AbbreviationRecord>,
    }
}

record! {
    /// What stands on the cover and rules the whole programme.
    ProgrammeRecord, "Das Programm" {
        /// Id of the programme, usually place and year.
        "id" id: required Id,
        /// Name of the Jobcenter.
        "jobcenter" jobcenter: required Text,
        /// `gE` (gemeinsame Einrichtung) or `zkT` (zugelassener kommunaler Träger), § 44b and § 6a SGB II.
        "traegerform" form: optional Text,
        /// The year it is for.
        "jahr" year: required Whole,
        /// Title.
        "titel" title: required Text,
        /// Motto.
        "leitspruch" motto: optional Text,
        /// Name of the outline.
        "gliederung" outline: optional Text,
        /// Date of the document.
        "stand" date: required Text,
        /// Whether what was stated is printed instead of what is computed.
        "reproduktion" reproduction: optional Flag,
        /// Reference number.
        "geschaeftszeichen" reference: optional Text,
        /// Further units, as plurals.
        "einheiten" units: default Vec<Text>,
        /// Sections with a changed title or left out.
        "abschnitte" sections: default Entries<SectionRecord>,
    }
}

record! {
    /// A change to a section of the outline.
    SectionRecord, "Ein Abschnitt" {
        /// Another title.
        "titel" title: optional Text,
        /// Left out.
        "aus" off: optional Flag,
    }
}

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
        "eintritte" entries: optional Entry,
        /// Planned money.
        "mittelansatz" budget: optional Entry,
        /// Places.
        "plaetze" places: optional Entry,
        /// What it does in the process of integration.
        "funktion" function: optional Text,
        /// Ids of the measures it continues from the year before.
        "vorgaenger" predecessors: default Vec<Id>,
        /// Further figures.
        "weitere" further: default Entries<Entry>,
    }
}

record! {
    /// A field of action.
    FieldRecord, "Ein Handlungsfeld" {
        /// Id.
        "id" id: required Id,
        /// Title of its section.
        "titel" title: required Text,
        /// Title in the overview of strategies.
        "titel_uebersicht" overview_title: optional Text,
        /// The goal.
        "ziel" goal: optional Text,
        /// Name of its text.
        "text" text: optional Text,
        /// Strategies in order.
        "strategien" strategies: default Vec<StrategyRecord>,
    }
}

record! {
    /// A strategy.
    StrategyRecord, "Eine Strategie" {
        /// Id within its field.
        "id" id: required Id,
        /// Title.
        "titel" title: required Text,
        /// What changed against the year before, printed in italics.
        "geaendert" changed: optional Changed,
        /// How its own section differs.
        "abschnitt" section: optional StrategySectionRecord,
        /// Steps.
        "schritte" steps: default Vec<Step>,
    }
}

record! {
    /// How the section of a strategy differs from the overview.
    StrategySectionRecord, "Ein Strategieabschnitt" {
        /// Heading of the section.
        "titel" title: optional Text,
        /// How its table of steps differs.
        "tabelle" table: optional StepTableRecord,
    }
}

record! {
    /// How the table of steps of a strategy differs.
    StepTableRecord, "Eine Schrittetabelle" {
        /// Title of the strategy in the table.
        "titel" title: optional Text,
        /// Whether it stands in italics there.
        "kursiv" italic: optional Flag,
    }
}

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
        /// Note below.
        "anmerkung" note: optional Text,
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
        /// Formula over the columns of a row.
        "formel" formula: optional Text,
        /// Whether equal cells below each other become one.
        "verbinden" merge: optional Flag,
        /// Relative width.
        "breite" weight: optional Whole,
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
    }
}

record! {
    /// A list.
    ListRecord, "Eine Liste" {
        /// Id.
        "id" id: required Id,
        /// What the signs mean.
        "legende" legend: default Entries<Text>,
        /// Items.
        "eintraege" items: default Vec<Item>,
    }
}

record! {
    /// A diagram or picture.
    PictureRecord, "Ein Schaubild" {
        /// Id.
        "id" id: required Id,
        /// `wasserfall`, `balken`, `gruppen` or `bild`.
        "art" kind: required Text,
        /// Caption.
        "titel" title: required Text,
        /// What is seen.
        "alternativtext" alt: required Text,
        /// Unit of the values.
        "einheit" unit: optional Text,
        /// Source.
        "quelle" source: optional Text,
        /// Image file, relative to the programme's folder.
        "datei" file: optional Text,
        /// Names of the series.
        "reihen" series: default Vec<Text>,
        /// Categories.
        "kategorien" categories: default Vec<CategoryRecord>,
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

/// What changed in a title.
#[derive(Debug, Clone)]
pub enum Changed {
    /// All of it, or nothing.
    Whole(bool),
    /// These words.
    Words(Vec<Text>),
}

impl Decode for Changed {
    const EXPECTED: &'static str = "„ja“, „nein“ oder eine Liste von Wörtern";

    fn decode(node: &Node, findings: &mut Vec<Finding>) -> Option<Self> {
        match &node.kind {
            Kind::List(_) => Vec::decode(node, findings).map(Self::Words),
            Kind::Scalar(_) => Flag::decode(node, findings).map(|flag| Self::Whole(flag.0)),
            _ => {
                decode::mismatch(node, Self::EXPECTED, findings);
                None
            }
        }
    }
}

/// A step of a strategy.
#[derive(Debug, Clone)]
pub struct Step {
    /// Its text.
    pub text: Option<Text>,
    /// Points below it.
    pub points: Vec<Text>,
}

record! {
    /// A step with points below it.
    StepRecord, "Ein Schritt" {
        /// The text.
        "text" text: optional Text,
        /// The points.
        "unterpunkte" points: default Vec<Text>,
    }
}

impl Decode for Step {
    const EXPECTED: &'static str = "ein Text oder ein Block mit „text“ und „unterpunkte“";

    fn decode(node: &Node, findings: &mut Vec<Finding>) -> Option<Self> {
        match &node.kind {
            Kind::Map(_) => {
                let step = StepRecord::decode(node, findings)?;
                Some(Self { text: step.text, points: step.points })
            }
            _ => {
                let text = Text::decode(node, findings)?;
                Some(Self { text: Some(text), points: Vec::new() })
            }
        }
    }
}

/// An item of a list.
#[derive(Debug, Clone)]
pub struct Item {
    /// Its text.
    pub text: Text,
    /// Its rating.
    pub rating: Option<Text>,
    /// Its id.
    pub id: Option<Id>,
}

record! {
    /// An item of a list with id or rating.
    ItemRecord, "Ein Listeneintrag" {
        /// Id.
        "id" id: optional Id,
        /// Text.
        "text" text: required Text,
        /// Rating sign.
        "bewertung" rating: optional Text,
    }
}

impl Decode for Item {
    const EXPECTED: &'static str = "ein Text oder ein Block mit „text“";

    fn decode(node: &Node, findings: &mut Vec<Finding>) -> Option<Self> {
        match &node.kind {
            Kind::Map(_) => {
                let item = ItemRecord::decode(node, findings)?;
                Some(Self { text: item.text, rating: item.rating, id: item.id })
            }
            _ => {
                let text = Text::decode(node, findings)?;
                Some(Self { text, rating: None, id: None })
            }
        }
    }
}

impl PlaceRecord {
    /// Where the block, or what stands in it, is.
    pub fn place(&self) -> Span {
        self.stated.as_ref().map_or(self.span, |stated| stated.0.span)
    }
}
