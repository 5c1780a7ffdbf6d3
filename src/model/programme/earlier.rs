// SPDX-License-Identifier: EUPL-1.2
//! The programme of the year before, as far as this one takes figures and words from it.
//!
//! [`folder`] finds it, [`cells`] fills columns from it, [`words`] marks what is new in titles,
//! [`succession`] looks at the predecessors that measures, fields and strategies name.
//!
//! Not here: what the year before took from the year before that; it is not read.

mod cells;
mod folder;
mod succession;
mod words;

pub(super) use cells::Claim;
pub(super) use succession::check;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::{Outlines, Programme, build};
use crate::diag::{Class, Finding, Sources, Span};
use crate::model::figures::{EARLIER, Figure, FigureId, Figures, Origin, Style};
use crate::model::provenance::Provenance;
use crate::model::records::ProgrammeRecord;
use crate::model::table::{Cell, Table};
use crate::model::visibility::{self, Visibility};

/// What is known of the year before.
pub(super) enum Earlier {
    /// The programme names none.
    Undeclared,
    /// It names one that cannot be asked, because it is broken or the year before of the year before.
    Unread(Span),
    /// It was read.
    Read(Box<Past>),
}

/// The programme of the year before.
pub(super) struct Past {
    /// Its data.
    pub(super) programme: Programme,
    /// Years between both of which no programme is named.
    pub(super) gap: bool,
    /// Its figures with those of this programme that stand for them.
    ids: BTreeMap<FigureId, FigureId>,
    /// What it took from the year before it, so that nothing can be said about it here.
    beyond: BTreeSet<FigureId>,
    /// What it marks as internal; that does not become public by being old.
    marked: BTreeSet<FigureId>,
}

impl Earlier {
    /// Reads the programme that a programme names; what is wrong with it is found.
    pub(super) fn read(
        record: &ProgrammeRecord,
        root: &Path,
        outlines: Option<Outlines<'_>>,
        sources: &mut Sources,
        findings: &mut Vec<Finding>,
    ) -> Self {
        let Some(text) = &record.earlier else { return Self::Undeclared };
        let unread = Self::Unread(text.span);
        let Some(outlines) = outlines else { return unread };
        let folder = match folder::find(root, text) {
            Ok(folder) => folder,
            Err(finding) => {
                findings.push(*finding);
                return unread;
            }
        };
        let mut found = Vec::new();
        let programme = outlines(&folder, sources, &mut found)
            .and_then(|outline| build::data(&folder, &outline, sources, &mut found));
        super::drop_consequences(&mut found, sources);
        found.retain(|finding| finding.class == Class::Input);
        let Some(programme) = programme.filter(|_| found.is_empty()) else {
            findings.push(folder::unusable(&folder, found.len()));
            findings.append(&mut found);
            return unread;
        };
        let year = record.year.value;
        let wrong = folder::wrong(record, text, root, &folder, &programme);
        if !wrong.is_empty() {
            findings.extend(wrong);
            return unread;
        }
        let gap = programme.year + 1 < year;
        if gap {
            findings.push(folder::gap(programme.year, year, text.span));
        }
        Self::Read(Box::new(Past::new(programme, gap)))
    }

    /// The figures with which a programme begins.
    pub(super) fn figures(&self) -> Figures {
        match self {
            Self::Undeclared => Figures::default(),
            Self::Unread(span) => Figures::after_unread(*span),
            Self::Read(past) => past.figures(),
        }
    }

    /// The programme, if it was read.
    pub(super) fn past(&self) -> Option<&Past> {
        match self {
            Self::Read(past) => Some(past),
            Self::Undeclared | Self::Unread(_) => None,
        }
    }

    /// What helps somebody who names a figure of the year before that is not there.
    pub(super) fn hint(&self, name: &str) -> Option<String> {
        let path = name.strip_prefix(EARLIER)?;
        match self {
            Self::Undeclared => Some(NO_PROGRAMME.to_owned()),
            Self::Unread(_) => None,
            Self::Read(past) => {
                let found = past.programme.figures.find(path)?;
                past.beyond.contains(&found).then(|| past.too_far())
            }
        }
    }
}

