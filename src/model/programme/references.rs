// SPDX-License-Identifier: EUPL-1.2
//! References from texts to figures, tables, measures and the like: whether what they name exists.

use std::collections::BTreeSet;

use super::Programme;
use super::earlier::NO_PROGRAMME;
use crate::diag::{Finding, Span, did_you_mean};
use crate::model::figures::EARLIER;
use crate::model::table::Cell;
use crate::tree::{Block, Inline, RefKind, walk};

/// Calls `visit` for every inline of the data and texts.
pub(super) fn each_text<'a>(programme: &'a Programme, visit: &mut impl FnMut(&'a Inline)) {
    for measure in &programme.measures {
        walk::each(&measure.name, visit);
        walk::each(&measure.function, visit);
        for name in measure.parts.iter().filter_map(|part| part.name.as_ref()) {
            walk::each(name, visit);
        }
    }
    for field in &programme.fields {
        walk::each(&field.title, visit);
        walk::each(&field.overview_title, visit);
        walk::each(&field.goal, visit);
        for strategy in &field.strategies {
            walk::each(&strategy.title, visit);
            walk::each(&strategy.heading, visit);
            walk::each(&strategy.table_title, visit);
            for (text, points) in &strategy.steps {
                walk::each(text, visit);
                points.iter().for_each(|point| walk::each(point, visit));
            }
        }
        for task in &field.tasks {
            walk::each(&task.text, visit);
        }
    }
    for table in &programme.tables {
        walk::each(&table.title, visit);
        for cell in table.rows.iter().flat_map(|row| &row.cells) {
            match cell {
                Cell::Text(text) => walk::each(text, visit),
                Cell::List(items) => items.iter().for_each(|item| walk::each(item, visit)),
                Cell::Empty | Cell::Figure(_) => {}
            }
        }
        if let Some(note) = &table.note {
            walk::each(note, visit);
        }
    }
    for picture in &programme.pictures {
        walk::each(&picture.title, visit);
        walk::each(&picture.note, visit);
    }
    for footnote in &programme.footnotes {
        walk::each(&footnote.body, visit);
    }
    for list in &programme.lists {
        walk::each(&list.title, visit);
        walk::each(&list.conclusion, visit);
        list.items.iter().for_each(|item| walk::each(&item.text, visit));
    }
    for text in programme.texts.values() {
        walk::inlines(&text.blocks, visit);
    }
}

/// Reports figures, measures, strategies, tables and pictures that texts name and that do not exist.
/// Sections are known only to the outline; the renderer looks after them.
pub(super) fn check(programme: &Programme, findings: &mut Vec<Finding>) {
    // A title that is shown in several places is one text.
    let mut seen = BTreeSet::new();
    let tables: BTreeSet<&str> = programme.tables.iter().map(|table| table.id.as_str()).collect();
    let pictures: BTreeSet<&str> = programme.pictures.iter().map(|it| it.id.as_str()).collect();
    let measures: BTreeSet<&str> = programme.measures.iter().map(|it| it.id.as_str()).collect();
    each_text(programme, &mut |inline| match inline {
        Inline::Figure { path, span, .. } if !seen.insert((*span, path.clone())) => {}
        Inline::Reference { target, span, .. } if !seen.insert((*span, target.clone())) => {}
        Inline::Figure { path, span, .. } if programme.figures.find(path).is_none() => {
            findings.push(unknown_figure(programme, path, *span));
        }
        Inline::Reference { kind, target, span, .. } => {
            let id = target.as_str();
            let (insert, exists, what) = match kind {
                RefKind::Section | RefKind::Footnote => return,
                RefKind::Table => ("tabelle", tables.contains(id), "Die Tabelle"),
                RefKind::Picture => ("schaubild", pictures.contains(id), "Das Schaubild"),
                RefKind::Measure => ("massnahme", measures.contains(id), "Die Maßnahme"),
                RefKind::Strategy => {
                    ("schritte", programme.strategy(id).is_some(), "Die Strategie")
                }
            };
            if !exists {
                let known = known(programme, insert);
                findings.push(
                    Finding::input(
                        "unbekannter-verweis",
                        format!("{what} „{target}“ gibt es nicht."),
                    )
                    .at(*span, "dieser Verweis")
                    .hint(meant(target, known.iter().map(String::as_str))),
                );
            }
        }
        _ => {}
    });
    for text in programme.texts.values() {
        inserts(programme, &text.blocks, findings);
    }
}

/// "Meinten Sie …?" for a measure.
pub fn meant_measure(programme: &Programme, id: &str) -> String {
    meant(id, programme.measures.iter().map(|measure| measure.id.as_str()))
}

/// A reference to a figure that does not exist.
pub fn unknown_figure(programme: &Programme, path: &str, span: Span) -> Finding {
    let finding =
        Finding::input("unbekannte-zahl", format!("Die Zahl „{path}“ gibt es in den Daten nicht."))
            .at(span, "dieser Verweis");
    if path.starts_with(EARLIER) && programme.earlier.is_none() {
        return finding.hint(NO_PROGRAMME);
    }
    finding.hint(meant(path, programme.figures.paths()))
}

/// Names of inserts that only templates may use.
pub const OF_TEMPLATES: [&str; 8] = [
    "deckblatt",
    "inhaltsverzeichnis",
    "tabellenverzeichnis",
    "abbildungsverzeichnis",
    "abkuerzungsverzeichnis",
    "seitenumbruch",
    "text",
    "ziel",
];

