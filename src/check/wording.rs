// SPDX-License-Identifier: EUPL-1.2
//! All wording of a programme with its places, and comparing words across inflection.
//!
//! Not here: single rules about words.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::diag::{Finding, Label, Span};
use crate::model::Programme;
use crate::tree::passage::{MarkKind, Passage};
use crate::tree::{Document, Inline, walk};

/// All texts: the chapters, the texts of the data, and what is printed as it stands.
pub(super) fn texts(programme: &Programme) -> impl Iterator<Item = &Passage> {
    programme.passages.iter().chain(&programme.labels)
}

/// The text in which type written by machine is blank and a no-break space is a blank (of two bytes,
/// so that places stay right).
pub(super) fn readable(passage: &Passage) -> String {
    let mut bytes = passage.text.clone().into_bytes();
    for mark in passage.marks.iter().filter(|mark| mark.kind == MarkKind::Code) {
        bytes[mark.range.clone()].fill(b' ');
    }
    String::from_utf8(bytes).unwrap_or_default().replace('\u{a0}', "  ")
}

/// What the finished document says, text by text, with ordinary blanks.
pub(super) fn printed(document: &Document) -> Vec<String> {
    let mut out = Vec::new();
    walk::inlines(&document.blocks, &mut |inline| {
        if let Inline::Text(text) = inline {
            out.push(text.replace(['\u{a0}', '\u{202f}'], " "));
        }
    });
    out
}

/// A word that occurs: where, and in which text.
#[derive(Debug, Clone)]
pub(super) struct Use<'a> {
    pub(super) passage: &'a Passage,
    pub(super) range: Range<usize>,
}

impl Use<'_> {
    pub(super) fn span(&self) -> Span {
        self.passage.span(&self.range)
    }
}

/// Uses by what they are uses of.
pub(super) type Uses<'a> = BTreeMap<String, Vec<Use<'a>>>;

/// How often, in words.
pub(super) fn times(count: usize) -> String {
    if count == 1 { "einmal".to_owned() } else { format!("{count}-mal") }
}

/// Adds further places to a finding, at most as many as one likes to read.
pub(super) fn with_places<'a>(
    mut finding: Finding,
    uses: impl IntoIterator<Item = &'a Use<'a>>,
    remark: &str,
) -> Finding {
    const FEW: usize = 4;
    for used in uses.into_iter().take(FEW) {
        finding.labels.push(Label { span: used.span(), text: remark.to_owned() });
    }
    finding
}

/// Words that carry no meaning of their own in a term.
const SMALL: [&str; 26] = [
    "der", "die", "das", "den", "dem", "des", "ein", "eine", "einer", "einem", "einen", "eines",
    "und", "oder", "für", "am", "an", "im", "in", "bei", "beim", "von", "vom", "zu", "zur", "zum",
];

/// Whether two terms mean the same, apart from inflection, articles, hyphens and order.
pub(super) fn same_term(one: &str, other: &str) -> bool {
    let (one, other) = (stems(one), stems(other));
    let (few, many) = if one.len() <= other.len() { (&one, &other) } else { (&other, &one) };
    near(&one.concat(), &other.concat())
        || !few.is_empty()
            && few.iter().all(|word| many.iter().any(|whole| near(word, whole) || word == whole))
}

/// The words of a term without those that carry no meaning, in small letters.
pub(super) fn stems(term: &str) -> Vec<String> {
    let letters = |word: &str| -> String {
        word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    term.split(|c: char| c.is_whitespace() || matches!(c, '/' | '(' | ')'))
        .map(letters)
        .filter(|word| !word.is_empty() && !SMALL.contains(&word.as_str()))
        .collect()
}

/// Whether two words differ by no more than inflection may do.
fn near(one: &str, other: &str) -> bool {
    let longest = one.chars().count().max(other.chars().count());
    let begin = one.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    // "Langzeitleistungsbezieher" and "-beziehende" part at the end.
    begin * 4 >= longest * 3 && begin >= 4 || strsim::damerau_levenshtein(one, other) * 6 <= longest
}

/// Whether a word is part of an address: `www.…`, `name@…`, `https://…`, `jobcenter-x.de`.
pub(super) fn in_address(text: &str, word: &Range<usize>) -> bool {
    let start = word.start
        - text[..word.start]
            .chars()
            .rev()
            .take_while(|c| !c.is_whitespace())
            .map(char::len_utf8)
            .sum::<usize>();
    let end = text[word.end..].find(char::is_whitespace).map_or(text.len(), |at| word.end + at);
    let chunk = text[start..end].trim_end_matches(['.', ',', ';', ')']);
    // Hardly any word has one of these inside.
    if !chunk.contains(['@', '.', ':']) {
        return false;
    }
    let domain = [".de", ".eu", ".org", ".com", ".net", ".info"];
    chunk.contains('@')
        || chunk.contains("www.")
        || chunk.contains("://")
        || domain.iter().any(|end| chunk.ends_with(end) || chunk.contains(&format!("{end}/")))
}
