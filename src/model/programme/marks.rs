// SPDX-License-Identifier: EUPL-1.2
//! Which figures the data mark as internal.
//!
//! Not here: what is private by default, and leaving anything out; see `publish`.

use std::collections::BTreeSet;

use super::Programme;
use crate::model::figures::FigureId;
use crate::model::table::Cell;

/// Figures that the data mark as internal, or that stand in what they mark.
pub fn figures(programme: &Programme) -> BTreeSet<FigureId> {
    let own = programme.figures.iter().filter(|(_, figure)| figure.visibility.is_internal());
    let mut out: BTreeSet<FigureId> = own.map(|(id, _)| id).collect();
    for one in &programme.measures {
        let parts = one.parts.iter().map(|part| (part.visibility, &part.figures));
        for (mark, figures) in parts.chain([(one.visibility, &one.figures)]) {
            if mark.is_internal() || one.visibility.is_internal() {
                out.extend(figures.iter().map(|(_, id)| *id));
            }
        }
    }
    for table in &programme.tables {
        for row in &table.rows {
            for (cell, column) in row.cells.iter().zip(&table.columns) {
                let marks = [table.visibility, row.visibility, column.visibility];
                if let Cell::Figure(id) = cell
                    && marks.iter().any(|mark| mark.is_internal())
                {
                    out.insert(*id);
                }
            }
        }
    }
    out
}
