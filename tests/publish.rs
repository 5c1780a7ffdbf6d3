// SPDX-License-Identifier: EUPL-1.2
//! The public version: nothing internal comes out, nothing secret can be computed, nothing is half
//! written.

mod attacks;
mod canaries;
mod editions;
mod images;
mod readers;
mod secrecy;
mod support;

use std::fs;

use crate::support::{all_good, amip, expect_file, folders, root};

#[test]
fn what_stands_against_it_is_said() {
    let mut problems = Vec::new();
    for folder in folders("tests/publish/befunde") {
        let command = fs::read_to_string(folder.join("befehl.txt")).expect("a command");
        let arguments: Vec<&str> = command.split_whitespace().skip(1).collect();
        let output = amip(&arguments, &root());
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8");
        let (out, err) = (text(&output.stdout), text(&output.stderr));
        let code = output.status.code().unwrap_or(-1);
        let shown = format!("{err}{out}--- Code {code}\n");
        problems.extend(expect_file(&folder.join("ausgabe.txt"), &shown).err());
    }
    all_good(&problems);
}
