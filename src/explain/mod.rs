// SPDX-License-Identifier: EUPL-1.2
//! Where a figure comes from, and what depends on it.
//!
//! [`find`] understands what somebody asks about, [`derivation`] follows a figure down to what was
//! entered, [`origin`] names its source and the year before, [`dependents`] what changes with it, and
//! [`instead`] what would change if it were another value. [`text`] and [`json`] put that into words.
//!
//! Not here: arguments, printing, and whether a figure is right.

pub mod dependents;
pub mod derivation;
pub mod find;
mod index;
pub mod instead;
pub mod json;
pub mod origin;
mod sentence;
pub mod text;
mod wording;

use crate::diag::{Sources, Span};
use crate::model::Programme;
use crate::model::figures::{FigureId, Figures};
use crate::tree::Document;
use dependents::Dependents;
use derivation::Node;
use index::Index;
use instead::Instead;
use origin::{Earlier, Origin};

/// A place as it is printed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file as messages name it.
    pub file: String,
    /// The file within the folder of the programme.
    pub short: String,
    /// The line, from 1.
    pub line: usize,
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.short, self.line)
    }
}

/// Why there is nothing to explain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// One German sentence.
    pub message: String,
    /// What to do next.
    pub hint: String,
}

/// All that is known about a figure.
#[derive(Debug, Clone)]
pub struct Explanation {
    /// The figure.
    pub id: FigureId,
    /// Its path.
    pub path: String,
    /// What it is, in words.
    pub label: String,
    /// Its value with its unit.
    pub value: String,
    /// What is stated in its place, if that differs.
    pub stated: Option<String>,
    /// The reason with which that is acknowledged.
    pub acknowledged: Option<String>,
    /// Its star note.
    pub note: Option<String>,
    /// Where it stands.
    pub place: Place,
    /// How it came about.
    pub tree: Node,
    /// Where it comes from.
    pub origin: Origin,
    /// The year before.
    pub earlier: Option<Earlier>,
    /// What changes with it.
    pub dependents: Dependents,
    /// The other value that was asked about.
    pub instead: Option<Instead>,
}

/// A programme with everything that is needed to explain its figures.
#[derive(Debug)]
pub struct Explainer<'a> {
    programme: &'a Programme,
    document: &'a Document,
    sources: &'a Sources,
    /// The folder as messages name it, with a slash at its end.
    folder: String,
    index: Index,
}

impl<'a> Explainer<'a> {
    /// Looks through a programme once. `folder` is its folder as messages name it.
    pub fn new(
        programme: &'a Programme,
        document: &'a Document,
        sources: &'a Sources,
        folder: &str,
    ) -> Self {
        let folder = format!("{}/", folder.trim_end_matches('/'));
        let index = Index::new(programme, document);
        Self { programme, document, sources, folder, index }
    }

    /// Explains a figure.
    pub fn explain(&self, id: FigureId) -> Explanation {
        let figure = self.figures().get(id);
        Explanation {
            id,
            path: figure.path.clone(),
            label: figure.label.clone(),
            value: self.value(id),
            stated: self.stated(id),
            acknowledged: figure.reason().map(str::to_owned),
            note: figure.note.as_ref().map(|note| note.value.clone()),
            place: self.place(figure.span),
            tree: derivation::of(self, id),
            origin: origin::of(self, id),
            earlier: origin::earlier(self, id),
            dependents: dependents::of(self, id),
            instead: None,
        }
    }

    /// Whether stated values are what is printed.
    pub fn reproduction(&self) -> bool {
        self.programme.reproduction
    }

    fn figures(&self) -> &'a Figures {
        &self.programme.figures
    }

    /// A figure's value with its unit, or why there is none.
    pub fn value(&self, id: FigureId) -> String {
        wording::value(self.figures(), id)
    }

    /// What is stated in a figure's place, if it reads otherwise.
    fn stated(&self, id: FigureId) -> Option<String> {
        let stated = self.figures().get(id).stated.as_ref()?;
        let text = stated.quantity.as_ref().map_or("nichts".to_owned(), ToString::to_string);
        (text != self.value(id)).then_some(text)
    }

    /// The word for what is stated: only a reproduction prints it.
    fn stated_word(&self) -> &'static str {
        if self.programme.reproduction { "gedruckt" } else { "angegeben" }
    }

    fn place(&self, span: Span) -> Place {
        self.place_at(span.file, span.start)
    }

    fn place_at(&self, file: crate::diag::FileId, at: u32) -> Place {
        let (line, _) = self.sources.position(file, at);
        let path = self.sources.path(file);
        let short = path.strip_prefix(self.folder.as_str()).unwrap_or(path);
        Place { file: path.to_owned(), short: short.to_owned(), line }
    }
}
