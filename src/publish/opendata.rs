// SPDX-License-Identifier: EUPL-1.2
//! Open data: each public table as CSV and JSON, all public figures in one list, and a Frictionless
//! Data Package that describes them.
//!
//! A column of figures becomes two: the bare number in base units with a decimal point, empty where
//! there is none, and what is printed, with unit and words.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;
use serde_json::{Value as Json, json};

use super::model::PublicModel;
use crate::model::Programme;
use crate::model::figures::FigureId;
use crate::model::quantity::{Quantity, Value};
use crate::model::table::{Cell, Column, RowKind, Table};
use crate::tree::{self, Document, walk};

/// Folder of the data beside the document.
pub const FOLDER: &str = "daten";

/// The list of all figures.
pub const FIGURES: &str = "zahlen";

/// A table of plain values.
struct Resource {
    name: String,
    title: String,
    source: Option<String>,
    fields: Vec<Field>,
    rows: Vec<Vec<String>>,
}

struct Field {
    name: String,
    title: String,
    number: bool,
}

/// All files with their paths.
pub fn files(model: &PublicModel, document: &Document) -> Vec<(String, Vec<u8>)> {
    let programme = model.programme();
    let mut resources = resources(programme, document);
    resources.push(figures(programme, document));
    let mut out = Vec::new();
    let mut described = Vec::new();
    for resource in &resources {
        let path = format!("{FOLDER}/{}.csv", resource.name);
        described.push(resource.description());
        out.push((path, resource.csv().into_bytes()));
        out.push((format!("{FOLDER}/{}.json", resource.name), resource.json().into_bytes()));
    }
    out.push(("datapackage.json".to_owned(), package(programme, &described).into_bytes()));
    out
}

fn resources(programme: &Programme, document: &Document) -> Vec<Resource> {
    let mut out = Vec::new();
    let mut seen = BTreeSet::new();
    let mut plain = 0;
    let mut add = |resource: Resource| {
        if seen.insert(resource.name.clone()) && !resource.rows.is_empty() {
            out.push(resource);
        }
    };
    walk::tables(&document.blocks, &mut |table| {
        let id = table.id.as_deref().unwrap_or_default();
        let model = id.strip_prefix("tabelle-").and_then(|id| programme.table(id));
        match model {
            Some(model) => add(of_model(programme, model)),
            None => {
                plain += 1;
                let name =
                    if id.is_empty() { format!("texttabelle-{plain}") } else { id.to_owned() };
                add(of_tree(&name, &walk::plain(&table.caption), table));
            }
        }
    });
    walk::pictures(&document.blocks, &mut |picture| {
        if let Some(table) = &picture.data {
            add(of_tree(&picture.id, &walk::plain(&picture.caption), table));
        }
    });
    out
}

/// A table of the data, with its figures as numbers.
fn of_model(programme: &Programme, table: &Table) -> Resource {
    let mut fields = Vec::new();
    for column in &table.columns {
        let title = column_title(column);
        if column.numeric {
            fields.push(Field { name: column.id.clone(), title: title.clone(), number: true });
            fields.push(Field {
                name: printed_field(&column.id),
                title: printed_title(&title),
                number: false,
            });
        } else {
            fields.push(Field { name: column.id.clone(), title, number: false });
        }
    }
    fields.push(Field {
        name: "zeilenart".to_owned(),
        title: "Art der Zeile".to_owned(),
        number: false,
    });
    let rows = table.rows.iter().map(|row| {
        let mut cells = Vec::new();
        for (cell, column) in row.cells.iter().zip(&table.columns) {
            match (cell, column.numeric) {
                (Cell::Figure(id), true) => cells.extend(figure_cells(programme, *id)),
                (cell, true) => cells.extend([String::new(), text_of(cell)]),
                (cell, false) => cells.push(text_of(cell)),
            }
        }
        let kind = match row.kind {
            RowKind::Body => "zeile",
            RowKind::Group => "gruppe",
            RowKind::Part => "darunter",
            RowKind::Total => "summe",
        };
        cells.push(kind.to_owned());
        cells
    });
    Resource {
        name: format!("tabelle-{}", table.id),
        title: walk::plain(&table.title),
        source: table.provenance.source.as_ref().map(|text| text.value.clone()),
        rows: rows.collect(),
        fields: unique(fields),
    }
}

/// The head of a column in one line.
pub(super) fn column_title(column: &Column) -> String {
    let titles: Vec<&str> =
        column.titles.iter().map(String::as_str).filter(|title| !title.is_empty()).collect();
    if titles.is_empty() { column.id.clone() } else { titles.join(", ") }
}

