// SPDX-License-Identifier: EUPL-1.2
//! Building a programme: reading its files, joining their records, and handing them on.

use std::collections::BTreeMap;
use std::path::Path;

use super::builder::Builder;
use super::earlier::{self, Earlier};
use super::tables::Tables;
use super::{Outlines, Programme, ProseText, Publication, checks, ids, notes, references};
use crate::diag::{Finding, Sources, Span};
use crate::model::date::Date;
use crate::model::decode::Decode;
use crate::model::folder::{self, Folder};
use crate::model::outline::OutlineRecord;
use crate::model::quantity::Units;
use crate::model::records::{
    AbbreviationRecord, AcknowledgementRecord, FieldRecord, File, FootnoteRecord, LimitRecord,
    ListRecord, MeasureRecord, ParticipationRecord, PictureRecord, ProgrammeRecord,
    SignatureRecord, TableRecord, ThemeRecord, ValueRecord,
};
use crate::model::yaml::{self, Text};
use crate::tree::passage::Passage;
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
    pub(super) footnotes: Vec<FootnoteRecord>,
    pub(super) participation: Vec<ParticipationRecord>,
    pub(super) signatures: Vec<SignatureRecord>,
    pub(super) limits: Vec<LimitRecord>,
    pub(super) acknowledgements: Vec<AcknowledgementRecord>,
    pub(super) theme: Option<ThemeRecord>,
}

/// See [`super::outline_name`].
pub(super) fn outline_name(root: &Path) -> Option<String> {
    let text =
        folder::MAIN.iter().find_map(|name| std::fs::read_to_string(root.join(name)).ok())?;
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
    outlines: Outlines<'_>,
    sources: &mut Sources,
    findings: &mut Vec<Finding>,
) -> Option<Programme> {
    let folder = folder::read(root, sources, findings);
    build(&folder, outline, Some(outlines), sources, findings)
}

/// Reads the data of a programme and nothing else: no texts, no pictures, not its year before.
pub(super) fn data(
    root: &Path,
    outline: &OutlineRecord,
    sources: &mut Sources,
    findings: &mut Vec<Finding>,
) -> Option<Programme> {
    let folder = folder::data(root, sources, findings);
    build(&folder, outline, None, sources, findings)
}

