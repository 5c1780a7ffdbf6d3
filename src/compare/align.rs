// SPDX-License-Identifier: EUPL-1.2
//! Which items of two programmes belong together.
//!
//! What the data say (`vorgaenger`) decides; then the same id; then a guess, which is marked as one and
//! names its evidence.

use crate::tree::typography::single_spaced;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use super::delta::{self, FigureChange, Outcome};
use super::item::{Area, Item, Shown};

/// What became of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// Nothing has changed.
    Kept,
    /// Figures or words have changed.
    Changed,
    /// It has another name.
    Renamed,
    /// It is new.
    Added,
    /// It is gone.
    Dropped,
    /// It stands elsewhere.
    Moved,
    /// It was made of several.
    Merged,
    /// It is one of several that were made of one.
    Split,
}

impl Status {
    /// Its name in data for other programs.
    pub fn key(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Changed => "changed",
            Self::Renamed => "renamed",
            Self::Added => "added",
            Self::Dropped => "dropped",
            Self::Moved => "moved",
            Self::Merged => "merged",
            Self::Split => "split",
        }
    }

    /// In words.
    pub fn word(self) -> &'static str {
        match self {
            Self::Kept => "unverändert",
            Self::Changed => "geändert",
            Self::Renamed => "umbenannt",
            Self::Added => "neu",
            Self::Dropped => "entfallen",
            Self::Moved => "verschoben",
            Self::Merged => "zusammengelegt",
            Self::Split => "aufgeteilt",
        }
    }
}

/// Why two items are taken for the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Evidence {
    /// The data name the predecessor.
    Declared,
    /// Both have the same id.
    SameId,
    /// A guess, with what speaks for it.
    Guess(String),
    /// There is no other one.
    None,
}

/// An item in one programme or in both.
#[derive(Debug, Clone)]
pub struct Change {
    /// Id in the later programme, or in the earlier one if it is gone.
    pub id: String,
    /// What became of it.
    pub status: Status,
    /// Further statuses that hold, too.
    pub also: Vec<Status>,
    /// Why both are taken for the same.
    pub evidence: Evidence,
    /// The earlier item.
    pub old: Option<Item>,
    /// The later item.
    pub new: Option<Item>,
    /// Ids of all earlier items of one that was merged, of all later ones of one that was split.
    pub family: Vec<String>,
    /// Their names.
    pub family_names: Vec<String>,
    /// Figures.
    pub figures: Vec<FigureChange>,
    /// Of the first part of what was split: the figures before against the sums of all parts.
    pub together: Vec<FigureChange>,
    /// Words that differ: what they are, how they read before and now.
    pub words: Vec<(String, String, String)>,
}

impl Change {
    /// Its name now, or before.
    pub fn name(&self) -> &str {
        self.new.as_ref().or(self.old.as_ref()).map_or("", |item| item.name.as_str())
    }
}

/// Pairs items and says what became of each. The order is that of the later programme; what is gone
/// follows.
pub(super) fn changes(old: &[Item], new: &[Item], area: Area, years: (u32, u32)) -> Vec<Change> {
    let pairs = pairs(old, new, area, years);
    let mut out = Vec::new();
    let mut gone: BTreeSet<usize> = (0..old.len()).collect();
    let by_old: BTreeMap<usize, Vec<usize>> = group(pairs.iter().map(|(new, old, _)| (*old, *new)));
    let by_new: BTreeMap<usize, Vec<usize>> = group(pairs.iter().map(|(new, old, _)| (*new, *old)));
    let moved_parents = parents(old, new, &pairs);
    for (at, item) in new.iter().enumerate() {
        let Some(olds) = by_new.get(&at) else {
            out.push(single(Some(item), None, Status::Added, years));
            continue;
        };
        gone.retain(|old| !olds.contains(old));
        let evidence = pairs
            .iter()
            .find(|(new, ..)| *new == at)
            .map_or(Evidence::None, |(.., evidence)| evidence.clone());
        let siblings = by_old.get(&olds[0]).cloned().unwrap_or_default();
        let (fate, family): (_, Vec<&Item>) = if olds.len() > 1 {
            (Some(Status::Merged), olds.iter().map(|at| &old[*at]).collect())
        } else if siblings.len() > 1 {
            (Some(Status::Split), siblings.iter().map(|at| &new[*at]).collect())
        } else {
            (None, Vec::new())
        };
        // What goes on under its own id is compared with itself.
        let same = olds.iter().find(|at| old[**at].id == item.id);
        let before = &old[*same.unwrap_or(&olds[0])];
        let mut change = pair(before, item, evidence, years, &moved_parents);
        if let Some(fate) = fate {
            if change.status != Status::Kept {
                change.also.insert(0, change.status);
            }
            change.status = fate;
            change.family = family.iter().map(|item| item.id.clone()).collect();
            change.family_names = family.iter().map(|item| item.name.clone()).collect();
            // One of several has no figure of its own to be compared with; all of them together have, and
            // what was merged has the sum.
            if fate == Status::Merged {
                change.figures = delta::changes(&sums(&family), &item.figures, years);
            } else {
                change.figures = delta::changes(&[], &item.figures, years);
                if siblings.first() == Some(&at) {
                    change.together = delta::changes(&before.figures, &sums(&family), years);
                }
            }
        }
        out.push(change);
    }
    out.extend(gone.into_iter().map(|at| single(None, Some(&old[at]), Status::Dropped, years)));
    absent(&mut out, old, new);
    out
}

