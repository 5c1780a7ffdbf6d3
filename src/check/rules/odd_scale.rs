// SPDX-License-Identifier: EUPL-1.2
//! An amount in thousands among amounts in full, or the other way round: "432 T€" where "432 €" was
//! copied, and a total that is wrong by a factor of a thousand.

use std::collections::BTreeMap;

use crate::check::{Rule, Run};
use crate::diag::Finding;
use crate::model::Programme;
use crate::model::figures::{FigureId, Origin};
use crate::model::quantity::{Number, Quantity, Scale, Value};
use crate::model::table::RowKind;

/// See `docs/regeln.md`.
pub(in crate::check) const RULE: Rule = Rule {
    code: "groessenordnung",
    run: Run::Data(|programme| {
        groups(programme).into_values().flat_map(|group| odd(programme, &group)).collect()
    }),
};

/// Amounts that stand below each other: columns of tables, and fields of measures.
fn groups(programme: &Programme) -> BTreeMap<String, Vec<FigureId>> {
    let mut out: BTreeMap<String, Vec<FigureId>> = BTreeMap::new();
    for measure in &programme.measures {
        for (field, id) in &measure.figures {
            out.entry(format!("massnahmen.{field}")).or_default().push(*id);
        }
    }
    for table in &programme.tables {
        let rows = (0..table.rows.len()).filter(|row| table.rows[*row].kind != RowKind::Total);
        for row in rows {
            for (at, column) in table.columns.iter().enumerate() {
                let group = out.entry(format!("{}.{}", table.id, column.id)).or_default();
                group.extend(table.figure(row, at));
            }
        }
    }
    out
}

/// Those of a group that are written in thousands though all others are not, or not though all others
/// are.
fn odd(programme: &Programme, group: &[FigureId]) -> Vec<Finding> {
    /// Fewer others say nothing.
    const FEWEST: usize = 3;
    let figures = &programme.figures;
    let scale = |id: &FigureId| match &figures.get(*id).origin {
        Origin::Entered(quantity) if quantity.is_number() && quantity.unit.is_some() => {
            Some((*id, quantity.scale))
        }
        _ => None,
    };
    let scales: Vec<(FigureId, Scale)> = group.iter().filter_map(scale).collect();
    let of = |wanted: Scale| scales.iter().filter(|(_, scale)| *scale == wanted).count();
    let (full, thousands) = (of(Scale::One), of(Scale::Thousand));
    let few = |few: usize, many: usize| few == 1 && many >= FEWEST && few + many == scales.len();
    let wanted = if few(thousands, full) {
        Scale::Thousand
    } else if few(full, thousands) {
        Scale::One
    } else {
        return Vec::new();
    };
    let found = scales.iter().filter(|(_, scale)| *scale == wanted);
    found.filter_map(|(id, _)| finding(programme, *id)).collect()
}

fn finding(programme: &Programme, id: FigureId) -> Option<Finding> {
    let figure = programme.figures.get(id);
    let printed = programme.figures.computed_with_unit(id)?;
    let hint = match printed.scale {
        Scale::One => {
            "Fehlt „T€“? Sonst schreiben Sie den Betrag wie die anderen, in Tausend.".to_owned()
        }
        _ => format!(
            "Schreiben Sie den Betrag wie die anderen; ist er richtig, ausgeschrieben: {}.",
            in_full(&printed)?
        ),
    };
    Some(
        Finding::warning(
            "groessenordnung",
            format!("„{}“ ist mit {printed} in einer anderen Größenordnung angegeben als alle anderen Beträge der Spalte.", figure.label),
        )
        .at(figure.span, "T€ oder €?")
        .hint(hint)
        .about(figure.path.as_str()),
    )
}

/// The same amount without thousands.
fn in_full(quantity: &Quantity) -> Option<Quantity> {
    let value = quantity.nominal()?.normalize();
    let decimals = if value.fract().is_zero() { 0 } else { 2 };
    let value = Value::Number(Number { value, decimals, plus: false });
    Some(Quantity { value, scale: Scale::One, ..quantity.clone() })
}
