// SPDX-License-Identifier: EUPL-1.2
//! Filling the template with Tera: strict about variables, Markdown escaped.

use std::io::{self, Write};

use tera::{Context, ErrorKind, ReportError, Tera};

use super::templates::{MAIN, Templates, WORDS};
use super::view::View;
use crate::diag::{FileId, Finding, Sources, Span, did_you_mean};

/// Variables at the top level of a template, for messages.
const VARIABLES: [&str; 5] = ["titel", "jobcenter", "jahr", "vorjahr", "handlungsfelder"];

/// The filled template and the file under which messages know it.
pub(super) struct Filled {
    /// The Markdown text.
    pub(super) text: String,
    /// Its source.
    pub(super) file: FileId,
}

/// Fills the main template.
pub(super) fn fill(
    templates: &Templates,
    view: &View,
    sources: &mut Sources,
) -> Result<Filled, Box<Finding>> {
    let mut tera = Tera::default();
    tera.set_escape_fn(escape);
    tera.autoescape_on([".md"]);
    let texts: Vec<(&str, &str)> = templates
        .outline
        .iter()
        .filter(|(name, _)| name.as_str() != WORDS)
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    tera.add_raw_templates(texts).map_err(|error| finding(&error, templates, sources))?;
    let context =
        Context::from_serialize(view).map_err(|error| finding(&error, templates, sources))?;
    let text = tera.render(MAIN, &context).map_err(|error| finding(&error, templates, sources))?;
    let file = sources.add(format!("{}/{MAIN} (ausgefüllt)", templates.shown), text.clone());
    Ok(Filled { text, file })
}

/// Values of the data are text, never markup.
fn escape(text: &str, out: &mut dyn Write) -> io::Result<()> {
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '<' | '>' | '#' | '|' | '~')
        {
            out.write_all(b"\\")?;
        }
        // A line break in a value would tear a heading apart.
        let c = if c == '\n' { ' ' } else { c };
        write!(out, "{c}")?;
    }
    Ok(())
}

fn finding(error: &tera::Error, templates: &Templates, sources: &mut Sources) -> Box<Finding> {
    let (code, message, report) = match error.kind() {
        ErrorKind::SyntaxError(report) => (
            "vorlage-notation",
            "Die Vorlage ist nicht richtig geschrieben.".to_owned(),
            Some(report),
        ),
        ErrorKind::RenderingError(report) => match undefined(report.message()) {
            Some(name) => (
                "vorlage-variable",
                format!("Die Vorlage verwendet „{name}“; das gibt es nicht."),
                Some(report),
            ),
            None => (
                "vorlage-fehler",
                "Die Vorlage kann nicht ausgefüllt werden.".to_owned(),
                Some(report),
            ),
        },
        ErrorKind::TemplateNotFound(name) | ErrorKind::MissingParent { parent: name, .. } => {
            let message = format!("Die Vorlage „{}/{name}“ fehlt.", templates.shown);
            return Box::new(Finding::input("vorlage-fehlt", message));
        }
        _ => {
            ("vorlage-fehler", format!("Die Vorlage kann nicht ausgefüllt werden: {error}."), None)
        }
    };
    let mut finding = Finding::input(code, message);
    if let Some(report) = report {
        finding = at(finding, report, templates, sources);
        match undefined(report.message()) {
            Some(name) => {
                let hint = did_you_mean(&name, VARIABLES)
                    .unwrap_or_else(|| format!("Es gibt: {}.", VARIABLES.join(", ")));
                finding = finding.hint(hint);
            }
            None => finding = finding.hint(format!("Tera meldet: {}", report.message())),
        }
    }
    Box::new(finding)
}

/// The name in Tera's message about something undefined.
fn undefined(message: &str) -> Option<String> {
    if !message.contains("undefined")
        && !message.contains("not found")
        && !message.contains("not defined")
    {
        return None;
    }
    let (_, rest) = message.split_once('`')?;
    rest.split_once('`').map(|(name, _)| name.to_owned())
}

fn at(
    finding: Finding,
    report: &ReportError,
    templates: &Templates,
    sources: &mut Sources,
) -> Finding {
    let name = if report.filename().is_empty() { MAIN } else { report.filename() };
    let Some(text) = templates.outline.get(name) else { return finding };
    let file = sources.add(format!("{}/{name}", templates.shown), text.clone());
    let offset = |line: usize, column: usize| -> usize {
        let start: usize =
            text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
        (start + column).min(text.len())
    };
    let span = report.span();
    let range = offset(span.start_line, span.start_col)..offset(span.end_line, span.end_col);
    finding.at(Span::new(file, range), "an dieser Stelle")
}
