// SPDX-License-Identifier: EUPL-1.2
//! The direction of imports, and other rules of the house.

use std::fs;
use std::path::{Path, PathBuf};

use crate::support::{all_good, expect_file, root};

/// Which rooms a room may use, beside itself.
const MAY_USE: &[(&str, &[&str])] = &[
    ("diag", &[]),
    ("law", &[]),
    ("tree", &["diag"]),
    ("model", &["diag", "law", "tree"]),
    ("check", &["diag", "law", "tree", "model"]),
    ("render", &["diag", "tree", "model"]),
    ("write", &["tree"]),
    ("explain", &["diag", "tree", "model", "check"]),
    ("compare", &["diag", "tree", "model", "check"]),
    ("publish", &["diag", "tree", "model"]),
    (
        "cli",
        &["diag", "tree", "model", "check", "explain", "compare", "publish", "render", "write"],
    ),
];

fn sources(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("sources").flatten() {
        let path = entry.path();
        if path.is_dir() {
            sources(&path, out);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            out.push(path);
        }
    }
    out.sort();
}

fn all_sources() -> Vec<PathBuf> {
    let mut out = Vec::new();
    sources(&root().join("src"), &mut out);
    out
}

#[test]
fn rooms_use_only_what_they_may() {
    let mut problems = Vec::new();
    for (room, allowed) in MAY_USE {
        let mut files = Vec::new();
        sources(&root().join("src").join(room), &mut files);
        assert!(!files.is_empty(), "{room}");
        for file in files {
            let text = fs::read_to_string(&file).expect("UTF-8");
            for (at, _) in text.match_indices("crate::") {
                let used: String = text[at + 7..]
                    .chars()
                    .take_while(|c| c.is_ascii_lowercase() || *c == '_')
                    .collect();
                let known = MAY_USE.iter().any(|(name, _)| *name == used);
                if known && used != *room && !allowed.contains(&used.as_str()) {
                    problems.push(format!("{}: uses {used}", file.display()));
                }
            }
        }
    }
    all_good(&problems);
}

#[test]
fn libraries_stay_in_their_rooms() {
    let mut problems = Vec::new();
    for file in all_sources() {
        let name = file.to_string_lossy().replace('\\', "/");
        let text = fs::read_to_string(&file).expect("UTF-8");
        for (library, room) in [
            ("typst", "src/write/pdf/"),
            ("tera::", "src/render/engine.rs"),
            ("pulldown_cmark", "src/tree/reader"),
            ("granit_parser", "src/model/yaml.rs"),
            ("clap", "src/cli/args.rs"),
            ("indicatif", "src/cli/batch.rs"),
            ("hayro_syntax", "src/publish/proof/pdf.rs"),
            ("sha2", "src/publish/protocol.rs"),
            ("rustix", "src/cli/edition.rs"),
            ("hypher", "src/write/svg.rs"),
        ] {
            let uses = text.lines().any(|line| {
                let line = line.trim_start();
                !line.starts_with("//")
                    && (line.starts_with(&format!("use {library}"))
                        || line.contains(&format!(" {library}::")))
            });
            if uses && !name.contains(room) {
                problems.push(format!("{name}: uses {library}"));
            }
        }
    }
    all_good(&problems);
}

#[test]
fn every_source_file_says_what_it_is() {
    let mut problems = Vec::new();
    let mut files = all_sources();
    sources(&root().join("tests"), &mut files);
    for file in files {
        let text = fs::read_to_string(&file).expect("UTF-8");
        let mut lines = text.lines();
        let licence = lines.next() == Some("// SPDX-License-Identifier: EUPL-1.2");
        let header = lines.next().is_some_and(|line| line.starts_with("//! "));
        if !licence || !header {
            problems.push(file.display().to_string());
        }
    }
    all_good(&problems);
}

/// Tests beside the code would never run: the library has no test binary of its own.
#[test]
fn all_tests_are_in_the_test_binary() {
    let hidden: Vec<_> = all_sources()
        .into_iter()
        .filter(|path| fs::read_to_string(path).expect("UTF-8").contains("#[cfg(test)]"))
        .collect();
    assert!(hidden.is_empty(), "{hidden:?}");
}

