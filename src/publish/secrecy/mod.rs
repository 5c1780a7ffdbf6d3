// SPDX-License-Identifier: EUPL-1.2
//! Statistical secrecy: small counts of persons are not shown, and nobody can compute them, nor what is
//! internal, from what is shown.
//!
//! Section 16 `BStatG` with section 53 paragraph 7 SGB II: values of 1 or 2 cases, and data from which
//! such values follow (totals, differences, shares, changes, charts, sentences, last year's edition).
//! [`persons`] tells which figures count persons, [`relations`] what is known of figures, also where the
//! data do not say so ([`typed`], [`across`]), [`solver`] what follows from that, [`choose`] what else must be hidden.
//!
//! What cannot be known here is said in the protocol: other publications, and knowledge of readers.

pub mod across;
pub mod calculated;
pub mod choose;
pub mod log;
mod messages;
pub mod persons;
pub mod relations;
pub mod solver;
pub mod told;
pub mod typed;

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::internal::Internal;
use super::model::PublicModel;
use crate::diag::{Finding, Span};
use crate::model::Programme;
use crate::model::figures::FigureId;
use crate::model::programme::PictureContent;
use crate::model::quantity::{Quantity, UnitName};
use crate::model::table::{Cell, RowKind};
use crate::tree::{Document, walk};
use choose::{Need, Target, Web};
pub use messages::named;
use messages::{further, in_sentences, told_before, told_small, unclear, unprotected};
use persons::{Persons, Surroundings};
use relations::{Knowledge, root};

/// The code of findings about texts that tell what must not be told.
pub const IN_TEXT: &str = "geheim-im-text";

/// Figures that the document shows.
#[derive(Debug, Clone, Default)]
pub struct Shown {
    /// In tables and diagrams.
    pub figures: BTreeSet<FigureId>,
    /// In sentences, with their places.
    pub sentences: BTreeMap<FigureId, Vec<Span>>,
}

/// The figures of what a public document shows.
pub fn shown(programme: &Programme, model: &PublicModel, document: &Document) -> Shown {
    let mut out = Shown::default();
    let mut there = BTreeSet::new();
    walk::tables(&document.blocks, &mut |table| there.extend(table.id.clone()));
    walk::pictures(&document.blocks, &mut |picture| {
        there.insert(picture.id.clone());
    });
    let public = model.programme();
    let tables = public.tables.iter();
    for table in tables.filter(|table| there.contains(&format!("tabelle-{}", table.id))) {
        for cell in table.rows.iter().flat_map(|row| &row.cells) {
            if let Cell::Figure(id) = cell {
                out.figures.insert(*id);
            }
        }
    }
    let pictures = public.pictures.iter();
    for picture in pictures.filter(|picture| there.contains(&format!("abbildung-{}", picture.id))) {
        if let PictureContent::Chart { categories, .. } = &picture.content {
            out.figures.extend(categories.iter().flat_map(|(_, figures, _)| figures));
        }
    }
    for (path, places) in super::gate::told(&document.blocks) {
        if let Some(id) = programme.figures.find(&path) {
            out.sentences.entry(id).or_default().extend(places);
        }
    }
    out
}

/// Why a figure is not shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// It counts fewer persons than the threshold.
    Small,
    /// The data ask for it.
    Asked,
    /// Last year's edition did not show it.
    Earlier,
    /// An edition of this programme did not show it, and it may have protected another one there.
    Before,
    /// It would give away this other one.
    Protects(FigureId),
}

/// What is kept secret.
#[derive(Debug, Default)]
pub struct Secrecy {
    /// Figures that hold a secret value, with the reason.
    pub reasons: BTreeMap<FigureId, Reason>,
    /// The same figures and all places that show them again.
    pub secret: BTreeSet<FigureId>,
    /// Whether no smaller set of further figures would do, as far as that was found out.
    pub smallest: bool,
    /// What somebody must decide first.
    pub findings: Vec<Finding>,
}

/// What readers may have at hand beside the new edition.
#[derive(Debug, Default)]
pub struct Former {
    /// Paths of figures that the edition of the year before did not show.
    pub hidden: Vec<String>,
    /// Figures that an edition of this programme showed already.
    pub shown: BTreeSet<FigureId>,
    /// Figures that each edition of this programme did not show.
    pub kept_back: Vec<BTreeSet<FigureId>>,
}

