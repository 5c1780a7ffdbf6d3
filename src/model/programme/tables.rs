// SPDX-License-Identifier: EUPL-1.2
//! Building tables: columns from presets, cells from entries and measures, and which figures a sum
//! adds up.

use std::collections::{BTreeMap, BTreeSet};

use super::builder::{Builder, has_value, unknown_choice};
use super::earlier::Claim;
use super::{Measure, Part, Restated};
use crate::diag::{Finding, did_you_mean};
use crate::model::decode::split_amount;
use crate::model::figures::{Figure, FigureId, Origin, Scope, StatedFigure, Style};
use crate::model::formula;
use crate::model::outline::OutlineRecord;
use crate::model::quantity::{Quantity, Value};
use crate::model::records::{Entry, RowRecord, TableRecord};
use crate::model::table::{Cell, Column, Row, RowKind, Share, Table};
use crate::model::visibility::Visibility;
use crate::model::yaml::Text;
use crate::tree::{Inline, walk};

/// Turns table records into tables.
pub(super) struct Tables<'b, 'f> {
    pub(super) builder: &'b mut Builder<'f>,
    pub(super) measures: &'b [Measure],
    pub(super) outline: &'b OutlineRecord,
    pub(super) year: u32,
    by_id: BTreeMap<&'b str, &'b Measure>,
    /// Names of the figures that measures have.
    pub(super) fields: BTreeSet<&'b str>,
    restated: Vec<Restated>,
    /// Rows that take figures of the year before.
    pub(super) claims: Vec<Claim>,
}

impl<'b, 'f> Tables<'b, 'f> {
    pub(super) fn new(
        builder: &'b mut Builder<'f>,
        measures: &'b [Measure],
        outline: &'b OutlineRecord,
        year: u32,
    ) -> Self {
        let mut by_id = BTreeMap::new();
        for measure in measures {
            by_id.entry(measure.id.as_str()).or_insert(measure);
        }
        let figures = measures.iter().flat_map(|measure| &measure.figures);
        let fields = figures.map(|(name, _)| name.as_str()).collect();
        Self {
            builder,
            measures,
            outline,
            year,
            by_id,
            fields,
            restated: Vec::new(),
            claims: Vec::new(),
        }
    }

