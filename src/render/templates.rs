// SPDX-License-Identifier: EUPL-1.2
//! The templates: those that are part of the program, or those of a folder.

use std::collections::BTreeMap;
use std::path::Path;

use crate::diag::{Finding, did_you_mean};
use crate::model::folder;

/// A file of the templates: its name and text.
pub type BuiltIn = (&'static str, &'static str);

macro_rules! outline {
    ($name:literal: $($file:literal),*) => {
        (
            $name,
            &[$(($file, include_str!(concat!("../../templates/", $name, "/", $file)))),*],
        )
    };
}

/// Outlines that are part of the program, with their files. The first one lends its words and sets
/// of columns to the others.
const OUTLINES: &[(&str, &[BuiltIn])] = &[
    outline!("programm": "dokument.md", "titelei.md", "strategien.md", "massnahmen.md", "verzeichnisse.md", "gliederung.yaml"),
    outline!("planungsdokument": "dokument.md", "titelei.md", "handlungsfelder.md", "schluss.md", "gliederung.yaml"),
];

macro_rules! skeleton {
    ($name:literal: $($file:literal),* $(,)?) => {
        (
            $name,
            &[$((
                $file,
                include_str!(concat!("../../templates/", $name, "/neu/", $file)),
            )),*],
        )
    };
}

/// Files of a new programme, by outline: path in the folder, and text with marks such as
/// `{{ jahr }}`.
const SKELETONS: &[(&str, &[BuiltIn])] = &[
    skeleton!("programm":
        "abkuerzungen.yaml",
        "arbeitsmarkt.yaml",
        "beteiligung.yaml",
        "handlungsfelder/1-integration.yaml",
        "handlungsfelder/2-langzeitbezug.yaml",
        "kapitel/arbeitsmarkt.md",
        "kapitel/ausrichtung.md",
        "kapitel/einleitung.md",
        "kapitel/hf-integration.md",
        "kapitel/hf-langzeitbezug.md",
        "kapitel/kennzahlen.md",
        "kapitel/kundenstruktur.md",
        "kapitel/massnahmen.md",
        "kapitel/mittelfristig.md",
        "kapitel/prozess.md",
        "kapitel/ressourcen.md",
        "kapitel/schwerpunkte.md",
        "kapitel/strategien.md",
        "kapitel/strukturbesonderheiten.md",
        "kennzahlen.yaml",
        "kunden.yaml",
        "mittel.yaml",
        "mittelfristig.yaml",
        "personal.yaml",
        "programm.yaml",
        "prozess.yaml",
        "pruefungen.yaml",
        "schaubilder.yaml",
        "schwerpunkte.yaml",
        "ziele.yaml",
    ),
    skeleton!("planungsdokument":
        "abkuerzungen.yaml",
        "arbeitsmarkt.yaml",
        "beteiligung.yaml",
        "handlungsfelder/1-integration.yaml",
        "handlungsfelder/2-langzeitbezug.yaml",
        "investitionen.yaml",
        "kapitel/beteiligung.md",
        "kapitel/handlungsfelder.md",
        "kapitel/hf-integration.md",
        "kapitel/hf-langzeitbezug.md",
        "kapitel/impressum.md",
        "kapitel/investitionen.md",
        "kapitel/kunden.md",
        "kapitel/performance.md",
        "kapitel/unterschrift.md",
        "kapitel/vorwort.md",
        "kapitel/ziele.md",
        "kunden.yaml",
        "performance.yaml",
        "programm.yaml",
        "pruefungen.yaml",
        "schaubilder.yaml",
        "ziele.yaml",
    ),
];

/// The files of a new programme of an outline.
pub fn skeleton(outline: &str) -> Option<&'static [BuiltIn]> {
    SKELETONS.iter().find(|(name, _)| *name == outline).map(|(_, files)| *files)
}

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

/// A file of an outline.
#[derive(Debug, Clone)]
pub struct Template {
    /// Its text.
    pub text: String,
    /// Its path, as messages show it.
    pub shown: String,
}

/// The templates of one outline and the PDF's theme.
#[derive(Debug, Clone)]
pub struct Templates {
    /// Files of the outline by name.
    pub outline: BTreeMap<String, Template>,
    /// Texts of the PDF theme by name.
    pub pdf: BTreeMap<String, String>,
    /// Pictures and fonts of the PDF theme by name.
    pub pdf_files: BTreeMap<String, Vec<u8>>,
}

/// Names of the outlines that are part of the program; the first one is used where none is named.
pub fn names() -> impl Iterator<Item = &'static str> {
    OUTLINES.iter().map(|(name, _)| *name)
}

