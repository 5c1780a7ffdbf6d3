// SPDX-License-Identifier: EUPL-1.2
//! The samples against the published programmes, cell by cell.
//!
//! `tests/reference/` was transcribed from the publications, independently of `data/`. Every table is
//! compared four times: in the document tree, in the Markdown, in the HTML, and read back through the
//! structure tree of the PDF.

use std::collections::BTreeMap;

use amip::tree::{Block, Document, Inline, Table, walk};

use crate::support::grid::{self, Grid, Reference, normal};
use crate::support::{SAMPLES, all_good, built, pdf, root, sample};

/// A published programme, its sample, and which reference table is which table of the document.
struct Published {
    prefix: &'static str,
    sample: &'static str,
    tables: &'static [(&'static str, &'static str)],
}

const PUBLISHED: &[Published] = &[
    Published {
        prefix: "D16",
        sample: "duesseldorf-2016",
        tables: &[
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
        ],
    },
    Published {
        prefix: "D21",
        sample: "duesseldorf-2021",
        tables: &[
            ("T01", "kennzahlen"),
            ("T02", "instrumente-integration"),
            ("T03", "instrumente-qualifizierung"),
            ("T04", "instrumente-langzeitbezug"),
            ("T05", "umsetzung-teilhabechancengesetz"),
            ("T06", "leistungen-16a"),
            ("T07", "instrumente-alleinerziehende"),
            ("T08", "instrumente-jugend"),
            ("T09", "instrumente-fluechtlinge"),
        ],
    },
    Published {
        prefix: "DU20",
        sample: "duisburg-2020",
        tables: &[
            ("T01", "sonderprojekte"),
            ("T02", "pat-pauschalen"),
            ("T03", "bewirtschaftung"),
            ("T04", "betreuungsschluessel"),
            ("T05", "kennzahlen"),
            ("T06", "kundenstruktur"),
            ("T07", "strategien-arbeit"),
            ("T08", "strategien-langzeit"),
            ("T09", "strategien-uebergang"),
            ("T10", "strategien-querschnitt"),
            ("T11", "strategien-qualitaet"),
            ("T12", "strategien-digital"),
            ("T13", "strategien-performance"),
            ("T14", "bildungszielplanung"),
            ("T15", "portfolio-arbeit"),
            ("T16", "leistungen-16a"),
            ("T17", "portfolio-langzeit"),
            ("T18", "portfolio-uebergang"),
            ("T19", "portfolio-querschnitt"),
        ],
    },
];

impl Published {
    fn reference(&self, name: &str) -> Reference {
        let path = root().join(format!("tests/reference/{}-{name}.csv", self.prefix));
        Reference::read(&std::fs::read_to_string(path).expect("reference table"))
    }

    fn document(&self) -> &'static Document {
        &sample(self.sample).document
    }

    /// Calls `visit` for every reference table with its table of the document; a missing table is a
    /// problem.
    fn each(
        &self,
        problems: &mut Vec<String>,
        mut visit: impl FnMut(&str, &Table, &mut Vec<String>),
    ) {
        let tables = grid::tables(self.document());
        for (name, id) in self.tables {
            match table(&tables, id) {
                Some(table) => visit(name, table, problems),
                None => problems.push(format!("{}-{name}: no table {id}", self.prefix)),
            }
        }
    }
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

fn is_head(record: &[String]) -> bool {
    record[0].starts_with('0')
}

fn compare(label: &str, reference: &Reference, grid: &Grid, problems: &mut Vec<String>) {
    let heads: Vec<_> = reference.records.iter().filter(|record| is_head(record)).collect();
    let rows: Vec<_> = reference.records.iter().filter(|record| !is_head(record)).collect();
    if (heads.len(), rows.len()) != (grid.head.len(), grid.body.len()) {
        problems.push(format!(
            "{label}: {} + {} rows expected, {} + {} found",
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
                    "{label}, row {}, cell {}: expected „{expected}“, found „{actual}“",
                    record[0],
                    at + 1
                ));
            }
        }
        if expected.len() != actual.len() {
            problems.push(format!("{label}, row {}: {} cells", record[0], actual.len()));
        }
    }
}

#[test]
fn every_reference_table_is_assigned() {
    for published in PUBLISHED {
        let prefix = format!("{}-", published.prefix);
        let mut names: Vec<String> = std::fs::read_dir(root().join("tests/reference"))
            .expect("folder")
            .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
            .filter_map(|name| Some(name.strip_prefix(&prefix)?.strip_suffix(".csv")?.to_owned()))
            .filter(|name| name != "prose")
            .collect();
        names.sort();
        let assigned: Vec<&str> = published.tables.iter().map(|(name, _)| *name).collect();
        assert_eq!(names, assigned, "{}", published.prefix);
    }
}

