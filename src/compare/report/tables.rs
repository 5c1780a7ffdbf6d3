// SPDX-License-Identifier: EUPL-1.2
//! The tables of each area: what changed, line by line.

use std::collections::{BTreeMap, BTreeSet};

use super::{Said, bullets, columns, heading, listed, paragraph, plain, short, table, values};
use crate::compare::align::{Change, Evidence};
use crate::compare::delta::{FigureChange, Outcome};
use crate::compare::prose;
use crate::compare::{Area, Comparison, Status, usual_basis};
use crate::tree::{Block, Inline, RowKind};

/// More things than these that only one side has are counted, not listed.
const MANY: usize = 12;
/// Letters of a name that is listed.
const LONG: usize = 70;
/// Letters of all names that are listed.
const ROOM: usize = 600;

pub(super) fn blocks(comparison: &Comparison<'_>, said: &Said) -> Vec<Block> {
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
        if *area == Area::Acknowledged {
            out.extend(findings(&changed));
            continue;
        }
        let (both, single): (Vec<&Change>, Vec<&Change>) =
            changed.into_iter().partition(|change| change.old.is_some() && change.new.is_some());
        out.extend(figures(comparison, &both));
        let words = words(*area, &both);
        if !words.is_empty() {
            out.push(paragraph("Im Wortlaut geändert:"));
            out.extend(words);
        }
        for (status, word) in [(Status::Added, "Neu"), (Status::Dropped, "Nicht mehr aufgeführt")]
        {
            out.extend(one_sided(*area, (&single, &both), status, word, said));
        }
        if !kept.is_empty() {
            out.push(paragraph(format!("{} unverändert.", kept.len())));
        }
    }
    if !out.is_empty() {
        out.insert(0, counts(comparison));
    }
    out
}

/// How many things of each area stayed, changed, came and went.
fn counts(comparison: &Comparison<'_>) -> Block {
    let head = [
        ("Bereich", 40),
        ("unverändert", 15),
        ("geändert", 15),
        ("neu", 15),
        ("nicht mehr aufgeführt", 15),
    ];
    let rows =
        comparison.areas.iter().filter(|(_, changes)| !changes.is_empty()).map(|(area, all)| {
            let count = |fits: &dyn Fn(Status) -> bool| {
                let count = all.iter().filter(|change| fits(change.status)).count();
                plain(if count == 0 { "–".to_owned() } else { count.to_string() })
            };
            let single =
                |status: Status| matches!(status, Status::Kept | Status::Added | Status::Dropped);
            vec![
                plain(area.title()),
                count(&|status| status == Status::Kept),
                count(&|status| !single(status)),
                count(&|status| status == Status::Added),
                count(&|status| status == Status::Dropped),
            ]
        });
    let mut out = table("Überblick", &head, 1, rows.collect());
    out.notes.push(plain(
        "Als geändert zählt auch, was umbenannt, verschoben, zusammengelegt oder aufgeteilt ist.",
    ));
    Block::Table(out)
}

/// What one of the programmes does not have at all is no change of each single thing.
fn one_side(comparison: &Comparison<'_>, changes: &[Change]) -> Option<String> {
    let (old, new) = (&comparison.old, &comparison.new);
    let gone = changes.iter().all(|change| change.new.is_none());
    let come = changes.iter().all(|change| change.old.is_none());
    let (there, absent) = match (gone, come) {
        (true, _) => (old, new),
        (_, true) => (new, old),
        _ => return None,
    };
    let names: Vec<String> = changes.iter().map(|change| short(change.name(), LONG)).collect();
    Some(format!(
        "Nur das Programm {} führt sie auf ({}), das Programm {} keine: {}",
        there.programme.year,
        changes.len(),
        absent.programme.year,
        ended(listed(&names, ROOM))
    ))
}

/// With a full stop, unless it ends in dots.
fn ended(text: String) -> String {
    if text.ends_with('…') { text } else { format!("{text}.") }
}

