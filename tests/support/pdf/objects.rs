// SPDX-License-Identifier: EUPL-1.2
//! Entries of dictionaries, with references followed. What is missing, null, or of another type is
//! nothing.

use lopdf::{Dictionary, Document, Object, ObjectId, decode_text_string};

/// What a reference refers to; nothing for null.
pub fn resolve<'a>(doc: &'a Document, object: &'a Object) -> Option<&'a Object> {
    let (_, object) = doc.dereference(object).ok()?;
    (!object.is_null()).then_some(object)
}

/// An entry.
pub fn get<'a>(doc: &'a Document, from: &'a Dictionary, key: &str) -> Option<&'a Object> {
    resolve(doc, from.get(key.as_bytes()).ok()?)
}

/// A dictionary.
pub fn dict<'a>(doc: &'a Document, from: &'a Dictionary, key: &str) -> Option<&'a Dictionary> {
    get(doc, from, key)?.as_dict().ok()
}

/// An array; empty if there is none.
pub fn array<'a>(doc: &'a Document, from: &'a Dictionary, key: &str) -> &'a [Object] {
    get(doc, from, key).and_then(|o| o.as_array().ok()).map_or(&[], Vec::as_slice)
}

/// The elements of an array, or the one object that stands in its place.
pub fn one_or_more<'a>(doc: &'a Document, from: &'a Dictionary, key: &str) -> Vec<&'a Object> {
    match get(doc, from, key) {
        Some(Object::Array(list)) => list.iter().collect(),
        Some(object) => vec![object],
        None => Vec::new(),
    }
}

/// The children of an element, as they are written.
pub fn kids<'a>(doc: &'a Document, from: &'a Dictionary) -> Vec<&'a Object> {
    match get(doc, from, "K") {
        Some(Object::Array(list)) => list.iter().collect(),
        Some(_) => from.get(b"K").into_iter().collect(),
        None => Vec::new(),
    }
}

/// A reference, not followed.
pub fn reference(from: &Dictionary, key: &str) -> Option<ObjectId> {
    from.get(key.as_bytes()).ok()?.as_reference().ok()
}

/// A name.
pub fn name(doc: &Document, from: &Dictionary, key: &str) -> Option<String> {
    Some(lossy(get(doc, from, key)?.as_name().ok()?))
}

/// A text string, decoded.
pub fn text(doc: &Document, from: &Dictionary, key: &str) -> Option<String> {
    decode_text_string(get(doc, from, key)?).ok()
}

/// The text of a name.
pub fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
