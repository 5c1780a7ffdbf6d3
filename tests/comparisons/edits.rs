// SPDX-License-Identifier: EUPL-1.2
//! Random edits of the samples: a comparison reports each of them and nothing else.
//!
//! Figures and sentences are edited in the files ([`super::texts`]), what has an id in the programme
//! that was read ([`super::data`]).

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::sync::Mutex;

use amip::compare::{Side, compare};
use amip::diag::{Finding, Span};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};

use super::outcome::{Fact, facts};
use super::{data, texts};
use crate::support::{Loaded, SAMPLES, copy_folder, read, root, sample};

/// Cases for each sample.
const CASES: u32 = 100;

/// One random decision: the kind of the edit, what it befalls, and how far.
#[derive(Debug, Clone)]
pub struct Pick {
    pub kind: usize,
    pub first: usize,
    pub second: usize,
    pub amount: i64,
}

/// What is done to the programme that was read.
type Deed = Box<dyn FnOnce(&mut Loaded)>;

/// Edits that do not get into each other's way, and what must be said about them.
#[derive(Default)]
pub struct Plan {
    /// Places in files and what they read now.
    pub files: Vec<(Span, String)>,
    pub deeds: Vec<Deed>,
    pub expected: BTreeSet<Fact>,
    /// In words, for the message of a failure.
    pub told: Vec<String>,
    claims: BTreeSet<String>,
    names: usize,
}

impl Plan {
    /// Whether all of these were free; from now on they are not.
    pub fn claim(&mut self, things: &[String]) -> bool {
        if things.iter().any(|thing| self.claims.contains(thing)) {
            return false;
        }
        self.claims.extend(things.iter().cloned());
        true
    }

    /// A name that resembles no other.
    pub fn name(&mut self) -> String {
        const NAMES: [&str; 16] = [
            "Quorvex", "Zimbalon", "Hjultrap", "Wyndmoke", "Fbrixel", "Oumphado", "Kszenit",
            "Ypsalgu", "Droveccj", "Tlumpwiq", "Engzohba", "Vxairtem", "Mnuffrol", "Jiqqaspe",
            "Ghulbody", "Celtwrax",
        ];
        self.names += 1;
        NAMES[(self.names - 1) % NAMES.len()].to_owned()
    }
}

/// An edit: whether there was anything left to befall.
pub type Edit = fn(&Loaded, &mut Plan, &Pick) -> bool;

const EDITS: [(&str, Edit); 28] = [
    ("figure of a measure", texts::measure_figure),
    ("figure of a row", texts::row_figure),
    ("figure of a row", texts::row_figure),
    ("single figure", texts::value),
    ("unit", texts::unit),
    ("word", texts::word),
    ("word", texts::word),
    ("figure in a sentence", texts::sentence),
    ("paragraph added", texts::added),
    ("paragraph dropped", texts::dropped),
    ("paragraph moved", texts::moved),
    ("measure renamed", data::measure_renamed),
    ("measure with a new id", data::measure_continued),
    ("measure added", data::measure_added),
    ("measure dropped", data::measure_dropped),
    ("measure moved", data::measure_moved),
    ("measures merged", data::measures_merged),
    ("measure split", data::measure_split),
    ("strategy renamed", data::strategy_renamed),
    ("strategy added", data::strategy_added),
    ("strategy dropped", data::strategy_dropped),
    ("priority added", data::priority_added),
    ("priority dropped", data::priority_dropped),
    ("abbreviation added", data::abbreviation_added),
    ("abbreviation dropped", data::abbreviation_dropped),
    ("abbreviation changed", data::abbreviation_changed),
    ("chapter renamed", data::chapter_renamed),
    ("finding acknowledged", data::acknowledged),
];

fn picks() -> impl Strategy<Value = Vec<Pick>> {
    let pick = (0..EDITS.len(), 0..10_000usize, 0..10_000usize, 1..1_000i64)
        .prop_map(|(kind, first, second, amount)| Pick { kind, first, second, amount });
    vec(pick, 1..=8)
}

/// A sample with a copy whose files are changed and mended again.
struct Workshop {
    base: Loaded,
    folder: tempfile::TempDir,
    name: &'static str,
}

impl Workshop {
    fn open(name: &'static str) -> Self {
        let folder = tempfile::tempdir().expect("folder");
        copy_folder(&root().join("data").join(name), &folder.path().join(name));
        let mut base = read(&folder.path().join(name));
        base.findings.clone_from(&sample(name).findings);
        Self { base, folder, name }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join(self.name)
    }

