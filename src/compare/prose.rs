// SPDX-License-Identifier: EUPL-1.2
//! The texts of two programmes: paragraphs found again, words that changed, and what was left as it
//! was.

use std::collections::{BTreeMap, BTreeSet};

use similar::{Algorithm, ChangeTag, TextDiff, capture_diff_slices};

use super::align::Change;
use super::item::year_in;
use super::{Side, align};
use crate::check::prose;
use crate::diag::Span;
use crate::model::Programme;
use crate::tree::passage::{MarkKind, Passage, PassageKind};
use crate::tree::typography::single_spaced;
use crate::tree::{Block, RefKind, walk};

/// Short paragraphs, in words, may stand anywhere by chance.
const TELLING: usize = 6;

/// A chapter in one programme or in both.
#[derive(Debug, Clone)]
pub struct ChapterChange {
    /// Name of its text in the later programme, or in the earlier one if it is gone.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Whether the text is new, gone, or in both.
    pub status: align::Status,
    /// Its paragraphs in the order of the later programme.
    pub texts: Vec<TextChange>,
    /// Sentences that are the same in both and speak of the earlier programme's year.
    pub stale: Vec<(String, Span)>,
    /// Whether the whole text is the same.
    pub untouched: bool,
}

/// A paragraph in one programme or in both.
#[derive(Debug, Clone)]
pub struct TextChange {
    /// What became of it.
    pub kind: TextKind,
    /// How it reads: what stayed, what went, what came.
    pub pieces: Vec<Piece>,
    /// Where it stands now, or stood before.
    pub span: Span,
    /// Whether it is a heading.
    pub heading: bool,
}

/// What became of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TextKind {
    /// It is the same.
    Same,
    /// Its words are the same, figures in it are not.
    Figures,
    /// Words changed.
    Changed,
    /// It is new.
    Added,
    /// It is gone.
    Dropped,
    /// It stood in another chapter.
    MovedFrom(String),
    /// It stands at another place of its chapter.
    MovedWithin,
    /// It stands in another chapter now.
    MovedTo(String),
}

/// A stretch of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// In both.
    Kept(String),
    /// In the earlier one only.
    Removed(String),
    /// In the later one only.
    Inserted(String),
}

/// A paragraph as it reads, with its figures filled in.
struct Paragraph {
    text: String,
    /// The same with ids in the place of numbers of sections, tables and pictures.
    said: String,
    /// The same with a sign in the place of each figure.
    frame: String,
    /// How often each word of the frame occurs, in small letters.
    words: BTreeMap<String, usize>,
    span: Span,
    heading: bool,
}

struct Chapter {
    id: String,
    title: String,
    paragraphs: Vec<Paragraph>,
}

/// Compares the texts chapter by chapter.
pub(super) fn changes(old: &Side<'_>, new: &Side<'_>, fields: &[Change]) -> Vec<ChapterChange> {
    let (before, after) = (chapters(old), chapters(new));
    let partner = partners(&before, &after, old, new, fields);
    let moved = moved(&before, &after, &partner);
    let years = (old.programme.year, new.programme.year);
    let mut out = Vec::new();
    for (at, chapter) in after.iter().enumerate() {
        let earlier = partner.get(&at).map(|old| &before[*old]);
        out.push(chapter_change(earlier, Some(chapter), &moved, years));
    }
    let met: BTreeSet<usize> = partner.values().copied().collect();
    for chapter in before.iter().enumerate().filter(|(at, _)| !met.contains(at)).map(|(_, it)| it) {
        out.push(chapter_change(Some(chapter), None, &moved, years));
    }
    out
}

