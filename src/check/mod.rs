// SPDX-License-Identifier: EUPL-1.2
//! Pure functions from a programme to findings, one rule per file.
//!
//! [`RULES`] is the ordered register. A rule has one code, one file here, one sample under
//! `tests/checks/` and one paragraph in `docs/regeln.md`.
//!
//! Not here: repairing data, reading files, printing.

mod acknowledge;
mod agreement;
mod prose;
pub mod report;
mod rules;

use crate::diag::Finding;
use crate::model::Programme;
use crate::tree::Document;

/// A rule.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// Stable name, the code of its findings.
    pub code: &'static str,
    /// Finds what breaks the rule.
    pub run: Run,
}

/// What a rule looks at.
#[derive(Debug, Clone, Copy)]
pub enum Run {
    /// The data alone.
    Data(fn(&Programme) -> Vec<Finding>),
    /// The document that was made of them, too: numbers, order, what stands where.
    Document(fn(&Programme, &Document) -> Vec<Finding>),
    /// What all other rules have found.
    Findings(fn(&Programme, &Document, &[Finding]) -> Vec<Finding>),
}

/// All rules, in the order in which they are documented.
pub const RULES: &[Rule] = &[
    rules::sum::RULE,
    rules::share::RULE,
    rules::change::RULE,
    rules::calculation::RULE,
    rules::change_missing::RULE,
    rules::division_by_zero::RULE,
    rules::two_values::RULE,
    rules::part_of_whole::RULE,
    rules::text_figure::RULE,
    rules::text_unreadable::RULE,
    rules::label::RULE,
    rules::rounding::RULE,
    rules::open_figure::RULE,
    rules::placeholder::RULE,
    rules::number::RULE,
    rules::column_kind::RULE,
    rules::not_inserted::RULE,
    rules::needless_acknowledgement::RULE,
];

/// Runs all rules: without a document, those that need nothing but the data.
pub fn run(programme: &Programme, document: Option<&Document>) -> Vec<Finding> {
    let mut out = Vec::new();
    for rule in RULES {
        match (rule.run, document) {
            (Run::Data(run), _) => out.extend(run(programme)),
            (Run::Document(run), Some(document)) => out.extend(run(programme, document)),
            (Run::Findings(run), Some(document)) => {
                let found = run(programme, document, &out);
                out.extend(found);
            }
            (Run::Document(_) | Run::Findings(_), None) => {}
        }
    }
    acknowledge::apply(programme, &mut out, document.is_some());
    out
}

/// The paragraph of `docs/regeln.md` about a rule.
pub fn explanation(code: &str) -> Option<&'static str> {
    let text = include_str!("../../docs/regeln.md");
    let heading = format!("\n## {code}\n");
    let start = text.find(&heading)? + heading.len();
    let rest = &text[start..];
    let end = rest.find("\n## ").unwrap_or(rest.len());
    Some(rest[..end].trim())
}
