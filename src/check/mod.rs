// SPDX-License-Identifier: EUPL-1.2
//! Pure functions from a programme to findings, one rule per file.
//!
//! [`RULES`] is the ordered register. A rule has one code, one file here, one sample under
//! `tests/checks/` and one paragraph in `docs/regeln.md`.
//!
//! Not here: repairing data, reading files, printing.

mod abbreviations;
mod acknowledge;
mod agreement;
pub mod calendar;
mod causes;
mod change;
mod citation;
pub mod fits;
mod key_amounts;
pub mod numbers;
mod parts;
pub mod prose;
pub mod report;
mod rules;
mod titles;
mod wording;

use abbreviations::Abbreviations;

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
    /// The data, the document, and the abbreviations in them.
    Abbreviations(for<'a> fn(&'a Programme, &Document, &Abbreviations<'a>) -> Vec<Finding>),
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
    rules::like_last_year::RULE,
    rules::part_of_whole::RULE,
    rules::unmarked_total::RULE,
    rules::odd_cell::RULE,
    rules::odd_scale::RULE,
    rules::unit_differs::RULE,
    rules::counted_twice::RULE,
    rules::limit::RULE,
    rules::two_entries::RULE,
    rules::mean::RULE,
    rules::class_gap::RULE,
    rules::unit_cost::RULE,
    rules::negative_rest::RULE,
    rules::text_figure::RULE,
    rules::text_unreadable::RULE,
    rules::free_number::RULE,
    rules::direction::RULE,
    rules::counted_list::RULE,
    rules::repeated_text::RULE,
    rules::label::RULE,
    rules::rounding::RULE,
    rules::open_figure::RULE,
    rules::placeholder::RULE,
    rules::skeleton_text::RULE,
    rules::number::RULE,
    rules::empty_text::RULE,
    rules::word_remains::RULE,
    rules::column_kind::RULE,
    rules::not_inserted::RULE,
    rules::typed_reference::RULE,
    rules::strategy_missing::RULE,
    rules::title_differs::RULE,
    rules::measure_nowhere::RULE,
    rules::priority_without_chapter::RULE,
    rules::caption_twice::RULE,
    rules::last_year::RULE,
    rules::date_order::RULE,
    rules::as_of::RULE,
    rules::source_missing::RULE,
    rules::participation::RULE,
    rules::funding_cap::RULE,
    rules::municipal_share::RULE,
    rules::caseload::RULE,
    rules::abbreviation_unexplained::RULE,
    rules::abbreviation_unused::RULE,
    rules::abbreviation_twice::RULE,
    rules::spelling::RULE,
    rules::outdated_term::RULE,
    rules::legal_basis::RULE,
    rules::citation_form::RULE,
    rules::earlier_total::RULE,
    rules::needless_acknowledgement::RULE,
];

/// Runs all rules: without a document, those that need nothing but the data.
pub fn run(programme: &Programme, document: Option<&Document>) -> Vec<Finding> {
    // Words take as long as all the rest; both are pure, and most machines have two cores.
    let (mut out, about_words) = std::thread::scope(|scope| {
        let words = document.map(|document| scope.spawn(|| of_words(programme, document)));
        (of_data(programme, document), words.map(std::thread::ScopedJoinHandle::join))
    });
    match about_words {
        Some(Ok(mut found)) => out.append(&mut found),
        Some(Err(panic)) => std::panic::resume_unwind(panic),
        None => {}
    }
    if let Some(document) = document {
        for rule in RULES {
            if let Run::Findings(run) = rule.run {
                let found = run(programme, document, &out);
                out.extend(found);
            }
        }
    }
    acknowledge::apply(programme, &mut out, document.is_some());
    out
}

fn of_data(programme: &Programme, document: Option<&Document>) -> Vec<Finding> {
    RULES
        .iter()
        .flat_map(|rule| match (rule.run, document) {
            (Run::Data(run), _) => run(programme),
            (Run::Document(run), Some(document)) => run(programme, document),
            _ => Vec::new(),
        })
        .collect()
}

fn of_words(programme: &Programme, document: &Document) -> Vec<Finding> {
    let abbreviations = Abbreviations::of(programme);
    RULES
        .iter()
        .flat_map(|rule| match rule.run {
            Run::Abbreviations(run) => run(programme, document, &abbreviations),
            _ => Vec::new(),
        })
        .collect()
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
