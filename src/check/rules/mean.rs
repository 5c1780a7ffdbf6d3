// SPDX-License-Identifier: EUPL-1.2
//! A quota of the whole that lies outside the quotas of its parts, and shares that are not 100 %.

use crate::check::{Rule, Run};
use crate::diag::{Disagreement, Finding};
use crate::model::Programme;
use crate::model::figures::{Amount, FigureId, Origin};
use crate::model::quantity::{Interval, Unit, UnitName};
use crate::model::table::{RowKind, Table};

/// See `docs/regeln.md`.
pub(in crate::check) const RULE: Rule = Rule {
    code: "durchschnitt",
    run: Run::Data(|programme| {
        programme.tables.iter().flat_map(|table| of_table(programme, table)).collect()
    }),
};

fn of_table(programme: &Programme, table: &Table) -> Vec<Finding> {
    let mut out = Vec::new();
    for column in 0..table.columns.len() {
        let mut parts: Vec<FigureId> = Vec::new();
        for (at, row) in table.rows.iter().enumerate() {
            let Some(id) = table.figure(at, column) else { continue };
            match row.kind {
                RowKind::Body if row.counts => parts.push(id),
                RowKind::Total => {
                    out.extend(outside(programme, id, &parts));
                    parts.clear();
                }
                RowKind::Body | RowKind::Group | RowKind::Part => {}
            }
        }
    }
    out
}

/// Whether figures of this unit cannot be added but are means of each other.
fn is_quota(amount: &Amount) -> bool {
    amount.unit.as_ref().is_some_and(|unit: &Unit| unit.is_rounded() || unit.per.is_some())
}

fn outside(programme: &Programme, whole: FigureId, parts: &[FigureId]) -> Option<Finding> {
    let figures = &programme.figures;
    let figure = figures.get(whole);
    if parts.len() < 2 {
        return None;
    }
    // A computed quota follows from its own formula; one that was typed into a row of totals is what
    // was stated there.
    let said = match &figure.origin {
        Origin::Entered(quantity) => quantity,
        Origin::Sum(_) => figure.stated.as_ref()?.quantity.as_ref()?,
        _ => return None,
    };
    let total = &Amount::of(said).filter(is_quota)?;
    let amounts: Vec<&Amount> =
        parts.iter().filter_map(|id| figures.outcome(*id).amount.as_ref()).collect();
    if amounts.len() != parts.len()
        || amounts.iter().any(|amount| amount.dimension() != total.dimension())
    {
        return None;
    }
    let zero = Interval::exact(rust_decimal::Decimal::ZERO);
    let sum = amounts.iter().try_fold(zero, |sum, amount| sum.plus(amount.interval))?;
    if sum.overlaps(total.interval) {
        return None;
    }
    amounts
        .iter()
        .map(|amount| amount.interval)
        .reduce(Interval::hull)
        .filter(|range| !range.overlaps(total.interval))?;
    let printed = amounts.iter().map(|amount| Interval::exact(amount.nominal));
    let printed = printed.reduce(Interval::hull)?;
    let percent = total.unit.as_ref().is_some_and(|unit| unit.name == UnitName::Percent);
    let hundred = rust_decimal::Decimal::ONE_HUNDRED;
    let shares = percent && total.nominal == hundred;
    let (message, computed) = if shares {
        let text = show(total, sum);
        (format!("Die Anteile ergeben zusammen nicht 100 %: {}.", figure.label), text)
    } else {
        let message = format!(
            "Der Wert für das Ganze liegt außerhalb der Werte seiner Teile: {}.",
            figure.label
        );
        (message, show(total, printed))
    };
    let mut finding = Finding::error("durchschnitt", message)
        .at(figure.span, "kann so nicht aus den Zeilen darüber entstehen")
        .hint("Eine Quote des Ganzen liegt zwischen der kleinsten und der größten ihrer Teile. Prüfen Sie die Bezugsgröße oder eine vertauschte Zeile.");
    finding.disagreement = Some(Disagreement {
        stated: said.to_string(),
        computed,
        difference: None,
        source: if shares { "addiert" } else { "möglich" },
    });
    finding.acknowledged = figure.reason().map(str::to_owned);
    Some(finding)
}

/// A range in the notation of one of its members.
fn show(like: &Amount, range: Interval) -> String {
    let end = |value: Option<rust_decimal::Decimal>| {
        value.map_or_else(String::new, |value| like.like(value).quantity().to_string())
    };
    let (low, high) = (end(range.low), end(range.high));
    if low == high { low } else { format!("{low} bis {high}") }
}
