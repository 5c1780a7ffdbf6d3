// SPDX-License-Identifier: EUPL-1.2
//! Ids: each record has one of its own.

use std::collections::BTreeMap;

use super::build::Records;
use crate::diag::{Finding, Span};
use crate::model::decode::Id;

pub(super) fn unique_ids(records: &Records, findings: &mut Vec<Finding>) {
    // Tables share the first part of their paths with the fixed names.
    let mut tables: BTreeMap<&str, Span> = BTreeMap::new();
    for table in &records.tables {
        let earlier = records.programme.as_ref().is_some_and(|record| record.earlier.is_some());
        let taken = matches!(table.id.value.as_str(), "werte" | "massnahmen" | "pruefungen");
        if taken || earlier && table.id.value == "vorjahr" {
            findings.push(
                Finding::input(
                    "kennung",
                    format!("Eine Tabelle darf nicht „{}“ heißen.", table.id.value),
                )
                .at(table.id.span, "dieser Name ist vergeben"),
            );
        }
        unique(&mut tables, &table.id, "Zwei Tabellen", findings);
    }
    let mut short: BTreeMap<&str, Span> = BTreeMap::new();
    for record in &records.abbreviations {
        if let Some(first) = short.insert(&record.short.value, record.short.span) {
            findings.push(
                Finding::input(
                    "doppelte-kennung",
                    format!("Die Abkürzung „{}“ ist zweimal erklärt.", record.short.value),
                )
                .at(record.short.span, "zum zweiten Mal")
                .label(first, "zum ersten Mal")
                .hint("Löschen Sie einen der beiden Einträge."),
            );
        }
    }
    let mut each = |what: &str, ids: &mut dyn Iterator<Item = &Id>| {
        let mut seen = BTreeMap::new();
        for id in ids {
            unique(&mut seen, id, what, findings);
        }
    };
    each("Zwei Werte", &mut records.values.iter().map(|record| &record.id));
    each("Zwei Maßnahmen", &mut records.measures.iter().map(|record| &record.id));
    each("Zwei Handlungsfelder", &mut records.fields.iter().map(|record| &record.id));
    each("Zwei Listen", &mut records.lists.iter().map(|record| &record.id));
    each("Zwei Schaubilder", &mut records.pictures.iter().map(|record| &record.id));
    each("Zwei Fußnoten", &mut records.footnotes.iter().map(|record| &record.id));
    each("Zwei Prüfungen", &mut records.limits.iter().map(|record| &record.id));
    each("Zwei Unterschriftsblöcke", &mut records.signatures.iter().map(|record| &record.id));
    for measure in &records.measures {
        each("Zwei Teile dieser Maßnahme", &mut measure.parts.iter().map(|record| &record.id));
    }
    for picture in &records.pictures {
        each("Zwei Kästen dieses Schaubilds", &mut picture.boxes.iter().map(|record| &record.id));
    }
    for field in &records.fields {
        each(
            "Zwei Strategien dieses Handlungsfeldes",
            &mut field.strategies.iter().map(|record| &record.id),
        );
    }
    for table in &records.tables {
        each("Zwei Spalten dieser Tabelle", &mut table.columns.iter().map(|record| &record.id));
        each(
            "Zwei Zeilen dieser Tabelle",
            &mut table.rows.iter().filter_map(|record| record.id.as_ref()),
        );
    }
}

fn unique<'a>(
    seen: &mut BTreeMap<&'a str, Span>,
    id: &'a Id,
    what: &str,
    findings: &mut Vec<Finding>,
) {
    if let Some(first) = seen.get(id.value.as_str()) {
        findings.push(
            Finding::input("doppelte-kennung", format!("{what} haben dieselbe Kennung „{}“.", id.value))
                .at(id.span, "zum zweiten Mal")
                .label(*first, "zum ersten Mal")
                .hint("Jede Kennung gibt es nur einmal; zeigt eine zweite Stelle dasselbe, verweisen Sie dort darauf."),
        );
        return;
    }
    seen.insert(&id.value, id.span);
}
