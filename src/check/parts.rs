// SPDX-License-Identifier: EUPL-1.2
//! What stands in the finished document: its sections, numbers and captions, and its words.
//!
//! Not here: places in the files; headings know none, passages do.

use std::collections::BTreeSet;

use super::titles;
use crate::diag::Span;
use crate::model::Programme;
use crate::tree::passage::{MarkKind, Passage, PassageKind};
use crate::tree::{Block, Document, Inline, RefKind, walk};

/// A section of the document.
pub(super) struct Section {
    /// Its anchor.
    pub(super) id: String,
    /// Its number, if it has one.
    pub(super) number: Option<String>,
    /// Its title.
    pub(super) title: String,
    /// The section around it, by its place in the list.
    pub(super) parent: Option<usize>,
}

/// All sections in reading order.
pub(super) fn sections(document: &Document) -> Vec<Section> {
    let mut out: Vec<Section> = Vec::new();
    let mut open: Vec<(u8, usize)> = Vec::new();
    walk::blocks(&document.blocks, &mut |block| {
        let Block::Heading(heading) = block else { return };
        open.retain(|(level, _)| *level < heading.level);
        out.push(Section {
            id: heading.id.clone().unwrap_or_default(),
            number: heading.number.clone(),
            title: walk::plain(&heading.body),
            parent: open.last().map(|(_, at)| *at),
        });
        open.push((heading.level, out.len() - 1));
    });
    out
}

/// A table or picture with its number.
pub(super) struct Captioned {
    /// The anchor.
    pub(super) id: String,
    /// The bare number, if it is counted.
    pub(super) number: Option<String>,
    /// Number with its word, for messages.
    pub(super) label: Option<String>,
    /// Its caption; empty if none is printed.
    pub(super) caption: String,
}

fn captioned(id: &str, number: Option<&String>, caption: &[Inline]) -> Captioned {
    let bare = number.and_then(|number| number.rsplit([' ', '\u{a0}']).next());
    Captioned {
        id: id.to_owned(),
        number: bare.map(str::to_owned),
        label: number.cloned(),
        caption: walk::plain(caption),
    }
}

/// All tables in reading order.
pub(super) fn tables(document: &Document) -> Vec<Captioned> {
    let mut out = Vec::new();
    walk::tables(&document.blocks, &mut |table| {
        let id = table.id.as_deref().unwrap_or_default();
        out.push(captioned(id, table.number.as_ref(), &table.caption));
    });
    out
}

/// All pictures in reading order.
pub(super) fn pictures(document: &Document) -> Vec<Captioned> {
    let mut out = Vec::new();
    walk::pictures(&document.blocks, &mut |picture| {
        out.push(captioned(&picture.id, picture.number.as_ref(), &picture.caption));
    });
    out
}

/// How many footnotes the document has.
pub(super) fn footnotes(document: &Document) -> usize {
    let mut labels = BTreeSet::new();
    walk::inlines(&document.blocks, &mut |inline| {
        if let Inline::Footnote { label, .. } = inline {
            labels.insert(label.as_str());
        }
    });
    labels.len()
}

/// The words of the whole document in small letters, one blank between them and at both ends.
pub(super) fn words(document: &Document) -> String {
    let mut out = String::from(" ");
    walk::inlines(&document.blocks, &mut |inline| {
        if let Inline::Text(text) | Inline::Code(text) = inline {
            for word in titles::words(text) {
                out.push_str(&word);
                out.push(' ');
            }
        }
    });
    walk::pictures(&document.blocks, &mut |picture| {
        if let crate::tree::Image::Flow(flow) = &picture.image {
            for one in &flow.boxes {
                for word in titles::words(&format!("{} {}", one.title, one.text)) {
                    out.push_str(&word);
                    out.push(' ');
                }
            }
        }
    });
    out
}

/// Where a heading of the document stands: in a text or, as a title, in the data. Headings of the
/// outline stand nowhere; `nth` counts equal ones from 0.
pub(super) fn heading_span(programme: &Programme, title: &str, nth: usize) -> Option<Span> {
    let fits = |kind: PassageKind| {
        programme
            .passages
            .iter()
            .filter(move |passage| passage.kind == kind)
            .filter(|passage| titles::same(&passage.text, title))
    };
    let headings = fits(PassageKind::Heading).nth(nth);
    let own = programme.sections.iter().filter_map(|(_, change)| change.title.as_ref());
    let own = own.filter(|own| titles::same(&own.value, title)).map(|own| own.span).next();
    let headings = headings.map(Passage::whole);
    headings.or(own).or_else(|| fits(PassageKind::Value).next().map(Passage::whole))
}

/// Where a text heads a section with a strategy: `# [](strategie:feld.id)`.
pub(super) fn strategy_heading(programme: &Programme, path: &str) -> Option<Span> {
    let heading = programme.passages.iter().filter(|passage| passage.kind == PassageKind::Heading);
    heading
        .filter(|passage| passage.text.trim().is_empty())
        .find(|passage| {
            passage.marks.iter().any(|mark| {
                matches!(&mark.kind, MarkKind::Reference(RefKind::Strategy, target) if target == path)
            })
        })
        .map(Passage::whole)
}
