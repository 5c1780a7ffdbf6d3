// SPDX-License-Identifier: EUPL-1.2
//! Something that was written and stands nowhere in the document.

use std::collections::BTreeSet;

use crate::check::{Rule, Run};
use crate::diag::{Finding, Span};
use crate::model::Programme;
use crate::model::programme::PictureContent;
use crate::model::table::Table;
use crate::tree::Inline;

/// The code of its findings.
const CODE: &str = "nicht-eingefuegt";

/// See `docs/regeln.md`.
pub(in crate::check) const RULE: Rule = Rule {
    code: CODE,
    run: Run::Document(|programme, document| {
        let inserted: BTreeSet<(&str, &str)> =
            document.inserted.iter().map(|(name, id)| (name.as_str(), id.as_str())).collect();
        let placed =
            |names: &[&str], id: &str| names.iter().any(|name| inserted.contains(&(*name, id)));
        let mut out = Vec::new();
        let mut note = |names: &[&str], what: &str, id: &str, span: Span| {
            if !placed(names, id) {
                out.push(finding(what, span, format!("{} {id}", names[0]).trim()));
            }
        };
        // A table may be there for its figures alone.
        let used = used_figures(programme);
        let serving: BTreeSet<&str> =
            used.iter().filter_map(|path| path.split('.').next()).collect();
        let idle = |table: &&Table| !serving.contains(table.id.as_str());
        for table in programme.tables.iter().filter(idle) {
            let what = format!("Die Tabelle „{}“", table.id);
            note(&["tabelle", "tabellen"], &what, &table.id, table.span);
        }
        for list in &programme.lists {
            let what = format!("Die Liste „{}“", list.id);
            note(&["liste", "listen"], &what, &list.id, list.span);
        }
        for picture in &programme.pictures {
            let what = format!("Das Schaubild „{}“", picture.id);
            note(&["schaubild"], &what, &picture.id, picture.span);
        }
        for signature in &programme.signatures {
            let what = format!("Der Unterschriftenblock „{}“", signature.id);
            note(&["unterschrift"], &what, &signature.id, signature.span);
        }
        for field in &programme.fields {
            if let Some(task) = field.tasks.first() {
                let what = format!("Die Aufgaben im Handlungsfeld „{}“", field.id);
                note(&["aufgaben"], &what, &field.id, task.span);
            }
        }
        if let Some(first) = programme.participation.first() {
            note(&["beteiligung"], "Der Nachweis der Beteiligung", "", first.span);
        }
        out
    }),
};

fn finding(what: &str, span: Span, insert: &str) -> Finding {
    Finding::note(CODE, format!("{what} steht nirgends im Dokument."))
        .at(span, "wird nicht gedruckt")
        .hint(format!(
            "Schreiben Sie <!-- amip:{insert} --> an die Stelle im Text, an die es gehört."
        ))
}

/// Paths of the figures that texts name and diagrams draw.
fn used_figures(programme: &Programme) -> BTreeSet<&str> {
    let mut out = BTreeSet::new();
    programme.each_text(&mut |inline| {
        if let Inline::Figure { path, .. } = inline {
            out.insert(path.as_str());
        }
    });
    for picture in &programme.pictures {
        if let PictureContent::Chart { categories, .. } = &picture.content {
            let ids = categories.iter().flat_map(|(_, ids, _)| ids);
            out.extend(ids.map(|id| programme.figures.get(*id).path.as_str()));
        }
    }
    out
}
