// SPDX-License-Identifier: EUPL-1.2
//! An abbreviation that is explained nowhere.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::check::abbreviations::Explained;
use crate::check::wording::{Use, Uses, printed, times, with_places};
use crate::check::{Rule, Run, prose};
use crate::diag::{Finding, did_you_mean};
use crate::tree::passage::PassageKind;

/// See `docs/regeln.md`.
pub(in crate::check) const RULE: Rule = Rule {
    code: "abkuerzung-unerklaert",
    run: Run::Abbreviations(|_, document, abbreviations| {
        let explained = &abbreviations.explained;
        let printed = printed(document);
        let mut out = Vec::new();
        for (short, mut uses) in by_letters(abbreviations.uses.clone()) {
            if explained.keys().any(|known| letters(known) == letters(&short)) {
                continue;
            }
            if uses.iter().all(|used| is_source(used) || with_number(used, explained)) {
                continue;
            }
            // The first place in the document; labels of diagrams are no text of it.
            let first = printed.iter().find(|text| prose::has_word(text, &short));
            uses.sort_by_cached_key(|used| Reverse(first.is_some_and(|text| shows(used, text))));
            let [first, rest @ ..] = uses.as_slice() else { continue };
            let meant = did_you_mean(&short, explained.keys().map(String::as_str))
                .filter(|_| short.chars().count() >= 4);
            let finding = Finding::warning(
                "abkuerzung-unerklaert",
                format!(
                    "Die Abkürzung „{short}“ wird nirgends erklärt; sie kommt {} vor.",
                    times(uses.len())
                ),
            )
            .at(first.span(), "nicht erklärt")
            .hint_if(meant)
            .hint(format!(
                "Tragen Sie sie unter „abkuerzungen:“ ein, oder schreiben Sie beim ersten Mal „Langform ({short})“."
            ))
            .about(short.as_str());
            out.push(with_places(finding, rest, "auch hier"));
        }
        out
    }),
};

/// Whether a use stands in a footnote, where institutes and journals have names of their own.
fn is_source(used: &Use<'_>) -> bool {
    used.passage.kind == PassageKind::Footnote
}

/// Whether a use belongs to a number, and both together are explained: "8 HKL" beside "8HKL".
fn with_number(used: &Use<'_>, explained: &Explained) -> bool {
    let before = used.passage.text[..used.range.start].trim_end();
    let digits = before.len() - before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let short = &used.passage.text[used.range.clone()];
    let whole = letters(&format!("{}{short}", &before[before.len() - digits..]));
    digits > 0 && explained.keys().any(|known| letters(known) == whole)
}

/// Whether a use stands in a text of the document.
fn shows(used: &Use<'_>, text: &str) -> bool {
    used.passage.text.replace('\u{a0}', " ").contains(text.trim())
}

/// Spellings of one abbreviation together, under the most frequent one.
fn by_letters(uses: Uses<'_>) -> Uses<'_> {
    let mut families = BTreeMap::<String, Vec<(String, Vec<Use<'_>>)>>::new();
    for (short, uses) in uses {
        families.entry(letters(&short)).or_default().push((short, uses));
    }
    let mut out = Uses::new();
    for mut family in families.into_values() {
        family.sort_by_key(|(_, uses)| Reverse(uses.len()));
        if let Some(name) = family.first().map(|(name, _)| name.clone()) {
            out.insert(name, family.into_iter().flat_map(|(_, uses)| uses).collect());
        }
    }
    out
}

/// Letters and digits in small letters; case and hyphens are a matter of spelling.
fn letters(word: &str) -> String {
    word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
