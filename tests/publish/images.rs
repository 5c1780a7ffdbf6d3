// SPDX-License-Identifier: EUPL-1.2
//! Image files come out without what is not seen.

use amip::model::images::stripped;

const SVG: &str = "http://www.w3.org/2000/svg";
const XLINK: &str = "http://www.w3.org/1999/xlink";

fn clean(inside: &str) -> String {
    let text = format!(
        "<?xml version=\"1.0\"?><!-- Entwurf --><svg xmlns=\"{SVG}\" xmlns:xlink=\"{XLINK}\" xmlns:i=\"http://www.inkscape.org/namespaces/inkscape\" i:version='Entwurf von M.' viewBox=\"0 0 9 9\">{inside}</svg>"
    );
    let bytes = stripped("svg", text.as_bytes()).expect("a drawing");
    String::from_utf8(bytes).expect("UTF-8")
}

#[test]
fn what_draws_stays() {
    let kept = clean(
        "<defs><linearGradient id=\"g\"><stop offset=\"0\"/></linearGradient></defs><style>.a{fill:url(#g)} .b{stroke:#fff}</style><rect class=\"a\" x=\"1\"/><text xml:space=\"preserve\">A &amp; <tspan>B</tspan></text><use xlink:href=\"#g\"/>",
    );
    let shown = "<g visibility=\"hidden\"><text visibility=\"visible\">A</text></g><g opacity=\"0.01\"><text>B</text></g><g opacity=\"\"><text>C</text></g>";
    let seen = clean(shown);
    assert!(["A", "B", "C"].iter().all(|text| seen.contains(text)), "{seen}");
    for part in [
        "viewBox=\"0 0 9 9\"",
        "<linearGradient id=\"n0\">",
        ".n1{fill:url(#n0)} .b{stroke:#fff}",
        "<rect class=\"n1\"",
        "A &amp; <tspan>B</tspan>",
        "xlink:href=\"#n0\"",
    ] {
        assert!(kept.contains(part), "{part}: {kept}");
    }
}

#[test]
fn what_does_not_draw_goes() {
    let png = "data:image/png;base64,iVBORw0KGgo=";
    for inside in [
        "<title>Geheim</title><rect/>",
        "<desc>Geheim</desc>",
        "<metadata><i:x>Geheim</i:x></metadata>",
        "<script>Geheim()</script>",
        "<foreignObject>Geheim</foreignObject>",
        "<g i:label='Geheim'/>",
        "<i:namedview name='Geheim'/>",
        "<g id=\"Geheim\"/>",
        "<g data-name=\"Geheim\" aria-label=\"Geheim\" onclick=\"Geheim()\"/>",
        "<a xlink:href=\"https://intranet/Geheim\"><rect/></a>",
        "<image href=\"Geheim.png\"/>",
        "<style>/* Geheim */ @import url(Geheim.css); .a{fill:url('http://Geheim')}</style>",
        "<rect style=\"fill:url(http://Geheim)\" fill=\"url(Geheim.svg#a)\"/>",
        "<!-- Geheim --><?Geheim x?>",
        "<g style=\"display: none\"><text>Geheim</text></g>",
        "<g visibility=\"hidden\"><text>Geheim</text></g>",
        "<g opacity=\"0.0\"><text>Geheim</text></g>",
        "<g style=\"opacity:0\"><text>Geheim</text></g>",
        "<style>.x{visibility:hidden !important}</style><g class=\"x\"><text>Geheim</text></g>",
        "<style>.Geheim{fill:red}</style><g id=\"Geheim\" class=\"Geheim\"/><use href=\"#Geheim\"/>",
    ] {
        let kept = clean(inside);
        assert!(!kept.contains("Geheim") && !kept.contains("Entwurf"), "{inside}: {kept}");
    }
    assert!(!clean(&format!("<image href=\"{png}\"/>")).contains("href"), "no whole image");
}

#[test]
fn what_is_no_drawing_is_said_to_be_damaged() {
    for text in ["", "<svg/>", "<html/>", "<svg xmlns=\"http://www.w3.org/2000/svg\">"] {
        assert!(stripped("svg", text.as_bytes()).is_err(), "{text}");
    }
}

#[test]
fn what_a_style_sheet_hides_goes_unless_it_is_drawn_elsewhere() {
    let kept = clean(
        "<style>.aus{DISPLAY: none}</style><g class=\"aus\"><text>Geheim</text></g><g class=\"aus\"><path id=\"form\"/></g><use href=\"#form\"/>",
    );
    assert!(!kept.contains("Geheim"), "{kept}");
    assert!(kept.contains("<path"), "{kept}");
}

#[test]
fn a_photo_keeps_the_side_that_is_up_and_nothing_else() {
    let exif = b"Exif\0\0II*\0\x08\0\0\0\x02\0\x0f\x01\x02\0\x04\0\0\0Kam\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0";
    let length = u16::try_from(exif.len() + 2).expect("short").to_be_bytes();
    let mut photo = vec![0xff, 0xd8, 0xff, 0xe1];
    photo.extend_from_slice(&length);
    photo.extend_from_slice(exif);
    // A scan, a note between scans, and the end.
    photo.extend_from_slice(&[0xff, 0xda, 0, 2, 1, 2, 0xff, 0, 3, 0xff, 0xfe, 0, 5]);
    photo.extend_from_slice(b"Max");
    photo.extend_from_slice(&[0xff, 0xda, 0, 2, 4, 0xff, 0xd9]);
    let clean = stripped("jpg", &photo).expect("a photo");
    let text = String::from_utf8_lossy(&clean);
    assert!(!text.contains("Kam") && !text.contains("Max"), "{text:?}");
    let note = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
    let at = clean.windows(note.len()).position(|bytes| bytes == note).expect("the note");
    let stated = u16::from_be_bytes([clean[at - 2], clean[at - 1]]);
    assert_eq!(usize::from(stated), note.len() + 2, "its length");
    assert_eq!(stripped("jpg", &clean).expect("the same"), clean);
}

#[test]
fn photos_that_cannot_be_shown_are_found_out() {
    use amip::model::images::{is_for_press, is_readable_png};
    let mut whole = Vec::new();
    let mut encoder = png::Encoder::new(&mut whole, 4, 4);
    encoder.set_color(png::ColorType::Rgb);
    let mut writer = encoder.write_header().expect("a head");
    writer.write_image_data(&[7; 48]).expect("points");
    writer.finish().expect("an end");
    assert!(is_readable_png(&whole));
    let data = whole.windows(4).position(|kind| kind == b"IDAT").expect("data") + 4;
    let mut torn = whole.clone();
    torn[data + 2] ^= 0xff;
    assert!(stripped("png", &torn).is_ok() && !is_readable_png(&torn));

    // The head of a frame: its length, 8 bits, 8 by 8 points, and so many colours.
    let photo = |colours: u8| {
        let mut bytes = vec![0xff, 0xd8, 0xff, 0xee, 0, 3, 0, 0xff, 0xc0, 0, 11, 8, 0, 8, 0, 8];
        bytes.push(colours);
        bytes
    };
    assert!(is_for_press(&photo(4)) && !is_for_press(&photo(3)) && !is_for_press(&[0xff, 0xd8]));
}
