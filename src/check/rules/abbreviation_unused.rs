// SPDX-License-Identifier: EUPL-1.2
//! An abbreviation that stands in the printed list and nowhere in the document.

use crate::check::wording::printed;
use crate::check::{Rule, Run, prose};
use crate::diag::Finding;

/// See `docs/regeln.md`.
pub(in crate::check) const RULE: Rule = Rule {
    code: "abkuerzung-ungenutzt",
    run: Run::Abbreviations(|programme, document, abbreviations| {
        // Otherwise the list is cut to what the document uses.
        if !programme.all_abbreviations {
            return Vec::new();
        }
        let used = &abbreviations.uses;
        let printed = printed(document);
        let longs = programme.abbreviations.iter().map(|entry| entry.long.value.as_str());
        let longs: Vec<&str> = longs.collect();
        let idle: Vec<_> = programme
            .abbreviations
            .iter()
            .filter(|entry| {
                let short = entry.short.value.replace('\u{a0}', " ");
                !used.contains_key(&short)
                    && !printed.iter().any(|text| prose::has_word(text, &short))
                    && !longs.iter().any(|text| prose::has_word(text, &short))
            })
            .collect();
        let [first, rest @ ..] = idle.as_slice() else { return Vec::new() };
        let names: Vec<&str> = idle.iter().map(|entry| entry.short.value.as_str()).collect();
        let message = if rest.is_empty() {
            format!("Die Abkürzung „{}“ ist erklärt, kommt im Dokument aber nicht vor.", names[0])
        } else {
            format!(
                "{} Abkürzungen sind erklärt, kommen im Dokument aber nicht vor: {}.",
                names.len(),
                names.join(", ")
            )
        };
        let finding = Finding::note("abkuerzung-ungenutzt", message)
            .at(first.short.span, "wird gedruckt, weil das Verzeichnis alle Einträge zeigt")
            .hint("Löschen Sie, was nicht vorkommt, oder löschen Sie „abkuerzungsverzeichnis: alle“; dann stehen im Verzeichnis nur die Abkürzungen, die vorkommen.");
        vec![finding]
    }),
};
