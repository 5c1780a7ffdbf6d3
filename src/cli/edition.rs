// SPDX-License-Identifier: EUPL-1.2
//! An edition on disk: written beside, exchanged in one step, the former one kept.
//!
//! Whenever the process ends, `oeffentlich/` is the old edition or the new one, never a mixture. Where
//! the system can exchange two folders at once it is never absent either; elsewhere it may be for a
//! moment, and the next run puts it back.
//!
//! Not here: what is in an edition.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::output::WriteError;
use crate::publish::editions;
use crate::publish::protocol::{self, PROTOCOL};

/// Folder of the edition.
pub(super) const PUBLIC: &str = "oeffentlich";
/// Folder of former editions beside it.
pub(super) const FORMER: &str = "fruehere-ausgaben";
/// The new edition while it is written, and the old one after the exchange.
const STAGE: &str = ".oeffentlich.neu";
/// Which version is about to be exchanged.
const EXCHANGE: &str = ".oeffentlich.tausch";
/// Held by whoever publishes.
const LOCK: &str = ".oeffentlich.sperre";

/// The files of an edition with their paths, and the name of the version.
#[derive(Debug)]
pub(super) struct Edition {
    pub(super) files: Vec<(String, Vec<u8>)>,
    pub(super) version: String,
}

/// What became of an edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Published {
    /// There was none before.
    First,
    /// It took the place of another one, which is kept here.
    Replaced(PathBuf),
    /// The same edition is there already.
    Same,
}

/// Why an edition could not be written.
#[derive(Debug)]
pub(super) enum Problem {
    /// Another process is at it.
    Busy,
    /// A file could not be written.
    Write(WriteError),
}

impl From<WriteError> for Problem {
    fn from(error: WriteError) -> Self {
        Self::Write(error)
    }
}

/// Puts an edition in its place below `folder`.
pub(super) fn put(folder: &Path, edition: &Edition) -> Result<Published, Problem> {
    let Edition { files, version } = edition;
    fs::create_dir_all(folder).map_err(|cause| failed(folder, cause))?;
    let _lock = lock(folder)?;
    recover(folder)?;
    let (public, stage) = (folder.join(PUBLIC), folder.join(STAGE));
    if is_same(&public, files) {
        return Ok(Published::Same);
    }
    let written = write(&stage, files);
    if written.is_err() {
        // The old edition was not touched; what was begun goes.
        let _ = fs::remove_dir_all(&stage);
    }
    written?;
    if !public.exists() {
        fs::rename(&stage, &public).map_err(|cause| failed(&public, cause))?;
        return Ok(Published::First);
    }
    let marker = folder.join(EXCHANGE);
    write_file(&marker, version.as_bytes()).map_err(|cause| failed(&marker, cause))?;
    exchange(&stage, &public).map_err(|cause| failed(&public, cause))?;
    // The new edition is there, whatever becomes of the old one.
    let kept = keep(folder).unwrap_or_else(|_| folder.join(STAGE));
    Ok(Published::Replaced(kept))
}

fn failed(path: &Path, cause: io::Error) -> WriteError {
    WriteError { path: path.to_owned(), cause }
}

/// Keeps other processes out until it is dropped, also when this one is killed.
fn lock(folder: &Path) -> Result<File, Problem> {
    let path = folder.join(LOCK);
    let open = File::options().create(true).truncate(false).write(true).open(&path);
    let file = open.map_err(|cause| failed(&path, cause))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(fs::TryLockError::WouldBlock) => Err(Problem::Busy),
        Err(fs::TryLockError::Error(cause)) => Err(failed(&path, cause).into()),
    }
}

/// Ends what a killed process had begun: an exchanged old edition is kept, a half new one goes.
fn recover(folder: &Path) -> Result<(), WriteError> {
    let (public, stage) = (folder.join(PUBLIC), folder.join(STAGE));
    let marker = fs::read_to_string(folder.join(EXCHANGE)).ok();
    if let Some(version) = marker {
        if !public.exists() && stage.exists() {
            // Killed between two steps of an exchange; the aside one is the old edition.
            let aside = folder.join(ASIDE);
            let whole = if aside.exists() { aside } else { stage.clone() };
            fs::rename(&whole, &public).map_err(|cause| failed(&public, cause))?;
        }
        if stage.exists() && version_of(&public).as_deref() == Some(version.trim()) {
            keep(folder)?;
        }
        let _ = fs::remove_file(folder.join(EXCHANGE));
    }
    if stage.exists() {
        fs::remove_dir_all(&stage).map_err(|cause| failed(&stage, cause))?;
    }
    Ok(())
}

