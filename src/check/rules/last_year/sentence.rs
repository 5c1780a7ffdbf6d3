// SPDX-License-Identifier: EUPL-1.2
//! Whether a sentence plans for a year that is over.
//!
//! Not here: titles and tables.

use super::Year;
use crate::check::{calendar, prose};
use crate::model::Programme;

/// Verbs and phrases that speak about what is to come.
const FUTURE: &[&str] = &[
    "wird",
    "werden",
    "soll",
    "sollen",
    "plant",
    "planen",
    "geplant",
    "beabsichtigt",
    "beabsichtigen",
    "vorgesehen",
    "strebt",
    "streben",
    "angestrebt",
    "will",
    "wollen",
    "möchte",
    "möchten",
    "ziel",
    "vorhaben",
    "steht",
    "stehen",
];

/// Words of a sentence that tells what was.
const PAST: &[&str] = &[
    "wurde",
    "wurden",
    "worden",
    "war",
    "waren",
    "gewesen",
    "hat",
    "haben",
    "hatte",
    "hatten",
    "konnte",
    "konnten",
    "sollte",
    "sollten",
    "musste",
    "mussten",
    "gelang",
    "gelangen",
    "stieg",
    "stiegen",
    "sank",
    "sanken",
    "lag",
    "lagen",
    "betrug",
    "betrugen",
    "kam",
    "kamen",
    "ging",
    "gingen",
    "gab",
    "begann",
    "begannen",
    "startete",
    "starteten",
    "erreichte",
    "erreichten",
    "nahm",
    "nahmen",
    "fand",
    "fanden",
    "blieb",
    "blieben",
    "stand",
    "standen",
    "zeigte",
    "zeigten",
    "erhielt",
    "erhielten",
    "verließen",
    "erfolgte",
    "erfolgten",
];

/// Forms that tell what was, unless it is to be: "wird eingeführt".
const DONE: &[&str] =
    &["gestiegen", "gesunken", "gekommen", "begonnen", "eingeführt", "hinzugekommen"];

/// What is done in the year that opens a sentence: "2026 setzen wir auf …".
const DOING: &[&str] = &[
    "liegt",
    "liegen",
    "setzt",
    "setzen",
    "legt",
    "legen",
    "baut",
    "bauen",
    "bleibt",
    "bleiben",
    "steht",
    "stehen",
    "verfolgt",
    "verfolgen",
    "konzentriert",
    "konzentrieren",
    "stärkt",
    "stärken",
    "richtet",
    "richten",
    "gilt",
    "gelten",
    "beginnt",
    "beginnen",
    "startet",
    "starten",
    "führt",
    "führen",
    "bietet",
    "bieten",
    "nutzt",
    "nutzen",
    "investiert",
    "investieren",
];

/// Words of a sentence that compares, looks back, or foresees how things go.
const BESIDE: &[&str] = &[
    "gegenüber",
    "vergleich",
    "verglichen",
    "vorjahr",
    "vorjahres",
    "vorjahren",
    "anders",
    "bisher",
    "bislang",
    "bereits",
    "schon",
    "weiterhin",
    "fortgeführt",
    "fortgesetzt",
    "fortführen",
    "fortsetzen",
    "erwartet",
    "prognose",
    "prognostiziert",
    "gerechnet",
    "rechnet",
    "voraussichtlich",
    "hochrechnung",
    "hochgerechnet",
    "schätzung",
    "geschätzt",
    "ausgewertet",
    "evaluiert",
    "rückblick",
    "kraft",
    "erreicht",
    "erfüllt",
    "übertroffen",
    "abgeschlossen",
    "umgesetzt",
    "beendet",
    "verfehlt",
];

/// Nouns that may stand before a year without making it a name.
const TIMES: [&str; 14] = [
    "jahr",
    "jahres",
    "jahre",
    "jahren",
    "ende",
    "anfang",
    "mitte",
    "beginn",
    "laufe",
    "herbst",
    "frühjahr",
    "sommer",
    "winter",
    "quartal",
];

