// SPDX-License-Identifier: EUPL-1.2
//! Writing a set of files whole or not at all: beside the old ones first, then renamed.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Files to be written together.
#[derive(Debug, Default)]
pub(super) struct Files {
    files: Vec<(PathBuf, Vec<u8>)>,
}

/// A file that could not be written.
#[derive(Debug)]
pub(super) struct WriteError {
    pub(super) path: PathBuf,
    pub(super) cause: io::Error,
}

impl Files {
    /// Adds a file; the path is relative to the target folder.
    pub(super) fn add(&mut self, path: impl Into<PathBuf>, bytes: impl Into<Vec<u8>>) {
        let path = path.into();
        if !self.files.iter().any(|(known, _)| *known == path) {
            self.files.push((path, bytes.into()));
        }
    }

    /// Writes all files into a folder. If one of them cannot be written, none of them changes.
    pub(super) fn write(&self, folder: &Path) -> Result<(), WriteError> {
        let mut written = Vec::new();
        let result = self.stage(folder, &mut written);
        if result.is_err() {
            for (staged, _) in &written {
                let _ = fs::remove_file(staged);
            }
            return result;
        }
        let mut replaced: Vec<Replaced> = Vec::new();
        for (at, (staged, target)) in written.iter().enumerate() {
            let old = target.exists().then(|| beside(target, "alt"));
            let kept = old.as_ref().map_or(Ok(()), |old| fs::rename(target, old));
            if let Err(cause) = kept.and_then(|()| fs::rename(staged, target)) {
                replaced.push(Replaced { target: target.clone(), old });
                undo(&replaced, &written[at..]);
                return Err(WriteError { path: target.clone(), cause });
            }
            replaced.push(Replaced { target: target.clone(), old });
        }
        for old in replaced.into_iter().filter_map(|replaced| replaced.old) {
            let _ = fs::remove_file(old);
        }
        Ok(())
    }

    fn stage(
        &self,
        folder: &Path,
        written: &mut Vec<(PathBuf, PathBuf)>,
    ) -> Result<(), WriteError> {
        for (path, bytes) in &self.files {
            let target = folder.join(path);
            let parent = target.parent().unwrap_or(folder);
            fs::create_dir_all(parent)
                .map_err(|cause| WriteError { path: parent.to_owned(), cause })?;
            let staged = beside(&target, "neu");
            // A folder in the file's place would stop the renaming half-way.
            if target.is_dir() {
                let cause = io::Error::new(io::ErrorKind::IsADirectory, "Ordner");
                return Err(WriteError { path: target, cause });
            }
            let result = fs::write(&staged, bytes);
            written.push((staged, target.clone()));
            result.map_err(|cause| WriteError { path: target, cause })?;
        }
        Ok(())
    }
}

/// A file that was written, and where the one before it waits.
struct Replaced {
    target: PathBuf,
    old: Option<PathBuf>,
}

/// A hidden name beside a file.
fn beside(target: &Path, ending: &str) -> PathBuf {
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    target.with_file_name(format!(".{name}.{ending}"))
}

/// Puts back what was there, and removes what was not renamed yet.
fn undo(replaced: &[Replaced], waiting: &[(PathBuf, PathBuf)]) {
    for file in replaced.iter().rev() {
        match &file.old {
            Some(old) if old.exists() => {
                let _ = fs::rename(old, &file.target);
            }
            Some(_) => {}
            None => {
                let _ = fs::remove_file(&file.target);
            }
        }
    }
    for (staged, _) in waiting {
        let _ = fs::remove_file(staged);
    }
}
