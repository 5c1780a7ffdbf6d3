// SPDX-License-Identifier: EUPL-1.2
//! A row that is called a total and was not said to be one, so that nothing checks it.

use rust_decimal::Decimal;

use crate::check::{Rule, Run};
use crate::diag::{Disagreement, Finding};
use crate::model::Programme;
use crate::model::figures::{Amount, Origin};
use crate::model::quantity::Interval;
use crate::model::table::{Cell, Row, RowKind, Table};
use crate::tree::walk;

/// See `docs/regeln.md`.
pub(in crate::check) const RULE: Rule = Rule {
    code: "summe-ohne-art",
    run: Run::Data(|programme| {
        programme.tables.iter().flat_map(|table| of_table(programme, table)).collect()
    }),
};

fn of_table(programme: &Programme, table: &Table) -> Vec<Finding> {
    let mut out = Vec::new();
    let mut start = 0;
    for (at, row) in table.rows.iter().enumerate() {
        if matches!(row.kind, RowKind::Group | RowKind::Total) {
            start = at + 1;
        } else if row.kind == RowKind::Body && row.formula.is_none() && is_called_total(row) {
            out.extend(finding(programme, table, start..at, at));
            start = at + 1;
        }
    }
    out
}

fn is_called_total(row: &Row) -> bool {
    const NAMES: [&str; 6] =
        ["summe", "gesamtsumme", "zwischensumme", "insgesamt", "gesamt", "zusammen"];
    let name = row.cells.iter().find_map(|cell| match cell {
        Cell::Text(text) => Some(walk::plain(text).to_lowercase()),
        _ => None,
    });
    let first = name.as_deref().and_then(|name| name.split_whitespace().next());
    first.is_some_and(|first| NAMES.contains(&first.trim_end_matches(':')))
}

/// A total that the rows above do not give, or that gives them by chance and is not said to be one.
fn finding(
    programme: &Programme,
    table: &Table,
    above: std::ops::Range<usize>,
    total: usize,
) -> Option<Finding> {
    let figures = &programme.figures;
    let amount = |row: usize, column: usize| -> Option<&Amount> {
        figures.outcome(table.figure(row, column)?).amount.as_ref()
    };
    let mut compared = false;
    let mut wrong = None;
    for column in 0..table.columns.len() {
        let Some(id) = table.figure(total, column) else { continue };
        let Some(said) = figures.outcome(id).amount.as_ref() else { continue };
        // Quotas have no sum, and a formula is a sum of its own.
        if said.unit.as_ref().is_some_and(crate::model::quantity::Unit::is_rounded)
            || !matches!(figures.get(id).origin, Origin::Entered(_))
        {
            continue;
        }
        let parts: Vec<&Amount> = above
            .clone()
            .filter(|row| table.rows[*row].kind == RowKind::Body && table.rows[*row].counts)
            .filter_map(|row| amount(row, column))
            .collect();
        if parts.len() < 2 {
            continue;
        }
        compared = true;
        let zero = Interval::exact(Decimal::ZERO);
        let sum = parts.iter().try_fold(zero, |sum, part| sum.plus(part.interval))?;
        let nominal =
            parts.iter().try_fold(Decimal::ZERO, |sum, part| sum.checked_add(part.nominal))?;
        if !sum.overlaps(said.interval) {
            wrong.get_or_insert((
                id,
                said.quantity().to_string(),
                said.like(nominal).quantity().to_string(),
            ));
        }
    }
    if !compared {
        return None;
    }
    let row = &table.rows[total];
    let hint = "Schreiben Sie „art: summe“ in die Zeile: dann rechnet amip die Summe und prüft, was dort steht. Ist es keine Summe der Zeilen darüber, nennen Sie sie anders.";
    Some(match wrong {
        None => Finding::note(
            "summe-ohne-art",
            "Diese Zeile heißt wie eine Summe, ist aber eine gewöhnliche Zeile.",
        )
        .at(row.span, "wird nicht nachgerechnet")
        .hint(hint),
        Some((id, stated, computed)) => {
            let figure = figures.get(id);
            let mut finding = Finding::warning(
                "summe-ohne-art",
                format!("Diese Zeile heißt wie eine Summe, ergibt sich aber nicht aus den Zeilen darüber: {}.", figure.label),
            )
            .at(figure.span, "gewöhnliche Zeile")
            .about(figure.label.clone())
            .hint(hint);
            finding.disagreement =
                Some(Disagreement { stated, computed, difference: None, source: "addiert" });
            finding.acknowledged = figure.reason().map(str::to_owned);
            finding
        }
    })
}
