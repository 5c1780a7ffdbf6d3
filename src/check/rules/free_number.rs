// SPDX-License-Identifier: EUPL-1.2
//! A number in a sentence that no figure holds, and that looks like one of the data.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use crate::check::numbers::{self, ProseNumber, Status};
use crate::check::{Rule, Run, prose};
use crate::diag::Finding;
use crate::model::Programme;
use crate::model::figures::FigureId;
use crate::model::quantity::{Quantity, Value};

/// See `docs/regeln.md`.
pub(in crate::check) const RULE: Rule = Rule {
    code: "zahl-frei",
    run: Run::Data(|programme| {
        let known = Known::of(programme);
        numbers::all(programme)
            .iter()
            .filter_map(|number| match &number.status {
                Status::Free(quantity) => known.finding(number, quantity),
                _ => None,
            })
            .collect()
    }),
};

/// A wide range that holds more values than that says nothing of any of them.
const MANY: usize = 100;

/// How a free number resembles a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Likeness {
    /// It says the same.
    Same,
    /// The same digits with another unit.
    Unit,
    /// Two digits have changed places.
    Transposed,
    /// One digit differs.
    Digit,
}

/// The figures of a programme, by what is printed for them.
struct Known<'a> {
    programme: &'a Programme,
    shown: BTreeMap<FigureId, Quantity>,
    by_digits: BTreeMap<String, Alike>,
    by_value: BTreeMap<Decimal, Alike>,
}

/// Figures that are printed alike: the first ones of each kind, and those that a word of their names
/// leads to. More of one kind would say the same.
#[derive(Default)]
struct Alike {
    first: Vec<FigureId>,
    by_stem: BTreeMap<String, Vec<FigureId>>,
}

impl Alike {
    fn add(
        &mut self,
        id: FigureId,
        stems: &BTreeSet<String>,
        shown: &BTreeMap<FigureId, Quantity>,
    ) {
        let kind = |id: &FigureId| {
            let quantity = &shown[id];
            (quantity.dimension(), quantity.scale, quantity.decimals())
        };
        let add = |list: &mut Vec<FigureId>| {
            if !list.iter().any(|known| kind(known) == kind(&id)) {
                list.push(id);
            }
        };
        add(&mut self.first);
        for stem in stems {
            add(self.by_stem.entry(stem.clone()).or_default());
        }
    }

    /// Those whose names share a word with the sentence.
    fn related(&self, context: &BTreeSet<String>) -> impl Iterator<Item = FigureId> {
        context.iter().filter_map(|stem| self.by_stem.get(stem)).flatten().copied()
    }
}

impl<'a> Known<'a> {
    fn of(programme: &'a Programme) -> Self {
        let mut known = Self {
            programme,
            shown: BTreeMap::new(),
            by_digits: BTreeMap::new(),
            by_value: BTreeMap::new(),
        };
        let figures = &programme.figures;
        for (id, figure) in figures.iter() {
            let stated = figure.stated.as_ref().and_then(|stated| stated.quantity.clone());
            let shown = stated.filter(|_| programme.reproduction);
            let Some(shown) = shown.or_else(|| figures.computed_with_unit(id)) else { continue };
            let Some(nominal) = shown.nominal().filter(|_| shown.is_number()) else { continue };
            // A figure that is only shown again elsewhere is known by its own place.
            if figures.entered_at(id) != id {
                continue;
            }
            let (digits, stems) = (digits(&shown), stems(&figure.label));
            known.shown.insert(id, shown);
            if let Some(digits) = digits {
                known.by_digits.entry(digits).or_default().add(id, &stems, &known.shown);
            }
            known.by_value.entry(nominal).or_default().add(id, &stems, &known.shown);
        }
        known
    }

