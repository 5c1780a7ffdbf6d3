// SPDX-License-Identifier: EUPL-1.2
//! One page of HTML that stands alone: style, drawings and pictures are part of it, nothing is
//! loaded, nothing runs.
//!
//! `front` writes the cover and the lists at the front, `blocks` the content, `table` and `picture`
//! what they say, `inline` running text and footnotes; `anchor` keeps ids unique. `seite.css` is the
//! look: colours come from the theme, letters from the reader's device.
//!
//! What only paper has, page numbers and page breaks, is absent here.

mod anchor;
mod blocks;
mod front;
mod inline;
mod picture;
mod table;

use crate::tree::theme::Theme;
use crate::tree::{Block, Document, walk};
use anchor::Anchors;
use inline::{Note, escape};

/// The look; `\r` of a checkout on Windows is no part of it.
const STYLE: &str = include_str!("seite.css");

/// What the page may load: nothing but the pictures that it carries.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

/// Writes a document.
pub fn document(document: &Document) -> String {
    let mut writer = Writer {
        document,
        out: String::new(),
        anchors: Anchors::of(&document.blocks),
        notes: Vec::new(),
        outline: Vec::new(),
        level: 1,
        heading: String::new(),
        top: true,
        cell: false,
        linked: false,
        waiting: String::new(),
    };
    writer.page();
    writer.out
}

struct Writer<'a> {
    document: &'a Document,
    out: String,
    anchors: Anchors,
    /// Footnotes in the order of their mention.
    notes: Vec<Note<'a>>,
    /// Levels of the headings above, as the document counts them; at the top each has a section open.
    outline: Vec<u8>,
    /// Level of the last heading, as HTML counts them.
    level: u8,
    /// Text of the last heading.
    heading: String,
    /// Whether sections may open and close here, not within another block.
    top: bool,
    /// Within a table, where HTML allows neither sections nor headings.
    cell: bool,
    /// Within a link, where HTML allows no other one.
    linked: bool,
    /// Marks of footnotes that wait for the end of a link.
    waiting: String,
}

impl<'a> Writer<'a> {
    fn page(&mut self) {
        let document = self.document;
        let meta = &document.meta;
        let named = [&meta.title, &meta.organisation].into_iter().filter(|text| !text.is_empty());
        let title: Vec<String> = named.map(|text| escape(text)).collect();
        let main = self.anchors.fresh("inhalt");
        self.out.push_str(&format!(
            "<!DOCTYPE html>\n<html lang=\"de\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"generator\" content=\"amip\">\n<title>{}</title>\n<style>\n{}{}</style>\n</head>\n<body>\n<a class=\"sprung\" href=\"#{main}\">Zum Inhalt</a>\n",
            title.join(" – "),
            colours(&document.theme),
            STYLE.replace('\r', ""),
        ));
        self.cover();
        let front = document.blocks.iter().take_while(|block| is_front(block)).count();
        let (front, body) = document.blocks.split_at(front);
        self.blocks(front);
        self.out.push_str(&format!("<main id=\"{main}\" tabindex=\"-1\">\n"));
        self.blocks(body);
        self.close_sections(0);
        self.footnotes();
        self.out.push_str("</main>\n</body>\n</html>\n");
    }

    /// Ends the sections of headings of a level and deeper.
    fn close_sections(&mut self, level: u8) {
        while self.outline.last().is_some_and(|above| *above >= level) {
            self.outline.pop();
            if self.top {
                self.out.push_str("</section>\n");
            }
        }
    }

    /// Writes blocks within another one; sections that are open stay open.
    fn inner(&mut self, blocks: &'a [Block]) {
        let outline = self.outline.clone();
        let top = std::mem::replace(&mut self.top, false);
        self.blocks(blocks);
        self.outline = outline;
        self.top = top;
    }

    /// Writes an element around blocks.
    fn around(&mut self, name: &str, class: &str, blocks: &'a [Block]) {
        self.out.push_str(&format!("<{name} class=\"{class}\">\n"));
        self.inner(blocks);
        self.out.push_str(&format!("</{name}>\n"));
    }
}

/// What stands before the content.
fn is_front(block: &Block) -> bool {
    matches!(
        block,
        Block::Cover
            | Block::Contents { .. }
            | Block::Tables(_)
            | Block::Pictures(_)
            | Block::PageBreak
    )
}

/// The colours of the theme as variables of the style.
fn colours(theme: &Theme) -> String {
    let Theme { accent, text, grey, warning, ground, hairline, .. } = theme;
    format!(
        ":root {{ --akzent: {accent}; --schrift: {text}; --grau: {grey}; --warnung: {warning}; --flaeche: {ground}; --haarlinie: {hairline}; }}\n"
    )
}

/// The number and the text of a caption, without markup.
fn named(number: Option<&str>, caption: &[crate::tree::Inline]) -> String {
    let text = walk::plain(caption);
    match (number, text.is_empty()) {
        (Some(number), false) => format!("{number}: {text}"),
        (Some(number), true) => number.to_owned(),
        (None, _) => text,
    }
}
