// SPDX-License-Identifier: EUPL-1.2
//! A programme, built from the records of its files.
//!
//! [`load`] returns what could be read and everything that is wrong with it at once.
//!
//! Not here: rules about figures; see `check`.

mod build;
mod builder;
mod fields;
mod ids;
mod pictures;
mod references;
mod tables;

use std::collections::BTreeMap;
use std::path::Path;

use super::figures::{FigureId, Figures};
use super::outline::OutlineRecord;
use super::quantity::Units;
use super::records::{AbbreviationRecord, SectionRecord};
use super::table::Table;
use super::yaml::Text;
use crate::diag::{FileId, Finding, Sources, Span};
use crate::tree::{Block, ChartKind, Inline, Step as ChartStep};

/// A programme with all its figures calculated.
#[derive(Debug)]
pub struct Programme {
    /// Id, usually place and year.
    pub id: String,
    /// Name of the Jobcenter.
    pub jobcenter: String,
    /// The year it is for.
    pub year: u32,
    /// Title.
    pub title: String,
    /// Motto.
    pub motto: Option<String>,
    /// Date of the document: year, month, day.
    pub date: (i32, u8, u8),
    /// Reference number.
    pub reference: Option<String>,
    /// Whether what was stated is printed instead of what is computed.
    pub reproduction: bool,
    /// Changes to sections of the outline, by section id.
    pub sections: Vec<(Text, SectionRecord)>,
    /// Known units.
    pub units: Units,
    /// All figures.
    pub figures: Figures,
    /// Measures and instruments.
    pub measures: Vec<Measure>,
    /// Fields of action.
    pub fields: Vec<Field>,
    /// Tables.
    pub tables: Vec<Table>,
    /// Lists.
    pub lists: Vec<List>,
    /// Diagrams and pictures.
    pub pictures: Vec<Picture>,
    /// Abbreviations.
    pub abbreviations: Vec<AbbreviationRecord>,
    /// Texts by name.
    pub texts: BTreeMap<String, ProseText>,
    /// Texts of cells that were stated otherwise than they should read.
    pub restated: Vec<Restated>,
    /// Where the programme itself is declared.
    pub span: Span,
}

/// A measure or instrument.
#[derive(Debug, Clone)]
pub struct Measure {
    /// Id.
    pub id: String,
    /// Where it stands.
    pub span: Span,
    /// Name.
    pub name: Vec<Inline>,
    /// Legal basis.
    pub law: Option<String>,
    /// What it does.
    pub function: Vec<Inline>,
    /// Its figures by field (`eintritte`, `mittelansatz` …).
    pub figures: Vec<(String, FigureId)>,
}

impl Measure {
    /// The figure of a field.
    pub fn figure(&self, field: &str) -> Option<FigureId> {
        self.figures.iter().find(|(name, _)| name == field).map(|(_, id)| *id)
    }
}

/// A field of action.
#[derive(Debug, Clone)]
pub struct Field {
    /// Id.
    pub id: String,
    /// Title of its section.
    pub title: Vec<Inline>,
    /// Title in the overview.
    pub overview_title: Vec<Inline>,
    /// The goal.
    pub goal: Vec<Inline>,
    /// Name of its text.
    pub text: Option<String>,
    /// Strategies.
    pub strategies: Vec<Strategy>,
}

/// A strategy.
#[derive(Debug, Clone)]
pub struct Strategy {
    /// Id within its field.
    pub id: String,
    /// Number within its field, from 1.
    pub number: usize,
    /// Title in the overview, changed words in italics.
    pub title: Vec<Inline>,
    /// Heading of its section.
    pub heading: Vec<Inline>,
    /// Title in its table of steps.
    pub table_title: Vec<Inline>,
    /// Steps: text and points below it.
    pub steps: Vec<(Vec<Inline>, Vec<Vec<Inline>>)>,
}

/// A list.
#[derive(Debug, Clone)]
pub struct List {
    /// Id.
    pub id: String,
    /// What the signs mean, in the order of the legend.
    pub legend: Vec<(String, String)>,
    /// Items with their rating.
    pub items: Vec<(Vec<Inline>, Option<String>)>,
}

