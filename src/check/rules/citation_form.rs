// SPDX-License-Identifier: EUPL-1.2
//! A citation of law that is not written as one writes it.

use std::collections::BTreeMap;

use crate::check::citation::{Citation, citations};
use crate::check::wording::{Use, readable, texts, times, with_places};
use crate::check::{Rule, Run};
use crate::diag::{Finding, Severity};
use crate::model::Programme;
use crate::tree::typography::single_spaced;

/// The code of its findings.
const CODE: &str = "paragraph-form";

/// A wrong form: what is wrong about it, how it should read, and where it is met.
struct Wrong<'a> {
    what: &'static str,
    right: String,
    severity: Severity,
    uses: Vec<Use<'a>>,
}

/// See `docs/regeln.md`.
pub(in crate::check) const RULE: Rule = Rule {
    code: CODE,
    run: Run::Data(|programme| {
        let mut out = Vec::new();
        for (written, wrong) in collect(programme) {
            let Some((first, rest)) = wrong.uses.split_first() else { continue };
            let mut finding = Finding::warning(
                CODE,
                format!("„{written}“: {} ({} geschrieben).", wrong.what, times(wrong.uses.len())),
            )
            .at(first.span(), "so geschrieben")
            .hint(format!("Schreiben Sie „{}“.", wrong.right))
            .about(written);
            finding.severity = wrong.severity;
            out.push(with_places(finding, rest, "auch hier"));
        }
        out
    }),
};

fn collect(programme: &Programme) -> BTreeMap<String, Wrong<'_>> {
    let mut out = BTreeMap::<String, Wrong<'_>>::new();
    for passage in texts(programme) {
        let text = readable(passage);
        let mut found: Vec<_> = citations(&text)
            .iter()
            .filter_map(|citation| wrong_citation(&text, citation))
            .collect();
        found.extend(wrong_books(&text));
        for (range, what, right, severity) in found {
            let written = squeeze(&text[range.clone()]);
            out.entry(written)
                .or_insert(Wrong { what, right, severity, uses: Vec::new() })
                .uses
                .push(Use { passage, range });
        }
    }
    out
}

type Found = (std::ops::Range<usize>, &'static str, String, Severity);

/// What is wrong with the signs and numbers of a citation, the gravest first.
fn wrong_citation(text: &str, citation: &Citation) -> Option<Found> {
    use Severity::{Note, Warning};
    let several = citation.items.len() > 1 || citation.further;
    let first = &citation.items[0];
    let what = if citation.items.iter().any(|item| item.bracket) {
        ("Nach dem Buchstaben steht keine Klammer", Warning)
    } else if citation.items.iter().any(|item| item.parted) {
        ("Der Buchstabe gehört ohne Leerzeichen zur Zahl", Warning)
    } else if citation.double && !several {
        ("Für einen einzelnen Paragrafen genügt ein Zeichen", Warning)
    } else if !citation.double && several {
        ("Mehrere Paragrafen haben ein doppeltes Zeichen", Warning)
    } else if !citation.blank {
        ("Zwischen Zeichen und Zahl fehlt das Leerzeichen", Note)
    } else {
        return None;
    };
    // From the sign to the last number; behind it everything is as it should be.
    let last = &citation.items[citation.items.len() - 1];
    let mut end = last.range.end + usize::from(last.bracket);
    let mut right = format!("{} ", if several { "§§" } else { "§" });
    let mut at = first.range.start;
    for item in &citation.items {
        right.push_str(&text[at..item.range.start]);
        right.push_str(&item.section());
        at = item.range.end + usize::from(item.bracket);
    }
    if citation.further && citation.items.len() == 1 {
        let tail = text[end..citation.range.end].find('f').map_or(0, |f| {
            let rest = &text[end + f..];
            f + rest.len() - rest.trim_start_matches(['f', '.']).len()
        });
        right.push_str(&text[end..end + tail]);
        end += tail;
    }
    Some((citation.range.start..end, what.0, squeeze(&right), what.1))
}

/// "SGBII", "SGB 2", "SGB-II".
fn wrong_books(text: &str) -> Vec<Found> {
    const ROMAN: [&str; 14] =
        ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV"];
    let mut out = Vec::new();
    for (at, _) in text.match_indices("SGB") {
        if text[..at].ends_with(char::is_alphanumeric) {
            continue;
        }
        let rest = &text[at + 3..];
        let gap = rest.len() - rest.trim_start_matches([' ', '-']).len();
        let number: String = rest[gap..].chars().take_while(char::is_ascii_alphanumeric).collect();
        let end = at + 3 + gap + number.len();
        let roman = ROMAN.iter().find(|roman| roman.eq_ignore_ascii_case(&number));
        let digits =
            number.parse::<usize>().ok().filter(|_| !rest[gap + number.len()..].starts_with('.'));
        let compound = text[end..].starts_with('-');
        match (roman, digits.and_then(|number| ROMAN.get(number.wrapping_sub(1)))) {
            (Some(roman), _) => {
                let gap = &rest[..gap];
                let right =
                    gap.chars().all(|c| c == ' ') && !gap.is_empty() || gap == "-" && compound;
                if !right || number != **roman {
                    let form =
                        if compound { format!("SGB-{roman}") } else { format!("SGB {roman}") };
                    let what = if number == **roman {
                        "Zwischen „SGB“ und der Zahl steht ein Leerzeichen"
                    } else {
                        "Die Bücher des Sozialgesetzbuchs haben große römische Zahlen"
                    };
                    out.push((at..end, what, form, Severity::Warning));
                }
            }
            (None, Some(roman)) => out.push((
                at..end,
                "Die Bücher des Sozialgesetzbuchs haben römische Zahlen",
                format!("SGB {roman}"),
                Severity::Warning,
            )),
            (None, None) => {}
        }
    }
    out
}

fn squeeze(text: &str) -> String {
    // Sign and number are held together in print.
    single_spaced(text).replace("§ ", "§\u{a0}")
}
