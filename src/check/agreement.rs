// SPDX-License-Identifier: EUPL-1.2
//! Whether a stated figure agrees with the one the data give.
//!
//! Rounded figures are intervals: they contradict each other if the intervals have nothing in common,
//! and differ by rounding if they do but the printed digits are not the same.

use rust_decimal::Decimal;

use crate::diag::{Disagreement, Finding};
use crate::model::figures::{Amount, Figure, FigureId, Figures, Origin};
use crate::model::formula::{Formula, Operator};
use crate::model::quantity::{Interval, Qualifier, Quantity, Side, Unit, UnitName, Value, decimal};

/// How two figures stand to each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Agreement {
    /// They agree, or one of them is not known.
    Agrees,
    /// They differ within what rounding allows.
    Rounding(Disagreement),
    /// They exclude each other.
    Contradicts(Disagreement),
}

/// Compares what was stated at a figure's place with what the data give. `None` if nothing is stated.
pub(super) fn of_place(figures: &Figures, id: FigureId) -> Option<Agreement> {
    let stated = figures.get(id).stated.as_ref()?;
    let Some(quantity) = &stated.quantity else {
        return Some(Agreement::Agrees);
    };
    // A total over something open or suppressed says nothing about the stated one, unless the known
    // parts alone are more.
    let outcome = figures.outcome(id);
    if outcome.incomplete {
        let known = outcome.amount.as_ref().and_then(|amount| amount.interval.low);
        let most = quantity.interval().and_then(|interval| interval.high);
        if known.zip(most).is_none_or(|(known, most)| known <= most) {
            return Some(Agreement::Agrees);
        }
    }
    let computed = figures.computed_with_unit(id)?;
    let amount = figures.outcome(id).amount.as_ref();
    if is_quotient(figures, id)
        && let (Value::Number(number), Some(amount)) = (&quantity.value, amount)
    {
        // A quotient is printed rounded, even if it is an amount in euros.
        let half = Decimal::new(5, number.decimals + 1);
        let factor = quantity.scale.factor();
        let slack = (number.value - amount.nominal / factor).abs();
        if slack <= half {
            return Some(Agreement::Agrees);
        }
    }
    Some(compare(quantity, &computed, amount))
}

fn is_quotient(figures: &Figures, id: FigureId) -> bool {
    matches!(&figures.get(id).origin, Origin::Computed(Formula::Binary(Operator::Divide, ..)))
}

/// Where the right value comes from: it was calculated.
pub(super) const COMPUTED: &str = "berechnet";
/// Where the right value comes from: it is entered.
pub(super) const IN_DATA: &str = "in den Daten";

/// Compares a stated quantity with a computed one.
pub(super) fn compare(
    stated: &Quantity,
    computed: &Quantity,
    amount: Option<&Amount>,
) -> Agreement {
    // "25 bis 35" beside "25 bis 35 Jahre" means years; only the scale must be stated.
    let stated = &match &stated.unit {
        None if stated.is_number()
            && !matches!(stated.value, Value::Fraction(..) | Value::Ratio(..)) =>
        {
            Quantity { unit: computed.unit.clone(), ..stated.clone() }
        }
        // So does "25" in the data beside "25 Jahre", which are months otherwise.
        Some(unit) if computed.unit.is_none() && unit.factor() != Decimal::ONE => {
            Quantity { unit: None, ..stated.clone() }
        }
        _ => stated.clone(),
    };
    let disagreement = |difference: Option<String>| Disagreement {
        stated: stated.to_string(),
        computed: computed.to_string(),
        difference,
        source: COMPUTED,
    };
    let own = Amount::of(computed);
    let Some(amount) = amount.or(own.as_ref()) else {
        // Words in the place of figures agree if they are the same.
        let known = !matches!(computed.value, Value::Open | Value::Suppressed);
        let same = stated.to_string() == computed.to_string();
        return if known && !same {
            Agreement::Contradicts(disagreement(None))
        } else {
            Agreement::Agrees
        };
    };
    let Some(interval) = stated.interval() else {
        let known = !matches!(stated.value, Value::Open | Value::Suppressed);
        return if known { Agreement::Contradicts(disagreement(None)) } else { Agreement::Agrees };
    };
    if !same_dimension(stated, amount) {
        return Agreement::Contradicts(disagreement(None));
    }
    if let Some(agree) = ranges_agree(stated, amount) {
        return if agree { Agreement::Agrees } else { Agreement::Contradicts(disagreement(None)) };
    }
    let factor = percent_factor(stated, computed);
    if let Some(agree) = limits_agree(stated, computed, factor) {
        return if agree {
            Agreement::Agrees
        } else {
            Agreement::Contradicts(disagreement(difference(stated, amount, factor)))
        };
    }
    let interval = interval.map(|end| end.checked_mul(factor)).unwrap_or(interval);
    if !interval.agrees(amount.interval) {
        return Agreement::Contradicts(disagreement(difference(stated, amount, factor)));
    }
    if differs_in_digits(stated, amount, interval, factor) {
        return Agreement::Rounding(disagreement(difference(stated, amount, factor)));
    }
    Agreement::Agrees
}

