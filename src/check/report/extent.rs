// SPDX-License-Identifier: EUPL-1.2
//! How much was looked at: figures, tables, sentences, references, rules.

use crate::check::rules::bound_figures;
use crate::check::{RULES, prose};
use crate::model::Programme;
use crate::model::figures::{Figure, Origin};
use crate::model::formula::Formula;
use crate::model::quantity::thousands;
use crate::tree::passage::{MarkKind, PassageKind};
use crate::tree::{Cell, Row, RowKind, Table};

/// The table „Was geprüft wurde“. What there is none of is left out.
pub(super) fn table(programme: &Programme) -> Table {
    let figures = |which: fn(&Figure) -> bool| {
        programme.figures.iter().filter(|(_, figure)| which(figure)).count()
    };
    let running = || {
        let kinds = [PassageKind::Paragraph, PassageKind::Item];
        programme.passages.iter().filter(move |passage| kinds.contains(&passage.kind))
    };
    let marks = programme.passages.iter().flat_map(|passage| &passage.marks);
    let references = marks.filter(|mark| matches!(mark.kind, MarkKind::Reference(..))).count();
    let rows = [
        (RowKind::Body, "Zahlen in den Daten", programme.figures.len()),
        (RowKind::Part, "davon eingetragen", figures(|figure| origin(figure) == "entered")),
        (RowKind::Part, "davon berechnet", figures(|figure| origin(figure) == "computed")),
        (
            RowKind::Part,
            "davon von anderer Stelle übernommen",
            figures(|figure| origin(figure) == "same"),
        ),
        (RowKind::Part, "davon mit einem angegebenen Wert verglichen", figures(is_stated)),
        (RowKind::Body, "Tabellen", programme.tables.len()),
        (RowKind::Body, "Schaubilder und Bilder", programme.pictures.len()),
        (
            RowKind::Body,
            "Sätze",
            running().map(|passage| prose::sentences(&passage.text).len()).sum(),
        ),
        // How many numbers the texts hold altogether belongs in the next row, once they are counted.
        (
            RowKind::Body,
            "Zahlen in Texten, mit den Daten verglichen",
            bound_figures(programme).len(),
        ),
        (RowKind::Body, "Verweise innerhalb des Dokuments", references),
        (RowKind::Body, "angewandte Regeln", RULES.len()),
    ];
    let rows = rows.into_iter().filter(|(.., count)| *count > 0).map(|(kind, name, count)| Row {
        kind,
        cells: vec![
            Cell { header: true, ..Cell::text(name) },
            Cell::text(thousands(&count.to_string())),
        ],
    });
    super::table(&[("Gegenstand", 80), ("Anzahl", 20)], 1, rows.collect())
}

fn is_stated(figure: &Figure) -> bool {
    figure.stated.as_ref().is_some_and(|stated| stated.quantity.is_some())
}

/// Where a figure comes from, in a word.
fn origin(figure: &Figure) -> &'static str {
    match &figure.origin {
        Origin::Entered(_) => "entered",
        Origin::Same(_) | Origin::Computed(Formula::Figure(_)) => "same",
        Origin::Sum(_) | Origin::Computed(_) => "computed",
        Origin::Pending(..) | Origin::Missing => "missing",
    }
}