/// Finds what must be kept secret.
pub fn protect(
    programme: &Programme,
    internal: &Internal,
    shown: &Shown,
    former: &Former,
) -> Secrecy {
    let figures = &programme.figures;
    let mut secrecy = Secrecy { smallest: true, ..Secrecy::default() };
    let all_shown = shown.figures.iter().chain(shown.sentences.keys());
    let public: BTreeSet<FigureId> = all_shown
        .filter(|id| !internal.figures.contains_key(id))
        .map(|id| root(figures, *id))
        .filter(|id| !internal.figures.contains_key(id))
        .collect();
    let surroundings = Surroundings::of(programme);
    let relations = relations::of(programme);
    let web = Web::new(&relations);
    let unprinted = unprinted(programme, internal, &surroundings, &web, &public);
    let counted: BTreeSet<FigureId> = public.union(&unprinted).copied().collect();
    small(programme, &surroundings, &counted, shown, &mut secrecy);
    secrecy.findings.extend(told_small(programme, &secrecy));
    for path in &former.hidden {
        if let Some(id) = figures.find(&format!("{}{path}", crate::model::figures::EARLIER)) {
            secrecy.reasons.entry(root(figures, id)).or_insert(Reason::Earlier);
        }
    }
    kept_back(programme, &web, former, &public, &mut secrecy);
    let mut known = public.clone();
    // What the edition of the year before showed is known.
    known.extend(figures.names().map(|(_, id)| id).filter(|id| figures.is_earlier(*id)));
    known.extend(&former.shown);
    let mut knowledge = Knowledge::new(programme, known);
    knowledge.hidden.extend(secrecy.reasons.keys());
    let own = internal.figures.keys().map(|id| root(figures, *id));
    knowledge.internal = own.filter(|id| internal.figures.contains_key(id)).collect();
    knowledge.hidden.extend(knowledge.internal.iter().copied());
    let other = secrecy.reasons.iter().filter(|(_, reason)| **reason != Reason::Small);
    knowledge.unexplained = other.map(|(id, _)| *id).chain(knowledge.internal.clone()).collect();
    let counts = |id: &&FigureId| surroundings.counts_persons(**id) == Persons::Yes;
    knowledge.persons = public.iter().filter(counts).copied().collect();
    // What was shown once is known for good.
    knowledge.hidden.retain(|id| !former.shown.contains(id));
    secrecy.findings.extend(told_before(programme, &knowledge, &secrecy, &former.shown));
    let targets = targets(programme, internal, &relations, &knowledge, &secrecy);
    let beside = beside_internal(&relations, &knowledge.internal);
    let mut cost = cost(programme, &surroundings, shown, &public, &beside);
    cost.retain(|id, _| !former.shown.contains(id));
    let mut choices = Vec::new();
    let hopeless = loop {
        opaque(programme, &relations, &mut knowledge, &mut secrecy);
        let (chosen, hopeless) = choose::choose(&mut knowledge, &web, &targets, &cost);
        if chosen.is_empty() {
            break hopeless;
        }
        choices.extend(chosen);
    };
    let safe: Vec<Target> =
        targets.iter().filter(|target| !hopeless.contains(target)).copied().collect();
    choose::tidy(&mut knowledge, &web, &safe, &mut choices, &cost);
    for (target, choice) in choices {
        secrecy.smallest &= choice.smallest;
        for id in choice.figures {
            secrecy.findings.push(further(programme, id, target.id, choice.smallest));
            secrecy.reasons.entry(id).or_insert(Reason::Protects(target.id));
        }
    }
    // What protected another one need not be protected itself, as long as that one is.
    let hopeless = hopeless.iter().filter(|target| target.need != Need::Uncertain);
    secrecy.findings.extend(hopeless.map(|target| unprotected(programme, target.id)));
    let places = figures.names().map(|(_, id)| id).chain(figures.iter().map(|(id, _)| id));
    let hidden = places.filter(|id| {
        let own = root(figures, *id);
        secrecy.reasons.contains_key(&own) && !unprinted.contains(&own)
    });
    secrecy.secret = hidden.collect();
    in_sentences(programme, shown, &mut secrecy);
    secrecy
}

