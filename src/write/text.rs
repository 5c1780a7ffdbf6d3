// SPDX-License-Identifier: EUPL-1.2
//! Plain text for a screen: headings with a rule below, tables in columns, lines that are broken.
//!
//! Only reports are read there; what only a document has (cover, contents, footnotes) is absent here.

mod table;

use crate::tree::{Block, Document, Inline, walk};

/// Letters of a line.
const WIDTH: usize = 100;

/// Writes a report.
pub fn report(document: &Document) -> String {
    let mut out = String::new();
    blocks(&document.blocks, "", &mut out);
    format!("{}\n", out.trim_end())
}

fn blocks(blocks: &[Block], indent: &str, out: &mut String) {
    for block in blocks {
        self::block(block, indent, out);
    }
}

fn block(block: &Block, indent: &str, out: &mut String) {
    match block {
        Block::Heading(heading) => {
            let text = words(&heading.body);
            let sign = if heading.level == 1 { "=" } else { "-" };
            let rule = sign.repeat(text.chars().count());
            out.push_str(&format!("{indent}{text}\n{indent}{rule}\n\n"));
        }
        Block::Paragraph(body) => paragraph(&words(body), indent, indent, out),
        Block::List { start, items } => {
            for (at, item) in items.iter().enumerate() {
                let mark =
                    start.map_or("– ".to_owned(), |first| format!("{}. ", first + at as u64));
                self::item(item, &mark, indent, out);
            }
            out.push('\n');
        }
        Block::Checklist(items) => {
            for (done, item) in items {
                self::item(item, if *done { "[x] " } else { "[ ] " }, indent, out);
            }
            out.push('\n');
        }
        Block::RatedList(items) => {
            for rated in items {
                let text = format!("{} {}", words(&rated.body), rated.mark);
                self::item(&[Block::Paragraph(vec![Inline::Text(text)])], "– ", indent, out);
            }
            out.push('\n');
        }
        Block::Quote(body) | Block::Margin { note: body, .. } => {
            self::blocks(body, &format!("{indent}  "), out);
        }
        Block::Boxed { title, body, .. } => {
            out.push_str(&format!("{indent}{title}\n"));
            self::blocks(body, &format!("{indent}  "), out);
        }
        Block::Table(one) => out.push_str(&table::lines(one, indent)),
        Block::SideBySide(tables) => {
            tables.iter().for_each(|one| out.push_str(&table::lines(one, indent)));
        }
        Block::Columns(columns) => columns.iter().for_each(|one| self::blocks(one, indent, out)),
        Block::Beside { picture, body } => {
            self::blocks(picture, indent, out);
            self::blocks(body, indent, out);
        }
        Block::Picture(picture) => {
            paragraph(
                &format!("{}: {}", words(&picture.caption), picture.alt),
                indent,
                indent,
                out,
            );
        }
        Block::Glossary(items) => {
            for (short, long) in items {
                paragraph(&format!("{short}: {long}"), indent, indent, out);
            }
        }
        Block::Rule => out.push_str(&format!("{indent}{}\n\n", "─".repeat(WIDTH - indent.len()))),
        Block::Signature { .. }
        | Block::Cover
        | Block::Contents { .. }
        | Block::Tables(_)
        | Block::Pictures(_)
        | Block::PageBreak
        | Block::Insert(_) => {}
    }
}

/// An item of a list; the lines of its first paragraph stand below each other.
fn item(item: &[Block], mark: &str, indent: &str, out: &mut String) {
    let below = format!("{indent}{}", " ".repeat(mark.chars().count()));
    let (first, rest) = match item.split_first() {
        Some((Block::Paragraph(body), rest)) => (words(body), rest),
        _ => (String::new(), item),
    };
    for line in broken(&first, WIDTH - below.len()).iter().enumerate() {
        let (at, line) = line;
        let before = if at == 0 { format!("{indent}{mark}") } else { below.clone() };
        out.push_str(&format!("{before}{line}\n"));
    }
    blocks(rest, &below, out);
}

fn paragraph(text: &str, first: &str, indent: &str, out: &mut String) {
    for (at, line) in broken(text, WIDTH - indent.len()).iter().enumerate() {
        out.push_str(&format!("{}{line}\n", if at == 0 { first } else { indent }));
    }
    out.push('\n');
}

/// Running text without markup; what went and what came stands in brackets.
fn words(inlines: &[Inline]) -> String {
    let mut out = String::new();
    for inline in inlines {
        match inline {
            Inline::Struck(body) => out.push_str(&format!("[− {} −]", words(body))),
            Inline::Inserted(body) => out.push_str(&format!("[+ {} +]", words(body))),
            Inline::Strong(body) | Inline::Emphasis(body) => out.push_str(&words(body)),
            Inline::Break => out.push('\n'),
            other => out.push_str(&walk::plain(std::slice::from_ref(other))),
        }
    }
    out
}

/// Lines of no more than so many letters; a longer word is cut.
fn broken(text: &str, width: usize) -> Vec<String> {
    let width = width.max(1);
    let mut out: Vec<String> = Vec::new();
    for part in text.split('\n') {
        let mut line = String::new();
        // No-break spaces hold together what belongs together.
        for word in part.split([' ', '\t']).filter(|word| !word.is_empty()) {
            let mut word: Vec<char> = word.chars().filter(|c| *c != '\u{ad}').collect();
            if !line.is_empty() && line.chars().count() + 1 + word.len() > width {
                out.push(std::mem::take(&mut line));
            }
            while word.len() > width {
                let rest = word.split_off(width);
                out.push(word.iter().collect());
                word = rest;
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.extend(word);
        }
        out.push(line);
    }
    out
}
