// SPDX-License-Identifier: EUPL-1.2
//! Tables: heads that say what they are heads of, and a frame that scrolls on a narrow screen.
//!
//! Not here: what a table contains.

use super::Writer;
use super::inline::{escape, is_blank};
use crate::tree::{Align, Cell, Inline, Row, RowKind, Table, walk};
use crate::write::grid::Grid;

impl<'a> Writer<'a> {
    /// Writes a table; `what` names one that has no caption.
    pub(super) fn table(&mut self, table: &'a Table, what: &str) {
        let number = table.number.as_deref();
        let id = self.anchors.attribute(table.id.as_deref());
        let name = escape(&self.called(number, &table.caption, what));
        let columns = columns(table);
        self.out.push_str(&format!(
            "<div class=\"tafel\"{id}>\n<div class=\"tabelle\" role=\"region\" aria-label=\"{name}\" tabindex=\"0\">\n<table style=\"--spalten:{columns}\">\n"
        ));
        if number.is_some() || !table.caption.is_empty() {
            self.out.push_str("<caption><span>");
            self.caption(number, &table.caption);
            self.out.push_str("</span></caption>\n");
        } else {
            self.out.push_str(&format!("<caption class=\"unsichtbar\">{name}</caption>\n"));
        }
        let groups = groups(table, columns);
        self.columns(table, &groups, columns);
        let cell = std::mem::replace(&mut self.cell, true);
        self.head(table, &groups, columns);
        self.body(table, columns);
        self.cell = cell;
        self.out.push_str("</table>\n</div>\n");
        self.small(table.notes.iter().chain([&table.source]));
        self.out.push_str("</div>\n");
    }

    /// Notes and source, below a table or picture.
    pub(super) fn small(&mut self, lines: impl Iterator<Item = &'a Vec<Inline>>) {
        for line in lines.filter(|line| !line.is_empty()) {
            self.out.push_str("<p class=\"klein\">");
            self.inlines(line);
            self.out.push_str("</p>\n");
        }
    }

    /// Columns with their widths; those below a common head are a group.
    fn columns(&mut self, table: &Table, groups: &[(usize, usize)], columns: usize) {
        let all: u32 =
            table.columns.iter().fold(0, |sum, column| sum.saturating_add(column.weight));
        let mut at = 0;
        while at < columns {
            let group = groups.iter().find(|(start, _)| *start == at);
            let end = group.map_or(at + 1, |(start, width)| start + width);
            self.out.push_str("<colgroup>");
            for column in at..end {
                let weight = table.columns.get(column).map_or(0, |column| column.weight);
                let share = (u64::from(weight) * 100).checked_div(u64::from(all)).unwrap_or(0);
                if share > 0 {
                    self.out.push_str(&format!("<col style=\"width:{share}%\">"));
                } else {
                    self.out.push_str("<col>");
                }
            }
            self.out.push_str("</colgroup>\n");
            at = end;
        }
    }

    fn head(&mut self, table: &'a Table, groups: &[(usize, usize)], columns: usize) {
        if table.head.is_empty() {
            return;
        }
        self.out.push_str("<thead>\n");
        let mut grid = Grid::new(columns);
        for (y, row) in table.head.iter().enumerate() {
            self.out.push_str("<tr>\n");
            for cell in row {
                let column = grid.place(cell);
                let group = groups.contains(&(column, cell.colspan as usize));
                let scope = if group { "colgroup" } else { "col" };
                let align = if cell.colspan > 1 { Align::Centre } else { align(table, column) };
                let room = (columns - column.min(columns), table.head.len() - y);
                self.cell(cell, Some(scope), align, room);
            }
            grid.next_row();
            self.out.push_str("</tr>\n");
        }
        self.out.push_str("</thead>\n");
    }

    fn body(&mut self, table: &'a Table, columns: usize) {
        let mut grid = Grid::new(columns);
        let mut grouped = false;
        self.out.push_str("<tbody>\n");
        for (y, row) in table.rows.iter().enumerate() {
            // A group reaches to the next one, or to a total, which is no part of it.
            let group = is_group(row, columns);
            let ends = group || grouped && row.kind == RowKind::Total;
            if ends && !grid.is_crossed() {
                grouped = group;
                if y > 0 {
                    self.out.push_str("</tbody>\n<tbody>\n");
                }
            }
            self.out.push_str(match row.kind {
                RowKind::Body => "<tr>\n",
                RowKind::Group => "<tr class=\"gruppe\">\n",
                RowKind::Part => "<tr class=\"teil\">\n",
                RowKind::Total => "<tr class=\"summe\">\n",
            });
            for cell in &row.cells {
                let column = grid.place(cell);
                let scope = match (group, cell.header) {
                    (true, _) => Some("rowgroup"),
                    (false, true) => Some("row"),
                    (false, false) => None,
                };
                let room = (columns - column.min(columns), table.rows.len() - y);
                self.cell(cell, scope, align(table, column), room);
            }
            grid.next_row();
            self.out.push_str("</tr>\n");
        }
        self.out.push_str("</tbody>\n");
    }

    /// `room` is how many columns and rows are left.
    fn cell(&mut self, cell: &'a Cell, scope: Option<&str>, align: Align, room: (usize, usize)) {
        // A head without text is none.
        let scope = scope.filter(|_| !is_blank(&walk::cell_text(cell)));
        let name = if scope.is_some() { "th" } else { "td" };
        self.out.push_str(&format!("<{name}"));
        if let Some(scope) = scope {
            self.out.push_str(&format!(" scope=\"{scope}\""));
        }
        let spans = [("colspan", cell.colspan, room.0), ("rowspan", cell.rowspan, room.1)];
        for (attribute, span, room) in spans {
            let span = (span as usize).min(room);
            if span > 1 {
                self.out.push_str(&format!(" {attribute}=\"{span}\""));
            }
        }
        self.out.push_str(match align {
            Align::Left => ">",
            Align::Right => " class=\"zahl\">",
            Align::Centre => " class=\"mitte\">",
        });
        self.item(&cell.body);
        self.out.push_str(&format!("</{name}>\n"));
    }
}

fn align(table: &Table, column: usize) -> Align {
    table.columns.get(column).map_or(Align::Left, |column| column.align)
}

/// How many columns a table has.
fn columns(table: &Table) -> usize {
    let width = |row: &Vec<Cell>| row.iter().map(|cell| cell.colspan as usize).sum();
    let first = table.head.first().or(table.rows.first().map(|row| &row.cells));
    table.columns.len().max(first.map_or(0, width))
}

/// Whether a row is the head of the rows below it: one cell over all columns.
fn is_group(row: &Row, columns: usize) -> bool {
    row.kind == RowKind::Group
        && matches!(row.cells.as_slice(), [cell] if cell.colspan as usize >= columns)
}

/// Columns that have a head in common: where they begin, and how many they are. Where heads of two
/// rows overlap, the lower one counts, for it says more.
fn groups(table: &Table, columns: usize) -> Vec<(usize, usize)> {
    let mut grid = Grid::new(columns);
    let mut spans = Vec::new();
    for row in &table.head {
        for cell in row {
            spans.push((grid.place(cell), cell.colspan as usize));
        }
        grid.next_row();
    }
    let mut out: Vec<(usize, usize)> = Vec::new();
    for (start, width) in spans.into_iter().rev() {
        let free = out.iter().all(|(other, wide)| start + width <= *other || other + wide <= start);
        if width > 1 && width < columns && start + width <= columns && free {
            out.push((start, width));
        }
    }
    out
}
