// SPDX-License-Identifier: EUPL-1.2
//! The command line: help, wrong arguments, repeatability, and the commands of the README.

use std::fs;

use crate::support::{BUILT, amip, copy_folder, pdf, root};

fn stdout(arguments: &[&str]) -> String {
    stdout_in(arguments, &root())
}

fn stdout_in(arguments: &[&str], folder: &std::path::Path) -> String {
    let output = amip(arguments, folder);
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {errors}");
    String::from_utf8(output.stdout).expect("UTF-8")
}

#[test]
fn help_is_german_for_every_command() {
    for arguments in [
        &["--help"][..],
        &["build", "--help"],
        &["check", "--help"],
        &["explain", "--help"],
        &["pruefen", "--hilfe"],
        &[],
    ] {
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
        let (one, other) = (fs::read(folder.path().join(file)), fs::read(BUILT.folder.join(file)));
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

/// A copy of a sample in a folder of its own.
fn copied(name: &str) -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().expect("folder");
    let copy = folder.path().join(name);
    copy_folder(&root().join("data").join(name), &copy);
    (folder, copy)
}

/// Writes a built-in template with one change into a folder.
fn changed(file: &str, target: &std::path::Path, from: &str, to: &str) {
    let text = fs::read_to_string(root().join("templates").join(file)).expect("template");
    assert!(text.contains(from), "{file}: {from}");
    let target = target.join(file);
    fs::create_dir_all(target.parent().expect("parent")).expect("folder");
    fs::write(target, text.replace(from, to)).expect("template");
}

#[test]
fn single_templates_of_a_programme_replace_the_built_in_ones() {
    let (folder, copy) = copied("duesseldorf-2016");
    let own = copy.join("templates");
    changed("programm/dokument.md", &own, "# Kennzahlen {", "# Kennzahlen und Ziele {");
    changed("pdf/thema.typ", &own, "#let groesse = 11pt", "#let groesse = 14pt");
    stdout_in(&["build", "duesseldorf-2016", "--out", "ziel"], folder.path());
    let text = fs::read_to_string(folder.path().join("ziel/duesseldorf-2016.md")).expect("written");
    assert!(text.contains("## 4 Kennzahlen und Ziele\n") && text.contains("**Tabelle 1** "));
    let bytes = fs::read(folder.path().join("ziel/duesseldorf-2016.pdf")).expect("written");
    let pages = |bytes: &[u8]| pdf::read(bytes).expect("the PDF can be read").page_count;
    assert!(pages(&bytes) > pages(&BUILT.pdf), "larger letters need more pages");
}

#[test]
fn templates_of_a_programme_win_over_those_of_the_option() {
    let (folder, copy) = copied("duesseldorf-2016");
    let option = folder.path().join("haus");
    changed("programm/dokument.md", &option, "# Kennzahlen {", "# Haus {");
    changed("programm/gliederung.yaml", &option, "tabelle: Tabelle", "tabelle: Übersicht");
    changed("programm/dokument.md", &copy.join("templates"), "# Kennzahlen {", "# Eigenes {");
    let arguments =
        ["build", "duesseldorf-2016", "--format", "md", "--vorlagen", "haus", "--out", "ziel"];
    stdout_in(&arguments, folder.path());
    let text = fs::read_to_string(folder.path().join("ziel/duesseldorf-2016.md")).expect("written");
    assert!(text.contains("## 4 Eigenes\n") && text.contains("**Übersicht 1** "));
}

#[test]
fn the_theme_colours_text_and_diagrams() {
    let (folder, copy) = copied("duesseldorf-2016");
    fs::write(copy.join("thema.yaml"), "thema: {akzent: \"#7a0019\"}\n").expect("write");
    stdout_in(&["build", "duesseldorf-2016", "--format", "md", "--out", "ziel"], folder.path());
    let picture =
        fs::read_to_string(folder.path().join("ziel/bilder/tertiarisierung.svg")).expect("written");
    assert!(picture.contains("#7a0019") && !picture.contains("#0b4f6c"));
}

#[test]
fn new_programmes_build_with_nothing_but_open_figures_and_texts() {
    let folder = tempfile::tempdir().expect("folder");
    for outline in ["programm", "planungsdokument"] {
        let name = format!("neustadt-{outline}-2031");
        stdout_in(&["new", &name, "--outline", outline], folder.path());
        let checked = amip(&["check", &name, "--format", "json"], folder.path());
        assert_eq!(checked.status.code(), Some(1), "{outline}");
        let findings: Vec<serde_json::Value> =
            serde_json::from_slice(&checked.stdout).expect("JSON");
        assert!(!findings.is_empty());
        for finding in &findings {
            let open = ["offen", "geruesttext"].iter().any(|code| finding["code"] == *code);
            assert!(open, "{outline}: {finding}");
        }
        let built = amip(&["build", &name, "--out", &format!("ziel-{outline}")], folder.path());
        assert_eq!(built.status.code(), Some(1), "{}", String::from_utf8_lossy(&built.stderr));
        let text = fs::read_to_string(folder.path().join(format!("ziel-{outline}/{name}.md")));
        let text = text.expect("written");
        assert!(text.contains("2031") && text.contains("Entwurf"), "{outline}");
        assert!(!text.contains("{{"), "{outline}: a mark is left");
    }
}

#[test]
fn new_never_overwrites() {
    let folder = tempfile::tempdir().expect("folder");
    let own = folder.path().join("meins");
    fs::create_dir(&own).expect("folder");
    fs::write(own.join("notiz.txt"), "wichtig").expect("write");
    let output = amip(&["neu", "meins"], folder.path());
    assert_eq!(output.status.code(), Some(2));
    let files: Vec<_> = fs::read_dir(&own).expect("folder").flatten().collect();
    assert_eq!(files.len(), 1);
    assert_eq!(fs::read_to_string(own.join("notiz.txt")).expect("kept"), "wichtig");
}

#[test]
fn new_programmes_bear_any_name() {
    let folder = tempfile::tempdir().expect("temporary folder");
    for (name, jobcenter) in [
        ("null", "Jobcenter \"Süd\": Kreis #1"),
        ("2027", "Jobcenter\nim Kreis"),
        ("Bad Königshofen 2027", "Jobcenter \\ Bad Königshofen"),
    ] {
        let output = amip(&["new", name, "--jobcenter", jobcenter], folder.path());
        assert_eq!(output.status.code(), Some(0), "{name}");
        let output = amip(&["check", name], folder.path());
        // Open figures are findings; what cannot be read would be a failure.
        assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stdout));
    }
    let out = amip(&["build", "null", "--format", "md", "--out", "out"], folder.path());
    assert_eq!(out.status.code(), Some(1));
    let text = std::fs::read_to_string(folder.path().join("out/null.md")).expect("Markdown");
    assert!(text.contains("Jobcenter \"Süd\": Kreis #1"), "{text}");
}

