// SPDX-License-Identifier: EUPL-1.2
//! What several tests need: paths, the sample, expected files, tables read back.

pub mod grid;
pub mod pdf;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::LazyLock;

use amip::diag::{Finding, Sources};
use amip::model::{Programme, outline, programme};
use amip::render::{self, templates};
use amip::tree::Document;

/// The folder of the repository.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A programme that was read and rendered.
pub struct Loaded {
    pub findings: Vec<Finding>,
    pub programme: Programme,
    pub document: Document,
}

/// Reads and renders a programme with the built-in templates.
pub fn load(folder: &Path) -> Loaded {
    let mut sources = Sources::default();
    let mut findings = Vec::new();
    let templates = templates::Templates::load("programm", None).expect("built in");
    let words = &templates.outline[templates::WORDS];
    let file = sources.add("gliederung.yaml", words.clone());
    let words = outline::read(file, words).expect("the built-in outline is valid");
    let programme = programme::load(folder, &words, &mut sources, &mut findings)
        .unwrap_or_else(|| panic!("{} cannot be read: {findings:#?}", folder.display()));
    findings.extend(amip::check::run(&programme));
    let document =
        render::document(&programme, &words, &templates, None, &mut sources, &mut findings)
            .expect("the template fits");
    Loaded { findings, programme, document }
}

/// The sample, read once.
pub static SAMPLE: LazyLock<Loaded> = LazyLock::new(|| load(&root().join("data/duesseldorf-2016")));

/// The files that `amip build` writes for the sample, built once.
pub struct Built {
    pub markdown: String,
    pub pdf: Vec<u8>,
    /// Keeps the folder until the tests end.
    pub folder: tempfile::TempDir,
}

/// The sample as `amip build` writes it.
pub static BUILT: LazyLock<Built> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("temporary folder");
    let output = amip(
        &["build", "data/duesseldorf-2016", "--out", &folder.path().to_string_lossy()],
        &root(),
    );
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let read = |name: &str| std::fs::read(folder.path().join(name)).expect("written");
    Built {
        markdown: String::from_utf8(read("duesseldorf-2016.md")).expect("UTF-8"),
        pdf: read("duesseldorf-2016.pdf"),
        folder,
    }
});

/// Runs the program in a folder, without colours.
pub fn amip(arguments: &[&str], folder: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_amip"))
        .args(arguments)
        .current_dir(folder)
        .env("NO_COLOR", "1")
        .output()
        .expect("the program starts")
}

/// Compares with an expected file; `AMIP_SCHREIBE=1` rewrites it instead.
pub fn expect_file(path: &Path, actual: &str) -> Result<(), String> {
    if std::env::var_os("AMIP_SCHREIBE").is_some() {
        std::fs::write(path, actual).expect("expected file can be written");
        return Ok(());
    }
    let expected = std::fs::read_to_string(path).unwrap_or_default().replace("\r\n", "\n");
    if expected == actual {
        return Ok(());
    }
    let differs = expected
        .lines()
        .zip(actual.lines())
        .position(|(one, other)| one != other)
        .unwrap_or_else(|| expected.lines().count().min(actual.lines().count()));
    Err(format!(
        "{}: differs from line {}\n--- expected\n{expected}\n--- actual\n{actual}",
        path.display(),
        differs + 1
    ))
}

/// The folders below a folder, by name.
pub fn folders(path: &str) -> Vec<PathBuf> {
    let mut out: Vec<PathBuf> = std::fs::read_dir(root().join(path))
        .expect("folder of samples")
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.is_dir())
        .collect();
    out.sort();
    assert!(!out.is_empty(), "no samples in {path}");
    out
}

/// Fails with all messages at once.
pub fn all_good(problems: &[String]) {
    assert!(problems.is_empty(), "{} problems:\n{}", problems.len(), problems.join("\n"));
}
