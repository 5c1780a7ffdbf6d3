// SPDX-License-Identifier: EUPL-1.2
//! A sample whose figures are changed in memory, one at a time, with what the rules say to it.

use std::collections::{BTreeMap, BTreeSet};

use amip::check::{RULES, Run};
use amip::diag::{Finding, Severity, Span};
use amip::model::Programme;
use amip::model::figures::{Figure, FigureId, Figures, Origin, StatedFigure};
use amip::model::quantity::{Quantity, Scale, Units, parse_as, read_in_text};
use amip::model::yaml::Text;
use amip::tree::{Inline, walk};

use super::{Kind, Tally};
use crate::support::possible::{Possible, fits};
use crate::support::{load, mutants, root, texts};

/// The rules that compare figures of which two places speak.
const COMPARING: [&str; 7] =
    ["summe", "anteil", "veraenderung", "rechnung", "zwei-werte", "zahl-im-text", "rundung"];

/// A figure in running text.
struct Sentence {
    id: FigureId,
    path: String,
    text: String,
    span: Span,
}

/// A place that states a figure.
#[derive(Clone, Copy)]
enum Place {
    Figure(FigureId),
    Sentence(usize),
}

/// A finding, told from others.
type Key = (&'static str, Span, String, String);

/// A sample with what its rules find before anything is changed.
pub struct Sample {
    programme: Programme,
    sentences: Vec<Sentence>,
    baseline: BTreeSet<Key>,
    /// What became of the changes.
    pub tallies: BTreeMap<Kind, Tally>,
    /// Sentences in which no figure can be read, and changes of numbers beside the one that is read.
    pub unread: (usize, usize),
}

impl Sample {
    pub fn open(name: &str) -> Self {
        let programme = load(&root().join("data").join(name)).programme;
        let mut sentences = Vec::new();
        let mut seen = BTreeSet::new();
        programme.each_text(&mut |inline| {
            if let Inline::Figure { path, body, span, .. } = inline
                && !body.is_empty()
                && let Some(id) = programme.figures.find(path)
                && seen.insert((*span, path.clone()))
            {
                let text = walk::plain(body);
                sentences.push(Sentence { id, path: path.clone(), text, span: *span });
            }
        });
        let baseline = keys(&findings(&programme));
        Self { programme, sentences, baseline, tallies: BTreeMap::new(), unread: (0, 0) }
    }

    /// What a place states, as far as it can be read.
    fn stated(&self, place: Place) -> Option<Quantity> {
        match place {
            Place::Figure(id) => self.programme.figures.get(id).stated.as_ref()?.quantity.clone(),
            Place::Sentence(at) => read_in_text(&self.sentences[at].text, &self.programme.units),
        }
    }

    /// Whether what a place states could be true.
    fn fits(&self, place: Place, stated: &Quantity) -> bool {
        let possible = Possible::of(&self.programme);
        match place {
            Place::Figure(id) => fits(stated, possible.result(id).as_ref(), possible.slack(id)),
            Place::Sentence(at) => {
                fits(stated, possible.told(self.sentences[at].id).as_ref(), false)
            }
        }
    }

    fn judge(&mut self, kind: Kind, places: &[Span], could_be: bool, what: &str) {
        let all = findings(&self.programme);
        let new = |finding: &&Finding| {
            key(finding).is_some_and(|(code, span, stated, computed)| {
                (places.is_empty() || places.contains(&span))
                    && !self.baseline.contains(&(code, span, stated, computed))
            })
        };
        let right = |finding: &&Finding| match kind.code() {
            Some(code) => finding.code == code,
            None => finding.code != "rundung",
        };
        let found = all.iter().filter(new).find(right);
        let noted = all.iter().filter(new).any(|finding| finding.severity == Severity::Note);
        let tally = self.tallies.entry(kind).or_default();
        match found {
            Some(finding) => {
                tally.found += 1;
                tally.acknowledged += usize::from(finding.acknowledged.is_some());
            }
            None if could_be => {
                tally.undecidable += 1;
                tally.rounding += usize::from(noted);
            }
            None => tally.missed.push(what.to_owned()),
        }
    }

    /// Changes every stated figure.
    pub fn stated_figures(&mut self) {
        let ids: Vec<FigureId> = self.programme.figures.iter().map(|(id, _)| id).collect();
        for id in ids {
            let figure = self.programme.figures.get(id).clone();
            let Some(StatedFigure { text, quantity: Some(own) }) = &figure.stated else { continue };
            for changed in quantities(&text.value, own, &figure, &self.programme.units) {
                let (value, quantity) = changed;
                let what = format!("{}: „{}“ → „{value}“", figure.label, text.value);
                let stated = StatedFigure {
                    text: Text { value, span: text.span },
                    quantity: Some(quantity.clone()),
                };
                let changed = Figure { stated: Some(stated), ..figure.clone() };
                self.with_figure(id, &changed, |sample| {
                    let could_be = sample.fits(Place::Figure(id), &quantity);
                    sample.judge(Kind::of(&figure.origin), &[figure.span], could_be, &what);
                });
            }
        }
    }

    /// Changes every figure in running text.
    pub fn sentences(&mut self) {
        for at in 0..self.sentences.len() {
            let Sentence { text, span, path, .. } = &self.sentences[at];
            let (text, span, path) = (text.clone(), *span, path.clone());
            let Some(own) = read_in_text(&text, &self.programme.units) else {
                self.unread.0 += 1;
                continue;
            };
            for changed in mutants::of(&text, &own) {
                let Some(quantity) = read_in_text(&changed, &self.programme.units)
                    .filter(|quantity| *quantity != own)
                else {
                    self.unread.1 += 1;
                    continue;
                };
                texts::replace(&mut self.programme, span, &path, &changed);
                let could_be = self.fits(Place::Sentence(at), &quantity);
                let what = format!("{path}: „{text}“ → „{changed}“");
                self.judge(Kind::Sentence, &[span], could_be, &what);
            }
            texts::replace(&mut self.programme, span, &path, &text);
        }
    }

    /// Changes every entered figure that some other place states or goes by; gives back how many
    /// stand alone.
    pub fn entered(&mut self) -> usize {
        let users = users(&self.programme.figures);
        let mut alone = 0;
        let ids: Vec<FigureId> = self.programme.figures.iter().map(|(id, _)| id).collect();
        for id in ids {
            let figure = self.programme.figures.get(id).clone();
            let Origin::Entered(own) = &figure.origin else { continue };
            let places = self.places(id, &users);
            if places.is_empty() {
                alone += usize::from(own.is_number());
                continue;
            }
            let before: Vec<bool> = places.iter().map(|place| self.conflict(*place)).collect();
            for (value, quantity) in
                quantities(&own.to_string(), own, &figure, &self.programme.units)
            {
                let what = format!("{}: {own} → {value}", figure.label);
                let changed = Figure { origin: Origin::Entered(quantity), ..figure.clone() };
                self.with_figure(id, &changed, |sample| {
                    let worse = places
                        .iter()
                        .zip(&before)
                        .any(|(place, before)| !before && sample.conflict(*place));
                    sample.judge(Kind::Entered, &[], !worse, &what);
                });
            }
        }
        alone
    }

    fn conflict(&self, place: Place) -> bool {
        self.stated(place).is_some_and(|stated| !self.fits(place, &stated))
    }

    /// The places that say something about a figure: its own, those of figures that go by it, and
    /// sentences about any of these.
    fn places(&self, id: FigureId, users: &BTreeMap<FigureId, Vec<FigureId>>) -> Vec<Place> {
        let mut reached = BTreeSet::from([id]);
        let mut open = vec![id];
        while let Some(next) = open.pop() {
            for user in users.get(&next).into_iter().flatten() {
                if reached.insert(*user) {
                    open.push(*user);
                }
            }
        }
        let figures = &self.programme.figures;
        let stated =
            |id: &FigureId| figures.get(*id).stated.as_ref().is_some_and(|s| s.quantity.is_some());
        let of_figures = reached.iter().copied().filter(stated).map(Place::Figure);
        let sentences = self.sentences.iter().enumerate();
        let of_sentences = sentences
            .filter(|(_, sentence)| reached.contains(&sentence.id))
            .map(|(at, _)| Place::Sentence(at));
        of_figures.chain(of_sentences).collect()
    }

    /// Does something while a figure is another one.
    fn with_figure(&mut self, id: FigureId, changed: &Figure, work: impl FnOnce(&mut Self)) {
        let mut figures = Figures::default();
        let old = &self.programme.figures;
        for (own, figure) in old.iter() {
            figures.add(if own == id { changed.clone() } else { figure.clone() });
        }
        for path in old.paths() {
            if let Some(id) = old.find(path) {
                figures.alias(path.to_owned(), id);
            }
        }
        figures.calculate(self.programme.reproduction);
        let old = std::mem::replace(&mut self.programme.figures, figures);
        work(self);
        self.programme.figures = old;
    }
}

/// Which figures are calculated from each.
fn users(figures: &Figures) -> BTreeMap<FigureId, Vec<FigureId>> {
    let mut out: BTreeMap<FigureId, Vec<FigureId>> = BTreeMap::new();
    for (id, _) in figures.iter() {
        for operand in figures.operands(id) {
            out.entry(operand).or_default().push(id);
        }
    }
    out
}

/// The changed texts of a figure with what they mean.
fn quantities(
    text: &str,
    own: &Quantity,
    figure: &Figure,
    units: &Units,
) -> Vec<(String, Quantity)> {
    let (scale, unit) = match &figure.style.unit {
        Some((scale, unit)) => (*scale, unit.as_ref()),
        None => (Scale::One, None),
    };
    mutants::of(text, own)
        .into_iter()
        .filter_map(|text| Some((parse_as(&text, units, scale, unit).ok()?, text)))
        .filter(|(quantity, _)| quantity != own)
        .map(|(quantity, text)| (text, quantity))
        .collect()
}

fn findings(programme: &Programme) -> Vec<Finding> {
    RULES
        .iter()
        .filter(|rule| COMPARING.contains(&rule.code))
        .flat_map(|rule| match rule.run {
            Run::Data(run) => run(programme),
            Run::Document(_) | Run::Abbreviations(_) | Run::Findings(_) => {
                panic!("{} needs a document", rule.code)
            }
        })
        .collect()
}

fn key(finding: &Finding) -> Option<Key> {
    let figures = finding.disagreement.as_ref()?;
    let span = finding.primary.as_ref()?.span;
    Some((finding.code, span, figures.stated.clone(), figures.computed.clone()))
}

fn keys(findings: &[Finding]) -> BTreeSet<Key> {
    findings.iter().filter_map(key).collect()
}
