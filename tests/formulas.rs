// SPDX-License-Identifier: EUPL-1.2
//! Formulas and calculations, with results worked out by hand.

use std::fs;

use amip::model::formula;

use crate::support::load;

#[test]
fn notation_is_read_and_refused_with_a_reason() {
    for good in [
        "= a + b",
        "a - b - c",
        "= (a + b) * 2",
        "summe(a, b; c)",
        "anteil(t.x.y, t.z)",
        "= 0,5 * x-y",
        "= a − b",
    ] {
        assert!(formula::read(good).is_ok(), "{good}");
    }
    for (bad, part) in [
        ("= a +", "bricht ab"),
        ("= (a", "Klammer"),
        ("= sume(a)", "gibt es nicht"),
        ("= anteil(a)", "genau zwei"),
        ("= a b", "noch „b“"),
        ("= a ? b", "gehört nicht"),
        ("= + a", "fehlt"),
    ] {
        let error = formula::read(bad).expect_err(bad);
        assert!(error.contains(part), "{bad}: {error}");
    }
}

/// Values of a small programme, by path.
fn values(yaml: &str) -> impl Fn(&str) -> String {
    let folder = tempfile::tempdir().expect("folder");
    let programme = "programm:\n  id: probe\n  jobcenter: Jobcenter Probe\n  jahr: 2027\n  titel: Probe\n  stand: 2026-11-01\n";
    fs::write(folder.path().join("programm.yaml"), programme).expect("write");
    fs::write(folder.path().join("daten.yaml"), yaml).expect("write");
    let loaded = load(folder.path());
    let inputs: Vec<_> = loaded
        .findings
        .iter()
        .filter(|finding| finding.class == amip::diag::Class::Input)
        .collect();
    assert!(inputs.is_empty(), "{inputs:#?}");
    move |path: &str| {
        let figures = &loaded.programme.figures;
        let id = figures.find(path).unwrap_or_else(|| panic!("no figure {path}"));
        figures
            .computed_with_unit(id)
            .map_or_else(String::new, |value| value.to_string().replace('\u{a0}', " "))
    }
}

#[test]
fn single_values_calculate_with_units_and_rounding() {
    let value = values(
        r#"
werte:
  - {id: a, bezeichnung: a, wert: "37,62 Mio. €"}
  - {id: b, bezeichnung: b, wert: "0,05 Mio. €"}
  - {id: c, bezeichnung: c, wert: 80.000 €}
  - {id: d, bezeichnung: d, wert: 400 Eintritte}
  - {id: e, bezeichnung: e, wert: ./.}
  - {id: summe, bezeichnung: s, wert: "= a + b + e"}
  - {id: rest, bezeichnung: r, wert: "= summe - a"}
  - {id: je, bezeichnung: j, wert: "= c / d"}
  - {id: mal, bezeichnung: m, wert: "= d * 2"}
  - {id: anteil, bezeichnung: t, wert: "= anteil(c, a)"}
  - {id: mehr, bezeichnung: v, wert: "= veraenderung(d, d2)"}
  - {id: d2, bezeichnung: d2, wert: 500 Eintritte}
  - {id: quote, bezeichnung: q, wert: "26,5 %"}
  - {id: quote_vj, bezeichnung: q, wert: "25,0 %"}
  - {id: punkte, bezeichnung: p, wert: "= punkte(quote, quote_vj)"}
  - {id: faktor, bezeichnung: f, wert: "= d / d2"}
"#,
    );
    assert_eq!(value("werte.summe"), "37,67 Mio. €");
    assert_eq!(value("werte.rest"), "0,05 Mio. €");
    assert_eq!(value("werte.je"), "200 €");
    assert_eq!(value("werte.mal"), "800 Eintritte");
    assert_eq!(value("werte.anteil"), "0,2 %");
    assert_eq!(value("werte.mehr"), "−20,0 %");
    assert_eq!(value("werte.punkte"), "1,5 Prozentpunkte");
    assert_eq!(value("werte.faktor"), "0,80");
}

