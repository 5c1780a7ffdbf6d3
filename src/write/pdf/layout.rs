// SPDX-License-Identifier: EUPL-1.2
//! Estimates of how high tables will be, so that small ones stay whole and figures unbroken.

use crate::tree::{Block, Cell, Inline, Table, walk};

/// Tables with fewer lines stay on one page.
pub(super) const WHOLE: u32 = 26;
/// Characters in a line over the whole width.
const LINE: u32 = 95;
/// Longest text that is kept in one line.
const SHORT: usize = 18;

/// Lines that each row takes, about. Cells over several rows do not count.
pub(super) fn lines(table: &Table) -> Vec<u32> {
    let high = |(cell, width): &(&Cell, u32)| {
        if cell.rowspan == 1 { blocks(&cell.body, *width) } else { 1 }
    };
    let rows = widths(table, table.rows.iter().map(|row| row.cells.as_slice()));
    rows.iter().map(|row| row.iter().map(high).max().unwrap_or(1).max(1)).collect()
}

/// Whether each cell of the head has a word that its column has no room for and that must be divided.
pub(super) fn cramped(table: &Table) -> Vec<Vec<bool>> {
    let cramped = |(cell, width): &(&Cell, u32)| {
        let text = walk::cell_text(cell);
        // A hyphen may end a line; the letters of a head are wider than others.
        let words = text.split([' ', '-', '/']);
        let longest = words.map(|word| word.chars().count()).max().unwrap_or(0);
        longest * 11 > *width as usize * 10
    };
    let rows = widths(table, table.head.iter().map(Vec::as_slice));
    rows.iter().map(|row| row.iter().map(cramped).collect()).collect()
}

/// The cells of rows, each with the characters that a line of it holds, about.
fn widths<'t>(table: &Table, rows: impl Iterator<Item = &'t [Cell]>) -> Vec<Vec<(&'t Cell, u32)>> {
    let total: u32 = table.columns.iter().map(|column| column.weight.max(1)).sum();
    let mut covered = vec![0_u32; table.columns.len()];
    let mut out = Vec::new();
    for row in rows {
        let mut at = 0;
        let mut cells = Vec::with_capacity(row.len());
        for cell in row {
            while covered.get(at).is_some_and(|rows| *rows > 0) {
                at += 1;
            }
            let span = cell.colspan as usize;
            let share: u32 =
                table.columns.iter().skip(at).take(span).map(|column| column.weight.max(1)).sum();
            cells.push((cell, (share * LINE / total.max(1)).saturating_sub(2).max(4)));
            covered.iter_mut().skip(at).take(span).for_each(|rows| *rows = cell.rowspan);
            at += span;
        }
        covered.iter_mut().for_each(|rows| *rows = rows.saturating_sub(1));
        out.push(cells);
    }
    out
}

fn blocks(body: &[Block], width: u32) -> u32 {
    body.iter()
        .map(|block| match block {
            Block::Paragraph(text) => {
                let length = u32::try_from(walk::plain(text).chars().count()).unwrap_or(u32::MAX);
                length.div_ceil(width).max(1)
            }
            Block::List { items, .. } => {
                items.iter().map(|item| blocks(item, width.saturating_sub(3).max(4))).sum()
            }
            _ => 1,
        })
        .sum()
}

/// Whether a cell holds so little that it must not break.
pub(super) fn is_short(cell: &Cell) -> bool {
    walk::cell_text(cell).chars().count() <= SHORT
}

/// Whether a heading has a word that may not fit into one line.
pub(super) fn has_long_word(text: &[Inline]) -> bool {
    walk::plain(text).split([' ', '-', '/']).any(|word| word.chars().count() > 34)
}

/// Whether a paragraph ends in a colon before what it announces, with which it must stay.
pub(super) fn announces(block: &Block, next: Option<&Block>) -> bool {
    let list = matches!(
        next,
        Some(
            Block::List { .. }
                | Block::Checklist(_)
                | Block::RatedList(_)
                | Block::Table(_)
                | Block::SideBySide(_)
                | Block::Picture(_)
        )
    );
    matches!(block, Block::Paragraph(text) if list && walk::plain(text).trim_end().ends_with(':'))
}

/// Whether there are marginal notes enough for all pages to have room for them beside the text.
pub(super) fn has_margin(blocks: &[Block]) -> bool {
    /// So many blocks of a text have one note at least.
    const PER_NOTE: usize = 40;
    let (mut notes, mut all) = (0, 0);
    walk::blocks(blocks, &mut |block| {
        all += 1;
        notes += usize::from(matches!(block, Block::Margin { .. }));
    });
    notes * PER_NOTE > all
}
