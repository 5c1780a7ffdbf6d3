// SPDX-License-Identifier: EUPL-1.2
//! A programme, built from the records of its files.
//!
//! [`load`] returns what could be read and everything that is wrong with it at once.
//!
//! Not here: rules about figures; see `check`.

mod build;
mod builder;
mod checks;
mod columns;
mod earlier;
mod fields;
mod flow;
mod ids;
mod marks;
mod measures;
mod notes;
mod pictures;
mod references;
mod tables;
mod theme;

use std::collections::BTreeMap;
use std::path::Path;

use super::figures::{FigureId, Figures};
use super::outline::OutlineRecord;
use super::provenance::Provenance;
use super::quantity::Units;
use super::records::{AbbreviationRecord, AcknowledgementRecord, NumberMark, SectionRecord};
use super::table::Table;
use super::visibility::Visibility;
use super::yaml::Text;
use crate::diag::{Class, FileId, Finding, Sources, Span};
use crate::tree::passage::Passage;
use crate::tree::theme::Theme;
use crate::tree::{Block, ChartKind, Flow, Inline, Step as ChartStep};

/// A programme with all its figures calculated.
#[derive(Debug)]
pub struct Programme {
    /// Id, usually place and year.
    pub id: String,
    /// Name of the Jobcenter.
    pub jobcenter: String,
    /// The year it is for.
    pub year: u32,
    /// Folder of the programme of the year before, as written.
    pub earlier: Option<Text>,
    /// Title.
    pub title: String,
    /// Second line of the title.
    pub subtitle: Option<String>,
    /// Motto.
    pub motto: Option<String>,
    /// Date of the document: year, month, day.
    pub date: (i32, u8, u8),
    /// Reference number.
    pub reference: Option<String>,
    /// Whether what was stated is printed instead of what is computed.
    pub reproduction: bool,
    /// Mark on the cover and on every page, such as `INTERN`.
    pub mark: Option<String>,
    /// What stands on the cover in the place of the date.
    pub date_line: Option<String>,
    /// How the Jobcenter is run, which decides who agrees.
    pub form: Option<Form>,
    /// How far the programme is agreed; `None` if the data do not say.
    pub agreement: Option<Agreement>,
    /// What is counted how.
    pub numbering: Numbering,
    /// Deepest level and pages of the table of contents, where the data say so.
    pub contents: (Option<u32>, Option<bool>),
    /// Whether abbreviations are listed that the document does not use.
    pub all_abbreviations: bool,
    /// Fixed words in the place of those of the outline.
    pub words: Vec<(Text, Text)>,
    /// Footnotes that headings, captions or several texts mention.
    pub footnotes: Vec<Footnote>,
    /// Who took part, in order.
    pub participation: Vec<Participation>,
    /// Blocks to sign.
    pub signatures: Vec<Signature>,
    /// Colours, fonts and logo.
    pub theme: Theme,
    /// Where the theme names its fonts.
    pub theme_fonts: Vec<Text>,
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
    /// Running text as it reads, with its places: the chapters by name, then the data by file.
    pub passages: Vec<Passage>,
    /// Texts of the data that are printed as they stand: heads of columns, labels of diagrams, legal
    /// bases, and titles of sections.
    pub labels: Vec<Passage>,
    /// Limits, and figures that must be the same.
    pub limits: Vec<Limit>,
    /// Figures that rules of law ask for.
    pub key_amounts: Vec<KeyAmount>,
    /// Findings that may stay.
    pub acknowledgements: Vec<AcknowledgementRecord>,
    /// Weights of rules: name of the rule, and `fehler`, `warnung` or `hinweis`.
    pub weights: Vec<(Text, Text)>,
    /// Single figures that continue others of the year before: id, and what they continue.
    pub lineage: BTreeMap<String, Vec<String>>,
    /// Texts of cells that were stated otherwise than they should read.
    pub restated: Vec<Restated>,
    /// What holds for the public version.
    pub publication: Publication,
    /// Notes to colleagues.
    pub remarks: Vec<Text>,
    /// Where the programme itself is declared.
    pub span: Span,
}

