// SPDX-License-Identifier: EUPL-1.2
//! Figures and running text while records become typed: everything that is written is read here, and
//! what cannot be read is reported.

use super::earlier::Earlier;
use super::references;
use crate::diag::{FileId, Finding, Span, did_you_mean};
use crate::model::figures::{
    Figure, Figures, Origin, Scope, StatedFigure, Style, Trouble, Unresolved,
};
use crate::model::formula;
use crate::model::provenance::{Allocation, Provenance};
use crate::model::quantity::{Scale, Unit, Units, parse_as};
use crate::model::records::{Entry, PlaceRecord, ValueRecord};
use crate::model::visibility::Visibility;
use crate::model::yaml::Text;
use crate::tree::Inline;
use crate::tree::passage::Passage;
use crate::tree::reader::{self, Place};

/// Collects figures and findings while records become typed.
pub(super) struct Builder<'f> {
    pub(super) units: Units,
    pub(super) figures: Figures,
    /// Running text of the data, as it reads.
    pub(super) passages: Vec<(Text, Vec<Passage>)>,
    /// Texts of the data that are printed as they stand.
    pub(super) labels: Vec<(Text, Vec<Passage>)>,
    /// Notes to colleagues.
    pub(super) remarks: Vec<Text>,
    /// The year before.
    pub(super) earlier: &'f Earlier,
    pub(super) findings: &'f mut Vec<Finding>,
}

