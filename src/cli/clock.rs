// SPDX-License-Identifier: EUPL-1.2
//! The only look at the clock: a new programme is dated today. What is built from data never asks.

use std::time::{SystemTime, UNIX_EPOCH};

/// Today in universal time: year, month, day.
#[expect(
    clippy::disallowed_methods,
    reason = "a new programme bears the day on which it was begun"
)]
pub(super) fn today() -> (i64, i64, i64) {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    civil(i64::try_from(seconds / 86_400).unwrap_or(0))
}

/// The day of the Gregorian calendar that lies some days after 1 January 1970.
fn civil(days: i64) -> (i64, i64, i64) {
    // Counted in eras of 400 years that begin on 1 March, so that the leap day comes last.
    let days = days + 719_468;
    let (era, day) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let of_year = day - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let date = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (era * 400 + year + i64::from(month <= 2), month, date)
}