/// What to do if no programme of the year before is named.
pub(super) const NO_PROGRAMME: &str = "Nennen Sie in programm.yaml unter „programm:“ den Ordner des Programms des Vorjahres, zum Beispiel „vorjahr: ../musterstadt-2026“.";

impl Past {
    fn new(programme: Programme, gap: bool) -> Self {
        let beyond = beyond(&programme.figures);
        let known = programme.figures.iter().map(|(id, _)| id).filter(|id| !beyond.contains(id));
        let known: Vec<FigureId> = known.collect();
        let marked = super::marked_figures(&programme);
        let mut past = Self { programme, gap, ids: BTreeMap::new(), beyond, marked };
        // The figures get their numbers in the order in which they are added.
        let mut figures = Figures::default();
        for id in known {
            past.ids.insert(id, figures.add(past.figure(id)));
        }
        past
    }

    /// Last year's figures as given ones, by their old paths behind a word for the year.
    fn figures(&self) -> Figures {
        let mut figures = Figures::after(self.ids.keys().map(|id| self.figure(*id)).collect());
        for (path, id) in self.programme.figures.names() {
            if let Some(own) = self.ids.get(&id) {
                figures.alias(format!("{EARLIER}{path}"), *own);
            }
        }
        figures
    }

    fn figure(&self, id: FigureId) -> Figure {
        let figures = &self.programme.figures;
        let figure = figures.get(id);
        let printed = figures.printed(id, self.programme.reproduction);
        // A cell that shows a measure's figure again leads to where that is entered.
        let root = figures.get(figures.entered_at(id));
        let entered = if figure.stated.is_some() { figure } else { root };
        let label = format!("{} (Programm {})", figure.label, self.programme.year);
        let internal = self.marked.contains(&id) || self.marked.contains(&figures.entered_at(id));
        Figure {
            visibility: if internal {
                Visibility::Internal(visibility::Class::General)
            } else {
                Visibility::Unmarked
            },
            persons: figure.persons.or(root.persons),
            origin: printed.map_or(Origin::Missing, Origin::Entered),
            provenance: self.provenance(id, figure),
            ..Figure::missing(
                format!("{EARLIER}{}", figure.path),
                label,
                entered.span,
                Style::default(),
            )
        }
    }

    /// Where a figure came from, as it says itself, else as its table says.
    fn provenance(&self, id: FigureId, figure: &Figure) -> Provenance {
        if figure.provenance != Provenance::default() {
            return figure.provenance.clone();
        }
        let of = |table: &&Table| {
            let mut cells = table.rows.iter().flat_map(|row| &row.cells);
            cells.any(|cell| matches!(cell, Cell::Figure(own) if *own == id))
        };
        self.programme
            .tables
            .iter()
            .find(of)
            .map(|table| table.provenance.clone())
            .unwrap_or_default()
    }

    fn too_far(&self) -> String {
        format!(
            "Das Programm {} nimmt diese Zahl selbst aus dem Programm seines Vorjahres, und gelesen wird nur ein Jahr zurück. Tragen Sie die Zahl hier ein.",
            self.programme.year
        )
    }
}

/// Figures that depend on what cannot be asked.
fn beyond(figures: &Figures) -> BTreeSet<FigureId> {
    let Some(unread) = figures.unread() else { return BTreeSet::new() };
    let mut users: BTreeMap<FigureId, Vec<FigureId>> = BTreeMap::new();
    for (id, _) in figures.iter() {
        for operand in figures.operands(id) {
            users.entry(operand).or_default().push(id);
        }
    }
    let (mut out, mut open) = (BTreeSet::new(), vec![unread]);
    while let Some(id) = open.pop() {
        let new = users.get(&id).into_iter().flatten().filter(|user| out.insert(**user));
        open.extend(new);
    }
    // What a reproduction printed is known, whatever it came from.
    out.retain(|id| figures.get(*id).stated.as_ref().is_none_or(|it| it.quantity.is_none()));
    out
}
