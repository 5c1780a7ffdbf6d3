// SPDX-License-Identifier: EUPL-1.2
//! What readers calculate who lay tables side by side, skip rows, or divide rounded figures.

use std::collections::BTreeSet;

use super::support::{hidden, secrecy_of};

/// Tables with their columns and rows, from a source, all of them in the document.
fn tables(of: &[(&str, &str, &[&str])]) -> Vec<(String, String)> {
    let (mut yaml, mut text) = ("tabellen:\n".to_owned(), String::new());
    for (id, columns, rows) in of {
        yaml.push_str(&format!("  - id: {id}\n    titel: Personen\n    quelle: Statistik der Bundesagentur für Arbeit\n    berichtsmonat: 2026-06\n    spalten:\n      - {{id: g, titel: Gruppe}}\n"));
        for column in columns.lines() {
            yaml.push_str(&format!("      - {{{column}}}\n"));
        }
        yaml.push_str("    zeilen:\n");
        for row in *rows {
            yaml.push_str(&format!("      - {{{row}}}\n"));
        }
        text.push_str(&format!("<!-- amip:tabelle {id} -->\n\n"));
    }
    vec![("daten.yaml".to_owned(), yaml), ("kapitel/einleitung.md".to_owned(), text)]
}

fn secret(of: &[(&str, &str, &[&str])]) -> BTreeSet<String> {
    let files = tables(of);
    let files: Vec<(&str, &str)> =
        files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    hidden(&files)
}

const COUNT: &str = "id: n, titel: Personen, art: zahl";
const SHARE: &str = "id: p, titel: Anteil, einheit: \"%\", personen: nein";

/// 2 of 80, told by the shares of the two others: 31 are 38,8 %, so that all are 80.
const COUNTS: [&str; 3] = [
    "id: a, zellen: {g: Geflüchtete, n: 2}",
    "id: b, zellen: {g: Andere, n: 31}",
    "id: c, zellen: {g: Übrige, n: 47}",
];
const SHARES: [&str; 3] = [
    "id: a, zellen: {g: Geflüchtete, p: \"2,5 %\"}",
    "id: b, zellen: {g: Andere, p: \"38,8 %\"}",
    "id: c, zellen: {g: Übrige, p: \"58,8 %\"}",
];

#[test]
fn shares_of_a_total_that_nobody_states_tell_it() {
    let rows = [
        "id: a, zellen: {g: Geflüchtete, n: 2, p: \"2,5 %\"}",
        "id: b, zellen: {g: Andere, n: 31, p: \"38,8 %\"}",
        "id: c, zellen: {g: Übrige, n: 47, p: \"58,8 %\"}",
    ];
    let found = secret(&[("kunden", &format!("{COUNT}\n{SHARE}"), &rows)]);
    assert!(found.contains("kunden.a.n") && found.len() > 1, "{found:?}");
}

#[test]
fn tables_with_the_same_rows_are_read_side_by_side() {
    let found = secret(&[("kunden", COUNT, &COUNTS), ("anteile", SHARE, &SHARES)]);
    assert!(found.contains("kunden.a.n") && found.len() > 1, "{found:?}");

    let women = [
        "id: a, zellen: {g: Geflüchtete, f: 2, m: 11}",
        "id: b, zellen: {g: Andere, f: 20, m: 31}",
        "id: c, zellen: {g: Übrige, f: 22, m: 47}",
    ];
    let all = [
        "id: a, zellen: {g: Geflüchtete, n: 13}",
        "id: b, zellen: {g: Andere, n: 51}",
        "id: c, zellen: {g: Übrige, n: 69}",
    ];
    let columns = "id: f, titel: Frauen, art: zahl\nid: m, titel: Männer, art: zahl";
    let found = secret(&[("kunden", columns, &women), ("alle", COUNT, &all)]);
    let safe = found.contains("kunden.a.m") || found.contains("alle.a.n");
    assert!(found.contains("kunden.a.f") && safe, "{found:?}");

    // The same rows with other figures tell nothing of each other.
    let others = [
        "id: a, zellen: {g: Geflüchtete, n: 14}",
        "id: b, zellen: {g: Andere, n: 57}",
        "id: c, zellen: {g: Übrige, n: 90}",
    ];
    let found = secret(&[("kunden", columns, &women), ("andere", COUNT, &others)]);
    assert_eq!(found.into_iter().collect::<Vec<_>>(), ["kunden.a.f"]);
}