/// What holds for the public version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publication {
    /// Counts of persons below this are secret.
    pub threshold: u32,
    /// What is printed in the place of a secret figure.
    pub sign: String,
    /// Licence of the data.
    pub licence: Option<String>,
    /// Where barriers can be reported.
    pub contact: Option<String>,
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
    pub law: Option<Text>,
    /// What it does.
    pub function: Vec<Inline>,
    /// Its figures by field (`eintritte`, `mittelansatz` …); of a measure in parts, their sums.
    pub figures: Vec<(String, FigureId)>,
    /// Its parts.
    pub parts: Vec<Part>,
    /// Ids of the measures it continues from the year before.
    pub predecessors: Vec<String>,
    /// Whether it may be published, as far as the data say.
    pub visibility: Visibility,
    /// Who carries it out.
    pub provider: Option<Text>,
    /// Whether the contract is awarded; before that, provider and price are private.
    pub awarded: bool,
}

/// A part of a measure, such as places bought in the year before.
#[derive(Debug, Clone)]
pub struct Part {
    /// Id within the measure.
    pub id: String,
    /// A name of its own.
    pub name: Option<Vec<Inline>>,
    /// Its figures by field.
    pub figures: Vec<(String, FigureId)>,
    /// Whether it may be published, as far as the data say.
    pub visibility: Visibility,
}

impl Part {
    /// The figure of a field.
    pub fn figure(&self, field: &str) -> Option<FigureId> {
        self.figures.iter().find(|(name, _)| name == field).map(|(_, id)| *id)
    }
}

impl Measure {
    /// The figure of a field.
    pub fn figure(&self, field: &str) -> Option<FigureId> {
        self.figures.iter().find(|(name, _)| name == field).map(|(_, id)| *id)
    }

    /// The part with an id.
    pub fn part(&self, id: &str) -> Option<&Part> {
        self.parts.iter().find(|part| part.id == id)
    }
}

/// A field of action.
#[derive(Debug, Clone)]
pub struct Field {
    /// Id.
    pub id: String,
    /// Where it stands.
    pub span: Span,
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
    /// What is to be done: text, day and person in charge, whether it is done.
    pub tasks: Vec<Task>,
    /// Ids of the fields it continues from the year before.
    pub predecessors: Vec<String>,
    /// Whether it may be published, as far as the data say.
    pub visibility: Visibility,
}

/// A task of a field of action.
#[derive(Debug, Clone)]
pub struct Task {
    /// Text.
    pub text: Vec<Inline>,
    /// By when, as printed.
    pub until: Option<String>,
    /// By when, as written.
    pub due: Option<Text>,
    /// Who is in charge.
    pub who: Option<String>,
    /// Whether it is done; `None` if that is not to be said.
    pub done: Option<bool>,
    /// Where it is named.
    pub span: Span,
    /// Whether it may be published, as far as the data say.
    pub visibility: Visibility,
}

/// A strategy.
#[derive(Debug, Clone)]
pub struct Strategy {
    /// Id within its field.
    pub id: String,
    /// Where it stands.
    pub span: Span,
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
    /// Ids of the strategies it continues from the year before.
    pub predecessors: Vec<String>,
    /// Whether it may be published, as far as the data say.
    pub visibility: Visibility,
}

/// How a Jobcenter is run, § 44b and § 6a SGB II.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Gemeinsame Einrichtung; the Trägerversammlung agrees.
    Joint,
    /// Zugelassener kommunaler Träger; there is no Trägerversammlung.
    Municipal,
}

/// How far a programme is agreed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agreement {
    /// Whether it is agreed.
    pub agreed: bool,
    /// The day, as printed.
    pub day: Option<String>,
    /// Where it is stated.
    pub span: Span,
}

