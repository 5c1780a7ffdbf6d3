// SPDX-License-Identifier: EUPL-1.2
//! The command line: arguments, paths, writing files, printing, exit codes.
//!
//! One file per command. Exit codes: 0 everything fine, 1 open findings, 2 could not run.
//!
//! Not here: figures, rules, Markdown.

mod args;
mod batch;
mod build;
mod check;
mod clock;
mod compare;
mod console;
mod edition;
mod explain;
mod new;
mod output;
mod printable;
mod prose;
mod publish;
mod report;
mod session;
mod target;
mod verify;

use std::ffi::OsString;
use std::process::ExitCode;

use args::Command;
use console::Console;

/// Stack of the threads that work: long chains of figures and nested texts need more room than a
/// thread has by default.
pub const STACK: usize = 256 * 1024 * 1024;

/// How a command ended; the worst of several counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Exit {
    Fine,
    Findings,
    Failed,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Fine => 0,
            Exit::Findings => 1,
            Exit::Failed => 2,
        })
    }
}

/// Runs the program with the arguments of a process.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let console = Console::new();
    let command = match args::parse(arguments) {
        Ok(command) => command,
        Err(args::Stop::Show(text)) => {
            console.print(&text);
            return Exit::Fine.into();
        }
        Err(args::Stop::Wrong(text)) => {
            console.complain(&text);
            return Exit::Failed.into();
        }
    };
    let exit = match command {
        Command::Build(arguments) => build::run(&arguments, &console),
        Command::Check(arguments) => check::run(&arguments, &console),
        Command::Explain(arguments) => explain::run(&arguments, &console),
        Command::Compare(arguments) => compare::run(&arguments, &console),
        Command::Publish(arguments) => publish::run(&arguments, &console),
        Command::Verify(arguments) => verify::run(&arguments, &console),
        Command::New(arguments) => new::run(&arguments, &console),
    };
    exit.into()
}
