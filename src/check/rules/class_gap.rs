// SPDX-License-Identifier: EUPL-1.2
//! Classes of a table that leave something out or overlap: "4 bis 5 Personen", "mehr als 6 Personen".

use crate::check::{Rule, Run, prose};
use crate::diag::Finding;
use crate::model::table::{Cell, Row, RowKind, Table};
use crate::tree::walk;

/// See `docs/regeln.md`.
pub(in crate::check) const RULE: Rule = Rule {
    code: "klassen",
    run: Run::Data(|programme| programme.tables.iter().flat_map(of_table).collect()),
};

/// A class of whole numbers; `None` is an end that is open.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Class {
    low: Option<u32>,
    high: Option<u32>,
    /// What is counted: the words beside the numbers.
    noun: String,
}

fn of_table(table: &Table) -> Vec<Finding> {
    let mut out = Vec::new();
    let mut previous: Option<(&Row, Class)> = None;
    for row in &table.rows {
        let class = row
            .cells
            .iter()
            .find_map(|cell| match cell {
                Cell::Text(text) => Some(walk::plain(text)),
                _ => None,
            })
            .filter(|_| row.kind != RowKind::Total)
            .and_then(|text| class(&text));
        if let (Some((before, low)), Some(high)) = (&previous, &class) {
            out.extend(between(before, low, row, high));
        }
        previous = class.map(|class| (row, class));
    }
    out
}

/// Two classes in neighbouring rows, from small to large.
fn between(before: &Row, low: &Class, row: &Row, high: &Class) -> Option<Finding> {
    let (end, start) = (low.high?, high.low?);
    if low.noun != high.noun || low.low.is_some_and(|first| first >= start) {
        return None;
    }
    let (what, hint) = match (end + 1).cmp(&start) {
        std::cmp::Ordering::Equal => return None,
        std::cmp::Ordering::Less if start - end == 2 => (
            format!("Zwischen zwei Klassen fehlt die {}.", end + 1),
            "Ergänzen Sie die Klasse, oder ändern Sie eine der Grenzen.",
        ),
        std::cmp::Ordering::Less => (
            format!("Zwischen zwei Klassen fehlt {} bis {}.", end + 1, start - 1),
            "Ergänzen Sie die Klasse, oder ändern Sie eine der Grenzen.",
        ),
        std::cmp::Ordering::Greater => (
            format!("Zwei Klassen überschneiden sich bei {start}."),
            "Ändern Sie eine der Grenzen, zum Beispiel mit „unter“.",
        ),
    };
    Some(
        Finding::warning("klassen", what)
            .at(row.span, "diese Klasse")
            .label(before.span, "die davor")
            .about(format!("{} {}", low.noun, high.noun))
            .hint(hint),
    )
}

/// Reads "unter 25 Jahre", "25 bis unter 35 Jahre", "4 bis 5 Personen", "mehr als 6 Personen",
/// "55 Jahre und älter".
fn class(text: &str) -> Option<Class> {
    const BETWEEN: [&str; 14] = [
        "bis", "unter", "ab", "über", "als", "mehr", "und", "älter", "darüber", "länger", "davon",
        "darunter", "zu", "von",
    ];
    let words: Vec<String> = prose::words(text)
        .into_iter()
        .flat_map(|range| text[range].split(['-', '–']).map(str::to_lowercase).collect::<Vec<_>>())
        .filter(|word| !word.is_empty())
        .collect();
    let numbers: Vec<(usize, u32)> = words
        .iter()
        .enumerate()
        .filter_map(|(at, word)| Some((at, word.parse().ok().filter(|number| *number < 1000)?)))
        .collect();
    let before = |at: usize, word: &str| at > 0 && words[at - 1] == word;
    let more =
        |at: usize| before(at, "als") && at > 1 && words[at - 2] == "mehr" || before(at, "über");
    let upwards = ["mehr", "älter", "darüber", "länger"]
        .iter()
        .any(|word| words.last().is_some_and(|last| last == word));
    let (low, high) = match numbers.as_slice() {
        [(at, number)] if before(*at, "unter") => (None, Some(number.checked_sub(1)?)),
        [(at, number)] if before(*at, "bis") => (None, Some(*number)),
        [(at, number)] if more(*at) => (Some(number + 1), None),
        [(at, number)] if before(*at, "ab") || upwards => (Some(*number), None),
        [(first, low), (second, high)]
            if second - first <= 3 && words[*first..*second].contains(&"bis".to_owned()) =>
        {
            let high = if before(*second, "unter") { high.checked_sub(1)? } else { *high };
            (Some(if more(*first) { low + 1 } else { *low }), Some(high))
        }
        _ => return None,
    };
    let noun: Vec<&str> = words
        .iter()
        .map(String::as_str)
        .filter(|word| !BETWEEN.contains(word) && word.parse::<u32>().is_err())
        .collect();
    // A whole sentence is no class.
    (noun.len() <= 2).then(|| Class { low, high, noun: noun.join(" ") })
}
