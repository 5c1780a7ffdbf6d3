// SPDX-License-Identifier: EUPL-1.2
//! A limit of the house or of the law that is broken, or two figures that should be the same.

use crate::check::agreement::{self, Agreement};
use crate::check::{Rule, Run};
use crate::diag::{Disagreement, Finding};
use crate::model::Programme;
use crate::model::figures::FigureId;
use crate::model::programme::{Bound, Limit};

/// See `docs/regeln.md`.
pub(in crate::check) const RULE: Rule = Rule {
    code: "pruefung",
    run: Run::Data(|programme| {
        programme
            .limits
            .iter()
            .flat_map(|limit| {
                limit.bounds.iter().filter_map(|(kind, id)| finding(programme, limit, *kind, *id))
            })
            .collect()
    }),
};

fn finding(programme: &Programme, limit: &Limit, kind: Bound, bound: FigureId) -> Option<Finding> {
    let figures = &programme.figures;
    let (left, right) = (figures.outcome(limit.value), figures.outcome(bound));
    if left.incomplete || right.incomplete {
        return None;
    }
    let (value, wanted) =
        (figures.computed_with_unit(limit.value)?, figures.computed_with_unit(bound)?);
    let (one, other) = (left.amount.as_ref()?.interval, right.amount.as_ref()?.interval);
    let verdict = agreement::compare(&value, &wanted, right.amount.as_ref());
    let (broken, words) = match kind {
        Bound::Equal => (matches!(verdict, Agreement::Contradicts(_)), "genau"),
        Bound::Most => (one.low.zip(other.high).is_some_and(|(low, high)| low > high), "höchstens"),
        Bound::Least => {
            (one.high.zip(other.low).is_some_and(|(high, low)| high < low), "mindestens")
        }
    };
    if !broken {
        return None;
    }
    let difference = match verdict {
        Agreement::Contradicts(found) | Agreement::Rounding(found) => found.difference,
        Agreement::Agrees => None,
    };
    let mut finding =
        Finding::error("pruefung", format!("Eine Prüfung ist verletzt: {}.", limit.label))
            .at(figures.get(limit.value).span, format!("ergibt {value}"))
            .label(figures.get(bound).span, format!("{words} {wanted}"))
            .about(limit.label.clone());
    if let Some(source) = &limit.source {
        finding = finding.hint(format!("Die Grenze kommt aus: {source}."));
    }
    finding.disagreement = Some(Disagreement {
        stated: value.to_string(),
        computed: format!("{words} {wanted}"),
        difference,
        source: "Grenze",
    });
    finding.acknowledged.clone_from(&limit.acknowledged);
    if finding.acknowledged.is_none() {
        finding = finding.hint(format!(
            "„amip explain … pruefungen.{}“ zeigt, woraus der Wert entsteht; darf die Abweichung bleiben, begründen Sie sie unter „anerkannt:“.",
            limit.id
        ));
    }
    Some(finding)
}
