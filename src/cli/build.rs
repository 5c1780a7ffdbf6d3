// SPDX-License-Identifier: EUPL-1.2
//! `amip build`: the document as Markdown and PDF.

use std::path::{Path, PathBuf};

use super::Exit;
use super::args::{BuildArgs, Format};
use super::batch::{self, Outcome};
use super::check::{PICTURES, exit, summary};
use super::console::Console;
use super::output::{Files, WriteError};
use super::session::{self, Loaded, Session};
use crate::diag::Finding;
#[cfg(feature = "pdf")]
use crate::diag::{Span, did_you_mean};
use crate::model::folder;
use crate::tree::walk;
use crate::write::{markdown, svg};

pub(super) fn run(arguments: &BuildArgs, console: &Console) -> Exit {
    let folders = batch::expand(&arguments.folders);
    let mut names: Vec<String> = folders.iter().map(|folder| session::name(folder)).collect();
    names.sort();
    if let Some([name, _]) = names.windows(2).find(|pair| pair[0] == pair[1]) {
        console.complain(&format!(
            "Fehler[ausgabe]: Zwei der Ordner heißen „{name}“; ihre Dokumente würden einander überschreiben.\n = Hilfe: Bauen Sie sie einzeln mit verschiedenen Zielordnern (--out).\n"
        ));
        return Exit::Failed;
    }
    if let [folder] = folders.as_slice() {
        let outcome = one(folder, arguments, true, console);
        console.complain(&outcome.messages);
        let lines = format!("{}{}\n", outcome.written, outcome.line);
        if outcome.exit == Exit::Failed {
            console.complain(&lines);
        } else {
            console.print(&lines);
        }
        return outcome.exit;
    }
    batch::run(&folders, console, |folder| one(folder, arguments, false, console))
}

/// Builds a programme. `single` is built alone and says where each file went.
fn one(folder: &Path, arguments: &BuildArgs, single: bool, console: &Console) -> Outcome {
    let session = Session::open(folder, arguments.vorlagen.as_deref());
    let mut messages = console.findings(session.unacknowledged(), &session.sources);
    let failed = |messages: String, line: String| Outcome {
        exit: Exit::Failed,
        messages,
        written: String::new(),
        line,
    };
    let nothing = || {
        let what = "Es wurde nichts geschrieben.";
        if single { what.to_owned() } else { format!("{}: {what}", session.name) }
    };
    let Some(loaded) = &session.loaded else {
        messages.push_str(&format!("{}\n", summary(&session)));
        return failed(messages, nothing());
    };
    let target = target(&session.name, arguments, single);
    let formats: &[Format] =
        if arguments.format.is_empty() { &[Format::Md, Format::Pdf] } else { &arguments.format };
    if formats.contains(&Format::Pdf) {
        let missing = unprintable(&session, loaded);
        if !missing.is_empty() {
            messages.push_str(&console.findings(&missing, &session.sources));
            return failed(messages, nothing());
        }
    }
    let files = match files(&session.name, loaded, formats, arguments.schnell) {
        Ok(files) => files,
        Err(message) => {
            messages.push_str(&format!("{message}\n"));
            return failed(messages, nothing());
        }
    };
    if let Err(error) = files.write(&target) {
        messages.push_str(&write_failure(&error));
        return failed(messages, nothing());
    }
    let mut written = String::new();
    for format in formats {
        let ending = match format {
            Format::Md => "md",
            Format::Pdf => "pdf",
        };
        let path = target.join(format!("{}.{ending}", session.name));
        written.push_str(&format!("geschrieben: {}\n", folder::show(&path)));
    }
    let line = if single {
        summary(&session)
    } else {
        format!("{} Geschrieben nach {}/", summary(&session), folder::show(&target))
    };
    Outcome { exit: exit(&session), messages, written, line }
}

/// `--out` names the folder of a single programme, and the folder above those of several.
fn target(name: &str, arguments: &BuildArgs, single: bool) -> PathBuf {
    match &arguments.out {
        Some(out) if single => out.clone(),
        Some(out) => out.join(name),
        None => Path::new("output").join(name),
    }
}

