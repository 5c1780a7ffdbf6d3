// SPDX-License-Identifier: EUPL-1.2
//! Statistical secrecy, against a brute force that knows nothing of how amip hides: it tries every
//! table that a reader of the public version could still think of.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::support::{hidden, secrecy_of};

/// Counts of persons below this are secret, zero apart.
const THRESHOLD: i64 = 3;

/// The least that a reader takes a hidden figure for. Who knows that zeros are never hidden could
/// start at one; the promise is made for all numbers from zero on.
const LEAST: i64 = 1;

// ---- The brute force ----

/// What a programme shows, written out by hand beside its YAML.
#[derive(Default)]
struct Case {
    /// Every published count of persons and its true value, totals included.
    counts: BTreeMap<String, i64>,
    /// Totals and the parts that add up to them; a difference is the same said backwards.
    sums: Vec<(String, Vec<String>)>,
    percents: Vec<Percent>,
    /// Parts that are not more than their whole.
    at_most: Vec<(String, String)>,
    /// The table that the next relations are about.
    table: String,
    columns: Vec<String>,
    rows: Vec<String>,
}

/// A share or a change in percent.
struct Percent {
    name: String,
    part: String,
    whole: String,
    decimals: u32,
    /// How much more the part is than the whole, instead of how much of it.
    change: bool,
}

impl Percent {
    /// A whole in units of the last printed digit.
    fn hundred(&self) -> i64 {
        100 * 10_i64.pow(self.decimals)
    }

    /// What is printed, in units of the last digit, half away from zero.
    fn printed(&self, part: i64, whole: i64) -> i64 {
        let numerator = self.hundred() * if self.change { part - whole } else { part };
        let size = (2 * numerator.abs() + whole) / (2 * whole);
        if numerator < 0 { -size } else { size }
    }

    /// What is printed, as a share of the whole: 20 % more are 120 %.
    fn as_share(&self, printed: i64) -> i64 {
        if self.change { printed + self.hundred() } else { printed }
    }
}

/// Rounded up.
fn quotient_up(numerator: i64, denominator: i64) -> i64 {
    -((-numerator).div_euclid(denominator))
}

/// From where to where each count can lie.
type Ranges<'a> = BTreeMap<&'a str, (i64, i64)>;

fn cut(ranges: &mut Ranges<'_>, name: &str, low: i64, high: i64) {
    let range = ranges.get_mut(name).unwrap_or_else(|| panic!("{name} is no count of the case"));
    *range = (range.0.max(low), range.1.min(high));
}

