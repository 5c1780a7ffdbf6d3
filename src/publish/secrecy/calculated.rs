// SPDX-License-Identifier: EUPL-1.2
//! Totals and shares that are told in sentences and stand in no table: with them a reader calculates what
//! the table hides.
//!
//! A number that fits by chance cannot be told from one that is meant, so that these are asked about, and
//! only where the sentence speaks of the table, or the number is long.

use std::collections::BTreeSet;
use std::ops::Range;

use rust_decimal::Decimal;

use super::named;
use super::persons::{Persons, counted};
use super::relations::root;
use super::typed::names;
use crate::diag::{Finding, Span};
use crate::model::Programme;
use crate::model::figures::FigureId;
use crate::model::programme::{Picture, PictureContent};
use crate::model::quantity::{Interval, Quantity, UnitName};
use crate::model::table::{RowKind, Table};
use crate::tree::passage::Passage;
use crate::tree::walk;

/// A number in a sentence that no cell of a table holds.
#[derive(Debug, Clone)]
pub struct Told<'p> {
    /// Where it stands.
    pub passage: &'p Passage,
    /// Its place in the passage's text.
    pub range: Range<usize>,
    /// The place of its sentence.
    pub sentence: Range<usize>,
    /// What it says.
    pub quantity: Quantity,
}

/// A place of a table with what the row or the column across is called.
type Place = (usize, usize, String);

/// A row or a column of which something is hidden.
struct Line {
    /// What the sentence calls it, apart from the names of its parts.
    names: Vec<String>,
    /// Its parts with their values and names.
    parts: Vec<(FigureId, Decimal, String)>,
    /// What shares may be taken of, and whether readers are told it.
    wholes: Vec<(Decimal, bool)>,
    /// The first hidden part.
    hidden: FigureId,
}

/// Numbers in public sentences that give away a hidden figure: `open` are the passages that are public.
pub fn findings(
    programme: &Programme,
    open: &[&Passage],
    told: &[Told<'_>],
    silent: &BTreeSet<FigureId>,
) -> Vec<Finding> {
    let hidden: BTreeSet<FigureId> =
        silent.iter().map(|id| root(&programme.figures, *id)).collect();
    let of_tables = programme.tables.iter().flat_map(|table| lines(programme, table, &hidden));
    let of_charts = programme.pictures.iter().flat_map(|one| of_chart(programme, one, &hidden));
    let lines: Vec<Line> = of_tables.chain(of_charts).collect();
    let places: BTreeSet<Span> = open.iter().map(|passage| passage.whole()).collect();
    let said = told.iter().filter(|told| places.contains(&told.passage.whole()));
    said.filter_map(|told| lines.iter().find_map(|line| of_line(programme, told, line, &hidden)))
        .collect()
}

fn of_line(
    programme: &Programme,
    told: &Told<'_>,
    line: &Line,
    hidden: &BTreeSet<FigureId>,
) -> Option<Finding> {
    let percent = told.quantity.unit.as_ref().is_some_and(|unit| unit.name == UnitName::Percent);
    if percent {
        let interval = told.quantity.interval()?;
        let (id, _, name) = line.parts.iter().find(|(id, value, name)| {
            // A share of what is shown gives away a whole that is not.
            let secret = hidden.contains(id);
            let telling = |(whole, known): &(Decimal, bool)| {
                (secret || !known) && whole != value && is_share(*value, *whole, interval)
            };
            speaks_of(told, [name.as_str()]) && line.wholes.iter().any(telling)
        })?;
        let remark = format!("so groß ist der Anteil von „{name}“");
        let id = if hidden.contains(id) { *id } else { line.hidden };
        return Some(asked(programme, told, id, remark));
    }
    let value = told.quantity.nominal()?;
    let sum: Decimal = line.parts.iter().map(|(_, value, _)| value).sum();
    let names = || line.names.iter().chain(line.parts.iter().map(|(.., name)| name));
    let long = value >= Decimal::ONE_THOUSAND || says_all(told);
    let known = line.wholes.contains(&(sum, true));
    let fits = line.parts.len() > 1 && value == sum && !known && told.quantity.is_number();
    let meant = fits && (long || speaks_of(told, names().map(String::as_str)));
    meant.then(|| {
        let remark =
            format!("so groß ist die Summe von „{}“", line.names.last().map_or("", String::as_str));
        asked(programme, told, line.hidden, remark)
    })
}

fn is_share(part: Decimal, whole: Decimal, percent: Interval) -> bool {
    let fits = || {
        let part = part.checked_mul(Decimal::ONE_HUNDRED)?;
        let (low, high) = (percent.low?.checked_mul(whole)?, percent.high?.checked_mul(whole)?);
        Some(whole > Decimal::ZERO && low <= part && part <= high)
    };
    fits().unwrap_or(false)
}

/// Whether the sentence has a word of one of these names, whatever its ending.
fn speaks_of<'n>(told: &Told<'_>, names: impl IntoIterator<Item = &'n str>) -> bool {
    const STEM: usize = 7;
    const LEAST: usize = 4;
    let text = told.passage.text[told.sentence.clone()].to_lowercase();
    names.into_iter().any(|name| {
        let words = name.split(|c: char| !c.is_alphabetic());
        let long = words.filter(|word| word.chars().count() >= LEAST);
        let mut stems = long.map(|word| word.to_lowercase().chars().take(STEM).collect::<String>());
        stems.any(|stem| text.contains(&stem))
    })
}

