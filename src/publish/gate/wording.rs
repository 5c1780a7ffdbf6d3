// SPDX-License-Identifier: EUPL-1.2
//! Words of public texts that keep a programme from being published: what names internal things, marks
//! that do not hold where they stand, comments that would be printed.
//!
//! Not here: numbers.

use std::collections::BTreeSet;

use crate::diag::{Finding, Span};
use crate::model::Programme;
use crate::model::table::Cell;
use crate::publish::internal::Internal;
use crate::publish::secrecy::told;
use crate::publish::texts;
use crate::tree::{Inline, RefKind, walk};

/// All of them.
pub(super) fn findings(
    programme: &Programme,
    public: &Programme,
    internal: &Internal,
) -> Vec<Finding> {
    let mut out = references(programme, public, internal);
    out.extend(comments(public));
    out.extend(marks_in_text(programme, public));
    out
}

/// Public texts that name what the public does not see.
fn references(programme: &Programme, public: &Programme, internal: &Internal) -> Vec<Finding> {
    let mut out = Vec::new();
    let mut look = |inline: &Inline| out.extend(reference(programme, public, internal, inline));
    for text in public.texts.values() {
        walk::inlines(&text.blocks, &mut look);
    }
    of_data(public, &mut look);
    out
}

/// Calls `visit` for every inline of texts in the data.
fn of_data(public: &Programme, visit: &mut impl FnMut(&Inline)) {
    let mut lists: Vec<&Vec<Inline>> = Vec::new();
    for measure in &public.measures {
        lists.extend([&measure.name, &measure.function]);
    }
    for field in &public.fields {
        lists.extend([&field.title, &field.overview_title, &field.goal]);
        for strategy in &field.strategies {
            lists.extend([&strategy.title, &strategy.heading]);
            for (text, points) in &strategy.steps {
                lists.push(text);
                lists.extend(points);
            }
        }
        lists.extend(field.tasks.iter().map(|task| &task.text));
    }
    for table in &public.tables {
        lists.push(&table.title);
        lists.extend(&table.note);
        for cell in table.rows.iter().flat_map(|row| &row.cells) {
            match cell {
                Cell::Text(text) => lists.push(text),
                Cell::List(items) => lists.extend(items),
                _ => {}
            }
        }
    }
    for list in &public.lists {
        lists.extend([&list.title, &list.conclusion]);
        lists.extend(list.items.iter().map(|item| &item.text));
    }
    lists.extend(public.footnotes.iter().map(|note| &note.body));
    for picture in &public.pictures {
        lists.extend([&picture.title, &picture.note]);
    }
    lists.into_iter().for_each(|list| walk::each(list, visit));
}

fn reference(
    programme: &Programme,
    public: &Programme,
    internal: &Internal,
    inline: &Inline,
) -> Option<Finding> {
    let (what, span, hint): (String, Span, &str) = match inline {
        Inline::Figure { path, span, .. } => {
            let id = programme.figures.find(path)?;
            internal.figures.get(&id)?;
            let label = &programme.figures.get(id).label;
            (format!("die Zahl „{label}“"), *span, "Schreiben Sie den Satz ohne diese Zahl")
        }
        Inline::Reference { kind, target, span, .. } => {
            let gone = match kind {
                RefKind::Section => internal.sections.contains_key(target),
                RefKind::Table => {
                    programme.table(target).is_some() && public.table(target).is_none()
                }
                RefKind::Picture => {
                    programme.picture(target).is_some() && public.picture(target).is_none()
                }
                RefKind::Measure => internal.measures.contains_key(target),
                RefKind::Strategy => {
                    programme.strategy(target).is_some() && public.strategy(target).is_none()
                }
                RefKind::Footnote => {
                    programme.footnote(target).is_some() && public.footnote(target).is_none()
                }
            };
            let what = match kind {
                RefKind::Section => "den Abschnitt",
                RefKind::Table => "die Tabelle",
                RefKind::Picture => "das Schaubild",
                RefKind::Measure => "die Maßnahme",
                RefKind::Strategy => "die Strategie",
                RefKind::Footnote => "die Fußnote",
            };
            if !gone {
                return None;
            }
            (format!("{what} „{target}“"), *span, "Schreiben Sie den Satz ohne diesen Verweis")
        }
        _ => return None,
    };
    Some(
        Finding::error(
            "verweis-auf-internes",
            format!("Ein öffentlicher Text nennt {what}; das ist intern."),
        )
        .at(span, "im öffentlichen Text")
        .hint(format!("{hint}, oder setzen Sie ihn in einen Kasten „> **Intern**“.")),
    )
}

/// Marks in running text, a list or a cell, where they do not hold.
fn marks_in_text(programme: &Programme, public: &Programme) -> Vec<Finding> {
    let marked = |text: &str| {
        let text = text.replace('\u{ad}', "");
        let first = text.trim_start_matches(|c: char| !c.is_alphanumeric());
        let begins = first.to_lowercase().starts_with("intern:");
        begins || text.contains(" Intern:") || text.contains(" INTERN:")
    };
    let mut bold = BTreeSet::new();
    let mut look = |inline: &Inline| {
        if let Inline::Strong(body) = inline {
            let text = walk::plain(body).replace('\u{ad}', "");
            let word = text.trim().trim_end_matches([':', '.', '!']).to_lowercase();
            if word == "intern" {
                bold.insert(walk::plain(body));
            }
        }
    };
    public.texts.values().for_each(|text| walk::inlines(&text.blocks, &mut look));
    of_data(public, &mut look);
    let says = |text: &str| marked(text) || bold.iter().any(|mark| text.contains(mark.as_str()));
    let passages = told::passages(programme, public);
    let found = passages.into_iter().filter(|passage| says(&passage.text));
    found
        .map(|passage| {
            Finding::error(
                "intern-im-text",
                "Ein öffentlicher Text ist mit „Intern“ gekennzeichnet; so gilt das nicht.",
            )
            .at(passage.whole(), "würde veröffentlicht")
            .hint("Setzen Sie ihn in einen eigenen Kasten: vor jeder Zeile „>“, in der ersten nur „> **Intern**“.")
        })
        .collect()
}

/// Comments of Markdown in values that know none: they would be printed.
fn comments(public: &Programme) -> Vec<Finding> {
    let said = texts::of(public).into_iter().filter(|said| said.text.contains("<!--"));
    let finding = |said: texts::Said| {
        let finding = Finding::error(
            "kommentar-im-wert",
            format!("Ein Kommentar würde gedruckt: {}.", said.what),
        );
        let finding = match said.span {
            Some(span) => finding.at(span, "enthält „<!--“"),
            None => finding,
        };
        finding.hint("In YAML-Dateien beginnt ein Kommentar mit „#“; dem Haus sagt „notiz:“ etwas.")
    };
    said.map(finding).collect()
}
