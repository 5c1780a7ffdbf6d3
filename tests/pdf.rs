// SPDX-License-Identifier: EUPL-1.2
//! The PDF: validity, structure, properties.

use crate::support::grid::{Grid, Spanned};
use crate::support::pdf::PdfTable;

/// A table of the PDF as a grid.
pub fn grid(table: &PdfTable) -> Grid {
    let rows = |rows: &[Vec<crate::support::pdf::PdfCell>]| -> Vec<Vec<Spanned>> {
        rows.iter()
            .map(|row| {
                row.iter()
                    .map(|cell| Spanned {
                        text: cell.text.clone(),
                        rowspan: cell.rowspan,
                        colspan: cell.colspan,
                    })
                    .collect()
            })
            .collect()
    };
    Grid::new(&rows(&table.head), &rows(&table.body))
}
