// SPDX-License-Identifier: EUPL-1.2
//! Things with ids of their own as items: measures, strategies, entries of lists, single figures,
//! chapters.
//!
//! Not here: rows of tables.

use super::rows::table_area;
use super::{Area, Basis, Item, Side, shown, slug};
use crate::model::Programme;
use crate::model::basis::basis;
use crate::model::figures::FigureId;
use crate::model::programme::{Field, List, Measure, field_name};
use crate::model::table::Table;
use crate::tree::{Block, walk};

pub(super) fn measures(programme: &Programme) -> Vec<Item> {
    programme.measures.iter().map(|one| measure(programme, one)).collect()
}

pub(super) fn fields(programme: &Programme) -> Vec<Item> {
    programme.fields.iter().map(field).collect()
}

pub(super) fn strategies(programme: &Programme) -> Vec<Item> {
    programme.fields.iter().flat_map(strategies_of).collect()
}

pub(super) fn lists(programme: &Programme, area: Area) -> Vec<Item> {
    programme.lists.iter().filter(|list| list_area(list) == area).flat_map(entries).collect()
}

fn measure(programme: &Programme, measure: &Measure) -> Item {
    let mut item = Item::new(&measure.id, walk::plain(&measure.name), Some(measure.span));
    item.predecessors.clone_from(&measure.predecessors);
    let shows = |table: &&Table| {
        table.rows.iter().any(|row| row.measures.contains(&measure.id))
            && table_area(table) != Area::KeyFigures
    };
    let shown_in: Vec<&Table> = programme.tables.iter().filter(shows).collect();
    item.parent = shown_in.first().map(|table| (table.id.clone(), walk::plain(&table.title)));
    item.places = shown_in.into_iter().map(|table| table.id.clone()).collect();
    let mut add = |prefix: &str, name: &str, figures: &[(String, FigureId)]| {
        for (field, id) in figures {
            let label = field_name(field);
            let label = if name.is_empty() { label } else { format!("{label} ({name})") };
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
        item.words.push(("Rechtsgrundlage".to_owned(), law.value.clone()));
    }
    push_words(&mut item, "Funktion", walk::plain(&measure.function));
    item
}

fn push_words(item: &mut Item, what: &str, text: String) {
    if !text.trim().is_empty() {
        item.words.push((what.to_owned(), text));
    }
}

fn field(field: &Field) -> Item {
    let mut item = Item::new(&field.id, walk::plain(&field.title), None);
    item.predecessors.clone_from(&field.predecessors);
    push_words(&mut item, "Ziel", walk::plain(&field.goal));
    item
}

fn strategies_of(field: &Field) -> Vec<Item> {
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
                item.words.push(("Bewertung".to_owned(), rating.clone()));
            }
            item
        })
        .collect()
}

/// Single figures; those of a series (`werte.quote.vorjahr`) belong to one item. Those that continue
/// rows of a table are compared with such rows.
pub(super) fn values(programme: &Programme, of_a_row: bool) -> Vec<Item> {
    let of_rows = |own: &str| {
        let before = programme.lineage.get(own);
        before.is_some_and(|ids| ids.iter().any(|id| id.contains('.') && !id.starts_with("werte.")))
    };
    let mut out: Vec<Item> = Vec::new();
    for (id, figure) in programme.figures.iter() {
        let Some(name) = figure.path.strip_prefix("werte.") else { continue };
        let (own, field) = name.split_once('.').unwrap_or((name, "wert"));
        if of_rows(own) != of_a_row {
            continue;
        }
        let label = if field == "wert" { "Wert" } else { figure.label.as_str() };
        let basis = basis(&figure.label);
        let one = shown(programme, id, field.to_owned(), label.to_owned(), basis, 0);
        match out.iter_mut().find(|item| item.id == own) {
            Some(item) => item.figures.push(one),
            None => {
                let mut item = Item::new(own, &figure.label, Some(figure.span));
                item.named = false;
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

pub(super) fn chapters(side: &Side<'_>) -> Vec<Item> {
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
            item.words.push(("Nummer".to_owned(), number.clone()));
        }
        above.push((heading.level, id, title));
        out.push(item);
    });
    out
}

pub(super) fn abbreviations(programme: &Programme) -> Vec<Item> {
    programme
        .abbreviations
        .iter()
        .map(|entry| {
            let short = &entry.short;
            let mut item = Item::new(&short.value, &short.value, Some(short.span));
            item.words.push(("Langform".to_owned(), entry.long.value.clone()));
            item
        })
        .collect()
}

pub(super) fn participation(programme: &Programme) -> Vec<Item> {
    programme
        .participation
        .iter()
        .map(|entry| {
            let id = if entry.body == "sonstige" { slug(&entry.name) } else { entry.body.clone() };
            let mut item = Item::new(id, &entry.name, Some(entry.span));
            item.words.extend(entry.day.clone().map(|day| ("Tag".to_owned(), day)));
            item.words.extend(entry.result.clone().map(|result| ("Ergebnis".to_owned(), result)));
            item
        })
        .collect()
}

pub(super) fn acknowledged(side: &Side<'_>) -> Vec<Item> {
    side.findings
        .iter()
        .filter_map(|finding| {
            let reason = finding.acknowledged.clone()?;
            let span = finding.primary.as_ref().map(|label| label.span);
            // How often something is met changes from year to year; what is met does not.
            let said: String = finding.message.chars().filter(|c| !c.is_ascii_digit()).collect();
            let mut item = Item::new(format!("{}: {said}", finding.code), &finding.message, span);
            item.named = false;
            item.words.push(("Grund".to_owned(), reason));
            Some(item)
        })
        .collect()
}
