// SPDX-License-Identifier: EUPL-1.2
//! Which further figures must be kept secret so that nobody can compute those that are, and as few of
//! them as possible.
//!
//! Where few values are to be protected, sets of one, two and three figures are all tried, the ones that
//! lose least first. Otherwise every equation with a single hidden figure gets a second one, what is then
//! still open is mended, and what turns out needless is shown again.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::relations::{Knowledge, Relation};
use super::solver::System;
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
    /// It is not known to the last digit.
    Uncertain,
}

/// A set of figures that protects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The figures to be kept secret besides.
    pub figures: Vec<FigureId>,
    /// Whether all smaller sets were tried.
    pub smallest: bool,
}

/// So often is looked whether a value is protected, to find the smallest set.
const LOOKS: usize = 8_000;
/// So often, to show again what is hidden in vain.
const LOOKS_BACK: usize = 4_000;
/// A set of so many is the largest that is looked for by trying all.
const MOST: usize = 3;

/// Relations with the figures in each and the way back.
pub struct Web<'r> {
    relations: &'r [Relation],
    figures: Vec<BTreeSet<FigureId>>,
    of: BTreeMap<FigureId, Vec<usize>>,
}

impl<'r> Web<'r> {
    /// Joins relations by their figures.
    pub fn new(relations: &'r [Relation]) -> Self {
        let figures: Vec<BTreeSet<FigureId>> = relations.iter().map(Relation::figures).collect();
        let mut of: BTreeMap<FigureId, Vec<usize>> = BTreeMap::new();
        for (at, all) in figures.iter().enumerate() {
            for id in all {
                of.entry(*id).or_default().push(at);
            }
        }
        Self { relations, figures, of }
    }

    /// Places of the relations in which a figure stands.
    fn around(&self, id: FigureId) -> &[usize] {
        self.of.get(&id).map_or(&[], Vec::as_slice)
    }

    /// Figures that stand with this one in a relation, and itself.
    pub(super) fn beside(&self, id: FigureId) -> BTreeSet<FigureId> {
        self.around(id).iter().flat_map(|at| &self.figures[*at]).copied().collect()
    }

