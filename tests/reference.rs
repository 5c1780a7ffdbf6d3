// SPDX-License-Identifier: EUPL-1.2
//! The sample against the published programme, cell by cell.
//!
//! `tests/reference/` was transcribed from the publication, independently of `data/`. Every table is
//! compared three times: in the document tree, in the Markdown, and read back through the structure
//! tree of the PDF.

use std::collections::BTreeMap;

use amip::tree::{Block, Inline, Table, walk};

use crate::support::grid::{self, Grid, Reference, normal};
use crate::support::{BUILT, SAMPLE, all_good, pdf, root};

/// Which reference table is which table of the document.
const TABLES: &[(&str, &str)] = &[
    ("T01", "mittel"),
    ("T02", "drittmittel"),
    ("T03", "kennzahlen"),
    ("T04", "zielsystem"),
    ("T05", "strategien-integration"),
    ("T06", "strategien-qualifizierung"),
    ("T07", "strategien-langzeitbezug"),
    ("T08", "strategien-alleinerziehende"),
    ("T09", "strategien-jugend"),
    ("T10", "strategien-fluechtlinge"),
    ("T11", "instrumente-integration"),
    ("T12", "schritte-integration-arbeitgeberkontakte"),
    ("T13", "schritte-integration-profilierung"),
    ("T14", "schritte-integration-absolventen"),
    ("T15", "schritte-integration-nachhaltigkeit"),
    ("T16", "instrumente-qualifizierung"),
    ("T17", "bildungszielplanung"),
    ("T18", "schritte-qualifizierung-umschulungen"),
    ("T19", "schritte-qualifizierung-wirksamkeit"),
    ("T20", "kontaktdichte"),
    ("T21a", "aktivcenter-alt"),
    ("T21b", "aktivcenter-neu"),
    ("T22", "instrumente-langzeitbezug"),
    ("T23", "leistungen-16a"),
    ("T24", "schritte-langzeitbezug-fallmanagement"),
    ("T25", "schritte-langzeitbezug-uebergaenge"),
    ("T26", "schritte-langzeitbezug-migration"),
    ("T27", "schritte-alleinerziehende-aktivierung"),
    ("T28", "instrumente-alleinerziehende"),
    ("T29", "schritte-jugend-schule"),
    ("T30", "instrumente-jugend"),
    ("T31", "umsetzungsstand"),
];

fn reference(name: &str) -> Reference {
    let path = root().join(format!("tests/reference/D16-{name}.csv"));
    Reference::read(&std::fs::read_to_string(path).expect("reference table"))
}

/// The table of the document with an id.
fn table<'a>(tables: &[&'a Table], id: &str) -> Option<&'a Table> {
    let anchor = format!("tabelle-{id}");
    tables.iter().copied().find(|table| table.id.as_ref() == Some(&anchor))
}

/// Whether a printed text is what the reference has; `TEXT` stands for a sentence of its own.
fn matches(expected: &str, actual: &str) -> bool {
    let (expected, actual) = (normal(expected), normal(actual));
    match expected.split_once("TEXT") {
        None => expected == actual,
        Some((before, after)) => {
            let (before, after) = (before.trim_end(), after.trim_start());
            actual.len() > before.len() + after.len()
                && actual.starts_with(before)
                && actual.ends_with(after)
        }
    }
}

fn compare(name: &str, grid: &Grid, problems: &mut Vec<String>) {
    let reference = reference(name);
    let is_head = |record: &&Vec<String>| record[0].starts_with('0');
    let heads: Vec<_> = reference.records.iter().filter(is_head).collect();
    let rows: Vec<_> = reference.records.iter().filter(|record| !is_head(record)).collect();
    if (heads.len(), rows.len()) != (grid.head.len(), grid.body.len()) {
        problems.push(format!(
            "{name}: {} + {} rows expected, {} + {} found",
            heads.len(),
            rows.len(),
            grid.head.len(),
            grid.body.len()
        ));
        return;
    }
    let pairs = heads.iter().zip(&grid.head).chain(rows.iter().zip(&grid.body));
    for (record, actual) in pairs {
        let expected = reference.cells(record);
        // A title over the whole table is given once.
        let title = record[0] == "0"
            && expected.iter().skip(1).all(|cell| cell.is_empty())
            && actual.iter().all(|cell| cell == &actual[0]);
        for (at, (expected, actual)) in expected.iter().zip(actual).enumerate() {
            let fine = (title && at > 0) || matches(expected, actual);
            if !fine {
                problems.push(format!(
                    "{name}, row {}, cell {}: expected „{expected}“, found „{actual}“",
                    record[0],
                    at + 1
                ));
            }
        }
        if expected.len() != actual.len() {
            problems.push(format!("{name}, row {}: {} cells", record[0], actual.len()));
        }
    }
}

#[test]
fn every_reference_table_is_assigned() {
    let mut names: Vec<String> = std::fs::read_dir(root().join("tests/reference"))
        .expect("folder")
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter_map(|name| Some(name.strip_prefix("D16-")?.strip_suffix(".csv")?.to_owned()))
        .filter(|name| name != "prose")
        .collect();
    names.sort();
    let assigned: Vec<&str> = TABLES.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, assigned);
}

