// SPDX-License-Identifier: EUPL-1.2
//! `amip compare`: what differs between two programmes.

use std::path::Path;

use super::Exit;
use super::args::{CompareArgs, ReportFormat};
use super::check::written;
use super::console::Console;
use super::output::Files;
use super::session::{Loaded, Session};
use super::target;
use crate::compare::{self, Comparison, Side, json, report};
use crate::model::folder;
use crate::write::text;

pub(super) fn run(arguments: &CompareArgs, console: &Console) -> Exit {
    if same_folder(&arguments.old, &arguments.new) {
        console.complain("Fehler[vergleich]: Beide Angaben nennen denselben Ordner.\n = Hilfe: Nennen Sie zuerst das frühere, dann das spätere Programm.\n");
        return Exit::Failed;
    }
    let open = |folder: &Path| Session::open(folder, arguments.vorlagen.as_deref());
    let (old, new) = std::thread::scope(|scope| {
        let old = scope.spawn(|| open(&arguments.old));
        let new = open(&arguments.new);
        (old.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)), new)
    });
    let mut broken = false;
    for session in [&old, &new].into_iter().filter(|session| session.loaded.is_none()) {
        console.complain(&console.findings(session.unacknowledged(), &session.sources));
        console.complain(&format!("{}\n", super::check::summary(session)));
        broken = true;
    }
    let (Some(before), Some(after)) = (&old.loaded, &new.loaded) else { return Exit::Failed };
    if broken {
        return Exit::Failed;
    }
    let comparison = compare::compare(side(&old, before), side(&new, after));
    if comparison.unrelated() {
        console.complain(&nothing_in_common(&comparison));
        return Exit::Failed;
    }
    let formats: &[ReportFormat] =
        if arguments.format.is_empty() { &[ReportFormat::Text] } else { &arguments.format };
    match write(arguments, &comparison, after, formats) {
        Ok(lines) => console.print(&lines),
        Err(message) => {
            console.complain(&message);
            return Exit::Failed;
        }
    }
    for format in formats {
        match format {
            ReportFormat::Json => console.print(&json::comparison(&comparison)),
            ReportFormat::Text => console.print(&text::report(&report::of(&comparison))),
            ReportFormat::Md | ReportFormat::Pdf | ReportFormat::Html => {}
        }
    }
    Exit::Fine
}

/// Writes the reports that were asked for as files; gives back where they went.
fn write(
    arguments: &CompareArgs,
    comparison: &Comparison<'_>,
    after: &Loaded,
    formats: &[ReportFormat],
) -> Result<String, String> {
    let name = format!("{}--{}", comparison.old.name, comparison.new.name);
    let folder = arguments.out.clone().unwrap_or_else(|| Path::new("output").join(&name));
    let mut files = Files::default();
    let mut lines = String::new();
    for format in formats.iter().filter_map(|format| written(*format)) {
        let (ending, bytes) = super::report::written(report::of(comparison), after, format)?;
        let file = format!("{name}.{ending}");
        lines.push_str(&format!("geschrieben: {}\n", folder::show(&folder.join(&file))));
        files.add(file, bytes);
    }
    if lines.is_empty() {
        return Ok(lines);
    }
    if let Some(message) = target::among_sources(&folder) {
        return Err(message);
    }
    files.write(&folder).map_err(|error| target::failure(&error))?;
    Ok(lines)
}

fn side<'a>(session: &'a Session, loaded: &'a Loaded) -> Side<'a> {
    Side {
        name: &session.name,
        programme: &loaded.programme,
        document: &loaded.document,
        findings: &session.findings,
    }
}

fn same_folder(one: &Path, other: &Path) -> bool {
    let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
    real(one) == real(other)
}

/// Two programmes without an id in common, with the probable reason.
fn nothing_in_common(comparison: &Comparison<'_>) -> String {
    let (old, new) = (comparison.old.programme, comparison.new.programme);
    let reason = if old.jobcenter == new.jobcenter {
        "Vermutlich wurden die Kennungen (id) neu vergeben; sie müssen über die Jahre gleich bleiben, oder „vorgaenger“ nennt die alten."
    } else {
        "Es sind Programme zweier Jobcenter, die ihre Kennungen unabhängig voneinander vergeben haben."
    };
    format!(
        "Fehler[vergleich]: Die Programme „{}“ und „{}“ haben keine Kennung und keinen Namen gemeinsam.\n = Hilfe: {reason}\n",
        comparison.old.name, comparison.new.name
    )
}
