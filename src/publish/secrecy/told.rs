// SPDX-License-Identifier: EUPL-1.2
//! Small counts of persons that are typed in texts, where no figure holds them: in a sentence, a note, a
//! table of a text, a column that was not said to hold figures.
//!
//! Nobody can tell from a text what it counts, so that these are asked about, not hidden.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::persons::{BORDERS, Persons, counted};
use crate::diag::{Finding, Severity, Span};
use crate::model::Programme;
use crate::model::figures::{FigureId, Origin};
use crate::model::table::{Cell, Table};
use crate::publish::texts;
use crate::tree::passage::{MarkKind, Passage, PassageKind};
use crate::tree::{Block, walk};

/// Numbers that are written as words; "ein" is an article as well.
const WORDS: [(&str, u32); 11] = [
    ("zwei", 2),
    ("drei", 3),
    ("vier", 4),
    ("fünf", 5),
    ("sechs", 6),
    ("sieben", 7),
    ("acht", 8),
    ("neun", 9),
    ("zehn", 10),
    ("elf", 11),
    ("zwölf", 12),
];

/// Words that make a number of "eine": "nur eine Kundin".
const ONLY: [&str; 7] = ["nur", "lediglich", "genau", "gerade", "bloß", "bisher", "einzig"];

/// Words after which a number counts nothing.
const NAMES: [&str; 42] = [
    "§",
    "§§",
    "nr",
    "abs",
    "art",
    "satz",
    "kapitel",
    "abschnitt",
    "tabelle",
    "abbildung",
    "stufe",
    "je",
    "pro",
    "seite",
    "phase",
    "ziel",
    "schwerpunkt",
    "handlungsfeld",
    "strategie",
    "quartal",
    "halbjahr",
    "säule",
    "modul",
    "baustein",
    "team",
    "gruppe",
    "mit",
    "nummer",
    "ab",
    "mindestens",
    "höchstens",
    "maximal",
    "als",
    "jeweils",
    "durchschnittlich",
    "schnitt",
    "etwa",
    "alle",
    "weitere",
    "zusätzliche",
    "zusätzlich",
    "à",
];

/// Words that say that a sentence is about what is to come, or about what is usual.
const PLANNED: [&str; 11] = [
    "je",
    "pro",
    "geplant",
    "vorgesehen",
    "planen",
    "plant",
    "sollen",
    "soll",
    "angestrebt",
    "schnitt",
    "durchschnittlich",
];

/// Words between a number and those of whom it is a part: "2 der 40 Teilnehmenden".
const OF: [&str; 5] = ["der", "von", "dieser", "aller", "unserer"];

/// Words before a number that says how many: "sank auf 2", "es waren 2".
const COUNTING: [&str; 9] =
    ["auf", "bei", "betrug", "beträgt", "waren", "sind", "war", "blieben", "auch"];

/// Words after "eine Person" that tell of one and not of any.
const HAPPENED: [&str; 9] =
    ["wurde", "war", "hat", "hatte", "nahm", "konnte", "fand", "begann", "brach"];

/// Words between a number and what it counts that say that it counts something else.
const OTHERS: [&str; 14] = [
    "der", "die", "das", "den", "dem", "des", "und", "oder", "haben", "hat", "sind", "ist", "wird",
    "werden",
];

/// Passages that the public version says as well.
pub fn passages<'p>(programme: &'p Programme, public: &Programme) -> Vec<&'p Passage> {
    // The key word of a box is not part of what it says.
    const KEYS: [&str; 6] = ["hinweis", "ziele", "ziel", "status", "randnotiz", "definition"];
    let said = |programme: &Programme| -> BTreeSet<String> {
        texts::of(programme).iter().map(|said| texts::squeezed(&said.text)).collect()
    };
    let (open, all) = (said(public), said(programme));
    let among = |texts: &BTreeSet<String>, text: &str| {
        // A footnote is part of what it stands in.
        const LONG: usize = 12;
        texts.contains(text) || text.len() >= LONG && texts.iter().any(|whole| whole.contains(text))
    };
    let is_open = |passage: &&Passage| {
        let text = texts::squeezed(&passage.text);
        let without = KEYS.iter().filter_map(|key| text.strip_prefix(key));
        // What nobody lists is no secret of the data either.
        among(&open, &text)
            || without.into_iter().any(|rest| open.contains(rest))
            || !among(&all, &text)
    };
    programme.passages.iter().chain(&programme.labels).filter(is_open).collect()
}

