// SPDX-License-Identifier: EUPL-1.2
//! Finding references in running text: `Kapitel 5.3 (Kennzahlen)`, `Tabellen 3 und 4`, `Anlage 2`.
//!
//! Not here: whether what they name exists.

use std::ops::Range;

use super::foreign;
use crate::check::prose;
use crate::tree::Document;

/// What a reference names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Section,
    Table,
    Picture,
    Annex,
    Footnote,
}

/// A reference with a typed number.
#[derive(Debug)]
pub(super) struct Typed {
    /// What it names.
    pub(super) kind: Kind,
    /// The word and the number as they stand.
    pub(super) range: Range<usize>,
    /// The word, `Kapitel`.
    pub(super) word: String,
    /// The number, `5.3`.
    pub(super) number: String,
    /// Word and number, for messages.
    pub(super) shown: String,
    /// The title beside it, without quotes or brackets.
    pub(super) title: Option<String>,
    /// Whether the title stands in quotes, so that it is one for certain.
    pub(super) quoted: bool,
}

const WORDS: [(&str, Kind); 30] = [
    ("Kapitel", Kind::Section),
    ("Kapiteln", Kind::Section),
    ("Kapitels", Kind::Section),
    ("Kap", Kind::Section),
    ("Unterkapitel", Kind::Section),
    ("Unterkapiteln", Kind::Section),
    ("Abschnitt", Kind::Section),
    ("Abschnitte", Kind::Section),
    ("Abschnitten", Kind::Section),
    ("Abschnitts", Kind::Section),
    ("Abschn", Kind::Section),
    ("Tabelle", Kind::Table),
    ("Tabellen", Kind::Table),
    ("Tab", Kind::Table),
    ("Abbildung", Kind::Picture),
    ("Abbildungen", Kind::Picture),
    ("Abb", Kind::Picture),
    ("Schaubild", Kind::Picture),
    ("Schaubilder", Kind::Picture),
    ("Schaubildern", Kind::Picture),
    ("Diagramm", Kind::Picture),
    ("Grafik", Kind::Picture),
    ("Anlage", Kind::Annex),
    ("Anlagen", Kind::Annex),
    ("Anl", Kind::Annex),
    ("Anhang", Kind::Annex),
    ("Fußnote", Kind::Footnote),
    ("Fußnoten", Kind::Footnote),
    ("Fn", Kind::Footnote),
    ("Fußn", Kind::Footnote),
];

/// What a word names, by itself or as the outline calls it (`Ziff.`).
fn kind(word: &str, document: &Document) -> Option<Kind> {
    let own = |key: &str| document.meta.word(key).trim_end_matches('.') == word;
    let outline =
        [("kapitel", Kind::Section), ("tabelle", Kind::Table), ("abbildung", Kind::Picture)];
    // Under one word for tables and pictures both are looked up.
    let named = outline.into_iter().find(|(key, _)| own(key)).map(|(_, kind)| kind);
    named.or_else(|| WORDS.iter().find(|(known, _)| *known == word).map(|(_, kind)| *kind))
}

/// All references of a text that mean this document.
pub(super) fn references(text: &str, document: &Document) -> Vec<Typed> {
    let mut out = Vec::new();
    for word in prose::words(text) {
        let name = &text[word.clone()];
        let Some(kind) = kind(name, document) else { continue };
        let begins = text[..word.start].trim().is_empty();
        let mut found = Vec::new();
        let mut at = word.end;
        while let Some(number) = number_behind(text, at, found.is_empty()) {
            at = number.end;
            found.push(number);
        }
        let Some(last) = found.last() else { continue };
        // A text that begins so is a caption or an entry of a list, not a reference.
        if begins && caption(text, document).is_some()
            || foreign::means_another(text, word.start, last.end)
        {
            continue;
        }
        let title = title_behind(text, last.end).or_else(|| title_before(text, word.start));
        let single = found.len() == 1;
        for number in found {
            let range = if single { word.start..number.end } else { number.clone() };
            let bare = text[number].to_owned();
            out.push(Typed {
                kind,
                range,
                word: singular(name, kind, document),
                shown: format!("{}\u{a0}{bare}", singular(name, kind, document)),
                number: bare,
                title: title.as_ref().filter(|_| single).map(|(title, _)| title.clone()),
                quoted: title.as_ref().is_some_and(|(_, quoted)| *quoted),
            });
        }
    }
    out
}

/// The word in the singular and in full.
fn singular(word: &str, kind: Kind, document: &Document) -> String {
    let word = match kind {
        Kind::Section if word.starts_with("Abschn") => "Abschnitt",
        Kind::Section => document.meta.word("kapitel"),
        Kind::Table => document.meta.word("tabelle"),
        Kind::Picture => document.meta.word("abbildung"),
        Kind::Annex if word == "Anhang" => "Anhang",
        Kind::Annex => "Anlage",
        Kind::Footnote => "Fußnote",
    };
    word.to_owned()
}

