// SPDX-License-Identifier: EUPL-1.2
//! Passages: running text as it reads, with the place of every letter in its file.
//!
//! Rules about wording look at passages and point at the very words. The tree itself keeps no places
//! of plain text, for it is also made of templates and data.

use std::ops::Range;

use super::RefKind;
use super::reader::Place;
use crate::diag::Span;

/// What a passage is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PassageKind {
    /// A heading of a text.
    Heading,
    /// A paragraph of a text.
    Paragraph,
    /// An item of a list in a text.
    Item,
    /// A cell of a table in a text.
    Cell,
    /// A footnote of a text.
    Footnote,
    /// A text of the data: a title, a goal, a step, a cell, a note.
    Value,
}

/// What a stretch of a passage is, if it is not plain text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MarkKind {
    /// A figure of the data, by its path.
    Figure(String),
    /// A number that is said to be free, with the reason.
    Free,
    /// A reference within the document.
    Reference(RefKind, String),
    /// A link out of the document.
    Link,
    /// Type written by machine.
    Code,
    /// The mark of a footnote, not part of the text.
    Footnote,
}

impl MarkKind {
    /// What a link is, by its target.
    pub(super) fn of_link(url: &str) -> Self {
        let (scheme, target) = url.split_once(':').unwrap_or(("", url));
        let reference = |kind| Self::Reference(kind, target.to_owned());
        match scheme {
            "zahl" => Self::Figure(target.to_owned()),
            "frei" => Self::Free,
            "abschnitt" => reference(RefKind::Section),
            "tabelle" => reference(RefKind::Table),
            "schaubild" => reference(RefKind::Picture),
            "massnahme" => reference(RefKind::Measure),
            "strategie" => reference(RefKind::Strategy),
            _ => Self::Link,
        }
    }
}

/// A stretch of a passage that is not plain text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Bytes of the passage's text; empty if the words are filled in later.
    pub range: Range<usize>,
    /// What it is.
    pub kind: MarkKind,
}

/// A piece of text that stands in the file as it stands here.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Piece {
    /// First byte in the passage's text.
    at: usize,
    /// Bytes in the file (or in the value, until it is [anchored](Passage::anchor)).
    source: Range<usize>,
    /// Whether both have the same length, so that places within can be told.
    exact: bool,
}

/// Running text as it reads: a paragraph, a heading, an item, a cell, or a text of the data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// What it is.
    pub kind: PassageKind,
    /// The words, without markup.
    pub text: String,
    /// Stretches that are not plain text, in order of their ends.
    pub marks: Vec<Mark>,
    place: Place,
    whole: Range<usize>,
    pieces: Vec<Piece>,
}

impl Passage {
    pub(super) fn new(kind: PassageKind, place: Place, whole: Range<usize>) -> Self {
        Self { kind, text: String::new(), marks: Vec::new(), place, whole, pieces: Vec::new() }
    }

    /// A text of the data that is printed as it stands, without markup.
    pub fn label(value: &str, span: Span) -> Self {
        let mut out = Self::new(PassageKind::Value, Place::Value(span), 0..value.len());
        out.push(value, 0..value.len());
        out
    }

    pub(super) fn push(&mut self, text: &str, source: Range<usize>) {
        let exact = text.len() == source.len();
        self.whole.end = self.whole.end.max(source.end);
        self.pieces.push(Piece { at: self.text.len(), source, exact });
        self.text.push_str(text);
    }

    /// Marks `[^id]`, the sign of a footnote of the data.
    pub(super) fn mark_footnotes(&mut self) {
        let mut at = 0;
        while let Some(open) = self.text[at..].find("[^").map(|open| at + open) {
            let Some(close) = self.text[open..].find(']').map(|close| open + close + 1) else {
                break;
            };
            self.marks.push(Mark { range: open..close, kind: MarkKind::Footnote });
            at = close;
        }
    }

