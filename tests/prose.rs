// SPDX-License-Identifier: EUPL-1.2
//! Running text: its places, its numbers, and what sentences say about figures.

use amip::check::numbers::{self, Status};
use amip::diag::Severity::{Note, Warning};
use amip::diag::{Finding, Sources};
use amip::tree::passage::Passage;
use amip::tree::reader::{Place, passages};

use crate::support::{SAMPLES, found_in, sample, sources_of};

fn read(text: &str) -> (Sources, Vec<Passage>) {
    let mut sources = Sources::default();
    let file = sources.add("text.md", text);
    let found = passages(sources.text(file), Place::File(file));
    (sources, found)
}

/// Every word of every text stands where its passage says.
#[test]
fn words_of_the_samples_stand_where_passages_say() {
    for name in SAMPLES {
        let sources = sources_of(name);
        let mut words = 0;
        for passage in &sample(name).programme.passages {
            let mut at = 0;
            for word in passage.text.split(' ').filter(|word| word.chars().count() > 3) {
                let start = at + passage.text[at..].find(word).expect("the word");
                at = start + word.len();
                let there = sources.slice(passage.span(&(start..at)));
                // Emphasis within a word is the only thing that may stand between its letters.
                let plain = there.replace(['*', '\\', '[', ']'], "");
                let written = word.replace('*', "");
                assert!(
                    plain == written
                        || plain.starts_with(&written)
                        || there.contains("](")
                        || there.contains("[^"),
                    "{name}: „{word}“ is not „{there}“"
                );
                words += 1;
            }
        }
        assert!(words > 1000, "{name}: {words}");
    }
}

#[test]
fn places_survive_markup_and_folded_values() {
    let (sources, found) = read(
        "Ein **fetter** Satz\nmit [39 %](zahl:werte.a) &amp; Kund*innen.\n\n- erstens\n- zweitens\n",
    );
    let texts: Vec<&str> = found.iter().map(|passage| passage.text.as_str()).collect();
    assert_eq!(texts, ["Ein fetter Satz mit 39 % & Kund*innen.", "erstens", "zweitens"]);
    for word in ["fetter", "39 %", "Kund*innen"] {
        let at = found[0].text.find(word).expect("word");
        assert_eq!(sources.slice(found[0].span(&(at..at + word.len()))), word);
    }
    let data = "ziel: >-\n  Im Jahr 2027\n  gelingt es.\n";
    let mut sources = Sources::default();
    let file = sources.add("d.yaml", data);
    let span = amip::diag::Span::new(file, 6..data.len());
    let value = "Im Jahr 2027 gelingt es.";
    let mut found = passages(value, Place::Value(span));
    found[0].anchor(value, sources.slice(span));
    let at = value.find("gelingt").expect("word");
    assert_eq!(sources.slice(found[0].span(&(at..at + 7))), "gelingt");
}

/// Numbers of a text that are free, as they are written.
fn free(text: &str) -> Vec<String> {
    let loaded = crate::support::loaded(&[("kapitel/einleitung.md", text)]);
    numbers::all(&loaded.programme)
        .iter()
        .filter(|number| matches!(number.status, Status::Free(_)))
        .map(|number| number.text().to_owned())
        .collect()
}

#[test]
fn figures_are_told_from_years_paragraphs_and_names() {
    for text in [
        "Im Jahr 2027, 2015 bis 2018, 2019/2020 und am 17.12.2026.",
        "Seit dem 1. Juli 2026 und dem 31. Dezember.",
        "Nach § 16 Abs. 1 Satz 2 Nr. 5 SGB II i. V. m. §§ 88, 89, 91 und 92 SGB III.",
        "Das Team U 25, K1, EU-8, 50plus, Tabelle 3, Kapitel 5.1 und Anlage 2.",
        "In der 2. Stufe ab dem 14. Lebensmonat, von 8:30 Uhr an, 24/7.",
        "Menschen ab 55 Jahren und unter 25 Jahren, höchstens 24 Monate.",
        "Musterstraße 12, 01234 Musterstadt.",
    ] {
        assert_eq!(free(text), Vec::<String>::new(), "{text}");
    }
    for (text, wanted) in [
        ("Rund 2.500 Menschen in 12 Projekten.", vec!["Rund 2.500 Menschen", "12 Projekten"]),
        ("Es sind 39,53 Mio. € und mehr als 12 %.", vec!["39,53 Mio. €", "mehr als 12 %"]),
        ("Im Jahr 2027 2.100 Fälle; 60 bis 150 Plätze.", vec!["2.100 Fälle", "60 bis 150 Plätze"]),
        (
            "Gut ein Drittel, mehr als die Hälfte, verdoppelt.",
            vec!["Gut ein Drittel", "mehr als die Hälfte", "verdoppelt"],
        ),
        ("Das Verhältnis ist 1:75.", vec!["1:75"]),
    ] {
        let found = free(text);
        let short: Vec<&str> = found.iter().map(String::as_str).collect();
        assert_eq!(short, wanted, "{text}");
    }
}

