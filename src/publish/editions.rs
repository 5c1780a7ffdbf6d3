// SPDX-License-Identifier: EUPL-1.2
//! What earlier editions of the same programme showed, read from their open data: it cannot be taken
//! back, so that readers know it whatever a new edition hides.
//!
//! Not here: finding and reading the files.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;

use super::opendata::{self, FIGURES, FOLDER};
use super::secrecy::relations::root;
use super::texts;
use crate::diag::Finding;
use crate::model::Programme;
use crate::model::figures::FigureId;
use crate::model::programme::{Picture, PictureContent};
use crate::model::table::{Cell, Column, Table};

/// The open data of an edition, by the names of their files without ending.
#[derive(Debug, Default)]
pub struct Edition {
    resources: BTreeMap<String, Json>,
    /// What it printed in the place of secret figures; `None` if its protocol does not say.
    sign: Option<String>,
    /// Whether some of its data could not be read; they say nothing.
    damaged: bool,
}

impl Edition {
    /// Reads the JSON files of an edition and its protocol.
    pub fn read(files: impl Iterator<Item = (String, String)>, protocol: Option<&Json>) -> Self {
        let sign = protocol.and_then(|whole| whole["geheimhaltung"]["zeichen"].as_str());
        let mut out = Self { sign: sign.map(str::to_owned), ..Self::default() };
        out.damaged = sign.is_none();
        for (name, text) in files {
            let Some(name) = name.strip_suffix(".json") else { continue };
            match serde_json::from_str::<Json>(&text) {
                Ok(whole) if whole["zeilen"].is_array() => {
                    out.resources.insert(name.to_owned(), whole);
                }
                _ => out.damaged = true,
            }
        }
        out.damaged |= out.resources.is_empty();
        out
    }

    /// Whether some of its data could not be read.
    pub fn is_damaged(&self) -> bool {
        self.damaged
    }

    /// The folder of the open data within an edition.
    pub const FOLDER: &'static str = FOLDER;

    /// Printed values of all figures that have a name, by their paths.
    pub fn figures(&self) -> BTreeMap<String, String> {
        let rows = self.rows(FIGURES).into_iter();
        rows.filter_map(|row| Some((said(row, "kennung")?, said(row, "gedruckt")?))).collect()
    }

    fn rows(&self, name: &str) -> Vec<&Json> {
        let rows = self.resources.get(name).and_then(|whole| whole["zeilen"].as_array());
        rows.into_iter().flatten().collect()
    }

    /// Figures of a table that it showed, with what it printed; whoever gives a table, a column or a row
    /// another name has shown them all the same.
    fn of_table(&self, programme: &Programme, table: &Table) -> Vec<(FigureId, String)> {
        let Some((whole, rows)) = self.counterpart(programme, table) else { return Vec::new() };
        let fields = Fields::of(whole, table);
        let mut out = Vec::new();
        for (at, own) in table.rows.iter().enumerate() {
            let texts = fields.texts(table, &own.cells);
            let same = |row: &&&Json| {
                texts.iter().all(|(key, text)| said(row, key).is_none_or(|there| there == *text))
            };
            let figures = fields.figures(table, &own.cells);
            let as_it_stands = |row: &&&Json| {
                let met = |(id, key): &(FigureId, String)| {
                    said(row, key).map(|before| is_now(programme, *id, &before))
                };
                let met: Vec<bool> = figures.iter().filter_map(met).collect();
                // One number is the same by chance.
                met.len() > 1 && met.iter().all(|same| *same)
            };
            let row = rows.iter().find(same);
            let Some(row) = row.or_else(|| rows.get(at).filter(|row| as_it_stands(row))) else {
                continue;
            };
            out.extend(figures.iter().filter_map(|(id, key)| Some((*id, said(row, key)?))));
        }
        out
    }

    /// The table of the edition that is this one: by its id, or of those whose id is gone the one with
    /// the most rows of the same names.
    fn counterpart(&self, programme: &Programme, table: &Table) -> Option<(&Json, Vec<&Json>)> {
        const SAME: usize = 2;
        const PREFIX: &str = "tabelle-";
        let name = format!("{PREFIX}{}", table.id);
        if let Some(whole) = self.resources.get(&name) {
            return Some((whole, self.rows(&name)));
        }
        let own: BTreeSet<String> =
            table.rows.iter().flat_map(|row| &row.cells).map(opendata::text_of).collect();
        let gone = self.resources.keys().filter(|name| {
            name.strip_prefix(PREFIX).is_some_and(|id| programme.table(id).is_none())
        });
        let shared = |name: &String| {
            let texts = |row: &&Json| {
                let cells = row.as_object().into_iter().flat_map(|row| row.values());
                let mut texts = cells.filter_map(Json::as_str).filter(|text| !text.is_empty());
                texts.any(|text| own.contains(text))
            };
            self.rows(name).iter().filter(|row| texts(row)).count()
        };
        let best = gone.map(|name| (shared(name), name)).max_by_key(|(count, _)| *count)?;
        (best.0 >= SAME).then(|| Some((self.resources.get(best.1)?, self.rows(best.1))))?
    }

