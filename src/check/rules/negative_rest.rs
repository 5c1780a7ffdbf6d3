// SPDX-License-Identifier: EUPL-1.2
//! What is left is less than nothing: more is bound or planned than there is.

use rust_decimal::Decimal;

use crate::check::{Rule, Run};
use crate::diag::Finding;
use crate::model::figures::{Figure, Origin};

/// See `docs/regeln.md`.
pub(in crate::check) const RULE: Rule = Rule {
    code: "rest-negativ",
    run: Run::Data(|programme| {
        let figures = &programme.figures;
        let computed = figures.iter().filter(|(_, figure)| {
            matches!(figure.origin, Origin::Sum(_) | Origin::Computed(_)) && is_rest(&figure.label)
        });
        let below = computed.filter(|(id, _)| {
            let amount = figures.outcome(*id).amount.as_ref();
            amount.is_some_and(|it| it.interval.high.is_some_and(|high| high < Decimal::ZERO))
        });
        below
            .filter_map(|(id, figure)| {
                Some(finding(figure, &figures.computed_with_unit(id)?.to_string()))
            })
            .collect()
    }),
};

/// Whether a name is that of what is left over.
fn is_rest(name: &str) -> bool {
    const BEGIN: [&str; 8] =
        ["rest", "verbleib", "reserve", "neufäll", "neugeschäft", "verfügbar", "frei", "übrig"];
    const CHANGE: [&str; 6] = ["veränder", "differenz", "abweich", "gegenüber", "saldo", "+/"];
    let name = name.to_lowercase();
    let mut words = name.split(|c: char| !c.is_alphanumeric());
    let rest = words.any(|word| BEGIN.iter().any(|stem| word.starts_with(stem)));
    rest && !CHANGE.iter().any(|word| name.contains(word))
}

fn finding(figure: &Figure, shown: &str) -> Finding {
    let mut finding = Finding::warning(
        "rest-negativ",
        format!("„{}“ ist mit {shown} kleiner als null: Es ist mehr gebunden oder verplant, als da ist.", figure.label),
    )
    .at(figure.span, "so ergibt es sich")
    .hint(format!("Prüfen Sie Nullen und Vorzeichen; woraus es sich ergibt, zeigt „amip explain ORDNER {}“.", figure.path))
    .about(figure.path.as_str());
    finding.acknowledged = figure.reason().map(str::to_owned);
    finding
}
