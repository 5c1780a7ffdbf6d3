// SPDX-License-Identifier: EUPL-1.2
//! The content of pages: which text stands in which piece of marked content, and where.

use std::collections::BTreeMap;
use std::rc::Rc;

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, ObjectId};

use super::font::{Font, float};
use super::objects::{array, dict, get, resolve, text};

/// Forms within forms are read down to this depth.
const MAX_FORMS: usize = 10;

/// Text shown in one go.
#[derive(Debug, Clone)]
pub struct Run {
    /// The text.
    pub text: String,
    page: usize,
    start: (f64, f64),
    end: (f64, f64),
    size: f64,
}

impl Run {
    /// What belongs between this text and the text before it in the same block. Where a line was
    /// merely wrapped, the text before ends with the space, the hyphen or the soft hyphen at which
    /// it was.
    pub fn separator(&self, before: &Run) -> &'static str {
        let open = |c: char| c.is_whitespace() || "\u{ad}\u{200b}".contains(c);
        if before.text.ends_with(open) || self.text.starts_with(open) {
            return "";
        }
        let size = self.size.max(before.size);
        let lower = (self.start.1 - before.end.1).abs() > 0.75 * size || self.page != before.page;
        // More than a kern, less than the narrowest space.
        let apart = self.start.0 - before.end.0 > 0.15 * size;
        let word = before.text.rsplit(char::is_whitespace).next().unwrap_or_default();
        let breakable = before.text.ends_with(['-', '‐', '–', '—', '/', '\u{2060}']);
        let address = word.contains("://") || word.starts_with("www.");
        match (lower, apart) {
            (true, _) if breakable || address => "",
            (true, _) => "\n",
            (false, true) => " ",
            (false, false) => "",
        }
    }
}

/// The contents of all pages read so far.
pub struct Contents<'a> {
    doc: &'a Document,
    fonts: BTreeMap<ObjectId, Rc<Font>>,
    /// By the page or form and the number of the marked content.
    pub runs: BTreeMap<(ObjectId, i64), Vec<Run>>,
    /// What is wrong with the content.
    pub problems: Vec<String>,
}

impl<'a> Contents<'a> {
    /// Nothing read yet.
    pub fn new(doc: &'a Document) -> Self {
        Self { doc, fonts: BTreeMap::new(), runs: BTreeMap::new(), problems: Vec::new() }
    }

    /// Reads a page and returns the text of its artifacts.
    pub fn read_page(&mut self, number: usize, id: ObjectId) -> Result<String, String> {
        let bytes = self
            .doc
            .get_page_content_with_limit(id, 256 << 20)
            .map_err(|e| format!("page {number}: {e}"))?;
        let mut painter = Painter {
            contents: self,
            page: number,
            marks: Vec::new(),
            state: State::default(),
            saved: Vec::new(),
            artifacts: Vec::new(),
            untagged: None,
            unmapped: 0,
        };
        painter.play(&bytes, page_resources(painter.contents.doc, id), id, 0)?;
        let Painter { marks, artifacts, untagged, unmapped, .. } = painter;
        if !marks.is_empty() {
            self.problems.push(format!("page {number}: marked content without an end"));
        }
        if let Some(what) = untagged {
            self.problems
                .push(format!("page {number}: content is neither tagged nor artifact: {what}"));
        }
        if unmapped > 0 {
            self.problems.push(format!("page {number}: {unmapped} glyphs without text"));
        }
        let mut text = String::new();
        for (i, run) in artifacts.iter().enumerate() {
            if let Some(before) = i.checked_sub(1).and_then(|i| artifacts.get(i)) {
                text.push_str(run.separator(before));
            }
            text.push_str(&run.text);
        }
        Ok(text)
    }

