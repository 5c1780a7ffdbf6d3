// SPDX-License-Identifier: EUPL-1.2
//! Markdown to passages: the words of each paragraph, heading or item with the place of every letter.

use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::traps::{mask, unmask};
use super::{Place, options};
use crate::tree::passage::{Mark, MarkKind, Passage, PassageKind};

/// Reads passages. Inserts, comments and empty stretches give none.
pub fn passages(text: &str, place: Place) -> Vec<Passage> {
    let masked = mask(text);
    let mut collector =
        Collector { place, kinds: Vec::new(), current: None, open: Vec::new(), out: Vec::new() };
    for (event, range) in Parser::new_ext(&masked, options()).into_offset_iter() {
        collector.event(&event, range);
    }
    collector.flush();
    collector.out
}

struct Collector {
    place: Place,
    /// Kinds of the blocks around.
    kinds: Vec<PassageKind>,
    current: Option<Passage>,
    /// Links that are open: where they began in the text, and what they are.
    open: Vec<(usize, MarkKind)>,
    out: Vec<Passage>,
}

impl Collector {
    fn event(&mut self, event: &Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, &range),
            Event::End(end) => self.end(*end, &range),
            Event::Text(text) => self.push(&unmask(text), range),
            Event::Code(text) => {
                let start = self.passage(&range).text.len();
                // The text stands between the signs.
                let inner = range.start + (range.len().saturating_sub(text.len())) / 2;
                self.push(&unmask(text), inner..inner + text.len());
                self.mark(start, MarkKind::Code);
            }
            Event::SoftBreak | Event::HardBreak => {
                let at = range.start;
                self.push(" ", at..at);
            }
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, range: &Range<usize>) {
        let kind = match tag {
            Tag::Heading { .. } => Some(PassageKind::Heading),
            Tag::Paragraph | Tag::CodeBlock(_) => {
                // The paragraph of a loose list is still an item, that of a footnote a footnote.
                let kept = [PassageKind::Item, PassageKind::Footnote];
                let around = self.kinds.last().copied().filter(|kind| kept.contains(kind));
                Some(around.unwrap_or(PassageKind::Paragraph))
            }
            Tag::Item => Some(PassageKind::Item),
            Tag::TableCell => Some(PassageKind::Cell),
            Tag::FootnoteDefinition(_) => Some(PassageKind::Footnote),
            Tag::BlockQuote(_) => Some(PassageKind::Paragraph),
            Tag::Link { dest_url, .. } => {
                let start = self.passage(range).text.len();
                self.open.push((start, MarkKind::of_link(&unmask(dest_url))));
                None
            }
            _ => None,
        };
        if let Some(kind) = kind {
            self.flush();
            self.kinds.push(kind);
        }
    }

    fn end(&mut self, end: TagEnd, range: &Range<usize>) {
        match end {
            TagEnd::Link => {
                if let Some((start, kind)) = self.open.pop() {
                    self.passage(range);
                    self.mark(start, kind);
                }
            }
            TagEnd::Heading(_)
            | TagEnd::Paragraph
            | TagEnd::CodeBlock
            | TagEnd::Item
            | TagEnd::TableCell
            | TagEnd::FootnoteDefinition
            | TagEnd::BlockQuote(_) => {
                self.flush();
                self.kinds.pop();
            }
            _ => {}
        }
    }

    /// The passage that is being read; begins one if there is none.
    fn passage(&mut self, range: &Range<usize>) -> &mut Passage {
        let kind = match self.place {
            Place::File(_) => self.kinds.last().copied().unwrap_or(PassageKind::Paragraph),
            Place::Value(_) => PassageKind::Value,
        };
        let place = self.place;
        self.current.get_or_insert_with(|| Passage::new(kind, place, range.clone()))
    }

    fn push(&mut self, text: &str, range: Range<usize>) {
        self.passage(&range).push(text, range);
    }

    fn mark(&mut self, start: usize, kind: MarkKind) {
        if let Some(passage) = &mut self.current {
            let end = passage.text.len();
            passage.marks.push(Mark { range: start..end, kind });
        }
    }

    fn flush(&mut self) {
        self.open.clear();
        if let Some(mut passage) = self.current.take() {
            passage.mark_footnotes();
            self.out.push(passage);
        }
    }
}
