// SPDX-License-Identifier: EUPL-1.2
//! The proof that nothing internal came out: every file is searched for every internal text of twelve
//! characters or more and every internal number of five telling digits or more.
//!
//! It looks at what was written, not at how, so that it catches what the allow-list missed. Shorter
//! texts and numbers say too little to be found again; the allow-list alone keeps them out.

#[cfg(feature = "pdf")]
mod pdf;

use std::collections::{BTreeMap, BTreeSet};

use super::texts::{self, Said};
use crate::diag::{Finding, Span};
use crate::model::Programme;

/// Shortest text that is searched for, in characters.
const SHORTEST: usize = 12;

/// What must not be found.
#[derive(Debug, Default)]
pub struct Needles {
    /// Texts without blanks and signs, with what they are.
    texts: BTreeMap<String, (String, Option<Span>)>,
    /// Numbers as bare digits.
    numbers: BTreeMap<String, (String, Option<Span>)>,
}

/// Texts that may be said.
struct Known {
    whole: BTreeSet<String>,
    all: Vec<String>,
}

impl Known {
    fn of(all: Vec<String>) -> Self {
        Self { whole: all.iter().cloned().collect(), all }
    }

    /// Whether one of them says this, as a whole or within.
    fn say(&self, text: &str) -> bool {
        self.whole.contains(text) || self.all.iter().any(|known| known.contains(text))
    }
}

/// Numbers that the public version does not have, and those that the data mark and nothing unmarked has.
fn numbers(
    programme: &Programme,
    public: &Programme,
    all: &[Said],
) -> BTreeMap<String, (String, Option<Span>)> {
    let in_texts = |wanted: &dyn Fn(&Said) -> bool| {
        let said = all.iter().filter(|said| wanted(said));
        said.flat_map(|said| texts::numbers_in(&said.text)).collect::<BTreeSet<String>>()
    };
    let marked = texts::marked_figures(programme);
    let mut shown: BTreeSet<String> = texts::digits_of(public, |_| true).into_keys().collect();
    shown.extend(texts::of(public).iter().flat_map(|said| texts::numbers_in(&said.text)));
    let mut plain: BTreeSet<String> = texts::digits_of(programme, |id| {
        !marked.contains(&programme.figures.entered_at(id)) && !marked.contains(&id)
    })
    .into_keys()
    .collect();
    plain.extend(in_texts(&|said| !said.marked));
    let mut out = BTreeMap::new();
    for (digits, (what, span)) in texts::digits_of(programme, |_| true) {
        if !shown.contains(&digits) {
            out.insert(digits, (what, Some(span)));
        }
    }
    for (digits, (what, span)) in texts::digits_of(programme, |id| marked.contains(&id)) {
        if !plain.contains(&digits) {
            out.insert(digits, (what, Some(span)));
        }
    }
    for said in all {
        for digits in texts::numbers_in(&said.text) {
            let known = if said.marked { &plain } else { &shown };
            if !known.contains(&digits) {
                out.entry(digits).or_insert_with(|| (said.what.clone(), said.span));
            }
        }
    }
    out.retain(|digits, _| texts::is_telling(digits));
    out
}

/// What was found where it must not be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The file.
    pub file: String,
    /// Where in it: `Seite 3`, `Zeile 12`, `Metadaten`.
    pub place: String,
    /// What was found.
    pub what: String,
    /// Where that stands in the data.
    pub span: Option<Span>,
}

impl Needles {
    /// What a programme says and its public version does not; `folder` is where the programme lies.
    pub fn of(programme: &Programme, public: &Programme, folder: &str) -> Self {
        let mut out = Self::default();
        let all = texts::of(programme);
        // What is said without a mark may be said again: by the public version, and, for what the data
        // mark, by anything else in them, so that a mistake of the allow-list is found, too.
        let shown: Vec<String> =
            texts::of(public).iter().map(|said| squeezed(&said.text)).collect();
        let plain: Vec<String> =
            all.iter().filter(|said| !said.marked).map(|said| squeezed(&said.text)).collect();
        let (shown, plain) = (Known::of(shown), Known::of(plain));
        for Said { text, what, span, marked } in &all {
            // A sentence of a note gives away as much as the whole.
            for part in std::iter::once(text.as_str()).chain(sentences(text)) {
                let own = squeezed(part);
                let known = if *marked { &plain } else { &shown };
                let long = part.chars().count() >= SHORTEST && own.chars().count() >= SHORTEST / 2;
                if long && !known.say(&own) {
                    out.texts.entry(own).or_insert_with(|| (what.clone(), *span));
                }
            }
        }
        out.numbers = numbers(programme, public, &all);
        // Neither paths nor the name of whoever is logged in.
        if folder.chars().count() >= SHORTEST {
            out.texts.insert(squeezed(folder), ("Ordner des Programms".to_owned(), None));
        }
        out
    }