/// What is counted how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Numbering {
    /// Whether tables and pictures share one counter.
    pub shared: bool,
    /// Whether sections of strategies are numbered.
    pub strategy_sections: bool,
    /// Whether overviews of strategies and tables of steps bear caption and number.
    pub strategy_tables: bool,
}

/// A footnote that several places may mention.
#[derive(Debug, Clone)]
pub struct Footnote {
    /// Id.
    pub id: String,
    /// Where it stands.
    pub span: Span,
    /// Its text.
    pub body: Vec<Inline>,
    /// Whether it may be published, as far as the data say.
    pub visibility: Visibility,
}

/// Somebody who took part in drawing up the programme.
#[derive(Debug, Clone)]
pub struct Participation {
    /// Which body: `traegerversammlung`, `beirat` …
    pub body: String,
    /// Its name.
    pub name: String,
    /// When, as printed.
    pub day: Option<String>,
    /// On which legal ground.
    pub law: Option<String>,
    /// With which result.
    pub result: Option<String>,
    /// Where it is named.
    pub span: Span,
    /// Whether it may be published, as far as the data say.
    pub visibility: Visibility,
}

/// A block to sign.
#[derive(Debug, Clone)]
pub struct Signature {
    /// Id.
    pub id: String,
    /// Where it begins.
    pub span: Span,
    /// Place and day, as printed.
    pub place: Option<String>,
    /// Name, function, and whether it is signed ("gez.").
    pub lines: Vec<(Option<String>, String, bool)>,
    /// Whether it may be published, as far as the data say.
    pub visibility: Visibility,
    /// Which names of the lines may be published, as far as the data say.
    pub names: Vec<Visibility>,
}

/// A list.
#[derive(Debug, Clone)]
pub struct List {
    /// Id.
    pub id: String,
    /// Where it begins.
    pub span: Span,
    /// Title above.
    pub title: Vec<Inline>,
    /// Conclusion below.
    pub conclusion: Vec<Inline>,
    /// What the signs mean, in the order of the legend.
    pub legend: Vec<(String, String)>,
    /// Items with their rating.
    pub items: Vec<ListItem>,
    /// Whether it may be published, as far as the data say.
    pub visibility: Visibility,
}

