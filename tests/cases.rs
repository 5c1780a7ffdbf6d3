// SPDX-License-Identifier: EUPL-1.2
//! The elements of the layout, one small programme each, with the Markdown that is expected; as PDF
//! each of them is accessible. A case is a folder below `tests/cases/`.

use std::fs;
use std::path::{Path, PathBuf};

use crate::support::{all_good, amip, expect_file, folders};

/// Builds a case and gives back its Markdown and PDF.
fn build(folder: &Path) -> Result<(String, Vec<u8>), String> {
    let target = tempfile::tempdir().expect("temporary folder");
    let out = target.path().to_string_lossy().into_owned();
    let output = amip(&["build", "programm", "--out", &out], folder);
    // A draft says so with another code.
    let code = fs::read_to_string(folder.join("code.txt")).unwrap_or_else(|_| "0".to_owned());
    if output.status.code() != code.trim().parse().ok() {
        let errors = String::from_utf8_lossy(&output.stderr).into_owned();
        return Err(format!("{}: exit {:?}\n{errors}", folder.display(), output.status.code()));
    }
    let read = |name: &str| fs::read(target.path().join(name)).expect("written");
    let markdown = String::from_utf8(read("programm.md")).expect("UTF-8");
    Ok((markdown, read("programm.pdf")))
}

fn cases() -> Vec<PathBuf> {
    let mut cases = folders("tests/cases/elemente");
    cases.extend(
        folders("tests/cases").into_iter().filter(|path| path.join("erwartet.md").is_file()),
    );
    cases
}

#[test]
fn every_element_has_a_case() {
    let names: Vec<String> = folders("tests/cases/elemente")
        .iter()
        .filter_map(|path| Some(path.file_name()?.to_string_lossy().into_owned()))
        .collect();
    for number in 1..=60 {
        let count = names.iter().filter(|name| name.starts_with(&format!("{number:02}-"))).count();
        assert_eq!(count, 1, "element {number}: {names:?}");
    }
    assert_eq!(names.len(), 60);
}

#[test]
fn cases_give_the_expected_markdown_and_an_accessible_pdf() {
    let mut problems = Vec::new();
    for folder in cases() {
        match build(&folder) {
            Err(problem) => problems.push(problem),
            Ok((markdown, pdf)) => {
                problems.extend(expect_file(&folder.join("erwartet.md"), &markdown).err());
                let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
                let found = crate::pdf::problems(&pdf).into_iter();
                problems.extend(found.map(|problem| format!("{name}: {problem}")));
            }
        }
    }
    all_good(&problems);
}
