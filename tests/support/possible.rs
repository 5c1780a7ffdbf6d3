// SPDX-License-Identifier: EUPL-1.2
//! What a figure could be, given the printed figures it comes from: worked out from their intervals
//! alone, apart from the calculation that is tested with it.

use amip::model::Programme;
use amip::model::figures::{FigureId, Figures, Origin};
use amip::model::formula::{Formula, Function, Operator};
use amip::model::quantity::{Interval, Qualifier, Quantity, UnitName, Value};
use rust_decimal::Decimal;

/// A figure with its slack. Of a planned range both ends are figures of their own.
#[derive(Debug, Clone)]
pub struct Could {
    least: Interval,
    most: Option<Interval>,
    /// The figure without a word such as „bis zu“: a limit is a figure of its own.
    bare: Interval,
    percent: bool,
    /// Whether something that is not known yet may add to it.
    open: bool,
}

/// What the figures of a programme could be.
pub struct Possible<'a> {
    figures: &'a Figures,
    reproduction: bool,
}

impl<'a> Possible<'a> {
    pub fn of(programme: &'a Programme) -> Self {
        Self { figures: &programme.figures, reproduction: programme.reproduction }
    }

    /// What calculation or data give at a figure's place.
    pub fn result(&self, id: FigureId) -> Option<Could> {
        match &self.figures.get(id).origin {
            Origin::Entered(quantity) => of(quantity),
            Origin::Same(other) | Origin::Computed(Formula::Figure(other)) => self.operand(*other),
            Origin::Sum(members) => {
                let mut total: Option<Could> = None;
                for member in members.iter().filter(|id| self.counts(**id)) {
                    let part = self.operand(*member);
                    total = match (total, part) {
                        (None, part) | (part, None) => part,
                        (Some(total), Some(part)) => Some(add(&total, &part, false)),
                    };
                }
                let open = self.figures.outcome(id).incomplete;
                total.map(|total| Could { open, ..total })
            }
            Origin::Computed(formula) => {
                let open = self.figures.outcome(id).incomplete;
                self.formula(formula).map(|could| Could { open, ..could })
            }
            Origin::Missing | Origin::Pending(..) => None,
        }
    }

    /// What a sentence about a figure is held against: in a reproduction what was printed.
    pub fn told(&self, id: FigureId) -> Option<Could> {
        let stated = self.figures.get(id).stated.as_ref().filter(|_| self.reproduction);
        match stated.and_then(|stated| stated.quantity.as_ref()) {
            Some(quantity) => of(quantity),
            None => self.result(id),
        }
    }

    /// Whether a place shows a quotient, which is rounded even if it is an amount in euros.
    pub fn slack(&self, id: FigureId) -> bool {
        let origin = &self.figures.get(id).origin;
        matches!(origin, Origin::Computed(Formula::Binary(Operator::Divide, ..)))
    }

    fn counts(&self, id: FigureId) -> bool {
        match self.printed(id) {
            Some(quantity) => quantity.counts(),
            None => self.figures.outcome(id).counts,
        }
    }

    fn printed(&self, id: FigureId) -> Option<&Quantity> {
        let stated = self.figures.get(id).stated.as_ref().filter(|_| self.reproduction);
        stated.and_then(|stated| stated.quantity.as_ref())
    }

    fn operand(&self, id: FigureId) -> Option<Could> {
        match self.printed(id) {
            Some(quantity) => of(quantity),
            None => self.result(id),
        }
    }

    fn formula(&self, formula: &Formula<FigureId>) -> Option<Could> {
        let zero = || exact(Decimal::ZERO);
        match formula {
            Formula::Figure(id) => self.operand(*id),
            Formula::Number(number) => Some(exact(*number)),
            Formula::Binary(operator, left, right) => {
                let (left, right) = (self.formula(left), self.formula(right));
                match operator {
                    Operator::Add | Operator::Subtract => {
                        let subtract = *operator == Operator::Subtract;
                        let (left, right) = (left.unwrap_or_else(zero), right.unwrap_or_else(zero));
                        Some(add(&left, &right, subtract))
                    }
                    Operator::Multiply => {
                        let (left, right) = (factor(left?), factor(right?));
                        let (left, right) =
                            if right.most.is_some() { (right, left) } else { (left, right) };
                        scale(&left, &right, Decimal::checked_mul)
                    }
                    Operator::Divide => {
                        let (left, right) = (left?, right?);
                        let right = if left.percent { right } else { factor(right) };
                        scale(&left, &right, Decimal::checked_div)
                    }
                }
            }
            Formula::Call(Function::Sum, arguments) => {
                let parts = arguments.iter().filter(|argument| match argument {
                    Formula::Figure(id) => self.counts(*id),
                    _ => true,
                });
                parts
                    .filter_map(|part| self.formula(part))
                    .reduce(|total, part| add(&total, &part, false))
            }
            Formula::Call(function, arguments) => {
                let (first, second) = (self.formula(&arguments[0])?, self.formula(&arguments[1])?);
                if *function == Function::Points {
                    return Some(add(&first, &second, true));
                }
                let minus = if *function == Function::Change {
                    Decimal::ONE_HUNDRED
                } else {
                    Decimal::ZERO
                };
                let ratio = scale(&first, &second, |one, other| {
                    one.checked_div(other)?.checked_mul(Decimal::ONE_HUNDRED)?.checked_sub(minus)
                })?;
                Some(Could { percent: true, ..ratio })
            }
        }
    }
}

