// SPDX-License-Identifier: EUPL-1.2
//! Ways in which somebody got at what is secret or internal, each closed.

use super::support::{hidden, secrecy_of};

const TEXT: (&str, &str) = ("kapitel/einleitung.md", "Text.\n\n<!-- amip:tabelle kunden -->\n");

/// A table with these columns and rows.
fn table(columns: &str, rows: &[&str]) -> String {
    let rows = format!("      - {}\n", rows.join("\n      - "));
    format!(
        "tabellen:\n  - id: kunden\n    titel: Kundinnen und Kunden\n    personen: ja\n    spalten:\n      - {{id: g, titel: Gruppe}}\n{columns}    zeilen:\n{rows}"
    )
}

const COUNT: &str = "      - {id: n, titel: Personen, art: zahl}\n";

#[test]
fn a_typed_total_is_a_total() {
    for total in
        ["{id: s, art: summe, zellen: {g: Summe, n: 33}}", "{id: s, zellen: {g: Insgesamt, n: 33}}"]
    {
        let yaml = table(
            COUNT,
            &["{id: a, zellen: {g: A, n: 2}}", "{id: b, zellen: {g: B, n: 31}}", total],
        );
        let found = hidden(&[("daten.yaml", &yaml), TEXT]);
        assert!(found.contains("kunden.a.n"), "{found:?}");
        assert!(found.contains("kunden.b.n") || found.contains("kunden.s.n"), "{found:?}");
    }
}

#[test]
fn parts_that_are_all_of_a_row_add_up() {
    let yaml = table(
        COUNT,
        &[
            "{id: a, zellen: {g: A, n: 12}}",
            "{id: f, art: darunter, zellen: {g: Frauen, n: 2}}",
            "{id: m, art: darunter, zellen: {g: Männer, n: 10}}",
        ],
    );
    let found = hidden(&[("daten.yaml", &yaml), TEXT]);
    assert!(found.contains("kunden.f.n"), "{found:?}");
    assert!(found.contains("kunden.m.n") || found.contains("kunden.a.n"), "{found:?}");
}

#[test]
fn what_is_asked_to_be_hidden_is_protected_as_well() {
    let yaml = table(
        COUNT,
        &[
            "{id: a, zellen: {g: A, n: {wert: 2, geheim: ja}}}",
            "{id: b, zellen: {g: B, n: 31}}",
            "{id: s, art: summe, zellen: {g: Summe}}",
        ],
    );
    let found = hidden(&[("daten.yaml", &yaml), TEXT]);
    assert!(found.contains("kunden.b.n") || found.contains("kunden.s.n"), "{found:?}");
}

#[test]
fn formulas_of_any_kind_give_nothing_away() {
    for formula in ["= n / z * 100", "= 100 - anteil(n, z)", "= n * z", "= z * n"] {
        let columns = format!(
            "{COUNT}      - {{id: z, titel: Bestand, art: zahl}}\n      - {{id: x, titel: Wert, art: zahl, personen: nein, stellen: 4, formel: \"{formula}\"}}\n"
        );
        let yaml = table(&columns, &["{id: a, zellen: {g: A, n: 2, z: 37}}"]);
        let found = hidden(&[("daten.yaml", &yaml), TEXT]);
        assert!(found.contains("kunden.a.n"), "{formula}: {found:?}");
        let safe = found.contains("kunden.a.x") || found.contains("kunden.a.z");
        assert!(safe, "{formula}: {found:?}");
    }
}

#[test]
fn an_internal_price_does_not_follow_from_its_product() {
    let yaml = "tabellen:\n  - id: kunden\n    titel: Kosten\n    spalten:\n      - {id: g, titel: Kurs}\n      - {id: preis, titel: Preis, einheit: \"€\"}\n      - {id: n, titel: Plätze, art: zahl}\n      - {id: k, titel: Kosten, einheit: \"€\", formel: \"= preis * n\"}\n    zeilen:\n      - {id: a, zellen: {g: A, preis: 1.850 €, n: 130}}\n";
    let found = hidden(&[("daten.yaml", yaml), TEXT]);
    assert!(found.contains("kunden.a.k") || found.contains("kunden.a.n"), "{found:?}");
}

#[test]
fn ages_and_durations_do_not_make_things_of_persons() {
    let yaml = "tabellen:\n  - id: kunden\n    titel: Arbeitslose nach Alter\n    quelle: Statistik der Bundesagentur für Arbeit\n    berichtsmonat: 2026-06\n    spalten:\n      - {id: g, titel: Alter}\n      - {id: n, titel: 1. Quartal 2026, art: zahl}\n    zeilen:\n      - {id: a, zellen: {g: unter 25 Jahren, n: 2}}\n      - {id: b, zellen: {g: ab 12 Monaten arbeitslos, n: 1}}\n      - {id: c, zellen: {g: Menschen mit Kooperationsplan, n: 1 bis 2}}\n";
    let found = hidden(&[("daten.yaml", yaml), TEXT]);
    for id in ["a", "b", "c"] {
        assert!(found.contains(&format!("kunden.{id}.n")), "{id}: {found:?}");
    }
}

#[test]
fn an_internal_box_is_one_however_it_is_written() {
    use amip::tree::{Block, BoxKind, walk};
    for mark in [
        "**Intern**",
        "**intern**",
        "**INTERN**:",
        "*Intern*",
        "Intern:",
        "**Interner Hinweis**",
        "[!INTERN]",
    ] {
        let text = format!("> {mark}\n>\n> Geheimes.\n");
        let (loaded, _) = secrecy_of(&[("kapitel/einleitung.md", &text)], &[]);
        let blocks = &loaded.programme.texts["einleitung"].blocks;
        let mut found = false;
        walk::blocks(blocks, &mut |block| {
            found |= matches!(block, Block::Boxed { kind: BoxKind::Internal, .. });
        });
        assert!(found, "{mark}: {blocks:?}");
    }
}