#[test]
fn tables_of_the_tree_equal_the_reference() {
    let tables = grid::tables(&SAMPLE.document);
    let mut problems = Vec::new();
    for (name, id) in TABLES {
        match table(&tables, id) {
            Some(table) => compare(name, &grid::of_tree(table), &mut problems),
            None => problems.push(format!("{name}: no table {id}")),
        }
    }
    all_good(&problems);
}

#[test]
fn tables_of_the_markdown_equal_the_reference() {
    let tables = crate::markdown::tables(&BUILT.markdown);
    let mut problems = Vec::new();
    for (name, id) in TABLES {
        match tables.get(&format!("tabelle-{id}")) {
            Some(grid) => compare(name, grid, &mut problems),
            None => problems.push(format!("{name}: no table tabelle-{id}")),
        }
    }
    all_good(&problems);
}

#[test]
fn tables_of_the_pdf_equal_the_reference() {
    let read = pdf::read(&BUILT.pdf).expect("the PDF can be read");
    let tables = pdf::tables(&read);
    let captions: BTreeMap<String, String> = grid::tables(&SAMPLE.document)
        .iter()
        .filter_map(|table| {
            let caption = walk::plain(&table.caption);
            Some((table.id.clone()?, format!("{} {caption}", table.number.clone()?)))
        })
        .collect();
    let mut problems = Vec::new();
    for (name, id) in TABLES {
        let wanted = captions.get(&format!("tabelle-{id}")).map(|text| normal(text));
        let found: Vec<_> =
            tables.iter().filter(|table| Some(normal(&table.caption)) == wanted).collect();
        match found.as_slice() {
            [table] => compare(name, &crate::pdf::grid(table), &mut problems),
            _ => problems.push(format!("{name}: {} tables with caption {wanted:?}", found.len())),
        }
    }
    all_good(&problems);
}

#[test]
fn italics_and_spans_equal_the_reference() {
    let tables = grid::tables(&SAMPLE.document);
    let mut problems = Vec::new();
    for (name, id) in TABLES {
        let reference = reference(name);
        let Some(table) = table(&tables, id) else {
            problems.push(format!("{name}: no table"));
            continue;
        };
        let rows = reference.records.iter().filter(|record| !record[0].starts_with('0'));
        for (at, record) in rows.enumerate() {
            let label = usize::from(reference.get(record, "nr").is_some());
            let first = reference.get(record, "spans").is_none_or(str::is_empty) || at == 0;
            if let Some(expected) = reference.get(record, "kursiv")
                && first
            {
                let actual = grid::italics(&table.rows[at].cells[label]);
                if actual != expected {
                    problems.push(format!(
                        "{name}, row {}: italics „{actual}“ instead of „{expected}“",
                        at + 1
                    ));
                }
            }
            if let Some((from, to)) =
                reference.get(record, "spans_rows").and_then(|rows| rows.split_once('-'))
                && at == 0
            {
                let (from, to): (u32, u32) = (from.parse().expect("row"), to.parse().expect("row"));
                let actual = table.rows[0].cells[0].rowspan;
                if actual != to - from + 1 {
                    problems.push(format!("{name}: first cell spans {actual} rows"));
                }
            }
        }
    }
    all_good(&problems);
}

#[test]
fn figures_in_text_cells_are_kept() {
    let tables = grid::tables(&SAMPLE.document);
    let mut problems = Vec::new();
    for (name, id) in TABLES {
        let reference = reference(name);
        let Some(table) = table(&tables, id) else {
            // A table that is missing must not pass.
            problems.push(format!("{name}: no table"));
            continue;
        };
        let grid = grid::of_tree(table);
        let rows = reference.records.iter().filter(|record| !record[0].starts_with('0'));
        for (record, row) in rows.zip(&grid.body) {
            let figures = reference.get(record, "zahlen_im_text").unwrap_or_default();
            let text = normal(&row.join(" ")).to_lowercase();
            for figure in figures.split(" | ").filter(|figure| !figure.is_empty()) {
                if !text.contains(normal(figure).trim_end_matches('.').to_lowercase().as_str()) {
                    problems.push(format!(
                        "{name}, row {}: „{figure}“ is missing in „{text}“",
                        record[0]
                    ));
                }
            }
        }
    }
    all_good(&problems);
}

#[test]
fn every_figure_of_the_prose_is_bound() {
    // Bound texts by the number of the section they stand in.
    let mut bound: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut section = String::new();
    for block in &SAMPLE.document.blocks {
        if let Block::Heading(heading) = block
            && let Some(number) = &heading.number
        {
            section.clone_from(number);
        }
        walk::inlines(std::slice::from_ref(block), &mut |inline| {
            if let Inline::Figure { body, .. } = inline {
                bound
                    .entry(section.clone())
                    .or_default()
                    .push(normal(&walk::plain(body)).to_lowercase());
            }
        });
    }
    let reference = reference("prose");
    let mut problems = Vec::new();
    for record in &reference.records {
        let (chapter, figure) = (record[0].clone(), normal(&record[1]).to_lowercase());
        let texts = bound.entry(chapter.clone()).or_default();
        // Each occurrence needs a place of its own.
        match texts.iter().position(|text| text.contains(&figure)) {
            Some(at) => drop(texts.remove(at)),
            None => problems
                .push(format!("{chapter}: „{}“ ({}, line {})", record[1], record[2], record[3])),
        }
    }
    all_good(&problems);
}
