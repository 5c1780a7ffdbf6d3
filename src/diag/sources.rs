// SPDX-License-Identifier: EUPL-1.2
//! The texts that findings point into.

use std::ops::Range;

/// Number of a file in [`Sources`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct FileId(u32);

/// A range of bytes in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// A span over a range of bytes.
    pub fn new(file: FileId, range: Range<usize>) -> Self {
        let clamp = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Self { file, start: clamp(range.start), end: clamp(range.end) }
    }
}

#[derive(Debug)]
struct SourceFile {
    path: String,
    text: String,
    line_starts: Vec<u32>,
}

/// All texts of a run, each with the path under which a user knows it.
#[derive(Debug, Default)]
pub struct Sources {
    files: Vec<SourceFile>,
}

impl Sources {
    /// Adds a text. `path` is shown in messages and uses `/` on every system.
    pub fn add(&mut self, path: impl Into<String>, text: impl Into<String>) -> FileId {
        let text = text.into();
        let line_starts = std::iter::once(0)
            .chain(
                text.match_indices('\n').map(|(at, _)| u32::try_from(at + 1).unwrap_or(u32::MAX)),
            )
            .collect();
        let id = FileId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        self.files.push(SourceFile { path: path.into(), text, line_starts });
        id
    }

    fn file(&self, id: FileId) -> &SourceFile {
        &self.files[id.0 as usize]
    }

    /// All files, in the order in which they were added.
    pub fn files(&self) -> impl Iterator<Item = FileId> {
        (0..self.files.len()).map(|at| FileId(u32::try_from(at).unwrap_or(u32::MAX)))
    }

    /// The path shown to the user.
    pub fn path(&self, id: FileId) -> &str {
        &self.file(id).path
    }

    /// The whole text.
    pub fn text(&self, id: FileId) -> &str {
        &self.file(id).text
    }

    /// Line and column of a byte, both counted from 1; columns count characters.
    pub fn position(&self, id: FileId, at: u32) -> (usize, usize) {
        let file = self.file(id);
        let line = file.line_starts.partition_point(|start| *start <= at).max(1);
        let start = file.line_starts[line - 1] as usize;
        let end = self.floor_boundary(id, at as usize).max(start);
        (line, file.text[start..end].chars().count() + 1)
    }

    fn floor_boundary(&self, id: FileId, at: usize) -> usize {
        let text = &self.file(id).text;
        let mut at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    }

    /// The text of a line (counted from 1), without its line break.
    pub fn line(&self, id: FileId, line: usize) -> &str {
        let file = self.file(id);
        let start = file.line_starts[line - 1] as usize;
        let rest = &file.text[start..];
        rest.split('\n').next().unwrap_or(rest).trim_end_matches('\r')
    }

    /// The text under a span.
    pub fn slice(&self, span: Span) -> &str {
        let start = self.floor_boundary(span.file, span.start as usize);
        let end = self.floor_boundary(span.file, span.end as usize).max(start);
        &self.text(span.file)[start..end]
    }
}