/// Numbers typed in public texts that are those of figures that must not be told: `checked` is what the
/// rules found, among it numbers that resemble a figure.
pub fn typed(
    programme: &Programme,
    public: &Programme,
    silent: &BTreeSet<FigureId>,
    checked: &[Finding],
) -> Vec<Finding> {
    let passages = passages(programme, public);
    let open: Vec<Span> = passages.iter().map(|passage| passage.whole()).collect();
    let is_open = |finding: &&Finding| {
        finding.primary.as_ref().is_some_and(|label| {
            let within = |whole: &Span| {
                whole.file == label.span.file
                    && whole.start <= label.span.start
                    && label.span.end <= whole.end
            };
            open.iter().any(within)
        })
    };
    let places: BTreeSet<Span> = silent.iter().map(|id| programme.figures.get(*id).span).collect();
    let names_one =
        |finding: &&Finding| finding.labels.iter().any(|label| places.contains(&label.span));
    let found = checked.iter().filter(|finding| finding.code == "zahl-frei");
    let found = found.filter(names_one).filter(is_open).cloned();
    let found = found.map(|finding| Finding {
        code: super::IN_TEXT,
        severity: Severity::Error,
        acknowledged: None,
        ..finding
    });
    found.chain(free(programme, &passages, silent)).collect()
}

/// Numbers that are said to be free and are those of figures that must not be told.
pub fn free(
    programme: &Programme,
    passages: &[&Passage],
    silent: &BTreeSet<FigureId>,
) -> Vec<Finding> {
    let figures = &programme.figures;
    let mut values: BTreeMap<String, FigureId> = BTreeMap::new();
    for id in silent {
        let printed = figures.printed(*id, programme.reproduction).map(|it| it.to_string());
        values.extend(printed.map(|printed| (texts::squeezed(&printed), *id)));
    }
    let mut out = Vec::new();
    for passage in passages {
        for mark in passage.marks.iter().filter(|mark| mark.kind == MarkKind::Free) {
            let text = &passage.text[mark.range.clone()];
            let own = texts::squeezed(text);
            // One or two digits are the same by chance.
            let telling = own.chars().count() > 2;
            if let Some(id) = values.get(&own).filter(|_| telling) {
                out.push(
                    Finding::error(
                        super::IN_TEXT,
                        format!("„{text}“ ist als frei bezeichnet und gleicht einer Zahl, die intern oder geheim ist: {}.", super::named(programme, *id)),
                    )
                    .at(passage.span(&mark.range), "im öffentlichen Text")
                    .label(figures.get(*id).span, "diese Zahl")
                    .hint("Schreiben Sie den Satz ohne die Zahl, oder setzen Sie ihn in einen Kasten „> **Intern**“."),
                );
            }
        }
    }
    out
}

/// Small counts of persons in public texts.
pub fn findings(programme: &Programme, public: &Programme) -> Vec<Finding> {
    let threshold = public.publication.threshold;
    let mut out = Vec::new();
    for passage in passages(programme, public) {
        for range in counts(passage, threshold) {
            let text = passage.text[range.clone()].to_owned();
            out.push(asked(passage.span(&range), &text));
        }
    }
    for label in elsewhere(programme, public) {
        let first = counts(&label, threshold).into_iter().next();
        out.extend(first.map(|range| asked(label.whole(), &label.text[range])));
    }
    for table in &public.tables {
        of_table(table, threshold, &mut out);
    }
    for text in public.texts.values() {
        walk::blocks(&text.blocks, &mut |block| {
            if let Block::Table(table) = block {
                of_text_table(table, threshold, programme, &mut out);
            }
        });
    }
    out
}

