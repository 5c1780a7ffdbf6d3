// SPDX-License-Identifier: EUPL-1.2
//! Rows or columns that follow each other, and which of them may add up.

use rust_decimal::Decimal;

use super::Reader;
use crate::model::figures::FigureId;

/// A row or a column with the figures in it, line by line.
pub(super) struct Field {
    /// Its row or column.
    pub(super) at: usize,
    /// Its figures.
    pub(super) cells: Vec<Option<FigureId>>,
}

/// Sums of fields that follow each other, to tell quickly which do not add up.
pub(super) struct Sums {
    /// Values of the fields, line by line.
    values: Vec<Vec<Option<Decimal>>>,
    /// How many fields are known up to each, and what they are together, line by line.
    up_to: Vec<Vec<(usize, Decimal)>>,
}

impl Sums {
    pub(super) fn of(reader: &Reader<'_>, fields: &[Field], lines: usize) -> Self {
        let value = |field: &Field, line: usize| reader.truth(field.cells[line]?);
        let of_line = |line| fields.iter().map(|field| value(field, line)).collect();
        let values: Vec<Vec<Option<Decimal>>> = (0..lines).map(of_line).collect();
        let up_to = values.iter().map(|line| {
            let mut sums = vec![(0, Decimal::ZERO)];
            for value in line {
                let (count, sum) = sums[sums.len() - 1];
                sums.push(value.map_or((count, sum), |value| (count + 1, sum + value)));
            }
            sums
        });
        Self { up_to: up_to.collect(), values }
    }

    /// Whether some line is the sum of these fields, and no full line is not.
    pub(super) fn may_add_up(&self, whole: usize, first: usize, last: usize) -> bool {
        let mut met = false;
        for (values, sums) in self.values.iter().zip(&self.up_to) {
            let Some(own) = values[whole] else { continue };
            let (count, sum) = (sums[last + 1].0 - sums[first].0, sums[last + 1].1 - sums[first].1);
            if count == last - first + 1 {
                if sum != own {
                    return false;
                }
                met = true;
            }
        }
        met
    }
}
