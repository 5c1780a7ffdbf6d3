// SPDX-License-Identifier: EUPL-1.2
//! Edits of what stands in the files: figures, and paragraphs of the texts.

use std::ops::Range;

use amip::compare::{AREAS, Side, Status, item};
use amip::diag::Span;
use amip::model::figures::{Figure, Origin};
use amip::model::quantity::{Qualifier, Quantity, Value, thousands};
use amip::tree::passage::{MarkKind, Passage, PassageKind};

use super::edits::{Pick, Plan};
use super::outcome::Fact;
use crate::support::Loaded;

/// A number in a text, and by how much it is changed.
struct Change {
    range: Range<usize>,
    old: String,
    new: String,
    difference: String,
}

/// Where digits stand, with dots between thousands and digits behind a comma.
fn numbers(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let (mut out, mut at) = (Vec::new(), 0);
    while at < bytes.len() {
        let start = at;
        while digit(at)
            || at > start && matches!(bytes[at..].first(), Some(b'.' | b',')) && digit(at + 1)
        {
            at += 1;
        }
        if at > start {
            out.push(start..at);
        } else {
            at += 1;
        }
    }
    out
}

/// Changes the number at a place by an amount of its last digit, up or down.
fn changed(text: &str, range: Range<usize>, pick: &Pick) -> Option<Change> {
    let (whole, fraction) =
        text[range.clone()].split_once(',').unwrap_or((&text[range.clone()], ""));
    let value: i64 = format!("{}{fraction}", whole.replace('.', "")).parse().ok()?;
    let up = pick.second.is_multiple_of(2) || value <= pick.amount;
    let print = |value: i64| {
        let digits = format!("{value:0>width$}", width = fraction.len() + 1);
        let (whole, fraction) = digits.split_at(digits.len() - fraction.len());
        let comma = if fraction.is_empty() { "" } else { "," };
        format!("{}{comma}{fraction}", thousands(whole))
    };
    Some(Change {
        old: print(value),
        new: print(if up { value.checked_add(pick.amount)? } else { value - pick.amount }),
        difference: format!("{}{}", if up { '+' } else { '\u{2212}' }, print(pick.amount)),
        range,
    })
}

/// A plain number that stands in the data and nowhere else.
fn entered(base: &Loaded, figure: &Figure) -> bool {
    let Origin::Entered(Quantity { value: Value::Number(_), qualifier, .. }) = &figure.origin
    else {
        return false;
    };
    let text = base.sources.slice(figure.span);
    figure.stated.is_none()
        && matches!(qualifier, Qualifier::None | Qualifier::About)
        && numbers(text).len() == 1
        && !text.contains(['-', '\u{2212}', '+', '\n'])
}

/// Changes an entered figure in its file; what must be said is added to a fact.
fn edit(
    base: &Loaded,
    plan: &mut Plan,
    figure: &Figure,
    field: &str,
    fact: Fact,
    pick: &Pick,
) -> bool {
    let text = base.sources.slice(figure.span);
    let Some(change) = changed(text, numbers(text).remove(0), pick) else { return false };
    plan.told.push(format!("{}: {text} → {}", figure.path, change.new));
    plan.files.push((within(figure.span, &change.range), change.new.clone()));
    plan.expected.insert(fact.figure((
        field.to_owned(),
        change.old,
        change.new,
        change.difference,
    )));
    true
}

fn within(span: Span, range: &Range<usize>) -> Span {
    let start = span.start as usize;
    Span::new(span.file, start + range.start..start + range.end)
}

/// Entered figures whose path begins so, with the rest of the path.
fn figures<'a>(base: &'a Loaded, stem: &str) -> Vec<(&'a Figure, &'a str)> {
    base.programme
        .figures
        .iter()
        .filter(|(_, figure)| entered(base, figure))
        .filter_map(|(_, figure)| Some((figure, figure.path.strip_prefix(stem)?)))
        .collect()
}

pub fn measure_figure(base: &Loaded, plan: &mut Plan, pick: &Pick) -> bool {
    let all = figures(base, "massnahmen.");
    let Some((figure, rest)) = all.get(pick.first % all.len().max(1)) else { return false };
    let Some((id, field)) = rest.split_once('.') else { return false };
    let known = base.programme.measures.iter().any(|measure| measure.id == id);
    if !known || !plan.claim(&[format!("measure {id}")]) {
        return false;
    }
    edit(base, plan, figure, field, Fact::both("measures", id, id, &[Status::Changed]), pick)
}

