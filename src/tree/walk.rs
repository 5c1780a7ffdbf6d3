// SPDX-License-Identifier: EUPL-1.2
//! Visiting a tree: every inline, and the plain text.

use super::{Block, Cell, Inline, Table};

/// Calls `visit` for every list of inlines in the blocks, outer ones first, in reading order.
pub fn inlines_mut(blocks: &mut [Block], visit: &mut impl FnMut(&mut Vec<Inline>)) {
    for block in blocks {
        match block {
            Block::Heading(heading) => inline_tree(&mut heading.body, visit),
            Block::Paragraph(body) => inline_tree(body, visit),
            Block::List { items, .. } => {
                items.iter_mut().for_each(|item| inlines_mut(item, visit));
            }
            Block::Checklist(items) => {
                items.iter_mut().for_each(|(_, item)| inlines_mut(item, visit));
            }
            Block::RatedList(items) => {
                items.iter_mut().for_each(|item| inline_tree(&mut item.body, visit));
            }
            Block::Quote(body) | Block::Boxed { body, .. } => inlines_mut(body, visit),
            Block::Margin { note, beside } => {
                inlines_mut(note, visit);
                inlines_mut(beside, visit);
            }
            Block::Table(table) => table_inlines(table, visit),
            Block::SideBySide(tables) => {
                tables.iter_mut().for_each(|table| table_inlines(table, visit));
            }
            Block::Columns(columns) => {
                columns.iter_mut().for_each(|column| inlines_mut(column, visit));
            }
            Block::Beside { picture, body } => {
                inlines_mut(picture, visit);
                inlines_mut(body, visit);
            }
            Block::Picture(picture) => {
                inline_tree(&mut picture.caption, visit);
                inline_tree(&mut picture.source, visit);
                inline_tree(&mut picture.note, visit);
                if let Some(data) = &mut picture.data {
                    table_inlines(data, visit);
                }
            }
            Block::Glossary(_)
            | Block::Cover
            | Block::Contents { .. }
            | Block::Signature { .. }
            | Block::Tables(_)
            | Block::Pictures(_)
            | Block::PageBreak
            | Block::Rule
            | Block::Insert(_) => {}
        }
    }
}

fn table_inlines(table: &mut Table, visit: &mut impl FnMut(&mut Vec<Inline>)) {
    inline_tree(&mut table.caption, visit);
    let head = table.head.iter_mut().flatten();
    for cell in head.chain(table.rows.iter_mut().flat_map(|row| &mut row.cells)) {
        inlines_mut(&mut cell.body, visit);
    }
    table.notes.iter_mut().for_each(|note| inline_tree(note, visit));
    inline_tree(&mut table.source, visit);
}

/// Calls `visit` for a list of inlines and for every list within it.
pub fn inline_tree(inlines: &mut Vec<Inline>, visit: &mut impl FnMut(&mut Vec<Inline>)) {
    visit(inlines);
    for inline in inlines {
        match inline {
            Inline::Strong(body)
            | Inline::Emphasis(body)
            | Inline::Struck(body)
            | Inline::Inserted(body)
            | Inline::Link { body, .. }
            | Inline::Internal { body, .. }
            | Inline::Figure { body, .. }
            | Inline::Reference { body, .. } => inline_tree(body, visit),
            Inline::Footnote { body, .. } => inlines_mut(body, visit),
            Inline::Text(_) | Inline::Code(_) | Inline::Break => {}
        }
    }
}

/// Calls `visit` for every inline of the blocks, outer ones first, in reading order.
pub fn inlines<'a>(blocks: &'a [Block], visit: &mut impl FnMut(&'a Inline)) {
    for block in blocks {
        match block {
            Block::Heading(heading) => each(&heading.body, visit),
            Block::Paragraph(body) => each(body, visit),
            Block::List { items, .. } => items.iter().for_each(|item| inlines(item, visit)),
            Block::Checklist(items) => items.iter().for_each(|(_, item)| inlines(item, visit)),
            Block::RatedList(items) => items.iter().for_each(|item| each(&item.body, visit)),
            Block::Quote(body) | Block::Boxed { body, .. } => inlines(body, visit),
            Block::Margin { note, beside } => {
                inlines(note, visit);
                inlines(beside, visit);
            }
            Block::Table(table) => in_table(table, visit),
            Block::SideBySide(tables) => tables.iter().for_each(|table| in_table(table, visit)),
            Block::Columns(columns) => columns.iter().for_each(|column| inlines(column, visit)),
            Block::Beside { picture, body } => {
                inlines(picture, visit);
                inlines(body, visit);
            }
            Block::Picture(picture) => {
                each(&picture.caption, visit);
                each(&picture.source, visit);
                each(&picture.note, visit);
            }
            Block::Glossary(_)
            | Block::Cover
            | Block::Contents { .. }
            | Block::Signature { .. }
            | Block::Tables(_)
            | Block::Pictures(_)
            | Block::PageBreak
            | Block::Rule
            | Block::Insert(_) => {}
        }
    }
}

