// SPDX-License-Identifier: EUPL-1.2
//! Edits of what has an id: measures, strategies, priorities, abbreviations, chapters.

use amip::compare::Status;
use amip::diag::Finding;
use amip::model::programme::{ListItem, Measure, Strategy};
use amip::model::table::Table;
use amip::model::visibility::Visibility;
use amip::tree::{Block, Inline, walk};

use super::edits::{Pick, Plan};
use super::outcome::{Fact, plain};
use crate::support::Loaded;

fn words(text: &str) -> Vec<Inline> {
    vec![Inline::Text(text.to_owned())]
}

fn key(id: &str) -> String {
    format!("measure {id}")
}

/// A measure that is still free.
fn measure<'a>(base: &'a Loaded, plan: &mut Plan, at: usize) -> Option<&'a Measure> {
    let all = &base.programme.measures;
    let measure = all.get(at % all.len().max(1))?;
    plan.claim(&[key(&measure.id)]).then_some(measure)
}

fn named<'a>(loaded: &'a mut Loaded, id: &str) -> &'a mut Measure {
    loaded.programme.measures.iter_mut().find(|one| one.id == id).expect("the measure")
}

/// Puts other measures in the place of one in all tables; a row of none goes.
fn replace_in_tables(loaded: &mut Loaded, id: &str, by: &[&str]) {
    for table in &mut loaded.programme.tables {
        let planned = planned(table);
        for row in &mut table.rows {
            if let Some(at) = row.measures.iter().position(|one| one == id) {
                row.measures.splice(at..=at, by.iter().map(|&id| id.to_owned()));
                // A row of nothing is gone; that of a key figure stands for itself.
                row.through |= row.measures.is_empty() && !planned;
            }
        }
    }
}

pub fn measure_renamed(base: &Loaded, plan: &mut Plan, pick: &Pick) -> bool {
    let Some(measure) = measure(base, plan, pick.first) else { return false };
    let (id, old, new) = (measure.id.clone(), walk::plain(&measure.name), plan.name());
    let fact = Fact::both("measures", &id, &id, &[Status::Renamed]);
    plan.expected.insert(fact.named(&plain(&old), &new));
    plan.deeds.push(Box::new(move |loaded| named(loaded, &id).name = words(&new)));
    true
}

pub fn measure_continued(base: &Loaded, plan: &mut Plan, pick: &Pick) -> bool {
    let Some(measure) = measure(base, plan, pick.first) else { return false };
    let (id, new) = (measure.id.clone(), plan.name().to_lowercase());
    plan.expected.insert(Fact::both("measures", &id, &new, &[]));
    plan.deeds.push(Box::new(move |loaded| {
        replace_in_tables(loaded, &id, &[&new]);
        let measure = named(loaded, &id);
        measure.predecessors = vec![id];
        measure.id = new;
    }));
    true
}

pub fn measure_added(base: &Loaded, plan: &mut Plan, pick: &Pick) -> bool {
    let all = &base.programme.measures;
    let Some(like) = all.get(pick.first % all.len().max(1)) else { return false };
    let name = plan.name();
    let id = name.to_lowercase();
    plan.expected.insert(Fact::lone("measures", &id, true));
    let copy = Measure { id, name: words(&name), predecessors: Vec::new(), ..like.clone() };
    let at = pick.second % (all.len() + 1);
    plan.deeds.push(Box::new(move |loaded| {
        let all = &mut loaded.programme.measures;
        all.insert(at.min(all.len()), copy);
    }));
    true
}

pub fn measure_dropped(base: &Loaded, plan: &mut Plan, pick: &Pick) -> bool {
    let Some(measure) = measure(base, plan, pick.first) else { return false };
    let id = measure.id.clone();
    plan.expected.insert(Fact::lone("measures", &id, false));
    plan.deeds.push(Box::new(move |loaded| {
        loaded.programme.measures.retain(|one| one.id != id);
        replace_in_tables(loaded, &id, &[]);
    }));
    true
}

