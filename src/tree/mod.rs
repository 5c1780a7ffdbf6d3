// SPDX-License-Identifier: EUPL-1.2
//! The document as a tree: blocks, inlines and one canonical table.
//!
//! [`reader`] makes blocks and [`passage`]s from Markdown, [`typography`] sets German spaces, [`walk`] visits what is
//! there. Inserts ([`Block::Insert`]) and references ([`Inline::Figure`], [`Inline::Reference`]) are
//! placeholders until the renderer has filled them in.
//!
//! Not here: templates, typst, HTML, and words of the domain.

pub mod passage;
pub mod reader;
pub mod theme;
pub mod typography;
pub mod walk;

use std::collections::BTreeSet;

use crate::diag::Span;
use theme::Theme;

/// A whole document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// What stands on the cover and in the file's properties.
    pub meta: Meta,
    /// The content in order.
    pub blocks: Vec<Block>,
    /// Colours, fonts and logo.
    pub theme: Theme,
    /// Numbers that the data state, beside those that were given.
    pub claims: Vec<NumberClaim>,
    /// What was put where it stands: name of the insert, and id (empty where none is needed).
    pub inserted: BTreeSet<(String, String)>,
    /// Texts under `kapitel/` whose place is in the document, by name; not those of sections that are
    /// left out.
    pub texts: BTreeSet<String>,
}

/// A number of a section, table or picture that the data state; numbers themselves are always given
/// by counting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberClaim {
    /// As stated.
    pub stated: String,
    /// As given.
    pub given: String,
    /// What bears the number; `None` for a reference to it.
    pub what: Option<String>,
    /// Where it is stated.
    pub span: Span,
    /// The reason with which a deviation is acknowledged.
    pub acknowledged: Option<String>,
}

/// What stands on the cover and in the file's properties.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meta {
    /// Title.
    pub title: String,
    /// Second line of the title.
    pub subtitle: Option<String>,
    /// Motto.
    pub motto: Option<String>,
    /// Who publishes.
    pub organisation: String,
    /// The year of the programme.
    pub year: u32,
    /// The date of the document, as printed.
    pub date: String,
    /// The date of the document: year, month, day.
    pub date_parts: (i32, u8, u8),
    /// What stands on the cover in the place of the date.
    pub date_line: Option<String>,
    /// Mark on the cover and on every page.
    pub mark: Option<String>,
    /// Reference number.
    pub reference: Option<String>,
    /// "Entwurf – 3 offene Befunde", if there are open findings.
    pub draft: Option<String>,
    /// Fixed words of the layout (`seite`, `von`, `stand` …).
    pub words: Vec<(String, String)>,
}

impl Meta {
    /// A fixed word of the layout; the key itself if the outline does not define it.
    pub fn word<'a>(&'a self, key: &'a str) -> &'a str {
        self.words.iter().find(|(name, _)| name == key).map_or(key, |(_, word)| word)
    }
}

/// A heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// 1 is a chapter.
    pub level: u8,
    /// The anchor.
    pub id: Option<String>,
    /// Whether it is counted and stands in the table of contents.
    pub numbered: bool,
    /// `6.5.1`, once counted.
    pub number: Option<String>,
    /// The text.
    pub body: Vec<Inline>,
}

/// What a box is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BoxKind {
    /// A goal.
    Goal,
    /// A definition.
    Definition,
    /// A remark.
    Note,
    /// What must not be published.
    Internal,
    /// The state of the document, between rules.
    Status,
}

/// An item of a rated list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rated {
    /// The sign: `+`, `=`, `−` …
    pub mark: String,
    /// What the sign means, for readers who do not see it.
    pub meaning: String,
    /// The text.
    pub body: Vec<Inline>,
}

/// A picture or diagram.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// The anchor.
    pub id: String,
    /// `Abbildung 1`, once counted.
    pub number: Option<String>,
    /// Caption.
    pub caption: Vec<Inline>,
    /// What is seen, for readers who do not see it.
    pub alt: String,
    /// Name of the image file, without a folder.
    pub file: String,
    /// The image.
    pub image: Image,
    /// Where the figures come from.
    pub source: Vec<Inline>,
    /// Note below.
    pub note: Vec<Inline>,
    /// Share of the line that it takes, in percent.
    pub width: u32,
    /// Whether it is left out of the count.
    pub unnumbered: bool,
    /// The figures behind a diagram.
    pub data: Option<Table>,
}