fn owned(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

impl Case {
    /// A table with all its counts; `across`, `down` and the like then speak of it.
    fn table(mut self, id: &str, columns: &[&str], rows: &[(&str, &[i64])]) -> Self {
        id.clone_into(&mut self.table);
        self.columns = owned(columns);
        self.rows = rows.iter().map(|(row, _)| (*row).to_owned()).collect();
        for (row, values) in rows {
            assert_eq!(values.len(), columns.len(), "row {row}");
            for (column, value) in columns.iter().zip(*values) {
                self.counts.insert(self.path(row, column), *value);
            }
        }
        self
    }

    fn path(&self, row: &str, column: &str) -> String {
        format!("{}.{row}.{column}", self.table)
    }

    /// In every row, a column is the sum of others.
    fn across(mut self, total: &str, parts: &[&str]) -> Self {
        for row in self.rows.clone() {
            let parts = parts.iter().map(|part| self.path(&row, part)).collect();
            self.sums.push((self.path(&row, total), parts));
        }
        self
    }

    /// In every column, a row is the sum of others.
    fn down(mut self, total: &str, parts: &[&str]) -> Self {
        for column in self.columns.clone() {
            let parts = parts.iter().map(|part| self.path(part, &column)).collect();
            self.sums.push((self.path(total, &column), parts));
        }
        self
    }

    /// A row is part of another.
    fn within(mut self, part: &str, whole: &str) -> Self {
        for column in self.columns.clone() {
            self.at_most.push((self.path(part, &column), self.path(whole, &column)));
        }
        self
    }

    /// In every row, a column is a share.
    fn share(self, name: &str, part: &str, whole: &str, decimals: u32) -> Self {
        self.percent(name, part, whole, decimals, false)
    }

    /// In every row, a column is a change.
    fn change(self, name: &str, new: &str, old: &str, decimals: u32) -> Self {
        self.percent(name, new, old, decimals, true)
    }

    fn percent(mut self, name: &str, part: &str, whole: &str, decimals: u32, change: bool) -> Self {
        for row in self.rows.clone() {
            self.percents.push(Percent {
                name: self.path(&row, name),
                part: self.path(&row, part),
                whole: self.path(&row, whole),
                decimals,
                change,
            });
        }
        self
    }

    /// A single count.
    fn count(mut self, name: &str, value: i64) -> Self {
        self.counts.insert(name.to_owned(), value);
        self
    }

    /// A sum of counts anywhere.
    fn sum(mut self, total: &str, parts: &[&str]) -> Self {
        self.sums.push((total.to_owned(), owned(parts)));
        self
    }

    /// All figures as printed, percentages in units of their last digit.
    fn printed(&self) -> BTreeMap<String, i64> {
        let percents = self
            .percents
            .iter()
            .map(|percent| (percent.name.clone(), self.printed_percent(percent)));
        self.counts.iter().map(|(name, value)| (name.clone(), *value)).chain(percents).collect()
    }

    fn printed_percent(&self, percent: &Percent) -> i64 {
        percent.printed(self.counts[&percent.part], self.counts[&percent.whole])
    }

    /// What must be hidden whatever else is.
    fn primaries(&self) -> BTreeSet<String> {
        let small = self.counts.iter().filter(|(_, value)| (1..THRESHOLD).contains(*value));
        small.map(|(name, _)| name.clone()).collect()
    }

    /// All that may be hidden: zeros are not.
    fn not_zero(&self) -> BTreeSet<String> {
        self.printed().into_iter().filter(|(_, value)| *value != 0).map(|(name, _)| name).collect()
    }

    /// How far to try. Three times the truth satisfies every relation again, so more is not needed
    /// to find out whether hiding everything would help.
    fn cap(&self) -> i64 {
        THRESHOLD * self.counts.values().max().expect("a case has counts") + THRESHOLD
    }

    /// Narrows the ranges by all that is visible until nothing changes; `false` if nothing is left.
    /// Of single values it leaves exactly those that are consistent.
    fn narrow(&self, ranges: &mut Ranges<'_>, hidden: &BTreeSet<String>) -> bool {
        loop {
            let before = ranges.clone();
            for (total, parts) in &self.sums {
                for part in parts {
                    let (mut low, mut high) = ranges[total.as_str()];
                    for other in parts.iter().filter(|other| *other != part) {
                        let other = ranges[other.as_str()];
                        low -= other.1;
                        high -= other.0;
                    }
                    cut(ranges, part, low, high);
                }
                let (mut low, mut high) = (0, 0);
                for part in parts {
                    let part = ranges[part.as_str()];
                    low += part.0;
                    high += part.1;
                }
                cut(ranges, total, low, high);
            }
            for (part, whole) in &self.at_most {
                let (low, high) = (ranges[part.as_str()].0, ranges[whole.as_str()].1);
                cut(ranges, part, low, high);
                cut(ranges, whole, low, high);
            }
            for percent in self.percents.iter().filter(|percent| !hidden.contains(&percent.name)) {
                // Half a unit more or less: (2 s - 1) whole <= 2 hundred part <= (2 s + 1) whole.
                let share = percent.as_share(self.printed_percent(percent));
                let (less, more, hundred) = (2 * share - 1, 2 * share + 1, 2 * percent.hundred());
                let (part, whole) = (percent.part.as_str(), percent.whole.as_str());
                let (low, high) = ranges[whole];
                let (least, most) = (quotient_up(less * low, hundred), more * high / hundred);
                cut(ranges, part, least, most);
                let (low, high) = ranges[part];
                let most = if less > 0 { hundred * high / less } else { i64::MAX };
                cut(ranges, whole, quotient_up(hundred * low, more).max(1), most);
            }
            if ranges.values().any(|range| range.0 > range.1) {
                return false;
            }
            if *ranges == before {
                return true;
            }
        }
    }

    /// Whether some assignment within these ranges is consistent with all that is visible.
    fn solvable(&self, mut ranges: Ranges<'_>, hidden: &BTreeSet<String>) -> bool {
        if !self.narrow(&mut ranges, hidden) {
            return false;
        }
        let uncertain = ranges.iter().filter(|(_, range)| range.0 < range.1);
        let next = uncertain.min_by_key(|(_, range)| range.1 - range.0);
        let Some((name, (low, high))) = next.map(|(name, range)| (*name, *range)) else {
            return true;
        };
        (low..=high).any(|value| {
            let mut tried = ranges.clone();
            tried.insert(name, (value, value));
            self.solvable(tried, hidden)
        })
    }

    /// Whether a reader must reckon with this value of a hidden count.
    fn can_be(&self, hidden: &BTreeSet<String>, name: &str, value: i64) -> bool {
        let cap = self.cap();
        let range = |figure: &String, truth: i64| {
            if figure == name {
                (value, value)
            } else if hidden.contains(figure) {
                (LEAST, cap)
            } else {
                (truth, truth)
            }
        };
        let ranges =
            self.counts.iter().map(|(figure, truth)| (figure.as_str(), range(figure, *truth)));
        self.solvable(ranges.collect(), hidden)
    }

    /// The least and the most that a hidden count can be, as far as is tried.
    fn possible(&self, hidden: &BTreeSet<String>, name: &str) -> (i64, i64) {
        let mut all = LEAST..=self.cap();
        let least = all.clone().find(|value| self.can_be(hidden, name, *value));
        let most = all.rfind(|value| self.can_be(hidden, name, *value));
        (least.expect("the truth is possible"), most.expect("the truth is possible"))
    }

    /// Whether no secret count can be told to be below the threshold.
    fn protects(&self, hidden: &BTreeSet<String>) -> bool {
        self.primaries()
            .iter()
            .all(|name| (THRESHOLD..=self.cap()).any(|value| self.can_be(hidden, name, value)))
    }

    /// A set that protects and has so many of the candidates more than what is hidden already.
    fn protecting(
        &self,
        hidden: &BTreeSet<String>,
        candidates: &[String],
        more: usize,
    ) -> Option<BTreeSet<String>> {
        if more == 0 {
            return self.protects(hidden).then(|| hidden.clone());
        }
        candidates.iter().enumerate().find_map(|(at, name)| {
            let mut larger = hidden.clone();
            larger.insert(name.clone());
            self.protecting(&larger, &candidates[at + 1..], more - 1)
        })
    }
}

// ---- Programmes ----

const INSERTED: &str = "Text.\n\n<!-- amip:tabelle kunden -->\n";

const COUNT: [&str; 1] = ["{id: anzahl, titel: Anzahl, art: zahl}"];

const GENDERS: [&str; 3] = [
    "{id: frauen, titel: Frauen, art: zahl}",
    "{id: maenner, titel: Männer, art: zahl}",
    r#"{id: zusammen, titel: zusammen, art: zahl, formel: "= frauen + maenner"}"#,
];

const AGES: [&str; 4] = [
    "{id: jung, titel: jung, art: zahl}",
    "{id: mittel, titel: mittel, art: zahl}",
    "{id: alt, titel: alt, art: zahl}",
    r#"{id: zusammen, titel: zusammen, art: zahl, formel: "= jung + mittel + alt"}"#,
];

const TOTAL: &str = "{id: summe, art: summe, zellen: {gruppe: Summe}}";

/// A single value over the table `kunden`.
const GRAND_TOTAL: &str = r#"werte:
  - id: gesamt
    bezeichnung: Gesamt
    personen: ja
    wert: "= kunden.a.anzahl + kunden.b.anzahl"
"#;

/// The names of the counts in the columns above.
const BY_GENDER: [&str; 3] = ["frauen", "maenner", "zusammen"];
const BY_AGE: [&str; 4] = ["jung", "mittel", "alt", "zusammen"];

/// A column of percentages.
fn percentages(id: &str, decimals: u32, formula: &str) -> String {
    format!(
        "{{id: {id}, titel: {id}, einheit: \"%\", stellen: {decimals}, formel: \"= {formula}\"}}"
    )
}

/// One entry of `tabellen`.
fn table(id: &str, persons: &str, columns: &[&str], rows: &[&str]) -> String {
    let mut yaml = format!(
        "  - id: {id}\n    titel: Tabelle {id}\n    personen: {persons}\n    \
         quelle: Statistik der Bundesagentur für Arbeit\n    stand: 2026-10-01\n    \
         berichtsmonat: 2026-06\n    spalten:\n      - {{id: gruppe, titel: Gruppe}}\n"
    );
    for column in columns {
        yaml.push_str(&format!("      - {column}\n"));
    }
    yaml.push_str("    zeilen:\n");
    for row in rows {
        yaml.push_str(&format!("      - {row}\n"));
    }
    yaml
}

/// A programme with the one table `kunden`.
fn customers(columns: &[&str], rows: &[&str]) -> String {
    format!("tabellen:\n{}", table("kunden", "ja", columns, rows))
}

fn files<'a>(yaml: &'a str, text: &'a str) -> [(&'a str, &'a str); 2] {
    [("daten.yaml", yaml), ("kapitel/einleitung.md", text)]
}

