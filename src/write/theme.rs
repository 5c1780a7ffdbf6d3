// SPDX-License-Identifier: EUPL-1.2
//! The colours of the theme file, for what is drawn outside typst.

/// Colours and font of diagrams, taken from `thema.typ` so that there is one place to change them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Theme {
    /// Main colour.
    pub accent: String,
    /// Text.
    pub text: String,
    /// Secondary text.
    pub grey: String,
    /// Fine lines.
    pub hairline: String,
    /// Font family.
    pub font: String,
}

impl Theme {
    /// Reads the theme file; what it does not say keeps a default.
    pub fn read(source: &str) -> Self {
        let colour = |name: &str, default: &str| {
            value(source, name, "rgb(\"").filter(|hex| is_hex(hex)).unwrap_or(default).to_owned()
        };
        Self {
            accent: colour("akzent", "#0b4f6c"),
            text: colour("schriftfarbe", "#1a1a1a"),
            grey: colour("grau", "#555555"),
            hairline: colour("haarlinie", "#b3bfc6"),
            font: value(source, "schrift", "\"").unwrap_or("Source Sans 3").to_owned(),
        }
    }
}

/// The text in quotes behind `#let name = …`.
fn value<'a>(source: &'a str, name: &str, opening: &str) -> Option<&'a str> {
    let line = source.lines().find_map(|line| line.strip_prefix(&format!("#let {name} = ")))?;
    line.strip_prefix(opening)?.split('"').next()
}

/// `#rrggbb`; nothing else is put into an SVG file.
fn is_hex(text: &str) -> bool {
    text.len() == 7 && text.starts_with('#') && text[1..].chars().all(|c| c.is_ascii_hexdigit())
}
