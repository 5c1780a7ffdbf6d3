// SPDX-License-Identifier: EUPL-1.2
//! Findings as small plain data, and the sources they point into.
//!
//! A [`Finding`] says what is wrong and where; it carries a stable code, labels on further places and
//! hints. The printers in [`text`] and [`json`] turn findings into output.
//!
//! Not here: words of the domain, rules, and the decision what to do about a finding.

pub mod json;
mod sources;
pub mod text;

pub use sources::{FileId, Sources, Span};

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// A contradiction or an input that cannot be read.
    Error,
    /// Probably wrong; somebody should look.
    Warning,
    /// Worth knowing, for instance a rounding difference.
    Note,
}

/// What a finding means for the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// The input cannot be read; nothing can be built from it.
    Input,
    /// The input was read; its content is open or contradicts itself.
    Content,
}

/// A stated and a computed figure that disagree, in print notation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disagreement {
    /// What stands at the place.
    pub stated: String,
    /// What the data give.
    pub computed: String,
    /// Stated minus computed, if both have the same unit.
    pub difference: Option<String>,
    /// Where the computed figure comes from, in a word: `berechnet`, `eingetragen` …
    pub source: &'static str,
}

/// A place with a remark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// The remark, a short phrase in German.
    pub text: String,
}

/// Something the user should know, as plain data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Stable name of the rule or message, for instance `summe`.
    pub code: &'static str,
    /// How grave it is.
    pub severity: Severity,
    /// Whether the input can be used at all.
    pub class: Class,
    /// One German sentence.
    pub message: String,
    /// Where it is; `None` if the finding concerns the whole folder.
    pub primary: Option<Label>,
    /// Further places.
    pub labels: Vec<Label>,
    /// What to do next, one German sentence each.
    pub hints: Vec<String>,
    /// The figures that disagree, where figures disagree.
    pub disagreement: Option<Disagreement>,
    /// What it is about, in a word or a sentence, so that it can be named elsewhere.
    pub subject: Option<String>,
    /// The reason with which the finding was acknowledged in the data.
    pub acknowledged: Option<String>,
}

impl Finding {
    /// An input that cannot be read.
    pub fn input(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Error, Class::Input, message)
    }

    /// An error in the content.
    pub fn error(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Error, Class::Content, message)
    }

    /// A warning about the content.
    pub fn warning(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Warning, Class::Content, message)
    }

    /// A note about the content.
    pub fn note(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Note, Class::Content, message)
    }

    fn new(
        code: &'static str,
        severity: Severity,
        class: Class,
        message: impl Into<String>,
    ) -> Self {
        Self {
            code,
            severity,
            class,
            message: message.into(),
            primary: None,
            labels: Vec::new(),
            hints: Vec::new(),
            disagreement: None,
            subject: None,
            acknowledged: None,
        }
    }

    /// Points at the place, with a remark under the excerpt.
    #[must_use]
    pub fn at(mut self, span: Span, text: impl Into<String>) -> Self {
        self.primary = Some(Label { span, text: text.into() });
        self
    }

    /// Adds a further place.
    #[must_use]
    pub fn label(mut self, span: Span, text: impl Into<String>) -> Self {
        self.labels.push(Label { span, text: text.into() });
        self
    }

    /// Adds a way out.
    #[must_use]
    pub fn hint(mut self, text: impl Into<String>) -> Self {
        self.hints.push(text.into());
        self
    }

    /// Says what the finding is about: a word or sentence by which it can be acknowledged.
    #[must_use]
    pub fn about(mut self, subject: impl Into<String>) -> Self {
        self.subject = Some(subject.into());
        self
    }

    /// Adds a way out, if there is one.
    #[must_use]
    pub fn hint_if(self, text: Option<String>) -> Self {
        match text {
            Some(text) => self.hint(text),
            None => self,
        }
    }

    /// Whether this finding still waits for somebody (is neither a note nor acknowledged).
    pub fn is_open(&self) -> bool {
        self.acknowledged.is_none() && self.severity != Severity::Note
    }
}

/// Sorts findings for reading: what stops the run first, then the gravest, then by place.
pub fn sort(findings: &mut Vec<Finding>, sources: &Sources) {
    findings.sort_by_cached_key(|finding| {
        let place = finding.primary.as_ref().map(|label| {
            (sources.path(label.span.file).to_owned(), label.span.start, label.span.end)
        });
        (finding.class, finding.severity, place, finding.code, finding.message.clone())
    });
    // One mistake may be met on several ways.
    findings.dedup();
}

/// "Meinten Sie …?" for the candidate nearest to `word`, if one is near enough to be meant.
pub fn did_you_mean<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<String> {
    let near = (word.chars().count() / 3).clamp(1, 4);
    candidates
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(word, candidate), candidate))
        .filter(|(distance, _)| *distance <= near)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| format!("Meinten Sie „{candidate}“?"))
}
