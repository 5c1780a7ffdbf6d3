// SPDX-License-Identifier: EUPL-1.2
//! `amip build`: the document as Markdown, PDF and HTML.

use std::path::{Path, PathBuf};

use super::Exit;
use super::args::{BuildArgs, Format};
use super::batch::{self, Outcome};
use super::check::{PICTURES, exit, summary};
use super::console::Console;
use super::output::{Files, WriteError};
#[cfg(feature = "pdf")]
use super::printable;
use super::session::{self, Loaded, Session};
use crate::model::folder;
use crate::tree::walk;
use crate::write::{html, markdown, svg};

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
    // Whether one or several were asked for decides what --out means, not how many a pattern finds.
    if let ([folder], [_]) = (folders.as_slice(), arguments.folders.as_slice())
        && arguments.folders == folders
    {
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
    if let Some(message) = among_sources(&target) {
        messages.push_str(&message);
        return failed(messages, nothing());
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
            Format::Html => "html",
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

/// Reports a target in which the documents would lie among what is written by hand.
fn among_sources(target: &Path) -> Option<String> {
    let real = existing(target);
    let inside = real.ancestors().any(|path| {
        let name = path.file_name().unwrap_or_default();
        ["kapitel", "bilder", "templates", "handlungsfelder"].iter().any(|known| name == *known)
            && path.parent().is_some_and(folder::is_programme)
    });
    (inside || folder::is_programme(&real)).then(|| {
        format!(
            "Fehler[ausgabe]: „{}“ gehört zu den Dateien eines Programms; das Dokument läge zwischen ihnen.\n = Hilfe: Wählen Sie mit --out einen anderen Ordner, zum Beispiel „output“.\n",
            folder::show(target)
        )
    })
}

/// The real path of a folder that may not exist yet.
fn existing(target: &Path) -> PathBuf {
    let found = target.ancestors().find_map(|path| {
        let here = if path.as_os_str().is_empty() { Path::new(".") } else { path };
        let rest = target.strip_prefix(path).ok()?;
        Some(here.canonicalize().ok()?.join(rest))
    });
    found.unwrap_or_else(|| target.to_owned())
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
            Format::Html => files.add(format!("{name}.html"), html::document(&loaded.document)),
        }
    }
    Ok(files)
}

fn pictures(loaded: &Loaded, files: &mut Files) {
    let document = &loaded.document;
    walk::pictures(&document.blocks, &mut |picture| {
        let bytes = svg::picture(picture, &document.theme).bytes;
        files.add(Path::new(PICTURES).join(&picture.file), bytes);
    });
}

#[cfg(feature = "pdf")]
fn pdf(loaded: &Loaded, fast: bool) -> Result<Vec<u8>, String> {
    use crate::write::pdf::{self, Quality};
    let quality = if fast { Quality::Fast } else { Quality::Full };
    pdf::document(&loaded.document, &printable::theme_files(&loaded.document, &loaded.templates), quality).map_err(|report| {
        format!(
            "Fehler[pdf]: Das PDF kann nicht gesetzt werden.\n{report}\n = Hilfe: Wurden eigene Vorlagen (--vorlagen oder der Ordner „templates“ des Programms) geändert? Ohne sie gilt das eingebaute Aussehen."
        )
    })
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
