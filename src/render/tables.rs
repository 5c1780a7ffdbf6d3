// SPDX-License-Identifier: EUPL-1.2
//! Tables of the model as tables of the document: heads with spans, merged cells, printed figures.

use crate::model::Programme;
use crate::model::date;
use crate::model::outline::OutlineRecord;
use crate::model::programme::{Field, Strategy};
use crate::model::provenance::Provenance;
use crate::model::quantity::Standing;
use crate::model::records::NumberMark;
use crate::model::table::{
    Cell as ModelCell, Row as ModelRow, RowKind as ModelKind, Table as ModelTable,
};
use crate::tree::{Align, Block, Cell, Column, Inline, Row, RowKind, Table, walk};

/// A table of the data. `beside` says how many tables share the width of the page.
pub(super) fn of(
    programme: &Programme,
    outline: &OutlineRecord,
    model: &ModelTable,
    beside: usize,
) -> Table {
    let mut rows: Vec<Vec<Option<Cell>>> = Vec::new();
    for row in &model.rows {
        rows.push(cells(programme, model, row));
    }
    let all = |_: usize, _: usize| true;
    let same_measure = |one: usize, other: usize| {
        let block = model.rows[one].block;
        block.is_some() && block == model.rows[other].block
    };
    for (at, column) in model.columns.iter().enumerate() {
        if column.merge {
            merge(&mut rows, at, all);
        } else if !column.numeric {
            merge(&mut rows, at, same_measure);
        }
    }
    let mut table = Table {
        id: Some(anchor(&model.id)),
        caption: if model.captioned { model.title.clone() } else { Vec::new() },
        unnumbered: matches!(model.number, Some(NumberMark::Shown(false))),
        head: if model.head { head(model) } else { Vec::new() },
        rows: rows
            .into_iter()
            .zip(&model.rows)
            .map(|(cells, row)| Row {
                kind: kind(row.kind),
                cells: cells.into_iter().flatten().collect(),
            })
            .collect(),
        notes: notes(programme, model),
        source: source(outline, &model.provenance),
        ..Table::default()
    };
    let line = LINE / u32::try_from(beside.max(1)).unwrap_or(1);
    table.columns = columns(model, &table, line);
    table
}

/// The anchor of a table; sections have anchors of their own, which may bear the same id.
pub(super) fn anchor(id: &str) -> String {
    format!("tabelle-{id}")
}

fn kind(kind: ModelKind) -> RowKind {
    match kind {
        ModelKind::Body => RowKind::Body,
        ModelKind::Group => RowKind::Group,
        ModelKind::Part => RowKind::Part,
        ModelKind::Total => RowKind::Total,
    }
}

/// "Quelle: …, Stand September 2019, Berichtsmonat Juni 2019, Zuteilung vorläufig"
pub(super) fn source(outline: &OutlineRecord, provenance: &Provenance) -> Vec<Inline> {
    let mut parts = Vec::new();
    if let Some(source) = &provenance.source {
        parts.push(format!("{}: {}", outline.word("quelle"), source.value));
    }
    if let Some(as_of) = &provenance.as_of {
        parts.push(format!("{} {}", outline.word("datenstand"), date::printed(&as_of.value)));
    }
    if let Some(month) = &provenance.month {
        parts.push(format!("{} {}", outline.word("berichtsmonat"), date::printed(&month.value)));
    }
    if let Some(allocation) = provenance.allocation {
        parts.push(format!("{} {}", outline.word("zuteilung"), allocation.word()));
    }
    if parts.is_empty() { Vec::new() } else { vec![Inline::Text(parts.join(", "))] }
}

