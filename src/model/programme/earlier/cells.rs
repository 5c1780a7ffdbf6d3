// SPDX-License-Identifier: EUPL-1.2
//! Columns that show, row by row, what a column of last year's programme shows.
//!
//! Not here: how what is typed in such a cell is held against it.

use std::collections::BTreeSet;

use super::{Earlier, NO_PROGRAMME, Past};
use crate::diag::{Finding, Span, did_you_mean};
use crate::model::figures::{FigureId, Origin};
use crate::model::programme::tables::Tables;
use crate::model::programme::{Measure, Programme};
use crate::model::table::{Column, Row, Table};
use crate::model::yaml::Text;

/// A row that takes the figures of measures of the year before.
pub(in crate::model::programme) struct Claim {
    /// Column of last year's table.
    column: String,
    /// Ids of last year's measures.
    predecessors: Vec<String>,
    /// Ids of the row's measures.
    measures: BTreeSet<String>,
    /// Whether a figure is typed in the cell.
    typed: bool,
    span: Span,
}

impl Tables<'_, '_> {
    /// Where a cell of such a column comes from. `None` if the year before has nothing for it.
    pub(in crate::model::programme) fn before(
        &mut self,
        table: &str,
        row: &Row,
        column: &Column,
        typed: bool,
    ) -> Option<Origin> {
        let (table, wanted) = target(table, &column.earlier.as_ref()?.value);
        let earlier = self.builder.earlier;
        let past = match earlier {
            Earlier::Undeclared => return None,
            // What is typed is known, whatever cannot be asked.
            Earlier::Unread(_) if typed => return None,
            Earlier::Unread(_) => return self.builder.figures.unread().map(Origin::Same),
            Earlier::Read(past) => past.as_ref(),
        };
        let found = if row.measures.is_empty() {
            past.of_row(table, row, wanted).into_iter().collect()
        } else {
            self.of_measures(past, table, row, wanted, typed)
        };
        let figures = &past.programme.figures;
        if !typed && found.iter().any(|id| past.beyond.contains(id)) {
            self.report(
                Finding::input("vorjahr-weiter", format!("Für diese Zeile nennt das Programm {} in der Spalte „{wanted}“ keine eigene Zahl.", past.programme.year))
                    .at(row.span, "diese Zeile")
                    .hint(past.too_far()),
            );
        }
        let printed = |id: &FigureId| {
            figures
                .printed(*id, past.programme.reproduction)
                .and_then(|_| past.ids.get(id))
                .copied()
        };
        let own: Vec<FigureId> = found.iter().filter_map(printed).collect();
        match own.as_slice() {
            [] => None,
            [one] => Some(Origin::Same(*one)),
            _ => Some(Origin::Sum(own)),
        }
    }

    /// The figures of last year's measures that a row continues.
    fn of_measures(
        &mut self,
        past: &Past,
        table: &str,
        row: &Row,
        wanted: &str,
        typed: bool,
    ) -> Vec<FigureId> {
        let mut predecessors: Vec<&str> = Vec::new();
        for measure in row.measures.iter().filter_map(|id| self.measure(id)) {
            for id in past.predecessors(measure) {
                if !predecessors.contains(&id) {
                    predecessors.push(id);
                }
            }
        }
        self.claims.push(Claim {
            column: wanted.to_owned(),
            predecessors: predecessors.iter().map(|id| (*id).to_owned()).collect(),
            measures: row.measures.iter().cloned().collect(),
            typed,
            span: row.span,
        });
        // What is typed beside a measure that was split is its share, and nobody knows better.
        let split = |id: &&str| {
            let others = self.measures.iter().filter(|one| !row.measures.contains(&one.id));
            others.into_iter().any(|other| past.predecessors(other).contains(id))
        };
        if typed && predecessors.iter().any(split) {
            return Vec::new();
        }
        if let Some(whole) = past.of_same_measures(table, row, &predecessors, wanted) {
            return vec![whole];
        }
        let mut out = Vec::new();
        for id in predecessors {
            match past.of_measure(table, row, id, wanted) {
                Some(figure) => out.push(figure),
                None if !typed => self.without_part(past, table, row, id, wanted),
                None => {}
            }
        }
        out
    }

