// SPDX-License-Identifier: EUPL-1.2
//! The tree as the JSON that `dokument.typ` reads. The keys are described there.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{Quality, layout};
use crate::tree::theme::Theme;
use crate::tree::{Align, Block, BoxKind, Cell, Document, Inline, Meta, Picture, RowKind, Table};
use crate::write::svg;

/// The document's data and its pictures by path.
pub(super) fn of(document: &Document, quality: Quality) -> (Vec<u8>, BTreeMap<String, Vec<u8>>) {
    let mut writer = Writer {
        theme: &document.theme,
        pictures: BTreeMap::new(),
        footnotes: Vec::new(),
        fast: quality == Quality::Fast,
        roomy: true,
        margin: layout::has_margin(&document.blocks),
    };
    let meta = &document.meta;
    let (year, month, day) = meta.date_parts;
    let data = json!({
        "meta": {
            "title": meta.title,
            "subtitle": meta.subtitle,
            "motto": meta.motto,
            "organisation": meta.organisation,
            "year": meta.year.to_string(),
            "date": meta.date,
            "date_line": meta.date_line,
            "date_iso": [year, month, day],
            "lang": "de",
            "draft": meta.draft,
            "reference": meta.reference,
            "mark": meta.mark,
            "running_title": meta.title,
            "words": {
                "page": meta.word("seite"),
                "of": meta.word("von"),
                "asof": meta.word("stand"),
                "signed": meta.word("gez"),
                "separator": separator(meta),
            },
        },
        "theme": self::theme(&document.theme),
        "fast": quality == Quality::Fast,
        "blocks": writer.blocks(&document.blocks),
    });
    if let Some(logo) = &document.theme.logo {
        writer.pictures.insert(logo_path(&logo.ending), logo.bytes.clone());
    }
    (data.to_string().into_bytes(), writer.pictures)
}

struct Writer<'a> {
    theme: &'a Theme,
    pictures: BTreeMap<String, Vec<u8>>,
    footnotes: Vec<String>,
    fast: bool,
    roomy: bool,
    /// Whether notes stand in the margin; otherwise in the text.
    margin: bool,
}

impl Writer<'_> {
    fn blocks(&mut self, blocks: &[Block]) -> Value {
        let mut out = Vec::with_capacity(blocks.len());
        for (at, block) in blocks.iter().enumerate() {
            let Some(mut value) = self.block(block) else { continue };
            if layout::announces(block, blocks.get(at + 1)) {
                value["announces"] = true.into();
            }
            // Two notes in the margin must not run into each other.
            if let (Block::Margin { .. }, Some(Block::Margin { .. })) = (block, blocks.get(at + 1))
            {
                value["crowded"] = true.into();
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
                    BoxKind::Note | BoxKind::Internal => "note",
                    BoxKind::Status => "status",
                },
                "title": title,
                "blocks": self.blocks(body),
            }),
            Block::Margin { note, beside } => json!({
                "t": if self.margin { "margin" } else { "aside" },
                "note": self.blocks(note),
                "beside": self.blocks(beside),
            }),
            Block::Table(table) => self.table(table),
            Block::SideBySide(tables) => json!({
                "t": "sidebyside",
                "blocks": tables.iter().map(|table| self.table(table)).collect::<Value>(),
            }),
            Block::Columns(columns) => json!({
                "t": "columns",
                "columns": columns.iter().map(|column| self.blocks(column)).collect::<Value>(),
            }),
            Block::Beside { picture, body } => json!({
                "t": "beside",
                "picture": self.blocks(picture),
                "beside": self.blocks(body),
            }),
            Block::Signature { place, lines } => json!({
                "t": "signature",
                "place": place,
                "lines": lines
                    .iter()
                    .map(|(name, function, signed)| json!({
                        "name": name,
                        "function": function,
                        "signed": signed,
                    }))
                    .collect::<Value>(),
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
            Block::Contents { title, depth, pages } => json!({
                "t": "toc",
                "title": title,
                "depth": depth,
                "pages": pages,
                "leaders": !self.fast,
            }),
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
        let cramped = layout::cramped(table);
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
                .zip(&cramped)
                .map(|(row, cramped)| {
                    let cells = row.iter().zip(cramped).map(|(cell, cramped)| {
                        let mut cell = self.cell(cell, None);
                        cell["hyphenate"] = (!self.fast && *cramped).into();
                        cell
                    });
                    cells.collect::<Value>()
                })
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
        let file = svg::picture(picture, self.theme);
        // Drawings of usual height need not be measured.
        let tall = file.height.is_none_or(|height| height > 700);
        self.pictures.insert(path.clone(), file.bytes);
        json!({
            "t": "figure",
            "id": picture.id,
            "number": picture.number,
            "caption": self.optional(&picture.caption),
            "alt": picture.alt,
            "file": format!("/{path}"),
            "tall": tall,
            "width": format!("{}%", picture.width.clamp(1, 100)),
            "source": self.optional(&picture.source),
            "note": self.optional(&picture.note),
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
            Inline::Inserted(body) => json!({"i": "ins", "body": self.inlines(body)}),
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

/// Colours as `#rrggbb`, fonts by name, the logo by its path.
fn theme(theme: &Theme) -> Value {
    json!({
        "accent": theme.accent.to_string(),
        "text": theme.text.to_string(),
        "grey": theme.grey.to_string(),
        "warning": theme.warning.to_string(),
        "ground": theme.ground.to_string(),
        "hairline": theme.hairline.to_string(),
        "font": theme.font,
        "heading_font": theme.heading_font,
        "logo": theme.logo.as_ref().map(|logo| json!({
            "file": format!("/{}", logo_path(&logo.ending)),
            "alt": logo.alt,
            "height": logo.height,
        })),
    })
}

/// Where typst finds the logo.
fn logo_path(ending: &str) -> String {
    format!("thema/logo.{ending}")
}

/// What stands between the number and the title of a caption; `null` for a gap.
fn separator(meta: &Meta) -> Option<&str> {
    let word = meta.word("unterschrift_trenner");
    (!word.is_empty() && word != "unterschrift_trenner").then_some(word)
}

fn align(align: Align) -> &'static str {
    match align {
        Align::Left => "left",
        Align::Right => "right",
        Align::Centre => "center",
    }
}
