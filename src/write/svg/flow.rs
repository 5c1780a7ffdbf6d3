// SPDX-License-Identifier: EUPL-1.2
//! Boxes and arrows.
//!
//! Boxes stand in rows and columns. An arrow leaves a box at the side that faces its end, and bends
//! in the gap between rows; one that leads back runs along the right edge.

use std::fmt::Write as _;

use rust_decimal::Decimal;

use super::{Anchor, Canvas, Ink, LINE, WIDTH, wrap};
use crate::tree::{Flow, FlowBox};

/// Room between columns.
const ACROSS: i64 = 26;
/// Room between rows, and where words stand beside an arrow.
const DOWN: i64 = 30;
const DOWN_WITH_WORDS: i64 = 44;
/// Room between the edge of a box and its text.
const INNER: i64 = 9;
/// Width of a letter, about, in tenths.
const LETTER: i64 = 68;
/// Least width of a box.
const NARROWEST: i64 = 84;

/// A box with its place on the page.
struct Placed {
    left: i64,
    top: i64,
    width: i64,
    height: i64,
    title: Vec<String>,
    text: Vec<String>,
    strong: bool,
}

impl Placed {
    fn right(&self) -> i64 {
        self.left + self.width
    }

    fn bottom(&self) -> i64 {
        self.top + self.height
    }

    fn middle(&self) -> i64 {
        self.left + self.width / 2
    }

    fn centre(&self) -> i64 {
        self.top + self.height / 2
    }
}

impl Canvas<'_> {
    /// Draws boxes and arrows and gives back the height.
    pub(super) fn flow(&mut self, flow: &Flow) -> i64 {
        let placed = place(flow, WIDTH - aside(flow), across(flow), down(flow));
        let ways: Vec<Vec<(i64, i64)>> =
            (0..flow.arrows.len()).map(|at| route(flow, &placed, at)).collect();
        for way in &ways {
            self.way(way);
        }
        for node in &placed {
            self.node(node);
        }
        // Last, so that nothing covers them.
        let mut bottom = placed.iter().map(Placed::bottom).max().unwrap_or(0);
        bottom = ways.iter().flatten().map(|(_, y)| *y).fold(bottom, i64::max);
        for (way, (from, to, text)) in ways.iter().zip(&flow.arrows) {
            let text = text.as_deref().unwrap_or_default();
            bottom = bottom.max(self.words(way, text, leads_back(flow, *from, *to)));
        }
        bottom + 3
    }

    fn node(&mut self, node: &Placed) {
        let theme = self.theme;
        let fill = if node.strong { theme.accent } else { theme.ground };
        let _ = writeln!(
            self.out,
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"3\" fill=\"{fill}\" stroke=\"{}\" stroke-width=\"1\"/>",
            node.left, node.top, node.width, node.height, theme.accent
        );
        let lines = i64::try_from(node.title.len() + node.text.len()).unwrap_or(1);
        let first = node.top + (node.height - lines * LINE) / 2 + 13;
        let (title, text) =
            if node.strong { (Ink::LightStrong, Ink::Light) } else { (Ink::Strong, Ink::Plain) };
        self.lines(&node.title, node.middle(), first, Anchor::Middle, title);
        let below = first + i64::try_from(node.title.len()).unwrap_or(0) * LINE;
        self.lines(&node.text, node.middle(), below, Anchor::Middle, text);
    }

    /// A line with a head at its end.
    fn way(&mut self, points: &[(i64, i64)]) {
        let grey = self.theme.grey;
        let path: Vec<String> = points.iter().map(|(x, y)| format!("{x},{y}")).collect();
        let _ = writeln!(
            self.out,
            "<polyline points=\"{}\" fill=\"none\" stroke=\"{grey}\" stroke-width=\"1.5\"/>",
            path.join(" ")
        );
        let [.., (px, py), (x, y)] = points else { return };
        let (dx, dy) = ((x - px).signum(), (y - py).signum());
        // Two corners behind the tip, to both sides of the line.
        let (bx, by) = (x - 8 * dx, y - 8 * dy);
        let _ = writeln!(
            self.out,
            "<polygon points=\"{x},{y} {},{} {},{}\" fill=\"{grey}\"/>",
            bx + 4 * dy,
            by + 4 * dx,
            bx - 4 * dy,
            by - 4 * dx
        );
    }

    /// Words beside the longest stretch of a line, or beside its lane at the right edge if it leads
    /// back. Gives back how far down they reach.
    fn words(&mut self, points: &[(i64, i64)], text: &str, back: bool) -> i64 {
        let long =
            |pair: &&[(i64, i64)]| (pair[0].0 - pair[1].0).abs() + (pair[0].1 - pair[1].1).abs();
        let far = |pair: &&[(i64, i64)]| pair[0].0.min(pair[1].0);
        let stretches = points.windows(2);
        let stretch = if back { stretches.max_by_key(far) } else { stretches.max_by_key(long) };
        let (Some([(px, py), (x, y)]), false) = (stretch, text.is_empty()) else { return 0 };
        let (middle_x, middle_y) = (px.midpoint(*x), py.midpoint(*y));
        if px == x {
            let left = middle_x + 6;
            let lines =
                wrap(text, usize::try_from((WIDTH - left) * 10 / LETTER).unwrap_or(0).max(6));
            let count = i64::try_from(lines.len()).unwrap_or(1);
            let top = middle_y + 4 - (count - 1) * LINE / 2;
            self.lines(&lines, left, top, Anchor::Start, Ink::Grey);
            return top + (count - 1) * LINE + 4;
        }
        // Above a line from box to box; below one that runs in a gap between rows.
        let below = if points.len() == 2 { -6 } else { 14 };
        let (x, y) = (Decimal::from(middle_x), middle_y + below);
        self.text(text, x, Decimal::from(y), Anchor::Middle, Ink::Grey);
        y + 4
    }
}

