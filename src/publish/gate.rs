// SPDX-License-Identifier: EUPL-1.2
//! What keeps a programme from being published: open findings, no agreement, figures that changed after
//! it, public texts that name what is internal.
//!
//! Not here: secrecy, and the proof of what was written.

mod wording;

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
use crate::tree::{Block, Inline, walk};

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
    out.extend(wording::findings(programme, public, internal));
    out.extend(pictures(programme, public, internal, secrecy));
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
