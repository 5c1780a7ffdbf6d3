// SPDX-License-Identifier: EUPL-1.2
//! The tree as the JSON that `dokument.typ` reads. The keys are described there.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{Quality, ThemeFiles, layout};
use crate::tree::{Align, Block, BoxKind, Cell, Document, Image, Inline, Picture, RowKind, Table};
use crate::write::{Theme, svg};

/// The document's data and its pictures by path.
pub(super) fn of(
    document: &Document,
    theme: &ThemeFiles,
    quality: Quality,
) -> (Vec<u8>, BTreeMap<String, Vec<u8>>) {
    let mut writer = Writer {
        theme: Theme::read(theme.texts.get("thema.typ").map_or("", String::as_str)),
        pictures: BTreeMap::new(),
        footnotes: Vec::new(),
        fast: quality == Quality::Fast,
        roomy: true,
    };
    let meta = &document.meta;
    let (year, month, day) = meta.date_parts;
    let data = json!({
        "meta": {
            "title": meta.title,
            "subtitle": meta.subtitle,
            "organisation": meta.organisation,
            "year": meta.year.to_string(),
            "date": meta.date,
            "date_iso": [year, month, day],
            "lang": "de",
            "draft": meta.draft,
            "reference": meta.reference,
            "mark": null,
            "running_title": meta.title,
            "words": {
                "page": meta.word("seite"),
                "of": meta.word("von"),
                "asof": meta.word("stand"),
            },
        },
        "fast": quality == Quality::Fast,
        "blocks": writer.blocks(&document.blocks),
    });
    (data.to_string().into_bytes(), writer.pictures)
}

struct Writer {
    theme: Theme,
    pictures: BTreeMap<String, Vec<u8>>,
    footnotes: Vec<String>,
    fast: bool,
    roomy: bool,
}

impl Writer {
    fn blocks(&mut self, blocks: &[Block]) -> Value {
        let mut out = Vec::with_capacity(blocks.len());
        for (at, block) in blocks.iter().enumerate() {
            let Some(mut value) = self.block(block) else { continue };
            if layout::announces(block, blocks.get(at + 1)) {
                value["announces"] = true.into();
            }
            out.push(value);
        }
        out.into()
    }

    fn block(&mut self, block: &Block) -> Option<Value> {
        Some(match block {
            Block::Heading(heading) => json!({
                "t": "heading",
                "level": heading.level,
                "number": heading.number,
                "id": heading.id,
                "listed": heading.numbered,
                "hang": !self.fast,
                "hyphenate": layout::has_long_word(&heading.body),
                "body": self.inlines(&heading.body),
            }),
            Block::Paragraph(body) => json!({"t": "par", "body": self.inlines(body)}),
            Block::List { start, items } => json!({
                "t": "list",
                "ordered": start.is_some(),
                "start": start.unwrap_or(1),
                "items": items.iter().map(|item| self.blocks(item)).collect::<Value>(),
            }),
            Block::Checklist(items) => json!({
                "t": "checklist",
                "items": items
                    .iter()
                    .map(|(done, item)| json!({"done": done, "blocks": self.blocks(item)}))
                    .collect::<Value>(),
            }),
            Block::RatedList(items) => json!({
                "t": "rated",
                "items": items
                    .iter()
                    .map(|item| json!({
                        "mark": item.mark,
                        "meaning": item.meaning,
                        "blocks": [{"t": "par", "body": self.inlines(&item.body)}],
                    }))
                    .collect::<Value>(),
            }),
            Block::Quote(body) => json!({"t": "quote", "blocks": self.blocks(body)}),
            Block::Boxed { kind, title, body } => json!({
                "t": "box",
                "kind": match kind {
                    BoxKind::Goal => "goal",
                    BoxKind::Definition => "definition",
                    BoxKind::Note => "note",
                },
                "title": title,
                "blocks": self.blocks(body),
            }),
            Block::Margin { note, beside } => json!({
                "t": "margin",
                "note": self.blocks(note),
                "beside": self.blocks(beside),
            }),
            Block::Table(table) => self.table(table),
            Block::SideBySide(tables) => json!({
                "t": "sidebyside",
                "blocks": tables.iter().map(|table| self.table(table)).collect::<Value>(),
            }),
            Block::Picture(picture) => self.picture(picture),
            Block::Glossary(items) => json!({
                "t": "glossary",
                "items": items
                    .iter()
                    .map(|(short, long)| json!({"short": short, "long": long}))
                    .collect::<Value>(),
            }),
            Block::Cover => json!({"t": "cover"}),
            Block::Contents(title) => json!({"t": "toc", "title": title, "leaders": !self.fast}),
            Block::Tables(title) => {
                json!({"t": "listof", "kind": "table", "title": title, "leaders": !self.fast})
            }
            Block::Pictures(title) => {
                json!({"t": "listof", "kind": "figure", "title": title, "leaders": !self.fast})
            }
            Block::PageBreak => json!({"t": "pagebreak"}),
            Block::Rule => json!({"t": "rule"}),
            Block::Insert(_) => return None,
        })
    }

