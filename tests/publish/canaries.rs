// SPDX-License-Identifier: EUPL-1.2
//! Canaries: a text and a number of their own for each kind of internal thing. None may come out, and
//! each, put into a file by force, must be found by the proof.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;
use std::sync::LazyLock;

use amip::publish::proof::Needles;
use amip::publish::{internal, model};
use amip::tree::theme::Theme;
use amip::tree::{Block, Document, Inline};

use crate::support::{self, amip, root};

/// Numbers of internal things, as bare digits.
const NUMBERS: [&str; 13] = [
    "8317402", "2946183", "5830417", "6192748", "4731895", "3749162", "5892613", "9162734",
    "2583961", "8426193", "4719385", "7391524", "1628497",
];

fn folder() -> PathBuf {
    root().join("tests/publish/neustadt-2027")
}

/// The published canary programme: where it is, and what was said.
static PUBLISHED: LazyLock<(tempfile::TempDir, Output)> = LazyLock::new(|| {
    let target = tempfile::tempdir().expect("temporary folder");
    let (folder, out) = (folder(), target.path().to_owned());
    let arguments =
        ["publish", folder.to_str().expect("UTF-8"), "--out", out.to_str().expect("UTF-8")];
    let output = amip(&arguments, &root());
    (target, output)
});

/// All files of the edition with their bytes.
pub fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut out = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(path) = open.pop() {
        for entry in fs::read_dir(&path).expect("folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(folder).expect("below").to_string_lossy().into_owned();
                out.push((name, fs::read(&path).expect("file")));
            }
        }
    }
    out.sort();
    out
}

/// Everything that the sources call a canary: the words of texts with "Kanari".
fn canaries() -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    for (name, bytes) in files(&folder()) {
        let text = String::from_utf8(bytes).expect("UTF-8");
        for line in text.lines().filter(|line| !line.trim_start().starts_with('#')) {
            let Some(at) = line.find("Kanari") else { continue };
            for (from, _) in line[at..].match_indices("Kanari") {
                let rest = &line[at + from..];
                let end = rest.find([',', '}', ']', '.', '\n']).unwrap_or(rest.len());
                out.insert(rest[..end].trim().to_owned());
            }
        }
        assert!(!name.is_empty());
    }
    out
}

fn ending(name: &str) -> &str {
    name.rsplit_once('.').map_or("", |(_, ending)| ending)
}

