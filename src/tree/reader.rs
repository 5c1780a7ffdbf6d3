// SPDX-License-Identifier: EUPL-1.2
//! Markdown to blocks.
//!
//! Plain Markdown with footnotes, tables and task lists; in addition links with a scheme of their own
//! (`zahl:`, `abschnitt:` …), inserts (`<!-- amip:tabelle mittel -->`) and quotes that begin with a bold
//! key word (goal boxes, marginal notes). What cannot be read is reported, with its place.

mod boxes;
mod passages;
mod traps;

use std::ops::Range;

use boxes::{margins, quote};
use pulldown_cmark::{Alignment, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

pub use passages::passages;
use traps::{mask, unmask};

use super::{
    Align, Block, Cell, Column, Heading, Inline, Insert, RefKind, Row, RowKind, Table, walk,
};
use crate::diag::{FileId, Finding, Span, did_you_mean};

/// Where a text comes from, so that findings can point into it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The whole file.
    File(FileId),
    /// A value somewhere in a file; findings point at the value.
    Value(Span),
}

/// How headings without a mark of their own are treated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Headings {
    /// Counted, unless marked `{.ohne-nummer}`.
    Numbered,
    /// Not counted, unless marked `{.nummer}`.
    Plain,
}

/// Reads blocks.
pub fn blocks(
    text: &str,
    place: Place,
    headings: Headings,
    findings: &mut Vec<Finding>,
) -> Vec<Block> {
    let masked = mask(text);
    let mut reader = Reader {
        place,
        headings,
        events: Parser::new_ext(&masked, options()).into_offset_iter().collect(),
        at: 0,
        footnotes: Vec::new(),
        findings,
    };
    if reader.too_deep() {
        return Vec::new();
    }
    reader.collect_footnotes();
    let mut found = reader.sequence();
    let footnotes = std::mem::take(&mut reader.footnotes);
    attach_footnotes(&mut found, footnotes, reader.findings);
    found
}

/// Reads running text: the inlines of the first paragraph; further blocks are joined by line breaks.
pub fn inlines(text: &str, span: Span, findings: &mut Vec<Finding>) -> Vec<Inline> {
    let mut out = Vec::new();
    for block in blocks(text, Place::Value(span), Headings::Plain, findings) {
        let mut body = match block {
            Block::Paragraph(body) | Block::Heading(Heading { body, .. }) => body,
            // A text such as "- Vorbindungen" or "2015. …" that Markdown takes for a list.
            Block::List { .. } | Block::Rule if !text.trim().contains('\n') => {
                vec![Inline::Text(text.to_owned())]
            }
            _ => {
                findings.push(
                    Finding::input("text-form", "Hier ist nur Fließtext möglich, keine Liste, Tabelle und kein Zitat.")
                        .at(span, "dieser Text")
                        .hint("Schreiben Sie Sätze, oder verlegen Sie den Inhalt in einen Text unter kapitel/."),
                );
                continue;
            }
        };
        if !out.is_empty() {
            out.push(Inline::Break);
        }
        out.append(&mut body);
    }
    out
}

fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
}

type Footnote = (String, Vec<Block>, Span);

struct Reader<'a, 'f> {
    place: Place,
    headings: Headings,
    events: Vec<(Event<'a>, Range<usize>)>,
    at: usize,
    footnotes: Vec<Footnote>,
    findings: &'f mut Vec<Finding>,
}

impl Reader<'_, '_> {
    fn span(&self, range: &Range<usize>) -> Span {
        match self.place {
            Place::File(file) => Span::new(file, range.clone()),
            Place::Value(span) => span,
        }
    }

    /// Labels are unique per file; this makes them unique in the document.
    fn label(&self, label: &str) -> String {
        match self.place {
            Place::File(file) => format!("{file:?}:{label}"),
            Place::Value(span) => format!("{:?}-{}:{label}", span.file, span.start),
        }
    }

    /// Reads all footnote texts first, for they usually stand below their mention.
    fn collect_footnotes(&mut self) {
        let mut at = 0;
        while at < self.events.len() {
            if let (Event::Start(Tag::FootnoteDefinition(label)), range) = &self.events[at] {
                let (label, span) = (self.label(label), self.span(range));
                let start = at;
                self.at = at + 1;
                let body = self.sequence();
                self.footnotes.push((label, body, span));
                let end = self.at;
                self.events.drain(start..end);
                at = start;
            } else {
                at += 1;
            }
        }
        self.at = 0;
    }

