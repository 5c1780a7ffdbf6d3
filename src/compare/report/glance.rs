// SPDX-License-Identifier: EUPL-1.2
//! One page for the meeting: what is compared, what is new, what is gone, what weighs most.

use super::{Said, columns, listed, paragraph, plain, short, table, values};
use crate::compare::delta::{FigureChange, Outcome};
use crate::compare::{Area, Change, Comparison, Side, Status};
use crate::tree::{Block, Cell, Inline, Row, RowKind};

/// So many changes are shown at first sight.
const LARGEST: usize = 10;
/// So many targets.
const TARGETS: usize = 4;
/// Letters of a name in a narrow column.
const NAME: usize = 40;
/// Letters of names that a cell of the page holds.
const ROOM: usize = 120;

pub(super) fn blocks(comparison: &Comparison<'_>, said: &Said) -> Vec<Block> {
    let mut out = vec![paragraph(basis(comparison))];
    let changed = |change: &Change| change.status != Status::Kept;
    if !comparison.areas.iter().any(|(_, changes)| changes.iter().any(changed)) {
        out.push(paragraph("Die Daten beider Programme sind gleich."));
    }
    out.extend(came_and_went(comparison, said));
    out.extend(largest(comparison));
    out.extend(targets(comparison));
    out.extend(left_standing(comparison));
    out
}

/// What is compared, and which years lie between.
fn basis(comparison: &Comparison<'_>) -> String {
    let (old, new) = (&comparison.old, &comparison.new);
    let drafts = old.programme.year == new.programme.year;
    let one = |side: &Side<'_>| {
        let place = match (drafts, old.programme.jobcenter == new.programme.jobcenter) {
            (true, _) => format!("Ordner {}, ", side.name),
            (_, false) => format!("{}, ", side.programme.jobcenter),
            _ => String::new(),
        };
        format!("das Programm {} ({place}Stand {})", side.programme.year, side.document.meta.date)
    };
    let mut text = format!("Verglichen werden {} und {}.", one(old), one(new));
    match comparison.missing_years.as_slice() {
        [] => {}
        [one] => text.push_str(&format!(
            " Das Programm {one} liegt dazwischen und fehlt hier; was darin begann und endete, ist nicht zu sehen."
        )),
        [first, .., last] => text.push_str(&format!(
            " Die Programme {first} bis {last} liegen dazwischen und fehlen hier; was in einem davon begann und endete, ist nicht zu sehen."
        )),
    }
    text
}

/// What is new and what is no longer there, area by area.
fn came_and_went(comparison: &Comparison<'_>, said: &Said) -> Option<Block> {
    let areas =
        [Area::Fields, Area::Priorities, Area::Measures, Area::Strategies, Area::TargetGroups];
    let mut rows = Vec::new();
    for area in areas {
        let changes = comparison.area(area);
        let of = |status: Status| -> Vec<&Change> {
            changes.iter().filter(|change| change.status == status).collect()
        };
        let (come, gone) = (of(Status::Added), of(Status::Dropped));
        if come.is_empty() && gone.is_empty() {
            continue;
        }
        // What one of both does not have at all came and went as a whole.
        if comparison.one_sided(area) {
            let (there, absent) = if gone.is_empty() {
                (&comparison.new, &comparison.old)
            } else {
                (&comparison.old, &comparison.new)
            };
            let text = format!(
                "{} nur im Programm {}; das Programm {} führt keine auf",
                changes.len(),
                there.programme.year,
                absent.programme.year
            );
            let (come, gone) =
                if gone.is_empty() { (text, String::new()) } else { (String::new(), text) };
            rows.push(vec![plain(area.title()), plain(come), plain(gone)]);
            continue;
        }
        let names = |changes: &[&Change]| {
            let all = changes.iter().map(|change| short(&said.name(change), 2 * NAME));
            let all: Vec<String> = all.collect();
            if all.is_empty() {
                "–".to_owned()
            } else {
                format!("{}: {}", all.len(), listed(&all, ROOM))
            }
        };
        rows.push(vec![plain(area.title()), plain(names(&come)), plain(names(&gone))]);
    }
    let head = [("Bereich", 15), ("Neu", 42), ("Nicht mehr aufgeführt", 43)];
    (!rows.is_empty()).then(|| Block::Table(table("Was hinzukam und was entfiel", &head, 1, rows)))
}