    fn font(&mut self, resources: Option<&'a Dictionary>, name: &[u8]) -> Result<Rc<Font>, String> {
        let fonts = resources.and_then(|r| dict(self.doc, r, "Font"));
        let entry = fonts.and_then(|fonts| fonts.get(name).ok());
        let entry = entry.ok_or_else(|| format!("no font {}", String::from_utf8_lossy(name)))?;
        let (id, from) = self.doc.dereference(entry).map_err(|e| e.to_string())?;
        if let Some(font) = id.and_then(|id| self.fonts.get(&id)) {
            return Ok(Rc::clone(font));
        }
        let font = Rc::new(Font::read(self.doc, from.as_dict().map_err(|e| e.to_string())?)?);
        if let Some(id) = id {
            self.fonts.insert(id, Rc::clone(&font));
        }
        Ok(font)
    }
}

/// Resources may come from a node above the page.
fn page_resources(doc: &Document, page: ObjectId) -> Option<&Dictionary> {
    let mut node = doc.get_dictionary(page).ok()?;
    for _ in 0..50 {
        if let Some(found) = dict(doc, node, "Resources") {
            return Some(found);
        }
        node = dict(doc, node, "Parent")?;
    }
    None
}

/// A marked-content sequence that is open.
struct Mark {
    /// The page or form and the number.
    content: Option<(ObjectId, i64)>,
    artifact: bool,
    /// The text that stands for the content, and where the content is.
    actual: Option<(String, Option<Run>)>,
}

/// The graphics state, as far as text needs it.
#[derive(Clone, Default)]
struct State {
    matrix: Matrix,
    text_matrix: Matrix,
    line_matrix: Matrix,
    font: Option<Rc<Font>>,
    size: f64,
    leading: f64,
    character_spacing: f64,
    word_spacing: f64,
    rise: f64,
    /// Added to 1, so that the default fits.
    stretch: f64,
}

/// Goes through the operations of a page.
struct Painter<'c, 'a> {
    contents: &'c mut Contents<'a>,
    page: usize,
    marks: Vec<Mark>,
    state: State,
    saved: Vec<State>,
    artifacts: Vec<Run>,
    /// The first thing that is neither tagged nor artifact.
    untagged: Option<String>,
    unmapped: usize,
}

