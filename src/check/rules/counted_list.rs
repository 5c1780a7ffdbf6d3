// SPDX-License-Identifier: EUPL-1.2
//! "Drei Ziele:" above a list of four.

use crate::check::{Rule, Run, prose};
use crate::diag::{Disagreement, Finding};
use crate::model::Programme;
use crate::model::quantity::{self, Value};
use crate::tree::passage::Passage;
use crate::tree::{Block, walk};

/// See `docs/regeln.md`.
pub(in crate::check) const RULE: Rule = Rule {
    code: "anzahl",
    run: Run::Data(|programme| {
        let mut out = Vec::new();
        for text in programme.texts.values() {
            in_blocks(programme, text.file, &text.blocks, &mut out);
        }
        for passage in &programme.passages {
            out.extend(enumeration(programme, passage));
        }
        out
    }),
};

/// Largest number that people count a list by.
const MOST: i64 = 30;

/// Announcements above lists.
fn in_blocks(
    programme: &Programme,
    file: crate::diag::FileId,
    blocks: &[Block],
    out: &mut Vec<Finding>,
) {
    for pair in blocks.windows(2) {
        let Block::Paragraph(body) = &pair[0] else { continue };
        let Some(items) = items(programme, &pair[1]) else { continue };
        let text = walk::plain(body);
        let Some(said) = announced(programme, &text) else { continue };
        if said == items {
            continue;
        }
        let place = programme
            .passages
            .iter()
            .find(|passage| passage.text.trim() == text.trim() && passage.whole().file == file);
        out.extend(place.map(|passage| {
            let last = prose::sentences(&passage.text).pop().unwrap_or(0..passage.text.len());
            finding(passage, last, said, items, "Die Liste darunter hat")
        }));
    }
    for block in blocks {
        match block {
            Block::Quote(body) | Block::Boxed { body, .. } => in_blocks(programme, file, body, out),
            Block::Margin { beside, .. } => in_blocks(programme, file, beside, out),
            _ => {}
        }
    }
}

/// How many entries a list shows.
fn items(programme: &Programme, block: &Block) -> Option<i64> {
    let count = match block {
        Block::List { items, .. } => items.len(),
        Block::Checklist(items) => items.len(),
        Block::RatedList(items) => items.len(),
        Block::Insert(insert) if insert.name == "liste" => {
            programme.list(insert.arguments.first()?)?.items.len()
        }
        _ => return None,
    };
    i64::try_from(count).ok()
}

/// The number by which a paragraph announces a list: the last one in the sentence before the colon.
fn announced(programme: &Programme, text: &str) -> Option<i64> {
    let text = text.trim_end().strip_suffix(':')?;
    let last = prose::sentences(text).pop()?;
    let sentence = &text[last];
    // "zwei von drei", "in drei Jahren vier Ziele": more than one number says nothing sure.
    let numbers: Vec<i64> =
        counted(programme, sentence).into_iter().map(|(_, number)| number).collect();
    match numbers.as_slice() {
        [one] => Some(*one),
        _ => None,
    }
}

/// Numbers of a sentence that count things: a number and a noun behind it.
fn counted(programme: &Programme, sentence: &str) -> Vec<(usize, i64)> {
    let words = prose::words(sentence);
    let mut out = Vec::new();
    for (at, range) in words.iter().enumerate() {
        let word = &sentence[range.clone()];
        let Some(number) = whole(programme, word) else { continue };
        let digits_around = sentence[..range.start].ends_with([',', '.', '§', '-'])
            || sentence[range.end..].starts_with([',', '.', '%', '-'])
                && sentence[range.end + 1..].starts_with(|c: char| c.is_ascii_digit());
        // Up to two adjectives may stand before the noun.
        let noun = words[at + 1..]
            .iter()
            .take(3)
            .find(|next| sentence[next.start..].starts_with(char::is_uppercase));
        if !digits_around && noun.is_some_and(|noun| !is_measure(&sentence[noun.clone()])) {
            out.push((range.end, number));
        }
    }
    out
}

