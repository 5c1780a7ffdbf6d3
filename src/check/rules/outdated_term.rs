// SPDX-License-Identifier: EUPL-1.2
//! A term that no longer holds in the programme's year, or does not hold yet.

use crate::check::wording::{Use, readable, texts, times, with_places};
use crate::check::{Rule, Run, change, prose};
use crate::diag::Finding;
use crate::law::terms::{Standing, Term, standing, terms};
use crate::model::Programme;
use crate::model::date::spelled;

/// See `docs/regeln.md`.
pub(in crate::check) const RULE: Rule = Rule {
    code: "begriff-veraltet",
    run: Run::Data(|programme| {
        let whole: String = texts(programme).map(readable).collect::<Vec<_>>().join("\n");
        let used = terms().iter().filter(|term| met(&whole, term).is_some());
        used.filter_map(|term| finding(programme, term)).collect()
    }),
};

fn finding(programme: &Programme, term: &Term) -> Option<Finding> {
    let standing = standing(&term.from, term.until.as_deref(), programme.year);
    if standing == Standing::InForce {
        return None;
    }
    let uses = uses(programme, term, standing);
    let (first, rest) = uses.split_first()?;
    let year = programme.year;
    let count = times(uses.len());
    let (name, day) = (&term.term, |day: &str| spelled(day));
    let (message, hint) = match standing {
        Standing::NotYet => (
            format!("„{name}“ gibt es erst seit dem {}; das Programm ist für {year} ({count} verwendet).", day(&term.from)),
            term.predecessor.as_ref().map(|before| format!("{year} heißt es „{before}“.")),
        ),
        _ => (
            format!("„{name}“ galt bis zum {}; das Programm ist für {year} ({count} verwendet).", day(term.until.as_deref().unwrap_or_default())),
            successor(term, year).map(|now| format!("{year} heißt es „{now}“. Ist die frühere Zeit gemeint, sollte der Satz das sagen („bis {}“, „früher“).", crate::law::terms::year_of(term.until.as_deref().unwrap_or_default()))),
        ),
    };
    let finding = if term.certain {
        Finding::warning("begriff-veraltet", message)
    } else {
        Finding::note("begriff-veraltet", message)
    };
    let finding = finding
        .at(first.span(), first.passage.text[first.range.clone()].trim())
        .hint_if(hint)
        .hint(format!("Quelle: {}.", term.source))
        .about(name.as_str());
    Some(with_places(finding, rest, "auch hier"))
}

/// What a term is called in a year: its successor may have one itself.
fn successor(term: &Term, year: u32) -> Option<&str> {
    let mut name = term.successor.as_deref()?;
    while let Some(next) = terms().iter().find(|next| next.term == name)
        && standing(&next.from, next.until.as_deref(), year) == Standing::Ended
        && let Some(after) = &next.successor
    {
        name = after;
    }
    Some(name)
}

/// The places where a term is used as if it held.
fn uses<'a>(programme: &'a Programme, term: &Term, standing: Standing) -> Vec<Use<'a>> {
    let mut out = Vec::new();
    for passage in texts(programme) {
        let text = readable(passage);
        // Most texts do not have the term at all.
        if met(&text, term).is_none() {
            continue;
        }
        for sentence in prose::sentences(&text) {
            let said = &text[sentence.clone()];
            let Some((at, length)) = met(said, term) else { continue };
            let other = match standing {
                Standing::NotYet => term.predecessor.as_deref(),
                _ => successor(term, programme.year),
            };
            let both = other.is_some_and(|other| said.contains(other));
            let told = match standing {
                Standing::NotYet => change::speaks_of_the_future(said, &term.from),
                _ => change::speaks_of_the_past(said, term.until.as_deref().unwrap_or_default()),
            };
            if !both && !told {
                let start = sentence.start + at;
                out.push(Use { passage, range: start..start + length });
            }
        }
    }
    out
}

/// Where a sentence uses a term: byte and length of the form.
fn met(sentence: &str, term: &Term) -> Option<(usize, usize)> {
    // A blank may be a no-break space, which here is two blanks.
    for form in &term.forms {
        let wide = form.replace(' ', "  ");
        for form in [form.as_str(), wide.as_str()] {
            for (at, _) in sentence.match_indices(form) {
                let rest = &sentence[at + form.len()..];
                let begins = !sentence[..at].ends_with(char::is_alphanumeric);
                let roman = form.ends_with('I') || form.ends_with('2') || form.ends_with('V');
                let ends =
                    !(term.whole_word || roman) || !rest.starts_with(|c: char| c.is_alphanumeric());
                let except = term
                    .except
                    .iter()
                    .any(|tail| rest.to_lowercase().starts_with(&tail.to_lowercase()));
                if begins && ends && !except {
                    return Some((at, form.len()));
                }
            }
        }
    }
    None
}