/// Builds a programme; without outlines for the year before, from its data alone.
fn build(
    folder: &Folder,
    outline: &OutlineRecord,
    outlines: Option<Outlines<'_>>,
    sources: &mut Sources,
    findings: &mut Vec<Finding>,
) -> Option<Programme> {
    let whole = outlines.is_some();
    let mut records = records(folder, sources, findings);
    if !whole {
        records.pictures.clear();
        records.theme = None;
    }
    let texts = texts(folder, sources, findings);
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
    let date = day(&record.date, findings).and_then(Date::day).unwrap_or((1970, 1, 1));
    ids::unique_ids(&records, findings);
    let earlier = Earlier::read(record, &folder.root, outlines, sources, findings);
    let units = Units::with(record.units.iter().map(|unit| unit.value.clone()));
    let mut builder = Builder {
        units,
        figures: earlier.figures(),
        earlier: &earlier,
        passages: Vec::new(),
        labels: Vec::new(),
        remarks: Vec::new(),
        findings,
    };
    builder.values(&records.values);
    let measures = builder.measures(&records.measures);
    let (tables, restated) =
        Tables::new(&mut builder, &measures, outline, record.year.value).build(&records.tables);
    // Budgets are held against limits and key amounts.
    if !records.limits.is_empty() || !record.key_amounts.0.is_empty() {
        builder.totals(&measures);
        builder.limit_figures(&records.limits);
    }
    if let Some(past) = earlier.past() {
        earlier::check(&records, past, builder.findings);
    }
    builder.finish(record.reproduction.is_some_and(|flag| flag.0));
    let key_amounts = builder.key_amounts(record);
    let fields = builder.fields(&records.fields);
    let lists = builder.lists(&records.lists);
    let pictures = builder.pictures(&records.pictures, folder);
    let form = builder.form(record);
    let agreement = builder.agreement(record);
    let participation = builder.participation(&records.participation, form);
    let signatures = builder.signatures(&records.signatures);
    let footnotes = builder.footnotes(&records.footnotes);
    let theme = builder.theme(records.theme.as_ref(), folder);
    let theme_fonts = records
        .theme
        .iter()
        .flat_map(|theme| theme.font.iter().chain(&theme.heading_font).cloned());
    let limits = checks::limits(&records.limits, &builder.figures);
    labels(record, &records, &mut builder);
    let passages = passages(&texts, std::mem::take(&mut builder.passages), sources);
    let labels = passages_of_data(std::mem::take(&mut builder.labels), sources);
    let programme = Programme {
        id: record.id.value.clone(),
        jobcenter: record.jobcenter.value.clone(),
        year: record.year.value,
        earlier: record.earlier.clone(),
        title: record.title.value.clone(),
        subtitle: record.subtitle.as_ref().map(|text| text.value.clone()),
        motto: record.motto.as_ref().map(|text| text.value.clone()),
        mark: record.mark.as_ref().map(|text| text.value.clone()),
        date_line: record.date_line.as_ref().map(|text| text.value.clone()),
        form,
        agreement,
        numbering: notes::numbering(record),
        contents: contents(record, builder.findings),
        all_abbreviations: builder.all_abbreviations(record),
        words: record.words.0.clone(),
        footnotes,
        participation,
        signatures,
        theme,
        theme_fonts: theme_fonts.collect(),
        date,
        reference: record.reference.as_ref().map(|text| text.value.clone()),
        reproduction: record.reproduction.is_some_and(|flag| flag.0),
        sections: record.sections.0.clone(),
        units: builder.units,
        figures: builder.figures,
        measures,
        fields,
        tables,
        lists,
        pictures,
        abbreviations: records.abbreviations,
        texts,
        passages,
        labels,
        limits,
        key_amounts,
        acknowledgements: records.acknowledgements,
        weights: record.weights.0.clone(),
        lineage: lineage(&records.values),
        restated,
        publication: publication(record, builder.findings),
        remarks: builder.remarks,
        span: record.span,
    };
    if whole {
        field_texts(&records.fields, &programme, findings);
        references::check(&programme, findings);
    }
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
    all.footnotes.extend(file.footnotes);
    all.participation.extend(file.participation);
    all.signatures.extend(file.signatures);
    all.limits.extend(file.limits);
    all.acknowledgements.extend(file.acknowledgements);
    match (&all.theme, file.theme) {
        (Some(first), Some(second)) => findings.push(
            Finding::input("doppeltes-programm", "Der Block „thema:“ steht in zwei Dateien.")
                .at(second.span, "zum zweiten Mal")
                .label(first.span, "zum ersten Mal")
                .hint("Lassen Sie ihn nur in einer Datei stehen."),
        ),
        (None, Some(theme)) => all.theme = Some(theme),
        (_, None) => {}
    }
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

/// The passages of all texts: first those of the chapters, then those of the data, each with its places.
fn passages(
    texts: &BTreeMap<String, ProseText>,
    of_data: Vec<(Text, Vec<Passage>)>,
    sources: &Sources,
) -> Vec<Passage> {
    let mut out = Vec::new();
    for text in texts.values() {
        out.extend(reader::passages(sources.text(text.file), Place::File(text.file)));
    }
    out.extend(passages_of_data(of_data, sources));
    out
}

/// The passages of texts of the data, each with its places.
fn passages_of_data(texts: Vec<(Text, Vec<Passage>)>, sources: &Sources) -> Vec<Passage> {
    let mut out = Vec::new();
    for (text, passages) in texts {
        for mut passage in passages {
            passage.anchor(&text.value, sources.slice(text.span));
            out.push(passage);
        }
    }
    out
}

/// Texts that are printed as they stand and that no other part of the builder reads.
fn labels(record: &ProgrammeRecord, records: &Records, builder: &mut Builder<'_>) {
    let titles = record.sections.0.iter().filter_map(|(_, section)| section.title.as_ref());
    let head = [&record.title].into_iter().chain(&record.subtitle);
    let laws = records.measures.iter().filter_map(|measure| measure.law.as_ref());
    let boxes = records.pictures.iter().flat_map(|picture| &picture.boxes);
    let boxes = boxes.flat_map(|node| node.title.iter().chain(&node.text));
    let series = records.pictures.iter().flat_map(|picture| &picture.series);
    let bodies = records.participation.iter();
    let bodies = bodies.flat_map(|body| body.name.iter().chain(&body.law).chain(&body.result));
    for text in titles.chain(head).chain(laws).chain(boxes).chain(series).chain(bodies) {
        builder.label(text);
    }
}

/// What single figures continue from the year before.
fn lineage(records: &[ValueRecord]) -> BTreeMap<String, Vec<String>> {
    let named = records.iter().filter(|record| !record.predecessors.is_empty());
    named
        .map(|record| {
            let before = record.predecessors.iter().map(|text| text.value.clone());
            (record.id.value.clone(), before.collect())
        })
        .collect()
}

/// What holds for the public version.
fn publication(record: &ProgrammeRecord, findings: &mut Vec<Finding>) -> Publication {
    /// Fewer cases could be recognised, section 16 of the `BStatG`.
    const FEWEST: u32 = 3;
    let record = record.publication.as_ref();
    let text = |text: Option<&Text>| text.map(|text| text.value.trim().to_owned());
    let threshold = record.and_then(|record| record.threshold);
    if let Some(threshold) = threshold.filter(|it| !(FEWEST..=1000).contains(&it.value)) {
        findings.push(
            Finding::input(
                "mindestfallzahl",
                format!("{} ist keine Mindestfallzahl.", threshold.value),
            )
            .at(threshold.span, "erwartet: 3 bis 1.000")
            .hint("Die Statistik der Bundesagentur für Arbeit hält Werte unter 3 geheim; höher darf die Grenze sein, niedriger nicht."),
        );
    }
    let sign = record.and_then(|record| record.sign.as_ref());
    if let Some(sign) = sign.filter(|sign| reads_as_value(&sign.value)) {
        findings.push(
            Finding::input(
                "geheimhaltungszeichen",
                format!("„{}“ liest sich wie ein Wert.", sign.value.trim()),
            )
            .at(sign.span, "als Zeichen für geheime Werte nicht geeignet")
            .hint("Nehmen Sie ein Zeichen, das keine Zahl und kein Strich ist, zum Beispiel \"*\" oder \"x\"."),
        );
    }
    let sign = text(sign);
    Publication {
        threshold: threshold.map_or(FEWEST, |it| it.value),
        sign: sign.filter(|sign| !sign.is_empty()).unwrap_or_else(|| "*".to_owned()),
        licence: record.and_then(|record| text(record.licence.as_ref())),
        contact: record.and_then(|record| text(record.contact.as_ref())),
    }
}

/// Whether a sign could be taken for a figure, or for nothing.
fn reads_as_value(sign: &str) -> bool {
    let sign = sign.trim();
    let dash = |c: char| matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}');
    sign.chars().any(char::is_numeric) || !sign.is_empty() && sign.chars().all(dash)
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

/// Deepest level and pages of the table of contents.
fn contents(record: &ProgrammeRecord, findings: &mut Vec<Finding>) -> (Option<u32>, Option<bool>) {
    let Some(record) = &record.contents else { return (None, None) };
    if let Some(depth) = record.depth
        && !(1..=6).contains(&depth.value)
    {
        findings.push(
            Finding::input(
                "ebenen",
                format!("Das Inhaltsverzeichnis kann nicht {} Ebenen haben.", depth.value),
            )
            .at(depth.span, "erwartet: 1 bis 6")
            .hint("Üblich sind 3 oder 4."),
        );
    }
    (record.depth.map(|depth| depth.value), record.pages.map(|flag| flag.0))
}

/// A day that is written rightly and does not exist, and the last one of its month.
fn missing_day(text: &str) -> Option<(String, u32)> {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts[..] else { return None };
    let last =
        (28..=31).rev().find(|day| Date::read(&format!("{year}-{month}-{day}")).is_some())?;
    let day: u32 = day.parse().ok().filter(|day| (29..=31).contains(day))?;
    Some((format!("{day}.{month}.{year}"), last))
}

/// Reads a day such as `2015-12-17`, and reports anything else.
pub(super) fn day(text: &Text, findings: &mut Vec<Finding>) -> Option<Date> {
    let date = Date::read(&text.value).filter(|date| date.day.is_some());
    if let Some((shown, last)) = missing_day(&text.value).filter(|_| date.is_none()) {
        findings.push(
            Finding::input("datum", format!("Den {shown} gibt es nicht."))
                .at(text.span, "diesen Tag gibt es nicht")
                .hint(format!("Der letzte Tag dieses Monats ist der {last}.")),
        );
    } else if date.is_none() {
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
