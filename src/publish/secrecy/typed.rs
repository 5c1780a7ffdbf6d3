// SPDX-License-Identifier: EUPL-1.2
//! Sums, differences, products and percentages that are typed and come out: readers calculate with what
//! stands below each other or side by side, whether the data do or not.
//!
//! Whatever is found here is true of the figures, so that a coincidence can only hide too much.

pub(super) mod names;
mod rates;
mod runs;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use rust_decimal::Decimal;

use self::names::{says_part, says_percent, says_total};
use self::runs::{Field, Sums};
use super::relations::{Linear, Relation, root};
use crate::model::Programme;
use crate::model::figures::{FigureId, Origin};
use crate::model::quantity::UnitName;
use crate::model::table::{Cell, RowKind, Table};
use crate::tree::Step;

/// All relations between typed figures of a table.
pub(super) fn relations(programme: &Programme, table: &Table, out: &mut Vec<Relation>) {
    let figures = &programme.figures;
    let cells = table.rows.iter().flat_map(|row| &row.cells);
    let roots = cells.filter_map(|cell| match cell {
        Cell::Figure(id) => Some(root(figures, *id)),
        _ => None,
    });
    let value = |id: FigureId| Some((id, figures.printed(id, programme.reproduction)?.nominal()?));
    let reader = Reader { programme, table, truths: roots.filter_map(value).collect() };
    reader.sums(out);
    reader.totals_elsewhere(out);
    for grid in reader.grids() {
        reader.beside(grid, out);
        reader.rates(grid, out);
    }
}

/// What a stepped chart says: a level is the one before with what came on top and what went.
pub(super) fn of_chart(
    programme: &Programme,
    categories: &[(String, Vec<FigureId>, Step)],
    out: &mut Vec<Relation>,
) {
    let figures = &programme.figures;
    let truth = |id: FigureId| figures.printed(id, programme.reproduction)?.nominal();
    let width = categories.iter().map(|(_, ids, _)| ids.len()).max().unwrap_or_default();
    for series in 0..width {
        let all = categories.iter().filter_map(|(_, ids, _)| ids.get(series));
        total_among(programme, &all.map(|id| root(figures, *id)).collect::<Vec<_>>(), out);
        let mut sum: Option<(Linear, Option<Decimal>)> = None;
        for (_, ids, step) in categories {
            let Some(id) = ids.get(series).map(|id| root(figures, *id)) else { continue };
            let sign = match step {
                Step::Level => {
                    if let Some((sum, value)) = sum.take()
                        && sum.has_several()
                        && value.is_some()
                        && value == truth(id)
                    {
                        let difference = sum.add(&Linear::of(id), Decimal::NEGATIVE_ONE);
                        out.push(Relation::Zero(difference));
                    }
                    sum = Some((Linear::of(id), truth(id)));
                    continue;
                }
                Step::Up => Decimal::ONE,
                Step::Down => Decimal::NEGATIVE_ONE,
            };
            // A step down may be typed with its sign.
            let own = truth(id);
            let sign =
                if own.is_some_and(|own| own.is_sign_negative()) { Decimal::ONE } else { sign };
            sum = sum.map(|(sum, value)| {
                let value = value.zip(own).map(|(value, own)| value + own * sign);
                (sum.add(&Linear::of(id), sign), value)
            });
        }
    }
}

/// That one of these figures is the sum of all others, if it is.
fn total_among(programme: &Programme, all: &[FigureId], out: &mut Vec<Relation>) {
    let truth = |id: &FigureId| programme.figures.printed(*id, programme.reproduction)?.nominal();
    let Some(values) = all.iter().map(truth).collect::<Option<Vec<Decimal>>>() else { return };
    let sum: Decimal = values.iter().sum();
    let whole = values.iter().position(|value| !value.is_zero() && *value == sum - *value);
    let Some(whole) = whole.filter(|_| all.len() > 2) else { return };
    let others: Vec<FigureId> = all.iter().copied().filter(|id| *id != all[whole]).collect();
    out.push(Relation::total(all[whole], &others));
}

/// Whoever reads a table and calculates.
struct Reader<'p> {
    programme: &'p Programme,
    table: &'p Table,
    /// Printed values of all cells.
    truths: BTreeMap<FigureId, Decimal>,
}

/// A table as lines of fields: its rows of columns, or its columns of rows.
#[derive(Clone, Copy)]
struct Grid {
    turned: bool,
    lines: usize,
    fields: usize,
}

