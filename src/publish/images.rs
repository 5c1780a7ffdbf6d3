// SPDX-License-Identifier: EUPL-1.2
//! Image files without what cameras and programs write into them: names, places, dates, paths.
//!
//! Not here: what is seen.

/// The same image without such notes; a file that cannot be taken apart stays as it is.
pub fn stripped(ending: &str, bytes: &[u8]) -> Vec<u8> {
    let clean = match ending {
        "png" => png(bytes),
        "jpg" | "jpeg" => jpeg(bytes),
        "svg" => std::str::from_utf8(bytes).ok().map(|text| svg(text).into_bytes()),
        _ => None,
    };
    clean.unwrap_or_else(|| bytes.to_vec())
}

/// Keeps the chunks that are needed to show a PNG, and nothing after its end.
fn png(bytes: &[u8]) -> Option<Vec<u8>> {
    const SHOWN: [&[u8]; 12] = [
        b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT",
        b"bKGD", b"pHYs",
    ];
    const HEAD: usize = 8;
    let mut out = bytes.get(..HEAD)?.to_vec();
    let mut at = HEAD;
    loop {
        let length: [u8; 4] = bytes.get(at..at + 4)?.try_into().ok()?;
        let end = at.checked_add(12)?.checked_add(u32::from_be_bytes(length) as usize)?;
        let kind = bytes.get(at + 4..at + 8)?;
        let chunk = bytes.get(at..end)?;
        if SHOWN.contains(&kind) {
            out.extend_from_slice(chunk);
        }
        if kind == b"IEND" {
            return Some(out);
        }
        at = end;
    }
}

/// Keeps the segments that are needed to show a JPEG, colour profiles among them, and nothing after its
/// end.
fn jpeg(bytes: &[u8]) -> Option<Vec<u8>> {
    if bytes.get(..2)? != [0xff, 0xd8] {
        return None;
    }
    let mut out = vec![0xff, 0xd8];
    let mut at = 2;
    loop {
        if bytes.get(at)? != &0xff {
            return None;
        }
        // Before a marker there may be more of its first byte.
        while bytes.get(at + 1)? == &0xff {
            at += 1;
        }
        let marker = *bytes.get(at + 1)?;
        // The image itself follows, up to its end.
        if marker == 0xda {
            let image = bytes.get(at..)?;
            let end = image.windows(2).position(|pair| pair == [0xff, 0xd9])?;
            out.extend_from_slice(image.get(..end + 2)?);
            return Some(out);
        }
        let length: [u8; 2] = bytes.get(at + 2..at + 4)?.try_into().ok()?;
        let end = at.checked_add(2)?.checked_add(usize::from(u16::from_be_bytes(length)))?;
        let segment = bytes.get(at..end)?;
        let colours = marker == 0xe2 && segment.get(4..15) == Some(b"ICC_PROFILE".as_slice());
        // Notes of cameras and programs; 0 and 14 say how colours are meant.
        let note = matches!(marker, 0xe1..=0xed | 0xef | 0xfe) && !colours;
        if !note {
            out.extend_from_slice(segment);
        }
        at = end;
    }
}

/// A drawing without comments, descriptions of the file, and what drawing programs note for themselves.
fn svg(text: &str) -> String {
    let mut text = without(text, "<!--", "-->");
    for name in ["metadata", "sodipodi:namedview"] {
        text = without(&text, &format!("<{name}"), &format!("</{name}>"));
    }
    for prefix in ["inkscape:", "sodipodi:"] {
        text = without_attributes(&text, prefix);
    }
    text
}

/// A text without everything from one mark to another.
fn without(text: &str, begin: &str, end: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(begin) {
        let Some(length) = rest[at..].find(end) else { break };
        out.push_str(&rest[..at]);
        rest = &rest[at + length + end.len()..];
    }
    out.push_str(rest);
    out
}

/// A text without attributes whose name begins so.
fn without_attributes(text: &str, prefix: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(prefix) {
        let (before, tail) = rest.split_at(at);
        let own = before.ends_with(|c: char| c.is_whitespace());
        let value = tail.find("=\"").and_then(|from| {
            let name = &tail[..from];
            let plain = name.chars().all(|c| c.is_alphanumeric() || matches!(c, ':' | '-' | '_'));
            let end = tail[from + 2..].find('"')?;
            plain.then_some(from + 2 + end + 1)
        });
        match value.filter(|_| own) {
            Some(end) => {
                out.push_str(before.trim_end());
                rest = &tail[end..];
            }
            None => {
                out.push_str(before);
                out.push_str(prefix);
                rest = &tail[prefix.len()..];
            }
        }
    }
    out.push_str(rest);
    out
}