fn cells(programme: &Programme, model: &ModelTable, row: &ModelRow) -> Vec<Option<Cell>> {
    let mut cells: Vec<Option<Cell>> =
        row.cells.iter().map(|cell| Some(self::cell(programme, cell))).collect();
    // The column that names the rows: the first with words in it, not one of bare numbers.
    let worded = |at: usize| {
        model.rows.iter().any(|row| match row.cells.get(at) {
            Some(ModelCell::Text(text)) => walk::plain(text).contains(char::is_alphabetic),
            Some(ModelCell::List(_)) => true,
            _ => false,
        })
    };
    let first_text = (0..model.columns.len()).find(|at| !model.columns[*at].numeric && worded(*at));
    let filled = |at: &usize| cells[*at].as_ref().is_some_and(|cell| !cell.body.is_empty());
    let header = first_text
        .filter(filled)
        .or_else(|| (0..model.columns.len()).filter(|at| !model.columns[*at].numeric).find(filled));
    if let Some(Some(cell)) = header.map(|at| cells[at].as_mut()) {
        cell.header = true;
    }
    if row.through {
        let width = u32::try_from(cells.len()).unwrap_or(u32::MAX);
        if let Some(Some(first)) = cells.first_mut() {
            first.colspan = width;
        }
        cells.iter_mut().skip(1).for_each(|cell| *cell = None);
    }
    cells
}

fn cell(programme: &Programme, cell: &ModelCell) -> Cell {
    match cell {
        ModelCell::Empty => Cell::text(""),
        ModelCell::Text(text) => Cell::of(text.clone()),
        ModelCell::List(items) => Cell {
            body: vec![Block::List {
                start: None,
                items: items.iter().map(|item| vec![Block::Paragraph(item.clone())]).collect(),
            }],
            ..Cell::text("")
        },
        ModelCell::Figure(id) => {
            let shown = programme.figures.shown(*id, programme.reproduction);
            Cell::text(shown.map_or_else(String::new, |quantity| quantity.to_string()))
        }
    }
}

/// Joins equal cells below each other, where the rows may be joined.
fn merge(rows: &mut [Vec<Option<Cell>>], column: usize, joined: impl Fn(usize, usize) -> bool) {
    let mut at = 0;
    while at < rows.len() {
        let mut end = at + 1;
        while end < rows.len()
            && joined(at, end)
            && rows[at][column].is_some()
            && rows[end][column].as_ref().map(|cell| &cell.body)
                == rows[at][column].as_ref().map(|cell| &cell.body)
        {
            rows[end][column] = None;
            end += 1;
        }
        if let Some(cell) = &mut rows[at][column] {
            cell.rowspan = u32::try_from(end - at).unwrap_or(u32::MAX);
        }
        at = end;
    }
}

/// Head rows: equal titles beside each other are joined, except in the last line of each; a short
/// title reaches down.
fn head(model: &ModelTable) -> Vec<Vec<Cell>> {
    let depth = model.columns.iter().map(|column| column.titles.len()).max().unwrap_or(0);
    let titles: Vec<&[String]> =
        model.columns.iter().map(|column| column.titles.as_slice()).collect();
    (0..depth)
        .map(|level| {
            let mut row = Vec::new();
            let mut at = 0;
            while at < titles.len() {
                let own = titles[at];
                // A column without any title still needs a cell in the first row.
                if own.len() <= level && !(own.is_empty() && level == 0) {
                    at += 1;
                    continue;
                }
                let last = own.len() <= level + 1;
                let mut end = at + 1;
                while !last
                    && end < titles.len()
                    && titles[end].len() > level + 1
                    && titles[end][..=level] == own[..=level]
                {
                    end += 1;
                }
                let mut cell = Cell::text(own.get(level).cloned().unwrap_or_default());
                cell.header = true;
                cell.colspan = u32::try_from(end - at).unwrap_or(1);
                cell.rowspan = if last { u32::try_from(depth - level).unwrap_or(1) } else { 1 };
                row.push(cell);
                at = end;
            }
            row
        })
        .collect()
}