impl Reader<'_> {
    fn truth(&self, id: FigureId) -> Option<Decimal> {
        self.truths.get(&id).copied()
    }

    fn name(&self, row: usize) -> String {
        names::name(self.table, row)
    }

    fn title(&self, column: usize) -> String {
        self.table.columns[column].titles.join(" ")
    }

    fn is_total_row(&self, row: usize) -> bool {
        let kind = self.table.rows[row].kind;
        matches!(kind, RowKind::Total | RowKind::Group) || says_total(&self.name(row))
    }

    /// Rows that are part of another one, by their kind or by their name.
    fn is_part_row(&self, row: usize) -> bool {
        self.table.rows[row].kind == RowKind::Part || says_part(&self.name(row))
    }

    fn is_total_column(&self, column: usize) -> bool {
        says_total(&self.title(column)) || says_total(&self.table.columns[column].id)
    }

    /// Sums that come out exactly. Last year's column is such a sum, too.
    fn sums(&self, out: &mut Vec<Relation>) {
        let table = self.table;
        for column in 0..table.columns.len() {
            for row in 0..table.rows.len() {
                let Some(whole) = table.figure(row, column) else { continue };
                let of = |rows: &mut dyn Iterator<Item = usize>| {
                    rows.filter_map(|row| table.figure(row, column)).collect::<Vec<_>>()
                };
                match table.rows[row].kind {
                    RowKind::Total | RowKind::Group => {
                        let parts = table.summands(row).into_iter().map(|(row, _)| row);
                        out.extend(self.sum(whole, &of(&mut parts.into_iter())));
                    }
                    RowKind::Body if says_total(&self.name(row)) => {
                        let plain = |row: &usize| table.rows[*row].kind == RowKind::Body;
                        out.extend(self.sum(whole, &of(&mut (0..row).filter(plain))));
                        let whole_ones = |row: &usize| plain(row) && !self.is_part_row(*row);
                        out.extend(self.sum(whole, &of(&mut (0..row).filter(whole_ones))));
                        let below = row + 1..table.rows.len();
                        out.extend(self.sum(whole, &of(&mut below.filter(plain))));
                    }
                    RowKind::Body | RowKind::Part => {}
                }
                // All parts of a row ("darunter") may be all of it.
                let mut below = (row + 1..table.rows.len())
                    .take_while(|row| table.rows[*row].kind == RowKind::Part);
                if table.rows[row].kind != RowKind::Part {
                    out.extend(self.sum(whole, &of(&mut below)));
                }
            }
            if self.is_total_column(column) {
                for row in 0..table.rows.len() {
                    let Some(whole) = table.figure(row, column) else { continue };
                    let others = (0..table.columns.len()).filter(|other| *other != column);
                    let others: Vec<FigureId> =
                        others.filter_map(|other| table.figure(row, other)).collect();
                    out.extend(self.sum(whole, &others));
                }
            }
        }
    }

    /// Totals of columns, of rows and of all that stand in no table, for a sentence to tell them.
    fn totals_elsewhere(&self, out: &mut Vec<Relation>) {
        let figures = &self.programme.figures;
        let single: Vec<FigureId> = figures
            .iter()
            .filter(|(id, figure)| {
                let typed = matches!(figure.origin, Origin::Entered(_));
                typed && figure.path.starts_with("werte.") && !self.truths.contains_key(id)
            })
            .map(|(id, _)| id)
            .collect();
        let (rows, columns) = (0..self.table.rows.len(), 0..self.table.columns.len());
        let body = rows.filter(|row| self.table.rows[*row].kind == RowKind::Body);
        let body: Vec<usize> = body.collect();
        let cell = |row: usize, column: usize| self.count(self.grids()[0], row, column);
        let of_columns = columns
            .clone()
            .map(|column| body.iter().filter_map(|row| cell(*row, column)).collect());
        let of_rows =
            body.iter().map(|row| columns.clone().filter_map(|it| cell(*row, it)).collect());
        let all = body.iter().flat_map(|row| columns.clone().filter_map(move |it| cell(*row, it)));
        let all: Vec<FigureId> = all.collect();
        let lines: Vec<Vec<FigureId>> = of_columns.chain(of_rows).chain([all]).collect();
        for parts in lines.iter().filter(|parts| parts.len() > 1) {
            let sum: Option<Decimal> = parts.iter().map(|id| self.truth(*id)).sum();
            for whole in &single {
                let printed = figures.printed(*whole, self.programme.reproduction);
                let value = printed.and_then(|printed| printed.nominal());
                if sum.is_some() && sum == value {
                    out.push(Relation::total(*whole, parts));
                }
            }
        }
    }

    /// That a figure is the sum of others, if it is.
    fn sum(&self, whole: FigureId, parts: &[FigureId]) -> Option<Relation> {
        let figures = &self.programme.figures;
        let whole = root(figures, whole);
        let parts: Vec<FigureId> = parts.iter().map(|id| root(figures, *id)).collect();
        let sum: Option<Decimal> = parts.iter().map(|id| self.truth(*id)).sum();
        let once = parts.iter().collect::<BTreeSet<_>>().len() == parts.len();
        if parts.len() < 2
            || sum.is_none()
            || sum != self.truth(whole)
            || parts.contains(&whole)
            || !once
        {
            return None;
        }
        Some(Relation::total(whole, &parts))
    }

    fn grids(&self) -> [Grid; 2] {
        let (rows, columns) = (self.table.rows.len(), self.table.columns.len());
        [
            Grid { turned: false, lines: rows, fields: columns },
            Grid { turned: true, lines: columns, fields: rows },
        ]
    }

    /// Fields that stand side by side and are the sum, the difference or the product of each other in
    /// every line, whatever they are called.
    fn beside(&self, grid: Grid, out: &mut Vec<Relation>) {
        // Among few columns anybody tries all of them; rows are too often the sum of two by chance,
        // unless that holds in several columns.
        const FEW: usize = 8;
        const SEVERAL: usize = 3;
        // Parts of a row ("darunter") stand between those that add up.
        let part = |field: usize| grid.turned && self.table.rows[field].kind == RowKind::Part;
        let fields = self.fields(grid, part);
        self.add_up_in_turn(grid, &fields, out);
        let part = |field: usize| grid.turned && self.is_part_row(field);
        let whole_ones = self.fields(grid, part);
        if whole_ones.len() < fields.len() {
            self.add_up_in_turn(grid, &whole_ones, out);
        }
        // And all rows may be called parts of the first.
        if grid.turned {
            let first = (0..grid.fields).find(|row| !self.is_part_row(*row));
            let parts = |row: usize| Some(row) != first && !self.is_part_row(row);
            let all = self.fields(grid, parts);
            self.add_up_in_turn(grid, &all, out);
        }
        let filled =
            |line: &usize| fields.iter().filter(|field| field.cells[*line].is_some()).count() > 2;
        let telling = !grid.turned || (0..grid.lines).filter(filled).count() >= SEVERAL;
        let few = telling && fields.len() <= FEW;
        let near = |first: usize, last: usize| few || last - first == 2;
        for first in 0..fields.len() {
            for second in first + 1..fields.len() {
                for third in (second + 1..fields.len()).filter(|third| near(first, *third)) {
                    let three = [first, second, third].map(|at| fields[at].cells.as_slice());
                    self.of_three(three, out);
                }
            }
        }
    }

    /// The filled fields of a grid without some.
    fn fields(&self, grid: Grid, without: impl Fn(usize) -> bool) -> Vec<Field> {
        let of = |at| Field {
            at,
            cells: (0..grid.lines).map(|line| self.count(grid, line, at)).collect(),
        };
        let all = (0..grid.fields).filter(|at| !without(*at)).map(of);
        all.filter(|field| field.cells.iter().any(Option::is_some)).collect()
    }

    /// Fields that are the sum of others which follow each other, wherever those stand: the same total is
    /// often broken down by sex and then by age.
    fn add_up_in_turn(&self, grid: Grid, fields: &[Field], out: &mut Vec<Relation>) {
        let sums = Sums::of(self, fields, grid.lines);
        for whole in 0..fields.len() {
            for first in 0..fields.len() {
                for last in first + 1..fields.len() {
                    if (first..=last).contains(&whole) || !sums.may_add_up(whole, first, last) {
                        continue;
                    }
                    let parts: Vec<&[Option<FigureId>]> =
                        fields[first..=last].iter().map(|field| field.cells.as_slice()).collect();
                    let found = self.adds_up(&fields[whole].cells, &parts);
                    if found.len() > 1 || self.is_meant(grid, fields, whole, first..=last) {
                        out.extend(found);
                    }
                }
            }
        }
    }

    /// Whether a sum that comes out once is no chance: one calls itself a total, or the others parts, or
    /// nothing else is there.
    fn is_meant(
        &self,
        grid: Grid,
        fields: &[Field],
        whole: usize,
        parts: RangeInclusive<usize>,
    ) -> bool {
        let total = |at: usize| {
            if grid.turned { self.is_total_row(at) } else { self.is_total_column(at) }
        };
        let part = |field: &Field| {
            if grid.turned { self.is_part_row(field.at) } else { says_part(&self.title(field.at)) }
        };
        let length = parts.end() - parts.start() + 1;
        total(fields[whole].at) || fields[parts].iter().any(part) || length + 1 == fields.len()
    }

    /// The relations of three fields of which one is the sum or the product of the others.
    fn of_three(&self, [first, second, third]: [&[Option<FigureId>]; 3], out: &mut Vec<Relation>) {
        for (one, other, whole) in
            [(first, second, third), (second, third, first), (first, third, second)]
        {
            out.extend(self.adds_up(whole, &[one, other]));
            out.extend(self.multiplies(one, other, whole));
        }
    }

    /// The relations of a field that is the sum of others wherever all are filled.
    fn adds_up(&self, whole: &[Option<FigureId>], parts: &[&[Option<FigureId>]]) -> Vec<Relation> {
        let (mut out, mut trivial) = (Vec::new(), Vec::new());
        for (line, whole) in whole.iter().enumerate() {
            let Some(whole) = whole else { continue };
            let parts: Option<Vec<FigureId>> = parts.iter().map(|part| part[line]).collect();
            let Some(parts) = parts else { continue };
            // A reason or a dash says nothing about the others.
            let known = |id: &FigureId| self.truth(*id).is_some();
            if !parts.iter().chain([whole]).all(known) {
                continue;
            }
            let filled = |id: &&FigureId| self.truth(**id).is_some_and(|it| !it.is_zero());
            let same_unit = parts.iter().all(|id| self.is_count(*id) == self.is_count(*whole));
            match self.sum(*whole, &parts) {
                None => return Vec::new(),
                Some(_) if !same_unit => {}
                Some(relation) if parts.iter().filter(filled).count() < 2 => trivial.push(relation),
                Some(relation) => out.push(relation),
            }
        }
        // What is the sum of itself and nothing is one where others are.
        if !out.is_empty() {
            out.append(&mut trivial);
        }
        out
    }

    /// The relations of a field that is the product of two others wherever all are filled.
    fn multiplies(
        &self,
        one: &[Option<FigureId>],
        other: &[Option<FigureId>],
        product: &[Option<FigureId>],
    ) -> Vec<Relation> {
        // A single product of small numbers comes out by chance.
        const TELLING: Decimal = Decimal::ONE_HUNDRED;
        let mut out = Vec::new();
        let (mut lines, mut telling) = (0, false);
        for line in 0..product.len() {
            let (Some(one), Some(other), Some(product)) = (one[line], other[line], product[line])
            else {
                continue;
            };
            let values = (self.truth(one), self.truth(other), self.truth(product));
            let (Some(first), Some(second), Some(third)) = values else { continue };
            if one == other || !self.is_product([one, other], product) {
                return Vec::new();
            }
            if first <= Decimal::ONE || second <= Decimal::ONE {
                continue;
            }
            lines += 1;
            telling |= third >= TELLING && first.checked_mul(second) == Some(third);
            for (result, bottom) in [(one, other), (other, one)] {
                out.push(Relation::Ratio {
                    top: Linear::of(product),
                    bottom: Linear::of(bottom),
                    factor: Decimal::ONE,
                    result,
                });
            }
        }
        if lines > 1 || telling { out } else { Vec::new() }
    }

    /// Whether a figure is the product of two others, as far as they are rounded.
    fn is_product(&self, factors: [FigureId; 2], product: FigureId) -> bool {
        let ends = |id: FigureId| {
            let interval = self.programme.figures.printed(id, self.programme.reproduction)?;
            let interval = interval.interval()?;
            Some((interval.low?, interval.high?))
        };
        let fits = || {
            let (first, second, third) = (ends(factors[0])?, ends(factors[1])?, ends(product)?);
            let least = first.0.checked_mul(second.0)?;
            Some(least <= third.1 && first.1.checked_mul(second.1)? >= third.0)
        };
        fits().unwrap_or(false)
    }

    /// Whether a figure counts something, with or without saying what.
    fn is_count(&self, id: FigureId) -> bool {
        let printed = self.programme.figures.printed(id, self.programme.reproduction);
        let unit = printed.and_then(|printed| printed.unit);
        unit.is_none_or(|unit| matches!(unit.name, UnitName::Count(_)))
    }

    /// The figure of a place, and whether it is a percentage.
    fn at(&self, grid: Grid, line: usize, field: usize) -> Option<(FigureId, bool)> {
        let (row, column) = if grid.turned { (field, line) } else { (line, field) };
        let figures = &self.programme.figures;
        let id = root(figures, self.table.figure(row, column)?);
        let unit = figures.printed(id, self.programme.reproduction)?.unit;
        let percent = match unit.map(|unit| unit.name) {
            Some(name) => name == UnitName::Percent,
            None => says_percent(&self.title(column)) || says_percent(&self.name(row)),
        };
        Some((id, percent))
    }

    /// A percentage that is typed.
    fn rate(&self, grid: Grid, line: usize, field: usize) -> Option<FigureId> {
        let (id, percent) = self.at(grid, line, field)?;
        let typed = matches!(self.programme.figures.get(id).origin, Origin::Entered(_));
        (percent && typed).then_some(id)
    }

    fn count(&self, grid: Grid, line: usize, field: usize) -> Option<FigureId> {
        let (id, percent) = self.at(grid, line, field)?;
        (!percent).then_some(id)
    }
}
