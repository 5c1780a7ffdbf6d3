// SPDX-License-Identifier: EUPL-1.2
//! Words of a strategy that the year before did not have, set in italics.
//!
//! Not here: marks by hand (`geaendert`), which go before.

use std::ops::Range;

use similar::{Algorithm, ChangeTag, capture_diff_slices};

use super::Past;
use crate::model::figures::Figures;
use crate::model::records::{FieldRecord, StrategyRecord};
use crate::tree::Inline;

/// A text as it reads, without typography: figures with their values.
fn reads(list: &[Inline], figures: &Figures, out: &mut String) {
    for inline in list {
        match inline {
            Inline::Text(text) | Inline::Code(text) => out.push_str(text),
            Inline::Break => out.push(' '),
            Inline::Figure { path, body, .. } if body.is_empty() => {
                let value = figures.find(path).and_then(|id| figures.computed_with_unit(id));
                out.push_str(&value.map(|value| value.to_string()).unwrap_or_default());
            }
            Inline::Strong(body)
            | Inline::Emphasis(body)
            | Inline::Struck(body)
            | Inline::Inserted(body)
            | Inline::Link { body, .. }
            | Inline::Internal { body, .. }
            | Inline::Figure { body, .. }
            | Inline::Reference { body, .. } => reads(body, figures, out),
            Inline::Footnote { .. } => {}
        }
    }
}

fn text(list: &[Inline], figures: &Figures) -> String {
    let mut out = String::new();
    reads(list, figures, &mut out);
    out
}

impl Past {
    /// The title of a strategy with the words in italics that last year's did not have.
    pub(in crate::model::programme) fn marked(
        &self,
        field: &FieldRecord,
        strategy: &StrategyRecord,
        title: &[Inline],
        figures: &Figures,
    ) -> Vec<Inline> {
        let now = text(title, figures);
        let mut before = self.titles(field, strategy);
        if before.is_empty() {
            // The same words somewhere else are not new.
            before.extend(self.all_titles().filter(|old| words_of(old) == words_of(&now)));
        }
        let new = new_words(&before.join(" "), &now);
        if new.is_empty() {
            return title.to_vec();
        }
        let mut at = 0;
        italic(title, &new, figures, &mut at)
    }

    /// The titles of the strategies that one continues.
    fn titles(&self, field: &FieldRecord, strategy: &StrategyRecord) -> Vec<String> {
        let own = &field.id;
        let homes: Vec<&str> = if field.predecessors.is_empty() {
            vec![own.value.as_str()]
        } else {
            field.predecessors.iter().chain([own]).map(|id| id.value.as_str()).collect()
        };
        let wanted = if strategy.predecessors.is_empty() {
            std::slice::from_ref(&strategy.id)
        } else {
            strategy.predecessors.as_slice()
        };
        let find = |id: &str| {
            let within = homes.iter().map(|home| format!("{home}.{id}"));
            let paths = within.chain(std::iter::once(id.to_owned()));
            paths.into_iter().find_map(|path| self.programme.strategy(&path))
        };
        let found = wanted.iter().filter_map(|id| find(&id.value));
        found.map(|(_, strategy)| text(&strategy.title, &self.programme.figures)).collect()
    }

    fn all_titles(&self) -> impl Iterator<Item = String> {
        let strategies = self.programme.fields.iter().flat_map(|field| &field.strategies);
        strategies.map(|strategy| text(&strategy.title, &self.programme.figures))
    }
}

/// The places of the words of a text.
fn places(text: &str) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (c.is_whitespace(), start) {
            (false, None) => start = Some(at),
            (true, Some(from)) => {
                out.push(from..at);
                start = None;
            }
            _ => {}
        }
    }
    out
}

/// A word without the signs around it: a full stop alone makes no other word.
fn bare(word: &str) -> &str {
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '%' | '€' | '§'));
    if bare.is_empty() { word } else { bare }
}

fn words_of(text: &str) -> Vec<&str> {
    places(text).into_iter().map(|place| bare(&text[place])).collect()
}

/// Stretches of a text that were not there before.
fn new_words(before: &str, now: &str) -> Vec<Range<usize>> {
    /// With fewer words in common, of 100, a text was written anew; words here and there that stayed
    /// would only make it hard to read.
    const REWRITTEN: usize = 45;
    let places = places(now);
    let (old, new) = (words_of(before), words_of(now));
    let mut fresh = vec![true; places.len()];
    let mut kept = 0;
    for operation in capture_diff_slices(Algorithm::Myers, &old, &new) {
        for change in operation.iter_changes(&old, &new) {
            if let (ChangeTag::Equal, Some(at)) = (change.tag(), change.new_index()) {
                fresh[at] = false;
                kept += 1;
            }
        }
    }
    if kept * 100 < REWRITTEN * old.len().min(new.len()) {
        fresh.fill(true);
    }
    let mut out: Vec<Range<usize>> = Vec::new();
    let mut adjacent = false;
    for (place, fresh) in places.into_iter().zip(fresh) {
        match out.last_mut() {
            Some(last) if fresh && adjacent => last.end = place.end,
            _ if fresh => out.push(place),
            _ => {}
        }
        adjacent = fresh;
    }
    out
}

/// Sets stretches of a text in italics; `at` is where in the text the list begins.
fn italic(list: &[Inline], new: &[Range<usize>], figures: &Figures, at: &mut usize) -> Vec<Inline> {
    let mut out = Vec::new();
    for inline in list {
        let start = *at;
        let length = text(std::slice::from_ref(inline), figures).len();
        let end = start + length;
        let covers = |range: &Range<usize>| range.start <= start && end <= range.end;
        match inline {
            Inline::Text(text) => {
                out.extend(pieces(text, start, new));
                *at = end;
            }
            Inline::Strong(body) => out.push(Inline::Strong(italic(body, new, figures, at))),
            other => {
                let whole = length > 0 && new.iter().any(covers);
                let wrap = whole && !matches!(other, Inline::Emphasis(_));
                let own = other.clone();
                out.push(if wrap { Inline::Emphasis(vec![own]) } else { own });
                *at = end;
            }
        }
    }
    out
}

/// A text cut at stretches that are set in italics.
fn pieces(text: &str, start: usize, new: &[Range<usize>]) -> Vec<Inline> {
    let mut out = Vec::new();
    let mut done = 0;
    for range in new {
        let from = range.start.saturating_sub(start).clamp(done, text.len());
        let to = range.end.saturating_sub(start).min(text.len());
        if to <= from {
            continue;
        }
        out.push(Inline::Text(text[done..from].to_owned()));
        out.push(Inline::Emphasis(vec![Inline::Text(text[from..to].to_owned())]));
        done = to;
    }
    out.push(Inline::Text(text[done..].to_owned()));
    out.retain(|piece| !matches!(piece, Inline::Text(text) if text.is_empty()));
    out
}
