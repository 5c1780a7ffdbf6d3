// SPDX-License-Identifier: EUPL-1.2
//! Fonts: which text and which width a character code stands for. Only what the `ToUnicode` map
//! says counts as text.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object};

use super::objects::{array, dict, get, name, resolve};

/// A font.
pub struct Font {
    /// Bytes per character code.
    code_length: usize,
    texts: BTreeMap<u32, String>,
    /// In ems.
    widths: BTreeMap<u32, f64>,
    default_width: f64,
}

/// A character code shown on a page.
pub struct Glyph<'a> {
    /// What it stands for, if the font says so.
    pub text: Option<&'a str>,
    /// How wide it is, in ems.
    pub width: f64,
    /// Whether it is the one-byte code 32, to which word spacing applies.
    pub is_space: bool,
}

impl Font {
    /// Reads the font dictionary `from`.
    pub fn read(doc: &Document, from: &Dictionary) -> Result<Self, String> {
        let composite = name(doc, from, "Subtype").as_deref() == Some("Type0");
        let mut font = Self {
            code_length: if composite { 2 } else { 1 },
            texts: BTreeMap::new(),
            widths: BTreeMap::new(),
            default_width: 0.0,
        };
        if let Some(Object::Stream(stream)) = get(doc, from, "ToUnicode") {
            let bytes = stream.get_plain_content().map_err(|e| format!("ToUnicode: {e}"))?;
            font.read_texts(&String::from_utf8_lossy(&bytes))?;
        }
        if composite {
            let inner = array(doc, from, "DescendantFonts").first();
            let inner = inner.and_then(|o| resolve(doc, o)?.as_dict().ok());
            font.read_widths_by_glyph(doc, inner.ok_or("a Type0 font without a descendant")?);
        } else {
            font.read_widths_by_code(doc, from);
        }
        Ok(font)
    }

    /// Takes a string apart.
    pub fn glyphs<'a>(&'a self, bytes: &'a [u8]) -> impl Iterator<Item = Glyph<'a>> {
        bytes.chunks(self.code_length).map(|chunk| {
            let code = chunk.iter().fold(0, |code, &byte| code << 8 | u32::from(byte));
            Glyph {
                text: self.texts.get(&code).map(String::as_str),
                width: self.widths.get(&code).copied().unwrap_or(self.default_width),
                is_space: chunk == b" ",
            }
        })
    }

    /// Reads a `ToUnicode` map.
    fn read_texts(&mut self, map: &str) -> Result<(), String> {
        let mut operands = Vec::new();
        for token in tokens(map) {
            match token {
                "endcodespacerange" => {
                    // Fonts that mix lengths are not read.
                    if let Some(length) = operands.first().map(|code: &&str| hex(code).len()) {
                        self.code_length = length.max(1);
                    }
                }
                "endbfchar" => {
                    for pair in operands.chunks_exact(2) {
                        self.texts.insert(number(pair[0])?, utf16(&hex(pair[1])));
                    }
                }
                "endbfrange" => self.read_ranges(&operands)?,
                _ if token.starts_with(['<', '[', ']']) => {
                    operands.push(token);
                    continue;
                }
                _ => {}
            }
            operands.clear();
        }
        Ok(())
    }

    /// Reads ranges: first and last code, then the text of the first or an array of all texts.
    fn read_ranges(&mut self, operands: &[&str]) -> Result<(), String> {
        let mut rest = operands.iter();
        while let (Some(first), Some(last), Some(&text)) = (rest.next(), rest.next(), rest.next()) {
            let (first, last) = (number(first)?, number(last)?);
            if last < first || last - first > 0xffff {
                return Err(format!("ToUnicode: a range from {first} to {last}"));
            }
            if text == "[" {
                let texts = rest.by_ref().take_while(|&&token| token != "]");
                for (code, text) in (first..=last).zip(texts) {
                    self.texts.insert(code, utf16(&hex(text)));
                }
            } else {
                let mut bytes = hex(text);
                for code in first..=last {
                    self.texts.insert(code, utf16(&bytes));
                    if let Some(byte) = bytes.last_mut() {
                        *byte = byte.wrapping_add(1);
                    }
                }
            }
        }
        Ok(())
    }

