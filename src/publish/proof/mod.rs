// SPDX-License-Identifier: EUPL-1.2
//! The proof that nothing internal came out: every file is searched for every internal text of twelve
//! characters or more and every internal number of five telling digits or more.
//!
//! It looks at what was written, not at how, so that it catches what the allow-list missed. Shorter
//! texts and numbers say too little to be found again; the allow-list alone keeps them out.

pub mod numbers;
#[cfg(feature = "pdf")]
mod pdf;

use std::collections::{BTreeMap, BTreeSet};

use super::texts::{self, Said, squeezed};
use crate::diag::{Finding, Span};
use crate::model::Programme;
use crate::model::programme::marked_figures;
use crate::tree::passage::{Passage, PassageKind};

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
    /// Names and cells; what running text happens to contain is not thereby allowed.
    names: Vec<String>,
}

impl Known {
    fn of<'s>(said: impl Iterator<Item = &'s Said>) -> Self {
        let (mut whole, mut names) = (BTreeSet::new(), Vec::new());
        for one in said {
            let text = squeezed(&one.text);
            if one.prose {
                whole.extend(sentences(&one.text).map(squeezed));
            } else {
                names.push(text.clone());
            }
            whole.insert(text);
        }
        Self { whole, names }
    }

    /// Whether one of them says this, as a whole or within a name.
    fn say(&self, text: &str) -> bool {
        self.whole.contains(text) || self.names.iter().any(|known| known.contains(text))
    }
}

