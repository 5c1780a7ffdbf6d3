// SPDX-License-Identifier: EUPL-1.2
//! What changes with a figure, in groups that are counted.

use std::fmt::Write as _;

use super::columns::{Align, aligned, wrapped};
use crate::explain::Explanation;
use crate::explain::dependents::{Dependent, Dependents, Kind};

/// "Davon hängt ab".
pub(super) fn of(dependents: &Dependents) -> String {
    let mut out = String::new();
    if dependents.all.is_empty() {
        out.push_str("\nDavon hängt nichts ab: keine Rechnung, keine Tabelle, kein Satz verwendet die Zahl.\n");
    } else {
        let _ = writeln!(out, "\nDavon hängt ab: {}", counted(&dependents.all));
        for kind in ORDER {
            out.push_str(&group(&dependents.all, kind));
        }
    }
    if !dependents.left_out.is_empty() {
        out.push_str("\n  Zählt nicht mit in\n");
        for (label, path, why) in &dependents.left_out {
            let _ = writeln!(out, "    {label} ({path}): {why}");
        }
    }
    out
}

/// What would change, checks first.
pub(super) fn changes(explanation: &Explanation) -> String {
    let all = &explanation.dependents.all;
    let Some(instead) = &explanation.instead else { return String::new() };
    let mut out = String::new();
    if instead.computed {
        out.push_str(&wrapped(
            "Der Wert ergibt sich aus anderen Zahlen und gilt hier als gesetzt; die Zahlen, aus denen er entsteht, bleiben, wie sie sind.",
            "  ",
        ));
    }
    if all.is_empty() {
        out.push_str("\nDann ändert sich sonst nichts.\n");
    } else {
        let _ = writeln!(out, "\nDann ändern sich: {}", counted(all));
        let broken =
            all.iter().filter(|one| one.remark.as_deref() == Some("passt dann nicht mehr"));
        let broken = broken.filter(|one| one.kind == Kind::Sentence).count();
        match broken {
            0 => {}
            1 => out.push_str("1 Satz passt dann nicht mehr.\n"),
            _ => {
                let _ = writeln!(out, "{broken} Sätze passen dann nicht mehr.");
            }
        }
        out.push_str(&group(all, Kind::Check));
        for kind in ORDER.into_iter().filter(|kind| *kind != Kind::Check) {
            out.push_str(&group(all, kind));
        }
    }
    match instead.unchanged {
        0 => {}
        1 => out.push_str("\n1 weitere Stelle bleibt gleich.\n"),
        count => {
            let _ = writeln!(out, "\n{count} weitere Stellen bleiben gleich.");
        }
    }
    out
}

const ORDER: [Kind; 7] = [
    Kind::Total,
    Kind::Share,
    Kind::Calculation,
    Kind::Check,
    Kind::Table,
    Kind::Chart,
    Kind::Sentence,
];

/// One and many of a kind.
fn nouns(kind: Kind) -> (&'static str, &'static str) {
    match kind {
        Kind::Total => ("Summe oder Differenz", "Summen und Differenzen"),
        Kind::Share => ("Anteil oder Veränderung", "Anteile und Veränderungen"),
        Kind::Calculation => ("weitere Rechnung", "weitere Rechnungen"),
        Kind::Check => ("Prüfung", "Prüfungen"),
        Kind::Table => ("Tabelle", "Tabellen"),
        Kind::Chart => ("Schaubild", "Schaubilder"),
        Kind::Sentence => ("Satz", "Sätze"),
    }
}

/// "3 Summen und Differenzen, 6 Stellen in 2 Tabellen, 1 Satz"
fn counted(all: &[Dependent]) -> String {
    let parts = ORDER.into_iter().filter_map(|kind| {
        let found: Vec<&Dependent> = all.iter().filter(|one| one.kind == kind).collect();
        (!found.is_empty()).then(|| count(kind, &found))
    });
    parts.collect::<Vec<_>>().join(", ")
}