/// Counts of persons that the document does not show, and that what it shows may tell.
fn unprinted(
    programme: &Programme,
    internal: &Internal,
    surroundings: &Surroundings<'_>,
    web: &Web<'_>,
    public: &BTreeSet<FigureId>,
) -> BTreeSet<FigureId> {
    let figures = &programme.figures;
    let own = |id: &FigureId| root(figures, *id) == *id && !figures.is_earlier(*id);
    let silent = |id: &FigureId| !public.contains(id) && !internal.figures.contains_key(id);
    let told = |id: &FigureId| web.beside(*id).iter().any(|near| public.contains(near));
    let all = figures.iter().map(|(id, _)| id).filter(|id| own(id) && silent(id) && told(id));
    all.filter(|id| surroundings.counts_persons(*id) == Persons::Yes).collect()
}

/// What an edition hid beside something that is still secret stays hidden: its equations are known,
/// even if the new edition does not have them any more.
fn kept_back(
    programme: &Programme,
    web: &Web<'_>,
    former: &Former,
    public: &BTreeSet<FigureId>,
    secrecy: &mut Secrecy,
) {
    let mut tables: BTreeMap<FigureId, BTreeSet<usize>> = BTreeMap::new();
    for (at, table) in programme.tables.iter().enumerate() {
        for cell in table.rows.iter().flat_map(|row| &row.cells) {
            if let Cell::Figure(id) = cell {
                tables.entry(root(&programme.figures, *id)).or_default().insert(at);
            }
        }
    }
    let of = |id: &FigureId| tables.get(id).cloned().unwrap_or_default();
    for hidden in &former.kept_back {
        let still: Vec<FigureId> =
            hidden.iter().filter(|id| secrecy.reasons.contains_key(*id)).copied().collect();
        let stays = |id: &&FigureId| {
            let near = |other: &FigureId| {
                !of(id).is_disjoint(&of(other)) || web.beside(*other).contains(*id)
            };
            public.contains(*id) && !former.shown.contains(*id) && still.iter().any(near)
        };
        for id in hidden.iter().filter(stays) {
            secrecy.reasons.entry(*id).or_insert(Reason::Before);
        }
    }
}

/// Hides what follows from something hidden in a way that is not written out as an equation.
fn opaque(
    programme: &Programme,
    relations: &[relations::Relation],
    knowledge: &mut Knowledge<'_>,
    secrecy: &mut Secrecy,
) {
    loop {
        let next = relations.iter().find_map(|relation| match relation {
            relations::Relation::Opaque { operands, result } if !knowledge.is_unknown(*result) => {
                let hidden = operands.iter().find(|id| knowledge.hidden.contains(id))?;
                Some((*result, *hidden))
            }
            _ => None,
        });
        let Some((result, operand)) = next else { return };
        knowledge.hidden.insert(result);
        secrecy.findings.push(further(programme, result, operand, false));
        secrecy.reasons.entry(result).or_insert(Reason::Protects(operand));
    }
}

/// Counts of persons below the threshold, and what the data ask to be hidden.
fn small(
    programme: &Programme,
    surroundings: &Surroundings<'_>,
    public: &BTreeSet<FigureId>,
    shown: &Shown,
    secrecy: &mut Secrecy,
) {
    let figures = &programme.figures;
    let threshold = Decimal::from(programme.publication.threshold);
    for id in public {
        // Any place that shows the figure may say what it counts, or ask for it to be hidden.
        let places: Vec<FigureId> = shown
            .figures
            .iter()
            .chain(shown.sentences.keys())
            .copied()
            .filter(|place| root(figures, *place) == *id)
            .chain([*id])
            .collect();
        if places.iter().any(|place| figures.get(*place).secret) {
            secrecy.reasons.insert(*id, Reason::Asked);
        }
        let printed = figures.printed(*id, programme.reproduction);
        let most = printed.as_ref().and_then(|it| it.interval()?.high);
        let value = printed.as_ref().and_then(Quantity::nominal);
        let Some(value) = value.filter(|value| *value > Decimal::ZERO) else { continue };
        // "über 2" may be any number.
        if most.is_none_or(|most| most >= threshold) {
            continue;
        }
        let said: Vec<Persons> =
            places.iter().map(|place| surroundings.counts_persons(*place)).collect();
        if said.contains(&Persons::Yes) {
            secrecy.reasons.insert(*id, Reason::Small);
        } else if !said.contains(&Persons::No) {
            secrecy.findings.push(unclear(programme, *id, value));
        }
    }
}

