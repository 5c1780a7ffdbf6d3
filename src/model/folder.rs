// SPDX-License-Identifier: EUPL-1.2
//! The files of a programme's folder, read completely before anything is made of them.
//!
//! Every file is read as UTF-8, with or without a byte order mark; nothing outside the folder is read.
//!
//! Not here: what the files mean.

use std::fs;
use std::path::{Path, PathBuf};

use crate::diag::{FileId, Finding, Sources, Span};

/// Largest file that is read, in bytes. Real ones have a few dozen kilobytes.
const MAX_FILE: u64 = 5 * 1024 * 1024;
/// Deepest nesting of folders.
const MAX_DEPTH: usize = 8;

/// The files of a programme.
#[derive(Debug, Default)]
pub struct Folder {
    /// Where it is.
    pub root: PathBuf,
    /// The YAML files, by path.
    pub data: Vec<FileId>,
    /// The texts under `kapitel/`, by name (path without ending).
    pub texts: Vec<(String, FileId)>,
    /// `programm.yaml`.
    pub main: Option<FileId>,
}

/// Reads a folder.
pub fn read(root: &Path, sources: &mut Sources, findings: &mut Vec<Finding>) -> Folder {
    walk(root, true, sources, findings)
}

/// Reads the data of a folder and leaves out its texts.
pub fn data(root: &Path, sources: &mut Sources, findings: &mut Vec<Finding>) -> Folder {
    walk(root, false, sources, findings)
}

fn walk(root: &Path, texts: bool, sources: &mut Sources, findings: &mut Vec<Finding>) -> Folder {
    let mut folder = Folder { root: root.to_owned(), ..Folder::default() };
    let shown = show(root);
    if !root.exists() {
        findings.push(
            Finding::input("ordner-fehlt", format!("Den Ordner „{shown}“ gibt es nicht."))
                .hint_if(neighbour(root))
                .hint("Geben Sie den Ordner des Programms an, zum Beispiel „amip build data/duesseldorf-2016“."),
        );
        return folder;
    }
    if !root.is_dir() {
        findings.push(
            Finding::input("kein-ordner", format!("„{shown}“ ist eine Datei, kein Ordner."))
                .hint("Geben Sie den Ordner an, in dem programm.yaml liegt."),
        );
        return folder;
    }
    let Ok(base) = root.canonicalize() else {
        findings.push(unreadable(&shown));
        return folder;
    };
    let mut walk = Walk {
        base,
        root,
        texts,
        sources,
        findings,
        folder: &mut folder,
        seen: std::collections::BTreeSet::new(),
    };
    walk.seen.insert(walk.base.clone());
    walk.directory(root, 0);
    if folder.data.is_empty() && folder.texts.is_empty() && findings.is_empty() {
        findings.push(
            Finding::input("ordner-leer", format!("Im Ordner „{shown}“ liegen keine Daten."))
                .hint("Ein Programm braucht mindestens die Datei programm.yaml; das Format beschreibt docs/format.md."),
        );
    } else if folder.main.is_none() && !findings.iter().any(mentions_main) {
        findings.push(
            Finding::input("programm-fehlt", format!("Im Ordner „{shown}“ fehlt die Datei programm.yaml."))
                .hint("Legen Sie programm.yaml mit dem Block „programm:“ an; docs/format.md zeigt ein Beispiel."),
        );
    }
    folder
}

fn mentions_main(finding: &Finding) -> bool {
    finding.message.contains("programm.yaml")
}

/// Names of the file that makes a folder a programme.
pub const MAIN: [&str; 2] = ["programm.yaml", "programm.yml"];

/// Whether a folder holds a programme.
pub fn is_programme(path: &Path) -> bool {
    MAIN.iter().any(|name| path.join(name).is_file())
}

/// Path with `/`, as shown to the user.
pub fn show(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

fn unreadable(path: &str) -> Finding {
    Finding::input("nicht-lesbar", format!("„{path}“ kann nicht gelesen werden."))
        .hint("Prüfen Sie, ob die Datei noch da ist und ob Sie sie öffnen dürfen.")
}

/// A folder beside the missing one with a similar name.
fn neighbour(root: &Path) -> Option<String> {
    let name = root.file_name()?.to_str()?;
    let parent = root.parent().filter(|parent| !parent.as_os_str().is_empty());
    let entries = fs::read_dir(parent.unwrap_or(Path::new("."))).ok()?;
    let mut names: Vec<String> =
        entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok()).collect();
    names.sort();
    crate::diag::did_you_mean(name, names.iter().map(String::as_str))
}

