// SPDX-License-Identifier: EUPL-1.2
//! As-of dates (Stand, Datenstand) and months of report (Berichtsmonat) that cannot both be right.
//!
//! Not here: dates that do not exist, and sources that are missing.

use std::collections::BTreeSet;

use crate::check::calendar::{self, Day};
use crate::check::{Rule, Run, prose};
use crate::diag::{Finding, Span};
use crate::model::date::Date;
use crate::model::figures::FigureId;
use crate::model::programme::PictureContent;
use crate::model::provenance::Provenance;
use crate::model::table::Cell;
use crate::tree::passage::Passage;
use crate::tree::walk;

/// The code of its findings.
const CODE: &str = "stand";

/// See `docs/regeln.md`.
pub(in crate::check) const RULE: Rule = Rule {
    code: CODE,
    run: Run::Data(|programme| {
        let mut seen = BTreeSet::new();
        let mut out = Vec::new();
        let mut judge = |claim: &Claim| {
            if seen.insert((claim.as_of.map(|(_, span)| span), claim.month.map(|(_, span)| span))) {
                out.extend(claim.judge(programme.date));
            }
        };
        // What is open yet has no age.
        let known = |id: &FigureId| !programme.figures.outcome(*id).incomplete;
        let open = |ids: &[FigureId]| !ids.is_empty() && !ids.iter().any(known);
        for table in &programme.tables {
            let cells = || table.rows.iter().flat_map(|row| &row.cells);
            let figures = cells().filter_map(|cell| match cell {
                Cell::Figure(id) => Some(*id),
                _ => None,
            });
            if open(&figures.collect::<Vec<_>>()) {
                continue;
            }
            let words: Vec<String> = cells()
                .filter_map(|cell| match cell {
                    Cell::Text(text) => Some(walk::plain(text)),
                    _ => None,
                })
                .collect();
            let title = walk::plain(&table.title);
            judge(&Claim::of(&title, &table.provenance, &words.join(" ")));
        }
        for picture in &programme.pictures {
            if let PictureContent::Chart { categories, .. } = &picture.content
                && open(&categories.iter().flat_map(|(_, ids, _)| ids.clone()).collect::<Vec<_>>())
            {
                continue;
            }
            let title = walk::plain(&picture.title);
            judge(&Claim::of(&title, &picture.provenance, ""));
        }
        for (_, figure) in programme.figures.iter().filter(|(id, _)| known(id)) {
            judge(&Claim::of(&figure.label, &figure.provenance, ""));
        }
        for passage in &programme.passages {
            if let Some(claim) = Claim::in_text(passage) {
                judge(&claim);
            }
        }
        out
    }),
};

/// What is said about the age of figures.
struct Claim {
    what: String,
    as_of: Option<(Date, Span)>,
    month: Option<(Date, Span)>,
    /// Whether they come with the usual delay of three months.
    delayed: bool,
}

impl Claim {
    fn of(what: &str, provenance: &Provenance, more: &str) -> Self {
        let date = |text: &Option<crate::model::yaml::Text>| {
            let text = text.as_ref()?;
            Some((calendar::read(&text.value)?, text.span))
        };
        let source = provenance.source.as_ref().map_or("", |source| source.value.as_str());
        Self {
            what: what.to_owned(),
            as_of: date(&provenance.as_of),
            month: date(&provenance.month),
            delayed: of_the_agency(source) && comes_late(&format!("{what} {more}")),
        }
    }

