// SPDX-License-Identifier: EUPL-1.2
//! Which figures count persons, so that small ones are secret.
//!
//! `personen: ja` or `nein` decides, at a figure, row, column or table. Otherwise plans are no persons;
//! results and statistics of persons are; and where nothing tells, nobody decides in silence.
//!
//! Not here: how small is too small.

use std::collections::BTreeMap;

use crate::model::Programme;
use crate::model::basis::{Basis, basis};
use crate::model::figures::{FigureId, Origin};
use crate::model::provenance::Provenance;
use crate::model::quantity::{Quantity, UnitName};
use crate::model::table::{Cell, Table};
use crate::tree::walk;

/// Whether a figure counts persons.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Persons {
    /// It does.
    Yes,
    /// It does not, or it counts what is planned.
    No,
    /// Nothing tells.
    Unclear,
}

/// Beginnings of words for persons, and for what stands for persons.
const PERSONS: [&str; 33] = [
    "person",
    "mensch",
    "kund",
    "teilnehm",
    "leistungsberechtigt",
    "leistungsbezieh",
    "elb",
    "nef",
    "lzb",
    "arbeitslos",
    "arbeitsuchend",
    "jugendlich",
    "alleinerziehend",
    "geflüchtet",
    "flüchtling",
    "bedarfsgemeinschaft",
    "bg",
    "fälle",
    "integration",
    "abgäng",
    "zugäng",
    "beschäftigt",
    "kind",
    "frauen",
    "männer",
    "rehabilitand",
    "schwerbehindert",
    "schüler",
    "absolvent",
    "auszubildend",
    "selbständig",
    "ausländ",
    "bewerber",
];

/// What counts something else though it is a whole number.
const THINGS: [&str; 22] = [
    "jahr",
    "monat",
    "woche",
    "tag",
    "stunde",
    "stelle",
    "standort",
    "stück",
    "projekt",
    "träger",
    "maßnahme",
    "angebot",
    "team",
    "platz",
    "plätz",
    "betrieb",
    "unternehm",
    "prozent",
    "quartal",
    "sitzung",
    "stufe",
    "nummer",
];

/// What the figures of a programme stand in.
pub struct Surroundings<'p> {
    programme: &'p Programme,
    /// Table, row and column of the figures of cells.
    cells: BTreeMap<FigureId, (&'p Table, usize, usize)>,
    /// Figures of measures: plans.
    plans: BTreeMap<FigureId, &'p str>,
}

impl<'p> Surroundings<'p> {
    /// Looks where every figure stands.
    pub fn of(programme: &'p Programme) -> Self {
        let mut cells = BTreeMap::new();
        for table in &programme.tables {
            for (row, one) in table.rows.iter().enumerate() {
                for (column, cell) in one.cells.iter().enumerate() {
                    if let Cell::Figure(id) = cell {
                        cells.entry(*id).or_insert((table, row, column));
                    }
                }
            }
        }
        let mut plans = BTreeMap::new();
        for measure in &programme.measures {
            let parts = measure.parts.iter().flat_map(|part| &part.figures);
            for (field, id) in measure.figures.iter().chain(parts) {
                plans.insert(*id, field.as_str());
            }
        }
        Self { programme, cells, plans }
    }

    /// Whether a figure counts persons.
    pub fn counts_persons(&self, id: FigureId) -> Persons {
        let figures = &self.programme.figures;
        let root = figures.entered_at(id);
        if let Some(said) = [id, root].into_iter().find_map(|id| self.said(id)) {
            return if said { Persons::Yes } else { Persons::No };
        }
        let Some(quantity) = figures.computed_with_unit(root) else { return Persons::No };
        if !is_count(&quantity) || is_change(&figures.get(root).origin) {
            return Persons::No;
        }
        let words = self.words(id, root);
        // What is planned are no persons yet.
        let rests_on = basis(&words.own);
        if rests_on == Basis::Plan || rests_on == Basis::Expected {
            return Persons::No;
        }
        if self.plans.contains_key(&root) && rests_on != Basis::Result {
            return Persons::No;
        }
        if let Some(unit) = &quantity.unit
            && let UnitName::Count(name) = &unit.name
        {
            if speaks_of(name, &PERSONS) {
                return Persons::Yes;
            }
            if speaks_of(name, &THINGS) {
                return Persons::No;
            }
        }
        if speaks_of(&words.own, &PERSONS) {
            return Persons::Yes;
        }
        if speaks_of(&words.own, &THINGS) {
            return Persons::No;
        }
        if speaks_of(&words.around, &PERSONS) || words.statistics {
            return Persons::Yes;
        }
        if basis(&words.around) == Basis::Plan {
            return Persons::No;
        }
        Persons::Unclear
    }

    /// What the data say by `personen`.
    fn said(&self, id: FigureId) -> Option<bool> {
        let own = self.programme.figures.get(id).persons;
        own.or_else(|| {
            let (table, row, column) = self.cells.get(&id)?;
            table.rows[*row].persons.or(table.columns[*column].persons).or(table.persons)
        })
    }

    fn words(&self, id: FigureId, root: FigureId) -> Words {
        let figures = &self.programme.figures;
        let mut own = figures.get(root).label.clone();
        let mut around = String::new();
        let mut statistics = is_statistics(&figures.get(root).provenance);
        for id in [id, root] {
            if let Some((table, row, column)) = self.cells.get(&id) {
                own.push_str(&format!(" {}", table.columns[*column].titles.join(" ")));
                let texts = table.rows[*row].cells.iter().filter_map(|cell| match cell {
                    Cell::Text(text) => Some(walk::plain(text)),
                    _ => None,
                });
                own.push_str(&format!(" {}", texts.collect::<Vec<_>>().join(" ")));
                around.push_str(&format!(" {}", walk::plain(&table.title)));
                statistics |= is_statistics(&table.provenance);
            }
        }
        Words { own, around, statistics }
    }
}

/// What is said of a figure.
struct Words {
    /// By itself, its row and its column.
    own: String,
    /// By its table.
    around: String,
    /// Whether it comes from statistics.
    statistics: bool,
}

/// Whether a quantity is a whole number of something.
fn is_count(quantity: &Quantity) -> bool {
    let counted = quantity.unit.as_ref().is_none_or(|unit| matches!(unit.name, UnitName::Count(_)));
    counted && quantity.nominal().is_some_and(|value| value.fract().is_zero())
}

/// Whether a figure is what is left of two others.
fn is_change(origin: &Origin) -> bool {
    use crate::model::formula::{Formula, Function, Operator};
    matches!(
        origin,
        Origin::Computed(
            Formula::Binary(Operator::Subtract | Operator::Divide, ..)
                | Formula::Call(Function::Share | Function::Change | Function::Points, _)
        )
    )
}

/// Statistics of the Bundesagentur bear the month they are about.
fn is_statistics(provenance: &Provenance) -> bool {
    let source = provenance.source.as_ref().map(|text| text.value.to_lowercase());
    provenance.month.is_some() || source.is_some_and(|source| source.contains("statistik"))
}

/// Whether a word of the text begins with one of these.
fn speaks_of(text: &str, stems: &[&str]) -> bool {
    let text = text.to_lowercase();
    let mut words = text.split(|c: char| !c.is_alphanumeric());
    words.any(|word| {
        // Short ones are words of their own.
        stems.iter().any(|stem| {
            if stem.chars().count() <= 3 { word == *stem } else { word.starts_with(stem) }
        })
    })
}
