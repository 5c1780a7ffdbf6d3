// SPDX-License-Identifier: EUPL-1.2
//! A figure that goes into one total on two ways.

use std::collections::BTreeMap;

use crate::check::{Rule, Run};
use crate::diag::Finding;
use crate::model::Programme;
use crate::model::figures::{FigureId, Figures, Origin};
use crate::model::formula::{Formula, Function, Operator};

/// See `docs/regeln.md`.
pub(in crate::check) const RULE: Rule = Rule {
    code: "doppelt-gezaehlt",
    run: Run::Data(|programme| {
        let figures = &programme.figures;
        let mut out = Vec::new();
        let mut known = BTreeMap::new();
        for (id, _) in figures.iter().filter(|(id, _)| is_sum(figures, *id)) {
            // A total of totals has counted twice what one of them did; the first one is named.
            if operands_at_fault(figures, id, &mut known) {
                continue;
            }
            if let Some((part, ways)) = twice(figures, id) {
                out.push(finding(programme, id, part, ways));
            }
        }
        out
    }),
};

fn is_sum(figures: &Figures, id: FigureId) -> bool {
    matches!(
        &figures.get(id).origin,
        Origin::Sum(_)
            | Origin::Computed(
                Formula::Call(Function::Sum, _) | Formula::Binary(Operator::Add, ..)
            )
    )
}

fn operands_at_fault(
    figures: &Figures,
    id: FigureId,
    known: &mut BTreeMap<FigureId, bool>,
) -> bool {
    if let Some(fault) = known.get(&id) {
        return *fault;
    }
    // A circle is reported elsewhere; here it must only end.
    known.insert(id, false);
    let mut fault = false;
    for operand in addends(figures, id) {
        fault |= is_sum(figures, operand) && twice(figures, operand).is_some()
            || operands_at_fault(figures, operand, known);
    }
    known.insert(id, fault);
    fault
}

/// What is added, as far as it counts.
fn addends(figures: &Figures, id: FigureId) -> Vec<FigureId> {
    fn plus(formula: &Formula<FigureId>, out: &mut Vec<FigureId>) {
        match formula {
            Formula::Figure(id) => out.push(*id),
            Formula::Binary(Operator::Add, left, right) => {
                plus(left, out);
                plus(right, out);
            }
            Formula::Call(Function::Sum, arguments) => {
                arguments.iter().for_each(|argument| plus(argument, out));
            }
            // What is taken away again, or multiplied, is a calculation that somebody meant.
            _ => {}
        }
    }
    let mut out = match &figures.get(id).origin {
        Origin::Sum(members) => members.clone(),
        Origin::Same(other) => vec![*other],
        Origin::Computed(formula) => {
            let mut out = Vec::new();
            plus(formula, &mut out);
            out
        }
        _ => Vec::new(),
    };
    out.retain(|id| figures.outcome(*id).counts);
    out
}

/// The first figure that is reached twice from a total, and how often.
fn twice(figures: &Figures, total: FigureId) -> Option<(FigureId, usize)> {
    const DEEPEST: usize = 10_000;
    let mut count: BTreeMap<FigureId, usize> = BTreeMap::new();
    let mut open = addends(figures, total);
    let mut steps = 0;
    while let Some(id) = open.pop() {
        steps += 1;
        if steps > DEEPEST {
            return None;
        }
        let parts = addends(figures, id);
        if parts.is_empty() {
            let something =
                figures.outcome(id).amount.as_ref().is_some_and(|amount| !amount.nominal.is_zero());
            if something {
                *count.entry(id).or_default() += 1;
            }
        }
        open.extend(parts);
    }
    count.into_iter().find(|(_, ways)| *ways > 1)
}

fn finding(programme: &Programme, total: FigureId, part: FigureId, ways: usize) -> Finding {
    let figures = &programme.figures;
    let (sum, member) = (figures.get(total), figures.get(part));
    let value = figures.computed_with_unit(part).map_or_else(String::new, |v| v.to_string());
    let mut finding = Finding::warning(
        "doppelt-gezaehlt",
        format!("In „{}“ ist eine Zahl {ways}-mal gezählt: {} ({value}).", sum.label, member.label),
    )
    .at(sum.span, "diese Summe")
    .label(member.span, "wird mehrmals gezählt")
    .about(member.label.clone())
    .hint("Zählt die Zeile nur an einer Stelle, schreiben Sie an der anderen „zaehlt: nein“ oder den Wert in Klammern.");
    finding.acknowledged = sum.reason().map(str::to_owned);
    finding
}
