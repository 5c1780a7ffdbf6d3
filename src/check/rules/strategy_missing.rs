// SPDX-License-Identifier: EUPL-1.2
//! A strategy that is announced and described nowhere, or described and announced nowhere.
//!
//! Not here: whether title and heading agree.

use crate::check::{Rule, Run, parts, titles};
use crate::diag::Finding;
use crate::model::Programme;
use crate::model::programme::{Field, Strategy};
use crate::tree::passage::{MarkKind, PassageKind};
use crate::tree::{Document, RefKind, walk};

/// The code of its findings.
const CODE: &str = "strategie-ohne-abschnitt";

/// See `docs/regeln.md`.
pub(in crate::check) const RULE: Rule = Rule {
    code: CODE,
    run: Run::Document(|programme, document| {
        let inserted =
            |name: &str, id: &str| document.inserted.contains(&(name.to_owned(), id.to_owned()));
        let sections = parts::sections(document);
        let titled: Vec<Vec<String>> =
            sections.iter().map(|section| titles::words(&section.title)).collect();
        let any_overview = programme.fields.iter().any(|field| inserted("strategien", &field.id));
        let described = |field: &Field, strategy: &Strategy| {
            let anchor = format!("strategie-{}-{}", field.id, strategy.id);
            let title = titles::words(&walk::plain(&strategy.title));
            inserted("schritte", &format!("{}.{}", field.id, strategy.id))
                || sections.iter().any(|section| section.id == anchor)
                || titled.iter().any(|known| *known == title || titles::words_alike(known, &title))
        };
        let all = |field: &Field| field.strategies.iter().any(|one| described(field, one));
        // Where no strategy has a section, the overviews are meant to be enough.
        if any_overview && !programme.fields.iter().any(all) {
            return Vec::new();
        }
        let mut out = Vec::new();
        for field in &programme.fields {
            let overview = inserted("strategien", &field.id);
            let (with, without): (Vec<_>, Vec<_>) =
                field.strategies.iter().partition(|one| described(field, one));
            for strategy in &without {
                let by_itself = overview && with.is_empty() && has_text(field, document);
                if !by_itself && !mentioned(programme, field, strategy) {
                    out.push(missing(field, strategy, overview, any_overview));
                }
            }
            for strategy in with {
                if any_overview && !overview {
                    out.push(unannounced(programme, field, strategy));
                }
            }
        }
        out
    }),
};

/// Whether the field has a text of its own or tasks that are printed.
fn has_text(field: &Field, document: &Document) -> bool {
    field.text.is_some() || document.inserted.contains(&("aufgaben".to_owned(), field.id.clone()))
}

/// Whether a text refers to the strategy or repeats its title.
fn mentioned(programme: &Programme, field: &Field, strategy: &Strategy) -> bool {
    let path = format!("{}.{}", field.id, strategy.id);
    let title = titles::words(&walk::plain(&strategy.title)).join(" ");
    // Only a text with the first word of the title is taken apart.
    let first = title.split(' ').next().unwrap_or_default();
    programme.passages.iter().filter(|passage| passage.kind != PassageKind::Value).any(|passage| {
        let referred = passage.marks.iter().any(|mark| {
            matches!(&mark.kind, MarkKind::Reference(RefKind::Strategy, target) if *target == path)
        });
        referred
            || passage.text.to_lowercase().contains(first)
                && titles::words(&passage.text).join(" ").contains(&title)
    })
}

fn missing(field: &Field, strategy: &Strategy, overview: bool, any_overview: bool) -> Finding {
    let title = walk::plain(&strategy.title);
    let path = format!("{}.{}", field.id, strategy.id);
    let message = if overview || any_overview {
        format!(
            "Strategie {} „{title}“ wird angekündigt, aber nirgends beschrieben.",
            strategy.number
        )
    } else {
        format!("Strategie {} „{title}“ steht nirgends im Dokument.", strategy.number)
    };
    let place = match &field.text {
        Some(text) => format!("in kapitel/{text}.md"),
        None => "in einen Text".to_owned(),
    };
    let finding =
        Finding::warning(CODE, message).at(strategy.span, "kein Abschnitt, keine Schritte");
    if strategy.steps.is_empty() {
        finding.hint(format!("Schreiben Sie {place} einen Abschnitt „# [](strategie:{path})“, oder streichen Sie die Strategie."))
    } else {
        finding.hint(format!(
            "Die Schritte sind eingetragen, aber nicht eingefügt: <!-- amip:schritte {path} -->."
        ))
    }
}

fn unannounced(programme: &Programme, field: &Field, strategy: &Strategy) -> Finding {
    let title = walk::plain(&strategy.title);
    let path = format!("{}.{}", field.id, strategy.id);
    let span = parts::strategy_heading(programme, &path).unwrap_or(strategy.span);
    Finding::warning(
        CODE,
        format!("Strategie „{title}“ hat einen Abschnitt, steht aber in keiner Übersicht."),
    )
    .at(span, "nicht angekündigt")
    .hint(format!(
        "Fügen Sie die Übersicht des Handlungsfeldes ein: <!-- amip:strategien {} -->.",
        field.id
    ))
}
