// SPDX-License-Identifier: EUPL-1.2
//! From a programme and a template to the document tree.
//!
//! The template (Tera) gives words and order, `engine` fills it, `assemble` puts texts, tables and
//! pictures in, counts, and resolves references. [`templates`] holds the templates themselves.
//!
//! Not here: sums and percentages (they come ready from the model), page layout, file formats.

mod abbreviations;
mod assemble;
mod engine;
mod lists;
mod numbering;
mod pictures;
mod resolve;
mod sections;
mod tables;
pub mod templates;
mod view;

use crate::diag::{Finding, Sources};
use crate::model::Programme;
use crate::model::outline::OutlineRecord;
use crate::tree::Document;

use templates::Templates;

/// Makes the document. Findings of class `Input` mean that it must not be used.
pub fn document(
    programme: &Programme,
    outline: &OutlineRecord,
    templates: &Templates,
    sources: &mut Sources,
    findings: &mut Vec<Finding>,
) -> Option<Document> {
    let filled = match engine::fill(templates, &view::of(programme), sources) {
        Ok(filled) => filled,
        Err(finding) => {
            findings.push(*finding);
            return None;
        }
    };
    Some(assemble::document(programme, outline, &filled, sources, findings))
}
