// SPDX-License-Identifier: EUPL-1.2
//! Building the columns of a table, from presets of the outline and what the table says itself.

use std::collections::BTreeSet;

use super::builder::unknown_choice;
use super::tables::Tables;
use crate::diag::{Finding, did_you_mean};
use crate::model::quantity::{Scale, Unit};
use crate::model::records::{ColumnRecord, Lines, TableRecord};
use crate::model::table::Column;
use crate::model::visibility::Visibility;
use crate::model::yaml::Text;

impl Tables<'_, '_> {
    pub(super) fn columns(&mut self, record: &TableRecord) -> Vec<Column> {
        let mut records: Vec<ColumnRecord> = Vec::new();
        if let Some(preset) = &record.preset {
            match self.outline.presets.get(&preset.value) {
                Some(found) => records.clone_from(&found.columns),
                None => {
                    let known = self.outline.presets.0.iter().map(|(name, _)| name.value.as_str());
                    let hint = did_you_mean(&preset.value, known);
                    self.report(
                        Finding::input(
                            "unbekannte-vorlage",
                            format!(
                                "Die Tabellenvorlage „{}“ gibt es in der Gliederung nicht.",
                                preset.value
                            ),
                        )
                        .at(preset.span, "unbekannt")
                        .hint_if(hint),
                    );
                }
            }
        }
        for column in &record.columns {
            match records.iter_mut().find(|known| known.id.value == column.id.value) {
                Some(known) => merge_column(known, column),
                None => records.push(column.clone()),
            }
        }
        if records.is_empty() {
            self.report(
                Finding::input(
                    "fehlender-schluessel",
                    format!("Die Tabelle „{}“ hat keine Spalten.", record.id.value),
                )
                .at(record.id.span, "diese Tabelle")
                .hint("Ergänzen Sie „spalten:“ oder „vorlage: instrumente“."),
            );
        }
        records.iter().map(|column| self.column(&record.id.value, column)).collect()
    }

    fn column(&mut self, table: &str, record: &ColumnRecord) -> Column {
        let unit =
            record.unit.as_ref().and_then(|text| match self.builder.units.unit(&text.value) {
                Ok(unit) => Some(unit),
                Err(error) => {
                    let finding = Finding::input("unbekannte-einheit", error.message(&text.value))
                        .at(text.span, "diese Einheit")
                        .hint_if(error.hint());
                    self.report(finding);
                    None
                }
            });
        if let Some(field) = &record.field {
            self.known_field(field);
        }
        if let Some(wanted) = &record.earlier {
            self.known_earlier(table, wanted);
        }
        let past = self.builder.earlier.past();
        let model = record.earlier.as_ref().and_then(|wanted| past?.column(table, &wanted.value));
        let unit = unit.or_else(|| model?.unit.clone());
        let numeric = match record.kind.as_ref().map(|kind| (kind, kind.value.as_str())) {
            Some((_, "zahl")) => true,
            Some((_, "text")) => false,
            None => unit.is_some() || record.formula.is_some() || record.earlier.is_some(),
            Some((kind, _)) => {
                let finding = unknown_choice(kind, "Die Spaltenart", &["text", "zahl"]);
                self.report(finding);
                false
            }
        };
        let beside = unit
            .as_ref()
            .is_some_and(|(_, unit)| unit.as_ref().is_some_and(Unit::belongs_to_figure));
        let hide_unit = match record.show_unit.as_ref().map(|show| (show, show.value.as_str())) {
            Some((_, "kopf")) => true,
            Some((_, "zelle")) => false,
            // Thousands must be said somewhere.
            None => unit.as_ref().is_some_and(|(scale, _)| {
                !beside && (*scale == Scale::One || names_scale(record.title.as_ref()))
            }),
            Some((show, _)) => {
                let finding = unknown_choice(show, "Der Ort der Einheit", &["zelle", "kopf"]);
                self.report(finding);
                false
            }
        };
        let year = self.year.to_string();
        let before =
            past.map_or(self.year.saturating_sub(1), |past| past.programme.year).to_string();
        let titles = record.title.as_ref().map_or_else(Vec::new, |lines| {
            for line in &lines.0 {
                self.builder.plain(line);
            }
            lines
                .0
                .iter()
                .map(|line| line.value.replace("{jahr}", &year).replace("{vorjahr}", &before))
                .collect()
        });
        // A head repeated downwards is one that reaches down.
        let mut titles: Vec<String> = titles;
        while titles.len() > 1 && titles[titles.len() - 1] == titles[titles.len() - 2] {
            titles.pop();
        }
        Column {
            id: record.id.value.clone(),
            span: record.id.span,
            titles,
            numeric,
            unit,
            hide_unit,
            decimals: record.decimals.map(|decimals| decimals.value.min(6)),
            signed: record.signed.is_some_and(|flag| flag.0),
            formula: record.formula.clone(),
            field: record.field.as_ref().map(|field| field.value.clone()),
            earlier: record.earlier.clone(),
            merge: record.merge.is_some_and(|flag| flag.0),
            weight: record.weight.map(|weight| weight.value.min(1000)),
            visibility: record.visibility,
            persons: record.persons.map(|flag| flag.0),
        }
    }

    /// Reports a field that no measure has.
    fn known_field(&mut self, field: &Text) {
        const TEXTS: [&str; 4] = ["name", "funktion", "rechtsgrundlage", "anbieter"];
        const FIGURES: [&str; 4] = ["eintritte", "mittelansatz", "plaetze", "preis"];
        let name = field.value.as_str();
        if !TEXTS.contains(&name) && !FIGURES.contains(&name) && !self.fields.contains(name) {
            let own = self.fields.iter().copied();
            let known: BTreeSet<&str> = TEXTS.into_iter().chain(FIGURES).chain(own).collect();
            let hint = did_you_mean(&field.value, known.iter().copied()).unwrap_or_else(|| {
                format!("Möglich sind: {}.", known.into_iter().collect::<Vec<_>>().join(", "))
            });
            self.report(
                Finding::input(
                    "unbekanntes-feld",
                    format!("Keine Maßnahme hat das Feld „{}“.", field.value),
                )
                .at(field.span, "unbekannt")
                .hint(hint),
            );
        }
    }
}

/// Overrides a column of a preset with what a table says about it.
fn merge_column(known: &mut ColumnRecord, own: &ColumnRecord) {
    macro_rules! take {
        ($($field:ident),*) => { $( if own.$field.is_some() { known.$field.clone_from(&own.$field); } )* };
    }
    take!(
        title, kind, unit, show_unit, decimals, signed, field, earlier, formula, merge, weight,
        persons
    );
    if own.visibility != Visibility::Unmarked {
        known.visibility = own.visibility;
    }
    known.span = own.span;
}

/// Whether a head says that thousands or millions are meant.
fn names_scale(title: Option<&Lines>) -> bool {
    const WORDS: [&str; 6] = ["tsd", "tausend", "1.000", "mio", "million", "t€"];
    let lines = title.into_iter().flat_map(|lines| &lines.0);
    let head: String = lines.map(|line| line.value.to_lowercase()).collect();
    WORDS.iter().any(|word| head.contains(word))
}
