// SPDX-License-Identifier: EUPL-1.2
//! The command line; see [`amip::cli`].

use std::process::ExitCode;

fn main() -> ExitCode {
    amip::cli::run(std::env::args_os())
}
