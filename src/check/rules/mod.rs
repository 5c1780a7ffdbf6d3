// SPDX-License-Identifier: EUPL-1.2
//! The rules, one per file.

pub(super) mod calculation;
pub(super) mod change;
pub(super) mod change_missing;
pub(super) mod label;
pub(super) mod needless_acknowledgement;
pub(super) mod open_figure;
pub(super) mod part_of_whole;
pub(super) mod rounding;
pub(super) mod share;
pub(super) mod sum;
pub(super) mod text_figure;
pub(super) mod text_unreadable;
pub(super) mod two_values;

use super::agreement::{self, Agreement};
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
            let finding = agreement::finding(message(figure), figure, disagreement, label);
            out.push(parts(finding, figures, id));
        }
    }
    out
}

/// Adds the figures that went into a result as further places, as long as they are few.
fn parts(mut finding: Finding, figures: &Figures, id: FigureId) -> Finding {
    const FEW: usize = 3;
    let operands = figures.operands(id);
    if operands.len() > FEW {
        let count = operands.len();
        return finding.hint(format!("Der berechnete Wert ergibt sich aus {count} Zahlen."));
    }
    for operand in operands {
        let figure = figures.get(operand);
        let value = figures.computed_with_unit(operand).map(|value| value.to_string());
        let shown = figure.stated.as_ref().and_then(|stated| stated.quantity.as_ref());
        let text = shown.map(ToString::to_string).or(value).unwrap_or_default();
        finding = finding.label(figure.span, format!("{}: {text}", figure.label));
    }
    finding
}