fn codes(data: &str, text: &str) -> Vec<&'static str> {
    let found: Vec<Finding> = found_in(&[("daten.yaml", data), ("kapitel/einleitung.md", text)]);
    found.iter().map(|finding| finding.code).collect()
}

const ELB: &str = "werte:\n  - {id: elb, bezeichnung: eLb im Bestand, wert: \"9.290\", vorjahr: \"9.440\"}\n  - {id: neu, bezeichnung: Veränderung der eLb, wert: \"= veraenderung(elb, elb.vorjahr)\"}\n";

#[test]
fn words_of_direction_are_held_against_the_figures() {
    for text in [
        "Der Bestand ist auf [9.290](zahl:werte.elb) gestiegen.",
        "Der Bestand stieg von [9.440](zahl:werte.elb.vorjahr) auf [9.290](zahl:werte.elb).",
        "Der Bestand blieb unverändert bei, von [9.440](zahl:werte.elb.vorjahr) auf [9.290](zahl:werte.elb) gehalten.",
        "Um [1,6 %](zahl:werte.neu) ist der Bestand gewachsen.",
        "Der Bestand wächst auf [9.290](zahl:werte.elb) (VJ [9.440](zahl:werte.elb.vorjahr)).",
    ] {
        assert!(codes(ELB, text).contains(&"richtung"), "{text}");
    }
    for text in [
        "Der Bestand ist auf [9.290](zahl:werte.elb) gesunken.",
        "Der Bestand ist nicht auf [9.290](zahl:werte.elb) gestiegen.",
        "Der Bestand sank von [9.440](zahl:werte.elb.vorjahr) auf [9.290](zahl:werte.elb), die Kosten sind gestiegen.",
        "Um [1,6 %](zahl:werte.neu) ist der Bestand gesunken.",
        "Im Bestand sind [9.290](zahl:werte.elb), der Bedarf ist gestiegen.",
    ] {
        assert!(!codes(ELB, text).contains(&"richtung"), "{text}");
    }
}

#[test]
fn counted_lists_are_counted() {
    for text in [
        "Es gibt drei Ziele:\n\n- a\n- b\n",
        "Die meisten kommen aus vier Ländern: Syrien, Irak und Ukraine.",
        "Das Jobcenter hat 3 neue Teams:\n\n1. a\n2. b\n3. c\n4. d\n",
    ] {
        assert!(codes("", text).contains(&"anzahl"), "{text}");
    }
    for text in [
        "Es gibt zwei Ziele:\n\n- a\n- b\n",
        "Die meisten kommen aus drei Ländern: Syrien, Irak und Ukraine.",
        "In drei Jahren soll gelten:\n\n- a\n- b\n",
        "Drei von vier Zielen sind erreicht:\n\n- a\n- b\n",
        "Nach zwei Monaten: Wer dann kommt, geht, bleibt oder sucht.",
        "Drei Städte: Essen, Köln und Bonn sowie Neuss.",
    ] {
        assert!(!codes("", text).contains(&"anzahl"), "{text}");
    }
}

