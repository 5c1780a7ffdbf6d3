// SPDX-License-Identifier: EUPL-1.2
//! A programme as lists of things with ids: measures, rows of tables, strategies, chapters …

use std::collections::BTreeMap;

use crate::diag::Span;
use crate::model::Programme;
use crate::model::figures::{FigureId, Origin};
use crate::model::formula::{Formula, Function};
use crate::model::programme::{Field, List, Measure};
use crate::model::quantity::{Interval, Quantity, UnitName};
use crate::model::table::{Cell, Row, RowKind, Table};
use crate::tree::{Block, walk};

use super::Side;

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

/// What a figure rests on, as far as its place says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Basis {
    /// A plan or an estimate.
    Plan,
    /// What was reached.
    Result,
    /// What is expected for a year that is not over.
    Expected,
    /// Nothing is said.
    Unknown,
}

impl Basis {
    /// In words.
    pub fn word(self) -> &'static str {
        match self {
            Self::Plan => "Plan",
            Self::Result => "Ergebnis",
            Self::Expected => "Erwartung",
            Self::Unknown => "Angabe",
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
    /// Ids of the year before that it continues.
    pub predecessors: Vec<String>,
    /// Its figures.
    pub figures: Vec<Shown>,
    /// Its words: what they are, and how they read.
    pub words: Vec<(&'static str, String)>,
    /// Where it stands; `None` for what only the document has.
    pub span: Option<Span>,
}

impl Item {
    fn new(id: impl Into<String>, name: impl Into<String>, span: Option<Span>) -> Self {
        Self {
            id: id.into(),
            name: name.into(),
            parent: None,
            predecessors: Vec::new(),
            figures: Vec::new(),
            words: Vec::new(),
            span,
        }
    }
}

/// The items of an area.
pub fn of_area(side: &Side<'_>, area: Area) -> Vec<Item> {
    let mut items = all(side, area);
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

fn all(side: &Side<'_>, area: Area) -> Vec<Item> {
    let programme = side.programme;
    match area {
        Area::Measures => programme.measures.iter().map(|one| measure(programme, one)).collect(),
        Area::Fields => programme.fields.iter().map(field).collect(),
        Area::Strategies => programme.fields.iter().flat_map(strategies).collect(),
        Area::Priorities | Area::TargetGroups | Area::Lists => programme
            .lists
            .iter()
            .filter(|list| list_area(list) == area)
            .flat_map(entries)
            .collect(),
        Area::Values => values(programme, area),
        Area::Chapters => chapters(side),
        Area::Abbreviations => abbreviations(programme),
        Area::Participation => participation(programme),
        Area::Acknowledged => acknowledged(side),
        Area::Resources | Area::KeyFigures | Area::Targets | Area::Staff | Area::Tables => {
            let rows = programme.tables.iter().flat_map(|table| rows(programme, table, area));
            let single = (area == Area::Resources).then(|| values(programme, area));
            rows.chain(single.into_iter().flatten()).collect()
        }
    }
}

fn measure(programme: &Programme, measure: &Measure) -> Item {
    let mut item = Item::new(&measure.id, walk::plain(&measure.name), Some(measure.span));
    item.predecessors.clone_from(&measure.predecessors);
    item.parent = programme.tables.iter().find_map(|table| {
        let shows = table.rows.iter().any(|row| row.measures.contains(&measure.id));
        (shows && table_area(table) != Area::KeyFigures)
            .then(|| (table.id.clone(), walk::plain(&table.title)))
    });
    let mut add = |prefix: &str, name: &str, figures: &[(String, FigureId)]| {
        for (field, id) in figures {
            let label = match field.as_str() {
                "eintritte" => "Eintritte",
                "mittelansatz" => "Mittelansatz",
                "plaetze" => "Plätze",
                other => other,
            };
            let label =
                if name.is_empty() { label.to_owned() } else { format!("{label} ({name})") };
            item.figures.push(shown(
                programme,
                *id,
                format!("{prefix}{field}"),
                label,
                Basis::Plan,
                0,
            ));
        }
    };
    add("", "", &measure.figures);
    for part in &measure.parts {
        let name = part.name.as_ref().map_or_else(|| part.id.clone(), |name| walk::plain(name));
        add(&format!("{}.", part.id), &name, &part.figures);
    }
    if let Some(law) = &measure.law {
        item.words.push(("Rechtsgrundlage", law.value.clone()));
    }
    push_words(&mut item, "Funktion", walk::plain(&measure.function));
    item
}

fn push_words(item: &mut Item, what: &'static str, text: String) {
    if !text.trim().is_empty() {
        item.words.push((what, text));
    }
}

fn field(field: &Field) -> Item {
    let mut item = Item::new(&field.id, walk::plain(&field.title), None);
    item.predecessors.clone_from(&field.predecessors);
    push_words(&mut item, "Ziel", walk::plain(&field.goal));
    item
}

fn strategies(field: &Field) -> Vec<Item> {
    field
        .strategies
        .iter()
        .map(|strategy| {
            let id = format!("{}.{}", field.id, strategy.id);
            let mut item = Item::new(id, walk::plain(&strategy.title), None);
            item.parent = Some((field.id.clone(), walk::plain(&field.overview_title)));
            // Within its field an id may be given without the field.
            item.predecessors = strategy
                .predecessors
                .iter()
                .map(|id| if id.contains('.') { id.clone() } else { format!("{}.{id}", field.id) })
                .collect();
            let steps: Vec<String> = strategy
                .steps
                .iter()
                .flat_map(|(text, points)| std::iter::once(text).chain(points))
                .map(|text| walk::plain(text))
                .collect();
            push_words(&mut item, "Schritte", steps.join("; "));
            item
        })
        .collect()
}

fn list_area(list: &List) -> Area {
    let name = format!("{} {}", list.id, walk::plain(&list.title)).to_lowercase();
    if name.contains("schwerpunkt") {
        Area::Priorities
    } else if name.contains("zielgruppe") {
        Area::TargetGroups
    } else {
        Area::Lists
    }
}

fn entries(list: &List) -> Vec<Item> {
    let parent = (list.id.clone(), walk::plain(&list.title));
    list.items
        .iter()
        .map(|entry| {
            let text = walk::plain(&entry.text);
            let own = entry.id.clone().unwrap_or_else(|| slug(&text));
            let mut item = Item::new(format!("{}.{own}", list.id), text, Some(list.span));
            item.parent = Some(parent.clone());
            if let Some(rating) = &entry.rating {
                item.words.push(("Bewertung", rating.clone()));
            }
            item
        })
        .collect()
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

/// Single figures; those of a series (`werte.quote.vorjahr`) belong to one item.
/// Single figures; those that continue a row of a table are compared with such rows.
fn values(programme: &Programme, area: Area) -> Vec<Item> {
    let of_rows = |own: &str| {
        let before = programme.lineage.get(own);
        before.is_some_and(|ids| ids.iter().any(|id| id.contains('.') && !id.starts_with("werte.")))
    };
    let mut out: Vec<Item> = Vec::new();
    for (id, figure) in programme.figures.iter() {
        let Some(name) = figure.path.strip_prefix("werte.") else { continue };
        let (own, field) = name.split_once('.').unwrap_or((name, "wert"));
        if of_rows(own) != (area == Area::Resources) {
            continue;
        }
        let label = if field == "wert" { "Wert" } else { figure.label.as_str() };
        let basis = basis(&figure.label);
        let one = shown(programme, id, field.to_owned(), label.to_owned(), basis, 0);
        match out.iter_mut().find(|item| item.id == own) {
            Some(item) => item.figures.push(one),
            None => {
                let mut item = Item::new(own, &figure.label, Some(figure.span));
                if let Some(before) = programme.lineage.get(own) {
                    let bare = |id: &String| id.trim_start_matches("werte.").to_owned();
                    item.predecessors = before.iter().map(bare).collect();
                }
                item.figures.push(one);
                out.push(item);
            }
        }
    }
    out
}

fn chapters(side: &Side<'_>) -> Vec<Item> {
    let mut out = Vec::new();
    let mut above: Vec<(u8, String, String)> = Vec::new();
    walk::blocks(&side.document.blocks, &mut |block| {
        let Block::Heading(heading) = block else { return };
        let title = walk::plain(&heading.body);
        let id = heading.id.clone().unwrap_or_else(|| slug(&title));
        above.retain(|(level, ..)| *level < heading.level);
        let mut item = Item::new(&id, &title, None);
        item.parent = above.last().map(|(_, id, title)| (id.clone(), title.clone()));
        if let Some(number) = &heading.number {
            item.words.push(("Nummer", number.clone()));
        }
        above.push((heading.level, id, title));
        out.push(item);
    });
    out
}

fn abbreviations(programme: &Programme) -> Vec<Item> {
    programme
        .abbreviations
        .iter()
        .map(|entry| {
            let short = &entry.short;
            let mut item = Item::new(&short.value, &short.value, Some(short.span));
            item.words.push(("Langform", entry.long.value.clone()));
            item
        })
        .collect()
}

fn participation(programme: &Programme) -> Vec<Item> {
    programme
        .participation
        .iter()
        .map(|entry| {
            let id = if entry.body == "sonstige" { slug(&entry.name) } else { entry.body.clone() };
            let mut item = Item::new(id, &entry.name, Some(entry.span));
            item.words.extend(entry.day.clone().map(|day| ("Tag", day)));
            item.words.extend(entry.result.clone().map(|result| ("Ergebnis", result)));
            item
        })
        .collect()
}

fn acknowledged(side: &Side<'_>) -> Vec<Item> {
    side.findings
        .iter()
        .filter_map(|finding| {
            let reason = finding.acknowledged.clone()?;
            let span = finding.primary.as_ref().map(|label| label.span);
            let id = format!("{}: {}", finding.code, finding.message);
            let mut item = Item::new(id, &finding.message, span);
            item.words.push(("Grund", reason));
            Some(item)
        })
        .collect()
}

/// What the rows of a table are about.
fn table_area(table: &Table) -> Area {
    let name = format!("{} {}", table.id, walk::plain(&table.title)).to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
    let money = table.columns.iter().any(|column| {
        let euro = column.unit.as_ref().and_then(|(_, unit)| unit.as_ref());
        euro.is_some_and(|unit| unit.name == UnitName::Euro)
    });
    let of_measures = table.rows.iter().any(|row| !row.measures.is_empty());
    if has(&["zielwert", "zielvereinbarung", "ziele "]) || name.starts_with("ziele") {
        Area::Targets
    } else if has(&["kennzahl", "förderplan", "eintrittsplan"]) {
        Area::KeyFigures
    } else if has(&["personal", "stellen", "vzä"]) {
        Area::Staff
    } else if money || has(&["mittel", "budget", "verwaltungskosten"]) && !of_measures {
        Area::Resources
    } else {
        Area::Tables
    }
}

fn rows(programme: &Programme, table: &Table, area: Area) -> Vec<Item> {
    if table_area(table) != area {
        return Vec::new();
    }
    let parent = (table.id.clone(), walk::plain(&table.title));
    table
        .rows
        .iter()
        .enumerate()
        // A measure is compared as such; here it would stand a second time.
        .filter(|(_, row)| !row.through && (row.measures.is_empty() || area == Area::KeyFigures))
        .filter_map(|(at, row)| row_item(programme, table, at, row, &parent))
        .collect()
}

fn row_item(
    programme: &Programme,
    table: &Table,
    at: usize,
    row: &Row,
    parent: &(String, String),
) -> Option<Item> {
    let texts: Vec<String> = row
        .cells
        .iter()
        .filter_map(|cell| match cell {
            Cell::Text(text) => Some(walk::plain(text)).filter(|text| !text.trim().is_empty()),
            _ => None,
        })
        .collect();
    let name = texts.iter().find(|text| text.chars().any(char::is_alphabetic))?.clone();
    let own = row.id.clone().unwrap_or_else(|| slug(&name));
    let mut item = Item::new(format!("{}.{own}", table.id), name, Some(row.span));
    item.parent = Some(parent.clone());
    if row.kind == RowKind::Total && !parent.1.is_empty() {
        item.name = format!("{} ({})", item.name, parent.1);
    }
    let year = i64::from(programme.year);
    for (number, column) in table.columns.iter().enumerate() {
        let Some(id) = table.figure(at, number) else { continue };
        if is_change(programme, id) {
            continue;
        }
        let head = column.titles.join(" ");
        let offset = year_in(&head).map_or(0, |named| named - year);
        let said =
            if offset < 0 && basis(&head) == Basis::Unknown { Basis::Result } else { basis(&head) };
        let basis = if offset == 0 && said == Basis::Unknown { Basis::Plan } else { said };
        let column_id = column.id.clone();
        item.figures.push(shown(programme, id, column_id, head, basis, offset));
    }
    Some(item)
}

/// A column of changes says nothing of its own.
fn is_change(programme: &Programme, id: FigureId) -> bool {
    matches!(
        programme.figures.get(id).origin,
        Origin::Computed(Formula::Call(Function::Change | Function::Points, _))
    )
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
    Shown { field, label, quantity, interval, basis, year, derived }
}

/// What a name says of its figure.
fn basis(name: &str) -> Basis {
    let name = name.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
    if has(&["ergebnis", "ist ", "erreicht", "abrechnung"]) || name.ends_with("ist") {
        Basis::Result
    } else if has(&["erwart", "prognose", "hochrechnung", "voraussichtlich"]) {
        Basis::Expected
    } else if has(&["plan", "ansatz", "soll", "ziel", "schätz"]) {
        Basis::Plan
    } else {
        Basis::Unknown
    }
}

/// The first year that a text names.
pub(super) fn year_in(text: &str) -> Option<i64> {
    text.split(|c: char| !c.is_ascii_digit())
        .find(|part| part.len() == 4 && (part.starts_with("19") || part.starts_with("20")))
        .and_then(|part| part.parse().ok())
}