/// A small number in words or digits; `ein` counts nothing.
fn whole(programme: &Programme, word: &str) -> Option<i64> {
    let found = quantity::try_parse(word, &programme.units)?;
    let number = match found.value {
        Value::Word(number) => i64::from(number),
        Value::Number(number) if word.chars().all(|c| c.is_ascii_digit()) => {
            i64::try_from(number.value.mantissa()).ok()?
        }
        _ => return None,
    };
    let spelled = !matches!(word.to_lowercase().as_str(), "beide" | "beiden");
    (spelled && (2..=MOST).contains(&number)).then_some(number)
}

/// Whether a noun measures instead of counting what is listed.
fn is_measure(noun: &str) -> bool {
    const MEASURES: [&str; 16] = [
        "Jahr",
        "Monat",
        "Woche",
        "Tag",
        "Stunde",
        "Prozent",
        "Euro",
        "Mio",
        "Tsd",
        "Millionen",
        "Mal",
        "SGB",
        "Drittel",
        "Viertel",
        "Uhr",
        "Quartal",
    ];
    MEASURES.iter().any(|measure| noun.starts_with(measure))
}

/// Things that are named behind a colon or in parentheses: "acht Länder: Afghanistan, Eritrea …".
fn enumeration(programme: &Programme, passage: &Passage) -> Option<Finding> {
    for sentence in prose::sentences(&passage.text) {
        let text = &passage.text[sentence.clone()];
        let Some(colon) = text.find(": ") else { continue };
        let (head, tail) = (&text[..colon], text[colon + 2..].trim_end_matches(['.', '!', '?']));
        let numbers = counted(programme, head);
        let [(end, said)] = numbers.as_slice() else { continue };
        // The noun must be the last thing before the colon.
        let nested = tail.contains([':', ';', '(']) || !counted(programme, tail).is_empty();
        if prose::words(&head[*end..]).len() > 3 || nested {
            continue;
        }
        if let Some(twice) = named_twice(tail) {
            return Some(repeated(passage, sentence, &twice));
        }
        let (least, most) = entries(tail)?;
        if !(least..=most).contains(said) && most >= 2 {
            return Some(finding(passage, sentence, *said, most, "Aufgezählt werden"));
        }
    }
    None
}

/// A name that an enumeration has twice.
fn named_twice(text: &str) -> Option<String> {
    let names = text.split(", ").flat_map(|part| part.split(" und ")).map(str::trim);
    let mut seen = std::collections::BTreeSet::new();
    names
        .filter(|name| !name.is_empty())
        .find(|name| !seen.insert(name.to_lowercase()))
        .map(str::to_owned)
}

fn repeated(passage: &Passage, range: std::ops::Range<usize>, name: &str) -> Finding {
    Finding::warning("anzahl", format!("In der Aufzählung steht „{name}“ zweimal."))
        .at(passage.span(&range), "gezählte Aufzählung")
        .hint("Streichen Sie die Wiederholung, oder setzen Sie ein, was gemeint war.")
        .about(&passage.text[range])
}

/// How many things an enumeration names: fewest and most, for "und" may stand within a name.
fn entries(text: &str) -> Option<(i64, i64)> {
    let parts: Vec<&str> = text.split(", ").collect();
    // Long parts are sentences, not names.
    if parts.len() < 2 || parts.iter().any(|part| prose::words(part).len() > 6) {
        return None;
    }
    let inner: usize = parts
        .iter()
        .map(|part| part.matches(" und ").count() + part.matches(" sowie ").count())
        .sum();
    let joined =
        parts.last().is_some_and(|part| part.contains(" und ") || part.contains(" sowie "));
    let fewest = i64::try_from(parts.len() + usize::from(joined)).ok()?;
    Some((fewest, i64::try_from(parts.len() + inner).ok()?))
}

fn finding(
    passage: &Passage,
    range: std::ops::Range<usize>,
    said: i64,
    items: i64,
    what: &str,
) -> Finding {
    let mut finding =
        Finding::warning("anzahl", format!("Angekündigt sind {said}. {what} {items}."))
            .at(passage.span(&range), format!("angekündigt: {said}"))
            .hint("Zählen Sie nach: Entweder stimmt die Zahl nicht, oder es fehlt etwas.")
            .about(&passage.text[range]);
    finding.disagreement = Some(Disagreement {
        stated: said.to_string(),
        computed: items.to_string(),
        difference: Some((said - items).to_string().replace('-', "−")),
        source: "gezählt",
    });
    finding
}
