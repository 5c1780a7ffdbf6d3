// SPDX-License-Identifier: EUPL-1.2
//! How figures depend on each other, as equations that anybody can set up who reads the programme.
//!
//! Totals, differences, shares, changes, parts of a row ("darunter") and figures that must be the same.
//! A figure that is shown in several places is one.
//!
//! Not here: solving them.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::solver::{Constraint, System, Unknown};
use super::typed::names;
use super::{across, typed};
use crate::model::Programme;
use crate::model::figures::{Amount, FigureId, Figures, Origin};
use crate::model::formula::{Formula, Function, Operator};
use crate::model::programme::{Bound, PictureContent};
use crate::model::quantity::{Interval, Quantity, UnitName};
use crate::model::table::{RowKind, Table};

/// A sum of figures with factors, and a number.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Linear {
    terms: BTreeMap<FigureId, Decimal>,
    constant: Decimal,
}

/// Something that holds between figures.
#[derive(Debug, Clone)]
pub enum Relation {
    /// The sum is zero.
    Zero(Linear),
    /// The sum is not negative.
    NotNegative(Linear),
    /// `result = factor · (top / bottom) + offset`, in the notation of the result: shares and changes
    /// in percent.
    Ratio {
        /// What is divided.
        top: Linear,
        /// By what.
        bottom: Linear,
        /// 100 for percentages.
        factor: Decimal,
        /// The figure that states it.
        result: FigureId,
    },
    /// The result follows from the others in a way that is not written out here.
    Opaque {
        /// What goes in.
        operands: BTreeSet<FigureId>,
        /// What comes out.
        result: FigureId,
    },
}

impl Linear {
    /// A single figure.
    pub fn of(id: FigureId) -> Self {
        Self { terms: BTreeMap::from([(id, Decimal::ONE)]), constant: Decimal::ZERO }
    }

    /// All of these together.
    pub fn sum(ids: &[FigureId]) -> Self {
        ids.iter().fold(Self::default(), |sum, id| sum.add(&Self::of(*id), Decimal::ONE))
    }

    /// Whether it has more figures than one.
    pub fn has_several(&self) -> bool {
        self.terms.len() > 1
    }

    /// With another one added, so many times.
    #[must_use]
    pub fn add(mut self, other: &Self, factor: Decimal) -> Self {
        for (id, own) in &other.terms {
            *self.terms.entry(*id).or_default() += own * factor;
        }
        self.constant += other.constant * factor;
        self.terms.retain(|_, factor| !factor.is_zero());
        self
    }

    fn scaled(self, factor: Decimal) -> Self {
        Self::default().add(&self, factor)
    }
}

impl Relation {
    /// That a figure is the sum of others.
    pub fn total(whole: FigureId, parts: &[FigureId]) -> Self {
        Self::Zero(Linear::sum(parts).add(&Linear::of(whole), Decimal::NEGATIVE_ONE))
    }

    /// Whether its result follows in a way that is not written out.
    pub fn is_opaque(&self) -> bool {
        matches!(self, Self::Opaque { .. })
    }

    /// All figures that occur.
    pub fn figures(&self) -> BTreeSet<FigureId> {
        match self {
            Self::Zero(sum) | Self::NotNegative(sum) => sum.terms.keys().copied().collect(),
            Self::Ratio { top, bottom, result, .. } => {
                let mut out: BTreeSet<FigureId> = top.terms.keys().copied().collect();
                out.extend(bottom.terms.keys());
                out.insert(*result);
                out
            }
            Self::Opaque { operands, result } => {
                let mut out = operands.clone();
                out.insert(*result);
                out
            }
        }
    }
}

/// All relations of a programme.
pub fn of(programme: &Programme) -> Vec<Relation> {
    let figures = &programme.figures;
    let mut out = Vec::new();
    for (id, figure) in figures.iter() {
        if figures.entered_at(id) != id {
            continue;
        }
        let found = of_figure(programme, id, &figure.origin);
        if found.is_empty() && matches!(figure.origin, Origin::Computed(_)) {
            let operands = figures.operands(id).into_iter().map(|one| root(figures, one)).collect();
            out.push(Relation::Opaque { operands, result: id });
        }
        out.extend(found);
    }
    for table in &programme.tables {
        parts(figures, table, &mut out);
        typed::relations(programme, table, &mut out);
    }
    across::relations(programme, &mut out);
    across::same_numbers(programme, &mut out);
    for picture in &programme.pictures {
        if let PictureContent::Chart { categories, .. } = &picture.content {
            typed::of_chart(programme, categories, &mut out);
        }
    }
    for limit in &programme.limits {
        let value = root(figures, limit.value);
        for (_, other) in limit.bounds.iter().filter(|(bound, _)| *bound == Bound::Equal) {
            let difference =
                Linear::of(value).add(&Linear::of(root(figures, *other)), Decimal::NEGATIVE_ONE);
            out.push(Relation::Zero(difference));
        }
    }
    out
}

