// SPDX-License-Identifier: EUPL-1.2
//! Running text and footnotes.
//!
//! Not here: which links and figures are right; that is checked before.

use super::Writer;
use crate::tree::{Block, Inline, walk};

/// A footnote.
pub(super) struct Note<'a> {
    label: String,
    body: &'a [Block],
    id: String,
    /// Ids of the places that mention it.
    marks: Vec<String>,
}

impl<'a> Writer<'a> {
    pub(super) fn inlines(&mut self, list: &'a [Inline]) {
        for inline in list {
            match inline {
                Inline::Text(text) => self.out.push_str(&escape(text)),
                Inline::Strong(body) => self.marked("strong", "", body),
                Inline::Emphasis(body) => self.marked("em", "", body),
                Inline::Struck(body) => self.marked("del", "gestrichen: ", body),
                Inline::Inserted(body) => self.marked("ins", "eingefügt: ", body),
                Inline::Code(text) => {
                    self.out.push_str(&format!("<code>{}</code>", escape(text)));
                }
                Inline::Link { url, body } => match address(url) {
                    Some(url) => {
                        self.link(&format!("href=\"{url}\" rel=\"noreferrer\""), &url, body);
                    }
                    None => self.inlines(body),
                },
                Inline::Internal { target, body } => match self.anchors.target(target) {
                    Some(id) => self.link(&format!("href=\"#{id}\""), "", body),
                    None => self.inlines(body),
                },
                Inline::Figure { body, .. } | Inline::Reference { body, .. } => self.inlines(body),
                Inline::Footnote { label, body } => self.footnote(label, body),
                Inline::Break => self.out.push_str("<br>"),
            }
        }
    }

    /// `hint` tells those who do not see how the text is marked.
    fn marked(&mut self, name: &str, hint: &str, body: &'a [Inline]) {
        self.out.push_str(&format!("<{name}>"));
        if !hint.is_empty() {
            self.out.push_str(&hidden(hint));
        }
        self.inlines(body);
        self.out.push_str(&format!("</{name}>"));
    }

    /// A link shows `instead` if it has no text of its own; without any it is none.
    fn link(&mut self, attributes: &str, instead: &str, body: &'a [Inline]) {
        let empty = is_blank(&walk::plain(body));
        if self.linked || empty && instead.is_empty() {
            self.inlines(body);
            return;
        }
        self.linked = true;
        self.out.push_str(&format!("<a {attributes}>"));
        if empty {
            self.out.push_str(instead);
        }
        self.inlines(body);
        self.out.push_str("</a>");
        self.linked = false;
        let waiting = std::mem::take(&mut self.waiting);
        self.out.push_str(&waiting);
    }

    fn footnote(&mut self, label: &str, body: &'a [Block]) {
        let known = self.notes.iter().position(|note| note.label == label);
        let at = known.unwrap_or(self.notes.len());
        let number = at + 1;
        if known.is_none() {
            let id = self.anchors.fresh(&format!("fussnote-{number}"));
            let label = label.to_owned();
            self.notes.push(Note { label, body, id, marks: Vec::new() });
        }
        let mark = self.anchors.fresh(&format!("zu-fussnote-{number}"));
        let note = &mut self.notes[at];
        if note.body.is_empty() {
            note.body = body;
        }
        let html = format!(
            "<sup><a id=\"{mark}\" href=\"#{}\" role=\"doc-noteref\" aria-label=\"Fußnote {number}\">{number}</a></sup>",
            note.id
        );
        note.marks.push(mark);
        if self.linked { &mut self.waiting } else { &mut self.out }.push_str(&html);
    }

    /// The texts of all footnotes, with links back.
    pub(super) fn footnotes(&mut self) {
        let start = self.out.len();
        let mut texts = Vec::new();
        // A footnote may mention another one.
        while let Some(body) = self.notes.get(texts.len()).map(|note| note.body) {
            self.item(body);
            texts.push(self.out.split_off(start));
        }
        if texts.is_empty() {
            return;
        }
        self.out.push_str(
            "<section class=\"fussnoten\" role=\"doc-endnotes\">\n<h2>Fußnoten</h2>\n<ol>\n",
        );
        for (number, (note, text)) in (1..).zip(self.notes.iter().zip(&texts)) {
            self.out.push_str(&format!("<li id=\"{}\">{text}", note.id));
            for (at, mark) in (1..).zip(&note.marks) {
                let which =
                    if note.marks.len() > 1 { format!(", Stelle {at}") } else { String::new() };
                self.out.push_str(&format!(
                    " <a class=\"zurueck\" href=\"#{mark}\" role=\"doc-backlink\" aria-label=\"Zurück zu Fußnote {number} im Text{which}\">↩\u{fe0e}</a>"
                ));
            }
            self.out.push_str("</li>\n");
        }
        self.out.push_str("</ol>\n</section>\n");
    }
}

/// Whether nothing of a text would be seen.
pub(super) fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || c.is_control())
}

/// Text for those who do not see the page.
pub(super) fn hidden(text: &str) -> String {
    format!("<span class=\"unsichtbar\">{}</span>", escape(text))
}

/// The address of a link that may leave the page, for an attribute.
fn address(url: &str) -> Option<String> {
    let url: String = url.trim().chars().filter(|c| !c.is_control()).collect();
    let (scheme, rest) = url.split_once(':')?;
    let scheme = scheme.to_ascii_lowercase();
    let allowed =
        matches!(scheme.as_str(), "http" | "https") && rest.starts_with("//") && rest.len() > 2
            || scheme == "mailto";
    allowed.then(|| escape(&url).replace(' ', "%20"))
}

/// Text that HTML takes for text, between tags and in attributes alike.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            // Characters that HTML does not know.
            '\u{fdd0}'..='\u{fdef}' => out.push('\u{fffd}'),
            c if u32::from(c) & 0xfffe == 0xfffe => out.push('\u{fffd}'),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}