impl<'a> Painter<'_, 'a> {
    fn play(
        &mut self,
        bytes: &[u8],
        resources: Option<&'a Dictionary>,
        place: ObjectId,
        depth: usize,
    ) -> Result<(), String> {
        let at = |e: String| format!("page content: {e}");
        let content = Content::decode_strict(bytes).map_err(|e| at(e.to_string()))?;
        for operation in &content.operations {
            self.operation(operation, resources, place, depth)
                .map_err(|e| format!("page {}: {e}", self.page))?;
        }
        Ok(())
    }

    #[allow(clippy::many_single_char_names, reason = "as in the PDF reference")]
    fn operation(
        &mut self,
        operation: &Operation,
        resources: Option<&'a Dictionary>,
        place: ObjectId,
        depth: usize,
    ) -> Result<(), String> {
        let operands = operation.operands.as_slice();
        let numbers: Vec<f64> = operands.iter().filter_map(float).collect();
        let first = numbers.first().copied().unwrap_or(0.0);
        match (operation.operator.as_str(), numbers.as_slice()) {
            ("BMC", _) => self.begin(operands, None, place),
            ("BDC", _) => self.begin(operands, resources, place),
            ("EMC", _) => self.end()?,
            ("q", _) => self.saved.push(self.state.clone()),
            ("Q", _) => self.state = self.saved.pop().ok_or("Q without q")?,
            ("cm", &[a, b, c, d, e, f]) => {
                self.state.matrix = Matrix([a, b, c, d, e, f]).then(&self.state.matrix);
            }
            ("BT", _) => self.set_line(Matrix::default()),
            ("Tm", &[a, b, c, d, e, f]) => self.set_line(Matrix([a, b, c, d, e, f])),
            ("Td", &[x, y]) => self.next_line(x, y),
            ("TD", &[x, y]) => {
                self.state.leading = -y;
                self.next_line(x, y);
            }
            ("T*", _) => self.next_line(0.0, -self.state.leading),
            ("TL", _) => self.state.leading = first,
            ("Tc", _) => self.state.character_spacing = first,
            ("Tw", _) => self.state.word_spacing = first,
            ("Tz", _) => self.state.stretch = first / 100.0 - 1.0,
            ("Ts", _) => self.state.rise = first,
            ("Tf", _) => {
                self.state.size = first;
                let name = operands.first().and_then(|o| o.as_name().ok()).unwrap_or_default();
                self.state.font = Some(self.contents.font(resources, name)?);
            }
            ("Tj", _) => self.show(operands)?,
            ("TJ", _) => {
                let list = operands.first().and_then(|o| o.as_array().ok());
                self.show(list.ok_or("TJ without an array")?)?;
            }
            ("'", _) => {
                self.next_line(0.0, -self.state.leading);
                self.show(operands)?;
            }
            ("\"", _) => {
                self.state.word_spacing = first;
                self.state.character_spacing = numbers.get(1).copied().unwrap_or(0.0);
                self.next_line(0.0, -self.state.leading);
                self.show(operands.get(2..).unwrap_or_default())?;
            }
            ("Do", _) => self.paint_object(operands, resources, depth)?,
            ("f" | "F" | "f*" | "B" | "B*" | "b" | "b*" | "S" | "s" | "sh" | "BI", _) => {
                self.paint(|| "a graphic".into());
            }
            _ => {}
        }
        Ok(())
    }

    fn begin(&mut self, operands: &[Object], resources: Option<&'a Dictionary>, place: ObjectId) {
        let doc = self.contents.doc;
        let properties = match operands.get(1) {
            Some(Object::Dictionary(inline)) => Some(inline),
            Some(Object::Name(name)) => resources
                .and_then(|r| dict(doc, r, "Properties"))
                .and_then(|list| resolve(doc, list.get(name).ok()?)?.as_dict().ok()),
            _ => None,
        };
        let number = properties.and_then(|d| get(doc, d, "MCID")?.as_i64().ok());
        let content = number.map(|number| (place, number));
        if let Some(content) = content
            && self.contents.runs.insert(content, Vec::new()).is_some()
        {
            let problem = format!("page {}: marked content {} twice", self.page, content.1);
            self.contents.problems.push(problem);
        }
        self.marks.push(Mark {
            content,
            artifact: matches!(operands.first(), Some(Object::Name(tag)) if tag == b"Artifact"),
            actual: properties.and_then(|d| text(doc, d, "ActualText")).map(|text| (text, None)),
        });
    }

    fn end(&mut self) -> Result<(), String> {
        let actual = self.marks.last_mut().ok_or("EMC without BDC")?.actual.take();
        if let Some((text, Some(run))) = actual {
            self.add(Run { text, ..run });
        }
        self.marks.pop();
        Ok(())
    }

    /// Notes content that is neither tagged nor artifact.
    fn paint(&mut self, what: impl FnOnce() -> String) {
        let tagged = self.marks.iter().any(|mark| mark.content.is_some() || mark.artifact);
        if !tagged && self.untagged.is_none() {
            self.untagged = Some(what());
        }
    }

    fn paint_object(
        &mut self,
        operands: &[Object],
        resources: Option<&'a Dictionary>,
        depth: usize,
    ) -> Result<(), String> {
        let doc = self.contents.doc;
        let name = operands.first().and_then(|o| o.as_name().ok()).unwrap_or_default();
        let entry = resources.and_then(|r| dict(doc, r, "XObject")?.get(name).ok());
        let (id, object) =
            doc.dereference(entry.ok_or("Do without an object")?).map_err(|e| e.to_string())?;
        let stream = object.as_stream().map_err(|e| e.to_string())?;
        let is_form =
            matches!(get(doc, &stream.dict, "Subtype"), Some(Object::Name(n)) if n == b"Form");
        if !is_form || depth == MAX_FORMS {
            self.paint(|| "an image".into());
            return Ok(());
        }
        let bytes = stream.get_plain_content().map_err(|e| e.to_string())?;
        let (state, saved) = (self.state.clone(), std::mem::take(&mut self.saved));
        let matrix: Vec<f64> =
            array(doc, &stream.dict, "Matrix").iter().filter_map(float).collect();
        if let Ok(matrix) = matrix.try_into() {
            self.state.matrix = Matrix(matrix).then(&self.state.matrix);
        }
        let own = dict(doc, &stream.dict, "Resources").or(resources);
        self.play(&bytes, own, id.unwrap_or_default(), depth + 1)?;
        (self.state, self.saved) = (state, saved);
        Ok(())
    }

    fn set_line(&mut self, matrix: Matrix) {
        self.state.line_matrix = matrix;
        self.state.text_matrix = matrix;
    }

    fn next_line(&mut self, x: f64, y: f64) {
        self.set_line(Matrix([1.0, 0.0, 0.0, 1.0, x, y]).then(&self.state.line_matrix));
    }

    /// Shows strings; numbers between them move what follows to the left.
    fn show(&mut self, items: &[Object]) -> Result<(), String> {
        let font = self.state.font.clone().ok_or("text without a font")?;
        let start = self.position();
        let mut shown = String::new();
        let replaced = self.marks.iter().any(|mark| mark.actual.is_some());
        for item in items {
            let Object::String(bytes, _) = item else {
                let back = float(item).unwrap_or(0.0) / 1000.0;
                self.advance(-back * self.state.size);
                continue;
            };
            for glyph in font.glyphs(bytes) {
                if glyph.text.is_none() && !replaced {
                    self.unmapped += 1;
                }
                shown.push_str(glyph.text.unwrap_or("\u{fffd}"));
                let spacing = if glyph.is_space { self.state.word_spacing } else { 0.0 };
                self.advance(
                    glyph.width * self.state.size + self.state.character_spacing + spacing,
                );
            }
        }
        self.paint(|| format!("“{shown}”"));
        let (end, size) = (self.position(), self.state.size * self.matrix().height());
        let run = Run { text: shown, page: self.page, start, end, size };
        // The outermost text that stands for content counts.
        if let Some((_, place)) = self.marks.iter_mut().find_map(|mark| mark.actual.as_mut()) {
            match place {
                Some(place) => place.end = run.end,
                None => *place = Some(run),
            }
        } else {
            self.add(run);
        }
        Ok(())
    }

    fn add(&mut self, run: Run) {
        if self.marks.iter().any(|mark| mark.actual.is_some()) {
            return; // stood for by a text further out
        }
        if self.marks.iter().any(|mark| mark.artifact) {
            self.artifacts.push(run);
            return;
        }
        let content = self.marks.iter().rev().find_map(|mark| mark.content);
        if let Some(runs) = content.and_then(|content| self.contents.runs.get_mut(&content)) {
            runs.push(run);
        }
    }

    fn advance(&mut self, by: f64) {
        let by = by * (1.0 + self.state.stretch);
        self.state.text_matrix =
            Matrix([1.0, 0.0, 0.0, 1.0, by, 0.0]).then(&self.state.text_matrix);
    }

    fn matrix(&self) -> Matrix {
        self.state.text_matrix.then(&self.state.matrix)
    }

    fn position(&self) -> (f64, f64) {
        let Matrix([_, _, c, d, e, f]) = self.matrix();
        (e + c * self.state.rise, f + d * self.state.rise)
    }
}

/// A transformation, as PDF writes it.
#[derive(Clone, Copy)]
struct Matrix([f64; 6]);

impl Default for Matrix {
    fn default() -> Self {
        Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0])
    }
}

impl Matrix {
    #[allow(clippy::many_single_char_names, reason = "as in the PDF reference")]
    /// This transformation and then `other`.
    fn then(&self, other: &Self) -> Self {
        let Self([a, b, c, d, e, f]) = *self;
        let Self([p, q, r, s, t, u]) = *other;
        Self([
            a * p + b * r,
            a * q + b * s,
            c * p + d * r,
            c * q + d * s,
            e * p + f * r + t,
            e * q + f * s + u,
        ])
    }

    /// How high something of height 1 becomes.
    fn height(&self) -> f64 {
        self.0[2].hypot(self.0[3])
    }
}
