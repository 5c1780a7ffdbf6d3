// SPDX-License-Identifier: EUPL-1.2
//! In which section of the document something stands that has a place in a file.
//!
//! What the document shows in several sections or in none has no section here.

use std::collections::BTreeMap;

use crate::diag::{FileId, Span};
use crate::model::Programme;
use crate::model::table::Cell;
use crate::tree::passage::PassageKind;
use crate::tree::typography::single_spaced;
use crate::tree::{Block, Document, Heading, walk};

/// The sections of a document, found by places in its files.
pub(super) struct Places {
    /// Headings of the document by anchor, and the first one by its words.
    by_anchor: BTreeMap<String, String>,
    by_words: BTreeMap<String, String>,
    /// Headings within texts, by file, with the byte at which they begin.
    headings: BTreeMap<FileId, Vec<(u32, String)>>,
    /// The text of each file.
    texts: BTreeMap<FileId, String>,
    /// Places of tables and pictures, with the section that shows them.
    shown: BTreeMap<Span, String>,
}

impl Places {
    pub(super) fn of(programme: &Programme, document: &Document) -> Self {
        let mut places = Self {
            by_anchor: BTreeMap::new(),
            by_words: BTreeMap::new(),
            headings: BTreeMap::new(),
            texts: BTreeMap::new(),
            shown: BTreeMap::new(),
        };
        let inserts = places.document(document);
        for passage in programme.passages.iter().filter(|it| it.kind == PassageKind::Heading) {
            let place = passage.whole();
            let list = places.headings.entry(place.file).or_default();
            list.push((place.start, single_spaced(&passage.text)));
        }
        for (name, text) in &programme.texts {
            places.texts.insert(text.file, name.clone());
        }
        for table in &programme.tables {
            let Some(section) = inserts.get(&format!("tabelle-{}", table.id)) else { continue };
            let rows = table.rows.iter().map(|row| row.span);
            let cells =
                table.rows.iter().flat_map(|row| &row.cells).filter_map(|cell| match cell {
                    Cell::Figure(id) => Some(programme.figures.get(*id).span),
                    _ => None,
                });
            for span in [table.span].into_iter().chain(rows).chain(cells) {
                places.shown.entry(span).or_insert_with(|| section.clone());
            }
        }
        for picture in &programme.pictures {
            if let Some(section) = inserts.get(&format!("abbildung-{}", picture.id)) {
                places.shown.insert(picture.span, section.clone());
            }
        }
        places
    }

    /// Collects the headings of the document; gives back tables and pictures with their section.
    fn document(&mut self, document: &Document) -> BTreeMap<String, String> {
        let mut inserts = BTreeMap::new();
        let mut current: Option<String> = None;
        let mut numbered = None;
        walk::blocks(&document.blocks, &mut |block| {
            let mut show = |id: &str| {
                if let Some(section) = &current {
                    inserts.entry(id.to_owned()).or_insert_with(|| section.clone());
                }
            };
            match block {
                Block::Table(table) => table.id.as_deref().into_iter().for_each(show),
                Block::SideBySide(tables) => {
                    tables.iter().filter_map(|table| table.id.as_deref()).for_each(show);
                }
                Block::Picture(picture) => show(&picture.id),
                Block::Heading(heading) => {
                    // What stands below a section without a number is found by the one above it.
                    let own = name(heading);
                    if heading.number.is_some() || heading.level == 1 {
                        numbered = Some(own.clone());
                    }
                    let name = numbered.clone().unwrap_or(own);
                    if let Some(id) = &heading.id {
                        self.by_anchor.insert(id.clone(), name.clone());
                    }
                    let words = single_spaced(&walk::plain(&heading.body));
                    self.by_words.entry(words).or_insert_with(|| name.clone());
                    current = Some(name);
                }
                _ => {}
            }
        });
        inserts
    }

    /// The section in which a place of a file is shown, if that can be told.
    pub(super) fn section(&self, span: Span) -> Option<String> {
        if let Some(text) = self.texts.get(&span.file) {
            let before = self
                .headings
                .get(&span.file)
                .and_then(|list| list.iter().rfind(|(start, _)| *start <= span.start));
            return before
                .and_then(|(_, words)| self.by_words.get(words))
                .or_else(|| self.by_anchor.get(text))
                .cloned();
        }
        // What has no place of its own stands within a row: the last thing that begins before it.
        let before = self.shown.range(..=Span { end: u32::MAX, ..span }).rev();
        let mut before = before.take_while(|(known, _)| known.file == span.file);
        before.find(|(known, _)| span.end <= known.end).map(|(_, section)| section.clone())
    }
}

/// „Abschnitt 2.1 „Mittel““
fn name(heading: &Heading) -> String {
    let words = single_spaced(&walk::plain(&heading.body));
    match &heading.number {
        Some(number) => format!("Abschnitt {number} „{words}“"),
        None => format!("Abschnitt „{words}“"),
    }
}