/// What must not be computable: small counts, and what is internal and stands in an equation.
fn targets(
    programme: &Programme,
    internal: &Internal,
    relations: &[relations::Relation],
    knowledge: &Knowledge<'_>,
    secrecy: &Secrecy,
) -> Vec<Target> {
    let threshold = Decimal::from(programme.publication.threshold);
    let mut out: Vec<Target> = secrecy
        .reasons
        .iter()
        .filter(|(_, reason)| matches!(reason, Reason::Small))
        .map(|(id, _)| Target { id: *id, need: Need::Reach(threshold) })
        .collect();
    let vague = |id: FigureId| Target { id, need: Need::Vague };
    let earlier = secrecy
        .reasons
        .iter()
        .filter(|(_, reason)| matches!(reason, Reason::Earlier | Reason::Asked));
    out.extend(earlier.map(|(id, _)| vague(*id)));
    let before = secrecy.reasons.iter().filter(|(_, reason)| **reason == Reason::Before);
    out.extend(before.map(|(id, _)| Target { id: *id, need: Need::Uncertain }));
    let related: BTreeSet<FigureId> =
        relations.iter().flat_map(relations::Relation::figures).collect();
    for id in internal.figures.keys() {
        let own = root(&programme.figures, *id);
        if own == *id && related.contains(id) && knowledge.truth(*id).is_some() {
            out.push(vague(*id));
        }
    }
    out
}

/// Figures that stand in a sum with something internal.
fn beside_internal(
    relations: &[relations::Relation],
    internal: &BTreeSet<FigureId>,
) -> BTreeSet<FigureId> {
    let sums = relations.iter().filter_map(|relation| match relation {
        relations::Relation::Zero(_) => Some(relation.figures()),
        _ => None,
    });
    sums.filter(|figures| !figures.is_disjoint(internal)).flatten().collect()
}

/// What it would cost to hide a figure. Totals are asked for first, sentences would have to be written
/// anew; a share or a change is missed least; nothing is not hidden, for it tells nothing. Where a part
/// of a total is left out as internal, the total goes with it, and the other parts stay.
fn cost(
    programme: &Programme,
    surroundings: &Surroundings<'_>,
    shown: &Shown,
    public: &BTreeSet<FigureId>,
    beside_internal: &BTreeSet<FigureId>,
) -> BTreeMap<FigureId, Decimal> {
    let figures = &programme.figures;
    let mut totals = BTreeSet::new();
    for table in &programme.tables {
        for row in
            table.rows.iter().filter(|row| matches!(row.kind, RowKind::Total | RowKind::Group))
        {
            totals.extend(row.cells.iter().filter_map(|cell| match cell {
                Cell::Figure(id) => Some(root(figures, *id)),
                _ => None,
            }));
        }
    }
    let told: BTreeSet<FigureId> = shown.sentences.keys().map(|id| root(figures, *id)).collect();
    let price = |id: FigureId| {
        let quantity = figures.printed(id, programme.reproduction)?;
        let value = quantity.nominal()?.abs();
        if value.is_zero() {
            return None;
        }
        let rate = quantity
            .unit
            .as_ref()
            .is_some_and(|unit| matches!(unit.name, UnitName::Percent | UnitName::Points));
        let mut out =
            if rate { Decimal::ONE } else { value.min(Decimal::from(1_000_000)) + Decimal::TEN };
        if !rate && surroundings.counts_persons(id) != Persons::Yes {
            out += Decimal::from(2_000_000);
        }
        if totals.contains(&id) && beside_internal.contains(&id) {
            out = Decimal::TWO;
        } else if totals.contains(&id) {
            out += Decimal::from(10_000_000);
        }
        if told.contains(&id) {
            out += Decimal::from(1_000_000_000);
        }
        Some((id, out))
    };
    public.iter().filter_map(|id| price(*id)).collect()
}