fn chapters(side: &Side<'_>) -> Vec<Chapter> {
    let programme = side.programme;
    let names = Names::of(side);
    let mut by_file: BTreeMap<_, Vec<&Passage>> = BTreeMap::new();
    for passage in programme.passages.iter().filter(|passage| passage.kind != PassageKind::Value) {
        by_file.entry(passage.whole().file).or_default().push(passage);
    }
    let mut texts: Vec<(&String, _)> = programme.texts.iter().collect();
    // In the order of the document; what it does not show comes last.
    texts
        .sort_by_key(|(name, _)| names.sections.get(*name).map_or(usize::MAX, |(place, _)| *place));
    texts
        .into_iter()
        .map(|(name, text)| {
            let passages = by_file.get(&text.file).map_or(&[][..], Vec::as_slice);
            let all = passages.iter().map(|passage| paragraph(programme, &names, passage));
            Chapter {
                id: name.clone(),
                title: names.sections.get(name).map_or_else(|| name.clone(), |(_, it)| it.clone()),
                paragraphs: all.filter(|one| !one.text.trim().is_empty()).collect(),
            }
        })
        .collect()
}

/// What the document calls its parts.
struct Names<'a> {
    programme: &'a Programme,
    /// Places and titles of sections by their ids, which texts are named after; fields name their
    /// texts themselves.
    sections: BTreeMap<String, (usize, String)>,
    /// "Tabelle 3", "Abbildung 1", by anchor.
    numbered: BTreeMap<String, String>,
}

impl<'a> Names<'a> {
    fn of(side: &Side<'a>) -> Self {
        let programme = side.programme;
        let mut sections = BTreeMap::new();
        let mut numbered = BTreeMap::new();
        let mut place = 0;
        walk::blocks(&side.document.blocks, &mut |block| {
            place += 1;
            if let Block::Heading(heading) = block {
                let number =
                    heading.number.as_ref().map_or_else(String::new, |number| format!("{number} "));
                let title = walk::plain(&heading.body);
                let texts =
                    programme.fields.iter().filter(|field| walk::plain(&field.title) == title);
                let texts = texts.filter_map(|field| field.text.as_ref());
                for name in heading.id.iter().chain(texts) {
                    sections.entry(name.clone()).or_insert((place, format!("{number}{title}")));
                }
            }
        });
        walk::tables(&side.document.blocks, &mut |table| {
            if let (Some(id), Some(number)) = (&table.id, &table.number) {
                numbered.insert(id.clone(), number.clone());
            }
        });
        walk::pictures(&side.document.blocks, &mut |picture| {
            if let Some(number) = &picture.number {
                numbered.insert(picture.id.clone(), number.clone());
            }
        });
        Self { programme, sections, numbered }
    }

    /// How a reference without words of its own reads.
    fn reference(&self, kind: RefKind, target: &str) -> String {
        let found = match kind {
            RefKind::Section => self.sections.get(target).map(|(_, title)| title.clone()),
            RefKind::Table => self.numbered.get(&format!("tabelle-{target}")).cloned(),
            RefKind::Picture => self.numbered.get(target).cloned(),
            RefKind::Measure => self.programme.measure(target).map(|one| walk::plain(&one.name)),
            RefKind::Strategy => {
                self.programme.strategy(target).map(|(_, one)| walk::plain(&one.title))
            }
            RefKind::Footnote => None,
        };
        found.unwrap_or_else(|| target.to_owned())
    }
}

