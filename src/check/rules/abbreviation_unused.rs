// SPDX-License-Identifier: EUPL-1.2
//! An abbreviation that stands in the printed list and nowhere in the document.

use crate::check::abbreviations::{explanations, uses};
use crate::check::wording::printed;
use crate::check::{Rule, Run, prose};
use crate::diag::Finding;

/// See `docs/regeln.md`.
pub(in crate::check) const RULE: Rule = Rule {
    code: "abkuerzung-ungenutzt",
    run: Run::Document(|programme, document| {
        // Otherwise the list is cut to what the document uses.
        if !programme.all_abbreviations {
            return Vec::new();
        }
        let used = uses(programme, &explanations(programme));
        let printed = printed(document);
        let longs = programme.abbreviations.iter().map(|entry| entry.long.value.as_str());
        let longs: Vec<&str> = longs.collect();
        programme
            .abbreviations
            .iter()
            .filter(|entry| {
                let short = entry.short.value.replace('\u{a0}', " ");
                !used.contains_key(&short)
                    && !printed.iter().any(|text| prose::has_word(text, &short))
                    && !longs.iter().any(|text| prose::has_word(text, &short))
            })
            .map(|entry| {
                let short = &entry.short.value;
                Finding::warning(
                    "abkuerzung-ungenutzt",
                    format!("Die Abkürzung „{short}“ ist erklärt, kommt im Dokument aber nicht vor."),
                )
                .at(entry.short.span, "wird gedruckt, weil das Verzeichnis alle Einträge zeigt")
                .hint("Löschen Sie den Eintrag, oder löschen Sie „abkuerzungsverzeichnis: alle“; dann stehen im Verzeichnis nur die Abkürzungen, die vorkommen.")
                .about(short.as_str())
            })
            .collect()
    }),
};
