// SPDX-License-Identifier: EUPL-1.2
//! Joining the filled template with texts, tables and pictures to one document.

use std::collections::BTreeSet;

use super::engine::Filled;
use super::numbering::{self, Anchors};
use super::{pictures, tables};
use crate::diag::{Finding, Sources, Span, did_you_mean};
use crate::model::Programme;
use crate::model::outline::OutlineRecord;
use crate::model::programme::List;
use crate::tree::reader::{self, Headings, Place};
use crate::tree::{
    Block, BoxKind, Document, Heading, Inline, Insert, Meta, Rated, RefKind, typography, walk,
};

/// Makes the document from the filled template.
pub(super) fn document(
    programme: &Programme,
    outline: &OutlineRecord,
    filled: &Filled,
    draft: Option<String>,
    sources: &Sources,
    findings: &mut Vec<Finding>,
) -> Document {
    let place = Place::File(filled.file);
    let skeleton = reader::blocks(&filled.text, place, Headings::Numbered, findings);
    let mut assembler = Assembler {
        programme,
        outline,
        findings,
        used: BTreeSet::new(),
        level: 0,
        in_template: true,
    };
    let mut blocks = assembler.expand(skeleton);
    let used = std::mem::take(&mut assembler.used);
    unused_texts(programme, &used, sources, assembler.findings);
    blocks = assembler.sections(blocks);
    assembler.headings(&mut blocks);
    close_gaps(&mut blocks);
    let anchors = numbering::number(&mut blocks, outline);
    Resolver { programme, outline, anchors: &anchors, findings }.blocks(&mut blocks);
    abbreviations(programme, outline, &mut blocks);
    drop_empty_lists(&mut blocks);
    typography::apply(&mut blocks);
    Document { meta: meta(programme, outline, draft), blocks }
}

fn meta(programme: &Programme, outline: &OutlineRecord, draft: Option<String>) -> Meta {
    let (year, month, day) = programme.date;
    Meta {
        title: programme.title.clone(),
        subtitle: programme.motto.clone(),
        organisation: programme.jobcenter.clone(),
        year: programme.year,
        date: format!("{day:02}.{month:02}.{year}"),
        date_parts: programme.date,
        reference: programme.reference.clone(),
        draft,
        words: outline
            .words
            .0
            .iter()
            .map(|(key, word)| (key.value.clone(), word.value.clone()))
            .collect(),
    }
}

/// Reports texts that no line of the outline names.
fn unused_texts(
    programme: &Programme,
    used: &BTreeSet<String>,
    sources: &Sources,
    findings: &mut Vec<Finding>,
) {
    for (name, text) in &programme.texts {
        if used.contains(name) {
            continue;
        }
        let known = used.iter().map(String::as_str);
        findings.push(
            Finding::input(
                "text-ohne-abschnitt",
                format!("Der Text „{}“ gehört zu keinem Abschnitt der Gliederung.", sources.path(text.file)),
            )
            .at(Span::new(text.file, 0..0), "würde nicht gedruckt")
            .hint_if(did_you_mean(name, known))
            .hint("Benennen Sie die Datei wie den Abschnitt, oder nehmen Sie den Text in die Gliederung oder in ein Handlungsfeld auf."),
        );
    }
}

/// How many of the inserts are for templates only; they come first.
const TEMPLATE_ONLY: usize = 8;

/// Inserts of a template; the first eight are not for texts.
const INSERTS: [&str; 14] = [
    "deckblatt",
    "inhaltsverzeichnis",
    "tabellenverzeichnis",
    "abbildungsverzeichnis",
    "abkuerzungsverzeichnis",
    "seitenumbruch",
    "text",
    "ziel",
    "tabelle",
    "tabellen",
    "schaubild",
    "liste",
    "strategien",
    "schritte",
];

struct Assembler<'a> {
    programme: &'a Programme,
    outline: &'a OutlineRecord,
    findings: &'a mut Vec<Finding>,
    used: BTreeSet<String>,
    /// Level of the heading above.
    level: u8,
    /// Whether the template is expanded, not a text within it.
    in_template: bool,
}