/// The way of an arrow from box to box.
fn route(flow: &Flow, placed: &[Placed], at: usize) -> Vec<(i64, i64)> {
    let (from, to) = (flow.arrows[at].0, flow.arrows[at].1);
    let (one, other) = (&placed[from], &placed[to]);
    let (source, target) = (&flow.boxes[from], &flow.boxes[to]);
    let right = target.column >= source.column + source.columns;
    if leads_back(flow, from, to) {
        // Along the right edge, each in a lane of its own, and up into the box from the gap below it.
        let before = flow.arrows[..at].iter().filter(|(from, to, _)| leads_back(flow, *from, *to));
        let lane = WIDTH - aside(flow) + 8 + 5 * i64::try_from(before.count()).unwrap_or(0).min(2);
        let gap = other.bottom() + DOWN / 2;
        return dense(&[
            (one.right(), one.centre()),
            (lane, one.centre()),
            (lane, gap),
            (other.middle(), gap),
            (other.middle(), other.bottom()),
        ]);
    }
    if target.row == source.row {
        return beside(flow, placed, from, to);
    }
    if right && !flow.down {
        let lane = other.left - ACROSS / 2;
        return dense(&[
            (one.right(), one.centre()),
            (lane, one.centre()),
            (lane, other.centre()),
            (other.left, other.centre()),
        ]);
    }
    let entered = flow.arrows.iter().filter(|(_, end, _)| *end == to).count();
    dense(&downwards(placed, from, to, entered > 1))
}

/// Between boxes of one row: straight, or below what stands between them.
fn beside(flow: &Flow, placed: &[Placed], from: usize, to: usize) -> Vec<(i64, i64)> {
    let (one, other) = (&placed[from], &placed[to]);
    let (left, end) =
        if one.left < other.left { (one.right(), other.left) } else { (other.right(), one.left) };
    let between =
        placed.iter().any(|node| node.top == one.top && node.left >= left && node.right() <= end);
    if between {
        let y = one.bottom() + DOWN / 2;
        return vec![
            (one.middle(), one.bottom()),
            (one.middle(), y),
            (other.middle(), y),
            (other.middle(), other.bottom()),
        ];
    }
    // There and back stand apart.
    let both = flow.arrows.iter().any(|(start, end, _)| (*start, *end) == (to, from));
    let apart = if both { if from < to { -6 } else { 6 } } else { 0 };
    let y = one.top.max(other.top).midpoint(one.bottom().min(other.bottom())) + apart;
    if one.left < other.left { vec![(left, y), (end, y)] } else { vec![(end, y), (left, y)] }
}

/// A way without points that follow themselves.
fn dense(points: &[(i64, i64)]) -> Vec<(i64, i64)> {
    let mut out: Vec<(i64, i64)> = Vec::new();
    for point in points {
        let straight = matches!(out[..], [.., (x1, y1), (x2, y2)] if x1 == x2 && x2 == point.0 || y1 == y2 && y2 == point.1);
        if straight {
            out.pop();
        }
        if out.last() != Some(point) {
            out.push(*point);
        }
    }
    out
}

/// Room at the right edge, for arrows that lead back and their words.
fn aside(flow: &Flow) -> i64 {
    let back = flow.arrows.iter().filter(|(from, to, _)| leads_back(flow, *from, *to));
    let letters = back.map(|(.., text)| text.as_ref().map_or(0, |text| text.chars().count()));
    match letters.max() {
        None => 2,
        Some(0) => 22,
        Some(letters) => {
            (i64::try_from(letters).unwrap_or(i64::MAX / LETTER) * LETTER / 10 + 30).min(130)
        }
    }
}