/// The figures that changed most; totals and other calculations only follow.
fn largest(comparison: &Comparison<'_>) -> Option<Block> {
    let mut groups = Vec::new();
    for (title, money) in [("Mittel", true), ("Eintritte und Plätze", false)] {
        let found = ranked(comparison, money);
        if !found.is_empty() {
            groups.push((title, found));
        }
    }
    let targets = changed_targets(comparison);
    if !targets.is_empty() {
        groups.push(("Ziele", targets));
    }
    if groups.is_empty() {
        return None;
    }
    let mut bases: Vec<String> = Vec::new();
    let mut rows = Vec::new();
    let mut marks = Vec::new();
    for (title, found) in groups {
        marks.push(rows.len());
        rows.push(vec![plain(title)]);
        for (change, figure) in found {
            let own = match change.status {
                Status::Split => change.family_names.join(", "),
                _ => change.name().to_owned(),
            };
            let name = match figure.field.as_str() {
                "eintritte" | "mittelansatz" | "wert" | "plan" => short(&own, NAME),
                _ => format!("{}, {}", short(&own, NAME), figure.label),
            };
            // What most figures rest on goes without saying, what this one rests on does not.
            let unusual = figure.old.is_some()
                && figure.new.is_some()
                && Some(&figure.basis) != comparison.usual_basis().as_ref();
            let mark = if unusual {
                let note = format!("{name}: {}", figure.basis);
                bases.push(note);
                "*"
            } else {
                ""
            };
            let mut row = vec![plain(format!("{name}{mark}"))];
            row.extend(values(change, figure));
            rows.push(row);
        }
    }
    let mut out = table("Die größten Änderungen", &columns(comparison, "Bezeichnung"), 1, rows);
    for at in marks {
        group(&mut out.rows[at], out.columns.len());
    }
    if let Some(usual) = comparison.usual_basis() {
        let text = format!("Verglichen wird {usual}, wo nichts anderes angegeben ist.");
        out.notes.push(plain(text));
    }
    if !bases.is_empty() {
        out.notes.push(plain(format!("* {}", listed(&bases, 2 * ROOM))));
    }
    Some(Block::Table(out))
}

/// The head of a group reaches over the whole width.
fn group(row: &mut Row, columns: usize) {
    row.kind = RowKind::Group;
    row.cells.truncate(1);
    if let Some(cell) = row.cells.first_mut() {
        *cell = Cell { colspan: u32::try_from(columns).unwrap_or(1), ..cell.clone() };
    }
}

/// The figures of money, or of entries and places, that changed most.
fn ranked<'c>(comparison: &'c Comparison<'_>, money: bool) -> Vec<(&'c Change, &'c FigureChange)> {
    let measures = of_areas(comparison, &[Area::Measures], money);
    let mut found = if money {
        let others = of_areas(comparison, &[Area::Resources, Area::Values], money);
        measures.into_iter().chain(others).collect()
    } else if measures.is_empty() {
        of_areas(comparison, &[Area::KeyFigures], money)
    } else {
        measures
    };
    found.sort_by(|one, other| {
        other.1.size.cmp(&one.1.size).then_with(|| one.0.id.cmp(&other.0.id))
    });
    // Shown twice, as a row and as a measure, a change is one.
    found.dedup_by(|one, other| {
        one.1.size == other.1.size && one.1.new == other.1.new && one.1.old == other.1.old
    });
    found.truncate(LARGEST);
    found
}

