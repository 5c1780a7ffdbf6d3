// SPDX-License-Identifier: EUPL-1.2
//! The command line; see [`amip::cli`].

use std::process::ExitCode;

fn main() -> ExitCode {
    let worker = std::thread::Builder::new()
        .stack_size(amip::cli::STACK)
        .spawn(|| amip::cli::run(std::env::args_os()));
    match worker.map(std::thread::JoinHandle::join) {
        Ok(Ok(code)) => code,
        // The panic has printed its own message.
        Ok(Err(_)) => ExitCode::from(2),
        Err(_) => amip::cli::run(std::env::args_os()),
    }
}
