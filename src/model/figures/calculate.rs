// SPDX-License-Identifier: EUPL-1.2
//! Calculating every figure once, in whatever order they depend on each other.

use rust_decimal::Decimal;

use super::amount::{self, Amount};
use super::{Figure, FigureId, Origin, Outcome, StatedFigure, Style, Trouble};
use crate::model::formula::{Formula, Function, Operator};
use crate::model::quantity::{Quantity, Unit, Value};

/// The values of all figures, in their order. See [`super::Figures::calculate`].
pub(super) fn all(figures: &[Figure], reproduction: bool) -> Vec<Outcome> {
    let mut calculator =
        Calculator { figures, outcomes: vec![Slot::Waiting; figures.len()], reproduction };
    for at in 0..figures.len() {
        calculator.outcome(FigureId(at));
    }
    calculator
        .outcomes
        .into_iter()
        .map(|slot| match slot {
            Slot::Done(outcome) => outcome,
            Slot::Waiting | Slot::Busy => Outcome::default(),
        })
        .collect()
}

#[derive(Debug, Clone)]
enum Slot {
    Waiting,
    Busy,
    Done(Outcome),
}

struct Calculator<'a> {
    figures: &'a [Figure],
    outcomes: Vec<Slot>,
    reproduction: bool,
}

impl Calculator<'_> {
    /// The value with which a figure goes into another one.
    fn operand(&mut self, id: FigureId) -> Outcome {
        match &self.figures[id.0].stated {
            Some(StatedFigure { quantity: Some(stated), .. }) if self.reproduction => {
                entered(stated)
            }
            _ => self.outcome(id),
        }
    }

    fn outcome(&mut self, id: FigureId) -> Outcome {
        match &self.outcomes[id.0] {
            Slot::Done(outcome) => return outcome.clone(),
            Slot::Busy => {
                return Outcome { trouble: Some(Trouble::Circle), ..Outcome::default() };
            }
            Slot::Waiting => self.outcomes[id.0] = Slot::Busy,
        }
        let figure = &self.figures[id.0];
        let mut outcome = match &figure.origin {
            Origin::Entered(quantity) => entered(quantity),
            Origin::Missing | Origin::Pending(..) => Outcome::default(),
            Origin::Sum(members) => self.sum(members),
            // A formula that is only a path shows the other figure as it is, with its standing.
            Origin::Same(other) | Origin::Computed(Formula::Figure(other)) => self.operand(*other),
            Origin::Computed(formula) => self.formula(formula),
        };
        if let Some(amount) = &mut outcome.amount {
            restyle(&figure.origin, &figure.style, amount);
        }
        self.outcomes[id.0] = Slot::Done(outcome.clone());
        outcome
    }

    fn sum(&mut self, members: &[FigureId]) -> Outcome {
        let mut total = Outcome { counts: true, ..Outcome::default() };
        for id in members {
            let member = self.operand(*id);
            if let Some(trouble) = member.trouble {
                return Outcome { trouble: Some(trouble), ..Outcome::default() };
            }
            if !member.counts {
                continue;
            }
            total.incomplete |= member.incomplete;
            total.suppressed |= member.suppressed;
            // Quotas, changes and ratios of rows have no sum.
            if member.amount.as_ref().is_some_and(Amount::has_no_sum) {
                return Outcome { counts: true, ..Outcome::default() };
            }
            total = match (total.amount.take(), member.amount) {
                (None, amount) | (amount, None) => Outcome { amount, ..total },
                (Some(left), Some(right)) => match amount::add(&left, &right, false) {
                    Ok(amount) => Outcome { amount: Some(amount), ..total },
                    Err(trouble) => {
                        return Outcome { trouble: Some(trouble), ..Outcome::default() };
                    }
                },
            };
        }
        total
    }

    fn formula(&mut self, formula: &Formula<FigureId>) -> Outcome {
        match formula {
            Formula::Figure(id) => Outcome { counts: true, ..self.operand(*id) },
            Formula::Number(number) => {
                Outcome { amount: Some(Amount::plain(*number)), counts: true, ..Outcome::default() }
            }
            Formula::Binary(operator, left, right) => {
                let (left, right) = (self.formula(left), self.formula(right));
                let absent = matches!(operator, Operator::Add | Operator::Subtract);
                combine(&left, &right, absent, |left, right| match operator {
                    Operator::Add => amount::add(left, right, false),
                    Operator::Subtract => amount::add(left, right, true),
                    Operator::Multiply => amount::multiply(left, right),
                    Operator::Divide => amount::divide(left, right),
                })
            }
            Formula::Call(Function::Sum, arguments) => {
                let mut total: Option<Outcome> = None;
                for argument in arguments {
                    let next = match argument {
                        Formula::Figure(id) => self.operand(*id),
                        other => self.formula(other),
                    };
                    if !next.counts {
                        continue;
                    }
                    total = Some(match total {
                        None => next,
                        Some(total) => combine(&total, &next, true, |left, right| {
                            amount::add(left, right, false)
                        }),
                    });
                }
                total.unwrap_or_default()
            }
            Formula::Call(function, arguments) => {
                let (first, second) = (self.formula(&arguments[0]), self.formula(&arguments[1]));
                // What was not there the year before has no change in percent.
                if *function == Function::Change && second.nothing && second.trouble.is_none() {
                    return Outcome { counts: true, ..Outcome::default() };
                }
                combine(&first, &second, false, |first, second| match function {
                    Function::Share => amount::percent(first, second, Decimal::ZERO),
                    Function::Change => amount::percent(first, second, Decimal::ONE_HUNDRED),
                    Function::Points | Function::Sum => amount::points(first, second),
                })
            }
        }
    }
}

