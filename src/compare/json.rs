// SPDX-License-Identifier: EUPL-1.2
//! A comparison as JSON for other programs.

use std::collections::BTreeMap;

use serde::Serialize;

use super::align::{Change, Evidence};
use super::delta::{FigureChange, Outcome};
use super::prose::{ChapterChange, Piece, TextChange, TextKind};
use super::{Comparison, Side};

#[derive(Serialize)]
struct Head<'a> {
    folder: &'a str,
    id: &'a str,
    jobcenter: &'a str,
    year: u32,
    title: &'a str,
}

#[derive(Serialize)]
struct Figure<'a> {
    field: &'a str,
    label: &'a str,
    old: Option<&'a str>,
    new: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    difference: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    percent: Option<&'a str>,
    /// `same`, `differs`, `rounding`, `words`, `one_sided`, `incomparable`.
    result: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'static str>,
    basis: &'a str,
    /// Whether it follows from other figures.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    derived: bool,
}

#[derive(Serialize)]
struct Words<'a> {
    what: &'a str,
    old: &'a str,
    new: &'a str,
}

#[derive(Serialize)]
struct Item<'a> {
    id: &'a str,
    status: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    also: Vec<&'static str>,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    old_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    old_name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    parent: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    old_parent: Option<&'a str>,
    /// `declared`, `same_id`, `guess`, `none`.
    evidence: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    guess: Option<&'a str>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    family: &'a [String],
    figures: Vec<Figure<'a>>,
    /// Of the first part of a split: what was one before against the sum of all parts.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    together: Vec<Figure<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    words: Vec<Words<'a>>,
}

#[derive(Serialize)]
struct Text<'a> {
    /// `same`, `figures`, `changed`, `added`, `dropped`, `moved`.
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<&'a str>,
    /// Pairs of a sign (`=`, `-`, `+`) and the words.
    pieces: Vec<(&'static str, &'a str)>,
}

#[derive(Serialize)]
struct Chapter<'a> {
    id: &'a str,
    title: &'a str,
    status: &'static str,
    untouched: bool,
    stale: Vec<&'a str>,
    texts: Vec<Text<'a>>,
}

#[derive(Serialize)]
struct Whole<'a> {
    old: Head<'a>,
    new: Head<'a>,
    missing_years: &'a [u32],
    #[serde(flatten)]
    areas: BTreeMap<&'static str, Vec<Item<'a>>>,
    prose: Vec<Chapter<'a>>,
}

/// One object, ending in a line break.
///
/// # Panics
///
/// Never: the object is made of strings and numbers only.
pub fn comparison(comparison: &Comparison<'_>) -> String {
    let areas = comparison
        .areas
        .iter()
        .map(|(area, changes)| (area.key(), changes.iter().map(item).collect()))
        .collect();
    let whole = Whole {
        old: head(&comparison.old),
        new: head(&comparison.new),
        missing_years: &comparison.missing_years,
        areas,
        prose: comparison.prose.iter().map(chapter).collect(),
    };
    let mut text = serde_json::to_string_pretty(&whole).expect("strings and numbers serialise");
    text.push('\n');
    text
}

fn head<'a>(side: &Side<'a>) -> Head<'a> {
    let programme = side.programme;
    Head {
        folder: side.name,
        id: &programme.id,
        jobcenter: &programme.jobcenter,
        year: programme.year,
        title: &programme.title,
    }
}

fn item(change: &Change) -> Item<'_> {
    let (old, new) = (change.old.as_ref(), change.new.as_ref());
    let parent = |item: Option<&'_ super::Item>| -> Option<String> {
        item?.parent.as_ref().map(|(id, _)| id.clone())
    };
    let differs = parent(old) != parent(new);
    let (evidence, guess) = match &change.evidence {
        Evidence::Declared => ("declared", None),
        Evidence::SameId => ("same_id", None),
        Evidence::Guess(why) => ("guess", Some(why.as_str())),
        Evidence::None => ("none", None),
    };
    Item {
        id: &change.id,
        status: change.status.key(),
        also: change.also.iter().map(|status| status.key()).collect(),
        name: change.name(),
        old_id: old.map(|item| item.id.as_str()).filter(|id| *id != change.id),
        old_name: old.map(|item| item.name.as_str()).filter(|name| *name != change.name()),
        parent: new.and_then(|item| Some(item.parent.as_ref()?.0.as_str())),
        old_parent: old.filter(|_| differs).and_then(|item| Some(item.parent.as_ref()?.0.as_str())),
        evidence,
        guess,
        family: &change.family,
        figures: change.figures.iter().map(figure).collect(),
        together: change.together.iter().map(figure).collect(),
        words: change.words.iter().map(|(what, old, new)| Words { what, old, new }).collect(),
    }
}

fn figure(change: &FigureChange) -> Figure<'_> {
    let (result, difference, percent, reason) = match &change.outcome {
        Outcome::Same => ("same", None, None, None),
        Outcome::Differs { difference, percent, rounding, .. } => {
            let result = if *rounding { "rounding" } else { "differs" };
            (result, Some(difference.as_str()), percent.as_deref(), None)
        }
        Outcome::Words => ("words", None, None, None),
        Outcome::OneSided => ("one_sided", None, None, None),
        Outcome::Absent => {
            ("one_sided", None, None, Some("das andere Programm führt diese Angabe nirgends"))
        }
        Outcome::Incomparable(reason) => ("incomparable", None, None, Some(*reason)),
    };
    Figure {
        field: &change.field,
        label: &change.label,
        old: change.old.as_deref(),
        new: change.new.as_deref(),
        difference,
        percent,
        result,
        reason,
        basis: &change.basis,
        derived: change.derived,
    }
}

fn chapter(change: &ChapterChange) -> Chapter<'_> {
    Chapter {
        id: &change.id,
        title: &change.title,
        status: change.status.key(),
        untouched: change.untouched,
        stale: change.stale.iter().map(|(text, _)| text.as_str()).collect(),
        texts: change.texts.iter().map(text).collect(),
    }
}

fn text(change: &TextChange) -> Text<'_> {
    let (kind, from, to) = match &change.kind {
        TextKind::Same => ("same", None, None),
        TextKind::Figures => ("figures", None, None),
        TextKind::Changed => ("changed", None, None),
        TextKind::Added => ("added", None, None),
        TextKind::Dropped => ("dropped", None, None),
        TextKind::MovedWithin => ("moved", None, None),
        TextKind::MovedFrom(from) => ("moved", Some(from.as_str()), None),
        TextKind::MovedTo(to) => ("moved", None, Some(to.as_str())),
    };
    let piece = |piece: &'_ Piece| match piece {
        Piece::Kept(_) => "=",
        Piece::Removed(_) => "-",
        Piece::Inserted(_) => "+",
    };
    Text {
        kind,
        from,
        to,
        pieces: change.pieces.iter().map(|one| (piece(one), one.text())).collect(),
    }
}
