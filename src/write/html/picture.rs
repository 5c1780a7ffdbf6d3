// SPDX-License-Identifier: EUPL-1.2
//! Pictures: drawings as part of the page, photographs as data.
//!
//! Not here: how diagrams are drawn.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

use super::Writer;
use super::inline::{escape, hidden};
use crate::tree::{Image, Picture};
use crate::write::svg;

impl<'a> Writer<'a> {
    pub(super) fn picture(&mut self, picture: &'a Picture) {
        let id = self.anchors.attribute(Some(&picture.id));
        let number = picture.number.as_deref();
        let width = picture.width.clamp(1, 100);
        let name = escape(&self.called(number, &picture.caption, "Schaubild"));
        self.out.push_str(&format!("<figure{id} style=\"--breite:{width}%\">\n"));
        if let Image::Bytes(bytes) = &picture.image {
            let ending = picture.file.rsplit_once('.').map_or("", |(_, ending)| ending);
            let (image, alt) = (data(ending, bytes), escape(&picture.alt));
            self.out.push_str(&format!("<img src=\"{image}\" alt=\"{alt}\">\n"));
        } else {
            // Letters in a drawing stay legible on a narrow screen: it may be wider than that.
            let file = svg::picture(picture, &self.document.theme);
            self.out.push_str(&format!(
                "<div class=\"zeichnung\" role=\"region\" aria-label=\"{name}\" tabindex=\"0\">\n{}</div>\n",
                String::from_utf8_lossy(&file.bytes)
            ));
        }
        let below = [&picture.source, &picture.note];
        if number.is_some()
            || below.into_iter().chain([&picture.caption]).any(|text| !text.is_empty())
        {
            self.out.push_str("<figcaption>\n");
            if number.is_some() || !picture.caption.is_empty() {
                self.out.push_str("<p>");
                self.caption(number, &picture.caption);
                self.out.push_str("</p>\n");
            }
            self.small(below.into_iter());
            self.out.push_str("</figcaption>\n");
        }
        self.out.push_str("</figure>\n");
        if let Some(table) = &picture.data {
            let summary = self.document.meta.word("daten");
            self.out.push_str(&format!(
                "<details>\n<summary>{}{}</summary>\n",
                escape(summary),
                hidden(&format!(": {}", number.unwrap_or(&picture.alt)))
            ));
            self.table(table, &format!("{summary}: {}", number.unwrap_or(&picture.alt)));
            self.out.push_str("</details>\n");
        }
    }
}

/// A file as an address of its own.
pub(super) fn data(ending: &str, bytes: &[u8]) -> String {
    let kind = match ending.to_ascii_lowercase().as_str() {
        "svg" => "svg+xml",
        "jpg" | "jpeg" => "jpeg",
        _ => "png",
    };
    format!("data:image/{kind};base64,{}", BASE64_STANDARD.encode(bytes))
}
