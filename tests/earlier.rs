// SPDX-License-Identifier: EUPL-1.2
//! Figures and words of the year before: each test writes a pair of small programmes, or changes the
//! pair under `tests/cases/vorjahr`.

use std::fs;
use std::path::Path;

use crate::support::{Loaded, amip, copy_folder, load, root};

fn main(year: u32, more: &str) -> String {
    format!(
        "programm:\n  id: p\n  jobcenter: Jobcenter Probe\n  jahr: {year}\n{more}  titel: T\n  stand: {}-11-01\n",
        year - 1
    )
}

/// Loads a programme with its neighbour, each of one file beside `programm.yaml`.
fn pair(earlier: &str, now: &str) -> Loaded {
    pair_of(&main(2026, ""), earlier, now)
}

fn pair_of(programme: &str, earlier: &str, now: &str) -> Loaded {
    let folder = tempfile::tempdir().expect("folder");
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("parent")).expect("folder");
        fs::write(path, text).expect("write");
    };
    write("alt/programm.yaml", programme);
    write("alt/daten.yaml", earlier);
    write("neu/programm.yaml", &main(2027, "  vorjahr: ../alt\n"));
    write("neu/daten.yaml", now);
    load(&folder.path().join("neu"))
}

fn value(loaded: &Loaded, path: &str) -> String {
    let figures = &loaded.programme.figures;
    let id = figures.find(path).unwrap_or_else(|| panic!("{path}"));
    let value = figures.computed_with_unit(id).map(|value| value.to_string());
    value.unwrap_or_default().replace('\u{a0}', " ")
}

fn codes(loaded: &Loaded) -> Vec<&'static str> {
    loaded.findings.iter().map(|finding| finding.code).collect()
}

/// The titles of all strategies, new words between asterisks.
fn titles(loaded: &Loaded) -> Vec<String> {
    let strategies = loaded.programme.fields.iter().flat_map(|field| &field.strategies);
    strategies
        .map(|strategy| {
            let marked = |inline: &amip::tree::Inline| {
                let text = amip::tree::walk::plain(std::slice::from_ref(inline));
                match inline {
                    amip::tree::Inline::Emphasis(_) => format!("*{text}*"),
                    _ => text,
                }
            };
            strategy.title.iter().map(marked).collect::<String>()
        })
        .collect()
}

const TABLE: &str = "tabellen:\n  - id: mittel\n    titel: Mittel\n    spalten:\n      - {id: posten, titel: Posten}\n      - {id: plan, titel: Plan, einheit: €}\n";

#[test]
fn the_case_gives_what_was_worked_out() {
    let target = tempfile::tempdir().expect("folder");
    let out = target.path().to_string_lossy().into_owned();
    let folder = root().join("tests/cases/vorjahr");
    let output = amip(&["build", "programm", "--format", "md", "--out", &out], &folder);
    assert_eq!(output.status.code(), Some(0));
    let built = fs::read_to_string(target.path().join("programm.md")).expect("built");
    let expected = fs::read_to_string(folder.join("erwartet.md")).expect("expected");
    assert_eq!(built, expected);
}

#[test]
fn a_typed_figure_is_held_against_last_years() {
    let column = "      - {id: vorjahr, titel: Vorjahr, vorjahr: plan}\n";
    let old =
        format!("{TABLE}    zeilen:\n      - {{id: a, zellen: {{posten: A, plan: 900 €}}}}\n");
    let row = |typed: &str| {
        let cells = format!("posten: A, plan: 950 €, vorjahr: {typed}");
        format!("{TABLE}{column}    zeilen:\n      - {{id: a, zellen: {{{cells}}}}}\n")
    };
    assert!(!codes(&pair(&old, &row("900 €"))).contains(&"zwei-werte"));
    let loaded = pair(&old, &row("890 €"));
    assert!(codes(&loaded).contains(&"zwei-werte"));
    assert_eq!(value(&loaded, "mittel.a.vorjahr"), "900 €");
}

