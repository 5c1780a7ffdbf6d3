// SPDX-License-Identifier: EUPL-1.2
//! Columns that stand below each other, and lines that are not too long.

/// How a column is aligned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Align {
    Left,
    Right,
}

/// Widest column that others wait for; a longer cell pushes its own line alone.
const WIDEST: usize = 84;

/// Longest line of running text.
const LINE: usize = 100;

/// Characters, which is the width in all scripts that German offices use.
pub(super) fn width(text: &str) -> usize {
    text.chars().count()
}

/// Rows with their columns below each other, two blanks between them.
pub(super) fn aligned(rows: &[Vec<String>], aligns: &[Align], indent: &str) -> String {
    let widths: Vec<usize> = (0..aligns.len())
        .map(|at| {
            let cells = rows.iter().filter_map(|row| row.get(at));
            cells.map(|cell| width(cell)).filter(|width| *width <= WIDEST).max().unwrap_or(0)
        })
        .collect();
    let mut out = String::new();
    for row in rows {
        let mut line = indent.to_owned();
        for ((cell, align), wide) in row.iter().zip(aligns).zip(&widths) {
            if *wide == 0 && cell.is_empty() {
                continue;
            }
            let room = " ".repeat(wide.saturating_sub(width(cell)));
            match align {
                Align::Left => line.push_str(&format!("{cell}{room}  ")),
                Align::Right => line.push_str(&format!("{room}{cell}  ")),
            }
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

/// Running text in lines, each with an indent. No-break spaces hold.
pub(super) fn wrapped(text: &str, indent: &str) -> String {
    let mut out = String::new();
    let mut line = indent.to_owned();
    for word in text.split([' ', '\n', '\t']).filter(|word| !word.is_empty()) {
        if width(&line) + width(word) > LINE && line.len() > indent.len() {
            out.push_str(line.trim_end());
            out.push('\n');
            indent.clone_into(&mut line);
        }
        line.push_str(word);
        line.push(' ');
    }
    out.push_str(line.trim_end());
    out.push('\n');
    out
}
