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
        for (staged, target) in written {
            fs::rename(&staged, &target).map_err(|cause| WriteError { path: target, cause })?;
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
            let name = target.file_name().unwrap_or_default().to_string_lossy();
            let staged = parent.join(format!(".{name}.neu"));
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