/// A figure that one side has everywhere and the other nowhere says nothing about a single item.
fn absent(changes: &mut [Change], old: &[Item], new: &[Item]) {
    const EVERYWHERE: usize = 3;
    let count = |items: &'_ [Item]| {
        let mut out: BTreeMap<String, usize> = BTreeMap::new();
        let figures = items.iter().flat_map(|item| &item.figures);
        for figure in figures.filter(|figure| figure.quantity.is_some()) {
            *out.entry(figure.field.clone()).or_default() += 1;
        }
        out
    };
    let (before, after) = (count(old), count(new));
    let only = |field: &str| {
        let (one, other) = (before.get(field), after.get(field));
        one.is_none() != other.is_none() && one.max(other).is_some_and(|count| *count >= EVERYWHERE)
    };
    for change in changes.iter_mut().filter(|change| change.old.is_some() && change.new.is_some()) {
        for figure in &mut change.figures {
            if figure.outcome == Outcome::OneSided && only(&figure.field) {
                figure.outcome = Outcome::Absent;
            }
        }
        if change.status == Status::Changed
            && change.words.is_empty()
            && !change.figures.iter().any(FigureChange::differs)
        {
            change.status = Status::Kept;
        }
    }
}

fn group(pairs: impl Iterator<Item = (usize, usize)>) -> BTreeMap<usize, Vec<usize>> {
    let mut out: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (key, value) in pairs {
        let values = out.entry(key).or_default();
        if !values.contains(&value) {
            values.push(value);
        }
    }
    out
}

/// Pairs of later and earlier items with what speaks for each.
fn pairs(
    old: &[Item],
    new: &[Item],
    area: Area,
    (first, last): (u32, u32),
) -> Vec<(usize, usize, Evidence)> {
    let (earlier, later) = (by_id(old), by_id(new));
    let mut forwards = declared(old, &earlier, new);
    let mut backwards = Vec::new();
    if last <= first {
        // Of two drafts, or backwards, the declarations of both hold; but what they name may belong to
        // a year before both, so that ids that go on stay what they are.
        let goes_on = |one: &Item, other: &Item| {
            let (one, other) = (one.id.as_str(), other.id.as_str());
            one != other && earlier.contains_key(one) && later.contains_key(other)
        };
        forwards.retain(|(at, before)| !goes_on(&new[*at], &old[*before]));
        backwards = declared(new, &later, old);
        backwards.retain(|(before, at)| !goes_on(&new[*at], &old[*before]));
    }
    let telling_new: BTreeSet<usize> = forwards.iter().map(|(at, _)| *at).collect();
    let telling_old: BTreeSet<usize> = backwards.iter().map(|(before, _)| *before).collect();
    let turned = backwards.into_iter().map(|(before, at)| (at, before));
    let links: BTreeSet<(usize, usize)> = forwards.iter().copied().chain(turned).collect();
    let mut out: Vec<_> = forwards
        .iter()
        .copied()
        .chain(links.into_iter().filter(|link| !forwards.contains(link)))
        .map(|(at, before)| (at, before, Evidence::Declared))
        .collect();
    for (at, item) in new.iter().enumerate() {
        // What says where it comes from needs no guess by its id; what goes on beside those that name
        // it as their predecessor is one part of a split.
        if let Some(before) = earlier.get(item.id.as_str())
            && !telling_new.contains(&at)
            && !telling_old.contains(before)
        {
            out.push((at, *before, Evidence::SameId));
        }
    }
    let mut taken_new: BTreeSet<usize> = out.iter().map(|(at, ..)| *at).collect();
    let mut taken_old: BTreeSet<usize> = out.iter().map(|(_, before, _)| *before).collect();
    out.extend(guesses(old, new, likely(area), &mut taken_old, &mut taken_new));
    out
}

