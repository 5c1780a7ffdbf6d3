// SPDX-License-Identifier: EUPL-1.2
//! The Markdown: tables read back, links, pictures, and the way to the tree and back.

use std::collections::{BTreeMap, BTreeSet};

use amip::tree::reader::{self, Headings, Place};
use amip::tree::{Block, Document, Inline};
use amip::write::markdown;

use crate::support::grid::{Grid, Spanned};
use crate::support::{BUILT, SAMPLE, all_good};

/// Every table behind an anchor, pipes or HTML.
pub fn tables(text: &str) -> BTreeMap<String, Grid> {
    let mut out = BTreeMap::new();
    let mut anchor = String::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        if let Some(id) = line.strip_prefix("<a id=\"").and_then(|rest| rest.split('"').next()) {
            id.clone_into(&mut anchor);
        }
        if line.starts_with('|') {
            let mut rows = vec![line];
            while let Some(next) = lines.next_if(|next| next.starts_with('|')) {
                rows.push(next);
            }
            out.entry(anchor.clone()).or_insert_with(|| pipes(&rows));
        } else if line == "<table>" {
            let mut html = String::new();
            for next in lines.by_ref() {
                html.push_str(next);
                html.push('\n');
                if next == "</table>" {
                    break;
                }
            }
            out.entry(anchor.clone()).or_insert_with(|| html_table(&html));
        }
    }
    out
}

fn pipes(rows: &[&str]) -> Grid {
    let cells = |row: &str| -> Vec<Spanned> {
        let inner = row.trim().trim_start_matches('|').trim_end_matches('|');
        inner
            .replace("\\|", "\u{1}")
            .split('|')
            .map(|cell| Spanned {
                text: plain(&cell.replace('\u{1}', "|")),
                rowspan: 1,
                colspan: 1,
            })
            .collect()
    };
    let body: Vec<Vec<Spanned>> = rows[2..].iter().map(|row| cells(row)).collect();
    Grid::new(&[cells(rows[0])], &body)
}

