// SPDX-License-Identifier: EUPL-1.2
//! Tables whose rows bear the same names, read side by side: the shares stand in one and the counts in
//! the other, or all in one and women and men in the other.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::relations::{Relation, root};
use super::typed;
use crate::model::Programme;
use crate::model::figures::FigureId;
use crate::model::table::{Cell, Column, Row, RowKind, Table};
use crate::publish::texts;
use crate::tree::{Inline, walk};

/// So many rows of two tables must be called the same; of a single one only the sum of all of it counts.
const SAME: usize = 2;
/// A smaller number is the sum of some others by chance.
const TELLING: Decimal = Decimal::TEN;

/// What follows from two tables and from neither alone.
pub(super) fn relations(programme: &Programme, out: &mut Vec<Relation>) {
    let turned: Vec<Table> = programme.tables.iter().map(turned).collect();
    let upright: Vec<Named<'_>> =
        programme.tables.iter().map(|table| named(programme, table)).collect();
    let turned: Vec<Named<'_>> = turned.iter().map(|table| named(programme, table)).collect();
    for (at, one) in upright.iter().enumerate() {
        for later in at + 1..upright.len() {
            // Columns of the one may be rows of the other.
            let ways =
                [(one, &upright[later]), (&turned[at], &upright[later]), (one, &turned[later])];
            ways.into_iter().for_each(|(one, other)| read_together(programme, one, other, out));
        }
    }
}

/// A number with the table it stands in, and with the names of its row and its column.
struct Place {
    table: Option<usize>,
    id: FigureId,
    row: String,
    column: String,
}

impl Place {
    /// Whether both are called the same, elsewhere. Columns are called alike too often.
    fn is_named_like(&self, other: &Self) -> bool {
        let same = |one: &str, other: &str| !one.is_empty() && one == other;
        (self.table.is_none() || self.table != other.table)
            && self.id != other.id
            && (same(&self.row, &other.row)
                || same(&self.row, &other.column)
                || same(&self.column, &other.row))
    }
}

/// The same number under the same name in two tables is one number.
pub(super) fn same_numbers(programme: &Programme, out: &mut Vec<Relation>) {
    let figures = &programme.figures;
    let mut places: BTreeMap<Decimal, Vec<Place>> = BTreeMap::new();
    let mut add = |table: Option<usize>, id: FigureId, row: &str, column: &str| {
        let id = root(figures, id);
        let value = figures.printed(id, programme.reproduction).and_then(|it| it.nominal());
        if let Some(value) = value.filter(|value| *value >= TELLING) {
            let (row, column) = (texts::squeezed(row), texts::squeezed(column));
            places.entry(value).or_default().push(Place { table, id, row, column });
        }
    };
    for (at, table) in programme.tables.iter().enumerate() {
        for row in &table.rows {
            for (cell, column) in row.cells.iter().zip(&table.columns) {
                if let Cell::Figure(id) = cell {
                    add(Some(at), *id, &first_text(row), &column.titles.join(" "));
                }
            }
        }
    }
    for (id, figure) in figures.iter().filter(|(_, figure)| figure.path.starts_with("werte.")) {
        add(None, id, &figure.label, "");
    }
    for alike in places.values() {
        for (at, one) in alike.iter().enumerate() {
            let others = alike[at + 1..].iter().filter(|other| one.is_named_like(other));
            out.extend(others.map(|other| Relation::total(one.id, &[other.id])));
        }
    }
}

fn read_together(
    programme: &Programme,
    one: &Named<'_>,
    other: &Named<'_>,
    out: &mut Vec<Relation>,
) {
    let Some(both) = side_by_side(one, other) else { return };
    let single = both.rows.len() < SAME;
    let told = |relation: &Relation| match relation {
        Relation::Zero(_) => relation.figures().iter().any(|id| {
            let printed = programme.figures.printed(*id, programme.reproduction);
            printed.and_then(|it| it.nominal()).is_some_and(|value| value >= TELLING)
        }),
        _ => false,
    };
    let mut found = Vec::new();
    typed::relations(programme, &both, &mut found);
    let new = |relation: &Relation| {
        let figures = relation.figures();
        !figures.is_subset(&one.figures) && !figures.is_subset(&other.figures)
    };
    out.extend(found.into_iter().filter(new).filter(|it| !single || told(it)));
}

/// A table whose columns of figures are rows, named by their heads, and the other way round.
fn turned(table: &Table) -> Table {
    let mut out = table.clone();
    let Some(text) = table.columns.iter().find(|column| !column.numeric) else {
        out.rows.clear();
        return out;
    };
    let column = |row: &Row| Column {
        titles: vec![first_text(row)],
        formula: None,
        ..table.columns.iter().find(|column| column.numeric).unwrap_or(text).clone()
    };
    let head = Column { titles: Vec::new(), ..text.clone() };
    out.columns = std::iter::once(head).chain(table.rows.iter().map(column)).collect();
    let numeric = (0..table.columns.len()).filter(|at| table.columns[*at].numeric);
    let Some(pattern) = table.rows.first() else { return out };
    let row = |at: usize| {
        let name = Cell::Text(vec![Inline::Text(table.columns[at].titles.join(" "))]);
        let cells = table.rows.iter().map(|row| row.cells.get(at).cloned().unwrap_or(Cell::Empty));
        Row {
            kind: RowKind::Body,
            cells: std::iter::once(name).chain(cells).collect(),
            ..pattern.clone()
        }
    };
    out.rows = numeric.map(row).collect();
    out
}

/// A table with the names of its rows.
struct Named<'p> {
    table: &'p Table,
    /// Rows by their names, if each has one of its own.
    rows: BTreeMap<String, usize>,
    figures: BTreeSet<FigureId>,
}

fn named<'p>(programme: &Programme, table: &'p Table) -> Named<'p> {
    let mut rows = BTreeMap::new();
    for (at, row) in table.rows.iter().enumerate() {
        let name = name(row);
        if !name.is_empty() {
            rows.entry(name).or_insert(at);
        }
    }
    let cells = table.rows.iter().flat_map(|row| &row.cells);
    let figures = cells.filter_map(|cell| match cell {
        Cell::Figure(id) => Some(root(&programme.figures, *id)),
        _ => None,
    });
    Named { table, rows, figures: figures.collect() }
}

/// The first text of a row, without blanks and signs.
fn name(row: &Row) -> String {
    texts::squeezed(&first_text(row))
}

fn first_text(row: &Row) -> String {
    let texts = row.cells.iter().find_map(|cell| match cell {
        Cell::Text(text) => Some(walk::plain(text)),
        _ => None,
    });
    texts.unwrap_or_default()
}

/// The rows that both tables have, with the columns of both; `None` if there are too few.
fn side_by_side(one: &Named<'_>, other: &Named<'_>) -> Option<Table> {
    let shared: Vec<(usize, usize)> =
        one.rows.iter().filter_map(|(name, row)| Some((*row, *other.rows.get(name)?))).collect();
    if shared.is_empty() || one.figures == other.figures {
        return None;
    }
    let mut rows: Vec<(usize, Row)> = shared
        .into_iter()
        .map(|(first, second)| {
            let mut row = one.table.rows[first].clone();
            row.cells.extend(other.table.rows[second].cells.iter().cloned());
            (first, row)
        })
        .collect();
    rows.sort_by_key(|(first, _)| *first);
    let mut both = one.table.clone();
    both.columns.extend(other.table.columns.iter().cloned());
    both.rows = rows.into_iter().map(|(_, row)| row).collect();
    Some(both)
}
