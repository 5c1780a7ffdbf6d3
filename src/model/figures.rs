// SPDX-License-Identifier: EUPL-1.2
//! All figures of a programme by path, and their calculation.
//!
//! A figure is entered, is the same as another one, or is computed. Computed figures know the
//! figures they came from. Nothing here is rounded before it is printed.
//!
//! Not here: whether what was stated agrees with what is computed.

mod amount;
mod calculate;

use std::collections::BTreeMap;

pub use amount::Amount;

use super::formula::Formula;
use super::provenance::Provenance;
use super::quantity::{Number, Quantity, Scale, Unit, Value};
use super::visibility::Visibility;
use super::yaml::Text;
use crate::diag::Span;
use rust_decimal::Decimal;

/// Number of a figure in [`Figures`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FigureId(usize);

/// Where a figure comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// It stands in the data.
    Entered(Quantity),
    /// It is another figure, shown again.
    Same(FigureId),
    /// It is computed from others; paths are not resolved yet.
    Pending(Formula<String>, Scope, Span),
    /// It is computed from others.
    Computed(Formula<FigureId>),
    /// It is the sum of these, as far as they count.
    Sum(Vec<FigureId>),
    /// Nothing stands there, or it could not be read.
    Missing,
}

/// In which surroundings the paths of a formula are looked up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// Single figures: a bare id is another single figure.
    Values,
    /// A row of a table: a bare id is another row, in the same column.
    Row {
        /// The table.
        table: String,
        /// The column.
        column: String,
    },
    /// A column of a table: a bare id is another column, in the same row.
    Column {
        /// The table and row.
        row: String,
    },
}

impl Scope {
    /// The full path that a name in a formula means.
    pub fn path(&self, name: &str) -> String {
        if name.contains('.') {
            return name.to_owned();
        }
        match self {
            Self::Values => format!("werte.{name}"),
            Self::Row { table, column } => format!("{table}.{name}.{column}"),
            Self::Column { row } => format!("{row}.{name}"),
        }
    }
}

/// What is printed in the place of a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatedFigure {
    /// As written.
    pub text: Text,
    /// What it means; `None` for an empty place.
    pub quantity: Option<Quantity>,
}

/// How a figure is printed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Style {
    /// Whether the unit stands elsewhere, usually in the head of the column.
    pub hide_unit: bool,
    /// Digits behind the comma of a computed figure.
    pub decimals: Option<u32>,
    /// Scale and unit of a computed figure.
    pub unit: Option<(Scale, Option<Unit>)>,
    /// Whether positive figures bear a plus sign.
    pub signed: bool,
}

impl Style {
    /// The figure as its column prints it: without its unit if the head of the column names that very
    /// unit and scale.
    fn shown(&self, quantity: Quantity) -> Quantity {
        let named = self
            .unit
            .as_ref()
            .is_none_or(|(scale, unit)| *scale == quantity.scale && *unit == quantity.unit);
        let shown = if self.hide_unit && named { quantity.without_unit() } else { quantity };
        match shown.value {
            Value::Number(number) if self.signed && number.value > Decimal::ZERO => {
                Quantity { value: Value::Number(Number { plus: true, ..number }), ..shown }
            }
            _ => shown,
        }
    }
}

/// A figure with everything that is known about it.
#[derive(Debug, Clone)]
pub struct Figure {
    /// Its path, for instance `mittel.egt.plan`.
    pub path: String,
    /// What it is, in words.
    pub label: String,
    /// Where it stands.
    pub span: Span,
    /// Where it comes from.
    pub origin: Origin,
    /// What is printed there.
    pub stated: Option<StatedFigure>,
    /// The reason with which a deviation is acknowledged.
    pub acknowledged: Option<Text>,
    /// Star note.
    pub note: Option<Text>,
    /// Where it comes from.
    pub provenance: Provenance,
    /// How it is printed.
    pub style: Style,
    /// Whether it may be published, as far as the data say.
    pub visibility: Visibility,
    /// Whether it counts persons, if the data say.
    pub persons: Option<bool>,
    /// Whether the data keep it secret to protect others.
    pub secret: bool,
}