/// Places of items by their ids.
fn by_id(items: &[Item]) -> BTreeMap<&str, usize> {
    items.iter().enumerate().map(|(at, item)| (item.id.as_str(), at)).collect()
}

/// Later items with the earlier ones that they name as their predecessors. What the earlier item of the
/// same id names as well is about a year before both.
fn declared(old: &[Item], earlier: &BTreeMap<&str, usize>, new: &[Item]) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    for (at, item) in new.iter().enumerate() {
        let known: &[String] =
            earlier.get(item.id.as_str()).map_or(&[], |same| &old[*same].predecessors);
        let own = item.predecessors.iter().filter(|id| !known.contains(id));
        out.extend(own.filter_map(|id| Some((at, *earlier.get(id.as_str())?))));
    }
    out
}

/// Of names with so many words, letters say nothing: all sentences have much the same ones.
const SENTENCE: usize = 9;

/// What names that differ reach at most.
const RESEMBLING: u32 = 94;

/// How likely a guess must be, of 100: short forms and findings that merely resemble each other are not
/// the same.
fn likely(area: Area) -> u32 {
    match area {
        Area::Abbreviations | Area::Acknowledged => 95,
        _ => 78,
    }
}

/// Items without a partner that resemble each other most, best ones first.
fn guesses(
    old: &[Item],
    new: &[Item],
    likely: u32,
    taken_old: &mut BTreeSet<usize>,
    taken_new: &mut BTreeSet<usize>,
) -> Vec<(usize, usize, Evidence)> {
    let left = |len: usize, taken: &BTreeSet<usize>| -> Vec<usize> {
        (0..len).filter(|at| !taken.contains(at)).collect()
    };
    let (olds, news) = (left(old.len(), taken_old), left(new.len(), taken_new));
    let names = |items: &[Item]| items.iter().map(|item| Name::of(&item.name)).collect::<Vec<_>>();
    let (old_names, new_names) = (names(old), names(new));
    let mut found: Vec<(u32, usize, usize, String)> = Vec::new();
    for at in &news {
        if !new[*at].predecessors.is_empty() {
            continue;
        }
        for before in &olds {
            let names = (&old_names[*before], &new_names[*at]);
            if let Some((score, why)) = likeness(&old[*before], &new[*at], names, likely)
                .filter(|(score, _)| *score >= likely)
            {
                found.push((score, *at, *before, why));
            }
        }
    }
    found.sort_by(|one, other| other.0.cmp(&one.0).then((one.1, one.2).cmp(&(other.1, other.2))));
    let mut out = Vec::new();
    for (_, at, before, why) in found {
        if !taken_new.contains(&at) && !taken_old.contains(&before) {
            taken_new.insert(at);
            taken_old.insert(before);
            out.push((at, before, Evidence::Guess(why)));
        }
    }
    out
}

/// A name, taken apart for comparison.
struct Name {
    plain: String,
    /// How it begins.
    begin: String,
    /// Its letters in alphabetical order, without blanks.
    letters: Vec<char>,
    /// The same without blanks.
    tight: String,
    /// Its words of more than three letters.
    telling: BTreeSet<String>,
    /// Its words.
    words: BTreeSet<String>,
}

impl Name {
    fn of(name: &str) -> Self {
        let plain = plain(name);
        let words: BTreeSet<String> = plain.split(' ').map(str::to_owned).collect();
        let telling = words.iter().filter(|word| word.chars().count() > 3).cloned().collect();
        let begin = plain.chars().take(3).collect();
        let tight = plain.replace(' ', "");
        let mut letters: Vec<char> = tight.chars().collect();
        letters.sort_unstable();
        Self { plain, begin, letters, tight, telling, words }
    }

    /// Whether two names can be near at all: a long word in common, or the same beginning.
    fn may_resemble(&self, other: &Self) -> bool {
        self.begin == other.begin || !self.telling.is_disjoint(&other.telling)
    }
}