/// The figure that holds the value which a place shows again.
pub fn root(figures: &Figures, id: FigureId) -> FigureId {
    figures.entered_at(id)
}

fn of_figure(programme: &Programme, id: FigureId, origin: &Origin) -> Vec<Relation> {
    if let Origin::Computed(Formula::Binary(Operator::Multiply, one, other)) = origin
        && let (Some(one), Some(other)) = (linear(programme, one), linear(programme, other))
        && !one.terms.is_empty()
        && !other.terms.is_empty()
    {
        // A product of two figures: each is the result divided by the other.
        let single = |sum: &Linear| {
            let alone = sum.terms.len() == 1 && sum.constant.is_zero();
            sum.terms
                .iter()
                .next()
                .filter(|(_, factor)| alone && **factor == Decimal::ONE)
                .map(|(id, _)| *id)
        };
        let quotient = |bottom: &Linear, result: FigureId| Relation::Ratio {
            top: Linear::of(id),
            bottom: bottom.clone(),
            factor: Decimal::ONE,
            result,
        };
        return match (single(&one), single(&other)) {
            (Some(first), Some(second)) => vec![quotient(&other, first), quotient(&one, second)],
            _ => Vec::new(),
        };
    }
    of_formula(programme, id, origin).into_iter().collect()
}

fn of_formula(programme: &Programme, id: FigureId, origin: &Origin) -> Option<Relation> {
    let equal = |sum: Linear| Relation::Zero(sum.add(&Linear::of(id), Decimal::NEGATIVE_ONE));
    match origin {
        Origin::Sum(members) => Some(equal(sum(programme, members))),
        Origin::Computed(Formula::Call(Function::Share, arguments)) => {
            let (top, bottom) =
                (linear(programme, arguments.first()?)?, linear(programme, arguments.get(1)?)?);
            Some(Relation::Ratio { top, bottom, factor: Decimal::ONE_HUNDRED, result: id })
        }
        Origin::Computed(Formula::Call(Function::Change, arguments)) => {
            let (new, old) =
                (linear(programme, arguments.first()?)?, linear(programme, arguments.get(1)?)?);
            let top = new.add(&old, Decimal::NEGATIVE_ONE);
            Some(Relation::Ratio { top, bottom: old, factor: Decimal::ONE_HUNDRED, result: id })
        }
        Origin::Computed(Formula::Binary(Operator::Divide, top, bottom)) => {
            let (top, bottom) = (linear(programme, top)?, linear(programme, bottom)?);
            if bottom.terms.is_empty() {
                let factor = Decimal::ONE.checked_div(bottom.constant)?;
                return Some(equal(top.scaled(factor)));
            }
            Some(Relation::Ratio { top, bottom, factor: Decimal::ONE, result: id })
        }
        Origin::Computed(Formula::Binary(Operator::Multiply, one, other)) => {
            let (one, other) = (linear(programme, one)?, linear(programme, other)?);
            match (one.terms.is_empty(), other.terms.is_empty()) {
                (true, _) => Some(equal(other.scaled(one.constant))),
                (_, true) => Some(equal(one.scaled(other.constant))),
                _ => None,
            }
        }
        Origin::Computed(formula) => Some(equal(linear(programme, formula)?)),
        Origin::Entered(_) | Origin::Same(_) | Origin::Pending(..) | Origin::Missing => None,
    }
}

fn sum(programme: &Programme, members: &[FigureId]) -> Linear {
    let figures = &programme.figures;
    let counts = |id: &&FigureId| figures.counts(**id, programme.reproduction);
    members
        .iter()
        .filter(counts)
        .fold(Linear::default(), |sum, id| sum.add(&Linear::of(root(figures, *id)), Decimal::ONE))
}