/// Names of inserts that texts may use; templates may use them too.
pub const INSERTS: [&str; 11] = [
    "tabelle",
    "tabellen",
    "schaubild",
    "liste",
    "listen",
    "schritte",
    "strategien",
    "aufgaben",
    "beteiligung",
    "status",
    "unterschrift",
];

fn inserts(programme: &Programme, blocks: &[Block], findings: &mut Vec<Finding>) {
    walk::blocks(blocks, &mut |block| {
        let Block::Insert(insert) = block else { return };
        let problem = insert_problem(programme, insert);
        if insert.name == "ziel" && problem.is_none() {
            // A goal box stands where the outline wants it.
            findings.push(foreign(insert));
        }
        findings.extend(problem);
    });
}

/// An insert in a text that only templates may use.
fn foreign(insert: &crate::tree::Insert) -> Finding {
    let name = &insert.name;
    Finding::input(
        "unbekannter-einschub",
        format!("Der Einschub „amip:{name}“ gehört in eine Vorlage, nicht in einen Text."),
    )
    .at(insert.span, "dieser Einschub")
    .hint(format!("In Texten möglich sind: {}.", INSERTS.join(", ")))
}

/// What is wrong with an insert of a text, or with one of a template that texts may use too.
pub fn insert_problem(programme: &Programme, insert: &crate::tree::Insert) -> Option<Finding> {
    let name = insert.name.as_str();
    if name != "ziel" && OF_TEMPLATES.contains(&name) {
        return Some(foreign(insert));
    }
    if name != "ziel" && !INSERTS.contains(&name) {
        return Some(
            Finding::input(
                "unbekannter-einschub",
                format!("Den Einschub „amip:{name}“ gibt es nicht."),
            )
            .at(insert.span, "dieser Einschub")
            .hint(meant(name, INSERTS)),
        );
    }
    if matches!(name, "beteiligung" | "status") {
        return None;
    }
    if insert.arguments.is_empty() {
        return Some(
            Finding::input(
                "unbekannter-verweis",
                format!("Der Einschub „amip:{name}“ sagt nicht, was er einfügen soll."),
            )
            .at(insert.span, "hier fehlt die Kennung")
            .hint(format!("Möglich sind: {}.", known(programme, name).join(", "))),
        );
    }
    if let [_, second, ..] = insert.arguments.as_slice()
        && !matches!(name, "tabelle" | "tabellen" | "listen")
    {
        return Some(
            Finding::input(
                "unbekannter-verweis",
                format!("„amip:{name}“ fügt nur eines ein; „{second}“ ginge verloren."),
            )
            .at(insert.span, "dieser Einschub")
            .hint(format!(
                "Schreiben Sie für jedes einen eigenen Einschub: <!-- amip:{name} {second} -->."
            )),
        );
    }
    let exists = |id: &str| match name {
        "tabelle" | "tabellen" => programme.table(id).is_some(),
        "schaubild" => programme.picture(id).is_some(),
        "liste" | "listen" => programme.list(id).is_some(),
        "schritte" => programme.strategy(id).is_some(),
        "unterschrift" => programme.signature(id).is_some(),
        _ => programme.field(id).is_some(),
    };
    insert.arguments.iter().find(|argument| !exists(argument)).map(|unknown| {
        let known = known(programme, name);
        Finding::input(
            "unbekannter-verweis",
            format!("„{unknown}“ gibt es nicht; „amip:{name}“ kann nichts einfügen."),
        )
        .at(insert.span, "dieser Einschub")
        .hint(meant(unknown, known.iter().map(String::as_str)))
    })
}

/// The ids of what an insert can name, in their order.
fn known(programme: &Programme, insert: &str) -> Vec<String> {
    fn ids<T>(list: &[T], id: impl Fn(&T) -> &String) -> Vec<String> {
        list.iter().map(|one| id(one).clone()).collect()
    }
    match insert {
        "tabelle" | "tabellen" => ids(&programme.tables, |table| &table.id),
        "schaubild" => ids(&programme.pictures, |picture| &picture.id),
        "liste" | "listen" => ids(&programme.lists, |list| &list.id),
        "massnahme" => ids(&programme.measures, |measure| &measure.id),
        "schritte" => strategy_paths(programme),
        "unterschrift" => ids(&programme.signatures, |signature| &signature.id),
        _ => ids(&programme.fields, |field| &field.id),
    }
}

fn strategy_paths(programme: &Programme) -> Vec<String> {
    programme
        .fields
        .iter()
        .flat_map(|field| {
            field.strategies.iter().map(|strategy| format!("{}.{}", field.id, strategy.id))
        })
        .collect()
}

/// "Meinten Sie …?", or where to look.
pub(super) fn meant<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    let known: Vec<&str> = known.into_iter().collect();
    did_you_mean(word, known.iter().copied()).unwrap_or_else(|| {
        // Somebody who knows the beginning of a path is helped by what follows it.
        let stem = word.rsplit_once('.').map_or("", |(stem, _)| stem);
        let near: Vec<&str> = known
            .iter()
            .copied()
            .filter(|path| !stem.is_empty() && path.starts_with(stem))
            .take(8)
            .collect();
        if near.is_empty() {
            "Prüfen Sie die Kennung in den Daten.".to_owned()
        } else {
            format!("Unter „{stem}“ gibt es: {}.", near.join(", "))
        }
    })
}