/// Public texts that are no passages: notes at figures, legends, abbreviations, what stands behind a number.
fn elsewhere(programme: &Programme, public: &Programme) -> Vec<Passage> {
    let passages = programme.passages.iter().chain(&programme.labels);
    let known: BTreeSet<String> = passages.map(|passage| texts::squeezed(&passage.text)).collect();
    let said = texts::of(public).into_iter().filter(|said| !said.marked);
    let new = said.filter(|said| !known.contains(&texts::squeezed(&said.text)));
    let mut out: Vec<Passage> =
        new.filter_map(|said| Some(Passage::label(&said.text, said.span?))).collect();
    for (_, figure) in public.figures.iter() {
        if let Origin::Entered(quantity) = &figure.origin {
            let behind = quantity.remark.iter().chain(&quantity.addition);
            out.extend(behind.map(|text| Passage::label(text, figure.span)));
        }
    }
    out
}

fn asked(span: Span, text: &str) -> Finding {
    Finding::warning(
        "geheimhaltung-unklar",
        format!("Ein öffentlicher Text nennt eine kleine Anzahl von Personen: „{text}“."),
    )
    .at(span, "Sind das gezählte Personen?")
    .hint("Schreiben Sie den Satz ohne die Zahl. Zählt sie keine Fälle, schreiben Sie in kapitel/ zum Beispiel [2](frei:).")
}

/// Places of "2 Personen" and the like.
fn counts(passage: &Passage, threshold: u32) -> Vec<Range<usize>> {
    let text = &passage.text;
    let words = words(text);
    // The words of a link are said like any others.
    let holds =
        |kind: &MarkKind| matches!(kind, MarkKind::Figure(_) | MarkKind::Free | MarkKind::Code);
    let marked =
        |at: usize| passage.marks.iter().any(|mark| holds(&mark.kind) && mark.range.contains(&at));
    let mut out = Vec::new();
    for (at, range) in words.iter().enumerate() {
        let word = &text[range.clone()];
        let (before, behind) = (at.checked_sub(1).map(|at| words[at].clone()), &words[at + 1..]);
        let lower = before.clone().map(|before| text[before].to_lowercase()).unwrap_or_default();
        let only = ONLY.contains(&lower.as_str()) || COUNTING.contains(&lower.as_str());
        let single = only && !COUNTING.contains(&lower.as_str()) || is_one_of(text, behind);
        let number = number(word).or_else(|| single.then(|| one(word)).flatten());
        let small = number.is_some_and(|number| number > 0 && number < threshold);
        // "1–2 Personen" are as few.
        let until = before.clone().is_some_and(|before| {
            let least = text[before.clone()].parse().is_ok_and(|least: u32| least < threshold);
            least && matches!(&text[before.end..range.start], "-" | "–")
        });
        let named = NAMES.contains(&lower.as_str());
        let part = joined_behind(text, range) || !until && joined_before(text, range);
        if !small || named || part || marked(range.start) || is_planned(text, range) {
            continue;
        }
        // "Von den Geflüchteten nahmen nur 2 teil."
        let alone =
            only && stands_alone(text, behind, range.end) && names_persons(text, range.start);
        let last = persons_behind(text, behind, range.end).or(alone.then_some(range.end));
        // "Geflüchtete (2)", "Personen: 2"
        let before = before.filter(|before| {
            let between = text[before.end..range.start].trim();
            matches!(between, "(" | ":") && counted(&text[before.clone()]) == Some(Persons::Yes)
        });
        match (last, before) {
            (Some(end), _) => out.push(range.start..end),
            (None, Some(before)) => out.push(before.start..range.end),
            (None, None) => {}
        }
    }
    out
}

