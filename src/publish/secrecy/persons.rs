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
use crate::model::formula::{Formula, Function, Operator};
use crate::model::provenance::Provenance;
use crate::model::quantity::{Quantity, UnitName, Value};
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

/// Parts of words for persons, and for what stands for persons.
const PERSONS: &[&str] = &[
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
    "abbrech",
    "suchend",
    "teilnahm",
    "wechsler",
    "bezieh",
    "empfäng",
    "migrant",
    "zugewandert",
    "mütter",
    "väter",
    "eltern",
    "schwanger",
    "erwerbstätig",
    "männlich",
    "weiblich",
    "divers",
    "mittellos",
    "jährig",
    "ukrainer",
    "syrer",
    "obdachlos",
    "wohnungslos",
    "abiturient",
    "haftentlassen",
    "inhaftiert",
    "aufstocker",
    "selbstständig",
    "azubi",
    "pers",
    "abbrüch",
    "minderjährig",
    "einwohner",
    "rückkehr",
    "analphabet",
    "studierend",
    "student",
    "rentner",
    "partner",
];

/// Units of time; a column or a value that is called so counts them, a row says how old or how long.
const TIMES: &[&str] =
    &["jahre", "jahren", "monate", "monaten", "wochen", "tage", "tagen", "stunden"];

/// What counts something else though it is a whole number.
const THINGS: &[&str] = &[
    "kurs",
    "zentr",
    "kontakt",
    "termin",
    "gespräch",
    "verträg",
    "vertrag",
    "büro",
    "veranstaltung",
    "schule",
    "einrichtung",
    "abteilung",
    "bereich",
    "bescheid",
    "widersprüch",
    "klage",
    "verfahren",
    "antrag",
    "anträg",
    "vergleichstyp",
    "rang",
    "stätt",
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
    "sitzung",
    "nummer",
    "tranche",
    "mittel",
    "vielfach",
    "punkt",
    "messe",
    "faktor",
    "niveau",
    "quote",
    "anteil",
    "rate",
    "gewicht",
    "note",
    "äquivalent",
    "stufe",
    "tausend",
    "tsd",
    "nr",
    "veränder",
    "differenz",
    "abweich",
    "betreuungsschlüssel",
    "durchschnitt",
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
        let own = |id: FigureId| figures.get(id).persons;
        if let Some(said) = own(id).or(own(root)) {
            return if said { Persons::Yes } else { Persons::No };
        }
        let Some(quantity) = figures.computed_with_unit(root) else { return Persons::No };
        // What is said of a table is not said of its percentages.
        if !is_count(&quantity) || is_rate(&figures.get(root).origin) {
            return Persons::No;
        }
        if let Some(said) = [id, root].into_iter().find_map(|id| self.said(id)) {
            return if said { Persons::Yes } else { Persons::No };
        }
        let words = self.words(id, root);
        if is_change(&figures.get(root).origin) && says_change(&words) {
            return Persons::No;
        }
        // "Personen je Bedarfsgemeinschaft", "Teilnehmende je Kurs", "in Tausend" are averages.
        if words.own.iter().any(|own| is_average(own)) {
            return Persons::No;
        }
        // What is planned are no persons yet.
        let rests_on = basis(&words.heads);
        if rests_on == Basis::Plan || rests_on == Basis::Expected {
            return Persons::No;
        }
        if self.plans.contains_key(&root) && rests_on != Basis::Result {
            return Persons::No;
        }
        if let Some(unit) = &quantity.unit
            && let UnitName::Count(name) = &unit.name
            && let Some(counts) = counted(name)
        {
            return counts;
        }
        if let Some(counts) = words.own.iter().find_map(|part| counted(part)) {
            return counts;
        }
        if words.own.iter().any(|part| is_duration(part)) {
            return Persons::No;
        }
        let rows: Vec<Persons> = words.rows.iter().filter_map(|row| counted(row)).collect();
        // Statistics count persons unless the data say otherwise.
        if words.statistics {
            let thing = rows.first() == Some(&Persons::No);
            return if thing { Persons::Unclear } else { Persons::Yes };
        }
        let title = counted(&words.around) == Some(Persons::Yes);
        match (rows.first(), title) {
            (Some(Persons::Yes), _) | (None, true) => return Persons::Yes,
            (Some(Persons::No), false) => return Persons::No,
            // "Kunden nach Standort", and a row of offices.
            (Some(_), true) => return Persons::Unclear,
            (Some(Persons::Unclear) | None, false) => {}
        }
        // Statistics do not write their numbers as words.
        let spelled = matches!(quantity.value, Value::Word(_));
        if spelled || basis(&words.around) == Basis::Plan {
            return Persons::No;
        }
        Persons::Unclear
    }

    /// What the data say by `personen` of the row, the column or the table.
    fn said(&self, id: FigureId) -> Option<bool> {
        let (table, row, column) = self.cells.get(&id)?;
        table.rows[*row].persons.or(table.columns[*column].persons).or(table.persons)
    }

    fn words(&self, id: FigureId, root: FigureId) -> Words {
        let figures = &self.programme.figures;
        let (mut own, mut rows) = (Vec::new(), Vec::new());
        let mut heads = String::new();
        let mut around = String::new();
        let mut statistics = is_statistics(&figures.get(root).provenance);
        for id in [id, root] {
            if let Some((table, row, column)) = self.cells.get(&id) {
                let head = table.columns[*column].titles.join(" ");
                heads.push_str(&format!(" {head}"));
                own.push(head);
                rows.extend(table.rows[*row].cells.iter().filter_map(|cell| match cell {
                    Cell::Text(text) => Some(walk::plain(text)),
                    _ => None,
                }));
                around.push_str(&format!(" {}", walk::plain(&table.title)));
                statistics |= is_statistics(&table.provenance);
            }
        }
        let label = figures.get(root).label.clone();
        // Of a single value its own name is the head; "Menschen mit Plan" are people all the same.
        if heads.is_empty() {
            let head = label.split(" mit ").next().unwrap_or_default();
            head.clone_into(&mut heads);
        }
        // The label of a cell says again what its row and its column say.
        if self.cells.contains_key(&id) {
            rows.push(label);
        } else {
            own.push(label);
        }
        Words { own, rows, heads, around, statistics }
    }
}

