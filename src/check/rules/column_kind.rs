// SPDX-License-Identifier: EUPL-1.2
//! A column of figures that was not said to be one, so that its total stays empty.

use crate::check::{Rule, Run};
use crate::diag::Finding;
use crate::model::Programme;
use crate::model::quantity::parse;
use crate::model::table::{Cell, Row, RowKind, Table};
use crate::tree::walk;

/// See `docs/regeln.md`.
pub(in crate::check) const RULE: Rule = Rule {
    code: "spalte-ohne-zahl",
    run: Run::Data(|programme| {
        let mut out = Vec::new();
        for table in &programme.tables {
            let Some(total) = table.rows.iter().find(|row| row.kind == RowKind::Total) else {
                continue;
            };
            // The first column names the rows, even if by numbers.
            for (at, column) in table.columns.iter().enumerate().skip(1) {
                let empty = is_empty(total.cells.get(at));
                if column.numeric || !empty || !holds_figures(programme, table, at) {
                    continue;
                }
                let title = column.titles.join(" ");
                let title = if title.is_empty() { &column.id } else { &title };
                out.push(
                    Finding::warning("spalte-ohne-zahl", format!("In der Spalte „{title}“ stehen Zahlen, aber sie ist keine Zahlenspalte; ihre Summe bleibt leer."))
                        .at(column.span, "diese Spalte")
                        .hint("Ergänzen Sie „art: zahl“."),
                );
            }
        }
        out
    }),
};

fn is_empty(cell: Option<&Cell>) -> bool {
    match cell {
        None | Some(Cell::Empty) => true,
        Some(Cell::Text(text)) => text.is_empty(),
        Some(Cell::List(_) | Cell::Figure(_)) => false,
    }
}

/// Whether all filled cells of a column, two at least, can be read as figures.
fn holds_figures(programme: &Programme, table: &Table, column: usize) -> bool {
    let body = |row: &&Row| row.kind == RowKind::Body;
    let texts: Vec<String> = table
        .rows
        .iter()
        .filter(body)
        .filter_map(|row| match row.cells.get(column) {
            Some(Cell::Text(text)) if !text.is_empty() => Some(walk::plain(text)),
            _ => None,
        })
        .collect();
    let figure =
        |text: &String| parse(text, &programme.units).is_ok_and(|quantity| quantity.is_number());
    texts.len() > 1 && texts.iter().all(figure)
}