/// A figure of a row that is an item of its own, with its area.
pub fn row_figure(base: &Loaded, plan: &mut Plan, pick: &Pick) -> bool {
    let tables = &base.programme.tables;
    let all: Vec<_> = figures(base, "")
        .into_iter()
        .filter_map(|(figure, path)| {
            let mut parts = path.split('.');
            let (table, row, column) = (parts.next()?, parts.next()?, parts.next()?);
            let table = tables.iter().find(|one| one.id == table)?;
            let found = table.rows.iter().find(|one| one.id.as_deref() == Some(row))?;
            (!found.through && found.measures.is_empty() && parts.next().is_none()).then_some((
                figure,
                format!("{}.{row}", table.id),
                column,
            ))
        })
        .collect();
    let Some((figure, id, column)) = all.get(pick.first % all.len().max(1)) else { return false };
    let (name, programme, document) = ("alt", &base.programme, &base.document);
    let side = Side { name, programme, document, findings: &base.findings };
    let area = AREAS
        .iter()
        .find(|area| item::of_area(&side, **area, side.programme).iter().any(|one| one.id == *id));
    // A row of figures without a word is no thing that could be named.
    let Some(area) = area else { return false };
    if !plan.claim(&[format!("row {id}")]) {
        return false;
    }
    edit(base, plan, figure, column, Fact::both(area.key(), id, id, &[Status::Changed]), pick)
}

pub fn value(base: &Loaded, plan: &mut Plan, pick: &Pick) -> bool {
    let all = figures(base, "werte.");
    let Some((figure, path)) = all.get(pick.first % all.len().max(1)) else { return false };
    let (id, field) = path.split_once('.').unwrap_or((path, "wert"));
    if !plan.claim(&[format!("value {id}")]) {
        return false;
    }
    edit(base, plan, figure, field, Fact::both("values", id, id, &[Status::Changed]), pick)
}

/// Places in the place of entries, where nothing refers to the entries.
pub fn unit(base: &Loaded, plan: &mut Plan, pick: &Pick) -> bool {
    const KEY: &str = "eintritte: ";
    let referred = |id: &str| {
        let path = format!("massnahmen.{id}.eintritte");
        base.sources.files().any(|file| base.sources.text(file).contains(&path))
    };
    let all: Vec<_> = figures(base, "massnahmen.")
        .into_iter()
        .filter_map(|(figure, rest)| Some((figure, rest.strip_suffix(".eintritte")?)))
        .filter(|(figure, id)| {
            let start = figure.span.start as usize;
            let before = &base.sources.text(figure.span.file)[..start];
            let measure = base.programme.measures.iter().find(|one| one.id == *id);
            let free =
                measure.is_some_and(|one| one.parts.is_empty() && one.figure("plaetze").is_none());
            free && before.ends_with(KEY) && !referred(id)
        })
        .collect();
    let Some((figure, id)) = all.get(pick.first % all.len().max(1)) else { return false };
    if !plan.claim(&[format!("measure {id}")]) {
        return false;
    }
    let start = figure.span.start as usize;
    plan.files
        .push((Span::new(figure.span.file, start - KEY.len()..start), "plaetze: ".to_owned()));
    let text = base.sources.slice(figure.span);
    let digits = &text[numbers(text).remove(0)];
    let shown = if digits.contains('.') { digits.to_owned() } else { thousands(digits) };
    let fact = Fact::both("measures", id, id, &[Status::Changed]);
    let fact = fact.figure(("eintritte".into(), shown.clone(), String::new(), String::new()));
    plan.expected.insert(fact.figure(("plaetze".into(), String::new(), shown, String::new())));
    true
}

/// A paragraph that stands alone between blank lines, with the name of its text.
struct Place<'a> {
    chapter: &'a str,
    passage: &'a Passage,
    span: Span,
}

impl Place<'_> {
    fn key(&self) -> String {
        format!("paragraph {:?} {}", self.span.file, self.span.start)
    }

    /// As it reads.
    fn reads(&self) -> String {
        self.passage.text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn fact(&self, kind: &str, gone: &str, come: &str) -> Fact {
        let [chapter, kind, gone, come] = [self.chapter, kind, gone, come].map(str::to_owned);
        Fact::Text { chapter, kind, gone, come }
    }
}

fn places(base: &Loaded) -> Vec<Place<'_>> {
    let mut out = Vec::new();
    for passage in base.programme.passages.iter().filter(|one| one.kind == PassageKind::Paragraph) {
        let span = passage.whole();
        let text = base.sources.text(span.file);
        let own = base.sources.slice(span);
        let (before, after) = (&text[..span.start as usize], &text[span.end as usize..]);
        let alone = before.ends_with("\n\n")
            && (after.starts_with("\n\n") || after.trim().is_empty())
            && own.starts_with(char::is_alphabetic)
            && !own.contains(['`', '<', '|', '^'])
            && !own.contains("[](")
            && passage.text.split_whitespace().count() >= 10
            && text.matches(own).count() == 1;
        let chapter = base.programme.texts.iter().find(|(_, text)| text.file == span.file);
        if let Some((chapter, _)) = chapter.filter(|_| alone) {
            out.push(Place { chapter, passage, span });
        }
    }
    out
}

/// A paragraph that is still free.
fn place<'a>(base: &'a Loaded, plan: &mut Plan, at: usize) -> Option<Place<'a>> {
    let mut all = places(base);
    let at = at.checked_rem(all.len())?;
    let place = all.swap_remove(at);
    plan.claim(&[place.key()]).then_some(place)
}

