// SPDX-License-Identifier: EUPL-1.2
//! A sentence around a figure, as it reads in the document.

use std::ops::Range;

use super::Explainer;
use crate::check::prose;
use crate::tree::passage::{Mark, MarkKind, Passage};
use crate::tree::{RefKind, walk};

/// Longest quotation, in characters.
const LONGEST: usize = 220;

/// The sentence of a passage that holds a mark; a long one is cut around it.
pub(super) fn around(explainer: &Explainer<'_>, passage: &Passage, mark: usize) -> String {
    let at = passage.marks[mark].range.clone();
    let sentence = prose::sentences(&passage.text)
        .into_iter()
        .find(|sentence| {
            sentence.start <= at.start && at.start <= sentence.end && at.end <= sentence.end
        })
        .unwrap_or(0..passage.text.len());
    let (text, at) = filled(explainer, passage, &sentence, mark);
    cut(&text, at)
}

/// The words of a sentence with what is filled in later, and where the mark stands in them.
fn filled(
    explainer: &Explainer<'_>,
    passage: &Passage,
    sentence: &Range<usize>,
    wanted: usize,
) -> (String, usize) {
    let mut marks: Vec<(usize, &Mark)> = passage.marks.iter().enumerate().collect();
    marks.sort_by_key(|(at, mark)| (mark.range.start, *at));
    let (mut out, mut from, mut place) = (String::new(), sentence.start, 0);
    for (at, mark) in marks {
        let Range { start, end } = mark.range;
        if start < from || end > sentence.end {
            continue;
        }
        out.push_str(&passage.text[from..start]);
        if at == wanted {
            place = out.chars().count();
        }
        if mark.kind == MarkKind::Footnote {
            // The sign of a note is not part of the sentence.
        } else if start == end {
            out.push_str(&words(explainer, &mark.kind));
        } else {
            out.push_str(&passage.text[start..end]);
        }
        from = end;
    }
    out.push_str(&passage.text[from..sentence.end]);
    (out, place)
}

/// What is printed where a link has no words of its own.
fn words(explainer: &Explainer<'_>, kind: &MarkKind) -> String {
    let programme = explainer.programme;
    let number = |anchor: String| explainer.index.number(&anchor).flatten().map(str::to_owned);
    match kind {
        MarkKind::Figure(path) => programme
            .figures
            .find(path)
            .and_then(|id| programme.figures.operand(id, programme.reproduction))
            .map_or_else(String::new, |value| value.to_string()),
        MarkKind::Reference(RefKind::Table, id) => {
            number(format!("tabelle-{id}")).unwrap_or_else(|| format!("Tabelle „{id}“"))
        }
        MarkKind::Reference(RefKind::Picture, id) => {
            number(format!("abbildung-{id}")).unwrap_or_else(|| format!("Abbildung „{id}“"))
        }
        MarkKind::Reference(RefKind::Section, id) => {
            number(id.clone()).unwrap_or_else(|| format!("Abschnitt „{id}“"))
        }
        MarkKind::Reference(RefKind::Measure, id) => {
            programme.measure(id).map_or_else(|| id.clone(), |found| walk::plain(&found.name))
        }
        MarkKind::Reference(RefKind::Strategy, id) => programme
            .strategy(id)
            .map_or_else(|| id.clone(), |(_, found)| format!("Strategie {}", found.number)),
        _ => String::new(),
    }
}

/// A piece of a long sentence around a place, cut between words.
fn cut(text: &str, at: usize) -> String {
    let chars: Vec<char> = text.chars().collect();
    if chars.len() <= LONGEST {
        return text.to_owned();
    }
    let start = at.saturating_sub(LONGEST / 2).min(chars.len() - LONGEST);
    let end = start + LONGEST;
    let space = |c: &char| *c == ' ';
    let from = if start == 0 {
        0
    } else {
        start + chars[start..at.max(start)].iter().position(space).map_or(0, |found| found + 1)
    };
    let to = if end == chars.len() {
        end
    } else {
        chars[..end].iter().rposition(space).filter(|found| *found > at).unwrap_or(end)
    };
    let (lead, tail) = (if from > 0 { "… " } else { "" }, if to < chars.len() { " …" } else { "" });
    format!("{lead}{}{tail}", chars[from..to].iter().collect::<String>())
}
