// SPDX-License-Identifier: EUPL-1.2
//! Markdown for forges: tables complete (as HTML where pipes cannot hold them), footnotes, boxes as
//! quotes, pictures beside the file, anchors and working links.
//!
//! What only a page has, page numbers and a running header, is absent here.

mod html;
mod table;

use crate::tree::{Block, Document, Heading, Inline, Picture, Table, walk};

/// Folder of the pictures beside the Markdown file.
pub const PICTURES: &str = "bilder";

/// Writes a document. Its title stands above its chapters.
pub fn document(document: &Document) -> String {
    let cover = document.blocks.iter().any(|block| matches!(block, Block::Cover));
    write(document, 1, !cover)
}

/// Writes a document without a cover, whose only heading of level 1 is its title.
pub fn report(document: &Document) -> String {
    write(document, 0, false)
}

fn write(document: &Document, above: usize, cover: bool) -> String {
    let mut writer =
        Writer { document, above, out: String::new(), footnotes: Vec::new(), texts: Vec::new() };
    writer.out.push_str("<!-- Von amip erzeugt; Änderungen gehören in die Daten. -->\n\n");
    if cover {
        writer.cover();
    }
    writer.blocks(&document.blocks, "");
    writer.footnotes();
    let mut text = writer.out.trim_end().to_owned();
    text.push('\n');
    text
}

struct Writer<'a> {
    document: &'a Document,
    /// Levels above the first heading of the tree.
    above: usize,
    out: String,
    /// Labels of footnotes in the order of their mention.
    footnotes: Vec<String>,
    /// Texts of footnotes with their number.
    texts: Vec<(usize, &'a [Block])>,
}

impl<'a> Writer<'a> {
    /// Writes blocks, each line beginning with `prefix`, each block followed by an empty line.
    fn blocks(&mut self, blocks: &'a [Block], prefix: &str) {
        let mut before: Option<&Block> = None;
        for block in blocks {
            // Two lists below each other would become one.
            if before.is_some_and(is_list) && is_list(block) {
                self.lines("<!-- -->", prefix);
            }
            self.block(block, prefix);
            before = Some(block);
        }
    }

    /// Adds a paragraph of lines and an empty line.
    fn lines(&mut self, text: &str, prefix: &str) {
        for line in text.lines() {
            self.out.push_str(format!("{prefix}{line}").trim_end());
            self.out.push('\n');
        }
        self.out.push_str(prefix.trim_end());
        self.out.push('\n');
    }

    fn block(&mut self, block: &'a Block, prefix: &str) {
        match block {
            Block::Heading(heading) => self.heading(heading, prefix),
            Block::Paragraph(body) => {
                let text = self.inlines(body);
                self.lines(&guard(&text), prefix);
            }
            Block::List { start, items } => {
                for (at, item) in items.iter().enumerate() {
                    let mark = match start {
                        Some(first) => format!("{}. ", first + at as u64),
                        None => "- ".to_owned(),
                    };
                    self.item(&mark, item, prefix);
                }
                self.end_of_list(prefix);
            }
            Block::Checklist(items) => {
                for (done, item) in items {
                    self.item(if *done { "- [x] " } else { "- [ ] " }, item, prefix);
                }
                self.end_of_list(prefix);
            }
            Block::RatedList(items) => {
                for item in items {
                    let text = self.inlines(&item.body);
                    let mark = escape(&item.mark);
                    let line = if item.mark.is_empty() {
                        format!("- {text}")
                    } else if item.meaning.is_empty() {
                        format!("- {text} **{mark}**")
                    } else {
                        format!("- {text} **{mark}** ({})", escape(&item.meaning))
                    };
                    self.out.push_str(&format!("{prefix}{line}\n"));
                }
                self.end_of_list(prefix);
            }
            Block::Quote(body) => self.quoted(None, body, prefix),
            Block::Boxed { title, body, .. } => self.quoted(Some(title), body, prefix),
            Block::Margin { note, beside } => {
                self.quoted(Some("Randnotiz"), note, prefix);
                self.blocks(beside, prefix);
            }
            Block::Table(table) => self.table(table, prefix),
            Block::SideBySide(tables) => {
                for table in tables {
                    self.table(table, prefix);
                }
            }
            Block::Columns(columns) => {
                for column in columns {
                    self.blocks(column, prefix);
                }
            }
            Block::Beside { picture, body } => {
                self.blocks(picture, prefix);
                self.blocks(body, prefix);
            }
            Block::Signature { place, lines } => self.signature(place.as_deref(), lines, prefix),
            Block::Picture(picture) => self.picture(picture, prefix),
            Block::Glossary(items) => {
                for (short, long) in items {
                    self.out.push_str(&format!(
                        "{prefix}- **{}** – {}\n",
                        escape(short),
                        escape(long)
                    ));
                }
                self.end_of_list(prefix);
            }
            Block::Cover => self.cover(),
            Block::Contents { title, depth, .. } => self.contents(title, *depth),
            Block::Tables(title) => self.list_of(title, &self.numbered_tables()),
            Block::Pictures(title) => self.list_of(title, &self.numbered_pictures()),
            Block::PageBreak | Block::Insert(_) => {}
            Block::Rule => self.lines("---", prefix),
        }
    }