/// A planned range is stated with both its ends; of `25 (bis 30)` the planned value alone will do.
/// `None` if neither side is a range.
fn ranges_agree(stated: &Quantity, amount: &Amount) -> Option<bool> {
    let own = Amount::of(stated)?;
    let near = |one: Decimal, other: Decimal, slack: Decimal| (one - other).abs() <= slack;
    let slack =
        own.interval.high.zip(own.most).map_or(Decimal::ZERO, |(high, most)| (high - most).abs());
    match (own.most, amount.most) {
        (None, None) => None,
        (Some(most), Some(computed)) => {
            Some(near(own.nominal, amount.nominal, slack) && near(most, computed, slack))
        }
        (None, Some(_)) => {
            let planned = matches!(amount.quantity().value, Value::UpTo(..) | Value::Range(..));
            // Qualified figures ("mindestens 60") are compared as intervals.
            (planned && stated.qualifier == Qualifier::None)
                .then_some(own.nominal == amount.nominal)
        }
        // A range in a sentence beside a single figure: the figure must lie within it.
        (Some(_), None) => Some(own.interval.overlaps(amount.interval)),
    }
}

/// A limit ("bis zu 36", "über 25 Jahre") is a figure of its own: two limits of one figure name the same
/// side and the same number. A coarser one may leave more room ("mehr als die Hälfte" for "über 60 %").
/// `None` if one of them is no limit.
fn limits_agree(stated: &Quantity, computed: &Quantity, factor: Decimal) -> Option<bool> {
    let (side, other) = (stated.qualifier.side()?, computed.qualifier.side()?);
    if side != other {
        return Some(false);
    }
    let bare = |quantity: &Quantity, factor: Decimal| {
        let plain = Quantity { qualifier: Qualifier::None, ..quantity.clone() };
        plain.interval()?.map(|end| end.checked_mul(factor))
    };
    let (one, other) = (bare(stated, factor)?, bare(computed, Decimal::ONE)?);
    let apart = stated.nominal()?.checked_mul(factor)?.checked_sub(computed.nominal()?)?;
    let room = if side == Side::Above { -apart } else { apart };
    Some(one.agrees(other) || room > Decimal::ZERO && is_rounded_off(stated, room))
}

/// Whether a limit leaves more room only because it has fewer digits, or is a fraction in words.
fn is_rounded_off(limit: &Quantity, room: Decimal) -> bool {
    match &limit.value {
        Value::Number(number) => {
            let unit = limit.unit.as_ref().map_or(Decimal::ONE, Unit::factor);
            room < number.significant_unit() * limit.scale.factor() * unit
        }
        value => matches!(value, Value::Fraction(..) | Value::Halved),
    }
}