#[test]
fn a_pattern_stands_for_programmes() {
    let folder = tempfile::tempdir().expect("temporary folder");
    for name in ["a-2027", "b-2027", "b-2028"] {
        amip(&["new", name], folder.path());
    }
    let output = amip(&["check", "*-2027"], folder.path());
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(text.contains("a-2027: ") && text.contains("b-2027: "), "{text}");
    assert!(!text.contains("b-2028"), "{text}");
    // One programme found by a pattern still gets a folder of its own.
    amip(&["build", "*-2028", "--format", "md", "--out", "ziel"], folder.path());
    assert!(folder.path().join("ziel/b-2028/b-2028.md").is_file());
}

#[test]
fn several_programmes_have_a_line_each_and_the_worst_exit_code() {
    let folder = tempfile::tempdir().expect("folder");
    let programme = |name: &str, value: &str| {
        let path = folder.path().join(name);
        fs::create_dir(&path).expect("folder");
        let head = "programm: {id: x, jobcenter: J, jahr: 2027, titel: T, stand: 2026-11-01}\n";
        let values = format!("werte: [{{id: a, bezeichnung: A, wert: {value}}}]\n");
        fs::write(path.join("programm.yaml"), format!("{head}{values}")).expect("write");
    };
    programme("a-gut", "5");
    programme("b-offen", "offen");
    programme("c-falsch", "39.53");
    let run = |arguments: &[&str]| {
        let output = amip(arguments, folder.path());
        (output.status.code(), String::from_utf8(output.stdout).expect("UTF-8"))
    };
    let build = ["build", "a-gut", "b-offen", "--format", "md"];
    let (code, text) = run(&build);
    assert_eq!(code, Some(1));
    let lines: Vec<&str> = text.lines().collect();
    assert!(lines[0].starts_with("a-gut: keine offenen Befunde"), "{text}");
    assert!(lines[1].starts_with("b-offen: 1 Warnung"), "{text}");
    assert_eq!(lines[2], "2 Programme: 1 ohne offene Befunde, 1 mit offenen Befunden (Entwurf).");
    // A star that the command line has not resolved.
    let (code, text) = run(&["build", "./*", "--format", "md"]);
    assert_eq!(code, Some(2));
    assert!(text.contains("c-falsch: Es wurde nichts geschrieben."), "{text}");
    assert!(text.ends_with("1 nicht geschrieben.\n"), "{text}");
    assert!(folder.path().join("output/a-gut/a-gut.md").is_file());
    assert!(!folder.path().join("output/c-falsch").exists());
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