struct Walk<'a> {
    base: PathBuf,
    root: &'a Path,
    /// Whether texts are read, too.
    texts: bool,
    sources: &'a mut Sources,
    findings: &'a mut Vec<Finding>,
    folder: &'a mut Folder,
    /// Real paths that were read, so that a link to a folder above ends.
    seen: std::collections::BTreeSet<PathBuf>,
}

impl Walk<'_> {
    fn directory(&mut self, directory: &Path, depth: usize) {
        let Ok(entries) = fs::read_dir(directory) else {
            self.findings.push(unreadable(&show(directory)));
            return;
        };
        let mut paths: Vec<PathBuf> =
            entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
        paths.sort();
        for path in paths {
            self.entry(&path, depth);
        }
    }

    fn entry(&mut self, path: &Path, depth: usize) {
        let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
        // Hidden files and the lock files of Office.
        if name.starts_with('.') || name.starts_with('~') {
            return;
        }
        let Ok(real) = path.canonicalize() else {
            self.findings.push(unreadable(&show(path)));
            return;
        };
        if real.starts_with(&self.base) && !self.seen.insert(real.clone()) {
            return;
        }
        if !real.starts_with(&self.base) {
            self.findings.push(
                Finding::input(
                    "pfad-ausserhalb",
                    format!("„{}“ führt aus dem Ordner des Programms hinaus.", show(path)),
                )
                .hint("Legen Sie die Datei selbst in den Ordner statt einer Verknüpfung."),
            );
            return;
        }
        if path.is_dir() {
            if depth < MAX_DEPTH && !(depth == 0 && matches!(&*name, "templates" | "output")) {
                self.directory(path, depth + 1);
            }
            return;
        }
        let relative = path.strip_prefix(self.root).map(show).unwrap_or_default();
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
        match ending.as_deref() {
            Some("yaml" | "yml") => {
                if let Some(file) = self.text(path) {
                    self.folder.data.push(file);
                    if MAIN.contains(&relative.as_str()) {
                        self.folder.main = Some(file);
                    }
                }
            }
            Some(_) if !self.texts => {}
            Some("md") => {
                let inside = relative.get(..8).filter(|start| start.to_lowercase() == "kapitel/");
                if inside.is_none() && depth > 0 {
                    self.findings.push(
                        Finding::input("text-am-falschen-ort", format!("Der Text „{}“ liegt nicht unter kapitel/.", show(path)))
                            .hint("Texte des Programms liegen im Ordner „kapitel“; Notizen dürfen unmittelbar im Ordner des Programms liegen."),
                    );
                }
                if inside.is_some()
                    && let Some(text) = relative.get(8..)
                    && let Some(file) = self.text(path)
                {
                    let name = text.rsplit_once('.').map_or(text, |(name, _)| name);
                    self.folder.texts.push((name.to_owned(), file));
                }
            }
            Some(ending) => self.foreign(path, &relative, ending),
            None => {}
        }
    }

    /// Reports files that were probably meant to be read; an editor has given them another ending.
    fn foreign(&mut self, path: &Path, relative: &str, ending: &str) {
        const OF_TEXTS: [&str; 6] = ["txt", "docx", "doc", "odt", "rtf", "markdown"];
        let stem = path.file_stem().map(|stem| stem.to_string_lossy().to_lowercase());
        let stem = stem.unwrap_or_default();
        let inner = stem.rsplit_once('.').map(|(_, inner)| inner);
        let data = ending == "txt" && matches!(inner, Some("yaml" | "yml"));
        let text = relative.to_lowercase().starts_with("kapitel/") && OF_TEXTS.contains(&ending);
        if !data && !text {
            return;
        }
        let right = if data || inner == Some("md") { stem } else { format!("{stem}.md") };
        self.findings.push(
            Finding::warning("dateiendung", format!("„{}“ wird wegen der Endung nicht gelesen.", show(path)))
                .hint(format!("Soll die Datei in das Dokument, muss sie „{right}“ heißen; sonst legen Sie sie an eine andere Stelle.")),
        );
    }

    fn text(&mut self, path: &Path) -> Option<FileId> {
        let shown = show(path);
        let Ok(properties) = fs::metadata(path) else {
            self.findings.push(unreadable(&shown));
            return None;
        };
        if properties.len() > MAX_FILE {
            self.findings.push(
                Finding::input(
                    "datei-zu-gross",
                    format!("„{shown}“ ist mit {} MB zu groß; gelesen werden Dateien bis 5 MB.", properties.len() / 1_000_000),
                )
                .hint("Prüfen Sie, ob versehentlich eine andere Datei diese Endung trägt, oder teilen Sie die Datei."),
            );
            return None;
        }
        let Ok(bytes) = fs::read(path) else {
            self.findings.push(unreadable(&shown));
            return None;
        };
        match decode(&bytes) {
            Ok(text) => Some(self.sources.add(shown, text)),
            Err(Encoding::Utf16) => {
                self.findings.push(
                    Finding::input("zeichensatz", format!("„{shown}“ ist in UTF-16 gespeichert."))
                        .hint(SAVE_AS_UTF8),
                );
                None
            }
            Err(Encoding::Binary) => {
                self.findings.push(
                    Finding::input("zeichensatz", format!("„{shown}“ ist keine Textdatei."))
                        .hint("Prüfen Sie, ob die Datei die richtige Endung trägt."),
                );
                None
            }
            Err(Encoding::Windows { text, at }) => {
                let file = self.sources.add(shown.clone(), text);
                self.findings.push(
                    Finding::input(
                        "zeichensatz",
                        format!("„{shown}“ ist nicht in UTF-8 gespeichert, sondern vermutlich in Windows-1252 (ANSI)."),
                    )
                    .at(Span::new(file, at.clone()), "erstes Zeichen, an dem es sich zeigt")
                    .hint(SAVE_AS_UTF8),
                );
                None
            }
        }
    }
}

