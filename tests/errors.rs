// SPDX-License-Identifier: EUPL-1.2
//! Every message about input that cannot be read, shown by a sample folder with the exact text.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;

use crate::support::{all_good, amip, expect_file, folders, root};

/// Runs a sample; the target folder must stay as it was.
fn run(folder: &std::path::Path) -> Result<String, String> {
    let target = tempfile::tempdir().expect("temporary folder");
    let out = target.path().join("ziel");
    fs::create_dir(&out).expect("folder");
    fs::write(out.join("alt.md"), "bisheriger Stand").expect("file");
    let line = fs::read_to_string(folder.join("argumente.txt"))
        .unwrap_or_else(|_| "build programm --out ZIEL".to_owned());
    let shown = out.to_string_lossy();
    let arguments: Vec<String> =
        line.split_whitespace().map(|word| word.replace("ZIEL", &shown)).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let output = amip(&arguments, folder);
    let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
    if output.status.code() != Some(2) {
        return Err(format!("{name}: exit code {:?}", output.status.code()));
    }
    let left: Vec<_> =
        fs::read_dir(&out).expect("folder").flatten().map(|entry| entry.file_name()).collect();
    if left != ["alt.md"] {
        return Err(format!("{name}: the target folder holds {left:?}"));
    }
    Ok(String::from_utf8(output.stderr).expect("UTF-8").replace(&*shown, "ZIEL"))
}

#[test]
fn samples_show_their_message() {
    let mut problems = Vec::new();
    for folder in folders("tests/errors") {
        match run(&folder) {
            Err(problem) => problems.push(problem),
            Ok(text) => problems.extend(expect_file(&folder.join("meldung.txt"), &text).err()),
        }
    }
    all_good(&problems);
}

/// Codes of messages in the sources: `Finding::input("code"`.
fn codes() -> BTreeSet<String> {
    fn collect(folder: &std::path::Path, out: &mut String) {
        for entry in fs::read_dir(folder).expect("sources").flatten() {
            let path = entry.path();
            if path.is_dir() {
                collect(&path, out);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                out.push_str(&fs::read_to_string(path).expect("UTF-8"));
            }
        }
    }
    let mut text = String::new();
    collect(&root().join("src"), &mut text);
    let marks = ["Finding::input(", "code: "];
    let mut out = BTreeSet::new();
    for mark in marks {
        for (at, _) in text.match_indices(mark) {
            let rest = text[at + mark.len()..].trim_start();
            if let Some(code) = rest.strip_prefix('"').and_then(|rest| rest.split('"').next()) {
                out.insert(code.to_owned());
            }
        }
    }
    let rules: BTreeSet<String> =
        amip::check::RULES.iter().map(|rule| rule.code.to_owned()).collect();
    out.difference(&rules).cloned().collect()
}

#[test]
fn every_message_is_shown_by_a_sample() {
    // Shown by tests below, because their samples are large or depend on the system.
    let elsewhere = ["bild-zu-gross", "datei-zu-gross", "nicht-lesbar", "yaml-tiefe"];
    let mut shown = String::new();
    for folder in folders("tests/errors") {
        shown.push_str(&fs::read_to_string(folder.join("meldung.txt")).unwrap_or_default());
    }
    let missing: Vec<String> = codes()
        .into_iter()
        .filter(|code| !elsewhere.contains(&code.as_str()))
        .filter(|code| !shown.contains(&format!("[{code}]")))
        .collect();
    assert!(missing.is_empty(), "no sample under tests/errors shows {missing:?}");
}

#[test]
fn several_problems_are_reported_at_once() {
    let text = run(&root().join("tests/errors/mehrere-probleme")).expect("a message");
    assert!(text.matches("Fehler[").count() >= 6, "{text}");
}

const PROGRAMME: &str = "programm:\n  id: probe\n  jobcenter: Jobcenter Probe\n  jahr: 2027\n  titel: Probe\n  stand: 2026-11-01\n";

/// A folder with a programme and one more file.
fn folder(name: &str, content: &[u8]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("folder");
    fs::write(folder.path().join("programm.yaml"), PROGRAMME).expect("write");
    fs::write(folder.path().join(name), content).expect("write");
    folder
}

