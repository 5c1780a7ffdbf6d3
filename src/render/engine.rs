// SPDX-License-Identifier: EUPL-1.2
//! Filling the template with Tera: strict about variables, Markdown escaped.

use std::io::{self, Write};

use tera::{Context, ErrorKind, ReportError, Tera};

use super::templates::{MAIN, Template, Templates, WORDS};
use super::view::View;
use crate::diag::{FileId, Finding, Sources, Span, did_you_mean};

/// Variables at the top level of a template, for messages.
const VARIABLES: [&str; 13] = [
    "titel",
    "untertitel",
    "leitspruch",
    "jobcenter",
    "traegerform",
    "jahr",
    "vorjahr",
    "stand",
    "vermerk",
    "handlungsfelder",
    "texte",
    "unterschriften",
    "beteiligung",
];

/// What a field of action or a strategy has in a template, for messages.
const FIELDS: [&str; 8] =
    ["id", "nummer", "titel", "titel_uebersicht", "text", "ziel", "aufgaben", "strategien"];

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
    let texts: Vec<(&str, String)> = templates
        .outline
        .iter()
        .filter(|(name, _)| name.as_str() != WORDS)
        .map(|(name, template)| (name.as_str(), spare_ids(&template.text)))
        .collect();
    if let Some(finding) = cycle(templates, sources) {
        return Err(Box::new(finding));
    }
    tera.add_raw_templates(texts).map_err(|error| finding(&error, templates, sources))?;
    let context =
        Context::from_serialize(view).map_err(|error| finding(&error, templates, sources))?;
    let text = tera.render(MAIN, &context).map_err(|error| finding(&error, templates, sources))?;
    let shown = templates.outline.get(MAIN).map_or(MAIN, |template| template.shown.as_str());
    let file = sources.add(format!("{shown} (ausgefüllt)"), text.clone());
    Ok(Filled { text, file })
}

/// Templates that include each other in a circle; Tera would follow them for ever.
fn cycle(templates: &Templates, sources: &mut Sources) -> Option<Finding> {
    let mut way = vec![MAIN.to_owned()];
    let (from, at) = circle(templates, &mut way)?;
    let template = templates.outline.get(&from)?;
    let file = sources.add(template.shown.clone(), template.text.clone());
    let finding = Finding::input(
        "vorlage-kreis",
        format!("Die Vorlagen binden einander im Kreis ein: {}.", way.join(" → ")),
    );
    Some(
        finding
            .at(Span::new(file, at), "schließt den Kreis")
            .hint("Streichen Sie eine der Zeilen mit „include“."),
    )
}

/// Follows the includes of the last file on the way.
fn circle(
    templates: &Templates,
    way: &mut Vec<String>,
) -> Option<(String, std::ops::Range<usize>)> {
    let from = way.last()?.clone();
    let text = &templates.outline.get(&from)?.text;
    for (at, found) in text.match_indices("{%") {
        let Some(length) = text[at..].find("%}") else { break };
        let tag = &text[at + found.len()..at + length];
        let words = tag.trim().trim_matches('-').trim();
        let Some(rest) = words.strip_prefix("include").or_else(|| words.strip_prefix("extends"))
        else {
            continue;
        };
        let name = rest.trim().trim_matches(['"', '\'']).to_owned();
        let closes = way.contains(&name);
        way.push(name);
        if closes {
            return Some((from, at..at + length + 2));
        }
        if let Some(found) = circle(templates, way) {
            return Some(found);
        }
        way.pop();
    }
    None
}

/// Values of the data are text, never markup. A `_` within a word is no markup, and ids have it.
fn escape(text: &str, out: &mut dyn Write) -> io::Result<()> {
    let mut before = ' ';
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let inside = before.is_alphanumeric() && rest.peek().is_some_and(|c| c.is_alphanumeric());
        let mark =
            matches!(c, '\\' | '`' | '*' | '{' | '}' | '[' | ']' | '<' | '>' | '#' | '|' | '~');
        if mark || c == '_' && !inside {
            out.write_all(b"\\")?;
        }
        before = c;
        // A line break in a value would tear a heading apart.
        write!(out, "{}", if c == '\n' { ' ' } else { c })?;
    }
    Ok(())
}

/// `{#id}` at a heading would open a comment of Tera; texts are written that way.
fn spare_ids(text: &str) -> String {
    let lines = text.split_inclusive('\n').map(|line| {
        if line.starts_with('#') { line.replace("{#", "{ #") } else { line.to_owned() }
    });
    lines.collect()
}

