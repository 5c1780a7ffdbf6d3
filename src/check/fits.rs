// SPDX-License-Identifier: EUPL-1.2
//! Whether words and claims fit figures, for those who calculate with other figures than the data.

use super::agreement::{self, Agreement};
use super::rules::text_figure::{Bound, signed};
use crate::diag::Span;
use crate::model::figures::{FigureId, Figures};
use crate::model::quantity::{Units, read_in_text};

/// Whether the words bound to a figure fit its computed value; `None` if they say nothing about it.
pub fn words(
    figures: &Figures,
    units: &Units,
    id: FigureId,
    text: &str,
    span: Span,
) -> Option<bool> {
    let stated = read_in_text(text, units)?;
    let bound = Bound { id, text: text.to_owned(), span, acknowledged: None, declines: false };
    let stated = signed(stated, &bound, figures);
    let computed = figures.computed_with_unit(id)?;
    let outcome = figures.outcome(id);
    if outcome.incomplete {
        return None;
    }
    let verdict = agreement::compare(&stated, &computed, outcome.amount.as_ref());
    Some(!matches!(verdict, Agreement::Contradicts(_)))
}

/// Whether what was stated in a figure's place fits its computed value; `None` if nothing was.
pub fn claim(figures: &Figures, id: FigureId) -> Option<bool> {
    let verdict = agreement::of_place(figures, id)?;
    Some(!matches!(verdict, Agreement::Contradicts(_)))
}