    fn end_of_list(&mut self, prefix: &str) {
        self.out.push_str(prefix.trim_end());
        self.out.push('\n');
    }

    fn item(&mut self, mark: &str, item: &'a [Block], prefix: &str) {
        let start = self.out.len();
        let indent = format!(
            "{prefix}{}",
            " ".repeat(mark.trim_start_matches('[').find(' ').map_or(2, |at| at + 1))
        );
        self.blocks(item, &indent);
        // The first line carries the mark instead of the indent; the last empty line goes.
        let body = self.out.split_off(start);
        let body = body.strip_prefix(&indent).unwrap_or(&body);
        let body = body.trim_end();
        self.out.push_str(&format!("{prefix}{mark}{body}\n"));
    }

    fn quoted(&mut self, title: Option<&str>, body: &'a [Block], prefix: &str) {
        let inner = format!("{prefix}> ");
        let start = self.out.len();
        if let Some(title) = title {
            self.lines(&format!("**{}**", escape(title)), &inner);
        }
        self.blocks(body, &inner);
        // The quote's last empty line becomes one outside it.
        let blank = format!("\n{}\n", inner.trim_end());
        while self.out.len() > start && self.out.ends_with(&blank) {
            self.out.truncate(self.out.len() - blank.len() + 1);
        }
        self.out.push_str(prefix.trim_end());
        self.out.push('\n');
    }

    fn heading(&mut self, heading: &'a Heading, prefix: &str) {
        if let Some(id) = &heading.id {
            self.lines(&format!("<a id=\"{id}\"></a>"), prefix);
        }
        let marks = "#".repeat((usize::from(heading.level) + self.above).clamp(1, 6));
        let number =
            heading.number.as_ref().map_or_else(String::new, |number| format!("{number} "));
        let text = self.inlines(&heading.body);
        self.lines(&format!("{marks} {number}{text}"), prefix);
    }

    fn cover(&mut self) {
        let meta = &self.document.meta;
        let mut lines = vec![format!("# {}", escape(&meta.title))];
        lines.extend(meta.subtitle.as_ref().map(|subtitle| format!("**{}**", escape(subtitle))));
        lines.extend(meta.motto.as_ref().map(|motto| format!("*{}*", escape(motto))));
        let mut facts = vec![escape(&meta.organisation)];
        facts.extend(meta.reference.as_ref().map(|reference| escape(reference)));
        facts.push(match &meta.date_line {
            Some(line) => escape(line),
            None => format!("{} {}", meta.word("stand"), meta.date),
        });
        lines.push(facts.join(" · "));
        lines.extend(meta.mark.as_ref().map(|mark| format!("**{}**", escape(mark))));
        if let Some(draft) = &meta.draft {
            lines.push(format!("> **{}**", escape(draft)));
        }
        for line in lines {
            self.lines(&line, "");
        }
    }

    /// Lines to sign, one below the other.
    fn signature(
        &mut self,
        place: Option<&str>,
        lines: &[(Option<String>, String, bool)],
        prefix: &str,
    ) {
        if let Some(place) = place {
            self.lines(&escape(place), prefix);
        }
        for (name, function, signed) in lines {
            let first = match (name, signed) {
                (Some(name), true) => {
                    format!("{} {}", escape(self.document.meta.word("gez")), escape(name))
                }
                (Some(name), false) => escape(name),
                (None, true) => escape(self.document.meta.word("gez")),
                (None, false) => "\\_".repeat(24),
            };
            self.lines(&format!("{first}<br>{}", escape(function)), prefix);
        }
    }