fn finding(error: &tera::Error, templates: &Templates, sources: &mut Sources) -> Box<Finding> {
    let (code, message, report) = match error.kind() {
        ErrorKind::SyntaxError(report) => {
            ("vorlage-notation", "Die Vorlage ist nicht richtig geschrieben.".to_owned(), report)
        }
        ErrorKind::RenderingError(report) => match undefined(report.message()) {
            Some(name) => (
                "vorlage-variable",
                format!("Die Vorlage verwendet „{name}“; das gibt es nicht."),
                report,
            ),
            None => {
                ("vorlage-fehler", "Die Vorlage kann nicht ausgefüllt werden.".to_owned(), report)
            }
        },
        ErrorKind::TemplateNotFound(name) | ErrorKind::MissingParent { parent: name, .. } => {
            let message = format!("Die Vorlage „{name}“ fehlt.");
            return Box::new(Finding::input("vorlage-fehlt", message));
        }
        _ => return Box::new(unknown_name(&error.to_string(), templates, sources)),
    };
    let finding = at(Finding::input(code, message), report, templates, sources);
    Box::new(match undefined(report.message()) {
        Some(name) => {
            let known: &[&str] = if after_dot(report, templates) { &FIELDS } else { &VARIABLES };
            let hint = did_you_mean(&name, known.iter().copied())
                .unwrap_or_else(|| format!("Es gibt: {}.", known.join(", ")));
            finding.hint(hint)
        }
        None => finding.hint(format!("Tera meldet: {}", report.message())),
    })
}

/// A filter, template or the like that a template names and that does not exist. Tera says so only in
/// its text: "Unknown filter `gross`".
fn unknown_name(text: &str, templates: &Templates, sources: &mut Sources) -> Finding {
    const KINDS: [(&str, &str, &str); 4] = [
        ("filter", "Den Filter", "vorlage-fehler"),
        ("function", "Die Funktion", "vorlage-fehler"),
        ("test", "Die Prüfung", "vorlage-fehler"),
        ("template", "Die Vorlage", "vorlage-fehlt"),
    ];
    let first = text.lines().next().unwrap_or_default();
    let name = first.split('`').nth(1).unwrap_or_default();
    let said = first.to_lowercase();
    let kind = KINDS.iter().find(|(kind, ..)| said.contains(&format!("unknown {kind}")));
    let Some((_, german, code)) = kind.filter(|_| !name.is_empty()) else {
        return Finding::input("vorlage-fehler", "Die Vorlage kann nicht ausgefüllt werden.")
            .hint(format!("Tera meldet: {first}"));
    };
    let mut finding = Finding::input(code, format!("{german} „{name}“ gibt es nicht."))
        .hint("Was Vorlagen können, zeigt die eingebaute Vorlage unter templates/programm/.");
    let place =
        templates.outline.values().find_map(|template| Some((template, template.text.find(name)?)));
    if let Some((template, at)) = place {
        let file = sources.add(template.shown.clone(), template.text.clone());
        finding = finding.at(Span::new(file, at..at + name.len()), "unbekannt");
    }
    finding
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

/// Whether the place of a report follows a dot, as in `feld.name`.
fn after_dot(report: &ReportError, templates: &Templates) -> bool {
    let name = if report.filename().is_empty() { MAIN } else { report.filename() };
    let line = templates
        .outline
        .get(name)
        .and_then(|template| template.text.lines().nth(report.span().start_line.saturating_sub(1)));
    line.is_some_and(|line| {
        line.get(..report.span().start_col).is_some_and(|before| before.ends_with('.'))
    })
}

fn at(
    finding: Finding,
    report: &ReportError,
    templates: &Templates,
    sources: &mut Sources,
) -> Finding {
    let name = if report.filename().is_empty() { MAIN } else { report.filename() };
    let Some(Template { text, shown }) = templates.outline.get(name) else { return finding };
    let file = sources.add(shown.clone(), text.clone());
    let offset = |line: usize, column: usize| -> usize {
        let start: usize =
            text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
        (start + column).min(text.len())
    };
    let span = report.span();
    let range = offset(span.start_line, span.start_col)..offset(span.end_line, span.end_col);
    finding.at(Span::new(file, range), "an dieser Stelle")
}
