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
use crate::model::table::{Cell, Table};

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

    /// Figures of a table that it showed, with what it printed. Rows are found by their texts.
    fn of_table(&self, table: &Table) -> Vec<(FigureId, String)> {
        let rows = self.rows(&format!("tabelle-{}", table.id));
        let mut out = Vec::new();
        for own in &table.rows {
            let texts: Vec<(&str, String)> = table
                .columns
                .iter()
                .zip(&own.cells)
                .filter(|(column, _)| !column.numeric)
                .map(|(column, cell)| (column.id.as_str(), opendata::text_of(cell)))
                .collect();
            let same = |row: &&&Json| {
                texts.iter().all(|(id, text)| said(row, id).is_none_or(|there| there == *text))
            };
            let Some(row) = rows.iter().find(same) else { continue };
            for (cell, column) in own.cells.iter().zip(&table.columns) {
                if let Cell::Figure(id) = cell
                    && let Some(printed) = said(row, &opendata::printed_field(&column.id))
                {
                    out.push((*id, printed));
                }
            }
        }
        out
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

/// A text of a row, if it has one.
fn said(row: &Json, key: &str) -> Option<String> {
    row[key].as_str().map(str::to_owned)
}

/// All figures of a programme that an edition printed, with what it printed.
fn printed(programme: &Programme, edition: &Edition) -> Vec<(FigureId, String)> {
    let figures = &programme.figures;
    let named = edition.figures();
    let named = named.into_iter().filter_map(|(path, it)| Some((figures.find(&path)?, it)));
    let tables = programme.tables.iter().flat_map(|table| edition.of_table(table));
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
        let now = figures.printed(id, programme.reproduction);
        let now = texts::numbers_in(&now.map(|it| it.to_string()).unwrap_or_default());
        (!now.is_empty() && texts::numbers_in(&before) == now).then(|| root(figures, id))
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
