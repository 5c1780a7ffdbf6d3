// SPDX-License-Identifier: EUPL-1.2
//! What a programme changes about the sections of its outline: titles, order, sections of its own.
//!
//! Sections are stretches of a flat list of blocks: a heading and what follows it up to the next
//! heading that is not below it.

use std::ops::Range;

use super::assemble::Assembler;
use crate::diag::{Finding, did_you_mean};
use crate::model::Programme;
use crate::model::records::{NumberMark, SectionRecord};
use crate::model::yaml::Text;
use crate::tree::reader;
use crate::tree::{Block, Heading, Inline, RefKind};

/// Where a section goes.
#[derive(Clone, Copy)]
enum Way {
    After,
    Before,
    Below,
}

impl Assembler<'_> {
    /// Applies the changes in the order in which they are written; one that needs a section that
    /// comes later waits for it.
    pub(super) fn change_sections(&mut self, blocks: &mut Vec<Block>) {
        let programme = self.programme;
        let mut waiting: Vec<&(Text, SectionRecord)> = programme.sections.iter().collect();
        while !waiting.is_empty() {
            let ready = |entry: &&(Text, SectionRecord)| {
                way(&entry.1).is_none_or(|(_, target)| section(blocks, &target.value).is_some())
            };
            // If none is ready, the first one is reported.
            let next = waiting.iter().position(ready).unwrap_or_default();
            let (id, change) = waiting.remove(next);
            self.two_places(change);
            match section(blocks, &id.value) {
                Some(place) => {
                    self.needless(id, change);
                    self.change(blocks, place, change);
                }
                None if way(change).is_some() && change.title.is_some() => {
                    self.add(blocks, id, change);
                }
                None => self.unknown_section(blocks, id, "Den Abschnitt"),
            }
        }
        // Last, so that other sections may still be put beside those that go.
        for (id, change) in &programme.sections {
            if change.off.is_some_and(|flag| flag.0)
                && let Some(place) = section(blocks, &id.value)
            {
                blocks.drain(place);
            }
        }
    }

    /// Reports keys that have no effect on a section of the outline, and two places at once.
    fn needless(&mut self, id: &Text, change: &SectionRecord) {
        if let Some(text) = &change.text {
            self.findings.push(
                Finding::input("abschnitt-ort", "„text“ gilt nur für eigene Abschnitte.")
                    .at(text.span, "ohne Wirkung")
                    .hint(format!("Der Text dieses Abschnitts heißt so, wie es die Gliederung sagt, meist kapitel/{}.md.", id.value)),
            );
        }
    }

    fn two_places(&mut self, change: &SectionRecord) {
        let places: Vec<&Text> =
            [&change.after, &change.before, &change.below].into_iter().flatten().collect();
        if let [first, second, ..] = places[..] {
            self.findings.push(
                Finding::input("abschnitt-ort", "Für einen Abschnitt sind zwei Orte angegeben.")
                    .at(second.span, "zweiter Ort")
                    .label(first.span, "erster Ort")
                    .hint("Lassen Sie nur eines von „nach“, „vor“ und „unter“ stehen."),
            );
        }
    }

    fn change(&mut self, blocks: &mut Vec<Block>, place: Range<usize>, change: &SectionRecord) {
        if let Block::Contents { title, .. } | Block::Tables(title) | Block::Pictures(title) =
            &mut blocks[place.start]
            && let Some(own) = &change.title
        {
            title.clone_from(&own.value);
        }
        if let Block::Heading(heading) = &mut blocks[place.start] {
            if let Some(title) = &change.title {
                heading.body = reader::inlines(&title.value, title.span, self.findings);
            }
            if let Some(NumberMark::Shown(numbered)) = change.number {
                heading.numbered = numbered;
            }
        }
        let Some((way, target)) = way(change) else { return };
        if section(&blocks[place.clone()], &target.value).is_some() {
            self.findings.push(
                Finding::input("abschnitt-ort", "Ein Abschnitt kann nicht bei sich selbst stehen.")
                    .at(target.span, "gehört zu dem Abschnitt, der bewegt wird")
                    .hint("Nennen Sie einen anderen Abschnitt."),
            );
            return;
        }
        let moved: Vec<Block> = blocks.drain(place.clone()).collect();
        match section(blocks, &target.value) {
            Some(target) => put(blocks, moved, target, way),
            None => {
                self.unknown_section(blocks, target, "Die Stelle");
                blocks.splice(place.start..place.start, moved);
            }
        }
    }

    /// A section that the outline does not have.
    fn add(&mut self, blocks: &mut Vec<Block>, id: &Text, change: &SectionRecord) {
        let (Some((way, target)), Some(title)) = (way(change), &change.title) else { return };
        let Some(place) = section(blocks, &target.value) else {
            self.unknown_section(blocks, target, "Die Stelle");
            return;
        };
        let heading = Heading {
            level: 1,
            id: Some(id.value.clone()),
            numbered: !matches!(change.number, Some(NumberMark::Shown(false))),
            number: None,
            body: reader::inlines(&title.value, title.span, self.findings),
        };
        let mut own = vec![Block::Heading(heading)];
        let name = change.text.as_ref().map_or(&id.value, |text| &text.value);
        if let Some(text) = &change.text
            && !self.programme.texts.contains_key(&text.value)
        {
            let known = self.programme.texts.keys().map(String::as_str);
            self.findings.push(
                Finding::input(
                    "unbekannter-text",
                    format!("Den Text „kapitel/{}.md“ gibt es nicht.", text.value),
                )
                .at(text.span, "dieser Text")
                .hint_if(did_you_mean(&text.value, known)),
            );
        }
        self.level = 1;
        self.text(name, &mut own);
        put(blocks, own, place, way);
    }

    fn unknown_section(&mut self, blocks: &[Block], name: &Text, what: &str) {
        let known: Vec<&str> = blocks.iter().filter_map(named).collect();
        let hint = did_you_mean(&name.value, known.iter().copied())
            .unwrap_or_else(|| format!("Die Abschnitte sind: {}.", known.join(", ")));
        self.findings.push(
            Finding::input(
                "unbekannter-abschnitt",
                format!("{what} „{}“ gibt es in der Gliederung nicht.", name.value),
            )
            .at(name.span, "unbekannt")
            .hint(hint)
            .hint("Ein eigener Abschnitt braucht „titel:“ und seinen Ort: „nach:“, „vor:“ oder „unter:“."),
        );
    }

    /// Reports sections of one's own that nothing was written for.
    pub(super) fn empty_sections(&mut self, blocks: &[Block]) {
        for (id, change) in &self.programme.sections {
            let off = change.off.is_some_and(|flag| flag.0);
            let own = way(change).is_some() && change.title.is_some() && !off;
            let reported = self.findings.iter().any(|finding| {
                finding.primary.as_ref().is_some_and(|label| {
                    label.span == id.span
                        || change.text.as_ref().is_some_and(|text| text.span == label.span)
                        || way(change).is_some_and(|(_, to)| to.span == label.span)
                })
            });
            if own && !reported && section(blocks, &id.value).is_none() {
                self.findings.push(
                    Finding::input(
                        "abschnitt-leer",
                        format!("Der Abschnitt „{}“ hat keinen Inhalt.", id.value),
                    )
                    .at(id.span, "würde nicht gedruckt")
                    .hint(format!(
                        "Schreiben Sie kapitel/{}.md, oder nehmen Sie „aus: ja“.",
                        id.value
                    )),
                );
            }
        }
    }
}

