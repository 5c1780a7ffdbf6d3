// SPDX-License-Identifier: EUPL-1.2
//! Numbers of headings, tables and pictures, and the anchors that references lead to.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::outline::OutlineRecord;
use crate::tree::{Block, Heading, Picture, Table, walk};

/// What can be referred to, with the words of a reference.
#[derive(Debug, Default)]
pub(super) struct Anchors {
    /// Anchor → "Kapitel 4", "Tabelle 1", "„Überschrift“".
    pub(super) labels: BTreeMap<String, String>,
}

/// Counts everything in reading order and gives every heading an anchor.
pub(super) fn number(blocks: &mut [Block], outline: &OutlineRecord) -> Anchors {
    let mut counter = Counter {
        outline,
        levels: [0; 6],
        tables: 0,
        pictures: 0,
        used: BTreeSet::new(),
        reserved: blocks
            .iter()
            .filter_map(|block| match block {
                Block::Heading(heading) => heading.id.clone(),
                _ => None,
            })
            .collect(),
        anchors: Anchors::default(),
    };
    counter.blocks(blocks);
    counter.anchors
}

struct Counter<'a> {
    outline: &'a OutlineRecord,
    levels: [u32; 6],
    tables: u32,
    pictures: u32,
    used: BTreeSet<String>,
    /// Anchors that headings carry of their own.
    reserved: BTreeSet<String>,
    anchors: Anchors,
}

impl Counter<'_> {
    fn blocks(&mut self, blocks: &mut [Block]) {
        for block in blocks {
            match block {
                Block::Heading(heading) => self.heading(heading),
                Block::Table(table) => self.table(table),
                Block::SideBySide(tables) => {
                    for table in tables {
                        self.table(table);
                    }
                }
                Block::Picture(picture) => self.picture(picture),
                Block::List { items, .. } => items.iter_mut().for_each(|item| self.blocks(item)),
                Block::Checklist(items) => {
                    items.iter_mut().for_each(|(_, item)| self.blocks(item));
                }
                Block::Quote(body) | Block::Boxed { body, .. } => self.blocks(body),
                Block::Margin { note, beside } => {
                    self.blocks(note);
                    self.blocks(beside);
                }
                _ => {}
            }
        }
    }

    fn heading(&mut self, heading: &mut Heading) {
        let title = walk::plain(&heading.body);
        if heading.numbered {
            let level = usize::from(heading.level).clamp(1, 6);
            self.levels[level - 1] += 1;
            self.levels[level..].fill(0);
            let parts: Vec<String> = self.levels[..level].iter().map(ToString::to_string).collect();
            let number = parts.join(".");
            heading.number = Some(number);
        }
        let id = match &heading.id {
            Some(own) => self.unique(own),
            // An anchor made from a title gives way to those that are written.
            None => {
                let made = slug(&title);
                let taken = self.reserved.contains(&made);
                self.unique(&if taken { format!("{made}-text") } else { made })
            }
        };
        let label = match &heading.number {
            Some(number) => format!("{} {number}", self.outline.word("kapitel")),
            None => format!("„{title}“"),
        };
        self.anchors.labels.insert(id.clone(), label);
        heading.id = Some(id);
    }

    fn table(&mut self, table: &mut Table) {
        // Tables typed in a text have no caption and no number.
        if table.caption.is_empty() {
            return;
        }
        self.tables += 1;
        let number = format!("{} {}", self.outline.word("tabelle"), self.tables);
        let wish = table.id.clone().unwrap_or_else(|| format!("tabelle-{}", self.tables));
        let id = self.unique(&wish);
        self.anchors.labels.entry(id.clone()).or_insert_with(|| number.clone());
        table.id = Some(id);
        table.number = Some(number);
    }

    fn picture(&mut self, picture: &mut Picture) {
        self.pictures += 1;
        let number = format!("{} {}", self.outline.word("abbildung"), self.pictures);
        picture.id = self.unique(&picture.id);
        self.anchors.labels.insert(picture.id.clone(), number.clone());
        picture.number = Some(number);
    }

    fn unique(&mut self, wish: &str) -> String {
        let mut id = wish.to_owned();
        let mut at = 2;
        while !self.used.insert(id.clone()) {
            id = format!("{wish}-{at}");
            at += 1;
        }
        id
    }
}

/// An anchor from a title.
fn slug(title: &str) -> String {
    const LENGTH: usize = 48;
    let mut out = String::new();
    for c in title.to_lowercase().chars() {
        match c {
            'ä' => out.push_str("ae"),
            'ö' => out.push_str("oe"),
            'ü' => out.push_str("ue"),
            'ß' => out.push_str("ss"),
            c if c.is_ascii_alphanumeric() => out.push(c),
            _ if out.ends_with('-') || out.is_empty() => {}
            _ => out.push('-'),
        }
        if out.len() >= LENGTH {
            break;
        }
    }
    let out = out.trim_end_matches('-');
    if out.is_empty() { "abschnitt".to_owned() } else { out.to_owned() }
}
