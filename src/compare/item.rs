// SPDX-License-Identifier: EUPL-1.2
//! A programme as lists of things with ids: measures, rows of tables, strategies, chapters …

mod rows;
mod things;

use std::collections::BTreeMap;

use crate::diag::Span;
use crate::model::Programme;
use crate::model::figures::{FigureId, Origin};
use crate::model::quantity::{Interval, Quantity};

use super::Side;
pub use crate::model::basis::Basis;
pub(super) use crate::model::basis::year_in;

/// What an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Area {
    /// Money: rows of tables in euros, single amounts.
    Resources,
    /// Measures and instruments.
    Measures,
    /// Rows of tables of key figures (Kennzahlen, Förderplan).
    KeyFigures,
    /// Rows of tables of targets (Zielwerte), fields' goals.
    Targets,
    /// Fields of action.
    Fields,
    /// Strategies.
    Strategies,
    /// Priorities (Schwerpunkte).
    Priorities,
    /// Target groups.
    TargetGroups,
    /// Staff.
    Staff,
    /// Rows of all other tables.
    Tables,
    /// Entries of all other lists.
    Lists,
    /// Single figures.
    Values,
    /// Chapters and sections.
    Chapters,
    /// Abbreviations.
    Abbreviations,
    /// Who took part.
    Participation,
    /// Findings that were acknowledged.
    Acknowledged,
}

/// All areas, in the order of the report.
pub const AREAS: [Area; 16] = [
    Area::Resources,
    Area::Measures,
    Area::KeyFigures,
    Area::Targets,
    Area::Fields,
    Area::Strategies,
    Area::Priorities,
    Area::TargetGroups,
    Area::Staff,
    Area::Tables,
    Area::Lists,
    Area::Values,
    Area::Chapters,
    Area::Abbreviations,
    Area::Participation,
    Area::Acknowledged,
];

impl Area {
    /// Its name in data for other programs.
    pub fn key(self) -> &'static str {
        match self {
            Self::Resources => "resources",
            Self::Measures => "measures",
            Self::KeyFigures => "key_figures",
            Self::Targets => "targets",
            Self::Fields => "fields",
            Self::Strategies => "strategies",
            Self::Priorities => "priorities",
            Self::TargetGroups => "target_groups",
            Self::Staff => "staff",
            Self::Tables => "tables",
            Self::Lists => "lists",
            Self::Values => "values",
            Self::Chapters => "chapters",
            Self::Abbreviations => "abbreviations",
            Self::Participation => "participation",
            Self::Acknowledged => "acknowledged",
        }
    }

    /// Its heading in the report.
    pub fn title(self) -> &'static str {
        match self {
            Self::Resources => "Mittel",
            Self::Measures => "Maßnahmen und Instrumente",
            Self::KeyFigures => "Kennzahlen",
            Self::Targets => "Ziele",
            Self::Fields => "Handlungsfelder",
            Self::Strategies => "Strategien",
            Self::Priorities => "Schwerpunkte",
            Self::TargetGroups => "Zielgruppen",
            Self::Staff => "Personal",
            Self::Tables => "Weitere Tabellen",
            Self::Lists => "Weitere Listen",
            Self::Values => "Einzelne Zahlen",
            Self::Chapters => "Kapitel",
            Self::Abbreviations => "Abkürzungen",
            Self::Participation => "Beteiligung",
            Self::Acknowledged => "Anerkannte Befunde",
        }
    }
}

/// A figure of an item.
#[derive(Debug, Clone)]
pub struct Shown {
    /// Its field: `eintritte`, id of a column …
    pub field: String,
    /// Its name.
    pub label: String,
    /// As printed; `None` for an empty place.
    pub quantity: Option<Quantity>,
    /// What it may really be.
    pub interval: Option<Interval>,
    /// What it rests on.
    pub basis: Basis,
    /// What it counts (`Eintritte`, `Plätze` …), if its name says.
    pub counts: Option<&'static str>,
    /// The year it is about, counted from the programme's: 0 is its own, −1 the one before.
    pub year: i64,
    /// Whether it is computed from others, so that its change follows from theirs.
    pub derived: bool,
}

/// A thing with an id.
#[derive(Debug, Clone)]
pub struct Item {
    /// Id, unique in its area.
    pub id: String,
    /// Name.
    pub name: String,
    /// What it belongs to: id and name of a table, field or chapter.
    pub parent: Option<(String, String)>,
    /// Ids of all tables that show it, if it may stand in several.
    pub places: Vec<String>,
    /// Whether its name is printed; that of a single figure only describes it.
    pub named: bool,
    /// Whether it is a total or the head of a group.
    pub total: bool,
    /// Ids of the year before that it continues.
    pub predecessors: Vec<String>,
    /// Its figures.
    pub figures: Vec<Shown>,
    /// Its words: what they are, and how they read.
    pub words: Vec<(String, String)>,
    /// Where it stands; `None` for what only the document has.
    pub span: Option<Span>,
}

impl Item {
    fn new(id: impl Into<String>, name: impl Into<String>, span: Option<Span>) -> Self {
        Self {
            id: id.into(),
            name: name.into(),
            parent: None,
            places: Vec::new(),
            named: true,
            total: false,
            predecessors: Vec::new(),
            figures: Vec::new(),
            words: Vec::new(),
            span,
        }
    }
}

/// The items of an area. What a table is about is decided by the later programme, if it has that table.
pub fn of_area(side: &Side<'_>, area: Area, later: &Programme) -> Vec<Item> {
    let mut items = all(side, area, later);
    // Rows and entries without an id are named after their words, which may be those of others.
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for item in &mut items {
        let times = seen.entry(item.id.clone()).or_default();
        *times += 1;
        if *times > 1 {
            item.id = format!("{}-{times}", item.id);
        }
    }
    items
}

fn all(side: &Side<'_>, area: Area, later: &Programme) -> Vec<Item> {
    let programme = side.programme;
    match area {
        Area::Measures => things::measures(programme),
        Area::Fields => things::fields(programme),
        Area::Strategies => things::strategies(programme),
        Area::Priorities | Area::TargetGroups | Area::Lists => things::lists(programme, area),
        Area::Values => things::values(programme, false),
        Area::Chapters => things::chapters(side),
        Area::Abbreviations => things::abbreviations(programme),
        Area::Participation => things::participation(programme),
        Area::Acknowledged => things::acknowledged(side),
        Area::Resources => {
            let mut out = rows::of_area(programme, area, later);
            out.extend(things::values(programme, true));
            out
        }
        Area::KeyFigures | Area::Targets | Area::Staff | Area::Tables => {
            rows::of_area(programme, area, later)
        }
    }
}

/// A short id from words, for what has none.
fn slug(text: &str) -> String {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .take(8)
        .map(str::to_lowercase)
        .collect::<Vec<_>>()
        .join("-")
}

fn shown(
    programme: &Programme,
    id: FigureId,
    field: String,
    label: String,
    basis: Basis,
    year: i64,
) -> Shown {
    let figures = &programme.figures;
    let stated = figures.get(id).stated.as_ref().filter(|_| programme.reproduction);
    let quantity = match stated {
        Some(stated) => stated.quantity.clone(),
        None => figures.computed_with_unit(id),
    };
    let derived = !matches!(figures.get(id).origin, Origin::Entered(_));
    let interval = match stated {
        Some(_) => quantity.as_ref().and_then(Quantity::interval),
        None => figures.outcome(id).amount.as_ref().map(|amount| amount.interval),
    };
    let counts = crate::model::basis::counted(&label);
    Shown { field, label, quantity, interval, basis, counts, year, derived }
}
