// SPDX-License-Identifier: EUPL-1.2
//! An abbreviation that is explained in two ways.

use crate::check::abbreviations::{Explanation, abbreviates};
use crate::check::wording::{same_term, stems};
use crate::check::{Rule, Run};
use crate::diag::{Disagreement, Finding};

/// See `docs/regeln.md`.
pub(in crate::check) const RULE: Rule = Rule {
    code: "abkuerzung-doppelt",
    run: Run::Abbreviations(|_, _, abbreviations| {
        abbreviations.explained.iter().filter_map(|(short, all)| different(short, all)).collect()
    }),
};

/// A finding if an explanation says something else than the first.
fn different(short: &str, all: &[Explanation]) -> Option<Finding> {
    let mut sure = all.iter().filter(|one| one.listed || stands_for(short, &one.long));
    let first = sure.next()?;
    let other = sure.find(|other| !same_term(&first.long, &other.long))?;
    let place = if first.listed { "im Abkürzungsverzeichnis" } else { "an anderer Stelle" };
    let mut finding = Finding::warning(
        "abkuerzung-doppelt",
        format!(
            "Die Abkürzung „{short}“ steht hier für „{}“, {place} für „{}“.",
            other.long, first.long
        ),
    )
    .at(other.span, other.long.as_str())
    .label(first.span, first.long.as_str())
    .hint("Schreiben Sie überall dieselbe Langform, oder geben Sie einem der beiden Begriffe eine andere Abkürzung.")
    .about(short);
    finding.disagreement = Some(Disagreement {
        stated: other.long.clone(),
        computed: first.long.clone(),
        difference: None,
        source: "zuerst erklärt",
    });
    Some(finding)
}

/// Whether a text surely is a long form, not just words before a bracket: each of its words gives a
/// letter, and a single word is written large as the abbreviation is.
fn stands_for(short: &str, long: &str) -> bool {
    let words = stems(long);
    let mut letters = short.chars().flat_map(char::to_lowercase);
    let large = |text: &str| text.chars().next().map(char::is_uppercase);
    let given = words
        .iter()
        .filter_map(|word| word.chars().next())
        .all(|first| letters.any(|letter| letter == first));
    abbreviates(short, long) && given && (words.len() > 1 || large(short) == large(long))
}
