// SPDX-License-Identifier: EUPL-1.2
//! Statistics without a source, or without the month they are about.
//!
//! The Federal Employment Agency asks for its name with the as-of date (terms of use of its
//! statistics). Not here: whether month and as-of date fit each other.

use std::collections::BTreeSet;

use super::as_of::of_the_agency;
use crate::check::{Rule, Run, calendar};
use crate::diag::{Finding, Span};
use crate::model::provenance::Provenance;
use crate::tree::walk;

/// The code of its findings.
const CODE: &str = "quelle-fehlt";

/// See `docs/regeln.md`.
pub(in crate::check) const RULE: Rule = Rule {
    code: CODE,
    run: Run::Data(|programme| {
        let mut out = Vec::new();
        for table in &programme.tables {
            let title = walk::plain(&table.title);
            let note = table.note.as_ref().map(|note| walk::plain(note)).unwrap_or_default();
            let what = format!("die Tabelle „{title}“");
            out.extend(judge(&what, &table.provenance, table.span, &format!("{title} {note}")));
        }
        for picture in &programme.pictures {
            let title = walk::plain(&picture.title);
            let note = walk::plain(&picture.note);
            let what = format!("die Abbildung „{title}“");
            out.extend(judge(&what, &picture.provenance, picture.span, &format!("{title} {note}")));
        }
        // Last year's value shares what is said about this year's.
        let mut seen: BTreeSet<Span> = BTreeSet::new();
        for (_, figure) in programme.figures.iter() {
            let provenance = &figure.provenance;
            let named = provenance.source.iter().chain(&provenance.month).map(|text| text.span);
            if named.into_iter().all(|span| seen.insert(span)) {
                let what = format!("„{}“", figure.label);
                out.extend(judge(&what, provenance, figure.span, &figure.label));
            }
        }
        out
    }),
};

fn judge(what: &str, provenance: &Provenance, span: Span, words: &str) -> Option<Finding> {
    match (&provenance.source, &provenance.month, &provenance.as_of) {
        (None, Some(month), _) => Some(
            Finding::warning(
                CODE,
                format!("Für {what} ist ein Berichtsmonat angegeben, aber keine Quelle."),
            )
            .at(month.span, "aus welcher Statistik?")
            .label(span, "hier")
            .about(what.to_owned())
            .hint("Ergänzen Sie „quelle: Statistik der Bundesagentur für Arbeit“."),
        ),
        (Some(source), None, None) if of_the_agency(&source.value) => {
            // A month or year in the name of the source or in the title says as much.
            let said = !calendar::dates(&source.value).is_empty()
                || ["Stand", "Berichtsmonat", "Stichtag"].iter().any(|word| words.contains(word))
                || calendar::dates(words).iter().any(|date| date.month.is_some());
            (!said).then(|| {
                Finding::warning(CODE, format!("Für {what} fehlen Berichtsmonat und Stand."))
                    .at(source.span, "von wann?")
                    .about(what.to_owned())
                    .hint("Ergänzen Sie „berichtsmonat: 2026-07“ und „stand: 2026-10“; die Bundesagentur verlangt die Angabe bei ihren Statistiken.")
            })
        }
        _ => None,
    }
}