impl Templates {
    /// The templates of an outline: the built-in ones, single files of which are replaced by those
    /// of folders (`DIR/<outline>/…`, `DIR/pdf/…`); later folders win. An outline that only a
    /// folder has is made of the files there.
    ///
    /// # Errors
    ///
    /// If there is no such outline, a folder does not exist, or a file is missing or not UTF-8.
    pub fn load(outline: &str, directories: &[&Path]) -> Result<Self, Box<Finding>> {
        // A name, not a way to somewhere else.
        if !outline.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_')) {
            return Err(Box::new(unknown(outline, directories)));
        }
        let built_in = OUTLINES.iter().find(|(name, _)| *name == outline);
        let built_in = built_in.map_or(&[][..], |(_, files)| files);
        let mut templates = Self {
            outline: built_in
                .iter()
                .map(|(name, text)| {
                    let shown = format!("templates/{outline}/{name}");
                    ((*name).to_owned(), Template { text: (*text).to_owned(), shown })
                })
                .collect(),
            pdf: PDF.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect(),
            pdf_files: BTreeMap::new(),
        };
        for directory in directories {
            templates.overlay(outline, directory)?;
        }
        if templates.outline.is_empty() {
            return Err(Box::new(unknown(outline, directories)));
        }
        if !templates.outline.contains_key(MAIN) {
            return Err(Box::new(missing(outline)));
        }
        Ok(templates)
    }

    fn overlay(&mut self, outline: &str, directory: &Path) -> Result<(), Box<Finding>> {
        if !directory.is_dir() {
            return Err(Box::new(
                Finding::input("vorlage-fehlt", format!("Den Vorlagenordner „{}“ gibt es nicht.", folder::show(directory)))
                    .hint("Geben Sie hinter --vorlagen den Ordner an, in dem zum Beispiel „programm“ und „pdf“ liegen."),
            ));
        }
        let own = directory.join(outline);
        for (name, text) in files(&own)? {
            let shown = folder::show(&own.join(&name));
            self.outline.insert(name, Template { text, shown });
        }
        let pdf = directory.join("pdf");
        self.pdf.extend(files(&pdf)?);
        self.pdf_files.extend(binary_files(&pdf));
        Ok(())
    }
}

impl Templates {
    /// Files and folders of a templates folder that nothing uses, probably because of their names.
    pub fn unused(&self, outline: &str, directory: &Path) -> Vec<Finding> {
        let mut out = Vec::new();
        let mut known: Vec<&str> = vec![outline, "pdf"];
        for name in names().filter(|name| *name != outline) {
            known.push(name);
        }
        for (name, is_folder) in entries(directory) {
            // A folder with a main template is another outline, kept for another year.
            let outline = directory.join(&name).join(MAIN).is_file();
            let misplaced = is_template(&name) || is_folder && !outline;
            if misplaced && !known.contains(&name.as_str()) {
                out.push(unused(directory, &name, &known));
            }
        }
        let used: Vec<&str> =
            self.outline.keys().map(String::as_str).filter(|name| self.reached(name)).collect();
        for (name, is_folder) in entries(&directory.join(outline)) {
            let known = used.contains(&name.as_str()) || is_folder && name == "neu";
            if !known {
                out.push(unused(&directory.join(outline), &name, &used));
            }
        }
        let built_in: Vec<&str> = PDF.iter().map(|(name, _)| *name).collect();
        for (name, _) in entries(&directory.join("pdf")) {
            let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
            let own = !ending.eq_ignore_ascii_case("typ");
            if !own && !built_in.contains(&name.as_str()) && !self.imported(&name) {
                out.push(unused(&directory.join("pdf"), &name, &built_in));
            }
        }
        out
    }

    /// Whether a file of the outline is the main one, the words, or named by another one.
    fn reached(&self, name: &str) -> bool {
        let quoted = [format!("\"{name}\""), format!("'{name}'")];
        matches!(name, MAIN | WORDS)
            || self
                .outline
                .values()
                .any(|template| quoted.iter().any(|quoted| template.text.contains(quoted.as_str())))
    }

    /// Whether a typst file names another one.
    fn imported(&self, name: &str) -> bool {
        self.pdf.values().any(|text| text.contains(&format!("\"{name}\"")))
    }
}

/// The visible files and folders of a folder, by name.
fn entries(directory: &Path) -> Vec<(String, bool)> {
    let found = std::fs::read_dir(directory).into_iter().flatten().flatten();
    let mut out: Vec<(String, bool)> = found
        .map(|entry| (entry.file_name().to_string_lossy().into_owned(), entry.path().is_dir()))
        .filter(|(name, _)| !name.starts_with(['.', '~']))
        .collect();
    out.sort();
    out
}

fn unused(directory: &Path, name: &str, known: &[&str]) -> Finding {
    let path = folder::show(&directory.join(name));
    Finding::input("vorlage-ungenutzt", format!("Die Vorlage „{path}“ wird nirgends verwendet."))
        .hint_if(did_you_mean(name, known.iter().copied()))
        .hint(format!("Verwendet werden hier: {}.", known.join(", ")))
}

/// Whether a file's name is that of a text that templates are made of.
fn is_template(name: &str) -> bool {
    [".md", ".yaml", ".typ"].iter().any(|ending| name.ends_with(ending))
}

fn files(directory: &Path) -> Result<BTreeMap<String, String>, Box<Finding>> {
    let mut out = BTreeMap::new();
    let Ok(entries) = std::fs::read_dir(directory) else { return Ok(out) };
    for entry in entries.flatten() {
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().into_owned();
        if !path.is_file() || !is_template(&name) {
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

fn missing(outline: &str) -> Finding {
    Finding::input("vorlage-fehlt", format!("Die Vorlage „{outline}/{MAIN}“ fehlt."))
        .hint(format!("Eine eigene Gliederung braucht mindestens templates/{outline}/{MAIN} mit den Überschriften in ihrer Reihenfolge."))
}

fn unknown(outline: &str, directories: &[&Path]) -> Finding {
    let mut known: Vec<String> = names().map(str::to_owned).collect();
    for entry in directories.iter().filter_map(|path| std::fs::read_dir(path).ok()).flatten() {
        let own = entry.ok().filter(|entry| entry.path().is_dir());
        let name = own.map(|entry| entry.file_name().to_string_lossy().into_owned());
        known.extend(name.filter(|name| name != "pdf"));
    }
    known.sort();
    known.dedup();
    Finding::input("unbekannte-gliederung", format!("Die Gliederung „{outline}“ gibt es nicht."))
        .hint_if(did_you_mean(outline, known.iter().map(String::as_str)))
        .hint(format!("Möglich sind: {}.", known.join(", ")))
}