fn paragraph(programme: &Programme, names: &Names<'_>, passage: &Passage) -> Paragraph {
    let (mut text, mut said, mut frame) = (String::new(), String::new(), String::new());
    let mut at = 0;
    let mut marks: Vec<_> = passage.marks.iter().collect();
    marks.sort_by_key(|mark| mark.range.start);
    for mark in marks {
        if mark.range.start < at {
            continue;
        }
        let plain = &passage.text[at..mark.range.start];
        let words = &passage.text[mark.range.clone()];
        let (shown, meant, framed) = match &mark.kind {
            MarkKind::Figure(path) => {
                let shown =
                    if words.is_empty() { value(programme, path) } else { words.to_owned() };
                (shown.clone(), shown, "\u{fffc}".to_owned())
            }
            MarkKind::Footnote => <(String, String, String)>::default(),
            MarkKind::Reference(kind, target) if words.is_empty() => {
                (names.reference(*kind, target), target.clone(), target.clone())
            }
            _ => (words.to_owned(), words.to_owned(), words.to_owned()),
        };
        for (out, part) in [(&mut text, shown), (&mut said, meant), (&mut frame, framed)] {
            out.push_str(plain);
            out.push_str(&part);
        }
        at = mark.range.end;
    }
    for out in [&mut text, &mut said, &mut frame] {
        out.push_str(&passage.text[at..]);
    }
    // The key word of a box is no word of the text.
    let [text, said, frame] = [text, said, frame].map(|it| {
        let it = single_spaced(&it);
        let bare = it.strip_prefix("Randnotiz").map(|rest| rest.trim_start_matches([':', ' ']));
        let picture = it.strip_prefix("Bild ").is_some_and(|id| programme.picture(id).is_some());
        if picture { String::new() } else { bare.map_or(it.clone(), str::to_owned) }
    });
    let frame = without_numbers(&frame);
    let mut words = BTreeMap::new();
    for word in frame.split(' ') {
        *words.entry(word.to_lowercase()).or_default() += 1;
    }
    Paragraph {
        text,
        said,
        frame,
        words,
        span: passage.whole(),
        heading: passage.kind == PassageKind::Heading,
    }
}

/// A text with one sign in the place of each number.
fn without_numbers(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let digit = letter.is_ascii_digit();
        // A dot or a comma belongs to a number only between two of its digits.
        let inside = matches!(letter, '.' | ',')
            && out.ends_with('\u{fffc}')
            && letters.peek().is_some_and(char::is_ascii_digit);
        if !digit && !inside {
            out.push(letter);
        } else if !out.ends_with('\u{fffc}') {
            out.push('\u{fffc}');
        }
    }
    out
}

fn value(programme: &Programme, path: &str) -> String {
    let figures = &programme.figures;
    let shown = figures.find(path).and_then(|id| figures.computed_with_unit(id));
    shown.map_or_else(String::new, |quantity| quantity.to_string())
}

/// Later chapters with the earlier one each continues: the same name, else the text of the same field,
/// else the one that shares most paragraphs.
fn partners(
    before: &[Chapter],
    after: &[Chapter],
    old: &Side<'_>,
    new: &Side<'_>,
    fields: &[Change],
) -> BTreeMap<usize, usize> {
    let place = |name: &str| before.iter().position(|chapter| chapter.id == name);
    let text_of =
        |side: &Side<'_>, id: &str| side.programme.field(id).and_then(|field| field.text.clone());
    let mut out = BTreeMap::new();
    let mut taken = BTreeSet::new();
    for (at, chapter) in after.iter().enumerate() {
        if let Some(found) = place(&chapter.id) {
            out.insert(at, found);
            taken.insert(found);
        }
    }
    for change in fields {
        let (Some(earlier), Some(later)) = (&change.old, &change.new) else { continue };
        let earlier = text_of(old, &earlier.id).and_then(|name| place(&name));
        let later = text_of(new, &later.id)
            .and_then(|name| after.iter().position(|chapter| chapter.id == name));
        if let (Some(earlier), Some(later)) = (earlier, later)
            && !out.contains_key(&later)
            && taken.insert(earlier)
        {
            out.insert(later, earlier);
        }
    }
    for (at, chapter) in
        after.iter().enumerate().filter(|(at, _)| !out.contains_key(at)).collect::<Vec<_>>()
    {
        let known: BTreeSet<&str> =
            chapter.paragraphs.iter().map(|one| one.frame.as_str()).collect();
        let best = before
            .iter()
            .enumerate()
            .filter(|(old, _)| !taken.contains(old))
            .map(|(old, one)| {
                let shared =
                    one.paragraphs.iter().filter(|text| known.contains(text.frame.as_str()));
                (shared.count(), old)
            })
            .max_by_key(|(shared, old)| (*shared, std::cmp::Reverse(*old)));
        if let Some((shared, old)) = best.filter(|(shared, _)| *shared > 0)
            && shared * 2 >= before[old].paragraphs.len().min(chapter.paragraphs.len())
        {
            out.insert(at, old);
            taken.insert(old);
        }
    }
    out
}

