// SPDX-License-Identifier: EUPL-1.2
//! Sums and percentages that are typed and come out: readers calculate with what stands below each
//! other or side by side, whether the data do or not.
//!
//! Whatever is found here is true of the figures, so that a coincidence can only hide too much.

use rust_decimal::Decimal;

use super::relations::{Linear, Relation, root};
use crate::model::Programme;
use crate::model::figures::{FigureId, Origin};
use crate::model::quantity::UnitName;
use crate::model::table::{Cell, RowKind, Table};
use crate::tree::walk;

/// All relations between typed figures of a table.
pub(super) fn relations(programme: &Programme, table: &Table, out: &mut Vec<Relation>) {
    let reader = Reader { programme, table };
    reader.sums(out);
    reader.rates(out);
}

/// Whoever reads a table and calculates.
struct Reader<'p> {
    programme: &'p Programme,
    table: &'p Table,
}

/// What a percentage is taken of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Base {
    /// What stands in this line, a total.
    Line(usize),
    /// The whole above a part ("darunter").
    Whole,
    /// What stands beside it in this field.
    Field(usize),
    /// The same, of which the percentage is the change.
    ChangeOf(usize),
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
        self.programme.figures.printed(id, self.programme.reproduction)?.nominal()
    }

    /// The texts of a row.
    fn name(&self, row: usize) -> String {
        let texts = self.table.rows[row].cells.iter().filter_map(|cell| match cell {
            Cell::Text(text) => Some(walk::plain(text)),
            _ => None,
        });
        texts.collect::<Vec<_>>().join(" ")
    }

    fn title(&self, column: usize) -> String {
        self.table.columns[column].titles.join(" ")
    }

    fn is_total_row(&self, row: usize) -> bool {
        let kind = self.table.rows[row].kind;
        matches!(kind, RowKind::Total | RowKind::Group) || says_total(&self.name(row))
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

    /// That a figure is the sum of others, if it is.
    fn sum(&self, whole: FigureId, parts: &[FigureId]) -> Option<Relation> {
        let figures = &self.programme.figures;
        let whole = root(figures, whole);
        let parts: Vec<FigureId> = parts.iter().map(|id| root(figures, *id)).collect();
        let sum: Option<Decimal> = parts.iter().map(|id| self.truth(*id)).sum();
        if parts.len() < 2 || sum.is_none() || sum != self.truth(whole) || parts.contains(&whole) {
            return None;
        }
        let all =
            parts.iter().fold(Linear::default(), |all, id| all.add(&Linear::of(*id), Decimal::ONE));
        Some(Relation::Zero(all.add(&Linear::of(whole), Decimal::NEGATIVE_ONE)))
    }

    /// Percentages that come out as shares or changes of counts in the same table.
    fn rates(&self, out: &mut Vec<Relation>) {
        let (rows, columns) = (self.table.rows.len(), self.table.columns.len());
        let upright = Grid { turned: false, lines: rows, fields: columns };
        let turned = Grid { turned: true, lines: columns, fields: rows };
        for grid in [upright, turned] {
            for rate in 0..grid.fields {
                if !(0..grid.lines).any(|line| self.rate(grid, line, rate).is_some()) {
                    continue;
                }
                for top in (0..grid.fields).filter(|top| *top != rate) {
                    for base in self.bases(grid, top, rate) {
                        out.extend(self.rates_of(grid, rate, top, base));
                    }
                }
            }
        }
    }

    /// What percentages of a field may be taken of.
    fn bases(&self, grid: Grid, top: usize, rate: usize) -> Vec<Base> {
        let is_total = |line: &usize| {
            if grid.turned { self.is_total_column(*line) } else { self.is_total_row(*line) }
        };
        let mut out: Vec<Base> = (0..grid.lines).filter(is_total).map(Base::Line).collect();
        if !grid.turned {
            out.push(Base::Whole);
        }
        for other in (0..grid.fields).filter(|other| *other != top && *other != rate) {
            out.extend([Base::Field(other), Base::ChangeOf(other)]);
        }
        out
    }

    /// The relations of a field of percentages, if all of them come out.
    fn rates_of(&self, grid: Grid, rate: usize, top: usize, base: Base) -> Vec<Relation> {
        let mut out = Vec::new();
        let mut rates = 0;
        for line in 0..grid.lines {
            let Some(result) = self.rate(grid, line, rate) else { continue };
            // A total is all of itself.
            if base == Base::Line(line) {
                continue;
            }
            rates += 1;
            let counted = self.count(grid, line, top).zip(self.base(grid, line, top, base));
            let Some((own, bottom)) = counted else { continue };
            let Some(relation) = self.ratio(own, bottom, result, base) else { return Vec::new() };
            out.push(relation);
        }
        // One of several that stand side by side comes out by chance.
        let beside = matches!(base, Base::Field(_) | Base::ChangeOf(_));
        if beside && out.len() < 2 && rates > 1 { Vec::new() } else { out }
    }

    fn base(&self, grid: Grid, line: usize, top: usize, base: Base) -> Option<FigureId> {
        match base {
            Base::Line(total) => self.count(grid, total, top),
            Base::Field(field) | Base::ChangeOf(field) => self.count(grid, line, field),
            Base::Whole => {
                let kind = |row: usize| self.table.rows[row].kind;
                (kind(line) == RowKind::Part).then_some(())?;
                let whole = (0..line).rev().find(|row| kind(*row) != RowKind::Part)?;
                self.count(grid, whole, top)
            }
        }
    }

    /// That a percentage is one of these two, if it is.
    fn ratio(
        &self,
        own: FigureId,
        bottom: FigureId,
        result: FigureId,
        base: Base,
    ) -> Option<Relation> {
        let change = matches!(base, Base::ChangeOf(_));
        let (count, whole) = (self.truth(own)?, self.truth(bottom)?);
        let printed = self.programme.figures.printed(result, self.programme.reproduction)?;
        let stated = printed.interval()?;
        let part = if change { count - whole } else { count } * Decimal::ONE_HUNDRED;
        let fits = whole > Decimal::ZERO
            && own != bottom
            && part >= stated.low?.checked_mul(whole)?
            && part <= stated.high?.checked_mul(whole)?;
        fits.then(|| {
            let (top, bottom) = (Linear::of(own), Linear::of(bottom));
            let top = if change { top.add(&bottom, Decimal::NEGATIVE_ONE) } else { top };
            Relation::Ratio { top, bottom, factor: Decimal::ONE_HUNDRED, result }
        })
    }

    /// The figure of a place, and whether it is a percentage.
    fn at(&self, grid: Grid, line: usize, field: usize) -> Option<(FigureId, bool)> {
        let (row, column) = if grid.turned { (field, line) } else { (line, field) };
        let figures = &self.programme.figures;
        let id = root(figures, self.table.figure(row, column)?);
        let unit = figures.printed(id, self.programme.reproduction)?.unit;
        let percent = match unit.map(|unit| unit.name) {
            Some(name) => name == UnitName::Percent,
            None => self.title(column).contains('%') || self.name(row).contains('%'),
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

/// Whether a name says that it stands for a sum.
fn says_total(text: &str) -> bool {
    const TOTAL: [&str; 7] =
        ["summe", "insgesamt", "gesamt", "zusammen", "total", "alle", "gesamtsumme"];
    let text = text.to_lowercase();
    text.split(|c: char| !c.is_alphanumeric()).any(|word| TOTAL.contains(&word))
}
