// SPDX-License-Identifier: EUPL-1.2
//! A comparison as a set of plain facts that can be demanded, and turned round.

use std::collections::BTreeSet;

use amip::compare::{Change, Comparison, Outcome, Piece, Status, TextKind};

/// What was said about one figure: field, before, now, difference.
pub type Figure = (String, String, String, String);

/// One thing that was said.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fact {
    /// About a thing with an id.
    Item {
        area: &'static str,
        old: Option<String>,
        new: Option<String>,
        status: BTreeSet<&'static str>,
        /// Names of a renamed one, ids of the places of a moved one: before and now.
        names: Option<(String, String)>,
        places: Option<(String, String)>,
        figures: BTreeSet<Figure>,
        words: BTreeSet<(String, String, String)>,
    },
    /// About the ids that one was made of, or that were made of one.
    Family { area: &'static str, one: String, many: BTreeSet<String>, merged: bool },
    /// About a paragraph: its chapter, what became of it, words that went and that came.
    Text { chapter: String, kind: String, gone: String, come: String },
}

impl Fact {
    /// Something that is there in one programme only.
    pub fn lone(area: &'static str, id: &str, added: bool) -> Self {
        let id = Some(id.to_owned());
        let (old, new, status) =
            if added { (None, id, Status::Added) } else { (id, None, Status::Dropped) };
        Self::item(area, old, new, [status.key()].into())
    }

    /// Something that is there in both.
    pub fn both(area: &'static str, old: &str, new: &str, status: &[Status]) -> Self {
        let status = status.iter().map(|status| status.key()).collect();
        Self::item(area, Some(old.to_owned()), Some(new.to_owned()), status)
    }

    fn item(
        area: &'static str,
        old: Option<String>,
        new: Option<String>,
        status: BTreeSet<&'static str>,
    ) -> Self {
        let (figures, words) = (BTreeSet::new(), BTreeSet::new());
        Self::Item { area, old, new, status, names: None, places: None, figures, words }
    }

    /// With the names before and now.
    pub fn named(mut self, before: &str, now: &str) -> Self {
        if let Self::Item { names, .. } = &mut self {
            *names = Some((before.to_owned(), now.to_owned()));
        }
        self
    }

    /// With the places before and now.
    pub fn placed(mut self, before: &str, now: &str) -> Self {
        if let Self::Item { places, .. } = &mut self {
            *places = Some((before.to_owned(), now.to_owned()));
        }
        self
    }

    /// With a figure.
    pub fn figure(mut self, figure: Figure) -> Self {
        if let Self::Item { figures, .. } = &mut self {
            figures.insert(figure);
        }
        self
    }

    /// With other words.
    pub fn word(mut self, what: &str, before: &str, now: &str) -> Self {
        if let Self::Item { words, .. } = &mut self {
            words.insert((what.to_owned(), before.to_owned(), now.to_owned()));
        }
        self
    }

    /// What must be said when both programmes change places.
    pub fn mirrored(self) -> Self {
        match self {
            Self::Item { area, old, new, status, names, places, figures, words } => Self::Item {
                area,
                old: new,
                new: old,
                status: status.into_iter().map(opposite).collect(),
                names: names.map(|(before, now)| (now, before)),
                places: places.map(|(before, now)| (now, before)),
                figures: figures
                    .into_iter()
                    .map(|(field, old, new, difference)| (field, new, old, negated(&difference)))
                    .collect(),
                words: words.into_iter().map(|(what, old, new)| (what, new, old)).collect(),
            },
            Self::Family { area, one, many, merged } => {
                Self::Family { area, one, many, merged: !merged }
            }
            Self::Text { chapter, kind, gone, come } => {
                let kind = match kind.split_once(' ') {
                    Some(("from", title)) => format!("to {title}"),
                    Some(("to", title)) => format!("from {title}"),
                    _ => opposite_text(&kind).to_owned(),
                };
                Self::Text { chapter, kind, gone: come, come: gone }
            }
        }
    }
}