/// Whether a stated figure could be a true one. `rounded`: half a unit of its last digit is free.
pub fn fits(stated: &Quantity, could: Option<&Could>, rounded: bool) -> bool {
    let (Some(could), Some(mut own)) = (could, of(stated)) else {
        // Words in the place of a figure can be anything.
        return true;
    };
    if could.open {
        // What is open only adds.
        let lowest = could.least.low;
        return own
            .most
            .unwrap_or(own.least)
            .high
            .zip(lowest)
            .is_none_or(|(high, low)| low <= high);
    }
    if rounded && let (Value::Number(number), Some(value)) = (&stated.value, stated.nominal()) {
        let half = Decimal::new(5, number.decimals + 1) * stated.scale.factor();
        own.least = Interval::new(value - half, value + half);
    }
    let fraction = matches!(stated.value, Value::Fraction(..) | Value::Halved);
    if fraction && could.percent {
        own.least = hundredfold(own.least);
        own.bare = hundredfold(own.bare);
    }
    match (side(own.least), side(could.least)) {
        (Some(one), Some(other)) if one != other => return false,
        (Some(above), Some(_)) => {
            let roomier =
                if above { own.bare.high < could.bare.low } else { own.bare.low > could.bare.high };
            return meet(own.bare, could.bare) || fraction && roomier;
        }
        _ => {}
    }
    // "um 3,2 % gesunken": the words carry the sign.
    let falls = could.least.high.is_some_and(|high| high < Decimal::ZERO);
    if falls && own.least.low.is_some_and(|low| low >= Decimal::ZERO) {
        own.least = own.least.negated();
    }
    match (own.most, could.most) {
        (None, _) => meet(own.least, could.least),
        (Some(most), Some(other)) => meet(own.least, could.least) && meet(most, other),
        (Some(most), None) => meet(own.least.hull(most), could.least),
    }
}

/// Whether two figures can be the same: rounded neighbours that only touch cannot.
fn meet(one: Interval, other: Interval) -> bool {
    let apart = |low: Option<Decimal>, high: Option<Decimal>| {
        low.zip(high).is_some_and(|(low, high)| {
            low > high || low == high && !one.is_exact() && !other.is_exact()
        })
    };
    !apart(one.low, other.high) && !apart(other.low, one.high)
}

/// Of a limit: whether the figure lies above it.
fn side(interval: Interval) -> Option<bool> {
    match (interval.low, interval.high) {
        (Some(_), None) => Some(true),
        (None, Some(_)) => Some(false),
        _ => None,
    }
}

/// The printed figure with its slack.
fn of(quantity: &Quantity) -> Option<Could> {
    let with = |value: Value| Quantity { value, ..quantity.clone() }.interval();
    let percent = quantity.unit.as_ref().is_some_and(|unit| unit.name == UnitName::Percent);
    let (least, most) = match &quantity.value {
        Value::Range(least, most) | Value::UpTo(least, most) => {
            (with(Value::Number(*least))?, Some(with(Value::Number(*most))?))
        }
        _ => (quantity.interval()?, None),
    };
    let plain = Quantity { qualifier: Qualifier::None, ..quantity.clone() };
    Some(Could { least, most, bare: plain.interval()?, percent, open: false })
}

fn exact(value: Decimal) -> Could {
    let least = Interval::exact(value);
    Could { least, most: None, bare: least, percent: false, open: false }
}

fn hundredfold(interval: Interval) -> Interval {
    interval.map(|end| end.checked_mul(Decimal::ONE_HUNDRED)).unwrap_or(interval)
}

/// A percentage as a plain factor.
fn factor(could: Could) -> Could {
    let hundredth = |interval: Interval| {
        interval.map(|end| end.checked_div(Decimal::ONE_HUNDRED)).unwrap_or(interval)
    };
    if !could.percent {
        return could;
    }
    Could { least: hundredth(could.least), bare: hundredth(could.bare), percent: false, ..could }
}

fn add(left: &Could, right: &Could, subtract: bool) -> Could {
    let other = |interval: Interval| if subtract { interval.negated() } else { interval };
    let (low, high) = (right.least, right.most.unwrap_or(right.least));
    let (low, high) = if subtract { (high, low) } else { (low, high) };
    let range = left.most.is_some() || right.most.is_some();
    let plus = |one: Interval, two: Interval| {
        let end = |a: Option<Decimal>, b: Option<Decimal>| a.zip(b).map(|(a, b)| a + b);
        Interval { low: end(one.low, two.low), high: end(one.high, two.high) }
    };
    Could {
        least: plus(left.least, other(low)),
        most: range.then(|| plus(left.most.unwrap_or(left.least), other(high))),
        bare: plus(left.bare, other(right.bare)),
        percent: left.percent && right.percent,
        open: false,
    }
}

/// Every end of one with every end of the other.
fn scale(
    left: &Could,
    right: &Could,
    apply: impl Fn(Decimal, Decimal) -> Option<Decimal>,
) -> Option<Could> {
    let ends = |interval: Interval| interval.low.zip(interval.high).map(|(a, b)| [a, b]);
    let join = |one: Interval, right: Interval| -> Option<Interval> {
        let (Some(one), Some(other)) = (ends(one), ends(right)) else {
            return Some(Interval { low: None, high: None });
        };
        let mut corners = Vec::new();
        for one in one {
            for other in other {
                corners.push(apply(one, other)?);
            }
        }
        Some(Interval::new(*corners.iter().min()?, *corners.iter().max()?))
    };
    let most = match left.most {
        Some(most) => Some(join(most, right.least)?),
        None => None,
    };
    let (least, bare) = (join(left.least, right.least)?, join(left.bare, right.bare)?);
    Some(Could { least, most, bare, percent: false, open: false })
}
