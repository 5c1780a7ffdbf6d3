// SPDX-License-Identifier: EUPL-1.2
//! What keeps a programme from being published: open findings, no agreement, figures that changed after
//! it, public texts that name what is internal.
//!
//! Not here: secrecy, and the proof of what was written.

use std::collections::BTreeMap;

use super::internal::Internal;
use super::secrecy::persons::{Persons, Surroundings};
use super::secrecy::relations::root;
use super::secrecy::{self, Secrecy};
use super::texts;
use crate::diag::{Finding, Span};
use crate::model::Programme;
use crate::model::date::Date;
use crate::model::figures::{FigureId, Origin};
use crate::model::programme::{Form, PictureContent};
use crate::model::provenance::Provenance;
use crate::model::table::Cell;
use crate::model::visibility::{Class, Visibility};
use crate::model::yaml::Text;
use crate::tree::{Block, Inline, RefKind, walk};

/// Findings that are put up with in a draft and not in public, whatever their weight.
const NEVER_OPEN: [&str; 6] =
    ["offen", "quelle-fehlt", "beteiligung", "abkuerzung-unerklaert", "platzhalter", "geruesttext"];

/// Whether a finding of the checks keeps a programme from being published.
pub fn blocks(finding: &Finding) -> bool {
    finding.is_open() || finding.acknowledged.is_none() && NEVER_OPEN.contains(&finding.code)
}

/// Columns that are private by their names alone: good to know before somebody looks for them.
fn left_out_by_default(programme: &Programme, internal: &Internal) -> Vec<Finding> {
    let mut out = Vec::new();
    for (table, marks) in programme.tables.iter().zip(&internal.tables) {
        let note = |what: String, class: Class, span: Span| {
            Finding::note(
                "auslassung",
                format!("{what} wird nicht veröffentlicht: {}.", class.word()),
            )
            .at(span, "in der öffentlichen Fassung nicht enthalten")
            .hint("Soll es öffentlich sein, schreiben Sie „intern: nein“ dazu.")
        };
        let title = walk::plain(&table.title);
        if let Some(class) = marks.whole {
            if table.visibility == Visibility::Unmarked {
                out.push(note(format!("Die Tabelle „{title}“"), class, table.span));
            }
            continue;
        }
        for (column, class) in table.columns.iter().zip(&marks.columns) {
            if let Some(class) = class.filter(|_| column.visibility == Visibility::Unmarked) {
                let name = column.titles.last().unwrap_or(&column.id);
                let what = format!("Die Spalte „{name}“ der Tabelle „{title}“");
                out.push(note(what, class, column.span));
            }
        }
        for (row, class) in table.rows.iter().zip(&marks.rows) {
            let by_name = row.measures.is_empty() && row.visibility == Visibility::Unmarked;
            if let Some(class) = class.filter(|_| by_name) {
                out.push(note(format!("Eine Zeile der Tabelle „{title}“"), class, row.span));
            }
        }
    }
    out
}

/// What must be settled besides the findings of the checks.
pub fn open_matters(
    programme: &Programme,
    public: &Programme,
    internal: &Internal,
    secrecy: &Secrecy,
    former: &BTreeMap<String, String>,
) -> Vec<Finding> {
    let mut out = left_out_by_default(programme, internal);
    out.extend(agreement(programme));
    out.extend(after_the_agreement(programme));
    out.extend(changed(programme, public, former));
    out.extend(references(programme, public, internal));
    out.extend(pictures(programme, public, internal, secrecy));
    out.extend(comments(public));
    out.extend(marks_in_text(programme, public));
    out.extend(sources(programme, public));
    out
}

fn agreement(programme: &Programme) -> Vec<Finding> {
    let assembly = if programme.form == Some(Form::Municipal) {
        ""
    } else {
        " (§ 44c Abs. 6 SGB II: in der Trägerversammlung)"
    };
    match &programme.agreement {
        Some(agreement) if agreement.agreed && agreement.day.is_some() => Vec::new(),
        Some(agreement) if agreement.agreed => vec![
            Finding::error("nicht-abgestimmt", "Der Tag der Abstimmung fehlt.")
                .at(agreement.span, "wann?")
                .hint("Ergänzen Sie „am: 2026-11-20“."),
        ],
        Some(agreement) => vec![
            Finding::error("nicht-abgestimmt", "Das Programm ist noch nicht abgestimmt.")
                .at(agreement.span, "noch ein Entwurf")
                .hint(format!("Erst das abgestimmte Programm{assembly} wird veröffentlicht: „zustand: abgestimmt“ und „am:“.")),
        ],
        None => vec![
            Finding::error("nicht-abgestimmt", "Die Daten sagen nicht, ob das Programm abgestimmt ist.")
                .at(programme.span, "ohne „abstimmung:“")
                .hint(format!("Ergänzen Sie in programm.yaml „abstimmung: {{zustand: abgestimmt, am: …}}“{assembly}.")),
        ],
    }
}

