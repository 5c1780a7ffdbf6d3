// SPDX-License-Identifier: EUPL-1.2
//! The list of abbreviations: those of the data that occur in the document.

use std::collections::BTreeSet;

use crate::model::Programme;
use crate::tree::{Block, Inline, walk};

/// Anchor of the heading above the list.
const HEADING: &str = "abkuerzungsverzeichnis";

/// Fills the list of abbreviations with those that occur, in alphabetical order.
pub(super) fn fill(programme: &Programme, blocks: &mut Vec<Block>) {
    let mut words = BTreeSet::new();
    walk::inlines(blocks, &mut |inline| {
        if let Inline::Text(text) = inline {
            words.insert(text.replace('\u{a0}', " "));
        }
    });
    let mut entries: Vec<(String, String)> = programme
        .abbreviations
        .iter()
        .filter(|entry| {
            programme.all_abbreviations
                || words.iter().any(|text| contains_word(text, &entry.short.value))
        })
        .map(|entry| (entry.short.value.clone(), entry.long.value.clone()))
        .collect();
    entries.sort_by_key(|(short, _)| short.to_lowercase());
    entries.dedup();
    if entries.is_empty() {
        // Neither the list nor its heading.
        blocks.retain(|block| !matches!(block, Block::Glossary(_)));
        blocks.retain(|block| {
            !matches!(block, Block::Heading(heading) if heading.id.as_deref() == Some(HEADING))
        });
        return;
    }
    for block in blocks {
        if let Block::Glossary(list) = block {
            list.clone_from(&entries);
        }
    }
}

/// Whether a text contains an abbreviation as a word of its own.
fn contains_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, found)| {
        let before = text[..at].chars().next_back();
        let after = text[at + found.len()..].chars().next();
        let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        !letter(before) && !letter(after)
    })
}
