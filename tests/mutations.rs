// SPDX-License-Identifier: EUPL-1.2
//! Every figure of the samples that stands in two places is changed by one unit of its last printed
//! digit, one at a time: the rules must notice, unless the changed figure could still be true.
//!
//! What could be true is worked out in `support::possible`, from the intervals of the printed
//! figures and not from what the rules calculate. Figures that stand in one place only are counted:
//! nothing could know that they are wrong.

mod sample;

use std::fs;
use std::path::Path;

use amip::model::figures::Origin;
use amip::model::formula::{Formula, Function};
use sample::Sample;
use serde_json::Value;

use crate::support::{SAMPLES, all_good, amip, copy_folder, root};

/// What was changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Total,
    Share,
    Change,
    Calculation,
    Second,
    Sentence,
    Entered,
}

impl Kind {
    pub fn of(origin: &Origin) -> Self {
        match origin {
            Origin::Sum(_) | Origin::Computed(Formula::Call(Function::Sum, _)) => Self::Total,
            Origin::Computed(Formula::Call(Function::Share, _)) => Self::Share,
            Origin::Computed(Formula::Call(Function::Change | Function::Points, _)) => Self::Change,
            Origin::Computed(Formula::Figure(_)) => Self::Second,
            Origin::Computed(_) => Self::Calculation,
            _ => Self::Second,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Total => "stated total",
            Self::Share => "stated share",
            Self::Change => "stated change",
            Self::Calculation => "stated result",
            Self::Second => "second place",
            Self::Sentence => "figure in a sentence",
            Self::Entered => "entered, stated elsewhere",
        }
    }

    /// The code with which the change must be found; an entered figure shows at any of its places.
    pub fn code(self) -> Option<&'static str> {
        Some(match self {
            Self::Total => "summe",
            Self::Share => "anteil",
            Self::Change => "veraenderung",
            Self::Calculation => "rechnung",
            Self::Second => "zwei-werte",
            Self::Sentence => "zahl-im-text",
            Self::Entered => return None,
        })
    }
}

/// What became of the changes of one kind.
#[derive(Debug, Default)]
pub struct Tally {
    pub found: usize,
    /// Of these: the place bears a reason that acknowledges whatever deviates there.
    pub acknowledged: usize,
    pub undecidable: usize,
    /// Of these: named as a rounding difference.
    pub rounding: usize,
    pub missed: Vec<String>,
}

#[test]
#[expect(clippy::print_stdout, reason = "the counts are the result")]
fn changed_figures_are_found_where_anything_could_know() {
    let reports: Vec<(Sample, usize)> = std::thread::scope(|scope| {
        let threads: Vec<_> = SAMPLES
            .into_iter()
            .map(|name| {
                scope.spawn(move || {
                    let mut sample = Sample::open(name);
                    sample.stated_figures();
                    sample.sentences();
                    let alone = sample.entered();
                    (sample, alone)
                })
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().expect("a report")).collect()
    });
    let mut problems = Vec::new();
    println!(
        "{:<26} {:<26} {:>6} {:>8} {:>12} {:>9} {:>6}",
        "sample", "changed", "found", "(reason)", "undecidable", "(noted)", "missed"
    );
    for (name, (sample, alone)) in SAMPLES.into_iter().zip(reports) {
        for (kind, tally) in &sample.tallies {
            println!(
                "{name:<26} {:<26} {:>6} {:>8} {:>12} {:>9} {:>6}",
                kind.name(),
                tally.found,
                tally.acknowledged,
                tally.undecidable,
                tally.rounding,
                tally.missed.len()
            );
            problems
                .extend(tally.missed.iter().map(|what| format!("{name}: {}: {what}", kind.name())));
        }
        let (unread, beside) = sample.unread;
        println!(
            "{name:<26} not changed: {alone} entered in one place only, {unread} texts without a readable figure, {beside} numbers beside one"
        );
        assert!(sample.tallies.values().map(|tally| tally.found).sum::<usize>() > 100, "{name}");
    }
    all_good(&problems);
}

/// Changes a file of a copy of a sample and gives back what `amip check` finds unacknowledged.
fn checked(name: &str, change: Option<(&str, &str, &str)>) -> (usize, Vec<Value>) {
    let folder = tempfile::tempdir().expect("folder");
    let copy = folder.path().join(name);
    copy_folder(&root().join("data").join(name), &copy);
    let mut line = 0;
    if let Some((file, from, to)) = change {
        let path = copy.join(file);
        let text = fs::read_to_string(&path).expect("UTF-8");
        let at = text.find(from).unwrap_or_else(|| panic!("{file}: {from}"));
        line = text[..at].lines().count().max(1);
        fs::write(&path, text.replacen(from, to, 1)).expect("write");
    }
    let output = amip(&["check", name, "--format", "json"], Path::new(folder.path()));
    let found: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    (line, found.as_array().expect("an array").clone())
}

#[test]
fn changed_files_are_found_by_the_program() {
    let mut problems = Vec::new();
    for name in SAMPLES {
        assert!(checked(name, None).1.is_empty(), "{name}");
    }
    for (name, file, from, to, code) in [
        ("duesseldorf-2016", "kapitel/arbeitsmarkt.md", "[387.904]", "[387.905]", "zahl-im-text"),
        ("duesseldorf-2021", "kennzahlen.yaml", "\"11.797\"", "\"11.798\"", "summe"),
        ("duesseldorf-2021", "kennzahlen.yaml", "\"-15 %\"", "\"-16 %\"", "veraenderung"),
        ("duisburg-2020", "kapitel/arbeitsmarkt.md", "[13 Jahren]", "[14 Jahren]", "zahl-im-text"),
        ("duisburg-2020", "kennzahlen.yaml", "\"6.429\"", "\"6.430\"", "summe"),
        ("musterstadt-2027", "mittel.yaml", "angegeben: 84,8 %", "angegeben: 84,9 %", "anteil"),
        ("musterstadt-2027", "kapitel/arbeitsmarkt.md", "[1.640]", "[1.641]", "zahl-im-text"),
        (
            "musterstadt-planung-2027",
            "kapitel/investitionen.md",
            "[44 %]",
            "[45 %]",
            "zahl-im-text",
        ),
    ] {
        let (line, found) = checked(name, Some((file, from, to)));
        let there = found.iter().any(|finding| {
            finding["code"] == code
                && finding["line"].as_u64() == u64::try_from(line).ok()
                && finding["file"].as_str().is_some_and(|path| path.ends_with(file))
        });
        if !there {
            problems.push(format!("{name}/{file}:{line}: {from} → {to}: {found:#?}"));
        }
    }
    all_good(&problems);
}
