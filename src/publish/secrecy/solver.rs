// SPDX-License-Identifier: EUPL-1.2
//! What somebody who knows all that is published could find out about a value that is not.
//!
//! A [`System`] holds unknown values and the equations and inequalities between them. The question is
//! always whether it allows an unknown to be at least, or at most, some other value. The answer is a
//! proof: values for all unknowns that fit. If none is found within the steps allowed, the answer is no,
//! so that a value counts as protected only if that is shown.
//!
//! Not here: which values are secret, and where the equations come from.

use std::collections::VecDeque;

use rust_decimal::Decimal;

/// An unknown value.
#[derive(Debug, Clone)]
pub struct Unknown {
    /// What it really is.
    pub truth: Decimal,
    /// The least it can be.
    pub low: Decimal,
    /// The most it can be, if there is such a limit.
    pub high: Option<Decimal>,
    /// Distance between two possible values: 1 for counts, 0,01 for money.
    pub step: Decimal,
}

/// A sum of unknowns with factors that lies between two bounds.
#[derive(Debug, Clone)]
pub struct Constraint {
    /// Unknowns with their factors, none of which is zero.
    pub terms: Vec<(usize, Decimal)>,
    /// The least the sum can be.
    pub low: Option<Decimal>,
    /// The most the sum can be.
    pub high: Option<Decimal>,
}

/// Unknowns and what is known of them.
#[derive(Debug, Clone, Default)]
pub struct System {
    /// The unknowns.
    pub unknowns: Vec<Unknown>,
    /// What is known.
    pub constraints: Vec<Constraint>,
}

/// So many swaps are tried, then so many changes near the truth, then so many values at all, before the
/// answer is no.
const SWAPS: usize = 200;
const REPAIRS: usize = 400;
const STEPS: usize = 1_500;
/// So often bounds are tightened in one go; slow progress is given up.
const ROUNDS: usize = 60;

/// Lower and upper bound of an unknown.
type Bounds = (Decimal, Option<Decimal>);

impl System {
    /// Whether an unknown may be `value` or more.
    pub fn may_reach(&self, unknown: usize, value: Decimal) -> bool {
        self.possible(&[(unknown, (value, None))])
    }

    /// Whether an unknown may be `value` or less.
    pub fn may_fall_to(&self, unknown: usize, value: Decimal) -> bool {
        self.possible(&[(unknown, (Decimal::MIN, Some(value)))])
    }

    /// Whether an unknown may be another number than it is, while one that may be the same is `most` or
    /// less.
    pub fn may_differ(&self, unknown: usize, other: usize, most: Decimal) -> bool {
        let Unknown { truth, step, .. } = self.unknowns[unknown];
        let small = (other, (Decimal::MIN, Some(most)));
        let ranges = [(Decimal::MIN, Some(truth - step)), (truth + step, None)];
        ranges.into_iter().any(|range| self.possible(&[(unknown, range), small]))
    }

    /// Whether all can hold if some unknowns lie between these bounds, too.
    fn possible(&self, narrower: &[(usize, Bounds)]) -> bool {
        let mut bounds: Vec<Bounds> = self.unknowns.iter().map(|one| (one.low, one.high)).collect();
        let touched = self.constraints_of();
        let mut open = Vec::new();
        for (unknown, (low, high)) in narrower {
            let own = &mut bounds[*unknown];
            *own = (own.0.max(*low), [own.1, *high].into_iter().flatten().min());
            if own.1.is_some_and(|high| high < own.0) {
                return false;
            }
            open.extend(&touched[*unknown]);
        }
        let mut search = Search { system: self, touched: &touched, steps: SWAPS };
        // Most often a few values trade places, and nothing else need be looked at.
        if search.trade(&mut self.near_truths(&bounds), &bounds, open) {
            return true;
        }
        search.steps = REPAIRS;
        let all: Vec<usize> = (0..self.constraints.len()).collect();
        if !search.tighten(&mut bounds, all) {
            return false;
        }
        if search.repair(&bounds) {
            return true;
        }
        search.steps = STEPS;
        search.fill(&bounds)
    }

