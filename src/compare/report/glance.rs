// SPDX-License-Identifier: EUPL-1.2
//! One page for the meeting: what is compared, what is new, what is gone, what weighs most.

use rust_decimal::Decimal;

use super::{bullets, heading, paragraph, plain, table};
use crate::compare::delta::{FigureChange, Outcome};
use crate::compare::{Area, Change, Comparison, Status};
use crate::tree::{Block, Inline};

/// So many changes are shown at first sight.
const LARGEST: usize = 10;

pub(super) fn blocks(comparison: &Comparison<'_>) -> Vec<Block> {
    let mut out = vec![paragraph(basis(comparison))];
    if !comparison.missing_years.is_empty() {
        let years: Vec<String> = comparison.missing_years.iter().map(ToString::to_string).collect();
        let years = match years.as_slice() {
            [one] => format!("Das Programm {one} liegt dazwischen und fehlt hier"),
            [first, .., last] => {
                format!("Die Programme {first} bis {last} liegen dazwischen und fehlen hier")
            }
            [] => String::new(),
        };
        out.push(paragraph(format!(
            "{years}; was in einem davon begann und endete, ist nicht zu sehen."
        )));
    }
    if let Some(counts) = counts(comparison) {
        out.push(counts);
    } else {
        out.push(paragraph("Die Daten beider Programme sind gleich."));
    }
    out.extend(came_and_went(comparison, Status::Added, "Neu"));
    out.extend(came_and_went(comparison, Status::Dropped, "Entfallen"));
    for (title, money) in [
        ("Die größten Änderungen bei den Mitteln", true),
        ("Die größten Änderungen bei den Eintritten und Plätzen", false),
    ] {
        out.extend(largest(comparison, title, money));
    }
    out.extend(targets(comparison));
    out.extend(left_standing(comparison));
    out
}

fn basis(comparison: &Comparison<'_>) -> String {
    let (old, new) = (&comparison.old, &comparison.new);
    let one = |side: &crate::compare::Side<'_>| {
        let meta = &side.document.meta;
        format!(
            "„{}“ ({}, Ordner {}, Stand {})",
            side.programme.title, side.programme.jobcenter, side.name, meta.date
        )
    };
    format!("Verglichen werden {} und {}.", one(old), one(new))
}

/// How many things of each area stayed, changed, came and went.
fn counts(comparison: &Comparison<'_>) -> Option<Block> {
    const COLUMNS: [Status; 8] = [
        Status::Kept,
        Status::Changed,
        Status::Renamed,
        Status::Moved,
        Status::Added,
        Status::Dropped,
        Status::Merged,
        Status::Split,
    ];
    let count = |changes: &[Change], status: Status| {
        changes.iter().filter(|change| change.status == status).count()
    };
    let any =
        |status: Status| comparison.areas.iter().any(|(_, changes)| count(changes, status) > 0);
    if COLUMNS[1..].iter().all(|status| !any(*status)) {
        return None;
    }
    let columns: Vec<Status> = COLUMNS.into_iter().filter(|status| any(*status)).collect();
    let mut head = vec![("Bereich", false)];
    head.extend(columns.iter().map(|status| (status.word(), true)));
    let rows = comparison
        .areas
        .iter()
        .filter(|(_, changes)| !changes.is_empty())
        .map(|(area, changes)| {
            let mut row = vec![plain(area.title())];
            row.extend(columns.iter().map(|status| match count(changes, *status) {
                0 => plain("–"),
                count => plain(count.to_string()),
            }));
            row
        })
        .collect();
    Some(Block::Table(table("Überblick", &head, rows)))
}

fn came_and_went(comparison: &Comparison<'_>, status: Status, word: &str) -> Vec<Block> {
    let areas =
        [Area::Fields, Area::Priorities, Area::Measures, Area::Strategies, Area::TargetGroups];
    let mut items = Vec::new();
    for area in areas {
        // What one of both does not have at all is said once, further below.
        if comparison.one_sided(area) {
            continue;
        }
        let names: Vec<&str> = comparison
            .area(area)
            .iter()
            .filter(|change| change.status == status)
            .map(Change::name)
            .collect();
        if !names.is_empty() {
            items.push(vec![
                Inline::Strong(plain(format!("{}:", area.title()))),
                Inline::Text(format!(" {}", names.join("; "))),
            ]);
        }
    }
    if items.is_empty() { Vec::new() } else { vec![heading(2, word), bullets(items)] }
}

