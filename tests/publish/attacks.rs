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

#[test]
fn typed_percentages_are_calculated_back() {
    // Of the total below, of the row above, of the column beside, as a change, and in rows of their own.
    let share = "      - {id: p, titel: Anteil, einheit: \"%\", personen: nein}\n";
    let two = "      - {id: z, titel: Personen 2025, art: zahl}\n";
    let cases = [
        (
            format!("{COUNT}{share}"),
            vec![
                "{id: a, zellen: {g: A, n: 2, p: \"5,0 %\"}}",
                "{id: b, zellen: {g: B, n: 38, p: \"95,0 %\"}}",
                "{id: s, art: summe, zellen: {g: Summe, n: 40, p: \"100,0 %\"}}",
            ],
        ),
        (
            format!("{COUNT}{share}"),
            vec![
                "{id: w, zellen: {g: W, n: 40}}",
                "{id: a, art: darunter, zellen: {g: A, n: 2, p: \"5,0 %\"}}",
            ],
        ),
        (
            format!("{COUNT}{two}{share}"),
            vec![
                "{id: a, zellen: {g: A, n: 2, z: 40, p: \"5,0 %\"}}",
                "{id: b, zellen: {g: B, n: 7, z: 50, p: \"14,0 %\"}}",
            ],
        ),
        (
            format!("{COUNT}{two}{share}"),
            vec![
                "{id: a, zellen: {g: A, n: 2, z: 40, p: \"-95,0 %\"}}",
                "{id: b, zellen: {g: B, n: 60, z: 50, p: \"20,0 %\"}}",
            ],
        ),
        (
            format!("{COUNT}{two}"),
            vec![
                "{id: a, zellen: {g: A, n: 2, z: 40}}",
                "{id: s, zellen: {g: B, n: 40, z: 50}}",
                "{id: p, zellen: {g: Anteil in %, n: {wert: \"5,0 %\"}, z: {wert: \"80,0 %\"}}}",
            ],
        ),
    ];
    for (columns, rows) in cases {
        let found = hidden(&[("daten.yaml", &table(&columns, &rows)), TEXT]);
        assert!(found.contains("kunden.a.n"), "{rows:?}: {found:?}");
        let others: Vec<&String> =
            found.iter().filter(|path| path.as_str() != "kunden.a.n").collect();
        assert!(!others.is_empty(), "{rows:?}");
    }
    // A percentage of something else hides nothing: 2 of 40 are no 7,3 %.
    let rows = [
        "{id: a, zellen: {g: A, n: 2, p: \"7,3 %\"}}",
        "{id: b, zellen: {g: B, n: 38, p: \"12,9 %\"}}",
    ];
    let found = hidden(&[("daten.yaml", &table(&format!("{COUNT}{share}"), &rows)), TEXT]);
    assert_eq!(found.into_iter().collect::<Vec<_>>(), ["kunden.a.n"]);
}

#[test]
fn compounds_count_persons_only_if_they_name_them_last() {
    let of = |title: &str| {
        let yaml = format!(
            "tabellen:\n  - id: kunden\n    titel: Übersicht\n    spalten:\n      - {{id: g, titel: Ort}}\n      - {{id: n, titel: {title}, art: zahl}}\n    zeilen:\n      - {{id: a, zellen: {{g: Ost, n: 2}}}}\n"
        );
        let (_, secrecy) = secrecy_of(&[("daten.yaml", &yaml), TEXT], &[]);
        let asked = secrecy.findings.iter().any(|finding| finding.code == "geheimhaltung-unklar");
        (!secrecy.secret.is_empty(), asked)
    };
    for title in [
        "Kunden",
        "Kundinnen und Kunden",
        "Kundenzahl",
        "Teilnehmende",
        "Teilnehmerinnen",
        "Arbeitslosenbestand",
        "Integrationen",
        "Langzeitarbeitslose",
        "TeilnehmerInnen",
        "Beschäftigte",
    ] {
        assert_eq!(of(title), (true, false), "{title}");
    }
    for title in ["Kundenkontakte", "Integrationskurse", "Kundenzentren", "Kindertagesstätten"] {
        assert!(!of(title).0, "{title}");
    }
}