    /// Figures of a chart that it showed, with what it printed.
    fn of_picture(&self, picture: &Picture) -> Vec<(FigureId, String)> {
        let PictureContent::Chart { categories, .. } = &picture.content else { return Vec::new() };
        let rows = self.rows(&format!("abbildung-{}", picture.id));
        let mut out = Vec::new();
        for (label, figures, _) in categories {
            let same = |row: &&&Json| said(row, "spalte_1").as_deref() == Some(label);
            let Some(row) = rows.iter().find(same) else { continue };
            for (at, id) in figures.iter().enumerate() {
                out.extend(said(row, &format!("spalte_{}", at + 2)).map(|printed| (*id, printed)));
            }
        }
        out
    }
}

/// How the columns of a table are called in an edition: by their ids, or else by their titles.
struct Fields {
    keys: Vec<Option<String>>,
}

impl Fields {
    fn of(whole: &Json, table: &Table) -> Self {
        let fields: Vec<(String, String)> = whole["spalten"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|field| Some((said(field, "name")?, said(field, "titel")?)))
            .collect();
        let key = |column: &Column| {
            let title = opendata::column_title(column);
            let (name, title) = if column.numeric {
                (opendata::printed_field(&column.id), opendata::printed_title(&title))
            } else {
                (column.id.clone(), title)
            };
            let by_title = || {
                let same = |known: &&(String, String)| known.1 == title;
                fields.iter().find(same).map(|(name, _)| name.clone())
            };
            let is_there = fields.iter().any(|(known, _)| *known == name);
            if is_there { Some(name) } else { by_title() }
        };
        Self { keys: table.columns.iter().map(key).collect() }
    }

    /// The texts of a row.
    fn texts(&self, table: &Table, cells: &[Cell]) -> Vec<(&str, String)> {
        let columns = table.columns.iter().zip(cells).zip(&self.keys);
        let texts = columns.filter(|((column, _), _)| !column.numeric);
        texts
            .filter_map(|((_, cell), key)| Some((key.as_deref()?, opendata::text_of(cell))))
            .collect()
    }

    /// The figures of a row.
    fn figures(&self, table: &Table, cells: &[Cell]) -> Vec<(FigureId, String)> {
        let columns = table.columns.iter().zip(cells).zip(&self.keys);
        let figures = columns.filter_map(|((column, cell), key)| match cell {
            Cell::Figure(id) if column.numeric => Some((*id, key.clone()?)),
            _ => None,
        });
        figures.collect()
    }
}

/// Whether a figure is what was printed before.
fn is_now(programme: &Programme, id: FigureId, before: &str) -> bool {
    let now = programme.figures.printed(id, programme.reproduction);
    let now = texts::numbers_in(&now.map(|it| it.to_string()).unwrap_or_default());
    !now.is_empty() && texts::numbers_in(before) == now
}

/// A text of a row, if it has one.
fn said(row: &Json, key: &str) -> Option<String> {
    row[key].as_str().map(str::to_owned)
}

/// All figures of a programme that an edition printed, with what it printed.
fn printed(programme: &Programme, edition: &Edition) -> Vec<(FigureId, String)> {
    let figures = &programme.figures;
    let named = edition.figures();
    let named = named.into_iter().filter_map(|(path, it)| Some((figures.find(&path)?, it)));
    let tables = programme.tables.iter().flat_map(|table| edition.of_table(programme, table));
    let pictures = programme.pictures.iter().flat_map(|picture| edition.of_picture(picture));
    named.chain(tables).chain(pictures).collect()
}

/// What an edition showed that cannot be read is not known.
pub fn damaged(folder: &str) -> Finding {
    Finding::note(
        "fruehere-ausgabe",
        format!("Die frühere Ausgabe „{folder}“ ist beschädigt; was sie zeigte, ist nicht ganz berücksichtigt."),
    )
    .hint("Legen Sie sie aus einer Sicherung wieder dorthin.")
}

/// Figures that one of these editions showed with the value they still have.
pub fn shown(programme: &Programme, editions: &[Edition]) -> BTreeSet<FigureId> {
    let figures = &programme.figures;
    let same = |(id, before): (FigureId, String)| {
        is_now(programme, id, &before).then(|| root(figures, id))
    };
    editions.iter().flat_map(|edition| printed(programme, edition)).filter_map(same).collect()
}

/// Figures that each of these editions did not show.
pub fn hidden(programme: &Programme, editions: &[Edition]) -> Vec<BTreeSet<FigureId>> {
    let of = |edition: &Edition| {
        let Some(sign) = &edition.sign else { return BTreeSet::new() };
        let hidden = printed(programme, edition).into_iter().filter(|(_, before)| before == sign);
        hidden.map(|(id, _)| root(&programme.figures, id)).collect()
    };
    editions.iter().map(of).collect()
}
