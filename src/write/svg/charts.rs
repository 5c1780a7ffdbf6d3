// SPDX-License-Identifier: EUPL-1.2
//! Bars, stacked bars, waterfalls and lines.

use std::fmt::Write as _;

use rust_decimal::Decimal;

use super::{Anchor, Canvas, Ink, LINE, WIDTH, point, wrap};
use crate::tree::{Bar, Category, Chart, ChartKind, Step};

/// Room for labels at the left.
const LABEL: i64 = 236;

impl Canvas<'_> {
    /// Draws a diagram and gives back its height.
    pub(super) fn chart(&mut self, chart: &Chart) -> i64 {
        match chart.kind {
            ChartKind::Waterfall => self.waterfall(chart),
            ChartKind::Bars | ChartKind::Groups => self.bars(chart),
            ChartKind::Stacked => self.stacked(chart),
            ChartKind::Lines => self.curves(chart),
        }
    }

    /// Horizontal bars: labels at the left, values at the end of each bar.
    fn bars(&mut self, chart: &Chart) -> i64 {
        let value_room = value_room(chart);
        let series = i64::try_from(chart.series.len().max(1)).unwrap_or(1);
        let bar = if series == 1 { 22 } else { 16 };
        let (low, high) = extent(
            chart.categories.iter().flat_map(|category| &category.bars).filter_map(|bar| bar.value),
        );
        let room = Decimal::from(WIDTH - LABEL - value_room);
        let span = if (high - low).is_zero() { Decimal::ONE } else { high - low };
        let x = |value: Decimal| Decimal::from(LABEL) + (value - low) / span * room;
        let mut y = if series > 1 { self.legend(chart, LABEL) } else { 6 };
        let top = y;
        for category in &chart.categories {
            let lines = wrap(&category.label, 32);
            let text = i64::try_from(lines.len()).unwrap_or(1) * LINE;
            let height = (bar * series + 2 * (series - 1)).max(text);
            self.lines(&lines, LABEL - 12, y + (height - text) / 2 + 13, Anchor::End, Ink::Plain);
            let mut at = y + (height - bar * series - 2 * (series - 1)) / 2;
            for (number, value) in category.bars.iter().enumerate() {
                let zero = Decimal::ZERO.clamp(low, high);
                let (from, to) = (x(zero), x(value.value.unwrap_or(zero)));
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
                    if number == 0 { Ink::Strong } else { Ink::Plain },
                );
                at += bar + 2;
            }
            y += height + if series > 1 { 14 } else { 10 };
        }
        let ground = x(Decimal::ZERO.clamp(low, high));
        self.line(ground, Decimal::from(top - 2), ground, Decimal::from(y - 6));
        y + 2
    }

    /// One bar per category, its parts behind each other, each with its value if there is room.
    fn stacked(&mut self, chart: &Chart) -> i64 {
        const BAR: i64 = 26;
        let sum = |category: &Category| -> Decimal { category.bars.iter().map(length).sum() };
        let most = chart.categories.iter().map(sum).max().unwrap_or_default();
        let most = if most.is_zero() { Decimal::ONE } else { most };
        let room = Decimal::from(WIDTH - LABEL - 96);
        let mut y = self.legend(chart, LABEL);
        let top = y;
        for category in &chart.categories {
            let lines = wrap(&category.label, 32);
            let text = i64::try_from(lines.len()).unwrap_or(1) * LINE;
            let height = BAR.max(text);
            self.lines(&lines, LABEL - 12, y + (height - text) / 2 + 13, Anchor::End, Ink::Plain);
            let at = y + (height - BAR) / 2;
            let mut x = Decimal::from(LABEL);
            // Values of parts that are too narrow for them stand behind the bar.
            let mut outside: Vec<&str> = Vec::new();
            for (number, bar) in category.bars.iter().enumerate() {
                let width = length(bar) / most * room;
                self.rect(x, Decimal::from(at), width, Decimal::from(BAR), number);
                let needed = i64::try_from(bar.label.chars().count()).unwrap_or(i64::MAX);
                if width >= Decimal::from(needed.saturating_mul(8) + 6) {
                    let ink = if number % super::TONES == 0 { Ink::Light } else { Ink::Plain };
                    let middle = x + width / Decimal::TWO;
                    self.text(&bar.label, middle, Decimal::from(at + 18), Anchor::Middle, ink);
                } else {
                    outside.push(&bar.label);
                }
                x += width;
            }
            let words = outside.join("; ");
            let behind = x + Decimal::from(6);
            self.text(&words, behind, Decimal::from(at + 18), Anchor::Start, Ink::Grey);
            y += height + 12;
        }
        let ground = Decimal::from(LABEL);
        self.line(ground, Decimal::from(top - 2), ground, Decimal::from(y - 8));
        y
    }

    /// Bars that build on each other, joined by thin lines. They lie, so that any label fits.
    fn waterfall(&mut self, chart: &Chart) -> i64 {
        const BAR: i64 = 20;
        let value_room = value_room(chart);
        let steps = steps(&chart.categories);
        let (low, high) = extent(steps.iter().flat_map(|(from, to)| [*from, *to]));
        let span = if (high - low).is_zero() { Decimal::ONE } else { high - low };
        let room = Decimal::from(WIDTH - LABEL - value_room);
        let x = |value: Decimal| Decimal::from(LABEL) + (value - low) / span * room;
        let mut y = 6;
        for (at, (category, (from, to))) in chart.categories.iter().zip(&steps).enumerate() {
            let lines = wrap(&category.label, 32);
            let text = i64::try_from(lines.len()).unwrap_or(1) * LINE;
            let height = BAR.max(text);
            self.lines(&lines, LABEL - 12, y + (height - text) / 2 + 13, Anchor::End, Ink::Plain);
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
            let ink = if category.step == Step::Level { Ink::Strong } else { Ink::Plain };
            self.text(
                &signed(label, category.step),
                right + Decimal::from(6),
                Decimal::from(top + BAR / 2 + 5),
                Anchor::Start,
                ink,
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

    /// One line per series over points in time. Lines differ in dashes and marks, not in colour alone.
    fn curves(&mut self, chart: &Chart) -> i64 {
        const LEFT: i64 = 44;
        const HIGH: i64 = 210;
        // Room for a label below the lowest point.
        const LOWEST: i64 = 40;
        let values = || chart.categories.iter().flat_map(|category| &category.bars);
        let high = values().filter_map(|bar| bar.value).max().unwrap_or_default();
        let lowest = values().filter_map(|bar| bar.value).min().unwrap_or_default();
        // From zero, unless that would press the lines flat; then the axis says so.
        let broken = lowest > high / Decimal::from(3);
        let low = if broken { lowest } else { lowest.min(Decimal::ZERO) };
        let span = if (high - low).is_zero() { Decimal::ONE } else { high - low };
        let top = self.line_legend(chart, LEFT) + 22;
        let gaps = i64::try_from(chart.categories.len().saturating_sub(1)).unwrap_or(1).max(1);
        let x = |at: usize| {
            let at = Decimal::from(i64::try_from(at).unwrap_or_default());
            Decimal::from(LEFT) + at * Decimal::from(WIDTH - 2 * LEFT) / Decimal::from(gaps)
        };
        let y = |value: Decimal| Decimal::from(top) + (high - value) / span * Decimal::from(HIGH);
        let ground = Decimal::from(top + HIGH + LOWEST);
        self.line(Decimal::from(LEFT - 24), ground, Decimal::from(WIDTH - LEFT + 24), ground);
        if broken {
            self.axis_break(LEFT - 24, top + HIGH + LOWEST);
        }
        let every = chart.categories.len() <= 10;
        for series in 0..chart.series.len() {
            // A value that is not known yet parts the line; its reason stands at the axis.
            let mut stretches: Vec<Vec<(Decimal, Decimal, &str)>> = vec![Vec::new()];
            for (at, category) in chart.categories.iter().enumerate() {
                let Some(bar) = category.bars.get(series) else { continue };
                match (bar.value, stretches.last_mut()) {
                    (Some(value), Some(last)) => last.push((x(at), y(value), &bar.label)),
                    _ => {
                        stretches.push(Vec::new());
                        let line = ground - Decimal::from(6);
                        self.text(&bar.label, x(at), line, Anchor::Middle, Ink::Grey);
                    }
                }
            }
            stretches.iter().for_each(|points| self.curve(points, series));
            let points: Vec<(Decimal, Decimal, &str)> = stretches.concat();
            // Labels of the first line stand above it, those of the others below.
            let above = series == 0;
            for (at, (x, y, label)) in points.iter().enumerate() {
                let end = at == 0 || at + 1 == points.len();
                if every || end {
                    let line = *y + Decimal::from(if above { -10 } else { 20 });
                    let ink = if above { Ink::Strong } else { Ink::Plain };
                    self.text(label, *x, line, Anchor::Middle, ink);
                }
            }
        }
        // Not more labels than can stand beside each other.
        let step = chart.categories.len().div_ceil(8);
        let room = (WIDTH - 2 * LEFT) / gaps * i64::try_from(step).unwrap_or(1);
        let letters = usize::try_from(room / 8).unwrap_or(8).max(6);
        let mut bottom = 0;
        for (at, category) in chart.categories.iter().enumerate().step_by(step) {
            let lines = wrap(&category.label, letters);
            let mut below = ground + Decimal::from(18);
            for line in &lines {
                self.text(line, x(at), below, Anchor::Middle, Ink::Plain);
                below += Decimal::from(LINE);
            }
            bottom = bottom.max(i64::try_from(lines.len()).unwrap_or(1) * LINE);
        }
        top + HIGH + LOWEST + bottom + 10
    }

    /// Two strokes over the axis, with words: it does not begin at zero.
    fn axis_break(&mut self, left: i64, y: i64) {
        let grey = self.theme.grey;
        for x in [left + 5, left + 10] {
            let _ = writeln!(
                self.out,
                "<line x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\" stroke=\"{grey}\" stroke-width=\"1.5\"/>",
                x - 3,
                y + 5,
                x + 3,
                y - 5
            );
        }
        let words = "Achse beginnt nicht bei null";
        let (x, y) = (Decimal::from(left + 18), Decimal::from(y - 4));
        self.out.push_str("<g font-size=\"11\">\n");
        self.text(words, x, y, Anchor::Start, Ink::Grey);
        self.out.push_str("</g>\n");
    }

    fn curve(&mut self, points: &[(Decimal, Decimal, &str)], series: usize) {
        let accent = &self.theme.accent;
        let dashes = match series % 3 {
            0 => "",
            1 => " stroke-dasharray=\"7 4\"",
            _ => " stroke-dasharray=\"2 4\"",
        };
        let path: Vec<String> =
            points.iter().map(|(x, y, _)| format!("{},{}", point(*x), point(*y))).collect();
        let _ = writeln!(
            self.out,
            "<polyline points=\"{}\" fill=\"none\" stroke=\"{accent}\" stroke-width=\"2\"{dashes}/>",
            path.join(" ")
        );
        for (x, y, _) in points {
            self.mark(*x, *y, series);
        }
    }

    /// A full circle, an empty circle, a square.
    fn mark(&mut self, x: Decimal, y: Decimal, series: usize) {
        let accent = &self.theme.accent;
        let fill = if series % 3 == 1 { "#ffffff".to_owned() } else { accent.to_string() };
        let _ = if series % 3 == 2 {
            let four = Decimal::from(4);
            writeln!(
                self.out,
                "<rect x=\"{}\" y=\"{}\" width=\"8\" height=\"8\" fill=\"{fill}\"/>",
                point(x - four),
                point(y - four)
            )
        } else {
            writeln!(
                self.out,
                "<circle cx=\"{}\" cy=\"{}\" r=\"4\" fill=\"{fill}\" stroke=\"{accent}\" stroke-width=\"2\"/>",
                point(x),
                point(y)
            )
        };
    }

    /// The names of several lines, each behind a piece of its line; one line needs none.
    fn line_legend(&mut self, chart: &Chart, left: i64) -> i64 {
        if chart.series.len() < 2 {
            return 0;
        }
        let (mut x, mut y) = (left, 12);
        for (series, name) in chart.series.iter().enumerate() {
            let width = 46 + i64::try_from(name.chars().count()).unwrap_or(10) * 8;
            if x + width > WIDTH && x > left {
                (x, y) = (left, y + 22);
            }
            let at = Decimal::from(y);
            self.curve(&[(Decimal::from(x), at, ""), (Decimal::from(x + 30), at, "")], series);
            let ink = if series == 0 { Ink::Strong } else { Ink::Plain };
            self.text(name, Decimal::from(x + 40), Decimal::from(y + 5), Anchor::Start, ink);
            x += width + 16;
        }
        y + 14
    }

    /// The names of the series, broken into rows.
    fn legend(&mut self, chart: &Chart, left: i64) -> i64 {
        let (mut x, mut y) = (left, 4);
        for (number, name) in chart.series.iter().enumerate() {
            let width = 34 + i64::try_from(name.chars().count()).unwrap_or(10) * 8;
            if x + width > WIDTH && x > left {
                (x, y) = (left, y + 22);
            }
            self.rect(
                Decimal::from(x),
                Decimal::from(y),
                Decimal::from(14),
                Decimal::from(14),
                number,
            );
            let ink = if number == 0 { Ink::Strong } else { Ink::Plain };
            self.text(name, Decimal::from(x + 20), Decimal::from(y + 12), Anchor::Start, ink);
            x += width + 10;
        }
        y + 28
    }
}

/// A value with its sign before the first digit: `ca. −400`.
fn signed(label: &str, step: Step) -> String {
    let sign = match step {
        Step::Level => "",
        Step::Up => "+",
        Step::Down => "−",
    };
    match label.find(|c: char| c.is_ascii_digit()) {
        Some(at) if !label[..at].ends_with(['+', '−']) => {
            format!("{}{sign}{}", &label[..at], &label[at..])
        }
        _ => label.to_owned(),
    }
}

/// The length of a part of a stacked bar.
fn length(bar: &Bar) -> Decimal {
    bar.value.unwrap_or_default().max(Decimal::ZERO)
}

/// Room for values behind the bars: as much as the longest needs.
fn value_room(chart: &Chart) -> i64 {
    let bars = chart.categories.iter().flat_map(|category| &category.bars);
    let longest = bars.map(|bar| bar.label.chars().count()).max().unwrap_or(0);
    // A sign may stand before it.
    (i64::try_from(longest).unwrap_or(0) * 8 + 24).clamp(64, 190)
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
            let value = category.bars.first().and_then(|bar| bar.value).unwrap_or_default();
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
