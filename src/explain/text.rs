// SPDX-License-Identifier: EUPL-1.2
//! Explanations as text for people.

mod columns;
mod dependents;
mod tree;

use std::fmt::Write as _;

use super::find::Found;
use super::origin::{Earlier, Origin};
use super::{Explainer, Explanation};
use columns::{Align, aligned};

/// Lists what was found: path, label, value, place.
pub fn list(explainer: &Explainer<'_>, found: &Found) -> String {
    let count = found.hits.len();
    let mut out =
        format!("{}: {count} {}\n\n", found.title, if count == 1 { "Zahl" } else { "Zahlen" });
    let mut rows = vec![["Pfad", "Bezeichnung", "Wert", "Stelle", ""].map(str::to_owned).to_vec()];
    rows.extend(found.hits.iter().map(|hit| {
        let figure = explainer.figures().get(hit.id);
        let mut value = explainer.value(hit.id);
        if let Some(stated) = explainer.stated(hit.id) {
            let _ = write!(value, " ({} {stated})", explainer.stated_word());
        }
        vec![
            figure.path.clone(),
            figure.label.clone(),
            value,
            explainer.place(figure.span).to_string(),
            hit.remark.clone().unwrap_or_default(),
        ]
    }));
    let aligns = [Align::Left, Align::Left, Align::Right, Align::Left, Align::Left];
    out.push_str(&aligned(&rows, &aligns, "  "));
    out
}

/// The whole explanation of a figure.
pub fn explanation(explainer: &Explainer<'_>, explanation: &Explanation) -> String {
    let mut out = head(explainer, explanation);
    if explanation.instead.is_some() {
        if explainer.reproduction() {
            out.push_str("  Gerechnet wird mit den Zahlen der Daten, nicht mit den gedruckten.\n");
        }
        out.push_str(&dependents::changes(explanation));
        return out;
    }
    out.push_str("\nSo kommt der Wert zustande\n");
    out.push_str(&tree::of(&explanation.tree, explainer.stated_word()));
    out.push_str(&origin(&explanation.origin));
    out.push_str(&earlier(explainer, explanation.earlier.as_ref()));
    out.push_str(&dependents::of(&explanation.dependents));
    out
}

fn head(explainer: &Explainer<'_>, explanation: &Explanation) -> String {
    let mut facts = vec![("Pfad", explanation.path.clone())];
    match &explanation.instead {
        None => facts.push(("Wert", explanation.value.clone())),
        Some(instead) => {
            let parts: Vec<&str> = [&instead.difference, &instead.change]
                .into_iter()
                .flatten()
                .map(String::as_str)
                .collect();
            let by =
                if parts.is_empty() { String::new() } else { format!(" ({})", parts.join("; ")) };
            facts.push(("Wert", instead.old.clone()));
            facts.push(("stattdessen", format!("{}{by}", instead.value)));
        }
    }
    if let Some(stated) = &explanation.stated {
        facts.push((explainer.stated_word(), stated.clone()));
    }
    if let Some(reason) = &explanation.acknowledged {
        facts.push(("anerkannt", reason.clone()));
    }
    facts.push(("Stelle", explanation.place.to_string()));
    if let Some(note) = &explanation.note {
        facts.push(("Anmerkung", note.clone()));
    }
    format!("{}\n{}", explanation.label, named(&facts))
}

/// Names with what belongs to them, in two columns.
fn named(facts: &[(&str, String)]) -> String {
    let rows: Vec<Vec<String>> =
        facts.iter().map(|(name, text)| vec![(*name).to_owned(), text.clone()]).collect();
    aligned(&rows, &[Align::Left, Align::Left], "  ")
}

fn origin(origin: &Origin) -> String {
    let facts: Vec<(&str, String)> = [
        ("Quelle", &origin.source),
        ("Berichtsmonat", &origin.month),
        ("Stand", &origin.as_of),
        ("Zuteilung", &origin.allocation),
    ]
    .into_iter()
    .filter_map(|(name, text)| Some((name, text.clone()?)))
    .collect();
    let mut out = String::new();
    if facts.is_empty() && origin.entered.is_empty() {
        out.push_str("\nHerkunft: keine Quelle angegeben\n");
        return out;
    }
    let whose = if origin.of_table { " (Angabe der Tabelle)" } else { "" };
    let _ = writeln!(out, "\nHerkunft{whose}");
    out.push_str(&named(&facts));
    if !origin.entered.is_empty() {
        out.push_str("  Die eingetragenen Zahlen kommen aus:\n");
        for (text, count) in &origin.entered {
            let noun = if *count == 1 { "Zahl" } else { "Zahlen" };
            let _ = writeln!(out, "    {text} ({count} {noun})");
        }
    }
    out
}

fn earlier(explainer: &Explainer<'_>, earlier: Option<&Earlier>) -> String {
    let Some(earlier) = earlier else { return String::new() };
    let mut facts = vec![("Wert", earlier.value.clone())];
    let difference = [&earlier.difference, &earlier.change];
    let parts: Vec<&str> = difference.into_iter().flatten().map(String::as_str).collect();
    if !parts.is_empty() {
        facts.push(("Veränderung", parts.join("; ")));
    }
    facts.push(("Stelle", format!("{} ({})", earlier.place, earlier.path)));
    let year = explainer.programme.year.saturating_sub(1);
    let label = &earlier.label;
    let heading = if label.contains(&year.to_string()) || label.contains("Vorjahr") {
        format!("\nVorjahr: {label}\n")
    } else {
        format!("\nVorjahr ({year}): {label}\n")
    };
    format!("{heading}{}", named(&facts))
}