/// Whether an arrow leads against the direction of the steps.
fn leads_back(flow: &Flow, from: usize, to: usize) -> bool {
    let (source, target) = (&flow.boxes[from], &flow.boxes[to]);
    let right = target.column >= source.column + source.columns;
    target.row < source.row && (flow.down || !right)
}

/// From the lower edge of a box to the upper edge of one below it; boxes in between are passed beside,
/// in the gap between columns.
fn downwards(placed: &[Placed], from: usize, to: usize, shared: bool) -> Vec<(i64, i64)> {
    let (one, other) = (&placed[from], &placed[to]);
    let bend = other.top - DOWN / 2;
    // A bent arrow does not run into a straight one that leads to the same box.
    let side = if one.middle() < other.middle() { -20 } else { 20 };
    let aside = || other.middle() + if shared { side } else { 0 };
    let x = straight(one, other).unwrap_or_else(aside);
    let start = straight(one, other).unwrap_or_else(|| one.middle());
    let between = |node: &Placed| node.top >= one.bottom() && node.bottom() <= other.top;
    let blocked = placed.iter().enumerate().any(|(at, node)| {
        at != from && at != to && between(node) && (node.left..=node.right()).contains(&start)
    });
    if !blocked {
        return vec![(start, one.bottom()), (start, bend), (x, bend), (x, other.top)];
    }
    // The gap beside the column that is nearer to the target.
    let lane = if other.middle() > one.middle() || one.left < ACROSS {
        one.right() + ACROSS / 2
    } else {
        one.left - ACROSS / 2
    };
    let lane = lane.min(WIDTH - 4);
    let out = one.bottom() + DOWN / 2;
    vec![(start, one.bottom()), (start, out), (lane, out), (lane, bend), (x, bend), (x, other.top)]
}

/// Where a straight line down from one box meets the other.
fn straight(one: &Placed, other: &Placed) -> Option<i64> {
    let (left, right) = (one.left.max(other.left), one.right().min(other.right()));
    (right - left > 30).then(|| left.midpoint(right))
}

/// Room between columns: enough for words beside arrows that lead from one to the next.
fn across(flow: &Flow) -> i64 {
    let beside =
        flow.arrows.iter().filter(|(from, to, _)| flow.boxes[*from].row == flow.boxes[*to].row);
    let words = beside.filter_map(|(.., text)| text.as_ref());
    let longest = words.map(|text| i64::try_from(text.chars().count()).unwrap_or(0)).max();
    let columns = flow.boxes.iter().map(|node| i64::from(node.column + node.columns)).max();
    let gaps = columns.unwrap_or(1).max(2) - 1;
    // The boxes keep a width in which words can stand.
    let most = ((WIDTH - NARROWEST * (gaps + 1)) / gaps).clamp(ACROSS, 120);
    longest.map_or(ACROSS, |letters| (letters * LETTER / 10 + 16).clamp(ACROSS, most))
}

/// Room between rows: more where words stand beside an arrow.
fn down(flow: &Flow) -> i64 {
    let words = flow
        .arrows
        .iter()
        .any(|(from, to, text)| text.is_some() && flow.boxes[*from].row != flow.boxes[*to].row);
    if words { DOWN_WITH_WORDS } else { DOWN }
}

fn place(flow: &Flow, width: i64, across: i64, down: i64) -> Vec<Placed> {
    let columns = flow.boxes.iter().map(|node| i64::from(node.column + node.columns)).max();
    let columns = columns.unwrap_or(1);
    let column = (width - across * (columns - 1)) / columns;
    let mut placed: Vec<Placed> =
        flow.boxes.iter().map(|node| measured(node, column, across)).collect();
    let rows = flow.boxes.iter().map(|node| node.row).max().unwrap_or(0);
    let mut top = 2;
    for row in 0..=rows {
        let members: Vec<usize> =
            (0..placed.len()).filter(|at| flow.boxes[*at].row == row).collect();
        let height = members.iter().map(|at| placed[*at].height).max();
        // A row that nobody uses takes no room.
        let Some(height) = height else { continue };
        for at in members {
            placed[at].top = top;
            placed[at].height = height;
            placed[at].left = 1 + i64::from(flow.boxes[at].column) * (column + across);
        }
        top += height + down;
    }
    placed
}

/// A box as wide as its columns and as high as its text.
fn measured(node: &FlowBox, column: i64, across: i64) -> Placed {
    let count = i64::from(node.columns);
    let width = column * count + across * (count - 1);
    let chars = usize::try_from((width - 2 * INNER) * 10 / LETTER).unwrap_or(12).max(6);
    let lines = |text: &str| if text.trim().is_empty() { Vec::new() } else { wrap(text, chars) };
    let (title, text) = (lines(&node.title), lines(&node.text));
    let height = i64::try_from(title.len() + text.len()).unwrap_or(1) * LINE + 2 * INNER;
    Placed { left: 0, top: 0, width, height, title, text, strong: node.strong }
}