    /// A measure that was whole last year cannot be told apart into the parts it has now.
    fn without_part(&mut self, past: &Past, table: &str, row: &Row, id: &str, wanted: &str) {
        let whole = Row { part: None, ..row.clone() };
        let Some(measure) = past.programme.measure(id) else { return };
        let own = row.measures.first().and_then(|id| self.measure(id));
        let shared =
            own.is_some_and(|own| own.parts.iter().any(|it| measure.part(&it.id).is_some()));
        if row.part.is_none() || shared || past.of_measure(table, &whole, id, wanted).is_none() {
            return;
        }
        self.report(
            Finding::input(
                "vorjahr-teile",
                format!("Diese Maßnahme hat Teile, die das Programm {} nicht kennt; ihre Zahl lässt sich nicht auf sie verteilen.", past.programme.year),
            )
            .at(row.span, "diese Zeile")
            .label(measure.span, "im Vorjahr")
            .hint("Schreiben Sie in die Zeile „teile: nein“, oder nennen Sie die Teile in beiden Programmen gleich."),
        );
    }

    /// Reports a column that last year's programme does not have.
    pub(in crate::model::programme) fn known_earlier(&mut self, table: &str, text: &Text) {
        let (table, wanted) = target(table, &text.value);
        let past = match self.builder.earlier {
            Earlier::Undeclared => {
                self.report(
                    Finding::input("vorjahr-ohne-programm", "Die Spalte nimmt ihre Werte aus dem Programm des Vorjahres, aber es ist keines angegeben.")
                        .at(text.span, "aus welchem Programm?")
                        .hint(NO_PROGRAMME),
                );
                return;
            }
            Earlier::Unread(_) => return,
            Earlier::Read(past) => &past.programme,
        };
        let of_measures = past.measures.iter().any(|measure| measure.figure(wanted).is_some());
        match past.table(table) {
            Some(known) if known.column(wanted).is_some() => {}
            _ if of_measures => {}
            Some(known) => {
                let columns: Vec<&str> =
                    known.columns.iter().filter(|it| it.numeric).map(|it| it.id.as_str()).collect();
                let hint = did_you_mean(wanted, columns.iter().copied()).unwrap_or_else(|| {
                    format!("Ihre Spalten mit Zahlen sind: {}.", columns.join(", "))
                });
                self.report(
                    Finding::input(
                        "vorjahr-spalte",
                        format!(
                            "Im Programm {} hat die Tabelle „{table}“ keine Spalte „{}“.",
                            past.year, wanted
                        ),
                    )
                    .at(text.span, "unbekannt")
                    .label(known.span, "diese Tabelle")
                    .hint(hint),
                );
            }
            None => {
                let hint = did_you_mean(table, past.tables.iter().map(|it| it.id.as_str()));
                self.report(
                    Finding::input(
                        "vorjahr-tabelle",
                        format!("Im Programm {} gibt es keine Tabelle „{table}“.", past.year),
                    )
                    .at(text.span, "nicht zu füllen")
                    .hint_if(hint)
                    .hint("Eine Tabelle behält über die Jahre ihre Kennung; hieß sie anders, schreiben Sie „vorjahr: tabelle.spalte“."),
                );
            }
        }
    }

    /// Reports measures that would both take the whole figure of one that was split.
    pub(in crate::model::programme) fn split(&mut self) {
        let claims = std::mem::take(&mut self.claims);
        let mut done: BTreeSet<(&str, &str)> = BTreeSet::new();
        for (at, one) in claims.iter().enumerate() {
            for other in &claims[at + 1..] {
                let shared = one.predecessors.iter().find(|id| other.predecessors.contains(id));
                let apart = one.measures.is_disjoint(&other.measures);
                let whole = !one.typed || !other.typed;
                let Some(id) = shared.filter(|_| apart && whole && one.column == other.column)
                else {
                    continue;
                };
                let (Some(first), Some(second)) = (one.measures.first(), other.measures.first())
                else {
                    continue;
                };
                if !done.insert((first, second)) {
                    continue;
                }
                self.report(
                    Finding::input(
                        "vorgaenger-doppelt",
                        format!("Die Maßnahmen „{first}“ und „{second}“ setzen beide „{id}“ aus dem Vorjahr fort; beide Zeilen würden die ganze Zahl zeigen."),
                    )
                    .at(other.span, format!("zeigt „{id}“ noch einmal"))
                    .label(one.span, format!("zeigt „{id}“"))
                    .hint(format!("Wurde „{id}“ aufgeteilt, tragen Sie in beiden Zeilen den Anteil ein, der auf sie entfällt; sonst streichen Sie „vorgaenger“ bei einer der beiden Maßnahmen.")),
                );
            }
        }
    }
}

