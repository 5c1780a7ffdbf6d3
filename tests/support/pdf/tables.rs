// SPDX-License-Identifier: EUPL-1.2
//! The tables in the structure tree.

use super::{Element, Node, Pdf, normalise};

/// A table.
#[derive(Debug, Clone, PartialEq)]
pub struct PdfTable {
    /// The text of the caption with the number, such as `Tabelle 1 Mittel`; empty without one.
    pub caption: String,
    /// The page on which it begins, from 1.
    pub page: Option<usize>,
    /// The rows in `THead`, or without it the rows of column headers at the top.
    pub head: Vec<Vec<PdfCell>>,
    /// All other rows.
    pub body: Vec<Vec<PdfCell>>,
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct PdfCell {
    /// The text, normalised and without notes; paragraphs and list items, without their labels, are
    /// joined by ` | `.
    pub text: String,
    /// Whether it is a TH.
    pub is_header: bool,
    /// Column, Row or Both.
    pub scope: Option<String>,
    /// Over how many rows it reaches.
    pub rowspan: usize,
    /// Over how many columns it reaches.
    pub colspan: usize,
    /// The first column it covers, from 0.
    pub column: usize,
    /// The ids of its headers.
    pub headers: Vec<String>,
    /// Its own id.
    pub id: Option<String>,
}

impl PdfTable {
    /// The texts of the cells, row by row, head and body.
    pub fn texts(&self) -> Vec<Vec<&str>> {
        let rows = self.head.iter().chain(&self.body);
        rows.map(|row| row.iter().map(|cell| cell.text.as_str()).collect()).collect()
    }

    /// The number of columns, spans included.
    pub fn width(&self) -> usize {
        let cells = self.head.iter().chain(&self.body).flatten();
        cells.map(|cell| cell.column + cell.colspan).max().unwrap_or(0)
    }

    /// The texts of the headers of `cell`.
    pub fn headers_of(&self, cell: &PdfCell) -> Vec<&str> {
        let cells = || self.head.iter().chain(&self.body).flatten();
        let header = |id: &String| cells().find(|other| other.id.as_ref() == Some(id));
        cell.headers.iter().filter_map(header).map(|header| header.text.as_str()).collect()
    }
}

/// All tables in reading order, tables within tables after the one around them.
pub fn tables(pdf: &Pdf) -> Vec<PdfTable> {
    let mut found = Vec::new();
    collect(&pdf.root, None, &mut found);
    found
}

fn collect(element: &Element, parent: Option<&Element>, into: &mut Vec<PdfTable>) {
    if element.role == "Table" {
        into.push(table(element, parent));
    }
    for child in element.elements() {
        collect(child, Some(element), into);
    }
}

fn table(element: &Element, parent: Option<&Element>) -> PdfTable {
    let (mut head, mut body) = (Vec::new(), Vec::new());
    for child in element.elements() {
        let rows = if child.role == "TR" { vec![child] } else { direct(child, "TR") };
        if child.role == "THead" { &mut head } else { &mut body }.extend(rows.into_iter().map(row));
    }
    if head.is_empty() {
        let first = body.iter().take_while(|row| is_head(row)).count();
        head = body.drain(..first).collect();
    }
    place(&mut head);
    place(&mut body);
    PdfTable { caption: caption(element, parent), page: element.page, head, body }
}

/// The children of `element` with the role `role`.
fn direct<'a>(element: &'a Element, role: &str) -> Vec<&'a Element> {
    element.elements().filter(|child| child.role == role).collect()
}

/// The caption in the table, or beside it if there is nothing else that it could belong to.
fn caption(table: &Element, parent: Option<&Element>) -> String {
    let beside = parent.filter(|parent| direct(parent, "Table").len() == 1);
    let mut candidates = [Some(table), beside].into_iter().flatten();
    let found = candidates.find_map(|place| direct(place, "Caption").first().map(|c| c.text()));
    found.unwrap_or_default()
}

/// Whether a row is part of the head of a table without `THead`. Column headers further down, such
/// as the names of groups, have headers themselves.
fn is_head(row: &[PdfCell]) -> bool {
    let heads = |cell: &PdfCell| {
        cell.is_header && cell.headers.is_empty() && cell.scope.as_deref() != Some("Row")
    };
    !row.is_empty() && row.iter().all(heads)
}

fn row(element: &Element) -> Vec<PdfCell> {
    let cells = element.elements().filter(|cell| cell.role == "TH" || cell.role == "TD");
    cells
        .map(|cell| PdfCell {
            text: cell_text(cell),
            is_header: cell.role == "TH",
            scope: cell.name("Scope").map(str::to_string),
            rowspan: cell.number("RowSpan").unwrap_or(1),
            colspan: cell.number("ColSpan").unwrap_or(1),
            column: 0,
            headers: cell.headers(),
            id: cell.id.clone(),
        })
        .collect()
}

/// Finds the columns of the cells.
fn place(rows: &mut [Vec<PdfCell>]) {
    // How many more rows a cell from above covers, by column.
    let mut covered: Vec<usize> = Vec::new();
    for row in rows {
        let mut column = 0;
        let mut next: Vec<usize> = covered.iter().map(|rows| rows.saturating_sub(1)).collect();
        for cell in row {
            while covered.get(column).is_some_and(|&rows| rows > 0) {
                column += 1;
            }
            cell.column = column;
            column += cell.colspan;
            next.resize(next.len().max(column), 0);
            for rows in next.iter_mut().take(column).skip(cell.column) {
                *rows = (*rows).max(cell.rowspan.saturating_sub(1));
            }
        }
        covered = next;
    }
}

fn cell_text(cell: &Element) -> String {
    let mut parts = Parts::default();
    parts.add(cell);
    parts.finish();
    parts.done.join(" | ")
}

/// The paragraphs and list items of a cell.
#[derive(Default)]
struct Parts {
    done: Vec<String>,
    open: String,
}

impl Parts {
    fn add(&mut self, element: &Element) {
        if let Some(text) = &element.actual_text {
            self.open.push_str(text);
            return;
        }
        for node in &element.children {
            match node {
                Node::Text(text) => self.open.push_str(text),
                Node::Element(child) if child.is_note_in(element) => {}
                Node::Element(child) if child.role == "Lbl" && element.role == "LI" => {}
                Node::Element(child) if child.is_inline() => self.add(child),
                Node::Element(child) => {
                    self.finish();
                    self.add(child);
                    self.finish();
                }
            }
        }
    }

    fn finish(&mut self) {
        let text = normalise(&std::mem::take(&mut self.open));
        if !text.is_empty() {
            self.done.push(text);
        }
    }
}
