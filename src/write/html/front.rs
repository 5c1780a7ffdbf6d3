// SPDX-License-Identifier: EUPL-1.2
//! The head of the page, and the lists that lead into it.
//!
//! Not here: page numbers.

use super::inline::{escape, is_blank};
use super::{Writer, named, picture};
use crate::tree::{Block, Heading, walk};

/// An entry of a list: level, anchor, number, text.
type Entry = (u8, String, String, String);

impl<'a> Writer<'a> {
    /// What a cover shows, as the head of the page.
    pub(super) fn cover(&mut self) {
        let document = self.document;
        let meta = &document.meta;
        let mut lines = Vec::new();
        lines.extend(document.theme.logo.as_ref().map(|logo| {
            let image = picture::data(&logo.ending, &logo.bytes);
            let alt = escape(&logo.alt);
            format!(
                "<p class=\"logo\"><img src=\"{image}\" alt=\"{alt}\" style=\"height:{}mm\"></p>",
                logo.height
            )
        }));
        let line = |class: &str, text: &str| format!("<p class=\"{class}\">{}</p>", escape(text));
        lines.push(line("haus", &meta.organisation));
        lines.push(format!("<h1>{}</h1>", escape(&meta.title)));
        let year = meta.year.to_string();
        let subtitle = meta.subtitle.as_deref();
        if !meta.title.contains(&year) && !subtitle.is_some_and(|text| text.contains(&year)) {
            lines.push(line("jahr", &year));
        }
        lines.extend(subtitle.map(|text| line("untertitel", text)));
        lines.extend(meta.motto.as_deref().map(|text| line("leitspruch", text)));
        if let Some(draft) = &meta.draft {
            let text = escape(draft);
            lines.push(format!("<p class=\"entwurf\" role=\"status\"><strong>{text}</strong></p>"));
        }
        lines.extend(meta.mark.as_deref().map(|text| line("vermerk", text)));
        let date = match &meta.date_line {
            Some(text) => escape(text),
            None => {
                let (year, month, day) = meta.date_parts;
                format!(
                    "{} <time datetime=\"{year:04}-{month:02}-{day:02}\">{}</time>",
                    escape(meta.word("stand")),
                    escape(&meta.date)
                )
            }
        };
        let reference = meta.reference.as_deref();
        let reference = reference.map_or_else(String::new, |text| format!(" · {}", escape(text)));
        lines.push(format!("<p class=\"stand\">{date}{reference}</p>"));
        self.out
            .push_str(&format!("<header class=\"deckblatt\">\n{}\n</header>\n", lines.join("\n")));
    }

    /// The table of contents.
    pub(super) fn contents(&mut self, title: &str, depth: u8) {
        let mut entries = Vec::new();
        walk::blocks(&self.document.blocks, &mut |block| {
            if let Block::Heading(Heading {
                level, id: Some(id), number: Some(number), body, ..
            }) = block
                && *level <= depth
            {
                entries.push((*level, id.clone(), number.clone(), walk::plain(body)));
            }
        });
        self.nav(title, &entries);
    }

    pub(super) fn list_of_tables(&mut self, title: &str) {
        let mut entries = Vec::new();
        walk::tables(&self.document.blocks, &mut |table| {
            if let (Some(id), Some(number)) = (&table.id, &table.number) {
                entries.push((1, id.clone(), number.clone(), walk::plain(&table.caption)));
            }
        });
        self.nav(title, &entries);
    }

    pub(super) fn list_of_pictures(&mut self, title: &str) {
        let mut entries = Vec::new();
        walk::pictures(&self.document.blocks, &mut |picture| {
            if let Some(number) = &picture.number {
                let text = walk::plain(&picture.caption);
                entries.push((1, picture.id.clone(), number.clone(), text));
            }
        });
        self.nav(title, &entries);
    }

    fn nav(&mut self, title: &str, entries: &[Entry]) {
        if entries.is_empty() {
            return;
        }
        self.close_sections(0);
        let title = escape(title);
        let name = if self.cell { "div" } else { "nav" };
        self.out.push_str(&format!("<{name} class=\"verzeichnis\" aria-label=\"{title}\">\n"));
        self.title(2, "", &title);
        self.entries(entries);
        self.out.push_str(&format!("</{name}>\n"));
    }

    /// Entries of one level as a list; what is deeper stands below.
    fn entries(&mut self, entries: &[Entry]) {
        self.out.push_str("<ul>\n");
        let mut rest = entries;
        while let Some(((level, anchor, number, text), below)) = rest.split_first() {
            let end = below.iter().take_while(|(deeper, ..)| deeper > level).count();
            let named = !(is_blank(number) && is_blank(text));
            let (number, text) = (escape(number), escape(text));
            let label = format!("<span class=\"nummer\">{number}</span> <span>{text}</span>");
            let label = match self.anchors.target(anchor) {
                Some(id) if named => format!("<a href=\"#{id}\">{label}</a>"),
                _ => label,
            };
            self.out.push_str(&format!("<li>{label}"));
            if end > 0 {
                self.out.push('\n');
                self.entries(&below[..end]);
            }
            self.out.push_str("</li>\n");
            rest = &below[end..];
        }
        self.out.push_str("</ul>\n");
    }

    /// Number and text of a caption, as they stand above a table or below a picture.
    pub(super) fn caption(&mut self, number: Option<&str>, caption: &'a [crate::tree::Inline]) {
        if let Some(number) = number {
            let word = self.document.meta.word("unterschrift_trenner");
            let word = if word == "unterschrift_trenner" || caption.is_empty() { "" } else { word };
            let separator = escape(word.trim_end());
            self.out.push_str(&format!("<strong>{}</strong>{separator} ", escape(number)));
        }
        self.inlines(caption);
    }

    /// What a table without a caption is called, for those who do not see where it stands.
    pub(super) fn called(
        &self,
        number: Option<&str>,
        caption: &[crate::tree::Inline],
        what: &str,
    ) -> String {
        let name = named(number, caption);
        match (name.is_empty(), self.heading.is_empty()) {
            (false, _) => name,
            (true, false) => format!("{what} im Abschnitt „{}“", self.heading),
            (true, true) => what.to_owned(),
        }
    }
}
