// SPDX-License-Identifier: EUPL-1.2
//! Where the cells of a table stand, for formats that leave out what another cell covers.
//!
//! Not here: what cells contain.

use crate::tree::Cell;

/// Which columns cells from rows above still cover.
pub(super) struct Grid {
    covered: Vec<u32>,
    at: usize,
}

impl Grid {
    pub(super) fn new(columns: usize) -> Self {
        Self { covered: vec![0; columns], at: 0 }
    }

    /// The column in which the next cell of the row stands.
    pub(super) fn place(&mut self, cell: &Cell) -> usize {
        while self.covered.get(self.at).is_some_and(|rows| *rows > 0) {
            self.at += 1;
        }
        let column = self.at;
        for covered in self.covered.iter_mut().skip(column).take(cell.colspan as usize) {
            *covered = cell.rowspan;
        }
        self.at += cell.colspan as usize;
        column
    }

    pub(super) fn next_row(&mut self) {
        self.covered.iter_mut().for_each(|rows| *rows = rows.saturating_sub(1));
        self.at = 0;
    }

    /// Whether a cell from above reaches into the row that begins.
    pub(super) fn is_crossed(&self) -> bool {
        self.covered.iter().any(|rows| *rows > 0)
    }
}