/// The end of the noun that a number counts: "2 junge Menschen"; between both stand adjectives alone.
fn persons_behind(text: &str, words: &[Range<usize>], from: usize) -> Option<usize> {
    const NEXT: usize = 3;
    let word = |at: usize| words.get(at).map(|range| text[range.clone()].to_lowercase());
    // "zwei der Kundinnen", "2 von 40 Teilnehmenden"
    let of = word(0).is_some_and(|word| OF.contains(&word.as_str()));
    let whole = of && word(1).is_some_and(|word| word.starts_with(|c: char| c.is_ascii_digit()));
    let skipped = usize::from(of) + usize::from(whole);
    for (at, next) in words.iter().enumerate().skip(skipped).take(NEXT) {
        let word = &text[next.clone()];
        if text[from..next.start].contains(['.', ',', ';', ':', '(', '%']) {
            return None;
        }
        if counted(word) == Some(Persons::Yes) {
            // "2 Personen je Betrieb"
            let then = words.get(at + 1).map(|range| text[range.clone()].to_lowercase());
            return (!matches!(then.as_deref(), Some("je" | "pro"))).then_some(next.end);
        }
        if !is_adjective(word) {
            return None;
        }
    }
    None
}

fn is_adjective(word: &str) -> bool {
    let lower = word.to_lowercase();
    word.starts_with(char::is_lowercase)
        && !OTHERS.contains(&lower.as_str())
        && !BORDERS.contains(&lower.as_str())
}

/// Whether "eine" tells of one person: "eine einzige Kundin", "eine Person wurde".
fn is_one_of(text: &str, words: &[Range<usize>]) -> bool {
    let word = |at: usize| words.get(at).map(|range| text[range.clone()].to_lowercase());
    let single = word(0).is_some_and(|word| word.starts_with("einzig"));
    let happened = word(1).is_some_and(|word| HAPPENED.contains(&word.as_str()));
    single || happened
}

/// Whether the sentence of a number is about plans, or about what is usual.
fn is_planned(text: &str, range: &Range<usize>) -> bool {
    let from = text[..range.start].rfind(['.', '!', '?']).map_or(0, |at| at + 1);
    let to = text[range.end..].find(['.', '!', '?']).map_or(text.len(), |at| range.end + at);
    let mut words = text[from..to].split(|c: char| !c.is_alphanumeric());
    words.any(|word| PLANNED.contains(&word.to_lowercase().as_str()))
}

/// Whether no noun follows a number, before the sentence goes on.
fn stands_alone(text: &str, words: &[Range<usize>], from: usize) -> bool {
    const NEXT: usize = 2;
    let goes_on =
        |word: &&Range<usize>| !text[from..word.start].contains(['.', ',', ';', ':', ')']);
    let mut next = words.iter().take(NEXT).take_while(goes_on);
    !next.any(|word| {
        text[word.clone()].starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
    })
}

/// Whether the sentence up to here names persons.
fn names_persons(text: &str, to: usize) -> bool {
    let from = text[..to].rfind(['.', '!', '?']).map_or(0, |at| at + 1);
    text[from..to]
        .split(|c: char| !c.is_alphanumeric())
        .any(|word| counted(word) == Some(Persons::Yes))
}

/// One, in any case and gender.
fn one(word: &str) -> Option<u32> {
    const ONE: [&str; 7] = ["ein", "eine", "einen", "einem", "einer", "eins", "eines"];
    ONE.contains(&word.to_lowercase().as_str()).then_some(1)
}

/// Stretches of letters and digits.
fn words(text: &str) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    for (at, letter) in text.char_indices().filter(|(_, it)| it.is_alphanumeric() || *it == '§') {
        match out.last_mut() {
            Some(last) if last.end == at => last.end = at + letter.len_utf8(),
            _ => out.push(at..at + letter.len_utf8()),
        }
    }
    out
}

