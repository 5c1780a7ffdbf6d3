// SPDX-License-Identifier: EUPL-1.2
//! The law of the field as dated data: each entry applies from a day to a day and names its source.
//!
//! Not here: rules that apply it, and how it is printed.

pub mod common;
pub mod instruments;
pub mod terms;

use std::sync::LazyLock;

use serde::Deserialize;

/// A body that takes part in drawing up a programme (Gremium).
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Body {
    /// Id, as the data write it.
    pub id: String,
    /// Usual name; empty if the data have to give one.
    pub name: String,
    /// Legal ground of its part.
    #[serde(rename = "rechtsgrundlage", default)]
    pub ground: Option<String>,
    /// First day on which this holds, as `2011-01-01`.
    #[serde(rename = "gueltig_ab")]
    pub from: String,
    /// Last day on which this holds, if it has ended.
    #[serde(rename = "gueltig_bis", default)]
    pub until: Option<String>,
    /// Where it was read.
    #[serde(rename = "quelle")]
    pub source: String,
}

static BODIES: LazyLock<Vec<Body>> = LazyLock::new(|| {
    // Part of the program and read by a test; what does not parse would be an empty list.
    serde_json::from_str(include_str!("gremien.json")).unwrap_or_default()
});

/// All bodies, in the order in which they are usually named.
pub fn bodies() -> &'static [Body] {
    &BODIES
}

/// The body with an id.
pub fn body(id: &str) -> Option<&'static Body> {
    BODIES.iter().find(|body| body.id == id)
}