#[test]
fn columns_are_private_by_any_part_of_their_names() {
    let of = |column: &str, value: &str| {
        let id = column["{id: ".len()..].split(',').next().unwrap_or_default();
        let yaml = format!(
            "tabellen:\n  - id: kunden\n    titel: Kurse\n    spalten:\n      - {{id: g, titel: Kurs}}\n      - {column}\n    zeilen:\n      - {{id: a, zellen: {{g: A, {id}: {value}}}}}\n"
        );
        let (loaded, _) = secrecy_of(&[("daten.yaml", &yaml), TEXT], &[]);
        let internal = amip::publish::internal::of(&loaded.programme);
        internal.tables[0].columns[1].is_some()
    };
    for (column, value) in [
        ("{id: preis_2027, titel: P, einheit: \"€\"}", "1.850 €"),
        ("{id: spalte, titel: Preis je Platz, einheit: \"€\"}", "1.850 €"),
        ("{id: spalte, titel: Stückpreis, einheit: \"€\"}", "1.850 €"),
        ("{id: spalte, titel: Anbieter (geplant)}", "Muster gGmbH"),
        ("{id: anbieter_ort, titel: Wer}", "Muster gGmbH"),
    ] {
        assert!(of(column, value), "{column}");
    }
    for (column, value) in [
        ("{id: spalte, titel: Zahl der Anbieter, art: zahl}", "12"),
        ("{id: spalte, titel: Preisgruppe}", "B"),
        ("{id: spalte, titel: Stückpreis, einheit: \"€\", intern: nein}", "1.850 €"),
    ] {
        assert!(!of(column, value), "{column}");
    }
}

#[test]
fn numbers_are_found_however_they_are_set() {
    use amip::publish::proof::numbers::met;
    let found = |text: &str, number: &str| met(text, true).contains(number);
    for text in ["47.119 €", "47 119 €", "EUR47119", "47119EUR", "x47.119,", "(47\u{a0}119)"] {
        assert!(found(text, "47119"), "{text}");
    }
    assert!(found("1 247 119 Euro", "1247119"));
    assert!(!found("2026 119", "2026119"));
    assert!(!found("12 3456", "123456"));
    assert!(!found("c47119ab", "47119"), "a checksum");
    assert!(!met("47 119", false).contains("47119"), "two cells of a page");
}

#[test]
fn sums_are_found_whatever_they_are_called() {
    let three = |names: [&str; 3]| {
        let columns = names
            .iter()
            .enumerate()
            .map(|(at, name)| format!("      - {{id: c{at}, titel: {name}, art: zahl}}\n"));
        columns.collect::<String>()
    };
    let row = |cells: [&str; 3]| {
        format!("{{id: a, zellen: {{g: A, c0: {}, c1: {}, c2: {}}}}}", cells[0], cells[1], cells[2])
    };
    let other = "{id: b, zellen: {g: B, c0: 90, c1: 40, c2: 50}}";
    let halves = "{id: b, zellen: {g: B, c0: 40, c1: 50, c2: 90}}";
    let change = "{id: b, zellen: {g: B, c0: 50, c1: 40, c2: 10}}";
    let product = "{id: b, zellen: {g: B, c0: 30, c1: 50, c2: 1.500}}";
    let cases = [
        (three(["Bestand", "Frauen", "Männer"]), vec![row(["33", "2", "31"]), other.into()]),
        (
            three(["1. Halbjahr", "2. Halbjahr", "Jahr"]),
            vec![row(["2", "31", "33"]), halves.into()],
        ),
        (three(["2026", "2025", "Veränderung"]), vec![row(["2", "10", "-8"]), change.into()]),
        (three(["Personen", "je Person", "Kosten"]), vec![row(["2", "50", "100"]), product.into()]),
        (
            COUNT.to_owned(),
            vec![
                "{id: s, zellen: {g: Erwerbsfähige, n: 33}}".to_owned(),
                "{id: a, zellen: {g: davon Frauen, n: 2}}".to_owned(),
                "{id: b, zellen: {g: davon Männer, n: 31}}".to_owned(),
            ],
        ),
        (
            COUNT.to_owned(),
            vec![
                "{id: x, zellen: {g: Frauen unter 25, n: 20}}".to_owned(),
                "{id: y, zellen: {g: Frauen ab 25, n: 31}}".to_owned(),
                "{id: z, zellen: {g: Frauen insgesamt, n: 51}}".to_owned(),
                "{id: a, zellen: {g: Männer unter 25, n: 2}}".to_owned(),
                "{id: b, zellen: {g: Männer ab 25, n: 50}}".to_owned(),
                "{id: s, zellen: {g: Männer insgesamt, n: 52}}".to_owned(),
            ],
        ),
    ];
    for (columns, rows) in cases {
        let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
        let found = hidden(&[("daten.yaml", &table(&columns, &rows)), TEXT]);
        assert!(found.iter().any(|path| path.starts_with("kunden.a.")), "{rows:?}: {found:?}");
        assert!(found.len() > 1, "{rows:?}: {found:?}");
    }
}