/// Markdown of one cell without its marks.
fn plain(cell: &str) -> String {
    let mut out = String::new();
    let mut rest = cell.trim();
    while let Some(c) = rest.chars().next() {
        if let Some(after) = rest.strip_prefix('\\') {
            let next = after.chars().next().map_or(0, char::len_utf8);
            out.push_str(&after[..next]);
            rest = &after[next..];
        } else if let Some(after) = rest.strip_prefix("[^") {
            rest = after.split_once(']').map_or("", |(_, after)| after);
        } else if c == '[' {
            rest = &rest[1..];
        } else if let Some(after) = rest.strip_prefix("](") {
            rest = after.split_once(')').map_or("", |(_, after)| after);
        } else if c == '*' {
            rest = &rest[1..];
        } else {
            out.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    out
}

fn html_table(html: &str) -> Grid {
    let (mut head, mut body) = (Vec::new(), Vec::new());
    let mut in_head = false;
    for line in html.lines() {
        match line {
            "<thead>" => in_head = true,
            "</thead>" => in_head = false,
            "<tr>" => {
                if in_head {
                    head.push(Vec::new());
                } else {
                    body.push(Vec::new());
                }
            }
            line if line.starts_with("<th") || line.starts_with("<td") => {
                let (open, rest) = line.split_once('>').expect("a tag ends");
                let number = |name: &str| {
                    open.split_once(&format!("{name}=\""))
                        .and_then(|(_, rest)| rest.split('"').next()?.parse().ok())
                        .unwrap_or(1)
                };
                let inner = rest.rsplit_once("</").expect("a cell ends").0;
                let rows = if in_head { &mut head } else { &mut body };
                let cell = Spanned {
                    text: html_text(inner),
                    rowspan: number("rowspan"),
                    colspan: number("colspan"),
                };
                rows.last_mut().expect("a row").push(cell);
            }
            _ => {}
        }
    }
    Grid::new(&head, &body)
}

/// Text of HTML; items and paragraphs are separated by ` | `.
fn html_text(html: &str) -> String {
    let separated = html
        .replace("</li><li>", " | ")
        .replace("</p><ul><li>", " | ")
        .replace("</p><p>", " | ")
        .replace("<br>", " ");
    let mut out = String::new();
    let mut tag = false;
    for c in separated.chars() {
        match c {
            '<' => tag = true,
            '>' => tag = false,
            c if !tag => out.push(c),
            _ => {}
        }
    }
    out.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

#[test]
fn committed_markdown_is_current() {
    for name in crate::support::SAMPLES {
        let path = crate::support::root().join(format!("output/{name}/{name}.md"));
        let problem = crate::support::expect_file(&path, &crate::support::built(name).markdown);
        assert!(problem.is_ok(), "run `cargo run --release -- build data/*` for {name}");
    }
}

#[test]
fn links_and_pictures_lead_somewhere() {
    let text = &BUILT.markdown;
    let anchors: BTreeSet<&str> = text
        .match_indices("<a id=\"")
        .filter_map(|(at, _)| text[at + 7..].split('"').next())
        .collect();
    let mut problems = Vec::new();
    let targets = text
        .match_indices("](#")
        .map(|(at, found)| &text[at + found.len()..])
        .filter_map(|rest| rest.split(')').next())
        .chain(
            text.match_indices("href=\"#")
                .map(|(at, found)| &text[at + found.len()..])
                .filter_map(|rest| rest.split('"').next()),
        );
    let mut count = 0;
    for target in targets {
        count += 1;
        if !anchors.contains(target) {
            problems.push(format!("no anchor „{target}“"));
        }
    }
    assert!(count > 60, "only {count} links");
    for (at, _) in text.match_indices("](bilder/") {
        let file = text[at + 2..].split(')').next().unwrap_or_default();
        if !BUILT.folder.join(file).is_file() {
            problems.push(format!("no picture {file}"));
        }
    }
    all_good(&problems);
}

#[test]
fn placeholders_never_reach_the_reader() {
    for left in ["amip:", "](zahl:", "](abschnitt:", "](tabelle:", "](strategie:", "{{", "{%"] {
        assert!(!BUILT.markdown.contains(left), "{left}");
    }
}

/// What a round trip keeps word for word: blocks of running text, with figures as their text.
fn running_text(blocks: &[Block]) -> Vec<Block> {
    let mut kept: Vec<Block> = blocks
        .iter()
        .filter(|block| {
            matches!(
                block,
                Block::Paragraph(_)
                    | Block::List { .. }
                    | Block::Checklist(_)
                    | Block::Boxed { .. }
                    | Block::Quote(_)
                    | Block::Margin { .. }
            )
        })
        .cloned()
        .collect();
    amip::tree::walk::inlines_mut(&mut kept, &mut |list| {
        let mut out: Vec<Inline> = Vec::new();
        for inline in list.drain(..) {
            let parts = match inline {
                Inline::Figure { body, .. } => body,
                other => vec![other],
            };
            for part in parts {
                match (out.last_mut(), part) {
                    (Some(Inline::Text(last)), Inline::Text(text)) => last.push_str(&text),
                    (_, part) => out.push(part),
                }
            }
        }
        *list = out;
    });
    kept
}

#[test]
fn from_tree_to_markdown_and_back_is_the_same_tree() {
    let blocks = running_text(&SAMPLE.document.blocks);
    assert!(blocks.len() > 150, "{}", blocks.len());
    // The rule separates the text from the cover that every document begins with.
    let mut with_rule = vec![Block::Rule];
    with_rule.extend(blocks.iter().cloned());
    let document = Document { blocks: with_rule, ..SAMPLE.document.clone() };
    let written = markdown::document(&document);
    let mut back = read(&written);
    let rule = back.iter().position(|block| *block == Block::Rule).expect("the rule");
    let back = back.split_off(rule + 1);
    for (one, other) in blocks.iter().zip(&back) {
        assert_eq!(one, other);
    }
    assert_eq!(blocks.len(), back.len());
}

fn read(text: &str) -> Vec<Block> {
    let mut sources = amip::diag::Sources::default();
    let file = sources.add("text.md", text);
    let mut findings = Vec::new();
    let blocks = reader::blocks(text, Place::File(file), Headings::Plain, &mut findings);
    assert!(findings.is_empty(), "{findings:?}");
    blocks
}

#[test]
fn gender_stars_are_not_emphasis() {
    let blocks = read("Kund*innen und Bürger*innen kommen mit *einem* Anliegen.");
    let [Block::Paragraph(body)] = blocks.as_slice() else { panic!("{blocks:?}") };
    assert_eq!(
        amip::tree::walk::plain(body),
        "Kund*innen und Bürger*innen kommen mit einem Anliegen."
    );
    assert_eq!(body.iter().filter(|inline| matches!(inline, Inline::Emphasis(_))).count(), 1);
}

#[test]
fn a_year_at_the_beginning_of_a_line_is_no_list() {
    let blocks = read("2020. Das Jahr war schwer.\n\n1. erstens\n2. zweitens\n");
    assert!(matches!(&blocks[0], Block::Paragraph(_)), "{blocks:?}");
    assert!(matches!(&blocks[1], Block::List { start: Some(1), items } if items.len() == 2));
}

#[test]
fn bullets_of_word_make_a_list() {
    for text in [
        "Partner sind:\n\n•\tKammern\n•\tVerbände *und* Kirchen\n",
        "Partner sind:\n• Kammern\n• Verbände *und* Kirchen\n",
        "Partner sind:\n\n\u{f0b7}\u{a0}Kammern\n\n\u{f0b7}\u{a0}Verbände *und* Kirchen\n",
    ] {
        let blocks = read(text);
        let [Block::Paragraph(_), Block::List { start: None, items }] = blocks.as_slice() else {
            panic!("{blocks:?}")
        };
        let [Block::Paragraph(second)] = items[1].as_slice() else { panic!("{items:?}") };
        assert_eq!(amip::tree::walk::plain(second), "Verbände und Kirchen");
    }
    let blocks = read("Der Punkt • steht in der Zeile.\n•\n");
    assert!(matches!(blocks.as_slice(), [Block::Paragraph(_)]), "{blocks:?}");
}

#[test]
fn marginal_notes_stand_beside_the_next_block_and_come_back() {
    let blocks = read("> **Randnotiz** Start im März\n\nDer Absatz daneben.\n\nDer nächste.\n");
    assert!(
        matches!(&blocks[0], Block::Margin { note, beside } if note.len() == 1 && beside.len() == 1)
    );
    assert!(matches!(&blocks[1], Block::Paragraph(_)));
    let document = Document { blocks, ..SAMPLE.document.clone() };
    let written = markdown::document(&document);
    assert!(written.contains("> **Randnotiz**\n>\n> Start im März\n"), "{written}");
}

#[test]
fn footnotes_are_numbered_in_reading_order() {
    let text = "Eins[^b] und zwei[^a], noch einmal[^b].\n\n[^a]: Text A\n[^b]: Text B\n";
    let document = Document { blocks: read(text), ..SAMPLE.document.clone() };
    let written = markdown::document(&document);
    assert!(written.contains("Eins[^1] und zwei[^2], noch einmal[^1]."), "{written}");
    assert!(written.contains("[^1]: Text B") && written.contains("[^2]: Text A"), "{written}");
}

#[test]
fn text_that_looks_like_markup_stays_text() {
    for text in [
        "- kein Punkt",
        "1. keine Liste",
        "# keine Überschrift",
        "a_b_c * d * [x](y) <z>",
        "~~nicht~~",
    ] {
        let document = Document {
            blocks: vec![Block::Paragraph(vec![Inline::Text(text.to_owned())])],
            ..SAMPLE.document.clone()
        };
        let written = markdown::document(&document);
        let last = written.trim_end().rsplit("\n\n").next().unwrap_or_default();
        let blocks = read(last);
        assert_eq!(blocks, document.blocks, "{last}");
    }
}