fn opposite(status: &'static str) -> &'static str {
    match status {
        "added" => "dropped",
        "dropped" => "added",
        other => other,
    }
}

fn opposite_text(kind: &str) -> &str {
    match kind {
        "Added" => "Dropped",
        "Dropped" => "Added",
        other => other,
    }
}

fn negated(difference: &str) -> String {
    match difference.strip_prefix('+') {
        Some(rest) => format!("\u{2212}{rest}"),
        None => difference.replacen('\u{2212}', "+", 1),
    }
}

/// A text with plain spaces.
pub fn plain(text: &str) -> String {
    text.replace('\u{a0}', " ")
}

/// What a comparison says: what was done, and apart from it what follows from it for computed figures
/// and for texts that show figures.
pub fn facts(comparison: &Comparison<'_>) -> (BTreeSet<Fact>, usize) {
    let (mut out, mut follows) = (BTreeSet::new(), 0);
    for (area, changes) in &comparison.areas {
        for change in changes {
            match said(area.key(), change, &mut follows) {
                Some(fact) => drop(out.insert(fact)),
                None => follows += usize::from(change.status != Status::Kept),
            }
        }
    }
    for chapter in &comparison.prose {
        for text in &chapter.texts {
            let kind = match &text.kind {
                TextKind::Same => continue,
                TextKind::MovedFrom(title) => format!("from {}", chapter_of(comparison, title)),
                TextKind::MovedTo(title) => format!("to {}", chapter_of(comparison, title)),
                other => format!("{other:?}"),
            };
            let (mut gone, mut come) = (Vec::new(), Vec::new());
            for piece in &text.pieces {
                match piece {
                    Piece::Kept(_) => {}
                    Piece::Removed(text) => gone.push(plain(text)),
                    Piece::Inserted(text) => come.push(plain(text)),
                }
            }
            let (gone, come) = (gone.join("|"), come.join("|"));
            out.insert(Fact::Text { chapter: chapter.id.clone(), kind, gone, come });
        }
    }
    (out, follows)
}

fn chapter_of<'a>(comparison: &'a Comparison<'_>, title: &'a str) -> &'a str {
    let chapter = comparison.prose.iter().find(|chapter| chapter.title == title);
    chapter.map_or(title, |chapter| &chapter.id)
}

/// The first number of a text, with its sign.
fn number(text: &str) -> String {
    let Some(start) = text.find(|c: char| c.is_ascii_digit()) else { return String::new() };
    let sign = text[..start].chars().next_back().filter(|c| "+\u{2212}".contains(*c));
    let rest = &text[start..];
    let end = rest.find(|c: char| !c.is_ascii_digit() && !".,".contains(c)).unwrap_or(rest.len());
    sign.into_iter().chain(rest[..end].trim_end_matches(['.', ',']).chars()).collect()
}

/// What is said about an item, without what follows from other figures.
fn said(area: &'static str, change: &Change, follows: &mut usize) -> Option<Fact> {
    let ids = |item: &Option<amip::compare::Item>| item.as_ref().map(|item| item.id.clone());
    let (old, new) = (ids(&change.old), ids(&change.new));
    if matches!(change.status, Status::Merged | Status::Split) {
        let merged = change.status == Status::Merged;
        let one = if merged { new } else { old }.expect("a partner");
        let many = change.family.iter().cloned().collect();
        return Some(Fact::Family { area, one, many, merged });
    }
    let mut status: BTreeSet<&'static str> =
        std::iter::once(&change.status).chain(&change.also).map(|status| status.key()).collect();
    let both = change.old.as_ref().zip(change.new.as_ref());
    let mut fact = Fact::item(area, old, new, BTreeSet::new());
    let mut own = false;
    if both.is_some() {
        for figure in change.figures.iter().filter(|figure| figure.differs()) {
            if figure.derived {
                *follows += 1;
                continue;
            }
            let difference = match &figure.outcome {
                Outcome::Differs { difference, .. } => number(difference),
                _ => String::new(),
            };
            let print = |text: &Option<String>| number(text.as_deref().unwrap_or_default());
            own = true;
            let values = (print(&figure.old), print(&figure.new));
            fact = fact.figure((figure.field.clone(), values.0, values.1, difference));
        }
        for (what, old, new) in &change.words {
            // A figure in a goal or a step follows from the figure; a number of a section from others.
            if *what == "Nummer" || masked(old) == masked(new) {
                *follows += 1;
                continue;
            }
            own = true;
            fact = fact.word(what, &plain(old), &plain(new));
        }
        if !own {
            status.remove("changed");
        }
        status.remove("kept");
    }
    if let Some((before, now)) = both {
        let place = |item: &amip::compare::Item| {
            item.parent.as_ref().map(|(id, _)| id.clone()).unwrap_or_default()
        };
        // A text that shows a figure is another one when the figure is.
        if status.contains("renamed") && masked(&before.name) == masked(&now.name) {
            *follows += 1;
            status.remove("renamed");
        }
        if status.contains("renamed") {
            fact = fact.named(&plain(&before.name), &plain(&now.name));
        }
        if status.contains("moved") {
            fact = fact.placed(&place(before), &place(now));
        }
    }
    let Fact::Item { status: place, old, new, .. } = &mut fact else { return None };
    // Another id is worth saying even if nothing else has changed.
    if status.is_empty() && old == new {
        return None;
    }
    *place = status;
    Some(fact)
}

/// A text without its digits.
fn masked(text: &str) -> String {
    text.chars().filter(|c| !c.is_ascii_digit() && !",.".contains(*c)).collect()
}
