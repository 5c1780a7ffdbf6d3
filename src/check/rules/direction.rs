// SPDX-License-Identifier: EUPL-1.2
//! A sentence that says "gestiegen" where the figures fall.

use std::cmp::Ordering;

use crate::check::{Rule, Run, prose};
use crate::diag::{Disagreement, Finding};
use crate::model::Programme;
use crate::model::figures::{Amount, FigureId, Origin};
use crate::model::formula::{Formula, Function};
use crate::model::quantity::Interval;
use crate::tree::passage::{Mark, MarkKind, Passage};

/// See `docs/regeln.md`.
pub(in crate::check) const RULE: Rule = Rule {
    code: "richtung",
    run: Run::Data(|programme| {
        programme.passages.iter().flat_map(|passage| in_passage(programme, passage)).collect()
    }),
};

/// Beginnings of words that say a direction, each with what it says.
const WORDS: [(&str, Ordering); 38] = [
    ("gestiegen", Ordering::Greater),
    ("ansteig", Ordering::Greater),
    ("angestiegen", Ordering::Greater),
    ("stieg", Ordering::Greater),
    ("steigt", Ordering::Greater),
    ("steigen", Ordering::Greater),
    ("steiger", Ordering::Greater),
    ("gesteigert", Ordering::Greater),
    ("erhöh", Ordering::Greater),
    ("gewachsen", Ordering::Greater),
    ("wuchs", Ordering::Greater),
    ("wächst", Ordering::Greater),
    ("zugenommen", Ordering::Greater),
    ("anstieg", Ordering::Greater),
    ("zuwachs", Ordering::Greater),
    ("zunahme", Ordering::Greater),
    ("gesunken", Ordering::Less),
    ("sank", Ordering::Less),
    ("sinkt", Ordering::Less),
    ("sinken", Ordering::Less),
    ("gefallen", Ordering::Less),
    ("fiel", Ordering::Less),
    ("fällt", Ordering::Less),
    ("zurückgegangen", Ordering::Less),
    ("rückgang", Ordering::Less),
    ("verringer", Ordering::Less),
    ("vermindert", Ordering::Less),
    ("abgenommen", Ordering::Less),
    ("abnahme", Ordering::Less),
    ("reduzier", Ordering::Less),
    ("gekürzt", Ordering::Less),
    ("schrumpf", Ordering::Less),
    ("unverändert", Ordering::Equal),
    ("gleichbleibend", Ordering::Equal),
    ("konstant", Ordering::Equal),
    ("gehalten", Ordering::Equal),
    ("beibehalten", Ordering::Equal),
    ("verharr", Ordering::Equal),
];

fn in_passage(programme: &Programme, passage: &Passage) -> Vec<Finding> {
    if !passage.marks.iter().any(|mark| matches!(mark.kind, MarkKind::Figure(_))) {
        return Vec::new();
    }
    let mut out = Vec::new();
    for clause in clauses(&passage.text) {
        let text = &passage.text[clause.clone()];
        // What is to come need not be so yet; "soll von 22,3 auf 21,6 % steigen" is wrong all the same.
        let pair = text.contains("von ") && text.contains(" auf ");
        let said = if pair { said_of_pair(text) } else { direction(text) };
        let Some((word_said, said)) = said else { continue };
        let marks: Vec<&Mark> = passage
            .marks
            .iter()
            .filter(|mark| clause.start <= mark.range.start && mark.range.end <= clause.end)
            .filter(|mark| matches!(mark.kind, MarkKind::Figure(_)))
            .collect();
        let Some((change, label, shown)) = change(programme, passage, &marks) else { continue };
        if contradicts(said, change) {
            let zero = rust_decimal::Decimal::ZERO;
            let word = match said {
                Ordering::Greater => "einem Anstieg",
                Ordering::Less => "einem Rückgang",
                Ordering::Equal => "keiner Veränderung",
            };
            let found = match (change.low, change.high) {
                (Some(low), _) if low > zero => "einen Anstieg",
                (_, Some(high)) if high < zero => "einen Rückgang",
                _ => "keine Veränderung",
            };
            let mut finding = Finding::error(
                "richtung",
                format!("Der Satz spricht von {word}, die Zahlen zeigen {found}: {label}."),
            )
            .at(passage.span(&clause), "passt nicht zu den Zahlen")
            .hint("Berichtigen Sie das Wort oder die Zahl.")
            .about(&passage.text[clause.clone()]);
            finding.disagreement = Some(Disagreement {
                stated: format!("„{word_said}“"),
                computed: shown,
                difference: None,
                source: "berechnet",
            });
            out.push(finding);
        }
    }
    out
}

/// Whether the words around a figure say that it is a decline: "gehen um 2,0 % zurück", "2,0 % weniger".
pub(super) fn declines(passage: &Passage, mark: &Mark) -> bool {
    let text = &passage.text;
    let behind = text[mark.range.end..].trim_start();
    if behind.starts_with("weniger") && !behind.starts_with("weniger als") {
        return true;
    }
    let around = clauses(text)
        .into_iter()
        .find(|clause| clause.start <= mark.range.start && mark.range.end <= clause.end);
    let said = around.and_then(|clause| direction(&text[clause]));
    said.is_some_and(|(_, said)| said == Ordering::Less)
}

