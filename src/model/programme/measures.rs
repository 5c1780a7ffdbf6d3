// SPDX-License-Identifier: EUPL-1.2
//! Building measures and their parts.

use super::builder::{Builder, has_value, unknown_choice};
use super::{Measure, Part};
use crate::diag::Finding;
use crate::model::decode::{Entries, Id};
use crate::model::figures::{Figure, FigureId, Origin, Scope, StatedFigure, Style};
use crate::model::quantity::{Scale, Unit, UnitName};
use crate::model::records::{Entry, MeasureRecord, PartRecord};
use crate::model::yaml::Text;

/// Figures that every measure may have.
struct Usual<'a> {
    entries: Option<&'a Entry>,
    budget: Option<&'a Entry>,
    places: Option<&'a Entry>,
    price: Option<&'a Entry>,
    further: &'a Entries<Entry>,
}

/// A figure of a measure: its field, what is written, and the unit that is meant.
type Wanted<'a> = (String, &'a Entry, Option<(Scale, Option<Unit>)>);

impl<'a> Usual<'a> {
    fn of_measure(record: &'a MeasureRecord) -> Self {
        Self {
            entries: record.entries.as_ref(),
            budget: record.budget.as_ref(),
            places: record.places.as_ref(),
            price: record.price.as_ref(),
            further: &record.further,
        }
    }

    fn of_part(record: &'a PartRecord) -> Self {
        Self {
            entries: record.entries.as_ref(),
            budget: record.budget.as_ref(),
            places: record.places.as_ref(),
            price: None,
            further: &record.further,
        }
    }

    fn wanted(&self) -> Vec<Wanted<'a>> {
        let fixed = [
            ("eintritte", self.entries),
            ("mittelansatz", self.budget),
            ("plaetze", self.places),
            ("preis", self.price),
        ];
        let further = self.further.0.iter().map(|(name, entry)| (name.value.clone(), entry, None));
        fixed
            .into_iter()
            .filter_map(|(name, entry)| Some((name.to_owned(), entry?, unit(name))))
            .chain(further)
            .collect()
    }
}

/// The unit of a field that every measure may have.
fn unit(field: &str) -> Option<(Scale, Option<Unit>)> {
    let name = match field {
        "eintritte" => UnitName::Count("Eintritte".to_owned()),
        "plaetze" => UnitName::Count("Plätze".to_owned()),
        "mittelansatz" | "preis" => UnitName::Euro,
        _ => return None,
    };
    Some((Scale::One, Some(Unit::plain(name))))
}

