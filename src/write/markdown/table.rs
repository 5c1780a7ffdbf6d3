// SPDX-License-Identifier: EUPL-1.2
//! Tables that pipes can hold.

use crate::tree::{Align, RowKind, Table};

/// Cells already written, head first.
#[derive(Default)]
pub(super) struct Pipes {
    pub(super) rows: Vec<Vec<String>>,
}

impl Pipes {
    /// The table with aligned columns, so that the source reads well too.
    pub(super) fn write(mut self, table: &Table) -> String {
        for (row, kind) in self.rows.iter_mut().skip(1).zip(table.rows.iter().map(|row| row.kind)) {
            if matches!(kind, RowKind::Group | RowKind::Total) {
                for cell in row.iter_mut().filter(|cell| !cell.is_empty()) {
                    *cell = format!("**{cell}**");
                }
            }
        }
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let align = |column: usize| table.columns.get(column).map_or(Align::Left, |c| c.align);
        let rule: Vec<String> = (0..columns)
            .map(|column| {
                match align(column) {
                    Align::Left => "---",
                    Align::Right => "--:",
                    Align::Centre => ":-:",
                }
                .to_owned()
            })
            .collect();
        self.rows.insert(1.min(self.rows.len()), rule);
        let mut out = String::new();
        for row in &self.rows {
            out.push('|');
            for column in 0..columns {
                out.push(' ');
                out.push_str(row.get(column).map_or("", String::as_str));
                out.push_str(" |");
            }
            out.push('\n');
        }
        out
    }
}
