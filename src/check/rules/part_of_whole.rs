// SPDX-License-Identifier: EUPL-1.2
//! A part ("darunter") that is larger than the row it is a part of.

use crate::check::{Rule, Run};
use crate::diag::{Disagreement, Finding};
use crate::model::Programme;
use crate::model::figures::FigureId;
use crate::model::table::{RowKind, Table};

/// See `docs/regeln.md`.
pub(in crate::check) const RULE: Rule = Rule {
    code: "teil-groesser",
    run: Run::Data(|programme| {
        programme.tables.iter().flat_map(|table| table_findings(programme, table)).collect()
    }),
};

fn table_findings(programme: &Programme, table: &Table) -> Vec<Finding> {
    let mut out = Vec::new();
    let mut whole = None;
    for (at, row) in table.rows.iter().enumerate() {
        match row.kind {
            RowKind::Body | RowKind::Group | RowKind::Total => whole = Some(at),
            RowKind::Part => {
                for column in 0..table.columns.len() {
                    let of = whole.and_then(|whole| table.figure(whole, column));
                    if table.columns[column].formula.is_none()
                        && let (Some(part), Some(of)) = (table.figure(at, column), of)
                    {
                        out.extend(larger(programme, part, of));
                    }
                }
            }
        }
    }
    out
}

fn larger(programme: &Programme, part: FigureId, whole: FigureId) -> Option<Finding> {
    let figures = &programme.figures;
    let (small, large) =
        (figures.outcome(part).amount.as_ref()?, figures.outcome(whole).amount.as_ref()?);
    let (least, most) = (small.interval.low?, large.interval.high?);
    if least <= most || small.dimension() != large.dimension() {
        return None;
    }
    let (figure, of) = (figures.get(part), figures.get(whole));
    let mut finding = Finding::error(
        "teil-groesser",
        format!("Der Teil ist größer als das Ganze: {}.", figure.label),
    )
    .at(figure.span, "„darunter“-Wert")
    .label(of.span, format!("Ganzes: {}", of.label))
    .hint("Prüfen Sie beide Zahlen und die Art der Zeile („darunter“).");
    finding.disagreement = Some(Disagreement {
        stated: figures.computed_with_unit(part)?.to_string(),
        computed: format!("höchstens {}", figures.computed_with_unit(whole)?),
        difference: None,
        source: "Ganzes",
    });
    finding.acknowledged = figure.reason().map(str::to_owned);
    Some(finding)
}