fn codes(yaml: &str, text: &str) -> Vec<&'static str> {
    let (_, secrecy) = secrecy_of(&files(yaml, text), &[]);
    secrecy.findings.iter().map(|finding| finding.code).collect()
}

/// The case and the YAML must say the same, or nothing is proved.
fn same_figures(yaml: &str, text: &str, case: &Case) {
    for (total, parts) in &case.sums {
        let sum: i64 = parts.iter().map(|part| case.counts[part]).sum();
        assert_eq!(case.counts[total], sum, "{total} in the case");
    }
    for (part, whole) in &case.at_most {
        assert!(case.counts[part] <= case.counts[whole], "{part} in the case");
    }
    let (loaded, _) = secrecy_of(&files(yaml, text), &[]);
    let figures = &loaded.programme.figures;
    for (name, expected) in case.printed() {
        let id = figures.find(&name).unwrap_or_else(|| panic!("no figure {name}"));
        let shown = figures.computed_with_unit(id).map(|value| value.to_string());
        let shown = shown.unwrap_or_else(|| panic!("{name} is empty"));
        let digits: String = shown.chars().filter(char::is_ascii_digit).collect();
        let size: i64 = digits.parse().unwrap_or_else(|_| panic!("{name} is {shown}"));
        let value = if shown.starts_with(['−', '-']) { -size } else { size };
        assert_eq!(value, expected, "{name} is {shown}");
    }
}

/// What speaks against these hidden figures.
fn objections(case: &Case, hidden: &BTreeSet<String>) -> Vec<String> {
    let mut out = Vec::new();
    let primaries = case.primaries();
    for name in primaries.difference(hidden) {
        out.push(format!("{name} is small and shown"));
    }
    for name in hidden.difference(&case.not_zero()) {
        out.push(format!("{name} is hidden, but zero or unknown to the case"));
    }
    for name in &primaries {
        let (least, most) = case.possible(hidden, name);
        if most < THRESHOLD {
            out.push(format!("{name} can be told to be {least} to {most}"));
        }
    }
    out
}

/// Asserts that what is hidden protects, and returns it.
fn safe_in(yaml: &str, text: &str, case: &Case) -> BTreeSet<String> {
    same_figures(yaml, text, case);
    let hidden = hidden(&files(yaml, text));
    let objections = objections(case, &hidden);
    assert!(objections.is_empty(), "{objections:#?}\nhidden: {hidden:#?}");
    assert!(!codes(yaml, text).contains(&"geheimhaltung"), "protected, and yet a finding");
    hidden
}

fn safe(yaml: &str, case: &Case) -> BTreeSet<String> {
    safe_in(yaml, INSERTED, case)
}

/// Asserts that what is hidden protects, with so many figures besides the small ones, and that
/// fewer would not do. For at most three: beyond that nothing is promised.
fn smallest_in(yaml: &str, text: &str, case: &Case, further: usize) -> BTreeSet<String> {
    assert!(further <= 3, "not promised");
    let hidden = safe_in(yaml, text, case);
    let primaries = case.primaries();
    let candidates: Vec<String> = case.not_zero().difference(&primaries).cloned().collect();
    for fewer in 0..further {
        let enough = case.protecting(&primaries, &candidates, fewer);
        assert_eq!(enough, None, "the test asks for too many");
    }
    assert_eq!(hidden.len() - primaries.len(), further, "{hidden:#?}\nsmall: {primaries:#?}");
    hidden
}

fn smallest(yaml: &str, case: &Case, further: usize) -> BTreeSet<String> {
    smallest_in(yaml, INSERTED, case, further)
}

fn names(names: &[&str]) -> BTreeSet<String> {
    owned(names).into_iter().collect()
}

// ---- The brute force itself ----

#[test]
fn the_brute_force_finds_what_follows_by_hand() {
    let case = Case::default()
        .table("t", &["n"], &[("a", &[1]), ("b", &[9]), ("c", &[12]), ("s", &[22])])
        .down("s", &["a", "b", "c"]);
    let alone = names(&["t.a.n"]);
    assert_eq!(case.possible(&alone, "t.a.n"), (1, 1));
    let two = names(&["t.a.n", "t.b.n"]);
    assert_eq!(case.possible(&two, "t.a.n"), (LEAST, 10 - LEAST));
    assert_eq!(case.possible(&two, "t.b.n"), (LEAST, 10 - LEAST));
    assert!(!case.protects(&alone) && case.protects(&two));

    // 10.0 % of 20 is 2, and 10.0 % with 18 others is 2 as well.
    let case = Case::default()
        .table("t", &["f", "m", "z"], &[("a", &[2, 18, 20])])
        .across("z", &["f", "m"])
        .share("p", "f", "z", 1);
    assert_eq!(case.possible(&names(&["t.a.f", "t.a.m"]), "t.a.f"), (2, 2));
    assert_eq!(case.possible(&names(&["t.a.f", "t.a.z"]), "t.a.f"), (2, 2));
    assert!(case.protects(&names(&["t.a.f", "t.a.m", "t.a.z"])));

    // 99 % less than 300 is 3, or 2 to 4 if only whole percents are printed.
    let change = |decimals: u32| {
        Case::default()
            .table("t", &["old", "new"], &[("a", &[300, 3])])
            .change("v", "new", "old", decimals)
    };
    assert_eq!(change(1).possible(&names(&["t.a.new"]), "t.a.new"), (3, 3));
    assert_eq!(change(0).possible(&names(&["t.a.new"]), "t.a.new"), (2, 4));

    // What is part of a whole is no more, and the whole no less.
    let case = Case::default().table("t", &["n"], &[("a", &[7]), ("d", &[2])]).within("d", "a");
    assert_eq!(case.possible(&names(&["t.d.n"]), "t.d.n"), (LEAST, 7));
    assert_eq!(case.possible(&names(&["t.a.n"]), "t.a.n").0, 2);
}

