// SPDX-License-Identifier: EUPL-1.2
//! Findings as text for people: message, place, excerpt, labels, ways out.

use std::fmt::Write as _;

use super::{Finding, Label, Severity, Sources, Span};

/// Whether the text carries ANSI colours. Colour never carries meaning alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colour {
    /// Plain text.
    Never,
    /// ANSI escape codes.
    Always,
}

struct Palette {
    error: &'static str,
    warning: &'static str,
    note: &'static str,
    frame: &'static str,
    bold: &'static str,
    end: &'static str,
}

const PLAIN: Palette = Palette { error: "", warning: "", note: "", frame: "", bold: "", end: "" };
const COLOURED: Palette = Palette {
    error: "\x1b[1;31m",
    warning: "\x1b[1;33m",
    note: "\x1b[1;36m",
    frame: "\x1b[34m",
    bold: "\x1b[1m",
    end: "\x1b[0m",
};

/// Prints one finding, ending in an empty line.
pub fn finding(finding: &Finding, sources: &Sources, colour: Colour) -> String {
    let palette = if colour == Colour::Always { &COLOURED } else { &PLAIN };
    let (paint, word) = match (finding.severity, &finding.acknowledged) {
        (_, Some(_)) => (palette.note, "anerkannt"),
        (Severity::Error, None) => (palette.error, "Fehler"),
        (Severity::Warning, None) => (palette.warning, "Warnung"),
        (Severity::Note, None) => (palette.note, "Hinweis"),
    };
    let mut out = String::new();
    let Palette { bold, end, frame, .. } = palette;
    let _ = writeln!(
        out,
        "{paint}{word}[{code}]{end}{bold}: {message}{end}",
        code = finding.code,
        message = finding.message
    );
    let places: Vec<(&Label, char)> = finding
        .primary
        .iter()
        .map(|label| (label, '^'))
        .chain(finding.labels.iter().map(|label| (label, '-')))
        .collect();
    let gutter = places
        .iter()
        .map(|(label, _)| sources.position(label.span.file, label.span.start).0.to_string().len())
        .max()
        .unwrap_or(1);
    for (at, (label, mark)) in places.iter().enumerate() {
        let (line, column) = sources.position(label.span.file, label.span.start);
        let arrow = if at == 0 { "-->" } else { ":::" };
        let path = sources.path(label.span.file);
        let _ = writeln!(out, "{:gutter$}{frame}{arrow}{end} {path}:{line}:{column}", "");
        excerpt(&mut out, sources, label, *mark, gutter, palette);
    }
    let indent = if places.is_empty() { 1 } else { gutter };
    if let Some(figures) = &finding.disagreement {
        fact(&mut out, indent, palette, "angegeben", &figures.stated);
        fact(&mut out, indent, palette, figures.source, &figures.computed);
        if let Some(difference) = &figures.difference {
            fact(&mut out, indent, palette, "Differenz", difference);
        }
    }
    if let Some(reason) = &finding.acknowledged {
        fact(&mut out, indent, palette, "Grund", reason);
    }
    for hint in &finding.hints {
        let _ = writeln!(out, "{:indent$} {frame}={end} {bold}Hilfe:{end} {hint}", "");
    }
    out.push('\n');
    out
}

fn fact(out: &mut String, indent: usize, palette: &Palette, name: &str, value: &str) {
    let Palette { frame, end, .. } = palette;
    let _ = writeln!(out, "{:indent$} {frame}={end} {name}: {value}", "");
}

fn excerpt(
    out: &mut String,
    sources: &Sources,
    label: &Label,
    mark: char,
    gutter: usize,
    palette: &Palette,
) {
    let Palette { frame, end, bold, .. } = palette;
    let (line, column) = sources.position(label.span.file, label.span.start);
    let (shown, column) = window(sources.line(label.span.file, line), column);
    let width =
        width(sources, label.span).min(shown.chars().count().saturating_sub(column - 1)).max(1);
    let marks: String = std::iter::repeat_n(mark, width).collect();
    // Tabs keep their width, so that the marks stand under what they mean.
    let lead: String =
        shown.chars().take(column - 1).map(|c| if c == '\t' { '\t' } else { ' ' }).collect();
    let _ = writeln!(out, "{:gutter$} {frame}|{end}", "");
    let _ = writeln!(out, "{line:>gutter$} {frame}|{end} {shown}");
    let text = format!("{lead}{bold}{marks}{end} {}", label.text);
    let _ = writeln!(out, "{:gutter$} {frame}|{end} {}", "", text.trim_end());
}

/// Number of characters under a span, in its first line.
fn width(sources: &Sources, span: Span) -> usize {
    sources.slice(span).split('\n').next().map_or(0, |text| text.trim_end().chars().count())
}

/// A piece of a long line around a column, and the column within it.
fn window(line: &str, column: usize) -> (String, usize) {
    const BEFORE: usize = 40;
    const WIDTH: usize = 120;
    let length = line.chars().count();
    if length <= WIDTH {
        return (line.to_owned(), column.min(length + 1));
    }
    let start = (column - 1).saturating_sub(BEFORE).min(length.saturating_sub(WIDTH));
    let cut: String = line.chars().skip(start).take(WIDTH).collect();
    let lead = if start > 0 { "…" } else { "" };
    let tail = if start + WIDTH < length { "…" } else { "" };
    (format!("{lead}{cut}{tail}"), column - start + lead.chars().count())
}
