// SPDX-License-Identifier: EUPL-1.2
//! `amip new`: a commented programme to start from.

use std::path::Path;

use super::Exit;
use super::args::NewArgs;
use super::clock;
use super::console::Console;
use super::output::Files;
use super::session;
use super::target;
use crate::diag::{Finding, Sources, did_you_mean};
use crate::model::folder;
use crate::render::templates;

pub(super) fn run(arguments: &NewArgs, console: &Console) -> Exit {
    let folder = &arguments.folder;
    let refuse = |finding: Finding| {
        console.complain(&console.findings([&finding], &Sources::default()));
        console.complain("Es wurde nichts geschrieben.\n");
        Exit::Failed
    };
    let Some(skeleton) = templates::skeleton(&arguments.outline) else {
        let known = || templates::names();
        let names: Vec<&str> = known().collect();
        return refuse(
            Finding::input(
                "unbekannte-gliederung",
                format!("Die Gliederung „{}“ gibt es nicht.", arguments.outline),
            )
            .hint_if(did_you_mean(&arguments.outline, known()))
            .hint(format!("Möglich sind: {}.", names.join(", "))),
        );
    };
    if let Some(finding) = occupied(folder) {
        return refuse(finding);
    }
    let today = clock::today();
    let name = session::name(folder);
    let year = arguments.jahr.or_else(|| year_of(&name)).unwrap_or(today.0 + 1);
    if !(1990..=2100).contains(&year) {
        return refuse(
            Finding::input("datum", format!("{year} ist kein Jahr für ein Programm."))
                .hint("Schreiben Sie zum Beispiel --jahr 2027."),
        );
    }
    let jobcenter = arguments.jobcenter.clone().unwrap_or_else(|| jobcenter(&name));
    let jobcenter = jobcenter.split_whitespace().collect::<Vec<_>>().join(" ");
    if jobcenter.is_empty() {
        return refuse(
            Finding::input("pflichtangabe", "Der Name des Jobcenters ist leer.")
                .hint("Schreiben Sie zum Beispiel --jobcenter \"Jobcenter Musterstadt\"."),
        );
    }
    let values = [
        ("{{ kennung }}", id(&name)),
        ("{{ jobcenter }}", within_quotes(&jobcenter)),
        ("{{ jahr }}", year.to_string()),
        ("{{ vorjahr }}", (year - 1).to_string()),
        ("{{ stand }}", format!("{}-{:02}-{:02}", today.0, today.1, today.2)),
    ];
    let mut files = Files::default();
    for (path, text) in skeleton {
        let filled =
            values.iter().fold((*text).to_owned(), |text, (mark, value)| text.replace(mark, value));
        files.add(*path, filled);
    }
    if let Err(error) = files.write(folder) {
        console.complain(&target::failure(&error));
        return Exit::Failed;
    }
    let shown = folder::show(folder);
    // As it has to be typed.
    let argument = if shown.contains(' ') { format!("\"{shown}\"") } else { shown.clone() };
    console.print(&format!(
        "geschrieben: {shown}/ ({} Dateien, Gliederung „{}“, Jahr {year})\n\nSo geht es weiter:\n  1. {shown}/programm.yaml öffnen und die Angaben prüfen.\n  2. Zahlen eintragen, wo „offen“ steht, und die Texte unter {shown}/kapitel schreiben.\n  3. amip check {argument}   zeigt, was noch offen ist.\n  4. amip build {argument}   schreibt das Dokument als Entwurf.\n",
        skeleton.len(),
        arguments.outline,
    ));
    Exit::Fine
}

/// Reports a folder in which something stands already; nothing is ever overwritten.
fn occupied(folder: &Path) -> Option<Finding> {
    let shown = folder::show(folder);
    if folder.exists() && !folder.is_dir() {
        return Some(
            Finding::input("kein-ordner", format!("„{shown}“ ist eine Datei, kein Ordner."))
                .hint("Geben Sie einen Ordner an, den es noch nicht gibt."),
        );
    }
    let mut entries = std::fs::read_dir(folder).ok()?;
    let _ = entries.next()?;
    Some(
        Finding::input("ordner-nicht-leer", format!("Der Ordner „{shown}“ ist nicht leer."))
            .hint("amip überschreibt nichts. Geben Sie einen Ordner an, den es noch nicht gibt oder der leer ist."),
    )
}

/// The year at the end of a folder's name.
fn year_of(name: &str) -> Option<i64> {
    let digits = name.get(name.len().checked_sub(4)?..)?;
    let year: i64 = digits.parse().ok()?;
    (1990..=2100).contains(&year).then_some(year)
}

/// `musterstadt-2027` → "Jobcenter Musterstadt"
fn jobcenter(name: &str) -> String {
    let words: Vec<String> = name
        .split(['-', '_', ' '])
        .filter(|word| !word.is_empty() && !word.chars().all(|c| c.is_ascii_digit()))
        .filter(|word| !word.eq_ignore_ascii_case("jobcenter"))
        .map(|word| {
            let mut letters = word.chars();
            let first = letters.next().map(|first| first.to_uppercase().to_string());
            format!("{}{}", first.unwrap_or_default(), letters.as_str())
        })
        .collect();
    if words.is_empty() { "Jobcenter".to_owned() } else { format!("Jobcenter {}", words.join(" ")) }
}

/// A text as it stands between double quotes in YAML.
fn within_quotes(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"")
}

/// A folder's name as an id, which begins with a letter.
fn id(name: &str) -> String {
    let mut out = String::new();
    for c in name.to_lowercase().chars() {
        match c {
            'ä' => out.push_str("ae"),
            'ö' => out.push_str("oe"),
            'ü' => out.push_str("ue"),
            'ß' => out.push_str("ss"),
            c if c.is_ascii_alphanumeric() || c == '_' => out.push(c),
            _ if out.is_empty() || out.ends_with('-') => {}
            _ => out.push('-'),
        }
    }
    let out = out.trim_end_matches('-');
    // What YAML would read as a number, as nothing or as yes or no needs a word before it.
    let word = out.starts_with(|c: char| c.is_ascii_alphabetic());
    let odd = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"].contains(&out);
    match out {
        "" => "programm".to_owned(),
        out if word && !odd => out.to_owned(),
        out => format!("programm-{out}"),
    }
}