    /// The constraints in which each unknown occurs.
    fn constraints_of(&self) -> Vec<Vec<usize>> {
        let mut out = vec![Vec::new(); self.unknowns.len()];
        for (at, constraint) in self.constraints.iter().enumerate() {
            for (unknown, _) in &constraint.terms {
                out[*unknown].push(at);
            }
        }
        out
    }

    /// The truth, or what is nearest to it within bounds.
    fn near_truths(&self, bounds: &[Bounds]) -> Vec<Decimal> {
        let near = |(one, (low, high)): (&Unknown, &Bounds)| {
            high.map_or(one.truth.max(*low), |high| one.truth.clamp(*low, high.max(*low)))
        };
        self.unknowns.iter().zip(bounds).map(near).collect()
    }

    /// Whether these values fit, exactly.
    fn fits(&self, values: &[Decimal]) -> bool {
        self.constraints.iter().all(|constraint| {
            let mut sum = Decimal::ZERO;
            for (unknown, factor) in &constraint.terms {
                let part = times(*factor, values[*unknown]);
                let Some(next) = part.and_then(|part| sum.checked_add(part)) else { return false };
                sum = next;
            }
            constraint.low.is_none_or(|low| low <= sum)
                && constraint.high.is_none_or(|high| sum <= high)
        })
    }
}

struct Search<'s> {
    system: &'s System,
    touched: &'s [Vec<usize>],
    steps: usize,
}

