// SPDX-License-Identifier: EUPL-1.2
//! The report about a check (Prüfbericht) as a document: the result in words, what was looked at,
//! what was found, and what may stay and why.
//!
//! It is for the meeting and for the file, so it speaks of the document and not of the program. A
//! section with nothing to say is left out.
//!
//! Not here: how the report is written, and the finding of anything.

mod extent;
mod places;

use std::collections::{BTreeMap, BTreeSet};

use super::{RULES, explanation, prose};
use crate::diag::{Finding, Severity, Sources, Span};
use crate::model::Programme;
use crate::model::programme::Form;
use crate::model::quantity::thousands;
use crate::tree::{
    Align, Block, Cell, Column, Document, Heading, Inline, Meta, Row, RowKind, Table, typography,
};
use places::Places;

/// Makes the report from all findings of a programme, in their order.
pub fn of(
    programme: &Programme,
    document: &Document,
    findings: &[Finding],
    sources: &Sources,
) -> Document {
    let places = Places::of(programme, document);
    let mut blocks = head(programme, &document.meta);
    blocks.push(heading(2, "Ergebnis"));
    blocks.extend(result(findings).into_iter().map(paragraph));
    blocks.push(heading(2, "Was geprüft wurde"));
    blocks.push(Block::Table(extent::table(programme)));
    if !findings.is_empty() {
        blocks.push(heading(2, "Befunde nach Regeln"));
        blocks.push(Block::Table(by_rule(findings)));
    }
    let note = |finding: &&Finding| finding.severity == Severity::Note;
    let acknowledged = |finding: &&Finding| finding.acknowledged.is_some();
    let (settled, open): (Vec<_>, Vec<_>) = findings.iter().partition(acknowledged);
    let (notes, open): (Vec<_>, Vec<_>) = open.into_iter().partition(note);
    let mut count = 0;
    for (title, list) in
        [("Offene Befunde", open), ("Hinweise", notes), ("Anerkannte Abweichungen", settled)]
    {
        if list.is_empty() {
            continue;
        }
        blocks.push(heading(2, title));
        for finding in list {
            count += 1;
            blocks.push(heading(3, format!("{count}. {}", finding.message)));
            blocks.push(facts(finding, &places, sources));
        }
    }
    typography::apply(&mut blocks);
    Document {
        meta: Meta {
            title: format!("Prüfbericht: {}", programme.title),
            draft: None,
            ..document.meta.clone()
        },
        blocks,
        theme: document.theme.clone(),
        claims: Vec::new(),
        inserted: BTreeSet::new(),
        texts: BTreeSet::new(),
    }
}

/// Title, programme, state of the data and of the agreement.
fn head(programme: &Programme, meta: &Meta) -> Vec<Block> {
    let subtitle = programme.subtitle.as_ref();
    let title = subtitle.map_or_else(
        || programme.title.clone(),
        |subtitle| format!("{}: {subtitle}", programme.title),
    );
    let assembly = match programme.form {
        Some(Form::Municipal) => "",
        _ => " in der Trägerversammlung",
    };
    let agreement = programme.agreement.as_ref().map(|agreement| match &agreement.day {
        Some(day) if agreement.agreed => format!("abgestimmt{assembly} am {day}"),
        _ if agreement.agreed => format!("abgestimmt{assembly}"),
        _ => "Entwurf, noch nicht abgestimmt".to_owned(),
    });
    let facts = [
        ("Programm", Some(title)),
        ("Jobcenter", Some(programme.jobcenter.clone())),
        ("Geschäftszeichen", programme.reference.clone()),
        ("Stand der Daten", Some(meta.date.clone())),
        ("Abstimmung", Some(agreement.unwrap_or_else(|| "keine Angabe".to_owned()))),
    ];
    let items = facts.into_iter().filter_map(|(name, value)| Some(item(name, &value?)));
    vec![heading(1, "Prüfbericht"), Block::List { start: None, items: items.collect() }]
}

/// The result in words.
fn result(findings: &[Finding]) -> Vec<String> {
    let count = |severity: Severity| {
        let open = findings.iter().filter(|finding| finding.acknowledged.is_none());
        open.filter(|finding| finding.severity == severity).count()
    };
    let (errors, warnings, notes) =
        (count(Severity::Error), count(Severity::Warning), count(Severity::Note));
    let settled = findings.iter().filter(|finding| finding.acknowledged.is_some()).count();
    let mut out = Vec::new();
    if errors + warnings == 0 {
        let nothing = findings.is_empty();
        out.push(if nothing {
            "Es gibt nichts zu beanstanden: Keine der Regeln hat etwas gefunden. Die Zahlen des Programms passen zueinander, und die Texte passen zu den Zahlen, soweit sie auf sie verweisen.".to_owned()
        } else {
            "Es gibt keine offenen Befunde. Von der Prüfung her steht dem Dokument nichts entgegen."
                .to_owned()
        });
    } else {
        let kinds = [
            (errors, counted(errors, "Fehler", "Fehler")),
            (warnings, counted(warnings, "Warnung", "Warnungen")),
        ];
        let kinds: Vec<String> =
            kinds.into_iter().filter(|(count, _)| *count > 0).map(|(_, words)| words).collect();
        let open = errors + warnings;
        let (be, they) = if open == 1 { ("ist", "er") } else { ("sind", "sie") };
        out.push(format!(
            "Offen {be} {}: {}. Bis {they} geklärt {be}, trägt das Dokument den Vermerk „Entwurf“.",
            counted(open, "Befund", "Befunde"),
            kinds.join(" und ")
        ));
    }
    if notes > 0 {
        let (come, hold) = if notes == 1 {
            ("kommt", "der das Dokument nicht aufhält")
        } else {
            ("kommen", "die das Dokument nicht aufhalten")
        };
        out.push(format!("Dazu {come} {}, {hold}.", counted(notes, "Hinweis", "Hinweise")));
    }
    if settled > 0 {
        out.push(if settled == 1 {
            "Eine Abweichung ist bekannt und mit Begründung anerkannt.".to_owned()
        } else {
            let count = thousands(&settled.to_string());
            format!("{count} Abweichungen sind bekannt und mit Begründung anerkannt.")
        });
    }
    out
}

