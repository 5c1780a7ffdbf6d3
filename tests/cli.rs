// SPDX-License-Identifier: EUPL-1.2
//! The command line: help, wrong arguments, repeatability, and the commands of the README.

use std::fs;

use crate::support::{BUILT, amip, root};

fn stdout(arguments: &[&str]) -> String {
    let output = amip(arguments, &root());
    assert_eq!(output.status.code(), Some(0), "{arguments:?}");
    String::from_utf8(output.stdout).expect("UTF-8")
}

#[test]
fn help_is_german_for_every_command() {
    for arguments in
        [&["--help"][..], &["build", "--help"], &["check", "--help"], &["pruefen", "--hilfe"], &[]]
    {
        let text = stdout(arguments);
        assert!(text.contains("Aufruf:") && text.contains("Optionen"), "{text}");
        for english in [
            "Usage",
            "Options:",
            "Commands",
            "Print help",
            "Arguments",
            "possible values",
            "aliases",
        ] {
            assert!(!text.contains(english), "{arguments:?}: {english}\n{text}");
        }
    }
}

#[test]
fn wrong_arguments_are_explained_in_german() {
    for (arguments, part) in [
        (&["biuld", "x"][..], "Meinten Sie „build“?"),
        (&["build"], "Es fehlt eine Angabe"),
        (&["build", "x", "--formt", "md"], "--format"),
        (&["build", "x", "--format", "docx"], "„docx“ passt nicht"),
        (&["check", "--erklaere", "sume"], "Meinten Sie „summe“?"),
    ] {
        let output = amip(arguments, &root());
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(text.starts_with("Fehler: ") && text.contains(part), "{arguments:?}: {text}");
    }
}

#[test]
fn rules_explain_themselves() {
    assert!(
        stdout(&["check", "--erklaere", "summe"]).starts_with("summe\n\nEine angegebene Summe")
    );
}

#[test]
fn building_twice_gives_the_same_bytes() {
    let folder = tempfile::tempdir().expect("folder");
    let target = folder.path().to_string_lossy().into_owned();
    stdout(&["build", "data/duesseldorf-2016", "--out", &target]);
    for file in ["duesseldorf-2016.md", "duesseldorf-2016.pdf", "bilder/mittel-wasserfall.svg"] {
        let (one, other) =
            (fs::read(folder.path().join(file)), fs::read(BUILT.folder.path().join(file)));
        assert!(one.expect("written") == other.expect("written"), "{file}");
    }
}

#[test]
fn formats_and_the_fast_draft() {
    let folder = tempfile::tempdir().expect("folder");
    let target = folder.path().to_string_lossy().into_owned();
    stdout(&["bauen", "data/duesseldorf-2016", "--format", "pdf", "--schnell", "--out", &target]);
    let files: Vec<_> = fs::read_dir(folder.path()).expect("folder").flatten().collect();
    assert_eq!(files.len(), 1);
    assert!(fs::read(files[0].path()).expect("written").starts_with(b"%PDF-1.7"));
}

#[test]
fn own_templates_change_headings_and_colours() {
    let folder = tempfile::tempdir().expect("folder");
    let templates = folder.path().join("eigene");
    for part in ["programm", "pdf"] {
        fs::create_dir_all(templates.join(part)).expect("folder");
        for entry in fs::read_dir(root().join("templates").join(part)).expect("templates").flatten()
        {
            fs::copy(entry.path(), templates.join(part).join(entry.file_name())).expect("copy");
        }
    }
    let edit = |file: &str, from: &str, to: &str| {
        let path = templates.join(file);
        let text = fs::read_to_string(&path).expect("template");
        assert!(text.contains(from), "{file}: {from}");
        fs::write(path, text.replace(from, to)).expect("template");
    };
    edit("programm/dokument.md", "# Kennzahlen {", "# Kennzahlen und Ziele {");
    edit("programm/gliederung.yaml", "tabelle: Tabelle", "tabelle: Übersicht");
    edit("pdf/thema.typ", "#0b4f6c", "#7a0019");
    let target = folder.path().join("ziel").to_string_lossy().into_owned();
    let own = templates.to_string_lossy().into_owned();
    stdout(&["build", "data/duesseldorf-2016", "--vorlagen", &own, "--out", &target]);
    let text = fs::read_to_string(folder.path().join("ziel/duesseldorf-2016.md")).expect("written");
    assert!(text.contains("## 4 Kennzahlen und Ziele\n") && text.contains("**Übersicht 1** "));
    let picture =
        fs::read_to_string(folder.path().join("ziel/bilder/tertiarisierung.svg")).expect("written");
    assert!(picture.contains("#7a0019") && !picture.contains("#0b4f6c"));
}

/// The commands that README shows in fenced blocks.
fn readme_commands() -> Vec<String> {
    let text = fs::read_to_string(root().join("README.md")).expect("README");
    let mut inside = false;
    let mut out = Vec::new();
    for line in text.lines() {
        if line.starts_with("```") {
            inside = !inside;
        } else if inside {
            let command = line.trim_start_matches("$ ").trim();
            if command.starts_with("cargo ") || command.starts_with("amip ") {
                out.push(command.to_owned());
            }
        }
    }
    out
}

#[test]
fn the_commands_of_the_readme_work() {
    let commands = readme_commands();
    assert!(commands.iter().any(|command| command == "cargo test --release"), "{commands:?}");
    let first = "cargo run --release -- build data/duesseldorf-2016";
    assert!(commands.iter().any(|command| command == first), "{commands:?}");
    let folder = tempfile::tempdir().expect("folder");
    let copy = folder.path().join("data/duesseldorf-2016");
    copy_folder(&root().join("data/duesseldorf-2016"), &copy);
    for command in commands {
        let Some(arguments) = command
            .strip_prefix("cargo run --release -- ")
            .or_else(|| command.strip_prefix("amip "))
        else {
            continue;
        };
        let arguments: Vec<&str> = arguments.split_whitespace().collect();
        let output = amip(&arguments, folder.path());
        assert_ne!(
            output.status.code(),
            Some(2),
            "{command}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
    for ending in ["md", "pdf"] {
        let file = folder.path().join(format!("output/duesseldorf-2016/duesseldorf-2016.{ending}"));
        assert!(file.is_file(), "{}", file.display());
    }
}

fn copy_folder(from: &std::path::Path, to: &std::path::Path) {
    fs::create_dir_all(to).expect("folder");
    for entry in fs::read_dir(from).expect("folder").flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("copy");
        }
    }
}
