// SPDX-License-Identifier: EUPL-1.2
//! Numbers of headings, tables and pictures, and the anchors that references lead to.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::Finding;
use crate::model::Programme;
use crate::model::outline::OutlineRecord;
use crate::tree::{Block, Heading, Inline, Picture, Table, walk};

/// What can be referred to, with the words of a reference.
#[derive(Debug, Default)]
pub(super) struct Anchors {
    /// Anchor → "Kapitel 4", "Tabelle 1", "„Überschrift“".
    pub(super) labels: BTreeMap<String, String>,
    /// Anchor → the number of a section, without any word.
    pub(super) numbers: BTreeMap<String, String>,
}

/// Counts everything in reading order and gives every heading an anchor.
pub(super) fn number(
    blocks: &mut [Block],
    programme: &Programme,
    outline: &OutlineRecord,
    findings: &mut Vec<Finding>,
) -> Anchors {
    let shared = programme.numbering.shared;
    let mut counter = Counter {
        outline,
        shared,
        levels: [0; 6],
        counted: [true; 6],
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
    let clash = !shared && counter.tables > 0 && counter.pictures > 0;
    if clash && outline.word("tabelle") == outline.word("abbildung") {
        findings.push(two_counters(programme, outline));
    }
    counter.anchors
}

/// Tables and pictures bear the same word and are counted apart: each number would stand twice.
fn two_counters(programme: &Programme, outline: &OutlineRecord) -> Finding {
    let own = |key: &str| programme.words.iter().find(|(name, _)| name.value == key);
    let place = own("abbildung").or_else(|| own("tabelle"));
    let finding = Finding::input(
        "zaehler-doppelt",
        format!(
            "Tabellen und Abbildungen heißen beide „{}“, werden aber getrennt gezählt; jede Nummer gäbe es zweimal.",
            outline.word("tabelle")
        ),
    )
    .hint("Schreiben Sie in programm.yaml „nummerierung: {gemeinsam: ja}“, oder geben Sie ihnen verschiedene Wörter.");
    match place {
        Some((_, word)) => finding.at(word.span, "dasselbe Wort für beide"),
        None => finding.at(programme.span, "in diesem Programm"),
    }
}

struct Counter<'a> {
    outline: &'a OutlineRecord,
    /// Whether tables and pictures share one counter.
    shared: bool,
    levels: [u32; 6],
    /// Whether the heading above at each level is counted.
    counted: [bool; 6],
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
                Block::Beside { picture, body } => {
                    self.blocks(picture);
                    self.blocks(body);
                }
                Block::Columns(columns) => {
                    columns.iter_mut().for_each(|column| self.blocks(column));
                }
                _ => {}
            }
        }
    }

    fn heading(&mut self, heading: &mut Heading) {
        let title = walk::plain(&heading.body);
        let level = usize::from(heading.level).clamp(1, 6);
        // Below a section without a number there is none to go on from.
        heading.numbered &= self.counted[..level - 1].iter().all(|counted| *counted);
        self.counted[level - 1] = heading.numbered;
        self.counted[level..].fill(true);
        if heading.numbered {
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
        if let Some(number) = &heading.number {
            self.anchors.numbers.insert(id.clone(), number.clone());
        }
        heading.id = Some(id);
    }

    fn table(&mut self, table: &mut Table) {
        let typed = table.caption.is_empty() && table.id.is_none();
        // Tables typed in a text have no caption, no number and no anchor.
        if typed {
            return;
        }
        let counted = !table.caption.is_empty() && !table.unnumbered;
        self.tables += u32::from(counted);
        let count = if self.shared { self.tables + self.pictures } else { self.tables };
        let wish = table.id.clone().unwrap_or_else(|| format!("tabelle-{count}"));
        let id = self.unique(&wish);
        let number = counted.then(|| format!("{} {count}", self.outline.word("tabelle")));
        let label = number.clone().or_else(|| quoted(&table.caption));
        if let Some(label) = label {
            self.anchors.labels.entry(id.clone()).or_insert(label);
        }
        table.id = Some(id);
        table.number = number;
    }

    fn picture(&mut self, picture: &mut Picture) {
        picture.id = self.unique(&picture.id);
        let counted = !picture.unnumbered;
        self.pictures += u32::from(counted);
        let count = if self.shared { self.tables + self.pictures } else { self.pictures };
        picture.number = counted.then(|| format!("{} {count}", self.outline.word("abbildung")));
        let label = picture.number.clone().or_else(|| quoted(&picture.caption));
        if let Some(label) = label {
            self.anchors.labels.insert(picture.id.clone(), label);
        }
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

/// A caption in the place of a number.
fn quoted(caption: &[Inline]) -> Option<String> {
    let text = walk::plain(caption);
    (!text.is_empty()).then(|| format!("„{text}“"))
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