fn shows(table: &Table, id: &str) -> bool {
    table.rows.iter().any(|row| row.measures.iter().any(|one| one == id))
}

/// Whether a table is one of key figures.
fn planned(table: &Table) -> bool {
    let name = format!("{} {}", table.id, walk::plain(&table.title)).to_lowercase();
    ["kennzahl", "förderplan", "eintrittsplan"].iter().any(|part| name.contains(part))
}

fn of_measures(base: &Loaded) -> Vec<&Table> {
    let with = |table: &&Table| table.rows.iter().any(|row| !row.measures.is_empty());
    base.programme.tables.iter().filter(with).filter(|table| !planned(table)).collect()
}

pub fn measure_moved(base: &Loaded, plan: &mut Plan, pick: &Pick) -> bool {
    let tables = of_measures(base);
    let Some(measure) = measure(base, plan, pick.first) else { return false };
    let Some(from) = tables.iter().find(|table| shows(table, &measure.id)) else { return false };
    let others: Vec<_> = tables.iter().filter(|table| table.id != from.id).collect();
    let Some(to) = others.get(pick.second % others.len().max(1)) else { return false };
    let (id, from, to) = (measure.id.clone(), from.id.clone(), to.id.clone());
    let fact = Fact::both("measures", &id, &id, &[Status::Moved]);
    plan.expected.insert(fact.placed(&from, &to));
    plan.deeds.push(Box::new(move |loaded| {
        replace_in_tables(loaded, &id, &[]);
        let tables = &mut loaded.programme.tables;
        let table = tables.iter_mut().find(|table| table.id == to).expect("the table");
        let row = table.rows.iter_mut().find(|row| !row.measures.is_empty());
        // All others may have been moved away or dropped before.
        let row = row.expect("a row with measures");
        row.measures.push(id);
    }));
    true
}

pub fn measures_merged(base: &Loaded, plan: &mut Plan, pick: &Pick) -> bool {
    let all = &base.programme.measures;
    let count = all.len().max(1);
    let (one, other) = (pick.first % count, pick.second % count);
    if one == other || all.is_empty() {
        return false;
    }
    let (one, other) = (all[one].id.clone(), all[other].id.clone());
    if !plan.claim(&[key(&one), key(&other)]) {
        return false;
    }
    let name = plan.name();
    let id = name.to_lowercase();
    let many = [one.clone(), other.clone()].into();
    plan.expected.insert(Fact::Family { area: "measures", one: id.clone(), many, merged: true });
    plan.deeds.push(Box::new(move |loaded| {
        loaded.programme.measures.retain(|measure| measure.id != other);
        replace_in_tables(loaded, &one, &[&id]);
        replace_in_tables(loaded, &other, &[]);
        let measure = named(loaded, &one);
        measure.name = words(&name);
        measure.predecessors = vec![one, other];
        measure.id = id;
    }));
    true
}

pub fn measure_split(base: &Loaded, plan: &mut Plan, pick: &Pick) -> bool {
    let Some(measure) = measure(base, plan, pick.first) else { return false };
    let id = measure.id.clone();
    // One half of the time it goes on under its own id beside its offspring.
    let stays = pick.second.is_multiple_of(2);
    let names = [plan.name(), plan.name()];
    let first = if stays { id.clone() } else { names[0].to_lowercase() };
    let second = names[1].to_lowercase();
    let many = [first.clone(), second.clone()].into();
    plan.expected.insert(Fact::Family { area: "measures", one: id.clone(), many, merged: false });
    plan.deeds.push(Box::new(move |loaded| {
        replace_in_tables(loaded, &id, &[&first, &second]);
        let one = named(loaded, &id);
        let mut other = one.clone();
        if !stays {
            one.predecessors = vec![id.clone()];
            one.id = first;
            one.name = words(&names[0]);
        }
        other.predecessors = vec![id];
        other.id = second;
        other.name = words(&names[1]);
        loaded.programme.measures.push(other);
    }));
    true
}