    /// How many texts and numbers are searched for.
    pub fn count(&self) -> (usize, usize) {
        (self.texts.len(), self.numbers.len())
    }

    /// Searches files for what must not be in them.
    pub fn search<'f>(&self, files: impl Iterator<Item = (&'f str, &'f [u8])>) -> Vec<Hit> {
        let mut out = Vec::new();
        for (name, bytes) in files {
            match passages(name, bytes) {
                Ok(passages) => {
                    for (place, text) in passages {
                        self.in_text(name, &place, &text, &mut out);
                    }
                }
                Err(problem) => out.push(Hit {
                    file: name.to_owned(),
                    place: "ganze Datei".to_owned(),
                    what: problem,
                    span: None,
                }),
            }
        }
        out
    }

    fn in_text(&self, file: &str, place: &str, text: &str, out: &mut Vec<Hit>) {
        let mut hit = |(what, span): &(String, Option<Span>)| {
            let (file, place) = (file.to_owned(), place.to_owned());
            out.push(Hit { file, place, what: what.clone(), span: *span });
        };
        let own = squeezed(text);
        for (needle, found) in &self.texts {
            if own.contains(needle.as_str()) {
                hit(found);
            }
        }
        let met: BTreeSet<String> = texts::numbers_in(text).into_iter().collect();
        for digits in &met {
            if let Some(found) = self.numbers.get(digits) {
                hit(found);
            }
        }
    }
}

/// The sentences of a text, if it has several; short ones are said anywhere.
fn sentences(text: &str) -> impl Iterator<Item = &str> {
    const SHORT: usize = 25;
    text.split_inclusive(['.', '!', '?', '\n'])
        .map(str::trim)
        .filter(move |part| part.chars().count() >= SHORT && part.len() < text.len())
}

/// A text as it is compared: letters and digits alone, in small letters, so that neither line breaks nor
/// hyphens nor notation hide it.
fn squeezed(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The texts of a file with their places.
fn passages(name: &str, bytes: &[u8]) -> Result<Vec<(String, String)>, String> {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    match ending {
        #[cfg(feature = "pdf")]
        "pdf" => pdf::passages(bytes),
        "png" | "jpg" | "jpeg" => {
            // A picture has no text of its own; what its file says about it would be found here.
            Ok(vec![("Bilddatei".to_owned(), String::from_utf8_lossy(bytes).into_owned())])
        }
        _ => {
            let text =
                std::str::from_utf8(bytes).map_err(|_| "die Datei ist kein Text".to_owned())?;
            let text = without_pictures(&unescaped(text));
            Ok(vec![("Text".to_owned(), text)])
        }
    }
}

/// Entities of HTML and XML as the letters they stand for.
fn unescaped(text: &str) -> String {
    let named = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&shy;", ""),
        ("&nbsp;", "\u{a0}"),
        ("&amp;", "&"),
    ];
    named.into_iter().fold(text.to_owned(), |text, (name, letter)| text.replace(name, letter))
}

/// Bytes of pictures within a page look like letters and say nothing; their own files are searched.
fn without_pictures(text: &str) -> String {
    const BEGIN: &str = ";base64,";
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(BEGIN) {
        out.push_str(&rest[..at]);
        let tail = &rest[at + BEGIN.len()..];
        let end = tail
            .find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '+' | '/' | '='))
            .unwrap_or(tail.len());
        rest = &tail[end..];
    }
    out.push_str(rest);
    out
}

/// A hit as a finding that stops the publication.
pub fn finding(hit: &Hit) -> Finding {
    let finding = Finding::error(
        "internes-gefunden",
        format!("In „{}“ ({}) steht etwas Internes: {}.", hit.file, hit.place, hit.what),
    )
    .hint("Es wurde nichts veröffentlicht. Meist nennt ein öffentlicher Text dasselbe mit denselben Worten: Schreiben Sie ihn um, oder heben Sie die Kennzeichnung „intern“ auf.");
    match hit.span {
        Some(span) => finding.at(span, "dies ist intern"),
        None => finding,
    }
}
