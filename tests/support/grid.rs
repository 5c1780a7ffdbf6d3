// SPDX-License-Identifier: EUPL-1.2
//! Tables as grids of texts, whatever they were read from, and the reference tables as CSV.

use amip::tree::{Block, Cell, Document, Inline, Table, walk};

/// A table with every position filled: a cell over several rows stands in each of them, a head cell over
/// several columns in each of them; what else is covered is empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grid {
    pub head: Vec<Vec<String>>,
    pub body: Vec<Vec<String>>,
    pub columns: usize,
}

/// A cell as any source gives it.
#[derive(Debug, Clone)]
pub struct Spanned {
    pub text: String,
    pub rowspan: usize,
    pub colspan: usize,
}

impl Grid {
    /// Lays out rows of cells with spans.
    pub fn new(head: &[Vec<Spanned>], body: &[Vec<Spanned>]) -> Self {
        let width = |rows: &[Vec<Spanned>]| {
            rows.first().map_or(0, |row| row.iter().map(|cell| cell.colspan).sum::<usize>())
        };
        let columns = width(head).max(width(body));
        Self { head: lay_out(head, columns, true), body: lay_out(body, columns, false), columns }
    }
}

fn lay_out(rows: &[Vec<Spanned>], columns: usize, head: bool) -> Vec<Vec<String>> {
    let mut out = vec![vec![String::new(); columns]; rows.len()];
    let mut taken = vec![vec![false; columns]; rows.len()];
    for (y, row) in rows.iter().enumerate() {
        let mut x = 0;
        for cell in row {
            while x < columns && taken[y][x] {
                x += 1;
            }
            for dy in 0..cell.rowspan {
                for dx in 0..cell.colspan {
                    if y + dy >= rows.len() || x + dx >= columns {
                        continue;
                    }
                    taken[y + dy][x + dx] = true;
                    let shown = if head { dy == 0 } else { dx == 0 };
                    if shown {
                        out[y + dy][x + dx].clone_from(&cell.text);
                    }
                }
            }
            x += cell.colspan;
        }
    }
    out
}

/// Every table of a document, in reading order.
pub fn tables(document: &Document) -> Vec<&Table> {
    let mut out = Vec::new();
    walk::tables(&document.blocks, &mut |table| out.push(table));
    out
}

/// How many rows the cell covers that begins at a row and column; `None` if none begins there.
pub fn rowspan(table: &Table, row: usize, column: usize) -> Option<u32> {
    let mut covered = vec![0_u32; table.columns.len()];
    for (y, cells) in table.rows.iter().map(|row| &row.cells).enumerate() {
        let mut x = 0;
        for cell in cells {
            while covered.get(x).is_some_and(|rows| *rows > 0) {
                x += 1;
            }
            if (y, x) == (row, column) {
                return Some(cell.rowspan);
            }
            let end = (x + cell.colspan as usize).min(covered.len());
            covered[x..end].fill(cell.rowspan);
            x = end;
        }
        covered.iter_mut().for_each(|rows| *rows = rows.saturating_sub(1));
    }
    None
}

fn spanned(cell: &Cell) -> Spanned {
    Spanned {
        text: walk::cell_text(cell),
        rowspan: cell.rowspan as usize,
        colspan: cell.colspan as usize,
    }
}

/// A table of the document tree as a grid.
pub fn of_tree(table: &Table) -> Grid {
    let rows = |rows: Vec<&Vec<Cell>>| -> Vec<Vec<Spanned>> {
        rows.into_iter().map(|row| row.iter().map(spanned).collect()).collect()
    };
    Grid::new(
        &rows(table.head.iter().collect()),
        &rows(table.rows.iter().map(|row| &row.cells).collect()),
    )
}

/// Whether a cell's text stands in italics: nowhere, in part, or as a whole.
pub fn italics(cell: &Cell) -> &'static str {
    let Some(Block::Paragraph(body)) = cell.body.first() else { return "" };
    let emphasised = |inline: &Inline| matches!(inline, Inline::Emphasis(_));
    if body.iter().all(emphasised) {
        "ganz"
    } else if body.iter().any(emphasised) {
        "teil"
    } else {
        ""
    }
}

/// Texts in a form in which house style makes no difference: spaces, dashes, thousands.
pub fn normal(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        let c = match c {
            '\u{a0}' | '\u{202f}' | '\n' | '\t' => ' ',
            '–' | '—' | '−' => '-',
            '\u{ad}' | '\u{200b}' | '\u{2060}' => continue,
            c => c,
        };
        if c == ' ' && (out.ends_with(' ') || out.is_empty()) {
            continue;
        }
        if c == '%' && out.ends_with(' ') {
            out.pop();
        }
        out.push(c);
    }
    let out = out.replace(",- €", " €").replace(",-€", " €");
    // A range: the house writes "bis".
    let words: Vec<&str> = out.trim().split(' ').collect();
    let number = |word: Option<&&str>| {
        word.is_some_and(|word| word.chars().all(|c| c.is_ascii_digit() || c == '.'))
    };
    let text = words.iter().enumerate().map(|(at, word)| {
        let range =
            *word == "-" && at > 0 && number(words.get(at - 1)) && number(words.get(at + 1));
        if range { "bis" } else { *word }
    });
    ungroup(&text.collect::<Vec<_>>().join(" "))
}

/// Removes dots between thousands.
fn ungroup(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let digit = |at: usize| chars.get(at).is_some_and(char::is_ascii_digit);
    let mut out = String::new();
    for (at, c) in chars.iter().enumerate() {
        let group =
            *c == '.' && at > 0 && digit(at - 1) && (at + 1..at + 4).all(digit) && !digit(at + 4);
        if !group {
            out.push(*c);
        }
    }
    out
}

/// A reference table.
pub struct Reference {
    /// Names of its columns.
    pub names: Vec<String>,
    /// Its records.
    pub records: Vec<Vec<String>>,
}

impl Reference {
    /// Reads a CSV file with quotes as RFC 4180 has them.
    pub fn read(text: &str) -> Self {
        let mut rows: Vec<Vec<String>> = vec![vec![String::new()]];
        let mut quoted = false;
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            let row = rows.last_mut().expect("one row");
            match c {
                '"' if quoted && chars.peek() == Some(&'"') => {
                    chars.next();
                    row.last_mut().expect("one field").push('"');
                }
                '"' => quoted = !quoted,
                ',' if !quoted => row.push(String::new()),
                '\n' if !quoted => rows.push(vec![String::new()]),
                '\r' => {}
                c => row.last_mut().expect("one field").push(c),
            }
        }
        rows.retain(|row| row.len() > 1);
        let names = rows.remove(0);
        Self { names, records: rows }
    }

    /// The value of a named column.
    pub fn get<'a>(&self, record: &'a [String], name: &str) -> Option<&'a str> {
        let at = self.names.iter().position(|known| known == name)?;
        record.get(at).map(String::as_str)
    }

    /// The printed cells of a record: number, name, figures.
    pub fn cells<'a>(&self, record: &'a [String]) -> Vec<&'a str> {
        const MARKS: [&str; 7] =
            ["row", "group", "label", "kursiv", "spans", "spans_rows", "zahlen_im_text"];
        let mut out = Vec::new();
        out.extend(self.get(record, "nr"));
        out.extend(self.get(record, "label"));
        for (name, value) in self.names.iter().zip(record) {
            if !MARKS.contains(&name.as_str()) && name != "nr" {
                out.push(value);
            }
        }
        out
    }
}
