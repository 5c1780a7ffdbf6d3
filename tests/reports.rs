// SPDX-License-Identifier: EUPL-1.2
//! The report about a check as Markdown: samples, and where it goes.

use std::fs;

use crate::support::{all_good, amip, copy_folder, expect_file, folders, root};

#[test]
fn samples_show_their_report() {
    let mut problems = Vec::new();
    for folder in folders("tests/reports") {
        let target = tempfile::tempdir().expect("folder");
        let out = target.path().to_string_lossy().into_owned();
        let output = amip(&["check", "programm", "--format", "md", "--out", &out], &folder);
        let open = folder.ends_with("offen");
        assert_eq!(output.status.code(), Some(i32::from(open)), "{}", folder.display());
        let printed = String::from_utf8(output.stdout).expect("UTF-8");
        assert!(printed.starts_with("geschrieben: ") && printed.lines().count() == 2, "{printed}");
        let files: Vec<_> = fs::read_dir(target.path()).expect("folder").flatten().collect();
        assert_eq!(files.len(), 1);
        assert_eq!(files[0].file_name(), "programm-pruefbericht.md");
        let text = fs::read_to_string(files[0].path()).expect("UTF-8");
        // New rules change no sample.
        let rules = format!("| angewandte Regeln | {} |", amip::check::RULES.len());
        assert!(text.contains(&rules), "{text}");
        let text = text.replace(&rules, "| angewandte Regeln | … |");
        problems.extend(expect_file(&folder.join("pruefbericht.md"), &text).err());
    }
    all_good(&problems);
}

#[test]
fn several_reports_go_to_a_folder_each_and_what_cannot_be_read_to_none() {
    let folder = tempfile::tempdir().expect("folder");
    for name in ["offen", "ohne-befund", "kaputt"] {
        let sample = if name == "kaputt" { "offen" } else { name };
        let from = root().join("tests/reports").join(sample).join("programm");
        copy_folder(&from, &folder.path().join(name));
    }
    fs::write(folder.path().join("kaputt/werte.yaml"), "werte: [").expect("write");
    let output = amip(
        &["pruefen", "offen", "ohne-befund", "kaputt", "--format", "md", "--out", "ziel"],
        folder.path(),
    );
    assert_eq!(output.status.code(), Some(2));
    let there =
        |name: &str| folder.path().join(format!("ziel/{name}/{name}-pruefbericht.md")).is_file();
    assert!(there("offen") && there("ohne-befund") && !there("kaputt"));
    assert!(!folder.path().join("ziel/kaputt").exists());
    let errors = String::from_utf8(output.stderr).expect("UTF-8");
    assert!(errors.contains("kaputt: Es wurde nichts geschrieben."), "{errors}");
}

#[test]
fn a_report_never_lies_among_what_is_written_by_hand() {
    let folder = tempfile::tempdir().expect("folder");
    let copy = folder.path().join("neustadt");
    copy_folder(&root().join("tests/reports/offen/programm"), &copy);
    let output =
        amip(&["check", "neustadt", "--format", "md", "--out", "neustadt/kapitel"], folder.path());
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(fs::read_dir(copy.join("kapitel")).expect("folder").count(), 1);
}
