// SPDX-License-Identifier: EUPL-1.2
//! Building a programme: reading its files, joining their records, and handing them on.

use std::collections::BTreeMap;
use std::path::Path;

use super::builder::{Builder, unknown_choice};
use super::tables::Tables;
use super::{Programme, ProseText, ids, references};
use crate::diag::{Finding, Sources, Span};
use crate::model::decode::Decode;
use crate::model::figures::Figures;
use crate::model::folder::{self, Folder};
use crate::model::outline::OutlineRecord;
use crate::model::quantity::Units;
use crate::model::records::{
    AbbreviationRecord, FieldRecord, File, ListRecord, MeasureRecord, PictureRecord,
    ProgrammeRecord, TableRecord, ValueRecord,
};
use crate::model::yaml::{self, Text};
use crate::tree::reader::{self, Headings, Place};

/// All records of a folder, joined over its files.
#[derive(Default)]
pub(super) struct Records {
    pub(super) programme: Option<ProgrammeRecord>,
    pub(super) values: Vec<ValueRecord>,
    pub(super) measures: Vec<MeasureRecord>,
    pub(super) fields: Vec<FieldRecord>,
    pub(super) tables: Vec<TableRecord>,
    pub(super) lists: Vec<ListRecord>,
    pub(super) pictures: Vec<PictureRecord>,
    pub(super) abbreviations: Vec<AbbreviationRecord>,
}

/// See [`super::outline_name`].
pub(super) fn outline_name(root: &Path) -> Option<String> {
    let read = |name: &str| std::fs::read_to_string(root.join(name)).ok();
    let text = read("programm.yaml").or_else(|| read("programm.yml"))?;
    let mut sources = Sources::default();
    let text = text.trim_start_matches('\u{feff}');
    let file = sources.add("programm.yaml", text);
    let node = yaml::read(file, text).ok()?;
    let record = File::decode(&node, &mut Vec::new())?;
    record.programme?.outline.map(|name| name.value)
}

/// See [`super::load`].
pub(super) fn load(
    root: &Path,
    outline: &OutlineRecord,
    sources: &mut Sources,
    findings: &mut Vec<Finding>,
) -> Option<Programme> {
    let folder = folder::read(root, sources, findings);
    let records = records(&folder, sources, findings);
    let texts = texts(&folder, sources, findings);
    if let Some(record) = &records.programme
        && !(1990..=2100).contains(&record.year.value)
    {
        findings.push(
            Finding::input(
                "datum",
                format!("{} ist kein Jahr für ein Programm.", record.year.value),
            )
            .at(record.year.span, "erwartet: vierstellige Jahreszahl")
            .hint("Schreiben Sie zum Beispiel 2027."),
        );
    }
    let Some(record) = records.programme.as_ref() else {
        if let Some(main) = folder.main
            && findings.is_empty()
        {
            findings.push(
                Finding::input("programm-fehlt", "In programm.yaml fehlt der Block „programm:“.")
                    .at(Span::new(main, 0..0), "hier erwartet")
                    .hint("docs/format.md zeigt ein Beispiel."),
            );
        }
        return None;
    };
    let date = date(&record.date, findings).unwrap_or((1970, 1, 1));
    ids::unique_ids(&records, findings);
    let units = Units::with(record.units.iter().map(|unit| unit.value.clone()));
    let mut builder = Builder { units, figures: Figures::default(), findings };
    builder.values(&records.values);
    let measures = builder.measures(&records.measures);
    let (tables, restated) =
        Tables::new(&mut builder, &measures, outline, record.year.value).build(&records.tables);
    builder.finish(record.reproduction.is_some_and(|flag| flag.0));
    let fields = builder.fields(&records.fields);
    let lists = builder.lists(&records.lists);
    let pictures = builder.pictures(&records.pictures, &folder);
    let Builder { units, figures, .. } = builder;
    let programme = Programme {
        id: record.id.value.clone(),
        jobcenter: record.jobcenter.value.clone(),
        year: record.year.value,
        title: record.title.value.clone(),
        motto: record.motto.as_ref().map(|text| text.value.clone()),
        date,
        reference: record.reference.as_ref().map(|text| text.value.clone()),
        reproduction: record.reproduction.is_some_and(|flag| flag.0),
        sections: record.sections.0.clone(),
        units,
        figures,
        measures,
        fields,
        tables,
        lists,
        pictures,
        abbreviations: records.abbreviations,
        texts,
        restated,
        span: record.span,
    };
    form(record, findings);
    field_texts(&records.fields, &programme, findings);
    references::check(&programme, findings);
    Some(programme)
}