    /// The widths of a composite font, where codes are glyph numbers (Identity-H).
    fn read_widths_by_glyph(&mut self, doc: &Document, from: &Dictionary) {
        self.default_width = get(doc, from, "DW").and_then(float).unwrap_or(1000.0) / 1000.0;
        let mut rest = array(doc, from, "W").iter().filter_map(|o| resolve(doc, o));
        while let (Some(first), Some(second)) = (rest.next().and_then(code), rest.next()) {
            if let Object::Array(list) = second {
                for (code, width) in (first..).zip(list) {
                    self.add_width(code, resolve(doc, width), 0.001);
                }
            } else {
                let width = rest.next();
                for code in first..=code(second).unwrap_or(first).min(first.saturating_add(0xffff))
                {
                    self.add_width(code, width, 0.001);
                }
            }
        }
    }

    fn read_widths_by_code(&mut self, doc: &Document, from: &Dictionary) {
        // Type 3 fonts have a unit of their own.
        let unit = array(doc, from, "FontMatrix").first().and_then(float).unwrap_or(0.001);
        let missing = dict(doc, from, "FontDescriptor").and_then(|d| get(doc, d, "MissingWidth"));
        self.default_width = missing.and_then(float).unwrap_or(0.0) / 1000.0;
        let first = get(doc, from, "FirstChar").and_then(code).unwrap_or(0);
        for (code, width) in (first..).zip(array(doc, from, "Widths")) {
            self.add_width(code, resolve(doc, width), unit);
        }
    }

    fn add_width(&mut self, code: u32, width: Option<&Object>, unit: f64) {
        if let Some(width) = width.and_then(float) {
            self.widths.insert(code, width * unit);
        }
    }
}

/// The number that `object` is.
pub fn float(object: &Object) -> Option<f64> {
    object.as_float().ok().map(f64::from)
}

fn code(object: &Object) -> Option<u32> {
    u32::try_from(object.as_i64().ok()?).ok().filter(|&code| code <= 0xffff)
}

/// Strings as `<0041`, brackets, and words.
fn tokens(map: &str) -> impl Iterator<Item = &str> {
    let mut rest = map;
    std::iter::from_fn(move || {
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '>' || c == '\0');
            let Some(comment) = rest.strip_prefix('%') else { break };
            rest = comment.trim_start_matches(|c| c != '\n' && c != '\r');
        }
        let first = rest.chars().next()?;
        let end = match first {
            '<' => rest.find('>'),
            '[' | ']' => Some(1),
            _ => rest.get(first.len_utf8()..).and_then(|after| {
                let end = after.find(|c: char| c.is_whitespace() || "<>[]/%".contains(c))?;
                Some(end + first.len_utf8())
            }),
        };
        let (token, after) = rest.split_at_checked(end.unwrap_or(rest.len()))?;
        rest = after;
        Some(token)
    })
}

/// The bytes of a string in angle brackets.
fn hex(token: &str) -> Vec<u8> {
    let digits: Vec<u8> = token.chars().filter_map(|c| c.to_digit(16)?.try_into().ok()).collect();
    digits.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).unwrap_or(&0)).collect()
}

fn number(token: &str) -> Result<u32, String> {
    let bytes = hex(token);
    if bytes.is_empty() || bytes.len() > 4 {
        return Err(format!("ToUnicode: {token} is no character code"));
    }
    Ok(bytes.iter().fold(0, |code, &byte| code << 8 | u32::from(byte)))
}

fn utf16(bytes: &[u8]) -> String {
    let units: Vec<u16> =
        bytes.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
    String::from_utf16_lossy(&units)
}