impl Search<'_> {
    /// Narrows bounds by the constraints until nothing changes; `false` if nothing is left.
    fn tighten(&self, bounds: &mut [Bounds], queue: Vec<usize>) -> bool {
        let mut waiting = vec![false; self.system.constraints.len()];
        queue.iter().for_each(|at| waiting[*at] = true);
        // One after the other: two that narrow each other slowly must not keep the rest from their turn.
        let mut queue = VecDeque::from(queue);
        let mut left = ROUNDS * self.system.constraints.len().max(1);
        while let Some(at) = queue.pop_front() {
            waiting[at] = false;
            if left == 0 {
                // Slow progress: what is left is found out by trying.
                return true;
            }
            left -= 1;
            let Some(changed) = self.apply(at, bounds) else { return false };
            for unknown in changed {
                for next in &self.touched[unknown] {
                    if !waiting[*next] {
                        waiting[*next] = true;
                        queue.push_back(*next);
                    }
                }
            }
        }
        true
    }

    /// Narrows the unknowns of one constraint; gives back which changed, `None` if it cannot hold.
    fn apply(&self, at: usize, bounds: &mut [Bounds]) -> Option<Vec<usize>> {
        let constraint = &self.system.constraints[at];
        let mut changed = Vec::new();
        let (mut least, mut most) = reach(&constraint.terms, bounds);
        for (unknown, factor) in &constraint.terms {
            let own = part(*factor, bounds[*unknown]);
            let (own_least, own_most) = own;
            // What is left for this one if the others take as little, or as much, as they can.
            let top = constraint.high.and_then(|high| high.checked_sub(least.without(own_least)?));
            let bottom = constraint.low.and_then(|low| low.checked_sub(most.without(own_most)?));
            let by = |bound: Option<Decimal>| bound.and_then(|it| divided(it, *factor));
            let (upper, lower) = if factor.is_sign_positive() {
                (by(top), by(bottom))
            } else {
                (by(bottom), by(top))
            };
            let step = self.system.unknowns[*unknown].step;
            let (low, high) = bounds[*unknown];
            let new_low = lower.map_or(low, |it| low.max(ceil(it, step)));
            let new_high = match (high, upper.map(|it| floor(it, step))) {
                (Some(one), Some(other)) => Some(one.min(other)),
                (one, other) => one.or(other),
            };
            if new_high.is_some_and(|high| high < new_low) {
                return None;
            }
            if (new_low, new_high) != (low, high) {
                bounds[*unknown] = (new_low, new_high);
                changed.push(*unknown);
                let now = part(*factor, bounds[*unknown]);
                least.replace(own.0, now.0);
                most.replace(own.1, now.1);
            }
        }
        Some(changed)
    }

    /// Looks for values near the truth: everything stays as it is except what must change, and one
    /// change leads to the next until all sums come out again.
    fn repair(&mut self, bounds: &[Bounds]) -> bool {
        if self.steps == 0 {
            return false;
        }
        self.steps -= 1;
        let values = self.system.near_truths(bounds);
        let constraints = &self.system.constraints;
        let wrong = |at: usize| Some((at, missing(&constraints[at], &values)?));
        let Some((at, missing)) = (0..constraints.len()).find_map(wrong) else { return true };
        let terms = &self.system.constraints[at].terms;
        for (unknown, factor) in terms {
            let (low, high) = bounds[*unknown];
            let step = self.system.unknowns[*unknown].step;
            let Some(value) = changed(values[*unknown], missing, *factor, step) else { continue };
            let fixed = high == Some(low);
            if fixed || value < low || high.is_some_and(|high| value > high) {
                continue;
            }
            let mut tried = bounds.to_vec();
            tried[*unknown] = (value, Some(value));
            if self.tighten(&mut tried, self.touched[*unknown].clone()) && self.repair(&tried) {
                return true;
            }
        }
        false
    }

    /// Lets values that are not pinned take up what is missing elsewhere, one after the other, until all
    /// of these constraints hold and those that were touched on the way.
    fn trade(&mut self, values: &mut [Decimal], bounds: &[Bounds], open: Vec<usize>) -> bool {
        let constraints = &self.system.constraints;
        let mut open = open;
        let (at, missing) = loop {
            let Some(at) = open.pop() else { return self.system.fits(values) };
            if let Some(missing) = missing(&constraints[at], values) {
                break (at, missing);
            }
        };
        if self.steps == 0 {
            return false;
        }
        self.steps -= 1;
        for (unknown, factor) in &constraints[at].terms {
            let own = &self.system.unknowns[*unknown];
            let before = values[*unknown];
            // Each value is changed once.
            if before != own.truth {
                continue;
            }
            let Some(value) = changed(before, missing, *factor, own.step) else { continue };
            let (low, high) = bounds[*unknown];
            if value < low || high.is_some_and(|high| value > high) {
                continue;
            }
            values[*unknown] = value;
            let mut next = open.clone();
            next.extend(self.touched[*unknown].iter().filter(|next| !open.contains(next)));
            if self.trade(values, bounds, next) {
                return true;
            }
            values[*unknown] = before;
        }
        false
    }

    /// Finds values for all unknowns, the ones with least room first, the truth or what is near it first.
    fn fill(&mut self, bounds: &[Bounds]) -> bool {
        if self.steps == 0 {
            return false;
        }
        let open = (0..bounds.len()).filter(|at| bounds[*at].1 != Some(bounds[*at].0));
        // Unknowns in no constraint may be anything.
        let open = open.filter(|at| !self.touched[*at].is_empty());
        let room = |at: &usize| match bounds[*at].1 {
            Some(high) => (0, high - bounds[*at].0),
            None => (1, Decimal::ZERO),
        };
        let Some(next) = open.min_by_key(room) else {
            let values: Vec<Decimal> = bounds.iter().map(|(low, _)| *low).collect();
            return self.system.fits(&values);
        };
        for value in self.near_truth(next, bounds[next]) {
            if self.steps == 0 {
                return false;
            }
            self.steps -= 1;
            let mut tried = bounds.to_vec();
            tried[next] = (value, Some(value));
            if self.tighten(&mut tried, self.touched[next].clone()) && self.fill(&tried) {
                return true;
            }
        }
        false
    }

    /// Values of an unknown to be tried: the truth, what is near it, and the ends.
    fn near_truth(&self, unknown: usize, (low, high): Bounds) -> Vec<Decimal> {
        const NEAR: u32 = 6;
        let own = &self.system.unknowns[unknown];
        let inside = |value: Decimal| value >= low && high.is_none_or(|high| value <= high);
        let middle = high.map_or(own.truth.max(low), |high| own.truth.clamp(low, high));
        let mut out = vec![middle];
        for distance in 1..=NEAR {
            let distance = own.step * Decimal::from(distance);
            out.extend([middle + distance, middle - distance]);
        }
        out.push(low);
        out.extend(high);
        let mut seen = Vec::new();
        for value in out {
            if inside(value) && !seen.contains(&value) {
                seen.push(value);
            }
        }
        seen
    }
}

