// SPDX-License-Identifier: EUPL-1.2
//! Quotes that begin with a bold key word: boxes, marginal notes, text beside a picture.

use crate::diag::Span;
use crate::tree::{Block, BoxKind, Inline, Insert, walk};

/// A quote, or the box its bold key word asks for.
pub(super) fn quote(mut body: Vec<Block>, span: Span) -> Block {
    // However it is written, what begins with "Intern" must not be taken for a quotation.
    if begins_internal(&body) {
        if let Some(Block::Paragraph(first)) = body.first()
            && matches!(first.first(), Some(Inline::Strong(_)))
        {
            drop_key(&mut body);
        }
        return Block::Boxed { kind: BoxKind::Internal, title: "Intern".to_owned(), body };
    }
    let key = match body.first() {
        Some(Block::Paragraph(first)) => match first.first() {
            Some(Inline::Strong(key)) => walk::plain(key).trim_end_matches([':', '.']).to_owned(),
            _ => return Block::Quote(body),
        },
        _ => return Block::Quote(body),
    };
    let kind = match key.as_str() {
        "Ziel" | "Ziele" => BoxKind::Goal,
        "Definition" => {
            let title = match defined(&body) {
                Some(term) => format!("{key} {term}"),
                None => key,
            };
            drop_key(&mut body);
            if title != "Definition" && body.len() > 1 {
                body.remove(0);
            }
            return Block::Boxed { kind: BoxKind::Definition, title, body };
        }
        "Hinweis" => BoxKind::Note,
        "Status" => BoxKind::Status,
        "Bild" => {
            drop_key(&mut body);
            let id = match body.first() {
                Some(Block::Paragraph(first)) => walk::plain(first).trim().to_owned(),
                _ => String::new(),
            };
            if !body.is_empty() {
                body.remove(0);
            }
            let arguments = if id.is_empty() { Vec::new() } else { vec![id] };
            let picture = Insert { name: "schaubild".to_owned(), arguments, span };
            return Block::Beside { picture: vec![Block::Insert(picture)], body };
        }
        "Randnotiz" => {
            drop_key(&mut body);
            return Block::Margin { note: body, beside: Vec::new() };
        }
        _ => return Block::Quote(body),
    };
    drop_key(&mut body);
    Block::Boxed { kind, title: key, body }
}

/// Whether the first word is "Intern", with or without emphasis, colon, brackets or capitals.
fn begins_internal(body: &[Block]) -> bool {
    let Some(Block::Paragraph(first)) = body.first() else { return false };
    let text = walk::plain(first).to_lowercase();
    let word: String = text
        .chars()
        .skip_while(|c| !c.is_alphanumeric())
        .take_while(|c| c.is_alphanumeric())
        .collect();
    matches!(word.as_str(), "intern" | "interne" | "interner" | "internes")
}

/// The term that a definition begins with: a few words alone in its first paragraph.
fn defined(body: &[Block]) -> Option<String> {
    let [Block::Paragraph(first), _, ..] = body else { return None };
    let term = walk::plain(&first[1..]).trim_start_matches([' ', ':']).trim().to_owned();
    let short = !term.is_empty() && term.chars().count() < 60 && !term.ends_with('.');
    (short && first.iter().skip(1).all(|inline| matches!(inline, Inline::Text(_)))).then_some(term)
}

/// Removes the bold key word at the beginning of the first paragraph.
fn drop_key(body: &mut Vec<Block>) {
    if let Some(Block::Paragraph(first)) = body.first_mut() {
        first.remove(0);
        if let Some(Inline::Text(text)) = first.first_mut() {
            *text = text.trim_start_matches([' ', ':']).to_owned();
        }
        if first.iter().all(|inline| matches!(inline, Inline::Text(text) if text.is_empty())) {
            body.remove(0);
        }
    }
}

/// Puts marginal notes beside the block that follows them.
pub(super) fn margins(blocks: Vec<Block>) -> Vec<Block> {
    let mut out: Vec<Block> = Vec::with_capacity(blocks.len());
    for block in blocks {
        match out.last_mut() {
            Some(Block::Margin { note, beside }) if beside.is_empty() => match block {
                Block::Margin { note: more, .. } => note.extend(more),
                // A heading belongs to the chapter; the note then stands alone before it.
                block @ Block::Heading(_) => out.push(block),
                block => beside.push(block),
            },
            _ => out.push(block),
        }
    }
    out
}