    fn optional(&mut self, inlines: &[Inline]) -> Value {
        if inlines.is_empty() { Value::Null } else { self.inlines(inlines) }
    }

    fn table(&mut self, table: &Table) -> Value {
        let lines = layout::lines(table);
        // In a table of many columns even a figure may have to break.
        self.roomy = table.columns.len() < 10;
        json!({
            "t": "table",
            "fast": self.fast,
            "whole": !self.fast && lines.iter().sum::<u32>() < layout::WHOLE,
            "id": table.id,
            "number": table.number,
            "caption": self.optional(&table.caption),
            "columns": table
                .columns
                .iter()
                .map(|column| json!({"align": align(column.align), "weight": column.weight.max(1)}))
                .collect::<Value>(),
            "header": table
                .head
                .iter()
                .map(|row| row.iter().map(|cell| self.cell(cell, None)).collect::<Value>())
                .collect::<Value>(),
            "rows": table
                .rows
                .iter()
                .zip(&lines)
                .map(|(row, lines)| json!({
                    "lines": lines,
                    "kind": match row.kind {
                        RowKind::Body => "body",
                        RowKind::Group => "group",
                        RowKind::Part => "sub",
                        RowKind::Total => "total",
                    },
                    "cells": row
                        .cells
                        .iter()
                        .map(|cell| self.cell(cell, Some(cell.header)))
                        .collect::<Value>(),
                }))
                .collect::<Value>(),
            "notes": table.notes.iter().map(|note| self.inlines(note)).collect::<Value>(),
            "source": self.optional(&table.source),
        })
    }

    fn cell(&mut self, cell: &Cell, header: Option<bool>) -> Value {
        json!({
            "colspan": cell.colspan,
            "rowspan": cell.rowspan,
            "header": header.unwrap_or(false),
            "align": null,
            "short": !self.fast && self.roomy && layout::is_short(cell),
            "blocks": self.blocks(&cell.body),
        })
    }

    fn picture(&mut self, picture: &Picture) -> Value {
        let path = format!("bilder/{}", picture.file);
        let bytes = match &picture.image {
            Image::Chart(chart) => svg::chart(chart, &picture.alt, &self.theme).into_bytes(),
            Image::Bytes(bytes) => bytes.clone(),
        };
        self.pictures.insert(path.clone(), bytes);
        json!({
            "t": "figure",
            "id": picture.id,
            "number": picture.number,
            "caption": self.optional(&picture.caption),
            "alt": picture.alt,
            "file": format!("/{path}"),
            "width": "100%",
            "source": self.optional(&picture.source),
        })
    }

    fn inlines(&mut self, inlines: &[Inline]) -> Value {
        inlines.iter().map(|inline| self.inline(inline)).collect()
    }

    fn inline(&mut self, inline: &Inline) -> Value {
        match inline {
            Inline::Text(text) => json!({"i": "text", "v": text}),
            Inline::Strong(body) => json!({"i": "strong", "body": self.inlines(body)}),
            Inline::Emphasis(body) => json!({"i": "emph", "body": self.inlines(body)}),
            Inline::Struck(body) => json!({"i": "del", "body": self.inlines(body)}),
            Inline::Code(text) => json!({"i": "code", "v": text}),
            Inline::Link { url, body } => {
                json!({"i": "link", "url": url, "body": self.inlines(body)})
            }
            Inline::Internal { target, body } => {
                json!({"i": "ref", "target": target, "body": self.inlines(body)})
            }
            Inline::Figure { body, .. } | Inline::Reference { body, .. } => {
                json!({"i": "span", "body": self.inlines(body)})
            }
            Inline::Footnote { label, body } => self.footnote(label, body),
            Inline::Break => json!({"i": "break"}),
        }
    }

    fn footnote(&mut self, label: &str, body: &[Block]) -> Value {
        if let Some(at) = self.footnotes.iter().position(|known| known == label) {
            return json!({"i": "footnoteref", "id": (at + 1).to_string()});
        }
        self.footnotes.push(label.to_owned());
        let id = self.footnotes.len().to_string();
        json!({"i": "footnote", "id": id, "blocks": self.blocks(body)})
    }
}

fn align(align: Align) -> &'static str {
    match align {
        Align::Left => "left",
        Align::Right => "right",
        Align::Centre => "center",
    }
}