impl Builder<'_> {
    /// Running text of the data.
    pub(super) fn prose(&mut self, text: &Text) -> Vec<Inline> {
        let passages = reader::passages(&text.value, Place::Value(text.span));
        if !passages.is_empty() {
            self.passages.push((text.clone(), passages));
        }
        reader::inlines(&text.value, text.span, self.findings)
    }

    /// Reports links and footnotes in a text that is printed as it stands.
    pub(super) fn plain(&mut self, text: &Text) {
        self.label(text);
        let marks = [
            "](zahl:",
            "](abschnitt:",
            "](tabelle:",
            "](schaubild:",
            "](massnahme:",
            "](strategie:",
            "[^",
        ];
        if let Some(mark) = marks.iter().find(|mark| text.value.contains(**mark)) {
            self.findings.push(
                Finding::input("verweis-notation", format!("An dieser Stelle sind Verweise und Fußnoten nicht möglich („{mark}“)."))
                    .at(text.span, "würde so gedruckt")
                    .hint("Schreiben Sie den Text ohne Verweis; Zahlen gehören in eine Zelle, einen Titel oder eine Anmerkung."),
            );
        }
    }

    /// A text that is printed as it stands.
    pub(super) fn label(&mut self, text: &Text) {
        self.labels.push((text.clone(), vec![Passage::label(&text.value, text.span)]));
    }

    pub(super) fn prose_or_empty(&mut self, text: Option<&Text>) -> Vec<Inline> {
        text.map(|text| self.prose(text)).unwrap_or_default()
    }

    /// A figure from what is written, without further marks.
    pub(super) fn origin(
        &mut self,
        text: &Text,
        scope: Scope,
        unit: Option<&(Scale, Option<Unit>)>,
    ) -> Origin {
        if text.value.trim_start().starts_with('=') {
            return match formula::read(&text.value) {
                // A formula that is only a path shows another figure.
                Ok(formula) => Origin::Pending(formula, scope, text.span),
                Err(message) => {
                    self.findings.push(
                        Finding::input("rechnung", message)
                            .at(text.span, "in dieser Rechnung")
                            .hint("Zum Beispiel: \"= summe - umschichtung\" oder \"= anteil(teil, ganzes)\"."),
                    );
                    Origin::Missing
                }
            };
        }
        match self.quantity(text, unit) {
            Some(quantity) => Origin::Entered(quantity),
            None => Origin::Missing,
        }
    }

    fn quantity(
        &mut self,
        text: &Text,
        unit: Option<&(Scale, Option<Unit>)>,
    ) -> Option<crate::model::quantity::Quantity> {
        let (scale, unit) = match unit {
            Some((scale, unit)) => (*scale, unit.as_ref()),
            None => (Scale::One, None),
        };
        match parse_as(&text.value, &self.units, scale, unit) {
            Ok(quantity) => {
                self.expect_unit(text, &quantity, unit);
                Some(quantity)
            }
            Err(error) => {
                let code = match error {
                    crate::model::quantity::ParseError::UnknownUnit(..) => "unbekannte-einheit",
                    crate::model::quantity::ParseError::DecimalPoint(_)
                    | crate::model::quantity::ParseError::English(_) => "dezimalpunkt",
                    _ => "unlesbare-zahl",
                };
                self.findings.push(
                    Finding::input(code, error.message(&text.value))
                        .at(text.span, "so nicht lesbar")
                        .hint_if(error.hint()),
                );
                None
            }
        }
    }

    /// Reports a figure whose unit is not that of its column or field.
    fn expect_unit(
        &mut self,
        text: &Text,
        quantity: &crate::model::quantity::Quantity,
        expected: Option<&Unit>,
    ) {
        let (Some(expected), Some(own)) = (expected, &quantity.unit) else { return };
        let bare = |unit: &Unit| Unit { per: None, ..unit.clone() }.dimension();
        if bare(expected) != bare(own) {
            self.findings.push(
                Finding::input(
                    "einheiten",
                    format!("Hier werden {expected} erwartet, es stehen dort aber {own}."),
                )
                .at(text.span, "andere Einheit")
                .hint("Prüfen Sie, ob der Wert in der richtigen Spalte steht."),
            );
        }
    }

    /// What is printed in a figure's place.
    pub(super) fn stated(
        &mut self,
        text: &Text,
        unit: Option<&(Scale, Option<Unit>)>,
    ) -> StatedFigure {
        let quantity = if text.value.trim().is_empty() { None } else { self.quantity(text, unit) };
        StatedFigure { text: text.clone(), quantity }
    }

    /// A figure from an entry: what is written, and the marks of its block.
    pub(super) fn figure(
        &mut self,
        path: String,
        label: String,
        entry: &Entry,
        scope: Scope,
        style: Style,
    ) -> Figure {
        let unit = style.unit.clone();
        let mut figure = Figure::missing(path, label, entry_span(entry), style);
        match entry {
            Entry::Plain(text) if text.value.trim().is_empty() => {}
            Entry::Plain(text) => figure.origin = self.origin(text, scope, unit.as_ref()),
            Entry::List(items) => {
                self.findings.push(
                    Finding::input(
                        "falsche-art",
                        "Hier wird eine Zahl erwartet, es steht dort aber eine Liste.",
                    )
                    .at(items.first().map_or(figure.span, |item| item.span), "erwartet: eine Zahl")
                    .hint("Eine Liste passt nur in eine Spalte der Art „text“."),
                );
            }
            Entry::Place(place) => self.place(&mut figure, place, scope, unit.as_ref()),
        }
        figure
    }

    fn place(
        &mut self,
        figure: &mut Figure,
        place: &PlaceRecord,
        scope: Scope,
        unit: Option<&(Scale, Option<Unit>)>,
    ) {
        if let Some(value) = &place.value {
            figure.origin = self.origin(value, scope, unit);
        }
        figure.span = place.place();
        figure.stated = place.stated.as_ref().map(|stated| self.stated(&stated.0, unit));
        figure.acknowledged.clone_from(&place.acknowledged);
        figure.note.clone_from(&place.note);
        figure.provenance.source.clone_from(&place.source);
        figure.provenance.as_of.clone_from(&place.as_of);
        figure.visibility = place.visibility;
        figure.persons = place.persons.map(|flag| flag.0);
        figure.secret = place.secret.is_some_and(|flag| flag.0);
        self.remark(place.remark.as_ref());
    }

    /// Keeps a note to colleagues, which is never printed.
    pub(super) fn remark(&mut self, text: Option<&Text>) {
        self.remarks.extend(text.cloned());
    }

    pub(super) fn values(&mut self, records: &[ValueRecord]) {
        for record in records {
            let origin = self.origin(&record.value, Scope::Values, None);
            let stated = record.stated.as_ref().map(|text| self.stated(text, None));
            let path = format!("werte.{}", record.id.value);
            let span = stated.as_ref().map_or(record.value.span, |stated| stated.text.span);
            let label = record.label.value.clone();
            let provenance = self.provenance(
                record.source.as_ref(),
                record.month.as_ref(),
                record.as_of.as_ref(),
                record.allocation.as_ref(),
            );
            self.figures.add(Figure {
                origin,
                stated,
                acknowledged: record.acknowledged.clone(),
                provenance,
                visibility: record.visibility,
                persons: record.persons.map(|flag| flag.0),
                secret: record.secret.is_some_and(|flag| flag.0),
                ..Figure::missing(path.clone(), label.clone(), span, Style::default())
            });
            self.remark(record.remark.as_ref());
            if let Some(previous) = &record.previous {
                let (path, label) = (format!("{path}.vorjahr"), format!("{label}, Vorjahr"));
                let figure = self.figure(path, label, previous, Scope::Values, Style::default());
                // What holds for a figure holds for that of the year before.
                let visibility = match figure.visibility {
                    Visibility::Unmarked => record.visibility,
                    own => own,
                };
                let persons = figure.persons.or(record.persons.map(|flag| flag.0));
                self.figures.add(Figure { visibility, persons, ..figure });
            }
        }
    }

    /// Where figures come from.
    pub(super) fn provenance(
        &mut self,
        source: Option<&Text>,
        month: Option<&Text>,
        as_of: Option<&Text>,
        allocation: Option<&Text>,
    ) -> Provenance {
        for text in source.iter().chain(&month).chain(&as_of) {
            self.plain(text);
        }
        Provenance {
            source: source.cloned(),
            month: month.cloned(),
            as_of: as_of.cloned(),
            allocation: allocation.and_then(|text| Allocation::read(text, self.findings)),
        }
    }

    /// Resolves and calculates all figures and reports what cannot be calculated.
    pub(super) fn finish(&mut self, reproduction: bool) {
        let mut reported = Vec::new();
        for Unresolved { span, name, candidates, figure, empty } in self.figures.resolve() {
            if empty {
                let figure = self.figures.get(figure);
                self.findings.push(
                    Finding::input(
                        "zelle-leer",
                        format!("Eine Zelle ist leer, mit der gerechnet wird: „{name}“, für {}.", figure.label),
                    )
                    .at(figure.span, "hier fehlt der Wert")
                    .label(span, "in dieser Rechnung")
                    .hint("Tragen Sie die Zahl ein; ist sie noch nicht bekannt, schreiben Sie „offen“, gibt es keine, „./.“."),
                );
                continue;
            }
            // One formula stands for a whole row or column.
            if reported.contains(&(span, name.clone())) {
                continue;
            }
            let hint = if let Some(hint) = self.earlier.hint(&name) {
                hint
            } else if name.contains('.') {
                references::meant(&name, candidates.iter().map(String::as_str))
            } else {
                let bare = candidates.iter().filter(|path| !path.contains('.'));
                did_you_mean(&name, bare.clone().map(String::as_str)).unwrap_or_else(|| {
                    let known: Vec<&str> = bare.take(12).map(String::as_str).collect();
                    format!("Hier gibt es: {}.", known.join(", "))
                })
            };
            self.findings.push(
                Finding::input(
                    "unbekannte-zahl",
                    format!("In der Rechnung steht „{name}“; diese Zahl gibt es nicht."),
                )
                .at(span, "in dieser Rechnung")
                .hint(hint),
            );
            reported.push((span, name));
        }
        self.figures.calculate(reproduction);
        let mut troubles = Vec::new();
        for (id, figure) in self.figures.iter() {
            // Only where it begins, not at every figure that depends on it.
            let inherited = self.figures.operands(id).iter().any(|operand| {
                *operand < id && self.figures.outcome(*operand).trouble.is_some()
                    || *operand > id
                        && self
                            .figures
                            .outcome(*operand)
                            .trouble
                            .is_some_and(|trouble| trouble != Trouble::Circle)
            });
            if let Some(trouble) = self
                .figures
                .outcome(id)
                .trouble
                .filter(|trouble| !inherited && *trouble != Trouble::Zero)
            {
                // Clashing operands are shown with their values.
                let shown = if trouble == Trouble::Units { 6 } else { 0 };
                let labels: Vec<(Span, String)> = self
                    .figures
                    .operands(id)
                    .into_iter()
                    .take(shown)
                    .filter_map(|operand| {
                        let value = self.figures.computed_with_unit(operand)?;
                        let place = self.figures.get(self.figures.entered_at(operand)).span;
                        Some((place, value.to_string()))
                    })
                    .collect();
                troubles.push((figure.span, figure.label.clone(), trouble, labels));
            }
        }
        for (span, label, trouble, labels) in troubles {
            let finding = trouble_finding(trouble).at(span, format!("Rechnung für: {label}"));
            self.findings.push(
                labels
                    .into_iter()
                    .fold(finding, |finding, (place, text)| finding.label(place, text)),
            );
        }
    }
}