/// The day of the agreement, which is kept as it is printed.
fn agreed_on(programme: &Programme) -> Option<Date> {
    let day = programme.agreement.as_ref().filter(|it| it.agreed)?.day.as_ref()?;
    let mut parts = day.split('.');
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    Date::read(&format!("{year}-{month}-{day}"))
}

/// Figures whose own date lies after the day of the agreement: nobody agreed to them.
fn after_the_agreement(programme: &Programme) -> Vec<Finding> {
    let Some(agreed) = agreed_on(programme) else { return Vec::new() };
    let mut dates: Vec<(&Text, String)> = Vec::new();
    for table in &programme.tables {
        let what = format!("Tabelle „{}“", walk::plain(&table.title));
        dates.extend(table.provenance.as_of.as_ref().map(|as_of| (as_of, what)));
    }
    for picture in &programme.pictures {
        let what = format!("Schaubild „{}“", walk::plain(&picture.title));
        dates.extend(picture.provenance.as_of.as_ref().map(|as_of| (as_of, what)));
    }
    for (_, figure) in programme.figures.iter() {
        let what = format!("Zahl „{}“", figure.label);
        dates.extend(figure.provenance.as_of.as_ref().map(|as_of| (as_of, what)));
    }
    let later = dates.into_iter().filter(|(as_of, _)| {
        // A month is over after its last day; it says nothing about the days within it.
        Date::read(&as_of.value).is_some_and(|date| date.day.is_some() && date > agreed)
    });
    later
        .map(|(as_of, what)| {
            Finding::error(
                "nach-abstimmung",
                format!("{what} hat einen Stand nach dem Tag der Abstimmung ({agreed})."),
            )
            .at(as_of.span, "nach der Abstimmung")
            .hint("Was danach geändert wurde, ist nicht abgestimmt: Stimmen Sie es ab, und tragen Sie den neuen Tag ein.")
        })
        .collect()
}

/// Figures that the edition before, agreed on the same day, showed otherwise. `former` are printed
/// values by path; empty if there is none that was agreed on the same day.
fn changed(
    programme: &Programme,
    public: &Programme,
    former: &BTreeMap<String, String>,
) -> Vec<Finding> {
    let mut out = Vec::new();
    for (id, figure) in public.figures.iter() {
        let Some(before) = former.get(&figure.path) else { continue };
        let now = public.figures.computed_with_unit(id).map(|quantity| quantity.to_string());
        let now = now.unwrap_or_default();
        // What is secret now, or was, and another unit or sign, is no other figure.
        let numbers = (texts::numbers_in(before), texts::numbers_in(&now));
        let told = !numbers.0.is_empty() && !numbers.1.is_empty();
        if told && numbers.0 != numbers.1 && root(&programme.figures, id) == id {
            out.push(
                Finding::error(
                    "nach-abstimmung",
                    format!("„{}“ wurde nach der Abstimmung geändert: veröffentlicht war {before}, jetzt {now}.", programme.figures.get(id).label),
                )
                .at(figure.span, "seitdem geändert")
                .hint("Stimmen Sie die Änderung ab, und tragen Sie den neuen Tag ein."),
            );
        }
    }
    out
}

/// Public texts that name what the public does not see.
fn references(programme: &Programme, public: &Programme, internal: &Internal) -> Vec<Finding> {
    let mut out = Vec::new();
    let mut look = |inline: &Inline| out.extend(reference(programme, public, internal, inline));
    for text in public.texts.values() {
        walk::inlines(&text.blocks, &mut look);
    }
    of_data(public, &mut look);
    out
}

