// SPDX-License-Identifier: EUPL-1.2
//! `amip verify`: whether a published folder is as it was published.

use std::path::{Path, PathBuf};

use super::Exit;
use super::args::VerifyArgs;
use super::console::Console;
use super::edition::{self, PUBLIC};
use crate::model::folder;
use crate::publish::protocol::{self, Difference, PROTOCOL};

pub(super) fn run(arguments: &VerifyArgs, console: &Console) -> Exit {
    let exits = arguments.folders.iter().map(|folder| one(folder, console));
    exits.max().unwrap_or(Exit::Fine)
}

fn one(asked: &Path, console: &Console) -> Exit {
    let folder = edition_in(asked);
    let shown = folder::show(&folder);
    let complain = |message: &str| {
        console.complain(&format!("Fehler[nachpruefung]: „{shown}“: {message}\n"));
        Exit::Failed
    };
    let Some(text) = edition::protocol_text(&folder) else {
        return complain(&format!(
            "Hier liegt kein Protokoll ({PROTOCOL}).\n = Hilfe: Nennen Sie den Ordner einer Veröffentlichung, zum Beispiel output/musterstadt-2027/{PUBLIC}."
        ));
    };
    let entries = match protocol::entries(&text) {
        Ok(entries) => entries,
        Err(message) => return complain(&message),
    };
    let Ok(files) = edition::sums(&folder) else {
        return complain("Der Ordner lässt sich nicht lesen.");
    };
    let mut difference = protocol::compare(&entries, &files);
    if !protocol::is_consistent(&text, &entries) {
        difference.changed.push(PROTOCOL.to_owned());
    }
    if difference.is_none() {
        let count = entries.len() + 1;
        console.print(&format!("{shown}: unverändert ({count} Dateien).\n"));
        return Exit::Fine;
    }
    console.print(&format!("{shown}: nicht so, wie veröffentlicht.\n{}", lines(&difference)));
    Exit::Findings
}

/// The folder of the edition itself, also if the one above it was named.
fn edition_in(asked: &Path) -> PathBuf {
    let below = asked.join(PUBLIC);
    if !asked.join(PROTOCOL).exists() && below.is_dir() { below } else { asked.to_owned() }
}

fn lines(difference: &Difference) -> String {
    let kinds = [
        ("geändert", &difference.changed),
        ("fehlt", &difference.missing),
        ("zusätzlich", &difference.additional),
    ];
    let mut out = String::new();
    for (word, paths) in kinds {
        for path in paths {
            out.push_str(&format!("  {word}: {path}\n"));
        }
    }
    out
}