fn files(name: &str, loaded: &Loaded, formats: &[Format], fast: bool) -> Result<Files, String> {
    let mut files = Files::default();
    for format in formats {
        match format {
            Format::Md => {
                files.add(format!("{name}.md"), markdown::document(&loaded.document));
                pictures(loaded, &mut files);
            }
            Format::Pdf => files.add(format!("{name}.pdf"), pdf(loaded, fast)?),
        }
    }
    Ok(files)
}

fn pictures(loaded: &Loaded, files: &mut Files) {
    let document = &loaded.document;
    walk::pictures(&document.blocks, &mut |picture| {
        let bytes = svg::picture(picture, &document.theme);
        files.add(Path::new(PICTURES).join(&picture.file), bytes);
    });
}

#[cfg(feature = "pdf")]
fn theme_files(loaded: &Loaded) -> crate::write::pdf::ThemeFiles {
    let mut files = loaded.templates.pdf_files.clone();
    files.extend(loaded.document.theme.fonts.iter().cloned());
    crate::write::pdf::ThemeFiles { texts: loaded.templates.pdf.clone(), files }
}

#[cfg(feature = "pdf")]
fn pdf(loaded: &Loaded, fast: bool) -> Result<Vec<u8>, String> {
    use crate::write::pdf::{self, Quality};
    let quality = if fast { Quality::Fast } else { Quality::Full };
    pdf::document(&loaded.document, &theme_files(loaded), quality).map_err(|report| {
        format!(
            "Fehler[pdf]: Das PDF kann nicht gesetzt werden.\n{report}\n = Hilfe: Wurden eigene Vorlagen (--vorlagen oder der Ordner „templates“ des Programms) geändert? Ohne sie gilt das eingebaute Aussehen."
        )
    })
}

/// Characters of the document that no font of the theme can show, each at its first place.
#[cfg(feature = "pdf")]
fn unprintable(session: &Session, loaded: &Loaded) -> Vec<Finding> {
    let text = markdown::document(&loaded.document);
    let theme = theme_files(loaded);
    let mut out = missing_fonts(loaded, &theme);
    for c in crate::write::pdf::unprintable(&text, &theme) {
        let place = session.sources.files().find_map(|file| {
            let at = session.sources.text(file).find(c)?;
            Some(Span::new(file, at..at + c.len_utf8()))
        });
        let finding = Finding::input(
            "zeichen-fehlt",
            format!("Das Zeichen „{c}“ kann nicht gedruckt werden; die Schrift enthält es nicht."),
        )
        .hint("Ersetzen Sie es durch ein übliches Zeichen, zum Beispiel „→“ oder „•“, oder nennen Sie unter „thema:“ eine Schrift, die es enthält.");
        out.push(match place {
            Some(span) => finding.at(span, "dieses Zeichen"),
            None => finding,
        });
    }
    out
}

/// Fonts that the theme names and that are neither part of the program nor in the folder.
#[cfg(feature = "pdf")]
fn missing_fonts(loaded: &Loaded, theme: &crate::write::pdf::ThemeFiles) -> Vec<Finding> {
    let families = crate::write::pdf::families(theme);
    let known = || families.iter().map(String::as_str);
    let fonts = loaded.programme.theme_fonts.iter();
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

#[cfg(not(feature = "pdf"))]
fn unprintable(_: &Session, _: &Loaded) -> Vec<Finding> {
    Vec::new()
}

#[cfg(not(feature = "pdf"))]
fn pdf(_: &Loaded, _: bool) -> Result<Vec<u8>, String> {
    Err("Fehler: Dieses amip wurde ohne PDF gebaut; mit „--format md“ schreibt es Markdown."
        .to_owned())
}

pub(super) fn write_failure(error: &WriteError) -> String {
    use std::io::ErrorKind;
    let reason = match error.cause.kind() {
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
            "dort darf nicht geschrieben werden"
        }
        ErrorKind::StorageFull => "der Datenträger ist voll",
        ErrorKind::NotADirectory | ErrorKind::IsADirectory | ErrorKind::AlreadyExists => {
            "dort steht etwas anderes im Weg"
        }
        _ => "die Datei kann nicht geschrieben werden",
    };
    format!(
        "Fehler[ausgabe]: „{}“: {reason}.\n = Hilfe: Wählen Sie mit --out einen anderen Ordner, oder schließen Sie die Datei, falls sie geöffnet ist. Die bisherigen Dateien sind unverändert.\n",
        folder::show(&error.path)
    )
}
