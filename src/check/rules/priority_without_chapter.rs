// SPDX-License-Identifier: EUPL-1.2
//! A priority that no chapter takes up, and a field of action that no priority names.
//!
//! The data connect both by `abschnitt:` at the entry of a list; without it a list whose entries are
//! mostly titles of sections announces them just as well. Not here: what the chapter says.

use std::collections::BTreeMap;

use crate::check::{Rule, Run, parts, titles};
use crate::diag::{Finding, did_you_mean};
use crate::model::Programme;
use crate::model::programme::List;
use crate::model::yaml::Text;
use crate::tree::{Document, walk};

use parts::Section;

/// The code of its findings.
const CODE: &str = "schwerpunkt-ohne-kapitel";

/// See `docs/regeln.md`.
pub(in crate::check) const RULE: Rule = Rule {
    code: CODE,
    run: Run::Document(|programme, document| {
        let sections = parts::sections(document);
        let mut by_word: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, section) in sections.iter().enumerate() {
            for word in titles::words(&section.title) {
                by_word.entry(word).or_default().push(at);
            }
        }
        let lists = programme.lists.iter().filter(|list| {
            ["liste", "listen"]
                .iter()
                .any(|name| document.inserted.contains(&((*name).to_owned(), list.id.clone())))
        });
        let mut out = Vec::new();
        for list in lists {
            if list.items.iter().any(|item| item.section.is_some()) {
                out.extend(promised(programme, list, &sections));
            } else {
                out.extend(announced(document, list, &sections, &by_word));
            }
        }
        out
    }),
};

/// The entry of a list in a few words: what stands before its colon, or all of it.
fn label(list: &List, at: usize) -> String {
    let text = list.items.get(at).map(|item| walk::plain(&item.text)).unwrap_or_default();
    match text.split_once(':') {
        Some((lead, _)) if lead.chars().count() <= 60 => lead.trim().to_owned(),
        _ => text.trim().to_owned(),
    }
}

/// Whether the document has the section, the section of the field, or that of the strategy.
fn stands(programme: &Programme, sections: &[Section], target: &str) -> bool {
    let has = |id: &str| sections.iter().any(|section| section.id == id);
    let titled = |title: &str| sections.iter().any(|section| titles::same(&section.title, title));
    has(target)
        || has(&format!("hf-{target}"))
        || has(&format!("strategie-{}", target.replace('.', "-")))
        || programme.field(target).is_some_and(|field| titled(&walk::plain(&field.title)))
        || programme
            .strategy(target)
            .is_some_and(|(_, strategy)| titled(&walk::plain(&strategy.heading)))
}

fn promised(programme: &Programme, list: &List, sections: &[Section]) -> Vec<Finding> {
    let mut out = Vec::new();
    for (at, item) in list.items.iter().enumerate() {
        match &item.section {
            Some(target) if !stands(programme, sections, &target.value) => {
                out.push(broken(programme, &label(list, at), target, sections));
            }
            Some(_) => {}
            None => out.push(
                Finding::warning(CODE, format!("Zu „{}“ nennt die Liste keinen Abschnitt.", label(list, at)))
                    .at(list.span, "die übrigen Einträge nennen einen")
                    .hint("Ergänzen Sie am Eintrag „abschnitt:“, oder streichen Sie ihn, wenn das Programm nichts dazu sagt."),
            ),
        }
    }
    // Priorities that lead to fields of action cover all of them.
    let names = |field: &str| {
        list.items.iter().filter_map(|item| item.section.as_ref()).any(|target| {
            let target = target.value.strip_prefix("hf-").unwrap_or(&target.value);
            target == field || target.split('.').next() == Some(field)
        })
    };
    let covered = programme.fields.iter().filter(|field| names(&field.id)).count();
    let open = programme.fields.iter().filter(|field| !names(&field.id));
    out.extend(open.filter(|_| covered >= 2).map(|field| {
        let title = walk::plain(&field.title);
        Finding::warning(
            CODE,
            format!("Das Handlungsfeld „{title}“ wird unter „{}“ nicht angekündigt.", list.id),
        )
        .at(field.span, "in der Liste nicht genannt")
        .label(list.span, "diese Liste")
        .hint("Ergänzen Sie in der Liste einen Eintrag mit „abschnitt:“.")
    }));
    out
}

fn broken(programme: &Programme, label: &str, target: &Text, sections: &[Section]) -> Finding {
    let known =
        programme.field(&target.value).is_some() || programme.strategy(&target.value).is_some();
    let message = format!(
        "Zu „{label}“ gibt es kein Kapitel: Den Abschnitt „{}“ hat das Dokument nicht.",
        target.value
    );
    let finding = Finding::error(CODE, message).at(target.span, "angekündigt, aber nicht da");
    if known {
        return finding.hint("Das Handlungsfeld oder die Strategie steht in den Daten, aber nicht im Dokument; schreiben Sie den Text dazu.");
    }
    let ids = sections.iter().map(|section| section.id.as_str());
    let fields = programme.fields.iter().map(|field| field.id.as_str());
    finding.hint(did_you_mean(&target.value, ids.chain(fields)).unwrap_or_else(|| {
        "Möglich sind die Kennungen von Abschnitten, Handlungsfeldern (integration) und Strategien (integration.anfang).".to_owned()
    }))
}

/// A list most of whose entries are titles of sections below one heading announces all of them.
fn announced(
    document: &Document,
    list: &List,
    sections: &[Section],
    by_word: &BTreeMap<String, Vec<usize>>,
) -> Vec<Finding> {
    let entries: Vec<String> = list.items.iter().map(|item| walk::plain(&item.text)).collect();
    // A section is looked at only if it shares a word with the entry.
    let meant = |entry: &str| {
        let words = titles::words(entry);
        let fits = |at: &usize| {
            let title = &sections[*at].title;
            titles::same(title, entry) || words.len() >= 2 && titles::shortened(title, entry)
        };
        words.iter().filter_map(|word| by_word.get(word)?.iter().copied().find(fits)).min()
    };
    let found: Vec<Option<usize>> = entries.iter().map(|entry| meant(entry)).collect();
    let count = found.iter().flatten().count();
    // One that is missing among several that are there.
    if count < 3 || count == found.len() || found.len() - count > found.len() / 3 {
        return Vec::new();
    }
    let words = parts::words(document);
    let open = found.iter().zip(&entries).filter(|(found, entry)| {
        let own = titles::words(entry).join(" ");
        // Told of in other words elsewhere, at least under its own name, it is not forgotten.
        found.is_none() && words.matches(&format!(" {own} ")).count() < 2
    });
    open.map(|(_, entry)| {
        Finding::warning(CODE, format!("„{entry}“ wird angekündigt, hat aber kein Kapitel."))
            .at(list.span, "die übrigen Einträge dieser Liste sind Überschriften")
            .hint("Schreiben Sie den Abschnitt, streichen Sie den Eintrag, oder nennen Sie am Eintrag mit „abschnitt:“, wo es steht.")
    })
    .collect()
}