fn in_table<'a>(table: &'a Table, visit: &mut impl FnMut(&'a Inline)) {
    each(&table.caption, visit);
    for cell in table.head.iter().flatten().chain(table.rows.iter().flat_map(|row| &row.cells)) {
        inlines(&cell.body, visit);
    }
    table.notes.iter().for_each(|note| each(note, visit));
    each(&table.source, visit);
}

/// Calls `visit` for every inline of a list, outer ones first.
pub fn each<'a>(list: &'a [Inline], visit: &mut impl FnMut(&'a Inline)) {
    for inline in list {
        visit(inline);
        match inline {
            Inline::Strong(body)
            | Inline::Emphasis(body)
            | Inline::Struck(body)
            | Inline::Inserted(body)
            | Inline::Link { body, .. }
            | Inline::Internal { body, .. }
            | Inline::Figure { body, .. }
            | Inline::Reference { body, .. } => each(body, visit),
            Inline::Footnote { body, .. } => inlines(body, visit),
            Inline::Text(_) | Inline::Code(_) | Inline::Break => {}
        }
    }
}

/// Calls `visit` for every block at any depth, outer ones first.
pub fn blocks<'a>(list: &'a [Block], visit: &mut impl FnMut(&'a Block)) {
    for block in list {
        visit(block);
        match block {
            Block::List { items, .. } => items.iter().for_each(|item| blocks(item, visit)),
            Block::Checklist(items) => items.iter().for_each(|(_, item)| blocks(item, visit)),
            Block::Quote(body) | Block::Boxed { body, .. } => blocks(body, visit),
            Block::Margin { note, beside } => {
                blocks(note, visit);
                blocks(beside, visit);
            }
            Block::Columns(columns) => columns.iter().for_each(|column| blocks(column, visit)),
            Block::Beside { picture, body } => {
                blocks(picture, visit);
                blocks(body, visit);
            }
            _ => {}
        }
    }
}

/// Calls `visit` for every table that stands in the text, at any depth.
pub fn tables<'a>(list: &'a [Block], visit: &mut impl FnMut(&'a Table)) {
    blocks(list, &mut |block| match block {
        Block::Table(table) => visit(table),
        Block::SideBySide(tables) => tables.iter().for_each(&mut *visit),
        _ => {}
    });
}

/// Calls `visit` for every picture at any depth.
pub fn pictures<'a>(list: &'a [Block], visit: &mut impl FnMut(&'a super::Picture)) {
    blocks(list, &mut |block| {
        if let Block::Picture(picture) = block {
            visit(picture);
        }
    });
}

/// The text of inlines without any markup; footnotes are left out.
pub fn plain(list: &[Inline]) -> String {
    let mut out = String::new();
    add_plain(list, &mut out);
    out
}

fn add_plain(list: &[Inline], out: &mut String) {
    for inline in list {
        match inline {
            Inline::Text(text) | Inline::Code(text) => out.push_str(text),
            Inline::Break => out.push(' '),
            Inline::Strong(body)
            | Inline::Emphasis(body)
            | Inline::Struck(body)
            | Inline::Inserted(body)
            | Inline::Link { body, .. }
            | Inline::Internal { body, .. }
            | Inline::Figure { body, .. }
            | Inline::Reference { body, .. } => add_plain(body, out),
            Inline::Footnote { .. } => {}
        }
    }
}

/// The plain text of a cell; items of a list are joined by ` | `.
pub fn cell_text(cell: &Cell) -> String {
    let mut parts = Vec::new();
    block_texts(&cell.body, &mut parts);
    parts.join(" | ")
}

fn block_texts(blocks: &[Block], out: &mut Vec<String>) {
    for block in blocks {
        match block {
            Block::Paragraph(body) => out.push(plain(body)),
            Block::List { items, .. } => items.iter().for_each(|item| block_texts(item, out)),
            Block::Checklist(items) => items.iter().for_each(|(_, item)| block_texts(item, out)),
            Block::Quote(body) | Block::Boxed { body, .. } => block_texts(body, out),
            _ => {}
        }
    }
}
