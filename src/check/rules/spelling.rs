// SPDX-License-Identifier: EUPL-1.2
//! One term that is spelled in several ways.

mod words;

use std::collections::BTreeMap;

use crate::check::abbreviations::{Abbreviations, Explained};
use crate::check::wording::{Use, Uses, readable, same_term, texts, with_places};
use crate::check::{Rule, Run};
use crate::diag::{Finding, Severity};
use crate::model::Programme;

/// The code of its findings.
const CODE: &str = "schreibweise";

/// See `docs/regeln.md`.
pub(in crate::check) const RULE: Rule = Rule {
    code: CODE,
    run: Run::Abbreviations(|programme, _, abbreviations| {
        let mut out = Vec::new();
        for family in of_abbreviations(abbreviations) {
            out.extend(finding(family, Severity::Warning));
        }
        for family in of_ages(programme).into_values() {
            out.extend(finding(family, Severity::Warning));
        }
        for family in words::families(programme) {
            out.extend(finding(family, Severity::Note));
        }
        out
    }),
};

/// A finding about spellings of one term, at the first place of the rarest.
fn finding(family: Uses<'_>, severity: Severity) -> Option<Finding> {
    if family.len() < 2 {
        return None;
    }
    // Named in one order, whatever their numbers, so that the finding can be acknowledged.
    let names: Vec<String> = family.keys().cloned().collect();
    let mut spellings: Vec<(String, Vec<Use<'_>>)> = family.into_iter().collect();
    spellings.sort_by_key(|(_, uses)| std::cmp::Reverse(uses.len()));
    let usual = spellings[0].0.clone();
    let counts: Vec<String> = spellings
        .iter()
        .map(|(spelling, uses)| format!("„{spelling}“ ({}-mal)", uses.len()))
        .collect();
    let (last, rest) = counts.split_last()?;
    let rarest = spellings.last()?.1.first()?;
    let mut finding = Finding::warning(
        CODE,
        format!("Ein Begriff ist verschieden geschrieben: {} und {last}.", rest.join(", ")),
    )
    .at(rarest.span(), "selten so geschrieben")
    .hint(format!("Am häufigsten ist „{usual}“."))
    .about(names.join(", "));
    finding.severity = severity;
    let others = spellings[1..].iter().flat_map(|(_, uses)| uses);
    Some(with_places(
        finding,
        others.filter(|used| used.span() != rarest.span()),
        "auch hier anders",
    ))
}

/// Letters and digits in small letters.
fn key(word: &str) -> String {
    word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Families of abbreviations: the same letters, or the same meaning and nearly the same letters, or
/// two letters in the wrong order where the list knows only the one.
fn of_abbreviations<'a>(abbreviations: &Abbreviations<'a>) -> Vec<Uses<'a>> {
    let explained = &abbreviations.explained;
    let mut families: Vec<Uses<'a>> = Vec::new();
    let mut keys: BTreeMap<String, String> = BTreeMap::new();
    for (short, uses) in abbreviations.uses.clone() {
        keys.insert(short.clone(), key(&short));
        // "SGB II" and "SGB III" are near and yet two.
        if short.contains(' ') {
            continue;
        }
        let home = families.iter_mut().find(|family| {
            family.iter().any(|(other, others)| {
                near(&keys[&short], &keys[other])
                    && belong_together(explained, (&short, uses.len()), (other, others.len()))
            })
        });
        match home {
            Some(family) => {
                family.insert(short, uses);
            }
            None => families.push(Uses::from([(short, uses)])),
        }
    }
    families
}

/// Whether two abbreviations can be one at all: nearly as long, and nearly the same letters.
fn near(one: &str, other: &str) -> bool {
    let common = one.chars().filter(|c| other.contains(*c)).count();
    one.len().abs_diff(other.len()) <= 2
        && common + 1 >= one.chars().count().min(other.chars().count())
}

fn belong_together(explained: &Explained, one: (&str, usize), other: (&str, usize)) -> bool {
    let (left, right) = (key(one.0), key(other.0));
    if left == right {
        return true;
    }
    let meaning = |short: &str| explained.get(short).map(|all| all[0].long.as_str());
    let distance = strsim::damerau_levenshtein(&left, &right);
    if let (Some(one), Some(other)) = (meaning(one.0), meaning(other.0)) {
        return distance == 1 && same_term(one, other);
    }
    // "gAGS" is the "AGS" that several offices have in common.
    let common = |short: &str, letters: &str, other: &str| {
        short.starts_with('g') && other.len() >= 3 && letters.strip_prefix('g') == Some(other)
    };
    if common(one.0, &left, &right) || common(other.0, &right, &left) {
        return true;
    }
    // "AGVS" beside "AVGS": the rare one is a slip.
    let (rare, usual) = if one.1 < other.1 { (one, other) } else { (other, one) };
    meaning(rare.0).is_none() && rare.1 * 3 <= usual.1 && transposed(&left, &right)
}

/// Whether two neighbouring letters have changed places, and nothing else.
fn transposed(one: &str, other: &str) -> bool {
    one.len() == other.len()
        && one.chars().count() >= 4
        && strsim::damerau_levenshtein(one, other) == 1
        && strsim::levenshtein(one, other) == 2
}

/// "U 25", "U25", "u25", "U-25": under and over an age.
fn of_ages(programme: &Programme) -> BTreeMap<String, Uses<'_>> {
    let mut out = BTreeMap::<String, Uses<'_>>::new();
    for passage in texts(programme) {
        let text = readable(passage);
        for (at, sign) in text.char_indices() {
            let free = !text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '-');
            if !matches!(sign, 'U' | 'u' | 'Ü' | 'ü') || !free {
                continue;
            }
            let rest = &text[at + sign.len_utf8()..];
            let gap = rest.len() - rest.trim_start_matches([' ', '-']).len();
            let number =
                rest[gap..].find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len() - gap);
            let age = &rest[gap..gap + number];
            let after = rest[gap + number..].chars().next();
            // "u 25 Plätze" is no age, and neither is "U 253".
            if age.len() != 2 || gap > 2 || after.is_some_and(char::is_alphanumeric) {
                continue;
            }
            let joint = match rest[..gap].chars().next() {
                Some(' ') => " ",
                Some(_) => "-",
                None => "",
            };
            let range = at..at + sign.len_utf8() + gap + number;
            out.entry(format!("{}{age}", sign.to_lowercase()))
                .or_default()
                .entry(format!("{sign}{joint}{age}"))
                .or_default()
                .push(Use { passage, range });
        }
    }
    // "U-25-Team" is the compound of "U 25".
    for family in out.values_mut() {
        family.retain(|spelling, _| !spelling.contains('-'));
    }
    out
}