#[test]
fn rows_follow_their_measures_and_unknown_ones_show_nothing() {
    let table = "tabellen:\n  - id: t\n    titel: T\n    spalten:\n      - {id: name, titel: N, feld: name}\n      - {id: ein, titel: E, einheit: Eintritte, feld: eintritte}\n";
    let old = format!(
        "massnahmen:\n  - {{id: a, name: A, eintritte: 10}}\n  - {{id: b, name: B, eintritte: 20}}\n{table}    zeilen:\n      - {{massnahme: a}}\n"
    );
    let new = format!(
        "massnahmen:\n  - {{id: ab, name: AB, eintritte: 40, vorgaenger: [a, b]}}\n  - {{id: c, name: C, eintritte: 5}}\n{table}      - {{id: vor, titel: V, vorjahr: ein}}\n      - {{id: ver, titel: V, einheit: \"%\", formel: \"= veraenderung(ein, vor)\"}}\n    zeilen:\n      - {{massnahme: ab}}\n      - {{massnahme: c}}\n      - {{id: summe, art: summe, zellen: {{name: Summe}}}}\n"
    );
    let loaded = pair(&old, &new);
    // The measure b stood in no table; its field is known all the same.
    assert_eq!(value(&loaded, "t.ab.vor"), "30 Eintritte");
    assert_eq!(value(&loaded, "t.ab.ver"), "33,3 %");
    assert_eq!(value(&loaded, "t.c.vor"), "–");
    assert_eq!(value(&loaded, "t.c.ver"), "");
    // There was no such total; the rows are added.
    assert_eq!(value(&loaded, "t.summe.vor"), "30 Eintritte");
}

#[test]
fn shares_of_a_split_measure_are_typed() {
    let table = "tabellen:\n  - id: t\n    titel: T\n    spalten:\n      - {id: name, titel: N, feld: name}\n      - {id: eintritte, titel: E, einheit: Eintritte, feld: eintritte}\n";
    let old = format!(
        "massnahmen:\n  - {{id: a, name: A, eintritte: 100}}\n{table}    zeilen:\n      - {{massnahme: a}}\n"
    );
    let new = |one: &str, other: &str| {
        format!(
            "massnahmen:\n  - {{id: b, name: B, eintritte: 60, vorgaenger: [a]}}\n  - {{id: c, name: C, eintritte: 50, vorgaenger: [a]}}\n{table}      - {{id: vor, titel: V, vorjahr: eintritte}}\n    zeilen:\n      - {{massnahme: b{one}}}\n      - {{massnahme: c{other}}}\n"
        )
    };
    let typed = |share: &str| format!(", zellen: {{vor: {share}}}");
    assert!(codes(&pair(&old, &new("", ""))).contains(&"vorgaenger-doppelt"));
    assert!(codes(&pair(&old, &new(&typed("70"), ""))).contains(&"vorgaenger-doppelt"));
    let loaded = pair(&old, &new(&typed("70"), &typed("30")));
    assert!(!codes(&loaded).contains(&"vorgaenger-doppelt"));
    assert!(!codes(&loaded).contains(&"zwei-werte"));
    assert_eq!(value(&loaded, "t.b.vor"), "70 Eintritte");
}

#[test]
fn what_the_year_before_took_from_its_own_year_before_stops_nothing() {
    // The programme before last year's is not there at all.
    let old = "werte:\n  - {id: a, bezeichnung: A, wert: 40 €}\n  - {id: b, bezeichnung: B, wert: \"= a - vorjahr.werte.a\"}\n";
    let new =
        "werte:\n  - {id: c, bezeichnung: C, wert: \"= vorjahr.werte.a + vorjahr.werte.a\"}\n";
    let loaded = pair_of(&main(2026, "  vorjahr: ../uralt\n"), old, new);
    assert_eq!(value(&loaded, "werte.c"), "80 €");
    assert!(!codes(&loaded).iter().any(|code| code.starts_with("vorjahr")));
    assert!(loaded.programme.figures.find("vorjahr.werte.b").is_none());
}

#[test]
fn open_figures_of_last_year_are_not_reported_again() {
    let old = "werte:\n  - {id: a, bezeichnung: A, wert: offen}\n";
    assert_eq!(codes(&pair(old, "werte:\n  - {id: b, bezeichnung: B, wert: 3}\n")), [""; 0]);
}