// ---- Cases by hand ----

#[test]
fn a_small_cell_under_a_total_takes_one_more_along() {
    let yaml = customers(
        &COUNT,
        &[
            "{id: a, zellen: {gruppe: A, anzahl: 1}}",
            "{id: b, zellen: {gruppe: B, anzahl: 9}}",
            "{id: c, zellen: {gruppe: C, anzahl: 12}}",
            TOTAL,
        ],
    );
    let case = Case::default()
        .table("kunden", &["anzahl"], &[("a", &[1]), ("b", &[9]), ("c", &[12]), ("summe", &[22])])
        .down("summe", &["a", "b", "c"]);
    smallest(&yaml, &case, 1);
}

#[test]
fn a_small_cell_without_a_total_needs_no_other() {
    let yaml = customers(
        &COUNT,
        &["{id: a, zellen: {gruppe: A, anzahl: 1}}", "{id: b, zellen: {gruppe: B, anzahl: 9}}"],
    );
    let case = Case::default().table("kunden", &["anzahl"], &[("a", &[1]), ("b", &[9])]);
    let hidden = smallest(&yaml, &case, 0);
    assert_eq!(hidden, names(&["kunden.a.anzahl"]));
}

#[test]
fn two_small_cells_in_a_row_hide_each_other_but_not_in_their_columns() {
    let yaml = customers(
        &GENDERS,
        &[
            "{id: a, zellen: {gruppe: A, frauen: 2, maenner: 2}}",
            "{id: b, zellen: {gruppe: B, frauen: 9, maenner: 12}}",
            "{id: c, zellen: {gruppe: C, frauen: 6, maenner: 7}}",
            TOTAL,
        ],
    );
    let case = Case::default()
        .table(
            "kunden",
            &BY_GENDER,
            &[("a", &[2, 2, 4]), ("b", &[9, 12, 21]), ("c", &[6, 7, 13]), ("summe", &[17, 21, 38])],
        )
        .across("zusammen", &["frauen", "maenner"])
        .down("summe", &["a", "b", "c"]);
    smallest(&yaml, &case, 2);
}

#[test]
fn totals_in_both_directions_take_three_more_along() {
    let yaml = customers(
        &GENDERS,
        &[
            "{id: a, zellen: {gruppe: A, frauen: 1, maenner: 8}}",
            "{id: b, zellen: {gruppe: B, frauen: 9, maenner: 12}}",
            "{id: c, zellen: {gruppe: C, frauen: 7, maenner: 11}}",
            TOTAL,
        ],
    );
    let case = Case::default()
        .table(
            "kunden",
            &BY_GENDER,
            &[
                ("a", &[1, 8, 9]),
                ("b", &[9, 12, 21]),
                ("c", &[7, 11, 18]),
                ("summe", &[17, 31, 48]),
            ],
        )
        .across("zusammen", &["frauen", "maenner"])
        .down("summe", &["a", "b", "c"]);
    smallest(&yaml, &case, 3);
}

#[test]
fn small_cells_that_add_up_to_two_do_not_hide_each_other() {
    // Two are hidden in every row and column concerned, and yet none can be more than 2.
    let yaml = customers(
        &AGES,
        &[
            "{id: a, zellen: {gruppe: A, jung: 1, mittel: 1, alt: 8}}",
            "{id: b, zellen: {gruppe: B, jung: 1, mittel: 1, alt: 9}}",
            "{id: c, zellen: {gruppe: C, jung: 7, mittel: 6, alt: 5}}",
            TOTAL,
        ],
    );
    let case = Case::default()
        .table(
            "kunden",
            &BY_AGE,
            &[
                ("a", &[1, 1, 8, 10]),
                ("b", &[1, 1, 9, 11]),
                ("c", &[7, 6, 5, 18]),
                ("summe", &[9, 8, 22, 39]),
            ],
        )
        .across("zusammen", &["jung", "mittel", "alt"])
        .down("summe", &["a", "b", "c"]);
    assert!(!case.protects(&case.primaries()));
    // Three more are too few here, so only safety is promised.
    safe(&yaml, &case);
}

#[test]
fn a_cell_between_two_blocks_of_hidden_cells_is_not_safe() {
    let yaml = customers(
        &AGES,
        &[
            "{id: a, zellen: {gruppe: A, jung: 2, mittel: 2, alt: 0}}",
            "{id: b, zellen: {gruppe: B, jung: 2, mittel: 2, alt: 1}}",
            "{id: c, zellen: {gruppe: C, jung: 0, mittel: 0, alt: 9}}",
            TOTAL,
        ],
    );
    let case = Case::default()
        .table(
            "kunden",
            &BY_AGE,
            &[
                ("a", &[2, 2, 0, 4]),
                ("b", &[2, 2, 1, 5]),
                ("c", &[0, 0, 9, 9]),
                ("summe", &[4, 4, 10, 18]),
            ],
        )
        .across("zusammen", &["jung", "mittel", "alt"])
        .down("summe", &["a", "b", "c"]);
    // Row by row and column by column nothing is alone, but rows a and b less the columns `jung`
    // and `mittel` leave the one old person in b.
    let mut naive = case.primaries();
    for name in ["c.alt", "c.zusammen", "summe.alt", "summe.zusammen"] {
        naive.insert(format!("kunden.{name}"));
    }
    assert_eq!(case.possible(&naive, "kunden.b.alt"), (1, 1));
    smallest(&yaml, &case, 2);
}

#[test]
fn three_small_cells_on_a_diagonal_are_closed_by_three() {
    let yaml = customers(
        &AGES,
        &[
            "{id: a, zellen: {gruppe: A, jung: 2, mittel: 7, alt: 8}}",
            "{id: b, zellen: {gruppe: B, jung: 9, mittel: 2, alt: 6}}",
            "{id: c, zellen: {gruppe: C, jung: 7, mittel: 5, alt: 2}}",
            TOTAL,
        ],
    );
    let case = Case::default()
        .table(
            "kunden",
            &BY_AGE,
            &[
                ("a", &[2, 7, 8, 17]),
                ("b", &[9, 2, 6, 17]),
                ("c", &[7, 5, 2, 14]),
                ("summe", &[18, 14, 16, 48]),
            ],
        )
        .across("zusammen", &["jung", "mittel", "alt"])
        .down("summe", &["a", "b", "c"]);
    smallest(&yaml, &case, 3);
}

