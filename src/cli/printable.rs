// SPDX-License-Identifier: EUPL-1.2
//! Whether a document can be printed: fonts that are there, characters that they have.

use super::session::Loaded;
use crate::diag::{Finding, Sources};
use crate::model::Programme;
use crate::render::templates::Templates;
use crate::tree::Document;

#[cfg(not(feature = "pdf"))]
pub(super) fn problems(_: &Programme, _: &Document, _: &Templates, _: &Sources) -> Vec<Finding> {
    Vec::new()
}

#[cfg(not(feature = "pdf"))]
pub(super) fn shown(document: Document, _: &Loaded) -> Document {
    document
}

#[cfg(feature = "pdf")]
pub(super) use with_fonts::{problems, shown, theme_files};

#[cfg(feature = "pdf")]
mod with_fonts {
    use super::{Document, Finding, Loaded, Programme, Sources, Templates};
    use crate::diag::{Span, did_you_mean};
    use crate::tree::{Inline, walk};
    use crate::write::markdown;
    use crate::write::pdf::{self, ThemeFiles};

    /// The theme: files of the templates, and the fonts that the programme brings.
    pub(in crate::cli) fn theme_files(document: &Document, templates: &Templates) -> ThemeFiles {
        let mut files = templates.pdf_files.clone();
        files.extend(document.theme.fonts.iter().cloned());
        ThemeFiles { texts: templates.pdf.clone(), files }
    }

    /// Fonts that are missing, and characters that no font has, each at its first place.
    pub(in crate::cli) fn problems(
        programme: &Programme,
        document: &Document,
        templates: &Templates,
        sources: &Sources,
    ) -> Vec<Finding> {
        let theme = theme_files(document, templates);
        let mut out = missing_fonts(programme, &theme);
        let text = markdown::document(document);
        for c in pdf::unprintable(&text, &theme) {
            let place = sources.files().find_map(|file| {
                let at = sources.text(file).find(c)?;
                Some(Span::new(file, at..at + c.len_utf8()))
            });
            let finding = Finding::input(
                "zeichen-fehlt",
                format!(
                    "Das Zeichen „{c}“ kann nicht gedruckt werden; die Schrift enthält es nicht."
                ),
            )
            .hint("Ersetzen Sie es durch ein übliches Zeichen, zum Beispiel „→“ oder „•“, oder nennen Sie unter „thema:“ eine Schrift, die es enthält.");
            out.push(match place {
                Some(span) => finding.at(span, "dieses Zeichen"),
                None => finding,
            });
        }
        out
    }

    /// A report with a question mark for each character that no font has: it quotes what the document
    /// does not show, such as reasons, and must not fail on that.
    pub(in crate::cli) fn shown(mut report: Document, loaded: &Loaded) -> Document {
        let theme = theme_files(&report, &loaded.templates);
        let missing = pdf::unprintable(&markdown::report(&report), &theme);
        walk::inlines_mut(&mut report.blocks, &mut |list| {
            for inline in list {
                if let Inline::Text(text) = inline {
                    *text = text.replace(missing.as_slice(), "?");
                }
            }
        });
        report
    }

    /// Fonts that the theme names and that are neither part of the program nor in the folder.
    fn missing_fonts(programme: &Programme, theme: &ThemeFiles) -> Vec<Finding> {
        if programme.theme_fonts.is_empty() {
            return Vec::new();
        }
        let families = pdf::families(theme);
        let known = || families.iter().map(String::as_str);
        let fonts = programme.theme_fonts.iter();
        fonts
            .filter(|font| !families.contains(&font.value))
            .map(|font| {
                Finding::input(
                    "schrift-fehlt",
                    format!("Die Schrift „{}“ ist nicht da.", font.value),
                )
                .at(font.span, "nicht gefunden")
                .hint_if(did_you_mean(&font.value, known()))
                .hint(format!(
                    "Legen Sie ihre Dateien in den Ordner des Programms, und nennen Sie sie unter „schriften:“. Vorhanden: {}.",
                    families.join(", ")
                ))
            })
            .collect()
    }
}
