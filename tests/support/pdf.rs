// SPDX-License-Identifier: EUPL-1.2
//! Reads a tagged PDF back: the structure tree with the text of its marked content, the tables in
//! it, the outline and the metadata. The tests read with this what a screen reader gets.
//!
//! - [`read`] turns the bytes into a [`Pdf`]: `content` takes the text out of the pages, for which
//!   `font` turns character codes into text, and `structure` puts it into the elements
//! - [`tables`] collects the tables
//! - the functions in [`CHECKS`] return violations, one sentence each
//!
//! What the pages look like is not read, and whether the file is valid PDF/UA or PDF/A is left to
//! the validator.

#![allow(dead_code, reason = "no test needs everything that can be read")]

mod checks;
mod content;
mod font;
mod objects;
mod structure;
mod tables;

use std::collections::{BTreeMap, BTreeSet};

use lopdf::{Dictionary, Document, Object, ObjectId};

pub use checks::*;
use content::Contents;
use objects::{array, dict, get, name, reference, resolve, text};
use structure::Structure;
pub use tables::{PdfCell, PdfTable, tables};

/// A PDF, as far as assistive technology gets to see it.
#[derive(Debug, Clone, PartialEq)]
pub struct Pdf {
    /// The Document element, or an element `StructTreeRoot` if there is not exactly one element at
    /// the top.
    pub root: Element,
    /// The title in the document information.
    pub title: Option<String>,
    /// The language of the document.
    pub lang: Option<String>,
    /// Whether the file says that it is tagged.
    pub marked: bool,
    /// Whether viewers show the title instead of the file name.
    pub displays_title: bool,
    /// The number of pages.
    pub page_count: usize,
    /// The pages.
    pub pages: Vec<Page>,
    /// The bookmarks with their levels, from 1.
    pub outlines: Vec<(usize, String)>,
    /// The XMP metadata.
    pub xmp: String,
    /// What does not fit together: content neither tagged nor artifact, marked content that is in
    /// no element, glyphs without text, wrong entries in the parent tree.
    pub problems: Vec<String>,
}

/// A page.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// The tab order: S for the order of the structure.
    pub tabs: Option<String>,
    /// The key of the page in the parent tree.
    pub struct_parents: Option<i64>,
    /// The number of annotations.
    pub annotations: usize,
    /// The text of the page's artifacts, such as running headers, line by line.
    pub artifacts: String,
}

/// A structure element.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Element {
    /// The standard role, after the role map.
    pub role: String,
    /// The role as written, before the role map.
    pub tag: String,
    /// All attributes of all owners, such as Scope, `RowSpan`, Headers and `ListNumbering`.
    pub attributes: BTreeMap<String, Value>,
    /// The title of the element.
    pub title: Option<String>,
    /// The alternative text.
    pub alt: Option<String>,
    /// The text that stands for the content of the element.
    pub actual_text: Option<String>,
    /// The language.
    pub lang: Option<String>,
    /// The id that headers refer to.
    pub id: Option<String>,
    /// The page on which the element begins, from 1.
    pub page: Option<usize>,
    /// Elements and text in reading order.
    pub children: Vec<Node>,
}

/// A child of an element.
#[derive(Debug, Clone, PartialEq)]
#[expect(clippy::large_enum_variant, reason = "easier to take apart than boxes")]
pub enum Node {
    /// An element.
    Element(Element),
    /// The text of one piece of marked content, unchanged: with soft hyphens where a word is
    /// broken, and no-break spaces. If it is set apart from the text before by a gap, it begins with
    /// a space; if it begins on a new line other than by wrapping, with a newline.
    Text(String),
}

/// The value of an attribute.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// True or false.
    Bool(bool),
    /// A number.
    Number(f64),
    /// A name.
    Name(String),
    /// A string.
    Text(String),
    /// An array.
    List(Vec<Value>),
}

impl Element {
    /// The text of the element and all below it, [normalised](normalise), without the notes in it
    /// and their marks. A text that stands for the content replaces it; alternative texts do not
    /// count.
    pub fn text(&self) -> String {
        let mut out = String::new();
        self.push_text(&mut out);
        normalise(&out)
    }

    /// The child elements.
    pub fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// This element and all elements below it, in reading order.
    pub fn all(&self) -> Vec<&Element> {
        let mut found = vec![self];
        for element in self.elements() {
            found.extend(element.all());
        }
        found
    }

    /// The elements with the role `role` below this one, and this one, in reading order.
    pub fn with_role(&self, role: &str) -> Vec<&Element> {
        self.all().into_iter().filter(|element| element.role == role).collect()
    }

    /// The level if this is a heading: 2 for H2.
    pub fn heading_level(&self) -> Option<usize> {
        self.role.strip_prefix('H')?.parse().ok()
    }