    /// The measure with an id.
    pub(super) fn measure(&self, id: &str) -> Option<&'b Measure> {
        self.by_id.get(id).copied()
    }

    pub(super) fn build(mut self, records: &[TableRecord]) -> (Vec<Table>, Vec<Restated>) {
        let tables = records.iter().map(|record| self.table(record)).collect();
        self.split();
        (tables, self.restated)
    }

    pub(super) fn report(&mut self, finding: Finding) {
        self.builder.findings.push(finding);
    }

    fn table(&mut self, record: &TableRecord) -> Table {
        let columns = self.columns(record);
        let title = self.builder.prose(&record.title);
        let provenance = self.builder.provenance(
            record.source.as_ref(),
            record.month.as_ref(),
            record.as_of.as_ref(),
            record.allocation.as_ref(),
        );
        let note = record.note.as_ref().map(|note| self.builder.prose(note));
        let mut table = Table {
            id: record.id.value.clone(),
            span: record.id.span,
            title,
            head: record.head.is_none_or(|flag| flag.0),
            columns,
            rows: Vec::new(),
            note,
            provenance,
            captioned: record.captioned.is_none_or(|flag| flag.0),
            number: record.number.clone(),
            visibility: record.visibility,
            persons: record.persons.map(|flag| flag.0),
        };
        self.builder.remark(record.remark.as_ref());
        for row in &record.rows {
            self.builder.remark(row.remark.as_ref());
        }
        let mut kinds = Vec::new();
        for row in &record.rows {
            kinds.push(self.row_kind(row));
        }
        for (at, row) in record.rows.iter().enumerate() {
            let parts = self.parts(row);
            if parts.is_empty() {
                let row = self.row(&table, row, at, kinds[at], None);
                self.same_measure_twice(&table, &row, record.rows[at].id.is_some());
                table.rows.push(row);
            }
            for part in parts {
                let shown = Shown {
                    part,
                    first: table.rows.last().is_none_or(|row| row.block != Some(at)),
                };
                let row = self.row(&table, row, at, kinds[at], Some(shown));
                self.same_measure_twice(&table, &row, record.rows[at].id.is_some());
                table.rows.push(row);
            }
        }
        self.sums(&mut table);
        table
    }

    /// The parts of the row's measure that have rows of their own.
    fn parts(&self, record: &RowRecord) -> Vec<&'b Part> {
        let wanted = record.parts.is_none_or(|flag| flag.0);
        record
            .measure
            .as_ref()
            .filter(|_| wanted)
            .and_then(|id| self.measure(&id.value))
            .map_or_else(Vec::new, |measure| measure.parts.iter().collect())
    }

    /// Rows that take their id from one and the same measure could not be told apart.
    fn same_measure_twice(&mut self, table: &Table, row: &Row, named: bool) {
        let first = table.rows.iter().find(|known| known.id.is_some() && known.id == row.id);
        if let (Some(first), false, Some(id)) = (first, named, &row.id) {
            self.report(
                Finding::input(
                    "doppelte-kennung",
                    format!("Zwei Zeilen dieser Tabelle zeigen die Maßnahme „{id}“."),
                )
                .at(row.span, "zum zweiten Mal")
                .label(first.span, "zum ersten Mal")
                .hint("Geben Sie der zweiten Zeile eine eigene „id“."),
            );
        }
    }

    fn row_kind(&mut self, record: &RowRecord) -> RowKind {
        match record.kind.as_ref().map(|kind| (kind, kind.value.as_str())) {
            None | Some((_, "zeile")) => RowKind::Body,
            Some((_, "gruppe")) => RowKind::Group,
            Some((_, "darunter")) => RowKind::Part,
            Some((_, "summe")) => RowKind::Total,
            Some((kind, _)) => {
                let known = ["zeile", "gruppe", "darunter", "summe"];
                let finding = unknown_choice(kind, "Die Zeilenart", &known);
                self.report(finding);
                RowKind::Body
            }
        }
    }

    fn row(
        &mut self,
        table: &Table,
        record: &RowRecord,
        at: usize,
        kind: RowKind,
        shown: Option<Shown<'_>>,
    ) -> Row {
        let measures: Vec<String> = self.row_measures(record);
        let id = match (&record.id, measures.as_slice()) {
            (Some(id), _) => Some(id.value.clone()),
            (None, [measure]) => Some(measure.clone()),
            _ => None,
        };
        let part = shown.map(|shown| shown.part);
        let id = id.map(|id| match part {
            Some(part) => format!("{id}-{}", part.id),
            None => id,
        });
        for (name, _) in &record.cells.0 {
            if table.column(&name.value).is_none() && !split_amount(name, self.builder.findings) {
                let known: Vec<&str> =
                    table.columns.iter().map(|column| column.id.as_str()).collect();
                let hint = did_you_mean(&name.value, known.iter().copied())
                    .unwrap_or_else(|| format!("Die Spalten sind: {}.", known.join(", ")));
                self.report(
                    Finding::input(
                        "unbekannte-spalte",
                        format!("Die Tabelle „{}“ hat keine Spalte „{}“.", table.id, name.value),
                    )
                    .at(name.span, "unbekannt")
                    .hint(hint),
                );
            }
        }
        let key = format!("{}.{}", table.id, id.clone().unwrap_or_else(|| format!("#{}", at + 1)));
        if let (Some(Shown { first: true, .. }), Some(formula)) = (shown, &record.formula) {
            self.report(
                Finding::input("teile", "Die Maßnahme dieser Zeile hat Teile; eine Rechnung für die ganze Zeile würde in jedem Teil stehen.")
                    .at(formula.span, "für welchen Teil?")
                    .hint("Schreiben Sie in die Zeile „teile: nein“, oder streichen Sie „rechnung:“."),
            );
        }
        let mut label = self.row_label(table, record, &measures, at);
        if let Some(part) = part {
            label = match &part.name {
                Some(name) => shorten(&walk::plain(name)),
                None => format!("{label} ({})", part.id),
            };
        }
        let row = Row {
            id,
            span: record.span,
            kind,
            counts: record.counts.is_none_or(|flag| flag.0),
            through: record.through.is_some_and(|flag| flag.0),
            measures,
            part: part.map(|part| part.id.clone()),
            block: part.map(|_| at),
            formula: record.formula.clone(),
            cells: Vec::new(),
            visibility: record.visibility,
            persons: record.persons.map(|flag| flag.0),
            marked: marked(table, record),
        };
        let mut cells = Vec::new();
        for column in &table.columns {
            let mut entry = record.cells.get(&column.id);
            if let (Some(shown), Some(_), true) = (shown, entry, column.numeric) {
                entry = None;
                if shown.first {
                    self.figure_for_all_parts(record, &column.id);
                }
            }
            cells.push(if column.numeric {
                self.numeric(table, &row, column, entry, &key, &label)
            } else {
                self.textual(&row, column, entry)
            });
        }
        // `mittel.egt` means the first figure of the row.
        let first = table.columns.iter().position(|column| column.numeric);
        let first = first.and_then(|at| match cells.get(at) {
            Some(Cell::Figure(id)) => Some(*id),
            _ => None,
        });
        if let Some(first) = first {
            self.builder.figures.alias(key, first);
        }
        Row { cells, ..row }
    }

    /// One figure cannot stand in the rows of several parts.
    fn figure_for_all_parts(&mut self, record: &RowRecord, column: &str) {
        let key = record.cells.0.iter().find(|(name, _)| name.value == column);
        let Some((name, _)) = key else { return };
        self.report(
            Finding::input(
                "teile",
                "Die Maßnahme dieser Zeile hat Teile; eine Zahl für alle Teile zusammen ist hier nicht möglich.",
            )
            .at(name.span, "für welchen Teil?")
            .hint("Tragen Sie die Zahl bei der Maßnahme unter „teile“ ein, oder schreiben Sie in die Zeile „teile: nein“."),
        );
    }

    fn row_measures(&mut self, record: &RowRecord) -> Vec<String> {
        let mut out = Vec::new();
        for id in record.measure.iter().chain(&record.measures) {
            if self.measure(&id.value).is_some() {
                out.push(id.value.clone());
                continue;
            }
            let known = self.measures.iter().map(|measure| measure.id.as_str());
            let hint = did_you_mean(&id.value, known);
            self.report(
                Finding::input(
                    "unbekannte-massnahme",
                    format!("Die Maßnahme „{}“ gibt es nicht.", id.value),
                )
                .at(id.span, "unbekannt")
                .hint_if(hint)
                .hint("Maßnahmen stehen unter „massnahmen:“ in einer der YAML-Dateien."),
            );
        }
        out
    }

    /// What a reader would call the row.
    fn row_label(
        &self,
        table: &Table,
        record: &RowRecord,
        measures: &[String],
        at: usize,
    ) -> String {
        for column in table.columns.iter().filter(|column| !column.numeric) {
            let text = match record.cells.get(&column.id) {
                Some(Entry::Plain(text)) => text.value.clone(),
                Some(Entry::Place(place)) => {
                    place.value.as_ref().map_or_else(String::new, |text| text.value.clone())
                }
                _ => String::new(),
            };
            if !text.trim().is_empty() && !text.chars().all(|c| c.is_ascii_digit()) {
                let plain = crate::tree::reader::inlines(&text, record.span, &mut Vec::new());
                return shorten(&walk::plain(&plain));
            }
            if column.field.as_deref() == Some("name")
                && let Some(measure) = measures.first().and_then(|id| self.measure(id))
            {
                return shorten(&walk::plain(&measure.name));
            }
        }
        format!("Zeile {}", at + 1)
    }

    fn numeric(
        &mut self,
        table: &Table,
        row: &Row,
        column: &Column,
        entry: Option<&Entry>,
        key: &str,
        label: &str,
    ) -> Cell {
        if row.through {
            return Cell::Empty;
        }
        let path = format!("{key}.{}", column.id);
        let head = column.titles.iter().rev().find(|title| !title.is_empty());
        let label = match head {
            Some(head) => format!("{label}, {head}"),
            None => label.to_owned(),
        };
        let scope = Scope::Row { table: table.id.clone(), column: column.id.clone() };
        let style = Style {
            hide_unit: column.hide_unit,
            decimals: column.decimals,
            unit: column.unit.clone(),
            signed: column.signed,
        };
        let mut figure = match entry {
            Some(entry) => self.builder.figure(path, label, entry, scope.clone(), style),
            None => Figure::missing(path, label, row.span, style),
        };
        let mut entered = entry.is_some_and(has_value);
        let before = self.before(&table.id, row, column, entered || figure.stated.is_some());
        let shows_measure = column.formula.is_none()
            && row.formula.is_none()
            && self.measure_figures(row, column).is_some();
        let calculated = before.is_some()
            || column.earlier.is_none()
                && (column.formula.is_some() || row.formula.is_some() || shows_measure);
        if calculated && figure.stated.is_none() {
            // A number typed where a formula or a measure gives one is what was stated there.
            if let Origin::Entered(quantity) = &figure.origin
                && quantity.is_number()
            {
                let text = Text { value: quantity.to_string(), span: figure.span };
                figure.stated = Some(StatedFigure { text, quantity: Some(quantity.clone()) });
                figure.origin = Origin::Missing;
                entered = false;
            }
        }
        if !entered {
            if let Some(origin) = before {
                figure.origin = origin;
            } else if let Some(text) = &column.formula {
                let scope = Scope::Column { row: key.to_owned() };
                figure.origin = self.formula(text, scope);
            } else if let Some(text) = &row.formula {
                figure.origin = self.formula(text, scope);
            } else if let Some(origin) = self.measure_figures(row, column) {
                figure.origin = origin;
            } else if figure.stated.is_none()
                && !matches!(row.kind, RowKind::Group | RowKind::Total)
            {
                if !new_this_year(table, row, column) {
                    return Cell::Empty;
                }
                figure.origin = Origin::Entered(Quantity::new(Value::Dash));
            } else if let (Some(stated), false) =
                (&figure.stated, matches!(row.kind, RowKind::Group | RowKind::Total))
                && stated.quantity.is_some()
            {
                let finding = Finding::input(
                    "fehlender-wert",
                    "Hier steht nur „angegeben“; es fehlt der Wert.",
                )
                .at(stated.text.span, "ohne „wert“ und ohne Rechnung")
                .hint("Ergänzen Sie „wert:“, oder tragen Sie die Zahl ohne „angegeben“ ein.");
                self.report(finding);
            }
        }
        Cell::Figure(self.builder.figures.add(figure))
    }

    fn formula(&mut self, text: &Text, scope: Scope) -> Origin {
        match formula::read(&text.value) {
            Ok(formula) => Origin::Pending(formula, scope, text.span),
            Err(message) => {
                self.report(
                    Finding::input("rechnung", message)
                        .at(text.span, "in dieser Rechnung")
                        .hint("Zum Beispiel: \"= summe - umschichtung\" oder \"= veraenderung(plan, vorjahr)\"."),
                );
                Origin::Missing
            }
        }
    }

    fn measure_figures(&self, row: &Row, column: &Column) -> Option<Origin> {
        let field = column.field.as_deref().filter(|_| column.earlier.is_none())?;
        let figures: Vec<FigureId> = row
            .measures
            .iter()
            .filter_map(|id| {
                let measure = self.measure(id)?;
                match &row.part {
                    Some(part) => measure.part(part)?.figure(field),
                    None => measure.figure(field),
                }
            })
            .collect();
        match figures.as_slice() {
            [] => None,
            [one] => Some(Origin::Same(*one)),
            _ => Some(Origin::Sum(figures)),
        }
    }

    fn textual(&mut self, row: &Row, column: &Column, entry: Option<&Entry>) -> Cell {
        match entry {
            Some(Entry::Plain(text)) if text.value.is_empty() => Cell::Empty,
            Some(Entry::Plain(text)) => Cell::Text(self.builder.prose(text)),
            Some(Entry::List(items)) => {
                Cell::List(items.iter().map(|item| self.builder.prose(item)).collect())
            }
            Some(Entry::Place(place)) => {
                self.builder.remark(place.remark.as_ref());
                let stated = place.stated.as_ref().map(|stated| stated.0.clone());
                if let (Some(text), Some(stated)) = (&place.value, &stated)
                    && text.value != stated.value
                {
                    self.restated.push(Restated {
                        text: text.clone(),
                        stated: stated.clone(),
                        acknowledged: place.acknowledged.clone(),
                    });
                }
                match stated.or_else(|| place.value.clone()) {
                    Some(text) => Cell::Text(self.builder.prose(&text)),
                    None => Cell::Empty,
                }
            }
            None => self.text_from_measures(row, column),
        }
    }

    fn text_from_measures(&self, row: &Row, column: &Column) -> Cell {
        let field = column.field.as_deref();
        let texts: Vec<Vec<Inline>> = row
            .measures
            .iter()
            .filter_map(|id| self.measure(id))
            .filter_map(|measure| match field? {
                "name" => {
                    let part = row.part.as_ref().and_then(|part| measure.part(part));
                    Some(part.and_then(|part| part.name.clone()).unwrap_or(measure.name.clone()))
                }
                "funktion" => Some(measure.function.clone()),
                "anbieter" => Some(vec![Inline::Text(measure.provider.as_ref()?.value.clone())]),
                "rechtsgrundlage" => Some(vec![Inline::Text(measure.law.as_ref()?.value.clone())]),
                _ => None,
            })
            .filter(|text| !text.is_empty())
            .collect();
        match texts.len() {
            0 => Cell::Empty,
            1 => Cell::Text(texts.into_iter().flatten().collect()),
            _ => Cell::List(texts),
        }
    }

    /// Gives groups and totals without a value of their own the rows they add up. A value that was
    /// typed in such a place is what was stated there.
    fn sums(&mut self, table: &mut Table) {
        for column in 0..table.columns.len() {
            if !table.columns[column].numeric || table.columns[column].formula.is_some() {
                continue;
            }
            for at in 0..table.rows.len() {
                let members = members(table, at, column);
                let row = &table.rows[at];
                if !matches!(row.kind, RowKind::Group | RowKind::Total) || row.formula.is_some() {
                    continue;
                }
                let Cell::Figure(id) = row.cells[column] else { continue };
                if members.is_empty() {
                    if matches!(self.builder.figures.get(id).origin, Origin::Missing)
                        && self.builder.figures.get(id).stated.is_none()
                    {
                        table.rows[at].cells[column] = Cell::Empty;
                    }
                    continue;
                }
                self.builder.figures.make_sum(id, members);
            }
        }
    }
}

