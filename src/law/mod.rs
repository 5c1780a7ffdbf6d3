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
    /// Whether every programme has to hear it.
    #[serde(rename = "pflicht", default)]
    pub required: bool,
    /// In which form of Jobcenter alone there is such a body: `gE` or `zkT`.
    #[serde(rename = "traegerform", default)]
    pub form: Option<String>,
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

impl Body {
    /// Whether the entry holds on a day written as `2026-11-20`.
    pub fn applies(&self, day: &str) -> bool {
        holds(&self.from, self.until.as_deref(), day)
    }
}

/// A number that the law sets: a share in percent, or how many persons one member of staff looks after.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bound {
    /// Id; the same one for all versions of a rule.
    pub id: String,
    /// What is bounded.
    #[serde(rename = "bezeichnung")]
    pub label: String,
    /// Sections of the SGB II whose measures it is about, without the sign: `16e`.
    #[serde(rename = "paragraphen", default)]
    pub sections: Vec<String>,
    /// The number, with a decimal point.
    #[serde(rename = "wert")]
    pub value: String,
    /// What it counts: `%`, or `1:` for a ratio.
    #[serde(rename = "einheit")]
    pub unit: String,
    /// First day on which this holds.
    #[serde(rename = "gueltig_ab")]
    pub from: String,
    /// Last day on which this holds, if it has ended.
    #[serde(rename = "gueltig_bis", default)]
    pub until: Option<String>,
    /// Where it was read.
    #[serde(rename = "quelle")]
    pub source: String,
    /// What about it is not established.
    #[serde(rename = "offen", default)]
    pub open: Option<String>,
}

/// Whether a day lies between two others; days written as `2026-11-20` sort like words.
fn holds(from: &str, until: Option<&str>, day: &str) -> bool {
    from <= day && until.is_none_or(|until| day <= until)
}

static BOUNDS: LazyLock<Vec<Bound>> =
    LazyLock::new(|| serde_json::from_str(include_str!("grenzen.json")).unwrap_or_default());

/// All numbers that the law sets, with all their versions.
pub fn bounds() -> &'static [Bound] {
    &BOUNDS
}

/// The version of a rule that holds on a day written as `2026-11-20`.
pub fn bound(id: &str, day: &str) -> Option<&'static Bound> {
    BOUNDS.iter().find(|bound| bound.id == id && holds(&bound.from, bound.until.as_deref(), day))
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