/// A diagram or picture.
#[derive(Debug, Clone)]
pub struct Picture {
    /// Id.
    pub id: String,
    /// Where it stands.
    pub span: Span,
    /// Caption.
    pub title: Vec<Inline>,
    /// What is seen.
    pub alt: String,
    /// Unit of the values, for the head of the data table.
    pub unit: Option<String>,
    /// Source.
    pub source: Option<String>,
    /// What is drawn.
    pub content: PictureContent,
}

/// What a picture shows.
#[derive(Debug, Clone)]
pub enum PictureContent {
    /// An image file: ending and bytes.
    Image(String, Vec<u8>),
    /// A diagram.
    Chart {
        /// Kind.
        kind: ChartKind,
        /// Names of the series.
        series: Vec<String>,
        /// Categories: label, one figure per series, step of a waterfall.
        categories: Vec<(String, Vec<FigureId>, ChartStep)>,
    },
}

/// A text under `kapitel/`.
#[derive(Debug, Clone)]
pub struct ProseText {
    /// Its file.
    pub file: FileId,
    /// Its blocks.
    pub blocks: Vec<Block>,
}

/// A text that was printed otherwise than it should read.
#[derive(Debug, Clone)]
pub struct Restated {
    /// How it should read.
    pub text: Text,
    /// How it was printed.
    pub stated: Text,
    /// The reason with which the deviation is acknowledged.
    pub acknowledged: Option<Text>,
}

/// Reads and builds a programme. Findings of class `Input` mean that the programme is `None` or must
/// not be used.
pub fn load(
    root: &Path,
    outline: &OutlineRecord,
    sources: &mut Sources,
    findings: &mut Vec<Finding>,
) -> Option<Programme> {
    build::load(root, outline, sources, findings)
}

/// Removes findings that only follow from a file that could not be read: whatever stands in it
/// seems to be missing.
pub fn drop_consequences(findings: &mut Vec<Finding>) {
    const CAUSES: [&str; 4] = ["yaml-", "zeichensatz", "datei-zu-gross", "nicht-lesbar"];
    const CONSEQUENCES: [&str; 6] = [
        "unbekannte-zahl",
        "unbekannter-verweis",
        "unbekannte-massnahme",
        "unbekannter-text",
        "unbekanntes-feld",
        "text-ohne-abschnitt",
    ];
    let broken =
        findings.iter().any(|finding| CAUSES.iter().any(|cause| finding.code.starts_with(cause)));
    if broken {
        findings.retain(|finding| !CONSEQUENCES.contains(&finding.code));
    }
}

/// The name of the outline that the folder's `programm.yaml` asks for, without reading anything else.
/// `None` if that cannot be said yet; [`load`] will report why.
pub fn outline_name(root: &Path) -> Option<String> {
    build::outline_name(root)
}

impl Programme {
    /// The changes to a section.
    pub fn section(&self, id: &str) -> Option<&SectionRecord> {
        self.sections.iter().find(|(name, _)| name.value == id).map(|(_, section)| section)
    }

    /// The measure with an id.
    pub fn measure(&self, id: &str) -> Option<&Measure> {
        self.measures.iter().find(|measure| measure.id == id)
    }

    /// The field with an id.
    pub fn field(&self, id: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.id == id)
    }

    /// The strategy with a path `field.strategy`, and its field.
    pub fn strategy(&self, path: &str) -> Option<(&Field, &Strategy)> {
        let (field, strategy) = path.split_once('.')?;
        let field = self.field(field)?;
        Some((field, field.strategies.iter().find(|known| known.id == strategy)?))
    }

    /// The table with an id.
    pub fn table(&self, id: &str) -> Option<&Table> {
        self.tables.iter().find(|table| table.id == id)
    }

    /// The list with an id.
    pub fn list(&self, id: &str) -> Option<&List> {
        self.lists.iter().find(|list| list.id == id)
    }

    /// The picture with an id.
    pub fn picture(&self, id: &str) -> Option<&Picture> {
        self.pictures.iter().find(|picture| picture.id == id)
    }

    /// Calls `visit` for every list of inlines in the data and texts.
    pub fn each_text<'a>(&'a self, visit: &mut impl FnMut(&'a Inline)) {
        references::each_text(self, visit);
    }
}
