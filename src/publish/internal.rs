// SPDX-License-Identifier: EUPL-1.2
//! What of a programme is internal: what the data mark, what is private by default, and what follows
//! from both.
//!
//! Plan and budget are public, prior commitments (Vorbindungen) included. Private by default are prices
//! and providers before the award, names of persons, figures of single teams, notes, working states.
//!
//! Not here: leaving it out; see `model`.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::Programme;
use crate::model::figures::FigureId;
use crate::model::programme::Measure;
use crate::model::table::{Cell, Column, Row, Table};
use crate::model::visibility::{Class, Visibility};
use crate::tree::walk;

/// Columns, and further fields of measures, that are private by their name.
const PRIVATE: [(&str, Class); 24] = [
    ("preis", Class::Price),
    ("preise", Class::Price),
    ("einzelpreis", Class::Price),
    ("stueckpreis", Class::Price),
    ("angebotspreis", Class::Price),
    ("kalkulation", Class::Price),
    ("kalkulationspreis", Class::Price),
    ("anbieter", Class::Provider),
    ("bieter", Class::Provider),
    ("auftragnehmer", Class::Provider),
    ("auftragnehmerin", Class::Provider),
    ("ansprechpartner", Class::Name),
    ("ansprechpartnerin", Class::Name),
    ("ansprechperson", Class::Name),
    ("bearbeiter", Class::Name),
    ("bearbeiterin", Class::Name),
    ("team", Class::Team),
    ("teams", Class::Team),
    ("teamziel", Class::Team),
    ("teamziele", Class::Team),
    ("notiz", Class::Note),
    ("interne_anmerkung", Class::Note),
    ("arbeitsstand", Class::Working),
    ("bearbeitungsstand", Class::Working),
];

/// The class of a name that is listed.
fn listed(name: &str) -> Option<Class> {
    PRIVATE.iter().find(|(word, _)| *word == name).map(|(_, class)| *class)
}

/// The class of a column or field that is private by its name: `preis`, `preis_2027`, `anbieter_ort`.
fn private(name: &str) -> Option<Class> {
    listed(name).or_else(|| name.split(['_', '-']).find_map(listed))
}

/// The class of a column that is private by what it is called, in the data or above it.
fn private_column(column: &Column) -> Option<Class> {
    private(&column.id)
        .or_else(|| private(column.field.as_deref()?))
        .or_else(|| {
            let words =
                column.titles.iter().flat_map(|title| title.split(|c: char| !c.is_alphabetic()));
            words.filter_map(|word| of_title(&word.to_lowercase())).find(|class| {
                // "Zahl der Anbieter" counts, and "Preisgruppe" is none.
                !column.numeric || *class == Class::Price
            })
        })
        .or_else(|| column.titles.iter().any(|title| names_team(title)).then_some(Class::Team))
}

/// Whether a text begins with the name of a team: "Team Nord".
fn names_team(text: &str) -> bool {
    let mut words = text.split_whitespace();
    words.next().is_some_and(|word| word.eq_ignore_ascii_case("team"))
        && words.next().is_some_and(|word| word.starts_with(char::is_alphanumeric))
}

/// What columns about measures call a provider; elsewhere they are public bodies.
const PROVIDERS: [&str; 5] =
    ["träger", "maßnahmeträger", "bildungsträger", "dienstleister", "leistungserbringer"];

/// Whether a column says who carries measures out.
fn names_provider(column: &Column) -> bool {
    let words = column.titles.iter().flat_map(|title| title.split(|c: char| !c.is_alphabetic()));
    let mut words = words.map(str::to_lowercase);
    !column.numeric && words.any(|word| PROVIDERS.contains(&word.as_str()))
}

/// The class of a row that is private by its name.
fn private_row(row: &Row) -> Option<Class> {
    let name = row.cells.iter().find_map(|cell| match cell {
        Cell::Text(text) => Some(walk::plain(text)),
        _ => None,
    })?;
    let first = name.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let figures = row.cells.iter().any(|cell| matches!(cell, Cell::Figure(_)));
    if figures && names_team(&name) {
        return Some(Class::Team);
    }
    of_title(&first.to_lowercase()).filter(|class| figures && *class == Class::Price)
}

/// The class of a word of a title: a listed one, or a compound that ends with a price.
fn of_title(word: &str) -> Option<Class> {
    private(word)
        .or_else(|| (word.ends_with("preis") || word.ends_with("preise")).then_some(Class::Price))
}