/// Whether the number counts persons, or the sentence says that all are meant.
fn says_all(told: &Told<'_>) -> bool {
    const ALL: [&str; 5] = ["insgesamt", "zusammen", "gesamt", "summe", "alle"];
    let persons = match told.quantity.unit.as_ref().map(|unit| &unit.name) {
        Some(UnitName::Count(name)) => counted(name) == Some(Persons::Yes),
        _ => false,
    };
    let text = told.passage.text[told.sentence.clone()].to_lowercase();
    persons || text.split(|c: char| !c.is_alphanumeric()).any(|word| ALL.contains(&word))
}

/// The bars of a diagram, if one of them is hidden.
fn of_chart(programme: &Programme, picture: &Picture, hidden: &BTreeSet<FigureId>) -> Vec<Line> {
    let PictureContent::Chart { categories, series, .. } = &picture.content else {
        return Vec::new();
    };
    let figures = &programme.figures;
    let title = walk::plain(&picture.title);
    let of_series = |at: usize| {
        let parts = categories.iter().filter_map(|(label, ids, _)| {
            let id = root(figures, *ids.get(at)?);
            let value = figures.printed(id, programme.reproduction)?.nominal()?;
            Some((id, value, label.clone()))
        });
        let parts: Vec<(FigureId, Decimal, String)> = parts.collect();
        let names = vec![title.clone(), series.get(at).cloned().unwrap_or_default()];
        finished(names, parts, Vec::new(), hidden)
    };
    (0..series.len()).filter_map(of_series).collect()
}

/// Rows and columns in which something is hidden, and all of the table together.
fn lines(programme: &Programme, table: &Table, hidden: &BTreeSet<FigureId>) -> Vec<Line> {
    let title = walk::plain(&table.title);
    let head = |column: usize| table.columns[column].titles.join(" ");
    let name = |row: usize| names::name(table, row);
    let (rows, columns) = (0..table.rows.len(), 0..table.columns.len());
    let by_column = columns.clone().map(|column| {
        let cells: Vec<Place> = rows.clone().map(|row| (row, column, name(row))).collect();
        (head(column), cells)
    });
    let by_row = rows.clone().map(|row| {
        let cells: Vec<Place> = columns.clone().map(|column| (row, column, head(column))).collect();
        (name(row), cells)
    });
    let places = rows.clone().flat_map(|row| columns.clone().map(move |column| (row, column)));
    let cells: Vec<Place> = places.map(|(row, column)| (row, column, head(column))).collect();
    let whole = std::iter::once((title.clone(), cells));
    by_column
        .chain(by_row)
        .chain(whole)
        .filter_map(|(own, cells)| line(programme, table, hidden, vec![title.clone(), own], cells))
        .collect()
}

fn line(
    programme: &Programme,
    table: &Table,
    hidden: &BTreeSet<FigureId>,
    names: Vec<String>,
    cells: Vec<Place>,
) -> Option<Line> {
    let figures = &programme.figures;
    let (mut parts, mut wholes) = (Vec::new(), Vec::new());
    for (row, column, name) in cells {
        let Some(id) = table.figure(row, column).map(|id| root(figures, id)) else { continue };
        let printed = figures.printed(id, programme.reproduction);
        // Percentages are no part of a sum.
        let unit = printed.as_ref().and_then(|printed| printed.unit.as_ref());
        let rate = unit.is_some_and(|it| matches!(it.name, UnitName::Percent | UnitName::Points));
        let value = printed.as_ref().filter(|_| !rate).and_then(Quantity::nominal);
        let Some(value) = value else { continue };
        if table.rows[row].kind != RowKind::Part {
            wholes.push((value, !hidden.contains(&id)));
        }
        if table.rows[row].kind == RowKind::Body {
            parts.push((id, value, name));
        }
    }
    finished(names, parts, wholes, hidden)
}

fn finished(
    names: Vec<String>,
    parts: Vec<(FigureId, Decimal, String)>,
    mut wholes: Vec<(Decimal, bool)>,
    hidden: &BTreeSet<FigureId>,
) -> Option<Line> {
    let first = parts.iter().map(|(id, ..)| *id).find(|id| hidden.contains(id))?;
    let sum: Decimal = parts.iter().map(|(_, value, _)| value).sum();
    if !wholes.contains(&(sum, true)) {
        wholes.push((sum, false));
    }
    Some(Line { names, parts, wholes, hidden: first })
}

fn asked(programme: &Programme, told: &Told<'_>, id: FigureId, remark: String) -> Finding {
    let text = match &told.passage.text[told.range.clone()] {
        "" => told.quantity.to_string(),
        text => text.to_owned(),
    };
    Finding::warning(
        "geheimhaltung-unklar",
        format!("Aus „{text}“ ließe sich vielleicht ein Wert errechnen, der geheim oder intern ist: {}.", named(programme, id)),
    )
    .at(told.passage.span(&told.range), remark)
    .label(programme.figures.get(id).span, "dieser Wert wird nicht ausgewiesen")
    .hint(format!("Schreiben Sie den Satz ohne die Zahl. Meint sie etwas anderes, schreiben Sie in kapitel/ [{text}](frei:)."))
}