fn linear(programme: &Programme, formula: &Formula<FigureId>) -> Option<Linear> {
    match formula {
        Formula::Figure(id) => Some(Linear::of(root(&programme.figures, *id))),
        Formula::Number(value) => Some(Linear { terms: BTreeMap::new(), constant: *value }),
        Formula::Binary(operator, left, right) => {
            let (left, right) = (linear(programme, left)?, linear(programme, right)?);
            match operator {
                Operator::Add => Some(left.add(&right, Decimal::ONE)),
                Operator::Subtract => Some(left.add(&right, Decimal::NEGATIVE_ONE)),
                Operator::Multiply if left.terms.is_empty() => Some(right.scaled(left.constant)),
                Operator::Multiply if right.terms.is_empty() => Some(left.scaled(right.constant)),
                Operator::Divide if right.terms.is_empty() => {
                    Some(left.scaled(Decimal::ONE.checked_div(right.constant)?))
                }
                Operator::Multiply | Operator::Divide => None,
            }
        }
        Formula::Call(Function::Sum, arguments) => {
            let mut out = Linear::default();
            for argument in arguments {
                out = out.add(&linear(programme, argument)?, Decimal::ONE);
            }
            Some(out)
        }
        Formula::Call(Function::Points, arguments) => {
            let (new, old) =
                (linear(programme, arguments.first()?)?, linear(programme, arguments.get(1)?)?);
            Some(new.add(&old, Decimal::NEGATIVE_ONE))
        }
        Formula::Call(Function::Share | Function::Change, _) => None,
    }
}

/// Rows that are parts ("darunter") of the row above them are not more than it.
fn parts(figures: &Figures, table: &Table, out: &mut Vec<Relation>) {
    for column in 0..table.columns.len() {
        let mut above = None;
        for row in 0..table.rows.len() {
            let Some(id) = table.figure(row, column) else { continue };
            let kind = match table.rows[row].kind {
                RowKind::Body if names::is_called_part(table, row) => RowKind::Part,
                kind => kind,
            };
            match kind {
                RowKind::Body | RowKind::Group => above = Some(id),
                RowKind::Total => above = None,
                RowKind::Part => {
                    if let Some(whole) = above {
                        let difference = Linear::of(root(figures, whole))
                            .add(&Linear::of(root(figures, id)), Decimal::NEGATIVE_ONE);
                        out.push(Relation::NotNegative(difference));
                    }
                }
            }
        }
    }
}

/// Least and most of what is known of a sum, and its unknown terms.
type Part = (Decimal, Decimal, Vec<(usize, Decimal)>);

/// What a reader knows of each figure.
pub struct Knowledge<'p> {
    programme: &'p Programme,
    /// Figures that are printed, or were printed the year before.
    pub public: BTreeSet<FigureId>,
    /// Figures that are kept from readers, though they are printed or belong to what is.
    pub hidden: BTreeSet<FigureId>,
    /// Those among them that are internal, and may be nothing.
    pub internal: BTreeSet<FigureId>,
    /// Those that are hidden for other reasons than the size of a count.
    pub unexplained: BTreeSet<FigureId>,
    /// Figures that count persons, as anybody can see.
    pub persons: BTreeSet<FigureId>,
}

impl<'p> Knowledge<'p> {
    /// Knows what is public and nothing is hidden yet.
    pub fn new(programme: &'p Programme, public: BTreeSet<FigureId>) -> Self {
        let none = BTreeSet::new;
        let (hidden, internal, unexplained, persons) = (none(), none(), none(), none());
        Self { programme, public, hidden, internal, unexplained, persons }
    }

    /// Whether readers are not told what a figure is.
    pub fn is_unknown(&self, id: FigureId) -> bool {
        self.hidden.contains(&id) || !self.public.contains(&id)
    }

    /// What a figure is said to be, if that is said.
    fn known(&self, id: FigureId) -> Option<Interval> {
        if self.hidden.contains(&id) || !self.public.contains(&id) {
            return None;
        }
        self.printed(id)?.interval()
    }

    fn printed(&self, id: FigureId) -> Option<Quantity> {
        self.programme.figures.printed(id, self.programme.reproduction)
    }

    /// What a figure really is.
    pub fn truth(&self, id: FigureId) -> Option<Decimal> {
        // A reproduction prints what was stated, and readers calculate with that.
        let printed = || self.printed(id)?.nominal();
        let own = || Some(self.programme.figures.outcome(id).amount.as_ref()?.nominal);
        if self.programme.reproduction { printed().or_else(own) } else { own().or_else(printed) }
    }

    fn amount(&self, id: FigureId) -> Option<Amount> {
        Amount::of(&self.printed(id)?)
    }

    /// The unknowns of these relations and what is known of them. The map leads from figures to
    /// unknowns.
    pub fn system(&self, relations: &[&Relation]) -> (System, BTreeMap<FigureId, usize>) {
        let mut builder =
            Equations { knowledge: self, system: System::default(), ids: BTreeMap::new() };
        for relation in relations {
            builder.relation(relation);
        }
        (builder.system, builder.ids)
    }
}

struct Equations<'k, 'p> {
    knowledge: &'k Knowledge<'p>,
    system: System,
    ids: BTreeMap<FigureId, usize>,
}

