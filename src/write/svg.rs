// SPDX-License-Identifier: EUPL-1.2
//! Diagrams as SVG, with real text; the same file serves Markdown and PDF.
//!
//! All geometry is exact (tenths of a point), so that the same data give the same bytes everywhere.

use std::fmt::Write as _;

use rust_decimal::Decimal;

use super::Theme;
use crate::tree::{Category, Chart, ChartKind, Step};

/// Width of every diagram.
const WIDTH: i64 = 640;
/// Size of labels.
const SIZE: i64 = 14;
/// Height of a line of a label.
const LINE: i64 = 17;

/// Draws a diagram. `alt` describes it for those who do not see it.
pub fn chart(chart: &Chart, alt: &str, theme: &Theme) -> String {
    let mut canvas = Canvas { out: String::new(), theme };
    let height = match chart.kind {
        ChartKind::Waterfall => canvas.waterfall(chart),
        ChartKind::Bars | ChartKind::Groups => canvas.bars(chart),
    };
    let font = escape(&theme.font);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{height}\" viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" aria-label=\"{alt}\" font-family=\"'{font}', 'Source Sans Pro', 'Segoe UI', sans-serif\" font-size=\"{SIZE}\">\n<title>{alt}</title>\n{body}</svg>\n",
        alt = escape(alt),
        body = canvas.out,
    )
}

/// Where a text is anchored.
#[derive(Clone, Copy)]
enum Anchor {
    Start,
    End,
}

struct Canvas<'a> {
    out: String,
    theme: &'a Theme,
}