impl Builder<'_> {
    pub(super) fn measures(&mut self, records: &[MeasureRecord]) -> Vec<Measure> {
        records.iter().map(|record| self.measure(record)).collect()
    }

    /// Adds the sums over all measures, for limits to name.
    pub(super) fn totals(&mut self, measures: &[Measure]) {
        for (field, label) in [
            ("mittelansatz", "Mittelansatz aller Maßnahmen"),
            ("eintritte", "Eintritte aller Maßnahmen"),
            ("plaetze", "Plätze aller Maßnahmen"),
        ] {
            self.total(measures, field, label);
        }
    }

    /// Adds the sum of a field over all measures, if its figures can be added.
    fn total(&mut self, measures: &[Measure], field: &str, label: &str) {
        let members: Vec<FigureId> =
            measures.iter().filter_map(|measure| measure.figure(field)).collect();
        let Some(first) = members.first() else { return };
        let mut units = members.iter().filter_map(|id| match &self.figures.get(*id).origin {
            Origin::Entered(quantity) if quantity.is_number() => quantity.dimension(),
            _ => None,
        });
        let unit = units.next();
        if units.all(|other| Some(&other) == unit.as_ref()) {
            let span = self.figures.get(*first).span;
            let path = format!("massnahmen.{field}");
            let figure = Figure::missing(path, label.to_owned(), span, Style::default());
            self.figures.add(Figure { origin: Origin::Sum(members), ..figure });
        }
    }

    fn measure(&mut self, record: &MeasureRecord) -> Measure {
        let (path, name) = (format!("massnahmen.{}", record.id.value), &record.name.value);
        let wanted = Usual::of_measure(record).wanted();
        let parts: Vec<Part> = record
            .parts
            .iter()
            .map(|part| {
                let path = format!("{path}.{}", part.id.value);
                self.taken(&part.id, &wanted);
                let name = match &part.name {
                    Some(own) => own.value.clone(),
                    None => format!("{name} ({})", part.id.value),
                };
                self.remark(part.remark.as_ref());
                Part {
                    visibility: part.visibility,
                    id: part.id.value.clone(),
                    name: part.name.as_ref().map(|name| self.prose(name)),
                    figures: self.figures_of(&path, &name, Usual::of_part(part).wanted()),
                }
            })
            .collect();
        let figures = if parts.is_empty() {
            self.figures_of(&path, name, wanted)
        } else {
            self.sums_of(&path, record, &parts, wanted)
        };
        self.remark(record.remark.as_ref());
        if let Some(provider) = &record.provider {
            self.plain(provider);
        }
        Measure {
            visibility: record.visibility,
            provider: record.provider.clone(),
            awarded: self.awarded(record),
            id: record.id.value.clone(),
            span: record.id.span,
            name: self.prose(&record.name),
            law: record.law.clone(),
            function: self.prose_or_empty(record.function.as_ref()),
            figures,
            parts,
            predecessors: record.predecessors.iter().map(|id| id.value.clone()).collect(),
        }
    }

    /// Whether the contract is awarded.
    fn awarded(&mut self, record: &MeasureRecord) -> bool {
        let Some(award) = &record.award else { return false };
        let known = ["offen", "vergeben"];
        if !known.contains(&award.value.as_str()) {
            let finding = unknown_choice(award, "Den Stand der Vergabe", &known);
            self.findings.push(finding);
        }
        award.value == "vergeben"
    }

    /// A part must not bear the name of a figure of its measure: both have the same path.
    fn taken(&mut self, id: &Id, wanted: &[Wanted<'_>]) {
        let fixed = ["eintritte", "mittelansatz", "plaetze", "preis"];
        let clash =
            fixed.contains(&id.value.as_str()) || wanted.iter().any(|(name, ..)| *name == id.value);
        if clash {
            self.findings.push(
                Finding::input(
                    "kennung",
                    format!("Ein Teil einer Maßnahme darf nicht „{}“ heißen.", id.value),
                )
                .at(id.span, "dieser Name ist vergeben"),
            );
        }
    }

    fn figures_of(
        &mut self,
        path: &str,
        label: &str,
        wanted: Vec<Wanted<'_>>,
    ) -> Vec<(String, FigureId)> {
        let mut out = Vec::new();
        for (name, entry, unit) in wanted {
            let style = Style { unit, ..Style::default() };
            let label = format!("{label}, {}", field_name(&name));
            let figure = self.figure(format!("{path}.{name}"), label, entry, Scope::Values, style);
            out.push((name, self.figures.add(figure)));
        }
        out
    }

    /// The figures of a measure in parts: each is the sum of its parts; what is typed is a claim.
    fn sums_of(
        &mut self,
        path: &str,
        record: &MeasureRecord,
        parts: &[Part],
        wanted: Vec<Wanted<'_>>,
    ) -> Vec<(String, FigureId)> {
        let mut names: Vec<String> = Vec::new();
        for (name, _) in parts.iter().flat_map(|part| &part.figures) {
            if !names.contains(name) {
                names.push(name.clone());
            }
        }
        let mut out = Vec::new();
        for name in names {
            let of_part = |part: &Part| {
                part.figures.iter().find(|(known, _)| *known == name).map(|(_, id)| *id)
            };
            let members: Vec<FigureId> = parts.iter().filter_map(of_part).collect();
            let style = Style { unit: unit(&name), ..Style::default() };
            let label = format!("{}, {}", record.name.value, field_name(&name));
            let full = format!("{path}.{name}");
            let claim = wanted.iter().find(|(known, ..)| *known == name);
            let mut figure = match claim {
                Some((_, entry, _)) => self.figure(full, label, entry, Scope::Values, style),
                None => Figure::missing(full, label, record.id.span, style),
            };
            if let Some((_, entry, _)) = claim
                && has_value(entry)
                && figure.stated.is_none()
                && let Origin::Entered(quantity) = &figure.origin
            {
                let text = Text { value: quantity.to_string(), span: figure.span };
                figure.stated = Some(StatedFigure { text, quantity: Some(quantity.clone()) });
            }
            figure.origin = Origin::Sum(members);
            out.push((name, self.figures.add(figure)));
        }
        let own: Vec<Wanted<'_>> = wanted
            .into_iter()
            .filter(|(name, ..)| !out.iter().any(|(known, _)| known == name))
            .collect();
        for (name, ..) in own.iter().filter(|(name, ..)| unit(name).is_some()) {
            self.findings.push(
                Finding::input(
                    "teile",
                    format!("„{name}“ steht bei der Maßnahme, aber bei keinem ihrer Teile; Tabellen zeigen die Teile."),
                )
                .at(record.id.span, "diese Maßnahme")
                .hint(format!("Tragen Sie „{name}:“ bei dem Teil ein, zu dem die Zahl gehört; amip zählt die Teile zusammen.")),
            );
        }
        out.extend(self.figures_of(path, &record.name.value, own));
        out
    }
}

/// The name of a measure's field as it is printed.
pub fn field_name(key: &str) -> String {
    match key {
        "plaetze" => "Plätze".to_owned(),
        key => {
            let mut letters = key.replace('_', " ").chars().collect::<Vec<_>>();
            if let Some(first) = letters.first_mut() {
                first.make_ascii_uppercase();
            }
            letters.into_iter().collect()
        }
    }
}
