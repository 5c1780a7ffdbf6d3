// SPDX-License-Identifier: EUPL-1.2
//! Building a programme from records: ids, figures, texts.

use std::collections::BTreeMap;
use std::path::Path;

use super::tables::Tables;
use super::{
    Field, List, Measure, Picture, PictureContent, Programme, ProseText, Strategy, references,
};
use crate::diag::{FileId, Finding, Sources, Span, did_you_mean};
use crate::model::decode::{Decode, Entries, Id};
use crate::model::figures::{
    Figure, FigureId, Figures, Origin, Scope, StatedFigure, Style, Trouble, Unresolved,
};
use crate::model::folder::{self, Folder, ImageError};
use crate::model::formula;
use crate::model::outline::OutlineRecord;
use crate::model::quantity::{Scale, Unit, UnitName, Units, parse_as};
use crate::model::records::{
    AbbreviationRecord, CategoryRecord, Changed, Entry, FieldRecord, File, ListRecord,
    MeasureRecord, PictureRecord, PlaceRecord, ProgrammeRecord, StrategyRecord, TableRecord,
    ValueRecord,
};
use crate::model::yaml::{self, Text};
use crate::tree::reader::{self, Headings, Place};
use crate::tree::{ChartKind, Inline, Step, walk};

/// All records of a folder, joined over its files.
#[derive(Default)]
pub(super) struct Records {
    programme: Option<ProgrammeRecord>,
    values: Vec<ValueRecord>,
    measures: Vec<MeasureRecord>,
    fields: Vec<FieldRecord>,
    tables: Vec<TableRecord>,
    lists: Vec<ListRecord>,
    pictures: Vec<PictureRecord>,
    abbreviations: Vec<AbbreviationRecord>,
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
    unique_ids(&records, findings);
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

/// A word that is none of those that are possible.
pub(super) fn unknown_choice(text: &Text, what: &str, known: &[&str]) -> Finding {
    let hint = did_you_mean(&text.value, known.iter().copied())
        .unwrap_or_else(|| format!("Möglich sind: {}.", known.join(", ")));
    Finding::input("unbekannte-art", format!("{what} „{}“ gibt es nicht.", text.value))
        .at(text.span, "unbekannt")
        .hint(hint)
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

fn unique_ids(records: &Records, findings: &mut Vec<Finding>) {
    // Tables share the first part of their paths with the fixed names.
    let mut tables: BTreeMap<&str, Span> = BTreeMap::new();
    for table in &records.tables {
        if matches!(table.id.value.as_str(), "werte" | "massnahmen") {
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

/// Collects figures and findings while records become typed.
pub(super) struct Builder<'f> {
    pub(super) units: Units,
    pub(super) figures: Figures,
    pub(super) findings: &'f mut Vec<Finding>,
}

impl Builder<'_> {
    /// Running text of the data.
    pub(super) fn prose(&mut self, text: &Text) -> Vec<Inline> {
        reader::inlines(&text.value, text.span, self.findings)
    }

    /// Reports links and footnotes in a text that is printed as it stands.
    pub(super) fn plain(&mut self, text: &Text) {
        let marks = [
            "](zahl:",
            "](abschnitt:",
            "](tabelle:",
            "](schaubild:",
            "](massnahme:",
            "](strategie:",
            "[^",
        ];
        if let Some(mark) = marks.iter().find(|mark| text.value.contains(**mark)) {
            self.findings.push(
                Finding::input("verweis-notation", format!("An dieser Stelle sind Verweise und Fußnoten nicht möglich („{mark}“)."))
                    .at(text.span, "würde so gedruckt")
                    .hint("Schreiben Sie den Text ohne Verweis; Zahlen gehören in eine Zelle, einen Titel oder eine Anmerkung."),
            );
        }
    }

    fn prose_or_empty(&mut self, text: Option<&Text>) -> Vec<Inline> {
        text.map(|text| self.prose(text)).unwrap_or_default()
    }

    /// A figure from what is written, without further marks.
    pub(super) fn origin(
        &mut self,
        text: &Text,
        scope: Scope,
        unit: Option<&(Scale, Option<Unit>)>,
    ) -> Origin {
        if text.value.trim_start().starts_with('=') {
            return match formula::read(&text.value) {
                // A formula that is only a path shows another figure.
                Ok(formula) => Origin::Pending(formula, scope, text.span),
                Err(message) => {
                    self.findings.push(
                        Finding::input("rechnung", message)
                            .at(text.span, "in dieser Rechnung")
                            .hint("Zum Beispiel: \"= summe - umschichtung\" oder \"= anteil(teil, ganzes)\"."),
                    );
                    Origin::Missing
                }
            };
        }
        match self.quantity(text, unit) {
            Some(quantity) => Origin::Entered(quantity),
            None => Origin::Missing,
        }
    }

    fn quantity(
        &mut self,
        text: &Text,
        unit: Option<&(Scale, Option<Unit>)>,
    ) -> Option<crate::model::quantity::Quantity> {
        let (scale, unit) = match unit {
            Some((scale, unit)) => (*scale, unit.as_ref()),
            None => (Scale::One, None),
        };
        match parse_as(&text.value, &self.units, scale, unit) {
            Ok(quantity) => {
                self.expect_unit(text, &quantity, unit);
                Some(quantity)
            }
            Err(error) => {
                let code = match error {
                    crate::model::quantity::ParseError::UnknownUnit(..) => "unbekannte-einheit",
                    crate::model::quantity::ParseError::DecimalPoint(_)
                    | crate::model::quantity::ParseError::English(_) => "dezimalpunkt",
                    _ => "unlesbare-zahl",
                };
                self.findings.push(
                    Finding::input(code, error.message(&text.value))
                        .at(text.span, "so nicht lesbar")
                        .hint_if(error.hint()),
                );
                None
            }
        }
    }

    /// Reports a figure whose unit is not that of its column or field.
    fn expect_unit(
        &mut self,
        text: &Text,
        quantity: &crate::model::quantity::Quantity,
        expected: Option<&Unit>,
    ) {
        let (Some(expected), Some(own)) = (expected, &quantity.unit) else { return };
        let bare = |unit: &Unit| Unit { per: None, ..unit.clone() }.dimension();
        if bare(expected) != bare(own) {
            self.findings.push(
                Finding::input(
                    "einheiten",
                    format!("Hier werden {expected} erwartet, es stehen dort aber {own}."),
                )
                .at(text.span, "andere Einheit")
                .hint("Prüfen Sie, ob der Wert in der richtigen Spalte steht."),
            );
        }
    }

    /// What is printed in a figure's place.
    pub(super) fn stated(
        &mut self,
        text: &Text,
        unit: Option<&(Scale, Option<Unit>)>,
    ) -> StatedFigure {
        let quantity = if text.value.trim().is_empty() { None } else { self.quantity(text, unit) };
        StatedFigure { text: text.clone(), quantity }
    }

    /// A figure from an entry: what is written, and the marks of its block.
    pub(super) fn figure(
        &mut self,
        path: String,
        label: String,
        entry: &Entry,
        scope: Scope,
        style: Style,
    ) -> Figure {
        let unit = style.unit.clone();
        let mut figure = Figure {
            path,
            label,
            span: entry_span(entry),
            origin: Origin::Missing,
            stated: None,
            acknowledged: None,
            note: None,
            source: None,
            as_of: None,
            style,
        };
        match entry {
            Entry::Plain(text) if text.value.trim().is_empty() => {}
            Entry::Plain(text) => figure.origin = self.origin(text, scope, unit.as_ref()),
            Entry::List(items) => {
                self.findings.push(
                    Finding::input(
                        "falsche-art",
                        "Hier wird eine Zahl erwartet, es steht dort aber eine Liste.",
                    )
                    .at(items.first().map_or(figure.span, |item| item.span), "erwartet: eine Zahl")
                    .hint("Eine Liste passt nur in eine Spalte der Art „text“."),
                );
            }
            Entry::Place(place) => self.place(&mut figure, place, scope, unit.as_ref()),
        }
        figure
    }

    fn place(
        &mut self,
        figure: &mut Figure,
        place: &PlaceRecord,
        scope: Scope,
        unit: Option<&(Scale, Option<Unit>)>,
    ) {
        if let Some(value) = &place.value {
            figure.origin = self.origin(value, scope, unit);
        }
        figure.span = place.place();
        figure.stated = place.stated.as_ref().map(|stated| self.stated(&stated.0, unit));
        figure.acknowledged.clone_from(&place.acknowledged);
        figure.note.clone_from(&place.note);
        figure.source.clone_from(&place.source);
        figure.as_of.clone_from(&place.as_of);
    }

    fn values(&mut self, records: &[ValueRecord]) {
        for record in records {
            let origin = self.origin(&record.value, Scope::Values, None);
            let stated = record.stated.as_ref().map(|text| self.stated(text, None));
            self.figures.add(Figure {
                path: format!("werte.{}", record.id.value),
                label: record.label.value.clone(),
                span: stated.as_ref().map_or(record.value.span, |stated| stated.text.span),
                origin,
                stated,
                acknowledged: record.acknowledged.clone(),
                note: None,
                source: record.source.clone(),
                as_of: record.as_of.clone(),
                style: Style::default(),
            });
        }
    }

    fn measures(&mut self, records: &[MeasureRecord]) -> Vec<Measure> {
        records.iter().map(|record| self.measure(record)).collect()
    }

    fn measure(&mut self, record: &MeasureRecord) -> Measure {
        let count =
            |name: &str| Some((Scale::One, Some(Unit::plain(UnitName::Count(name.to_owned())))));
        let euro = Some((Scale::One, Some(Unit::plain(UnitName::Euro))));
        let fixed = [
            ("eintritte", &record.entries, count("Eintritte")),
            ("mittelansatz", &record.budget, euro),
            ("plaetze", &record.places, count("Plätze")),
        ];
        let mut figures = Vec::new();
        let fixed = fixed
            .into_iter()
            .filter_map(|(name, entry, unit)| Some((name.to_owned(), entry.as_ref()?, unit)));
        let further =
            record.further.0.iter().map(|(name, entry)| (name.value.clone(), entry, None));
        for (name, entry, unit) in fixed.chain(further) {
            let path = format!("massnahmen.{}.{name}", record.id.value);
            let label = format!("{}, {}", record.name.value, field_name(&name));
            let style = Style { unit, ..Style::default() };
            let figure = self.figure(path, label, entry, Scope::Values, style);
            figures.push((name, self.figures.add(figure)));
        }
        Measure {
            id: record.id.value.clone(),
            span: record.id.span,
            name: self.prose(&record.name),
            law: record.law.as_ref().map(|law| law.value.clone()),
            function: self.prose_or_empty(record.function.as_ref()),
            figures,
        }
    }

    /// Resolves and calculates all figures and reports what cannot be calculated.
    fn finish(&mut self, reproduction: bool) {
        let mut reported = Vec::new();
        for Unresolved { span, name, candidates } in self.figures.resolve() {
            // One formula stands for a whole row or column.
            if reported.contains(&(span, name.clone())) {
                continue;
            }
            let hint = if name.contains('.') {
                references::meant(&name, candidates.iter().map(String::as_str))
            } else {
                let bare = candidates.iter().filter(|path| !path.contains('.'));
                did_you_mean(&name, bare.clone().map(String::as_str)).unwrap_or_else(|| {
                    let known: Vec<&str> = bare.take(12).map(String::as_str).collect();
                    format!("Hier gibt es: {}.", known.join(", "))
                })
            };
            self.findings.push(
                Finding::input(
                    "unbekannte-zahl",
                    format!("In der Rechnung steht „{name}“; diese Zahl gibt es nicht."),
                )
                .at(span, "in dieser Rechnung")
                .hint(hint),
            );
            reported.push((span, name));
        }
        self.figures.calculate(reproduction);
        let mut troubles = Vec::new();
        for (id, figure) in self.figures.iter() {
            // Only where it begins, not at every figure that depends on it.
            let inherited = self.figures.operands(id).iter().any(|operand| {
                *operand < id && self.figures.outcome(*operand).trouble.is_some()
                    || *operand > id
                        && self
                            .figures
                            .outcome(*operand)
                            .trouble
                            .is_some_and(|trouble| trouble != Trouble::Circle)
            });
            if let Some(trouble) = self
                .figures
                .outcome(id)
                .trouble
                .filter(|trouble| !inherited && *trouble != Trouble::Zero)
            {
                troubles.push((figure.span, figure.label.clone(), trouble));
            }
        }
        for (span, label, trouble) in troubles {
            self.findings.push(trouble_finding(trouble).at(span, format!("Rechnung für: {label}")));
        }
    }

    fn fields(&mut self, records: &[FieldRecord]) -> Vec<Field> {
        records
            .iter()
            .map(|record| {
                let title = self.prose(&record.title);
                Field {
                    id: record.id.value.clone(),
                    overview_title: record
                        .overview_title
                        .as_ref()
                        .map_or_else(|| title.clone(), |text| self.prose(text)),
                    title,
                    goal: self.prose_or_empty(record.goal.as_ref()),
                    text: record.text.as_ref().map(|text| text.value.clone()),
                    strategies: record
                        .strategies
                        .iter()
                        .enumerate()
                        .map(|(at, strategy)| self.strategy(at + 1, strategy))
                        .collect(),
                }
            })
            .collect()
    }

    fn strategy(&mut self, number: usize, record: &StrategyRecord) -> Strategy {
        let plain = self.prose(&record.title);
        let title = match &record.changed {
            None | Some(Changed::Whole(false)) => plain.clone(),
            Some(Changed::Whole(true)) => vec![Inline::Emphasis(plain.clone())],
            Some(Changed::Words(words)) => self.emphasise(&plain, words),
        };
        let section = record.section.as_ref();
        let heading = section
            .and_then(|section| section.title.as_ref())
            .map_or_else(|| plain.clone(), |text| self.prose(text));
        let table_title = section
            .and_then(|section| section.table_title.as_ref())
            .map_or_else(|| heading.clone(), |text| self.prose(text));
        let italic = section.and_then(|section| section.italic).is_some_and(|flag| flag.0);
        Strategy {
            id: record.id.value.clone(),
            number,
            title,
            heading,
            table_title: if italic { vec![Inline::Emphasis(table_title)] } else { table_title },
            steps: record
                .steps
                .iter()
                .map(|step| {
                    let text = self.prose_or_empty(step.text.as_ref());
                    (text, step.points.iter().map(|point| self.prose(point)).collect())
                })
                .collect(),
        }
    }

    /// Sets the given words of a title in italics.
    fn emphasise(&mut self, title: &[Inline], words: &[Text]) -> Vec<Inline> {
        let mut out = title.to_vec();
        for word in words {
            let found = out.iter().position(
                |inline| matches!(inline, Inline::Text(text) if text.contains(&word.value)),
            );
            let Some(at) = found else {
                self.findings.push(
                    Finding::input(
                        "geaendert",
                        format!(
                            "Die geänderten Wörter „{}“ kommen im Titel der Strategie nicht vor.",
                            word.value
                        ),
                    )
                    .at(word.span, "nicht gefunden")
                    .hint("Schreiben Sie die Wörter genau so, wie sie im Titel stehen."),
                );
                continue;
            };
            if let Inline::Text(text) = out.remove(at) {
                let start = text.find(&word.value).unwrap_or_default();
                let (before, rest) = text.split_at(start);
                let after = &rest[word.value.len()..];
                let parts = [
                    Inline::Text(before.to_owned()),
                    Inline::Emphasis(vec![Inline::Text(word.value.clone())]),
                    Inline::Text(after.to_owned()),
                ];
                let kept = parts
                    .into_iter()
                    .filter(|part| !matches!(part, Inline::Text(text) if text.is_empty()));
                out.splice(at..at, kept);
            }
        }
        out
    }

    fn lists(&mut self, records: &[ListRecord]) -> Vec<List> {
        const SIGNS: [&str; 6] = ["++", "+", "+/-", "=", "-", "--"];
        let mut out = Vec::new();
        for record in records {
            let legend: Vec<(String, String)> = record
                .legend
                .0
                .iter()
                .map(|(sign, text)| (sign.value.clone(), text.value.clone()))
                .collect();
            let mut items = Vec::new();
            for item in &record.items {
                if let Some(rating) = &item.rating
                    && !legend.iter().any(|(sign, _)| *sign == rating.value)
                {
                    let mut known: Vec<&str> =
                        legend.iter().map(|(sign, _)| sign.as_str()).collect();
                    if known.is_empty() {
                        known.extend(SIGNS);
                    }
                    self.findings.push(
                        unknown_choice(rating, "Die Bewertung", &known)
                            .hint("Was die Zeichen bedeuten, steht unter „legende“."),
                    );
                }
                let rating = item.rating.as_ref().map(|rating| rating.value.clone());
                items.push((self.prose(&item.text), rating));
            }
            out.push(List { id: record.id.value.clone(), legend, items });
        }
        out
    }

    fn pictures(&mut self, records: &[PictureRecord], folder: &Folder) -> Vec<Picture> {
        records.iter().filter_map(|record| self.picture(record, folder)).collect()
    }

    fn picture(&mut self, record: &PictureRecord, folder: &Folder) -> Option<Picture> {
        let labels = record.categories.iter().map(|category| &category.label);
        for text in labels.chain([&record.alt]).chain(&record.source) {
            self.plain(text);
        }
        if record.alt.value.trim().is_empty() {
            self.findings.push(
                Finding::input(
                    "alternativtext",
                    format!("Das Schaubild „{}“ hat keinen Alternativtext.", record.id.value),
                )
                .at(record.alt.span, "leer")
                .hint("Beschreiben Sie in ein bis zwei Sätzen, was zu sehen ist."),
            );
        }
        if record.kind.value != "bild" && record.categories.is_empty() {
            self.findings.push(
                Finding::input("fehlender-schluessel", "Ein Diagramm braucht „kategorien:“.")
                    .at(record.id.span, "dieses Schaubild")
                    .hint("Je Balken eine Zeile: - {bezeichnung: NRW, werte: [werte.nrw]}."),
            );
            return None;
        }
        let content = match record.kind.value.as_str() {
            "bild" => self.image(record, folder)?,
            kind => {
                let kind = match kind {
                    "wasserfall" => ChartKind::Waterfall,
                    "balken" => ChartKind::Bars,
                    "gruppen" => ChartKind::Groups,
                    _ => {
                        let known = ["wasserfall", "balken", "gruppen", "bild"];
                        self.findings.push(unknown_choice(
                            &record.kind,
                            "Die Art von Schaubild",
                            &known,
                        ));
                        return None;
                    }
                };
                self.chart(record, kind)
            }
        };
        Some(Picture {
            id: record.id.value.clone(),
            span: record.id.span,
            title: self.prose(&record.title),
            alt: record.alt.value.clone(),
            unit: record.unit.as_ref().map(|unit| unit.value.clone()),
            source: record.source.as_ref().map(|source| source.value.clone()),
            content,
        })
    }

    fn image(&mut self, record: &PictureRecord, folder: &Folder) -> Option<PictureContent> {
        let Some(file) = &record.file else {
            self.findings.push(
                Finding::input(
                    "fehlender-schluessel",
                    "Ein Schaubild der Art „bild“ braucht den Schlüssel „datei“.",
                )
                .at(record.id.span, "dieses Schaubild")
                .hint("Zum Beispiel „datei: bilder/standort.png“."),
            );
            return None;
        };
        let ending = file.value.rsplit_once('.').map_or("", |(_, ending)| ending).to_lowercase();
        if !matches!(ending.as_str(), "svg" | "png" | "jpg" | "jpeg") {
            self.findings.push(
                Finding::input(
                    "bild-art",
                    format!("„{}“ ist kein Bild, das amip drucken kann.", file.value),
                )
                .at(file.span, "erwartet: .svg, .png oder .jpg")
                .hint("Speichern Sie das Bild als PNG, JPG oder SVG."),
            );
            return None;
        }
        match folder::image(folder, &file.value) {
            Ok(bytes) if is_image(&ending, &bytes) => Some(PictureContent::Image(ending, bytes)),
            Ok(_) => {
                self.findings.push(
                    Finding::input(
                        "bild-art",
                        format!("„{}“ ist beschädigt oder hat die falsche Endung.", file.value),
                    )
                    .at(file.span, "kein lesbares Bild")
                    .hint("Öffnen Sie das Bild und speichern Sie es neu als PNG, JPG oder SVG."),
                );
                None
            }
            Err(error) => {
                let finding = match error {
                    ImageError::Missing => Finding::input(
                        "bild-fehlt",
                        format!("Das Bild „{}“ gibt es nicht.", file.value),
                    )
                    .hint("Der Pfad gilt ab dem Ordner des Programms."),
                    ImageError::Outside => Finding::input(
                        "pfad-ausserhalb",
                        format!("„{}“ führt aus dem Ordner des Programms hinaus.", file.value),
                    )
                    .hint("Legen Sie das Bild in den Ordner „bilder“ des Programms."),
                };
                self.findings.push(finding.at(file.span, "diese Datei"));
                None
            }
        }
    }

    fn chart(&mut self, record: &PictureRecord, kind: ChartKind) -> PictureContent {
        let categories =
            record.categories.iter().map(|category| self.category(record, category)).collect();
        let mut series: Vec<String> = record.series.iter().map(|name| name.value.clone()).collect();
        if series.is_empty() {
            let title = self.prose(&record.title);
            series.push(walk::plain(&title));
        }
        PictureContent::Chart { kind, series, categories }
    }

    fn category(
        &mut self,
        record: &PictureRecord,
        category: &CategoryRecord,
    ) -> (String, Vec<FigureId>, Step) {
        let step = match category.kind.as_ref().map(|kind| (kind, kind.value.as_str())) {
            None | Some((_, "stand")) => Step::Level,
            Some((_, "zugang")) => Step::Up,
            Some((_, "abgang")) => Step::Down,
            Some((kind, _)) => {
                let known = ["stand", "zugang", "abgang"];
                self.findings.push(unknown_choice(kind, "Die Art des Balkens", &known));
                Step::Level
            }
        };
        let wanted = record.series.len().max(1);
        if category.values.len() != wanted {
            self.findings.push(
                Finding::input(
                    "schaubild-werte",
                    format!(
                        "„{}“ hat {} Werte, das Schaubild aber {wanted} {}.",
                        category.label.value,
                        category.values.len(),
                        if wanted == 1 { "Reihe" } else { "Reihen" }
                    ),
                )
                .at(category.span, "diese Kategorie")
                .hint("Jede Kategorie nennt je Reihe genau einen Pfad."),
            );
        }
        let mut values = Vec::new();
        for path in &category.values {
            match self.figures.find(&path.value) {
                None => self.findings.push(
                    Finding::input(
                        "unbekannte-zahl",
                        format!("Die Zahl „{}“ gibt es in den Daten nicht.", path.value),
                    )
                    .at(path.span, "dieser Pfad")
                    .hint(references::meant(&path.value, self.figures.paths())),
                ),
                Some(id) => values.push(id),
            }
        }
        (category.label.value.clone(), values, step)
    }
}

/// Whether the bytes begin as a file with that ending does.
fn is_image(ending: &str, bytes: &[u8]) -> bool {
    match ending {
        "png" => bytes.starts_with(b"\x89PNG\r\n\x1a\n") && bytes.len() > 60,
        "jpg" | "jpeg" => bytes.starts_with(&[0xff, 0xd8, 0xff]),
        _ => {
            let text = String::from_utf8_lossy(bytes);
            text.contains("<svg") && text.trim_end().ends_with("</svg>")
        }
    }
}

fn entry_span(entry: &Entry) -> Span {
    match entry {
        Entry::Plain(text) => text.span,
        // An empty list has no place of its own.
        Entry::List(items) => {
            items.first().map_or_else(|| Span::new(FileId::default(), 0..0), |item| item.span)
        }
        Entry::Place(place) => place.span,
    }
}

fn trouble_finding(trouble: Trouble) -> Finding {
    match trouble {
        Trouble::Circle => Finding::input("kreis", "Die Rechnung führt im Kreis: Der Wert hängt von sich selbst ab.")
            .hint("Prüfen Sie, welche der beteiligten Zahlen eingetragen und nicht berechnet sein sollte."),
        Trouble::Units => Finding::input("einheiten", "Die Rechnung verbindet Zahlen mit verschiedenen Einheiten.")
            .hint("Addiert und verglichen werden kann nur Gleiches: Eintritte mit Eintritten, Beträge mit Beträgen."),
        Trouble::Range => Finding::input("rechnung-spanne", "In dieser Rechnung lässt sich mit einer Spanne nicht rechnen.")
            .hint("Spannen lassen sich addieren und mit einer einzelnen Zahl malnehmen; nehmen Sie sonst die Grenzen als eigene Werte."),
        Trouble::Missing => Finding::input("rechnung-ohne-zahl", "In dieser Rechnung steht an einer Stelle keine Zahl, sondern ein Grund oder nichts.")
            .hint("Tragen Sie dort eine Zahl ein („offen“, wenn sie noch nicht bekannt ist), oder löschen Sie die Rechnung."),
        // A division by zero is a rule of its own, and is not asked about here.
        Trouble::Overflow | Trouble::Zero => Finding::input("zu-gross", "Das Ergebnis hat mehr Stellen, als amip genau rechnen kann."),
    }
}

/// The name of a measure's field as it is printed.
fn field_name(key: &str) -> String {
    match key {
        "plaetze" => "Plätze".to_owned(),
        key => {
            let mut letters = key.replace('_', " ").chars().collect::<Vec<_>>();
            if let Some(first) = letters.first_mut() {
                first.make_ascii_uppercase();
            }
            letters.into_iter().collect()
        }
    }
}

/// Whether an entry holds nothing but marks, so that the value comes from elsewhere.
pub(super) fn has_value(entry: &Entry) -> bool {
    match entry {
        Entry::Plain(text) => !text.value.trim().is_empty(),
        Entry::List(_) => true,
        Entry::Place(place) => place.value.is_some(),
    }
}

/// The entry of a column, if there is one.
pub(super) fn cell<'a>(cells: &'a Entries<Entry>, column: &str) -> Option<&'a Entry> {
    cells.get(column)
}