/// How much two items resemble each other, of 100, and in what.
fn likeness(
    old: &Item,
    new: &Item,
    (one, other): (&Name, &Name),
    likely: u32,
) -> Option<(u32, String)> {
    if one.tight.is_empty() || other.tight.is_empty() {
        return None;
    }
    // "U 25" and "U25" are written otherwise, and nothing else.
    if one.tight == other.tight {
        let place = old.parent.as_ref().map(|(id, _)| id) == new.parent.as_ref().map(|(id, _)| id);
        return Some((if place { 100 } else { 95 }, "gleicher Name".to_owned()));
    }
    if likely > RESEMBLING || !one.may_resemble(other) {
        return None;
    }
    let common = one.words.intersection(&other.words).count();
    let all = one.words.union(&other.words).count();
    let shared = u32::try_from((100 * common).checked_div(all).unwrap_or(0)).unwrap_or(0);
    // Most words in common is near enough; letters decide where fewer are.
    let sentence = one.words.len().max(other.words.len()) >= SENTENCE;
    let near = if shared >= RESEMBLING || sentence && shared < 40 {
        shared
    } else {
        likeness_of_letters(one, other)
    };
    let score = shared.max(near).min(RESEMBLING);
    let law = |item: &Item| {
        item.words.iter().find(|(what, _)| what == "Rechtsgrundlage").map(|(_, law)| law.clone())
    };
    let same_law = law(old).is_some() && law(old) == law(new);
    let mut why = format!("ähnlicher Name ({score} %)");
    let mut total = score;
    if same_law && score >= 50 {
        total += 12;
        why.push_str(", gleiche Rechtsgrundlage");
    }
    Some((total.min(RESEMBLING), why))
}

/// Likeness of letters in percent, without floats; 0 where it cannot be likely.
fn likeness_of_letters(one: &Name, other: &Name) -> u32 {
    let longest = one.letters.len().max(other.letters.len());
    // Letters that the other one does not have must be changed at least.
    if longest == 0 || 100 * foreign(&one.letters, &other.letters) > 34 * longest {
        return 0;
    }
    let distance = strsim::levenshtein(&one.plain, &other.plain);
    u32::try_from(100 - 100 * distance.min(longest) / longest).unwrap_or(0)
}

/// How many letters of the one that has more of them the other one lacks; both are sorted.
fn foreign(one: &[char], other: &[char]) -> usize {
    let (mut at, mut beside, mut shared) = (0, 0, 0);
    while let (Some(a), Some(b)) = (one.get(at), other.get(beside)) {
        match a.cmp(b) {
            Ordering::Less => at += 1,
            Ordering::Greater => beside += 1,
            Ordering::Equal => {
                shared += 1;
                at += 1;
                beside += 1;
            }
        }
    }
    one.len().max(other.len()) - shared
}

/// A name for comparison: lower case, no years, no signs.
fn plain(name: &str) -> String {
    unnumbered(name)
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .filter(|word| {
            !(word.len() == 4 && word.starts_with("20") && word.chars().all(|c| c.is_ascii_digit()))
        })
        .map(str::to_lowercase)
        .collect::<Vec<_>>()
        .join(" ")
}

/// A name without the number of an enumeration: "VIII. Freie Förderung", "3.2 Ziele".
fn unnumbered(name: &str) -> &str {
    let Some((first, rest)) = name.trim_start().split_once(char::is_whitespace) else {
        return name;
    };
    let counts = |allowed: &str| {
        let bare = first.trim_end_matches(['.', ')']);
        bare.len() < first.len() && !bare.is_empty() && bare.chars().all(|c| allowed.contains(c))
    };
    if counts("IVXLC") || counts("0123456789.") { rest } else { name }
}

/// Earlier parents with the later one that most of their items went to: a renamed table moves nothing.
fn parents(
    old: &[Item],
    new: &[Item],
    pairs: &[(usize, usize, Evidence)],
) -> BTreeMap<String, String> {
    let mut votes: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
    for (after, before, _) in pairs {
        if let (Some((from, _)), Some((to, _))) = (&old[*before].parent, &new[*after].parent) {
            *votes.entry(from).or_default().entry(to).or_default() += 1;
        }
    }
    let ids = |items: &'_ [Item]| -> BTreeSet<String> {
        items.iter().filter_map(|item| Some(item.parent.as_ref()?.0.clone())).collect()
    };
    let own = |items: &'_ [Item]| items.iter().map(|item| item.id.clone()).collect::<BTreeSet<_>>();
    let (before, known) = (&ids(old) | &own(old), &ids(new) | &own(new));
    votes
        .into_iter()
        .filter_map(|(from, to)| {
            // A parent that is still there is itself.
            if known.contains(from) {
                return Some((from.to_owned(), from.to_owned()));
            }
            let (best, _) =
                to.into_iter().max_by_key(|(id, count)| (*count, std::cmp::Reverse(*id)))?;
            // One that was there before has not got another name; the items moved.
            if before.contains(best) {
                return None;
            }
            Some((from.to_owned(), best.to_owned()))
        })
        .collect()
}

