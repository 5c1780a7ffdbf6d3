// SPDX-License-Identifier: EUPL-1.2
//! Pictures as SVG, with real text; the same file serves Markdown and PDF.
//!
//! Bars and lines are in `charts`, boxes and arrows in `flow`. All geometry is exact (tenths of a
//! point), so that the same data give the same bytes everywhere.

mod charts;
mod flow;

use std::fmt::Write as _;

use rust_decimal::Decimal;

use crate::tree::theme::Theme;
use crate::tree::{Image, Picture};

/// Width of every picture.
const WIDTH: i64 = 640;
/// Size of labels.
const SIZE: i64 = 14;
/// Height of a line of a label.
const LINE: i64 = 17;

/// A picture's file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Height of a drawing for a width of 640; `None` for pictures from elsewhere.
    pub height: Option<i64>,
}

/// The file of a picture.
pub fn picture(picture: &Picture, theme: &Theme) -> File {
    let mut canvas = Canvas { out: String::new(), theme };
    let height = match &picture.image {
        Image::Bytes(bytes) => return File { bytes: bytes.clone(), height: None },
        Image::Chart(chart) => canvas.chart(chart),
        Image::Flow(flow) => canvas.flow(flow),
        Image::Placeholder => canvas.placeholder(&picture.alt),
    };
    let font = escape(&theme.font);
    let text = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{height}\" viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" aria-label=\"{alt}\" font-family=\"'{font}', 'Source Sans Pro', 'Segoe UI', sans-serif\" font-size=\"{SIZE}\">\n<title>{alt}</title>\n{body}</svg>\n",
        alt = escape(&picture.alt),
        body = canvas.out,
    );
    File { bytes: text.into_bytes(), height: Some(height) }
}

/// Where a text is anchored.
#[derive(Clone, Copy)]
enum Anchor {
    Start,
    Middle,
    End,
}

/// How a text is set.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ink {
    Plain,
    Strong,
    /// On a dark ground.
    Light,
    LightStrong,
    /// Beside the thing itself.
    Grey,
}

struct Canvas<'a> {
    out: String,
    theme: &'a Theme,
}

