// SPDX-License-Identifier: EUPL-1.2
//! All texts and figures of a programme with what they are.
//!
//! What a programme says and its public version does not is internal: this is what the proof looks for,
//! whatever the reason why it was left out.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::Span;
use crate::model::Programme;
use crate::model::figures::FigureId;
use crate::model::programme::{Field, Picture, PictureContent};
use crate::model::quantity::Quantity;
use crate::model::table::{Cell, Row, Table};
use crate::model::visibility::Visibility;
use crate::model::yaml::Text;
use crate::tree::{Block, BoxKind, Inline, walk};

/// A text of a programme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// What it says.
    pub text: String,
    /// What it is, in German: `Name der Maßnahme „x“`.
    pub what: String,
    /// Where it stands, as far as that is known.
    pub span: Option<Span>,
    /// Whether the data mark it as internal, or it is private by its nature. This is read off the data
    /// themselves, not off what was decided about them.
    pub marked: bool,
    /// Whether it is running text; names and cells say what there is, running text speaks of it.
    pub prose: bool,
}

/// Kinds of running text, as the descriptions begin.
const PROSE: [&str; 10] = [
    "Absatz",
    "Funktion der",
    "Ziel",
    "Schritt",
    "Aufgabe",
    "Anmerkung",
    "Fazit",
    "Alternativtext",
    "Fußnote",
    "Notiz",
];

/// All texts of a programme.
pub fn of(programme: &Programme) -> Vec<Said> {
    let mut all = Collector { out: Vec::new(), marked: 0 };
    all.head(programme);
    all.measures(programme);
    all.fields(programme);
    all.tables(programme);
    all.lists_and_pictures(programme);
    all.people(programme);
    all.figures(programme);
    all.working(programme);
    all.chapters(programme);
    all.out
}

/// Digits of all figures of a programme, as far as they are telling, with what they are; `wanted` picks
/// figures.
pub fn digits_of(
    programme: &Programme,
    wanted: impl Fn(FigureId) -> bool,
) -> BTreeMap<String, (String, Span)> {
    let figures = &programme.figures;
    let mut out = BTreeMap::new();
    for (id, figure) in figures.iter().filter(|(id, _)| wanted(*id)) {
        let stated = figure.stated.as_ref().and_then(|stated| stated.quantity.clone());
        let computed = figures.computed_with_unit(id);
        for quantity in stated.into_iter().chain(computed) {
            for digits in digits_of_quantity(&quantity) {
                let what = format!("Zahl „{}“", figure.label);
                out.entry(digits).or_insert((what, figure.span));
            }
        }
    }
    out
}

/// As printed, and in base units: `39,53 Mio. €` is 3953 and 39530000.
fn digits_of_quantity(quantity: &Quantity) -> BTreeSet<String> {
    let mut out: BTreeSet<String> = numbers_in(&quantity.to_string()).into_iter().collect();
    if let Some(nominal) = quantity.nominal() {
        out.extend(numbers_in(&nominal.normalize().to_string()));
    }
    out.retain(|digits| is_telling(digits));
    out
}

/// Whether a number has five digits or more that say something.
pub fn is_telling(digits: &str) -> bool {
    const TELLING: usize = 5;
    digits.trim_start_matches('0').trim_end_matches('0').len() >= TELLING
}

/// The numbers of a text as bare digits: separators between digits are left out. Dates are none.
pub fn numbers_in(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    // The number so far, as it is written.
    let mut number = String::new();
    let mut before = ' ';
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        if letter.is_ascii_digit() {
            // Part of a word, such as a checksum, is no number.
            if number.is_empty() && (before.is_alphabetic() || before == '_') {
                while letters.next_if(|c| c.is_alphanumeric() || *c == '_').is_some() {}
                before = 'x';
                continue;
            }
            number.push(letter);
        } else if !number.is_empty() {
            let separates = matches!(letter, '.' | ',' | '\'' | '\u{a0}' | '\u{202f}' | '\u{2009}');
            if separates && letters.peek().is_some_and(char::is_ascii_digit) {
                number.push(letter);
            } else {
                let whole = std::mem::take(&mut number);
                if letter.is_alphabetic() && letter.is_ascii() {
                    while letters.next_if(|c| c.is_alphanumeric()).is_some() {}
                } else {
                    out.extend(digits(&whole));
                }
            }
        }
        before = letter;
    }
    out.extend(digits(&number));
    out
}