impl Figure {
    /// A figure of which only the place is known yet.
    pub fn missing(path: String, label: String, span: Span, style: Style) -> Self {
        Self {
            path,
            label,
            span,
            origin: Origin::Missing,
            stated: None,
            acknowledged: None,
            note: None,
            provenance: Provenance::default(),
            style,
            visibility: Visibility::Unmarked,
            persons: None,
            secret: false,
        }
    }

    /// The reason with which a deviation is acknowledged; an empty one is none.
    pub fn reason(&self) -> Option<&str> {
        self.acknowledged
            .as_ref()
            .map(|reason| reason.value.trim())
            .filter(|reason| !reason.is_empty())
    }
}

/// The value of a figure.
#[expect(clippy::struct_excessive_bools, reason = "independent facts about a value")]
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outcome {
    /// The amount, if one is known.
    pub amount: Option<Amount>,
    /// Whether something open or suppressed went in.
    pub incomplete: bool,
    /// Whether it counts in sums.
    pub counts: bool,
    /// Whether something suppressed went in, so that nothing may be computed from it.
    pub suppressed: bool,
    /// Whether it is not there at all (`./.`), so that nothing can be compared with it.
    pub nothing: bool,
    /// What went wrong in the calculation.
    pub trouble: Option<Trouble>,
}

/// What can go wrong in a calculation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// The figure depends on itself.
    Circle,
    /// Different units were added.
    Units,
    /// A division by zero.
    Zero,
    /// The result has too many digits.
    Overflow,
    /// A range goes in where only a single figure can.
    Range,
    /// A reason or an empty place goes in where a figure is needed.
    Missing,
}

/// A name in a formula that means nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unresolved {
    /// Where the formula stands.
    pub span: Span,
    /// The name.
    pub name: String,
    /// What could have been meant.
    pub candidates: Vec<String>,
    /// The figure that would be calculated.
    pub figure: FigureId,
    /// Whether the name is one of the table, and only this cell is empty.
    pub empty: bool,
}

/// What becomes of a figure in a public version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It is shown as it is printed.
    Shown,
    /// A sign stands in its place.
    Secret,
    /// It is not there.
    Left,
}

/// All figures of a programme.
#[derive(Debug, Clone, Default)]
pub struct Figures {
    all: Vec<Figure>,
    by_path: BTreeMap<String, FigureId>,
    outcomes: Vec<Outcome>,
    /// How many of them are those of the year before; they come first.
    earlier: usize,
    /// Stands for whatever last year's programme, which cannot be asked, may say.
    unread: Option<FigureId>,
}

/// Beginning of the paths of last year's figures.
pub const EARLIER: &str = "vorjahr.";

impl Figures {
    /// Begins with the figures of the year before. They can be named and are calculated with, but are
    /// not among the programme's own.
    pub fn after(earlier: Vec<Figure>) -> Self {
        let mut figures = Self::default();
        for figure in earlier {
            figures.add(figure);
        }
        figures.earlier = figures.all.len();
        figures
    }

    /// Begins with a figure that stands for all those of a programme that cannot be asked: they are
    /// open, and so is what depends on them.
    pub fn after_unread(span: Span) -> Self {
        let open = Origin::Entered(Quantity::new(Value::Open));
        let figure = Figure::missing(EARLIER.to_owned(), String::new(), span, Style::default());
        let mut figures = Self::after(vec![Figure { origin: open, ..figure }]);
        figures.unread = Some(FigureId(0));
        figures
    }

    /// Whether a figure is one of the year before.
    pub fn is_earlier(&self, id: FigureId) -> bool {
        id.0 < self.earlier
    }

    /// The figure that stands for all those of a programme that cannot be asked.
    pub fn unread(&self) -> Option<FigureId> {
        self.unread
    }

    /// Adds a figure. Of two figures with one path the first is found by it.
    pub fn add(&mut self, figure: Figure) -> FigureId {
        let id = FigureId(self.all.len());
        self.by_path.entry(figure.path.clone()).or_insert(id);
        self.all.push(figure);
        id
    }

    /// Lets a figure be found by a shorter path.
    pub fn alias(&mut self, path: String, id: FigureId) {
        self.by_path.entry(path).or_insert(id);
    }

