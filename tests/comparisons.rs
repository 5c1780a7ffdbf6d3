// SPDX-License-Identifier: EUPL-1.2
//! `amip compare`: what it prints for each folder under `tests/compare`, two real programmes with
//! differences worked out by hand, and every edit found again.

mod data;
mod edits;
mod outcome;
mod texts;

use std::collections::BTreeMap;
use std::fs;
use std::sync::LazyLock;

use serde_json::Value;

use crate::support::{all_good, amip, expect_file, folders, root};

#[test]
fn commands_print_what_they_should() {
    let mut problems = Vec::new();
    for folder in folders("tests/compare") {
        let Ok(command) = fs::read_to_string(folder.join("befehl.txt")) else { continue };
        let arguments: Vec<&str> = command.split_whitespace().skip(1).collect();
        let output = amip(&arguments, &root());
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8");
        let (out, err) = (text(&output.stdout), text(&output.stderr));
        let errors =
            if err.is_empty() { String::new() } else { format!("--- Fehlerausgabe\n{err}") };
        let code = output.status.code().unwrap_or(-1);
        let shown = format!("{out}{errors}--- Code {code}\n");
        problems.extend(expect_file(&folder.join("ausgabe.txt"), &shown).err());
    }
    all_good(&problems);
}

/// Düsseldorf 2016 against 2021, as other programs read it.
static BOTH: LazyLock<Value> = LazyLock::new(|| {
    let arguments =
        ["compare", "data/duesseldorf-2016", "data/duesseldorf-2021", "--format", "json"];
    let output = amip(&arguments, &root());
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("JSON")
});

fn items(area: &str) -> &'static [Value] {
    BOTH[area].as_array().unwrap_or_else(|| panic!("{area} is no list"))
}

fn item(area: &str, id: &str) -> &'static Value {
    items(area).iter().find(|item| item["id"] == id).unwrap_or_else(|| panic!("{area}: {id}"))
}

fn plain(value: &Value) -> String {
    value.as_str().unwrap_or_default().replace('\u{a0}', " ").replace('\u{2212}', "-")
}

/// Ids without their list or table, by status.
fn by_status(area: &str) -> BTreeMap<String, Vec<String>> {
    let mut out: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for item in items(area) {
        let id = plain(&item["id"]);
        let own = id.split_once('.').map_or(id.as_str(), |(_, own)| own).to_owned();
        out.entry(plain(&item["status"])).or_default().push(own);
    }
    out
}

#[test]
fn other_programs_find_lists_of_ids_with_a_status() {
    const KNOWN: [&str; 8] =
        ["kept", "changed", "renamed", "added", "dropped", "moved", "merged", "split"];
    for area in ["measures", "resources", "targets", "strategies", "chapters"] {
        for item in items(area) {
            assert!(!plain(&item["id"]).is_empty(), "{area}: {item}");
            assert!(KNOWN.contains(&plain(&item["status"]).as_str()), "{area}: {item}");
        }
    }
    let ids = |area: &str| items(area).iter().map(|item| plain(&item["id"])).collect::<Vec<_>>();
    for area in ["measures", "resources", "strategies", "chapters", "values"] {
        let mut all: Vec<(String, bool)> = ids(area)
            .into_iter()
            .zip(items(area))
            .map(|(id, item)| (id, item["status"] == "dropped"))
            .collect();
        all.sort();
        let count = all.len();
        all.dedup();
        assert_eq!(all.len(), count, "{area}: an id stands twice");
    }
}

#[test]
fn nine_priorities_became_eleven() {
    let status = by_status("priorities");
    let want: BTreeMap<String, Vec<String>> = [
        (
            "kept",
            &[
                "integration",
                "lebensunterhalt",
                "qualifizierung",
                "langzeitbezug",
                "alleinerziehende",
                "jugend",
                "nachhaltigkeit",
            ][..],
        ),
        // Flüchtlingen → Geflüchteten Menschen.
        ("renamed", &["fluechtlinge"]),
        ("added", &["selbstaendige", "rehapro", "familie"]),
        ("dropped", &["par16a"]),
    ]
    .into_iter()
    .map(|(status, ids)| (status.to_owned(), ids.iter().map(|&id| id.to_owned()).collect()))
    .collect();
    assert_eq!(status, want);
}

