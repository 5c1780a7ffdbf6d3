// SPDX-License-Identifier: EUPL-1.2
//! Blocks.
//!
//! Not here: tables, pictures, and the lists at the front.

use super::Writer;
use super::inline::{escape, hidden};
use crate::tree::{Block, BoxKind, Heading, Rated, Table, walk};

impl<'a> Writer<'a> {
    pub(super) fn blocks(&mut self, blocks: &'a [Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    fn block(&mut self, block: &'a Block) {
        match block {
            Block::Heading(heading) => self.heading(heading),
            Block::Paragraph(body) => {
                self.out.push_str("<p>");
                self.inlines(body);
                self.out.push_str("</p>\n");
            }
            Block::List { start, items } => self.list(*start, items),
            Block::Checklist(items) => {
                self.out.push_str("<ul class=\"haken\">\n");
                for (done, item) in items {
                    let (sign, word) =
                        if *done { ("☑", "erledigt: ") } else { ("☐", "offen: ") };
                    self.out.push_str(&format!(
                        "<li><span aria-hidden=\"true\">{sign}</span> <div>{}",
                        hidden(word)
                    ));
                    self.item(item);
                    self.out.push_str("</div></li>\n");
                }
                self.out.push_str("</ul>\n");
            }
            Block::RatedList(items) => self.rated(items),
            Block::Quote(body) => self.around("blockquote", "zitat", body),
            Block::Boxed { kind, title, body } => self.boxed(*kind, title, body),
            Block::Margin { note, beside } => {
                self.out.push_str("<div class=\"rand\">\n");
                self.aside("randnotiz", &hidden("Randnotiz: "), note);
                self.around("div", "daneben", beside);
                self.out.push_str("</div>\n");
            }
            Block::Table(table) => self.table(table, "Tabelle"),
            Block::SideBySide(tables) => self.side_by_side(tables),
            Block::Columns(columns) => {
                self.out.push_str("<div class=\"spalten\">\n");
                for column in columns {
                    self.around("div", "spalte", column);
                }
                self.out.push_str("</div>\n");
            }
            Block::Beside { picture, body } => {
                self.out.push_str("<div class=\"spalten\">\n");
                self.around("div", "spalte", body);
                self.around("div", "spalte", picture);
                self.out.push_str("</div>\n");
            }
            Block::Signature { place, lines } => self.signature(place.as_deref(), lines),
            Block::Picture(picture) => self.picture(picture),
            Block::Glossary(items) => {
                self.out.push_str("<dl>\n");
                for (short, long) in items {
                    self.out.push_str(&format!(
                        "<div><dt>{}</dt><dd>{}</dd></div>\n",
                        escape(short),
                        escape(long)
                    ));
                }
                self.out.push_str("</dl>\n");
            }
            Block::Contents { title, depth, .. } => self.contents(title, *depth),
            Block::Tables(title) => self.list_of_tables(title),
            Block::Pictures(title) => self.list_of_pictures(title),
            Block::Rule => self.out.push_str("<hr>\n"),
            // The cover is the head of the page; a page has no pages.
            Block::Cover | Block::PageBreak | Block::Insert(_) => {}
        }
    }

    /// The content of an item or cell; a paragraph that stands alone is none.
    pub(super) fn item(&mut self, item: &'a [Block]) {
        match item {
            [Block::Paragraph(body)] => self.inlines(body),
            blocks => self.inner(blocks),
        }
    }

    fn heading(&mut self, heading: &'a Heading) {
        if !self.cell {
            self.close_sections(heading.level);
            if self.top {
                self.out.push_str("<section>\n");
            }
            self.outline.push(heading.level);
        }
        // A document that leaves out a level does not lead readers to look for it.
        let depth = u8::try_from(self.outline.len()).unwrap_or(u8::MAX).saturating_add(1);
        let level = depth.min(self.level.saturating_add(1)).min(6);
        let id = self.anchors.attribute(heading.id.as_deref());
        let start = self.out.len();
        if let Some(number) = &heading.number {
            self.out.push_str(&format!("<span class=\"nummer\">{}</span> ", escape(number)));
        }
        self.inlines(&heading.body);
        let text = self.out.split_off(start);
        let number =
            heading.number.as_ref().map_or_else(String::new, |number| format!("{number} "));
        self.heading = format!("{number}{}", walk::plain(&heading.body));
        self.title(level, &id, &text);
    }

