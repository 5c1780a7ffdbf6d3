// SPDX-License-Identifier: EUPL-1.2
//! Joining the filled template with texts, tables and pictures to one document.

use std::collections::BTreeSet;

use super::engine::Filled;
use super::{abbreviations, lists, numbering, pictures, resolve, sections, tables};
use crate::diag::{FileId, Finding, Sources, Span, did_you_mean};
use crate::model::Programme;
use crate::model::outline::OutlineRecord;
use crate::model::programme;
use crate::tree::reader::{self, Headings, Place};
use crate::tree::{
    Block, BoxKind, Document, Heading, Inline, Insert, Meta, RefKind, typography, walk,
};

/// Makes the document from the filled template. Whether it is a draft is not known here.
pub(super) fn document(
    programme: &Programme,
    outline: &OutlineRecord,
    filled: &Filled,
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
        inserted: BTreeSet::new(),
        level: 0,
        in_template: true,
    };
    assembler.stated_in_template(&skeleton);
    let mut blocks = assembler.expand(skeleton);
    assembler.change_sections(&mut blocks);
    let texts = take_marks(&mut blocks);
    let used = std::mem::take(&mut assembler.used);
    let inserted = std::mem::take(&mut assembler.inserted);
    unused_texts(programme, &used, sources, assembler.findings);
    assembler.headings(&mut blocks);
    let mut blocks = sections::drop_empty(blocks);
    assembler.empty_sections(&blocks);
    sections::close_gaps(&mut blocks);
    restore_titles(&mut blocks, programme);
    let anchors = numbering::number(&mut blocks, programme, outline, findings);
    let claims = resolve::all(&mut blocks, programme, outline, &anchors, findings);
    abbreviations::fill(programme, &mut blocks);
    drop_empty_lists(&mut blocks);
    typography::apply(&mut blocks);
    Document {
        meta: meta(programme, outline),
        blocks,
        theme: programme.theme.clone(),
        claims,
        inserted,
        texts,
    }
}

/// Puts figures and footnotes of titles back into the headings; templates know plain text alone.
fn restore_titles(blocks: &mut [Block], programme: &Programme) {
    let words = typography::single_spaced;
    let rich = |title: &&Vec<Inline>| title.iter().any(|inline| !matches!(inline, Inline::Text(_)));
    let titles = programme.fields.iter().flat_map(|field| {
        let strategies = field.strategies.iter().map(|strategy| &strategy.heading);
        [&field.title, &field.overview_title].into_iter().chain(strategies)
    });
    let titles: Vec<(String, &Vec<Inline>)> =
        titles.filter(rich).map(|title| (words(&walk::plain(title)), title)).collect();
    for block in blocks {
        if let Block::Heading(heading) = block
            && let Some((_, title)) =
                titles.iter().find(|(plain, _)| *plain == words(&walk::plain(&heading.body)))
        {
            heading.body.clone_from(title);
        }
    }
}