#[test]
fn products_quotients_and_ranges() {
    let value = values(
        r#"
werte:
  - {id: drei, bezeichnung: a, wert: 3 Mio. €}
  - {id: quote, bezeichnung: b, wert: 26 %}
  - {id: eintritte, bezeichnung: c, wert: 400 Eintritte}
  - {id: kosten, bezeichnung: d, wert: 200 €}
  - {id: spanne, bezeichnung: e, wert: 60 bis 150}
  - {id: grund, bezeichnung: f, wert: ESF-Mittel}
  - {id: rund, bezeichnung: g, wert: rd. 2.500}
  - {id: klammer, bezeichnung: h, wert: (50)}
  - {id: haelfte, bezeichnung: r, wert: "= drei / 2"}
  - {id: je, bezeichnung: r, wert: "= drei / eintritte"}
  - {id: davon, bezeichnung: r, wert: "= drei * quote"}
  - {id: zusammen, bezeichnung: r, wert: "= eintritte * kosten"}
  - {id: rest, bezeichnung: r, wert: "= 100 - spanne"}
  - {id: doppelt, bezeichnung: r, wert: "= spanne * 2"}
  - {id: ohne_grund, bezeichnung: r, wert: "= eintritte + grund"}
  - {id: wieder, bezeichnung: r, wert: "= rund"}
  - {id: zaehlend, bezeichnung: r, wert: "= summe(eintritte, klammer)"}
"#,
    );
    assert_eq!(value("werte.haelfte"), "1,50 Mio. €");
    assert_eq!(value("werte.je"), "7,50 Tsd. €");
    assert_eq!(value("werte.davon"), "780 Tsd. €");
    assert_eq!(value("werte.zusammen"), "80.000 €");
    assert_eq!(value("werte.rest"), "−50 bis 40");
    assert_eq!(value("werte.doppelt"), "120 bis 300");
    assert_eq!(value("werte.ohne_grund"), "400 Eintritte");
    assert_eq!(value("werte.wieder"), "rd. 2.500");
    assert_eq!(value("werte.zaehlend"), "400 Eintritte");
}

const TABLE: &str = r#"
massnahmen:
  - {id: a, name: A, eintritte: 25 (bis 30), mittelansatz: 100.000 €}
  - {id: b, name: B, eintritte: "630", mittelansatz: ESF-Mittel}
  - {id: c, name: C, eintritte: (2.500), mittelansatz: (610.000 €)}
  - {id: d, name: D, eintritte: 144 (in B enthalten), mittelansatz: "50.000,50 €"}
  - {id: e, name: E, eintritte: 60*, mittelansatz: ./.}
tabellen:
  - id: t
    titel: T
    vorlage: instrumente
    zeilen:
      - massnahme: a
      - massnahme: b
      - massnahme: c
      - massnahme: d
      - massnahme: e
      - {id: ae, massnahmen: [a, e], zellen: {instrument: A und E}, zaehlt: nein}
      - {id: summe, art: summe, zellen: {instrument: Summe}}
  - id: g
    titel: G
    spalten:
      - {id: name, titel: ""}
      - {id: plan, titel: Plan, art: zahl, einheit: Eintritte}
      - {id: vj, titel: VJ, art: zahl, einheit: Eintritte}
      - {id: mehr, titel: Vergleich, einheit: "%", stellen: 0, formel: "= veraenderung(plan, vj)"}
    zeilen:
      - {id: alle, art: summe, zellen: {name: Alle}}
      - {id: eins, art: gruppe, zellen: {name: I}}
      - {id: x, zellen: {name: x, plan: "10", vj: "8"}}
      - {id: y, art: darunter, zellen: {name: y, plan: "4", vj: "3"}}
      - {id: z, zellen: {name: z, plan: offen, vj: "2"}}
      - {id: zwei, art: gruppe, zellen: {name: II, plan: "5", vj: "5"}}
"#;

#[test]
fn totals_add_what_counts() {
    let value = values(TABLE);
    // 25 to 30, 630 and 60; parenthesised and contained rows do not count.
    assert_eq!(value("t.summe.eintritte"), "715 bis 720 Eintritte");
    assert_eq!(value("t.summe.mittelansatz"), "150.000,50 €");
    assert_eq!(value("t.ae.eintritte"), "85 bis 90 Eintritte");
    assert_eq!(value("t.b.mittelansatz"), "ESF-Mittel");
}

#[test]
fn groups_parts_and_open_rows() {
    let value = values(TABLE);
    assert_eq!(value("g.eins.plan"), "10 Eintritte (unvollständig)");
    assert_eq!(value("g.eins.vj"), "10 Eintritte");
    assert_eq!(value("g.alle.vj"), "15 Eintritte");
    assert_eq!(value("g.alle.plan"), "15 Eintritte (unvollständig)");
    assert_eq!(value("g.x.mehr"), "25 %");
    assert_eq!(value("g.zwei.mehr"), "0 %");
}

#[test]
fn a_path_alone_keeps_the_standing_of_what_it_shows() {
    let value = values(
        "massnahmen:\n  - {id: vb, name: VB, eintritte: (2.100)}\n  - {id: mag, name: MAG, eintritte: \"380\"}\ntabellen:\n  - id: t\n    titel: T\n    spalten: [{id: f, titel: F}, {id: plan, titel: Plan, art: zahl}]\n    zeilen:\n      - {id: vb, zellen: {f: VB, plan: \"= massnahmen.vb.eintritte\"}}\n      - {id: mag, zellen: {f: MAG, plan: \"= massnahmen.mag.eintritte\"}}\n      - {id: s, art: summe, zellen: {f: Summe}}\n",
    );
    assert_eq!(value("t.s"), "380 Eintritte");
}