/// What can be read in a file: text as it stands, a PDF with all it says.
fn readable(name: &str, bytes: &[u8]) -> String {
    if ending(name) == "pdf" {
        let pdf = support::pdf::read(bytes).expect("a tagged PDF");
        let mut text = pdf.root.text();
        for element in pdf.root.all() {
            for said in [&element.alt, &element.actual_text, &element.title].into_iter().flatten() {
                text.push_str(said);
            }
        }
        let outline: Vec<String> = pdf.outlines.iter().map(|(_, title)| title.clone()).collect();
        let artifacts: Vec<String> = pdf.pages.iter().map(|page| page.artifacts.clone()).collect();
        return [text, outline.join(" "), artifacts.join(" "), pdf.xmp].join(" ");
    }
    String::from_utf8_lossy(bytes).into_owned()
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[test]
fn none_of_them_comes_out() {
    let (target, output) = &*PUBLISHED;
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{said}");
    let edition = files(&target.path().join("oeffentlich"));
    assert!(edition.len() > 10, "{edition:?}");
    for (name, bytes) in &edition {
        let text = readable(name, bytes);
        let squeezed = letters(&text);
        assert!(!squeezed.contains("kanari"), "{name}: a word");
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        for number in NUMBERS {
            assert!(!digits.contains(number), "{name}: {number}");
        }
    }
    // What is public is there: the test does not pass because nothing was written.
    let page = edition.iter().find(|(name, _)| ending(name) == "html").expect("HTML");
    let page = String::from_utf8_lossy(&page.1);
    for public in
        ["Einzelcoaching", "Offene Werkstatt", "120", "Raumplan", "Geschäftsführung", "1.500"]
    {
        assert!(page.contains(public), "{public}");
    }
    assert!(!page.contains("Zuständig"), "who does what");
    assert!(!page.contains("Entwurf"), "no mark of a draft");
}

/// A document that says this.
fn document(text: &str) -> Document {
    let base = support::loaded(&[]).document;
    let blocks = vec![Block::Paragraph(vec![Inline::Text(text.to_owned())])];
    Document { blocks, theme: Theme::default(), ..base }
}

#[test]
fn each_of_them_put_into_a_file_by_force_is_found() {
    let loaded = support::read(&folder());
    let programme = &loaded.programme;
    let decided = internal::of(programme);
    let public = model::build(programme, &decided, &BTreeSet::new());
    let needles = Needles::of(programme, public.programme(), "/srv/programme/geheim");
    let found = |name: &str, text: &str| {
        let file = (name, text.as_bytes());
        !needles.search(std::iter::once(file)).is_empty()
    };
    let mut texts: Vec<String> =
        canaries().into_iter().filter(|text| text.chars().count() >= 12).collect();
    assert!(texts.len() > 40, "{texts:#?}");
    texts.push("/srv/programme/geheim".to_owned());
    for text in &texts {
        // As it stands, within an attribute, and in a cell.
        for (name, around) in [
            ("a.md", format!("Davor {text} danach\n")),
            ("a.html", format!("<p title=\"{}\"></p>", text.replace('"', "&quot;"))),
            ("a.csv", format!("a,\"{text}\",b\r\n")),
            ("a.json", format!("{{\"a\": \"{text}\"}}")),
            ("a.svg", format!("<svg><title>{text}</title></svg>")),
        ] {
            assert!(found(name, &around), "{text} in {name}");
        }
    }
    for number in NUMBERS {
        let grouped: Vec<String> = number
            .as_bytes()
            .rchunks(3)
            .rev()
            .map(|part| String::from_utf8_lossy(part).into_owned())
            .collect();
        for text in [number.to_owned(), grouped.join("."), grouped.join("\u{a0}")] {
            assert!(found("a.csv", &format!("x,{text},y\r\n")), "{text}");
        }
    }
    assert!(!found("a.md", "Ein harmloser Satz mit 1.500 und 240.000 € für Einzelcoaching.\n"));
}

#[cfg(feature = "pdf")]
#[test]
fn each_of_them_is_found_in_a_pdf() {
    use amip::write::pdf::{self, Quality, ThemeFiles};
    let loaded = support::read(&folder());
    let programme = &loaded.programme;
    let public = model::build(programme, &internal::of(programme), &BTreeSet::new());
    let needles = Needles::of(programme, public.programme(), "");
    let theme = ThemeFiles {
        texts: amip::render::templates::Templates::load("programm", &[]).expect("built in").pdf,
        ..ThemeFiles::default()
    };
    let texts: Vec<String> =
        canaries().into_iter().filter(|text| text.chars().count() >= 12).collect();
    let numbers = NUMBERS.map(|number| format!("{}.{}", &number[..4], &number[4..]));
    let all: Vec<String> = texts.iter().cloned().chain(numbers).collect();
    // Narrow paragraphs, so that lines break within what is looked for.
    let said = all.join(" ");
    let bytes = pdf::document(&document(&said), &theme, Quality::Full).expect("a PDF");
    let hits = needles.search(std::iter::once(("a.pdf", bytes.as_slice())));
    let places: BTreeSet<&str> = hits.iter().map(|hit| hit.place.as_str()).collect();
    assert!(places.iter().any(|place| place.starts_with("Seite")), "{places:?}");
    for text in &all {
        let one = pdf::document(&document(text), &theme, Quality::Fast).expect("a PDF");
        let hits = needles.search(std::iter::once(("a.pdf", one.as_slice())));
        assert!(!hits.is_empty(), "{text}");
    }
}