#[test]
fn two_small_cells_in_three_columns_are_closed_by_two() {
    let yaml = customers(
        &AGES,
        &[
            "{id: a, zellen: {gruppe: A, jung: 5, mittel: 2, alt: 11}}",
            "{id: b, zellen: {gruppe: B, jung: 9, mittel: 4, alt: 13}}",
            "{id: c, zellen: {gruppe: C, jung: 8, mittel: 6, alt: 2}}",
            TOTAL,
        ],
    );
    let case = Case::default()
        .table(
            "kunden",
            &BY_AGE,
            &[
                ("a", &[5, 2, 11, 18]),
                ("b", &[9, 4, 13, 26]),
                ("c", &[8, 6, 2, 16]),
                ("summe", &[22, 12, 26, 60]),
            ],
        )
        .across("zusammen", &["jung", "mittel", "alt"])
        .down("summe", &["a", "b", "c"]);
    let hidden = smallest(&yaml, &case, 2);
    // The other two corners of the rectangle.
    assert!(hidden.is_superset(&names(&["kunden.a.alt", "kunden.c.mittel"])), "{hidden:?}");
}

#[test]
fn within_a_group_the_neighbour_is_enough() {
    let yaml = customers(
        &COUNT,
        &[
            "{id: g, art: gruppe, zellen: {gruppe: Erste}}",
            "{id: a, zellen: {gruppe: A, anzahl: 1}}",
            "{id: b, zellen: {gruppe: B, anzahl: 9}}",
            "{id: h, art: gruppe, zellen: {gruppe: Zweite}}",
            "{id: c, zellen: {gruppe: C, anzahl: 12}}",
            "{id: d, zellen: {gruppe: D, anzahl: 7}}",
            TOTAL,
        ],
    );
    let case = Case::default()
        .table(
            "kunden",
            &["anzahl"],
            &[
                ("g", &[10]),
                ("a", &[1]),
                ("b", &[9]),
                ("h", &[19]),
                ("c", &[12]),
                ("d", &[7]),
                ("summe", &[29]),
            ],
        )
        .down("g", &["a", "b"])
        .down("h", &["c", "d"])
        .down("summe", &["g", "h"]);
    let hidden = smallest(&yaml, &case, 1);
    assert_eq!(hidden, names(&["kunden.a.anzahl", "kunden.b.anzahl"]));
}

#[test]
fn a_group_of_one_small_row_takes_the_total_along() {
    // Hiding the head of the other group is no help: its rows are visible.
    let yaml = customers(
        &COUNT,
        &[
            "{id: g, art: gruppe, zellen: {gruppe: Erste}}",
            "{id: a, zellen: {gruppe: A, anzahl: 1}}",
            "{id: h, art: gruppe, zellen: {gruppe: Zweite}}",
            "{id: c, zellen: {gruppe: C, anzahl: 12}}",
            "{id: d, zellen: {gruppe: D, anzahl: 7}}",
            TOTAL,
        ],
    );
    let case = Case::default()
        .table(
            "kunden",
            &["anzahl"],
            &[("g", &[1]), ("a", &[1]), ("h", &[19]), ("c", &[12]), ("d", &[7]), ("summe", &[20])],
        )
        .down("g", &["a"])
        .down("h", &["c", "d"])
        .down("summe", &["g", "h"]);
    let hidden = smallest(&yaml, &case, 1);
    assert_eq!(hidden, names(&["kunden.g.anzahl", "kunden.a.anzahl", "kunden.summe.anzahl"]));
}

#[test]
fn a_small_part_of_a_row_needs_no_other() {
    let yaml = customers(
        &COUNT,
        &[
            "{id: a, zellen: {gruppe: A, anzahl: 7}}",
            "{id: d, art: darunter, zellen: {gruppe: darunter D, anzahl: 2}}",
            "{id: b, zellen: {gruppe: B, anzahl: 9}}",
            TOTAL,
        ],
    );
    let case = Case::default()
        .table("kunden", &["anzahl"], &[("a", &[7]), ("d", &[2]), ("b", &[9]), ("summe", &[16])])
        .down("summe", &["a", "b"])
        .within("d", "a");
    let hidden = smallest(&yaml, &case, 0);
    assert_eq!(hidden, names(&["kunden.d.anzahl"]));
}

#[test]
fn a_visible_part_says_how_much_its_row_is_at_least() {
    // Row a would hide b, but its part shows that it is at least 4 of the 5 they share.
    let yaml = customers(
        &COUNT,
        &[
            "{id: a, zellen: {gruppe: A, anzahl: 4}}",
            "{id: d, art: darunter, zellen: {gruppe: darunter D, anzahl: 4}}",
            "{id: b, zellen: {gruppe: B, anzahl: 1}}",
            "{id: c, zellen: {gruppe: C, anzahl: 9}}",
            TOTAL,
        ],
    );
    let case = Case::default()
        .table(
            "kunden",
            &["anzahl"],
            &[("a", &[4]), ("d", &[4]), ("b", &[1]), ("c", &[9]), ("summe", &[14])],
        )
        .down("summe", &["a", "b", "c"])
        .within("d", "a");
    assert!(!case.protects(&names(&["kunden.b.anzahl", "kunden.a.anzahl"])));
    smallest(&yaml, &case, 1);
}

#[test]
fn small_figures_in_a_row_and_in_its_part() {
    let yaml = customers(
        &GENDERS,
        &[
            "{id: a, zellen: {gruppe: A, frauen: 2, maenner: 9}}",
            "{id: d, art: darunter, zellen: {gruppe: darunter D, frauen: 1, maenner: 4}}",
            "{id: b, zellen: {gruppe: B, frauen: 8, maenner: 7}}",
            TOTAL,
        ],
    );
    let case = Case::default()
        .table(
            "kunden",
            &BY_GENDER,
            &[("a", &[2, 9, 11]), ("d", &[1, 4, 5]), ("b", &[8, 7, 15]), ("summe", &[10, 16, 26])],
        )
        .across("zusammen", &["frauen", "maenner"])
        .down("summe", &["a", "b"])
        .within("d", "a");
    // Three more are too few here, so only safety is promised.
    safe(&yaml, &case);
}

