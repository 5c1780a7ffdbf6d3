// SPDX-License-Identifier: EUPL-1.2
//! Image files, taken apart: whether they are whole, and without what cameras and programs write into
//! them, such as names, places, dates and paths.
//!
//! Not here: what is seen.

use std::io::Cursor;

mod svg;

/// A file that is not a whole image of its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Damage {
    /// Line and column of the mistake in a drawing, counted from 1.
    pub place: Option<(u32, u32)>,
}

/// The same image without such notes.
///
/// # Errors
///
/// The file is damaged, or no PNG, JPEG or SVG as its ending says.
pub fn stripped(ending: &str, bytes: &[u8]) -> Result<Vec<u8>, Damage> {
    let whole = |image: Option<Vec<u8>>| image.ok_or(Damage { place: None });
    match ending {
        "png" => whole(png(bytes)),
        "jpg" | "jpeg" => whole(jpeg(bytes)),
        "svg" => svg::stripped(bytes),
        _ => whole(None),
    }
}

/// Whether the points of a PNG can be read.
pub fn is_readable_png(bytes: &[u8]) -> bool {
    // Larger ones are left to the PDF.
    const MOST: usize = 256 << 20;
    let read = || {
        let mut reader = png::Decoder::new(Cursor::new(bytes)).read_info().ok()?;
        let size = reader.output_buffer_size()?;
        if size <= MOST {
            reader.next_frame(&mut vec![0; size]).ok()?;
        }
        Some(())
    };
    read().is_some()
}

/// Whether a JPEG holds the four colours of a printing press, which no PDF for all readers may.
pub fn is_for_press(bytes: &[u8]) -> bool {
    let mut at = 2;
    while let Some([0xff, marker]) = bytes.get(at..at + 2) {
        // The head of a frame tells how many colours there are.
        if matches!(marker, 0xc0..=0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf) {
            return bytes.get(at + 9) == Some(&4);
        }
        let Some([high, low]) = bytes.get(at + 2..at + 4) else { return false };
        at += match marker {
            0xff => 1,
            _ => 2 + usize::from(u16::from_be_bytes([*high, *low])),
        };
    }
    false
}

/// Keeps the chunks that are needed to show a PNG, and nothing after its end.
fn png(bytes: &[u8]) -> Option<Vec<u8>> {
    const SHOWN: [&[u8]; 12] = [
        b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT",
        b"bKGD", b"pHYs",
    ];
    const HEAD: &[u8] = b"\x89PNG\r\n\x1a\n";
    if !bytes.starts_with(HEAD) {
        return None;
    }
    let mut out = HEAD.to_vec();
    let mut at = HEAD.len();
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
    const SCAN: u8 = 0xda;
    const END: u8 = 0xd9;
    if bytes.get(..2)? != [0xff, 0xd8] {
        return None;
    }
    let mut out = vec![0xff, 0xd8];
    let mut at = 2;
    let mut turned = false;
    loop {
        if bytes.get(at)? != &0xff {
            return None;
        }
        // Before a marker there may be more of its first byte.
        while bytes.get(at + 1)? == &0xff {
            at += 1;
        }
        let marker = *bytes.get(at + 1)?;
        if marker == END {
            out.extend_from_slice(&[0xff, END]);
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
        // Which side is up is part of what is seen.
        if let Some(orientation) =
            (marker == 0xe1 && !turned).then(|| orientation(segment)).flatten()
        {
            out.extend_from_slice(&upright(orientation));
            turned = true;
        }
        at = end;
        if marker == SCAN {
            let length = scan(bytes.get(at..)?)?;
            out.extend_from_slice(bytes.get(at..at + length)?);
            at += length;
        }
    }
}

/// Tag of the side that is up, in the notes of cameras (EXIF).
const ORIENTATION: u16 = 0x0112;

/// How a camera was held, by its note: 1 to 8.
fn orientation(segment: &[u8]) -> Option<u16> {
    let tiff = segment.get(4..)?.strip_prefix(b"Exif\0\0")?;
    let little = match tiff.get(..2)? {
        b"II" => true,
        b"MM" => false,
        _ => return None,
    };
    let short = |at: usize| {
        let pair: [u8; 2] = tiff.get(at..at + 2)?.try_into().ok()?;
        Some(if little { u16::from_le_bytes(pair) } else { u16::from_be_bytes(pair) })
    };
    let long = |at: usize| {
        let four: [u8; 4] = tiff.get(at..at + 4)?.try_into().ok()?;
        Some(if little { u32::from_le_bytes(four) } else { u32::from_be_bytes(four) })
    };
    let first = usize::try_from(long(4)?).ok()?;
    let entries = (0..usize::from(short(first)?)).map(|entry| first + 2 + entry * 12);
    let mut found = entries.filter(|at| short(*at) == Some(ORIENTATION));
    short(found.next()? + 8).filter(|value| (2..=8).contains(value))
}

/// A note that says which side is up, and nothing else.
fn upright(orientation: u16) -> Vec<u8> {
    let mut out = vec![0xff, 0xe1, 0, 34];
    out.extend_from_slice(b"Exif\0\0MM\0*\0\0\0\x08\0\x01");
    out.extend_from_slice(&ORIENTATION.to_be_bytes());
    // One short number, and no further list of entries.
    out.extend_from_slice(&[0, 3, 0, 0, 0, 1]);
    out.extend_from_slice(&orientation.to_be_bytes());
    out.extend_from_slice(&[0, 0, 0, 0, 0, 0]);
    out
}

/// Length of the image data behind the head of a scan: up to the next marker that is not part of them.
fn scan(bytes: &[u8]) -> Option<usize> {
    let marker = |pair: &[u8]| pair[0] == 0xff && !matches!(pair[1], 0 | 0xd0..=0xd7 | 0xff);
    bytes.windows(2).position(marker)
}
