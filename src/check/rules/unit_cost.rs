// SPDX-License-Identifier: EUPL-1.2
//! A measure whose cost per entry is far from that of its sister measures.

use rust_decimal::Decimal;

use crate::check::{Rule, Run};
use crate::diag::{Disagreement, Finding};
use crate::model::Programme;
use crate::model::figures::{Amount, FigureId};
use crate::model::programme::Measure;
use crate::model::quantity::{Number, Quantity, Unit, UnitName, Value};
use crate::tree::walk;

/// See `docs/regeln.md`.
pub(in crate::check) const RULE: Rule = Rule {
    code: "kosten-je-eintritt",
    run: Run::Data(|programme| {
        programme
            .tables
            .iter()
            .flat_map(|table| {
                let rows = table.rows.iter().filter_map(|row| match row.measures.as_slice() {
                    [one] if row.part.is_none() => programme.measure(one),
                    _ => None,
                });
                of_sisters(programme, rows)
            })
            .collect()
    }),
};

/// Fewer sisters say nothing about what is usual.
const FEWEST: usize = 4;

/// So many times more or less than the usual cost is no matter of planning any more: a slip of the
/// comma, or thousands of euros in the place of euros.
const FAR: i64 = 50;

/// Euros that no entry is too cheap for: a travel to an interview, a trial at an employer.
const CHEAP: i64 = 40;

struct Cost<'a> {
    measure: &'a Measure,
    budget: FigureId,
    entries: FigureId,
    each: Decimal,
}

fn of_sisters<'a>(
    programme: &Programme,
    measures: impl Iterator<Item = &'a Measure>,
) -> Vec<Finding> {
    let mut costs: Vec<Cost<'a>> =
        measures.filter_map(|measure| cost(programme, measure)).collect();
    if costs.len() < FEWEST {
        return Vec::new();
    }
    costs.sort_by_key(|cost| (cost.each, cost.measure.id.clone()));
    let usual = costs[costs.len() / 2].each;
    let far = Decimal::from(FAR);
    costs
        .iter()
        .filter(|cost| {
            let more = usual.checked_mul(far).is_some_and(|limit| cost.each > limit);
            let less = cost.each.checked_mul(far).is_some_and(|limit| limit < usual)
                && cost.each < Decimal::from(CHEAP);
            more || less
        })
        .map(|cost| finding(programme, cost, usual))
        .collect()
}

fn cost<'a>(programme: &Programme, measure: &'a Measure) -> Option<Cost<'a>> {
    let (budget, entries) = (measure.figure("mittelansatz")?, measure.figure("eintritte")?);
    let plain = |id: FigureId| -> Option<&Amount> {
        let outcome = programme.figures.outcome(id);
        let amount = outcome.amount.as_ref().filter(|_| !outcome.incomplete)?;
        (amount.most.is_none() && amount.nominal > Decimal::ZERO).then_some(amount)
    };
    let each = plain(budget)?.nominal.checked_div(plain(entries)?.nominal)?;
    Some(Cost { measure, budget, entries, each })
}

fn finding(programme: &Programme, cost: &Cost<'_>, usual: Decimal) -> Finding {
    let figures = &programme.figures;
    let (budget, entries) = (figures.get(cost.budget), figures.get(cost.entries));
    let value = |id| figures.computed_with_unit(id).map_or_else(String::new, |v| v.to_string());
    let name = walk::plain(&cost.measure.name);
    let mut finding = Finding::warning(
        "kosten-je-eintritt",
        format!("Die Kosten je Eintritt liegen weit ab von denen der anderen Maßnahmen dieser Tabelle: {name}."),
    )
    .at(budget.span, format!("{} für …", value(cost.budget)))
    .label(entries.span, format!("… {}", value(cost.entries)))
    .hint("Prüfen Sie Komma, Tausenderpunkt und Einheit (€ oder T€) beider Zahlen.")
    .about(name);
    finding.disagreement = Some(Disagreement {
        stated: euros(cost.each),
        computed: euros(usual),
        difference: None,
        source: "üblich hier",
    });
    finding.acknowledged = budget.reason().or_else(|| entries.reason()).map(str::to_owned);
    finding
}

fn euros(value: Decimal) -> String {
    let number = Number { value: value.round_dp(0), decimals: 0, plus: false };
    let amount = Quantity {
        unit: Some(Unit::plain(UnitName::Euro)),
        ..Quantity::new(Value::Number(number))
    };
    format!("{amount} je Eintritt")
}