/// The next number of a reference: behind its word, or behind `und`, `bis`, a comma.
fn number_behind(text: &str, at: usize, first: bool) -> Option<Range<usize>> {
    let rest = &text[at..];
    let blanks = |text: &str| text.len() - text.trim_start().len();
    let start = if first {
        let dot = usize::from(rest.starts_with('.'));
        let blank = blanks(&rest[dot..]);
        // "Kap.4" is a reference, "Kapitel4" is not.
        (dot + blank > 0).then_some(dot + blank)?
    } else {
        let lead = blanks(rest);
        let join = ["und", "u.", "bis", "sowie", "oder", ",", "–", "-", "/"];
        let join = join.iter().find(|join| rest[lead..].starts_with(**join))?;
        let end = lead + join.len();
        let blank = blanks(&rest[end..]);
        (blank > 0 || matches!(*join, "–" | "-" | "/")).then_some(end + blank)?
    };
    let number = &rest[start..];
    let length = number.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(number.len());
    let bare = number[..length].trim_end_matches('.');
    let sound = !bare.is_empty() && bare.split('.').all(|part| (1..=3).contains(&part.len()));
    let behind = &number[bare.len()..];
    if !sound || behind.starts_with(|c: char| c.is_alphanumeric() || c == '%' || c == '€') {
        return None;
    }
    // "Kapitel 3 und 40 Plätze": a number before a noun counts something.
    let counts = !first && behind.starts_with([' ', '\u{a0}']) && {
        let next = behind.trim_start();
        next.starts_with(|c: char| c.is_uppercase() || matches!(c, '%' | '€'))
    };
    let start = at + start;
    (!counts).then_some(start..start + bare.len())
}

/// The title behind a number, in quotes or brackets, and whether it stands in quotes.
fn title_behind(text: &str, at: usize) -> Option<(String, bool)> {
    let rest = text[at..].trim_start().trim_start_matches([',', ':']).trim_start();
    if let Some(title) = quote(rest) {
        return Some((title, true));
    }
    let inner = rest.strip_prefix('(')?;
    let inner = inner[..inner.find(')')?].trim();
    match quote(inner) {
        Some(title) => Some((title, true)),
        None => (!inner.is_empty()).then(|| (inner.to_owned(), false)),
    }
}

/// The title before a number in brackets: `„Kennzahlen“ (Kapitel 4)`.
fn title_before(text: &str, at: usize) -> Option<(String, bool)> {
    let before = text[..at].trim_end();
    let before = ["siehe", "s.", "vgl.", "in"]
        .iter()
        .fold(before, |text, word| text.strip_suffix(word).unwrap_or(text).trim_end());
    let before = before.strip_suffix('(')?.trim_end();
    let before = before.strip_suffix(['“', '"', '«'])?;
    let open = before.rfind(['„', '"', '»'])?;
    let title = before[open..].trim_start_matches(['„', '"', '»']).trim();
    (!title.is_empty()).then(|| (title.to_owned(), true))
}

/// A quoted text at the beginning.
fn quote(text: &str) -> Option<String> {
    let (open, close): (char, &[char]) = match text.chars().next()? {
        '„' => ('„', &['“', '”', '"']),
        '"' => ('"', &['"']),
        '»' => ('»', &['«']),
        _ => return None,
    };
    let inner = &text[open.len_utf8()..];
    let title = inner[..inner.find(close)?].trim();
    (!title.is_empty()).then(|| title.to_owned())
}

/// The caption that a text is: `Tabelle 3: Mittel`, `Abb. 4 – Kunden`.
pub(super) fn caption(text: &str, document: &Document) -> Option<(Kind, String, String)> {
    let word = prose::words(text).into_iter().next()?;
    let kind = kind(&text[word.clone()], document)?;
    let number = number_behind(text, word.end, true)?;
    let rest = text[number.end..].trim_start();
    let rest = rest.strip_prefix([':', '–', '-', '|'])?;
    let lead = text[..word.start].trim();
    lead.is_empty().then(|| (kind, text[number].to_owned(), rest.trim().to_owned()))
}

/// The number of the annex that a heading or an entry of a list is: `Anlage 2 Maßnahmen`.
pub(super) fn annex(text: &str) -> Option<String> {
    let text = text.trim_start_matches(|c: char| !c.is_alphabetic());
    let rest = ["Anlage", "Anhang"].iter().find_map(|word| text.strip_prefix(word))?;
    let number = number_behind(rest, 0, true)?;
    // A sentence that begins with the word speaks about it: "Anlage 2 zeigt …".
    let behind = rest[number.end..].trim_start_matches(['.', ' ', '\u{a0}']);
    let title = behind.is_empty() || behind.starts_with(|c: char| !c.is_lowercase());
    title.then(|| rest[number].to_owned())
}