#[test]
fn a_percentage_gives_a_hidden_count_away() {
    let share = percentages("anteil", 1, "anteil(frauen, zusammen)");
    let columns = [GENDERS.as_slice(), &[share.as_str()]].concat();
    let yaml = customers(
        &columns,
        &[
            "{id: a, zellen: {gruppe: A, frauen: 2, maenner: 18}}",
            "{id: b, zellen: {gruppe: B, frauen: 9, maenner: 12}}",
        ],
    );
    let case = Case::default()
        .table("kunden", &BY_GENDER, &[("a", &[2, 18, 20]), ("b", &[9, 12, 21])])
        .across("zusammen", &["frauen", "maenner"])
        .share("anteil", "frauen", "zusammen", 1);
    smallest(&yaml, &case, 2);
}

#[test]
fn two_percentages_may_stay_if_they_only_say_the_proportion() {
    let share = percentages("anteil", 1, "anteil(frauen, zusammen)");
    let rest = percentages("rest", 1, "anteil(maenner, zusammen)");
    let columns = [GENDERS.as_slice(), &[share.as_str(), rest.as_str()]].concat();
    let yaml = customers(
        &columns,
        &[
            "{id: a, zellen: {gruppe: A, frauen: 2, maenner: 18}}",
            "{id: b, zellen: {gruppe: B, frauen: 9, maenner: 12}}",
        ],
    );
    let case = Case::default()
        .table("kunden", &BY_GENDER, &[("a", &[2, 18, 20]), ("b", &[9, 12, 21])])
        .across("zusammen", &["frauen", "maenner"])
        .share("anteil", "frauen", "zusammen", 1)
        .share("rest", "maenner", "zusammen", 1);
    let hidden = smallest(&yaml, &case, 2);
    let counts = ["kunden.a.frauen", "kunden.a.maenner", "kunden.a.zusammen"];
    assert_eq!(hidden, names(&counts));
}

#[test]
fn percentages_beside_totals_in_both_directions() {
    let share = percentages("anteil", 1, "anteil(frauen, zusammen)");
    let columns = [GENDERS.as_slice(), &[share.as_str()]].concat();
    let yaml = customers(
        &columns,
        &[
            "{id: a, zellen: {gruppe: A, frauen: 2, maenner: 18}}",
            "{id: b, zellen: {gruppe: B, frauen: 9, maenner: 12}}",
            TOTAL,
        ],
    );
    let case = Case::default()
        .table(
            "kunden",
            &BY_GENDER,
            &[("a", &[2, 18, 20]), ("b", &[9, 12, 21]), ("summe", &[11, 30, 41])],
        )
        .across("zusammen", &["frauen", "maenner"])
        .down("summe", &["a", "b"])
        .share("anteil", "frauen", "zusammen", 1);
    // Three more are too few here, so only safety is promised.
    safe(&yaml, &case);
}

#[test]
fn a_percentage_of_two_is_no_count() {
    let share = percentages("anteil", 0, "anteil(frauen, zusammen)");
    let columns = [GENDERS.as_slice(), &[share.as_str()]].concat();
    let yaml = customers(&columns, &["{id: a, zellen: {gruppe: A, frauen: 4, maenner: 196}}"]);
    let case = Case::default()
        .table("kunden", &BY_GENDER, &[("a", &[4, 196, 200])])
        .across("zusammen", &["frauen", "maenner"])
        .share("anteil", "frauen", "zusammen", 0);
    smallest(&yaml, &case, 0);
}

#[test]
fn a_change_from_a_public_earlier_count_gives_the_new_one_away() {
    let change = percentages("wandel", 1, "veraenderung(neu, alt)");
    let yaml = customers(
        &["{id: alt, titel: Alt, art: zahl}", "{id: neu, titel: Neu, art: zahl}", &change],
        &[
            "{id: a, zellen: {gruppe: A, alt: 20, neu: 2}}",
            "{id: b, zellen: {gruppe: B, alt: 40, neu: 50}}",
        ],
    );
    let case = Case::default()
        .table("kunden", &["alt", "neu"], &[("a", &[20, 2]), ("b", &[40, 50])])
        .change("wandel", "neu", "alt", 1);
    smallest(&yaml, &case, 1);
}

#[test]
fn a_change_to_a_public_new_count_gives_the_earlier_one_away() {
    let change = percentages("wandel", 1, "veraenderung(neu, alt)");
    let yaml = customers(
        &["{id: alt, titel: Alt, art: zahl}", "{id: neu, titel: Neu, art: zahl}", &change],
        &[
            "{id: a, zellen: {gruppe: A, alt: 2, neu: 7}}",
            "{id: b, zellen: {gruppe: B, alt: 40, neu: 50}}",
        ],
    );
    let case = Case::default()
        .table("kunden", &["alt", "neu"], &[("a", &[2, 7]), ("b", &[40, 50])])
        .change("wandel", "neu", "alt", 1);
    smallest(&yaml, &case, 1);
}

#[test]
fn a_change_in_whole_percent_says_too_little_of_a_small_count() {
    // 4 of 900 would be printed as −100 % as well.
    let change = percentages("wandel", 0, "veraenderung(neu, alt)");
    let yaml = customers(
        &["{id: alt, titel: Alt, art: zahl}", "{id: neu, titel: Neu, art: zahl}", &change],
        &[
            "{id: a, zellen: {gruppe: A, alt: 900, neu: 2}}",
            "{id: b, zellen: {gruppe: B, alt: 40, neu: 50}}",
        ],
    );
    let case = Case::default()
        .table("kunden", &["alt", "neu"], &[("a", &[900, 2]), ("b", &[40, 50])])
        .change("wandel", "neu", "alt", 0);
    let hidden = smallest(&yaml, &case, 0);
    assert_eq!(hidden, names(&["kunden.a.neu"]));
}

#[test]
fn a_small_difference_of_columns_takes_one_of_them_along() {
    let yaml = customers(
        &[
            "{id: zusammen, titel: zusammen, art: zahl}",
            "{id: frauen, titel: Frauen, art: zahl}",
            r#"{id: maenner, titel: Männer, art: zahl, formel: "= zusammen - frauen"}"#,
        ],
        &[
            "{id: a, zellen: {gruppe: A, zusammen: 10, frauen: 9}}",
            "{id: b, zellen: {gruppe: B, zusammen: 20, frauen: 8}}",
        ],
    );
    let case = Case::default()
        .table(
            "kunden",
            &["zusammen", "frauen", "maenner"],
            &[("a", &[10, 9, 1]), ("b", &[20, 8, 12])],
        )
        .across("zusammen", &["frauen", "maenner"]);
    smallest(&yaml, &case, 1);
}

