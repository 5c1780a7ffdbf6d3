// SPDX-License-Identifier: EUPL-1.2
//! Checks of the house and key amounts, with the room that they leave.

use std::collections::BTreeMap;

use super::{Dependent, Kind, Target};
use crate::explain::{Explainer, wording};
use crate::model::figures::{Amount, FigureId, Figures};
use crate::model::programme::Bound;
use crate::model::quantity::UnitName;

/// The checks in which one of the figures goes.
pub(super) fn of(explainer: &Explainer<'_>, reached: &BTreeMap<FigureId, usize>) -> Vec<Dependent> {
    let figures = explainer.figures();
    let check = |label: String, path, place, target| {
        let Target::Limit(kind, value, limit) = target else { return None };
        let depth = [value, limit].iter().filter_map(|id| reached.get(id)).min()?;
        Some(Dependent {
            kind: Kind::Check,
            path,
            group: String::new(),
            label,
            place,
            old: room(figures, kind, value, limit),
            new: None,
            difference: None,
            remark: None,
            direct: *depth <= 1,
            bound: None,
            target,
        })
    };
    let mut out = Vec::new();
    for limit in &explainer.programme.limits {
        for (kind, bound) in &limit.bounds {
            let label = format!("{} ({} {})", limit.label, word(*kind), explainer.value(*bound));
            let target = Target::Limit(*kind, limit.value, *bound);
            let path = Some(format!("pruefungen.{}", limit.id));
            out.extend(check(label, path, explainer.place(limit.span), target));
        }
    }
    // What all measures cost must not be more than there is.
    if let Some(budgets) = figures.find("massnahmen.mittelansatz") {
        for key in &explainer.programme.key_amounts {
            if !["eingliederungstitel", "neufaelle"].contains(&key.name.as_str()) {
                continue;
            }
            let label = format!(
                "Mittelansätze aller Maßnahmen gegenüber: {}",
                figures.get(key.figure).label
            );
            let target = Target::Limit(Bound::Most, budgets, key.figure);
            out.extend(check(label, None, explainer.place(key.span), target));
        }
    }
    out
}

/// How a value stands to its limit, in a word.
pub(in crate::explain) fn word(kind: Bound) -> &'static str {
    match kind {
        Bound::Equal => "gleich",
        Bound::Most => "höchstens",
        Bound::Least => "mindestens",
    }
}

/// How much room a limit leaves: "frei: 1,2 Mio. €", "ungedeckt: 230.000 €".
pub(in crate::explain) fn room(
    figures: &Figures,
    kind: Bound,
    value: FigureId,
    limit: FigureId,
) -> String {
    let amount = |id: FigureId| figures.outcome(id).amount.as_ref();
    let room = amount(value).zip(amount(limit)).and_then(|(value, limit)| match kind {
        Bound::Most => wording::less(limit, value),
        Bound::Least | Bound::Equal => wording::less(value, limit),
    });
    let Some(room) = room else { return "nicht vergleichbar".to_owned() };
    let money = room.unit.as_ref().is_some_and(|unit| unit.name == UnitName::Euro);
    let short = room.nominal.is_sign_negative() && !room.nominal.is_zero();
    let open = |id: FigureId| figures.outcome(id).incomplete;
    let unsure = if open(value) || open(limit) { " (unvollständig)" } else { "" };
    let size = |room: &Amount| format!("{}{unsure}", wording::absolute(room));
    match (kind, short) {
        (Bound::Equal, _) if room.nominal.is_zero() => format!("stimmt überein{unsure}"),
        (Bound::Equal, _) => format!("Unterschied: {}{unsure}", wording::signed(&room)),
        (Bound::Most, false) => format!("frei: {}", size(&room)),
        (Bound::Most, true) if money => format!("ungedeckt: {}", size(&room)),
        (Bound::Most, true) => format!("zu viel: {}", size(&room)),
        (Bound::Least, false) => format!("über der Grenze: {}", size(&room)),
        (Bound::Least, true) => format!("es fehlen: {}", size(&room)),
    }
}