impl Canvas<'_> {
    /// Horizontal bars: labels at the left, values at the end of each bar.
    fn bars(&mut self, chart: &Chart) -> i64 {
        const LABEL: i64 = 236;
        const VALUE: i64 = 64;
        let series = i64::try_from(chart.series.len().max(1)).unwrap_or(1);
        let bar = if series == 1 { 22 } else { 16 };
        let (low, high) = extent(
            chart.categories.iter().flat_map(|category| &category.bars).map(|bar| bar.value),
        );
        let room = Decimal::from(WIDTH - LABEL - VALUE);
        let span = if (high - low).is_zero() { Decimal::ONE } else { high - low };
        let x = |value: Decimal| Decimal::from(LABEL) + (value - low) / span * room;
        let mut y = if series > 1 { self.legend(chart) } else { 6 };
        let top = y;
        for category in &chart.categories {
            let lines = wrap(&category.label, 32);
            let text = i64::try_from(lines.len()).unwrap_or(1) * LINE;
            let height = (bar * series + 2 * (series - 1)).max(text);
            self.lines(&lines, LABEL - 12, y + (height - text) / 2 + 13, Anchor::End);
            let mut at = y + (height - bar * series - 2 * (series - 1)) / 2;
            for (number, value) in category.bars.iter().enumerate() {
                let (from, to) = (x(Decimal::ZERO.clamp(low, high)), x(value.value));
                self.rect(
                    from.min(to),
                    Decimal::from(at),
                    (to - from).abs(),
                    Decimal::from(bar),
                    number,
                );
                let label_x = from.max(to) + Decimal::from(6);
                self.text(
                    &value.label,
                    label_x,
                    Decimal::from(at + bar / 2 + 5),
                    Anchor::Start,
                    number == 0,
                );
                at += bar + 2;
            }
            y += height + if series > 1 { 14 } else { 10 };
        }
        let ground = x(Decimal::ZERO.clamp(low, high));
        self.line(ground, Decimal::from(top - 2), ground, Decimal::from(y - 6));
        y + 2
    }

    /// Bars that build on each other, joined by thin lines. They lie, so that any label fits.
    fn waterfall(&mut self, chart: &Chart) -> i64 {
        const LABEL: i64 = 236;
        const VALUE: i64 = 72;
        const BAR: i64 = 20;
        let steps = steps(&chart.categories);
        let (low, high) = extent(steps.iter().flat_map(|(from, to)| [*from, *to]));
        let span = if (high - low).is_zero() { Decimal::ONE } else { high - low };
        let room = Decimal::from(WIDTH - LABEL - VALUE);
        let x = |value: Decimal| Decimal::from(LABEL) + (value - low) / span * room;
        let mut y = 6;
        for (at, (category, (from, to))) in chart.categories.iter().zip(&steps).enumerate() {
            let lines = wrap(&category.label, 32);
            let text = i64::try_from(lines.len()).unwrap_or(1) * LINE;
            let height = BAR.max(text);
            self.lines(&lines, LABEL - 12, y + (height - text) / 2 + 13, Anchor::End);
            let top = y + (height - BAR) / 2;
            let (left, right) = (x(*from.min(to)), x(*from.max(to)));
            let tone = usize::from(category.step != Step::Level);
            self.rect(
                left,
                Decimal::from(top),
                (right - left).max(Decimal::ONE),
                Decimal::from(BAR),
                tone,
            );
            let label = category.bars.first().map_or("", |bar| bar.label.as_str());
            let sign = match category.step {
                _ if !label.starts_with(|c: char| c.is_ascii_digit()) => "",
                Step::Level => "",
                Step::Up => "+",
                Step::Down => "−",
            };
            let strong = category.step == Step::Level;
            self.text(
                &format!("{sign}{label}"),
                right + Decimal::from(6),
                Decimal::from(top + BAR / 2 + 5),
                Anchor::Start,
                strong,
            );
            y += height + 10;
            if at + 1 < steps.len() {
                let level = x(*to);
                self.line(level, Decimal::from(top + BAR), level, Decimal::from(y));
            }
        }
        let ground = x(Decimal::ZERO.clamp(low, high));
        self.line(ground, Decimal::from(2), ground, Decimal::from(y - 6));
        y + 2
    }

    fn legend(&mut self, chart: &Chart) -> i64 {
        let mut x = 236;
        for (number, name) in chart.series.iter().enumerate() {
            self.rect(
                Decimal::from(x),
                Decimal::from(4),
                Decimal::from(14),
                Decimal::from(14),
                number,
            );
            self.text(name, Decimal::from(x + 20), Decimal::from(16), Anchor::Start, number == 0);
            x += 44 + i64::try_from(name.chars().count()).unwrap_or(10) * 7;
        }
        32
    }

    fn rect(&mut self, x: Decimal, y: Decimal, width: Decimal, height: Decimal, tone: usize) {
        let accent = &self.theme.accent;
        // The second tone is hatched by its outline, so that colour never tells alone.
        let fill = match tone {
            0 => format!("fill=\"{accent}\""),
            1 => format!(
                "fill=\"{accent}\" fill-opacity=\"0.28\" stroke=\"{accent}\" stroke-width=\"1\""
            ),
            _ => format!(
                "fill=\"none\" stroke=\"{accent}\" stroke-width=\"1\" stroke-dasharray=\"3 2\""
            ),
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

    fn text(&mut self, text: &str, x: Decimal, y: Decimal, anchor: Anchor, strong: bool) {
        let anchor = match anchor {
            Anchor::Start => "start",
            Anchor::End => "end",
        };
        let weight = if strong { " font-weight=\"600\"" } else { "" };
        let _ = writeln!(
            self.out,
            "<text x=\"{}\" y=\"{}\" text-anchor=\"{anchor}\" fill=\"{}\"{weight}>{}</text>",
            point(x),
            point(y),
            self.theme.text,
            escape(text)
        );
    }

    fn lines(&mut self, lines: &[String], x: i64, y: i64, anchor: Anchor) {
        let mut y = y;
        for line in lines {
            self.text(line, Decimal::from(x), Decimal::from(y), anchor, false);
            y += LINE;
        }
    }
}

/// Smallest and largest value, with zero among them.
fn extent(values: impl Iterator<Item = Decimal>) -> (Decimal, Decimal) {
    values.fold((Decimal::ZERO, Decimal::ZERO), |(low, high), value| {
        (low.min(value), high.max(value))
    })
}

/// Beginning and end of each column of a waterfall.
fn steps(categories: &[Category]) -> Vec<(Decimal, Decimal)> {
    let mut level = Decimal::ZERO;
    categories
        .iter()
        .map(|category| {
            let value = category.bars.first().map_or(Decimal::ZERO, |bar| bar.value);
            let (from, to) = match category.step {
                Step::Level => (Decimal::ZERO, value),
                Step::Up => (level, level + value),
                Step::Down => (level, level - value),
            };
            level = to;
            (from, to)
        })
        .collect()
}

/// Breaks a label into lines of about `chars` characters, long words at a hyphen.
fn wrap(text: &str, chars: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut words: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let mut rest = word;
        while rest.chars().count() > chars {
            let cut = rest
                .match_indices('-')
                .map(|(at, _)| at + 1)
                .rfind(|at| *at < rest.len() && rest[..*at].chars().count() <= chars);
            match cut {
                Some(at) => {
                    words.push(rest[..at].to_owned());
                    rest = &rest[at..];
                }
                None => break,
            }
        }
        words.push(rest.to_owned());
    }
    for word in words {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= chars => {
                // A word cut at its hyphen goes on without a space.
                if !line.ends_with('-') {
                    line.push(' ');
                }
                line.push_str(&word);
            }
            _ => lines.push(word),
        }
    }
    if lines.is_empty() { vec![String::new()] } else { lines }
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