/// Calls `visit` for every inline of texts in the data.
fn of_data(public: &Programme, visit: &mut impl FnMut(&Inline)) {
    let mut lists: Vec<&Vec<Inline>> = Vec::new();
    for measure in &public.measures {
        lists.extend([&measure.name, &measure.function]);
    }
    for field in &public.fields {
        lists.extend([&field.title, &field.overview_title, &field.goal]);
        for strategy in &field.strategies {
            lists.extend([&strategy.title, &strategy.heading]);
            for (text, points) in &strategy.steps {
                lists.push(text);
                lists.extend(points);
            }
        }
        lists.extend(field.tasks.iter().map(|task| &task.text));
    }
    for table in &public.tables {
        lists.push(&table.title);
        lists.extend(&table.note);
        for cell in table.rows.iter().flat_map(|row| &row.cells) {
            match cell {
                Cell::Text(text) => lists.push(text),
                Cell::List(items) => lists.extend(items),
                _ => {}
            }
        }
    }
    for list in &public.lists {
        lists.extend([&list.title, &list.conclusion]);
        lists.extend(list.items.iter().map(|item| &item.text));
    }
    lists.extend(public.footnotes.iter().map(|note| &note.body));
    for picture in &public.pictures {
        lists.extend([&picture.title, &picture.note]);
    }
    lists.into_iter().for_each(|list| walk::each(list, visit));
}

fn reference(
    programme: &Programme,
    public: &Programme,
    internal: &Internal,
    inline: &Inline,
) -> Option<Finding> {
    let (what, span, hint): (String, Span, &str) = match inline {
        Inline::Figure { path, span, .. } => {
            let id = programme.figures.find(path)?;
            internal.figures.get(&id)?;
            let label = &programme.figures.get(id).label;
            (format!("die Zahl „{label}“"), *span, "Schreiben Sie den Satz ohne diese Zahl")
        }
        Inline::Reference { kind, target, span, .. } => {
            let gone = match kind {
                RefKind::Section => internal.sections.contains_key(target),
                RefKind::Table => {
                    programme.table(target).is_some() && public.table(target).is_none()
                }
                RefKind::Picture => {
                    programme.picture(target).is_some() && public.picture(target).is_none()
                }
                RefKind::Measure => internal.measures.contains_key(target),
                RefKind::Strategy => {
                    programme.strategy(target).is_some() && public.strategy(target).is_none()
                }
                RefKind::Footnote => {
                    programme.footnote(target).is_some() && public.footnote(target).is_none()
                }
            };
            let what = match kind {
                RefKind::Section => "den Abschnitt",
                RefKind::Table => "die Tabelle",
                RefKind::Picture => "das Schaubild",
                RefKind::Measure => "die Maßnahme",
                RefKind::Strategy => "die Strategie",
                RefKind::Footnote => "die Fußnote",
            };
            if !gone {
                return None;
            }
            (format!("{what} „{target}“"), *span, "Schreiben Sie den Satz ohne diesen Verweis")
        }
        _ => return None,
    };
    Some(
        Finding::error(
            "verweis-auf-internes",
            format!("Ein öffentlicher Text nennt {what}; das ist intern."),
        )
        .at(span, "im öffentlichen Text")
        .hint(format!("{hint}, oder setzen Sie ihn in einen Kasten „> **Intern**“.")),
    )
}

/// Marks in running text, a list or a cell, where they do not hold.
fn marks_in_text(programme: &Programme, public: &Programme) -> Vec<Finding> {
    let marked = |text: &str| {
        let text = text.replace('\u{ad}', "");
        let first = text.trim_start_matches(|c: char| !c.is_alphanumeric());
        let begins = first.to_lowercase().starts_with("intern:");
        begins || text.contains(" Intern:") || text.contains(" INTERN:")
    };
    let mut bold = std::collections::BTreeSet::new();
    let mut look = |inline: &Inline| {
        if let Inline::Strong(body) = inline {
            let text = walk::plain(body).replace('\u{ad}', "");
            let word = text.trim().trim_end_matches([':', '.', '!']).to_lowercase();
            if word == "intern" {
                bold.insert(walk::plain(body));
            }
        }
    };
    public.texts.values().for_each(|text| walk::inlines(&text.blocks, &mut look));
    of_data(public, &mut look);
    let says = |text: &str| marked(text) || bold.iter().any(|mark| text.contains(mark.as_str()));
    let passages = super::secrecy::told::passages(programme, public);
    let found = passages.into_iter().filter(|passage| says(&passage.text));
    found
        .map(|passage| {
            Finding::error(
                "intern-im-text",
                "Ein öffentlicher Text ist mit „Intern“ gekennzeichnet; so gilt das nicht.",
            )
            .at(passage.whole(), "würde veröffentlicht")
            .hint("Setzen Sie ihn in einen eigenen Kasten: vor jeder Zeile „>“, in der ersten nur „> **Intern**“.")
        })
        .collect()
}

