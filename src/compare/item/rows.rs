// SPDX-License-Identifier: EUPL-1.2
//! Rows of tables as items, and what a table is about.

use super::{Area, Basis, Item, shown, slug};
use crate::model::Programme;
use crate::model::basis::{basis, year_in};
use crate::model::figures::{FigureId, Origin};
use crate::model::formula::{Formula, Function};
use crate::model::quantity::UnitName;
use crate::model::table::{Cell, Row, RowKind, Table};
use crate::tree::walk;

/// What the rows of a table are about.
pub(super) fn table_area(table: &Table) -> Area {
    let name = format!("{} {}", table.id, walk::plain(&table.title)).to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
    let money = table.columns.iter().any(|column| {
        let euro = column.unit.as_ref().and_then(|(_, unit)| unit.as_ref());
        euro.is_some_and(|unit| unit.name == UnitName::Euro)
    });
    let of_measures = table.rows.iter().any(|row| !row.measures.is_empty());
    if has(&["zielwert", "zielvereinbarung", "ziele "]) || name.starts_with("ziele") {
        Area::Targets
    } else if has(&["kennzahl", "förderplan", "eintrittsplan"]) {
        Area::KeyFigures
    } else if has(&["personal", "stellen", "vzä"]) {
        Area::Staff
    } else if money || has(&["mittel", "budget", "verwaltungskosten"]) && !of_measures {
        Area::Resources
    } else {
        Area::Tables
    }
}

pub(super) fn of_area(programme: &Programme, area: Area, later: &Programme) -> Vec<Item> {
    let own = |table: &&Table| table_area(later.table(&table.id).unwrap_or(table)) == area;
    programme.tables.iter().filter(own).flat_map(|table| rows(programme, table, area)).collect()
}

fn rows(programme: &Programme, table: &Table, area: Area) -> Vec<Item> {
    let parent = (table.id.clone(), walk::plain(&table.title));
    table
        .rows
        .iter()
        .enumerate()
        // A measure is compared as such; here it would stand a second time.
        .filter(|(_, row)| !row.through && (row.measures.is_empty() || area == Area::KeyFigures))
        .filter_map(|(at, row)| row_item(programme, table, at, row, &parent))
        .collect()
}

fn row_item(
    programme: &Programme,
    table: &Table,
    at: usize,
    row: &Row,
    parent: &(String, String),
) -> Option<Item> {
    let texts: Vec<String> = row
        .cells
        .iter()
        .filter_map(|cell| match cell {
            Cell::Text(text) => Some(walk::plain(text)).filter(|text| !text.trim().is_empty()),
            _ => None,
        })
        .collect();
    let name = texts.iter().find(|text| text.chars().any(char::is_alphabetic))?;
    // "- Vorbindungen" below a sum is called "Vorbindungen".
    let name = name.trim_start_matches(['-', '–', ' ', '\u{a0}']).to_owned();
    let own = row.id.clone().unwrap_or_else(|| slug(&name));
    let mut item = Item::new(format!("{}.{own}", table.id), name, Some(row.span));
    item.parent = Some(parent.clone());
    item.total = matches!(row.kind, RowKind::Total | RowKind::Group);
    for (cell, column) in row.cells.iter().zip(&table.columns) {
        if let Cell::Text(text) = cell
            && let text = walk::plain(text)
            && text != item.name
            && text.chars().any(char::is_alphabetic)
        {
            item.words.push((column.titles.join(" "), text));
        }
    }
    if row.kind == RowKind::Total && !parent.1.is_empty() {
        item.name = format!("{} ({})", item.name, parent.1);
    }
    let year = i64::from(programme.year);
    for (number, column) in table.columns.iter().enumerate() {
        let Some(id) = table.figure(at, number) else { continue };
        if is_change(programme, id) {
            continue;
        }
        let head = column.titles.join(" ");
        let offset = year_in(&head).map_or(0, |named| named - year);
        let said =
            if offset < 0 && basis(&head) == Basis::Unknown { Basis::Result } else { basis(&head) };
        let basis = if offset == 0 && said == Basis::Unknown { Basis::Plan } else { said };
        let column_id = column.id.clone();
        item.figures.push(shown(programme, id, column_id, head, basis, offset));
    }
    Some(item)
}

/// A column of changes says nothing of its own.
fn is_change(programme: &Programme, id: FigureId) -> bool {
    matches!(
        programme.figures.get(id).origin,
        Origin::Computed(Formula::Call(Function::Change | Function::Points, _))
    )
}
