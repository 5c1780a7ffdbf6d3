// SPDX-License-Identifier: EUPL-1.2
//! The report about a comparison as a document: one page for the meeting, then the tables of each area,
//! then the texts with what went and what came.
//!
//! Not here: how the report is written, and the finding of any difference.

mod glance;
mod tables;
mod texts;

use std::collections::BTreeSet;

use super::delta::{FigureChange, Outcome};
use super::{Change, Comparison, Side, Status};
use crate::tree::{
    Align, Block, Cell, Column, Document, Heading, Inline, Meta, Row, RowKind, Table, typography,
};

/// Makes the report.
pub fn of(comparison: &Comparison<'_>) -> Document {
    let said = Said::of(comparison);
    let mut blocks = vec![heading(1, "Auf einen Blick")];
    blocks.extend(glance::blocks(comparison, &said));
    let areas = tables::blocks(comparison, &said);
    if !areas.is_empty() {
        blocks.push(Block::PageBreak);
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
        texts: BTreeSet::new(),
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
        numbered: true,
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

/// A table of texts: heads with the widths of their columns, of which all after the first `left` ones
/// hold figures unless they are wide. The first column names the row.
fn table(
    caption: &str,
    head: &[(impl AsRef<str>, u32)],
    left: usize,
    rows: Vec<Vec<Vec<Inline>>>,
) -> Table {
    const WIDE: u32 = 30;
    let columns = head.iter().enumerate().map(|(at, (_, weight))| Column {
        align: if at < left || *weight > WIDE { Align::Left } else { Align::Right },
        weight: *weight,
    });
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
        columns: columns.collect(),
        head: vec![head.iter().map(|(title, _)| Cell::text(title.as_ref())).collect()],
        rows: rows.into_iter().map(row).collect(),
        ..Table::default()
    }
}

/// The heads of a table of figures: the years, or which draft.
fn columns(comparison: &Comparison<'_>, first: &str) -> [(String, u32); 5] {
    let (old, new) = (comparison.old.programme.year, comparison.new.programme.year);
    let (before, after) = if old == new {
        ("bisher".to_owned(), "neu".to_owned())
    } else {
        (old.to_string(), new.to_string())
    };
    let figures =
        [(before, 16), (after, 16), ("Differenz".to_owned(), 16), ("in %".to_owned(), 12)];
    let [before, after, difference, percent] = figures;
    [(first.to_owned(), 40), before, after, difference, percent]
}

/// Before, now, difference, change in percent.
fn values(change: &Change, figure: &FigureChange) -> Vec<Vec<Inline>> {
    let shown = |value: &Option<String>| plain(value.clone().unwrap_or_else(|| "–".to_owned()));
    let single = match (&change.old, &change.new) {
        (None, _) => "neu",
        // It may go on under another name, or untold.
        (_, None) => "nicht mehr",
        _ => "–",
    };
    let (difference, percent) = match &figure.outcome {
        Outcome::Differs { difference, percent, .. } => {
            let percent = percent.as_ref().map_or("–", |percent| bare(percent));
            (difference.replace("Prozentpunkte", "%-Punkte"), percent.to_owned())
        }
        Outcome::Same => ("unverändert".to_owned(), "–".to_owned()),
        _ => ("–".to_owned(), single.to_owned()),
    };
    vec![shown(&figure.old), shown(&figure.new), plain(difference), plain(percent)]
}

/// A percentage without its sign, which stands in the head.
fn bare(percent: &str) -> &str {
    percent.trim_end_matches('%').trim_end_matches(['\u{a0}', ' '])
}

/// A name that may be a sentence, shortened.
fn short(name: &str, letters: usize) -> String {
    if name.chars().count() <= letters {
        return name.trim_end_matches('.').to_owned();
    }
    let cut: String = name.chars().take(letters).collect();
    let whole = cut.rfind(' ').map_or(cut.as_str(), |at| &cut[..at]);
    format!("{}\u{a0}…", whole.trim_end_matches([',', '.', ';', ' ', '–', '(']))
}

/// As many names as have room, and how many more there are.
fn listed(names: &[String], room: usize) -> String {
    let mut out = String::new();
    for (at, name) in names.iter().enumerate() {
        if at > 0 && out.chars().count() + name.chars().count() > room {
            return format!("{out}; und {} weitere", names.len() - at);
        }
        if at > 0 {
            out.push_str("; ");
        }
        out.push_str(name);
    }
    out
}

/// What the texts of both programmes say, in small letters: what is not listed may still be told of.
struct Said {
    old: (u32, String),
    new: (u32, String),
}

impl Said {
    fn of(comparison: &Comparison<'_>) -> Self {
        let all = |side: &Side<'_>| {
            let texts = side.programme.passages.iter().map(|passage| passage.text.to_lowercase());
            (side.programme.year, texts.collect::<Vec<_>>().join("\n"))
        };
        Self { old: all(&comparison.old), new: all(&comparison.new) }
    }

    /// The name of something, and that the other programme tells of it if it only does not list it.
    fn name(&self, change: &Change) -> String {
        const TELLING: usize = 5;
        let name = change.name();
        let bare = name.split(" (").next().unwrap_or(name).trim().to_lowercase();
        let (year, said) = match change.status {
            Status::Added => &self.old,
            Status::Dropped => &self.new,
            _ => return name.to_owned(),
        };
        if bare.chars().count() >= TELLING && said.contains(&bare) {
            format!("{name} (im Text {year} genannt)")
        } else {
            name.to_owned()
        }
    }
}