#[test]
fn a_small_difference_of_rows_takes_one_of_them_along() {
    let yaml = customers(
        &COUNT,
        &[
            "{id: bestand, zellen: {gruppe: Bestand, anzahl: 12}}",
            "{id: abgang, zellen: {gruppe: Abgang, anzahl: 10}}",
            r#"{id: rest, art: summe, rechnung: "= bestand - abgang", zellen: {gruppe: Rest}}"#,
        ],
    );
    let case = Case::default()
        .table("kunden", &["anzahl"], &[("bestand", &[12]), ("abgang", &[10]), ("rest", &[2])])
        .down("bestand", &["rest", "abgang"]);
    smallest(&yaml, &case, 1);
}

#[test]
fn a_second_table_and_a_sentence_give_a_count_of_the_first_away() {
    let first = table(
        "kunden",
        "ja",
        &COUNT,
        &["{id: a, zellen: {gruppe: A, anzahl: 1}}", "{id: b, zellen: {gruppe: B, anzahl: 9}}"],
    );
    let second = table(
        "stadt",
        "ja",
        &COUNT,
        &[
            r#"{id: x, zellen: {gruppe: X, anzahl: "= werte.gesamt"}}"#,
            "{id: y, zellen: {gruppe: Y, anzahl: 12}}",
            TOTAL,
        ],
    );
    let yaml = format!("{GRAND_TOTAL}tabellen:\n{first}{second}");
    let text =
        format!("{INSERTED}\nEs sind [](zahl:werte.gesamt).\n\n<!-- amip:tabelle stadt -->\n");
    let case = Case::default()
        .table("kunden", &["anzahl"], &[("a", &[1]), ("b", &[9])])
        .table("stadt", &["anzahl"], &[("x", &[10]), ("y", &[12]), ("summe", &[22])])
        .down("summe", &["x", "y"])
        .count("werte.gesamt", 10)
        .sum("werte.gesamt", &["kunden.a.anzahl", "kunden.b.anzahl"])
        .sum("stadt.x.anzahl", &["werte.gesamt"]);
    // The total stands in three places, so hiding b is less.
    let hidden = smallest_in(&yaml, &text, &case, 1);
    assert_eq!(hidden, names(&["kunden.a.anzahl", "kunden.b.anzahl"]));
    assert!(!codes(&yaml, &text).contains(&"geheim-im-text"));
}

#[test]
fn what_is_small_in_one_table_is_protected_in_the_next() {
    // Row b shows its zero, so that the total is as small as a, and so is x.
    let first = table(
        "kunden",
        "ja",
        &COUNT,
        &["{id: a, zellen: {gruppe: A, anzahl: 1}}", "{id: b, zellen: {gruppe: B, anzahl: 0}}"],
    );
    let second = table(
        "stadt",
        "ja",
        &COUNT,
        &[
            r#"{id: x, zellen: {gruppe: X, anzahl: "= werte.gesamt"}}"#,
            "{id: y, zellen: {gruppe: Y, anzahl: 12}}",
            TOTAL,
        ],
    );
    let yaml = format!("{GRAND_TOTAL}tabellen:\n{first}{second}");
    let text =
        format!("{INSERTED}\nEs sind [](zahl:werte.gesamt).\n\n<!-- amip:tabelle stadt -->\n");
    let case = Case::default()
        .table("kunden", &["anzahl"], &[("a", &[1]), ("b", &[0])])
        .table("stadt", &["anzahl"], &[("x", &[1]), ("y", &[12]), ("summe", &[13])])
        .down("summe", &["x", "y"])
        .count("werte.gesamt", 1)
        .sum("werte.gesamt", &["kunden.a.anzahl", "kunden.b.anzahl"])
        .sum("stadt.x.anzahl", &["werte.gesamt"]);
    smallest_in(&yaml, &text, &case, 1);
    assert!(codes(&yaml, &text).contains(&"geheim-im-text"));
}

#[test]
fn a_secret_count_in_a_sentence_is_found() {
    let yaml = customers(
        &COUNT,
        &["{id: a, zellen: {gruppe: A, anzahl: 2}}", "{id: b, zellen: {gruppe: B, anzahl: 9}}"],
    );
    assert!(!codes(&yaml, INSERTED).contains(&"geheim-im-text"));
    let text = format!("{INSERTED}\nEs sind [](zahl:kunden.a.anzahl).\n");
    assert!(codes(&yaml, &text).contains(&"geheim-im-text"));
    let text = format!("{INSERTED}\nEs sind [](zahl:kunden.b.anzahl).\n");
    assert!(!codes(&yaml, &text).contains(&"geheim-im-text"));
}

#[test]
fn a_zero_beside_a_small_cell_makes_its_sum_as_small() {
    let yaml = customers(
        &GENDERS,
        &[
            "{id: a, zellen: {gruppe: A, frauen: 1, maenner: 0}}",
            "{id: b, zellen: {gruppe: B, frauen: 9, maenner: 12}}",
            TOTAL,
        ],
    );
    let case = Case::default()
        .table(
            "kunden",
            &BY_GENDER,
            &[("a", &[1, 0, 1]), ("b", &[9, 12, 21]), ("summe", &[10, 12, 22])],
        )
        .across("zusammen", &["frauen", "maenner"])
        .down("summe", &["a", "b"]);
    smallest(&yaml, &case, 2);
}

#[test]
fn zeros_are_no_help_in_hiding() {
    let yaml = customers(
        &GENDERS,
        &[
            "{id: a, zellen: {gruppe: A, frauen: 1, maenner: 6}}",
            "{id: b, zellen: {gruppe: B, frauen: 0, maenner: 12}}",
            "{id: c, zellen: {gruppe: C, frauen: 8, maenner: 0}}",
            TOTAL,
        ],
    );
    let case = Case::default()
        .table(
            "kunden",
            &BY_GENDER,
            &[("a", &[1, 6, 7]), ("b", &[0, 12, 12]), ("c", &[8, 0, 8]), ("summe", &[9, 18, 27])],
        )
        .across("zusammen", &["frauen", "maenner"])
        .down("summe", &["a", "b", "c"]);
    smallest(&yaml, &case, 3);
}

