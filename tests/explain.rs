// SPDX-License-Identifier: EUPL-1.2
//! `amip explain`: what it prints for each folder with a `befehl.txt`, its JSON, and its speed.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::support::{all_good, amip, expect_file, folders, root};

const PROGRAMME: &str = "tests/explain/programm";

/// The words of a command line; double quotes hold blanks together.
fn words(line: &str) -> Vec<String> {
    let (mut out, mut inside) = (vec![String::new()], false);
    for c in line.trim().chars() {
        match c {
            '"' => inside = !inside,
            ' ' if !inside => out.push(String::new()),
            c => out.last_mut().expect("a word").push(c),
        }
    }
    out.retain(|word| !word.is_empty());
    out
}

/// What a command prints, with its messages and its exit code.
fn transcript(arguments: &[&str]) -> String {
    let output = amip(arguments, &root());
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8");
    let (out, err) = (text(&output.stdout), text(&output.stderr));
    let code = output.status.code().unwrap_or(-1);
    let errors = if err.is_empty() { String::new() } else { format!("--- Fehlerausgabe\n{err}") };
    format!("{out}{errors}--- Code {code}\n")
}

#[test]
fn commands_print_what_they_should() {
    let mut problems = Vec::new();
    for folder in folders("tests/explain") {
        let Ok(command) = fs::read_to_string(folder.join("befehl.txt")) else { continue };
        let words = words(&command);
        let arguments: Vec<&str> = words.iter().skip(1).map(String::as_str).collect();
        problems.extend(expect_file(&folder.join("ausgabe.txt"), &transcript(&arguments)).err());
    }
    all_good(&problems);
}

fn json(arguments: &[&str]) -> Vec<Value> {
    let mut all = vec!["explain", PROGRAMME];
    all.extend(arguments);
    all.extend(["--format", "json"]);
    let output = amip(&all, &root());
    serde_json::from_slice(&output.stdout).expect("JSON")
}

fn plain(value: &Value) -> String {
    value.as_str().unwrap_or_default().replace('\u{a0}', " ")
}

/// The dependents of a kind: label, old and new.
fn of_kind(item: &Value, kind: &str) -> Vec<(String, String, String)> {
    let all = item["dependents"].as_array().expect("an array").iter();
    all.filter(|one| one["kind"] == kind)
        .map(|one| (plain(&one["label"]), plain(&one["old"]), plain(&one["new"])))
        .collect()
}

#[test]
fn json_holds_tree_origin_and_dependents() {
    let items = json(&["mittel.summe.plan"]);
    let [item] = items.as_slice() else { panic!("{items:?}") };
    assert_eq!(plain(&item["value"]), "1.050.000 €");
    assert_eq!(plain(&item["file"]), "tests/explain/programm/mittel.yaml");
    assert_eq!(plain(&item["source"]), "Schätzung");
    assert_eq!(plain(&item["as_of"]), "13.11.2026");
    assert_eq!(plain(&item["previous"]["value"]), "960.000 €");
    assert_eq!(plain(&item["previous"]["difference"]), "+90.000 €");
    // 90.000 of 960.000 are 9,375 %.
    assert_eq!(plain(&item["previous"]["change"]), "+9,4 %");
    let parts = item["tree"]["parts"].as_array().expect("parts");
    let counts: Vec<bool> = parts.iter().map(|part| part["counts"] == true).collect();
    assert_eq!(counts, [true, true, false, false, false]);
    let totals = of_kind(item, "total");
    assert_eq!(totals.len(), 1, "{totals:?}");
    assert_eq!(totals[0].1, "950.000 €");
}

#[test]
fn a_late_allocation_shows_what_is_missing() {
    let items = json(&["mittel.zuteilung.plan", "--statt", "950.000 €"]);
    let checks = of_kind(&items[0], "check");
    assert_eq!(checks.len(), 2, "{checks:?}");
    for (label, old, new) in checks {
        assert_eq!(
            (old.as_str(), new.as_str()),
            ("frei: 30.000 €", "ungedeckt: 20.000 €"),
            "{label}"
        );
    }
    let sentences = items[0]["dependents"].as_array().expect("an array").iter();
    let broken: Vec<String> = sentences
        .filter(|one| one["kind"] == "sentence" && one["remark"] == "passt dann nicht mehr")
        .map(|one| plain(&one["bound"]))
        .collect();
    assert_eq!(broken, ["1.000.000 €", "9,5 %"]);
}