    /// Reports texts that are nested deeper than any page could show.
    fn too_deep(&mut self) -> bool {
        const DEEPEST: usize = 24;
        let mut depth = 0_usize;
        let mut found = None;
        for (event, range) in &self.events {
            match event {
                Event::Start(_) => depth += 1,
                Event::End(_) => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth > DEEPEST {
                found = Some(range.clone());
                break;
            }
        }
        if let Some(range) = &found {
            let span = self.span(range);
            self.findings.push(
                Finding::input("text-tiefe", "Der Text ist zu tief geschachtelt.")
                    .at(span, "ab hier")
                    .hint(
                        "Prüfen Sie, ob hier Listen- oder Zitatzeichen versehentlich gehäuft sind.",
                    ),
            );
        }
        found.is_some()
    }

    fn next(&mut self) -> Option<(Event<'static>, Range<usize>)> {
        let (event, range) = self.events.get(self.at)?;
        let next = (event.clone().into_static(), range.clone());
        self.at += 1;
        Some(next)
    }

    fn peek(&self) -> Option<&Event<'_>> {
        self.events.get(self.at).map(|(event, _)| event)
    }

    /// Blocks up to the end of the enclosing one, whose end is consumed.
    fn sequence(&mut self) -> Vec<Block> {
        let mut out = Vec::new();
        loop {
            match self.peek() {
                // Tight list items hold their text without a paragraph around it.
                Some(event) if is_inline(event) => {
                    let body = self.inlines();
                    push_paragraph(&mut out, body);
                    continue;
                }
                _ => {}
            }
            let Some((event, range)) = self.next() else { break };
            match event {
                Event::End(_) => break,
                Event::Start(tag) => self.block(tag, &range, &mut out),
                Event::Rule => out.push(Block::Rule),
                Event::Html(text) => self.html(&text, &range, &mut out),
                _ => {}
            }
        }
        margins(out)
    }

    fn block(&mut self, tag: Tag<'_>, range: &Range<usize>, out: &mut Vec<Block>) {
        match tag {
            Tag::Paragraph => {
                let body = self.inlines();
                self.next();
                push_paragraph(out, body);
            }
            Tag::Heading { level, id, classes, .. } => {
                let mut body = self.inlines();
                self.next();
                if body.is_empty() {
                    let span = self.span(range);
                    self.findings.push(
                        Finding::input("ueberschrift-leer", "Eine Überschrift ist leer.")
                            .at(span, "hier fehlt der Text")
                            .hint("Ergänzen Sie die Überschrift oder löschen Sie das „#“."),
                    );
                    return;
                }
                let marked = |class: &str| classes.iter().any(|known| &**known == class);
                let numbered = match self.headings {
                    Headings::Numbered => !marked("ohne-nummer"),
                    Headings::Plain => marked("nummer"),
                };
                self.heading_classes(&classes, range);
                if marked("pfeil") {
                    body.insert(0, Inline::Text("⇒ ".to_owned()));
                }
                out.push(Block::Heading(Heading {
                    level: depth(level),
                    id: id.map(|id| id.to_string()),
                    numbered,
                    number: None,
                    body,
                }));
            }
            Tag::BlockQuote(_) => {
                let mut body = self.sequence();
                let span = self.span(range);
                // A box has no place among the chapters; its titles are words in bold.
                for block in &mut body {
                    if let Block::Heading(heading) = block {
                        let title = std::mem::take(&mut heading.body);
                        *block = Block::Paragraph(vec![Inline::Strong(title)]);
                    }
                }
                let block = quote(body, span);
                if let Block::Boxed { kind: super::BoxKind::Internal, body, .. } = &block
                    && boxes::says_nothing(body)
                {
                    self.findings.push(
                        Finding::input("kasten-leer", "Der Kasten „Intern“ ist leer.")
                            .at(span, "ohne Inhalt")
                            .hint("Vor jeder Zeile des Kastens steht „>“, auch vor der leeren nach „**Intern**“; was danach ohne „>“ folgt, gehört nicht dazu und würde veröffentlicht."),
                    );
                }
                out.push(block);
            }
            Tag::List(start) => out.push(self.list(start)),
            Tag::Table(alignments) => out.push(Block::Table(self.table(&alignments))),
            Tag::HtmlBlock => {
                let mut text = String::new();
                let mut whole = range.clone();
                while let Some((event, range)) = self.next() {
                    match event {
                        Event::Html(part) => {
                            text.push_str(&part);
                            whole.end = range.end;
                        }
                        Event::End(TagEnd::HtmlBlock) => break,
                        _ => {}
                    }
                }
                self.html(&text, &whole, out);
            }
            Tag::CodeBlock(_) => {
                // Lines that were indented by accident, as in texts pasted from Word.
                let mut text = String::new();
                while let Some((event, _)) = self.next() {
                    match event {
                        Event::Text(part) => text.push_str(&part),
                        Event::End(TagEnd::CodeBlock) => break,
                        _ => {}
                    }
                }
                let body = vec![Inline::Text(unmask(text.trim()))];
                self.left_over_marks(&body, range);
                push_paragraph(out, body);
            }
            _ => {
                let body = self.sequence();
                out.extend(body);
            }
        }
    }

