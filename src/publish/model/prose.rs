// SPDX-License-Identifier: EUPL-1.2
//! Running text for the public version: without internal boxes and without reasons of acknowledgements.
//!
//! Not here: whether a text is public at all.

use crate::tree::{Block, BoxKind, Inline};

/// Inlines without the reasons with which deviations are acknowledged.
pub(super) fn inlines(list: &[Inline]) -> Vec<Inline> {
    list.iter().map(inline).collect()
}

fn inline(one: &Inline) -> Inline {
    match one {
        Inline::Text(text) => Inline::Text(text.clone()),
        Inline::Strong(body) => Inline::Strong(inlines(body)),
        Inline::Emphasis(body) => Inline::Emphasis(inlines(body)),
        Inline::Struck(body) => Inline::Struck(inlines(body)),
        Inline::Inserted(body) => Inline::Inserted(inlines(body)),
        Inline::Code(text) => Inline::Code(text.clone()),
        Inline::Link { url, body } => Inline::Link { url: url.clone(), body: inlines(body) },
        Inline::Internal { target, body } => {
            Inline::Internal { target: target.clone(), body: inlines(body) }
        }
        Inline::Figure { path, acknowledged: _, body, span } => Inline::Figure {
            path: path.clone(),
            acknowledged: None,
            body: inlines(body),
            span: *span,
        },
        // A number that was printed may be another one now.
        Inline::Reference { kind, target, body, acknowledged: _, span } => Inline::Reference {
            kind: *kind,
            target: target.clone(),
            body: inlines(body),
            acknowledged: None,
            span: *span,
        },
        Inline::Footnote { label, body } => {
            Inline::Footnote { label: label.clone(), body: blocks(body, &mut 0) }
        }
        Inline::Break => Inline::Break,
    }
}

/// Blocks without internal boxes; `gone` counts those.
pub(super) fn blocks(list: &[Block], gone: &mut usize) -> Vec<Block> {
    let mut out = Vec::new();
    for block in list {
        match block {
            Block::Boxed { kind: BoxKind::Internal, .. } => *gone += 1,
            Block::Heading(heading) => {
                let mut heading = heading.clone();
                heading.body = inlines(&heading.body);
                out.push(Block::Heading(heading));
            }
            Block::Paragraph(body) => out.push(Block::Paragraph(inlines(body))),
            Block::List { start, items } => {
                let items: Vec<Vec<Block>> = items
                    .iter()
                    .map(|item| blocks(item, gone))
                    .filter(|item| !item.is_empty())
                    .collect();
                if !items.is_empty() {
                    out.push(Block::List { start: *start, items });
                }
            }
            Block::Checklist(items) => out.push(Block::Checklist(
                items.iter().map(|(done, item)| (*done, blocks(item, gone))).collect(),
            )),
            Block::Quote(body) => out.push(Block::Quote(blocks(body, gone))),
            Block::Boxed { kind, title, body } => out.push(Block::Boxed {
                kind: *kind,
                title: title.clone(),
                body: blocks(body, gone),
            }),
            Block::Margin { note, beside } => {
                let internal =
                    |block: &Block| matches!(block, Block::Boxed { kind: BoxKind::Internal, .. });
                let only_internal = !note.is_empty() && note.iter().all(internal);
                let (note, beside) = (blocks(note, gone), blocks(beside, gone));
                if only_internal {
                    out.extend(beside);
                } else {
                    out.push(Block::Margin { note, beside });
                }
            }
            Block::Columns(columns) => out
                .push(Block::Columns(columns.iter().map(|column| blocks(column, gone)).collect())),
            Block::Beside { picture, body } => {
                out.push(Block::Beside {
                    picture: blocks(picture, gone),
                    body: blocks(body, gone),
                });
            }
            // A table of a text stands there as it is; its cells may hold figures.
            Block::Table(table) => {
                let mut table = table.clone();
                for cell in table
                    .head
                    .iter_mut()
                    .flatten()
                    .chain(table.rows.iter_mut().flat_map(|row| &mut row.cells))
                {
                    cell.body = blocks(&cell.body, gone);
                }
                out.push(Block::Table(table));
            }
            Block::RatedList(_)
            | Block::SideBySide(_)
            | Block::Signature { .. }
            | Block::Picture(_)
            | Block::Glossary(_)
            | Block::Cover
            | Block::Contents { .. }
            | Block::Tables(_)
            | Block::Pictures(_)
            | Block::PageBreak
            | Block::Rule
            | Block::Insert(_) => out.push(block.clone()),
        }
    }
    out
}