/// Paragraphs that went from one chapter to another, by their words.
type Moved = BTreeMap<String, Way>;

/// Where a paragraph was and is, by titles of chapters, and how it read.
struct Way {
    from: String,
    to: String,
    old: String,
}

fn moved(before: &[Chapter], after: &[Chapter], partner: &BTreeMap<usize, usize>) -> Moved {
    let mut homes: BTreeMap<&str, (&str, Vec<usize>)> = BTreeMap::new();
    for (at, chapter) in before.iter().enumerate() {
        for paragraph in &chapter.paragraphs {
            let home = homes.entry(&paragraph.frame).or_insert((&paragraph.text, Vec::new()));
            home.1.push(at);
        }
    }
    let mut out = Moved::new();
    for (at, chapter) in after.iter().enumerate() {
        for paragraph in &chapter.paragraphs {
            let Some((words, old)) = homes.get(paragraph.frame.as_str()) else { continue };
            let stayed = partner.get(&at).is_some_and(|partner| old.contains(partner));
            // Still at its old place, too: then it was copied, not moved.
            let remains = after.iter().enumerate().any(|(other, chapter)| {
                other != at
                    && partner.get(&other).is_some_and(|partner| old.contains(partner))
                    && chapter.paragraphs.iter().any(|one| one.frame == paragraph.frame)
            });
            if !stayed && !remains && paragraph.frame.split(' ').count() >= TELLING {
                let from = before[old[0]].title.clone();
                let way = Way { from, to: chapter.title.clone(), old: (*words).to_owned() };
                out.insert(paragraph.frame.clone(), way);
            }
        }
    }
    out
}

fn chapter_change(
    old: Option<&Chapter>,
    new: Option<&Chapter>,
    moved: &Moved,
    years: (u32, u32),
) -> ChapterChange {
    let none: &[Paragraph] = &[];
    let before = old.map_or(none, |chapter| &chapter.paragraphs);
    let after = new.map_or(none, |chapter| &chapter.paragraphs);
    let texts = texts(before, after, moved);
    let untouched = old.is_some()
        && new.is_some()
        && !after.is_empty()
        && texts.iter().all(|text| text.kind == TextKind::Same);
    let status = match (old, new) {
        (None, _) => align::Status::Added,
        (_, None) => align::Status::Dropped,
        _ if texts.iter().all(|text| text.kind == TextKind::Same) => align::Status::Kept,
        _ => align::Status::Changed,
    };
    let chapter = new.or(old);
    ChapterChange {
        id: chapter.map_or_else(String::new, |chapter| chapter.id.clone()),
        title: chapter.map_or_else(String::new, |chapter| chapter.title.clone()),
        status,
        stale: if years.0 == years.1 { Vec::new() } else { stale(before, after, years.0) },
        untouched,
        texts,
    }
}

/// Paragraphs in order: those with the same words are matched first, then neighbours that resemble
/// each other.
fn texts(before: &[Paragraph], after: &[Paragraph], moved: &Moved) -> Vec<TextChange> {
    let frames = |list: &[Paragraph]| list.iter().map(|one| one.frame.clone()).collect::<Vec<_>>();
    let (old, new) = (frames(before), frames(after));
    let mut out = Vec::new();
    let (mut gone, mut come): (Vec<usize>, Vec<usize>) = (Vec::new(), Vec::new());
    for operation in capture_diff_slices(Algorithm::Patience, &old, &new) {
        for change in operation.iter_changes(&old, &new) {
            match (change.tag(), change.old_index(), change.new_index()) {
                (ChangeTag::Delete, Some(at), _) => gone.push(at),
                (ChangeTag::Insert, _, Some(at)) => come.push(at),
                (ChangeTag::Equal, Some(one), Some(other)) => {
                    settle(before, after, &mut gone, &mut come, moved, &mut out);
                    out.push(same_words(&before[one], &after[other]));
                }
                _ => {}
            }
        }
    }
    settle(before, after, &mut gone, &mut come, moved, &mut out);
    within(&mut out);
    out
}