#[test]
fn new_words_of_strategies_are_set_in_italics() {
    let field = |strategies: &[&str]| {
        let lines: Vec<String> =
            strategies.iter().map(|one| format!("      - {{{one}}}\n")).collect();
        let lines = lines.concat();
        format!("handlungsfelder:\n  - id: f\n    titel: F\n    strategien:\n{lines}")
    };
    let old = field(&[
        "id: a, titel: Wir beraten gut und schnell.",
        "id: b, titel: \"Wir finden Stellen, Plätze und Wege.\"",
        "id: d, titel: Die Tür steht offen.",
        "id: e, titel: Wir sind nah.",
    ]);
    let new = field(&[
        "id: a, titel: Wir beraten **besonders gut** und schnell.",
        "id: c, titel: Wir finden Stellen und Wege, vorgaenger: [b]",
        "id: g, titel: Die Tür steht offen.",
        "id: e, titel: Ganz andere Worte als damals.",
        "id: h, titel: Das ist neu.",
        "id: i, titel: Auch das ist neu., geaendert: nein",
        "id: j, titel: Von Hand neu gesetzt., geaendert: [Hand]",
    ]);
    assert_eq!(
        titles(&pair(&old, &new)),
        [
            "Wir beraten besonders gut und schnell.",
            "Wir finden Stellen und Wege",
            "Die Tür steht offen.",
            "*Ganz andere Worte als damals.*",
            "*Das ist neu.*",
            "Auch das ist neu.",
            "Von *Hand* neu gesetzt.",
        ]
    );
    let alone = "handlungsfelder:\n  - id: f\n    titel: F\n    strategien:\n      - {id: a, titel: Neu.}\n";
    assert_eq!(titles(&crate::support::loaded(&[("felder.yaml", alone)])), ["Neu."]);
}

#[test]
fn a_table_may_have_had_another_name_and_presets_know_the_year_before() {
    let old =
        format!("{TABLE}    zeilen:\n      - {{id: a, zellen: {{posten: A, plan: 900 €}}}}\n");
    let new = format!(
        "{}      - {{id: vorjahr, titel: Vorjahr, vorjahr: mittel.plan}}\n    zeilen:\n      - {{id: a, zellen: {{posten: A, plan: 950 €}}}}\n",
        TABLE.replace("id: mittel", "id: geld")
    );
    assert_eq!(value(&pair(&old, &new), "geld.a.vorjahr"), "900 €");
    let table = |preset: &str, entries: u32| {
        format!(
            "massnahmen:\n  - {{id: a, name: A, eintritte: {entries}, mittelansatz: 500 €}}\ntabellen:\n  - id: t\n    titel: T\n    vorlage: {preset}\n    zeilen:\n      - {{massnahme: a}}\n"
        )
    };
    let loaded = pair(&table("instrumente", 10), &table("instrumente-mit-vorjahr", 12));
    assert_eq!(value(&loaded, "t.a.eintritte"), "12 Eintritte");
    assert_eq!(value(&loaded, "t.a.eintritte_vorjahr"), "10 Eintritte");
    assert_eq!(value(&loaded, "t.a.mittelansatz_vorjahr"), "500 €");
}

fn changed(change: impl FnOnce(&Path)) -> (Option<i32>, String) {
    let folder = tempfile::tempdir().expect("folder");
    copy_folder(&root().join("tests/cases/vorjahr"), folder.path());
    change(folder.path());
    let output = amip(&["check", "programm"], folder.path());
    let text = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8_lossy(&text).into_owned())
}

#[test]
fn texts_and_pictures_of_last_year_are_not_read() {
    let (code, text) = changed(|folder| {
        let chapter = folder.join("musterstadt-klein-2026/kapitel/integration.md");
        fs::write(chapter, [0xff, 0xfe, 0x00]).expect("write");
    });
    assert_eq!(code, Some(0), "{text}");
}

#[test]
fn explain_leads_to_last_years_file() {
    let folder = root().join("tests/cases/vorjahr");
    let output = amip(&["explain", "programm", "instrumente.werkstatt.vorjahr"], &folder);
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(text.contains("musterstadt-klein-2026/massnahmen.yaml:6"), "{text}");
    let output = amip(&["explain", "programm", "vorjahr.mittel"], &folder);
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(text.contains("4 Zahlen") && text.contains("vorjahr.mittel.summe.plan"), "{text}");
}
