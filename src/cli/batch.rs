// SPDX-License-Identifier: EUPL-1.2
//! Several programmes at once: work shared among threads, one line each in the order of the
//! arguments, a bar on a terminal, a summary.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::console::Console;
use super::{Exit, STACK};
use crate::model::folder;

/// How one programme ended.
pub(super) struct Outcome {
    pub(super) exit: Exit,
    /// Findings and failures, for the error stream.
    pub(super) messages: String,
    /// Where each file went.
    pub(super) written: String,
    /// One line about the whole.
    pub(super) line: String,
}

/// Works on what was asked for: a single programme is told in full, several one line each. `one` is
/// told whether it is the only one.
pub(super) fn run(
    folders: &[PathBuf],
    asked: &[PathBuf],
    console: &Console,
    one: impl Fn(&Path, bool) -> Outcome + Sync,
) -> Exit {
    if is_single(folders, asked) {
        return tell(&one(&folders[0], true), console);
    }
    several(folders, console, |folder| one(folder, false))
}

/// Whether one programme was asked for by its name. That decides what --out means, not how many a
/// pattern finds.
pub(super) fn is_single(folders: &[PathBuf], asked: &[PathBuf]) -> bool {
    matches!((folders, asked), ([one], [named]) if one == named)
}

/// Tells how a programme ended, with the files; after a failure all of it is an error.
pub(super) fn tell(outcome: &Outcome, console: &Console) -> Exit {
    console.complain(&outcome.messages);
    let lines = format!("{}{}\n", outcome.written, outcome.line);
    if outcome.exit == Exit::Failed {
        console.complain(&lines);
    } else {
        console.print(&lines);
    }
    outcome.exit
}

/// Works on all folders, as many at once as the machine has cores; the worst ending counts.
fn several(folders: &[PathBuf], console: &Console, work: impl Fn(&Path) -> Outcome + Sync) -> Exit {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let bar = bar(folders.len(), console);
    let next = AtomicUsize::new(0);
    let (send, receive) = mpsc::channel();
    let (next, work) = (&next, &work);
    let take = |sender: mpsc::Sender<(usize, Outcome)>| {
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(folder) = folders.get(at) else { break };
            // Nobody listens any more only if the printing side has gone.
            let _ = sender.send((at, work(folder)));
        }
    };
    let mut exits = vec![Exit::Failed; folders.len()];
    std::thread::scope(|scope| {
        let workers = cores.min(folders.len());
        let start = |_: &usize| {
            let sender = send.clone();
            let worker = std::thread::Builder::new().stack_size(STACK);
            worker.spawn_scoped(scope, move || take(sender)).is_ok()
        };
        if (0..workers).filter(start).count() == 0 {
            take(send.clone());
        }
        // The workers hold the only senders now, so waiting ends with the last of them.
        drop(send);
        let mut waiting: Vec<Option<Outcome>> = folders.iter().map(|_| None).collect();
        let mut printed = 0;
        for _ in 0..folders.len() {
            let Ok((at, outcome)) = receive.recv() else { break };
            exits[at] = outcome.exit;
            waiting[at] = Some(outcome);
            bar.inc(1);
            while let Some(outcome) = waiting.get_mut(printed).and_then(Option::take) {
                bar.suspend(|| {
                    console.complain(&outcome.messages);
                    console.print(&format!("{}\n", outcome.line));
                });
                printed += 1;
            }
        }
    });
    bar.finish_and_clear();
    console.print(&format!("{}\n", summary(&exits)));
    exits.into_iter().max().unwrap_or(Exit::Fine)
}

/// A bar that only a terminal shows.
fn bar(count: usize, console: &Console) -> ProgressBar {
    let target = if console.shows_progress() {
        ProgressDrawTarget::stderr()
    } else {
        ProgressDrawTarget::hidden()
    };
    let bar = ProgressBar::with_draw_target(u64::try_from(count).ok(), target);
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos} von {len} Programmen") {
        bar.set_style(style);
    }
    bar.tick();
    bar
}

/// "5 Programme: 4 ohne offene Befunde, 1 mit offenen Befunden."
fn summary(exits: &[Exit]) -> String {
    let parts = [
        (Exit::Fine, "ohne offene Befunde"),
        (Exit::Findings, "mit offenen Befunden (Entwurf)"),
        (Exit::Failed, "nicht geschrieben"),
    ];
    let found: Vec<String> = parts
        .iter()
        .map(|(exit, words)| (exits.iter().filter(|known| *known == exit).count(), words))
        .filter(|(count, _)| *count > 0)
        .map(|(count, words)| format!("{count} {words}"))
        .collect();
    format!("{} Programme: {}.", exits.len(), found.join(", "))
}

/// Folders for patterns such as `data/*`, which not every command line resolves itself.
pub(super) fn expand(folders: &[PathBuf]) -> Vec<PathBuf> {
    let mut out = Vec::new();
    for folder in folders {
        let pattern = folder.file_name().map(|name| name.to_string_lossy().into_owned());
        let Some(pattern) = pattern.filter(|name| name.contains('*') && !folder.exists()) else {
            out.push(folder.clone());
            continue;
        };
        let parent = folder.parent().filter(|parent| !parent.as_os_str().is_empty());
        let entries = std::fs::read_dir(parent.unwrap_or(Path::new(".")));
        let mut found: Vec<PathBuf> = entries
            .into_iter()
            .flatten()
            .flatten()
            .map(|entry| entry.path())
            .filter(|path| folder::is_programme(path))
            .filter(|path| {
                path.file_name().is_some_and(|name| fits(&name.to_string_lossy(), &pattern))
            })
            .collect();
        found.sort();
        if found.is_empty() {
            out.push(folder.clone());
        }
        out.append(&mut found);
    }
    out
}

/// Whether a name fits a pattern with stars.
fn fits(name: &str, pattern: &str) -> bool {
    match pattern.split_once('*') {
        None => name == pattern,
        Some((start, rest)) => name.strip_prefix(start).is_some_and(|name| {
            (0..=name.len())
                .filter(|at| name.is_char_boundary(*at))
                .any(|at| fits(&name[at..], rest))
        }),
    }
}
