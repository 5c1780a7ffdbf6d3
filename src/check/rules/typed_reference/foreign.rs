// SPDX-License-Identifier: EUPL-1.2
//! Whether a reference means another document: `Kapitel 3 des Vorjahresprogramms`, `Kapitel 1 SGB II`.
//!
//! Not here: what this document has.

use crate::check::prose;

/// Endings and parts of words for documents, small.
const DOCUMENTS: &[&str] = &[
    "vorschrift",
    "programm",
    "bericht",
    "plan",
    "bilanz",
    "gesetz",
    "verordnung",
    "richtlinie",
    "weisung",
    "konzept",
    "vereinbarung",
    "studie",
    "statistik",
    "report",
    "monitor",
    "leitfaden",
    "handbuch",
    "broschüre",
    "vertrag",
    "satzung",
    "beschluss",
    "gutachten",
    "evaluation",
    "hinweise",
    "dossier",
    "protokoll",
    "kommentar",
    "ordnung",
    "abkommen",
    "entwurf",
    "strategiepapier",
    "papier",
    "brief",
    "veröffentlichung",
    "dokument",
    "rundschreiben",
    "erlass",
    "vorlage",
    "agenda",
    "anweisung",
    "gesetzbuch",
    "arbeitshilfe",
    "analyse",
    "untersuchung",
    "erhebung",
    "katalog",
];

const LAWS: [&str; 16] = [
    "SGB", "BGB", "GG", "AO", "VwVfG", "BHO", "LHO", "BBiG", "AufenthG", "AsylG", "BDSG", "DSGVO",
    "EStG", "HwO", "EinglMV", "VKFV",
];

/// Whether the reference between these bytes names a part of another document.
pub(super) fn means_another(text: &str, start: usize, end: usize) -> bool {
    let sentence = prose::sentences(text).into_iter().find(|range| range.contains(&start));
    let sentence = sentence.unwrap_or(0..text.len());
    let behind = text.get(end..sentence.end.max(end)).unwrap_or_default();
    let before = text.get(sentence.start..start).unwrap_or_default();
    behind_names(behind) || before_names(before)
}

fn is_law(word: &str) -> bool {
    LAWS.contains(&word) || word == "§" || word == "§§"
}

/// Names of documents; the programme itself is one only with something else said about it.
fn is_document(word: &str) -> bool {
    let small = word.to_lowercase();
    let capital = word.starts_with(char::is_uppercase);
    let stem = |known: &&str| {
        ["", "s", "es", "e", "en", "n", "er", "ung", "ungen"]
            .iter()
            .any(|ending| small.strip_suffix(ending).is_some_and(|rest| rest.ends_with(*known)))
    };
    capital && DOCUMENTS.iter().any(stem)
}

/// Words for this very document.
fn is_own(word: &str) -> bool {
    let own = ["programm", "dokument", "papier", "planungsdokument"];
    let small = word.to_lowercase();
    let small = small.trim_end_matches('s').trim_end_matches('e');
    own.contains(&small) || small.ends_with("integrationsprogramm")
}

/// "… des Vorjahresprogramms", "… SGB II", "… der Zielvereinbarung", "… im Bericht der BA".
fn behind_names(behind: &str) -> bool {
    const REACH: usize = 7;
    let behind = behind.trim_start_matches(['.', ')', '“', '"', ',']).trim_start();
    let cut = behind.find([';', '(', '–', ':']).unwrap_or(behind.len());
    let behind = &behind[..cut];
    let words: Vec<&str> =
        prose::words(behind).into_iter().map(|range| &behind[range]).take(REACH).collect();
    let Some(first) = words.first() else { return false };
    if is_law(first) {
        return true;
    }
    // "Abs. 2 SGB II", "Satz 1 der Verordnung"
    if behind.starts_with("Abs.") || behind.starts_with("Satz ") || behind.starts_with("Nr.") {
        return true;
    }
    let genitive = ["des", "der", "eines", "einer"].contains(first);
    let place = ["im", "in", "aus", "vom", "von", "zu", "zur", "zum"].contains(first);
    if !genitive && !place {
        return false;
    }
    if words.iter().skip(1).take(3).any(|word| is_law(word)) {
        return true;
    }
    let this = ["diese", "dieser", "dieses", "diesem", "vorliegenden", "vorliegender"];
    let Some(noun) = words.iter().skip(1).position(|word| word.starts_with(char::is_uppercase))
    else {
        // "Kapitel 3 des letzten Jahres" has a noun; without one nothing is said.
        return false;
    };
    if words[..=noun].iter().any(|word| this.contains(word)) {
        return false;
    }
    let named = words[noun + 1];
    let other = words[..=noun].iter().any(|word| {
        ["letzten", "vorigen", "vorherigen", "früheren", "alten", "vergangenen"].contains(word)
    });
    let small = named.to_lowercase();
    let last_year = small.starts_with("vorjahr") || small == "jahres";
    let dated = words
        .get(noun + 2)
        .is_some_and(|word| word.len() == 4 && word.chars().all(|c| c.is_ascii_digit()));
    if is_own(named) {
        return other || dated;
    }
    other || last_year || genitive || is_document(named)
}

/// "… SGB III, Kapitel 5", "Eingliederungsbilanz 2025, Tabelle 3", "Zuwanderungsmonitor, Tabelle 2".
fn before_names(before: &str) -> bool {
    let before = before.trim_end();
    let comma = before.ends_with([',', ':']);
    let stripped = before.trim_end_matches([',', '(', ':']).trim_end();
    let words: Vec<&str> =
        prose::words(stripped).into_iter().map(|range| &stripped[range]).collect();
    let numeral = |word: &&str| {
        word.chars().all(|c| c.is_ascii_digit()) || word.chars().all(|c| "IVX".contains(c))
    };
    let dated = words.last().is_some_and(&numeral);
    let Some(last) = words.iter().rev().find(|word| !numeral(word)) else { return false };
    is_law(last) || (comma || dated) && is_document(last) && (dated || !is_own(last))
}
