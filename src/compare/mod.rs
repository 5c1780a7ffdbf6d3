// SPDX-License-Identifier: EUPL-1.2
//! Two programmes side by side: what is new, what is gone, what has changed.
//!
//! [`item`] takes a programme apart into things with ids, `align` finds which of them belong together,
//! `delta` compares their figures, `prose` compares the texts. [`report`] makes a document of the result,
//! [`json`] plain data.
//!
//! Not here: reading files, printing; rendered text is never compared.

mod align;
mod delta;
pub mod item;
pub mod json;
mod prose;
pub mod report;

use std::collections::BTreeMap;

use crate::diag::Finding;
use crate::model::Programme;
use crate::tree::Document;

pub use align::{Change, Evidence, Status};
pub use delta::{FigureChange, Outcome};
pub use item::{AREAS, Area, Item};
pub use prose::{ChapterChange, Piece, TextChange, TextKind};

/// One of the two programmes, with what was made of it.
#[derive(Debug, Clone, Copy)]
pub struct Side<'a> {
    /// Name of its folder.
    pub name: &'a str,
    /// The programme.
    pub programme: &'a Programme,
    /// Its document, for numbers and titles of chapters.
    pub document: &'a Document,
    /// What the checks found, for what was acknowledged.
    pub findings: &'a [Finding],
}

/// What differs between two programmes.
#[derive(Debug)]
pub struct Comparison<'a> {
    /// The earlier one, or the earlier draft.
    pub old: Side<'a>,
    /// The later one.
    pub new: Side<'a>,
    /// Years between both of which no programme was given.
    pub missing_years: Vec<u32>,
    /// Things with ids, by area.
    pub areas: Vec<(Area, Vec<Change>)>,
    /// The texts, by chapter.
    pub prose: Vec<ChapterChange>,
}

/// Compares two programmes.
pub fn compare<'a>(old: Side<'a>, new: Side<'a>) -> Comparison<'a> {
    let (first, last) = (old.programme.year, new.programme.year);
    let missing_years = (first.min(last) + 1..first.max(last)).collect();
    let later = new.programme;
    let changes = |area: Area| {
        let (before, after) = (item::of_area(&old, area, later), item::of_area(&new, area, later));
        align::changes(&before, &after, area, (first, last))
    };
    // Texts take as long as all the rest, and need the fields of action only.
    let (areas, prose) = std::thread::scope(|scope| {
        let prose = scope.spawn(|| prose::changes(&old, &new, &changes(Area::Fields)));
        let areas = AREAS.iter().map(|area| (*area, changes(*area))).collect();
        (areas, prose.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    });
    Comparison { old, new, missing_years, areas, prose }
}

/// What most of these figures that are in both programmes rest on.
fn usual_basis<'c>(changes: impl IntoIterator<Item = &'c Change>) -> Option<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for figure in changes.into_iter().flat_map(|change| &change.figures) {
        if figure.old.is_some() && figure.new.is_some() {
            *counts.entry(&figure.basis).or_default() += 1;
        }
    }
    let (basis, count) = counts.into_iter().max_by_key(|(_, count)| *count)?;
    (count > 1).then(|| basis.to_owned())
}

impl Comparison<'_> {
    /// The changes of an area.
    pub fn area(&self, wanted: Area) -> &[Change] {
        self.areas
            .iter()
            .find(|(area, _)| *area == wanted)
            .map_or(&[], |(_, changes)| changes.as_slice())
    }

    /// What most figures that are in both programmes rest on.
    pub fn usual_basis(&self) -> Option<String> {
        usual_basis(self.areas.iter().flat_map(|(_, changes)| changes))
    }

    /// Whether only one of both has anything of an area.
    pub fn one_sided(&self, area: Area) -> bool {
        let changes = self.area(area);
        changes.iter().all(|change| change.old.is_none())
            || changes.iter().all(|change| change.new.is_none())
    }

    /// Whether both programmes have things with ids, but none in common, not even by name.
    pub fn unrelated(&self) -> bool {
        let telling = [Area::Measures, Area::Strategies, Area::Fields, Area::Resources];
        let all: Vec<&Change> = telling.iter().flat_map(|area| self.area(*area)).collect();
        all.iter().any(|change| change.old.is_some())
            && all.iter().any(|change| change.new.is_some())
            && all.iter().all(|change| change.old.is_none() || change.new.is_none())
    }
}
