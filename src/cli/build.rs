// SPDX-License-Identifier: EUPL-1.2
//! `amip build`: the document as Markdown, PDF and HTML.

use std::path::Path;

use super::Exit;
use super::args::{BuildArgs, Format};
use super::batch::{self, Outcome};
use super::check::{PICTURES, exit, summary};
use super::console::Console;
use super::output::Files;
#[cfg(feature = "pdf")]
use super::printable;
use super::session::{Loaded, Session};
use super::target;
use crate::model::folder;
use crate::tree::{Document, walk};
use crate::write::{html, markdown, svg};

pub(super) fn run(arguments: &BuildArgs, console: &Console) -> Exit {
    let folders = batch::expand(&arguments.folders);
    if let Some(message) = target::same_name(&folders) {
        console.complain(&message);
        return Exit::Failed;
    }
    batch::run(&folders, &arguments.folders, console, |folder, single| {
        one(folder, arguments, single, console)
    })
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
    let target = target::folder(&session.name, arguments.out.as_deref(), single);
    let formats: &[Format] =
        if arguments.format.is_empty() { &[Format::Md, Format::Pdf] } else { &arguments.format };
    if let Some(message) = target::among_sources(&target) {
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
        messages.push_str(&target::failure(&error));
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

fn files(name: &str, loaded: &Loaded, formats: &[Format], fast: bool) -> Result<Files, String> {
    let mut files = Files::default();
    for format in formats {
        match format {
            Format::Md => {
                files.add(format!("{name}.md"), markdown::document(&loaded.document));
                pictures(loaded, &mut files);
            }
            Format::Pdf => {
                files.add(
                    format!("{name}.pdf"),
                    pdf(&loaded.document, loaded, fast).map_err(|message| named(&message))?,
                );
            }
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

/// What kept a PDF from being set, as it is said where nothing else is.
pub(super) fn named(message: &str) -> String {
    format!("Fehler[pdf]: {message}")
}

/// Sets a document in the look of a programme; the error says what kept it from being set.
#[cfg(feature = "pdf")]
pub(super) fn pdf(document: &Document, loaded: &Loaded, fast: bool) -> Result<Vec<u8>, String> {
    use crate::write::pdf::{self, Quality};
    let quality = if fast { Quality::Fast } else { Quality::Full };
    pdf::document(document, &printable::theme_files(document, &loaded.templates), quality).map_err(|report| {
        format!(
            "Das PDF kann nicht gesetzt werden.\n{report}\n = Hilfe: Wurden eigene Vorlagen (--vorlagen oder der Ordner „templates“ des Programms) geändert? Ohne sie gilt das eingebaute Aussehen."
        )
    })
}

#[cfg(not(feature = "pdf"))]
pub(super) fn pdf(_: &Document, _: &Loaded, _: bool) -> Result<Vec<u8>, String> {
    Err("Dieses amip wurde ohne PDF gebaut; mit „--format md“ schreibt es Markdown.".to_owned())
}