/// The paths of all figures that are found.
fn found(what: &str) -> Vec<String> {
    json(&[what]).iter().map(|item| plain(&item["path"])).collect()
}

#[test]
fn figures_are_found_in_many_ways() {
    assert_eq!(found("1.000.000 €"), ["mittel.zuteilung.plan"]);
    assert_eq!(found("1.000.000"), ["mittel.zuteilung.plan"]);
    // As printed first, then what is the same in another scale.
    assert_eq!(found("1,05 Mio. €"), ["werte.gesamt", "mittel.summe.plan"]);
    assert_eq!(found("1.050.000 €"), ["mittel.summe.plan", "werte.gesamt"]);
    assert_eq!(found("1.052.000 €"), ["werte.gesamt"]);
    assert_eq!(found("mittel.zuteilung").len(), 3);
    assert_eq!(found("zuteilung.plan"), ["mittel.zuteilung.plan"]);
    assert_eq!(found("personen"), ["werte.personen"]);
    assert_eq!(found("Abbildung 1"), ["mittel.summe.plan", "mittel.egt.plan"]);
    assert_eq!(found("Abb. 1"), ["mittel.summe.plan", "mittel.egt.plan"]);
    assert_eq!(
        found("mittel.yaml:26"),
        ["mittel.umschichtung.plan", "mittel.umschichtung.vorjahr"]
    );
    assert_eq!(found("kapitel/ressourcen.md:12"), ["plan.summe.eintritte"]);
    assert_eq!(found("kapitel/ressourcen.md:5"), ["mittel.egt.plan"]);
    let chapter = found("Kapitel 1");
    assert!(chapter.len() > 30 && chapter.contains(&"werte.personen".to_owned()), "{chapter:?}");
}

#[test]
fn what_is_wrong_is_said_and_gives_its_code() {
    for (arguments, code, part) in [
        (&["mittel.egtt"][..], 1, "Meinten Sie „mittel.egt“?"),
        (&["egt.plann"], 1, "Meinten Sie „egt.plan“?"),
        (&["Tabelle 9"], 1, "Tabelle 1 bis Tabelle 2"),
        (&["mitel.yaml:3"], 1, "Meinten Sie „mittel.yaml“?"),
        (&["mittel.yaml:900"], 1, "Die Datei hat"),
        (&["-17,1 %"], 1, "„−17,1 %“"),
        (&["mittel.egt", "gibt.es.nicht"], 1, "„gibt.es.nicht“"),
        (&["mittel.egt.plan", "--statt", "5 Plätze"], 2, "andere Einheit"),
        (&["mittel.egt.plan", "--statt", "1.5 Mio. €"], 2, "1,5 Mio. €"),
        (&["mittel.egt.plan", "--statt", "viel"], 2, "keine Zahl"),
        (&["Tabelle 1", "--statt", "5 €"], 2, "genau eine Zahl"),
    ] {
        let mut all = vec!["herkunft", PROGRAMME];
        all.extend(arguments);
        let output = amip(&all, &root());
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {text}");
        assert!(text.contains(part), "{arguments:?}: {text}");
    }
}

#[test]
fn input_that_cannot_be_read_is_reported_as_by_build() {
    let folder = tempfile::tempdir().expect("folder");
    let head = "programm: {id: x, jobcenter: J, jahr: 2027, titel: T, stand: 2026-11-01}\n";
    fs::write(folder.path().join("programm.yaml"), format!("{head}werte: 5.3.\n")).expect("write");
    let output = amip(&["explain", ".", "werte.a"], folder.path());
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).starts_with("Fehler["));
}

#[test]
fn every_figure_of_every_sample_can_be_explained() {
    for name in crate::support::SAMPLES {
        let folder = format!("data/{name}");
        let tables: Vec<&str> = crate::support::sample(name)
            .programme
            .tables
            .iter()
            .map(|table| table.id.as_str())
            .collect();
        let mut arguments = vec!["explain", folder.as_str(), "werte", "massnahmen"];
        arguments.extend(tables);
        arguments.extend(["--format", "json"]);
        let output = amip(&arguments, &root());
        let items: Vec<Value> = serde_json::from_slice(&output.stdout).expect("JSON");
        assert!(items.len() > 100, "{name}: {}", items.len());
        for item in &items {
            assert!(Path::new(&plain(&item["file"])).exists(), "{item}");
        }
    }
}
