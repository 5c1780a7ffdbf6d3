// SPDX-License-Identifier: EUPL-1.2
//! A typed cell that does not follow from its row as all others of its column do.
//!
//! Somebody who types a column of changes or shares instead of a formula means one all the same: it is
//! found by trying, and holds if nearly all rows fit it.

use rust_decimal::Decimal;

use crate::check::{Rule, Run};
use crate::diag::{Disagreement, Finding};
use crate::model::Programme;
use crate::model::figures::{Amount, FigureId, Origin};
use crate::model::quantity::Interval;
use crate::model::table::{Row, Table};

/// See `docs/regeln.md`.
pub(in crate::check) const RULE: Rule = Rule {
    code: "zelle-abweichend",
    run: Run::Data(|programme| {
        programme.tables.iter().flat_map(|table| of_table(programme, table)).collect()
    }),
};

/// Fewer rows that fit say nothing about what is meant.
const FEWEST: usize = 3;

/// A calculation that a column may stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Guess {
    /// Change from one column to another in percent.
    Change,
    /// Share of one column in another in percent.
    Share,
    /// One column minus another.
    Difference,
    /// Sum of two columns.
    Sum,
}

const GUESSES: [Guess; 4] = [Guess::Change, Guess::Share, Guess::Difference, Guess::Sum];

impl Guess {
    /// What follows from two amounts.
    fn result(self, one: &Amount, other: &Amount) -> Option<(Interval, Decimal)> {
        let (left, right) = (one.interval, other.interval);
        let percent = |interval: Interval, minus: Decimal| {
            interval.map(|end| end.checked_mul(Decimal::ONE_HUNDRED)?.checked_sub(minus))
        };
        let ratio = |minus: Decimal| {
            let nominal = one.nominal.checked_div(other.nominal)?;
            let nominal = nominal.checked_mul(Decimal::ONE_HUNDRED)?.checked_sub(minus)?;
            Some((percent(left.divide(right)?, minus)?, nominal))
        };
        match self {
            Self::Change => ratio(Decimal::ONE_HUNDRED),
            Self::Share => ratio(Decimal::ZERO),
            Self::Difference => {
                Some((left.subtract(right)?, one.nominal.checked_sub(other.nominal)?))
            }
            Self::Sum => Some((left.plus(right)?, one.nominal.checked_add(other.nominal)?)),
        }
    }

    /// In words, with the heads of both columns.
    fn words(self, one: &str, other: &str) -> String {
        match self {
            Self::Change => format!("Veränderung von „{other}“ zu „{one}“"),
            Self::Share => format!("Anteil von „{one}“ an „{other}“"),
            Self::Difference => format!("„{one}“ minus „{other}“"),
            Self::Sum => format!("„{one}“ plus „{other}“"),
        }
    }
}

fn of_table(programme: &Programme, table: &Table) -> Vec<Finding> {
    let typed = |column: usize| {
        let head = &table.columns[column];
        head.numeric && head.formula.is_none()
    };
    let columns: Vec<usize> =
        (0..table.columns.len()).filter(|at| table.columns[*at].numeric).collect();
    let mut out = Vec::new();
    for column in columns.iter().copied().filter(|at| typed(*at)) {
        let others = || columns.iter().copied().filter(move |other| *other != column);
        // Of all that fit, the one that most rows fit is meant.
        let best = others()
            .flat_map(|one| {
                others().filter(move |other| *other != one).map(move |other| (one, other))
            })
            .flat_map(|(one, other)| GUESSES.map(|guess| (guess, one, other)))
            .filter_map(|(guess, one, other)| meant(programme, table, column, guess, one, other))
            .max_by_key(|found| (found.fit, std::cmp::Reverse(found.odd.len())));
        if let Some(found) = best {
            out.extend(found.odd.iter().map(|odd| finding(programme, table, &found, odd)));
        }
    }
    out
}

/// A calculation that nearly all rows of a column fit.
struct Meant {
    guess: Guess,
    one: usize,
    other: usize,
    fit: usize,
    odd: Vec<(FigureId, Amount, Decimal)>,
}

fn meant(
    programme: &Programme,
    table: &Table,
    column: usize,
    guess: Guess,
    one: usize,
    other: usize,
) -> Option<Meant> {
    let figures = &programme.figures;
    let amount = |row: usize, column: usize| -> Option<&Amount> {
        figures.outcome(table.figure(row, column)?).amount.as_ref()
    };
    let (mut fit, mut telling) = (0, 0);
    let mut odd = Vec::new();
    for (at, _) in table.rows.iter().enumerate().filter(|(_, row)| row_counts(row)) {
        let (Some(left), Some(right)) = (amount(at, one), amount(at, other)) else { continue };
        let Some(id) = table.figure(at, column) else { continue };
        let Some(said) = figures.outcome(id).amount.as_ref() else { continue };
        // A formula in the cell is somebody's own word for it.
        if !matches!(figures.get(id).origin, Origin::Entered(_)) || said.most.is_some() {
            continue;
        }
        let Some((interval, nominal)) = guess.result(left, right) else { continue };
        if interval.overlaps(said.interval) {
            fit += 1;
            telling += usize::from(!nominal.is_zero());
        } else {
            odd.push((id, said.clone(), nominal));
        }
    }
    (telling >= FEWEST && odd.len() * 3 <= fit).then_some(Meant { guess, one, other, fit, odd })
}

/// Rows through the whole table hold no figures.
fn row_counts(row: &Row) -> bool {
    !row.through
}

fn finding(
    programme: &Programme,
    table: &Table,
    meant: &Meant,
    (id, said, nominal): &(FigureId, Amount, Decimal),
) -> Finding {
    let figure = programme.figures.get(*id);
    let head = |column: usize| table.columns[column].titles.join(" ");
    let words = meant.guess.words(&head(meant.one), &head(meant.other));
    let mut finding = Finding::warning(
        "zelle-abweichend",
        format!("Diese Zelle passt nicht zu den übrigen der Spalte: {}.", figure.label),
    )
    .at(figure.span, format!("in den anderen Zeilen steht hier: {words}"))
    .about(figure.label.clone())
    .hint("Prüfen Sie die Zahlen der Zeile. Mit „formel:“ an der Spalte rechnet amip sie selbst.");
    finding.disagreement = Some(Disagreement {
        stated: said.quantity().to_string(),
        computed: said.like(*nominal).quantity().to_string(),
        difference: None,
        source: "nach der Spalte",
    });
    finding.acknowledged = figure.reason().map(str::to_owned);
    finding
}