#[test]
fn an_adjusted_share_does_not_free_the_others() {
    let share = "      - {id: p, titel: Anteil, einheit: \"%\", personen: nein}\n";
    let rows = [
        "{id: a, zellen: {g: A, n: 2, p: \"3,1 %\"}}",
        "{id: b, zellen: {g: B, n: 31, p: \"48,4 %\"}}",
        // 31 of 64 are 48,4 %; the column was made to add up to 100.
        "{id: c, zellen: {g: C, n: 31, p: \"48,5 %\"}}",
        "{id: s, art: summe, zellen: {g: Summe, n: 64}}",
    ];
    let found = hidden(&[("daten.yaml", &table(&format!("{COUNT}{share}"), &rows)), TEXT]);
    assert!(found.contains("kunden.a.p"), "{found:?}");
}

#[test]
fn a_total_that_would_tell_of_an_internal_row_goes_and_the_rows_stay() {
    let yaml = "tabellen:\n  - id: kunden\n    titel: Mittel\n    spalten:\n      - {id: g, titel: Posten}\n      - {id: n, titel: Betrag, einheit: \"€\"}\n    zeilen:\n      - {id: a, zellen: {g: Kurse, n: 500.000 €}}\n      - {id: b, zellen: {g: Beratung, n: 300.000 €}}\n      - {id: r, intern: ja, zellen: {g: Reserve, n: 90.000 €}}\n      - {id: s, art: summe, zellen: {g: Summe}}\n";
    let found = hidden(&[("daten.yaml", yaml), TEXT]);
    assert_eq!(found.into_iter().collect::<Vec<_>>(), ["kunden.s.n"]);
}