    /// Gives a text of the data its places in the file; `raw` is what stands under its span.
    pub fn anchor(&mut self, value: &str, raw: &str) {
        let Place::Value(span) = self.place else { return };
        let Some(map) = align(value, raw) else { return };
        let start = span.start as usize;
        let at = |byte: usize| start + map.get(byte).copied().unwrap_or(raw.len());
        let mut pieces: Vec<Piece> = Vec::new();
        for piece in &self.pieces {
            if !piece.exact || piece.source.is_empty() {
                let source = at(piece.source.start)..at(piece.source.end);
                pieces.push(Piece { at: piece.at, source, exact: false });
                continue;
            }
            // Bytes that stand next to each other in the file, too, make one piece.
            for (within, byte) in piece.source.clone().enumerate() {
                let here = at(byte);
                match pieces.last_mut() {
                    Some(last) if within > 0 && last.exact && last.source.end == here => {
                        last.source.end += 1;
                    }
                    _ => pieces.push(Piece {
                        at: piece.at + within,
                        source: here..here + 1,
                        exact: true,
                    }),
                }
            }
        }
        self.pieces = pieces;
        self.whole = start..start + raw.len();
        self.place = Place::File(span.file);
    }

    /// Where a stretch of the text stands in its file.
    pub fn span(&self, range: &Range<usize>) -> Span {
        let file = match self.place {
            Place::File(file) => file,
            Place::Value(span) => return span,
        };
        let start = self.source(range.start, false);
        let end = self.source(range.end, true);
        match (start, end) {
            (Some(start), Some(end)) if start < end => Span::new(file, start..end),
            (Some(start), _) => Span::new(file, start..self.whole.end.max(start + 1)),
            _ => Span::new(file, self.whole.clone()),
        }
    }

    /// Where the whole passage stands.
    pub fn whole(&self) -> Span {
        self.span(&(0..self.text.len()))
    }

    /// The byte of the file for one of the text; `end` asks for the end of the piece before it.
    fn source(&self, at: usize, end: bool) -> Option<usize> {
        let before = self.pieces.partition_point(|piece| piece.at < at || !end && piece.at == at);
        let piece = self.pieces.get(before.checked_sub(1)?)?;
        let within = at - piece.at;
        Some(if piece.exact {
            (piece.source.start + within).min(piece.source.end)
        } else if end {
            piece.source.end
        } else {
            piece.source.start
        })
    }

    /// Whether a stretch touches a mark that is not plain text.
    pub fn marked(&self, range: &Range<usize>) -> Option<&Mark> {
        self.marks.iter().find(|mark| mark.range.start < range.end && range.start < mark.range.end)
    }

    /// The text in which marked stretches are blanks of the same length, so that places stay right.
    pub fn plain(&self) -> String {
        let mut bytes = self.text.clone().into_bytes();
        for mark in &self.marks {
            bytes[mark.range.clone()].fill(b' ');
        }
        // Marks begin and end between letters.
        String::from_utf8(bytes).unwrap_or_default()
    }
}

/// For each byte of a value its byte in what is written for it: folded lines, quotes and escapes apart.
/// `None` if they cannot be brought together.
fn align(value: &str, raw: &str) -> Option<Vec<usize>> {
    let mut map = vec![0; value.len()];
    let mut rest = raw.char_indices().peekable();
    let first = value.chars().find(|c| !c.is_whitespace())?;
    // Quotes, and the signs of a folded value, stand before it.
    let lead = raw.find(first)?;
    while rest.peek().is_some_and(|(at, _)| *at < lead) {
        rest.next();
    }
    let mut previous = lead;
    for (at, c) in value.char_indices() {
        if c.is_whitespace() {
            let here = rest.peek().map_or(raw.len(), |(at, _)| *at);
            map[at..at + c.len_utf8()].fill(here.min(previous));
            continue;
        }
        let found = loop {
            let (found, written) = rest.next()?;
            let escape = written == '\\' && c != '\\' || written == '\'' && c != '\'';
            if written == c {
                break found;
            } else if !(written.is_whitespace() || escape) {
                return None;
            }
        };
        if c == '\'' && raw[found + 1..].starts_with('\'') {
            rest.next();
        }
        for within in 0..c.len_utf8() {
            map[at + within] = found + within;
        }
        previous = found + c.len_utf8();
    }
    Some(map)
}
