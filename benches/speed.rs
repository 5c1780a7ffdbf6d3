// SPDX-License-Identifier: EUPL-1.2
//! Speed on the sample, each command as a whole process: `cargo bench`.
//!
//! Prints minimum, median and maximum of several runs, and the peak memory where the system tells.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a benchmark measures time and prints it"
)]

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const RUNS: usize = 15;

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let target = std::env::temp_dir().join(format!("amip-speed-{}", std::process::id()));
    let out = target.to_string_lossy().into_owned();
    let sample = "data/duesseldorf-2016";
    println!("{:<28} {:>9} {:>9} {:>9} {:>9}", "command", "min ms", "median", "max", "peak MiB");
    for (name, arguments) in [
        ("load and check", vec!["check", sample]),
        ("Markdown", vec!["build", sample, "--format", "md", "--out", &out]),
        ("PDF", vec!["build", sample, "--format", "pdf", "--out", &out]),
        ("PDF, fast draft", vec!["build", sample, "--format", "pdf", "--schnell", "--out", &out]),
    ] {
        let mut times = Vec::new();
        let mut peak = 0;
        for _ in 0..RUNS {
            let (time, memory) = run(root, &arguments);
            times.push(time);
            peak = peak.max(memory);
        }
        times.sort();
        let ms = |time: Duration| format!("{:.1}", time.as_secs_f64() * 1000.0);
        println!(
            "{name:<28} {:>9} {:>9} {:>9} {:>9}",
            ms(times[0]),
            ms(times[RUNS / 2]),
            ms(times[RUNS - 1]),
            peak / 1024
        );
    }
    let _ = std::fs::remove_dir_all(target);
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