#[test]
fn measures_are_followed_through_five_years() {
    let mia = item("measures", "talentcenter");
    assert_eq!((plain(&mia["status"]), plain(&mia["old_id"])), ("renamed".into(), "mia".into()));
    assert_eq!(mia["evidence"], "declared");
    let eintritte = &mia["figures"][0];
    assert_eq!(plain(&eintritte["old"]), "850 Eintritte");
    assert_eq!(plain(&eintritte["new"]), "792 Eintritte");
    assert_eq!(plain(&eintritte["difference"]), "-58 Eintritte");
    assert_eq!(plain(&eintritte["percent"]), "-6,8 %");

    let merged = item("measures", "asa");
    assert_eq!(merged["status"], "merged");
    assert_eq!(merged["family"], serde_json::json!(["asa", "abh"]));
    // 18 and 34 before.
    assert_eq!(plain(&merged["figures"][0]["old"]), "52 Eintritte");
    assert_eq!(plain(&merged["figures"][0]["difference"]), "-32 Eintritte");

    // The workshop that ended is not part of it: 140 and 150 before.
    let fit = item("measures", "fit_for_job");
    assert_eq!(plain(&fit["figures"][0]["old"]), "290 Eintritte");
    assert_eq!(plain(&fit["figures"][0]["percent"]), "+29,3 %");

    for id in ["par16e", "par16i"] {
        let part = item("measures", id);
        assert_eq!((&part["status"], plain(&part["old_id"])), (&"split".into(), "fav".into()));
        assert_eq!(part["family"], serde_json::json!(["par16e", "par16i"]));
    }
    // FAV had 100 entries; § 16e and § 16i have 100 and 250.
    let together = &item("measures", "par16e")["together"][0];
    assert_eq!(plain(&together["old"]), "100 Eintritte");
    assert_eq!(plain(&together["new"]), "350 Eintritte");
    assert_eq!(plain(&together["percent"]), "+250,0 %");
    assert!(item("measures", "par16i").get("together").is_none());
    // In 2016 it stands in two tables, of which one goes on: it has not moved.
    let eq = item("measures", "eq");
    assert_eq!((&eq["status"], &eq["also"]), (&"renamed".into(), &serde_json::json!(["changed"])));
    // Only the money is missing, and in 2021 no measure has any.
    assert_eq!(item("measures", "tep")["status"], "kept");
    // A new product, says the text; its predecessor ended.
    assert_eq!(item("measures", "job_ag")["status"], "added");
    assert_eq!(item("measures", "peu_a_peu")["status"], "dropped");
    assert!(
        !items("measures")
            .iter()
            .any(|item| ["mia", "abh", "fav"].contains(&plain(&item["id"]).as_str()))
    );
}

#[test]
fn every_row_of_key_figures_has_its_exact_difference() {
    // Plätze 2016, Eintritte 2021, difference and change, worked out by hand from both documents.
    let expected = [
        ("zweckbestimmung", "11.293", "11.797", "+504", "+4,5 %"),
        ("aktivierung", "6.927", "6.392", "-535", "-7,7 %"),
        ("aktivierung_eingliederung", "6.927", "6.392", "-535", "-7,7 %"),
        ("weiterbildung", "1.800", "1.800", "", ""),
        ("fbw", "1.800", "1.800", "", ""),
        ("abschlussorientiert", "275", "400", "+125", "+45,5 %"),
        ("grundkompetenzen", "", "144", "", ""),
        ("erwerbstaetigkeit", "640", "1.460", "+820", "+128,1 %"),
        ("eingliederungshilfen", "550", "450", "-100", "-18,2 %"),
        ("einstiegsgeld", "80", "1.000", "+920", "+1.150,0 %"),
        ("selbstaendigkeit", "10", "10", "", ""),
        ("berufsbildung", "226", "195", "-31", "-13,7 %"),
        ("benachteiligte", "176", "120", "-56", "-31,8 %"),
        ("einstiegsqualifizierung", "50", "75", "+25", "+50,0 %"),
        ("teilhabe", "50", "50", "", ""),
        ("beschaeftigung", "1.520", "1.850", "+330", "+21,7 %"),
        ("arbeitsgelegenheiten", "1.420", "1.500", "+80", "+5,6 %"),
        ("par16e", "", "100", "", ""),
        ("par16i", "", "250", "", ""),
        ("freie_foerderung", "130", "50", "-80", "-61,5 %"),
        ("par16h", "", "0", "", ""),
        ("arbeitsverhaeltnisse", "100", "", "", ""),
    ];
    let rows: Vec<_> = items("key_figures")
        .iter()
        .map(|row| {
            assert_eq!(row["figures"].as_array().map(Vec::len), Some(1), "{row}");
            let figure = &row["figures"][0];
            let [old, new, difference, percent] =
                ["old", "new", "difference", "percent"].map(|key| plain(&figure[key]));
            (plain(&row["id"]).replace("kennzahlen.", ""), old, new, difference, percent)
        })
        .collect();
    let expected = expected.map(|(id, old, new, difference, percent)| {
        (id.to_owned(), old.to_owned(), new.to_owned(), difference.to_owned(), percent.to_owned())
    });
    assert_eq!(rows, expected);
}