/// The content of a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Image {
    /// A diagram to be drawn.
    Chart(Chart),
    /// Boxes and arrows to be drawn.
    Flow(Flow),
    /// A frame for a picture that is not there yet.
    Placeholder,
    /// The bytes of an image file.
    Bytes(Vec<u8>),
}

/// A diagram: categories with one value per series. Values are exact; only drawing rounds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chart {
    /// What kind of diagram.
    pub kind: ChartKind,
    /// Names of the series.
    pub series: Vec<String>,
    /// Categories from left to right or top to bottom.
    pub categories: Vec<Category>,
}

/// Kinds of diagrams.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChartKind {
    /// Columns that build on each other.
    Waterfall,
    /// Bars.
    Bars,
    /// Bars of several series beside each other.
    Groups,
    /// Bars of several series upon each other.
    Stacked,
    /// Lines over points in time.
    Lines,
}

/// Boxes and arrows. Rows and columns are counted from 0; every box has its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flow {
    /// The boxes.
    pub boxes: Vec<FlowBox>,
    /// Arrows between boxes, by their place in the list, with a text beside.
    pub arrows: Vec<(usize, usize, Option<String>)>,
    /// Whether steps follow each other downwards, not to the right.
    pub down: bool,
}

/// A box of a flow chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FlowBox {
    /// First lines, bold.
    pub title: String,
    /// Text below.
    pub text: String,
    /// Row from the top.
    pub row: u32,
    /// Column from the left.
    pub column: u32,
    /// How many columns it covers.
    pub columns: u32,
    /// Whether it stands out.
    pub strong: bool,
}

/// A category of a diagram.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Category {
    /// The label.
    pub label: String,
    /// One bar per series.
    pub bars: Vec<Bar>,
    /// How the column stands in a waterfall.
    pub step: Step,
}

/// A bar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    /// Its length; `None` if the figure is not known.
    pub value: Option<rust_decimal::Decimal>,
    /// The value as printed.
    pub label: String,
}

/// How a column stands in a waterfall.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// From the ground.
    Level,
    /// On top of what was there.
    Up,
    /// Down from what was there.
    Down,
}

/// A block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A heading.
    Heading(Heading),
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A list; `Some(n)` is an ordered one that begins with n.
    List {
        /// First number, if ordered.
        start: Option<u64>,
        /// The items.
        items: Vec<Vec<Block>>,
    },
    /// A list with ticks.
    Checklist(Vec<(bool, Vec<Block>)>),
    /// A list with ratings.
    RatedList(Vec<Rated>),
    /// A quotation.
    Quote(Vec<Block>),
    /// A box.
    Boxed {
        /// What for.
        kind: BoxKind,
        /// Its key word.
        title: String,
        /// Its content.
        body: Vec<Block>,
    },
    /// A note in the margin beside other blocks.
    Margin {
        /// The note.
        note: Vec<Block>,
        /// What it stands beside.
        beside: Vec<Block>,
    },
    /// A table.
    Table(Table),
    /// Tables beside each other.
    SideBySide(Vec<Table>),
    /// Blocks in columns beside each other.
    Columns(Vec<Vec<Block>>),
    /// A picture with blocks beside it.
    Beside {
        /// The picture.
        picture: Vec<Block>,
        /// What stands beside it.
        body: Vec<Block>,
    },
    /// Where somebody signs.
    Signature {
        /// Place and day.
        place: Option<String>,
        /// Name, function, and whether it is signed.
        lines: Vec<(Option<String>, String, bool)>,
    },
    /// A picture.
    Picture(Box<Picture>),
    /// Terms with their meaning.
    Glossary(Vec<(String, String)>),
    /// The cover.
    Cover,
    /// Table of contents.
    Contents {
        /// Title.
        title: String,
        /// Deepest level of headings.
        depth: u8,
        /// Whether pages are named.
        pages: bool,
    },
    /// List of tables with its title.
    Tables(String),
    /// List of pictures with its title.
    Pictures(String),
    /// A page break.
    PageBreak,
    /// A rule.
    Rule,
    /// A placeholder for a block from the data.
    Insert(Insert),
}

/// A placeholder for a block: `<!-- amip:name arguments -->`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Insert {
    /// What to insert.
    pub name: String,
    /// Which one.
    pub arguments: Vec<String>,
    /// Where it stands.
    pub span: Span,
}

