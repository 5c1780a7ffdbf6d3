// SPDX-License-Identifier: EUPL-1.2
//! Rules about references, strategies, dates and statistics, with sentences that are right and such
//! that are wrong.

use amip::diag::Finding;

use crate::support::load;

const MAIN: &str = "programm:\n  id: p\n  jobcenter: J\n  jahr: 2027\n  titel: Programm 2027\n  stand: 2026-11-20\n";

/// What is found in a programme of these files, by one rule.
fn found(code: &str, main: &str, files: &[(&str, &str)]) -> Vec<Finding> {
    let folder = tempfile::tempdir().expect("folder");
    let main = format!("{MAIN}{main}");
    for (name, text) in [("programm.yaml", main.as_str())].iter().chain(files) {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("parent")).expect("folder");
        std::fs::write(path, text).expect("write");
    }
    let findings = load(folder.path()).findings;
    let input: Vec<_> =
        findings.iter().filter(|one| one.class == amip::diag::Class::Input).collect();
    assert!(input.is_empty(), "{input:#?}");
    findings.into_iter().filter(|finding| finding.code == code).collect()
}

/// Sentences that must be left alone and such that must be found, each for itself.
fn sentences(code: &str, files: &[(&str, &str)], good: &[&str], bad: &[&str]) {
    let messages = |sentence: &str| -> Vec<String> {
        let text = format!("{sentence}\n");
        let mut files = files.to_vec();
        files.push(("kapitel/kennzahlen.md", &text));
        found(code, "", &files).into_iter().map(|finding| finding.message).collect()
    };
    let mut problems = Vec::new();
    for sentence in good {
        let found = messages(sentence);
        if !found.is_empty() {
            problems.push(format!("found without reason: {sentence}: {found:?}"));
        }
    }
    for sentence in bad {
        if messages(sentence).is_empty() {
            problems.push(format!("not found: {sentence}"));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn typed_references_are_held_against_the_document() {
    let data = "tabellen:\n  - id: mittel\n    titel: Verfügbare Mittel\n    spalten: [{id: a, titel: A}, {id: b, titel: B, art: zahl}]\n    zeilen: [{zellen: {a: X, b: \"7\"}}]\n";
    let files = [
        ("daten.yaml", data),
        (
            "kapitel/einleitung.md",
            "<!-- amip:tabelle mittel -->\n\n# Grundlagen {.nummer}\n\nText.[^a]\n\n[^a]: Fußnote.\n",
        ),
        (
            "kapitel/ressourcen.md",
            "Es gibt zwei Anlagen:\n\n- Anlage 1: Maßnahmen\n- Anlage 2 Zahlen\n",
        ),
    ];
    sentences(
        "verweis-im-text",
        &files,
        &[
            "Mehr steht in Kapitel 1, Kap. 2 und Abschnitt 1.1.",
            "Siehe Kapitel 1 bis 3 und die Kapitel 1, 2 und 3.",
            "Siehe Tabelle 1, Fußnote 1 und Anlage 2.",
            "Näheres in Kapitel 3 (Kennzahlen) und in Kapitel 1 „Einleitung“.",
            "Das Kapitel „Kennzahlen“ (Kapitel 3) nennt sie.",
            "Wie in Kapitel 7 des Vorjahresprogramms beschrieben, gilt das weiter.",
            "Grundlage ist Kapitel 9 SGB III und § 16 Abs. 1 Satz 2 Nr. 2 SGB II i. V. m. dem Dritten Kapitel.",
            "Das steht in Kapitel 12 der Zielvereinbarung und in Tabelle 7 im Bericht der Statistik.",
            "Laut Eingliederungsbilanz 2025, Tabelle 4, sind es weniger.",
            "Das Programm 2026 nannte in Kapitel 8 des Programms 2026 andere Zahlen.",
            "Das SGB II, Kapitel 5, nennt die Grundsätze.",
            "Auf Seite 17 stehen die Zahlen; Kapitel drei folgt.",
            "In Kapitel 3 und 40 Plätze weiter unten.",
            "Anlage 4 zur Verwaltungsvorschrift nennt die Form.",
            "Der Abschnitt dauert 12 Monate.",
        ],
        &[
            "Mehr steht in Kapitel 5.3.",
            "(vgl. Kap. 14)",
            "Siehe Kapitel 1 und 9.",
            "Die Kapitel 1, 2 und 17 nennen sie.",
            "Siehe Tabelle 12.",
            "Tab. 3 zeigt die Mittel.",
            "Wie Abb. 3 zeigt, sinkt die Zahl.",
            "Die Übersicht ist Anlage 7.",
            "Siehe Fußnote 4.",
            "Näheres in Kapitel 2 (Kennzahlen).",
            "Näheres in Kapitel 1 „Kennzahlen“.",
            "Das Kapitel „Kennzahlen“ (Kapitel 2) nennt sie.",
            "Kapitel 9 dieses Programms nennt sie.",
            "Kapitel 3 „Ausblick auf morgen“ nennt sie.",
        ],
    );
}

#[test]
fn annexes_that_are_not_part_of_the_document_are_asked_for() {
    let files = [("kapitel/einleitung.md", "Die Übersicht ist Anlage 1.1.\n")];
    let found = found("verweis-im-text", "", &files);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].severity, amip::diag::Severity::Warning);
}

#[test]
fn plans_for_a_year_that_is_over_are_found() {
    sentences(
        "altes-jahr",
        &[],
        &[
            "Im Jahr 2027 werden 300 Menschen beraten.",
            "2026 wurden 300 Menschen beraten.",
            "Seit 2019 werden Stellen nach § 16i SGB II gefördert.",
            "Gegenüber 2026 sollen es mehr werden.",
            "Das Projekt läuft von 2024 bis 2026 und soll danach ausgewertet werden.",
            "Die 2025 begonnenen Maßnahmen werden fortgeführt.",
            "Wer 2026 eine Maßnahme begonnen hat, wird weiter betreut.",
            "Für 2026 wird ein Wachstum von einem Prozent erwartet.",
            "Der Stand ist September 2026; gezählt werden alle Fälle.",
            "Bis Ende 2026 wird die Übergabe neu geregelt.",
            "Im Dezember 2026 werden die Verträge geschlossen.",
            "Das Gesetz vom 12. August 2010 soll dafür sorgen.",
            "Wie 2026 werden zwei Messen veranstaltet.",
            "Die Ergebnisse 2026 werden ausgewertet.",
            "Das Ziel 2026 ist erreicht; die Zahl soll steigen.",
            "Mehr als 2025 Personen werden beraten, 2.026 € stehen zur Verfügung.",
            "Die Befragung 2026 soll helfen, besser zu werden.",
            "Die Planung 2026 wurde übertroffen.",
            "Die Zahl der Arbeitslosen lag 2026 bei 4.700 und wird sinken.",
            "Bis zum 30. Juni 2026 wurde die Digitale Akte eingeführt.",
            "Im Jahr 2026 erzielte das Jobcenter 300 Integrationen.",
            "2026 betrug die Quote 22 %.",
            "Bis zum 31.12.2026 läuft die Förderung aus.",
        ],
        &[
            "Im Jahr 2026 werden 300 Menschen beraten.",
            "2026 werden wir mehr Betriebe besuchen.",
            "Das Jobcenter plant für 2026 zwei neue Maßnahmen.",
            "Ziel ist, dass 2026 alle ein Angebot bekommen.",
            "Im Jahr 2026 stehen 9 Mio. € zur Verfügung.",
            "Für das Geschäftsjahr 2026 sind 2.000 Eintritte vorgesehen.",
            "Ab 2026 soll jede Einladung auch per App kommen.",
            "Die Planung 2026 sieht mehr Eintritte vor.",
            "Das Arbeitsmarkt- und Integrationsprogramm 2026 beschreibt die Ziele.",
            "Dieses Programm legt fest, wofür das Jobcenter im Jahr 2026 Geld einsetzt.",
            "Bis zum 30.06.2026 wird das Konzept fertig sein.",
            "Im Frühjahr 2026 soll die Sprechstunde beginnen.",
            "Wir wollen 2025 die Integrationsquote steigern.",
            "Bis zum 30. Juni 2026 wird die Digitale Akte eingeführt.",
            "Bis zum 30.09.2026 beginnen 12 Jugendliche eine Ausbildung.",
            "Im Jahr 2026 liegt der Schwerpunkt auf Jugendlichen.",
            "2026 setzen wir auf digitale Angebote.",
        ],
    );
}

#[test]
fn titles_heads_and_deadlines_of_last_year_are_found() {
    let text = "# Schwerpunkte 2026\n\nText.\n\n# Rückblick auf die Ziele 2026\n\nText.\n\n<!-- amip:tabelle t -->\n\n<!-- amip:tabelle u -->\n\n<!-- amip:aufgaben f -->\n";
    let data = "tabellen:\n  - id: t\n    titel: Eintritte\n    spalten: [{id: a, titel: A}, {id: b, titel: Plan 2026, art: zahl}]\n    zeilen: [{zellen: {a: X, b: \"7\"}}]\n  - id: u\n    titel: Mittel\n    spalten: [{id: a, titel: A}, {id: b, titel: Plan 2026, art: zahl}, {id: c, titel: Plan 2027, art: zahl}]\n    zeilen: [{zellen: {a: X, b: \"7\", c: \"8\"}}]\nhandlungsfelder:\n  - id: f\n    titel: Feld\n    ziel: Im Jahr 2026 gelingen mehr Integrationen.\n    aufgaben:\n      - {text: Einladen, bis: 2026-06}\n      - {text: Anrufen, bis: 2026-06, erledigt: ja}\n      - {text: Schreiben, bis: 2027-06}\n";
    let found = found(
        "altes-jahr",
        "  untertitel: Geschäftsjahr 2026\n  datumszeile: November 2025\n",
        &[("kapitel/einleitung.md", text), ("daten.yaml", data)],
    );
    let messages: Vec<&str> = found.iter().map(|finding| finding.message.as_str()).collect();
    assert_eq!(messages.len(), 6, "{messages:#?}");
}

#[test]
fn captions_and_columns_of_this_years_plan_name_this_year() {
    let count = |caption: &str, first: &str, second: &str| {
        let data = format!(
            "massnahmen:\n  - {{id: m, name: Kurs, rechtsgrundlage: § 45 SGB III, eintritte: 7, mittelansatz: 70.000 €}}\ntabellen:\n  - id: t\n    titel: {caption}\n    spalten: [{{id: a, titel: A, feld: name}}, {{id: b, titel: {first}, art: zahl, feld: eintritte}}, {{id: c, titel: {second}, art: zahl}}]\n    zeilen: [{{massnahme: m, zellen: {{c: \"8\"}}}}]\n"
        );
        let text = "<!-- amip:tabelle t -->\n";
        found("altes-jahr", "", &[("kapitel/einleitung.md", text), ("daten.yaml", &data)]).len()
    };
    assert_eq!(count("Plan 2027 und Erwartung 2026", "Plan 2027", "Erwartung 2026"), 0);
    assert_eq!(count("Plan 2026 und Erwartung 2025", "Plan 2027", "Erwartung 2026"), 1);
    assert_eq!(count("Plan 2026", "Plan 2027", "Erwartung 2026"), 1);
    assert_eq!(count("Eintritte", "Plan 2026", "Erwartung 2026"), 1);
    assert_eq!(count("Eintritte", "Eintritte", "Plan 2026"), 1);
}

#[test]
fn dates_in_the_wrong_order_and_days_that_do_not_exist_are_found() {
    sentences(
        "datum-folge",
        &[],
        &[
            "Vom 01.02.2026 bis 01.03.2026, von 2024 bis 2026 und zwischen 2024 und 2026.",
            "Vom 15. Dezember bis 14. Januar 2027 ist geschlossen.",
            "Am 29.02.2028 und am 31.12. ist geschlossen.",
            "Kapitel 1.2.3 und Anlage 1.4. nennen 12.31 Fälle; § 31.06 gilt nicht.",
            "2026 waren es mehr als 2025, nämlich 10 bis 15.",
            "Im Vergleich 2026 und 2025 sinkt die Zahl.",
        ],
        &[
            "Vom 01.03.2016 bis 01.02.2016.",
            "Das Projekt läuft von 2028 bis 2025.",
            "Das Projekt (2028–2025) endet.",
            "Zwischen März 2027 und Januar 2027 wird gebaut.",
            "Vom 1. März 2027 bis zum 1. Februar 2027.",
            "Stand ist der 31.02.2026.",
            "Die Frist endet am 31.06.",
            "Am 31. September 2027 beginnt es.",
            "Am 29. Februar 2027 beginnt es.",
        ],
    );
    let data = "werte:\n  - {id: a, bezeichnung: A, wert: \"7\", quelle: Q, stand: 2026-11-31}\n  - {id: b, bezeichnung: B, wert: \"7\", quelle: Q, berichtsmonat: 2026-13}\n  - {id: c, bezeichnung: C, wert: \"7\", stand: Sommer 2026}\nhandlungsfelder:\n  - {id: f, titel: F, aufgaben: [{text: T, bis: 2027-13}, {text: U, bis: laufend}]}\n";
    let found = found("datum-folge", "", &[("daten.yaml", data)]);
    assert_eq!(found.len(), 3, "{found:#?}");
}

#[test]
fn the_agreement_follows_participation_and_precedes_the_document() {
    let count = |agreed: &str, heard: &str| {
        let data =
            format!("beteiligung:\n  - {{gremium: beirat, am: {heard}, ergebnis: beraten}}\n");
        let main = format!("  abstimmung: {{zustand: abgestimmt, am: {agreed}}}\n");
        found("datum-folge", &main, &[("daten.yaml", &data)]).len()
    };
    assert_eq!(count("2026-11-17", "2026-10-20"), 0);
    assert_eq!(count("2026-11-17", "2026-11-18"), 1);
    assert_eq!(count("2026-12-01", "2026-10-20"), 1);
}

#[test]
fn the_record_of_participation_follows_the_form() {
    let lacking = |form: &str, bodies: &[&str], state: &str| {
        let lines = bodies.iter().fold(String::new(), |lines, body| {
            lines + "  - {gremium: " + body + ", am: 2026-11-17, ergebnis: ok}\n"
        });
        let main = format!("  traegerform: {form}\n  abstimmung: {state}\n");
        let data = format!("beteiligung:\n{lines}");
        found("beteiligung", &main, &[("daten.yaml", &data)]).len()
    };
    let agreed = "{zustand: abgestimmt, am: 2026-11-17}";
    assert_eq!(lacking("gE", &["bca"], agreed), 3);
    assert_eq!(lacking("zkT", &["bca"], agreed), 1);
    assert_eq!(lacking("gE", &["bca", "beirat", "bfdh", "traegerversammlung"], agreed), 0);
    let other = "{zustand: abgestimmt, am: 2026-11-16}";
    assert_eq!(lacking("gE", &["bca", "beirat", "bfdh", "traegerversammlung"], other), 1);
    assert_eq!(lacking("zkT", &["beirat"], "{zustand: entwurf}"), 1);
}

#[test]
fn age_and_source_of_statistics_are_checked() {
    let codes = |keys: &str, label: &str| {
        let data = format!("werte:\n  - {{id: a, bezeichnung: {label}, wert: \"7\", {keys}}}\n");
        let count = |code: &str| found(code, "", &[("daten.yaml", &data)]).len();
        (count("stand"), count("quelle-fehlt"))
    };
    let agency = "quelle: Statistik der Bundesagentur für Arbeit";
    for (keys, label, expected) in [
        ("berichtsmonat: 2026-07, stand: 2026-11", "eLb", (0, 0)),
        ("berichtsmonat: 2026-07, stand: 2026-06", "eLb", (1, 0)),
        ("berichtsmonat: 2026-07, stand: 2027-01", "eLb", (1, 0)),
        ("berichtsmonat: 2026-12, stand: 2027-01", "eLb", (2, 0)),
        ("berichtsmonat: 2026-09, stand: 2026-10", "eLb", (1, 0)),
        ("berichtsmonat: 2026-09, stand: 2026-10", "Arbeitslose", (0, 0)),
        ("stand: Herbst 2026", "eLb", (0, 0)),
        ("zuteilung: vorläufig", "eLb", (0, 1)),
        ("zuteilung: vorläufig", "eLb im Juni 2026", (0, 0)),
    ] {
        assert_eq!(codes(&format!("{agency}, {keys}"), label), expected, "{keys} {label}");
    }
    assert_eq!(codes("berichtsmonat: 2026-07", "eLb"), (0, 1));
    sentences(
        "stand",
        &[],
        &["Datenstand: 09/2026, Berichtsmonat: 05/2026.", "Der Berichtsmonat ist Mai 2026."],
        &["Datenstand: 04/2026, Berichtsmonat: 05/2026.", "Berichtsmonat Mai 2027."],
    );
}

#[test]
fn priorities_and_fields_answer_each_other() {
    let files = |list: &str| {
        let data = format!(
            "listen:\n  - id: s\n    eintraege:\n{list}handlungsfelder:\n  - {{id: eins, titel: Arbeit vermitteln, text: hf-eins}}\n  - {{id: zwei, titel: Langzeitbezug verringern, text: hf-zwei}}\n  - {{id: drei, titel: Jugend begleiten, text: hf-drei}}\n"
        );
        let text = "Text.\n";
        found(
            "schwerpunkt-ohne-kapitel",
            "",
            &[
                ("daten.yaml", &data),
                ("kapitel/hf-eins.md", text),
                ("kapitel/hf-zwei.md", text),
                ("kapitel/hf-drei.md", text),
                ("kapitel/schwerpunkte.md", "<!-- amip:liste s -->\n"),
            ],
        )
        .len()
    };
    let entry =
        |text: &str, section: &str| format!("      - {{text: {text}, abschnitt: {section}}}\n");
    let [a, b, c] = [entry("A", "eins"), entry("B", "zwei"), entry("C", "hf-drei")];
    assert_eq!(files(&format!("{a}{b}{c}")), 0);
    assert_eq!(files(&format!("{a}{b}")), 1);
    assert_eq!(files(&format!("{a}{b}{c}{}", entry("D", "vier"))), 1);
    assert_eq!(files(&format!("{a}{b}{c}      - D\n")), 1);
    // Without the key, titles that announce sections.
    let titles =
        "      - Arbeit vermitteln\n      - Langzeitbezug verringern\n      - Jugend begleiten\n";
    assert_eq!(files(titles), 0);
    assert_eq!(files(&format!("{titles}      - Familien beraten\n")), 1);
    assert_eq!(files("      - A\n      - B\n      - Jugend begleiten\n"), 0);
}

#[test]
fn fields_measures_and_captions_are_looked_for_in_the_document() {
    let field = [("daten.yaml", "handlungsfelder:\n  - {id: f, titel: Feld, ziel: Ein Ziel.}\n")];
    assert_eq!(found("massnahme-ohne-ort", "", &field).len(), 1);
    let data = "massnahmen:\n  - {id: a, name: Arbeitsgelegenheit (AGH), eintritte: 7}\n  - {id: b, name: Lotsen, eintritte: 8}\n";
    let with = |text: &str| {
        found("massnahme-ohne-ort", "", &[("daten.yaml", data), ("kapitel/einleitung.md", text)])
            .len()
    };
    assert_eq!(with("Keine von beiden.\n"), 2);
    assert_eq!(with("AGH und [8](zahl:massnahmen.b.eintritte) Menschen.\n"), 0);
    let text = "# Eins\n\n## Ziele\n\nText.\n\n# Zwei\n\n## Ziele\n\nText.\n";
    let twice = "# Eins\n\n## Ziele\n\nText.\n\n## Ziele\n\nText.\n";
    for (text, count) in [(text, 0), (twice, 1)] {
        let files = [("kapitel/einleitung.md", text)];
        assert_eq!(found("beschriftung-doppelt", "", &files).len(), count);
    }
}

#[test]
fn titles_of_strategies_are_compared() {
    let count = |title: &str, heading: &str| {
        let data = format!(
            "handlungsfelder:\n  - id: f\n    titel: Feld\n    text: hf-f\n    strategien:\n      - {{id: a, titel: \"{title}\"}}\n"
        );
        let text = format!("# {heading}\n\nText.\n");
        found("titel-verschieden", "", &[("daten.yaml", &data), ("kapitel/hf-f.md", &text)]).len()
    };
    assert_eq!(count("Betriebe als Partner gewinnen", "[](strategie:f.a)"), 0);
    assert_eq!(count("Betriebe als Partner gewinnen", "Betriebe als Partner gewinnen"), 0);
    assert_eq!(count("Betriebe als Partner gewinnen", "Betriebe als Kunden gewinnen"), 1);
    assert_eq!(count("Betriebe als Partner gewinnen", "Ganz anderes Thema"), 0);
}

#[test]
fn the_dated_law_is_read_and_its_versions_follow_each_other() {
    let bounds = amip::law::bounds();
    assert!(bounds.len() >= 5 && amip::law::bodies().len() >= 9);
    for bound in bounds {
        assert!(bound.value.parse::<rust_decimal::Decimal>().is_ok(), "{bound:?}");
        assert!(bound.until.as_ref().is_none_or(|until| *until > bound.from), "{bound:?}");
    }
    let sections = |day: &str| amip::law::bound("foerdergrenze", day).map(|one| one.sections.len());
    assert_eq!(sections("2012-01-01"), None);
    assert_eq!(sections("2016-01-01"), Some(2));
    assert_eq!(sections("2021-01-01"), Some(3));
    assert_eq!(sections("2024-01-01"), None);
}

#[test]
fn services_with_a_cap_are_added_by_their_legal_basis() {
    let count = |law: &str, year: &str| {
        let data = format!(
            "werte:\n  - {{id: egt, bezeichnung: EGT, wert: 1.000.000 €}}\nmassnahmen:\n  - {{id: a, name: A, rechtsgrundlage: {law}, mittelansatz: 150.000 €}}\n  - {{id: b, name: Freie Förderung (§ 16f SGB II), mittelansatz: 90.000 €}}\n"
        );
        let main = "  eckwerte: {eingliederungstitel: werte.egt}\n";
        let folder = tempfile::tempdir().expect("folder");
        let head = MAIN.replace("2027", year);
        std::fs::write(folder.path().join("programm.yaml"), format!("{head}{main}"))
            .expect("write");
        std::fs::write(folder.path().join("daten.yaml"), data).expect("write");
        let findings = load(folder.path()).findings;
        findings.iter().filter(|finding| finding.code == "foerdergrenze").count()
    };
    assert_eq!(count("§ 16e SGB II", "2021"), 1);
    assert_eq!(count("§ 16h Abs. 1 SGB II", "2021"), 1);
    assert_eq!(count("§ 16h SGB II", "2016"), 0);
    assert_eq!(count("§ 16i SGB II", "2021"), 0);
    assert_eq!(count("§ 16 Abs. 1 SGB II i. V. m. § 16e SGB II", "2021"), 0);
    assert_eq!(count("§ 16e SGB II", "2027"), 0);
}
