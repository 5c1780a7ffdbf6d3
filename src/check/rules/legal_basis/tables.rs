// SPDX-License-Identifier: EUPL-1.2
//! Rows of tables that plan new entries into an instrument that takes none any more.
//!
//! Not here: measures, which say it themselves.

use super::{CODE, new};
use crate::check::change;
use crate::diag::Finding;
use crate::law::instruments::{Instrument, instruments};
use crate::law::terms::{Standing, standing, year_of};
use crate::model::Programme;
use crate::model::table::{Cell, Column, Row, Table};
use crate::tree::walk;

/// Rows of all tables that plan such entries.
pub(super) fn rows(programme: &Programme) -> Vec<Finding> {
    let ended = |one: &&Instrument| {
        one.only_new && standing(&one.from, one.until.as_deref(), programme.year) == Standing::Ended
    };
    let mut out = Vec::new();
    for instrument in instruments().iter().filter(ended) {
        let until = instrument.until.as_deref().map_or(0, year_of);
        for table in &programme.tables {
            out.extend(
                table
                    .rows
                    .iter()
                    .filter_map(|row| planned(programme, table, row, instrument, until)),
            );
        }
    }
    out
}

fn planned(
    programme: &Programme,
    table: &Table,
    row: &Row,
    instrument: &Instrument,
    until: u32,
) -> Option<Finding> {
    let Some(Cell::Text(label)) = row.cells.iter().find(|cell| matches!(cell, Cell::Text(_)))
    else {
        return None;
    };
    let label = walk::plain(label);
    let named =
        instrument.forms.iter().any(|form| label.to_lowercase().contains(&form.to_lowercase()));
    let title = walk::plain(&table.title);
    if !named || !row.measures.is_empty() || change::runs_off(&label) || change::runs_off(&title) {
        return None;
    }
    let figure = table.columns.iter().zip(&row.cells).find_map(|(column, cell)| match cell {
        Cell::Figure(id) if counts_entries(column, until) && new(programme, *id) => Some(*id),
        _ => None,
    })?;
    let value = programme.figures.computed_with_unit(figure)?;
    Some(
        Finding::warning(
            CODE,
            format!("„{label}“ plant neue Eintritte ({value}); neu bewilligen das seit {} die Agenturen für Arbeit.", until + 1),
        )
        .at(programme.figures.get(figure).span, "neue Eintritte")
        .hint("Wird nur zu Ende bezahlt, was schon läuft, schreiben Sie „Ausfinanzierung“ in die Zeile und „./.“ an die Stelle der Eintritte.")
        .hint(format!("Quelle: {}.", instrument.source))
        .about(label),
    )
}

/// Whether a column holds entries of a year in which there are none.
fn counts_entries(column: &Column, until: u32) -> bool {
    let head = format!("{} {}", column.id, column.titles.join(" ")).to_lowercase();
    let years = crate::check::prose::words(&head);
    let past = years.into_iter().filter_map(|word| head[word].parse::<u32>().ok());
    head.contains("eintritt")
        && !head.contains("vorjahr")
        && !head.contains("ergebnis")
        && !past.into_iter().any(|year| (1990..=until).contains(&year))
}