#[test]
fn a_free_number_near_a_figure_is_named() {
    let data = "werte:\n  - {id: a, bezeichnung: geplante Integrationen, wert: \"2.210\"}\n  - {id: b, bezeichnung: Mittel für Integrationen, wert: \"1,25 Mio. €\"}\n";
    let weight = |text: &str| {
        let found = found_in(&[("daten.yaml", data), ("kapitel/einleitung.md", text)]);
        let found: Vec<Finding> =
            found.into_iter().filter(|finding| finding.code == "zahl-frei").collect();
        found.first().map(|finding| (finding.severity, finding.is_open()))
    };
    assert_eq!(weight("Geplant sind 2.210 Integrationen."), Some((Note, false)));
    assert_eq!(weight("Geplant sind 2.120 Integrationen."), Some((Warning, true)));
    assert_eq!(weight("Geplant sind 2.310 Integrationen."), Some((Warning, true)));
    assert_eq!(weight("Für Integrationen gibt es 1,25 T€."), Some((Warning, true)));
    assert_eq!(weight("Für Integrationen gibt es 1.250.000 €."), Some((Note, false)));
    // Another thing, another number, and one that is said to be free.
    assert_eq!(weight("Am Lauf nahmen 2.310 Menschen teil."), None);
    assert_eq!(weight("Geplant sind 3.340 Integrationen."), None);
    assert_eq!(weight("Geplant sind [2.310](frei:) Integrationen."), None);
}

#[test]
fn the_likely_cause_is_named() {
    let table = |stated: &str| {
        format!(
            "tabellen:\n  - id: t\n    titel: T\n    spalten:\n      - {{id: was, titel: Was}}\n      - {{id: plan, titel: Plan, art: zahl}}\n    zeilen:\n      - {{zellen: {{was: Eins, plan: \"1.200\"}}}}\n      - {{zellen: {{was: Zwei, plan: \"345\"}}}}\n      - {{zellen: {{was: Drei, plan: (80)}}}}\n      - {{art: summe, zellen: {{was: Summe, plan: {{angegeben: \"{stated}\"}}}}}}\n"
        )
    };
    for (stated, cause) in [
        ("1.554", "vertauscht"),
        ("1.546", "Ziffer"),
        ("1.200", "vergessen"),
        ("1.890", "doppelt gezählt"),
        ("1.625", "zählt aber nicht mit"),
        ("1.545.000", "Tausendfache"),
    ] {
        let found = found_in(&[
            ("d.yaml", &table(stated)),
            ("kapitel/einleitung.md", "<!-- amip:tabelle t -->"),
        ]);
        let total = found.iter().find(|finding| finding.code == "summe").expect("the finding");
        assert!(total.hints.iter().any(|hint| hint.contains(cause)), "{stated}: {:?}", total.hints);
    }
}

#[test]
fn acknowledged_words_and_weights() {
    let text = "Es gibt drei Ziele:\n\n- a\n- b\n";
    let with = |data: &str| found_in(&[("d.yaml", data), ("kapitel/einleitung.md", text)]);
    let open = |found: &[Finding]| found.iter().filter(|finding| finding.is_open()).count();
    assert_eq!(open(&with("")), 1);
    let data = "anerkennungen:\n  - {regel: anzahl, stelle: Es gibt drei Ziele, grund: das dritte folgt}\n";
    let found = with(data);
    assert_eq!(open(&found), 0);
    assert_eq!(found[0].acknowledged.as_deref(), Some("das dritte folgt"));
    let other = with("anerkennungen:\n  - {regel: anzahl, stelle: Es gibt vier Ziele, grund: x}\n");
    assert_eq!(open(&other), 1);
    assert!(other.iter().any(|finding| finding.code == "anerkennung-ohne-anlass"));
}

#[test]
fn a_measure_has_one_budget() {
    let data = |amount: &str| {
        format!(
            "massnahmen:\n  - {{id: eq, name: Einstiegsqualifizierung (EQ), eintritte: \"50\", mittelansatz: 100.000 €}}\ntabellen:\n  - id: t\n    titel: T\n    spalten:\n      - {{id: was, titel: Maßnahme}}\n      - {{id: geld, titel: Mittelansatz 2027, art: zahl, einheit: €}}\n    zeilen:\n      - {{zellen: {{was: Einstiegsqualifizierung (EQ), geld: {amount}}}}}\n      - {{zellen: {{was: Praktikum, geld: 20.000 €}}}}\n"
        )
    };
    let text = "<!-- amip:tabelle t -->\n\n[](massnahme:eq)\n";
    assert!(codes(&data("75.000 €"), text).contains(&"zwei-eintraege"));
    assert!(!codes(&data("100.000 €"), text).contains(&"zwei-eintraege"));
}
