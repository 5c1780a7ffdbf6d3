// SPDX-License-Identifier: EUPL-1.2
//! A measure that nobody can read of in the document, and a field of action without any content.
//!
//! Not here: tables and lists that are put nowhere.

use std::collections::BTreeSet;

use crate::check::{Rule, Run, parts, titles};
use crate::diag::Finding;
use crate::model::Programme;
use crate::model::figures::{FigureId, Origin};
use crate::model::programme::{Field, Measure, PictureContent};
use crate::model::table::Cell;
use crate::tree::passage::MarkKind;
use crate::tree::{Block, BoxKind, Document, RefKind, walk};

/// The code of its findings.
const CODE: &str = "massnahme-ohne-ort";

/// See `docs/regeln.md`.
pub(in crate::check) const RULE: Rule = Rule {
    code: CODE,
    run: Run::Document(|programme, document| {
        let shown = shown(programme, document);
        let words = parts::words(document);
        let mut out: Vec<Finding> = programme
            .measures
            .iter()
            .filter(|measure| !shown.contains(measure.id.as_str()) && !named(measure, &words))
            .map(|measure| missing(programme, measure))
            .collect();
        let empty = programme.fields.iter().filter(|field| is_empty(field, document));
        out.extend(empty.map(|field| {
            let title = walk::plain(&field.title);
            Finding::warning(CODE, format!("Das Handlungsfeld „{title}“ ist leer: keine Strategie, kein Text, keine Maßnahme."))
                .at(field.span, "nur eine Überschrift")
                .hint(format!("Schreiben Sie einen Text (text: hf-{0}, dazu kapitel/hf-{0}.md), oder streichen Sie das Handlungsfeld.", field.id))
        }));
        out
    }),
};

/// Ids of the measures whose figures stand in tables, diagrams or texts of the document.
fn shown<'a>(programme: &'a Programme, document: &Document) -> BTreeSet<&'a str> {
    let inserted = |names: [&str; 2], id: &str| {
        names.iter().any(|name| document.inserted.contains(&((*name).to_owned(), id.to_owned())))
    };
    let mut rows = BTreeSet::new();
    let mut figures: BTreeSet<FigureId> = BTreeSet::new();
    for table in &programme.tables {
        if inserted(["tabelle", "tabellen"], &table.id) {
            for row in &table.rows {
                rows.extend(row.measures.iter().map(String::as_str));
                figures.extend(row.cells.iter().filter_map(|cell| match cell {
                    Cell::Figure(id) => Some(*id),
                    _ => None,
                }));
            }
        }
    }
    for picture in &programme.pictures {
        if let PictureContent::Chart { categories, .. } = &picture.content
            && inserted(["schaubild", "bild"], &picture.id)
        {
            figures.extend(categories.iter().flat_map(|(_, ids, _)| ids));
        }
    }
    for mark in programme.passages.iter().flat_map(|passage| &passage.marks) {
        match &mark.kind {
            MarkKind::Figure(path) => figures.extend(programme.figures.find(path)),
            MarkKind::Reference(RefKind::Measure, id) => {
                rows.extend(programme.measure(id).map(|measure| measure.id.as_str()));
            }
            _ => {}
        }
    }
    // A formula that names a measure shows it; a sum over all of them does not.
    let sources: BTreeSet<FigureId> = figures
        .iter()
        .flat_map(|id| {
            let own = std::iter::once(*id);
            let sum = matches!(programme.figures.get(*id).origin, Origin::Sum(_));
            own.chain(if sum { Vec::new() } else { programme.figures.operands(*id) })
        })
        .map(|id| programme.figures.entered_at(id))
        .collect();
    let holds = |measure: &&Measure| {
        let own = measure.figures.iter().chain(measure.parts.iter().flat_map(|part| &part.figures));
        own.into_iter().any(|(_, id)| sources.contains(&programme.figures.entered_at(*id)))
    };
    rows.extend(programme.measures.iter().filter(holds).map(|measure| measure.id.as_str()));
    rows
}

/// Whether the document says the name of the measure, in full or as its abbreviation in brackets.
fn named(measure: &Measure, words: &str) -> bool {
    let name = walk::plain(&measure.name);
    let (bare, short) = match name.split_once('(') {
        Some((bare, rest)) => (bare, rest.split(')').next()),
        None => (name.as_str(), None),
    };
    [Some(name.as_str()), Some(bare), short].into_iter().flatten().any(|name| {
        let wanted = titles::words(name).join(" ");
        wanted.chars().count() >= 2 && words.contains(&format!(" {wanted} "))
    })
}

fn missing(programme: &Programme, measure: &Measure) -> Finding {
    let name = walk::plain(&measure.name);
    let message =
        format!("Die Maßnahme „{name}“ steht in keiner Tabelle, keinem Text und keinem Schaubild.");
    let finding = Finding::warning(CODE, message).at(measure.span, "wird nirgends genannt");
    let own: Vec<FigureId> = measure.figures.iter().map(|(_, id)| *id).collect();
    let counted = programme.figures.iter().find(|(id, figure)| {
        matches!(figure.origin, Origin::Sum(_))
            && !own.contains(id)
            && programme.figures.operands(*id).iter().any(|operand| own.contains(operand))
    });
    let finding = match counted {
        Some((_, figure)) => {
            finding.label(figure.span, format!("zählt aber mit: {}", figure.label))
        }
        None => finding,
    };
    finding.hint(format!(
        "Nehmen Sie sie in eine Instrumententabelle auf („- massnahme: {}“), oder löschen Sie sie.",
        measure.id
    ))
}

/// Whether there is nothing of a field but its title and goal.
fn is_empty(field: &Field, document: &Document) -> bool {
    if field.text.is_some() || !field.strategies.is_empty() || !field.tasks.is_empty() {
        return false;
    }
    let title = walk::plain(&field.title);
    let headed = |block: &Block| match block {
        Block::Heading(heading) => titles::same(&walk::plain(&heading.body), &title),
        _ => false,
    };
    let Some(at) = document.blocks.iter().position(headed) else { return true };
    let Block::Heading(own) = &document.blocks[at] else { return true };
    let below = document.blocks[at + 1..].iter().take_while(
        |block| !matches!(block, Block::Heading(heading) if heading.level <= own.level),
    );
    below.into_iter().all(|block| {
        matches!(
            block,
            Block::Boxed { kind: BoxKind::Goal, .. } | Block::Heading(_) | Block::PageBreak
        )
    })
}