fn entry_span(entry: &Entry) -> Span {
    match entry {
        Entry::Plain(text) => text.span,
        // An empty list has no place of its own.
        Entry::List(items) => {
            items.first().map_or_else(|| Span::new(FileId::default(), 0..0), |item| item.span)
        }
        Entry::Place(place) => place.span,
    }
}

fn trouble_finding(trouble: Trouble) -> Finding {
    match trouble {
        Trouble::Circle => Finding::input("kreis", "Die Rechnung führt im Kreis: Der Wert hängt von sich selbst ab.")
            .hint("Prüfen Sie, welche der beteiligten Zahlen eingetragen und nicht berechnet sein sollte."),
        Trouble::Units => Finding::input("einheiten", "Die Rechnung verbindet Zahlen mit verschiedenen Einheiten.")
            .hint("Addiert und verglichen werden kann nur Gleiches: Eintritte mit Eintritten, Beträge mit Beträgen."),
        Trouble::Range => Finding::input("rechnung-spanne", "In dieser Rechnung lässt sich mit einer Spanne nicht rechnen.")
            .hint("Spannen lassen sich addieren und mit einer einzelnen Zahl malnehmen; nehmen Sie sonst die Grenzen als eigene Werte."),
        Trouble::Missing => Finding::input("rechnung-ohne-zahl", "In dieser Rechnung steht an einer Stelle keine Zahl, sondern ein Grund oder nichts.")
            .hint("Tragen Sie dort eine Zahl ein („offen“, wenn sie noch nicht bekannt ist), oder löschen Sie die Rechnung."),
        // A division by zero is a rule of its own, and is not asked about here.
        Trouble::Overflow | Trouble::Zero => Finding::input("zu-gross", "Das Ergebnis hat mehr Stellen, als amip genau rechnen kann."),
    }
}

/// Whether an entry holds nothing but marks, so that the value comes from elsewhere.
pub(super) fn has_value(entry: &Entry) -> bool {
    match entry {
        Entry::Plain(text) => !text.value.trim().is_empty(),
        Entry::List(_) => true,
        Entry::Place(place) => place.value.is_some(),
    }
}

/// A word that is none of those that are possible.
pub(super) fn unknown_choice(text: &Text, what: &str, known: &[&str]) -> Finding {
    let hint = did_you_mean(&text.value, known.iter().copied())
        .unwrap_or_else(|| format!("Möglich sind: {}.", known.join(", ")));
    Finding::input("unbekannte-art", format!("{what} „{}“ gibt es nicht.", text.value))
        .at(text.span, "unbekannt")
        .hint(hint)
}