/// Numbers that the public version does not have, and those that the data mark and nothing unmarked has.
fn numbers(
    programme: &Programme,
    public: &Programme,
    all: &[Said],
    public_texts: &[Said],
) -> BTreeMap<String, (String, Option<Span>)> {
    let marked = marked_figures(programme);
    let in_names = |said: &Said| {
        let numbers = if said.prose { Vec::new() } else { texts::numbers_in(&said.text) };
        numbers.into_iter()
    };
    let mut shown: BTreeSet<String> = texts::digits_of(public, |_| true).into_keys().collect();
    shown.extend(public_texts.iter().flat_map(in_names));
    let unmarked =
        |id| !marked.contains(&programme.figures.entered_at(id)) && !marked.contains(&id);
    let mut plain: BTreeSet<String> = texts::digits_of(programme, unmarked).into_keys().collect();
    plain.extend(all.iter().filter(|said| !said.marked).flat_map(in_names));
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
    let told: BTreeSet<&str> = public_texts.iter().map(|said| said.text.as_str()).collect();
    for said in all.iter().filter(|said| said.marked || !told.contains(said.text.as_str())) {
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
    /// The letters or digits that were found.
    pub needle: String,
}

impl Needles {
    /// What a programme says and its public version does not; `folder` is where the programme lies.
    pub fn of(programme: &Programme, public: &Programme, folder: &str) -> Self {
        let mut out = Self::default();
        let all = texts::of(programme);
        // What is said without a mark may be said again: by the public version, and, for what the data
        // mark, by anything else in them, so that a mistake of the allow-list is found, too.
        let public_texts = texts::of(public);
        let shown = Known::of(public_texts.iter());
        let plain = Known::of(all.iter().filter(|said| !said.marked));
        for Said { text, what, span, marked, .. } in &all {
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
        out.numbers = numbers(programme, public, &all, &public_texts);
        // Neither paths nor the name of whoever is logged in. Its own name alone is no secret.
        let above = folder.trim_end_matches(['/', '\\']).rsplit_once(['/', '\\']);
        if folder.chars().count() >= SHORTEST && above.is_some_and(|(above, _)| above.len() > 1) {
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
                    needle: String::new(),
                }),
            }
        }
        out
    }

    fn in_text(&self, file: &str, place: &str, text: &str, out: &mut Vec<Hit>) {
        let mut hit = |needle: &str, (what, span): &(String, Option<Span>)| {
            let (file, place, needle) = (file.to_owned(), place.to_owned(), needle.to_owned());
            out.push(Hit { file, place, what: what.clone(), span: *span, needle });
        };
        let own = squeezed(text);
        for (needle, found) in &self.texts {
            if own.contains(needle.as_str()) {
                hit(needle, found);
            }
        }
        for digits in &numbers::met(text, ending(file) != "pdf") {
            if let Some(found) = self.numbers.get(digits) {
                hit(digits, found);
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

fn ending(name: &str) -> &str {
    name.rsplit_once('.').map_or("", |(_, ending)| ending)
}

/// The texts of a file with their places.
fn passages(name: &str, bytes: &[u8]) -> Result<Vec<(String, String)>, String> {
    match ending(name) {
        #[cfg(feature = "pdf")]
        "pdf" => pdf::passages(bytes),
        "png" | "jpg" | "jpeg" => {
            // A picture has no text of its own; what its file says about it would be found here.
            Ok(vec![("Bilddatei".to_owned(), String::from_utf8_lossy(bytes).into_owned())])
        }
        _ => {
            let text =
                std::str::from_utf8(bytes).map_err(|_| "die Datei ist kein Text".to_owned())?;
            let drawn = matches!(ending(name), "svg" | "html");
            let text = if drawn { without_shapes(text) } else { text.to_owned() };
            Ok(vec![("Text".to_owned(), without_pictures(&unescaped(&text)))])
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

/// Places and lengths of what is drawn are numbers that tell nothing, and too many not to be taken for
/// others; labels and all other attributes stay.
fn without_shapes(text: &str) -> String {
    const SHAPES: [&str; 22] = [
        "d",
        "points",
        "transform",
        "viewBox",
        "x",
        "y",
        "x1",
        "y1",
        "x2",
        "y2",
        "cx",
        "cy",
        "r",
        "rx",
        "ry",
        "dx",
        "dy",
        "width",
        "height",
        "offset",
        "stroke-width",
        "gradientTransform",
    ];
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("=\"") {
        let (before, tail) = (&rest[..at], &rest[at + 2..]);
        let end = tail.find('"').unwrap_or(tail.len());
        out.push_str(before);
        let name = before.rsplit(char::is_whitespace).next().unwrap_or_default();
        if !SHAPES.contains(&name) {
            out.push_str("=\"");
            out.push_str(&tail[..end]);
        }
        rest = &tail[end..];
    }
    out.push_str(rest);
    out
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

/// Hits as findings that stop the publication: one for each internal thing, with all files and the text
/// that says it.
pub fn findings(hits: &[Hit], programme: &Programme) -> Vec<Finding> {
    let mut things: BTreeMap<(&str, &str), Vec<&Hit>> = BTreeMap::new();
    for hit in hits {
        things.entry((&hit.what, &hit.needle)).or_default().push(hit);
    }
    things
        .into_iter()
        .map(|((what, needle), hits)| finding(what, needle, &hits, programme))
        .collect()
}

fn finding(what: &str, needle: &str, hits: &[&Hit], programme: &Programme) -> Finding {
    let files: Vec<String> =
        hits.iter().map(|hit| format!("{} ({})", hit.file, hit.place)).collect();
    let own = hits.iter().find_map(|hit| hit.span);
    // Most likely a text says it with the same words.
    let says = |text: &str| {
        !needle.is_empty()
            && (squeezed(text).contains(needle)
                || texts::numbers_in(text).iter().any(|digits| digits == needle))
    };
    // The internal thing itself is a text of the data, too, or stands in an internal box.
    let marked: BTreeSet<String> = texts::of(programme)
        .iter()
        .filter(|said| said.marked)
        .map(|said| squeezed(&said.text))
        .collect();
    let other = |passage: &&Passage| {
        !marked.contains(&squeezed(&passage.text))
            && (passage.kind != PassageKind::Value
                || own.is_none_or(|own| own.file != passage.whole().file))
    };
    let mut told = programme.passages.iter().filter(other);
    let told = told.find(|passage| says(&passage.text));
    let finding = Finding::error(
        "internes-gefunden",
        format!(
            "In der öffentlichen Fassung steht etwas Internes: {what}{}.",
            quoted(needle, told)
        ),
    )
    .hint(format!("Gefunden in: {}.", files.join(", ")))
    .hint(remedy(what));
    let finding = match (told.map(Passage::whole), own) {
        (Some(span), _) => finding.at(span, "hier steht es"),
        (None, Some(span)) => return finding.at(span, "dies ist intern"),
        (None, None) => return finding,
    };
    match own {
        Some(span) => finding.label(span, "dies ist intern"),
        None => finding,
    }
}

/// What was found, as a text says it; of a number its digits.
fn quoted(needle: &str, told: Option<&Passage>) -> String {
    const LONG: usize = 60;
    if needle.chars().all(|c| c.is_ascii_digit()) && !needle.is_empty() {
        return format!(" (die Ziffern {needle})");
    }
    // The words of the passage whose letters are those of the needle.
    let Some(passage) = told else { return String::new() };
    let text = &passage.text;
    let starts = text.char_indices().filter(|(_, letter)| letter.is_alphanumeric());
    let found = starts.map(|(at, _)| &text[at..]).find(|rest| squeezed(rest).starts_with(needle));
    let Some(rest) = found else { return String::new() };
    let mut left = needle.chars().count();
    let end = rest.char_indices().find(|(_, letter)| {
        left = left.saturating_sub(letter.to_lowercase().filter(|c| c.is_alphanumeric()).count());
        left == 0
    });
    let end = end.map_or(rest.len(), |(at, letter)| at + letter.len_utf8());
    let words: String = rest[..end].chars().take(LONG).collect();
    let more = if rest[..end].chars().count() > LONG { " …" } else { "" };
    format!(", „{words}{more}“")
}

/// What to do about it.
fn remedy(what: &str) -> &'static str {
    let begins = |word: &str| what.starts_with(word);
    if begins("Zuständige") {
        "Schreiben Sie den Text ohne dies. Darf genannt werden, wer zuständig ist, setzen Sie „intern: nein“ an die Aufgabe."
    } else if begins("Anbieter") {
        "Schreiben Sie den Text ohne dies. Ist der Auftrag vergeben, setzen Sie „vergabe: vergeben“ an die Maßnahme."
    } else if begins("Name unter") {
        "Schreiben Sie den Text ohne dies. Darf der Name öffentlich sein, setzen Sie „intern: nein“ an die Zeile der Unterschrift."
    } else if begins("Notiz") || begins("Begründung") || begins("Anmerkung einer Zahl") {
        "Schreiben Sie den Text um, oder sagen Sie es in der Notiz oder Begründung mit anderen Worten."
    } else {
        "Schreiben Sie den Text um, oder heben Sie die Kennzeichnung „intern“ auf."
    }
}