#[test]
fn figures_are_never_floats() {
    let mut problems = Vec::new();
    for file in all_sources() {
        let text = fs::read_to_string(&file).expect("UTF-8");
        for (number, line) in text.lines().enumerate() {
            // A new programme is dated today; nothing else looks at the clock.
            if file.ends_with("cli/clock.rs") {
                continue;
            }
            let code = line.split("//").next().unwrap_or_default();
            if ["f64", "f32", "HashMap", "HashSet", "SystemTime", "Instant::now"]
                .iter()
                .any(|word| code.contains(word))
            {
                problems.push(format!("{}:{}: {line}", file.display(), number + 1));
            }
        }
    }
    all_good(&problems);
}

#[test]
fn the_format_page_names_every_key() {
    let mut files = vec![root().join("src/model/records.rs")];
    sources(&root().join("src/model/records"), &mut files);
    let texts = files.iter().map(|file| fs::read_to_string(file).expect("UTF-8"));
    let records: String = texts.collect();
    let page = fs::read_to_string(root().join("docs/format.md")).expect("UTF-8");
    let mut problems = Vec::new();
    for line in records.lines() {
        let line = line.trim_start();
        if let Some(rest) = line.strip_prefix('"')
            && let Some((key, rest)) = rest.split_once("\" ")
            && rest.contains(": ")
        {
            let written = [format!("{key}:"), format!("`{key}`")];
            if !written.iter().any(|form| page.contains(form.as_str())) {
                problems.push(key.to_owned());
            }
        }
    }
    all_good(&problems);
}

/// A record of the data files, as the sources declare it.
struct Declared {
    name: String,
    /// Key, field, whether it is required, and what it means.
    keys: Vec<(String, String, bool, String)>,
    meaning: String,
}

/// The records that a source declares with `record!`.
fn declared(source: &str) -> Vec<Declared> {
    let mut out: Vec<Declared> = Vec::new();
    let mut doc = Vec::new();
    for line in source.lines().map(str::trim) {
        if let Some(text) = line.strip_prefix("/// ") {
            doc.push(text.to_owned());
            continue;
        }
        let meaning = std::mem::take(&mut doc).join(" ");
        if let Some((name, rest)) = line.split_once(", \"")
            && rest.ends_with("\" {")
        {
            out.push(Declared { name: name.to_owned(), keys: Vec::new(), meaning });
        } else if let Some((key, rest)) =
            line.strip_prefix('"').and_then(|line| line.split_once("\" "))
            && let Some((field, kind)) = rest.split_once(": ")
            && let Some(record) = out.last_mut()
        {
            let required = kind.starts_with("required");
            record.keys.push((key.to_owned(), field.to_owned(), required, meaning));
        }
    }
    out
}

#[test]
fn the_glossary_lists_every_key() {
    let mut files = vec![root().join("src/model/records.rs")];
    sources(&root().join("src/model/records"), &mut files);
    files.push(root().join("src/model/outline.rs"));
    let mut text = String::from(
        "Made from `src/model/records/` and `src/model/outline.rs`. The format is described in [format.md](format.md).\n",
    );
    for file in files {
        for record in declared(&fs::read_to_string(file).expect("UTF-8")) {
            text.push_str(&format!("\n### `{}`\n\n{}\n\n", record.name, record.meaning));
            text.push_str("| key | field | meaning |\n|---|---|---|\n");
            for (key, field, required, meaning) in record.keys {
                let required = if required { " (required)" } else { "" };
                let meaning = meaning.trim_end_matches('.');
                text.push_str(&format!("| `{key}` | `{field}` | {meaning}{required} |\n"));
            }
        }
    }
    let path = root().join("docs/glossary.md");
    let page = fs::read_to_string(&path).expect("UTF-8");
    let mark = "## Keys of the data files\n";
    let (before, _) = page.split_once(mark).expect("the heading");
    all_good(
        &expect_file(&path, &format!("{before}{mark}\n{text}"))
            .err()
            .into_iter()
            .collect::<Vec<_>>(),
    );
}

#[test]
fn the_repository_speaks_of_the_product_alone() {
    let mut problems = Vec::new();
    for folder in ["src", "docs", "data", "templates", "tests"] {
        let mut stack = vec![root().join(folder)];
        while let Some(path) = stack.pop() {
            for entry in fs::read_dir(&path).expect("folder").flatten() {
                let path = entry.path();
                if path.is_dir() {
                    stack.push(path);
                    continue;
                }
                let Ok(text) = fs::read_to_string(&path) else { continue };
                let own = path.ends_with("architecture.rs");
                for word in ["/work/", "/tmp/", "design.md", "TODO:", "FIXME"] {
                    if !own && text.contains(word) {
                        problems.push(format!("{}: {word}", path.display()));
                    }
                }
            }
        }
    }
    all_good(&problems);
}