impl Past {
    /// Ids of last year's measures that one continues: those it names, else the one with its id.
    fn predecessors<'a>(&self, measure: &'a Measure) -> Vec<&'a str> {
        let known = |id: &&str| self.programme.measure(id).is_some();
        let own = [measure.id.as_str()];
        let named: Vec<&str> =
            measure.predecessors.iter().map(String::as_str).filter(|id| known(id)).collect();
        if measure.predecessors.is_empty() || named.is_empty() && self.gap {
            return own.into_iter().filter(|id| known(id)).collect();
        }
        named
    }

    /// The row with the same id in the same table.
    fn of_row(&self, table: &str, row: &Row, wanted: &str) -> Option<FigureId> {
        let id = row.id.as_ref()?;
        let table = self.programme.table(table)?;
        let at = table.rows.iter().position(|row| row.id.as_ref() == Some(id))?;
        table.figure(at, table.column(wanted)?)
    }

    /// The row of the same table that shows just these measures.
    fn of_same_measures(
        &self,
        table: &str,
        row: &Row,
        measures: &[&str],
        wanted: &str,
    ) -> Option<FigureId> {
        shown(self.programme.table(table)?, row, measures, wanted)
    }

    /// The figure of one measure: its field, else a row of another table that shows it.
    fn of_measure(&self, table: &str, row: &Row, id: &str, wanted: &str) -> Option<FigureId> {
        let own = self.programme.table(table);
        let row_of = own.and_then(|table| shown(table, row, &[id], wanted));
        let measure = self.programme.measure(id)?;
        let field = field(&self.programme, table, wanted);
        let of_field = || match &row.part {
            Some(part) => measure.part(part)?.figure(field),
            None => measure.figure(field),
        };
        let elsewhere =
            || self.programme.tables.iter().find_map(|table| shown(table, row, &[id], wanted));
        row_of.or_else(of_field).or_else(elsewhere)
    }

    /// The column that a column takes its values from.
    pub(in crate::model::programme) fn column(&self, table: &str, wanted: &str) -> Option<&Column> {
        let (table, wanted) = target(table, wanted);
        let table = self.programme.table(table)?;
        table.columns.get(table.column(wanted)?)
    }
}

/// The table and column that are meant: `plan` is a column of the table with the same id, `geld.plan`
/// one of another.
fn target<'a>(table: &'a str, wanted: &'a str) -> (&'a str, &'a str) {
    wanted.split_once('.').unwrap_or((table, wanted))
}

/// The field of measures that last year's column shows.
fn field<'a>(programme: &'a Programme, table: &str, wanted: &'a str) -> &'a str {
    let table = programme.table(table);
    let column = table.and_then(|table| table.columns.get(table.column(wanted)?));
    column.and_then(|column| column.field.as_deref()).unwrap_or(wanted)
}

/// The figure of a table's row that shows just these measures, and the same part.
fn shown(table: &Table, row: &Row, measures: &[&str], wanted: &str) -> Option<FigureId> {
    let column = table.column(wanted)?;
    let wanted: BTreeSet<&str> = measures.iter().copied().collect();
    if wanted.is_empty() {
        return None;
    }
    let same = |known: &Row| {
        known.part == row.part
            && known.measures.iter().map(String::as_str).collect::<BTreeSet<_>>() == wanted
    };
    let at = table.rows.iter().position(same)?;
    table.figure(at, column)
}