/// Findings of each rule: how many are open, how many acknowledged, and how much they weigh.
fn by_rule(findings: &[Finding]) -> Table {
    let place = |code: &str| RULES.iter().position(|rule| rule.code == code);
    let mut counts: BTreeMap<_, (usize, usize)> = BTreeMap::new();
    for finding in findings {
        let key = (place(finding.code).unwrap_or(RULES.len()), finding.code, finding.severity);
        let entry = counts.entry(key).or_default();
        match finding.acknowledged {
            None => entry.0 += 1,
            Some(_) => entry.1 += 1,
        }
    }
    let number = |count: usize| Cell::text(thousands(&count.to_string()));
    let mut rows: Vec<Row> = counts
        .iter()
        .map(|((_, code, severity), (open, settled))| Row {
            kind: RowKind::Body,
            cells: vec![
                Cell { header: true, ..Cell::text(*code) },
                Cell::text(about(code)),
                Cell::text(weight(*severity)),
                number(*open),
                number(*settled),
            ],
        })
        .collect();
    let sum = |one: fn(&(usize, usize)) -> usize| counts.values().map(one).sum();
    if rows.len() > 1 {
        rows.push(Row {
            kind: RowKind::Total,
            cells: vec![
                Cell { header: true, ..Cell::text("Summe") },
                Cell::text(""),
                Cell::text(""),
                number(sum(|count| count.0)),
                number(sum(|count| count.1)),
            ],
        });
    }
    table(
        &[("Regel", 22), ("Was sie findet", 44), ("Gewicht", 12), ("offen", 9), ("anerkannt", 13)],
        3,
        rows,
    )
}

/// What a rule is about: the first sentence of its paragraph.
fn about(code: &str) -> String {
    let text = explanation(code).unwrap_or_default();
    let text = text.split("\n\n").next().unwrap_or_default().replace('`', "");
    let text = typography::single_spaced(&text);
    prose::sentences(&text).first().map_or_else(String::new, |range| text[range.clone()].to_owned())
}

/// Everything about a finding but its message.
fn facts(finding: &Finding, places: &Places, sources: &Sources) -> Block {
    let mut items =
        vec![item("Gewicht", &format!("{}, Regel „{}“", weight(finding.severity), finding.code))];
    if let Some(label) = &finding.primary {
        let place = at(label.span, sources);
        items.push(item(
            "Stelle",
            &places.section(label.span).map_or(place.clone(), |name| format!("{name}; {place}")),
        ));
    }
    if let Some(figures) = &finding.disagreement {
        items.push(item("Angegeben", &figures.stated));
        items.push(item(&capital(figures.source), &figures.computed));
        items.extend(figures.difference.as_ref().map(|text| item("Differenz", text)));
    }
    let remark = finding.primary.as_ref().map(|label| capital(&label.text));
    items.extend(remark.filter(|text| !text.is_empty()).map(|text| item("Bemerkung", &text)));
    for label in &finding.labels {
        let place = at(label.span, sources);
        items.push(item("Siehe auch", &format!("{} ({place})", capital(&label.text))));
    }
    match &finding.acknowledged {
        Some(reason) => items.push(item("Anerkannt, weil", reason)),
        None if finding.hints.is_empty() => {}
        None => items.push(item("Was zu tun ist", &finding.hints.join(" "))),
    }
    Block::List { start: None, items }
}

/// `mittel.yaml:14`
fn at(span: Span, sources: &Sources) -> String {
    format!("{}:{}", sources.path(span.file), sources.position(span.file, span.start).0)
}

/// A text that begins with a capital letter.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn weight(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "Fehler",
        Severity::Warning => "Warnung",
        Severity::Note => "Hinweis",
    }
}

/// A number with its noun.
fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{} {}", thousands(&count.to_string()), if count == 1 { one } else { many })
}

/// A table with a head; the columns from `numbers` on hold numbers.
fn table(columns: &[(&str, u32)], numbers: usize, rows: Vec<Row>) -> Table {
    let align = |at: usize| if at < numbers { Align::Left } else { Align::Right };
    let head = columns.iter().map(|(title, _)| Cell { header: true, ..Cell::text(*title) });
    Table {
        columns: columns
            .iter()
            .enumerate()
            .map(|(at, (_, weight))| Column { align: align(at), weight: *weight })
            .collect(),
        head: vec![head.collect()],
        rows,
        ..Table::default()
    }
}

fn heading(level: u8, text: impl Into<String>) -> Block {
    // Counted headings stand in the bookmarks; these need no numbers.
    let body = vec![Inline::Text(text.into())];
    Block::Heading(Heading { level, id: None, numbered: true, number: None, body })
}

fn paragraph(text: String) -> Block {
    Block::Paragraph(vec![Inline::Text(text)])
}

/// An item of a list that begins with its name.
fn item(name: &str, text: &str) -> Vec<Block> {
    let name = vec![Inline::Text(format!("{name}:"))];
    vec![Block::Paragraph(vec![Inline::Strong(name), Inline::Text(format!(" {text}"))])]
}