#[test]
fn rows_called_davon_are_no_part_of_the_sum() {
    let rows = [
        "id: a, zellen: {g: Geflüchtete, n: 2}",
        "id: b, zellen: {g: Andere, n: 31}",
        "id: w, zellen: {g: davon weiblich, n: 10}",
        "id: s, zellen: {g: Insgesamt, n: 33}",
    ];
    let found = secret(&[("kunden", COUNT, &rows)]);
    let safe = found.contains("kunden.b.n") || found.contains("kunden.s.n");
    assert!(found.contains("kunden.a.n") && safe, "{found:?}");
}

#[test]
fn rounded_products_are_products() {
    let columns = format!(
        "{COUNT}\nid: k, titel: Kosten je Person, einheit: €\nid: t, titel: Kosten, einheit: T€"
    );
    let rows = [
        "id: a, zellen: {g: Geflüchtete, n: 2, k: 512 €, t: \"1,0 T€\"}",
        "id: b, zellen: {g: Andere, n: 31, k: 512 €, t: \"15,9 T€\"}",
    ];
    let found = secret(&[("kunden", &columns, &rows)]);
    let safe = found.contains("kunden.a.k") || found.contains("kunden.a.t");
    assert!(found.contains("kunden.a.n") && safe, "{found:?}");

    // One product of small numbers comes out by chance: 2 times 3 are 6.
    let columns = format!(
        "{COUNT}\nid: k, titel: Kurse, art: zahl, personen: nein\nid: t, titel: Tage, art: zahl, personen: nein"
    );
    let found = secret(&[("kunden", &columns, &["id: a, zellen: {g: Ost, n: 2, k: 3, t: 6}"])]);
    assert_eq!(found.into_iter().collect::<Vec<_>>(), ["kunden.a.n"]);
}

/// Twelve rows with a secret in each of six columns: one after the other is protected, and what the
/// first ones needed is shown again where later ones protect them.
#[test]
fn nothing_is_hidden_in_vain() {
    let columns: Vec<String> =
        (0..6).map(|at| format!("id: c{at}, titel: Ort {at}, art: zahl")).collect();
    let total = "id: t, titel: Insgesamt, art: zahl, formel: \"= c0 + c1 + c2 + c3 + c4 + c5\"";
    let rows: Vec<String> = (0..12)
        .map(|row| {
            let cells: Vec<String> = (0..6)
                .map(|at| format!("c{at}: {}", if row == at * 2 { 2 } else { 5 + row + at }))
                .collect();
            format!("id: r{row}, zellen: {{g: Gruppe {row}, {}}}", cells.join(", "))
        })
        .chain(["id: s, art: summe, zellen: {g: Summe}".to_owned()])
        .collect();
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    let files = tables(&[("kunden", &format!("{}\n{total}", columns.join("\n")), &rows)]);
    let files: Vec<(&str, &str)> =
        files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let (_, secrecy) = secrecy_of(&files, &[]);
    // Each of the six secrets needs a second one in its row and in its column: six will do in a ring.
    assert_eq!(secrecy.secret.len(), 12, "{:?}", secrecy.reasons);
}

/// The usual table of the statistics: one total, by sex and then by age.
#[test]
fn a_total_is_broken_down_more_than_once() {
    let rows = [
        "id: s, zellen: {g: Insgesamt, n: 103}",
        "id: m, zellen: {g: Männer, n: 60}",
        "id: f, zellen: {g: Frauen, n: 43}",
        "id: a, zellen: {g: unter 25, n: 2}",
        "id: b, zellen: {g: 25 bis 54, n: 61}",
        "id: c, zellen: {g: ab 55, n: 40}",
    ];
    for kind in ["", "art: darunter, "] {
        let rows: Vec<String> = rows
            .iter()
            .enumerate()
            .map(|(at, row)| {
                if at == 0 {
                    (*row).to_owned()
                } else {
                    row.replace("zellen", &format!("{kind}zellen"))
                }
            })
            .collect();
        let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
        let found = secret(&[("kunden", COUNT, &rows)]);
        let safe = ["kunden.b.n", "kunden.c.n"].iter().any(|path| found.contains(*path));
        assert!(found.contains("kunden.a.n") && safe, "{kind}: {found:?}");
    }
}

