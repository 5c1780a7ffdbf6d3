// SPDX-License-Identifier: EUPL-1.2
//! `amip check --format md|pdf|html`: the report about a check as a file.
//!
//! Not here: what stands in it.

use std::path::{Path, PathBuf};

use super::args::{CheckArgs, Format};
use super::batch::{self, Outcome};
use super::check::{exit, summary};
use super::console::Console;
use super::output::Files;
use super::session::{Loaded, Session};
use super::{Exit, build, printable, target};
use crate::check::report;
use crate::model::folder;
use crate::tree::Document;
use crate::write::{html, markdown};

pub(super) fn run(
    folders: &[PathBuf],
    arguments: &CheckArgs,
    format: Format,
    console: &Console,
) -> Exit {
    if let Some(message) = target::same_name(folders) {
        console.complain(&message);
        return Exit::Failed;
    }
    let single = batch::is_single(folders, &arguments.folders);
    let exits = folders
        .iter()
        .map(|folder| batch::tell(&one(folder, arguments, format, single, console), console));
    exits.max().unwrap_or(Exit::Fine)
}

/// Checks a programme and writes the report about it.
fn one(
    folder: &Path,
    arguments: &CheckArgs,
    format: Format,
    single: bool,
    console: &Console,
) -> Outcome {
    let session = Session::open(folder, arguments.vorlagen.as_deref());
    let failed = |messages: String| Outcome {
        exit: Exit::Failed,
        messages,
        written: String::new(),
        line: format!("{}: Es wurde nichts geschrieben.", session.name),
    };
    let Some(loaded) = &session.loaded else {
        let messages = console.findings(session.unacknowledged(), &session.sources);
        return failed(format!("{messages}{}\n", summary(&session)));
    };
    let target = target::folder(&session.name, arguments.out.as_deref(), single);
    if let Some(message) = target::among_sources(&target) {
        return failed(message);
    }
    let (ending, bytes) = match bytes(&session, loaded, format) {
        Ok(made) => made,
        Err(message) => return failed(format!("{message}\n")),
    };
    let name = format!("{}-pruefbericht.{ending}", session.name);
    let mut files = Files::default();
    files.add(&name, bytes);
    match files.write(&target) {
        Err(error) => failed(target::failure(&error)),
        Ok(()) => Outcome {
            exit: exit(&session),
            messages: String::new(),
            written: format!("geschrieben: {}\n", folder::show(&target.join(name))),
            line: summary(&session),
        },
    }
}

/// The report, with the ending of its file.
fn bytes(
    session: &Session,
    loaded: &Loaded,
    format: Format,
) -> Result<(&'static str, Vec<u8>), String> {
    let document =
        report::of(&loaded.programme, &loaded.document, &session.findings, &session.sources);
    written(document, loaded, format)
}

/// A report in a format, with the ending of its file. Fonts and theme are those of a programme.
pub(super) fn written(
    document: Document,
    loaded: &Loaded,
    format: Format,
) -> Result<(&'static str, Vec<u8>), String> {
    Ok(match format {
        Format::Md => ("md", markdown::report(&document).into_bytes()),
        Format::Html => ("html", html::document(&document).into_bytes()),
        Format::Pdf => {
            let shown = printable::shown(document, loaded);
            let pdf = build::pdf(&shown, loaded, false);
            ("pdf", pdf.map_err(|message| build::named(&message))?)
        }
    })
}