/// What is missing from the sum of a constraint that does not hold; less than nothing: too much.
fn missing(constraint: &Constraint, values: &[Decimal]) -> Option<Decimal> {
    let mut sum = Decimal::ZERO;
    for (unknown, factor) in &constraint.terms {
        sum = sum.checked_add(times(*factor, values[*unknown])?)?;
    }
    let short = constraint.low.filter(|low| sum < *low).map(|low| low - sum);
    let over = constraint.high.filter(|high| sum > *high).map(|high| high - sum);
    short.or(over)
}

/// A value that makes up for what is missing.
fn changed(value: Decimal, missing: Decimal, factor: Decimal, step: Decimal) -> Option<Decimal> {
    let change = divided(missing, factor)?;
    // Away from zero, so that a whole number is enough.
    let steps = ((change / step).abs() - SLACK).ceil() * step;
    Some(if change.is_sign_negative() { value - steps } else { value + steps })
}

/// A product, quickly where there is nothing to multiply.
fn times(factor: Decimal, value: Decimal) -> Option<Decimal> {
    if factor == Decimal::ONE { Some(value) } else { factor.checked_mul(value) }
}

/// A quotient, quickly where there is nothing to divide.
fn divided(value: Decimal, factor: Decimal) -> Option<Decimal> {
    if factor == Decimal::ONE { Some(value) } else { value.checked_div(factor) }
}

/// A sum of ends of terms, some of which have no limit.
#[derive(Debug, Clone, Copy, Default)]
struct Ends {
    sum: Decimal,
    unlimited: usize,
}

impl Ends {
    fn add(&mut self, end: Option<Decimal>) {
        match end {
            Some(end) => self.sum += end,
            None => self.unlimited += 1,
        }
    }

    /// The same with another end in the place of one.
    fn replace(&mut self, before: Option<Decimal>, now: Option<Decimal>) {
        match before {
            Some(before) => self.sum -= before,
            None => self.unlimited -= 1,
        }
        self.add(now);
    }

    /// The sum without one of its terms; `None` if another one has no limit.
    fn without(&self, own: Option<Decimal>) -> Option<Decimal> {
        match own {
            Some(own) => (self.unlimited == 0).then(|| self.sum - own),
            None => (self.unlimited == 1).then_some(self.sum),
        }
    }
}

/// Sums of least and of most values of terms.
fn reach(terms: &[(usize, Decimal)], bounds: &[Bounds]) -> (Ends, Ends) {
    let (mut least, mut most) = (Ends::default(), Ends::default());
    for (unknown, factor) in terms {
        let (low, high) = part(*factor, bounds[*unknown]);
        least.add(low);
        most.add(high);
    }
    (least, most)
}

/// Least and most of a term; `None` if there is no limit.
fn part(factor: Decimal, (low, high): Bounds) -> (Option<Decimal>, Option<Decimal>) {
    if factor == Decimal::ONE {
        return (Some(low), high);
    }
    let ends = (Some(low * factor), high.map(|high| high * factor));
    if factor.is_sign_positive() { ends } else { (ends.1, ends.0) }
}

/// Divisions may be off by a digit far behind the comma; a bound that is a little too wide does no harm,
/// for what is found is checked exactly.
const SLACK: Decimal = Decimal::from_parts(1, 0, 0, false, 9);

fn floor(value: Decimal, step: Decimal) -> Decimal {
    if is_whole(value, step) {
        return value;
    }
    (value / step + SLACK).floor() * step
}

/// Whether there is nothing to round, as for all counts in sums.
fn is_whole(value: Decimal, step: Decimal) -> bool {
    step == Decimal::ONE && value.scale() == 0
}

fn ceil(value: Decimal, step: Decimal) -> Decimal {
    if is_whole(value, step) {
        return value;
    }
    (value / step - SLACK).ceil() * step
}