/// Moves the old edition, which lies where the new one was written, to the former ones.
fn keep(folder: &Path) -> Result<PathBuf, WriteError> {
    let stage = folder.join(STAGE);
    let mut former = folder.join(FORMER);
    let mut number = 2;
    while fs::create_dir_all(&former).is_err() && number < 10 {
        // Something else bears the name.
        former = folder.join(format!("{FORMER}-{number}"));
        number += 1;
    }
    let name = label_of(&stage).unwrap_or_else(|| "ohne-protokoll".to_owned());
    let mut target = former.join(&name);
    let mut number = 2;
    while target.exists() {
        // The same edition may have been replaced before.
        target = former.join(format!("{name}-{number}"));
        number += 1;
    }
    fs::rename(&stage, &target).map_err(|cause| failed(&target, cause))?;
    let _ = fs::remove_file(folder.join(EXCHANGE));
    Ok(target)
}

/// Day and version of an edition, for its name among the former ones.
fn label_of(edition: &Path) -> Option<String> {
    let whole = protocol_of(edition)?;
    let label = format!("{}-{}", whole["stand"].as_str()?, whole["fassung"].as_str()?);
    // A protocol may have been changed; its words must not lead elsewhere.
    label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-').then_some(label)
}

fn version_of(edition: &Path) -> Option<String> {
    Some(protocol_of(edition)?["fassung"].as_str()?.to_owned())
}

/// The protocol of an edition.
pub(super) fn protocol_of(edition: &Path) -> Option<serde_json::Value> {
    serde_json::from_str(&protocol_text(edition)?).ok()
}

/// The text of the protocol, if it is a file; a pipe of that name would never end.
pub(super) fn protocol_text(edition: &Path) -> Option<String> {
    let path = edition.join(PROTOCOL);
    fs::metadata(&path).ok()?.is_file().then_some(())?;
    fs::read_to_string(path).ok()
}

/// The open data of an edition.
pub(super) fn data_of(edition: &Path) -> editions::Edition {
    let entries = fs::read_dir(edition.join(editions::Edition::FOLDER));
    let files = entries.into_iter().flatten().flatten().filter_map(|entry| {
        let name = entry.file_name().into_string().ok()?;
        entry.file_type().ok()?.is_file().then_some(())?;
        Some((name, fs::read_to_string(entry.path()).ok()?))
    });
    editions::Edition::read(files, protocol_of(edition).as_ref())
}

/// The folders of all editions of a programme below this one.
pub(super) fn all(folder: &Path) -> Vec<PathBuf> {
    let former = fs::read_dir(folder.join(FORMER)).into_iter().flatten().flatten();
    let mut all: Vec<PathBuf> = former.map(|entry| entry.path()).collect();
    all.sort();
    all.push(folder.join(PUBLIC));
    all.retain(|edition| edition.is_dir());
    all
}

/// Whether a folder holds exactly these files.
fn is_same(folder: &Path, files: &[(String, Vec<u8>)]) -> bool {
    let Ok(there) = sums(folder) else { return false };
    let wanted: BTreeMap<String, (u64, String)> = files
        .iter()
        .map(|(path, bytes)| (path.clone(), (bytes.len() as u64, protocol::sum(bytes))))
        .collect();
    there == wanted
}

/// All files of a folder with size and checksum, by their paths with slashes. What is neither a file
/// nor a folder with files, such as a pipe or a link, has none and is never as it was published.
pub(super) fn sums(folder: &Path) -> io::Result<BTreeMap<String, (u64, String)>> {
    let mut out = BTreeMap::new();
    let mut open = vec![(folder.to_owned(), String::new())];
    while let Some((path, prefix)) = open.pop() {
        if !prefix.is_empty() && fs::read_dir(&path)?.next().is_none() {
            out.insert(prefix.clone(), (0, String::new()));
        }
        for entry in fs::read_dir(&path)? {
            let entry = entry?;
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            let kind = entry.file_type()?;
            if kind.is_dir() {
                open.push((entry.path(), format!("{name}/")));
            } else if kind.is_file() {
                let bytes = fs::read(entry.path())?;
                out.insert(name, (bytes.len() as u64, protocol::sum(&bytes)));
            } else {
                out.insert(name, (0, String::new()));
            }
        }
    }
    Ok(out)
}

fn write(stage: &Path, files: &[(String, Vec<u8>)]) -> Result<(), WriteError> {
    for (path, bytes) in files {
        let target = stage.join(path);
        let parent = target.parent().unwrap_or(stage);
        fs::create_dir_all(parent).map_err(|cause| failed(parent, cause))?;
        write_file(&target, bytes).map_err(|cause| failed(&target, cause))?;
    }
    Ok(())
}

/// Writes a file and waits until it is on the disk: a full one says so only then.
fn write_file(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// The old edition between two steps of an exchange.
const ASIDE: &str = ".oeffentlich.alt";

/// Lets two folders change places, in one step where the system can.
fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    #[cfg(target_os = "linux")]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        if renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE).is_ok() {
            return Ok(());
        }
    }
    let aside = other.with_file_name(ASIDE);
    if aside.exists() {
        fs::remove_dir_all(&aside)?;
    }
    fs::rename(other, &aside)?;
    if let Err(cause) = fs::rename(one, other) {
        let _ = fs::rename(&aside, other);
        return Err(cause);
    }
    fs::rename(&aside, one)
}