impl Assembler<'_> {
    fn expand(&mut self, blocks: Vec<Block>) -> Vec<Block> {
        let mut out = Vec::new();
        for block in blocks {
            match block {
                Block::Insert(insert) => self.insert(&insert, &mut out),
                Block::Heading(heading) => {
                    self.level = heading.level;
                    out.push(Block::Heading(heading));
                }
                Block::List { start, items } => out.push(Block::List {
                    start,
                    items: items.into_iter().map(|item| self.expand(item)).collect(),
                }),
                Block::Checklist(items) => out.push(Block::Checklist(
                    items.into_iter().map(|(done, item)| (done, self.expand(item))).collect(),
                )),
                Block::Quote(body) => out.push(Block::Quote(self.expand(body))),
                Block::Boxed { kind, title, body } => {
                    let body = self.expand(body);
                    out.push(Block::Boxed { kind, title, body });
                }
                Block::Margin { note, beside } => {
                    let (note, beside) = (self.expand(note), self.expand(beside));
                    out.push(Block::Margin { note, beside });
                }
                block => out.push(block),
            }
        }
        out
    }

    fn insert(&mut self, insert: &Insert, out: &mut Vec<Block>) {
        let argument = insert.arguments.first().map(String::as_str).unwrap_or_default();
        let word = |key: &str| self.outline.word(key).to_owned();
        let name = insert.name.as_str();
        if !self.in_template && INSERTS[..TEMPLATE_ONLY].contains(&name) {
            // Reported when the text was read.
            return;
        }
        match name {
            "deckblatt" => out.push(Block::Cover),
            "inhaltsverzeichnis" => out.push(Block::Contents(word("inhalt"))),
            "tabellenverzeichnis" => out.push(Block::Tables(word("tabellenverzeichnis"))),
            "abbildungsverzeichnis" => out.push(Block::Pictures(word("abbildungsverzeichnis"))),
            "abkuerzungsverzeichnis" => {
                let title = word("abkuerzungsverzeichnis");
                out.push(Block::Heading(Heading {
                    level: 1,
                    id: Some("abkuerzungsverzeichnis".to_owned()),
                    numbered: false,
                    number: None,
                    body: vec![Inline::Text(title)],
                }));
                out.push(Block::Glossary(Vec::new()));
            }
            "seitenumbruch" => out.push(Block::PageBreak),
            "text" => self.text(argument, out),
            "ziel" => self.goal(argument, out),
            "tabelle" | "tabellen" => {
                let found: Vec<_> = insert
                    .arguments
                    .iter()
                    .filter_map(|id| self.programme.table(id))
                    .map(|table| {
                        tables::of(self.programme, self.outline, table, insert.arguments.len())
                    })
                    .collect();
                if insert.name == "tabellen" && found.len() > 1 {
                    out.push(Block::SideBySide(found));
                } else {
                    out.extend(found.into_iter().map(Block::Table));
                }
            }
            "schaubild" => out.extend(self.programme.picture(argument).map(|picture| {
                Block::Picture(pictures::of(self.programme, self.outline, picture))
            })),
            "liste" => out.extend(self.programme.list(argument).map(list)),
            "strategien" => out.extend(
                self.programme
                    .field(argument)
                    .map(|field| Block::Table(tables::strategies(self.outline, field))),
            ),
            "schritte" => out.extend(self.programme.strategy(argument).map(|(field, strategy)| {
                Block::Table(tables::steps(self.outline, field, strategy))
            })),
            // Unknown inserts of a text were reported when it was read.
            name if self.in_template => self.findings.push(
                Finding::input(
                    "unbekannter-einschub",
                    format!("Den Einschub „amip:{name}“ gibt es nicht."),
                )
                .at(insert.span, "dieser Einschub der Vorlage")
                .hint(format!("Möglich sind: {}.", INSERTS.join(", "))),
            ),
            _ => {}
        }
    }

    /// A text under `kapitel/`, its headings below the one above.
    fn text(&mut self, name: &str, out: &mut Vec<Block>) {
        self.used.insert(name.to_owned());
        let Some(text) = self.programme.texts.get(name) else { return };
        let base = self.level;
        let outer = std::mem::replace(&mut self.in_template, false);
        let mut blocks = text.blocks.clone();
        shift(&mut blocks, base);
        let expanded = self.expand(blocks);
        out.extend(expanded);
        self.level = base;
        self.in_template = outer;
    }

    fn goal(&mut self, field: &str, out: &mut Vec<Block>) {
        let Some(field) = self.programme.field(field) else { return };
        if !field.goal.is_empty() {
            out.push(Block::Boxed {
                kind: BoxKind::Goal,
                title: self.outline.word("ziel").to_owned(),
                body: vec![Block::Paragraph(field.goal.clone())],
            });
        }
    }

    /// Applies the programme's changes to sections and drops sections without content.
    fn sections(&mut self, blocks: Vec<Block>) -> Vec<Block> {
        let known: Vec<String> = blocks
            .iter()
            .filter_map(|block| match block {
                Block::Heading(Heading { numbered: true, id, .. }) => id.clone(),
                _ => None,
            })
            .collect();
        for (name, _) in &self.programme.sections {
            if !known.contains(&name.value) {
                let hint = did_you_mean(&name.value, known.iter().map(String::as_str))
                    .unwrap_or_else(|| format!("Die Abschnitte sind: {}.", known.join(", ")));
                self.findings.push(
                    Finding::input(
                        "unbekannter-abschnitt",
                        format!("Den Abschnitt „{}“ gibt es in der Gliederung nicht.", name.value),
                    )
                    .at(name.span, "unbekannt")
                    .hint(hint),
                );
            }
        }
        let mut out: Vec<Block> = Vec::new();
        let mut off: Option<u8> = None;
        for mut block in blocks {
            if let Block::Heading(heading) = &mut block {
                if off.is_some_and(|level| heading.level > level) {
                    continue;
                }
                off = None;
                let change = heading.id.as_deref().and_then(|id| self.programme.section(id));
                if let Some(change) = change {
                    if change.off.is_some_and(|flag| flag.0) {
                        off = Some(heading.level);
                        continue;
                    }
                    if let Some(title) = &change.title {
                        heading.body = reader::inlines(&title.value, title.span, self.findings);
                    }
                }
            } else if off.is_some() {
                continue;
            }
            out.push(block);
        }
        drop_empty(out)
    }

    /// Fills headings that take their text from a strategy and gives them its anchor.
    fn headings(&mut self, blocks: &mut [Block]) {
        for block in blocks {
            let Block::Heading(heading) = block else { continue };
            if let [Inline::Reference { kind: RefKind::Strategy, target, body, .. }] =
                heading.body.as_slice()
                && body.is_empty()
                && let Some((_, strategy)) = self.programme.strategy(target)
            {
                heading.id = Some(strategy_anchor(target));
                heading.body.clone_from(&strategy.heading);
            }
        }
    }
}

