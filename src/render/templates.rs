// SPDX-License-Identifier: EUPL-1.2
//! The templates: those that are part of the program, or those of a folder.

use std::collections::BTreeMap;
use std::path::Path;

use crate::diag::{Finding, did_you_mean};
use crate::model::folder;

/// Outlines that are part of the program, with their files.
const OUTLINES: &[(&str, &[(&str, &str)])] = &[(
    "programm",
    &[
        ("dokument.md", include_str!("../../templates/programm/dokument.md")),
        ("gliederung.yaml", include_str!("../../templates/programm/gliederung.yaml")),
    ],
)];

/// The typst files that are part of the program.
const PDF: &[(&str, &str)] = &[
    ("bloecke.typ", include_str!("../../templates/pdf/bloecke.typ")),
    ("dokument.typ", include_str!("../../templates/pdf/dokument.typ")),
    ("tabellen.typ", include_str!("../../templates/pdf/tabellen.typ")),
    ("thema.typ", include_str!("../../templates/pdf/thema.typ")),
];

/// Name of the main template of an outline.
pub const MAIN: &str = "dokument.md";

/// Name of the file with words and sets of columns.
pub const WORDS: &str = "gliederung.yaml";

/// The templates of one outline and the PDF's theme.
#[derive(Debug, Clone)]
pub struct Templates {
    /// Folder shown in messages.
    pub shown: String,
    /// Files of the outline by name.
    pub outline: BTreeMap<String, String>,
    /// Texts of the PDF theme by name.
    pub pdf: BTreeMap<String, String>,
    /// Pictures and fonts of the PDF theme by name.
    pub pdf_files: BTreeMap<String, Vec<u8>>,
}

impl Templates {
    /// The templates of an outline: the built-in ones, with files of a folder in their place where it
    /// has them (`DIR/<outline>/…`, `DIR/pdf/…`).
    ///
    /// # Errors
    ///
    /// If there is no such outline, the folder does not exist, or a file is missing or not UTF-8.
    pub fn load(outline: &str, directory: Option<&Path>) -> Result<Self, Box<Finding>> {
        let owned = |files: &[(&str, &str)]| -> BTreeMap<String, String> {
            files.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
        };
        let built_in = OUTLINES.iter().find(|(name, _)| *name == outline);
        let mut templates = Self {
            shown: format!("templates/{outline}"),
            outline: built_in.map(|(_, files)| owned(files)).unwrap_or_default(),
            pdf: owned(PDF),
            pdf_files: BTreeMap::new(),
        };
        if let Some(directory) = directory {
            templates.overlay(outline, directory)?;
        }
        if templates.outline.is_empty() {
            return Err(Box::new(unknown(outline)));
        }
        for name in [MAIN, WORDS] {
            if !templates.outline.contains_key(name) {
                return Err(Box::new(missing(&format!("{}/{name}", templates.shown))));
            }
        }
        Ok(templates)
    }

    fn overlay(&mut self, outline: &str, directory: &Path) -> Result<(), Box<Finding>> {
        if !directory.is_dir() {
            return Err(Box::new(
                Finding::input("vorlage-fehlt", format!("Den Vorlagenordner „{}“ gibt es nicht.", folder::show(directory)))
                    .hint("Geben Sie hinter --vorlagen den Ordner an, in dem „programm“ und „pdf“ liegen."),
            ));
        }
        let own = directory.join(outline);
        if own.is_dir() {
            // A folder of one's own is complete: a file that is missing there is missing.
            self.shown = folder::show(&own);
            self.outline = files(&own)?;
        }
        let pdf = directory.join("pdf");
        self.pdf.extend(files(&pdf)?);
        self.pdf_files = binary_files(&pdf);
        Ok(())
    }
}

fn files(directory: &Path) -> Result<BTreeMap<String, String>, Box<Finding>> {
    let mut out = BTreeMap::new();
    let Ok(entries) = std::fs::read_dir(directory) else { return Ok(out) };
    for entry in entries.flatten() {
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().into_owned();
        let known = [".md", ".yaml", ".typ"].iter().any(|ending| name.ends_with(ending));
        if !path.is_file() || !known {
            continue;
        }
        let text = std::fs::read_to_string(&path).map_err(|_| {
            Box::new(
                Finding::input(
                    "vorlage-nicht-lesbar",
                    format!("Die Vorlage „{}“ kann nicht gelesen werden.", folder::show(&path)),
                )
                .hint("Vorlagen sind Textdateien in UTF-8."),
            )
        })?;
        out.insert(name, text.trim_start_matches('\u{feff}').to_owned());
    }
    Ok(out)
}

/// A logo and fonts of one's own.
fn binary_files(directory: &Path) -> BTreeMap<String, Vec<u8>> {
    let Ok(entries) = std::fs::read_dir(directory) else { return BTreeMap::new() };
    entries
        .flatten()
        .filter_map(|entry| {
            let name = entry.file_name().to_string_lossy().into_owned();
            let known = [".svg", ".png", ".jpg", ".ttf", ".otf"];
            known.iter().any(|ending| name.to_lowercase().ends_with(ending)).then_some(())?;
            Some((name, std::fs::read(entry.path()).ok()?))
        })
        .collect()
}

fn missing(path: &str) -> Finding {
    Finding::input("vorlage-fehlt", format!("Die Vorlage „{path}“ fehlt."))
        .hint("Kopieren Sie sie aus dem Ordner templates/ von amip zurück.")
}

fn unknown(outline: &str) -> Finding {
    let known = OUTLINES.iter().map(|(name, _)| *name);
    let names: Vec<&str> = known.clone().collect();
    Finding::input("unbekannte-gliederung", format!("Die Gliederung „{outline}“ gibt es nicht."))
        .hint_if(did_you_mean(outline, known))
        .hint(format!("Eingebaut sind: {}.", names.join(", ")))
}