#[test]
fn tables_of_the_tree_equal_the_reference() {
    let mut problems = Vec::new();
    for published in PUBLISHED {
        published.each(&mut problems, |name, table, problems| {
            let label = format!("{}-{name}", published.prefix);
            compare(&label, &published.reference(name), &grid::of_tree(table), problems);
        });
    }
    all_good(&problems);
}

/// Compares every published table with the one that was read back under its anchor.
fn equal_the_reference(read: impl Fn(&Published) -> BTreeMap<String, Grid>) {
    let mut problems = Vec::new();
    for published in PUBLISHED {
        let tables = read(published);
        for (name, id) in published.tables {
            let label = format!("{}-{name}", published.prefix);
            match tables.get(&format!("tabelle-{id}")) {
                Some(grid) => compare(&label, &published.reference(name), grid, &mut problems),
                None => problems.push(format!("{label}: no table tabelle-{id}")),
            }
        }
    }
    all_good(&problems);
}

#[test]
fn tables_of_the_markdown_equal_the_reference() {
    equal_the_reference(|published| crate::markdown::tables(&built(published.sample).markdown));
}

#[test]
fn tables_of_the_html_equal_the_reference() {
    equal_the_reference(|published| {
        crate::support::html::tables(&amip::write::html::document(published.document()))
    });
}

#[test]
fn tables_of_the_pdf_equal_the_reference() {
    let mut problems = Vec::new();
    for published in PUBLISHED {
        let read = pdf::read(&built(published.sample).pdf).expect("the PDF can be read");
        let found = pdf::tables(&read);
        let wanted = grid::tables(published.document());
        // Not all tables have a caption; all stand in the same order.
        if found.len() != wanted.len() {
            problems.push(format!(
                "{}: {} tables, not {}",
                published.prefix,
                found.len(),
                wanted.len()
            ));
            continue;
        }
        for (name, id) in published.tables {
            let label = format!("{}-{name}", published.prefix);
            let anchor = format!("tabelle-{id}");
            let at = wanted.iter().position(|table| table.id.as_ref() == Some(&anchor));
            let Some(at) = at else {
                problems.push(format!("{label}: no table {id}"));
                continue;
            };
            let caption = normal(&walk::plain(&wanted[at].caption));
            if !normal(&found[at].caption).ends_with(&caption) {
                problems.push(format!("{label}: caption „{}“", found[at].caption));
            }
            compare(
                &label,
                &published.reference(name),
                &crate::pdf::grid(&found[at]),
                &mut problems,
            );
        }
    }
    all_good(&problems);
}

#[test]
fn italics_and_spans_equal_the_reference() {
    let mut problems = Vec::new();
    let mut spans = 0;
    for published in PUBLISHED {
        published.each(&mut problems, |name, table, problems| {
            let reference = published.reference(name);
            let label = format!("{}-{name}", published.prefix);
            let rows = reference.records.iter().filter(|record| !is_head(record));
            for (at, record) in rows.enumerate() {
                spans += spanned(&label, &reference, record, table, problems);
                let column = usize::from(reference.get(record, "nr").is_some());
                let begins = grid::rowspan(table, at, column).is_some();
                if let Some(expected) = reference.get(record, "kursiv")
                    && begins
                {
                    let actual = grid::italics(&table.rows[at].cells[column]);
                    if actual != expected {
                        problems.push(format!(
                            "{label}, row {}: italics „{actual}“ instead of „{expected}“",
                            at + 1
                        ));
                    }
                }
            }
        });
    }
    all_good(&problems);
    assert!(spans > 50, "only {spans} cells over several rows were compared");
}

