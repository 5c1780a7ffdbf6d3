// SPDX-License-Identifier: EUPL-1.2
//! What would change if a figure were another value: all figures calculated anew, the old ones beside
//! the new ones.

use super::dependents::{self, Dependent, Dependents, Kind, Target};
use super::{Explainer, Explanation, Problem, wording};
use crate::check::fits;
use crate::model::figures::{FigureId, Figures, Origin};
use crate::model::quantity::{Quantity, Scale, Unit, Value, parse_as};

/// The other value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instead {
    /// As it is printed.
    pub value: String,
    /// What the data give now.
    pub old: String,
    /// By how much it differs.
    pub difference: Option<String>,
    /// The same in percent.
    pub change: Option<String>,
    /// How many dependents stay as they are.
    pub unchanged: usize,
    /// Whether the figure is computed, so that it would have to change where it comes from.
    pub computed: bool,
}

impl Explainer<'_> {
    /// Explains a figure, and what would change if it were another value. Dependents that stay as they
    /// are, are left out and counted.
    ///
    /// # Errors
    ///
    /// If the text is no figure, or one of another unit.
    pub fn instead(&self, id: FigureId, text: &str) -> Result<Explanation, Problem> {
        let quantity = self.read(id, text)?;
        // A reproduction is calculated from what the data say on both sides, for what was printed
        // would hide the change.
        let old = self.figures().recalculated();
        let new = old.with(id, quantity);
        let mut explanation = self.explain(id);
        let all = std::mem::take(&mut explanation.dependents.all);
        let count = all.len();
        let mut changed: Vec<Dependent> = all
            .into_iter()
            .map(|dependent| self.anew(dependent, id, &old, &new))
            .filter(|dependent| dependent.new.is_some())
            .collect();
        let unchanged = count - changed.len();
        changed.extend(self.joining(id, &old, &new));
        changed.sort_by_key(|dependent| dependent.kind);
        let amounts = old.outcome(id).amount.as_ref().zip(new.outcome(id).amount.as_ref());
        explanation.instead = Some(Instead {
            value: wording::value(&new, id),
            old: wording::value(&old, id),
            difference: difference(&old, &new, id),
            change: amounts
                .and_then(|(old, new)| new.change_from(old))
                .map(|change| wording::signed(&change)),
            unchanged,
            computed: !matches!(
                self.figures().get(id).origin,
                Origin::Entered(_) | Origin::Missing
            ),
        });
        explanation.dependents = Dependents { all: changed, left_out: Vec::new() };
        Ok(explanation)
    }

    /// A dependent with its new value; without one if it stays as it is.
    fn anew(
        &self,
        mut dependent: Dependent,
        id: FigureId,
        old: &Figures,
        new: &Figures,
    ) -> Dependent {
        let (before, after) = match dependent.target {
            Target::Limit(kind, value, limit) => (
                dependents::room(old, kind, value, limit),
                dependents::room(new, kind, value, limit),
            ),
            Target::Figure(figure) | Target::Words(figure, ..) => {
                dependent.difference = difference(old, new, figure);
                (wording::value(old, figure), wording::value(new, figure))
            }
        };
        if let Target::Limit(kind, _, limit) = dependent.target {
            // The limit itself may be another one then.
            let (now, then) = (wording::value(old, limit), wording::value(new, limit));
            if now != then {
                let known = format!("({} {}", dependents::word(kind), self.value(limit));
                let moved = format!("({} {now} → {then}", dependents::word(kind));
                dependent.label = dependent.label.replace(&known, &moved);
            }
        }
        let changed = match dependent.target {
            Target::Limit(..) => before != after,
            Target::Figure(figure) | Target::Words(figure, ..) => {
                before != after || figure != id && old.outcome(figure) != new.outcome(figure)
            }
        };
        if changed {
            dependent.remark = self.remark(&dependent, old, new);
            if before == after && dependent.remark.is_none() {
                dependent.remark = Some("gedruckt gleich".to_owned());
            }
            dependent.old = before;
            dependent.new = Some(after);
        }
        dependent
    }

    /// Whether words and claims still fit.
    fn remark(&self, dependent: &Dependent, old: &Figures, new: &Figures) -> Option<String> {
        let verdict = |before: Option<bool>, after: Option<bool>| match (before, after?) {
            (Some(false), false) => Some("passt schon jetzt nicht"),
            (_, false) => Some("passt dann nicht mehr"),
            (Some(false), true) => Some("passt dann wieder"),
            (_, true) => Some("passt weiterhin"),
        };
        match (dependent.target, &dependent.bound) {
            (Target::Words(id, passage, mark), Some(words)) => {
                let passage = &self.programme.passages[passage];
                let span = passage.span(&passage.marks[mark].range);
                let fits = |figures| fits::words(figures, &self.programme.units, id, words, span);
                verdict(fits(old), fits(new)).map(str::to_owned)
            }
            (Target::Figure(id), _) if dependent.kind != Kind::Chart => {
                let after = fits::claim(new, id).filter(|fits| !fits);
                let stated = &self.figures().get(id).stated.as_ref()?.text.value;
                let verdict = verdict(fits::claim(old, id), after)?;
                Some(format!("{} „{stated}“ {verdict}", self.stated_word()))
            }
            _ => None,
        }
    }

    /// Sums that leave the figure out as it is, and would count the other value.
    fn joining(&self, id: FigureId, old: &Figures, new: &Figures) -> Vec<Dependent> {
        if old.outcome(id).counts || !new.outcome(id).counts {
            return Vec::new();
        }
        let sums = self.index.left_out.get(&id).into_iter().flatten();
        let mut out: Vec<Dependent> = Vec::new();
        for sum in sums {
            for dependent in dependents::of(self, *sum).all {
                if !out
                    .iter()
                    .any(|known| known.target == dependent.target && known.kind == dependent.kind)
                {
                    out.push(self.anew(dependent, id, old, new));
                }
            }
            if let Some(dependent) = dependents::figure(self, *sum, 1) {
                out.push(self.anew(dependent, id, old, new));
            }
        }
        out.retain(|dependent| dependent.new.is_some());
        out
    }

    /// The other value, read as strictly as the data are.
    fn read(&self, id: FigureId, text: &str) -> Result<Quantity, Problem> {
        let figures = self.figures();
        let now = figures.computed_with_unit(id).filter(Quantity::is_number);
        let style = figures.get(id).style.unit.clone();
        let (scale, unit) = style
            .or_else(|| now.as_ref().map(|now| (now.scale, now.unit.clone())))
            .unwrap_or((Scale::One, None));
        let label = &figures.get(id).label;
        let quantity =
            parse_as(text, &self.programme.units, scale, unit.as_ref()).map_err(|error| {
                Problem {
                    message: format!("--statt: {}", error.message(text)),
                    hint: error.hint().unwrap_or_else(|| wanted(now.as_ref())),
                }
            })?;
        if matches!(quantity.value, Value::Reason(_) | Value::Suppressed) {
            return Err(Problem {
                message: format!("--statt: „{text}“ ist keine Zahl."),
                hint: wanted(now.as_ref()),
            });
        }
        let known = now.as_ref().map_or(unit, |now| now.unit.clone());
        let fits = match (&known, &quantity.unit) {
            (Some(known), Some(own)) => {
                let bare = |unit: &Unit| Unit { per: None, ..unit.clone() }.dimension();
                bare(known) == bare(own) && (own.per.is_none() || own.per == known.per)
            }
            (None, Some(_)) => now.is_none(),
            _ => true,
        };
        if !fits {
            let unit =
                known.as_ref().map_or("ohne Einheit".to_owned(), |unit| format!("in {unit}"));
            return Err(Problem {
                message: format!(
                    "--statt: „{text}“ hat eine andere Einheit; „{label}“ steht {unit}."
                ),
                hint: wanted(now.as_ref()),
            });
        }
        // A period that is left out is the one of the figure.
        Ok(if quantity.is_number() {
            Quantity { unit: known_period(&quantity, known), ..quantity }
        } else {
            quantity
        })
    }
}

fn known_period(quantity: &Quantity, known: Option<Unit>) -> Option<Unit> {
    let own = quantity.unit.clone()?;
    let per = own.per.or_else(|| known.and_then(|known| known.per));
    Some(Unit { per, ..own })
}

fn wanted(now: Option<&Quantity>) -> String {
    now.map_or_else(
        || "Schreiben Sie die Zahl so, wie sie in den Daten stünde, zum Beispiel 1.800 oder 39,53 Mio. €.".to_owned(),
        |now| format!("Schreiben Sie die Zahl so, wie sie in den Daten stünde; zurzeit steht dort {now}."),
    )
}

/// New less old, with a sign.
fn difference(old: &Figures, new: &Figures, id: FigureId) -> Option<String> {
    let (old, new) = (old.outcome(id).amount.as_ref()?, new.outcome(id).amount.as_ref()?);
    Some(wording::signed(&wording::less(new, old)?))
}
