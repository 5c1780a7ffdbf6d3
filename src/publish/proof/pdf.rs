// SPDX-License-Identifier: EUPL-1.2
//! All that a PDF says: the text of its pages and drawings, alternative texts, bookmarks, metadata,
//! attachments.
//!
//! Every object is looked at, whatever it belongs to, so that nothing has to be known about where
//! something could hide.

use std::collections::BTreeMap;

use hayro_syntax::Pdf;
use hayro_syntax::content::TypedIter;
use hayro_syntax::content::ops::TypedInstruction;
use hayro_syntax::object::{Array, Dict, MaybeRef, Object, Stream};
use hayro_syntax::page::Resources;

/// The texts of a PDF with their places.
pub(super) fn passages(bytes: &[u8]) -> Result<Vec<(String, String)>, String> {
    let pdf = Pdf::new(bytes.to_vec()).map_err(|_| "das PDF lässt sich nicht lesen".to_owned())?;
    let mut out = Vec::new();
    for (at, page) in pdf.pages().iter().enumerate() {
        let text = shown(page.typed_operations(), page.resources());
        out.push((format!("Seite {}", at + 1), text));
    }
    let mut strings = String::new();
    for object in pdf.objects() {
        match object {
            Object::Stream(stream) => of_stream(&stream, &mut strings, &mut out)?,
            object => of_object(&object, &mut strings, 0),
        }
    }
    let metadata = pdf.metadata();
    let named = [
        &metadata.title,
        &metadata.author,
        &metadata.subject,
        &metadata.keywords,
        &metadata.creator,
        &metadata.producer,
    ];
    for text in named.into_iter().flatten() {
        strings.push_str(&decoded(text));
        strings.push('\n');
    }
    out.push(("Struktur, Lesezeichen, Alternativtexte, Metadaten".to_owned(), strings));
    Ok(out)
}

/// Streams other than pages: metadata and attachments as text, drawings as what they show.
fn of_stream(
    stream: &Stream<'_>,
    strings: &mut String,
    out: &mut Vec<(String, String)>,
) -> Result<(), String> {
    let dict = stream.dict();
    of_dict(dict, strings, 0);
    let kind = |key: &str| {
        let name = dict.get::<hayro_syntax::object::Name<'_>>(key);
        name.map(|name| String::from_utf8_lossy(&name).into_owned()).unwrap_or_default()
    };
    match (kind("Type").as_str(), kind("Subtype").as_str()) {
        ("EmbeddedFile", _) => return Err("das PDF hat einen Anhang".to_owned()),
        ("Metadata", _) => {
            let data =
                stream.decoded().map_err(|_| "die Metadaten sind nicht lesbar".to_owned())?;
            out.push(("Metadaten".to_owned(), String::from_utf8_lossy(&data).into_owned()));
        }
        (_, "Form") => {
            let data =
                stream.decoded().map_err(|_| "eine Zeichnung ist nicht lesbar".to_owned())?;
            let resources = dict.get::<Dict<'_>>("Resources").unwrap_or_default();
            let fonts = resources.get::<Dict<'_>>("Font").unwrap_or_default();
            let font = |name: &[u8]| fonts.get::<Dict<'_>>(name).map(|font| Font::read(&font));
            out.push(("Zeichnung".to_owned(), text(TypedIter::new(&data), font)));
        }
        _ => {}
    }
    Ok(())
}

fn of_object(object: &Object<'_>, out: &mut String, depth: usize) {
    match object {
        Object::String(string) => {
            out.push_str(&decoded(string.as_bytes()));
            out.push('\n');
        }
        Object::Dict(dict) => of_dict(dict, out, depth),
        Object::Array(array) => of_array(array, out, depth),
        _ => {}
    }
}

/// Deepest nesting that is followed; objects of their own are met anyway.
const DEPTH: usize = 12;

fn of_dict(dict: &Dict<'_>, out: &mut String, depth: usize) {
    if depth > DEPTH {
        return;
    }
    for (_, value) in dict.entries() {
        if let MaybeRef::NotRef(object) = value {
            of_object(&object, out, depth + 1);
        }
    }
}

fn of_array(array: &Array<'_>, out: &mut String, depth: usize) {
    if depth > DEPTH {
        return;
    }
    for value in array.raw_iter() {
        if let MaybeRef::NotRef(object) = value {
            of_object(&object, out, depth + 1);
        }
    }
}

/// A string of the file: UTF-16, UTF-8 or one byte per letter.
fn decoded(bytes: &[u8]) -> String {
    if let Some(rest) = bytes.strip_prefix(&[0xfe, 0xff]) {
        let units: Vec<u16> =
            rest.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
        return String::from_utf16_lossy(&units);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => text.trim_start_matches('\u{feff}').to_owned(),
        Err(_) => bytes.iter().map(|byte| char::from(*byte)).collect(),
    }
}