fn notes(programme: &Programme, model: &ModelTable) -> Vec<Vec<Inline>> {
    let mut out: Vec<Vec<Inline>> = Vec::new();
    for cell in model.rows.iter().flat_map(|row| &row.cells) {
        if let ModelCell::Figure(id) = cell
            && let figures = &programme.figures
            && let own = &figures.get(*id).note
            && let Some(note) = own.as_ref().or(figures.get(figures.entered_at(*id)).note.as_ref())
        {
            let shown = figures.shown(*id, programme.reproduction);
            let stars = match shown.map(|quantity| quantity.standing) {
                Some(Standing::Starred(stars)) => usize::from(stars),
                _ => 1,
            };
            let note = vec![Inline::Text(format!("{} {}", "*".repeat(stars), note.value))];
            if !out.contains(&note) {
                out.push(note);
            }
        }
    }
    out.extend(model.note.clone());
    out
}

/// Alignment by kind; width by what the table says, and otherwise by what stands in the column. No
/// column is narrower than its longest word, as far as the page allows.
fn columns(model: &ModelTable, table: &Table, line: u32) -> Vec<Column> {
    let numeric: Vec<bool> = model.columns.iter().map(|column| column.numeric).collect();
    let needs = needs(&numeric, table);
    let wishes: Vec<u32> = model
        .columns
        .iter()
        .zip(&needs)
        .map(|(column, need)| column.weight.unwrap_or_else(|| need.weight(column.numeric)).max(1))
        .collect();
    let floors: Vec<u32> =
        model.columns.iter().zip(&needs).map(|(column, need)| need.floor(column.numeric)).collect();
    let widths = distribute(&wishes, &floors, line);
    model
        .columns
        .iter()
        .zip(widths)
        .map(|(column, weight)| Column {
            align: if column.numeric { Align::Right } else { Align::Left },
            weight,
        })
        .collect()
}

/// Characters that a line of a table holds, about.
const LINE: u32 = 92;

/// Shares of a line in proportion to the wishes, none below its floor as long as there is room.
fn distribute(wishes: &[u32], floors: &[u32], line: u32) -> Vec<u32> {
    let needed: u32 = floors.iter().sum();
    if needed >= line {
        return floors.iter().map(|floor| floor * 10).collect();
    }
    let mut fixed = vec![false; wishes.len()];
    loop {
        let open: u32 =
            wishes.iter().zip(&fixed).filter(|(_, fixed)| !**fixed).map(|(wish, _)| wish).sum();
        let taken: u32 =
            floors.iter().zip(&fixed).filter(|(_, fixed)| **fixed).map(|(floor, _)| floor).sum();
        let room = (line - taken) * 10;
        let share = |wish: u32| room * wish / open.max(1);
        let short =
            (0..wishes.len()).find(|at| !fixed[*at] && share(wishes[*at]) < floors[*at] * 10);
        match short {
            Some(at) => fixed[at] = true,
            None => {
                return (0..wishes.len())
                    .map(|at| if fixed[at] { floors[at] * 10 } else { share(wishes[at]).max(1) })
                    .collect();
            }
        }
    }
}

/// Longest text of a numeric column that must not break.
const UNBROKEN: u32 = 18;

/// What a column has to hold.
#[derive(Debug, Clone, Copy, Default)]
struct Need {
    /// Longest word, in characters.
    word: u32,
    /// Longest cell.
    longest: u32,
    /// Longest cell that must not break: figures, and what stands for one.
    figure: u32,
}

impl Need {
    /// The least width, in characters: a word with the room around it (very long ones are divided), a
    /// whole figure.
    fn floor(self, numeric: bool) -> u32 {
        let figure = if numeric { self.figure } else { 0 };
        self.word.min(22).max(figure) + 3
    }

    /// A text gets more room the longer it is, but less than in proportion.
    fn weight(self, numeric: bool) -> u32 {
        if numeric {
            return self.floor(true);
        }
        let long = if self.longest <= 40 { self.longest } else { 40 + (self.longest - 40) / 8 };
        self.floor(false).max(long.min(90))
    }
}

