// SPDX-License-Identifier: EUPL-1.2
//! The rules, one per file.

pub(super) mod abbreviation_twice;
pub(super) mod abbreviation_unexplained;
pub(super) mod abbreviation_unused;
pub(super) mod as_of;
pub(super) mod calculation;
pub(super) mod caption_twice;
pub(super) mod caseload;
pub(super) mod change;
pub(super) mod change_missing;
pub(super) mod citation_form;
pub(super) mod class_gap;
pub(super) mod column_kind;
pub(super) mod counted_list;
pub(super) mod counted_twice;
pub(super) mod date_order;
pub(super) mod direction;
pub(super) mod division_by_zero;
pub(super) mod earlier_total;
pub(super) mod empty_text;
pub(super) mod free_number;
pub(super) mod funding_cap;
pub(super) mod label;
pub(super) mod last_year;
pub(super) mod legal_basis;
pub(super) mod like_last_year;
pub(super) mod limit;
pub(super) mod mean;
pub(super) mod measure_nowhere;
pub(super) mod municipal_share;
pub(super) mod needless_acknowledgement;
pub(super) mod negative_rest;
pub(super) mod not_inserted;
pub(super) mod number;
pub(super) mod odd_cell;
pub(super) mod odd_scale;
pub(super) mod open_figure;
pub(super) mod outdated_term;
pub(super) mod part_of_whole;
pub(super) mod participation;
pub(super) mod placeholder;
pub(super) mod priority_without_chapter;
pub(super) mod repeated_text;
pub(super) mod rounding;
pub(super) mod share;
pub(super) mod skeleton_text;
pub(super) mod source_missing;
pub(super) mod spelling;
pub(super) mod strategy_missing;
pub(super) mod sum;
pub(super) mod text_figure;
pub(super) mod text_unreadable;
pub(super) mod title_differs;
pub(super) mod two_entries;
pub(super) mod two_values;
pub(super) mod typed_reference;
pub(super) mod unit_cost;
pub(super) mod unit_differs;
pub(super) mod unmarked_total;
pub(super) mod word_remains;

pub(super) use text_figure::bound_figures;

use std::collections::BTreeSet;

use super::agreement::{self, Agreement};
use super::causes;
use crate::diag::Finding;
use crate::model::Programme;
use crate::model::figures::{Figure, FigureId, Figures, Origin};
use crate::model::formula::{Formula, Function};

/// The calculations whose results are compared with what was stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Sum,
    Share,
    Change,
    Other,
}

fn kind(figures: &Figures, id: FigureId) -> Option<Kind> {
    Some(match &figures.get(id).origin {
        Origin::Sum(_) | Origin::Computed(Formula::Call(Function::Sum, _)) => Kind::Sum,
        Origin::Computed(Formula::Call(Function::Share, _)) => Kind::Share,
        Origin::Computed(Formula::Call(Function::Change | Function::Points, _)) => Kind::Change,
        // A formula that only names another figure shows that figure again.
        Origin::Computed(Formula::Figure(_)) => return None,
        Origin::Computed(_) => Kind::Other,
        Origin::Entered(_) | Origin::Same(_) | Origin::Missing | Origin::Pending(..) => {
            return None;
        }
    })
}

/// Findings for every computed figure of a kind whose stated value contradicts it.
fn contradictions(
    programme: &Programme,
    wanted: Kind,
    message: impl Fn(&Figure) -> Finding,
    label: &str,
) -> Vec<Finding> {
    let figures = &programme.figures;
    let mut out = Vec::new();
    for (id, figure) in figures.iter() {
        if kind(figures, id) != Some(wanted) {
            continue;
        }
        if let Some(Agreement::Contradicts(disagreement)) = agreement::of_place(figures, id) {
            let stated = figure.stated.as_ref().and_then(|stated| stated.quantity.as_ref());
            let cause = stated.and_then(|stated| causes::likely(figures, id, stated));
            let finding = message(figure).hint_if(cause);
            let finding = agreement::finding(finding, figure, disagreement, label);
            out.push(parts(finding, figures, id));
        }
    }
    out
}

/// Adds the figures that went into a result as further places, as long as they are few, and the
/// addition itself; parts that do not count are named, for they are the likeliest cause.
fn parts(mut finding: Finding, figures: &Figures, id: FigureId) -> Finding {
    const FEW: usize = 3;
    const MANY: usize = 16;
    let operands = figures.operands(id);
    let value = |id: FigureId| {
        let stated = figures.get(id).stated.as_ref().and_then(|stated| stated.quantity.clone());
        stated.or_else(|| figures.computed_with_unit(id))
    };
    if operands.len() <= FEW {
        for operand in &operands {
            let (figure, place) =
                (figures.get(*operand), figures.get(figures.entered_at(*operand)));
            let text = value(*operand).map_or_else(String::new, |value| value.to_string());
            finding = finding.label(place.span, format!("{}: {text}", figure.label));
        }
    }
    if kind(figures, id) == Some(Kind::Sum) {
        let counted =
            |id: &FigureId| value(*id).is_some_and(|value| value.counts() && value.is_number());
        let (added, left_out): (Vec<_>, Vec<_>) =
            operands.iter().copied().filter(|id| value(*id).is_some()).partition(counted);
        let kinds: BTreeSet<String> = added
            .iter()
            .filter_map(|id| value(*id).map(|value| format!("{:?}{:?}", value.scale, value.unit)))
            .collect();
        let shown = |id: &FigureId| match value(*id) {
            None => String::new(),
            Some(value) if kinds.len() > 1 => value.to_string(),
            Some(value) => value.without_unit().to_string(),
        };
        if added.len() <= MANY {
            let terms: Vec<String> = added.iter().map(shown).collect();
            finding = finding.hint(format!("Addiert wurde: {}.", terms.join(" + ")));
        }
        for id in left_out {
            let text = value(id).map_or_else(String::new, |value| value.to_string());
            if !matches!(text.as_str(), "./." | "–") {
                finding =
                    finding.hint(format!("„{text}“ zählt nicht mit ({}).", figures.get(id).label));
            }
        }
    }
    finding
}