/// What is gone at one place of a chapter and new at another one was moved.
fn within(texts: &mut Vec<TextChange>) {
    let words = |text: &TextChange| text.pieces.iter().map(Piece::text).collect::<String>();
    let mut gone: BTreeMap<String, usize> = texts
        .iter()
        .enumerate()
        .filter(|(_, text)| text.kind == TextKind::Dropped)
        .map(|(at, text)| (words(text), at))
        .filter(|(text, _)| text.split(' ').count() >= TELLING)
        .collect();
    let mut moved = BTreeSet::new();
    for text in texts.iter_mut().filter(|text| text.kind == TextKind::Added) {
        let said = words(text);
        if let Some(at) = gone.remove(&said) {
            moved.insert(at);
            text.kind = TextKind::MovedWithin;
            text.pieces = vec![Piece::Kept(said)];
        }
    }
    let mut at = 0;
    texts.retain(|_| {
        at += 1;
        !moved.contains(&(at - 1))
    });
}

fn same_words(old: &Paragraph, new: &Paragraph) -> TextChange {
    // That a table has another number now is no change of the text.
    if old.said == new.said {
        let pieces = vec![Piece::Kept(new.text.clone())];
        return TextChange { kind: TextKind::Same, pieces, span: new.span, heading: new.heading };
    }
    let pieces = pieces(&old.text, &new.text);
    TextChange { kind: TextKind::Figures, pieces, span: new.span, heading: new.heading }
}

/// Pairs what is left between two equal paragraphs.
fn settle(
    before: &[Paragraph],
    after: &[Paragraph],
    gone: &mut Vec<usize>,
    come: &mut Vec<usize>,
    moved: &Moved,
    out: &mut Vec<TextChange>,
) {
    let mut free = std::mem::take(gone);
    for at in std::mem::take(come) {
        let paragraph = &after[at];
        let whole = |kind| TextChange {
            kind,
            pieces: vec![Piece::Inserted(paragraph.text.clone())],
            span: paragraph.span,
            heading: paragraph.heading,
        };
        if let Some(way) = moved.get(&paragraph.frame) {
            let pieces = pieces(&way.old, &paragraph.text);
            out.push(TextChange { pieces, ..whole(TextKind::MovedFrom(way.from.clone())) });
            continue;
        }
        let best = free
            .iter()
            .enumerate()
            .filter(|(_, old)| !moved.contains_key(&before[**old].frame))
            .map(|(place, old)| (likeness(&before[*old], paragraph), place))
            .max_by_key(|(score, place)| (*score, std::cmp::Reverse(*place)))
            .filter(|(score, _)| *score >= 40);
        match best {
            Some((_, place)) => {
                let old = &before[free.remove(place)];
                let pieces = pieces(&old.text, &paragraph.text);
                out.push(TextChange { pieces, ..whole(TextKind::Changed) });
            }
            None => out.push(whole(TextKind::Added)),
        }
    }
    for at in free {
        let paragraph = &before[at];
        let (kind, piece) = match moved.get(&paragraph.frame) {
            Some(way) => (TextKind::MovedTo(way.to.clone()), Piece::Kept(paragraph.text.clone())),
            None => (TextKind::Dropped, Piece::Removed(paragraph.text.clone())),
        };
        out.push(TextChange {
            kind,
            pieces: vec![piece],
            span: paragraph.span,
            heading: paragraph.heading,
        });
    }
}

/// Words in common, of 100.
fn likeness(old: &Paragraph, new: &Paragraph) -> usize {
    if old.heading != new.heading {
        return 0;
    }
    let count = |one: &Paragraph| one.words.values().sum::<usize>();
    let times =
        |(word, times): (&String, &usize)| new.words.get(word).map_or(0, |it| *it.min(times));
    let shared: usize = old.words.iter().map(times).sum();
    let all = count(old).max(count(new));
    (100 * shared).checked_div(all).unwrap_or(0)
}