impl Equations<'_, '_> {
    fn unknown(&mut self, id: FigureId) -> usize {
        if let Some(at) = self.ids.get(&id) {
            return *at;
        }
        let knowledge = self.knowledge;
        let truth = knowledge.truth(id).unwrap_or_default();
        let quantity = knowledge.printed(id);
        let unit = quantity.as_ref().and_then(|quantity| quantity.unit.as_ref());
        let counted = unit.is_none_or(|unit| matches!(unit.name, UnitName::Count(_)));
        let step =
            if counted && truth.fract().is_zero() { Decimal::ONE } else { Decimal::new(1, 2) };
        // Changes may be negative; counts and money are not. No figure of the field is as large as this.
        let far = Decimal::from(1_000_000_000_000_i64);
        // Nothing is never hidden, so that a hidden count is one at least.
        let secret = knowledge.hidden.contains(&id) && !knowledge.internal.contains(&id);
        let low = if truth.is_sign_negative() {
            -far
        } else if secret && step == Decimal::ONE && truth >= step {
            step
        } else {
            Decimal::ZERO
        };
        // In the grid of its step, for sums of the parts must come out.
        let truth = (truth / step).round() * step;
        self.system.unknowns.push(Unknown { truth, low, high: Some(far), step });
        let at = self.system.unknowns.len() - 1;
        self.ids.insert(id, at);
        at
    }

    /// The known part of a sum as an interval, and the unknown part; `None` if something known has no
    /// bounds.
    fn part(&mut self, sum: &Linear) -> Option<Part> {
        let (mut low, mut high) = (sum.constant, sum.constant);
        let mut terms = Vec::new();
        for (id, factor) in &sum.terms {
            match self.knowledge.known(*id) {
                Some(interval) => {
                    let ends = (interval.low? * factor, interval.high? * factor);
                    low += ends.0.min(ends.1);
                    high += ends.0.max(ends.1);
                }
                // What has no value at all (a reason, a dash) counts as nothing.
                None if self.knowledge.amount(*id).is_none()
                    && self.knowledge.truth(*id).is_none() => {}
                None => terms.push((self.unknown(*id), *factor)),
            }
        }
        Some((low, high, terms))
    }

    fn relation(&mut self, relation: &Relation) {
        match relation {
            Relation::Zero(sum) => {
                if let Some((low, high, terms)) = self.part(sum) {
                    self.constrain(terms, Some(-high), Some(-low));
                }
            }
            Relation::NotNegative(sum) => {
                if let Some((_, high, terms)) = self.part(sum) {
                    self.constrain(terms, Some(-high), None);
                }
            }
            // Its result is hidden along with what goes in.
            Relation::Opaque { .. } => {}
            Relation::Ratio { top, bottom, factor, result } => {
                let Some(stated) = self.knowledge.known(*result) else {
                    return self.quotient(top, bottom, *factor, *result);
                };
                let (Some(least), Some(most)) = (stated.low, stated.high) else { return };
                // factor · top − least · bottom ≥ 0 and factor · top − most · bottom ≤ 0, for a
                // bottom that is not negative.
                for (bound, below) in [(least, false), (most, true)] {
                    let sum = top.clone().scaled(*factor).add(bottom, -bound);
                    let Some((low, high, terms)) = self.part(&sum) else { continue };
                    if below {
                        self.constrain(terms, None, Some(-low));
                    } else {
                        self.constrain(terms, Some(-high), None);
                    }
                }
            }
        }
    }

    /// A quotient that nobody states: if what it is divided by is known, it is the quotient of what is
    /// known of the top.
    fn quotient(&mut self, top: &Linear, bottom: &Linear, factor: Decimal, result: FigureId) {
        let Some((least, most, terms)) = self.part(bottom) else { return };
        if !terms.is_empty() || least <= Decimal::ZERO {
            return;
        }
        let own = Linear::of(result);
        for (bound, below) in [(least, false), (most, true)] {
            let sum = top.clone().scaled(factor).add(&own, -bound);
            let Some((low, high, terms)) = self.part(&sum) else { continue };
            if below {
                self.constrain(terms, None, Some(-low));
            } else {
                self.constrain(terms, Some(-high), None);
            }
        }
    }

    /// Adds a constraint. What was printed may contradict itself; the truth always stays possible.
    fn constrain(
        &mut self,
        terms: Vec<(usize, Decimal)>,
        low: Option<Decimal>,
        high: Option<Decimal>,
    ) {
        if terms.is_empty() {
            return;
        }
        let truth: Decimal =
            terms.iter().map(|(at, factor)| self.system.unknowns[*at].truth * factor).sum();
        let low = low.map(|low| low.min(truth));
        let high = high.map(|high| high.max(truth));
        self.system.constraints.push(Constraint { terms, low, high });
    }
}