/// Findings that were put up with, counted by their kind.
fn findings(changes: &[&Change]) -> Vec<Block> {
    let mut kinds: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    for change in changes {
        let kind = change.id.split_once(':').map_or(change.id.as_str(), |(kind, _)| kind);
        let counts = kinds.entry(kind).or_default();
        match change.status {
            Status::Added => counts[0] += 1,
            Status::Dropped => counts[1] += 1,
            _ => counts[2] += 1,
        }
    }
    let head = [("Regel", 40), ("neu", 20), ("nicht mehr", 20), ("anders begründet", 20)];
    let rows = kinds.into_iter().map(|(kind, counts)| {
        let mut row = vec![plain(kind)];
        row.extend(counts.map(|count| match count {
            0 => plain("–"),
            count => plain(count.to_string()),
        }));
        row
    });
    vec![Block::Table(table("", &head, 1, rows.collect()))]
}

/// What is only in one of both: a line each with its figures, or all names in one line.
fn one_sided(
    area: Area,
    (changes, both): (&[&Change], &[&Change]),
    status: Status,
    word: &str,
    said: &Said,
) -> Vec<Block> {
    let mut those: Vec<&Change> =
        changes.iter().copied().filter(|change| change.status == status).collect();
    if those.is_empty() {
        return Vec::new();
    }
    let count = those.len();
    if area == Area::Chapters {
        those = roots(those);
    }
    let lead = |text: &str| Inline::Strong(plain(format!("{word} ({count}):{text}")));
    let bare = those.iter().all(|change| change.figures.is_empty());
    if bare || area == Area::Abbreviations {
        let names: Vec<String> =
            those.iter().map(|change| short(&said.name(change), LONG)).collect();
        let text = Inline::Text(format!(" {}", ended(listed(&names, ROOM))));
        return vec![Block::Paragraph(vec![lead(""), text])];
    }
    let mut out = vec![Block::Paragraph(vec![lead("")])];
    // Measures are asked for one by one.
    let (tables, those) =
        if area == Area::Measures { (Vec::new(), those) } else { whole_tables(&those, both) };
    let shown: Vec<&Change> = if those.len() > MANY && area != Area::Measures {
        weightiest(&those)
    } else {
        those.clone()
    };
    let rows = shown.iter().map(|change| with_figures(change, said));
    out.push(bullets(tables.into_iter().chain(rows).map(plain)));
    if shown.len() < those.len() {
        out.push(paragraph(format!("und {} weitere.", those.len() - shown.len())));
    }
    out
}

/// Tables of several rows of which no row is in both programmes, and what is left.
fn whole_tables<'c>(those: &[&'c Change], both: &[&Change]) -> (Vec<String>, Vec<&'c Change>) {
    const ROWS: usize = 3;
    let parent = |change: &Change| {
        let item = change.new.as_ref().or(change.old.as_ref())?;
        item.parent.clone().filter(|(_, title)| !title.is_empty())
    };
    let of_both = |change: &Change| {
        let items = [change.old.as_ref(), change.new.as_ref()];
        items.into_iter().flatten().filter_map(|item| item.parent.clone()).collect::<Vec<_>>()
    };
    let met: BTreeSet<String> =
        both.iter().flat_map(|change| of_both(change)).map(|(id, _)| id).collect();
    let mut counts: BTreeMap<(String, String), usize> = BTreeMap::new();
    for table in those.iter().filter_map(|change| parent(change)) {
        *counts.entry(table).or_default() += 1;
    }
    counts.retain(|(id, _), rows| *rows >= ROWS && !met.contains(id));
    let left = those.iter().copied();
    let left =
        left.filter(|change| parent(change).is_none_or(|table| !counts.contains_key(&table)));
    let named = |((_, title), rows): (&(String, String), &usize)| {
        format!("Tabelle „{title}“ ({rows} Zeilen)")
    };
    (counts.iter().map(named).collect(), left.collect())
}

