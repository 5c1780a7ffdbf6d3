// SPDX-License-Identifier: EUPL-1.2
//! Percentages that are typed and come out as shares or changes.

use rust_decimal::Decimal;

use super::{Grid, Reader};
use crate::model::figures::FigureId;
use crate::model::table::RowKind;
use crate::publish::secrecy::relations::{Linear, Relation};

/// What a percentage is taken of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Base {
    /// What stands in this line, a total.
    Line(usize),
    /// The whole above a part ("darunter").
    Whole,
    /// All lines together, though no total says so.
    All,
    /// What stands beside it in this field.
    Field(usize),
    /// The same, of which the percentage is the change.
    ChangeOf(usize),
}

impl Reader<'_> {
    /// Percentages that come out as shares or changes of counts in the same table.
    pub(super) fn rates(&self, grid: Grid, out: &mut Vec<Relation>) {
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

    /// What percentages of a field may be taken of.
    fn bases(&self, grid: Grid, top: usize, rate: usize) -> Vec<Base> {
        let is_total = |line: &usize| {
            if grid.turned { self.is_total_column(*line) } else { self.is_total_row(*line) }
        };
        // A total is what it calls itself, and what is 100 % of itself.
        let is_whole = |line: &usize| {
            let rate = self.rate(grid, *line, rate).and_then(|id| self.truth(id));
            rate == Some(Decimal::ONE_HUNDRED)
        };
        let lines = (0..grid.lines).filter(|line| is_total(line) || is_whole(line));
        let mut out: Vec<Base> = lines.map(Base::Line).chain([Base::All]).collect();
        if !grid.turned {
            out.push(Base::Whole);
        }
        for other in (0..grid.fields).filter(|other| *other != top && *other != rate) {
            out.extend([Base::Field(other), Base::ChangeOf(other)]);
        }
        out
    }

    /// The relations of a field of percentages, if they come out. Of shares of a total one or another
    /// may have been adjusted for the column to add up to 100.
    fn rates_of(&self, grid: Grid, rate: usize, top: usize, base: Base) -> Vec<Relation> {
        let beside = matches!(base, Base::Field(_) | Base::ChangeOf(_));
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
            match self.ratio(own, &bottom, result, base) {
                Some(relation) => out.push(relation),
                None if beside => return Vec::new(),
                None => {}
            }
        }
        // One of several that stand side by side comes out by chance.
        let chance = if beside { out.len() < 2 && rates > 1 } else { out.len() * 2 < rates };
        if chance { Vec::new() } else { out }
    }

    fn base(&self, grid: Grid, line: usize, top: usize, base: Base) -> Option<Vec<FigureId>> {
        let single = |id: FigureId| vec![id];
        match base {
            Base::Line(total) => self.count(grid, total, top).map(single),
            Base::Field(field) | Base::ChangeOf(field) => self.count(grid, line, field).map(single),
            Base::All => {
                let adds = |line: &usize| {
                    grid.turned && !self.is_total_column(*line)
                        || !grid.turned && !self.is_total_row(*line) && !self.is_part_row(*line)
                };
                let all = (0..grid.lines).filter(adds);
                let all: Vec<FigureId> =
                    all.filter_map(|line| self.count(grid, line, top)).collect();
                (all.len() > 1).then_some(all)
            }
            Base::Whole => {
                let kind = |row: usize| self.table.rows[row].kind;
                (kind(line) == RowKind::Part).then_some(())?;
                let whole = (0..line).rev().find(|row| kind(*row) != RowKind::Part)?;
                self.count(grid, whole, top).map(single)
            }
        }
    }

    /// That a percentage is one of these two, if it is.
    fn ratio(
        &self,
        own: FigureId,
        bottom: &[FigureId],
        result: FigureId,
        base: Base,
    ) -> Option<Relation> {
        let change = matches!(base, Base::ChangeOf(_));
        let whole: Option<Decimal> = bottom.iter().map(|id| self.truth(*id)).sum();
        let (count, whole) = (self.truth(own)?, whole?);
        let printed = self.programme.figures.printed(result, self.programme.reproduction)?;
        let stated = printed.interval()?;
        let part = if change { count - whole } else { count } * Decimal::ONE_HUNDRED;
        let fits = whole > Decimal::ZERO
            && bottom != [own]
            && part >= stated.low?.checked_mul(whole)?
            && part <= stated.high?.checked_mul(whole)?;
        fits.then(|| {
            let (top, bottom) = (Linear::of(own), Linear::sum(bottom));
            let top = if change { top.add(&bottom, Decimal::NEGATIVE_ONE) } else { top };
            Relation::Ratio { top, bottom, factor: Decimal::ONE_HUNDRED, result }
        })
    }
}