#[test]
fn totals_of_tables_are_paired_though_one_of_them_has_money() {
    // By hand: page by page, sums of the tables of instruments 2016 and 2021.
    for (table, old, new, difference, percent) in [
        ("integration", "3.060", "3.162", "+102", "+3,3 %"),
        ("qualifizierung", "1.868", "1.920", "+52", "+2,8 %"),
        ("langzeitbezug", "3.390", "4.070", "+680", "+20,1 %"),
        ("alleinerziehende", "443", "620", "+177", "+40,0 %"),
        ("jugend", "1.175", "945", "-230", "-19,6 %"),
    ] {
        let row = item("tables", &format!("instrumente-{table}.summe"));
        let figures = row["figures"].as_array().expect("figures");
        let found =
            figures.iter().find(|one| plain(&one["field"]) == "eintritte").expect("entries");
        let number = |key: &str| plain(&found[key]).replace(" Eintritte", "");
        assert_eq!(
            (number("old"), number("new"), number("difference"), number("percent")),
            (old.to_owned(), new.to_owned(), difference.to_owned(), percent.to_owned()),
            "{table}"
        );
    }
}

#[test]
fn what_figures_rest_on_is_said() {
    let row = item("key_figures", "kennzahlen.einstiegsgeld");
    assert_eq!(row["figures"][0]["basis"], "Plan 2016 (Plätze) gegen Plan 2021 (Eintritte)");
    let care = item("tables", "leistungen-16a.pflege");
    assert_eq!(plain(&care["figures"][0]["difference"]), "unten +15, oben +20");
}

#[test]
fn references_read_as_in_the_document() {
    let texts =
        items("prose").iter().flat_map(|chapter| chapter["texts"].as_array().expect("texts"));
    let pieces = texts.flat_map(|text| text["pieces"].as_array().expect("pieces"));
    let words: Vec<String> = pieces.map(|piece| plain(&piece[1])).collect();
    assert!(words.iter().any(|text| text.contains("6.5 Konkrete Maßnahmen")));
    assert!(!words.iter().any(|text| text.contains("()")));
}

#[test]
fn goals_of_fields_are_the_same_or_changed() {
    let status = by_status("fields");
    assert_eq!(
        status["kept"],
        ["integration", "qualifizierung", "alleinerziehende", "jugend", "fluechtlinge"]
    );
    assert_eq!(status["changed"], ["langzeitbezug"]);
    assert_eq!(status["added"], ["familie", "gesundheit", "rehapro"]);
    let goal = &item("fields", "langzeitbezug")["words"][0];
    assert_eq!(goal["what"], "Ziel");
    assert!(plain(&goal["old"]).contains("1 %") && goal["old"] != goal["new"]);
}

/// Kinds of what became of the paragraphs of a chapter.
fn kinds(before: &str, after: &str) -> Vec<amip::compare::TextKind> {
    let old = crate::support::loaded(&[("kapitel/einleitung.md", before)]);
    let new = crate::support::loaded(&[("kapitel/einleitung.md", after)]);
    let comparison = amip::compare::compare(edits::side("alt", &old), edits::side("neu", &new));
    comparison.prose[0].texts.iter().map(|text| text.kind.clone()).collect()
}

#[test]
fn paragraphs_that_stay_in_their_chapter_are_moved_within_it() {
    use amip::compare::TextKind::{Added, Dropped, MovedWithin, Same};
    let (first, second, third) = (
        "Der erste Absatz spricht von der Beratung am Anfang.\n\n",
        "Der zweite handelt von den Betrieben in der Region.\n\n",
        "Zum Schluss kommen die Ziele für das nächste Jahr.\n\n",
    );
    let all = |parts: &[&str]| parts.concat();
    let found = kinds(&all(&[first, second, third]), &all(&[second, third, first]));
    assert_eq!(found, [Same, Same, MovedWithin]);
    let found = kinds(&all(&[first, second]), &all(&[second, third]));
    assert_eq!(found, [Dropped, Same, Added]);
}