/// What of a table is internal.
#[derive(Debug, Clone, Default)]
pub struct TableMarks {
    /// All of it.
    pub whole: Option<Class>,
    /// Columns.
    pub columns: Vec<Option<Class>>,
    /// Rows.
    pub rows: Vec<Option<Class>>,
    /// Single cells, by row and column.
    pub cells: BTreeMap<(usize, usize), Class>,
}

impl TableMarks {
    /// Why a cell is internal, whatever makes it so.
    pub fn of_cell(&self, row: usize, column: usize) -> Option<Class> {
        let around = self.whole.or(self.rows[row]).or(self.columns[column]);
        around.or_else(|| self.cells.get(&(row, column)).copied())
    }
}

/// What of a programme is internal.
#[derive(Debug)]
pub struct Internal {
    /// Figures.
    pub figures: BTreeMap<FigureId, Class>,
    /// Tables, in their order.
    pub tables: Vec<TableMarks>,
    /// Measures by id.
    pub measures: BTreeMap<String, Class>,
    /// Sections by id.
    pub sections: BTreeMap<String, Class>,
    /// Names of texts under `kapitel/`.
    pub texts: BTreeMap<String, Class>,
}

/// Finds everything that is internal.
pub fn of(programme: &Programme) -> Internal {
    let measures: BTreeMap<String, Class> = programme
        .measures
        .iter()
        .filter_map(|measure| Some((measure.id.clone(), measure.visibility.class()?)))
        .collect();
    let tables: Vec<TableMarks> =
        programme.tables.iter().map(|table| of_table(programme, table, &measures)).collect();
    let sections: BTreeMap<String, Class> = programme
        .sections
        .iter()
        .filter_map(|(id, change)| Some((id.value.clone(), change.visibility.class()?)))
        .collect();
    let figures = figures(programme, &tables);
    let texts = texts(programme, &sections);
    Internal { figures, tables, measures, sections, texts }
}

/// Texts of internal sections and fields.
fn texts(programme: &Programme, sections: &BTreeMap<String, Class>) -> BTreeMap<String, Class> {
    let mut out = BTreeMap::new();
    for (id, change) in &programme.sections {
        if let Some(class) = sections.get(&id.value) {
            let own = change.text.as_ref().map_or(&id.value, |text| &text.value);
            out.insert(own.clone(), *class);
        }
    }
    for field in &programme.fields {
        if let (Some(class), Some(text)) = (field.visibility.class(), &field.text) {
            out.insert(text.clone(), class);
        }
    }
    out
}

fn of_table(
    programme: &Programme,
    table: &Table,
    measures: &BTreeMap<String, Class>,
) -> TableMarks {
    // Figures of teams stand beside the names of teams; a column of figures can go by itself.
    let of_teams = |column: &Column| !column.numeric && private_column(column) == Some(Class::Team);
    let teams = || {
        let counts = table.columns.iter().any(|column| column.numeric);
        let named = counts && table.columns.iter().any(of_teams);
        (named || private(&table.id) == Some(Class::Team)).then_some(Class::Team)
    };
    let whole = match table.visibility {
        Visibility::Internal(class) => Some(class),
        Visibility::Public => None,
        Visibility::Unmarked => teams(),
    };
    let rows: Vec<Option<Class>> =
        table.rows.iter().map(|row| of_row(programme, row, measures)).collect();
    let mut cells = BTreeMap::new();
    for (at, row) in table.rows.iter().enumerate() {
        for column in 0..table.columns.len() {
            if let Some(class) = of_cell(programme, table, row, column) {
                cells.insert((at, column), class);
            }
        }
    }
    let columns = (0..table.columns.len()).map(|column| of_column(table, column, &cells)).collect();
    TableMarks { whole, columns, rows, cells }
}

fn of_row(programme: &Programme, row: &Row, measures: &BTreeMap<String, Class>) -> Option<Class> {
    let part = || {
        let measure = programme.measure(row.measures.first()?)?;
        measure.part(row.part.as_ref()?)?.visibility.class()
    };
    match row.visibility {
        Visibility::Internal(class) => Some(class),
        Visibility::Public => None,
        // A row that shows nothing but internal measures.
        Visibility::Unmarked => part()
            .or_else(|| {
                let first = measures.get(row.measures.first()?)?;
                row.measures.iter().all(|id| measures.contains_key(id)).then_some(*first)
            })
            .or_else(|| private_row(row)),
    }
}

