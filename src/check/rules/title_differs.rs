// SPDX-License-Identifier: EUPL-1.2
//! A strategy or field of action that is called differently in overview, heading and table.
//!
//! Titles that only leave words out are the same title; figures, emphasis and punctuation do not
//! matter. Not here: sections that are missing.

use crate::check::{Rule, Run, parts, titles};
use crate::diag::{Disagreement, Finding, Span};
use crate::model::Programme;
use crate::model::programme::{Field, Strategy};
use crate::tree::{Inline, walk};

/// The code of its findings.
const CODE: &str = "titel-verschieden";

/// See `docs/regeln.md`.
pub(in crate::check) const RULE: Rule = Rule {
    code: CODE,
    run: Run::Document(|programme, document| {
        let mut out = Vec::new();
        for field in &programme.fields {
            out.extend(of_field(programme, field));
            for strategy in &field.strategies {
                out.extend(of_strategy(programme, strategy));
            }
        }
        // A heading that was typed where the strategy's title was meant.
        let sections = parts::sections(document);
        let taken = |strategy: &Strategy, field: &Field| {
            let anchor = format!("strategie-{}-{}", field.id, strategy.id);
            let title = walk::plain(&strategy.title);
            sections
                .iter()
                .any(|section| section.id == anchor || titles::same(&section.title, &title))
        };
        for field in &programme.fields {
            for strategy in field.strategies.iter().filter(|strategy| !taken(strategy, field)) {
                let title = walk::plain(&strategy.title);
                let typed = sections.iter().find(|section| {
                    titles::alike(&section.title, &title) && !section.id.starts_with("strategie-")
                });
                let Some(typed) = typed.filter(|typed| differ(&typed.title, &title)) else {
                    continue;
                };
                let span = parts::heading_span(programme, &typed.title, 0).unwrap_or(strategy.span);
                out.push(
                    finding(&format!("Strategie {}", strategy.number), ("Übersicht", &title), ("Überschrift", &typed.title), span, strategy.span)
                        .hint(format!("Schreiben Sie als Überschrift „# [](strategie:{}.{})“, dann steht dort derselbe Titel.", field.id, strategy.id)),
                );
            }
        }
        out
    }),
};

/// Whether two titles say something different: neither leaves out words of the other, or what is
/// left out turns the meaning round.
fn differ(one: &str, other: &str) -> bool {
    const NEGATIONS: [&str; 6] = ["nicht", "kein", "keine", "keinen", "keiner", "ohne"];
    let (first, second) = titles::difference(one, other);
    let negated =
        first.iter().chain(&second).any(|word| NEGATIONS.contains(&&*word.to_lowercase()));
    negated || !titles::contained(one, other)
}

/// Whether only small words and endings differ: "der" and "von", "Bereich" and "Bereichs".
fn slight(one: &str, other: &str) -> bool {
    const SMALL: usize = 4;
    let (first, second) = titles::difference(one, other);
    let stem = |word: &str| -> String {
        word.to_lowercase().chars().take(word.chars().count().min(6)).collect()
    };
    let covered = |words: &[String], others: &[String]| {
        words.iter().all(|word| {
            word.chars().count() <= SMALL && word.starts_with(char::is_lowercase)
                || others.iter().any(|other| stem(other) == stem(word))
        })
    };
    covered(&first, &second) && covered(&second, &first)
}

fn of_strategy(programme: &Programme, strategy: &Strategy) -> Vec<Finding> {
    let title = walk::plain(&strategy.title);
    let heading = walk::plain(&strategy.heading);
    let table = walk::plain(&strategy.table_title);
    let what = format!("Strategie {}", strategy.number);
    let place = |text: &str| place(programme, text).unwrap_or(strategy.span);
    let mut out = Vec::new();
    if differ(&title, &heading) {
        let at = place(&heading);
        out.push(finding(
            &what,
            ("Übersicht", &title),
            ("Überschrift", &heading),
            at,
            strategy.span,
        ));
    }
    // Without steps there is no table. Where it repeats the heading, one finding is enough.
    if !strategy.steps.is_empty() && differ(&title, &table) && differ(&heading, &table) {
        let at = place(&table);
        out.push(finding(&what, ("Übersicht", &title), ("Tabelle", &table), at, strategy.span));
    }
    out.into_iter()
        .map(|finding| finding.hint("Nennen Sie die Strategie überall gleich; kürzen dürfen Sie."))
        .collect()
}

/// The short name of a field is meant to be another one. Only what looks like the same title is held
/// against it.
fn of_field(programme: &Programme, field: &Field) -> Option<Finding> {
    let (title, overview) = (plain(&field.title), plain(&field.overview_title));
    (titles::alike(&title, &overview) && differ(&title, &overview)).then(|| {
        let at = place(programme, &overview).unwrap_or(field.span);
        finding(
            "Das Handlungsfeld",
            ("Überschrift", &title),
            ("Übersicht", &overview),
            at,
            field.span,
        )
        .hint("Nennen Sie das Handlungsfeld überall gleich; ein ganz anderer Kurzname ist möglich.")
    })
}

fn plain(text: &[Inline]) -> String {
    walk::plain(text)
}

/// Where a title of the data stands.
fn place(programme: &Programme, title: &str) -> Option<Span> {
    let known = programme.passages.iter().find(|passage| passage.text.trim() == title.trim());
    known.map(crate::tree::passage::Passage::whole)
}

fn finding(what: &str, one: (&str, &str), other: (&str, &str), at: Span, owner: Span) -> Finding {
    let (first, second) = titles::difference(one.1, other.1);
    let words = |words: Vec<String>| match words.len() {
        0 => "–".to_owned(),
        1..=6 => format!("„{}“", words.join(" ")),
        _ => format!("„{} …“", words[..6].join(" ")),
    };
    let message = format!(
        "{what} heißt in {} und {} verschieden: {} gegenüber {}.",
        one.0,
        other.0,
        words(first),
        words(second)
    );
    let finding = if slight(one.1, other.1) {
        Finding::note(CODE, message)
    } else {
        Finding::warning(CODE, message)
    };
    let mut finding = finding
        .at(at, other.0.to_owned())
        .label(owner, "gehört hierher")
        .about(format!("{} | {}", one.1, other.1));
    finding.disagreement = Some(Disagreement {
        stated: other.1.to_owned(),
        computed: one.1.to_owned(),
        difference: None,
        source: if one.0 == "Übersicht" { "Übersicht" } else { "Überschrift" },
    });
    finding
}