    fn contents(&mut self, title: &str, depth: u8) {
        self.lines(&format!("## {}", escape(title)), "");
        let headings: Vec<&Heading> = self
            .document
            .blocks
            .iter()
            .filter_map(|block| match block {
                Block::Heading(heading) if heading.number.is_some() && heading.level <= depth => {
                    Some(heading)
                }
                _ => None,
            })
            .collect();
        for heading in headings {
            let indent = "  ".repeat(usize::from(heading.level) - 1);
            let text = escape(&walk::plain(&heading.body));
            let number = heading.number.as_deref().unwrap_or_default();
            let id = heading.id.as_deref().unwrap_or_default();
            self.out.push_str(&format!("{indent}- [{number} {text}](#{id})\n"));
        }
        self.out.push('\n');
    }

    fn list_of(&mut self, title: &str, entries: &[(String, String, String)]) {
        if entries.is_empty() {
            return;
        }
        self.lines(&format!("## {}", escape(title)), "");
        for (id, number, caption) in entries {
            self.out.push_str(&format!("- [{number}](#{id}) {}\n", escape(caption)));
        }
        self.out.push('\n');
    }

    fn numbered_tables(&self) -> Vec<(String, String, String)> {
        let mut out = Vec::new();
        walk::tables(&self.document.blocks, &mut |table| {
            if let (Some(id), Some(number)) = (&table.id, &table.number) {
                out.push((id.clone(), number.clone(), walk::plain(&table.caption)));
            }
        });
        out
    }

    fn numbered_pictures(&self) -> Vec<(String, String, String)> {
        let mut out = Vec::new();
        walk::pictures(&self.document.blocks, &mut |picture| {
            if let Some(number) = &picture.number {
                let caption = walk::plain(&picture.caption);
                out.push((picture.id.clone(), number.clone(), caption));
            }
        });
        out
    }

    fn caption(
        &mut self,
        id: Option<&str>,
        number: Option<&str>,
        caption: &'a [Inline],
        prefix: &str,
    ) {
        if caption.is_empty() && number.is_none() {
            return;
        }
        if let Some(id) = id {
            self.lines(&format!("<a id=\"{id}\"></a>"), prefix);
        }
        let text = self.inlines(caption);
        let line = match (number, text.is_empty()) {
            (None, _) => text,
            (Some(number), true) => format!("**{number}**"),
            (Some(number), false) => format!("**{number}**{} {text}", self.separator()),
        };
        self.lines(&line, prefix);
    }

    /// What stands between number and caption.
    fn separator(&self) -> String {
        let word = self.document.meta.word("unterschrift_trenner");
        let word = if word == "unterschrift_trenner" { "" } else { word };
        word.trim_end().to_owned()
    }

    fn table(&mut self, table: &'a Table, prefix: &str) {
        if table.caption.is_empty()
            && let Some(id) = &table.id
        {
            self.lines(&format!("<a id=\"{id}\"></a>"), prefix);
        }
        self.caption(table.id.as_deref(), table.number.as_deref(), &table.caption, prefix);
        let text = if table.is_plain() {
            let mut pipes = table::Pipes::default();
            for row in table.head.iter().chain(table.rows.iter().map(|row| &row.cells)) {
                let cells = row.iter().map(|cell| match cell.body.first() {
                    Some(Block::Paragraph(body)) => self.inlines(body).replace('|', "\\|"),
                    _ => String::new(),
                });
                pipes.rows.push(cells.collect());
            }
            pipes.write(table)
        } else {
            html::table(table, &mut |label, body| self.footnote(label, body))
        };
        self.lines(&text, prefix);
        for note in table.notes.iter().chain(std::iter::once(&table.source)) {
            if !note.is_empty() {
                let text = self.inlines(note);
                self.lines(&guard(&text), prefix);
            }
        }
    }

    fn picture(&mut self, picture: &'a Picture, prefix: &str) {
        self.lines(&format!("<a id=\"{}\"></a>", picture.id), prefix);
        self.lines(&format!("![{}]({PICTURES}/{})", escape(&picture.alt), picture.file), prefix);
        self.caption(None, picture.number.as_deref(), &picture.caption, prefix);
        for small in [&picture.source, &picture.note] {
            if !small.is_empty() {
                let text = self.inlines(small);
                self.lines(&guard(&text), prefix);
            }
        }
        if let Some(data) = &picture.data {
            let summary = self.document.meta.word("daten");
            self.lines(&format!("<details><summary>{summary}</summary>"), prefix);
            self.table(data, prefix);
            self.lines("</details>", prefix);
        }
    }

