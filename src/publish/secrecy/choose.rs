// SPDX-License-Identifier: EUPL-1.2
//! Which further figures must be kept secret so that nobody can compute those that are, and as few of
//! them as possible.
//!
//! Sets of one, two and three figures are all tried, the ones that lose least first; larger sets are
//! put together step by step and then thinned out.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::relations::{Knowledge, Relation};
use crate::model::figures::FigureId;

/// A figure that must not be computable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Target {
    /// The figure.
    pub id: FigureId,
    /// What readers must not be able to rule out.
    pub need: Need,
}

/// How far a figure must stay unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// It may be this much or more: nobody can tell that there are fewer cases.
    Reach(Decimal),
    /// It may be off by a tenth of itself.
    Vague,
}

/// A set of figures that protects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The figures to be kept secret besides.
    pub figures: Vec<FigureId>,
    /// Whether all smaller sets were tried.
    pub smallest: bool,
}

/// So many sets are tried one by one.
const TRIES: usize = 4_000;
/// A set of so many is the largest that is looked for by trying all.
const MOST: usize = 3;

/// Whether a target is protected by what is hidden.
pub fn is_protected(knowledge: &Knowledge<'_>, relations: &[Relation], target: Target) -> bool {
    let near = connected(knowledge, relations, target.id);
    let (system, ids) = knowledge.system(&near);
    let Some(at) = ids.get(&target.id) else { return true };
    let truth = system.unknowns[*at].truth;
    match target.need {
        Need::Reach(least) => system.may_reach(*at, least),
        Need::Vague => {
            let slack = (truth.abs() / Decimal::TEN).max(system.unknowns[*at].step);
            system.may_reach(*at, truth + slack) || system.may_fall_to(*at, truth - slack)
        }
    }
}

/// Relations that lead to a figure over unknown ones.
fn connected<'r>(
    knowledge: &Knowledge<'_>,
    relations: &'r [Relation],
    id: FigureId,
) -> Vec<&'r Relation> {
    let unknown = |id: &FigureId| knowledge.hidden.contains(id) || !knowledge.public.contains(id);
    let (mut reached, mut taken) = (BTreeSet::from([id]), BTreeSet::new());
    let all: Vec<BTreeSet<FigureId>> = relations.iter().map(Relation::figures).collect();
    loop {
        let mut grown = false;
        for (at, figures) in all.iter().enumerate() {
            if !taken.contains(&at) && figures.iter().any(|id| reached.contains(id)) {
                taken.insert(at);
                reached.extend(figures.iter().filter(|id| unknown(id)));
                grown = true;
            }
        }
        if !grown {
            return taken.into_iter().map(|at| &relations[at]).collect();
        }
    }
}

/// Protects all targets at once; figures in `cost` may be hidden, the cheapest first. `Err` names the
/// targets that cannot be protected, with what was tried for the others.
pub fn choose(
    knowledge: &mut Knowledge<'_>,
    relations: &[Relation],
    targets: &[Target],
    cost: &BTreeMap<FigureId, Decimal>,
) -> (Vec<(Target, Choice)>, Vec<Target>) {
    let (mut chosen, mut hopeless) = (Vec::new(), Vec::new());
    loop {
        let open: Vec<Target> = targets
            .iter()
            .copied()
            .filter(|target| !hopeless.contains(target))
            .filter(|target| !is_protected(knowledge, relations, *target))
            .collect();
        let Some(target) = open.first().copied() else { return (chosen, hopeless) };
        let near = together(relations, target, &open);
        let candidates = candidates(knowledge, relations, &near, cost);
        let found = by_trying(knowledge, relations, &near, &candidates, cost)
            .or_else(|| step_by_step(knowledge, relations, &near, &candidates));
        match found {
            Some(choice) => {
                knowledge.hidden.extend(choice.figures.iter().copied());
                chosen.push((target, choice));
            }
            None => hopeless.push(target),
        }
    }
}

/// The targets that one figure may help to protect together with the first: those that stand with it,
/// or with one another, in equations that share a figure.
fn together(relations: &[Relation], first: Target, all: &[Target]) -> Vec<Target> {
    let beside = |target: &Target| -> BTreeSet<FigureId> {
        let own = relations.iter().map(Relation::figures);
        own.filter(|figures| figures.contains(&target.id)).flatten().collect()
    };
    let mut out = vec![first];
    let mut around = beside(&first);
    loop {
        let next =
            all.iter().find(|target| !out.contains(target) && !beside(target).is_disjoint(&around));
        let Some(next) = next else { return out };
        around.extend(beside(next));
        out.push(*next);
    }
}