fn records(folder: &Folder, sources: &Sources, findings: &mut Vec<Finding>) -> Records {
    let mut all = Records::default();
    for file in &folder.data {
        match yaml::read(*file, sources.text(*file)) {
            Err(problems) => findings.extend(problems),
            Ok(node) => {
                if let Some(record) = File::decode(&node, findings) {
                    join(&mut all, record, findings);
                }
            }
        }
    }
    all
}

fn join(all: &mut Records, file: File, findings: &mut Vec<Finding>) {
    match (&all.programme, file.programme) {
        (Some(first), Some(second)) => findings.push(
            Finding::input("doppeltes-programm", "Der Block „programm:“ steht in zwei Dateien.")
                .at(second.span, "zum zweiten Mal")
                .label(first.span, "zum ersten Mal")
                .hint("Lassen Sie ihn nur in programm.yaml stehen."),
        ),
        (None, Some(programme)) => all.programme = Some(programme),
        (_, None) => {}
    }
    all.values.extend(file.values);
    all.measures.extend(file.measures);
    all.fields.extend(file.fields);
    all.tables.extend(file.tables);
    all.lists.extend(file.lists);
    all.pictures.extend(file.pictures);
    all.abbreviations.extend(file.abbreviations);
}

fn texts(
    folder: &Folder,
    sources: &Sources,
    findings: &mut Vec<Finding>,
) -> BTreeMap<String, ProseText> {
    let mut out = BTreeMap::new();
    for (name, file) in &folder.texts {
        let blocks =
            reader::blocks(sources.text(*file), Place::File(*file), Headings::Plain, findings);
        out.insert(name.clone(), ProseText { file: *file, blocks });
    }
    out
}

/// Reports fields of action whose text does not exist.
fn field_texts(records: &[FieldRecord], programme: &Programme, findings: &mut Vec<Finding>) {
    for text in records.iter().filter_map(|field| field.text.as_ref()) {
        if !programme.texts.contains_key(&text.value) {
            findings.push(
                Finding::input(
                    "unbekannter-text",
                    format!("Den Text „kapitel/{}.md“ gibt es nicht.", text.value),
                )
                .at(text.span, "dieser Text")
                .hint(references::meant(&text.value, programme.texts.keys().map(String::as_str))),
            );
        }
    }
}

fn form(record: &ProgrammeRecord, findings: &mut Vec<Finding>) {
    if let Some(form) = &record.form
        && !matches!(form.value.as_str(), "gE" | "zkT")
    {
        findings.push(unknown_choice(form, "Die Trägerform", &["gE", "zkT"]));
    }
}

/// `2015-12-17`, or without a day or month.
fn date(text: &Text, findings: &mut Vec<Finding>) -> Option<(i32, u8, u8)> {
    let parts: Vec<&str> = text.value.split('-').collect();
    let read = || -> Option<(i32, u8, u8)> {
        let year: i32 = parts.first()?.parse().ok()?;
        let month: u8 = parts.get(1)?.parse().ok()?;
        let day: u8 = parts.get(2)?.parse().ok()?;
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let days = match month {
            2 if leap => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            1..=12 => 31,
            _ => return None,
        };
        let valid = parts.len() <= 3 && (1000..=9999).contains(&year) && (1..=days).contains(&day);
        valid.then_some((year, month, day))
    };
    let date = read();
    if date.is_none() {
        findings.push(
            Finding::input(
                "datum",
                format!("„{}“ ist kein Datum, das amip lesen kann.", text.value),
            )
            .at(text.span, "erwartet: Jahr-Monat-Tag")
            .hint("Schreiben Sie zum Beispiel 2026-11-20 für den 20. November 2026."),
        );
    }
    date
}