    fn finding(&self, number: &ProseNumber<'_>, quantity: &Quantity) -> Option<Finding> {
        let sentence = sentence(number);
        let context = stems(sentence);
        let telling = significant(quantity);
        let likely = self
            .related(quantity, &context)
            .into_iter()
            .filter(|(likeness, _)| telling >= if *likeness == Likeness::Same { 2 } else { 3 });
        // A number of three digits and more is hardly the same by chance.
        let same = || {
            let found = self.same(quantity).flat_map(|alike| &alike.first).copied();
            found.filter(|id| telling >= 3 && self.comparable(quantity, *id)).min()
        };
        let (likeness, id) = likely.min().or_else(|| same().map(|id| (Likeness::Same, id)))?;
        let figure = self.programme.figures.get(id);
        let shown = &self.shown[&id];
        let text = number.text().trim();
        let (weight, what): (fn(&'static str, String) -> Finding, String) = match likeness {
            Likeness::Same => (
                Finding::note,
                format!(
                    "Die Zahl „{text}“ steht frei im Text; sie gleicht {} ({shown}).",
                    figure.label
                ),
            ),
            Likeness::Unit => (
                Finding::warning,
                format!(
                    "Die Zahl „{text}“ im Text hat eine andere Einheit als {} ({shown}).",
                    figure.label
                ),
            ),
            Likeness::Transposed => (
                Finding::warning,
                format!(
                    "Zahlendreher? „{text}“ steht im Text, in den Daten steht {shown} ({}).",
                    figure.label
                ),
            ),
            Likeness::Digit => (
                Finding::warning,
                format!(
                    "Verschrieben? „{text}“ steht im Text, in den Daten steht {shown} ({}).",
                    figure.label
                ),
            ),
        };
        let path = &figure.path;
        Some(
            weight("zahl-frei", what)
                .at(number.span(), "an keine Zahl gebunden")
                .label(figure.span, format!("vermutlich gemeint: {}", figure.label))
                .hint(format!("Ist diese Zahl gemeint, schreiben Sie [{text}](zahl:{path}); ist es eine andere, [{text}](frei:)."))
                .about(sentence),
        )
    }

    /// Figures of the value that a number may stand for.
    fn same(&self, quantity: &Quantity) -> impl Iterator<Item = &Alike> {
        let ends = quantity.interval().and_then(|interval| interval.low.zip(interval.high));
        ends.into_iter()
            .flat_map(|(low, high)| self.by_value.range(low..=high).take(MANY))
            .map(|(_, alike)| alike)
    }

    /// Figures that a number resembles and whose names share a word with its sentence.
    fn related(
        &self,
        quantity: &Quantity,
        context: &BTreeSet<String>,
    ) -> Vec<(Likeness, FigureId)> {
        let mut out = Vec::new();
        for alike in self.same(quantity) {
            let near = alike.related(context).filter(|id| self.comparable(quantity, *id));
            out.extend(near.map(|id| (Likeness::Same, id)));
        }
        let Some(own) = digits(quantity) else { return out };
        let with = |digits: &str| {
            self.by_digits.get(digits).into_iter().flat_map(|alike| alike.related(context))
        };
        let other_unit = |id: &FigureId| {
            let shown = &self.shown[id];
            let both = quantity.unit.is_some() && shown.unit.is_some();
            both && (quantity.dimension() != shown.dimension() || quantity.scale != shown.scale)
        };
        out.extend(with(&own).filter(other_unit).map(|id| (Likeness::Unit, id)));
        let same_kind = |id: &FigureId| {
            let shown = &self.shown[id];
            self.comparable(quantity, *id)
                && shown.scale == quantity.scale
                && shown.decimals() == quantity.decimals()
        };
        for (likeness, neighbour) in neighbours(&own) {
            out.extend(with(&neighbour).filter(same_kind).map(|id| (likeness, id)));
        }
        out
    }

    /// Whether both measure the same kind of thing, as far as units say.
    fn comparable(&self, quantity: &Quantity, id: FigureId) -> bool {
        let shown = &self.shown[&id];
        match (quantity.dimension(), shown.dimension()) {
            (Some(one), Some(other)) => one == other,
            // "2.210 Menschen" and a plain count; but a percentage or an amount says so.
            (one, other) => {
                [one, other].into_iter().flatten().count() == 0
                    || [quantity, shown].iter().all(|quantity| {
                        quantity.unit.as_ref().is_none_or(|unit| !unit.belongs_to_figure())
                    })
            }
        }
    }
}

fn sentence<'a>(number: &'a ProseNumber<'_>) -> &'a str {
    let text = &number.passage.text;
    let range = prose::sentences(text)
        .into_iter()
        .find(|range| range.contains(&number.range.start))
        .unwrap_or(0..text.len());
    &text[range]
}

/// The printed digits without dots, comma, and zeros in front.
fn digits(quantity: &Quantity) -> Option<String> {
    let Value::Number(number) = &quantity.value else { return None };
    Some(number.value.abs().mantissa().to_string())
}

/// Digits that carry information.
fn significant(quantity: &Quantity) -> usize {
    digits(quantity).map_or(0, |digits| digits.trim_end_matches('0').len())
}

/// The digits with one changed, and with two neighbours swapped.
fn neighbours(digits: &str) -> Vec<(Likeness, String)> {
    let bytes = digits.as_bytes();
    let mut out = Vec::new();
    let text = |bytes: &[u8]| bytes.iter().map(|byte| char::from(*byte)).collect::<String>();
    for at in 0..bytes.len() {
        for digit in b'0'..=b'9' {
            if digit != bytes[at] && !(at == 0 && digit == b'0') {
                let mut changed = bytes.to_vec();
                changed[at] = digit;
                out.push((Likeness::Digit, text(&changed)));
            }
        }
        if at + 1 < bytes.len() && bytes[at] != bytes[at + 1] {
            let mut swapped = bytes.to_vec();
            swapped.swap(at, at + 1);
            out.push((Likeness::Transposed, text(&swapped)));
        }
    }
    out
}

/// Beginnings of the telling words of a text, by which sentence and label are brought together.
fn stems(text: &str) -> BTreeSet<String> {
    const EMPTY: [&str; 22] = [
        "jahr",
        "jahre",
        "vorjahr",
        "anteil",
        "summe",
        "insgesamt",
        "zahl",
        "anzahl",
        "plan",
        "planung",
        "gesamt",
        "veränderung",
        "prozent",
        "davon",
        "darunter",
        "durch",
        "werden",
        "wurden",
        "nicht",
        "einer",
        "eines",
        "sowie",
    ];
    prose::words(text)
        .into_iter()
        .map(|range| text[range].to_lowercase())
        .filter(|word| word.chars().count() >= 4 && !EMPTY.contains(&word.as_str()))
        .filter(|word| word.chars().any(char::is_alphabetic))
        .map(|word| word.chars().take(6).collect())
        .collect()
}