/// Counts of persons that are typed without saying where they are from. Who reproduces a document
/// prints what it says.
fn sources(programme: &Programme, public: &Programme) -> Vec<Finding> {
    if programme.reproduction {
        return Vec::new();
    }
    let surroundings = Surroundings::of(programme);
    let said = |provenance: &Provenance| provenance.source.is_some();
    let counted = |id: FigureId| {
        let figure = programme.figures.get(id);
        matches!(figure.origin, Origin::Entered(_))
            && !said(&figure.provenance)
            && surroundings.counts_persons(id) == Persons::Yes
    };
    let mut out = Vec::new();
    for table in public.tables.iter().filter(|table| !said(&table.provenance)) {
        let cells = table.rows.iter().flat_map(|row| &row.cells);
        let found = cells.filter_map(|cell| match cell {
            Cell::Figure(id) => Some(*id),
            _ => None,
        });
        // A note below may say it in a sentence.
        let noted = table.note.iter().any(|note| walk::plain(note).contains("Quelle"));
        if let Some(id) = found.into_iter().find(|id| counted(*id)).filter(|_| !noted) {
            let title = walk::plain(&table.title);
            out.push(
                Finding::warning(
                    "quelle-fehlt",
                    format!("Die Tabelle „{title}“ zählt Personen und nennt keine Quelle."),
                )
                .at(table.span, "woher sind diese Zahlen?")
                .label(programme.figures.get(id).span, "zum Beispiel diese")
                .hint("Ergänzen Sie „quelle:“, und was die Statistik verlangt: „berichtsmonat:“ und „stand:“."),
            );
        }
    }
    out
}

/// Comments of Markdown in values that know none: they would be printed.
fn comments(public: &Programme) -> Vec<Finding> {
    let said = texts::of(public).into_iter().filter(|said| said.text.contains("<!--"));
    let finding = |said: texts::Said| {
        let finding = Finding::error(
            "kommentar-im-wert",
            format!("Ein Kommentar würde gedruckt: {}.", said.what),
        );
        let finding = match said.span {
            Some(span) => finding.at(span, "enthält „<!--“"),
            None => finding,
        };
        finding.hint("In YAML-Dateien beginnt ein Kommentar mit „#“; dem Haus sagt „notiz:“ etwas.")
    };
    said.map(finding).collect()
}

/// Pictures whose words do not do.
fn pictures(
    programme: &Programme,
    public: &Programme,
    internal: &Internal,
    secrecy: &Secrecy,
) -> Vec<Finding> {
    let mut out = Vec::new();
    for picture in &public.pictures {
        let title = walk::plain(&picture.title);
        if picture.alt.trim().eq_ignore_ascii_case(title.trim()) && !title.is_empty() {
            out.push(
                Finding::error(
                    "alternativtext",
                    format!(
                        "Der Alternativtext des Schaubildes „{}“ wiederholt nur den Titel.",
                        picture.id
                    ),
                )
                .at(picture.span, "sagt nicht, was zu sehen ist")
                .hint("Beschreiben Sie in ein bis zwei Sätzen, was zu sehen ist (BITV 2.0 § 3)."),
            );
        }
        // What is left out of the chart may still be said.
        let whole = programme.picture(&picture.id).unwrap_or(picture);
        let PictureContent::Chart { categories, .. } = &whole.content else { continue };
        for id in categories.iter().flat_map(|(_, ids, _)| ids) {
            if !secrecy.secret.contains(id) && !internal.figures.contains_key(id) {
                continue;
            }
            let value = programme.figures.printed(*id, programme.reproduction);
            let value = texts::numbers_in(&value.map(|it| it.to_string()).unwrap_or_default());
            let told = texts::numbers_in(&picture.alt);
            if value.iter().any(|number| told.contains(number)) {
                out.push(
                    Finding::error(
                        secrecy::IN_TEXT,
                        format!("Der Alternativtext des Schaubildes „{}“ nennt einen Wert, der intern oder geheim ist.", picture.id),
                    )
                    .at(picture.span, "Alternativtext dieses Schaubildes")
                    .hint("Schreiben Sie ihn ohne diesen Wert."),
                );
            }
        }
    }
    out
}

/// Figures that sentences of a document show, by path, with their places.
pub fn told(blocks: &[Block]) -> BTreeMap<String, Vec<Span>> {
    let mut out: BTreeMap<String, Vec<Span>> = BTreeMap::new();
    walk::inlines(blocks, &mut |inline| {
        if let Inline::Figure { path, span, .. } = inline {
            out.entry(path.clone()).or_default().push(*span);
        }
    });
    out
}