    /// Reports marks of a heading that mean nothing.
    fn heading_classes(&mut self, classes: &[pulldown_cmark::CowStr<'_>], range: &Range<usize>) {
        const KNOWN: [&str; 3] = ["nummer", "ohne-nummer", "pfeil"];
        for class in classes.iter().filter(|class| !KNOWN.contains(&&***class)) {
            let span = self.span(range);
            self.findings.push(
                Finding::input(
                    "ueberschrift-merkmal",
                    format!("Das Merkmal „.{class}“ einer Überschrift gibt es nicht."),
                )
                .at(span, "diese Überschrift")
                .hint_if(did_you_mean(class, KNOWN))
                .hint("Möglich sind: .nummer, .ohne-nummer, .pfeil."),
            );
        }
    }

    fn list(&mut self, start: Option<u64>) -> Block {
        let mut items: Vec<(Option<bool>, Vec<Block>)> = Vec::new();
        while let Some((event, _)) = self.next() {
            match event {
                Event::Start(Tag::Item) => {
                    let done = self.task_marker();
                    items.push((done, self.sequence()));
                }
                Event::End(TagEnd::List(_)) => break,
                _ => {}
            }
        }
        if !items.is_empty() && items.iter().all(|(done, _)| done.is_some()) {
            let ticked = items.into_iter().map(|(done, body)| (done == Some(true), body));
            return Block::Checklist(ticked.collect());
        }
        // In a list of both kinds the tick stands in the text.
        let ticked = items.into_iter().map(|(done, mut body)| {
            if let (Some(done), Some(Block::Paragraph(text))) = (done, body.first_mut()) {
                text.insert(0, Inline::Text(if done { "✓ " } else { "☐ " }.to_owned()));
            }
            body
        });
        Block::List { start, items: ticked.collect() }
    }

    /// The tick at the beginning of a list item, which may stand within its first paragraph.
    fn task_marker(&mut self) -> Option<bool> {
        for ahead in 0..2 {
            let at = self.at + ahead;
            match self.events.get(at) {
                Some((Event::TaskListMarker(done), _)) => {
                    let done = *done;
                    self.events.remove(at);
                    return Some(done);
                }
                Some((Event::Start(Tag::Paragraph), _)) => {}
                _ => return None,
            }
        }
        None
    }

    fn table(&mut self, alignments: &[Alignment]) -> Table {
        let columns = alignments
            .iter()
            .map(|alignment| Column {
                align: match alignment {
                    Alignment::Right => Align::Right,
                    Alignment::Center => Align::Centre,
                    Alignment::Left | Alignment::None => Align::Left,
                },
                weight: 0,
            })
            .collect();
        let mut table = Table { columns, ..Table::default() };
        let mut cells = Vec::new();
        while let Some((event, _)) = self.next() {
            match event {
                Event::Start(Tag::TableCell) => {
                    cells.push(Cell::of(self.inlines()));
                    self.next();
                }
                Event::End(TagEnd::TableHead) => table.head.push(std::mem::take(&mut cells)),
                Event::End(TagEnd::TableRow) => {
                    let cells = std::mem::take(&mut cells);
                    table.rows.push(Row { kind: RowKind::Body, cells });
                }
                Event::End(TagEnd::Table) => break,
                _ => {}
            }
        }
        table
    }

    /// Inlines up to an event that is none, which is left in place.
    fn inlines(&mut self) -> Vec<Inline> {
        let mut out: Vec<Inline> = Vec::new();
        // The stretch of plain text read last, which may hold marks that Markdown did not take.
        let mut whole: Option<Range<usize>> = None;
        while self.peek().is_some_and(is_inline) {
            let Some((event, range)) = self.next() else { break };
            match event {
                Event::Text(text) => {
                    whole.get_or_insert(range.clone()).end = range.end;
                    push_text(&mut out, &unmask(&text));
                }
                Event::Code(text) => {
                    self.left_over_marks(&[Inline::Text(text.to_string())], &range);
                    out.push(Inline::Code(unmask(&text)));
                }
                Event::SoftBreak => push_text(&mut out, " "),
                Event::HardBreak => out.push(Inline::Break),
                Event::FootnoteReference(label) => {
                    out.push(Inline::Footnote { label: self.label(&label), body: Vec::new() });
                }
                Event::InlineHtml(html) => self.inline_html(&html, &range),
                Event::Start(tag) => {
                    let body = self.inlines();
                    self.next();
                    match tag {
                        Tag::Strong => out.push(Inline::Strong(body)),
                        Tag::Emphasis => out.push(Inline::Emphasis(body)),
                        Tag::Strikethrough => out.push(Inline::Struck(body)),
                        // Said to be free on purpose; nothing else is special about it.
                        Tag::Link { dest_url, .. } if dest_url.starts_with("frei:") => {
                            body.into_iter().for_each(|inline| match inline {
                                Inline::Text(text) => push_text(&mut out, &text),
                                inline => out.push(inline),
                            });
                        }
                        Tag::Link { dest_url, title, .. } => {
                            out.push(self.link(&unmask(&dest_url), &unmask(&title), body, &range));
                        }
                        Tag::Image { dest_url, .. } => self.image(&dest_url, &range),
                        _ => out.extend(body),
                    }
                }
                _ => {}
            }
        }
        if let Some(range) = whole {
            self.left_over_marks(&out, &range);
            let span = self.span(&range);
            out = out.into_iter().flat_map(|inline| shared_footnotes(inline, span)).collect();
        }
        trim(&mut out);
        out
    }

    /// Reports links, inserts and footnotes that are not written rightly and would be printed as they
    /// stand.
    fn left_over_marks(&mut self, list: &[Inline], range: &Range<usize>) {
        const MARKS: [&str; 8] = [
            "](zahl:",
            "(zahl:",
            "](abschnitt:",
            "](tabelle:",
            "](schaubild:",
            "](massnahme:",
            "](strategie:",
            "amip:",
        ];
        for inline in list {
            let Inline::Text(text) = inline else { continue };
            self.odd_footnote(text, range);
            let compact = text.replace("] (", "](");
            if let Some(mark) = MARKS.iter().find(|mark| compact.contains(**mark)) {
                let span = self.span(range);
                self.findings.push(
                    Finding::input("verweis-notation", format!("Ein Verweis oder Einschub („{mark}“) ist nicht richtig geschrieben; er würde so gedruckt."))
                        .at(span, "in diesem Text")
                        .hint("Zwischen ] und ( und hinter dem Doppelpunkt steht kein Leerzeichen; eine Begründung steht in geraden Anführungszeichen: [5](zahl:werte.a \"anerkannt: Grund\")."),
                );
            }
        }
    }

    fn link(&mut self, url: &str, title: &str, body: Vec<Inline>, range: &Range<usize>) -> Inline {
        const SCHEMES: [&str; 7] =
            ["zahl", "frei", "abschnitt", "tabelle", "schaubild", "massnahme", "strategie"];
        let reason = title.strip_prefix("anerkannt:").map(str::trim);
        let acknowledged = reason.filter(|reason| !reason.is_empty()).map(str::to_owned);
        let span = self.span(range);
        let (scheme, target) = url.split_once(':').unwrap_or(("", url));
        let kind = match scheme {
            "zahl" => {
                if reason.is_none_or(str::is_empty) && !title.is_empty() {
                    self.findings.push(
                        Finding::input(
                            "verweis-notation",
                            "Die Angabe in Anführungszeichen ist keine Begründung.",
                        )
                        .at(span, "in diesem Verweis")
                        .hint(
                            "Eine Begründung sieht so aus: [5](zahl:werte.a \"anerkannt: Grund\").",
                        ),
                    );
                }
                return Inline::Figure { path: target.to_owned(), acknowledged, body, span };
            }
            "abschnitt" => RefKind::Section,
            "tabelle" => RefKind::Table,
            "schaubild" => RefKind::Picture,
            "massnahme" => RefKind::Measure,
            "strategie" => RefKind::Strategy,
            "" if target.starts_with('#') => {
                return Inline::Internal { target: target[1..].to_owned(), body };
            }
            "http" | "https" | "mailto" => {
                return Inline::Link { url: url.to_owned(), body };
            }
            _ => {
                let hint = did_you_mean(scheme, SCHEMES).unwrap_or_else(|| {
                    "Möglich sind zahl:, abschnitt:, tabelle:, schaubild:, massnahme:, strategie: und https://.".to_owned()
                });
                self.findings.push(
                    Finding::input(
                        "verweis-ziel",
                        format!("Der Verweis „{url}“ hat kein Ziel, das amip kennt."),
                    )
                    .at(span, "dieser Verweis")
                    .hint(hint),
                );
                return Inline::Link { url: String::new(), body };
            }
        };
        Inline::Reference { kind, target: target.to_owned(), body, acknowledged, span }
    }

    fn image(&mut self, file: &str, range: &Range<usize>) {
        let span = self.span(range);
        self.findings.push(
            Finding::input("bild-im-text", format!("Das Bild „{file}“ steht unmittelbar im Text."))
                .at(span, "so fehlen Nummer, Quelle und Alternativtext")
                .hint("Tragen Sie es unter „schaubilder“ ein und fügen Sie es mit <!-- amip:schaubild … --> ein."),
        );
    }

    /// Reports a mark such as `[^Fußnote 1]`, which would be printed as it stands.
    fn odd_footnote(&mut self, text: &str, range: &Range<usize>) {
        for (at, _) in text.match_indices("[^") {
            let Some((label, _)) = text[at + 2..].split_once(']') else { continue };
            if label.is_empty() || !label.chars().all(in_label) {
                let span = self.span(range);
                self.findings.push(
                    Finding::input("fussnote-unbekannt", format!("„[^{label}]“ ist kein Fußnotenzeichen."))
                        .at(span, "hier erwähnt")
                        .hint("Zwischen [^ und ] stehen nur Buchstaben, Ziffern, „-“ und „_“, kein Leerzeichen."),
                );
            }
        }
    }

    fn inline_html(&mut self, html: &str, range: &Range<usize>) {
        if html.starts_with("<!--") && !html.contains("amip:") {
            return;
        }
        let finding = if html.starts_with("<!--") {
            Finding::input("einschub-im-satz", "Ein Einschub steht mitten in einem Absatz.")
                .at(self.span(range), "dieser Einschub")
                .hint("Setzen Sie ihn in eine eigene Zeile mit Leerzeilen davor und danach.")
        } else {
            html_finding(self.span(range))
        };
        self.findings.push(finding);
    }

    /// A block of HTML: comments are inserts or remarks for colleagues, everything else is refused.
    fn html(&mut self, text: &str, range: &Range<usize>, out: &mut Vec<Block>) {
        let mut rest = text;
        let mut at = range.start;
        while let Some(open) = rest.find("<!--") {
            if !rest[..open].trim().is_empty() {
                break;
            }
            // `<!-->` and `<!--->` are comments without content.
            let inside = &rest[open + 4..];
            let empty = ["->", ">"].into_iter().find(|end| inside.starts_with(end));
            let found = empty.map(str::len).or_else(|| inside.find("-->").map(|end| end + 3));
            // A comment in a comment: the first one was left open and would swallow what stands between.
            let swallows = |length: &usize| inside[..*length].contains("<!--");
            let Some(length) = found.filter(|length| !swallows(length)).map(|length| length + 1)
            else {
                let span = self.span(&(at + open..range.end));
                self.findings.push(
                    Finding::input("kommentar-offen", "Ein Kommentar wird nicht geschlossen.")
                        .at(span, "beginnt hier")
                        .hint("Ergänzen Sie „-->“."),
                );
                return;
            };
            let comment = if empty.is_some() { "" } else { rest[open + 4..open + length].trim() };
            if let Some(command) = comment.strip_prefix("amip:") {
                let mut words = command.split_whitespace().map(str::to_owned);
                out.push(Block::Insert(Insert {
                    name: words.next().unwrap_or_default(),
                    arguments: words.collect(),
                    span: self.span(&(at + open..at + open + length + 3)),
                }));
            } else if let Some(word) = comment.split([':', ' ']).next()
                && near_miss(word)
            {
                let span = self.span(&(at + open..at + open + length + 3));
                self.findings.push(
                    Finding::input("einschub-notation", format!("Dieser Kommentar beginnt mit „{word}“ und fügt nichts ein."))
                        .at(span, "dieser Kommentar")
                        .hint("Ein Einschub beginnt mit „amip:“, zum Beispiel <!-- amip:tabelle mittel -->."),
                );
            }
            rest = &rest[open + length + 3..];
            at += open + length + 3;
        }
        if !rest.trim().is_empty() {
            let span = self.span(&(at..range.end));
            self.findings.push(html_finding(span));
        }
    }
}

/// Whether a word was probably meant to be `amip`.
fn near_miss(word: &str) -> bool {
    word.len() <= 6 && strsim::damerau_levenshtein(&word.to_lowercase(), "amip") <= 1
}

fn html_finding(span: Span) -> Finding {
    Finding::input("html-im-text", "HTML ist in den Texten nicht vorgesehen.")
        .at(span, "wird nicht gedruckt")
        .hint("Nehmen Sie Markdown; ein Kleiner-Zeichen im Text schreiben Sie als „\\<“.")
}

fn is_inline(event: &Event<'_>) -> bool {
    matches!(
        event,
        Event::Text(_)
            | Event::Code(_)
            | Event::SoftBreak
            | Event::HardBreak
            | Event::FootnoteReference(_)
            | Event::InlineHtml(_)
            | Event::TaskListMarker(_)
            | Event::Start(
                Tag::Strong
                    | Tag::Emphasis
                    | Tag::Strikethrough
                    | Tag::Link { .. }
                    | Tag::Image { .. }
            )
    )
}

fn depth(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

fn push_text(out: &mut Vec<Inline>, text: &str) {
    if let Some(Inline::Text(last)) = out.last_mut() {
        last.push_str(text);
    } else {
        out.push(Inline::Text(text.to_owned()));
    }
}

fn push_paragraph(out: &mut Vec<Block>, body: Vec<Inline>) {
    if !body.is_empty() {
        out.push(Block::Paragraph(body));
    }
}

/// Removes empty text at both ends.
fn trim(list: &mut Vec<Inline>) {
    if let Some(Inline::Text(text)) = list.last()
        && text.trim().is_empty()
    {
        list.pop();
    }
}

/// A character of a footnote's label.
fn in_label(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '_')
}

/// Footnotes whose text does not stand in the same file: `[^id]`.
fn shared_footnotes(inline: Inline, span: Span) -> Vec<Inline> {
    let Inline::Text(text) = inline else { return vec![inline] };
    let mut out = Vec::new();
    let mut rest = text.as_str();
    while let Some(at) = rest.find("[^") {
        let label = rest[at + 2..].split(']').next().unwrap_or_default();
        let end = at + 2 + label.len();
        let valid = !label.is_empty() && label.chars().all(in_label);
        if !valid || !rest[end..].starts_with(']') {
            // Reported when the text was read.
            out.push(Inline::Text(rest[..end].to_owned()));
            rest = &rest[end..];
            continue;
        }
        if at > 0 {
            out.push(Inline::Text(rest[..at].to_owned()));
        }
        out.push(Inline::Reference {
            kind: RefKind::Footnote,
            target: label.to_owned(),
            body: Vec::new(),
            acknowledged: None,
            span,
        });
        rest = &rest[end + 1..];
    }
    if !rest.is_empty() || out.is_empty() {
        out.push(Inline::Text(rest.to_owned()));
    }
    out
}

/// Gives each footnote its text at the first mention.
fn attach_footnotes(
    blocks: &mut [Block],
    mut footnotes: Vec<Footnote>,
    findings: &mut Vec<Finding>,
) {
    walk::inlines_mut(blocks, &mut |list| {
        for inline in list {
            if let Inline::Footnote { label, body } = inline
                && let Some(at) = footnotes.iter().position(|(known, ..)| known == label)
            {
                *body = footnotes.remove(at).1;
            }
        }
    });
    for (_, _, span) in footnotes {
        findings.push(
            Finding::warning("fussnote-ungenutzt", "Diese Fußnote wird im Text nicht erwähnt.")
                .at(span, "würde nicht gedruckt")
                .hint("Setzen Sie ihr Zeichen in den Text, oder löschen Sie sie."),
        );
    }
}
