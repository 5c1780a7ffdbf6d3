// SPDX-License-Identifier: EUPL-1.2
//! The tables of each area: what changed, line by line.

use std::collections::BTreeMap;

use super::glance::values;
use super::{bullets, heading, paragraph, plain, table};
use crate::compare::align::{Change, Evidence};
use crate::compare::delta::{FigureChange, Outcome};
use crate::compare::prose;
use crate::compare::{Area, Comparison, Status};
use crate::tree::{Block, Inline};

pub(super) fn blocks(comparison: &Comparison<'_>) -> Vec<Block> {
    let mut out = Vec::new();
    for (area, changes) in &comparison.areas {
        let (kept, changed): (Vec<&Change>, Vec<&Change>) =
            changes.iter().partition(|change| change.status == Status::Kept);
        if changed.is_empty() {
            continue;
        }
        out.push(heading(2, area.title()));
        if let Some(sentence) = one_side(comparison, changes) {
            out.push(paragraph(sentence));
            continue;
        }
        let (both, single): (Vec<&Change>, Vec<&Change>) =
            changed.into_iter().partition(|change| change.old.is_some() && change.new.is_some());
        if both.iter().any(|change| !change.figures.is_empty()) {
            let usual = usual_basis(&both);
            if let Some(usual) = &usual {
                out.push(paragraph(format!(
                    "Verglichen wird {usual}, wo nichts anderes dabeisteht."
                )));
            }
            out.push(figures(&both, usual.as_deref()));
        }
        out.extend(words(*area, &both));
        for (status, word) in [(Status::Added, "Neu"), (Status::Dropped, "Entfallen")] {
            out.extend(one_sided(&single, status, word));
        }
        if !kept.is_empty() {
            out.push(paragraph(format!("Unverändert: {}", kept.len())));
        }
    }
    out
}

/// What one of the programmes does not have at all is no change of each single thing.
fn one_side(comparison: &Comparison<'_>, changes: &[Change]) -> Option<String> {
    let (old, new) = (&comparison.old, &comparison.new);
    let gone = changes.iter().all(|change| change.new.is_none());
    let come = changes.iter().all(|change| change.old.is_none());
    let absent = match (gone, come) {
        (true, _) => new,
        (_, true) => old,
        _ => return None,
    };
    let (there, count) = (if absent.name == new.name { old } else { new }, changes.len());
    let names: Vec<&str> = changes.iter().map(Change::name).take(6).collect();
    let more = if count > names.len() { " …" } else { "" };
    Some(format!(
        "Nur im Programm {} ({count}): {}{more}. Das Programm {} enthält nichts davon.",
        there.programme.year,
        names.join("; "),
        absent.programme.year
    ))
}

/// What most figures that are in both programmes rest on.
fn usual_basis(changes: &[&Change]) -> Option<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for figure in changes.iter().flat_map(|change| &change.figures) {
        if figure.old.is_some() && figure.new.is_some() {
            *counts.entry(&figure.basis).or_default() += 1;
        }
    }
    let (basis, count) = counts.into_iter().max_by_key(|(_, count)| *count)?;
    (count > 1).then(|| basis.to_owned())
}

/// What is only in one of both, with its figures: a line each, or all names in one line.
fn one_sided(changes: &[&Change], status: Status, word: &str) -> Vec<Block> {
    let those: Vec<&&Change> = changes.iter().filter(|change| change.status == status).collect();
    if those.is_empty() {
        return Vec::new();
    }
    let lead = Inline::Strong(plain(format!("{word} ({}):", those.len())));
    if those.iter().all(|change| change.figures.is_empty()) {
        let names: Vec<&str> = those.iter().map(|change| change.name()).collect();
        return vec![Block::Paragraph(vec![lead, Inline::Text(format!(" {}", names.join("; ")))])];
    }
    let items = those.into_iter().map(|change| {
        let figures: Vec<String> = change
            .figures
            .iter()
            .filter_map(|figure| {
                let value = figure.new.as_ref().or(figure.old.as_ref())?;
                let label = if change.figures.len() > 1 { figure.label.as_str() } else { "" };
                Some(format!("{label} {value}").trim().to_owned())
            })
            .collect();
        let name = change.name().to_owned();
        plain(if figures.is_empty() { name } else { format!("{name}: {}", figures.join("; ")) })
    });
    vec![Block::Paragraph(vec![lead]), bullets(items)]
}