/// The words of two texts as stretches that stayed, went and came.
pub(super) fn pieces(old: &str, new: &str) -> Vec<Piece> {
    /// With fewer words in common, of 100, a text was written anew; words here and there that stayed
    /// would only make both hard to read.
    const REWRITTEN: usize = 45;
    let diff = TextDiff::from_words(old, new);
    let all = diff.iter_all_changes().map(|change| (change.tag(), change.value()));
    let out = joined(&runs(all));
    let kept: usize = out
        .iter()
        .map(|piece| match piece {
            Piece::Kept(text) => text.len(),
            Piece::Removed(_) | Piece::Inserted(_) => 0,
        })
        .sum();
    if kept * 100 < REWRITTEN * old.len().min(new.len()) {
        let whole = [Piece::Removed(old.to_owned()), Piece::Inserted(new.to_owned())];
        return whole.into_iter().filter(|piece| !piece.text().is_empty()).collect();
    }
    out
}

/// What went and came between two stretches that stayed; `kept` follows.
#[derive(Default)]
struct Run {
    removed: String,
    inserted: String,
    kept: String,
}

fn runs<'t>(changes: impl Iterator<Item = (ChangeTag, &'t str)>) -> Vec<Run> {
    let mut out = vec![Run::default()];
    for (tag, text) in changes {
        let ended = out.last().is_some_and(|run| !run.kept.is_empty());
        if ended && tag != ChangeTag::Equal {
            out.push(Run::default());
        }
        let Some(run) = out.last_mut() else { continue };
        match tag {
            ChangeTag::Equal => run.kept.push_str(text),
            ChangeTag::Delete => run.removed.push_str(text),
            ChangeTag::Insert => run.inserted.push_str(text),
        }
    }
    out
}

/// Joins changes with hardly a word between them: word by word they could not be read.
fn joined(runs: &[Run]) -> Vec<Piece> {
    const FEW: usize = 3;
    let mut out = Vec::new();
    let mut open = Run::default();
    for (at, run) in runs.iter().enumerate() {
        open.removed.push_str(&run.removed);
        open.inserted.push_str(&run.inserted);
        let follows = at + 1 < runs.len();
        let changed = !open.removed.trim().is_empty() && !open.inserted.trim().is_empty();
        if follows && changed && run.kept.split_whitespace().count() < FEW {
            open.removed.push_str(&run.kept);
            open.inserted.push_str(&run.kept);
            continue;
        }
        let Run { removed, inserted, .. } = std::mem::take(&mut open);
        let pieces =
            [Piece::Removed(removed), Piece::Inserted(inserted), Piece::Kept(run.kept.clone())];
        out.extend(pieces.into_iter().filter(|piece| !piece.text().is_empty()));
    }
    out
}

impl Piece {
    /// Its words.
    pub fn text(&self) -> &str {
        let (Self::Kept(text) | Self::Removed(text) | Self::Inserted(text)) = self;
        text
    }
}

/// Sentences that are the same in both and name the earlier programme's year or one before it, with
/// words of the present or the future: they were left standing.
fn stale(before: &[Paragraph], after: &[Paragraph], year: u32) -> Vec<(String, Span)> {
    let known: BTreeSet<&str> = before.iter().flat_map(|one| sentences(&one.text)).collect();
    let mut out = Vec::new();
    for paragraph in after {
        for sentence in sentences(&paragraph.text) {
            let names = year_in(sentence).is_some_and(|named| named >= i64::from(year));
            if names && known.contains(sentence) {
                out.push((sentence.to_owned(), paragraph.span));
            }
        }
    }
    out
}

fn sentences(text: &str) -> impl Iterator<Item = &str> {
    prose::sentences(text).into_iter().map(move |range| &text[range])
}
