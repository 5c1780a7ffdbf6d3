// SPDX-License-Identifier: EUPL-1.2
//! Quotes that begin with a bold key word: boxes, marginal notes, text beside a picture.

use crate::diag::Span;
use crate::tree::{Block, BoxKind, Heading, Inline, Insert, walk};

/// A quote, or the box its bold key word asks for.
pub(super) fn quote(mut body: Vec<Block>, span: Span) -> Block {
    // However it is written, what begins with "Intern" must not be taken for a quotation.
    if body.first().is_some_and(begins_internal) {
        if let Some(Block::Paragraph(first)) = body.first()
            && matches!(first.first(), Some(Inline::Strong(_)))
        {
            drop_key(&mut body);
        }
        return Block::Boxed { kind: BoxKind::Internal, title: "Intern".to_owned(), body };
    }
    // Nor what begins so further down in a box.
    if let Some(at) = body.iter().position(|block| is_bold(block) && begins_internal(block)) {
        let rest = body.split_off(at);
        body.push(quote(rest, span));
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

/// Whether the first word of a paragraph or heading is "Intern", with or without emphasis, colon,
/// brackets, capitals or "nur" before it, or stands in what it emphasises first.
fn begins_internal(block: &Block) -> bool {
    let (Block::Paragraph(first) | Block::Heading(Heading { body: first, .. })) = block else {
        return false;
    };
    let key = match first.first() {
        Some(Inline::Strong(key) | Inline::Emphasis(key)) => self::words(key),
        _ => Vec::new(),
    };
    marks(&words(first)) || marks(&key)
}

/// Whether words begin with the mark of a box: "Intern", "Nur intern", "Interner Hinweis"; "Interne
/// Revision" is none.
fn marks(words: &[String]) -> bool {
    const KINDS: [&str; 9] = [
        "hinweis",
        "hinweise",
        "notiz",
        "notizen",
        "anmerkung",
        "anmerkungen",
        "vermerk",
        "bemerkung",
        "information",
    ];
    let only = words.iter().take_while(|word| matches!(word.as_str(), "nur" | "streng")).count();
    let mut rest = words[only..].iter().map(String::as_str);
    match rest.next() {
        Some("intern" | "interna") => true,
        Some(word) if is_internal(word) => {
            only > 0 || rest.next().is_none_or(|next| KINDS.contains(&next))
        }
        _ => false,
    }
}

/// Whether an internal box holds its mark alone.
pub(super) fn says_nothing(body: &[Block]) -> bool {
    match body {
        [] => true,
        [Block::Paragraph(only)] => {
            let words = words(only);
            words.len() == 1 && is_internal(&words[0])
        }
        _ => false,
    }
}

fn is_internal(word: &str) -> bool {
    matches!(word, "intern" | "interne" | "interner" | "internes" | "internen" | "interna")
}

fn words(inlines: &[Inline]) -> Vec<String> {
    let text = walk::plain(inlines).to_lowercase();
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

fn is_bold(block: &Block) -> bool {
    matches!(block, Block::Paragraph(first) if matches!(first.first(), Some(Inline::Strong(_))))
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