/// Figures near the targets that may be hidden, the cheapest first.
fn candidates(
    knowledge: &Knowledge<'_>,
    relations: &[Relation],
    targets: &[Target],
    cost: &BTreeMap<FigureId, Decimal>,
) -> Vec<FigureId> {
    const HOPS: usize = 2;
    let mut near: BTreeSet<FigureId> = targets.iter().map(|target| target.id).collect();
    for target in targets {
        for relation in connected(knowledge, relations, target.id) {
            near.extend(relation.figures());
        }
    }
    for _ in 0..HOPS {
        let grown: Vec<FigureId> = relations
            .iter()
            .map(Relation::figures)
            .filter(|figures| figures.iter().any(|id| near.contains(id)))
            .flatten()
            .collect();
        near.extend(grown);
    }
    let open = |id: &FigureId| cost.contains_key(id) && !knowledge.hidden.contains(id);
    let mut out: Vec<FigureId> = near.into_iter().filter(open).collect();
    out.sort_by_key(|id| (cost[id], *id));
    out
}

/// Whether hiding these, too, protects all targets.
fn protects(
    knowledge: &mut Knowledge<'_>,
    relations: &[Relation],
    targets: &[Target],
    figures: &[FigureId],
) -> bool {
    let before = knowledge.hidden.clone();
    knowledge.hidden.extend(figures.iter().copied());
    let safe = targets.iter().all(|target| is_protected(knowledge, relations, *target));
    knowledge.hidden = before;
    safe
}

/// The cheapest of the smallest sets, found by trying all of them.
fn by_trying(
    knowledge: &mut Knowledge<'_>,
    relations: &[Relation],
    targets: &[Target],
    candidates: &[FigureId],
    cost: &BTreeMap<FigureId, Decimal>,
) -> Option<Choice> {
    let mut tries = 0;
    for size in 1..=MOST {
        let mut sets = subsets(candidates, size, TRIES - tries)?;
        sets.sort_by_key(|set| set.iter().map(|id| cost[id]).sum::<Decimal>());
        for set in sets {
            tries += 1;
            if protects(knowledge, relations, targets, &set) {
                return Some(Choice { figures: set, smallest: true });
            }
        }
    }
    None
}

/// All subsets of a size; `None` if there are more than `most`.
fn subsets(all: &[FigureId], size: usize, most: usize) -> Option<Vec<Vec<FigureId>>> {
    let mut out: Vec<Vec<usize>> = vec![Vec::new()];
    for _ in 0..size {
        let mut next = Vec::new();
        for set in &out {
            let from = set.last().map_or(0, |last| last + 1);
            for at in from..all.len() {
                next.push([set.as_slice(), &[at]].concat());
                if next.len() > most {
                    return None;
                }
            }
        }
        out = next;
    }
    Some(out.into_iter().map(|set| set.into_iter().map(|at| all[at]).collect()).collect())
}

/// Hides the figure that helps most until all is protected, and shows again what turns out needless.
fn step_by_step(
    knowledge: &mut Knowledge<'_>,
    relations: &[Relation],
    targets: &[Target],
    candidates: &[FigureId],
) -> Option<Choice> {
    let before = knowledge.hidden.clone();
    let mut taken: Vec<FigureId> = Vec::new();
    let open = |knowledge: &Knowledge<'_>| {
        targets.iter().filter(|target| !is_protected(knowledge, relations, **target)).count()
    };
    let mut left = open(knowledge);
    while left > 0 {
        let mut best: Option<(usize, FigureId)> = None;
        for id in candidates.iter().filter(|id| !taken.contains(id)) {
            knowledge.hidden.insert(*id);
            let then = open(knowledge);
            knowledge.hidden.remove(id);
            if best.is_none_or(|(count, _)| then < count) {
                best = Some((then, *id));
            }
            if then == 0 {
                break;
            }
        }
        let Some((then, id)) = best else {
            knowledge.hidden = before;
            return None;
        };
        knowledge.hidden.insert(id);
        taken.push(id);
        left = then;
    }
    for id in taken.clone() {
        knowledge.hidden.remove(&id);
        if open(knowledge) == 0 {
            taken.retain(|other| *other != id);
        } else {
            knowledge.hidden.insert(id);
        }
    }
    knowledge.hidden = before;
    Some(Choice { figures: taken, smallest: false })
}