/// Parts of sentences in which a word of direction and a figure belong together.
fn clauses(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut out = Vec::new();
    for sentence in prose::sentences(text) {
        let mut start = sentence.start;
        let mut depth = 0_i32;
        for (at, c) in text[sentence.clone()].char_indices() {
            let at = sentence.start + at;
            match c {
                '(' => depth += 1,
                ')' => depth -= 1,
                // A comma within a number is no border.
                ',' | ';' | ':'
                    if depth == 0 && text[at + 1..].starts_with(char::is_whitespace) =>
                {
                    out.push(start..at);
                    start = at + 1;
                }
                _ => {}
            }
        }
        out.push(start..sentence.end);
    }
    out
}

/// What a clause says, if it says one thing and neither denies nor wishes it.
fn direction(clause: &str) -> Option<(&str, Ordering)> {
    const WISHED: [&str; 4] = ["soll", "muss", "könn", "würde"];
    let wished = |word: &str| WISHED.iter().any(|stem| word.to_lowercase().starts_with(stem));
    let mut words = prose::words(clause).into_iter();
    if words.any(|range| wished(&clause[range])) { None } else { said_of_pair(clause) }
}

/// The same of a clause that names where it begins and where it ends.
fn said_of_pair(clause: &str) -> Option<(&str, Ordering)> {
    const DENIED: [&str; 5] = ["nicht", "kaum", "weniger", "kein", "ohne"];
    let words: Vec<&str> = prose::words(clause).into_iter().map(|range| &clause[range]).collect();
    let small: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
    if small.iter().any(|word| DENIED.iter().any(|stem| word.starts_with(stem))) {
        return None;
    }
    // "nehmen um 2,0 % ab": the verb comes in two parts.
    let takes =
        small.iter().any(|word| ["nehmen", "nimmt", "nahm", "nahmen"].contains(&word.as_str()));
    let last = small.last().map(String::as_str);
    let apart = |small: &str| match small {
        "zurück" => Some(Ordering::Less),
        "ab" if takes && last == Some("ab") => Some(Ordering::Less),
        "zu" if takes && last == Some("zu") => Some(Ordering::Greater),
        _ => None,
    };
    let mut said = words.iter().zip(&small).filter_map(|(word, small)| {
        let known = WORDS.iter().find(|(stem, _)| small.starts_with(stem));
        Some((*word, known.map(|(_, said)| *said).or_else(|| apart(small))?))
    });
    let first = said.next()?;
    said.all(|(_, other)| other == first.1).then_some(first)
}

/// The change that a clause is about, what it is called, and how it shows.
fn change(
    programme: &Programme,
    passage: &Passage,
    marks: &[&Mark],
) -> Option<(Interval, String, String)> {
    let figures = &programme.figures;
    let id = |mark: &Mark| match &mark.kind {
        MarkKind::Figure(path) => figures.find(path),
        _ => None,
    };
    match marks {
        [one] => {
            let before = text_before(passage, one);
            let id = id(one)?;
            if is_change(programme, id) {
                let amount = figures.outcome(id).amount.as_ref()?;
                let shown = figures.computed_with_unit(id)?.to_string();
                return Some((amount.interval, figures.get(id).label.clone(), shown));
            }
            // "auf 39,5 Mio. € gestiegen": compared with the year before, where that is known.
            let previous = figures.find(&format!("{}.vorjahr", figures.get(id).path))?;
            before.ends_with("auf").then(|| difference(programme, previous, id))?
        }
        [first, second] => {
            let between = &passage.text[first.range.end..second.range.start];
            let (first_id, second_id) = (id(first)?, id(second)?);
            let word = between.trim();
            if text_before(passage, first).ends_with("von") && word == "auf" {
                return difference(programme, first_id, second_id);
            }
            // "auf 62,4 % (VJ 61,8 %)"
            let year_before = ["(VJ", "(Vorjahr", "(Vorjahr:", "(VJ:", "nach", "gegenüber"];
            let onto = text_before(passage, first).ends_with("auf");
            (onto && year_before.contains(&word))
                .then(|| difference(programme, second_id, first_id))?
        }
        _ => None,
    }
}

fn text_before<'a>(passage: &'a Passage, mark: &Mark) -> &'a str {
    passage.text[..mark.range.start].trim_end()
}

/// Whether a figure is a change by its nature, and its name does not already say the direction.
fn is_change(programme: &Programme, id: FigureId) -> bool {
    let figure = programme.figures.get(programme.figures.entered_at(id));
    let named = direction(&figure.label).is_some();
    let computed = matches!(
        &figure.origin,
        Origin::Computed(Formula::Call(Function::Change | Function::Points, _))
    );
    computed && !named
}

/// What is left when the earlier figure is taken from the later one.
fn difference(
    programme: &Programme,
    earlier: FigureId,
    later: FigureId,
) -> Option<(Interval, String, String)> {
    let figures = &programme.figures;
    let amount = |id: FigureId| -> Option<&Amount> { figures.outcome(id).amount.as_ref() };
    let (old, new) = (amount(earlier)?, amount(later)?);
    if old.dimension() != new.dimension() {
        return None;
    }
    let change = new.interval.subtract(old.interval)?;
    let (from, to) = (figures.computed_with_unit(earlier)?, figures.computed_with_unit(later)?);
    Some((change, figures.get(later).label.clone(), format!("erst {from}, dann {to}")))
}

fn contradicts(said: Ordering, change: Interval) -> bool {
    let zero = rust_decimal::Decimal::ZERO;
    match said {
        Ordering::Greater => change.high.is_some_and(|high| high <= zero),
        Ordering::Less => change.low.is_some_and(|low| low >= zero),
        Ordering::Equal => !change.contains(zero),
    }
}
