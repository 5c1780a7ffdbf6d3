// SPDX-License-Identifier: EUPL-1.2
//! Explanations as JSON for other programs.

use serde::Serialize;

use super::Explanation;
use super::dependents::{Dependent, Kind};
use super::derivation::Node;

#[derive(Serialize)]
struct Item<'a> {
    path: &'a str,
    label: &'a str,
    value: &'a str,
    file: &'a str,
    line: usize,
    stated: Option<&'a str>,
    acknowledged: Option<&'a str>,
    source: Option<&'a str>,
    month: Option<&'a str>,
    as_of: Option<&'a str>,
    allocation: Option<&'a str>,
    sources: Vec<Source<'a>>,
    previous: Option<Previous<'a>>,
    tree: Branch<'a>,
    dependents: Vec<Change<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    instead: Option<Other<'a>>,
}

#[derive(Serialize)]
struct Source<'a> {
    text: &'a str,
    figures: usize,
}

#[derive(Serialize)]
struct Previous<'a> {
    path: &'a str,
    label: &'a str,
    value: &'a str,
    file: &'a str,
    line: usize,
    difference: Option<&'a str>,
    change: Option<&'a str>,
}

#[derive(Serialize)]
struct Branch<'a> {
    path: &'a str,
    label: &'a str,
    value: &'a str,
    file: &'a str,
    line: usize,
    how: Option<&'a str>,
    stated: Option<&'a str>,
    counts: bool,
    left_out: Option<&'a str>,
    notes: &'a [String],
    repeated: bool,
    parts: Vec<Branch<'a>>,
}

#[derive(Serialize)]
struct Change<'a> {
    kind: &'static str,
    path: Option<&'a str>,
    place: String,
    file: &'a str,
    line: usize,
    label: String,
    bound: Option<&'a str>,
    old: &'a str,
    new: Option<&'a str>,
    difference: Option<&'a str>,
    remark: Option<&'a str>,
    direct: bool,
}

#[derive(Serialize)]
struct Other<'a> {
    old: &'a str,
    value: &'a str,
    difference: Option<&'a str>,
    change: Option<&'a str>,
    unchanged: usize,
}

fn branch(node: &Node) -> Branch<'_> {
    Branch {
        path: &node.path,
        label: &node.label,
        value: &node.value,
        file: &node.place.file,
        line: node.place.line,
        how: node.how.as_deref(),
        stated: node.stated.as_deref(),
        counts: node.left_out.is_none(),
        left_out: node.left_out.as_deref(),
        notes: &node.notes,
        repeated: node.repeated,
        parts: node.parts.iter().map(branch).collect(),
    }
}

fn change(dependent: &Dependent) -> Change<'_> {
    let label = if dependent.group.is_empty() {
        dependent.label.clone()
    } else {
        format!("{}, {}", dependent.group, dependent.label)
    };
    let number = dependent.group.split(':').next().unwrap_or_default();
    Change {
        kind: match dependent.kind {
            Kind::Total => "total",
            Kind::Share => "share",
            Kind::Calculation => "calculation",
            Kind::Check => "check",
            Kind::Table => "table",
            Kind::Chart => "chart",
            Kind::Sentence => "sentence",
        },
        path: dependent.path.as_deref(),
        place: if number.is_empty() { dependent.place.to_string() } else { number.to_owned() },
        file: &dependent.place.file,
        line: dependent.place.line,
        label,
        bound: dependent.bound.as_deref(),
        old: &dependent.old,
        new: dependent.new.as_deref(),
        difference: dependent.difference.as_deref(),
        remark: dependent.remark.as_deref(),
        direct: dependent.direct,
    }
}

fn item(explanation: &Explanation) -> Item<'_> {
    let origin = &explanation.origin;
    Item {
        path: &explanation.path,
        label: &explanation.label,
        value: &explanation.value,
        file: &explanation.place.file,
        line: explanation.place.line,
        stated: explanation.stated.as_deref(),
        acknowledged: explanation.acknowledged.as_deref(),
        source: origin.source.as_deref(),
        month: origin.month.as_deref(),
        as_of: origin.as_of.as_deref(),
        allocation: origin.allocation.as_deref(),
        sources: origin
            .entered
            .iter()
            .map(|(text, figures)| Source { text, figures: *figures })
            .collect(),
        previous: explanation.earlier.as_ref().map(|earlier| Previous {
            path: &earlier.path,
            label: &earlier.label,
            value: &earlier.value,
            file: &earlier.place.file,
            line: earlier.place.line,
            difference: earlier.difference.as_deref(),
            change: earlier.change.as_deref(),
        }),
        tree: branch(&explanation.tree),
        dependents: explanation.dependents.all.iter().map(change).collect(),
        instead: explanation.instead.as_ref().map(|instead| Other {
            old: &instead.old,
            value: &instead.value,
            difference: instead.difference.as_deref(),
            change: instead.change.as_deref(),
            unchanged: instead.unchanged,
        }),
    }
}

/// An array of objects, one per figure, ending in a line break.
///
/// # Panics
///
/// Never: the objects are made of strings and numbers only.
pub fn explanations(explanations: &[Explanation]) -> String {
    let items: Vec<Item<'_>> = explanations.iter().map(item).collect();
    let mut text = serde_json::to_string_pretty(&items).expect("strings and numbers serialise");
    text.push('\n');
    text
}