/// Running text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inline {
    /// Text.
    Text(String),
    /// Bold.
    Strong(Vec<Inline>),
    /// Italic.
    Emphasis(Vec<Inline>),
    /// Struck out.
    Struck(Vec<Inline>),
    /// Put in, in a comparison.
    Inserted(Vec<Inline>),
    /// Type written by machine.
    Code(String),
    /// A link out of the document.
    Link {
        /// Where to.
        url: String,
        /// Its text.
        body: Vec<Inline>,
    },
    /// A link within the document.
    Internal {
        /// The anchor.
        target: String,
        /// Its text.
        body: Vec<Inline>,
    },
    /// A figure of the data.
    Figure {
        /// Its path.
        path: String,
        /// The reason with which a deviation is acknowledged.
        acknowledged: Option<String>,
        /// The stated text; empty until filled in.
        body: Vec<Inline>,
        /// Where it stands.
        span: Span,
    },
    /// A reference by id, a placeholder.
    Reference {
        /// What kind of thing is meant.
        kind: RefKind,
        /// Its id.
        target: String,
        /// Its text; empty until filled in.
        body: Vec<Inline>,
        /// The reason with which a deviating number is acknowledged.
        acknowledged: Option<String>,
        /// Where it stands.
        span: Span,
    },
    /// A footnote; the text comes with the first mention.
    Footnote {
        /// Its label, unique in the document.
        label: String,
        /// Its text; empty for a repeated mention.
        body: Vec<Block>,
    },
    /// A line break.
    Break,
}

/// Kinds of references by id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RefKind {
    /// A section.
    Section,
    /// A table.
    Table,
    /// A picture.
    Picture,
    /// A measure.
    Measure,
    /// A strategy.
    Strategy,
    /// A footnote of the data.
    Footnote,
}

/// How a column is aligned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Align {
    /// Text.
    #[default]
    Left,
    /// Figures.
    Right,
    /// Marks.
    Centre,
}

/// What a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RowKind {
    /// A row like any other.
    #[default]
    Body,
    /// The head of a group.
    Group,
    /// A part of the row above.
    Part,
    /// A total.
    Total,
}

/// A table. Cells that another cell covers are left out, as in HTML.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    /// The anchor.
    pub id: Option<String>,
    /// `Tabelle 1`, once counted.
    pub number: Option<String>,
    /// Caption; empty if none is printed.
    pub caption: Vec<Inline>,
    /// Whether it is left out of the count; tables without caption always are.
    pub unnumbered: bool,
    /// Alignment and relative width of each column.
    pub columns: Vec<Column>,
    /// Rows of the head; empty for a table without one.
    pub head: Vec<Vec<Cell>>,
    /// The rows.
    pub rows: Vec<Row>,
    /// Notes below.
    pub notes: Vec<Vec<Inline>>,
    /// Source line below.
    pub source: Vec<Inline>,
}

/// A column of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Column {
    /// Alignment.
    pub align: Align,
    /// Relative width.
    pub weight: u32,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Row {
    /// What it is.
    pub kind: RowKind,
    /// Its cells.
    pub cells: Vec<Cell>,
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// Columns it covers.
    pub colspan: u32,
    /// Rows it covers.
    pub rowspan: u32,
    /// Whether it names its row.
    pub header: bool,
    /// Its content.
    pub body: Vec<Block>,
}

impl Cell {
    /// A cell of one paragraph.
    pub fn of(inlines: Vec<Inline>) -> Self {
        let body = if inlines.is_empty() { Vec::new() } else { vec![Block::Paragraph(inlines)] };
        Self { colspan: 1, rowspan: 1, header: false, body }
    }

    /// A cell of plain text.
    pub fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        Self::of(if text.is_empty() { Vec::new() } else { vec![Inline::Text(text)] })
    }
}

impl Table {
    /// Whether pipes can hold the table: one head row, no spans, and cells of at most one paragraph.
    pub fn is_plain(&self) -> bool {
        let plain = |cell: &Cell| {
            cell.colspan == 1
                && cell.rowspan == 1
                && match cell.body.as_slice() {
                    [] => true,
                    [Block::Paragraph(inlines)] => !inlines.contains(&Inline::Break),
                    _ => false,
                }
        };
        self.head.len() == 1
            && self.head[0].iter().all(plain)
            && self.rows.iter().all(|row| row.cells.iter().all(plain))
    }
}