fn pair(
    old: &Item,
    new: &Item,
    evidence: Evidence,
    years: (u32, u32),
    parents: &BTreeMap<String, String>,
) -> Change {
    let figures = delta::changes(&old.figures, &new.figures, years);
    let words = words(old, new);
    let mut all = Vec::new();
    let place = |item: &Item| item.parent.as_ref().map(|(id, _)| id.clone());
    let expected = place(old).map(|id| parents.get(&id).cloned().unwrap_or(id));
    // What stands in several tables has not moved as long as it stands in one of them.
    let stayed = new.places.iter().any(|place| old.places.contains(place));
    if !stayed && place(new).is_some() && expected.is_some() && expected != place(new) {
        all.push(Status::Moved);
    }
    if old.named
        && new.named
        && single_spaced(&old.name) != single_spaced(&new.name)
        && !same_but_year(&old.name, &new.name)
    {
        all.push(Status::Renamed);
    }
    if figures.iter().any(FigureChange::differs) || words.iter().any(|(what, ..)| what != "Nummer")
    {
        all.push(Status::Changed);
    }
    let mut all = all.into_iter();
    Change {
        id: new.id.clone(),
        status: all.next().unwrap_or(Status::Kept),
        also: all.collect(),
        evidence,
        old: Some(old.clone()),
        new: Some(new.clone()),
        family: Vec::new(),
        family_names: Vec::new(),
        figures,
        together: Vec::new(),
        words,
    }
}

/// "Plan 2016" and "Plan 2021" are one name.
fn same_but_year(one: &str, other: &str) -> bool {
    !plain(one).is_empty() && plain(one) == plain(other)
}

/// Words that differ, or that only one of both has.
fn words(old: &Item, new: &Item) -> Vec<(String, String, String)> {
    let of = |item: &Item, what: &str| {
        item.words.iter().find(|(name, _)| name == what).map(|(_, text)| text.clone())
    };
    let mut out = Vec::new();
    for (what, after) in &new.words {
        let before = of(old, what).unwrap_or_default();
        let same = if what == "Langform" {
            // The long form stands within a sentence or at its beginning.
            before.to_lowercase() == after.to_lowercase()
        } else {
            single_spaced(&before) == single_spaced(after)
        };
        if !same {
            out.push((what.clone(), before, after.clone()));
        }
    }
    for (what, before) in &old.words {
        if of(new, what).is_none() {
            out.push((what.clone(), before.clone(), String::new()));
        }
    }
    out
}

/// The sums of the figures of several items, field by field.
fn sums(items: &[&Item]) -> Vec<Shown> {
    let mut fields: BTreeMap<&str, Vec<&Shown>> = BTreeMap::new();
    let mut order: Vec<&str> = Vec::new();
    for figure in items.iter().flat_map(|item| &item.figures) {
        let parts = fields.entry(figure.field.as_str()).or_default();
        if parts.is_empty() {
            order.push(&figure.field);
        }
        parts.push(figure);
    }
    order.iter().filter_map(|field| delta::sum(&fields[field])).collect()
}

fn single(new: Option<&Item>, old: Option<&Item>, status: Status, years: (u32, u32)) -> Change {
    let figures = match (new, old) {
        (Some(item), _) => delta::changes(&[], &item.figures, years),
        (None, Some(item)) => delta::changes(&item.figures, &[], years),
        (None, None) => Vec::new(),
    };
    Change {
        id: new.or(old).map_or_else(String::new, |item| item.id.clone()),
        status,
        also: Vec::new(),
        evidence: Evidence::None,
        old: old.cloned(),
        new: new.cloned(),
        family: Vec::new(),
        family_names: Vec::new(),
        figures,
        together: Vec::new(),
        words: Vec::new(),
    }
}