/// Only the highest of sections that came or went together.
fn roots(those: Vec<&Change>) -> Vec<&Change> {
    let item = |change: &'_ Change| change.new.as_ref().or(change.old.as_ref()).cloned();
    let ids: BTreeSet<String> = those.iter().map(|change| change.id.clone()).collect();
    those
        .into_iter()
        .filter(|change| {
            let parent = item(change).and_then(|item| item.parent);
            parent.is_none_or(|(id, _)| !ids.contains(&id))
        })
        .collect()
}

/// Money first, then what counts most.
fn weightiest<'c>(those: &[&'c Change]) -> Vec<&'c Change> {
    const FEW: usize = 8;
    let weight = |change: &Change| {
        let largest = change.figures.iter().max_by_key(|figure| figure.size);
        largest.map(|figure| (figure.money, figure.size)).unwrap_or_default()
    };
    let mut out = those.to_vec();
    out.sort_by_key(|change| std::cmp::Reverse(weight(change)));
    out.truncate(FEW);
    out
}

/// "Talentcenter: Eintritte 792; Mittelansatz 1.200.000 €"
fn with_figures(change: &Change, said: &Said) -> String {
    let figures: Vec<String> = change
        .figures
        .iter()
        .filter_map(|figure| {
            let value = figure.new.as_ref().or(figure.old.as_ref())?;
            // "Eintritte 80 Eintritte" says it twice.
            let named = change.figures.len() > 1 && !value.contains(figure.label.as_str());
            let label = if named { figure.label.as_str() } else { "" };
            Some(format!("{label} {value}").trim().to_owned())
        })
        .collect();
    let name = said.name(change);
    if figures.is_empty() { name } else { format!("{name}: {}", figures.join("; ")) }
}

/// A row per figure that differs; the name stands in the first of them.
fn figures(comparison: &Comparison<'_>, changes: &[&Change]) -> Vec<Block> {
    let with_figures = |change: &&&Change| !change.figures.is_empty();
    if !changes.iter().any(|change| with_figures(&change)) {
        return Vec::new();
    }
    let usual = usual_basis(changes.iter().copied());
    let mut rows = Vec::new();
    let mut parts = Vec::new();
    for change in changes.iter().filter(with_figures) {
        let own = change.figures.iter().filter(|figure| figure.differs());
        let together = change.together.iter().filter(|figure| figure.differs());
        let shown: Vec<(bool, &FigureChange)> =
            together.map(|it| (true, it)).chain(own.map(|it| (false, it))).collect();
        let several = change.figures.len() > 1 || !change.together.is_empty();
        if shown.is_empty() {
            let empty = || plain("–");
            rows.push(vec![
                name(change, None, None, usual.as_deref()),
                empty(),
                empty(),
                empty(),
                empty(),
            ]);
        }
        for (at, (whole, figure)) in shown.into_iter().enumerate() {
            let label = several.then(|| {
                let all = if whole { " aller Teile zusammen" } else { "" };
                format!("{}{all}", figure.label)
            });
            let mut row = if at == 0 {
                vec![name(change, label, Some(figure), usual.as_deref())]
            } else {
                parts.push(rows.len());
                vec![plain(label.unwrap_or_default())]
            };
            row.extend(values(change, figure));
            rows.push(row);
        }
    }
    let mut out = table("", &columns(comparison, "Bezeichnung"), 1, rows);
    for at in parts {
        out.rows[at].kind = RowKind::Part;
    }
    if let Some(usual) = usual {
        let text = format!("Verglichen wird {usual}, wo nichts anderes angegeben ist.");
        out.notes.push(plain(text));
    }
    out.notes.extend(absent(comparison, changes).into_iter().map(plain));
    vec![Block::Table(out)]
}

