// SPDX-License-Identifier: EUPL-1.2
//! Tables of a programme: typed columns, rows, and cells that are texts or figures.
//!
//! Not here: how a table looks, and how sums are calculated.

use super::figures::FigureId;
use super::provenance::Provenance;
use super::quantity::{Scale, Unit};
use super::records::NumberMark;
use super::visibility::Visibility;
use super::yaml::Text;
use crate::diag::Span;
use crate::tree::Inline;

/// A table.
#[derive(Debug, Clone)]
pub struct Table {
    /// Id.
    pub id: String,
    /// Where it stands.
    pub span: Span,
    /// Caption.
    pub title: Vec<Inline>,
    /// Whether it has a head.
    pub head: bool,
    /// Columns.
    pub columns: Vec<Column>,
    /// Rows.
    pub rows: Vec<Row>,
    /// Note below.
    pub note: Option<Vec<Inline>>,
    /// Where the figures come from.
    pub provenance: Provenance,
    /// Whether the caption is printed.
    pub captioned: bool,
    /// Whether it is numbered, or the number that was printed.
    pub number: Option<NumberMark>,
    /// Whether it may be published, as far as the data say.
    pub visibility: Visibility,
    /// Whether its figures count persons, if the data say.
    pub persons: Option<bool>,
}

/// A column.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each is a key of its own in the data")]
pub struct Column {
    /// Id.
    pub id: String,
    /// Where it is declared.
    pub span: Span,
    /// Head, from top to bottom.
    pub titles: Vec<String>,
    /// Whether it holds figures.
    pub numeric: bool,
    /// Scale and unit of its figures.
    pub unit: Option<(Scale, Option<Unit>)>,
    /// Whether the unit is left to the head.
    pub hide_unit: bool,
    /// Digits of computed figures.
    pub decimals: Option<u32>,
    /// Whether positive figures bear a plus sign.
    pub signed: bool,
    /// Formula over the columns of a row, with its place.
    pub formula: Option<Text>,
    /// Field of the row's measure.
    pub field: Option<String>,
    /// Column of the same table in last year's programme, with its place.
    pub earlier: Option<Text>,
    /// Whether equal cells become one.
    pub merge: bool,
    /// Relative width.
    pub weight: Option<u32>,
    /// Whether it may be published, as far as the data say.
    pub visibility: Visibility,
    /// Whether its figures count persons, if the data say.
    pub persons: Option<bool>,
}

/// What a row is towards the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowKind {
    /// A row like any other.
    Body,
    /// Head of a group; the sum of its rows.
    Group,
    /// Part of the row above ("darunter").
    Part,
    /// Total.
    Total,
}

/// A row.
#[derive(Debug, Clone)]
pub struct Row {
    /// Id, if it can be named.
    pub id: Option<String>,
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: RowKind,
    /// Whether it counts in sums.
    pub counts: bool,
    /// Whether its first cell spans the whole width.
    pub through: bool,
    /// Ids of the measures it shows.
    pub measures: Vec<String>,
    /// Id of the part of its measure that it shows.
    pub part: Option<String>,
    /// Rows that show parts of one measure bear the same number; equal texts in them become one.
    pub block: Option<usize>,
    /// Formula over rows.
    pub formula: Option<Text>,
    /// Cells, one per column.
    pub cells: Vec<Cell>,
    /// Whether it may be published, as far as the data say.
    pub visibility: Visibility,
    /// Whether its figures count persons, if the data say.
    pub persons: Option<bool>,
    /// Cells of text that are marked by themselves, by their column.
    pub marked: Vec<(usize, Visibility)>,
}

/// A cell.
#[derive(Debug, Clone)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// Text.
    Text(Vec<Inline>),
    /// A list.
    List(Vec<Vec<Inline>>),
    /// A figure.
    Figure(FigureId),
}

/// How a row stands to the sum of a group or total.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Share {
    /// It is added.
    Counts,
    /// It is a part ("darunter") of a row that is added.
    Part,
    /// The data say that it does not count (`zaehlt: nein`).
    Excluded,
}

impl Table {
    /// The rows that a group or total is about, and whether it adds them.
    pub fn summands(&self, at: usize) -> Vec<(usize, Share)> {
        let share = |row: usize| match &self.rows[row] {
            row if row.kind == RowKind::Part => Share::Part,
            row if row.counts => Share::Counts,
            _ => Share::Excluded,
        };
        let kind = |row: usize| self.rows[row].kind;
        let figures = |row: &usize| !self.rows[*row].through;
        match kind(at) {
            RowKind::Group => (at + 1..self.rows.len())
                .take_while(|row| !matches!(kind(*row), RowKind::Group | RowKind::Total))
                .filter(figures)
                .map(|row| (row, share(row)))
                .collect(),
            RowKind::Total => {
                // A total adds what stands above it; at the top of a table, what stands below.
                let adds = |row: usize| matches!(kind(row), RowKind::Body | RowKind::Group);
                let above = (0..at).any(adds);
                let range = if above { 0..at } else { at + 1..self.rows.len() };
                let grouped = range.clone().find(|row| kind(*row) == RowKind::Group);
                // Rows before the first group belong to none; the others are added by their groups.
                let whole = |row: &usize| match (kind(*row), grouped) {
                    (RowKind::Group, _) => true,
                    (RowKind::Total, _) => false,
                    (RowKind::Body | RowKind::Part, first) => {
                        first.is_none_or(|first| *row < first)
                    }
                };
                range.filter(whole).filter(figures).map(|row| (row, share(row))).collect()
            }
            RowKind::Body | RowKind::Part => Vec::new(),
        }
    }

    /// The column with an id.
    pub fn column(&self, id: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.id == id)
    }

    /// The figure in a cell.
    pub fn figure(&self, row: usize, column: usize) -> Option<FigureId> {
        match self.rows.get(row)?.cells.get(column)? {
            Cell::Figure(id) => Some(*id),
            _ => None,
        }
    }
}
