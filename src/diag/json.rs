// SPDX-License-Identifier: EUPL-1.2
//! Findings as JSON for other programs.

use serde::Serialize;

use super::{Finding, Severity, Sources};

#[derive(Serialize)]
struct Place<'a> {
    file: &'a str,
    line: usize,
    column: usize,
    text: &'a str,
}

#[derive(Serialize)]
struct Item<'a> {
    code: &'a str,
    severity: &'static str,
    message: &'a str,
    file: Option<&'a str>,
    line: Option<usize>,
    column: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    stated: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    computed: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    difference: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    acknowledged: Option<&'a str>,
    labels: Vec<Place<'a>>,
    hints: &'a [String],
}

fn item<'a>(finding: &'a Finding, sources: &'a Sources) -> Item<'a> {
    let place = |label: &'a super::Label| {
        let (line, column) = sources.position(label.span.file, label.span.start);
        Place { file: sources.path(label.span.file), line, column, text: &label.text }
    };
    let primary = finding.primary.as_ref().map(place);
    let figures = finding.disagreement.as_ref();
    Item {
        code: finding.code,
        severity: match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        },
        message: &finding.message,
        file: primary.as_ref().map(|place| place.file),
        line: primary.as_ref().map(|place| place.line),
        column: primary.as_ref().map(|place| place.column),
        stated: figures.map(|figures| figures.stated.as_str()),
        computed: figures.map(|figures| figures.computed.as_str()),
        difference: figures.and_then(|figures| figures.difference.as_deref()),
        acknowledged: finding.acknowledged.as_deref(),
        labels: finding.labels.iter().map(place).collect(),
        hints: &finding.hints,
    }
}

/// An array of objects, one per finding, ending in a line break.
///
/// # Panics
///
/// Never: the objects are made of strings and numbers only.
pub fn findings<'a>(findings: impl IntoIterator<Item = (&'a Finding, &'a Sources)>) -> String {
    let items: Vec<Item<'_>> =
        findings.into_iter().map(|(finding, sources)| item(finding, sources)).collect();
    let mut text = serde_json::to_string_pretty(&items).expect("strings and numbers serialise");
    text.push('\n');
    text
}
