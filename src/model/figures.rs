// SPDX-License-Identifier: EUPL-1.2
//! All figures of a programme by path, and their calculation.
//!
//! A figure is entered, is the same as another one, or is computed. Computed figures know the
//! figures they came from. Nothing here is rounded before it is printed.
//!
//! Not here: whether what was stated agrees with what is computed.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::formula::{Formula, Function, Operator};
use super::quantity::{
    Dimension, Interval, Number, Qualifier, Quantity, Scale, Standing, Unit, UnitName, Value,
};
use super::yaml::Text;
use crate::diag::Span;

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
}

impl Style {
    /// The figure as its column prints it: without its unit if the head of the column names that very
    /// unit and scale.
    fn shown(&self, quantity: Quantity) -> Quantity {
        let named = self
            .unit
            .as_ref()
            .is_none_or(|(scale, unit)| *scale == quantity.scale && *unit == quantity.unit);
        if self.hide_unit && named { quantity.without_unit() } else { quantity }
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
    /// Source.
    pub source: Option<Text>,
    /// As-of date.
    pub as_of: Option<Text>,
    /// How it is printed.
    pub style: Style,
}

impl Figure {
    /// The reason with which a deviation is acknowledged; an empty one is none.
    pub fn reason(&self) -> Option<&str> {
        self.acknowledged
            .as_ref()
            .map(|reason| reason.value.trim())
            .filter(|reason| !reason.is_empty())
    }
}

/// An exact amount with its slack, in base units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amount {
    /// The value as calculated from the printed figures.
    pub nominal: Decimal,
    /// Upper end of a planned range, calculated likewise.
    pub most: Option<Decimal>,
    /// What it may really be.
    pub interval: Interval,
    /// Scale in which it is printed.
    pub scale: Scale,
    /// Unit.
    pub unit: Option<Unit>,
    /// Digits behind the comma in that scale.
    pub decimals: u32,
    /// Ratios are of a dimension of their own.
    dimension: Option<Dimension>,
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
}

/// All figures of a programme.
#[derive(Debug, Default)]
pub struct Figures {
    all: Vec<Figure>,
    by_path: BTreeMap<String, FigureId>,
    outcomes: Vec<Outcome>,
}

impl Figures {
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
        self.by_path.get(path).copied()
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

    /// All paths, in alphabetical order.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.by_path.keys().map(String::as_str)
    }

    /// All figures, in the order of the files.
    pub fn iter(&self) -> impl Iterator<Item = (FigureId, &Figure)> {
        self.all.iter().enumerate().map(|(at, figure)| (FigureId(at), figure))
    }

    /// How many figures there are.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
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
                self.find(&path).ok_or(name.clone())
            });
            self.all[at].origin = match resolved {
                Ok(formula) => Origin::Computed(formula),
                Err(name) => {
                    let candidates = self.candidates(scope);
                    unknown.push(Unresolved { span: *span, name, candidates });
                    Origin::Missing
                }
            };
        }
        unknown
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
        let mut calculator = Calculator {
            figures: &self.all,
            outcomes: vec![Slot::Waiting; self.all.len()],
            reproduction,
        };
        for at in 0..self.all.len() {
            calculator.outcome(FigureId(at));
        }
        self.outcomes = calculator
            .outcomes
            .into_iter()
            .map(|slot| match slot {
                Slot::Done(outcome) => outcome,
                Slot::Waiting | Slot::Busy => Outcome::default(),
            })
            .collect();
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

impl Amount {
    /// The amount of an entered quantity, if it is a number.
    pub fn of(quantity: &Quantity) -> Option<Self> {
        let nominal = quantity.nominal()?;
        let factor = nominal_factor(quantity);
        let most = match &quantity.value {
            Value::Range(_, most) | Value::UpTo(_, most) => Some(most.value.checked_mul(factor)?),
            _ => None,
        };
        Some(Self {
            nominal,
            most,
            interval: quantity.interval()?,
            scale: quantity.scale,
            unit: quantity.unit.clone(),
            decimals: quantity.decimals(),
            dimension: quantity.dimension(),
        })
    }

    fn plain(value: Decimal) -> Self {
        Self {
            nominal: value,
            most: None,
            interval: Interval::exact(value),
            scale: Scale::One,
            unit: None,
            decimals: value.scale(),
            dimension: None,
        }
    }