impl Canvas<'_> {
    /// A frame for a picture that is not there yet, with what will be seen.
    fn placeholder(&mut self, alt: &str) -> i64 {
        const HIGH: i64 = 32;
        let lines = wrap(alt, 46);
        let text = i64::try_from(lines.len()).unwrap_or(1) * HIGH;
        let height = 210 + text;
        let (ground, grey) = (self.theme.ground, self.theme.grey);
        let _ = writeln!(
            self.out,
            "<rect x=\"1\" y=\"1\" width=\"{}\" height=\"{}\" fill=\"{ground}\" stroke=\"{grey}\" stroke-width=\"1\" stroke-dasharray=\"6 4\"/>",
            WIDTH - 2,
            height - 2,
        );
        // A landscape: what stands for a picture everywhere.
        let middle = WIDTH / 2;
        let _ = writeln!(
            self.out,
            "<path d=\"M{} 146 l54 -72 l36 42 l24 -30 l48 60 z\" fill=\"{grey}\"/>\n<circle cx=\"{}\" cy=\"52\" r=\"14\" fill=\"{grey}\"/>",
            middle - 81,
            middle + 42,
        );
        // Larger letters, because such a picture often stands in a narrow column.
        self.out.push_str("<g font-size=\"25\">\n");
        for (at, line) in (0..).zip(&lines) {
            let y = Decimal::from(196 + at * HIGH);
            self.text(line, Decimal::from(middle), y, Anchor::Middle, Ink::Grey);
        }
        self.out.push_str("</g>\n");
        height
    }

    fn rect(&mut self, x: Decimal, y: Decimal, width: Decimal, height: Decimal, tone: usize) {
        let accent = &self.theme.accent;
        // The tones differ in lightness and outline, so that colour never tells alone.
        let tinted = |share: &str| {
            format!(
                "fill=\"{accent}\" fill-opacity=\"{share}\" stroke=\"{accent}\" stroke-width=\"1\""
            )
        };
        let fill = match tone % TONES {
            0 => format!("fill=\"{accent}\""),
            1 => tinted("0.28"),
            2 => format!(
                "fill=\"none\" stroke=\"{accent}\" stroke-width=\"1\" stroke-dasharray=\"3 2\""
            ),
            3 => tinted("0.55"),
            _ => tinted("0.1"),
        };
        let _ = writeln!(
            self.out,
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" {fill}/>",
            point(x),
            point(y),
            point(width),
            point(height)
        );
    }

    fn line(&mut self, x1: Decimal, y1: Decimal, x2: Decimal, y2: Decimal) {
        let _ = writeln!(
            self.out,
            "<line x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\" stroke=\"{}\" stroke-width=\"1\"/>",
            point(x1),
            point(y1),
            point(x2),
            point(y2),
            self.theme.grey
        );
    }

    fn text(&mut self, text: &str, x: Decimal, y: Decimal, anchor: Anchor, ink: Ink) {
        let anchor = match anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        let weight = match ink {
            Ink::Strong | Ink::LightStrong => " font-weight=\"600\"",
            Ink::Plain | Ink::Light | Ink::Grey => "",
        };
        let colour = match ink {
            Ink::Plain | Ink::Strong => self.theme.text.to_string(),
            Ink::Light | Ink::LightStrong => "#ffffff".to_owned(),
            Ink::Grey => self.theme.grey.to_string(),
        };
        let _ = writeln!(
            self.out,
            "<text x=\"{}\" y=\"{}\" text-anchor=\"{anchor}\" fill=\"{colour}\"{weight}>{}</text>",
            point(x),
            point(y),
            escape(text)
        );
    }

    fn lines(&mut self, lines: &[String], x: i64, y: i64, anchor: Anchor, ink: Ink) {
        let mut y = y;
        for line in lines {
            self.text(line, Decimal::from(x), Decimal::from(y), anchor, ink);
            y += LINE;
        }
    }
}

/// How many tones of bars can be told apart.
const TONES: usize = 5;

/// Breaks a label into lines of about `chars` characters, long words at a hyphen or a syllable.
fn wrap(text: &str, chars: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    // No-break spaces hold words together.
    for word in text.split([' ', '\n']).filter(|word| !word.is_empty()) {
        let mut first = true;
        for piece in pieces(word, chars) {
            match lines.last_mut() {
                // A word cut at its hyphen goes on without a space.
                Some(line) if line.chars().count() + 1 + piece.chars().count() <= chars => {
                    if first {
                        line.push(' ');
                    }
                    line.push_str(&piece);
                }
                _ => lines.push(piece),
            }
            first = false;
        }
    }
    if lines.is_empty() { vec![String::new()] } else { lines }
}

/// A word in pieces that fit into a line.
fn pieces(word: &str, chars: usize) -> Vec<String> {
    let length = |text: &str| text.chars().count();
    let mut out = vec![String::new()];
    for part in word.split_inclusive('-') {
        let last = out.last_mut().map_or(0, |last| length(last));
        if last > 0 && last + length(part) > chars {
            out.push(String::new());
        }
        if length(part) <= chars {
            out.last_mut().into_iter().for_each(|last| last.push_str(part));
            continue;
        }
        for syllable in hypher::hyphenate(part, hypher::Lang::German) {
            let Some(last) = out.last_mut() else { break };
            if !last.is_empty() && length(last) + length(syllable) + 1 > chars {
                if !last.ends_with('-') {
                    last.push('-');
                }
                out.push(String::new());
            }
            out.last_mut().into_iter().for_each(|last| last.push_str(syllable));
        }
    }
    out
}

/// A coordinate with at most one digit behind the point.
fn point(value: Decimal) -> String {
    value.round_dp(1).normalize().to_string()
}

fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}