fn count(kind: Kind, found: &[&Dependent]) -> String {
    let number = |count: usize, (one, many): (&str, &str)| {
        format!("{count} {}", if count == 1 { one } else { many })
    };
    if matches!(kind, Kind::Table | Kind::Chart) {
        let mut groups: Vec<&str> = found.iter().map(|one| one.group.as_str()).collect();
        groups.dedup();
        let nouns = match kind {
            Kind::Table => ("Tabelle", "Tabellen"),
            _ => ("Schaubild", "Schaubildern"),
        };
        let places = number(found.len(), ("Stelle", "Stellen"));
        return format!("{places} in {}", number(groups.len(), nouns));
    }
    number(found.len(), nouns(kind))
}

/// A group with its heading; nothing if it is empty.
fn group(all: &[Dependent], kind: Kind) -> String {
    let found: Vec<&Dependent> = all.iter().filter(|one| one.kind == kind).collect();
    if found.is_empty() {
        return String::new();
    }
    let many = match kind {
        Kind::Table | Kind::Chart => count(kind, &found),
        _ => found.len().to_string(),
    };
    let mut out = format!("\n  {} ({many})\n", nouns(kind).1);
    match kind {
        Kind::Sentence => found.iter().for_each(|one| out.push_str(&sentence(one))),
        Kind::Check => {
            let rows: Vec<Vec<String>> = found
                .iter()
                .map(|one| vec![one.label.clone(), arrow(one), one.place.to_string()])
                .collect();
            out.push_str(&aligned(&rows, &[Align::Left; 3], "    "));
        }
        Kind::Table | Kind::Chart => {
            for places in found.chunk_by(|one, other| one.group == other.group) {
                let _ = writeln!(out, "    {}", places[0].group);
                out.push_str(&rows(places, false));
            }
        }
        Kind::Total | Kind::Share | Kind::Calculation => out.push_str(&rows(&found, true)),
    }
    out
}

/// Label, value or change, and path, in columns.
fn rows(found: &[&Dependent], paths: bool) -> String {
    let rows: Vec<Vec<String>> = found
        .iter()
        .map(|one| {
            let mut row = vec![one.label.clone(), one.old.clone()];
            if let Some(new) = &one.new {
                row.push(format!("→ {new}"));
                row.push(one.difference.clone().unwrap_or_default());
            }
            if paths {
                row.push(one.path.clone().unwrap_or_default());
                row.push(one.place.to_string());
            }
            if one.new.is_none() {
                row.push(if one.direct { String::new() } else { "mittelbar".to_owned() });
            }
            row.push(one.remark.clone().unwrap_or_default());
            row
        })
        .collect();
    let changed = found.iter().any(|one| one.new.is_some());
    let mut aligns = vec![Align::Left, Align::Right];
    if changed {
        aligns.extend([Align::Left, Align::Right]);
    }
    aligns.extend([Align::Left; 4]);
    aligned(&rows, &aligns, if paths { "    " } else { "      " })
}

/// `frei: 1,2 Mio. € → ungedeckt: 230.000 €`
fn arrow(one: &Dependent) -> String {
    one.new.as_ref().map_or_else(|| one.old.clone(), |new| format!("{} → {new}", one.old))
}

fn sentence(one: &Dependent) -> String {
    let mut line = format!("    {}  ", one.place);
    match &one.bound {
        Some(bound) => {
            let _ = write!(line, "im Text „{bound}“");
            let plain = |text: &str| text.replace('\u{a0}', " ");
            if one.new.is_some() || plain(bound) != plain(&one.old) {
                let _ = write!(line, ", Wert {}", arrow(one));
            }
        }
        None => {
            let _ = write!(line, "gedruckt wird der Wert: {}", arrow(one));
        }
    }
    if let Some(difference) = &one.difference
        && one.new.is_some()
    {
        let _ = write!(line, " ({difference})");
    }
    if let Some(remark) = &one.remark {
        let _ = write!(line, "; {remark}");
    } else if one.new.is_none() && !one.direct {
        line.push_str("; mittelbar");
    }
    format!("{line}\n{}", wrapped(&format!("„{}“", one.label), "      "))
}
