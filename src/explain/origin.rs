// SPDX-License-Identifier: EUPL-1.2
//! Where a figure comes from: source, month, day, allocation; and what it was the year before.

use std::collections::BTreeSet;

use super::{Explainer, Place, wording};
use crate::model::date;
use crate::model::figures::FigureId;
use crate::model::provenance::Provenance;
use crate::model::table::{Column, Table};

/// Where a figure comes from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Origin {
    /// Source.
    pub source: Option<String>,
    /// Month the statistics are about, as printed.
    pub month: Option<String>,
    /// Day or month of the data, as printed.
    pub as_of: Option<String>,
    /// Whether an allocation is provisional or final.
    pub allocation: Option<String>,
    /// Whether the table says so, not the figure itself.
    pub of_table: bool,
    /// Sources of the entered figures that a computed one came from, each with their number.
    pub entered: Vec<(String, usize)>,
}

/// The figure of the year before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Earlier {
    /// Its path.
    pub path: String,
    /// What it is, in words.
    pub label: String,
    /// Its value with its unit.
    pub value: String,
    /// Where it stands.
    pub place: Place,
    /// Now less then.
    pub difference: Option<String>,
    /// The change in percent.
    pub change: Option<String>,
}

/// Where a figure comes from: as it says itself, else as its table says, else as the figure says that
/// it shows again.
pub(super) fn of(explainer: &Explainer<'_>, id: FigureId) -> Origin {
    let root = explainer.figures().entered_at(id);
    // What was said about last year's figure is not what this year's table says about its own.
    let first = if explainer.figures().is_earlier(root) { root } else { id };
    let mut origin = known(explainer, first)
        .or_else(|| known(explainer, root))
        .map(|(provenance, of_table)| printed(&provenance, of_table))
        .unwrap_or_default();
    if explainer.figures().operands(id).is_empty() {
        return origin;
    }
    for leaf in leaves(explainer, id) {
        let Some((provenance, _)) = known(explainer, leaf) else { continue };
        let text = line(&printed(&provenance, false));
        match origin.entered.iter_mut().find(|(known, _)| *known == text) {
            Some((_, count)) => *count += 1,
            None => origin.entered.push((text, 1)),
        }
    }
    let own = line(&origin);
    if origin.entered.iter().all(|(text, _)| *text == own) {
        origin.entered.clear();
    }
    origin
}

