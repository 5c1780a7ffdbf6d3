// SPDX-License-Identifier: EUPL-1.2
//! Figures by their value: as printed first, then in another scale, then within what rounding allows.

use rust_decimal::Decimal;

use super::Hit;
use crate::explain::Explainer;
use crate::model::figures::{Amount, FigureId};
use crate::model::quantity::{Quantity, Scale, Unit, Value, parse};

/// How near a figure comes to what was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// The same digits in the same scale.
    Printed,
    /// The same value, written otherwise.
    Same,
    /// One is the other, rounded.
    Rounded,
}

impl Explainer<'_> {
    /// All figures of a value, the exact ones first.
    pub(super) fn by_value(&self, what: &str) -> Vec<Hit> {
        let Ok(wanted) = parse(what, &self.programme.units) else { return Vec::new() };
        let mut found: Vec<(Fit, FigureId)> = Vec::new();
        for (id, _) in self.figures().iter() {
            if let Some(fit) = self.fit(id, &wanted, what) {
                found.push((fit, id));
            }
        }
        found.sort_unstable();
        let nearest = found.first().map(|(fit, _)| *fit);
        let hit = |(fit, id): (Fit, FigureId)| {
            let remark = match fit {
                Fit::Printed => None,
                Fit::Same => Some("anders geschrieben".to_owned()),
                Fit::Rounded => Some("gerundet".to_owned()),
            };
            let near = fit == Fit::Same && nearest != Some(Fit::Rounded);
            Hit { id, remark, exact: Some(fit) == nearest || near }
        };
        found.into_iter().map(hit).collect()
    }

    fn fit(&self, id: FigureId, wanted: &Quantity, what: &str) -> Option<Fit> {
        let figures = self.figures();
        let computed = figures.computed_with_unit(id);
        let stated = figures.get(id).stated.as_ref().and_then(|stated| stated.quantity.clone());
        let own = computed
            .as_ref()
            .and_then(|computed| fit(wanted, computed, figures.outcome(id).amount.as_ref()));
        let of_claim = stated.as_ref().and_then(|stated| fit(wanted, stated, None));
        let printed = || {
            let mentions = self.index.mentions.get(&id)?;
            let said = mentions.iter().any(|mention| {
                let passage = &self.programme.passages[mention.passage];
                let words = &passage.text[passage.marks[mention.mark].range.clone()];
                words.replace('\u{a0}', " ") == what
            });
            said.then_some(Fit::Printed)
        };
        [own, of_claim, printed()].into_iter().flatten().min()
    }
}

fn fit(wanted: &Quantity, own: &Quantity, amount: Option<&Amount>) -> Option<Fit> {
    if !wanted.is_number() || !own.is_number() {
        return (wanted.value == own.value).then_some(Fit::Printed);
    }
    let units = match (&wanted.unit, &own.unit) {
        (Some(wanted), Some(own)) => {
            let bare = |unit: &Unit| Unit { per: None, ..unit.clone() }.dimension();
            bare(wanted) == bare(own) && (wanted.per.is_none() || wanted.per == own.per)
        }
        (Some(_), None) => false,
        (None, _) => true,
    };
    if !units || ratio(wanted) != ratio(own) {
        return None;
    }
    let bare = wanted.unit.is_none() && wanted.scale == Scale::One;
    let printed = digits(wanted) == digits(own) && digits(own).is_some();
    if printed && (bare || wanted.scale == own.scale) {
        return Some(if wanted.qualifier == own.qualifier { Fit::Printed } else { Fit::Same });
    }
    let stated = Amount::of(own)?;
    let exact = amount.unwrap_or(&stated);
    let asked = Amount::of(wanted)?;
    if (asked.nominal, asked.most) == (stated.nominal, stated.most) {
        return Some(Fit::Same);
    }
    // Ranges and open ends are met by too much to say anything.
    let single = |amount: &Amount| {
        amount.most.is_none() && amount.interval.low.is_some() && amount.interval.high.is_some()
    };
    let near = asked.interval.contains(exact.nominal) || exact.interval.contains(asked.nominal);
    // Bare digits may mean anything; only figures that are as bare come near them.
    let alike = !bare || own.unit.is_none() && own.scale == Scale::One;
    (alike && single(&asked) && single(exact) && near).then_some(Fit::Rounded)
}

/// The printed numbers, without scale and unit.
fn digits(quantity: &Quantity) -> Option<(Decimal, Option<Decimal>)> {
    match &quantity.value {
        Value::Number(number) => Some((number.value, None)),
        Value::Range(one, other) | Value::UpTo(one, other) | Value::Ratio(one, other) => {
            Some((one.value, Some(other.value)))
        }
        _ => quantity.nominal().map(|nominal| (nominal, None)),
    }
}

fn ratio(quantity: &Quantity) -> bool {
    matches!(quantity.value, Value::Ratio(..))
}