fn of_areas<'c>(
    comparison: &'c Comparison<'_>,
    areas: &[Area],
    money: bool,
) -> Vec<(&'c Change, &'c FigureChange)> {
    // Totals of money are asked for first; totals of entries only follow.
    let total = |change: &Change| {
        !money && change.new.as_ref().or(change.old.as_ref()).is_some_and(|item| item.total)
    };
    let mut found = Vec::new();
    for area in areas {
        let changes = comparison.area(*area);
        // What came or went weighs as much as it counted, if the other programme counts it at all; a
        // single figure may only have been put in other words.
        let counted = |field: &str, old: bool| {
            let item =
                |change: &'_ Change| if old { change.old.clone() } else { change.new.clone() };
            changes.iter().filter_map(item).any(|item| {
                item.figures.iter().any(|figure| figure.field == field && figure.quantity.is_some())
            })
        };
        for change in changes.iter().filter(|change| !total(change)) {
            let figures = match change.status {
                Status::Split => &change.together,
                _ => &change.figures,
            };
            let weighs = |figure: &&FigureChange| match &figure.outcome {
                Outcome::Differs { .. } => true,
                Outcome::OneSided if *area == Area::Measures && !comparison.one_sided(*area) => {
                    change.old.is_none() && counted(&figure.field, true)
                        || change.new.is_none() && counted(&figure.field, false)
                }
                _ => false,
            };
            let fits = |figure: &&FigureChange| {
                let known =
                    money || matches!(figure.field.as_str(), "eintritte" | "plaetze" | "plan");
                let own = money || !figure.derived || change.status == Status::Split;
                figure.money == money && known && own && !figure.size.is_zero()
            };
            found.extend(figures.iter().filter(fits).filter(weighs).map(|figure| (change, figure)));
        }
    }
    found
}

fn changed_targets<'c>(comparison: &'c Comparison<'_>) -> Vec<(&'c Change, &'c FigureChange)> {
    let all = comparison.area(Area::Targets).iter();
    let figures = all.flat_map(|change| change.figures.iter().map(move |figure| (change, figure)));
    figures.filter(|(_, figure)| figure.differs()).take(TARGETS).collect()
}

/// What is to be said of targets besides their figures.
fn targets(comparison: &Comparison<'_>) -> Vec<Block> {
    let targets = comparison.area(Area::Targets);
    let (before, after) = (comparison.old.programme.year, comparison.new.programme.year);
    let mut text = match (
        targets.iter().any(|change| change.old.is_some()),
        targets.iter().any(|change| change.new.is_some()),
    ) {
        (false, false) => {
            "Eine Tabelle mit Zielwerten enthält keines der beiden Programme.".to_owned()
        }
        (true, false) => format!("Zielwerte nennt nur das Programm {before}."),
        (false, true) => format!("Zielwerte nennt nur das Programm {after}."),
        (true, true) if targets.iter().all(|change| change.status == Status::Kept) => {
            "Die Zielwerte sind unverändert.".to_owned()
        }
        (true, true) => String::new(),
    };
    let other_goal = |change: &&Change| change.words.iter().any(|(what, ..)| what == "Ziel");
    let changed: Vec<String> = comparison
        .area(Area::Fields)
        .iter()
        .filter(other_goal)
        .map(|change| change.name().to_owned())
        .collect();
    if !changed.is_empty() {
        text.push_str(&format!(" Anders gefasst ist das Ziel: {}.", listed(&changed, ROOM)));
    }
    if text.is_empty() { Vec::new() } else { vec![lead("Ziele:", text.trim_start())] }
}

fn lead(word: &str, text: &str) -> Block {
    Block::Paragraph(vec![Inline::Strong(plain(word)), Inline::Text(format!(" {text}"))])
}

/// Texts that nobody touched: the classic mistake of a new year.
fn left_standing(comparison: &Comparison<'_>) -> Vec<Block> {
    let year = comparison.old.programme.year;
    if year == comparison.new.programme.year {
        return Vec::new();
    }
    let untouched = comparison.prose.iter().filter(|chapter| chapter.untouched);
    let untouched: Vec<String> = untouched.map(|chapter| format!("„{}“", chapter.title)).collect();
    let stale: usize = comparison.prose.iter().map(|chapter| chapter.stale.len()).sum();
    let mut parts = Vec::new();
    if !untouched.is_empty() {
        parts.push(format!("Wort für Wort wie {year} lauten {}.", listed(&untouched, ROOM)));
    }
    if stale > 0 {
        let (sentences, name) =
            if stale == 1 { ("Satz ist", "nennt") } else { ("Sätze sind", "nennen") };
        parts.push(format!(
            "{stale} {sentences} unverändert und {name} noch das Jahr {year} (unter „Texte“ aufgeführt)."
        ));
    }
    if parts.is_empty() { Vec::new() } else { vec![lead("Unverändert:", &parts.join(" "))] }
}