    /// "Datenstand: 09/2019, Berichtsmonat: 05/2019" in a sentence or note.
    fn in_text(passage: &Passage) -> Option<Self> {
        let text = passage.plain();
        let found = |words: &[&str]| {
            words.iter().find_map(|word| {
                let at = prose::find_word(&text, word, 0)? + word.len();
                let behind = &text[at..];
                let lead =
                    behind.len() - behind.trim_start_matches([':', ' ', '\u{a0}', '(']).len();
                let date = calendar::dates(&behind[lead..])
                    .into_iter()
                    .find(|date| date.range.start == 0)?;
                let range = at + lead..at + lead + date.range.end;
                Some((date.date()?, passage.span(&range)))
            })
        };
        // In one text may stand several; which belong together is plain only if there is one of each.
        let once = |word: &str| text.matches(word).count() <= 1;
        let (as_of, month) = (found(&["Datenstand", "Stand"]), found(&["Berichtsmonat"])?);
        once("Berichtsmonat").then(|| Self {
            what: passage.text.clone(),
            as_of: as_of.filter(|_| once("Datenstand")),
            month: Some(month),
            delayed: false,
        })
    }

    fn judge(&self, document: Day) -> Vec<Finding> {
        let mut out = Vec::new();
        let dated = calendar::printed(document);
        let after = |name: &str, (date, span): (Date, Span)| {
            let message = format!("{name} {date} liegt nach dem Stand des Dokuments ({dated}).");
            Finding::error(CODE, message)
                .at(span, "noch nicht vorbei, als das Dokument entstand")
                .about(self.what.clone())
                .hint("Berichtigen Sie die Angabe, oder setzen Sie „stand:“ in programm.yaml neu.")
        };
        if let Some(as_of) = self.as_of.filter(|(date, _)| calendar::first(*date) > document) {
            out.push(after("Der Stand", as_of));
        }
        if let Some(month) = self.month.filter(|(date, _)| calendar::first(*date) > document) {
            out.push(after("Der Berichtsmonat", month));
        }
        if let (Some((as_of, place)), Some((month, other)), true) =
            (self.as_of, self.month, out.is_empty())
        {
            if calendar::last(as_of) < calendar::first(month) {
                out.push(
                    Finding::error(CODE, format!("Der Stand {as_of} liegt vor dem Berichtsmonat {month}."))
                        .at(place, "Stand")
                        .label(other, "Berichtsmonat")
                        .about(self.what.clone())
                        .hint("Beide sind wohl vertauscht: Der Stand ist der Tag der Auswertung, der Berichtsmonat liegt davor."),
                );
            } else if let Some(months) =
                months(month, as_of).filter(|months| self.delayed && *months < 3)
            {
                out.push(
                    Finding::note(CODE, format!("Zwischen Berichtsmonat {month} und Stand {as_of} liegen nur {months} Monate; die Grundsicherungsstatistik erscheint nach drei Monaten."))
                        .at(place, "Stand")
                        .label(other, "Berichtsmonat")
                        .about(self.what.clone())
                        .hint("Prüfen Sie, ob es vorläufige Werte sind; dann gehört das in die Anmerkung."),
                );
            }
        }
        out
    }
}

/// Whole months from one date to another, if both name a month.
fn months(from: Date, to: Date) -> Option<i32> {
    let count = |date: Date| Some(date.year * 12 + i32::from(date.month?));
    Some(count(to)? - count(from)?)
}

/// Whether a source is the statistics of the Federal Employment Agency.
pub(super) fn of_the_agency(source: &str) -> bool {
    let names = prose::has_word(source, "BA") || source.contains("Bundesagentur");
    names && source.to_lowercase().contains("statistik")
}

/// Figures of the basic income (Grundsicherungsstatistik) are final after three months; those on
/// unemployment and vacancies appear at once.
fn comes_late(what: &str) -> bool {
    const LATE: [&str; 8] = [
        "Leistungsberechtigte",
        "Bedarfsgemeinschaft",
        "Langzeitleistungsbezieh",
        "Langzeitleistungsbezug",
        "Integrationsquote",
        "Leistungsbeziehende",
        "Regelleistungsberechtigte",
        "Hilfequote",
    ];
    const AT_ONCE: [&str; 4] = ["rbeitslos", "Stellen", "Bewerber", "Ausbildung"];
    let late = LATE.iter().any(|word| what.contains(word)) || prose::has_word(what, "eLb");
    late && !AT_ONCE.iter().any(|word| what.contains(word))
}