    /// Whether adding it over rows would mean nothing: percentages, points, ratios.
    fn has_no_sum(&self) -> bool {
        self.unit.as_ref().is_some_and(Unit::is_rounded)
            || self.dimension.as_ref() == Some(&Dimension::ratio())
    }

    /// The dimension, if it has one.
    pub fn dimension(&self) -> Option<&Dimension> {
        self.dimension.as_ref()
    }

    /// The printed notation, rounded commercially.
    pub fn quantity(&self) -> Quantity {
        let factor = self.scale.factor() * self.unit.as_ref().map_or(Decimal::ONE, Unit::factor);
        let round = |value: Decimal| Number {
            value: (value / factor).round_dp_with_strategy(
                self.decimals,
                rust_decimal::RoundingStrategy::MidpointAwayFromZero,
            ),
            decimals: self.decimals,
            plus: false,
        };
        let value = match self.most {
            Some(most) if most != self.nominal => Value::Range(round(self.nominal), round(most)),
            _ => Value::Number(round(self.nominal)),
        };
        let rounded_by_nature =
            self.scale != Scale::One || self.unit.as_ref().is_some_and(Unit::is_rounded);
        let qualifier = match (self.interval.low, self.interval.high) {
            (None, Some(_)) => Qualifier::UpTo,
            (Some(_), None) => Qualifier::AtLeast,
            // Rounded figures that went in make a figure rounded that would be exact.
            (Some(low), Some(high)) if self.most.is_none() && low != high && !rounded_by_nature => {
                Qualifier::Rounded
            }
            _ => Qualifier::None,
        };
        Quantity {
            value,
            scale: self.scale,
            unit: self.unit.clone(),
            qualifier,
            standing: Standing::Counts,
            remark: None,
        }
    }
}

fn nominal_factor(quantity: &Quantity) -> Decimal {
    quantity.scale.factor() * quantity.unit.as_ref().map_or(Decimal::ONE, Unit::factor)
}

#[derive(Debug, Clone)]
enum Slot {
    Waiting,
    Busy,
    Done(Outcome),
}

struct Calculator<'a> {
    figures: &'a [Figure],
    outcomes: Vec<Slot>,
    reproduction: bool,
}

