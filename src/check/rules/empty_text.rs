// SPDX-License-Identifier: EUPL-1.2
//! A text without a word: its section disappears, and all numbers behind it change.

use crate::check::{Rule, Run};
use crate::diag::{Finding, Span};

/// See `docs/regeln.md`.
pub(in crate::check) const RULE: Rule = Rule {
    code: "text-leer",
    run: Run::Data(|programme| {
        let empty = programme.texts.iter().filter(|(_, text)| text.blocks.is_empty());
        let finding = |(name, text): (&String, &crate::model::programme::ProseText)| {
            Finding::warning(
                "text-leer",
                format!("Der Text „kapitel/{name}.md“ ist leer; ohne anderen Inhalt fällt sein Abschnitt weg."),
            )
            .at(Span::new(text.file, 0..0), "nichts geschrieben")
            .hint("Schreiben Sie den Text, oder löschen Sie die Datei.")
            .about(name.as_str())
        };
        empty.map(finding).collect()
    }),
};
