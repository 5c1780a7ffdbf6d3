// SPDX-License-Identifier: EUPL-1.2
//! The tree of a figure with its lines.

use super::columns::{Align, aligned};
use crate::explain::derivation::Node;

/// A line of the tree: a figure, or a remark about the one above it.
enum Line {
    Figure(Vec<String>),
    Remark(String),
}

/// The tree, two blanks in.
pub(super) fn of(root: &Node, stated_word: &str) -> String {
    if root.how.is_none() {
        let mut out = format!("  eingetragen in {}: {}\n", root.place, root.value);
        root.stated.iter().for_each(|stated| out.push_str(&format!("  {stated_word}: {stated}\n")));
        root.notes.iter().for_each(|note| out.push_str(&format!("  {note}\n")));
        return out;
    }
    let mut lines = Vec::new();
    add(root, "", "", stated_word, &mut lines);
    let figures: Vec<Vec<String>> = lines
        .iter()
        .filter_map(|line| match line {
            Line::Figure(cells) => Some(cells.clone()),
            Line::Remark(_) => None,
        })
        .collect();
    let text = aligned(&figures, &[Align::Left, Align::Right, Align::Left], "  ");
    let mut figures = text.lines();
    let mut out = String::new();
    for line in &lines {
        match line {
            Line::Figure(_) => out.push_str(figures.next().unwrap_or_default()),
            Line::Remark(text) => out.push_str(&format!("  {text}")),
        }
        out.push('\n');
    }
    out
}

/// `lead` stands before the figure itself, `below` before everything under it.
fn add(node: &Node, lead: &str, below: &str, stated_word: &str, lines: &mut Vec<Line>) {
    lines.push(Line::Figure(vec![
        format!("{lead}{}", node.label),
        node.value.clone(),
        node.place.to_string(),
    ]));
    let stem = if node.parts.is_empty() { "   " } else { "│  " };
    let mut remark = |text: &str| lines.push(Line::Remark(format!("{below}{stem}{text}")));
    match (&node.how, node.repeated) {
        (_, true) => remark("siehe oben"),
        (Some(how), false) if node.left_out.is_none() && how != "übernommen" => remark(how),
        _ => {}
    }
    if let Some(why) = &node.left_out {
        remark(&format!("zählt nicht mit: {why}"));
    }
    if let Some(stated) = &node.stated {
        remark(&format!("{stated_word}: {stated}"));
    }
    node.notes.iter().for_each(|note| remark(note));
    for (at, part) in node.parts.iter().enumerate() {
        let last = at + 1 == node.parts.len();
        let (branch, trunk) = if last { ("└─ ", "   ") } else { ("├─ ", "│  ") };
        let (lead, below) = (format!("{below}{branch}"), format!("{below}{trunk}"));
        add(part, &lead, &below, stated_word, lines);
    }
}
