// SPDX-License-Identifier: EUPL-1.2
//! The PDF: validity, structure, properties.

use crate::support::grid::{Grid, Spanned};
use crate::support::pdf::PdfTable;

/// A table of the PDF as a grid.
pub fn grid(table: &PdfTable) -> Grid {
    let rows = |rows: &[Vec<crate::support::pdf::PdfCell>]| -> Vec<Vec<Spanned>> {
        rows.iter()
            .map(|row| {
                row.iter()
                    .map(|cell| Spanned {
                        text: cell.text.clone(),
                        rowspan: cell.rowspan,
                        colspan: cell.colspan,
                    })
                    .collect()
            })
            .collect()
    };
    Grid::new(&rows(&table.head), &rows(&table.body))
}

use page_validation::{ValidationOptions, ValidationProfile, validate_pdf_bytes};

use crate::support::{BUILT, SAMPLES, all_good, built, pdf};

fn violations(bytes: &[u8], profile: ValidationProfile) -> Vec<String> {
    let options = ValidationOptions::default().profile(profile);
    match validate_pdf_bytes(bytes, &options) {
        Ok(report) => report
            .failures
            .iter()
            .map(|failure| format!("{profile}: {failure}"))
            // The validator takes a last byte of data that happens to be a line break for the break
            // before `endstream`; whether lengths are right is counted here.
            .filter(|failure| {
                !(failure.contains("/Length does not match") && lengths_are_right(bytes))
            })
            .collect(),
        Err(error) => vec![format!("{profile}: {error}")],
    }
}

/// Whether every stream is as long as its dictionary says.
fn lengths_are_right(bytes: &[u8]) -> bool {
    let find = |from: usize, what: &[u8]| {
        bytes[from..].windows(what.len()).position(|window| window == what).map(|at| from + at)
    };
    let mut at = 0;
    let mut count = 0;
    while let Some(start) = find(at, b">>\nstream\n") {
        let head = &bytes[start.saturating_sub(400)..start];
        let text = String::from_utf8_lossy(head);
        let Some(length) = text
            .rsplit_once("/Length ")
            .and_then(|(_, rest)| rest.split([' ', '/', '\n']).next()?.parse::<usize>().ok())
        else {
            return false;
        };
        let end = start + b">>\nstream\n".len() + length;
        if !bytes[end..].starts_with(b"\nendstream") {
            return false;
        }
        count += 1;
        at = end;
    }
    count > 5
}

/// Everything that the validator and our own reading of the structure tree find.
pub fn problems(bytes: &[u8]) -> Vec<String> {
    let mut problems: Vec<String> = [ValidationProfile::PdfUa1, ValidationProfile::PdfA2a]
        .into_iter()
        .flat_map(|profile| violations(bytes, profile))
        .collect();
    match pdf::read(bytes) {
        Err(error) => problems.push(error),
        Ok(read) => {
            for (name, check) in pdf::CHECKS {
                problems
                    .extend(check(&read).into_iter().map(|problem| format!("{name}: {problem}")));
            }
        }
    }
    problems
}

#[test]
fn the_samples_are_accessible_and_fit_for_the_archive() {
    for name in SAMPLES {
        all_good(
            &problems(&built(name).pdf)
                .into_iter()
                .map(|problem| format!("{name}: {problem}"))
                .collect::<Vec<_>>(),
        );
    }
}

#[test]
fn properties_and_bookmarks() {
    let read = pdf::read(&BUILT.pdf).expect("the PDF can be read");
    assert_eq!(read.title.as_deref(), Some("Arbeitsmarkt- und Integrationsprogramm 2016"));
    assert!(read.lang.as_deref().is_some_and(|lang| lang.starts_with("de")), "{:?}", read.lang);
    assert!(read.marked && read.displays_title);
    assert!(
        read.outlines.iter().any(|(_, title)| title.starts_with("6.5.1")),
        "{:?}",
        read.outlines
    );
}

#[test]
fn a_table_over_several_pages_stays_one_table() {
    let read = pdf::read(&BUILT.pdf).expect("the PDF can be read");
    let tables = pdf::tables(&read);
    let long =
        tables.iter().find(|table| table.caption.contains("Gesamtangebot U")).expect("the table");
    assert_eq!(long.body.len(), 14);
}

/// A document with every kind of block, written as a programme of its own.
#[test]
fn every_kind_of_block_is_accessible() {
    let folder = tempfile::tempdir().expect("folder");
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("parent")).expect("folder");
        std::fs::write(path, text).expect("write");
    };
    write("programm.yaml", include_str!("cases/alle-bloecke/programm.yaml"));
    write("daten.yaml", include_str!("cases/alle-bloecke/daten.yaml"));
    write("kapitel/einleitung.md", include_str!("cases/alle-bloecke/kapitel/einleitung.md"));
    let output = crate::support::amip(&["build", ".", "--out", "output/ziel"], folder.path());
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let name = folder.path().file_name().expect("name").to_string_lossy().into_owned();
    let bytes =
        std::fs::read(folder.path().join(format!("output/ziel/{name}.pdf"))).expect("written");
    all_good(&problems(&bytes));
    let read = pdf::read(&bytes).expect("the PDF can be read");
    let long = pdf::tables(&read);
    let long =
        long.iter().find(|table| table.caption.contains("Lange Tabelle")).expect("the table");
    assert_eq!((long.head.len(), long.body.len()), (2, 120));
    assert!(read.page_count > 4);
}