/// Figures that one of the programmes has nowhere.
fn absent(comparison: &Comparison<'_>, changes: &[&Change]) -> Vec<String> {
    let mut labels = [BTreeSet::new(), BTreeSet::new()];
    for figure in changes.iter().flat_map(|change| &change.figures) {
        if figure.outcome == Outcome::Absent {
            labels[usize::from(figure.new.is_some())].insert(figure.label.clone());
        }
    }
    let years = [comparison.new.programme.year, comparison.old.programme.year];
    let sentence = |(labels, year): (BTreeSet<String>, u32)| {
        let labels: Vec<String> = labels.into_iter().collect();
        (!labels.is_empty()).then(|| {
            format!("Das Programm {year} nennt hier keine Angabe „{}“.", labels.join("“, „"))
        })
    };
    labels.into_iter().zip(years).filter_map(sentence).collect()
}

/// The name of an item, with the figure it is about and what is to be remarked below.
fn name(
    change: &Change,
    label: Option<String>,
    figure: Option<&FigureChange>,
    usual: Option<&str>,
) -> Vec<Inline> {
    let mut out = plain(match label {
        Some(label) if !label.is_empty() => format!("{}: {label}", change.name()),
        _ => change.name().to_owned(),
    });
    let remark = remark(change, figure, usual);
    if !remark.is_empty() {
        out.push(Inline::Break);
        out.push(Inline::Emphasis(plain(remark)));
    }
    out
}

/// What became of it, why both are taken for the same, and what the figures rest on.
fn remark(change: &Change, figure: Option<&FigureChange>, usual: Option<&str>) -> String {
    let mut parts = Vec::new();
    let own: Vec<Status> =
        std::iter::once(change.status).chain(change.also.iter().copied()).collect();
    let whole = own.iter().any(|status| matches!(status, Status::Merged | Status::Split));
    for status in own.iter().filter(|status| !matches!(status, Status::Changed | Status::Kept)) {
        // What was joined or parted has another name for that very reason.
        if !(whole && *status == Status::Renamed) {
            parts.push(fate(change, *status));
        }
    }
    if let Evidence::Guess(why) = &change.evidence {
        parts.push(format!("Zuordnung vermutet: {why}"));
    }
    if let Some(figure) = figure {
        match &figure.outcome {
            Outcome::Differs { rounding: true, .. } => parts.push("kann Rundung sein".to_owned()),
            Outcome::Incomparable(reason) => parts.push(format!("keine Differenz: {reason}")),
            _ => {}
        }
        let both = figure.old.is_some() && figure.new.is_some();
        if both && usual != Some(figure.basis.as_str()) {
            parts.push(figure.basis.clone());
        }
    }
    parts.join("; ")
}

fn fate(change: &Change, status: Status) -> String {
    let before = change.old.as_ref();
    let family = || format!("„{}“", change.family_names.join("“, „"));
    match status {
        Status::Renamed => before.map_or_else(String::new, |old| format!("bisher „{}“", old.name)),
        Status::Moved => match before.and_then(|old| old.parent.as_ref()) {
            Some((_, title)) if !title.is_empty() => format!("bisher unter „{title}“"),
            _ => "verschoben".to_owned(),
        },
        Status::Merged => format!("zusammengelegt aus {}", family()),
        Status::Split => {
            let from = before.map_or("", |old| old.name.as_str());
            format!("aufgeteilt aus „{from}“ in {}", family())
        }
        other => other.word().to_owned(),
    }
}

/// Words of items that changed, and items without figures.
fn words(area: Area, changes: &[&Change]) -> Vec<Block> {
    let mut items = Vec::new();
    for change in changes {
        let mut line: Vec<Inline> = Vec::new();
        // What has figures stands in the table, with what is to be remarked.
        if change.figures.is_empty() {
            line.push(Inline::Strong(plain(change.name())));
            let remark = remark(change, None, None);
            if !remark.is_empty() {
                line.push(Inline::Text(format!(" ({remark})")));
            }
        }
        for (what, old, new) in &change.words {
            if area == Area::Chapters && what == "Nummer" {
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
        let bare = change.figures.is_empty() && line.len() == 1;
        if !line.is_empty() && !bare {
            items.push(line);
        }
    }
    if items.is_empty() { Vec::new() } else { vec![bullets(items)] }
}
