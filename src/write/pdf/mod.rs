// SPDX-License-Identifier: EUPL-1.2
//! The accessible PDF: PDF/UA-1 and PDF/A-2a in one file, set by typst.
//!
//! The tree goes to the fixed typst files of the theme as JSON; nothing a user writes becomes typst
//! source. This is the only place that knows typst.

mod data;
mod layout;
mod world;

use std::collections::BTreeMap;

use typst::foundations::Smart;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::tree::Document;
use world::World;

/// How much care the lines take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quality {
    /// Lines are broken over whole paragraphs.
    Full,
    /// Lines are broken one by one, for drafts.
    Fast,
}

/// The theme: typst files, and pictures and fonts that lie beside them.
#[derive(Debug, Clone, Default)]
pub struct ThemeFiles {
    /// Texts by name.
    pub texts: BTreeMap<String, String>,
    /// Other files by name; `.ttf` and `.otf` are fonts.
    pub files: BTreeMap<String, Vec<u8>>,
}

/// The characters of a text that none of the fonts can show, each once.
pub fn unprintable(text: &str, theme: &ThemeFiles) -> Vec<char> {
    let mut out: Vec<char> = text
        .chars()
        .filter(|c| !c.is_ascii() && !c.is_whitespace() && !c.is_control() && !is_invisible(*c))
        .collect();
    out.sort_unstable();
    out.dedup();
    let fonts = world::fonts(theme);
    out.retain(|c| !world::can_show(*c, &fonts));
    out
}

/// The font families that a document can be set in.
pub fn families(theme: &ThemeFiles) -> Vec<String> {
    let mut out: Vec<String> =
        world::fonts(theme).iter().map(|font| font.info().family.clone()).collect();
    out.sort();
    out.dedup();
    out
}

/// Signs that lead lines without being seen.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

/// Sets a document.
///
/// # Errors
///
/// What typst reports, as text: the theme is broken or the document cannot be made accessible.
pub fn document(
    document: &Document,
    theme: &ThemeFiles,
    quality: Quality,
) -> Result<Vec<u8>, String> {
    let (json, files) = data::of(document, quality);
    let world = World::new(theme, json, files);
    let compiled = typst::compile::<typst_layout::PagedDocument>(&world);
    let pages = compiled.output.map_err(|errors| world.report(&errors))?;
    // A font that is not there would be replaced silently.
    let fonts: Vec<_> = compiled
        .warnings
        .iter()
        .filter(|warning| warning.message.contains("unknown font"))
        .cloned()
        .collect();
    if !fonts.is_empty() {
        return Err(world.report(&fonts));
    }
    let standards = PdfStandards::new(&[PdfStandard::Ua_1, PdfStandard::A_2a])
        .map_err(|error| error.message().to_string())?;
    let options = PdfOptions {
        ident: Smart::Custom(format!(
            "{}\u{1f}{}",
            document.meta.organisation, document.meta.title
        )),
        creator: Smart::Custom(Some(concat!("amip ", env!("CARGO_PKG_VERSION")).to_owned())),
        standards,
        ..PdfOptions::default()
    };
    typst_pdf::pdf(&pages, &options).map_err(|errors| world.report(&errors))
}