/// Where a change wants its section.
fn way(change: &SectionRecord) -> Option<(Way, &Text)> {
    let after = change.after.as_ref().map(|text| (Way::After, text));
    let before = change.before.as_ref().map(|text| (Way::Before, text));
    let below = change.below.as_ref().map(|text| (Way::Below, text));
    after.or(before).or(below)
}

/// The stretch of a section.
fn section(blocks: &[Block], id: &str) -> Option<Range<usize>> {
    let start = blocks.iter().position(|block| named(block) == Some(id))?;
    let Block::Heading(Heading { level, .. }) = &blocks[start] else {
        return Some(start..start + 1);
    };
    let length = blocks[start + 1..].iter().take_while(|block| !ends(block, *level)).count();
    Some(start..start + 1 + length)
}

/// The id of a section or list.
fn named(block: &Block) -> Option<&str> {
    match block {
        Block::Heading(heading) => heading.id.as_deref(),
        Block::Contents { .. } => Some("inhaltsverzeichnis"),
        Block::Tables(_) => Some("tabellenverzeichnis"),
        Block::Pictures(_) => Some("abbildungsverzeichnis"),
        _ => None,
    }
}

/// Whether a block does not belong to a section of this level any more.
fn ends(block: &Block, level: u8) -> bool {
    match block {
        Block::Heading(heading) => heading.level <= level,
        Block::Contents { .. } | Block::Tables(_) | Block::Pictures(_) | Block::Cover => true,
        _ => false,
    }
}