    fn inlines(&mut self, inlines: &'a [Inline]) -> String {
        let mut out = String::new();
        for inline in inlines {
            match inline {
                Inline::Text(text) => out.push_str(&escape(text)),
                Inline::Strong(body) => wrap(&mut out, "**", "**", &self.inlines(body)),
                Inline::Emphasis(body) => wrap(&mut out, "*", "*", &self.inlines(body)),
                Inline::Struck(body) => wrap(&mut out, "~~", "~~", &self.inlines(body)),
                Inline::Inserted(body) => wrap(&mut out, "<ins>", "</ins>", &self.inlines(body)),
                Inline::Code(text) => out.push_str(&code(text)),
                Inline::Link { url, body } => {
                    let text = self.inlines(body);
                    out.push_str(&format!("[{text}]({})", target(url)));
                }
                Inline::Internal { target, body } => {
                    let text = self.inlines(body);
                    out.push_str(&format!("[{text}](#{target})"));
                }
                Inline::Figure { body, .. } | Inline::Reference { body, .. } => {
                    let text = self.inlines(body);
                    out.push_str(&text);
                }
                Inline::Footnote { label, body } => {
                    let number = self.footnote(label, body);
                    out.push_str(&format!("[^{number}]"));
                }
                Inline::Break => out.push_str("<br>"),
            }
        }
        out
    }

    /// The number of a footnote; its text is kept for the end.
    fn footnote(&mut self, label: &str, body: &'a [Block]) -> usize {
        if let Some(at) = self.footnotes.iter().position(|known| known == label) {
            return at + 1;
        }
        self.footnotes.push(label.to_owned());
        let number = self.footnotes.len();
        self.texts.push((number, body));
        number
    }

    fn footnotes(&mut self) {
        let mut at = 0;
        // A footnote may mention another one.
        while let Some((number, body)) = self.texts.get(at).copied() {
            let start = self.out.len();
            self.blocks(body, "    ");
            let text = self.out.split_off(start);
            self.out.push_str(&format!("[^{number}]: {}\n\n", text.trim()));
            at += 1;
        }
    }
}

fn is_list(block: &Block) -> bool {
    matches!(
        block,
        Block::List { .. } | Block::Checklist(_) | Block::RatedList(_) | Block::Glossary(_)
    )
}

/// Puts marks around a text, outside its spaces, where Markdown wants them.
fn wrap(out: &mut String, open: &str, close: &str, text: &str) {
    let inner = text.trim();
    if inner.is_empty() {
        out.push_str(text);
        return;
    }
    let lead = &text[..text.len() - text.trim_start().len()];
    let tail = &text[text.trim_end().len()..];
    out.push_str(&format!("{lead}{open}{inner}{close}{tail}"));
}

/// Text that Markdown must not take for markup.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '~') {
            out.push('\\');
        }
        out.push(if c == '\n' { ' ' } else { c });
    }
    out
}

/// Keeps the beginning of a paragraph from being taken for a list, heading or quote.
fn guard(text: &str) -> String {
    let first = text.split(' ').next().unwrap_or_default();
    let digits = first.trim_end_matches(['.', ')']);
    let numbered = digits.len() < first.len()
        && !digits.is_empty()
        && digits.chars().all(|c| c.is_ascii_digit());
    if numbered {
        let at = digits.len();
        return format!("{}\\{}", &text[..at], &text[at..]);
    }
    let ruled = first.len() > 2 && first.chars().all(|c| c == '-');
    let listed =
        ruled || matches!(first, "-" | "+") || first.chars().all(|c| c == '#') && !first.is_empty();
    if listed || text.starts_with('>') || text.starts_with('=') {
        return format!("\\{text}");
    }
    text.to_owned()
}

fn code(text: &str) -> String {
    let fence = if text.contains('`') { "``" } else { "`" };
    let space = if text.contains('`') { " " } else { "" };
    format!("{fence}{space}{text}{space}{fence}")
}

/// A link target without characters that would end it.
fn target(url: &str) -> String {
    url.replace(' ', "%20").replace('(', "%28").replace(')', "%29")
}