impl Calculator<'_> {
    /// The value with which a figure goes into another one.
    fn operand(&mut self, id: FigureId) -> Outcome {
        match &self.figures[id.0].stated {
            Some(StatedFigure { quantity: Some(stated), .. }) if self.reproduction => {
                entered(stated)
            }
            _ => self.outcome(id),
        }
    }

    fn outcome(&mut self, id: FigureId) -> Outcome {
        match &self.outcomes[id.0] {
            Slot::Done(outcome) => return outcome.clone(),
            Slot::Busy => {
                return Outcome { trouble: Some(Trouble::Circle), ..Outcome::default() };
            }
            Slot::Waiting => self.outcomes[id.0] = Slot::Busy,
        }
        let figure = &self.figures[id.0];
        let mut outcome = match &figure.origin {
            Origin::Entered(quantity) => entered(quantity),
            Origin::Same(other) => self.operand(*other),
            Origin::Missing | Origin::Pending(..) => Outcome::default(),
            Origin::Sum(members) => self.sum(members),
            Origin::Computed(formula) => self.formula(formula),
        };
        if let Some(amount) = &mut outcome.amount {
            restyle(&figure.origin, &figure.style, amount);
        }
        self.outcomes[id.0] = Slot::Done(outcome.clone());
        outcome
    }

    fn sum(&mut self, members: &[FigureId]) -> Outcome {
        let mut total = Outcome { counts: true, ..Outcome::default() };
        for id in members {
            let member = self.operand(*id);
            if let Some(trouble) = member.trouble {
                return Outcome { trouble: Some(trouble), ..Outcome::default() };
            }
            if !member.counts {
                continue;
            }
            total.incomplete |= member.incomplete;
            total.suppressed |= member.suppressed;
            // Quotas, changes and ratios of rows have no sum.
            if member.amount.as_ref().is_some_and(Amount::has_no_sum) {
                return Outcome { counts: true, ..Outcome::default() };
            }
            total = match (total.amount.take(), member.amount) {
                (None, amount) | (amount, None) => Outcome { amount, ..total },
                (Some(left), Some(right)) => match add(&left, &right, false) {
                    Ok(amount) => Outcome { amount: Some(amount), ..total },
                    Err(trouble) => {
                        return Outcome { trouble: Some(trouble), ..Outcome::default() };
                    }
                },
            };
        }
        total
    }

    fn formula(&mut self, formula: &Formula<FigureId>) -> Outcome {
        match formula {
            Formula::Figure(id) => Outcome { counts: true, ..self.operand(*id) },
            Formula::Number(number) => {
                Outcome { amount: Some(Amount::plain(*number)), counts: true, ..Outcome::default() }
            }
            Formula::Binary(operator, left, right) => {
                let (left, right) = (self.formula(left), self.formula(right));
                let absent = matches!(operator, Operator::Add | Operator::Subtract);
                combine(&left, &right, absent, |left, right| match operator {
                    Operator::Add => add(left, right, false),
                    Operator::Subtract => add(left, right, true),
                    Operator::Multiply => multiply(left, right),
                    Operator::Divide => divide(left, right),
                })
            }
            Formula::Call(Function::Sum, arguments) => {
                let mut total: Option<Outcome> = None;
                for argument in arguments {
                    let next = match argument {
                        Formula::Figure(id) => self.operand(*id),
                        other => self.formula(other),
                    };
                    if !next.counts {
                        continue;
                    }
                    total = Some(match total {
                        None => next,
                        Some(total) => {
                            combine(&total, &next, true, |left, right| add(left, right, false))
                        }
                    });
                }
                total.unwrap_or_default()
            }
            Formula::Call(function, arguments) => {
                let (first, second) = (self.formula(&arguments[0]), self.formula(&arguments[1]));
                // What was not there the year before has no change in percent.
                if *function == Function::Change && second.nothing && second.trouble.is_none() {
                    return Outcome { counts: true, ..Outcome::default() };
                }
                combine(&first, &second, false, |first, second| match function {
                    Function::Share => percent(first, second, Decimal::ZERO),
                    Function::Change => percent(first, second, Decimal::ONE_HUNDRED),
                    Function::Points | Function::Sum => points(first, second),
                })
            }
        }
    }
}

/// Computed figures take scale, unit and precision from their column, where it states them.
fn restyle(origin: &Origin, style: &Style, amount: &mut Amount) {
    if !matches!(origin, Origin::Sum(_) | Origin::Computed(_)) {
        return;
    }
    if let Some((scale, unit)) = &style.unit
        && amount.unit.as_ref().map(Unit::dimension) == unit.as_ref().map(Unit::dimension)
    {
        if style.decimals.is_none() {
            match (*scale).cmp(&amount.scale) {
                std::cmp::Ordering::Greater => amount.decimals = 2,
                std::cmp::Ordering::Less => amount.decimals = 0,
                std::cmp::Ordering::Equal => {}
            }
        }
        amount.scale = *scale;
        amount.unit.clone_from(unit);
    }
    if let Some(decimals) = style.decimals {
        amount.decimals = decimals;
    }
}

fn entered(quantity: &Quantity) -> Outcome {
    Outcome {
        amount: Amount::of(quantity),
        incomplete: matches!(quantity.value, Value::Open | Value::Suppressed),
        suppressed: quantity.value == Value::Suppressed,
        nothing: matches!(quantity.value, Value::Nothing | Value::Dash),
        counts: quantity.counts(),
        trouble: None,
    }
}

/// Joins two operands. `absent` says whether an operand without a figure (a reason, an empty place)
/// is left out, as in sums, or makes the calculation impossible.
fn combine(
    left: &Outcome,
    right: &Outcome,
    absent: bool,
    apply: impl Fn(&Amount, &Amount) -> Result<Amount, Trouble>,
) -> Outcome {
    let base = Outcome {
        amount: None,
        incomplete: left.incomplete || right.incomplete,
        suppressed: left.suppressed || right.suppressed,
        nothing: false,
        counts: true,
        trouble: left.trouble.or(right.trouble),
    };
    let result = match (&left.amount, &right.amount) {
        _ if base.trouble.is_some() => return base,
        (Some(left), Some(right)) => apply(left, right),
        // Something open: the result is not known yet.
        _ if base.incomplete => return base,
        (Some(one), None) if absent => Ok(one.clone()),
        (None, Some(other)) if absent => apply(&Amount::plain(Decimal::ZERO), other),
        (None, None) if absent => return base,
        _ => Err(Trouble::Missing),
    };
    match result {
        Ok(amount) => Outcome { amount: Some(amount), ..base },
        Err(trouble) => Outcome { trouble: Some(trouble), ..base },
    }
}

