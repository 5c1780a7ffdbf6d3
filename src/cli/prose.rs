// SPDX-License-Identifier: EUPL-1.2
//! `amip check --prosa`: all numbers of the texts, and what holds them.

use serde::Serialize;

use super::console::Console;
use super::session::Session;
use crate::check::numbers::{self, ProseNumber, Status};
use crate::model::Programme;
use crate::model::quantity::{decimal, thousands};

/// How many numbers of each kind there are.
#[derive(Debug, Default)]
struct Counts {
    bound: usize,
    declared: usize,
    free: usize,
    dates: usize,
    law: usize,
    names: usize,
    periods: usize,
}

/// Prints a line for each number, then how many are held by the data.
pub(super) fn text(session: &Session, console: &Console) {
    let Some(loaded) = &session.loaded else { return };
    let numbers = numbers::all(&loaded.programme);
    let mut counts = Counts::default();
    let mut rows: Vec<(String, &str, String)> = Vec::new();
    for number in &numbers {
        counts.add(&number.status);
        if let Some(row) = row(session, &loaded.programme, number) {
            rows.push(row);
        }
    }
    let width = rows.iter().map(|(place, ..)| place.chars().count()).max().unwrap_or(0);
    for (place, status, words) in rows {
        console.print(&format!("{place:<width$}  {status:<8}  {words}\n"));
    }
    console.print(&format!("{}: {}\n", session.name, counts.sentence()));
}

/// A line for a number that is a figure; years, paragraphs and names are only counted.
fn row<'a>(
    session: &Session,
    programme: &Programme,
    number: &ProseNumber<'_>,
) -> Option<(String, &'a str, String)> {
    let (status, words) = match &number.status {
        Status::Bound(path) => {
            let figure = programme.figures.find(path);
            let value = figure.and_then(|id| programme.figures.computed_with_unit(id));
            let shown = match number.text() {
                "" => value.map_or_else(String::new, |value| value.to_string()),
                text => text.to_owned(),
            };
            ("gebunden", format!("{shown}  ({path})"))
        }
        Status::Declared => ("erklärt", number.text().to_owned()),
        Status::Free(_) => ("frei", number.text().to_owned()),
        Status::Date | Status::Law | Status::Name | Status::Period => return None,
    };
    let span = number.span();
    let (line, column) = session.sources.position(span.file, span.start);
    Some((format!("{}:{line}:{column}", session.sources.path(span.file)), status, words))
}

impl Counts {
    fn add(&mut self, status: &Status) {
        let count = match status {
            Status::Bound(_) => &mut self.bound,
            Status::Declared => &mut self.declared,
            Status::Free(_) => &mut self.free,
            Status::Date => &mut self.dates,
            Status::Law => &mut self.law,
            Status::Name => &mut self.names,
            Status::Period => &mut self.periods,
        };
        *count += 1;
    }

    fn sentence(&self) -> String {
        let number = |count: usize| thousands(&count.to_string());
        let all = self.bound + self.declared + self.free;
        if all == 0 {
            return "Die Texte enthalten keine Zahlen.".to_owned();
        }
        let share =
            rust_decimal::Decimal::from(self.bound * 1000 / all) / rust_decimal::Decimal::TEN;
        format!(
            "{} Zahlen in den Texten, {} davon gebunden ({} %), {} als frei erklärt, {} frei. Nicht mitgezählt: {} Jahre und Tage, {} Paragrafen, {} Namen und Nummern, {} Alters- und Zeitangaben.",
            number(all),
            number(self.bound),
            decimal(share, 1),
            number(self.declared),
            number(self.free),
            number(self.dates),
            number(self.law),
            number(self.names),
            number(self.periods),
        )
    }
}

/// A number for other programs.
#[derive(Serialize)]
pub(super) struct Item {
    file: String,
    line: usize,
    column: usize,
    text: String,
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<String>,
}

/// All numbers of a programme, those that are no figures included.
pub(super) fn items(session: &Session) -> Vec<Item> {
    let Some(loaded) = &session.loaded else { return Vec::new() };
    let item = |number: &ProseNumber<'_>| {
        let span = number.span();
        let (line, column) = session.sources.position(span.file, span.start);
        let (status, path) = match &number.status {
            Status::Bound(path) => ("bound", Some(path.clone())),
            Status::Declared => ("declared", None),
            Status::Free(_) => ("free", None),
            Status::Date => ("date", None),
            Status::Law => ("law", None),
            Status::Name => ("name", None),
            Status::Period => ("period", None),
        };
        let file = session.sources.path(span.file).to_owned();
        Item { file, line, column, text: number.text().to_owned(), status, path }
    };
    numbers::all(&loaded.programme).iter().map(item).collect()
}
