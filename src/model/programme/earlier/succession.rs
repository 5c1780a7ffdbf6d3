// SPDX-License-Identifier: EUPL-1.2
//! What measures, fields and strategies continue from the year before.
//!
//! Not here: what follows from it for figures and words.

use std::collections::BTreeMap;

use super::Past;
use crate::diag::{Finding, did_you_mean};
use crate::model::Programme;
use crate::model::decode::Id;
use crate::model::programme::build::Records;
use crate::model::records::MeasureRecord;

/// Reports predecessors that last year's programme does not have, and measures that follow each other.
pub(in crate::model::programme) fn check(
    records: &Records,
    past: &Past,
    findings: &mut Vec<Finding>,
) {
    circle(&records.measures, findings);
    // Across several years an id may belong to a year between.
    if past.gap {
        return;
    }
    let earlier = &past.programme;
    let mut look = |ids: &[Id], what: &str, known: &[String], home: &str| {
        for id in ids {
            let within = format!("{home}.{}", id.value);
            if !known.contains(&id.value) && !known.contains(&within) {
                findings.push(unknown(id, what, known, earlier));
            }
        }
    };
    let measures: Vec<String> = earlier.measures.iter().map(|one| one.id.clone()).collect();
    for measure in &records.measures {
        look(&measure.predecessors, "die Maßnahme", &measures, "");
    }
    let fields: Vec<String> = earlier.fields.iter().map(|one| one.id.clone()).collect();
    let strategies: Vec<String> = earlier
        .fields
        .iter()
        .flat_map(|field| field.strategies.iter().map(|one| format!("{}.{}", field.id, one.id)))
        .collect();
    for field in &records.fields {
        look(&field.predecessors, "das Handlungsfeld", &fields, "");
        let homes: Vec<&str> = std::iter::once(&field.id)
            .chain(&field.predecessors)
            .map(|id| id.value.as_str())
            .collect();
        for strategy in &field.strategies {
            for id in &strategy.predecessors {
                let within = |home: &&&str| strategies.contains(&format!("{home}.{}", id.value));
                let home = homes.iter().find(within).copied().unwrap_or_default();
                look(std::slice::from_ref(id), "die Strategie", &strategies, home);
            }
        }
    }
}

fn unknown(id: &Id, what: &str, known: &[String], earlier: &Programme) -> Finding {
    let ends = known.iter().map(|id| id.rsplit('.').next().unwrap_or_default());
    let hint = did_you_mean(&id.value, known.iter().map(String::as_str))
        .or_else(|| did_you_mean(&id.value, ends))
        .unwrap_or_else(|| {
            "„vorgaenger“ nennt Kennungen aus dem Programm des Vorjahres; was neu ist, hat keinen."
                .to_owned()
        });
    Finding::input(
        "vorgaenger-unbekannt",
        format!("Im Programm {} gibt es {what} „{}“ nicht.", earlier.year, id.value),
    )
    .at(id.span, "dieser Vorgänger")
    .hint(hint)
}

/// Measures that name each other: `vorgaenger` looks back one year, and there none can follow the other.
fn circle(records: &[MeasureRecord], findings: &mut Vec<Finding>) {
    let next: BTreeMap<&str, &Id> = records
        .iter()
        .filter_map(|record| match record.predecessors.as_slice() {
            [one] if one.value != record.id.value => Some((record.id.value.as_str(), one)),
            _ => None,
        })
        .collect();
    let mut done: Vec<&str> = Vec::new();
    for start in next.keys() {
        let mut way: Vec<&str> = vec![start];
        while let Some(id) = way.last().and_then(|last| next.get(last)) {
            let id = id.value.as_str();
            if id == *start {
                if !way.iter().any(|one| done.contains(one)) {
                    findings.push(circular(&way, &next));
                    done.extend(&way);
                }
                break;
            }
            if way.contains(&id) {
                break;
            }
            way.push(id);
        }
    }
}

fn circular(way: &[&str], next: &BTreeMap<&str, &Id>) -> Finding {
    let names: Vec<String> = way.iter().map(|id| format!("„{id}“")).collect();
    let mut finding = Finding::input(
        "vorgaenger-kreis",
        format!("Diese Maßnahmen nennen einander im Kreis als Vorgänger: {}.", names.join(", ")),
    )
    .hint("„vorgaenger“ nennt die Kennung im Vorjahr. Eine Maßnahme, die es schon gab, behält ihre Kennung und braucht keinen Vorgänger.");
    for (at, id) in way.iter().filter_map(|id| next.get(id)).enumerate() {
        let remark = format!("Vorgänger von {}", names[at]);
        finding =
            if at == 0 { finding.at(id.span, remark) } else { finding.label(id.span, remark) };
    }
    finding
}