/// Compares the cells that begin in a row and cover several; gives back how many there were.
fn spanned(
    label: &str,
    reference: &Reference,
    record: &[String],
    table: &Table,
    problems: &mut Vec<String>,
) -> usize {
    let list = |name: &str| -> Vec<&str> {
        let text = reference.get(record, name).unwrap_or_default();
        text.split(';').map(str::trim).filter(|part| !part.is_empty()).collect()
    };
    // The printed names of the columns, in the order of the cells.
    let head = reference.records.iter().find(|record| is_head(record));
    let names: Vec<&str> = head.map_or_else(Vec::new, |head| reference.cells(head));
    let mut count = 0;
    for (name, rows) in list("spans").iter().zip(list("spans_rows")) {
        let Some((from, to)) = rows.split_once('-') else { continue };
        let (from, to): (usize, usize) = (from.parse().expect("row"), to.parse().expect("row"));
        // A cell that reaches into the head is two equal cells here.
        if from == 0 || record[0] != from.to_string() {
            continue;
        }
        let column = names.iter().position(|known| known == name).unwrap_or(0);
        let actual = grid::rowspan(table, from - 1, column);
        if actual != u32::try_from(to - from + 1).ok() {
            problems
                .push(format!("{label}, row {from}: „{name}“ spans {actual:?} rows, not {rows}"));
        }
        count += 1;
    }
    count
}

#[test]
fn figures_in_text_cells_are_kept() {
    let mut problems = Vec::new();
    for published in PUBLISHED {
        published.each(&mut problems, |name, table, problems| {
            let reference = published.reference(name);
            let grid = grid::of_tree(table);
            let rows = reference.records.iter().filter(|record| !is_head(record));
            for (record, row) in rows.zip(&grid.body) {
                let figures = reference.get(record, "zahlen_im_text").unwrap_or_default();
                let text = normal(&row.join(" ")).to_lowercase();
                for figure in figures.split(" | ").filter(|figure| !figure.is_empty()) {
                    let figure = normal(figure).trim_end_matches('.').to_lowercase();
                    if !text.contains(figure.as_str()) {
                        problems.push(format!(
                            "{}-{name}, row {}: „{figure}“ is missing in „{text}“",
                            published.prefix, record[0]
                        ));
                    }
                }
            }
        });
    }
    all_good(&problems);
}

/// The number that the published programme prints for a section of ours.
fn printed_number(document: &Document, number: &str) -> String {
    let stated = document
        .claims
        .iter()
        .filter(|claim| claim.what.as_ref().is_some_and(|what| what.starts_with("Abschnitt")));
    for claim in stated {
        if number == claim.given {
            let twice = document.blocks.iter().any(|block| {
                matches!(block, Block::Heading(heading) if heading.number.as_ref() == Some(&claim.stated))
                    && !document.claims.iter().any(|other| other.given == claim.stated)
            });
            return if twice { format!("{} (2)", claim.stated) } else { claim.stated.clone() };
        }
        if let Some(rest) = number.strip_prefix(&claim.given).filter(|rest| rest.starts_with('.')) {
            return format!("{}{rest}", claim.stated);
        }
    }
    number.to_owned()
}

#[test]
fn every_figure_of_the_prose_is_bound() {
    let mut problems = Vec::new();
    for published in PUBLISHED {
        // Bound texts by the number of the section they stand in.
        let mut bound: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let mut section = String::new();
        for block in &published.document().blocks {
            if let Block::Heading(heading) = block
                && let Some(number) = &heading.number
            {
                section = printed_number(published.document(), number);
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
        let reference = published.reference("prose");
        for record in &reference.records {
            let (chapter, figure) = (record[0].clone(), normal(&record[1]).to_lowercase());
            let texts = bound.entry(chapter.clone()).or_default();
            // Each occurrence needs a place of its own.
            match texts.iter().position(|text| text.contains(&figure)) {
                Some(at) => drop(texts.remove(at)),
                None => problems.push(format!(
                    "{} {chapter}: „{}“ ({}, line {})",
                    published.prefix, record[1], record[2], record[3]
                )),
            }
        }
    }
    all_good(&problems);
}

#[test]
fn all_samples_are_built_and_named() {
    let printed = crate::support::build_output();
    for name in SAMPLES {
        assert!(printed.contains(&format!("{name}: keine offenen Befunde")), "{printed}");
    }
    assert!(printed.ends_with("5 Programme: 5 ohne offene Befunde.\n"), "{printed}");
}

#[test]
fn wrong_numbers_of_the_publications_are_listed() {
    let listed = |name: &str| -> Vec<(String, String)> {
        let claims = sample(name).document.claims.iter();
        claims
            .filter(|claim| claim.acknowledged.is_some())
            .map(|claim| (claim.stated.clone(), claim.given.clone()))
            .collect()
    };
    assert!(listed("duesseldorf-2021").contains(&("5.5".to_owned(), "5.6".to_owned())));
    let duisburg = listed("duisburg-2020");
    assert!(
        duisburg.iter().any(|(stated, given)| stated == "Abb. 5" && given == "Abb. 14"),
        "{duisburg:?}"
    );
}
