// SPDX-License-Identifier: EUPL-1.2
//! The texts chapter by chapter: what went is struck out, what came is underlined.

use super::{bullets, heading, paragraph, plain};
use crate::compare::prose::{ChapterChange, Piece, TextChange, TextKind};
use crate::compare::{Comparison, Status};
use crate::tree::{Block, Inline};

pub(super) fn blocks(comparison: &Comparison<'_>) -> Vec<Block> {
    let mut out = Vec::new();
    let year = comparison.old.programme.year;
    let shown =
        |chapter: &&ChapterChange| chapter.status != Status::Kept || !chapter.stale.is_empty();
    for chapter in comparison.prose.iter().filter(shown) {
        out.push(heading(2, &chapter.title));
        match chapter.status {
            Status::Added => out.push(paragraph("Dieser Text ist neu.")),
            Status::Dropped => out.push(paragraph("Diesen Text gibt es nicht mehr.")),
            _ => {}
        }
        if !chapter.stale.is_empty() {
            out.push(paragraph(format!("Unverändert und noch mit dem Jahr {year}:")));
            out.push(bullets(chapter.stale.iter().map(|(text, _)| plain(format!("„{text}“")))));
        }
        for text in &chapter.texts {
            out.extend(block(text));
        }
        let same = chapter.texts.iter().filter(|text| text.kind == TextKind::Same).count();
        if same > 0 {
            let words = if same == 1 { "Ein Absatz ist" } else { "Absätze sind" };
            let text = if same == 1 { words.to_owned() } else { format!("{same} {words}") };
            out.push(paragraph(format!("{text} unverändert.")));
        }
    }
    if !out.is_empty() {
        let legend = vec![
            Inline::Text("Gestrichen: ".to_owned()),
            Inline::Struck(plain("entfallen")),
            Inline::Text("; unterstrichen: ".to_owned()),
            inserted("hinzugekommen"),
            Inline::Text(".".to_owned()),
        ];
        out.insert(0, Block::Paragraph(legend));
    }
    out
}

fn block(text: &TextChange) -> Option<Block> {
    let lead = match &text.kind {
        TextKind::Same => return None,
        TextKind::Figures => "Nur Zahlen geändert: ".to_owned(),
        TextKind::Changed | TextKind::Added | TextKind::Dropped => String::new(),
        TextKind::MovedWithin => "An eine andere Stelle des Kapitels verschoben: ".to_owned(),
        TextKind::MovedFrom(from) => format!("Verschoben aus „{from}“: "),
        TextKind::MovedTo(to) => format!("Verschoben nach „{to}“: "),
    };
    let mut line = Vec::new();
    if !lead.is_empty() {
        line.push(Inline::Emphasis(plain(lead)));
    }
    line.extend(inlines(&text.pieces));
    Some(Block::Paragraph(line))
}

/// Stretches as running text.
pub(super) fn inlines(pieces: &[Piece]) -> Vec<Inline> {
    pieces
        .iter()
        .filter(|piece| !piece.text().is_empty())
        .map(|piece| match piece {
            Piece::Kept(text) => Inline::Text(text.clone()),
            Piece::Removed(text) => Inline::Struck(plain(text.clone())),
            Piece::Inserted(text) => inserted(text),
        })
        .collect()
}

fn inserted(text: &str) -> Inline {
    Inline::Inserted(plain(text))
}