pub fn word(base: &Loaded, plan: &mut Plan, pick: &Pick) -> bool {
    let Some(place) = place(base, plan, pick.first) else { return false };
    let own = base.sources.slice(place.span);
    let (mut depth, mut at, mut all) = (0, 0, Vec::new());
    for word in own.split_inclusive(' ') {
        let letters = word.trim_end_matches(' ');
        if depth == 0 && letters.chars().count() > 4 && letters.chars().all(char::is_alphabetic) {
            all.push(at..at + letters.len());
        }
        depth += word.matches(['[', '(']).count();
        depth -= word.matches([']', ')']).count().min(depth);
        at += word.len();
    }
    let Some(range) = all.get(pick.second % all.len().max(1)) else { return false };
    let new = plan.name();
    plan.expected.insert(place.fact("Changed", &own[range.clone()], &new));
    plan.files.push((within(place.span, range), new));
    true
}

pub fn sentence(base: &Loaded, plan: &mut Plan, pick: &Pick) -> bool {
    let Some(place) = place(base, plan, pick.first) else { return false };
    let text = &place.passage.text;
    let all: Vec<_> = numbers(text)
        .into_iter()
        .filter(|range| {
            // Signs of sections, dates and words joined to digits are left alone.
            let mark = place.passage.marked(range);
            let figure =
                mark.is_none_or(|mark| matches!(mark.kind, MarkKind::Figure(_) | MarkKind::Free));
            let next = text[range.end..].chars().next();
            let joined = next.is_some_and(|c| c.is_alphabetic() || ".:-/".contains(c));
            let last = text[..range.start].chars().next_back();
            figure && !joined && last.is_some_and(|c| c.is_whitespace() || c == '(')
        })
        .collect();
    let Some(range) = all.get(pick.second % all.len().max(1)) else { return false };
    let Some(change) = changed(text, range.clone(), pick) else { return false };
    let span = place.passage.span(range);
    if base.sources.slice(span) != &text[range.clone()] {
        return false;
    }
    // The whole word around the number.
    let start = text[..range.start].rfind(char::is_whitespace).map_or(0, |at| at + 1);
    let start = (start..=range.start).find(|at| text.is_char_boundary(*at)).unwrap_or(start);
    let end = text[range.end..].find(char::is_whitespace).map_or(text.len(), |at| range.end + at);
    let (head, tail) = (&text[start..range.start], &text[range.end..end]);
    let (old, new) = (&text[start..end], format!("{head}{}{tail}", change.new));
    plan.expected.insert(place.fact("Figures", old, &new));
    plan.files.push((span, change.new));
    true
}

pub fn added(base: &Loaded, plan: &mut Plan, pick: &Pick) -> bool {
    let Some(place) = place(base, plan, pick.first) else { return false };
    let name = plan.name();
    let low = name.to_lowercase();
    let new = format!("{name} {low}a {low}b und {low}c.");
    plan.expected.insert(place.fact("Added", "", &new));
    plan.files.push((end(place.span), format!("\n\n{new}")));
    true
}

fn end(span: Span) -> Span {
    Span::new(span.file, span.end as usize..span.end as usize)
}

/// A paragraph that can be taken out of its chapter; one of each chapter.
fn loose<'a>(base: &'a Loaded, plan: &mut Plan, at: usize) -> Option<Place<'a>> {
    let place = place(base, plan, at)?;
    // A section without any paragraph would go as a whole.
    let before = &base.sources.text(place.span.file)[..place.span.start as usize];
    let follows = before
        .trim_end()
        .rsplit("\n\n")
        .next()
        .is_some_and(|block| block.starts_with(char::is_alphabetic));
    let many =
        follows && places(base).iter().filter(|other| other.chapter == place.chapter).count() > 3;
    (many && plan.claim(&[format!("taken from {}", place.chapter)])).then_some(place)
}

pub fn dropped(base: &Loaded, plan: &mut Plan, pick: &Pick) -> bool {
    let Some(place) = loose(base, plan, pick.first) else { return false };
    plan.expected.insert(place.fact("Dropped", &place.reads(), ""));
    plan.files.push((place.span, String::new()));
    true
}

pub fn moved(base: &Loaded, plan: &mut Plan, pick: &Pick) -> bool {
    let Some(from) = loose(base, plan, pick.first) else { return false };
    let Some(to) = place(base, plan, pick.second) else { return false };
    let chapters = [&from, &to].map(|place| format!("chapter {}", place.chapter));
    if from.chapter == to.chapter || !plan.claim(&chapters) {
        return false;
    }
    plan.expected.insert(from.fact(&format!("to {}", to.chapter), "", ""));
    plan.expected.insert(to.fact(&format!("from {}", from.chapter), "", ""));
    plan.files.push((from.span, String::new()));
    plan.files.push((end(to.span), format!("\n\n{}", base.sources.slice(from.span))));
    true
}
