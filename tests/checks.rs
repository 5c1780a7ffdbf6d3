// SPDX-License-Identifier: EUPL-1.2
//! Every rule shown by a sample folder, and documented.

use std::collections::BTreeSet;

use crate::support::{SAMPLE, all_good, amip, expect_file, folders, root};

#[test]
fn every_rule_has_a_sample_and_a_paragraph() {
    let samples: BTreeSet<String> = folders("tests/checks")
        .iter()
        .filter_map(|path| Some(path.file_name()?.to_string_lossy().into_owned()))
        .collect();
    let rules: BTreeSet<String> =
        amip::check::RULES.iter().map(|rule| rule.code.to_owned()).collect();
    assert_eq!(samples, rules);
    for rule in amip::check::RULES {
        assert!(amip::check::explanation(rule.code).is_some(), "docs/regeln.md: {}", rule.code);
    }
    let documented = include_str!("../docs/regeln.md")
        .lines()
        .filter_map(|line| line.strip_prefix("## "))
        .map(str::to_owned)
        .collect::<BTreeSet<_>>();
    assert_eq!(documented, rules);
}

#[test]
fn samples_show_their_finding() {
    let mut problems = Vec::new();
    for folder in folders("tests/checks") {
        let output = amip(&["check", "programm", "--all"], &folder);
        let text = String::from_utf8(output.stdout).expect("UTF-8");
        problems.extend(expect_file(&folder.join("befund.txt"), &text).err());
        let code = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let found = text.matches(&format!("[{code}]: ")).count();
        if found != 1 {
            problems.push(format!("{code}: shown {found} times"));
        }
    }
    all_good(&problems);
}

#[test]
fn the_sample_has_no_open_findings() {
    let open: Vec<_> =
        SAMPLE.findings.iter().filter(|finding| finding.acknowledged.is_none()).collect();
    assert!(open.is_empty(), "{open:#?}");
}

#[test]
fn the_wrong_total_for_under_25_is_named() {
    let output = amip(&["check", "data/duesseldorf-2016", "--all", "--format", "json"], &root());
    let findings: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let total = findings
        .as_array()
        .expect("an array")
        .iter()
        .find(|finding| finding["code"] == "summe")
        .expect("the finding");
    let text = |key: &str| total[key].as_str().unwrap_or_default().replace('\u{a0}', " ");
    assert_eq!(text("stated"), "5.476.800 €");
    assert_eq!(text("computed"), "5.452.480 €");
    assert_eq!(text("difference"), "+24.320 €");
    assert_eq!(text("severity"), "error");
    assert!(text("file").ends_with("5-jugend.yaml"));
    assert!(total["line"].as_u64() > Some(1) && total["column"].as_u64() > Some(1));
    assert!(!text("acknowledged").is_empty());
}
