// SPDX-License-Identifier: EUPL-1.2
//! Tables in columns that are as wide as what they hold, and together no wider than a line.

use super::{WIDTH, broken, words};
use crate::tree::{Align, Block, Cell, RowKind, Table, walk};
use crate::write::grid::Grid;

/// Blanks between two columns.
const GAP: usize = 2;
/// No column of texts is made narrower.
const LEAST: usize = 10;

/// A cell with its place.
struct Placed {
    column: usize,
    span: usize,
    text: String,
}

/// A row with what it is.
struct Line {
    kind: RowKind,
    cells: Vec<Placed>,
}

pub(super) fn lines(table: &Table, indent: &str) -> String {
    let columns = table.columns.len().max(1);
    let mut grid = Grid::new(columns);
    let head: Vec<Line> =
        table.head.iter().map(|cells| line(cells, RowKind::Body, &mut grid)).collect();
    let rows: Vec<Line> =
        table.rows.iter().map(|row| line(&row.cells, row.kind, &mut grid)).collect();
    let widths = widths(table, head.iter().chain(&rows), WIDTH - indent.len());
    let mut out = String::new();
    if !table.caption.is_empty() {
        out.push_str(&format!("{indent}{}\n", words(&table.caption)));
    }
    let whole = widths.iter().sum::<usize>() + GAP * (columns - 1);
    let rule = format!("{indent}{}\n", "─".repeat(whole));
    out.push_str(&rule);
    for line in &head {
        write(table, line, &widths, indent, &mut out);
    }
    if !head.is_empty() {
        out.push_str(&rule);
    }
    for line in &rows {
        if line.kind == RowKind::Total {
            out.push_str(&rule);
        }
        write(table, line, &widths, indent, &mut out);
    }
    out.push_str(&rule);
    for note in table.notes.iter().chain([&table.source]).filter(|note| !note.is_empty()) {
        for text in broken(&words(note), WIDTH - indent.len()) {
            out.push_str(&format!("{indent}{text}\n"));
        }
    }
    out.push('\n');
    out
}

fn line(cells: &[Cell], kind: RowKind, grid: &mut Grid) -> Line {
    let placed = cells.iter().map(|cell| Placed {
        column: grid.place(cell),
        span: cell.colspan.max(1) as usize,
        text: text(cell),
    });
    let cells = placed.collect();
    grid.next_row();
    Line { kind, cells }
}

fn text(cell: &Cell) -> String {
    match cell.body.as_slice() {
        [Block::Paragraph(body)] => words(body),
        _ => walk::cell_text(cell),
    }
}

/// Widths of the columns: what they hold, and then less of the widest texts until all fits.
fn widths<'l>(table: &Table, lines: impl Iterator<Item = &'l Line>, most: usize) -> Vec<usize> {
    let mut out = vec![1; table.columns.len().max(1)];
    for cell in lines.flat_map(|line| &line.cells).filter(|cell| cell.span == 1) {
        let longest = cell.text.split('\n').map(|line| line.chars().count()).max().unwrap_or(0);
        if let Some(width) = out.get_mut(cell.column) {
            *width = (*width).max(longest);
        }
    }
    let room = most.saturating_sub(GAP * (out.len() - 1));
    while out.iter().sum::<usize>() > room {
        let wide = |at: &usize| out[*at] > LEAST;
        let is_text = |at: &usize| table.columns.get(*at).is_none_or(|it| it.align == Align::Left);
        let texts = (0..out.len()).filter(is_text).filter(wide);
        let widest = texts.max_by_key(|at| out[*at]);
        let widest = widest.or_else(|| (0..out.len()).filter(wide).max_by_key(|at| out[*at]));
        let Some(at) = widest else { return out };
        out[at] -= 1;
    }
    out
}

fn write(table: &Table, line: &Line, widths: &[usize], indent: &str, out: &mut String) {
    let start =
        |column: usize| widths[..column.min(widths.len())].iter().sum::<usize>() + GAP * column;
    let mut texts: Vec<(usize, usize, Align, Vec<String>)> = Vec::new();
    for cell in &line.cells {
        let last = (cell.column + cell.span).min(widths.len());
        let width = start(last).saturating_sub(GAP + start(cell.column)).max(1);
        let align = table.columns.get(cell.column).map_or(Align::Left, |column| column.align);
        let align = if cell.span > 1 { Align::Left } else { align };
        texts.push((start(cell.column), width, align, broken(&cell.text, width)));
    }
    let height = texts.iter().map(|(.., lines)| lines.len()).max().unwrap_or(0);
    for at in 0..height {
        let mut row = String::new();
        for (start, width, align, lines) in &texts {
            let Some(text) = lines.get(at).filter(|text| !text.is_empty()) else { continue };
            let free = width.saturating_sub(text.chars().count());
            let before = match align {
                Align::Left => 0,
                Align::Right => free,
                Align::Centre => free / 2,
            };
            let missing = (start + before).saturating_sub(row.chars().count());
            row.push_str(&" ".repeat(missing));
            row.push_str(text);
        }
        out.push_str(format!("{indent}{row}").trim_end());
        out.push('\n');
    }
}