/// A strategy that is still free, with the number of its field.
fn strategy<'a>(base: &'a Loaded, plan: &mut Plan, at: usize) -> Option<(usize, &'a Strategy)> {
    let fields = base.programme.fields.iter().enumerate();
    let all: Vec<_> =
        fields.flat_map(|(at, field)| field.strategies.iter().map(move |one| (at, one))).collect();
    let (field, strategy) = *all.get(at % all.len().max(1))?;
    plan.claim(&[format!("strategy {field} {}", strategy.id)]).then_some((field, strategy))
}

fn strategy_id(base: &Loaded, field: usize, strategy: &Strategy) -> String {
    format!("{}.{}", base.programme.fields[field].id, strategy.id)
}

pub fn strategy_renamed(base: &Loaded, plan: &mut Plan, pick: &Pick) -> bool {
    let Some((field, strategy)) = strategy(base, plan, pick.first) else { return false };
    let (id, new) = (strategy_id(base, field, strategy), plan.name());
    let fact = Fact::both("strategies", &id, &id, &[Status::Renamed]);
    plan.expected.insert(fact.named(&plain(&walk::plain(&strategy.title)), &new));
    let own = strategy.id.clone();
    plan.deeds.push(Box::new(move |loaded| {
        let all = &mut loaded.programme.fields[field].strategies;
        all.iter_mut().find(|one| one.id == own).expect("the strategy").title = words(&new);
    }));
    true
}

pub fn strategy_added(base: &Loaded, plan: &mut Plan, pick: &Pick) -> bool {
    let fields = &base.programme.fields;
    let with = |at: &usize| !fields[*at].strategies.is_empty();
    let all: Vec<usize> = (0..fields.len()).filter(with).collect();
    let Some(&at) = all.get(pick.first % all.len().max(1)) else { return false };
    let (name, like) = (plan.name(), fields[at].strategies[0].clone());
    let id = name.to_lowercase();
    plan.expected.insert(Fact::lone("strategies", &format!("{}.{id}", fields[at].id), true));
    let new = Strategy { id, title: words(&name), predecessors: Vec::new(), ..like };
    plan.deeds.push(Box::new(move |loaded| loaded.programme.fields[at].strategies.insert(0, new)));
    true
}

pub fn strategy_dropped(base: &Loaded, plan: &mut Plan, pick: &Pick) -> bool {
    let Some((field, strategy)) = strategy(base, plan, pick.first) else { return false };
    plan.expected.insert(Fact::lone("strategies", &strategy_id(base, field, strategy), false));
    let own = strategy.id.clone();
    plan.deeds.push(Box::new(move |loaded| {
        loaded.programme.fields[field].strategies.retain(|one| one.id != own);
    }));
    true
}

/// The number of the list of priorities.
fn priorities(base: &Loaded) -> Option<usize> {
    base.programme.lists.iter().position(|list| list.id.contains("schwerpunkt"))
}

pub fn priority_added(base: &Loaded, plan: &mut Plan, pick: &Pick) -> bool {
    let Some(at) = priorities(base) else { return false };
    let (list, name) = (&base.programme.lists[at], plan.name());
    // Without an id of its own it is named after its words.
    let own = name.to_lowercase();
    plan.expected.insert(Fact::lone("priorities", &format!("{}.{own}", list.id), true));
    let id = pick.second.is_multiple_of(2).then_some(own);
    let new = ListItem {
        id,
        text: words(&name),
        rating: None,
        section: None,
        visibility: Visibility::Unmarked,
    };
    let place = pick.first;
    plan.deeds.push(Box::new(move |loaded| {
        let items = &mut loaded.programme.lists[at].items;
        items.insert(place % (items.len() + 1), new);
    }));
    true
}