/// Words before a year that make it a point to look back from.
const NEUTRAL: &[&str] =
    &["über", "seit", "als", "wie", "nach", "vor", "aus", "stand", "von", "vom", "zwischen", "um"];

/// The year of a plan that is over; `planned` says that the sentence is a goal or task.
pub(super) fn stale(text: &str, planned: bool, programme: &Programme) -> Option<Year> {
    let dates = calendar::dates(text);
    let past = |year: i32| i64::from(year) < i64::from(programme.year);
    let years: Vec<&Year> = dates.iter().filter(|date| date.year.is_some()).collect();
    // Statistics of long ago are no plans of last year's programme.
    let recent = |year: i32| i64::from(programme.year) - i64::from(year) <= 3;
    if years.is_empty() || !years.iter().all(|date| date.year.is_some_and(past)) {
        return None;
    }
    let words: Vec<String> =
        prose::words(text).into_iter().map(|range| text[range].to_lowercase()).collect();
    let says = |known: &[&str]| words.iter().any(|word| known.contains(&word.as_str()));
    let about = speaks_of_programme(&words)
        || years.iter().any(|date| opens_with(text, date) || is_deadline(text, date));
    let passive = says(&["wird", "werden"]);
    let subject = years.iter().find(|date| plan_before(text, date) && opens(text, date));
    if says(PAST)
        || says(DONE) && !passive
        || says(BESIDE)
        || !(planned || says_future(text, &words) || about || subject.is_some())
    {
        return None;
    }
    let found = years.into_iter().find(|date| {
        date.year.is_some_and(recent)
            && !neutral(text, date, &dates)
            && !ahead(text, date, programme)
    })?;
    Some(found.clone())
}

/// Whether the sentence has a verb of the future; "steht" is one only with "zur Verfügung".
fn says_future(text: &str, words: &[String]) -> bool {
    let small = text.to_lowercase();
    let available = small.contains("zur verfügung");
    let aims = small.contains("ziel ist") || small.contains("ziel für");
    words.iter().any(|word| match word.as_str() {
        "steht" | "stehen" => available,
        "ziel" => aims,
        word => FUTURE.contains(&word),
    })
}

/// The word before a date.
fn before<'a>(text: &'a str, date: &Year) -> Option<&'a str> {
    let words = prose::words(&text[..date.range.start]);
    words.last().map(|range| &text[range.clone()])
}

/// Whether a plan bears this year in its name: `Planung 2026`.
fn plan_before(text: &str, date: &Year) -> bool {
    const NAMES: [&str; 8] = [
        "planung",
        "programm",
        "plan",
        "ziel",
        "ziele",
        "zielwerte",
        "schwerpunkte",
        "zielvereinbarung",
    ];
    before(text, date).is_some_and(|word| {
        let small = word.to_lowercase();
        word.starts_with(char::is_uppercase) && NAMES.iter().any(|name| small.ends_with(name))
    })
}

/// Whether the date belongs to the first words of the sentence: "Das Programm 2026 …".
fn opens(text: &str, date: &Year) -> bool {
    const FEW: usize = 5;
    let lead = &text[..date.range.start];
    let first = prose::words(lead).first().map(|range| lead[range.clone()].to_lowercase());
    let subject = ["das", "die", "der", "unser", "unsere", "dieses"];
    let opened = first.is_some_and(|word| subject.contains(&word.as_str()));
    opened && prose::words(lead).len() <= FEW
}

/// Whether the sentence begins with the year and says what is done in it.
fn opens_with(text: &str, date: &Year) -> bool {
    const LEAD: [&str; 5] = ["im", "in", "jahr", "jahre", "auch"];
    let (lead, tail) = (&text[..date.range.start], &text[date.range.end..]);
    let lead = prose::words(lead).into_iter().map(|range| lead[range].to_lowercase());
    let next = prose::words(tail).into_iter().next().map(|range| tail[range].to_lowercase());
    let alone = lead.into_iter().all(|word| LEAD.contains(&word.as_str()));
    alone && next.is_some_and(|word| DOING.contains(&word.as_str()))
}