fn add(left: &Amount, right: &Amount, subtract: bool) -> Result<Amount, Trouble> {
    if let (Some(one), Some(other)) = (&left.dimension, &right.dimension)
        && one != other
    {
        return Err(Trouble::Units);
    }
    let sign = if subtract { Decimal::NEGATIVE_ONE } else { Decimal::ONE };
    let plus = |a: Decimal, b: Decimal| a.checked_add(sign * b).ok_or(Trouble::Overflow);
    let interval = if subtract {
        left.interval.subtract(right.interval)
    } else {
        left.interval.plus(right.interval)
    };
    // Subtracting a range turns its ends around.
    let (least_right, most_right) = match (right.most, subtract) {
        (Some(most), true) => (most, right.nominal),
        (most, _) => (right.nominal, most.unwrap_or(right.nominal)),
    };
    let most = match (left.most, right.most) {
        (None, None) => None,
        (most, _) => Some(plus(most.unwrap_or(left.nominal), most_right)?),
    };
    let percent =
        |amount: &Amount| amount.unit.as_ref().is_some_and(|unit| unit.name == UnitName::Percent);
    // The difference of two percentages is in points.
    let points =
        (subtract && percent(left) && percent(right)).then(|| Unit::plain(UnitName::Points));
    let zero_left = left.unit.is_none() && left.nominal.is_zero();
    let shape = if zero_left { right } else { left };
    let (scale, decimals) = precision(left, right);
    Ok(Amount {
        nominal: plus(left.nominal, least_right)?,
        most,
        interval: interval.ok_or(Trouble::Overflow)?,
        scale,
        decimals,
        dimension: points
            .as_ref()
            .map(Unit::dimension)
            .or_else(|| shape.dimension.clone())
            .or_else(|| right.dimension.clone()),
        unit: points.or_else(|| shape.unit.clone()).or_else(|| right.unit.clone()),
    })
}

/// Scale and digits of a sum: of the finer figure if both have one scale, of the coarser scale if not.
fn precision(left: &Amount, right: &Amount) -> (Scale, u32) {
    if left.scale == right.scale || right.nominal.is_zero() && right.unit.is_none() {
        (left.scale, left.decimals.max(right.decimals))
    } else if left.nominal.is_zero() && left.unit.is_none() || right.scale > left.scale {
        (right.scale, right.decimals)
    } else {
        (left.scale, left.decimals)
    }
}

/// A percentage as a plain factor: 26 % of something is 0,26 times it.
fn as_factor(amount: &Amount) -> Result<Amount, Trouble> {
    let percent = amount.unit.as_ref().is_some_and(|unit| unit.name == UnitName::Percent);
    if !percent {
        return Ok(amount.clone());
    }
    let hundredth = Decimal::new(1, 2);
    let scaled = |value: Decimal| value.checked_mul(hundredth);
    Ok(Amount {
        nominal: scaled(amount.nominal).ok_or(Trouble::Overflow)?,
        most: amount.most.and_then(scaled),
        interval: amount.interval.map(scaled).ok_or(Trouble::Overflow)?,
        scale: Scale::One,
        unit: None,
        decimals: amount.decimals + 2,
        dimension: None,
    })
}

/// The largest scale, up to a given one, in which a value is at least one.
fn fitting(scale: Scale, value: Decimal) -> Scale {
    let smaller = [Scale::Billion, Scale::Million, Scale::Thousand];
    smaller
        .into_iter()
        .find(|candidate| *candidate <= scale && value.abs() >= candidate.factor())
        .unwrap_or(Scale::One)
}

/// Digits that a product or quotient is printed with: none if it is whole in its scale, else two.
fn digits(nominal: Decimal, scale: Scale, unit: Option<&Unit>) -> u32 {
    let printed = nominal / (scale.factor() * unit.map_or(Decimal::ONE, Unit::factor));
    if printed.fract().is_zero() { 0 } else { 2 }
}