/// A cell that is a small number, whatever stands beside it: "2", "2*", "zwei", "2 (6,1 %)".
fn is_small(cell: &str, threshold: u32) -> bool {
    let cell = cell.trim();
    let end = cell.find(|c: char| !c.is_alphanumeric()).unwrap_or(cell.len());
    let (first, rest) = cell.split_at(end);
    let alone = matches!(rest.trim_start().chars().next(), None | Some('(' | '*'));
    alone && number(first).is_some_and(|it| it > 0 && it < threshold)
}

fn number(word: &str) -> Option<u32> {
    let lower = word.to_lowercase();
    let spelled = WORDS.iter().find(|(name, _)| *name == lower).map(|(_, value)| *value);
    spelled.or_else(|| word.parse().ok())
}

/// Whether a number goes on behind: `2,5`, `2-3`, `2 %`.
fn joined_behind(text: &str, range: &Range<usize>) -> bool {
    joined(&mut text[range.end..].chars())
}

/// Whether a number goes on from what stands before: `1.800`, `K-2`.
fn joined_before(text: &str, range: &Range<usize>) -> bool {
    joined(&mut text[..range.start].chars().rev())
}

fn joined(letters: &mut dyn Iterator<Item = char>) -> bool {
    let sign = |c: char| matches!(c, '-' | '–' | '/' | '%' | '€');
    let mark = |c: char| matches!(c, '.' | ',' | ':');
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    letters.next().is_some_and(|first| sign(first) || mark(first) && digit(letters.next()))
}

/// Numbers in columns of texts, if their head, their row or the title of the table counts persons.
fn of_table(table: &Table, threshold: u32, out: &mut Vec<Finding>) {
    let yes = |text: &str| counted(text) == Some(Persons::Yes);
    let title = yes(&walk::plain(&table.title));
    for row in &table.rows {
        let texts: Vec<Option<String>> = row
            .cells
            .iter()
            .map(|cell| match cell {
                Cell::Text(text) => Some(walk::plain(text)),
                _ => None,
            })
            .collect();
        for (at, column) in table.columns.iter().enumerate() {
            let Some(text) = texts[at].as_deref().filter(|_| !column.numeric) else { continue };
            let small = is_small(text, threshold);
            let head = column.titles.join(" ");
            let names = || texts.iter().flatten().any(|text| yes(text));
            let persons = column.persons.or(row.persons).or(table.persons);
            if small && persons.unwrap_or_else(|| yes(&head) || title || names()) {
                out.push(
                    Finding::warning(
                        "geheimhaltung-unklar",
                        format!("In der Spalte „{head}“ steht „{}“ als Text; so kann die Zahl nicht geschützt werden.", text.trim()),
                    )
                    .at(row.span, "diese Zeile")
                    .label(column.span, "diese Spalte")
                    .hint("Ergänzen Sie an der Spalte „art: zahl“, oder „personen: nein“, wenn sie keine Personen zählt."),
                );
            }
        }
    }
}

/// The same in a table that is typed in a text.
fn of_text_table(
    table: &crate::tree::Table,
    threshold: u32,
    programme: &Programme,
    out: &mut Vec<Finding>,
) {
    let yes = |text: &str| counted(text) == Some(Persons::Yes);
    let heads: Vec<String> = table.head.last().into_iter().flatten().map(walk::cell_text).collect();
    for row in &table.rows {
        let texts: Vec<String> = row.cells.iter().map(walk::cell_text).collect();
        for (at, text) in texts.iter().enumerate() {
            let small = is_small(text, threshold);
            let persons =
                heads.get(at).is_some_and(|head| yes(head)) || texts.iter().any(|it| yes(it));
            if !small || !persons {
                continue;
            }
            // The row is found by its name, for cells of one text look alike.
            let cell = |passage: &&Passage| {
                passage.kind == PassageKind::Cell && texts.first() == Some(&passage.text)
            };
            if let Some(passage) = programme.passages.iter().find(cell) {
                out.push(asked(passage.whole(), &format!("{}: {text}", passage.text)));
            }
        }
    }
}