/// A provenance in one line.
pub(super) fn line(origin: &Origin) -> String {
    let named =
        |name: &str, text: &Option<String>| text.as_ref().map(|text| format!("{name}{text}"));
    let parts = [
        origin.source.clone(),
        named("Berichtsmonat ", &origin.month),
        named("Stand ", &origin.as_of),
        named("Zuteilung ", &origin.allocation),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// What a figure or its table says. A figure that names a source of its own takes nothing from the table.
fn known(explainer: &Explainer<'_>, id: FigureId) -> Option<(Provenance, bool)> {
    let own = &explainer.figures().get(id).provenance;
    let said = *own != Provenance::default();
    let cell = explainer.index.cells.get(&id);
    let table = cell.map(|cell| &explainer.programme.tables[cell.table].provenance);
    let table = table.filter(|table| **table != Provenance::default());
    match (said, table) {
        (false, None) => None,
        (true, None) => Some((own.clone(), false)),
        (true, Some(_)) if own.source.is_some() => Some((own.clone(), false)),
        (said, Some(table)) => {
            let mut joined = table.clone();
            joined.month = own.month.clone().or(joined.month);
            joined.as_of = own.as_of.clone().or(joined.as_of);
            joined.allocation = own.allocation.or(joined.allocation);
            Some((joined, !said))
        }
    }
}

fn printed(provenance: &Provenance, of_table: bool) -> Origin {
    let text = |text: &Option<crate::model::yaml::Text>| {
        text.as_ref().map(|text| date::printed(&text.value))
    };
    Origin {
        source: provenance.source.as_ref().map(|text| text.value.clone()),
        month: text(&provenance.month),
        as_of: text(&provenance.as_of),
        allocation: provenance.allocation.map(|allocation| allocation.word().to_owned()),
        of_table,
        entered: Vec::new(),
    }
}

/// The figures without operands that a figure came from, each once.
fn leaves(explainer: &Explainer<'_>, id: FigureId) -> Vec<FigureId> {
    let (mut seen, mut open, mut out) = (BTreeSet::from([id]), vec![id], Vec::new());
    while let Some(id) = open.pop() {
        let operands = explainer.figures().operands(id);
        if operands.is_empty() {
            out.push(id);
        }
        open.extend(operands.into_iter().filter(|operand| seen.insert(*operand)));
    }
    out.sort_unstable();
    out
}

/// The figure of the year before: `<path>.vorjahr`, or the column of the same row for that year.
pub(super) fn earlier(explainer: &Explainer<'_>, id: FigureId) -> Option<Earlier> {
    let figures = explainer.figures();
    let root = figures.entered_at(id);
    let of_path = |id: FigureId| figures.find(&format!("{}.vorjahr", figures.get(id).path));
    let before = of_path(id)
        .or_else(|| beside(explainer, id))
        .or_else(|| of_path(root))
        .or_else(|| beside(explainer, root))
        .filter(|before| *before != id)?;
    let (figure, now, then) =
        (figures.get(before), &figures.outcome(id).amount, &figures.outcome(before).amount);
    let both = now.as_ref().zip(then.as_ref());
    Some(Earlier {
        path: figure.path.clone(),
        label: figure.label.clone(),
        value: explainer.value(before),
        place: explainer.place(figure.span),
        difference: both.and_then(|(now, then)| Some(wording::signed(&wording::less(now, then)?))),
        change: both.and_then(|(now, then)| Some(wording::signed(&now.change_from(then)?))),
    })
}

/// The figure of the year before in the same row of a table.
fn beside(explainer: &Explainer<'_>, id: FigureId) -> Option<FigureId> {
    let cell = explainer.index.cells.get(&id)?;
    let table: &Table = &explainer.programme.tables[cell.table];
    let own = &table.columns[cell.column];
    let now = year(own).or((own.id != "vorjahr").then_some(explainer.programme.year))?;
    let before = now.checked_sub(1)?;
    let figures = explainer.figures();
    let amount = |id: FigureId| figures.outcome(id).amount.as_ref();
    let fits = |column: usize| {
        let other = &table.columns[column];
        let found = table.figure(cell.row, column).filter(|found| *found != id)?;
        let named = other.id == "vorjahr" && year(other).is_none_or(|year| year == before);
        let same_kind = match (amount(id), amount(found)) {
            (Some(one), Some(other)) => one.dimension() == other.dimension(),
            _ => own.unit == other.unit,
        };
        (same_kind && (named || year(other) == Some(before))).then_some((column, found))
    };
    // Of several columns for that year the one that is named for it, then the one whose title says the
    // same beside the year, then the nearest.
    let rank = |column: usize| {
        let other = &table.columns[column];
        (other.id != "vorjahr", bare(other) != bare(own), column.abs_diff(cell.column))
    };
    let columns = (0..table.columns.len()).filter_map(fits);
    columns.min_by_key(|(column, _)| rank(*column)).map(|(_, found)| found)
}

/// The year that a column is about, as its id (`j2026`) or title ("Plan 2026") says.
fn year(column: &Column) -> Option<u32> {
    let digits = column.id.trim_start_matches(|c: char| !c.is_ascii_digit());
    let of_id = (digits.len() == 4).then(|| digits.parse().ok()).flatten();
    let titles = column.titles.iter().rev();
    of_id.into_iter().chain(titles.filter_map(|title| year_in(title))).find(|year| plausible(*year))
}

fn plausible(year: u32) -> bool {
    (1990..=2100).contains(&year)
}

/// The last year that a title names.
fn year_in(title: &str) -> Option<u32> {
    let words = title.split(|c: char| !c.is_alphanumeric()).rev();
    words
        .filter(|word| word.len() == 4)
        .find_map(|word| word.parse().ok().filter(|year| plausible(*year)))
}

/// The title of a column without its digits.
fn bare(column: &Column) -> String {
    column.titles.join(" ").chars().filter(|c| !c.is_ascii_digit()).collect()
}