pub fn priority_dropped(base: &Loaded, plan: &mut Plan, pick: &Pick) -> bool {
    let Some(at) = priorities(base) else { return false };
    let list = &base.programme.lists[at];
    let entry = &list.items[pick.first % list.items.len()];
    let Some(own) = entry.id.clone() else { return false };
    if !plan.claim(&[format!("priority {own}")]) {
        return false;
    }
    plan.expected.insert(Fact::lone("priorities", &format!("{}.{own}", list.id), false));
    plan.deeds.push(Box::new(move |loaded| {
        let items = &mut loaded.programme.lists[at].items;
        items.retain(|entry| entry.id.as_deref() != Some(&own));
    }));
    true
}

pub fn abbreviation_added(base: &Loaded, plan: &mut Plan, pick: &Pick) -> bool {
    let all = &base.programme.abbreviations;
    let Some(like) = all.get(pick.first % all.len().max(1)) else { return false };
    let mut new = like.clone();
    new.short.value = plan.name().to_uppercase();
    plan.expected.insert(Fact::lone("abbreviations", &new.short.value, true));
    plan.deeds.push(Box::new(move |loaded| loaded.programme.abbreviations.push(new)));
    true
}

/// An abbreviation that is still free.
fn abbreviation(base: &Loaded, plan: &mut Plan, at: usize) -> Option<(String, String)> {
    let all = &base.programme.abbreviations;
    let entry = all.get(at % all.len().max(1))?;
    let short = entry.short.value.clone();
    plan.claim(&[format!("short {short}")]).then(|| (short, entry.long.value.clone()))
}

pub fn abbreviation_dropped(base: &Loaded, plan: &mut Plan, pick: &Pick) -> bool {
    let Some((short, _)) = abbreviation(base, plan, pick.first) else { return false };
    plan.expected.insert(Fact::lone("abbreviations", &short, false));
    plan.deeds.push(Box::new(move |loaded| {
        loaded.programme.abbreviations.retain(|entry| entry.short.value != short);
    }));
    true
}

pub fn abbreviation_changed(base: &Loaded, plan: &mut Plan, pick: &Pick) -> bool {
    let Some((short, old)) = abbreviation(base, plan, pick.first) else { return false };
    let new = plan.name();
    let fact = Fact::both("abbreviations", &short, &short, &[Status::Changed]);
    plan.expected.insert(fact.word("Langform", &plain(&old), &new));
    plan.deeds.push(Box::new(move |loaded| {
        let all = &mut loaded.programme.abbreviations;
        let entry = all.iter_mut().find(|entry| entry.short.value == short);
        entry.expect("the abbreviation").long.value = new;
    }));
    true
}

pub fn chapter_renamed(base: &Loaded, plan: &mut Plan, pick: &Pick) -> bool {
    let ids: Vec<_> = base
        .document
        .blocks
        .iter()
        .filter_map(|block| match block {
            Block::Heading(heading) => Some((heading.id.clone()?, walk::plain(&heading.body))),
            _ => None,
        })
        .collect();
    let Some((id, old)) = ids.get(pick.first % ids.len().max(1)).cloned() else { return false };
    if !plan.claim(&[format!("chapter {id}")]) {
        return false;
    }
    let new = plan.name();
    let fact = Fact::both("chapters", &id, &id, &[Status::Renamed]);
    plan.expected.insert(fact.named(&plain(&old), &new));
    plan.deeds.push(Box::new(move |loaded| {
        for block in &mut loaded.document.blocks {
            if let Block::Heading(heading) = block
                && heading.id.as_ref() == Some(&id)
            {
                heading.body = words(&new);
            }
        }
    }));
    true
}

pub fn acknowledged(_: &Loaded, plan: &mut Plan, _: &Pick) -> bool {
    let message = plan.name();
    plan.expected.insert(Fact::lone("acknowledged", &format!("summe: {message}"), true));
    plan.deeds.push(Box::new(move |loaded| {
        let mut finding = Finding::error("summe", message);
        finding.acknowledged = Some("So beschlossen.".to_owned());
        loaded.findings.push(finding);
    }));
    true
}