/// Puts a section before, behind or below another one.
fn put(blocks: &mut Vec<Block>, mut own: Vec<Block>, target: Range<usize>, way: Way) {
    // Lists have no heading and no level.
    let level = |block: Option<&Block>| match block {
        Some(Block::Heading(heading)) => Some(i16::from(heading.level)),
        _ => None,
    };
    if let (Some(wanted), Some(level)) = (level(blocks.get(target.start)), level(own.first())) {
        shift(&mut own, wanted + i16::from(matches!(way, Way::Below)) - level);
    }
    let at = match way {
        Way::Before => target.start,
        Way::After | Way::Below => target.end,
    };
    blocks.splice(at..at, own);
}

/// Moves headings down (or up) by some levels.
pub(super) fn shift(blocks: &mut [Block], by: i16) {
    for block in blocks {
        if let Block::Heading(heading) = block {
            heading.level = u8::try_from((i16::from(heading.level) + by).clamp(1, 6)).unwrap_or(6);
        }
    }
}

/// Where a stretch of a text stands: behind which higher heading, and which strategy it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
struct Order {
    part: usize,
    field: usize,
    number: usize,
}

/// Puts the sections of strategies into the order of their list. A section without a strategy stays
/// behind the one before it.
pub(super) fn strategies_in_order(blocks: Vec<Block>, programme: &Programme) -> Vec<Block> {
    let place = |block: &Block| -> Option<(usize, usize)> {
        let Block::Heading(heading) = block else { return None };
        let [Inline::Reference { kind: RefKind::Strategy, target, body, .. }] =
            heading.body.as_slice()
        else {
            return None;
        };
        let (field, strategy) = programme.strategy(target).filter(|_| body.is_empty())?;
        let at = programme.fields.iter().position(|known| known.id == field.id)?;
        Some((at, strategy.number))
    };
    let level = blocks.iter().find_map(|block| match block {
        Block::Heading(heading) if place(block).is_some() => Some(heading.level),
        _ => None,
    });
    let Some(level) = level else { return blocks };
    // Each chunk begins with a strategy; what comes before the first one stays there. A heading above
    // the level of the strategies begins anew.
    let mut chunks: Vec<(Order, Vec<Block>)> = vec![(Order::default(), Vec::new())];
    for block in blocks {
        let part = chunks.last().map_or(0, |(order, _)| order.part);
        let begins = match &block {
            Block::Heading(heading) if heading.level < level => {
                Some(Order { part: part + 1, ..Order::default() })
            }
            Block::Heading(heading) if heading.level == level => {
                place(&block).map(|(field, number)| Order { part, field: field + 1, number })
            }
            _ => None,
        };
        match (begins, chunks.last_mut()) {
            (None, Some((_, last))) => last.push(block),
            (begins, _) => chunks.push((begins.unwrap_or_default(), vec![block])),
        }
    }
    chunks.sort_by_key(|(order, _)| *order);
    chunks.into_iter().flat_map(|(_, chunk)| chunk).collect()
}

/// A heading is at most one level below the one before; assistive technology relies on that.
pub(super) fn close_gaps(blocks: &mut [Block]) {
    let mut before = 0;
    for block in blocks {
        if let Block::Heading(heading) = block {
            heading.level = heading.level.min(before + 1);
            before = heading.level;
        }
    }
}

/// Drops sections that have nothing below their heading.
pub(super) fn drop_empty(blocks: Vec<Block>) -> Vec<Block> {
    let mut keep = vec![true; blocks.len()];
    for at in (0..blocks.len()).rev() {
        let Block::Heading(Heading { level, numbered, id, .. }) = &blocks[at] else { continue };
        // Headings of the outline have an id; one in a text may stand alone.
        if !numbered && id.is_none() {
            continue;
        }
        let content = blocks[at + 1..]
            .iter()
            .zip(&keep[at + 1..])
            .take_while(|(block, _)| {
                !matches!(block, Block::Heading(below) if below.level <= *level)
                    && !matches!(block, Block::Tables(_) | Block::Pictures(_))
            })
            .any(|(_, keep)| *keep);
        keep[at] = content;
    }
    blocks.into_iter().zip(keep).filter(|(_, keep)| *keep).map(|(block, _)| block).collect()
}