/// Name of the field with what is printed of a column of figures.
pub(super) fn printed_field(column: &str) -> String {
    format!("{column}_gedruckt")
}

/// Title of the same field.
pub(super) fn printed_title(column: &str) -> String {
    format!("{column} (wie gedruckt)")
}

/// The text of a cell without figures.
pub(super) fn text_of(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => walk::plain(text),
        Cell::List(items) => {
            items.iter().map(|item| walk::plain(item)).collect::<Vec<_>>().join("; ")
        }
        Cell::Empty | Cell::Figure(_) => String::new(),
    }
}

fn figure_cells(programme: &Programme, id: FigureId) -> [String; 2] {
    let printed = programme.figures.computed_with_unit(id);
    let number = printed.as_ref().and_then(number).map(|number| number.normalize().to_string());
    [number.unwrap_or_default(), printed.map_or_else(String::new, |it| it.to_string())]
}

/// A single number in base units; ranges, words and secrets are none.
fn number(quantity: &Quantity) -> Option<Decimal> {
    match quantity.value {
        Value::Number(_) | Value::Word(_) => quantity.nominal(),
        _ => None,
    }
}

/// A table of the document, cell by cell; what spans several stands in each of them.
fn of_tree(name: &str, title: &str, table: &tree::Table) -> Resource {
    let width = table.columns.len().max(1);
    let head = spread(&table.head.iter().map(Vec::as_slice).collect::<Vec<_>>(), width);
    let rows: Vec<&[tree::Cell]> = table.rows.iter().map(|row| row.cells.as_slice()).collect();
    let fields = (0..width)
        .map(|column| {
            let mut titles: Vec<&str> = Vec::new();
            for row in &head {
                let title = row[column].as_str();
                if !title.is_empty() && titles.last() != Some(&title) {
                    titles.push(title);
                }
            }
            let title = titles.join(", ");
            Field { name: format!("spalte_{}", column + 1), title, number: false }
        })
        .collect();
    let source = walk::plain(&table.source);
    Resource {
        name: name.to_owned(),
        title: title.to_owned(),
        source: (!source.is_empty()).then_some(source),
        fields,
        rows: spread(&rows, width),
    }
}

fn spread(rows: &[&[tree::Cell]], width: usize) -> Vec<Vec<String>> {
    let mut out = vec![vec![None; width]; rows.len()];
    for (at, cells) in rows.iter().enumerate() {
        let mut column = 0;
        for cell in *cells {
            while out[at].get(column).is_some_and(Option::is_some) {
                column += 1;
            }
            let text = walk::cell_text(cell);
            for row in out.iter_mut().skip(at).take(cell.rowspan.max(1) as usize) {
                for place in row.iter_mut().skip(column).take(cell.colspan.max(1) as usize) {
                    place.get_or_insert_with(|| text.clone());
                }
            }
            column += cell.colspan.max(1) as usize;
        }
    }
    out.into_iter().map(|row| row.into_iter().map(Option::unwrap_or_default).collect()).collect()
}

/// All figures that the document shows by a name of their own, with the words that stand beside them.
fn figures(programme: &Programme, document: &Document) -> Resource {
    let mut shown: BTreeMap<FigureId, [String; 3]> = BTreeMap::new();
    walk::tables(&document.blocks, &mut |table| {
        let id = table.id.as_deref().unwrap_or_default();
        let Some(model) = id.strip_prefix("tabelle-").and_then(|id| programme.table(id)) else {
            return;
        };
        let text = |text: &Option<crate::model::yaml::Text>| {
            text.as_ref().map(|text| text.value.clone()).unwrap_or_default()
        };
        for row in &model.rows {
            let name = row.cells.iter().map(text_of).find(|text| !text.is_empty());
            for (cell, column) in row.cells.iter().zip(&model.columns) {
                if let Cell::Figure(id) = cell {
                    let parts = [name.clone().unwrap_or_default(), column_title(column)];
                    let label = parts.into_iter().filter(|part| !part.is_empty());
                    let label = label.collect::<Vec<_>>().join(", ");
                    let provenance = &model.provenance;
                    let told = [label, text(&provenance.source), text(&provenance.as_of)];
                    shown.entry(*id).or_insert(told);
                }
            }
        }
    });
    for path in super::gate::told(&document.blocks).keys() {
        if let Some(id) = programme.figures.find(path) {
            shown.entry(id).or_default();
        }
    }
    let fields = [
        ("kennung", "Kennung", false),
        ("bezeichnung", "Zeile und Spalte, in der sie steht", false),
        ("wert", "Wert in Grundeinheiten", true),
        ("gedruckt", "wie gedruckt", false),
        ("quelle", "Quelle", false),
        ("stand", "Stand", false),
    ];
    let rows = shown.into_iter().filter_map(|(id, [label, source, as_of])| {
        let figure = programme.figures.get(id);
        // A cell without a name cannot be told from others.
        if figure.path.contains('#') || programme.figures.computed_with_unit(id).is_none() {
            return None;
        }
        let [number, printed] = figure_cells(programme, id);
        Some(vec![figure.path.clone(), label, number, printed, source, as_of])
    });
    Resource {
        name: FIGURES.to_owned(),
        title: "Alle Zahlen mit ihrer Kennung".to_owned(),
        source: None,
        rows: rows.collect(),
        fields: fields
            .into_iter()
            .map(|(name, title, number)| Field {
                name: name.to_owned(),
                title: title.to_owned(),
                number,
            })
            .collect(),
    }
}

