// SPDX-License-Identifier: EUPL-1.2
//! Programmes of any size: copies of a field of action with its measures, tables, figures, diagram,
//! list, footnote and text, each with ids of its own.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// Copies that make a programme about as large as the largest sample.
pub const SAMPLE: usize = 10;

/// Writes a programme with so many fields of action.
pub fn programme(folder: &Path, copies: usize) {
    for part in ["handlungsfelder", "kapitel"] {
        fs::create_dir_all(folder.join(part)).expect("folder");
    }
    let main = "programm:\n  id: gross\n  jobcenter: Jobcenter Musterstadt\n  jahr: 2027\n  titel: Arbeitsmarkt- und Integrationsprogramm 2027\n  gliederung: programm\n  stand: 2026-12-01\n";
    fs::write(folder.join("programm.yaml"), main).expect("write");
    for copy in 0..copies {
        fs::write(folder.join(format!("handlungsfelder/{copy:04}.yaml")), data(copy))
            .expect("write");
        fs::write(folder.join(format!("kapitel/feld{copy}.md")), text(copy)).expect("write");
    }
}

fn data(n: usize) -> String {
    let mut out = format!(
        "handlungsfelder:\n  - id: f{n}\n    titel: Handlungsfeld Nummer {n}\n    ziel: \"Die Zahl sinkt auf [1.000](zahl:werte.w{n}-0).\"\n    text: feld{n}\n    strategien:\n"
    );
    for at in 0..3 {
        let _ = write!(
            out,
            "      - id: s{at}\n        titel: Strategie {at} des Feldes\n        schritte:\n          - Einladung innerhalb von [](zahl:werte.w{n}-{at}) Tagen\n          - Gespräch mit allen Beteiligten\n"
        );
    }
    out.push_str("massnahmen:\n");
    for at in 0..6 {
        let _ = write!(
            out,
            "  - id: m{n}-{at}\n    name: Förderung {at} im Feld {n}\n    rechtsgrundlage: § 16 Abs. 1 SGB II\n    eintritte: \"{}\"\n    mittelansatz: {}.000 €\n    funktion: Klärt, wie es weitergehen kann.\n",
            10 + at,
            100 + at
        );
    }
    let _ = write!(
        out,
        "tabellen:\n  - id: instrumente{n}\n    titel: Hauptinstrumente im Feld {n}\n    vorlage: instrumente\n    zeilen:\n"
    );
    for at in 0..6 {
        let _ = writeln!(out, "      - massnahme: m{n}-{at}");
    }
    let _ = write!(
        out,
        "      - {{id: summe, art: summe, zellen: {{}}}}\n  - id: kunden{n}\n    titel: Kundinnen und Kunden im Feld {n}\n    spalten:\n      - {{id: gruppe, titel: Gruppe}}\n      - {{id: alt, titel: \"2026\", art: zahl}}\n      - {{id: neu, titel: \"2027\", art: zahl}}\n      - {{id: wandel, titel: Veränderung, art: zahl, einheit: \"%\", formel: \"= veraenderung(neu, alt)\"}}\n    zeilen:\n"
    );
    for at in 0..10 {
        let _ = writeln!(
            out,
            "      - {{id: g{at}, zellen: {{gruppe: Gruppe {at}, alt: \"{}\", neu: \"{}\"}}}}",
            200 + at,
            210 + at
        );
    }
    out.push_str("      - {id: summe, art: summe, zellen: {gruppe: Summe, neu: {angegeben: \"2.145\"}}}\nwerte:\n");
    for at in 0..12 {
        let _ = writeln!(
            out,
            "  - {{id: w{n}-{at}, bezeichnung: Wert {at} im Feld {n}, wert: \"1.00{}\", vorjahr: \"99{}\"}}",
            at % 10,
            at % 10
        );
    }
    let _ = write!(
        out,
        "schaubilder:\n  - id: bild{n}\n    art: balken\n    titel: Entwicklung im Feld {n}\n    alternativtext: Balken für die Gruppen.\n    kategorien:\n"
    );
    for at in 0..5 {
        let _ = writeln!(out, "      - {{bezeichnung: Gruppe {at}, werte: [kunden{n}.g{at}.neu]}}");
    }
    let _ = write!(
        out,
        "listen:\n  - id: liste{n}\n    titel: Schlüsse im Feld {n}\n    eintraege: [Erster Punkt, Zweiter Punkt, Dritter Punkt]\nfussnoten:\n  - {{id: fn{n}, text: \"Quelle im Feld {n}: eigene Erhebung.\"}}\nabkuerzungen:\n  - {{kurz: FA{n}, lang: Fachausschuss Nummer {n}}}\n"
    );
    out
}

fn text(n: usize) -> String {
    let mut out = format!(
        "Die Mittel zeigt [](tabelle:instrumente{n})[^fn{n}]. Der FA{n} hat sie beraten.\n\n<!-- amip:tabelle instrumente{n} -->\n\n<!-- amip:tabelle kunden{n} -->\n\n<!-- amip:schaubild bild{n} -->\n\n<!-- amip:liste liste{n} -->\n\n"
    );
    for strategy in 0..3 {
        let _ = write!(out, "# [](strategie:f{n}.s{strategy})\n\n");
        for at in 0..8 {
            let value = (strategy * 4 + at) % 12;
            let _ = write!(
                out,
                "Im Feld {n} gibt es [1.00{}](zahl:werte.w{n}-{value}) Fälle (VJ [](zahl:werte.w{n}-{value}.vorjahr)). Dazu kommen [rund 2.100](zahl:kunden{n}.summe.neu) Menschen in den Gruppen aus [](tabelle:kunden{n}). Das Jobcenter lädt alle ein, berät sie und hält den Kontakt, bis die Förderung endet.\n\n",
                value % 10
            );
        }
        let _ = write!(out, "<!-- amip:schritte f{n}.s{strategy} -->\n\n");
    }
    out
}
