// SPDX-License-Identifier: EUPL-1.2
//! What Word and Excel leave where a reference or a formula has failed, and pasted along with the text.

use crate::check::{Rule, Run, wording};
use crate::diag::Finding;
use crate::tree::passage::Passage;

/// See `docs/regeln.md`.
pub(in crate::check) const RULE: Rule = Rule {
    code: "word-rest",
    run: Run::Data(|programme| wording::texts(programme).flat_map(of).collect()),
};

/// Messages of Word and Excel, as they stand in texts.
const MESSAGES: [&str; 14] = [
    "Fehler! Verweisquelle konnte nicht gefunden werden",
    "Fehler! Textmarke nicht definiert",
    "Fehler! Kein Text mit angegebener Formatvorlage",
    "Fehler! Unbekannter Name für Dokument-Eigenschaft",
    "Fehler! Ungültiger Eigenverweis",
    "Error! Reference source not found",
    "Error! Bookmark not defined",
    "#BEZUG!",
    "#WERT!",
    "#NAME?",
    "#DIV/0!",
    "#REF!",
    "#ZAHL!",
    "Klicken oder tippen Sie hier, um Text einzugeben",
];

fn of(passage: &Passage) -> Vec<Finding> {
    let mut out = Vec::new();
    let text = &passage.text;
    for message in MESSAGES {
        for (at, found) in text.match_indices(message) {
            out.push(
                Finding::error("word-rest", format!("Im Text steht eine Fehlermeldung aus Word oder Excel: „{found}“."))
                    .at(passage.span(&(at..at + found.len())), "würde so gedruckt")
                    .hint("Schreiben Sie, was dort stehen soll; Verweise auf Kapitel und Tabellen gehen zum Beispiel mit [](tabelle:mittel)."),
            );
        }
    }
    out
}