#[test]
fn small_counts_in_texts_are_asked_about() {
    use amip::publish::secrecy::told;
    let asked = |text: &str| {
        let yaml = table(COUNT, &["{id: a, zellen: {g: A, n: 20}}"]);
        let (loaded, _) =
            secrecy_of(&[("daten.yaml", &yaml), ("kapitel/einleitung.md", text)], &[]);
        let internal = amip::publish::internal::of(&loaded.programme);
        let nothing = std::collections::BTreeSet::new();
        let public = amip::publish::model::build(&loaded.programme, &internal, &nothing);
        told::findings(&loaded.programme, public.programme()).len()
    };
    for text in [
        "Auf der Insel sind es nur 2 Personen.",
        "Zwei Geflüchtete haben begonnen.",
        "Davon waren 1 junger Mensch und andere.",
        "| Gruppe | Personen |\n|---|---|\n| Insel | 2 |\n",
        "| Gruppe | Personen |\n|---|---|\n| Insel | 2 (6 %) |\n",
        "Geflüchtete (2) und andere.",
        "Das sind, in Personen: 2.",
        "Nur eine Kundin hat begonnen.",
        "Es waren lediglich 1–2 Personen.",
        "Von den Geflüchteten nahmen nur 2 teil.",
        "Die Zahl der Frauen sank auf 2.",
        "Zwei der Kundinnen haben begonnen.",
        "Es waren 2 von 40 Teilnehmenden.",
        "Eine einzige Kundin hat begonnen.",
        "Eine Person wurde vermittelt.",
        "Beraten wurden 2 Ukrainerinnen.",
        "Es waren 2 Azubis.",
    ] {
        assert_eq!(asked(text), 1, "{text}");
    }
    for text in [
        "Nach § 2 sind Menschen zu beraten.",
        "Es sind 12 Personen und 2,5 Stellen für Kundinnen.",
        "Die Stufe 2 Personen ansprechen.",
        "Genau [2](frei:) Personen sind zu wählen.",
        "Zwei Kurse, drei Teilnehmende.",
        "Es gibt zwei Wege für Kundinnen und Kunden.",
        "Nach 2 Jahren haben Kundinnen Anspruch.",
        "Die 2 Teams für Jugendliche.",
        "Zwei Drittel der Kundinnen.",
        "Ein Schlüssel von 1 zu 75 Personen und 1 % Personen.",
        "Schwerpunkt 2 Jugendliche erreichen.",
        "> **Intern**\n>\n> Nur 2 Personen.\n\nText.",
        "Eine Kundin oder ein Kunde wird beraten.",
        "Geflüchtete lernen nur 2 Wochen lang.",
        "Personen werden nur in 2–4 Kursen gefördert.",
        "Eine Bedarfsgemeinschaft besteht im Schnitt aus 2 Personen.",
        "Alleinerziehende mit 2 Kindern, Familien ab 2 Kindern.",
        "Gefördert werden 2 Personen je Betrieb.",
        "Es sind mindestens 2 Personen und höchstens zwei Teilnehmende nötig.",
        "Für das Projekt sind 2 Teilnehmende geplant.",
        "Betriebe mit mehr als zwei Beschäftigten.",
        "Eine Person kann zwei Anträge stellen.",
        "Je Fachkraft werden 2 Personen betreut.",
    ] {
        assert_eq!(asked(text), 0, "{text}");
    }
}

#[test]
fn dates_are_no_numbers_that_could_be_found() {
    use amip::publish::texts::numbers_in;
    assert!(numbers_in("am 25.11.2026 und am 1.3.26").is_empty());
    assert_eq!(numbers_in("1.234.567,89 und 25.112"), ["123456789", "25112"]);
}

#[test]
fn a_number_said_to_be_free_is_not_an_internal_one() {
    use amip::publish::secrecy::told;
    let yaml = "werte:\n  - {id: a, bezeichnung: Reserve, wert: 913 €, intern: ja}\n";
    let text = "Es bleiben [913 €](frei:) und [914 €](frei:).\n\n> **Intern**\n>\n> Genau [913 €](frei:).\n";
    let (loaded, _) = secrecy_of(&[("daten.yaml", yaml), ("kapitel/einleitung.md", text)], &[]);
    let programme = &loaded.programme;
    let internal = amip::publish::internal::of(programme);
    let public =
        amip::publish::model::build(programme, &internal, &std::collections::BTreeSet::new());
    let silent = internal.figures.keys().copied().collect();
    let passages = told::passages(programme, public.programme());
    assert_eq!(told::free(programme, &passages, &silent).len(), 1);
}

#[test]
fn what_only_sounds_internal_stays() {
    use amip::tree::{Block, BoxKind, walk};
    for (text, internal) in [
        ("> **Interne Revision** prüft die Verfahren.\n", false),
        ("> Interne Abläufe werden schneller.\n", false),
        ("> **Unsere internen Abläufe** sind klar.\n", false),
        ("> **Interne Anmerkung** Bitte prüfen.\n", true),
        ("> **Nur intern** Bitte prüfen.\n", true),
        ("> **Ziel** Gut.\n>\n> **Intern** Bitte prüfen.\n", true),
    ] {
        let (loaded, _) = secrecy_of(&[("kapitel/einleitung.md", text)], &[]);
        let mut found = false;
        walk::blocks(&loaded.programme.texts["einleitung"].blocks, &mut |block| {
            found |= matches!(block, Block::Boxed { kind: BoxKind::Internal, .. });
        });
        assert_eq!(found, internal, "{text}");
    }
}