    /// The programme with these edits, read from files again.
    fn edited(&self, plan: &mut Plan) -> Loaded {
        let sources = &self.base.sources;
        plan.files.sort_by_key(|(span, _)| (span.file, std::cmp::Reverse((span.start, span.end))));
        let touched: BTreeSet<_> = plan.files.iter().map(|(span, _)| span.file).collect();
        for file in &touched {
            let mut text = sources.text(*file).to_owned();
            for (span, new) in plan.files.iter().filter(|(span, _)| span.file == *file) {
                text.replace_range(span.start as usize..span.end as usize, new);
            }
            fs::write(sources.path(*file), text).expect("write");
        }
        let mut loaded = read(&self.path());
        for file in &touched {
            fs::write(sources.path(*file), sources.text(*file)).expect("write");
        }
        loaded.findings.clone_from(&self.base.findings);
        for deed in plan.deeds.drain(..) {
            deed(&mut loaded);
        }
        loaded
    }

    fn case(&self, picks: &[Pick], done: &Mutex<BTreeSet<&str>>) -> Result<(), TestCaseError> {
        let mut plan = Plan::default();
        for pick in picks {
            let (name, edit) = EDITS[pick.kind];
            let before = plan.told.len();
            if edit(&self.base, &mut plan, pick) {
                done.lock().expect("no panic").insert(name);
                if plan.told.len() == before {
                    plan.told.push(name.to_owned());
                }
            }
        }
        let figures = plan
            .files
            .iter()
            .any(|(_, new)| new.contains("plaetze") || new.chars().any(|c| c.is_ascii_digit()));
        let edited = self.edited(&mut plan);
        let compared = facts(&compare(side("alt", &self.base), side("neu", &edited)));
        let backwards = facts(&compare(side("neu", &edited), side("alt", &self.base)));
        let Plan { expected, told, .. } = plan;
        let compared = (shown(compared.0, &expected, figures), compared.1);
        same(&expected, &compared.0, &told)?;
        prop_assert!(
            figures || compared.1 == 0,
            "{told:?}: {} consequences of nothing",
            compared.1
        );
        let mirrored = expected.into_iter().map(Fact::mirrored).collect();
        let backwards = (shown(backwards.0, &mirrored, figures), backwards.1);
        same(&mirrored, &backwards.0, &told)
            .map_err(|error| TestCaseError::fail(format!("backwards: {error}")))
    }
}

/// Without sentences that show a changed figure of the data.
fn shown(found: BTreeSet<Fact>, expected: &BTreeSet<Fact>, figures: bool) -> BTreeSet<Fact> {
    let follows = |fact: &Fact| matches!(fact, Fact::Text { kind, .. } if kind == "Figures");
    found.into_iter().filter(|fact| !figures || !follows(fact) || expected.contains(fact)).collect()
}

fn same(
    expected: &BTreeSet<Fact>,
    found: &BTreeSet<Fact>,
    told: &[String],
) -> Result<(), TestCaseError> {
    let missing: Vec<_> = expected.difference(found).collect();
    let beside: Vec<_> = found.difference(expected).collect();
    prop_assert!(
        missing.is_empty() && beside.is_empty(),
        "{told:#?}\nnot said: {missing:#?}\nsaid beside: {beside:#?}"
    );
    Ok(())
}

pub(super) fn side<'a>(name: &'a str, loaded: &'a Loaded) -> Side<'a> {
    let findings: &[Finding] = &loaded.findings;
    Side { name, programme: &loaded.programme, document: &loaded.document, findings }
}

#[test]
fn random_edits_are_reported_exactly() {
    let done = &Mutex::new(BTreeSet::new());
    std::thread::scope(|scope| {
        let threads = SAMPLES.map(|name| {
            scope.spawn(move || {
                let workshop = Workshop::open(name);
                let seed = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
                let config =
                    Config { cases: CASES, failure_persistence: None, ..Config::default() };
                let mut runner = TestRunner::new_with_rng(config, seed);
                let outcome = runner.run(&picks(), |picks| workshop.case(&picks, done));
                outcome.err().map(|error| format!("{name}: {error}"))
            })
        });
        let problems: Vec<String> =
            threads.into_iter().filter_map(|thread| thread.join().expect("a report")).collect();
        crate::support::all_good(&problems);
    });
    let all: BTreeSet<&str> = EDITS.iter().map(|(name, _)| *name).collect();
    assert_eq!(*done.lock().expect("no panic"), all, "no edit of a kind was ever possible");
}

#[test]
fn identical_copies_differ_in_nothing() {
    for name in SAMPLES {
        let (one, other) = (Workshop::open(name), Workshop::open(name));
        let compared = compare(side("alt", &one.base), side("neu", &other.base));
        let (said, follows) = facts(&compared);
        assert!(said.is_empty() && follows == 0, "{name}: {said:#?}");
        assert!(compared.prose.iter().all(|chapter| chapter.stale.is_empty()), "{name}");
    }
}
