// SPDX-License-Identifier: EUPL-1.2
//! A total of the year before that the rows of this year's table do not give.
//!
//! What has been dropped since is part of the total that was published, and has no row any more.
//!
//! Not here: totals of this year.

use crate::check::agreement::{self, Agreement};
use crate::check::{Rule, Run};
use crate::diag::Finding;
use crate::model::Programme;
use crate::model::figures::{Figure, FigureId, Figures, Origin, Style};
use crate::model::quantity::Quantity;
use crate::model::table::{Share, Table};

/// See `docs/regeln.md`.
pub(in crate::check) const RULE: Rule = Rule {
    code: "summe-vorjahr",
    run: Run::Data(|programme| {
        let tables = programme.tables.iter();
        tables.flat_map(|table| of_table(programme, table)).collect()
    }),
};

fn of_table(programme: &Programme, table: &Table) -> Vec<Finding> {
    let figures = &programme.figures;
    let mut out = Vec::new();
    let columns = table.columns.iter().enumerate().filter(|(_, column)| column.earlier.is_some());
    for (column, _) in columns {
        for row in 0..table.rows.len() {
            let Some(id) = table.figure(row, column) else { continue };
            let earlier =
                matches!(figures.get(id).origin, Origin::Same(it) if figures.is_earlier(it));
            let members: Vec<FigureId> = table
                .summands(row)
                .into_iter()
                .filter(|(_, share)| *share == Share::Counts)
                .filter_map(|(row, _)| table.figure(row, column))
                .collect();
            // A total with a calculation of its own is not that of its rows.
            let added = table.rows[row].formula.is_none();
            if earlier && added && !members.is_empty() {
                out.extend(of_total(figures, id, members));
            }
        }
    }
    out
}

fn of_total(figures: &Figures, id: FigureId, members: Vec<FigureId>) -> Option<Finding> {
    let figure = figures.get(id);
    let total = figures.computed_with_unit(id).filter(Quantity::is_number)?;
    let mut trial = figures.clone();
    let sum = Figure::missing(String::new(), String::new(), figure.span, Style::default());
    let sum = trial.add(Figure { origin: Origin::Sum(members), ..sum });
    trial.calculate(false);
    let outcome = trial.outcome(sum);
    if outcome.incomplete || outcome.trouble.is_some() {
        return None;
    }
    let computed = trial.computed_with_unit(sum)?;
    let compared = agreement::compare(&total, &computed, outcome.amount.as_ref());
    let Agreement::Contradicts(disagreement) = compared else { return None };
    let finding = Finding::warning(
        "summe-vorjahr",
        format!("Die Zeilen ergeben nicht die Summe des Vorjahres: {}.", figure.label),
    )
    .at(figure.span, "zeigt die Summe, die im Vorjahr gedruckt wurde");
    let mut finding = Finding {
        disagreement: Some(disagreement),
        acknowledged: figure.reason().map(str::to_owned),
        ..finding
    };
    if let Origin::Same(other) = figure.origin {
        finding = finding.label(figures.get(other).span, "im Vorjahr");
    }
    Some(finding.hint("Ergänzen Sie eine Zeile für das, was seither weggefallen ist, oder erklären Sie den Unterschied unter der Tabelle und begründen Sie ihn an der Zelle unter „anerkannt:“."))
}
