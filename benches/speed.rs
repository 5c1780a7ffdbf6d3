// SPDX-License-Identifier: EUPL-1.2
//! Speed on samples and on generated programmes, each command as a whole process: `cargo bench`.
//!
//! Prints minimum, median and maximum of several runs, and the peak memory where the system tells; for
//! programmes of growing size also how many times longer the next one takes.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a benchmark measures time and prints it"
)]

mod generated;

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const RUNS: usize = 15;

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let target = std::env::temp_dir().join(format!("amip-speed-{}", std::process::id()));
    let out = target.to_string_lossy().into_owned();
    println!("{:<28} {:>9} {:>9} {:>9} {:>9}", "command", "min ms", "median", "max", "peak MiB");
    let (small, large) = ("data/duesseldorf-2016", "data/duisburg-2020");
    rules(&root.join(large));
    measure(root, "load and check", &["check", small], RUNS);
    measure(root, "load and check, largest", &["check", large], RUNS);
    let pair = ["compare", small, large, "--format", "json"];
    measure(root, "compare, largest pair", &pair, RUNS);
    measure(root, "Markdown", &["build", small, "--format", "md", "--out", &out], RUNS);
    if cfg!(feature = "pdf") {
        let pdf = ["build", small, "--format", "pdf", "--out", &out, "--schnell"];
        measure(root, "PDF", &pdf[..pdf.len() - 1], RUNS);
        measure(root, "PDF, fast draft", &pdf, RUNS);
        let agreed = agreed(&root.join(large), &target);
        measure(root, "build, largest", &["build", &agreed, "--out", &out], RUNS);
        let public = target.join("public");
        let mut run = 0;
        let times = || {
            run += 1;
            let folder = public.join(run.to_string()).to_string_lossy().into_owned();
            measure(root, "publish, largest", &["publish", &agreed, "--out", &folder], 1)
        };
        std::iter::repeat_with(times).take(3).for_each(drop);
    }
    growth(root, &target, &out);
    let _ = std::fs::remove_dir_all(target);
}

/// A copy of a programme that is agreed, so that it can be published.
fn agreed(folder: &Path, target: &Path) -> String {
    fn copy(from: &Path, to: &Path) {
        std::fs::create_dir_all(to).expect("a folder");
        for entry in std::fs::read_dir(from).expect("a folder").flatten() {
            let (path, target) = (entry.path(), to.join(entry.file_name()));
            if path.is_dir() {
                copy(&path, &target);
            } else {
                std::fs::copy(&path, &target).expect("copied");
            }
        }
    }
    let own = target.join(folder.file_name().expect("a name"));
    copy(folder, &own);
    let main = own.join("programm.yaml");
    let text = std::fs::read_to_string(&main).expect("UTF-8");
    let state = "  jahr: 2020\n  abstimmung: {zustand: abgestimmt, am: 2019-11-06}\n";
    std::fs::write(&main, text.replace("  jahr: 2020\n", state)).expect("written");
    own.to_string_lossy().into_owned()
}

/// All rules alone, within this process; the aim is less than 50 ms.
fn rules(folder: &Path) {
    let mut sources = amip::diag::Sources::default();
    let mut findings = Vec::new();
    let templates = amip::render::templates::Templates::load("programm", &[]).expect("built in");
    let text = templates.outline[amip::render::templates::WORDS].text.clone();
    let file = sources.add("gliederung.yaml", text.clone());
    let words = amip::model::outline::read(file, &text).expect("the built-in outline is valid");
    let programme = amip::model::programme::load(folder, &words, &mut sources, &mut findings)
        .expect("the sample can be read");
    let document =
        amip::render::document(&programme, &words, &templates, &mut sources, &mut findings);
    let mut times: Vec<Duration> = (0..RUNS)
        .map(|_| {
            let start = Instant::now();
            std::hint::black_box(amip::check::run(&programme, document.as_ref()));
            start.elapsed()
        })
        .collect();
    times.sort();
    let ms = |time: Duration| format!("{:.1}", time.as_secs_f64() * 1000.0);
    println!(
        "{:<28} {:>9} {:>9} {:>9}",
        "rules alone, largest",
        ms(times[0]),
        ms(times[RUNS / 2]),
        ms(times[RUNS - 1])
    );
}

/// Programmes of one, ten and a hundred times the size of the largest sample: what grows faster than
/// the size has a factor above ten.
fn growth(root: &Path, target: &Path, out: &str) {
    let names = [("1x", 1, 7), ("10x", 10, 3), ("100x", 100, 1)];
    let folders = names.map(|(name, factor, _)| {
        let folder = target.join(name);
        generated::programme(&folder, factor * generated::SAMPLE);
        folder.to_string_lossy().into_owned()
    });
    for (command, more) in [("check", &[][..]), ("build", &["--format", "md", "--out", out])] {
        let mut before = None;
        for ((name, _, runs), folder) in names.iter().zip(&folders) {
            let mut arguments = vec![command, folder.as_str()];
            arguments.extend(more);
            let time = measure(root, &format!("{command}, generated {name}"), &arguments, *runs);
            if let Some(before) = before.replace(time) {
                println!("{:<28} {:>9.1}", "  times", time.as_secs_f64() / before.as_secs_f64());
            }
        }
    }
}

/// Runs a command several times and prints a line; gives back the shortest time.
fn measure(root: &Path, name: &str, arguments: &[&str], runs: usize) -> Duration {
    let mut times = Vec::new();
    let mut peak = 0;
    for _ in 0..runs {
        let (time, memory) = run(root, arguments);
        times.push(time);
        peak = peak.max(memory);
    }
    times.sort();
    let ms = |time: Duration| format!("{:.1}", time.as_secs_f64() * 1000.0);
    println!(
        "{name:<28} {:>9} {:>9} {:>9} {:>9}",
        ms(times[0]),
        ms(times[runs / 2]),
        ms(times[runs - 1]),
        peak / 1024
    );
    times[0]
}

/// Time of a run, and its peak memory in KiB (0 where `/proc` does not tell).
fn run(root: &Path, arguments: &[&str]) -> (Duration, u64) {
    let start = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_amip"))
        .args(arguments)
        .current_dir(root)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    let mut peak = 0;
    loop {
        peak = peak.max(memory(child.id()));
        match child.try_wait().expect("the program runs") {
            Some(status) => {
                assert_ne!(status.code(), Some(2), "{arguments:?}");
                return (start.elapsed(), peak);
            }
            None => std::thread::sleep(Duration::from_millis(1)),
        }
    }
}

fn memory(process: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))
        .and_then(|rest| rest.trim().trim_end_matches(" kB").parse().ok())
        .unwrap_or(0)
}
