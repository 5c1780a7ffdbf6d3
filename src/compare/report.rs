// SPDX-License-Identifier: EUPL-1.2
//! The report about a comparison as a document: one page for the meeting, then the tables of each area,
//! then the texts with what went and what came.
//!
//! Not here: how the report is written, and the finding of any difference.

mod glance;
mod tables;
mod texts;

use std::collections::BTreeSet;

use super::{Comparison, Side};
use crate::tree::{
    Align, Block, Cell, Column, Document, Heading, Inline, Meta, Row, RowKind, Table, typography,
};

/// Makes the report.
pub fn of(comparison: &Comparison<'_>) -> Document {
    let mut blocks = vec![heading(1, "Auf einen Blick")];
    blocks.extend(glance::blocks(comparison));
    let areas = tables::blocks(comparison);
    if !areas.is_empty() {
        blocks.push(heading(1, "Was sich geändert hat"));
        blocks.extend(areas);
    }
    let texts = texts::blocks(comparison);
    if !texts.is_empty() {
        blocks.push(heading(1, "Texte"));
        blocks.extend(texts);
    }
    typography::apply(&mut blocks);
    let new = comparison.new;
    Document {
        meta: Meta {
            title: title(&comparison.old, &new),
            subtitle: None,
            motto: None,
            draft: None,
            mark: None,
            ..new.document.meta.clone()
        },
        blocks,
        theme: new.document.theme.clone(),
        claims: Vec::new(),
        inserted: BTreeSet::new(),
    }
}

/// "Vergleich 2016 und 2021", or of two drafts, or of two Jobcenters.
fn title(old: &Side<'_>, new: &Side<'_>) -> String {
    let (first, last) = (old.programme, new.programme);
    if first.jobcenter != last.jobcenter {
        format!(
            "Vergleich: {} {} und {} {}",
            first.jobcenter, first.year, last.jobcenter, last.year
        )
    } else if first.year == last.year {
        format!("Vergleich zweier Fassungen {}", last.year)
    } else {
        format!("Vergleich {} und {}", first.year, last.year)
    }
}

fn heading(level: u8, text: &str) -> Block {
    Block::Heading(Heading {
        level,
        id: None,
        numbered: false,
        number: None,
        body: vec![Inline::Text(text.to_owned())],
    })
}

fn paragraph(text: impl Into<String>) -> Block {
    Block::Paragraph(vec![Inline::Text(text.into())])
}

fn bullets(items: impl IntoIterator<Item = Vec<Inline>>) -> Block {
    let items = items.into_iter().map(|item| vec![Block::Paragraph(item)]).collect();
    Block::List { start: None, items }
}

fn plain(text: impl Into<String>) -> Vec<Inline> {
    vec![Inline::Text(text.into())]
}

/// A table of texts; the first column names the row, those with `true` hold figures and are narrow.
fn table(caption: &str, head: &[(&str, bool)], rows: Vec<Vec<Vec<Inline>>>) -> Table {
    let narrow = if head.len() > 7 { 7 } else { 17 };
    let columns = head
        .iter()
        .map(|(_, figures)| Column {
            align: if *figures { Align::Right } else { Align::Left },
            weight: if *figures { narrow } else { 30 },
        })
        .collect();
    let row = |cells: Vec<Vec<Inline>>| Row {
        kind: RowKind::Body,
        cells: cells
            .into_iter()
            .enumerate()
            .map(|(at, cell)| Cell { header: at == 0, ..Cell::of(cell) })
            .collect(),
    };
    Table {
        caption: if caption.is_empty() { Vec::new() } else { plain(caption) },
        unnumbered: true,
        columns,
        head: vec![head.iter().map(|(title, _)| Cell::text(*title)).collect()],
        rows: rows.into_iter().map(row).collect(),
        ..Table::default()
    }
}