    /// Relations that lead to a figure over unknown ones.
    fn connected(&self, knowledge: &Knowledge<'_>, id: FigureId) -> Vec<&'r Relation> {
        let (mut taken, mut seen) = (BTreeSet::new(), BTreeSet::from([id]));
        let mut open = vec![id];
        while let Some(id) = open.pop() {
            for at in self.around(id) {
                if taken.insert(*at) {
                    let unknown = self.figures[*at].iter().filter(|id| knowledge.is_unknown(**id));
                    open.extend(unknown.filter(|id| seen.insert(**id)));
                }
            }
        }
        taken.into_iter().map(|at| &self.relations[at]).collect()
    }
}

/// Whether a target is protected by what is hidden.
pub fn is_protected(knowledge: &Knowledge<'_>, web: &Web<'_>, target: Target) -> bool {
    let near = web.connected(knowledge, target.id);
    let (system, ids) = knowledge.system(&near);
    let Some(at) = ids.get(&target.id) else { return true };
    let truth = system.unknowns[*at].truth;
    match target.need {
        Need::Reach(least) => {
            system.may_reach(*at, least) && stays_open(knowledge, target, least, &system, &ids)
        }
        Need::Vague | Need::Uncertain => {
            let step = system.unknowns[*at].step;
            let tenth = (truth.abs() / Decimal::TEN).max(step);
            let slack = if target.need == Need::Vague { tenth } else { step };
            system.may_reach(*at, truth + slack) || system.may_fall_to(*at, truth - slack)
        }
    }
}

/// Whether a count stays open to readers who know the rule: of what is hidden together one at least is
/// smaller than the threshold.
fn stays_open(
    knowledge: &Knowledge<'_>,
    target: Target,
    least: Decimal,
    system: &System,
    ids: &BTreeMap<FigureId, usize>,
) -> bool {
    // What is hidden for another reason, and may be as large as it likes, leaves the rule open.
    if ids.keys().any(|id| knowledge.unexplained.contains(id)) {
        return true;
    }
    let counts = ids
        .iter()
        .filter(|(id, _)| knowledge.hidden.contains(id) && knowledge.persons.contains(id));
    let mut suspects: Vec<usize> = counts.map(|(_, at)| *at).collect();
    let own = ids[&target.id];
    // Another small one first: it may stay what it is.
    suspects.sort_by_key(|at| (*at == own, system.unknowns[*at].truth));
    let most = least - Decimal::ONE;
    suspects.iter().any(|at| system.may_differ(own, *at, most))
}

/// Protects all targets; figures in `cost` may be hidden, the cheapest first. Gives back what was hidden
/// for whom, and the targets that cannot be protected.
pub fn choose(
    knowledge: &mut Knowledge<'_>,
    web: &Web<'_>,
    targets: &[Target],
    cost: &BTreeMap<FigureId, Decimal>,
) -> (Vec<(Target, Choice)>, Vec<Target>) {
    let (mut chosen, mut hopeless) = (Vec::new(), Vec::new());
    loop {
        let open: Vec<Target> = targets
            .iter()
            .copied()
            .filter(|target| !hopeless.contains(target))
            .filter(|target| !is_protected(knowledge, web, *target))
            .collect();
        let Some(target) = open.first().copied() else { return (chosen, hopeless) };
        let near = together(web, target, &open);
        let candidates = candidates(knowledge, web, &near, cost);
        // What was shown again too soon would be so for ever.
        let again = chosen.iter().any(|(before, _): &(Target, Choice)| *before == target);
        let found = by_trying(knowledge, web, &near, &candidates, cost)
            .or_else(|| step_by_step(knowledge, web, (&near, again), &candidates, cost));
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
fn together(web: &Web<'_>, first: Target, all: &[Target]) -> Vec<Target> {
    let mut out = vec![first];
    let mut around = web.beside(first.id);
    let mut left: Vec<(Target, BTreeSet<FigureId>)> = all
        .iter()
        .filter(|target| **target != first)
        .map(|target| (*target, web.beside(target.id)))
        .collect();
    loop {
        let (near, far): (Vec<_>, Vec<_>) =
            left.into_iter().partition(|(_, beside)| !beside.is_disjoint(&around));
        if near.is_empty() {
            return out;
        }
        for (target, beside) in near {
            around.extend(beside);
            out.push(target);
        }
        left = far;
    }
}

/// Figures near the targets that may be hidden, the cheapest first.
fn candidates(
    knowledge: &Knowledge<'_>,
    web: &Web<'_>,
    targets: &[Target],
    cost: &BTreeMap<FigureId, Decimal>,
) -> Vec<FigureId> {
    const HOPS: usize = 2;
    let mut near: BTreeSet<FigureId> = targets.iter().map(|target| target.id).collect();
    for target in targets {
        for relation in web.connected(knowledge, target.id) {
            near.extend(relation.figures());
        }
    }
    for _ in 0..HOPS {
        let grown: Vec<FigureId> = near.iter().flat_map(|id| web.beside(*id)).collect();
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
    web: &Web<'_>,
    targets: &[Target],
    figures: &[FigureId],
) -> bool {
    let added: Vec<FigureId> =
        figures.iter().copied().filter(|id| knowledge.hidden.insert(*id)).collect();
    let safe = targets.iter().all(|target| is_protected(knowledge, web, *target));
    for id in added {
        knowledge.hidden.remove(&id);
    }
    safe
}

/// The cheapest of the smallest sets, found by trying all of them; `None` if there are too many.
fn by_trying(
    knowledge: &mut Knowledge<'_>,
    web: &Web<'_>,
    targets: &[Target],
    candidates: &[FigureId],
    cost: &BTreeMap<FigureId, Decimal>,
) -> Option<Choice> {
    let mut left = LOOKS;
    for size in 1..=MOST {
        let mut sets = subsets(candidates, size, left / targets.len().max(1))?;
        sets.sort_by_key(|set| set.iter().map(|id| cost[id]).sum::<Decimal>());
        for set in sets {
            left = left.saturating_sub(1);
            if protects(knowledge, web, targets, &set) {
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

/// Hides what is needed step by step, and shows again what turns out needless.
fn step_by_step(
    knowledge: &mut Knowledge<'_>,
    web: &Web<'_>,
    (targets, again): (&[Target], bool),
    candidates: &[FigureId],
    cost: &BTreeMap<FigureId, Decimal>,
) -> Option<Choice> {
    let before = knowledge.hidden.clone();
    let mut taken = seconds(knowledge, web, targets, candidates, cost);
    for target in targets {
        while !is_protected(knowledge, web, *target) {
            let Some(id) = mending(knowledge, web, *target, candidates) else {
                knowledge.hidden = before;
                return None;
            };
            knowledge.hidden.insert(id);
            taken.push(id);
        }
    }
    if !again {
        show_again(knowledge, web, targets, &mut taken, cost);
    }
    knowledge.hidden = before;
    Some(Choice { figures: taken, smallest: false })
}

/// Gives every equation with a single unknown figure a second one: the one that serves most such
/// equations, the cheapest of those.
fn seconds(
    knowledge: &mut Knowledge<'_>,
    web: &Web<'_>,
    targets: &[Target],
    candidates: &[FigureId],
    cost: &BTreeMap<FigureId, Decimal>,
) -> Vec<FigureId> {
    let mut taken = Vec::new();
    let mut wanted: BTreeSet<FigureId> = targets.iter().map(|target| target.id).collect();
    loop {
        let single = |at: &usize| {
            let figures = &web.figures[*at];
            figures.iter().filter(|id| knowledge.is_unknown(**id)).count() == 1
        };
        let alone: BTreeSet<usize> =
            wanted.iter().flat_map(|id| web.around(*id)).copied().filter(single).collect();
        let serves = |id: &FigureId| web.around(*id).iter().filter(|at| alone.contains(at)).count();
        let open = candidates.iter().filter(|id| !knowledge.hidden.contains(id));
        let best = open
            .map(|id| (serves(id), *id))
            .filter(|(count, _)| *count > 0)
            .min_by_key(|(count, id)| (std::cmp::Reverse(*count), cost[id], *id));
        let Some((_, id)) = best else { return taken };
        knowledge.hidden.insert(id);
        wanted.insert(id);
        taken.push(id);
    }
}

/// A figure whose hiding protects a target, or the cheapest beside it that is still shown.
fn mending(
    knowledge: &mut Knowledge<'_>,
    web: &Web<'_>,
    target: Target,
    candidates: &[FigureId],
) -> Option<FigureId> {
    const TRIED: usize = 60;
    let mut near: BTreeSet<FigureId> = BTreeSet::new();
    for relation in web.connected(knowledge, target.id) {
        near.extend(relation.figures());
    }
    let beside = web.beside(target.id);
    let open = |id: &&FigureId| !knowledge.hidden.contains(id) && near.contains(id);
    let mut own: Vec<FigureId> = candidates.iter().filter(open).copied().collect();
    // What stands with the target helps first.
    own.sort_by_key(|id| !beside.contains(id));
    let helps =
        own.iter().take(TRIED).copied().find(|id| protects(knowledge, web, &[target], &[*id]));
    helps.or_else(|| own.first().copied())
}

/// Shows again what was hidden in vain, the dearest first, as far as looking is affordable.
fn show_again(
    knowledge: &mut Knowledge<'_>,
    web: &Web<'_>,
    targets: &[Target],
    taken: &mut Vec<FigureId>,
    cost: &BTreeMap<FigureId, Decimal>,
) {
    let mut left = LOOKS_BACK;
    let mut order = taken.clone();
    order.sort_by_key(|id| std::cmp::Reverse(cost[id]));
    for id in order {
        // Only what stands near can have lost its protection.
        let beside = web.beside(id);
        let near = |target: &&Target| {
            beside.contains(&target.id) || !web.beside(target.id).is_disjoint(&beside)
        };
        let near: Vec<Target> = targets.iter().filter(near).copied().collect();
        if near.len() > left {
            return;
        }
        left -= near.len();
        knowledge.hidden.remove(&id);
        let all_safe = near.iter().all(|target| is_protected(knowledge, web, *target));
        if all_safe {
            taken.retain(|other| *other != id);
        } else {
            knowledge.hidden.insert(id);
        }
    }
}

/// Shows again what several choices hide in vain, for one may serve another, and takes back that each is
/// the smallest where two of them touch.
pub fn tidy(
    knowledge: &mut Knowledge<'_>,
    web: &Web<'_>,
    targets: &[Target],
    chosen: &mut [(Target, Choice)],
    cost: &BTreeMap<FigureId, Decimal>,
) {
    let around: Vec<BTreeSet<FigureId>> = chosen
        .iter()
        .map(|(target, choice)| {
            choice.figures.iter().chain([&target.id]).flat_map(|id| web.beside(*id)).collect()
        })
        .collect();
    for at in 0..chosen.len() {
        let touches = |other: usize| other != at && !around[at].is_disjoint(&around[other]);
        chosen[at].1.smallest &= !(0..chosen.len()).any(touches);
    }
    if chosen.iter().all(|(_, choice)| choice.smallest) {
        return;
    }
    let before = knowledge.hidden.clone();
    let follows = |id: &FigureId| web.around(*id).iter().any(|at| web.relations[*at].is_opaque());
    let all = chosen.iter().flat_map(|(_, choice)| &choice.figures).copied();
    let mut kept: Vec<FigureId> = all.filter(|id| !follows(id)).collect();
    show_again(knowledge, web, targets, &mut kept, cost);
    if targets.iter().all(|target| is_protected(knowledge, web, *target)) {
        for (_, choice) in chosen {
            choice.figures.retain(|id| knowledge.hidden.contains(id));
        }
    } else {
        knowledge.hidden = before;
    }
}