/// Names of fields must differ.
fn unique(mut fields: Vec<Field>) -> Vec<Field> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for field in &mut fields {
        let times = seen.entry(field.name.clone()).or_default();
        *times += 1;
        if *times > 1 {
            field.name = format!("{}_{times}", field.name);
        }
    }
    fields
}

impl Resource {
    fn csv(&self) -> String {
        let mut out = String::new();
        let head: Vec<String> = self.fields.iter().map(|field| field.name.clone()).collect();
        for row in std::iter::once(&head).chain(&self.rows) {
            let cells: Vec<String> = row.iter().map(|cell| quoted(cell)).collect();
            out.push_str(&cells.join(","));
            out.push_str("\r\n");
        }
        out
    }

    /// Numbers are written as they are: as JSON numbers of other programs they would be rounded.
    fn json(&self) -> String {
        let text = |text: &str| Json::String(text.to_owned()).to_string();
        let rows = self.rows.iter().map(|row| {
            let cells = self.fields.iter().zip(row).map(|(field, cell)| {
                let value = match (field.number, cell.is_empty()) {
                    (true, true) => "null".to_owned(),
                    (true, false) => cell.clone(),
                    (false, _) => text(cell),
                };
                format!("{}: {value}", text(&field.name))
            });
            format!("    {{{}}}", cells.collect::<Vec<_>>().join(", "))
        });
        let source = self.source.as_ref().map_or_else(|| "null".to_owned(), |source| text(source));
        let fields = self.fields.iter().map(|field| {
            format!("    {{\"name\": {}, \"titel\": {}}}", text(&field.name), text(&field.title))
        });
        format!(
            "{{\n  \"name\": {},\n  \"titel\": {},\n  \"quelle\": {source},\n  \"spalten\": [\n{}\n  ],\n  \"zeilen\": [\n{}\n  ]\n}}\n",
            text(&self.name),
            text(&self.title),
            fields.collect::<Vec<_>>().join(",\n"),
            rows.collect::<Vec<_>>().join(",\n")
        )
    }

    fn description(&self) -> Json {
        let fields = self.fields.iter().map(|field| {
            json!({
                "name": field.name,
                "title": field.title,
                "type": if field.number { "number" } else { "string" },
            })
        });
        let mut out = json!({
            "name": self.name.to_lowercase(),
            "path": format!("{FOLDER}/{}.csv", self.name),
            "profile": "tabular-data-resource",
            "title": self.title,
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "dialect": { "delimiter": ",", "lineTerminator": "\r\n", "header": true },
            "schema": { "fields": fields.collect::<Vec<_>>(), "missingValues": [""] },
        });
        if let Some(source) = &self.source {
            out["sources"] = json!([{ "title": source }]);
        }
        out
    }
}

/// A cell as RFC 4180 has it.
fn quoted(cell: &str) -> String {
    if cell.contains([',', '"', '\n', '\r']) || cell.trim() != cell {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

fn package(programme: &Programme, resources: &[Json]) -> String {
    let (year, month, day) = programme.date;
    let mut out = json!({
        "name": programme.id.to_lowercase(),
        "title": programme.title,
        "profile": "tabular-data-package",
        "version": format!("{year:04}.{month}.{day}"),
        "description": format!("Tabellen und Zahlen aus: {} ({}). Zahlen in Grundeinheiten mit Dezimalpunkt; daneben, wie sie gedruckt sind.", programme.title, programme.jobcenter),
        "contributors": [{ "title": programme.jobcenter, "role": "publisher" }],
        "resources": resources,
    });
    if let Some(licence) = &programme.publication.licence {
        out["licenses"] = json!([{ "name": licence }]);
    }
    pretty(&out)
}

/// JSON with a line break at its end.
pub(super) fn pretty(value: &Json) -> String {
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    text
}