fn shown(operations: TypedIter<'_>, resources: &Resources<'_>) -> String {
    let font = |name: &[u8]| {
        let name = hayro_syntax::object::Name::new_unescaped(name);
        resources.get_font(&name).map(|font| Font::read(&font))
    };
    text(operations, font)
}

/// The text that operations show; what is set in one go stays together.
fn text(mut operations: TypedIter<'_>, font: impl Fn(&[u8]) -> Option<Font>) -> String {
    let mut fonts: BTreeMap<Vec<u8>, Option<Font>> = BTreeMap::new();
    let mut current: Vec<u8> = Vec::new();
    let mut out = String::new();
    while let Some(operation) = operations.next() {
        match operation {
            TypedInstruction::TextFont(set) => {
                current = set.0.to_vec();
                if !fonts.contains_key(&current) {
                    fonts.insert(current.clone(), font(&current));
                }
            }
            TypedInstruction::ShowText(shown) => {
                push(&mut out, fonts.get(&current), shown.0.as_bytes());
                out.push('\n');
            }
            TypedInstruction::NextLineAndShowText(shown) => {
                push(&mut out, fonts.get(&current), shown.0.as_bytes());
                out.push('\n');
            }
            TypedInstruction::ShowTexts(shown) => {
                for part in shown.0.iter::<Object<'_>>() {
                    if let Object::String(string) = part {
                        push(&mut out, fonts.get(&current), string.as_bytes());
                    }
                }
                out.push('\n');
            }
            _ => {}
        }
    }
    out
}

fn push(out: &mut String, font: Option<&Option<Font>>, bytes: &[u8]) {
    match font {
        Some(Some(font)) => out.push_str(&font.text(bytes)),
        _ => out.push_str(&decoded(bytes)),
    }
}

/// What the character codes of a font stand for.
struct Font {
    /// Bytes per code.
    length: usize,
    texts: BTreeMap<u32, String>,
}

impl Font {
    fn read(font: &Dict<'_>) -> Self {
        let composite = font
            .get::<hayro_syntax::object::Name<'_>>("Subtype")
            .is_some_and(|name| &*name == b"Type0");
        let mut out = Self { length: if composite { 2 } else { 1 }, texts: BTreeMap::new() };
        if let Some(stream) = font.get::<Stream<'_>>("ToUnicode")
            && let Ok(data) = stream.decoded()
        {
            out.map(&String::from_utf8_lossy(&data));
        }
        out
    }

    fn text(&self, bytes: &[u8]) -> String {
        let mut out = String::new();
        for chunk in bytes.chunks(self.length) {
            let code = chunk.iter().fold(0, |code, byte| code << 8 | u32::from(*byte));
            match self.texts.get(&code) {
                Some(text) => out.push_str(text),
                None if self.length == 1 => out.push(char::from(chunk[0])),
                None => {}
            }
        }
        out
    }

    /// Reads a `ToUnicode` map: lines of single codes and of ranges.
    fn map(&mut self, map: &str) {
        let mut operands: Vec<&str> = Vec::new();
        for token in map.split_inclusive(['>', ']', '[', ' ', '\n', '\r', '\t']) {
            let token = token.trim();
            if token.starts_with('<') || token == "[" || token == "]" {
                operands.push(token);
            } else if token == "endbfchar" {
                for pair in operands.chunks_exact(2) {
                    self.texts.insert(code(pair[0]), utf16(pair[1]));
                }
                operands.clear();
            } else if token == "endbfrange" {
                self.ranges(&operands);
                operands.clear();
            } else if token.starts_with("begin") {
                operands.clear();
            }
        }
    }

    fn ranges(&mut self, operands: &[&str]) {
        let mut rest = operands.iter();
        while let (Some(first), Some(last), Some(text)) = (rest.next(), rest.next(), rest.next()) {
            let (first, last) = (code(first), code(last).min(0xffff));
            if *text == "[" {
                let texts = rest.by_ref().take_while(|token| **token != "]");
                for (code, text) in (first..=last).zip(texts) {
                    self.texts.insert(code, utf16(text));
                }
                continue;
            }
            let begin: Vec<u16> = utf16(text).encode_utf16().collect();
            for code in first..=last {
                let mut units = begin.clone();
                if let Some(end) = units.last_mut() {
                    *end = end.wrapping_add(u16::try_from(code - first).unwrap_or(0));
                }
                self.texts.insert(code, String::from_utf16_lossy(&units));
            }
        }
    }
}

fn hex(token: &str) -> Vec<u8> {
    let digits: Vec<u8> =
        token.chars().filter_map(|c| u8::try_from(c.to_digit(16)?).ok()).collect();
    digits.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).unwrap_or(&0)).collect()
}

fn code(token: &str) -> u32 {
    hex(token).iter().take(4).fold(0, |code, byte| code << 8 | u32::from(*byte))
}

fn utf16(token: &str) -> String {
    let units: Vec<u16> =
        hex(token).chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
    String::from_utf16_lossy(&units)
}