/// Cells of text that are marked by themselves; figures carry their marks.
fn marked(table: &Table, record: &RowRecord) -> Vec<(usize, Visibility)> {
    let mark = |column: &Column| match record.cells.get(&column.id) {
        Some(Entry::Place(place)) if !column.numeric => place.visibility,
        _ => Visibility::Unmarked,
    };
    let marks = table.columns.iter().map(mark).enumerate();
    marks.filter(|(_, mark)| *mark != Visibility::Unmarked).collect()
}

/// Whether a cell of the year before says that there was nothing; a change from it is none.
fn new_this_year(table: &Table, row: &Row, column: &Column) -> bool {
    let named = row.id.is_some() || !row.measures.is_empty();
    let used = table.columns.iter().any(|column| column.formula.is_some());
    column.earlier.is_some() && (named || used)
}

/// The part of a measure that a row shows.
#[derive(Clone, Copy)]
struct Shown<'p> {
    part: &'p Part,
    /// Whether it is the first row of its measure.
    first: bool,
}

/// The figures that a group or total adds up.
fn members(table: &Table, at: usize, column: usize) -> Vec<FigureId> {
    let added = table.summands(at).into_iter().filter(|(_, share)| *share == Share::Counts);
    added.filter_map(|(row, _)| table.figure(row, column)).collect()
}

fn shorten(text: &str) -> String {
    const LENGTH: usize = 60;
    if text.chars().count() <= LENGTH {
        return text.to_owned();
    }
    let cut: String = text.chars().take(LENGTH).collect();
    format!("{}…", cut.trim_end())
}
