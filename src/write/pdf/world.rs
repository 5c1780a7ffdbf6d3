// SPDX-License-Identifier: EUPL-1.2
//! typst's view of the outside world: files in memory, embedded fonts, no clock.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::LazyLock;

use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt, WorldExt as _};

use super::ThemeFiles;

/// Name of the main typst file.
const MAIN: &str = "dokument.typ";

static FONT_FILES: [&[u8]; 6] = [
    include_bytes!("../../../assets/fonts/SourceSans3-Regular.ttf"),
    include_bytes!("../../../assets/fonts/SourceSans3-It.ttf"),
    include_bytes!("../../../assets/fonts/SourceSans3-Semibold.ttf"),
    include_bytes!("../../../assets/fonts/SourceSans3-SemiboldIt.ttf"),
    include_bytes!("../../../assets/fonts/SourceSans3-Bold.ttf"),
    include_bytes!("../../../assets/fonts/SourceSans3-BoldIt.ttf"),
];

static FONTS: LazyLock<Vec<Font>> = LazyLock::new(|| {
    FONT_FILES.iter().filter_map(|bytes| Font::new(Bytes::new(*bytes), 0)).collect()
});

/// The fonts of the program and those that lie in the theme's folder.
pub(super) fn fonts(theme: &ThemeFiles) -> Vec<Font> {
    let own = theme
        .files
        .iter()
        .filter(|(name, _)| [".ttf", ".otf"].iter().any(|ending| name.ends_with(ending)))
        .flat_map(|(_, bytes)| Font::iter(Bytes::new(bytes.clone())));
    FONTS.iter().cloned().chain(own).collect()
}

/// Whether one of the fonts has the character.
pub(super) fn can_show(c: char, fonts: &[Font]) -> bool {
    fonts.iter().any(|font| font.info().coverage.contains(u32::from(c)))
}

/// Files in memory.
pub(super) struct World {
    fonts: Vec<Font>,
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    main: FileId,
    sources: BTreeMap<String, Source>,
    files: BTreeMap<String, Bytes>,
}

fn id(path: &str) -> Option<FileId> {
    let path = VirtualPath::new(path).ok()?;
    Some(RootedPath::new(VirtualRoot::Project, path).intern())
}

impl World {
    pub(super) fn new(
        theme: &ThemeFiles,
        json: Vec<u8>,
        pictures: BTreeMap<String, Vec<u8>>,
    ) -> Self {
        let features = [Feature::A11yExtras].into_iter().collect();
        let mut sources = BTreeMap::new();
        for (name, text) in &theme.texts {
            if let Some(id) = id(name) {
                sources.insert(name.clone(), Source::new(id, text.clone()));
            }
        }
        let mut files: BTreeMap<String, Bytes> =
            pictures.into_iter().map(|(name, bytes)| (name, Bytes::new(bytes))).collect();
        for (name, bytes) in &theme.files {
            files.entry(name.clone()).or_insert_with(|| Bytes::new(bytes.clone()));
        }
        let fonts = fonts(theme);
        files.insert("daten.json".to_owned(), Bytes::new(json));
        let main = id(MAIN).unwrap_or_else(|| Source::detached("").id());
        Self {
            library: LazyHash::new(Library::builder().with_features(features).build()),
            book: LazyHash::new(FontBook::from_fonts(fonts.iter())),
            fonts,
            main,
            sources,
            files,
        }
    }

    /// What typst reports, with file and line.
    pub(super) fn report(&self, errors: &[SourceDiagnostic]) -> String {
        let mut out = String::new();
        for error in errors {
            let place = error
                .span
                .id()
                .and_then(|id| {
                    let name = id.get().vpath().get_without_slash().to_owned();
                    let range = self.range(error.span)?;
                    let source = self.sources.get(&name)?;
                    let line = source.text()[..range.start].matches('\n').count() + 1;
                    Some(format!("{name}:{line}: "))
                })
                .unwrap_or_default();
            let _ = writeln!(out, "{place}{}", error.message);
            for hint in &error.hints {
                let _ = writeln!(out, "  {}", hint.v);
            }
        }
        out.trim_end().to_owned()
    }
}

impl typst::World for World {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let path = id.get().vpath().get_without_slash();
        self.sources.get(path).cloned().ok_or_else(|| FileError::NotFound(path.into()))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let path = id.get().vpath().get_without_slash();
        if let Some(source) = self.sources.get(path) {
            return Ok(Bytes::from_string(source.clone()));
        }
        self.files.get(path).cloned().ok_or_else(|| FileError::NotFound(path.into()))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