fn build(folder: &tempfile::TempDir) -> (Option<i32>, String) {
    let output = amip(&["build", ".", "--format", "md", "--out", "output/ziel"], folder.path());
    (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
}

#[test]
fn a_huge_file_is_refused_without_reading_it() {
    let folder = folder("riesig.yaml", &vec![b'#'; 50_000_000]);
    let (code, text) = build(&folder);
    assert_eq!(code, Some(2));
    assert!(text.contains("[datei-zu-gross]") && text.contains("50 MB"), "{text}");
}

#[test]
fn a_huge_picture_is_refused_without_reading_it() {
    let folder = folder("bild.png", &vec![0; 20_000_001]);
    let picture =
        "schaubilder:\n  - {id: b, art: bild, titel: B, alternativtext: B, datei: bild.png}\n";
    fs::write(folder.path().join("schaubilder.yaml"), picture).expect("write");
    let (code, text) = build(&folder);
    assert_eq!(code, Some(2));
    assert!(text.contains("[bild-zu-gross]") && text.contains("20 MB"), "{text}");
}

#[test]
fn an_alias_bomb_does_not_explode() {
    let mut text = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for level in 1..30 {
        let before = vec![format!("*a{}", level - 1); 9].join(", ");
        let _ = writeln!(text, "a{level}: &a{level} [{before}]");
    }
    let (code, text) = build(&folder("bombe.yaml", text.as_bytes()));
    assert_eq!(code, Some(2));
    assert!(text.contains("[yaml-stern]"), "{text}");
}

#[test]
fn deep_nesting_is_refused() {
    let text = format!("werte: {}{}", "[".repeat(5000), "]".repeat(5000));
    let (code, text) = build(&folder("tief.yaml", text.as_bytes()));
    assert_eq!(code, Some(2));
    assert!(text.contains("[yaml-tiefe]"), "{text}");
}

#[test]
fn windows_line_ends_and_a_byte_order_mark_are_fine() {
    let folder = tempfile::tempdir().expect("folder");
    let with_marks = format!("\u{feff}{}", PROGRAMME.replace('\n', "\r\n"));
    fs::write(folder.path().join("programm.yaml"), with_marks).expect("write");
    fs::create_dir(folder.path().join("kapitel")).expect("folder");
    let text = "\u{feff}Erster Absatz\r\nmit zwei Zeilen.\r\n\r\n- Punkt\r\n";
    fs::write(folder.path().join("kapitel/einleitung.md"), text).expect("write");
    let (code, message) = build(&folder);
    assert_eq!(code, Some(0), "{message}");
    let name = folder.path().file_name().expect("name").to_string_lossy().into_owned();
    let written =
        fs::read_to_string(folder.path().join(format!("output/ziel/{name}.md"))).expect("written");
    assert!(written.contains("Erster Absatz mit zwei Zeilen.\n\n- Punkt\n"), "{written}");
}

#[test]
fn an_error_in_a_file_with_a_byte_order_mark_has_the_right_column() {
    let folder = folder(
        "werte.yaml",
        "\u{feff}werte:\r\n  - {id: a, bezeichnung: ä, wert: 39.53}\r\n".as_bytes(),
    );
    let (_, text) = build(&folder);
    assert!(text.contains("werte.yaml:2:35"), "{text}");
}

#[test]
#[cfg(unix)]
fn a_target_that_cannot_be_written_leaves_everything_as_it_was() {
    let folder = folder("leer.yaml", b"");
    // A file stands where the folder should be.
    let way = folder.path().join("output/ziel");
    fs::create_dir(folder.path().join("output")).expect("folder");
    fs::write(&way, "im Weg").expect("write");
    let (code, text) = build(&folder);
    assert_eq!(code, Some(2));
    assert!(text.contains("Fehler[ausgabe]"), "{text}");
    assert_eq!(fs::read_to_string(&way).expect("kept"), "im Weg");
}

#[test]
fn an_open_figure_makes_a_draft_and_exit_code_1() {
    let folder = folder("werte.yaml", b"werte:\n  - {id: a, bezeichnung: A, wert: offen}\n");
    let output = amip(&["build", ".", "--format", "md", "--out", "output/ziel"], folder.path());
    assert_eq!(output.status.code(), Some(1));
    let name = folder.path().file_name().expect("name").to_string_lossy().into_owned();
    let written =
        fs::read_to_string(folder.path().join(format!("output/ziel/{name}.md"))).expect("written");
    assert!(written.contains("Entwurf – 1 offener Befund"), "{written}");
}