    /// A heading of a level of HTML. In a table it is a bold line.
    pub(super) fn title(&mut self, level: u8, id: &str, html: &str) {
        if self.cell {
            self.out.push_str(&format!("<p{id}><strong>{html}</strong></p>\n"));
            return;
        }
        self.level = level;
        self.out.push_str(&format!("<h{level}{id}>{html}</h{level}>\n"));
    }

    fn list(&mut self, start: Option<u64>, items: &'a [Vec<Block>]) {
        let name = if start.is_some() { "ol" } else { "ul" };
        // HTML counts no further.
        let first = start.filter(|first| *first != 1 && *first <= 2_147_483_647);
        let first = first.map_or_else(String::new, |first| format!(" start=\"{first}\""));
        self.out.push_str(&format!("<{name}{first}>\n"));
        for item in items {
            self.out.push_str("<li>");
            self.item(item);
            self.out.push_str("</li>\n");
        }
        self.out.push_str(&format!("</{name}>\n"));
    }

    /// The meaning of a sign stands beside it.
    fn rated(&mut self, items: &'a [Rated]) {
        self.out.push_str("<ul class=\"urteile\">\n");
        for item in items {
            self.out.push_str("<li><span class=\"urteil\">");
            if !item.mark.is_empty() {
                let (mark, meaning) = (escape(&item.mark), escape(&item.meaning));
                let silent = if meaning.is_empty() { "" } else { " aria-hidden=\"true\"" };
                self.out.push_str(&format!("<strong{silent}>{mark}</strong> {meaning}"));
                self.out.push_str(&hidden(": "));
            }
            self.out.push_str("</span> <span>");
            self.inlines(&item.body);
            self.out.push_str("</span></li>\n");
        }
        self.out.push_str("</ul>\n");
    }

    fn boxed(&mut self, kind: BoxKind, title: &str, body: &'a [Block]) {
        let class = match kind {
            BoxKind::Goal => "kasten ziel",
            BoxKind::Definition => "kasten definition",
            BoxKind::Note | BoxKind::Internal => "kasten hinweis",
            BoxKind::Status => "kasten status",
        };
        let title = match title {
            "" => String::new(),
            title => format!("<p class=\"titel\"><strong>{}</strong></p>\n", escape(title)),
        };
        self.aside(class, &title, body);
    }

    /// Something beside the text, which is no landmark of the page.
    fn aside(&mut self, class: &str, first: &str, body: &'a [Block]) {
        let name = if self.cell { "div" } else { "aside" };
        self.out.push_str(&format!("<{name} class=\"{class}\" role=\"note\">\n{first}"));
        self.inner(body);
        self.out.push_str(&format!("</{name}>\n"));
    }

    fn side_by_side(&mut self, tables: &'a [Table]) {
        self.out.push_str("<div class=\"spalten\">\n");
        for table in tables {
            self.out.push_str("<div class=\"spalte\">\n");
            self.table(table, "Tabelle");
            self.out.push_str("</div>\n");
        }
        self.out.push_str("</div>\n");
    }

    fn signature(&mut self, place: Option<&str>, lines: &[(Option<String>, String, bool)]) {
        let signed = escape(self.document.meta.word("gez"));
        self.out.push_str("<div class=\"unterschrift\">\n");
        if let Some(place) = place {
            self.out.push_str(&format!("<p>{}</p>\n", escape(place)));
        }
        for (name, function, is_signed) in lines {
            let name = name.as_deref().map(escape);
            let first = match (name, is_signed) {
                (Some(name), true) => format!("{signed} {name}"),
                (Some(name), false) => name,
                (None, true) => signed.clone(),
                (None, false) => hidden("Platz für die Unterschrift"),
            };
            self.out.push_str(&format!(
                "<p class=\"name\">{first}</p>\n<p class=\"klein\">{}</p>\n",
                escape(function)
            ));
        }
        self.out.push_str("</div>\n");
    }
}
