// SPDX-License-Identifier: EUPL-1.2
//! Where each figure is used, looked up once: in other figures, tables, pictures and sentences.

use std::collections::BTreeMap;

use crate::diag::{FileId, Span};
use crate::model::Programme;
use crate::model::figures::FigureId;
use crate::model::programme::PictureContent;
use crate::model::table::Cell;
use crate::tree::passage::MarkKind;
use crate::tree::{Block, Document, Inline, walk};

/// A cell of the model: table, row and column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct CellPlace {
    pub(super) table: usize,
    pub(super) row: usize,
    pub(super) column: usize,
}

/// A bar or point of a diagram: picture, category and series.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct BarPlace {
    pub(super) picture: usize,
    pub(super) category: usize,
    pub(super) series: usize,
}

/// A figure in a sentence: passage and mark within it, and the place in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Mention {
    pub(super) passage: usize,
    pub(super) mark: usize,
    pub(super) file: FileId,
    pub(super) at: u32,
}

/// What uses what.
#[derive(Debug, Default)]
pub(super) struct Index {
    /// Figure → figures that change with it.
    pub(super) users: BTreeMap<FigureId, Vec<FigureId>>,
    /// Figure → sums that name it and leave it out.
    pub(super) left_out: BTreeMap<FigureId, Vec<FigureId>>,
    /// Figure → the cell that it is.
    pub(super) cells: BTreeMap<FigureId, CellPlace>,
    /// Figure → where it is drawn.
    pub(super) bars: BTreeMap<FigureId, Vec<BarPlace>>,
    /// Figure → where texts name it.
    pub(super) mentions: BTreeMap<FigureId, Vec<Mention>>,
    /// Anchor of a table, picture or section that is in the document → its rank and number.
    numbers: BTreeMap<String, (usize, Option<String>)>,
}

impl Index {
    pub(super) fn new(programme: &Programme, document: &Document) -> Self {
        let mut index = Self::default();
        index.figures(programme);
        index.tables(programme);
        index.pictures(programme);
        index.mentions(programme);
        index.numbers(document);
        index
    }

    fn figures(&mut self, programme: &Programme) {
        let figures = &programme.figures;
        for (user, _) in figures.iter() {
            let sum = super::wording::is_sum(figures, user);
            let mut operands = figures.operands(user);
            operands.sort_unstable();
            operands.dedup();
            for operand in operands {
                let counts = !sum || figures.counts(operand, programme.reproduction);
                let uses = if counts { &mut self.users } else { &mut self.left_out };
                uses.entry(operand).or_default().push(user);
            }
        }
    }

    fn tables(&mut self, programme: &Programme) {
        for (table, model) in programme.tables.iter().enumerate() {
            for (row, cells) in model.rows.iter().enumerate() {
                for (column, cell) in cells.cells.iter().enumerate() {
                    if let Cell::Figure(id) = cell {
                        self.cells.insert(*id, CellPlace { table, row, column });
                    }
                }
            }
        }
    }

    fn pictures(&mut self, programme: &Programme) {
        for (picture, model) in programme.pictures.iter().enumerate() {
            let PictureContent::Chart { categories, .. } = &model.content else { continue };
            for (category, (_, ids, _)) in categories.iter().enumerate() {
                for (series, id) in ids.iter().enumerate() {
                    let place = BarPlace { picture, category, series };
                    self.bars.entry(*id).or_default().push(place);
                }
            }
        }
    }

    fn mentions(&mut self, programme: &Programme) {
        // Links as they were read know their own places; those of passages may be a line off where no
        // words stand between the brackets.
        let mut links: BTreeMap<(&str, FileId), Vec<Span>> = BTreeMap::new();
        programme.each_text(&mut |inline| {
            if let Inline::Figure { path, span, .. } = inline {
                links.entry((path, span.file)).or_default().push(*span);
            }
        });
        for spans in links.values_mut() {
            spans.sort_unstable();
        }
        for (at, passage) in programme.passages.iter().enumerate() {
            for (mark, place) in passage.marks.iter().enumerate() {
                let MarkKind::Figure(path) = &place.kind else { continue };
                let Some(id) = programme.figures.find(path) else { continue };
                let span = passage.span(&place.range);
                let known = links.get(&(path.as_str(), span.file));
                let start = known.map_or(span.start, |known| nearest(known, span.start));
                let mention = Mention { passage: at, mark, file: span.file, at: start };
                self.mentions.entry(id).or_default().push(mention);
            }
        }
    }

    fn numbers(&mut self, document: &Document) {
        let mut add = |id: &String, number: Option<String>| {
            let rank = self.numbers.len();
            self.numbers.entry(id.clone()).or_insert((rank, number));
        };
        walk::blocks(&document.blocks, &mut |block| match block {
            Block::Heading(heading) => {
                let word = document.meta.word("kapitel");
                let number = heading.number.as_ref().map(|number| format!("{word} {number}"));
                heading.id.iter().for_each(|id| add(id, number.clone()));
            }
            Block::Table(table) => table.id.iter().for_each(|id| add(id, table.number.clone())),
            Block::SideBySide(tables) => tables.iter().for_each(|table| {
                table.id.iter().for_each(|id| add(id, table.number.clone()));
            }),
            Block::Picture(picture) => add(&picture.id, picture.number.clone()),
            _ => {}
        });
    }

    /// The number of what stands in the document; the outer `None` if it does not stand there.
    #[expect(clippy::option_option, reason = "without a number and not there are different things")]
    pub(super) fn number(&self, anchor: &str) -> Option<Option<&str>> {
        self.numbers.get(anchor).map(|(_, number)| number.as_deref())
    }

    /// The rank of an anchor in the document; what does not stand there comes last.
    pub(super) fn rank(&self, anchor: &str) -> usize {
        self.numbers.get(anchor).map_or(usize::MAX, |(rank, _)| *rank)
    }
}

/// The place itself if it lies within a link, else the beginning of the link nearest to it.
fn nearest(links: &[Span], at: u32) -> u32 {
    let after = links.partition_point(|link| link.start <= at);
    let before = after.checked_sub(1).map(|last| links[last]);
    match (before, links.get(after)) {
        (Some(before), _) if at <= before.end => at,
        (Some(before), Some(after)) if after.start - at < at - before.end => after.start,
        (Some(before), _) => before.start,
        (None, Some(after)) => after.start,
        (None, None) => at,
    }
}