/// What is said of a figure.
struct Words {
    /// By its column and itself.
    own: Vec<String>,
    /// By its row.
    rows: Vec<String>,
    /// The heads of its columns, or its name: they say what it rests on.
    heads: String,
    /// By its table.
    around: String,
    /// Whether it comes from statistics.
    statistics: bool,
}

/// Whether a quantity is a whole number of something.
fn is_count(quantity: &Quantity) -> bool {
    let counted = quantity.unit.as_ref().is_none_or(|unit| matches!(unit.name, UnitName::Count(_)));
    let number = matches!(
        quantity.value,
        Value::Number(_) | Value::Word(_) | Value::Range(..) | Value::UpTo(..)
    );
    counted && number && quantity.nominal().is_some_and(|value| value.fract().is_zero())
}

/// Whether a figure is what is left of two others.
fn is_change(origin: &Origin) -> bool {
    matches!(origin, Origin::Computed(Formula::Binary(Operator::Subtract, ..)))
}

/// Whether a difference is called one; otherwise it is what is left, and counts like any other.
fn says_change(words: &Words) -> bool {
    const WORDS: [&str; 7] =
        ["veränder", "differenz", "saldo", "zuwachs", "rückgang", "anstieg", "abweich"];
    let said = [words.own.join(" "), words.rows.join(" ")].join(" ").to_lowercase();
    WORDS.iter().any(|word| said.contains(word))
}

/// Whether a figure is a share or a change in percent.
fn is_rate(origin: &Origin) -> bool {
    matches!(
        origin,
        Origin::Computed(
            Formula::Binary(Operator::Divide, ..)
                | Formula::Call(Function::Share | Function::Change | Function::Points, _)
        )
    )
}