const SAVE_AS_UTF8: &str =
    "Speichern Sie die Datei im Editor mit „Speichern unter …“ und der Codierung UTF-8.";

enum Encoding {
    Utf16,
    Binary,
    Windows { text: String, at: std::ops::Range<usize> },
}

/// The text without its byte order mark, or what the bytes are instead.
fn decode(bytes: &[u8]) -> Result<String, Encoding> {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(Encoding::Utf16);
    }
    let bytes = bytes.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(bytes);
    if bytes.contains(&0) {
        return Err(Encoding::Binary);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.to_owned()),
        Err(error) => {
            let valid = error.valid_up_to();
            let text: String = bytes.iter().map(|byte| windows_1252(*byte)).collect();
            // Everything before is ASCII or was read byte by byte, so count characters anew.
            let start = bytes[..valid].iter().map(|byte| windows_1252(*byte).len_utf8()).sum();
            let end = start + windows_1252(bytes[valid]).len_utf8();
            Err(Encoding::Windows { text, at: start..end })
        }
    }
}

/// The character of a byte in Windows-1252.
fn windows_1252(byte: u8) -> char {
    const UPPER: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž',
        '\u{8f}', '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}',
        'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9f => UPPER[usize::from(byte - 0x80)],
        byte => char::from(byte),
    }
}

/// Largest image or font, in bytes.
const MAX_IMAGE: u64 = 20 * 1000 * 1000;

/// Reads an image or font that the data name.
///
/// # Errors
///
/// If it is not there, lies outside the folder, or is too large.
pub fn file(folder: &Folder, name: &str) -> Result<Vec<u8>, FileError> {
    let path = folder.root.join(name);
    let (Ok(base), Ok(real)) = (folder.root.canonicalize(), path.canonicalize()) else {
        return Err(FileError::Missing);
    };
    if !real.starts_with(base) {
        return Err(FileError::Outside);
    }
    let size = fs::metadata(&real).map_err(|_| FileError::Missing)?.len();
    if size > MAX_IMAGE {
        return Err(FileError::TooLarge(size));
    }
    fs::read(real).map_err(|_| FileError::Missing)
}

/// Why an image or font cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileError {
    /// It is not there.
    Missing,
    /// It lies outside the programme's folder.
    Outside,
    /// It has so many bytes.
    TooLarge(u64),
}