    /// The name or text that the attribute `key` holds.
    pub fn name(&self, key: &str) -> Option<&str> {
        match self.attributes.get(key)? {
            Value::Name(text) | Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The whole number that the attribute `key` holds.
    pub fn number(&self, key: &str) -> Option<usize> {
        match self.attributes.get(key)? {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked")]
            Value::Number(n) if n.fract() == 0.0 && (0.0..10_000.0).contains(n) => {
                Some(*n as usize)
            }
            _ => None,
        }
    }

    /// The ids in the attribute Headers.
    pub fn headers(&self) -> Vec<String> {
        match self.attributes.get("Headers") {
            Some(Value::List(list)) => list
                .iter()
                .filter_map(|value| match value {
                    Value::Name(id) | Value::Text(id) => Some(id.clone()),
                    _ => None,
                })
                .collect(),
            _ => Vec::new(),
        }
    }

    /// Whether the element runs within a line of text.
    pub fn is_inline(&self) -> bool {
        is_inline(&self.role)
    }

    /// Whether this child of `parent` is a note or the mark that refers to one.
    fn is_note_in(&self, parent: &Self) -> bool {
        let labelled = ["LI", "TOCI", "Reference", "Link", "Note", "BibEntry", "Formula"];
        self.role == "Note" || self.role == "Lbl" && !labelled.contains(&parent.role.as_str())
    }

    /// Where the element is, for messages: role, page, beginning of the text.
    pub fn place(&self) -> String {
        let text = self.text();
        let start: String = text.chars().take(50).collect();
        let more = if start.len() < text.len() { "…" } else { "" };
        let page = self.page.map_or(String::new(), |page| format!(" on page {page}"));
        format!("{}{page} “{start}{more}”", self.role)
    }

    fn push_text(&self, out: &mut String) {
        if let Some(text) = &self.actual_text {
            out.push_str(text);
            return;
        }
        for node in &self.children {
            match node {
                Node::Text(text) => out.push_str(text),
                Node::Element(element) if element.is_note_in(self) => {}
                Node::Element(element) if element.is_inline() => element.push_text(out),
                Node::Element(element) => {
                    out.push('\n');
                    element.push_text(out);
                    out.push('\n');
                }
            }
        }
    }
}

/// Undoes what the line breaking left in a text: soft hyphens and word joiners go, every run of
/// spaces, no-break spaces and line ends becomes one space, and there is none at the ends.
pub fn normalise(text: &str) -> String {
    let kept = text.replace(['\u{ad}', '\u{2060}', '\u{200b}', '\u{feff}'], "");
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Reads a PDF.
///
/// # Errors
///
/// If the file cannot be read, or has no structure tree, or one that is broken.
pub fn read(bytes: &[u8]) -> Result<Pdf, String> {
    let doc = Document::load_mem(bytes).map_err(|e| format!("no readable PDF: {e}"))?;
    let catalog = doc.catalog().map_err(|e| format!("no catalogue: {e}"))?;
    let tree = dict(&doc, catalog, "StructTreeRoot").ok_or("no structure tree")?;
    let page_ids: Vec<ObjectId> = doc.page_iter().collect();

    let mut contents = Contents::new(&doc);
    let mut pages = Vec::new();
    for (i, &id) in page_ids.iter().enumerate() {
        let page = doc.get_dictionary(id).map_err(|e| format!("page {}: {e}", i + 1))?;
        pages.push(Page {
            tabs: name(&doc, page, "Tabs"),
            struct_parents: get(&doc, page, "StructParents").and_then(|o| o.as_i64().ok()),
            annotations: array(&doc, page, "Annots").len(),
            artifacts: contents.read_page(i + 1, id)?,
        });
    }

    let structure = Structure::read(&doc, tree, &page_ids, contents)?;

    let info = doc.trailer.get(b"Info").ok().and_then(|o| resolve(&doc, o)?.as_dict().ok());
    let flag = |owner: &str, key: &str| {
        let value = dict(&doc, catalog, owner).and_then(|d| get(&doc, d, key));
        value.is_some_and(|o| matches!(o, Object::Boolean(true)))
    };
    Ok(Pdf {
        title: info.and_then(|d| text(&doc, d, "Title")),
        lang: text(&doc, catalog, "Lang"),
        marked: flag("MarkInfo", "Marked"),
        displays_title: flag("ViewerPreferences", "DisplayDocTitle"),
        page_count: pages.len(),
        pages,
        outlines: outlines(&doc, catalog)?,
        xmp: xmp(&doc, catalog)?,
        problems: structure.problems,
        root: structure.root,
    })
}

/// Whether elements with the role run within a line of text. A label stands in the line of what it
/// labels.
fn is_inline(role: &str) -> bool {
    let inline =
        ["Span", "Link", "Reference", "Quote", "Code", "Annot", "BibEntry", "Lbl", "Em", "Strong"];
    inline.contains(&role)
}

fn outlines(doc: &Document, catalog: &Dictionary) -> Result<Vec<(usize, String)>, String> {
    let mut found = Vec::new();
    let first = dict(doc, catalog, "Outlines").and_then(|d| reference(d, "First"));
    // What is still to be read; the next on top.
    let mut open: Vec<(usize, ObjectId)> = first.map(|id| (1, id)).into_iter().collect();
    let mut seen = BTreeSet::new();
    while let Some((level, id)) = open.pop() {
        if !seen.insert(id) {
            return Err("the outline runs in a circle".into());
        }
        let item = doc.get_dictionary(id).map_err(|e| format!("outline: {e}"))?;
        found.push((level, text(doc, item, "Title").ok_or("an outline item without a title")?));
        open.extend(reference(item, "Next").map(|id| (level, id)));
        open.extend(reference(item, "First").map(|id| (level + 1, id)));
    }
    Ok(found)
}

fn xmp(doc: &Document, catalog: &Dictionary) -> Result<String, String> {
    let Some(Object::Stream(stream)) = get(doc, catalog, "Metadata") else {
        return Ok(String::new());
    };
    let bytes = stream.get_plain_content().map_err(|e| format!("metadata: {e}"))?;
    String::from_utf8(bytes).map_err(|e| format!("metadata: {e}"))
}