fn strategy_anchor(path: &str) -> String {
    format!("strategie-{}", path.replace('.', "-"))
}

/// Moves headings below the level above.
fn shift(blocks: &mut [Block], base: u8) {
    for block in blocks {
        if let Block::Heading(heading) = block {
            heading.level = (heading.level + base).min(6);
        }
    }
}

/// A heading is at most one level below the one before; assistive technology relies on that.
fn close_gaps(blocks: &mut [Block]) {
    let mut before = 0;
    for block in blocks {
        if let Block::Heading(heading) = block {
            heading.level = heading.level.min(before + 1);
            before = heading.level;
        }
    }
}

/// Lists of tables or pictures of a document that has none.
fn drop_empty_lists(blocks: &mut Vec<Block>) {
    let (mut tables, mut pictures) = (false, false);
    walk::tables(blocks, &mut |table| tables |= table.number.is_some());
    walk::pictures(blocks, &mut |_| pictures = true);
    blocks.retain(|block| match block {
        Block::Tables(_) => tables,
        Block::Pictures(_) => pictures,
        _ => true,
    });
}

/// Drops counted headings that have nothing below them.
fn drop_empty(blocks: Vec<Block>) -> Vec<Block> {
    let mut keep = vec![true; blocks.len()];
    for at in (0..blocks.len()).rev() {
        let Block::Heading(Heading { level, numbered: true, .. }) = &blocks[at] else { continue };
        let content = blocks[at + 1..]
            .iter()
            .zip(&keep[at + 1..])
            .take_while(|(block, _)| {
                !matches!(block, Block::Heading(below) if below.level <= *level)
                    && !matches!(block, Block::Tables(_) | Block::Pictures(_))
            })
            .any(|(_, keep)| *keep);
        keep[at] = content;
    }
    blocks.into_iter().zip(keep).filter(|(_, keep)| *keep).map(|(block, _)| block).collect()
}

fn list(list: &List) -> Block {
    if list.items.iter().any(|(_, rating)| rating.is_some()) {
        let meaning = |sign: &str| {
            list.legend
                .iter()
                .find(|(known, _)| known == sign)
                .map_or_else(String::new, |(_, text)| text.clone())
        };
        return Block::RatedList(
            list.items
                .iter()
                .map(|(body, rating)| {
                    let sign = rating.clone().unwrap_or_default();
                    Rated {
                        meaning: meaning(&sign),
                        mark: sign.replace('-', "−"),
                        body: body.clone(),
                    }
                })
                .collect(),
        );
    }
    let items = list.items.iter().map(|(body, _)| vec![Block::Paragraph(body.clone())]);
    Block::List { start: None, items: items.collect() }
}

/// Fills in figures and references.
struct Resolver<'a> {
    programme: &'a Programme,
    outline: &'a OutlineRecord,
    anchors: &'a Anchors,
    findings: &'a mut Vec<Finding>,
}