/// The figures that changed most; totals and other calculations only follow.
fn largest(comparison: &Comparison<'_>, title: &str, money: bool) -> Vec<Block> {
    let areas: &[Area] = if money {
        &[Area::Resources, Area::Measures, Area::Values]
    } else {
        &[Area::Measures, Area::KeyFigures]
    };
    let mut found: Vec<(Decimal, &Change, &FigureChange)> = Vec::new();
    for change in areas.iter().flat_map(|area| comparison.area(*area)) {
        for figure in change.figures.iter().filter(|figure| money || !figure.derived) {
            if let Outcome::Differs { amount, money: euros, .. } = &figure.outcome
                && *euros == money
                && (money || matches!(figure.field.as_str(), "eintritte" | "plaetze" | "plan"))
            {
                found.push((*amount, change, figure));
            }
        }
    }
    found.sort_by(|one, other| {
        other.0.abs().cmp(&one.0.abs()).then_with(|| one.1.id.cmp(&other.1.id))
    });
    // Shown twice, as a row and as a measure, a change is one.
    found.dedup_by(|one, other| {
        one.0 == other.0 && one.2.new == other.2.new && one.2.old == other.2.old
    });
    found.truncate(LARGEST);
    if found.is_empty() {
        return Vec::new();
    }
    let rows = found.into_iter().map(|(_, change, figure)| {
        let name = match figure.field.as_str() {
            "eintritte" | "mittelansatz" | "wert" => change.name().to_owned(),
            _ => format!("{}, {}", change.name(), figure.label),
        };
        let mut row = vec![plain(name)];
        row.extend(values(figure));
        row
    });
    let head = [
        ("Was", false),
        ("vorher", true),
        ("jetzt", true),
        ("Differenz", true),
        ("Veränderung", true),
    ];
    vec![Block::Table(table(title, &head, rows.collect()))]
}

/// Before, now, difference, change in percent.
pub(super) fn values(figure: &FigureChange) -> Vec<Vec<Inline>> {
    let shown = |value: &Option<String>| plain(value.clone().unwrap_or_else(|| "–".to_owned()));
    let (difference, percent) = match &figure.outcome {
        Outcome::Differs { difference, percent, .. } => {
            (difference.clone(), percent.clone().unwrap_or_else(|| "–".to_owned()))
        }
        Outcome::Same => ("unverändert".to_owned(), "–".to_owned()),
        _ => ("–".to_owned(), "–".to_owned()),
    };
    vec![shown(&figure.old), shown(&figure.new), plain(difference), plain(percent)]
}

fn targets(comparison: &Comparison<'_>) -> Vec<Block> {
    let rows: Vec<Vec<Vec<Inline>>> = comparison
        .area(Area::Targets)
        .iter()
        .flat_map(|change| {
            let figures =
                change.figures.iter().filter(|figure| figure.old.is_some() && figure.new.is_some());
            figures.map(|figure| {
                let mut row = vec![plain(format!("{}, {}", change.name(), figure.label))];
                row.extend(values(figure));
                row
            })
        })
        .collect();
    if rows.is_empty() {
        return Vec::new();
    }
    let head = [
        ("Ziel", false),
        ("vorher", true),
        ("jetzt", true),
        ("Differenz", true),
        ("Veränderung", true),
    ];
    vec![Block::Table(table("Ziele", &head, rows))]
}

/// Texts that nobody touched: the classic mistake of a new year.
fn left_standing(comparison: &Comparison<'_>) -> Vec<Block> {
    if comparison.old.programme.year == comparison.new.programme.year {
        return Vec::new();
    }
    let untouched: Vec<&str> = comparison
        .prose
        .iter()
        .filter(|chapter| chapter.untouched)
        .map(|chapter| chapter.title.as_str())
        .collect();
    let stale: usize = comparison.prose.iter().map(|chapter| chapter.stale.len()).sum();
    let mut items = Vec::new();
    if !untouched.is_empty() {
        items.push(plain(format!(
            "Wort für Wort wie {}: {}",
            comparison.old.programme.year,
            untouched.join("; ")
        )));
    }
    if stale > 0 {
        let (sentences, name) =
            if stale == 1 { ("Satz ist", "nennt") } else { ("Sätze sind", "nennen") };
        items.push(plain(format!(
            "{stale} {sentences} unverändert und {name} noch das Jahr {} (unter „Texte“ aufgeführt)",
            comparison.old.programme.year
        )));
    }
    if items.is_empty() {
        Vec::new()
    } else {
        vec![heading(2, "Unverändert übernommen"), bullets(items)]
    }
}
