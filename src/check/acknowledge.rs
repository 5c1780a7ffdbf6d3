// SPDX-License-Identifier: EUPL-1.2
//! Weights of rules, and findings that the programme says may stay.
//!
//! Most deviations are acknowledged at the figure itself. What has no figure (a word, a missing
//! section) is acknowledged in a list: the rule, words of the place, and the reason.

use super::RULES;
use super::rules::needless_acknowledgement;
use crate::diag::{Finding, Severity, Span, did_you_mean};
use crate::model::Programme;
use crate::tree::typography::single_spaced;

/// Gives findings the weight that the programme wants, marks those that may stay, and adds what is
/// wrong with these wishes themselves.
pub(super) fn apply(programme: &Programme, findings: &mut Vec<Finding>, whole: bool) {
    let unknown = weigh(programme, findings);
    let mut needless = mark(programme, findings);
    findings.extend(unknown);
    // What only the document shows cannot be missed before there is one.
    if whole {
        findings.append(&mut needless);
    }
}

fn weigh(programme: &Programme, findings: &mut [Finding]) -> Vec<Finding> {
    let mut wrong = Vec::new();
    for (rule, weight) in &programme.weights {
        let severity = match weight.value.as_str() {
            "fehler" => Severity::Error,
            "warnung" => Severity::Warning,
            "hinweis" => Severity::Note,
            other => {
                wrong.push(
                    Finding::input(
                        "unbekannte-art",
                        format!("Das Gewicht „{other}“ gibt es nicht."),
                    )
                    .at(weight.span, "unbekannt")
                    .hint("Möglich sind: fehler, warnung, hinweis."),
                );
                continue;
            }
        };
        wrong.extend(unknown_rule(&rule.value, rule.span));
        findings
            .iter_mut()
            .filter(|finding| finding.code == rule.value)
            .for_each(|finding| finding.severity = severity);
    }
    for entry in &programme.acknowledgements {
        wrong.extend(unknown_rule(&entry.rule.value, entry.rule.span));
    }
    wrong
}

fn unknown_rule(name: &str, span: Span) -> Option<Finding> {
    let known = || RULES.iter().map(|rule| rule.code);
    if known().any(|code| code == name) {
        return None;
    }
    let hint = did_you_mean(name, known()).unwrap_or_else(|| {
        "Der Name einer Regel steht in eckigen Klammern vor ihren Befunden.".to_owned()
    });
    Some(
        Finding::input("regel-unbekannt", format!("Die Regel „{name}“ gibt es nicht."))
            .at(span, "unbekannt")
            .hint(hint),
    )
}

/// Marks the findings that the list acknowledges; gives back entries that fit no finding.
fn mark(programme: &Programme, findings: &mut [Finding]) -> Vec<Finding> {
    let mut needless = Vec::new();
    for entry in &programme.acknowledgements {
        let wanted = words(&entry.place.value);
        let mut met = false;
        for finding in findings.iter_mut().filter(|finding| finding.code == entry.rule.value) {
            let fits = words(&finding.message).contains(&wanted)
                || finding.subject.as_ref().is_some_and(|subject| words(subject).contains(&wanted));
            if fits && !wanted.is_empty() {
                met = true;
                if finding.acknowledged.is_none() {
                    finding.acknowledged = Some(entry.reason.value.trim().to_owned());
                    finding.hints.clear();
                }
            }
        }
        let known = RULES.iter().any(|rule| rule.code == entry.rule.value);
        if !met && known {
            needless.push(
                needless_acknowledgement::note(&format!(
                    "{}, „{}“",
                    entry.rule.value, entry.place.value
                ))
                .at(entry.place.span, "zu dieser Stelle gibt es keinen solchen Befund"),
            );
        }
    }
    needless
}

/// A text for comparison: no-break spaces and line breaks are blanks.
fn words(text: &str) -> String {
    single_spaced(text).to_lowercase()
}