fn meta(programme: &Programme, outline: &OutlineRecord) -> Meta {
    let (year, month, day) = programme.date;
    Meta {
        title: programme.title.clone(),
        subtitle: programme.subtitle.clone(),
        motto: programme.motto.clone(),
        organisation: programme.jobcenter.clone(),
        year: programme.year,
        date: format!("{day:02}.{month:02}.{year}"),
        date_parts: programme.date,
        date_line: programme.date_line.clone(),
        mark: programme.mark.clone(),
        reference: programme.reference.clone(),
        draft: None,
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

pub(super) struct Assembler<'a> {
    pub(super) programme: &'a Programme,
    outline: &'a OutlineRecord,
    pub(super) findings: &'a mut Vec<Finding>,
    used: BTreeSet<String>,
    /// What was inserted: name of the insert, and id.
    inserted: BTreeSet<(String, String)>,
    /// Level of the heading above.
    pub(super) level: u8,
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
                Block::Beside { picture, body } => {
                    let (picture, body) = (self.expand(picture), self.expand(body));
                    out.push(Block::Beside { picture, body });
                }
                block => out.push(block),
            }
        }
        out
    }

    fn insert(&mut self, insert: &Insert, out: &mut Vec<Block>) {
        let argument = insert.arguments.first().map(String::as_str).unwrap_or_default();
        let word = |key: &str| self.outline.word(key).to_owned();
        let captioned = self.programme.numbering.strategy_tables;
        let name = insert.name.as_str();
        if !self.in_template && programme::OF_TEMPLATES.contains(&name) {
            // Reported when the text was read.
            return;
        }
        if self.in_template {
            self.template_insert(insert);
        }
        for id in insert.arguments.iter().map(String::as_str).chain([""]) {
            self.inserted.insert((name.to_owned(), id.to_owned()));
        }
        match name {
            "deckblatt" => out.push(Block::Cover),
            "inhaltsverzeichnis" => out.push(self.contents(insert)),
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
                Block::Picture(Box::new(pictures::of(self.programme, self.outline, picture)))
            })),
            "liste" => out.extend(self.programme.list(argument).into_iter().flat_map(lists::list)),
            "listen" => {
                let ids = insert.arguments.iter();
                let found = ids.filter_map(|id| self.programme.list(id)).map(lists::list);
                out.push(Block::Columns(found.collect()));
            }
            "strategien" => out.extend(
                self.programme
                    .field(argument)
                    .map(|field| Block::Table(tables::strategies(self.outline, field, captioned))),
            ),
            "schritte" => out.extend(self.programme.strategy(argument).map(|(field, strategy)| {
                Block::Table(tables::steps(self.outline, field, strategy, captioned))
            })),
            "aufgaben" => out.extend(
                self.programme
                    .field(argument)
                    .into_iter()
                    .flat_map(|field| lists::tasks(self.outline, field, self.level + 1)),
            ),
            "beteiligung" => out.extend(lists::participation(self.programme, self.outline)),
            "status" => out.push(lists::status(self.programme, self.outline)),
            "unterschrift" => out.extend(self.programme.signature(argument).map(lists::signature)),
            // Unknown inserts are reported elsewhere.
            _ => {}
        }
    }

    /// Reports an insert of a template that names nothing that exists.
    fn template_insert(&mut self, insert: &Insert) {
        let name = insert.name.as_str();
        let known = || [programme::OF_TEMPLATES.as_slice(), &programme::INSERTS].concat();
        if !known().contains(&name) {
            self.findings.push(
                Finding::input(
                    "unbekannter-einschub",
                    format!("Den Einschub „amip:{name}“ gibt es nicht."),
                )
                .at(insert.span, "dieser Einschub der Vorlage")
                .hint_if(did_you_mean(name, known()))
                .hint(format!("Möglich sind: {}.", known().join(", "))),
            );
        }
        if name == "ziel" || programme::INSERTS.contains(&name) {
            self.findings.extend(programme::insert_problem(self.programme, insert));
        }
        let wrong = insert.arguments.iter().find(|argument| {
            let depth: Option<u32> = argument.parse().ok();
            argument.as_str() != "ohne-seiten"
                && !depth.is_some_and(|depth| (1..=6).contains(&depth))
        });
        if name == "inhaltsverzeichnis"
            && let Some(wrong) = wrong
        {
            self.findings.push(
                Finding::input(
                    "ebenen",
                    format!("„{wrong}“ ist keine Angabe für das Inhaltsverzeichnis."),
                )
                .at(insert.span, "dieser Einschub der Vorlage")
                .hint("Möglich sind „ohne-seiten“ und die tiefste Ebene, 1 bis 6."),
            );
        }
    }

    /// Reports figures that a template states: no rule would compare them.
    fn stated_in_template(&mut self, blocks: &[Block]) {
        walk::inlines(blocks, &mut |inline| {
            if let Inline::Figure { body, span, .. } = inline
                && !body.is_empty()
            {
                self.findings.push(
                    Finding::input("zahl-in-vorlage", "In einer Vorlage wird eine Zahl nicht geprüft.")
                        .at(*span, "diese Zahl")
                        .hint("Lassen Sie die eckige Klammer leer: [](zahl:…); dann druckt amip den Wert."),
                );
            }
        });
    }

    /// The table of contents: `amip:inhaltsverzeichnis [ohne-seiten] [EBENEN]`, unless the programme
    /// says otherwise.
    fn contents(&self, insert: &Insert) -> Block {
        let (depth, pages) = self.programme.contents;
        let written = insert.arguments.iter().find_map(|argument| argument.parse().ok());
        let without = insert.arguments.iter().any(|argument| argument == "ohne-seiten");
        let depth = depth.or(written).unwrap_or(3).clamp(1, 6);
        Block::Contents {
            title: self.outline.word("inhalt").to_owned(),
            depth: u8::try_from(depth).unwrap_or(3),
            pages: pages.unwrap_or(!without),
        }
    }

    /// A text under `kapitel/`, its headings below the one above.
    pub(super) fn text(&mut self, name: &str, out: &mut Vec<Block>) {
        self.used.insert(name.to_owned());
        let Some(text) = self.programme.texts.get(name) else { return };
        let base = self.level;
        let outer = std::mem::replace(&mut self.in_template, false);
        let mut blocks = sections::strategies_in_order(text.blocks.clone(), self.programme);
        sections::shift(&mut blocks, i16::from(base));
        let expanded = self.expand(blocks);
        out.push(mark(name));
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
                heading.numbered |= self.programme.numbering.strategy_sections;
            }
        }
    }
}

/// Stands before a text until it is known which sections stay.
fn mark(text: &str) -> Block {
    let span = Span::new(FileId::default(), 0..0);
    Block::Insert(Insert { name: "text".to_owned(), arguments: vec![text.to_owned()], span })
}

/// Takes the marks out again; the texts whose place is still there.
fn take_marks(blocks: &mut Vec<Block>) -> BTreeSet<String> {
    let mut texts = BTreeSet::new();
    walk::blocks(blocks, &mut |block| {
        if let Block::Insert(insert) = block {
            texts.extend(insert.arguments.iter().cloned());
        }
    });
    blocks.retain(|block| !matches!(block, Block::Insert(_)));
    texts
}

pub(super) fn strategy_anchor(path: &str) -> String {
    format!("strategie-{}", path.replace('.', "-"))
}

/// Lists of tables or pictures of a document that has none.
fn drop_empty_lists(blocks: &mut Vec<Block>) {
    let (mut tables, mut pictures) = (false, false);
    walk::tables(blocks, &mut |table| tables |= table.number.is_some());
    walk::pictures(blocks, &mut |picture| pictures |= picture.number.is_some());
    blocks.retain(|block| match block {
        Block::Tables(_) => tables,
        Block::Pictures(_) => pictures,
        _ => true,
    });
}
