// SPDX-License-Identifier: EUPL-1.2
//! Where documents go: the folder of each, and what is wrong with it.
//!
//! Not here: what is written, and the writing.

use std::path::{Path, PathBuf};

use super::output::WriteError;
use super::session;
use crate::model::folder;

/// Reports two folders of one name, whose documents would overwrite each other.
pub(super) fn same_name(folders: &[PathBuf]) -> Option<String> {
    let mut names: Vec<String> = folders.iter().map(|folder| session::name(folder)).collect();
    names.sort();
    let pair = names.windows(2).find(|pair| pair[0] == pair[1])?;
    Some(format!(
        "Fehler[ausgabe]: Zwei der Ordner heißen „{}“; ihre Dokumente würden einander überschreiben.\n = Hilfe: Nehmen Sie sie einzeln, mit verschiedenen Zielordnern (--out).\n",
        pair[0]
    ))
}

/// `--out` names the folder of a single programme, and the folder above those of several.
pub(super) fn folder(name: &str, out: Option<&Path>, single: bool) -> PathBuf {
    match out {
        Some(out) if single => out.to_owned(),
        Some(out) => out.join(name),
        None => Path::new("output").join(name),
    }
}

/// Reports a target in which the documents would lie among what is written by hand, and be read as part
/// of it the next time. Within a programme that is everywhere but in its `output`.
pub(super) fn among_sources(target: &Path) -> Option<String> {
    let real = existing(target);
    let programme = real.ancestors().find(|path| folder::is_programme(path));
    let inside = programme.is_some_and(|programme| {
        let below = real.strip_prefix(programme).ok();
        let first = below.and_then(|below| below.components().next());
        first.is_none_or(|name| name.as_os_str() != "output")
    });
    inside.then(|| {
        format!(
            "Fehler[ausgabe]: „{}“ gehört zu den Dateien eines Programms; das Dokument läge zwischen ihnen.\n = Hilfe: Wählen Sie mit --out einen anderen Ordner, zum Beispiel „output“.\n",
            folder::show(target)
        )
    })
}

/// The real path of a folder that may not exist yet.
fn existing(target: &Path) -> PathBuf {
    let found = target.ancestors().find_map(|path| {
        let here = if path.as_os_str().is_empty() { Path::new(".") } else { path };
        let rest = target.strip_prefix(path).ok()?;
        Some(here.canonicalize().ok()?.join(rest))
    });
    found.unwrap_or_else(|| target.to_owned())
}

/// Why nothing could be written.
pub(super) fn failure(error: &WriteError) -> String {
    use std::io::ErrorKind;
    let reason = match error.cause.kind() {
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
            "dort darf nicht geschrieben werden"
        }
        ErrorKind::StorageFull => "der Datenträger ist voll",
        ErrorKind::NotADirectory | ErrorKind::IsADirectory | ErrorKind::AlreadyExists => {
            "dort steht etwas anderes im Weg"
        }
        _ => "die Datei kann nicht geschrieben werden",
    };
    format!(
        "Fehler[ausgabe]: „{}“: {reason}.\n = Hilfe: Wählen Sie mit --out einen anderen Ordner, oder schließen Sie die Datei, falls sie geöffnet ist. Die bisherigen Dateien sind unverändert.\n",
        folder::show(&error.path)
    )
}