    /// The figure with a path.
    pub fn find(&self, path: &str) -> Option<FigureId> {
        let unread = || self.unread.filter(|_| path.starts_with(EARLIER));
        self.by_path.get(path).copied().or_else(unread)
    }

    /// Makes a figure the sum of others. What was typed in its place becomes what was stated there.
    pub fn make_sum(&mut self, id: FigureId, members: Vec<FigureId>) {
        let figure = &mut self.all[id.0];
        if let Origin::Entered(quantity) = &figure.origin
            && figure.stated.is_none()
        {
            let text = Text { value: quantity.to_string(), span: figure.span };
            figure.stated = Some(StatedFigure { text, quantity: Some(quantity.clone()) });
        }
        if matches!(figure.origin, Origin::Entered(_) | Origin::Missing) {
            figure.origin = Origin::Sum(members);
        }
    }

    /// Figures whose path is this one and one name more.
    pub fn below(&self, stem: &str) -> Vec<FigureId> {
        let stem = format!("{stem}.");
        self.by_path
            .range(stem.clone()..)
            .take_while(|(path, _)| path.starts_with(&stem))
            .filter(|(path, _)| !path[stem.len()..].contains('.'))
            .map(|(_, id)| *id)
            .collect()
    }

    /// All paths, in alphabetical order.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.by_path.keys().map(String::as_str)
    }

    /// All names of figures, in alphabetical order; a figure may have several.
    pub fn names(&self) -> impl Iterator<Item = (&str, FigureId)> {
        self.by_path.iter().map(|(path, id)| (path.as_str(), *id))
    }

    /// All figures of the programme itself, in the order of the files.
    pub fn iter(&self) -> impl Iterator<Item = (FigureId, &Figure)> {
        let all = self.all.iter().enumerate().skip(self.earlier);
        all.map(|(at, figure)| (FigureId(at), figure))
    }

    /// How many figures there are.
    pub fn len(&self) -> usize {
        self.all.len() - self.earlier
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A figure.
    pub fn get(&self, id: FigureId) -> &Figure {
        &self.all[id.0]
    }

    /// The value of a figure; [`Figures::calculate`] must have run.
    pub fn outcome(&self, id: FigureId) -> &Outcome {
        &self.outcomes[id.0]
    }

    /// Resolves the paths of formulas. Returns the names that mean nothing.
    pub fn resolve(&mut self) -> Vec<Unresolved> {
        let mut unknown = Vec::new();
        for at in 0..self.all.len() {
            let Origin::Pending(formula, scope, span) = &self.all[at].origin else { continue };
            let resolved = formula.resolve(&mut |name: &String| {
                let path = scope.path(name);
                // A value's own parts, as in `quote.vorjahr`.
                let part = || match scope {
                    Scope::Values => self.find(&format!("werte.{name}")),
                    Scope::Row { .. } | Scope::Column { .. } => None,
                };
                self.find(&path).or_else(part).ok_or(name.clone())
            });
            self.all[at].origin = match resolved {
                Ok(formula) => Origin::Computed(formula),
                Err(name) => {
                    let (candidates, empty) =
                        (self.candidates(scope), self.is_left_empty(scope, &name));
                    let figure = FigureId(at);
                    unknown.push(Unresolved { span: *span, name, candidates, figure, empty });
                    Origin::Missing
                }
            };
        }
        unknown
    }

    /// Whether a bare name is that of a row or a column which has figures elsewhere.
    fn is_left_empty(&self, scope: &Scope, name: &str) -> bool {
        let any = |begin: &str, end: &str| {
            self.by_path.keys().any(|path| path.starts_with(begin) && path.ends_with(end))
        };
        match scope {
            Scope::Values => false,
            Scope::Row { table, .. } => any(&format!("{table}.{name}."), ""),
            Scope::Column { row } => {
                let table = row.rsplit_once('.').map_or("", |(table, _)| table);
                !table.is_empty() && any(&format!("{table}."), &format!(".{name}"))
            }
        }
    }

    /// What a bare name may mean in a formula, and all full paths.
    fn candidates(&self, scope: &Scope) -> Vec<String> {
        let bare = self.by_path.keys().filter_map(|path| match scope {
            Scope::Values => path.strip_prefix("werte."),
            Scope::Row { table, column } => path
                .strip_prefix(&format!("{table}."))
                .and_then(|rest| rest.strip_suffix(&format!(".{column}"))),
            Scope::Column { row } => path.strip_prefix(&format!("{row}.")),
        });
        let bare = bare.filter(|name| !name.contains(['.', '#'])).map(str::to_owned);
        bare.chain(self.by_path.keys().filter(|path| !path.contains('#')).cloned()).collect()
    }

    /// Calculates every figure. A reproduction calculates on with what was printed, so that each
    /// contradiction shows at its own place and nowhere else.
    pub fn calculate(&mut self, reproduction: bool) {
        self.outcomes = calculate::all(&self.all, reproduction);
    }

    /// The same figures, calculated from the data alone and from nothing that was stated.
    #[must_use]
    pub fn recalculated(&self) -> Self {
        let mut figures = self.clone();
        figures.calculate(false);
        figures
    }

    /// The same figures if one of them were another value; a computed one is then taken as given.
    /// They are calculated from the data alone: what was printed somewhere would hide the change.
    #[must_use]
    pub fn with(&self, id: FigureId, quantity: Quantity) -> Self {
        let mut figures = self.clone();
        let figure = &mut figures.all[id.0];
        figure.origin = Origin::Entered(quantity);
        figure.stated = None;
        figures.calculate(false);
        figures
    }

    /// The same figures, each given as it is printed: without formulas, claims and reasons, so that none
    /// leads to another one. Numbers stay what they are; what is left out is empty and has no name.
    #[must_use]
    pub fn published(
        &self,
        reproduction: bool,
        sign: &str,
        fate: &dyn Fn(FigureId) -> Fate,
    ) -> Self {
        let secret = || match sign {
            "*" => Value::Suppressed,
            other => Value::Reason(other.to_owned()),
        };
        let one = |(at, figure): (usize, &Figure)| {
            let id = FigureId(at);
            let origin =
                |quantity: Option<Quantity>| quantity.map_or(Origin::Missing, Origin::Entered);
            // A cell that shows a figure again shows its note, too.
            let note = figure.note.clone().or_else(|| self.get(self.entered_at(id)).note.clone());
            let (path, origin, note) = match fate(id) {
                Fate::Left => (String::new(), Origin::Missing, None),
                // A note would tell of what is not shown.
                Fate::Secret => {
                    (figure.path.clone(), Origin::Entered(Quantity::new(secret())), None)
                }
                Fate::Shown => {
                    let empty = figure.stated.as_ref().is_some_and(|it| it.quantity.is_none());
                    let printed =
                        if reproduction && empty { None } else { self.printed(id, reproduction) };
                    (figure.path.clone(), origin(printed), note)
                }
            };
            // Names are made of cells that may be internal, and sources of single figures are not printed.
            Figure {
                path,
                label: String::new(),
                span: figure.span,
                origin,
                stated: None,
                acknowledged: None,
                note,
                provenance: Provenance::default(),
                style: figure.style.clone(),
                visibility: Visibility::Unmarked,
                persons: None,
                secret: false,
            }
        };
        let by_path = self.by_path.iter().filter(|(_, id)| fate(**id) != Fate::Left);
        let mut figures = Self {
            all: self.all.iter().enumerate().map(one).collect(),
            by_path: by_path.map(|(path, id)| (path.clone(), *id)).collect(),
            outcomes: Vec::new(),
            earlier: self.earlier,
            unread: self.unread,
        };
        figures.calculate(false);
        figures
    }

    /// Whether a figure counts in the sums that name it. A reproduction adds what was printed.
    pub fn counts(&self, id: FigureId, reproduction: bool) -> bool {
        match &self.get(id).stated {
            Some(StatedFigure { quantity: Some(stated), .. }) if reproduction => stated.counts(),
            _ => self.outcome(id).counts,
        }
    }

    /// The figure with its unit as it goes into others: computed, or in a reproduction as printed.
    pub fn operand(&self, id: FigureId, reproduction: bool) -> Option<Quantity> {
        let stated = self.get(id).stated.as_ref().filter(|_| reproduction);
        let stated = stated.and_then(|stated| stated.quantity.clone());
        stated.or_else(|| self.computed_with_unit(id))
    }

    /// The figure that holds the value which a place shows again.
    pub fn entered_at(&self, id: FigureId) -> FigureId {
        let mut at = id;
        for _ in 0..self.all.len() {
            match &self.get(at).origin {
                Origin::Same(other) | Origin::Computed(Formula::Figure(other)) => at = *other,
                _ => break,
            }
        }
        at
    }

    /// The figures a figure was computed from.
    pub fn operands(&self, id: FigureId) -> Vec<FigureId> {
        fn collect(formula: &Formula<FigureId>, out: &mut Vec<FigureId>) {
            match formula {
                Formula::Figure(id) => out.push(*id),
                Formula::Number(_) => {}
                Formula::Binary(_, left, right) => {
                    collect(left, out);
                    collect(right, out);
                }
                Formula::Call(_, arguments) => {
                    arguments.iter().for_each(|argument| collect(argument, out));
                }
            }
        }
        match &self.get(id).origin {
            Origin::Same(other) => vec![*other],
            Origin::Sum(members) => members.clone(),
            Origin::Computed(formula) => {
                let mut out = Vec::new();
                collect(formula, &mut out);
                out
            }
            Origin::Entered(_) | Origin::Pending(..) | Origin::Missing => Vec::new(),
        }
    }

    /// What is printed in the figure's place, with its unit: what was stated, if the programme
    /// reproduces a published one or nothing follows from the data.
    pub fn printed(&self, id: FigureId, reproduction: bool) -> Option<Quantity> {
        let stated = || self.get(id).stated.as_ref().and_then(|stated| stated.quantity.clone());
        self.operand(id, reproduction).or_else(stated)
    }

    /// The figure as it follows from the data, ready to be printed. `None` if nothing stands there.
    pub fn computed(&self, id: FigureId) -> Option<Quantity> {
        let figure = self.get(id);
        let quantity = match &figure.origin {
            Origin::Entered(quantity) => quantity.clone(),
            Origin::Same(other) => {
                let same = self.computed_with_unit(*other)?;
                return Some(figure.style.shown(same));
            }
            Origin::Missing | Origin::Pending(..) => return None,
            Origin::Computed(Formula::Figure(other)) if self.outcome(id).trouble.is_none() => {
                self.computed_with_unit(*other)?
            }
            Origin::Computed(_) | Origin::Sum(_) => self.derived(id)?,
        };
        Some(figure.style.shown(quantity))
    }

    /// As [`Figures::computed`], but always with its unit, for running text and messages.
    pub fn computed_with_unit(&self, id: FigureId) -> Option<Quantity> {
        match &self.get(id).origin {
            Origin::Entered(quantity) => Some(quantity.clone()),
            Origin::Same(other) => self.computed_with_unit(*other),
            Origin::Missing | Origin::Pending(..) => None,
            Origin::Computed(Formula::Figure(other)) if self.outcome(id).trouble.is_none() => {
                self.computed_with_unit(*other)
            }
            Origin::Computed(_) | Origin::Sum(_) => self.derived(id),
        }
    }

    fn derived(&self, id: FigureId) -> Option<Quantity> {
        let outcome = self.outcome(id);
        let Some(amount) = &outcome.amount else {
            let value = if outcome.suppressed { Value::Suppressed } else { Value::Open };
            return outcome.incomplete.then(|| Quantity::new(value));
        };
        let mut quantity = amount.quantity();
        if outcome.incomplete {
            quantity.remark = Some("unvollständig".to_owned());
        }
        Some(quantity)
    }

    /// What is printed in the figure's place: what was stated, if the programme reproduces a published
    /// one, and otherwise what follows from the data.
    pub fn shown(&self, id: FigureId, reproduction: bool) -> Option<Quantity> {
        let figure = self.get(id);
        match &figure.stated {
            Some(stated) if reproduction || self.computed(id).is_none() => {
                stated.quantity.as_ref().map(|quantity| figure.style.shown(quantity.clone()))
            }
            _ => self.computed(id),
        }
    }
}
