// SPDX-License-Identifier: EUPL-1.2
//! Ids that are valid in HTML and stand once in the page.
//!
//! Not here: how ids are made from titles; they come with the tree.

use std::collections::{BTreeMap, BTreeSet};

use crate::tree::{Block, walk};

/// The ids of a page.
pub(super) struct Anchors {
    /// The id in the page of each anchor of the tree.
    names: BTreeMap<String, String>,
    taken: BTreeSet<String>,
    /// Anchors of the tree that stand in the page already.
    written: BTreeSet<String>,
}

impl Anchors {
    /// The anchors of a tree; they keep their names where HTML allows them.
    pub(super) fn of(blocks: &[Block]) -> Self {
        let mut out =
            Self { names: BTreeMap::new(), taken: BTreeSet::new(), written: BTreeSet::new() };
        walk::blocks(blocks, &mut |block| match block {
            Block::Heading(heading) => heading.id.iter().for_each(|id| out.know(id)),
            Block::Picture(picture) => out.know(&picture.id),
            Block::Table(table) => table.id.iter().for_each(|id| out.know(id)),
            Block::SideBySide(tables) => {
                tables.iter().filter_map(|table| table.id.as_ref()).for_each(|id| out.know(id));
            }
            _ => {}
        });
        out
    }

    fn know(&mut self, anchor: &str) {
        if !anchor.is_empty() && !self.names.contains_key(anchor) {
            let id = self.fresh(anchor);
            self.names.insert(anchor.to_owned(), id);
        }
    }

    /// An id that nothing else in the page has.
    pub(super) fn fresh(&mut self, wanted: &str) -> String {
        let allowed = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ':');
        let wanted: String = wanted.chars().map(|c| if allowed(c) { c } else { '-' }).collect();
        let ids = std::iter::once(wanted.clone()).chain((2_u64..).map(|n| format!("{wanted}-{n}")));
        let id = ids.into_iter().find(|id| !self.taken.contains(id)).unwrap_or(wanted);
        self.taken.insert(id.clone());
        id
    }

    /// The attribute `id` of something with an anchor; a repeated anchor gets another one.
    pub(super) fn attribute(&mut self, anchor: Option<&str>) -> String {
        let Some(anchor) = anchor.filter(|anchor| !anchor.is_empty()) else {
            return String::new();
        };
        let id = match self.names.get(anchor) {
            Some(id) if self.written.insert(anchor.to_owned()) => id.clone(),
            _ => self.fresh(anchor),
        };
        format!(" id=\"{id}\"")
    }

    /// The id that a reference leads to; `None` if nothing in the page has that anchor.
    pub(super) fn target(&self, anchor: &str) -> Option<&str> {
        self.names.get(anchor).map(String::as_str)
    }
}
