// SPDX-License-Identifier: EUPL-1.2
//! What several tests need: paths, the sample, expected files, tables read back.

pub mod grid;
pub mod html;
pub mod mutants;
pub mod pdf;
pub mod possible;
pub mod texts;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::LazyLock;

use amip::diag::{Finding, Sources};
use amip::model::{Programme, outline, programme};
use amip::render;
use amip::render::templates::{self, Templates};
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
    pub sources: Sources,
}

/// The sample programmes, by folder under `data/`.
pub const SAMPLES: [&str; 5] = [
    "duesseldorf-2016",
    "duesseldorf-2021",
    "duisburg-2020",
    "musterstadt-2027",
    "musterstadt-planung-2027",
];

/// Reads, checks and renders a programme.
pub fn load(folder: &Path) -> Loaded {
    let mut loaded = read(folder);
    loaded.findings.extend(amip::check::run(&loaded.programme, Some(&loaded.document)));
    loaded
}

/// Reads and renders a programme.
pub fn read(folder: &Path) -> Loaded {
    let mut sources = Sources::default();
    let mut findings = Vec::new();
    let outline = programme::outline_name(folder).unwrap_or_else(|| "programm".to_owned());
    let templates = Templates::load(&outline, &[]).expect("built in");
    let words = |templates: &Templates, sources: &mut Sources| {
        let text = &templates.outline[templates::WORDS].text;
        let file = sources.add("gliederung.yaml", text.clone());
        outline::read(file, text).expect("the built-in outline is valid")
    };
    let base = Templates::load("programm", &[]).expect("built in");
    let lent = words(&base, &mut sources);
    let mut words = words(&templates, &mut sources);
    words.inherit(&lent, &mut findings);
    let programme = programme::load(folder, &words, &mut sources, &mut findings)
        .unwrap_or_else(|| panic!("{} cannot be read: {findings:#?}", folder.display()));
    words.reword(&programme.words, &mut findings);
    let document = render::document(&programme, &words, &templates, &mut sources, &mut findings)
        .expect("the template fits");
    Loaded { findings, programme, document, sources }
}

/// A programme of these files, beside the shortest `programm.yaml`.
pub fn loaded(files: &[(&str, &str)]) -> Loaded {
    let folder = tempfile::tempdir().expect("folder");
    let main =
        "programm:\n  id: p\n  jobcenter: J\n  jahr: 2027\n  titel: T\n  stand: 2026-11-01\n";
    for (name, text) in [("programm.yaml", main)].iter().chain(files) {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("parent")).expect("folder");
        std::fs::write(path, text).expect("write");
    }
    load(folder.path())
}

/// What is found in a programme of these files.
pub fn found_in(files: &[(&str, &str)]) -> Vec<Finding> {
    loaded(files).findings
}

/// The files of a sample programme.
pub fn sources_of(name: &str) -> &'static Sources {
    &sample(name).sources
}

static LOADED: LazyLock<BTreeMap<&'static str, Loaded>> = LazyLock::new(|| {
    SAMPLES.into_iter().map(|name| (name, load(&root().join("data").join(name)))).collect()
});

/// A sample programme, read once.
pub fn sample(name: &str) -> &'static Loaded {
    &LOADED[name]
}

/// The first sample.
pub static SAMPLE: LazyLock<&'static Loaded> = LazyLock::new(|| sample("duesseldorf-2016"));

/// The files that `amip build` writes for a sample.
pub struct Built {
    pub markdown: String,
    pub pdf: Vec<u8>,
    /// Where they are.
    pub folder: PathBuf,
}

/// All samples as `amip build data/*` writes them, built once and at the same time.
static ALL_BUILT: LazyLock<(BTreeMap<&'static str, Built>, String, tempfile::TempDir)> =
    LazyLock::new(|| {
        let target = tempfile::tempdir().expect("temporary folder");
        let folders: Vec<String> = SAMPLES.iter().map(|name| format!("data/{name}")).collect();
        let out = target.path().to_string_lossy().into_owned();
        let mut arguments = vec!["build"];
        arguments.extend(folders.iter().map(String::as_str));
        arguments.extend(["--out", &out]);
        let output = amip(&arguments, &root());
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        let built = SAMPLES.into_iter().map(|name| {
            let folder = target.path().join(name);
            let read = |ending: &str| {
                std::fs::read(folder.join(format!("{name}.{ending}"))).expect("written")
            };
            let markdown = String::from_utf8(read("md")).expect("UTF-8");
            (name, Built { markdown, pdf: read("pdf"), folder })
        });
        let built = built.collect();
        (built, String::from_utf8(output.stdout).expect("UTF-8"), target)
    });

/// What `amip build` wrote for a sample.
pub fn built(name: &str) -> &'static Built {
    &ALL_BUILT.0[name]
}

/// What `amip build data/*` printed.
pub fn build_output() -> &'static str {
    &ALL_BUILT.1
}

/// The first sample as `amip build` writes it.
pub static BUILT: LazyLock<&'static Built> = LazyLock::new(|| built("duesseldorf-2016"));

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

/// Copies a folder with everything below it.
pub fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("folder");
    for entry in std::fs::read_dir(from).expect("folder").flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).expect("copy");
        }
    }
}