#[test]
fn small_cells_throughout_may_be_enough_for_each_other() {
    let yaml = customers(
        &GENDERS,
        &[
            "{id: a, zellen: {gruppe: A, frauen: 2, maenner: 2}}",
            "{id: b, zellen: {gruppe: B, frauen: 2, maenner: 2}}",
            TOTAL,
        ],
    );
    let case = Case::default()
        .table("kunden", &BY_GENDER, &[("a", &[2, 2, 4]), ("b", &[2, 2, 4]), ("summe", &[4, 4, 8])])
        .across("zusammen", &["frauen", "maenner"])
        .down("summe", &["a", "b"]);
    smallest(&yaml, &case, 0);
}

#[test]
fn small_cells_throughout_with_small_totals() {
    let yaml = customers(
        &GENDERS,
        &[
            "{id: a, zellen: {gruppe: A, frauen: 1, maenner: 1}}",
            "{id: b, zellen: {gruppe: B, frauen: 1, maenner: 2}}",
            TOTAL,
        ],
    );
    let case = Case::default()
        .table("kunden", &BY_GENDER, &[("a", &[1, 1, 2]), ("b", &[1, 2, 3]), ("summe", &[2, 3, 5])])
        .across("zusammen", &["frauen", "maenner"])
        .down("summe", &["a", "b"]);
    assert!(!case.protects(&case.primaries()));
    // How many more are needed depends on whether a hidden zero is thought possible.
    safe(&yaml, &case);
}

#[test]
fn a_small_cell_with_a_small_total_needs_no_other() {
    let yaml = customers(
        &COUNT,
        &[
            "{id: a, zellen: {gruppe: A, anzahl: 2}}",
            "{id: b, zellen: {gruppe: B, anzahl: 0}}",
            TOTAL,
        ],
    );
    let case = Case::default()
        .table("kunden", &["anzahl"], &[("a", &[2]), ("b", &[0]), ("summe", &[2])])
        .down("summe", &["a", "b"]);
    let hidden = smallest(&yaml, &case, 0);
    assert_eq!(hidden, names(&["kunden.a.anzahl", "kunden.summe.anzahl"]));
}

#[test]
fn nothing_small_is_nothing_hidden() {
    let share = percentages("anteil", 1, "anteil(frauen, zusammen)");
    let columns = [GENDERS.as_slice(), &[share.as_str()]].concat();
    let yaml = customers(
        &columns,
        &[
            "{id: a, zellen: {gruppe: A, frauen: 3, maenner: 4}}",
            "{id: d, art: darunter, zellen: {gruppe: darunter D, frauen: 0, maenner: 3}}",
            "{id: b, zellen: {gruppe: B, frauen: 0, maenner: 12}}",
            TOTAL,
        ],
    );
    let case = Case::default()
        .table(
            "kunden",
            &BY_GENDER,
            &[("a", &[3, 4, 7]), ("d", &[0, 3, 3]), ("b", &[0, 12, 12]), ("summe", &[3, 16, 19])],
        )
        .across("zusammen", &["frauen", "maenner"])
        .down("summe", &["a", "b"])
        .within("d", "a")
        .share("anteil", "frauen", "zusammen", 1);
    let hidden = smallest(&yaml, &case, 0);
    assert!(hidden.is_empty(), "{hidden:?}");
    assert!(codes(&yaml, INSERTED).is_empty());
}

#[test]
fn what_does_not_count_persons_is_not_hidden() {
    let rows = [
        "{id: a, zellen: {gruppe: A, frauen: 1, maenner: 2}}",
        "{id: b, zellen: {gruppe: B, frauen: 9, maenner: 12}}",
        TOTAL,
    ];
    let yaml = format!("tabellen:\n{}", table("kunden", "nein", &GENDERS, &rows));
    let hidden = hidden(&files(&yaml, INSERTED));
    assert!(hidden.is_empty(), "{hidden:?}");
}

// ---- Random tables ----

/// The YAML and the case of a table with totals in both directions.
fn random(cells: &[Vec<i64>]) -> (String, Case) {
    let columns = &["jung", "mittel", "alt"][..cells[0].len()];
    let ids = &["a", "b", "c"][..cells.len()];

    let mut heads: Vec<String> = columns
        .iter()
        .map(|column| format!("{{id: {column}, titel: {column}, art: zahl}}"))
        .collect();
    heads.push(format!(
        "{{id: zusammen, titel: zusammen, art: zahl, formel: \"= {}\"}}",
        columns.join(" + ")
    ));
    let mut lines: Vec<String> = Vec::new();
    for (id, values) in ids.iter().zip(cells) {
        let values: Vec<String> = columns
            .iter()
            .zip(values)
            .map(|(column, value)| format!("{column}: {value}"))
            .collect();
        lines.push(format!("{{id: {id}, zellen: {{gruppe: Zeile, {}}}}}", values.join(", ")));
    }
    lines.push(TOTAL.to_owned());
    let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();

    let mut rows: Vec<Vec<i64>> = cells.to_vec();
    rows.push((0..columns.len()).map(|at| cells.iter().map(|row| row[at]).sum::<i64>()).collect());
    for row in &mut rows {
        row.push(row.iter().sum());
    }
    let named: Vec<(&str, &[i64])> =
        ids.iter().copied().chain(["summe"]).zip(rows.iter().map(Vec::as_slice)).collect();
    let case = Case::default()
        .table("kunden", &[columns, &["zusammen"]].concat(), &named)
        .across("zusammen", columns)
        .down("summe", ids);
    (customers(&heads, &lines), case)
}

fn cells() -> impl Strategy<Value = Vec<Vec<i64>>> {
    (2..=3_usize, 2..=3_usize).prop_flat_map(|(rows, columns)| {
        prop::collection::vec(prop::collection::vec(0..=8_i64, columns), rows)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn random_tables_are_protected(cells in cells()) {
        let (yaml, case) = random(&cells);
        same_figures(&yaml, INSERTED, &case);
        let hidden = hidden(&files(&yaml, INSERTED));
        // More hidden figures never rule more out, so that if not even all of them are enough, no
        // choice is: this stands for trying every choice.
        let everything = case.not_zero();
        if case.protects(&everything) {
            let objections = objections(&case, &hidden);
            prop_assert!(objections.is_empty(), "{objections:#?}\nhidden: {hidden:#?}\n{yaml}");
        }
        let given_up = codes(&yaml, INSERTED).contains(&"geheimhaltung");
        prop_assert_eq!(given_up, !case.protects(&everything), "{}", yaml);
    }
}