#[test]
fn things_in_statistics_are_no_persons() {
    let yaml = |head: &str| {
        format!(
            "tabellen:\n  - id: kunden\n    titel: Eckdaten\n    quelle: Statistik der Bundesagentur für Arbeit\n    berichtsmonat: 2026-06\n    spalten:\n      - {{id: g, titel: Ort}}\n      - {{id: n, titel: {head}, art: zahl}}\n    zeilen:\n      - {{id: a, zellen: {{g: Nord, n: 2}}}}\n"
        )
    };
    for head in ["gemeldete Arbeitsstellen", "Standorte", "Dauer in Monaten", "Vergleichstyp"] {
        assert!(hidden(&[("daten.yaml", &yaml(head)), TEXT]).is_empty(), "{head}");
    }
    assert_eq!(hidden(&[("daten.yaml", &yaml("Juni 2026")), TEXT]).len(), 1);
}

#[test]
fn a_mark_within_a_text_is_no_box_and_is_found() {
    use amip::publish::{gate, internal, model};
    let found = |text: &str| {
        let (loaded, secrecy) = secrecy_of(&[("kapitel/einleitung.md", text)], &[]);
        let programme = &loaded.programme;
        let internal = internal::of(programme);
        let public = model::build(programme, &internal, &std::collections::BTreeSet::new());
        let empty = std::collections::BTreeMap::new();
        let all = gate::open_matters(programme, public.programme(), &internal, &secrecy, &empty);
        all.iter().filter(|finding| finding.code == "intern-im-text").count()
    };
    for text in [
        "> **Hinweis** Die Planung steht.\n> **Intern** Der Beirat will kündigen.\n",
        "**Intern:** Der Beirat will kündigen.\n",
        "- **Intern** Der Beirat will kündigen.\n",
        "Intern: Der Beirat will kündigen.\n",
    ] {
        assert_eq!(found(text), 1, "{text}");
    }
    for text in ["Intern wird viel geprüft.\n", "> **Intern** Geheim.\n\nText.\n"] {
        assert_eq!(found(text), 0, "{text}");
    }
}

#[test]
fn totals_in_charts_and_sentences_are_totals() {
    let bars = "werte:\n  - {id: a, bezeichnung: Geflüchtete, wert: 2 Personen}\n  - {id: b, bezeichnung: Andere, wert: 31 Personen}\n  - {id: s, bezeichnung: Insgesamt, wert: 33 Personen}\nschaubilder:\n  - id: c\n    art: balken\n    titel: Personen\n    alternativtext: Balken für Geflüchtete, andere und alle zusammen.\n    reihen: [Personen]\n    kategorien:\n      - {bezeichnung: Geflüchtete, werte: [werte.a]}\n      - {bezeichnung: Andere, werte: [werte.b]}\n      - {bezeichnung: Alle, werte: [werte.s]}\n";
    let text = ("kapitel/einleitung.md", "Text.\n\n<!-- amip:schaubild c -->\n");
    let found = hidden(&[("daten.yaml", bars), text]);
    assert!(found.contains("werte.a") && found.len() > 1, "{found:?}");

    let rows = ["{id: a, zellen: {g: A, n: 2}}", "{id: b, zellen: {g: B, n: 31}}"];
    let yaml = format!(
        "werte:\n  - {{id: s, bezeichnung: Alle, wert: 33 Personen}}\n{}",
        table(COUNT, &rows)
    );
    let text =
        ("kapitel/einleitung.md", "Es sind [](zahl:werte.s).\n\n<!-- amip:tabelle kunden -->\n");
    let found = hidden(&[("daten.yaml", &yaml), text]);
    assert!(found.contains("kunden.b.n") || found.contains("werte.s"), "{found:?}");
}