fn needs(numeric: &[bool], table: &Table) -> Vec<Need> {
    let count = numeric.len();
    let mut needs = vec![Need::default(); count];
    let head = table.head.iter().map(|row| (row, true));
    let mut covered = vec![0_u32; count];
    for (cells, is_head) in head.chain(table.rows.iter().map(|row| (&row.cells, false))) {
        let mut at = 0;
        for cell in cells {
            while at < count && covered[at] > 0 {
                at += 1;
            }
            let Some(need) = needs.get_mut(at) else { break };
            if cell.colspan == 1 {
                let text = walk::cell_text(cell);
                let word = text.split([' ', '-', '/', '|']).map(length).max().unwrap_or(0);
                need.word = need.word.max(word.min(26));
                if !is_head {
                    need.longest = need.longest.max(length(&text));
                    if numeric[at] && length(&text) <= UNBROKEN {
                        need.figure = need.figure.max(length(&text));
                    }
                }
            }
            for column in covered.iter_mut().skip(at).take(cell.colspan as usize) {
                *column = cell.rowspan;
            }
            at += cell.colspan as usize;
        }
        covered.iter_mut().for_each(|rows| *rows = rows.saturating_sub(1));
    }
    needs
}

fn length(text: &str) -> u32 {
    u32::try_from(text.chars().count()).unwrap_or(u32::MAX)
}

/// The overview of a field's strategies.
pub(super) fn strategies(outline: &OutlineRecord, field: &Field, captioned: bool) -> Table {
    let mut caption = vec![Inline::Text(format!("{} ", outline.word("strategien_in")))];
    caption.extend(field.overview_title.iter().cloned());
    Table {
        id: Some(anchor(&format!("strategien-{}", field.id))),
        caption: if captioned { caption } else { Vec::new() },
        columns: vec![
            Column { align: Align::Left, weight: 12 },
            Column { align: Align::Left, weight: 88 },
        ],
        head: vec![vec![
            Cell { header: true, ..Cell::text(outline.word("strategie")) },
            Cell { header: true, ..Cell::text(outline.word("strategie_inhalt")) },
        ]],
        rows: field
            .strategies
            .iter()
            .map(|strategy| Row {
                kind: RowKind::Body,
                cells: vec![
                    Cell { header: true, ..Cell::text(strategy.number.to_string()) },
                    Cell::of(strategy.title.clone()),
                ],
            })
            .collect(),
        ..Table::default()
    }
}

/// A strategy with its steps.
pub(super) fn steps(
    outline: &OutlineRecord,
    field: &Field,
    strategy: &Strategy,
    captioned: bool,
) -> Table {
    let count = u32::try_from(strategy.steps.len()).unwrap_or(u32::MAX);
    let rows = strategy.steps.iter().enumerate().map(|(at, (text, points))| {
        let mut body = Vec::new();
        if !text.is_empty() {
            body.push(Block::Paragraph(text.clone()));
        }
        if !points.is_empty() {
            let items = points.iter().map(|point| vec![Block::Paragraph(point.clone())]);
            body.push(Block::List { start: None, items: items.collect() });
        }
        let mut cells = vec![Cell { body, ..Cell::text("") }];
        if at == 0 {
            let name = Cell::of(strategy.table_title.clone());
            cells.insert(0, Cell { rowspan: count, header: true, ..name });
        }
        Row { kind: RowKind::Body, cells }
    });
    let mut caption = vec![Inline::Text(format!("{}: ", outline.word("massnahmen")))];
    caption.extend(strategy.heading.iter().cloned());
    Table {
        id: Some(anchor(&format!("schritte-{}-{}", field.id, strategy.id))),
        caption: if captioned { caption } else { Vec::new() },
        columns: vec![
            Column { align: Align::Left, weight: 30 },
            Column { align: Align::Left, weight: 70 },
        ],
        head: vec![vec![
            Cell { header: true, ..Cell::text(outline.word("strategie")) },
            Cell { header: true, ..Cell::text(outline.word("massnahmen")) },
        ]],
        rows: rows.collect(),
        ..Table::default()
    }
}