/// Computed figures take scale, unit and precision from their column, where it states them.
fn restyle(origin: &Origin, style: &Style, amount: &mut Amount) {
    if !matches!(origin, Origin::Sum(_) | Origin::Computed(_)) {
        return;
    }
    if let Some((scale, unit)) = &style.unit
        && amount.unit.as_ref().map(Unit::dimension) == unit.as_ref().map(Unit::dimension)
    {
        if style.decimals.is_none() {
            match (*scale).cmp(&amount.scale) {
                std::cmp::Ordering::Greater => amount.decimals = 2,
                std::cmp::Ordering::Less => amount.decimals = 0,
                std::cmp::Ordering::Equal => {}
            }
        }
        amount.scale = *scale;
        amount.unit.clone_from(unit);
    }
    if let Some(decimals) = style.decimals {
        amount.decimals = decimals;
    }
}

fn entered(quantity: &Quantity) -> Outcome {
    Outcome {
        amount: Amount::of(quantity),
        incomplete: matches!(quantity.value, Value::Open | Value::Suppressed),
        suppressed: quantity.value == Value::Suppressed,
        nothing: matches!(quantity.value, Value::Nothing | Value::Dash),
        counts: quantity.counts(),
        trouble: None,
    }
}

/// Joins two operands. `absent` says whether an operand without a figure (a reason, an empty place)
/// is left out, as in sums, or makes the calculation impossible.
fn combine(
    left: &Outcome,
    right: &Outcome,
    absent: bool,
    apply: impl Fn(&Amount, &Amount) -> Result<Amount, Trouble>,
) -> Outcome {
    let base = Outcome {
        amount: None,
        incomplete: left.incomplete || right.incomplete,
        suppressed: left.suppressed || right.suppressed,
        nothing: false,
        counts: true,
        trouble: left.trouble.or(right.trouble),
    };
    let result = match (&left.amount, &right.amount) {
        _ if base.trouble.is_some() => return base,
        (Some(left), Some(right)) => apply(left, right),
        // Something open: the result is not known yet.
        _ if base.incomplete => return base,
        (Some(one), None) if absent => Ok(one.clone()),
        (None, Some(other)) if absent => apply(&Amount::plain(Decimal::ZERO), other),
        (None, None) if absent => return base,
        _ => Err(Trouble::Missing),
    };
    match result {
        Ok(amount) => Outcome { amount: Some(amount), ..base },
        Err(trouble) => Outcome { trouble: Some(trouble), ..base },
    }
}