impl Resolver<'_> {
    fn blocks(&mut self, blocks: &mut [Block]) {
        walk::inlines_mut(blocks, &mut |list| {
            for inline in list.iter_mut() {
                match inline {
                    Inline::Figure { path, body, .. } if body.is_empty() => {
                        body.push(Inline::Text(self.value(path)));
                    }
                    Inline::Reference { .. } => self.reference(inline),
                    _ => {}
                }
            }
        });
    }

    fn value(&self, path: &str) -> String {
        let figures = &self.programme.figures;
        let Some(id) = figures.find(path) else { return String::new() };
        let stated = figures.get(id).stated.as_ref().filter(|_| self.programme.reproduction);
        let shown = match stated {
            Some(stated) => stated.quantity.clone(),
            None => figures.computed_with_unit(id),
        };
        shown.map_or_else(String::new, |quantity| quantity.to_string())
    }

    fn reference(&mut self, inline: &mut Inline) {
        let Inline::Reference { kind, target, body, span } = inline else { return };
        let (anchor, fallback) = match kind {
            RefKind::Section => (target.clone(), None),
            RefKind::Table => (tables::anchor(target), None),
            RefKind::Picture => (pictures::anchor(target), None),
            RefKind::Measure => {
                let name = self.programme.measure(target).map(|measure| measure.name.clone());
                (String::new(), name)
            }
            RefKind::Strategy => {
                let number = self.programme.strategy(target).map(|(_, strategy)| {
                    vec![Inline::Text(format!(
                        "{} {}",
                        self.outline.word("strategie"),
                        strategy.number
                    ))]
                });
                (strategy_anchor(target), number)
            }
        };
        let label = self.anchors.labels.get(&anchor);
        let text = match (body.is_empty(), fallback, label) {
            (false, ..) => std::mem::take(body),
            (true, Some(text), _) => text,
            (true, None, Some(label)) => vec![Inline::Text(label.clone())],
            (true, None, None) => Vec::new(),
        };
        let optional = match kind {
            RefKind::Measure | RefKind::Strategy => true,
            // What does not exist at all was reported when the text was read.
            RefKind::Table => self.programme.table(target).is_none(),
            RefKind::Picture => self.programme.picture(target).is_none(),
            RefKind::Section => false,
        };
        if label.is_none() && !optional {
            let known = self.anchors.labels.keys().map(String::as_str);
            let finding = if *kind == RefKind::Section {
                Finding::input(
                    "unbekannter-verweis",
                    format!("Den Abschnitt „{target}“ gibt es im Dokument nicht."),
                )
                .hint(did_you_mean(target, known.filter(|id| !id.starts_with("tabelle-") && !id.starts_with("abbildung-"))).unwrap_or_else(|| "Abschnitte ohne Inhalt fallen weg; die Kennungen stehen in der Gliederung in { #… }.".to_owned()))
            } else {
                Finding::input("verweis-ohne-ziel", format!("„{target}“ steht nicht im Dokument; der Verweis führt ins Leere."))
                    .hint("Fügen Sie die Tabelle oder das Schaubild in einen Text ein, oder streichen Sie den Verweis.")
            };
            self.findings.push(finding.at(*span, "dieser Verweis"));
        }
        *inline = if label.is_some() {
            Inline::Internal { target: anchor, body: text }
        } else {
            Inline::Strong(text)
        };
        if let Inline::Strong(text) = inline {
            // No anchor: the words alone.
            let text = std::mem::take(text);
            *inline = text.into_iter().next().unwrap_or(Inline::Text(String::new()));
        }
    }
}

/// Fills the list of abbreviations with those that occur, in alphabetical order.
fn abbreviations(programme: &Programme, outline: &OutlineRecord, blocks: &mut Vec<Block>) {
    let mut words = BTreeSet::new();
    walk::inlines(blocks, &mut |inline| {
        if let Inline::Text(text) = inline {
            words.insert(text.replace('\u{a0}', " "));
        }
    });
    let mut entries: Vec<(String, String)> = programme
        .abbreviations
        .iter()
        .filter(|entry| words.iter().any(|text| contains_word(text, &entry.short.value)))
        .map(|entry| (entry.short.value.clone(), entry.long.value.clone()))
        .collect();
    entries.sort_by_key(|(short, _)| short.to_lowercase());
    entries.dedup();
    if entries.is_empty() {
        // Neither the list nor its heading.
        blocks.retain(|block| !matches!(block, Block::Glossary(_)));
        let title = outline.word("abkuerzungsverzeichnis");
        blocks.retain(|block| {
            !matches!(block, Block::Heading(heading) if heading.id.as_deref() == Some("abkuerzungsverzeichnis") && walk::plain(&heading.body) == title)
        });
        return;
    }
    for block in blocks {
        if let Block::Glossary(list) = block {
            list.clone_from(&entries);
        }
    }
}

/// Whether a text contains an abbreviation as a word of its own.
fn contains_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, found)| {
        let before = text[..at].chars().next_back();
        let after = text[at + found.len()..].chars().next();
        let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        !letter(before) && !letter(after)
    })
}
