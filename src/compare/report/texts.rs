// SPDX-License-Identifier: EUPL-1.2
//! The texts chapter by chapter: what went is struck out, what came is underlined.

use super::{bullets, heading, listed, paragraph, plain};
use crate::compare::prose::{ChapterChange, Piece, TextChange, TextKind};
use crate::compare::{Comparison, Status};
use crate::tree::{Block, Inline};

/// With fewer paragraphs found again, of 100, a chapter was written anew.
const REWRITTEN: usize = 20;

pub(super) fn blocks(comparison: &Comparison<'_>) -> Vec<Block> {
    let mut out = Vec::new();
    let (before, year) = (comparison.old.programme.year, comparison.new.programme.year);
    let shown =
        |chapter: &&ChapterChange| chapter.status != Status::Kept || !chapter.stale.is_empty();
    for chapter in comparison.prose.iter().filter(shown) {
        if chapter.status == Status::Dropped && before != year {
            out.push(heading(2, &format!("{} ({before})", chapter.title)));
        } else {
            out.push(heading(2, &chapter.title));
        }
        if !chapter.stale.is_empty() {
            out.push(paragraph(format!("Unverändert und noch mit dem Jahr {before}:")));
            out.push(bullets(chapter.stale.iter().map(|(text, _)| plain(format!("„{text}“")))));
        }
        out.extend(chapter_texts(chapter));
    }
    if !out.is_empty() {
        let legend = vec![
            Inline::Text("Gestrichen: ".to_owned()),
            Inline::Struck(plain("entfallen")),
            Inline::Text("; unterstrichen: ".to_owned()),
            inserted("hinzugekommen"),
            Inline::Text(
                ". Was ganz neu, ganz entfallen oder neu geschrieben ist, wird nur gezählt; der Wortlaut steht in den Programmen."
                    .to_owned(),
            ),
        ];
        out.insert(0, Block::Paragraph(legend));
    }
    out
}

fn chapter_texts(chapter: &ChapterChange) -> Vec<Block> {
    let count = |fits: &dyn Fn(&TextKind) -> bool| {
        chapter.texts.iter().filter(|text| fits(&text.kind)).count()
    };
    let come = count(&|kind| *kind == TextKind::Added);
    let gone = count(&|kind| *kind == TextKind::Dropped);
    let found_again = chapter.texts.len() - come - gone;
    let whole = matches!(chapter.status, Status::Added | Status::Dropped);
    let anew = found_again * 100 < REWRITTEN * chapter.texts.len();
    let mut out = Vec::new();
    if whole || anew {
        let text = match chapter.status {
            Status::Added => format!("Neues Kapitel, {}{}.", paragraphs(come), sections(chapter)),
            Status::Dropped => {
                format!("Das Kapitel ist entfallen, {}{}.", paragraphs(gone), sections(chapter))
            }
            _ => format!(
                "Weitgehend neu geschrieben: {} neu, {} entfallen.",
                paragraphs(come),
                paragraphs(gone)
            ),
        };
        out.push(paragraph(text));
    }
    for text in &chapter.texts {
        let counted = matches!(text.kind, TextKind::Added | TextKind::Dropped);
        if !(counted && (whole || anew)) {
            out.extend(block(text));
        }
    }
    let same = count(&|kind| *kind == TextKind::Same);
    if same > 0 {
        out.push(paragraph(format!("{} unverändert.", paragraphs(same))));
    }
    out
}

fn paragraphs(count: usize) -> String {
    if count == 1 { "1 Absatz".to_owned() } else { format!("{count} Absätze") }
}

/// The headings of a chapter that is all new or all gone.
fn sections(chapter: &ChapterChange) -> String {
    const ROOM: usize = 300;
    let headings = chapter.texts.iter().filter(|text| text.heading);
    let names: Vec<String> =
        headings.map(|text| text.pieces.iter().map(Piece::text).collect()).collect();
    if names.is_empty() { String::new() } else { format!("; Abschnitte: {}", listed(&names, ROOM)) }
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
    let words = inlines(&text.pieces);
    if text.heading {
        line.push(Inline::Strong(words));
    } else {
        line.extend(words);
    }
    Some(Block::Paragraph(line))
}

/// Stretches as running text.
pub(super) fn inlines(pieces: &[Piece]) -> Vec<Inline> {
    let mut out = Vec::new();
    let mut before: Option<&Piece> = None;
    for piece in pieces.iter().filter(|piece| !piece.text().is_empty()) {
        // What went and what came must not run into each other.
        let parted = |one: &Piece| one.text().ends_with(' ') || piece.text().starts_with(' ');
        if let (Some(last @ Piece::Removed(_)), Piece::Inserted(_)) = (before, piece)
            && !parted(last)
        {
            out.push(Inline::Text(" ".to_owned()));
        }
        out.push(match piece {
            Piece::Kept(text) => Inline::Text(text.clone()),
            Piece::Removed(text) => Inline::Struck(plain(text.clone())),
            Piece::Inserted(text) => inserted(text),
        });
        before = Some(piece);
    }
    out
}

fn inserted(text: &str) -> Inline {
    Inline::Inserted(plain(text))
}