fn of_cell(programme: &Programme, table: &Table, row: &Row, column: usize) -> Option<Class> {
    let own = match &row.cells[column] {
        Cell::Figure(id) => programme.figures.get(*id).visibility,
        Cell::Empty => return None,
        Cell::Text(_) | Cell::List(_) => {
            let mark = row.marked.iter().find(|(at, _)| *at == column);
            mark.map_or(Visibility::Unmarked, |(_, mark)| *mark)
        }
    };
    let model = &table.columns[column];
    // A cell that speaks of several measures speaks of the internal one, too.
    let of_measure = |id: &String| {
        let measure = programme.measure(id)?;
        // What was typed in its place does not say what the measure says.
        let named = matches!(model.field.as_deref(), Some("name" | "bezeichnung"));
        let own = match &row.cells[column] {
            Cell::Text(text) => walk::plain(text),
            _ => String::new(),
        };
        let typed = named && !own.contains(walk::plain(&measure.name).trim());
        measure.visibility.class().filter(|_| !typed)
    };
    if model.field.is_some()
        && !matches!(row.cells[column], Cell::Figure(_))
        && let Some(class) = row.measures.iter().find_map(of_measure)
    {
        return Some(class);
    }
    match (own, model.visibility) {
        (Visibility::Internal(class), _) => Some(class),
        (Visibility::Public, _) | (_, Visibility::Public) => None,
        _ => {
            let figures = || table.columns.iter().any(|column| column.numeric);
            // Names of teams alone tell nothing.
            let class = private_column(model).filter(|class| *class != Class::Team || figures());
            let carried = !row.measures.is_empty() && names_provider(model);
            let class = class.or(carried.then_some(Class::Provider))?;
            let awarded = !row.measures.is_empty()
                && row
                    .measures
                    .iter()
                    .all(|id| programme.measure(id).is_some_and(|measure| measure.awarded));
            let by_award = matches!(class, Class::Price | Class::Provider);
            (!(by_award && awarded)).then_some(class)
        }
    }
}

/// A column is left out if it is marked, or if nothing of it may be shown.
fn of_column(
    table: &Table,
    column: usize,
    cells: &BTreeMap<(usize, usize), Class>,
) -> Option<Class> {
    if let Visibility::Internal(class) = table.columns[column].visibility {
        return Some(class);
    }
    let mut class = None;
    for (at, row) in table.rows.iter().enumerate() {
        match (&row.cells[column], cells.get(&(at, column))) {
            (Cell::Empty, _) => {}
            (_, None) => return None,
            (_, Some(own)) => class = Some(*own),
        }
    }
    class
}

/// Figures that are marked, stand in what is internal, or show such a figure again.
fn figures(programme: &Programme, tables: &[TableMarks]) -> BTreeMap<FigureId, Class> {
    let figures = &programme.figures;
    let mut out: BTreeMap<FigureId, Class> =
        figures.iter().filter_map(|(id, figure)| Some((id, figure.visibility.class()?))).collect();
    // Those of the year before, with what was private by its name then. A single value may count
    // providers; a price is one wherever it stands.
    for (path, id) in figures.names().filter(|(_, id)| figures.is_earlier(*id)) {
        let last = path.rsplit('.').next().unwrap_or_default();
        let named = private(last).filter(|class| *class == Class::Price || listed(last).is_some());
        if let Some(class) = figures.get(id).visibility.class().or(named) {
            out.insert(id, class);
        }
    }
    for measure in &programme.measures {
        of_measure(programme, measure, &mut out);
    }
    for (table, marks) in programme.tables.iter().zip(tables) {
        for (at, row) in table.rows.iter().enumerate() {
            for (column, cell) in row.cells.iter().enumerate() {
                if let (Cell::Figure(id), Some(class)) = (cell, marks.of_cell(at, column)) {
                    out.entry(*id).or_insert(class);
                }
            }
        }
    }
    let roots: BTreeSet<FigureId> = out.keys().copied().collect();
    for (id, figure) in figures.iter() {
        let root = figures.entered_at(id);
        if figure.visibility != Visibility::Public && roots.contains(&root) {
            let class = out[&root];
            out.entry(id).or_insert(class);
        }
    }
    out
}

fn of_measure(programme: &Programme, measure: &Measure, out: &mut BTreeMap<FigureId, Class>) {
    let parts = measure.parts.iter().map(|part| (part.visibility, &part.figures));
    let own = [(measure.visibility, &measure.figures)];
    for (visibility, figures) in own.into_iter().chain(parts) {
        for (field, id) in figures {
            let open = programme.figures.get(*id).visibility == Visibility::Public;
            let default = private(field).filter(|class| {
                !(measure.awarded && matches!(class, Class::Price | Class::Provider))
            });
            let class = measure.visibility.class().or(visibility.class()).or(default);
            if let Some(class) = class.filter(|_| !open) {
                out.entry(*id).or_insert(class);
            }
        }
    }
}