#[test]
fn rows_of_one_table_are_columns_of_the_other() {
    let columns = "id: f, titel: Frauen, art: zahl\nid: m, titel: Männer, art: zahl";
    let ages = [
        "id: a, zellen: {g: unter 25, f: 2, m: 30}",
        "id: b, zellen: {g: 25 bis 54, f: 60, m: 70}",
        "id: c, zellen: {g: ab 55, f: 20, m: 25}",
    ];
    let sexes = ["id: f, zellen: {g: Frauen, n: 82}", "id: m, zellen: {g: Männer, n: 125}"];
    let found = secret(&[("kunden", columns, &ages), ("alle", COUNT, &sexes)]);
    assert!(found.contains("kunden.a.f") && found.len() > 1, "{found:?}");
}

#[test]
fn a_row_with_a_nought_adds_up_like_the_others() {
    let columns = "id: n, titel: Insgesamt, art: zahl\nid: f, titel: Frauen, art: zahl\nid: m, titel: Männer, art: zahl\nid: k, titel: Kurse, art: zahl, personen: nein";
    let rows = [
        "id: a, zellen: {g: Innenstadt, n: 59, f: 59, m: 0, k: 4}",
        "id: b, zellen: {g: Nord, n: 31, f: 1, m: 30, k: 9}",
        "id: c, zellen: {g: Süd, n: 17, f: 0, m: 17, k: 5}",
        "id: s, art: summe, zellen: {g: Summe}",
    ];
    // 60 women in all, of whom 59 are told by a row without men.
    let found = secret(&[("kunden", columns, &rows)]);
    let safe = ["kunden.a.n", "kunden.a.m"].iter().any(|path| found.contains(*path));
    let total = found.contains("kunden.s.f");
    assert!(
        found.contains("kunden.b.f") && (total || safe && found.contains("kunden.a.f")),
        "{found:?}"
    );
}

/// 40 to 38 are −5,0 %, and 42 and 39 with what is hidden beside them: one of both is below 3, which
/// only 2 and 1 can be.
#[test]
fn who_knows_the_rule_cannot_tell_more() {
    let columns = "id: v, titel: Personen 2025, art: zahl\nid: n, titel: Personen 2026, art: zahl\nid: p, titel: Veränderung, formel: \"= veraenderung(n, v)\", stellen: 1, einheit: \"%\"";
    let rows = [
        "id: a, zellen: {g: Auenstadt, v: 900, n: 910}",
        "id: b, zellen: {g: Moosbach, v: 40, n: 38}",
        "id: c, zellen: {g: Seeheim, v: 2, n: 1}",
        "id: s, art: summe, zellen: {g: Summe}",
    ];
    let found = secret(&[("kunden", columns, &rows)]);
    let pinned = ["kunden.b.v", "kunden.b.n"].iter().all(|path| found.contains(*path))
        && !found.contains("kunden.b.p")
        && !found.contains("kunden.s.v");
    assert!(!pinned, "{found:?}");
}

#[test]
fn what_is_not_printed_is_not_told_either() {
    let yaml = "werte:\n  - {id: f, bezeichnung: Frauen, wert: 2, quelle: Statistik, stand: 2026-10-01}\n  - {id: g, bezeichnung: Teilnehmende, wert: 40, quelle: Statistik, stand: 2026-10-01}\n  - {id: v, bezeichnung: Frauenanteil, wert: \"= anteil(f, g)\"}\n";
    let text = "Von [](zahl:werte.g) Teilnehmenden sind [](zahl:werte.v) Frauen.\n";
    let found = hidden(&[("daten.yaml", yaml), ("kapitel/einleitung.md", text)]);
    assert!(!found.is_empty() && !found.contains("werte.f"), "{found:?}");
}

#[test]
fn small_numbers_of_other_things_are_shown() {
    for column in [
        "id: n, titel: Veränderung absolut, art: zahl",
        "id: n, titel: Arbeitslosenquote in %, art: zahl",
        "id: n, titel: Personen je Bedarfsgemeinschaft, art: zahl",
        "id: n, titel: Gewicht, art: zahl",
        "id: n, titel: Teilnehmende je Kurs, art: zahl",
        "id: n, titel: Personen in Tausend, art: zahl",
    ] {
        let found = secret(&[("kunden", column, &["id: a, zellen: {g: Nord, n: 2}"])]);
        assert!(found.is_empty(), "{column}: {found:?}");
    }
    for column in [
        "id: n, titel: Kundinnen und Kunden mit Kooperationsplan, art: zahl",
        "id: n, titel: Arbeitslose je Gemeinde, art: zahl",
        "id: n, titel: Teilnehmende mit Förderplan, art: zahl",
    ] {
        let found = secret(&[("kunden", column, &["id: a, zellen: {g: Nord, n: 2}"])]);
        assert!(found.contains("kunden.a.n"), "{column}: {found:?}");
    }
}