/// Fractions (`ein Drittel`) are compared with percentages.
fn percent_factor(stated: &Quantity, computed: &Quantity) -> Decimal {
    let percent = |quantity: &Quantity| {
        quantity.unit.as_ref().is_some_and(|unit| unit.name == UnitName::Percent)
    };
    let fraction =
        |quantity: &Quantity| matches!(quantity.value, Value::Fraction(..) | Value::Halved);
    if fraction(stated) && percent(computed) {
        Decimal::ONE_HUNDRED
    } else if percent(stated) && fraction(computed) {
        Decimal::new(1, 2)
    } else {
        Decimal::ONE
    }
}

/// Units contradict each other only if both are stated; a period may be left out.
fn same_dimension(stated: &Quantity, amount: &Amount) -> bool {
    let (Some(one), Some(other)) = (stated.unit.as_ref(), amount.unit.as_ref()) else {
        return true;
    };
    let bare = |unit: &Unit| Unit { per: None, ..unit.clone() }.dimension();
    let periods = one.per.is_some() && other.per.is_some() && one.per != other.per;
    // A change in percent may be stated as a plain figure of that unit; everything else must match.
    bare(one) == bare(other) && !periods
}

/// Whether the printed digits differ from the computed value rounded in the same way.
fn differs_in_digits(
    stated: &Quantity,
    amount: &Amount,
    interval: Interval,
    factor: Decimal,
) -> bool {
    let Value::Number(number) = &stated.value else { return false };
    if stated.qualifier != Qualifier::None || interval.is_exact() {
        return false;
    }
    let unit = stated.unit.as_ref().map_or(Decimal::ONE, Unit::factor);
    let scaled = amount.nominal / (stated.scale.factor() * unit * factor);
    let rounded = scaled.round_dp_with_strategy(
        number.decimals,
        rust_decimal::RoundingStrategy::MidpointAwayFromZero,
    );
    // A coarser computed figure says nothing about the finer digits of the stated one.
    let coarser = !amount.interval.is_exact()
        && amount.scale >= stated.scale
        && amount.decimals < number.decimals;
    rounded != number.value && !coarser
}

fn difference(stated: &Quantity, amount: &Amount, factor: Decimal) -> Option<String> {
    let value = stated.nominal()?.checked_mul(factor)?.checked_sub(amount.nominal)?;
    let unit = amount.unit.as_ref().map_or(Decimal::ONE, Unit::factor);
    let scaled = value / (amount.scale.factor() * unit);
    let decimals =
        amount.decimals.max(if stated.scale == amount.scale { stated.decimals() } else { 0 });
    let sign = if scaled.is_sign_positive() && !scaled.is_zero() { "+" } else { "" };
    let shape = Quantity {
        value: Value::Number(crate::model::quantity::Number {
            value: scaled,
            decimals,
            plus: true,
        }),
        qualifier: Qualifier::None,
        ..amount.quantity()
    };
    // The difference of two percentages is in points.
    let shape = match &shape.unit {
        Some(unit) if unit.name == UnitName::Percent => {
            Quantity { unit: Some(Unit::plain(UnitName::Points)), ..shape }
        }
        _ => shape,
    };
    let text = shape.to_string();
    Some(if text.starts_with(['+', '−']) {
        text
    } else {
        format!("{sign}{}", decimal(scaled, decimals))
    })
}

/// A finding about a figure's place, with the reason if it is acknowledged.
pub(super) fn finding(
    finding: Finding,
    figure: &Figure,
    disagreement: Disagreement,
    label: &str,
) -> Finding {
    let mut finding = finding.at(figure.span, label);
    finding.disagreement = Some(disagreement);
    finding.acknowledged = figure.reason().map(str::to_owned);
    if finding.acknowledged.is_none() {
        finding = finding.hint(
            "Korrigieren Sie den angegebenen Wert oder die Zahlen, aus denen er sich ergibt; soll die Abweichung bleiben, begründen Sie sie unter „anerkannt:“.",
        );
    }
    finding
}