/// A row per figure; what has none gets a row of its own.
fn figures(changes: &[&Change], usual: Option<&str>) -> Block {
    let mut rows = Vec::new();
    for change in changes {
        let mut first = true;
        let shown: Vec<&FigureChange> = change
            .figures
            .iter()
            .filter(|figure| figure.differs() || change.figures.len() == 1)
            .collect();
        if shown.is_empty() {
            rows.push(vec![
                plain(change.name()),
                plain("–"),
                plain("–"),
                plain("–"),
                plain("–"),
                plain(remark(change, None, None)),
            ]);
        }
        for figure in shown {
            let name = if first || change.figures.len() > 1 {
                label(change, figure)
            } else {
                change.name().to_owned()
            };
            let mut row = vec![plain(name)];
            row.extend(values(figure));
            row.push(plain(remark(change, Some(figure), usual)));
            rows.push(row);
            first = false;
        }
    }
    let head = [
        ("Was", false),
        ("vorher", true),
        ("jetzt", true),
        ("Differenz", true),
        ("Veränderung", true),
        ("Anmerkung", false),
    ];
    Block::Table(table("", &head, rows))
}

/// A name with the figure it is about, where one name has several.
fn label(change: &Change, figure: &FigureChange) -> String {
    if change.figures.len() > 1 && !figure.label.is_empty() {
        format!("{}: {}", change.name(), figure.label)
    } else {
        change.name().to_owned()
    }
}

/// What became of it, why both are taken for the same, and what the figures rest on.
fn remark(change: &Change, figure: Option<&FigureChange>, usual: Option<&str>) -> String {
    let mut parts = Vec::new();
    let own: Vec<Status> =
        std::iter::once(change.status).chain(change.also.iter().copied()).collect();
    for status in own.iter().filter(|status| !matches!(status, Status::Changed | Status::Kept)) {
        parts.push(fate(change, *status));
    }
    if let Evidence::Guess(why) = &change.evidence {
        parts.push(format!("vermutlich dasselbe: {why}"));
    }
    if let Some(figure) = figure {
        match &figure.outcome {
            Outcome::Differs { rounding: true, .. } => parts.push("kann Rundung sein".to_owned()),
            Outcome::Incomparable(reason) => parts.push(format!("nicht gerechnet: {reason}")),
            _ => {}
        }
        let both = figure.old.is_some() && figure.new.is_some();
        if both && usual != Some(figure.basis.as_str()) {
            parts.push(figure.basis.clone());
        }
    }
    parts.join("; ")
}

/// The ids of what was merged or split; with blanks they can be broken in a narrow column.
fn family(change: &Change) -> String {
    change.family.join(", ").replace('_', " ")
}

fn fate(change: &Change, status: Status) -> String {
    let before = change.old.as_ref();
    match status {
        Status::Renamed => before.map_or_else(String::new, |old| format!("bisher „{}“", old.name)),
        Status::Moved => match before.and_then(|old| old.parent.as_ref()) {
            Some((_, title)) if !title.is_empty() => format!("bisher unter „{title}“"),
            _ => "verschoben".to_owned(),
        },
        Status::Merged => format!("zusammengelegt aus {}", family(change)),
        Status::Split => {
            let from = before.map_or("", |old| old.name.as_str());
            format!("aufgeteilt aus „{from}“ in {}", family(change))
        }
        other => other.word().to_owned(),
    }
}

/// Words of items that changed, and items without figures.
fn words(area: Area, changes: &[&Change]) -> Vec<Block> {
    let bare = changes.iter().all(|change| change.figures.is_empty());
    let mut items = Vec::new();
    for change in changes {
        let mut line: Vec<Inline> = Vec::new();
        if bare {
            line.push(Inline::Strong(plain(change.name())));
            let remark = remark(change, None, None);
            if !remark.is_empty() {
                line.push(Inline::Text(format!(" ({remark})")));
            }
        }
        for (what, old, new) in &change.words {
            if area == Area::Chapters && *what == "Nummer" {
                continue;
            }
            let lead = if line.is_empty() {
                format!("{}, {what}: ", change.name())
            } else {
                format!("; {what}: ")
            };
            line.push(Inline::Text(lead));
            line.extend(super::texts::inlines(&prose::pieces(old, new)));
        }
        if !line.is_empty() {
            items.push(line);
        }
    }
    if items.is_empty() { Vec::new() } else { vec![bullets(items)] }
}
