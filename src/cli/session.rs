// SPDX-License-Identifier: EUPL-1.2
//! Loading a programme with its templates, and what was found on the way.

use std::path::Path;

use super::printable;
use crate::check;
use crate::diag::{Class, Finding, Sources};
use crate::model::outline::{self, OutlineRecord};
use crate::model::programme::{self, Programme};
use crate::render;
use crate::render::templates::{self, Templates, WORDS};
use crate::tree::Document;

/// A programme that was read, with everything found about it.
pub(super) struct Session {
    /// Name of the folder; names the output.
    pub(super) name: String,
    /// The texts that findings point into.
    pub(super) sources: Sources,
    /// Everything found, sorted for reading.
    pub(super) findings: Vec<Finding>,
    /// What could be read; `None` if the input cannot be used.
    pub(super) loaded: Option<Loaded>,
}

/// What a usable input gives.
pub(super) struct Loaded {
    pub(super) programme: Programme,
    pub(super) templates: Templates,
    /// The words of its outline.
    pub(super) words: OutlineRecord,
    pub(super) document: Document,
}

impl Session {
    /// Reads, checks and renders a programme.
    pub(super) fn open(folder: &Path, templates: Option<&Path>) -> Self {
        let mut session = Self {
            name: name(folder),
            sources: Sources::default(),
            findings: Vec::new(),
            loaded: None,
        };
        session.loaded = session.load(folder, templates);
        programme::drop_consequences(&mut session.findings, &session.sources);
        crate::diag::sort(&mut session.findings, &session.sources);
        session
    }

    fn load(&mut self, folder: &Path, own: Option<&Path>) -> Option<Loaded> {
        let (templates, mut words) = outlined(folder, own, &mut self.sources, &mut self.findings)?;
        let outlines = |folder: &Path, sources: &mut Sources, findings: &mut Vec<Finding>| {
            outlined(folder, own, sources, findings).map(|(_, words)| words)
        };
        let programme =
            programme::load_with(folder, &words, &outlines, &mut self.sources, &mut self.findings)?;
        words.reword(&programme.words, &mut self.findings);
        let usable = !self.unusable();
        let document =
            render::document(&programme, &words, &templates, &mut self.sources, &mut self.findings)
                .filter(|_| !self.unusable());
        if usable {
            self.findings.extend(check::run(&programme, document.as_ref()));
        }
        let mut document = document.filter(|_| !self.unusable())?;
        document.meta.draft = draft(&programme, self.open_count(), &words);
        let problems = printable::problems(&programme, &document, &templates, &self.sources);
        self.findings.extend(problems);
        (!self.unusable()).then_some(Loaded { programme, templates, words, document })
    }

    /// Whether something was found that makes the input unusable.
    pub(super) fn unusable(&self) -> bool {
        self.findings.iter().any(|finding| finding.class == Class::Input)
    }

    /// Findings that nobody acknowledged yet, notes included.
    pub(super) fn unacknowledged(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| finding.acknowledged.is_none())
    }

    /// Number of findings that keep the document a draft.
    pub(super) fn open_count(&self) -> usize {
        self.findings.iter().filter(|finding| finding.is_open()).count()
    }
}

/// The templates of a programme and the words of its outline.
fn outlined(
    folder: &Path,
    own: Option<&Path>,
    sources: &mut Sources,
    findings: &mut Vec<Finding>,
) -> Option<(Templates, OutlineRecord)> {
    let base = templates::names().next().unwrap_or_default();
    let outline_name = programme::outline_name(folder);
    let outline_name = outline_name.as_deref().unwrap_or(base);
    let beside = folder.join("templates");
    let mut directories: Vec<&Path> = own.into_iter().collect();
    if beside.is_dir() {
        directories.push(&beside);
    }
    let templates = match Templates::load(outline_name, &directories) {
        Ok(templates) => templates,
        Err(finding) => {
            // Without its outline nothing else can be said about a programme.
            findings.push(*finding);
            return None;
        }
    };
    // A folder shared by many may hold what others use; the programme's own holds its own.
    if beside.is_dir() {
        findings.extend(templates.unused(outline_name, &beside));
    }
    // Words that an outline does not have come from the first one.
    let lent = Templates::load(base, &[]).ok();
    let lent = lent.as_ref().and_then(|templates| outline(templates, sources, findings))?;
    let mut words = outline(&templates, sources, findings)?;
    words.inherit(&lent, findings);
    Some((templates, words))
}

fn outline(
    templates: &Templates,
    sources: &mut Sources,
    findings: &mut Vec<Finding>,
) -> Option<OutlineRecord> {
    // An outline without words of its own takes all of them from the first one.
    let Some(template) = templates.outline.get(WORDS) else {
        return Some(OutlineRecord::empty());
    };
    let file = sources.add(template.shown.clone(), template.text.clone());
    match outline::read(file, &template.text) {
        Ok(outline) => Some(outline),
        Err(problems) => {
            findings.extend(problems);
            None
        }
    }
}

/// "Entwurf – 3 offene Befunde"; "Entwurf" if the programme says that it is one.
fn draft(programme: &Programme, open: usize, words: &OutlineRecord) -> Option<String> {
    let noun = match open {
        0 => {
            let agreed = programme.agreement.as_ref().is_none_or(|agreement| agreement.agreed);
            return (!agreed).then(|| words.word("entwurf").to_owned());
        }
        1 => words.word("befund"),
        _ => words.word("befunde"),
    };
    Some(format!("{} – {open} {noun}", words.word("entwurf")))
}

/// Name of a folder, also for `.` and paths that end in a slash.
pub(super) fn name(folder: &Path) -> String {
    let real = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    let name = real.file_name().map(|name| name.to_string_lossy().into_owned());
    name.unwrap_or_else(|| "programm".to_owned())
}
