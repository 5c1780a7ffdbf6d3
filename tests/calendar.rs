// SPDX-License-Identifier: EUPL-1.2
//! Dates in running text.

use amip::check::calendar::{Written, dates, impossible, read};

fn shown(text: &str) -> Vec<String> {
    let date = |date: Written| match date.date() {
        Some(known) => known.to_string(),
        None if date.exists() => "ohne Jahr".to_owned(),
        None => "gibt es nicht".to_owned(),
    };
    dates(text).into_iter().map(date).collect()
}

#[test]
fn dates_are_found_in_all_notations() {
    for (text, expected) in [
        ("vom 01.03.2016 bis 1. März 2017", &["01.03.2016", "01.03.2017"] as &[&str]),
        ("am 1.3.16.", &["01.03.2016"]),
        ("Juni 2019 (vorläufig)", &["Juni 2019"]),
        ("Berichtsmonat: 05/2019", &["Mai 2019"]),
        ("2015/16, 2015/2016 und 2018-2019", &["2016", "2016", "2018", "2019"]),
        ("am 31.06. und am 30.06.", &["gibt es nicht", "ohne Jahr"]),
        ("31.02.2026, 29.02.2028", &["gibt es nicht", "29.02.2028"]),
        ("31. September und 29. Februar 2027", &["gibt es nicht", "gibt es nicht"]),
        ("2026-11-31", &["gibt es nicht"]),
        ("Kapitel 5.8.2 und 1.2. sowie 2.016 Personen, 2.000,00 €, 2020 €", &[]),
        ("IAB-Kurzbericht 18/2019, COVID2020", &[]),
    ] {
        assert_eq!(shown(text), expected, "{text}");
    }
}

#[test]
fn what_looks_like_a_date_and_is_none_is_told_from_words() {
    for text in ["2026-13", "2026-11-31", "31.11.2026", "13/2026", "31.11.", "31. Juni 2026"] {
        assert!(impossible(text), "{text}");
    }
    for text in [
        "2026",
        "2026-11",
        "Sommer 2020",
        "Herbst",
        "laufend",
        "20.11.2026",
        "2015/2016",
        "1. Quartal",
    ] {
        assert!(!impossible(text), "{text}");
    }
    assert_eq!(
        read("Juni 2019 (soweit)").map(|date| date.to_string()).as_deref(),
        Some("Juni 2019")
    );
}