/// The digits of a number, unless it is a date or nothing.
fn digits(number: &str) -> Option<String> {
    let parts: Vec<usize> = number.split('.').map(str::len).collect();
    let plain = number.chars().all(|c| c.is_ascii_digit() || c == '.');
    let date = plain && matches!(parts[..], [1..=2, 1..=2, 2 | 4]);
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    (!date && !digits.is_empty()).then_some(digits)
}

/// A text as it is compared: letters and digits alone, in small letters, so that neither line breaks nor
/// hyphens nor notation hide it.
pub fn squeezed(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

struct Collector {
    out: Vec<Said>,
    /// How many marks are around what is collected.
    marked: usize,
}

impl Collector {
    fn add(&mut self, what: impl Into<String>, text: &str, span: Option<Span>) {
        if !text.trim().is_empty() {
            let (text, what) = (text.trim().to_owned(), what.into());
            let prose = PROSE.iter().any(|kind| what.starts_with(kind));
            self.out.push(Said { text, what, span, marked: self.marked > 0, prose });
        }
    }

    /// Collects what a mark is about.
    fn under(&mut self, mark: bool, collect: impl FnOnce(&mut Self)) {
        self.marked += usize::from(mark);
        collect(self);
        self.marked -= usize::from(mark);
    }

    fn some(&mut self, what: impl Into<String>, text: Option<&Text>) {
        if let Some(text) = text {
            self.add(what, &text.value, Some(text.span));
        }
    }

    fn inlines(&mut self, what: &str, list: &[Inline], span: Option<Span>) {
        self.add(what, &walk::plain(list), span);
    }

    fn head(&mut self, programme: &Programme) {
        let span = Some(programme.span);
        self.add("Titel", &programme.title, span);
        self.add("Name des Jobcenters", &programme.jobcenter, span);
        let lines = [
            ("Untertitel", &programme.subtitle),
            ("Leitspruch", &programme.motto),
            ("Geschäftszeichen", &programme.reference),
            ("Vermerk", &programme.mark),
            ("Datumszeile", &programme.date_line),
        ];
        for (what, text) in lines {
            self.add(what, text.as_deref().unwrap_or_default(), span);
        }
        for (_, word) in &programme.words {
            self.some("festes Wort", Some(word));
        }
        for (id, section) in &programme.sections {
            self.under(section.visibility.is_internal(), |all| {
                all.some(format!("Titel des Abschnitts „{}“", id.value), section.title.as_ref());
            });
        }
        for one in &programme.abbreviations {
            self.some("Abkürzung", Some(&one.long));
        }
        for one in &programme.footnotes {
            self.under(one.visibility.is_internal(), |all| {
                all.inlines(&format!("Fußnote „{}“", one.id), &one.body, Some(one.span));
            });
        }
    }

    fn measures(&mut self, programme: &Programme) {
        for one in &programme.measures {
            let of = |what: &str| format!("{what} der Maßnahme „{}“", one.id);
            self.under(one.visibility.is_internal(), |all| {
                all.inlines(&of("Name"), &one.name, Some(one.span));
                all.inlines(&of("Funktion"), &one.function, Some(one.span));
                all.some(of("Rechtsgrundlage"), one.law.as_ref());
                all.under(!one.awarded, |all| all.some(of("Anbieter"), one.provider.as_ref()));
                for part in &one.parts {
                    let name = part.name.as_deref().unwrap_or_default();
                    all.under(part.visibility.is_internal(), |all| {
                        all.inlines(&of("Teil"), name, Some(one.span));
                    });
                }
            });
        }
    }

    fn fields(&mut self, programme: &Programme) {
        for one in &programme.fields {
            self.under(one.visibility.is_internal(), |all| all.field(one));
        }
    }

    fn field(&mut self, one: &Field) {
        let of = |what: &str| format!("{what} des Handlungsfeldes „{}“", one.id);
        self.inlines(&of("Titel"), &one.title, Some(one.span));
        self.inlines(&of("kurzer Titel"), &one.overview_title, Some(one.span));
        self.inlines(&of("Ziel"), &one.goal, Some(one.span));
        for strategy in &one.strategies {
            let span = Some(strategy.span);
            self.under(strategy.visibility.is_internal(), |all| {
                for text in [&strategy.title, &strategy.heading, &strategy.table_title] {
                    all.inlines(&of("Strategie"), text, span);
                }
                for (text, points) in &strategy.steps {
                    all.inlines(&of("Schritt"), text, span);
                    points.iter().for_each(|point| all.inlines(&of("Schritt"), point, span));
                }
            });
        }
        for task in &one.tasks {
            let span = Some(task.span);
            self.under(task.visibility.is_internal(), |all| {
                all.inlines(&of("Aufgabe"), &task.text, span);
                let who = task.who.as_deref().unwrap_or_default();
                let private = task.visibility != Visibility::Public;
                all.under(private, |all| all.add(of("Zuständige"), who, span));
            });
        }
    }

    fn tables(&mut self, programme: &Programme) {
        for table in &programme.tables {
            self.under(table.visibility.is_internal(), |all| all.table(programme, table));
        }
    }

    fn table(&mut self, programme: &Programme, table: &Table) {
        let of = |what: &str| format!("{what} der Tabelle „{}“", table.id);
        self.inlines(&of("Titel"), &table.title, Some(table.span));
        self.inlines(&of("Anmerkung"), table.note.as_deref().unwrap_or_default(), None);
        self.some(of("Quelle"), table.provenance.source.as_ref());
        for column in &table.columns {
            self.under(column.visibility.is_internal(), |all| {
                column.titles.iter().for_each(|title| {
                    all.add(of("Spalte"), title, Some(column.span));
                });
            });
        }
        for row in &table.rows {
            for (at, (cell, column)) in row.cells.iter().zip(&table.columns).enumerate() {
                let own = row.marked.iter().any(|(place, mark)| *place == at && mark.is_internal());
                let mark = own
                    || row.visibility.is_internal()
                    || column.visibility.is_internal()
                    || column
                        .field
                        .as_deref()
                        .is_some_and(|field| of_measure(programme, row, field));
                self.under(mark, |all| match cell {
                    Cell::Text(text) => all.inlines(&of("Zelle"), text, Some(row.span)),
                    Cell::List(items) => items.iter().for_each(|item| {
                        all.inlines(&of("Zelle"), item, Some(row.span));
                    }),
                    Cell::Empty | Cell::Figure(_) => {}
                });
            }
        }
    }

    fn lists_and_pictures(&mut self, programme: &Programme) {
        for list in &programme.lists {
            let of = |what: &str| format!("{what} der Liste „{}“", list.id);
            self.under(list.visibility.is_internal(), |all| {
                all.inlines(&of("Titel"), &list.title, Some(list.span));
                all.inlines(&of("Fazit"), &list.conclusion, Some(list.span));
                for item in &list.items {
                    all.under(item.visibility.is_internal(), |all| {
                        all.inlines(&of("Eintrag"), &item.text, Some(list.span));
                    });
                }
            });
        }
        for one in &programme.pictures {
            self.under(one.visibility.is_internal(), |all| all.picture(one));
        }
    }

    fn picture(&mut self, one: &Picture) {
        {
            let span = Some(one.span);
            let of = |what: &str| format!("{what} des Schaubildes „{}“", one.id);
            self.inlines(&of("Titel"), &one.title, span);
            self.inlines(&of("Anmerkung"), &one.note, span);
            self.add(of("Alternativtext"), &one.alt, span);
            self.some(of("Quelle"), one.provenance.source.as_ref());
            match &one.content {
                PictureContent::Chart { series, categories, .. } => {
                    series.iter().for_each(|name| self.add(of("Reihe"), name, span));
                    for (label, ..) in categories {
                        self.add(of("Beschriftung"), label, span);
                    }
                }
                PictureContent::Flow(flow) => {
                    for one in &flow.boxes {
                        self.add(of("Kasten"), &one.title, span);
                        self.add(of("Kasten"), &one.text, span);
                    }
                    for text in flow.arrows.iter().filter_map(|(.., text)| text.as_ref()) {
                        self.add(of("Pfeil"), text, span);
                    }
                }
                PictureContent::Placeholder(reason) => {
                    self.add(of("Begründung"), reason.as_deref().unwrap_or_default(), span);
                }
                PictureContent::Image(..) => {}
            }
        }
    }

    fn people(&mut self, programme: &Programme) {
        for one in &programme.participation {
            let lines = [Some(&one.name), one.law.as_ref(), one.result.as_ref()];
            self.under(one.visibility.is_internal(), |all| {
                for text in lines.into_iter().flatten() {
                    all.add("Beteiligung", text, Some(one.span));
                }
            });
        }
        for one in &programme.signatures {
            let span = Some(one.span);
            self.under(one.visibility.is_internal(), |all| {
                all.add("Ort der Unterschrift", one.place.as_deref().unwrap_or_default(), span);
                for ((name, function, _), mark) in one.lines.iter().zip(&one.names) {
                    let name = name.as_deref().unwrap_or_default();
                    all.under(*mark != Visibility::Public, |all| {
                        all.add("Name unter dem Programm", name, span);
                    });
                    all.add("Funktion unter dem Programm", function, span);
                }
            });
        }
    }

    fn figures(&mut self, programme: &Programme) {
        for (_, figure) in programme.figures.iter() {
            let span = Some(figure.span);
            // Names and sources of single figures are not printed; without a mark they are no secret.
            let mark = figure.visibility.is_internal();
            self.under(mark, |all| {
                if mark && figure.path.starts_with("werte.") {
                    all.add("Bezeichnung eines Wertes", &figure.label, span);
                    all.some("Quelle einer Zahl", figure.provenance.source.as_ref());
                }
                all.some("Anmerkung einer Zahl", figure.note.as_ref());
            });
            self.under(true, |all| {
                all.some("Begründung einer Abweichung", figure.acknowledged.as_ref());
            });
        }
    }

    /// What only those who write the programme read.
    fn working(&mut self, programme: &Programme) {
        self.marked += 1;
        for one in &programme.acknowledgements {
            self.some("Begründung eines Befundes", Some(&one.reason));
        }
        for one in &programme.restated {
            self.some("Begründung einer Abweichung", one.acknowledged.as_ref());
        }
        for one in &programme.limits {
            let reason = one.acknowledged.as_deref().unwrap_or_default();
            self.add("Begründung einer Prüfung", reason, Some(one.span));
        }
        for one in &programme.remarks {
            self.some("Notiz", Some(one));
        }
        self.marked -= 1;
    }

    fn chapters(&mut self, programme: &Programme) {
        let section = |name: &str| {
            programme.sections.iter().any(|(id, own)| {
                let text = own.text.as_ref().map_or(&id.value, |text| &text.value);
                own.visibility.is_internal() && text == name
            })
        };
        let field = |name: &str| {
            programme
                .fields
                .iter()
                .any(|field| field.visibility.is_internal() && field.text.as_deref() == Some(name))
        };
        for (name, text) in &programme.texts {
            let what = format!("Absatz in kapitel/{name}.md");
            let boxed = internal_boxes(&text.blocks);
            self.under(section(name) || field(name), |all| {
                paragraphs(&text.blocks, &mut |body| {
                    let own = walk::plain(body);
                    all.under(boxed.contains(&own), |all| all.add(what.as_str(), &own, None));
                    walk::each(body, &mut |inline| {
                        if let Inline::Figure { acknowledged: Some(reason), span, .. } = inline {
                            all.under(true, |all| {
                                all.add("Begründung einer Abweichung", reason, Some(*span));
                            });
                        }
                    });
                });
            });
        }
    }
}

/// Whether a row shows something internal of its measure.
fn of_measure(programme: &Programme, row: &Row, field: &str) -> bool {
    row.measures.iter().filter_map(|id| programme.measure(id)).any(|measure| {
        let part = row.part.as_ref().and_then(|part| measure.part(part));
        measure.visibility.is_internal()
            || part.is_some_and(|part| part.visibility.is_internal())
            || field == "anbieter" && !measure.awarded
    })
}

/// The paragraphs of internal boxes.
fn internal_boxes(list: &[Block]) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    walk::blocks(list, &mut |block| {
        if let Block::Boxed { kind: BoxKind::Internal, body, .. } = block {
            paragraphs(body, &mut |body| {
                out.insert(walk::plain(body));
            });
        }
    });
    out
}

/// Calls `visit` for every paragraph, heading and cell.
fn paragraphs(list: &[Block], visit: &mut impl FnMut(&[Inline])) {
    walk::blocks(list, &mut |block| match block {
        Block::Paragraph(body) => visit(body),
        Block::Heading(heading) => visit(&heading.body),
        Block::Table(table) => {
            for cell in
                table.head.iter().flatten().chain(table.rows.iter().flat_map(|row| &row.cells))
            {
                walk::blocks(&cell.body, &mut |inner| {
                    if let Block::Paragraph(body) = inner {
                        visit(body);
                    }
                });
            }
        }
        _ => {}
    });
}