/// Statistics of the Bundesagentur bear the month they are about.
fn is_statistics(provenance: &Provenance) -> bool {
    let source = provenance.source.as_ref().map(|text| text.value.to_lowercase());
    provenance.month.is_some() || source.is_some_and(|source| source.contains("statistik"))
}

/// Whether a name says that time is counted: "Dauer in Monaten", and not "ab 12 Monaten".
fn is_duration(name: &str) -> bool {
    let name = name.to_lowercase();
    let mut words = name.split(|c: char| !c.is_alphanumeric());
    words.any(|word| TIMES.contains(&word)) && !name.contains(|c: char| c.is_ascii_digit())
}

/// Whether a name says that its figure is no number of single cases: "Personen in Tausend", "Teilnehmende
/// je Kurs", "Veränderung"; "Personen je Gemeinde" are counted one by one.
fn is_average(name: &str) -> bool {
    const WORDS: [&str; 3] = ["tausend", "tsd", "durchschnitt"];
    const CHANGES: [&str; 3] = ["veränder", "differenz", "abweich"];
    const OF: [&str; 13] = [
        "bedarfsgemeinschaft",
        "bg",
        "kurs",
        "fachkraft",
        "vollzeit",
        "vzä",
        "stelle",
        "monat",
        "tag",
        "woche",
        "stunde",
        "coach",
        "haushalt",
    ];
    let name = name.to_lowercase();
    let words: Vec<&str> = name.split(|c: char| !c.is_alphanumeric()).collect();
    let per = words.windows(2).any(|pair| {
        let of = OF.iter().any(|stem| pair[1].starts_with(stem));
        matches!(pair[0], "je" | "pro") && (of || pair[1].starts_with(|c: char| c.is_ascii_digit()))
    });
    let change = words.iter().any(|word| CHANGES.iter().any(|stem| word.starts_with(stem)));
    per || change || words.iter().any(|word| WORDS.contains(word)) || name.contains("+/")
}

/// Words after which a name only says where or for whom.
pub(super) const BORDERS: &[&str] = &[
    "für", "im", "in", "bei", "mit", "zur", "zum", "zu", "an", "am", "auf", "durch", "nach", "je",
    "unter", "über", "ab", "bis", "mehr", "weniger", "seit", "von",
];

/// What a name counts: its first telling word decides, and what follows "für", "im" or "mit" only says
/// where or for whom.
pub(super) fn counted(name: &str) -> Option<Persons> {
    let name = name.to_lowercase();
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.take_while(|word| !BORDERS.contains(word)).find_map(of_word)
}

/// What a word counts. The last part of a compound decides: a "Personalstelle" is a "Stelle", and
/// "Kundenzentren" are no customers; a "Kundenzahl" counts them.
fn of_word(word: &str) -> Option<Persons> {
    let last = |stems: &[&str]| {
        let found = stems.iter().filter_map(|stem| {
            // Short ones are words of their own.
            let at = if stem.len() <= 3 {
                word.find(stem).filter(|at| *at == 0)
            } else {
                word.rfind(stem)
            };
            at.filter(|at| is_inflection(&word[at + stem.len()..]))
        });
        found.max()
    };
    match (last(PERSONS), last(THINGS)) {
        (None, None) => None,
        (persons, things) if persons > things => Some(Persons::Yes),
        _ => Some(Persons::No),
    }
}

/// Whether what follows a stem is its ending, or says that it is counted.
fn is_inflection(rest: &str) -> bool {
    const ENDINGS: [&str; 21] = [
        "", "e", "en", "er", "ern", "em", "es", "s", "n", "in", "innen", "erin", "erinnen", "ers",
        "ende", "enden", "ender", "endes", "um", "ung", "ungen",
    ];
    const COUNTED: [&str; 6] = ["zahl", "zahlen", "anzahl", "bestand", "bestände", "stand"];
    let ends = |rest: &str| ENDINGS.contains(&rest);
    ends(rest) || COUNTED.iter().any(|word| rest.strip_suffix(word).is_some_and(ends))
}