/// Whether the sentence begins with a day up to which something is done: "Bis zum 30.09.2026 beginnen …".
fn is_deadline(text: &str, date: &Year) -> bool {
    let lead = &text[..date.range.start];
    let words: Vec<String> =
        prose::words(lead).into_iter().map(|range| lead[range].to_lowercase()).collect();
    let until = words.first().is_some_and(|word| word == "bis");
    let day = words.get(1).is_some_and(|word| word == "zum" || word == "spätestens");
    until && day && words.len() <= 3
}

/// Whether the programme itself says something: "Das Integrationsprogramm legt fest …".
fn speaks_of_programme(words: &[String]) -> bool {
    const FEW: usize = 6;
    const VERBS: [&str; 8] =
        ["legt", "beschreibt", "nennt", "zeigt", "enthält", "setzt", "gilt", "richtet"];
    let opened =
        words.first().is_some_and(|word| ["das", "dieses", "unser"].contains(&word.as_str()));
    let name = words.iter().take(FEW).position(|word| word.ends_with("programm"));
    let verb = name.and_then(|at| words.get(at + 1));
    opened && verb.is_some_and(|verb| VERBS.contains(&verb.as_str()))
}

/// Whether a year is named without being the time of the plan.
fn neutral(text: &str, date: &Year, all: &[Year]) -> bool {
    let lead = &text[..date.range.start];
    let tail = &text[date.range.end..];
    // Both ends of "2015 bis 2018".
    let joins = |between: &str| {
        matches!(between.trim(), "bis" | "–" | "-" | "und" | "bis zum" | "bis Ende")
    };
    let ranged = all.iter().any(|other| {
        other.range.start >= date.range.end && joins(&text[date.range.end..other.range.start])
            || other.range.end <= date.range.start
                && joins(&text[other.range.end..date.range.start])
    });
    // "die 2025 begonnenen Maßnahmen"
    let next = prose::words(tail).into_iter().next().map(|range| &tail[range]);
    let participle = next.is_some_and(|word| {
        word.starts_with(char::is_lowercase)
            && word.chars().count() >= 7
            && !DOING.contains(&word)
            && ["ten", "te", "ter", "tes", "tem", "nen", "ne", "ner", "nes", "nem"]
                .iter()
                .any(|ending| word.ends_with(ending))
    });
    let mut words: Vec<&str> = prose::words(lead).into_iter().map(|range| &lead[range]).collect();
    // A comma or bracket parts the year from what stands before.
    let apart = lead.trim_end().ends_with([',', '(', ';', ':']) || words.is_empty();
    let named = !apart
        && words.last().is_some_and(|word| {
            let small = word.to_lowercase();
            let first = words.len() == 1 && lead.trim_start().starts_with(word);
            let time = TIMES.iter().any(|time| small.ends_with(time))
                || calendar::dates(&format!("{word} 2026"))
                    .first()
                    .is_some_and(|date| date.month.is_some());
            word.starts_with(char::is_uppercase) && !first && !time && !plan_before(text, date)
        });
    let small = |word: &&str| {
        let word = word.to_lowercase();
        ["dem", "des", "der", "das", "die", "den"].contains(&word.as_str())
            || TIMES.iter().any(|time| word.ends_with(time))
    };
    while words.last().is_some_and(small) {
        words.pop();
    }
    let pointed = words.last().is_some_and(|word| NEUTRAL.contains(&word.to_lowercase().as_str()));
    ranged || participle || named || pointed && !apart
}

/// Whether the time still lay ahead when the document was written: "bis Ende 2026" in November.
fn ahead(text: &str, date: &Year, programme: &Programme) -> bool {
    let (year, month, _) = programme.date;
    if date.year != Some(year) {
        return date.year > Some(year);
    }
    match date.date() {
        Some(known) if known.month.is_some() => calendar::last(known) >= programme.date,
        _ => {
            let word = before(text, date).unwrap_or_default().to_lowercase();
            let late = ["ende", "jahresende", "winter", "herbst", "dezember"];
            late.contains(&word.as_str()) && month >= 8
        }
    }
}