/// An item of a list.
#[derive(Debug, Clone)]
pub struct ListItem {
    /// Id, the same over the years.
    pub id: Option<String>,
    /// Its text.
    pub text: Vec<Inline>,
    /// Its rating.
    pub rating: Option<String>,
    /// The section, field or strategy that describes it, where the data name one.
    pub section: Option<Text>,
    /// Whether it may be published, as far as the data say.
    pub visibility: Visibility,
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
    /// Where the figures come from.
    pub provenance: Provenance,
    /// Note below.
    pub note: Vec<Inline>,
    /// Share of the line that it takes, in percent.
    pub width: u32,
    /// Whether the caption is printed.
    pub captioned: bool,
    /// Whether it is numbered, or the number that was printed.
    pub number: Option<NumberMark>,
    /// What is drawn.
    pub content: PictureContent,
    /// Whether it may be published, as far as the data say.
    pub visibility: Visibility,
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
    /// Boxes and arrows.
    Flow(Flow),
    /// A picture that is not there yet, with the reason with which that is acknowledged.
    Placeholder(Option<String>),
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

pub use checks::{Bound, KEY_AMOUNTS, KeyAmount, Limit};
pub use marks::figures as marked_figures;
pub use measures::field_name;
pub use references::{INSERTS, OF_TEMPLATES, insert_problem, meant_measure, unknown_figure};

/// Reads and builds a programme. Findings of class `Input` mean that the programme is `None` or must
/// not be used.
pub fn load(
    root: &Path,
    outline: &OutlineRecord,
    sources: &mut Sources,
    findings: &mut Vec<Finding>,
) -> Option<Programme> {
    let same = |_: &Path, _: &mut Sources, _: &mut Vec<Finding>| Some(outline.clone());
    build::load(root, outline, &same, sources, findings)
}

/// Gives the outline of the programme in a folder, for the programme of the year before.
pub type Outlines<'a> = &'a dyn Fn(&Path, &mut Sources, &mut Vec<Finding>) -> Option<OutlineRecord>;

/// As [`load`], for a programme whose year before may have another outline.
pub fn load_with(
    root: &Path,
    outline: &OutlineRecord,
    outlines: Outlines<'_>,
    sources: &mut Sources,
    findings: &mut Vec<Finding>,
) -> Option<Programme> {
    build::load(root, outline, outlines, sources, findings)
}

/// Removes findings that only follow from others: what stands in a file that could not be read seems to
/// be missing, and so does a record that is there and wrong.
pub fn drop_consequences(findings: &mut Vec<Finding>, sources: &Sources) {
    const CAUSES: [&str; 4] = ["yaml-", "zeichensatz", "datei-zu-gross", "nicht-lesbar"];
    const UNREAD: [&str; 3] = ["unlesbare-zahl", "unbekannte-einheit", "dezimalpunkt"];
    const CONSEQUENCES: [&str; 9] = [
        "unbekannte-zahl",
        "unbekannter-verweis",
        "unbekannte-massnahme",
        "unbekannter-text",
        "unbekanntes-feld",
        "text-ohne-abschnitt",
        "abschnitt-leer",
        "fussnote-unbekannt",
        "fussnote-ungenutzt",
    ];
    let broken =
        findings.iter().any(|finding| CAUSES.iter().any(|cause| finding.code.starts_with(cause)));
    if broken {
        findings.retain(|finding| !CONSEQUENCES.contains(&finding.code));
    }
    // A figure that cannot be read is none for the calculations that need it.
    if broken || findings.iter().any(|finding| UNREAD.contains(&finding.code)) {
        findings.retain(|finding| finding.code != "rechnung-ohne-zahl");
    }
    let follows = |finding: &Finding| CONSEQUENCES.contains(&finding.code);
    let caused =
        |finding: &Finding| finding.class == Class::Input && finding.is_open() && !follows(finding);
    if findings.iter().any(caused) {
        findings.retain(|finding| !(follows(finding) && is_defined(&finding.message, sources)));
    }
}

/// Whether what a message says does not exist is written down as an id all the same. A path may be wrong
/// in its last part though its first is known, and says nothing.
fn is_defined(message: &str, sources: &Sources) -> bool {
    let mut quoted = message.split('„').skip(1).filter_map(|rest| rest.split('“').next());
    quoted.next().is_some_and(|name| {
        let written = |text: &str| {
            text.match_indices("id:").any(|(at, mark)| {
                let rest = text[at + mark.len()..].trim_start_matches([' ', '"', '\'']);
                rest.strip_prefix(name).is_some_and(|rest| {
                    !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_' || c == '-')
                })
            })
        };
        let data = |file: &FileId| {
            let ending = Path::new(sources.path(*file)).extension();
            ending
                .is_some_and(|it| it.eq_ignore_ascii_case("yaml") || it.eq_ignore_ascii_case("yml"))
        };
        sources.files().filter(data).any(|file| written(sources.text(file)))
    })
}

/// The name of the outline that the folder's `programm.yaml` asks for, without reading anything else.
/// `None` if that cannot be said yet; [`load`] will report why.
pub fn outline_name(root: &Path) -> Option<String> {
    build::outline_name(root)
}

impl Programme {
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

    /// The footnote with an id.
    pub fn footnote(&self, id: &str) -> Option<&Footnote> {
        self.footnotes.iter().find(|footnote| footnote.id == id)
    }

    /// The block to sign with an id.
    pub fn signature(&self, id: &str) -> Option<&Signature> {
        self.signatures.iter().find(|signature| signature.id == id)
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
