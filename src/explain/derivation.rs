// SPDX-License-Identifier: EUPL-1.2
//! How a figure came about: the tree of calculations down to what was entered.

use std::collections::BTreeSet;

use super::{Explainer, Place, wording};
use crate::model::figures::{FigureId, Origin};
use crate::model::table::Share;

/// A figure in the tree of another one.
#[derive(Debug, Clone)]
pub struct Node {
    /// The figure.
    pub id: FigureId,
    /// Its path.
    pub path: String,
    /// What it is, in words.
    pub label: String,
    /// Its value with its unit.
    pub value: String,
    /// Where it stands.
    pub place: Place,
    /// How it came about, in a line; `None` if it was entered.
    pub how: Option<String>,
    /// Why it does not count in the sum above it.
    pub left_out: Option<String>,
    /// What is stated in its place, if that differs.
    pub stated: Option<String>,
    /// What else is to be known: what it stands for, what was rounded.
    pub notes: Vec<String>,
    /// Whether its parts were shown before.
    pub repeated: bool,
    /// What it came from.
    pub parts: Vec<Node>,
}

/// The tree of a figure.
pub(super) fn of(explainer: &Explainer<'_>, id: FigureId) -> Node {
    Builder { explainer, shown: BTreeSet::new() }.node(id, None)
}

struct Builder<'a, 'p> {
    explainer: &'a Explainer<'p>,
    /// Figures whose parts were shown.
    shown: BTreeSet<FigureId>,
}

impl Builder<'_, '_> {
    fn node(&mut self, id: FigureId, left_out: Option<String>) -> Node {
        let explainer = self.explainer;
        let (figures, figure) = (explainer.figures(), explainer.figures().get(id));
        let mut node = Node {
            id,
            path: figure.path.clone(),
            label: figure.label.clone(),
            value: explainer.value(id),
            place: explainer.place(figure.span),
            how: wording::how(figures, id, explainer.reproduction()),
            stated: explainer.stated(id),
            notes: notes(explainer, id),
            repeated: false,
            parts: Vec::new(),
            left_out,
        };
        // What does not count is not followed; it is said where it stands.
        if node.how.is_some() && node.left_out.is_none() {
            if self.shown.insert(id) {
                node.parts = self.parts(id);
            } else {
                node.repeated = true;
            }
        }
        node
    }

    fn parts(&mut self, id: FigureId) -> Vec<Node> {
        let explainer = self.explainer;
        let (figures, reproduction) = (explainer.figures(), explainer.reproduction());
        let mut seen = BTreeSet::new();
        let operands = figures.operands(id).into_iter().filter(|operand| seen.insert(*operand));
        let sum = wording::is_sum(figures, id);
        let mut parts: Vec<(FigureId, Option<String>)> = operands
            .map(|operand| {
                let left_out = sum && !figures.counts(operand, reproduction);
                let quantity = figures.operand(operand, reproduction);
                (operand, left_out.then(|| wording::left_out(quantity.as_ref())))
            })
            .collect();
        if matches!(figures.get(id).origin, Origin::Sum(_)) {
            parts = self.with_rows_left_out(id, parts);
        }
        // An empty cell adds nothing and tells nothing.
        parts.retain(|(part, left_out)| {
            left_out.is_none() || figures.operand(*part, reproduction).is_some()
        });
        parts.into_iter().map(|(part, left_out)| self.node(part, left_out)).collect()
    }

    /// The parts of a table's total with the rows that it does not add, in the order of the table.
    fn with_rows_left_out(
        &self,
        id: FigureId,
        parts: Vec<(FigureId, Option<String>)>,
    ) -> Vec<(FigureId, Option<String>)> {
        let index = &self.explainer.index;
        let Some(cell) = index.cells.get(&id) else { return parts };
        let table = &self.explainer.programme.tables[cell.table];
        let beside =
            |part: &FigureId| index.cells.get(part).is_some_and(|of| of.table == cell.table);
        // A cell that adds measures is a sum of its own kind.
        if !parts.iter().all(|(part, _)| beside(part)) {
            return parts;
        }
        let mut rest = parts;
        let mut out = Vec::new();
        for (row, share) in table.summands(cell.row) {
            let Some(part) = table.figure(row, cell.column) else { continue };
            let known = rest.iter().position(|(known, _)| *known == part);
            out.push(match (known, share) {
                (Some(at), _) => rest.remove(at),
                (None, Share::Part) => {
                    (part, Some("„darunter“-Zeile, im Wert darüber enthalten".to_owned()))
                }
                (None, _) => (part, Some("die Zeile hat „zaehlt: nein“".to_owned())),
            });
        }
        out.extend(rest);
        out
    }
}

fn notes(explainer: &Explainer<'_>, id: FigureId) -> Vec<String> {
    let figures = explainer.figures();
    // What is shown again is explained where it comes from.
    let Some(quantity) = figures.computed_with_unit(id).filter(|_| figures.entered_at(id) == id)
    else {
        return Vec::new();
    };
    let amount = figures.outcome(id).amount.as_ref();
    let entered = matches!(figures.get(id).origin, Origin::Entered(_));
    let mut out = Vec::new();
    if explainer.reproduction() && explainer.stated(id).is_some() {
        out.push("damit wird weitergerechnet".to_owned());
    }
    if let Some(range) = wording::stands_for(&quantity, amount) {
        out.push(format!("steht für {range}"));
    } else if let Some(exact) = amount.and_then(|amount| wording::unrounded(&quantity, amount))
        && !entered
    {
        out.push(format!("gerundet aus {exact}"));
    }
    out
}
