// SPDX-License-Identifier: EUPL-1.2
//! `amip check`: findings as text or JSON, or as a report of its own.

use super::Exit;
use super::args::{CheckArgs, Format, ReportFormat};
use super::console::Console;
use super::prose;
use super::session::Session;
use super::{batch, report};
use crate::check::{RULES, explanation};
use crate::diag::{Severity, did_you_mean, json};
use crate::write::markdown;

pub(super) fn run(arguments: &CheckArgs, console: &Console) -> Exit {
    if let Some(code) = &arguments.erklaere {
        return explain(code, console);
    }
    let folders = batch::expand(&arguments.folders);
    if let Some(format) = written(arguments.format) {
        return report::run(&folders, arguments, format, console);
    }
    let sessions: Vec<Session> =
        folders.iter().map(|folder| Session::open(folder, arguments.vorlagen.as_deref())).collect();
    match arguments.format {
        ReportFormat::Json if arguments.prosa => {
            let items: Vec<_> = sessions.iter().flat_map(prose::items).collect();
            console.print_json(&items);
        }
        ReportFormat::Json => {
            let shown = sessions.iter().flat_map(|session| {
                session
                    .findings
                    .iter()
                    .filter(|finding| arguments.all || finding.acknowledged.is_none())
                    .map(|finding| (finding, &session.sources))
            });
            console.print(&json::findings(shown));
        }
        ReportFormat::Text | ReportFormat::Md | ReportFormat::Pdf | ReportFormat::Html => {
            for session in &sessions {
                match &session.loaded {
                    Some(_) if arguments.prosa => prose::text(session, console),
                    _ => print(session, arguments.all, console),
                }
            }
        }
    }
    sessions.iter().map(exit).max().unwrap_or(Exit::Fine)
}

/// The kind of file that a format is, if it is one.
pub(super) fn written(format: ReportFormat) -> Option<Format> {
    match format {
        ReportFormat::Text | ReportFormat::Json => None,
        ReportFormat::Md => Some(Format::Md),
        ReportFormat::Pdf => Some(Format::Pdf),
        ReportFormat::Html => Some(Format::Html),
    }
}

/// How a programme stands.
pub(super) fn exit(session: &Session) -> Exit {
    if session.loaded.is_none() {
        Exit::Failed
    } else if session.open_count() > 0 {
        Exit::Findings
    } else {
        Exit::Fine
    }
}

fn print(session: &Session, all: bool, console: &Console) {
    let shown = session.findings.iter().filter(|finding| all || finding.acknowledged.is_none());
    console.print_findings(shown, &session.sources);
    console.print(&format!("{}\n", summary(session)));
}

/// One line: what was found, and how much was looked at.
pub(super) fn summary(session: &Session) -> String {
    let count = |severity: Severity| {
        session.unacknowledged().filter(|finding| finding.severity == severity).count()
    };
    let parts = [
        (count(Severity::Error), "Fehler", "Fehler"),
        (count(Severity::Warning), "Warnung", "Warnungen"),
        (count(Severity::Note), "Hinweis", "Hinweise"),
    ];
    let found: Vec<String> = parts
        .iter()
        .filter(|(count, ..)| *count > 0)
        .map(|(count, one, many)| format!("{count} {}", if *count == 1 { one } else { many }))
        .collect();
    let acknowledged =
        session.findings.iter().filter(|finding| finding.acknowledged.is_some()).count();
    let mut line = format!("{}: ", session.name);
    line.push_str(&if found.is_empty() {
        "keine offenen Befunde".to_owned()
    } else {
        found.join(", ")
    });
    if acknowledged > 0 {
        line.push_str(&format!("; {acknowledged} anerkannt (zeigt --all)"));
    }
    if let Some(loaded) = &session.loaded {
        let figures = loaded.programme.figures.len();
        line.push_str(&format!(
            "; {} {} geprüft",
            crate::model::quantity::thousands(&figures.to_string()),
            if figures == 1 { "Zahl" } else { "Zahlen" }
        ));
    } else {
        line.push_str("; die Daten können so nicht verwendet werden");
    }
    line.push('.');
    line
}

fn explain(code: &str, console: &Console) -> Exit {
    if let Some(text) = explanation(code) {
        console.print(&format!("{code}\n\n{text}\n"));
        return Exit::Fine;
    }
    let known = RULES.iter().map(|rule| rule.code);
    let names: Vec<&str> = known.clone().collect();
    let meant = did_you_mean(code, known).map_or_else(String::new, |meant| format!("{meant} "));
    console.complain(&format!(
        "Fehler: Die Regel „{code}“ gibt es nicht. {meant}Meldungen zum Einlesen und zum Veröffentlichen sind keine Regeln; was zu tun ist, steht in ihnen unter „Hilfe“. Es gibt: {}.\n",
        names.join(", ")
    ));
    Exit::Failed
}

/// Keeps the folder name of pictures in one place for the commands.
pub(super) const PICTURES: &str = markdown::PICTURES;
