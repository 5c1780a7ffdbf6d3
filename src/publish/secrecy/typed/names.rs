// SPDX-License-Identifier: EUPL-1.2
//! What rows and columns are called, and what that says of them.

use crate::model::table::{Cell, Table};
use crate::tree::walk;

/// The texts of a row.
pub(in crate::publish::secrecy) fn name(table: &Table, row: usize) -> String {
    let texts = table.rows[row].cells.iter().filter_map(|cell| match cell {
        Cell::Text(text) => Some(walk::plain(text)),
        _ => None,
    });
    texts.collect::<Vec<_>>().join(" ")
}

/// Whether the name of a row says that it is part of what is above.
pub(in crate::publish::secrecy) fn is_called_part(table: &Table, row: usize) -> bool {
    says_part(&name(table, row))
}

/// Whether a name says that percentages are meant.
pub(in crate::publish::secrecy) fn says_percent(text: &str) -> bool {
    let text = text.to_lowercase();
    ["%", "prozent", "v. h.", "v.h.", "vom hundert", "quote", "anteil"]
        .iter()
        .any(|mark| text.contains(mark))
}

/// Whether a name says that it stands for a part of what is above.
pub(in crate::publish::secrecy) fn says_part(text: &str) -> bool {
    const PART: [&str; 8] = ["davon", "darunter", "hiervon", "hierunter", "dar.", "dav.", "–", "-"];
    let text = text.trim_start().to_lowercase();
    PART.iter().any(|mark| text.starts_with(mark))
}

/// Whether a name says that it stands for a sum.
pub(in crate::publish::secrecy) fn says_total(text: &str) -> bool {
    const TOTAL: [&str; 7] =
        ["summe", "insgesamt", "gesamt", "zusammen", "total", "alle", "gesamtsumme"];
    let text = text.to_lowercase();
    text.split(|c: char| !c.is_alphanumeric()).any(|word| TOTAL.contains(&word))
}