/// Ranges go through a product or quotient only if nothing is negative and one side is no range.
fn upper(
    left: &Amount,
    right: &Amount,
    apply: impl Fn(Decimal, Decimal) -> Option<Decimal>,
) -> Result<Option<Decimal>, Trouble> {
    let positive = !left.nominal.is_sign_negative() && !right.nominal.is_sign_negative();
    match (left.most, right.most) {
        (None, None) => Ok(None),
        (Some(most), None) if positive => {
            apply(most, right.nominal).map(Some).ok_or(Trouble::Overflow)
        }
        _ => Err(Trouble::Range),
    }
}

fn multiply(left: &Amount, right: &Amount) -> Result<Amount, Trouble> {
    let (left, right) = (as_factor(left)?, as_factor(right)?);
    // A range may stand on either side.
    let (left, right) = if right.most.is_some() { (right, left) } else { (left, right) };
    let money =
        |amount: &Amount| amount.unit.as_ref().is_some_and(|unit| unit.name == UnitName::Euro);
    let shape = match (&left.dimension, &right.dimension) {
        (_, None) => &left,
        (None, _) => &right,
        // 400 entries at 200 € each.
        _ if money(&left) != money(&right) => {
            if money(&left) {
                &left
            } else {
                &right
            }
        }
        _ => return Err(Trouble::Units),
    };
    let nominal = left.nominal.checked_mul(right.nominal).ok_or(Trouble::Overflow)?;
    let scale = fitting(shape.scale, nominal);
    Ok(Amount {
        nominal,
        most: upper(&left, &right, Decimal::checked_mul)?,
        interval: left.interval.multiply(right.interval).ok_or(Trouble::Overflow)?,
        scale,
        decimals: digits(nominal, scale, shape.unit.as_ref()),
        unit: shape.unit.clone(),
        dimension: shape.dimension.clone(),
    })
}

fn divide(left: &Amount, right: &Amount) -> Result<Amount, Trouble> {
    if right.nominal.is_zero() {
        return Err(Trouble::Zero);
    }
    let both_percent = left.dimension == right.dimension;
    let right = if both_percent { right.clone() } else { as_factor(right)? };
    let same = left.dimension == right.dimension;
    let nominal = left.nominal.checked_div(right.nominal).ok_or(Trouble::Overflow)?;
    let unit = if same { None } else { left.unit.clone() };
    let scale = if same { Scale::One } else { fitting(left.scale, nominal) };
    Ok(Amount {
        nominal,
        most: upper(left, &right, Decimal::checked_div)?,
        interval: left.interval.divide(right.interval).ok_or(Trouble::Overflow)?,
        scale,
        decimals: digits(nominal, scale, unit.as_ref()),
        unit,
        dimension: if same { None } else { left.dimension.clone() },
    })
}

/// `first` in percent of `second`, minus `minus`.
fn percent(first: &Amount, second: &Amount, minus: Decimal) -> Result<Amount, Trouble> {
    if second.nominal.is_zero() {
        return Err(Trouble::Zero);
    }
    if let (Some(one), Some(other)) = (&first.dimension, &second.dimension)
        && one != other
    {
        return Err(Trouble::Units);
    }
    let hundred = Decimal::ONE_HUNDRED;
    let scaled = |value: Decimal| value.checked_mul(hundred)?.checked_sub(minus);
    let ratio = first.nominal.checked_div(second.nominal).ok_or(Trouble::Overflow)?;
    let interval = first
        .interval
        .divide(second.interval)
        .and_then(|interval| interval.map(scaled))
        .ok_or(Trouble::Overflow)?;
    let unit = Unit::plain(UnitName::Percent);
    let most = match (first.most, second.most) {
        (None, None) => None,
        (Some(most), None) => {
            Some(most.checked_div(second.nominal).and_then(scaled).ok_or(Trouble::Overflow)?)
        }
        _ => return Err(Trouble::Range),
    };
    Ok(Amount {
        nominal: scaled(ratio).ok_or(Trouble::Overflow)?,
        most,
        interval,
        scale: Scale::One,
        dimension: Some(unit.dimension()),
        unit: Some(unit),
        decimals: 1,
    })
}

fn points(first: &Amount, second: &Amount) -> Result<Amount, Trouble> {
    let mut difference = add(first, second, true)?;
    let unit = Unit::plain(UnitName::Points);
    difference.dimension = Some(unit.dimension());
    difference.unit = Some(unit);
    Ok(difference)
}
