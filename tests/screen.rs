// SPDX-License-Identifier: EUPL-1.2
//! Reports on the screen: plain text whose lines fit and whose columns stand below each other.

use amip::tree::{Align, Block, Cell, Column, Inline, Row, RowKind, Table};
use amip::write::text;

use crate::support::{amip, loaded, root};

fn screen(blocks: Vec<Block>) -> String {
    let mut document = loaded(&[]).document;
    document.blocks = blocks;
    text::report(&document)
}

fn words(text: &str) -> Vec<Inline> {
    vec![Inline::Text(text.to_owned())]
}

#[test]
fn columns_stand_below_each_other() {
    let column = |align| Column { align, weight: 1 };
    let wide = |text: &str| Cell { colspan: 3, ..Cell::text(text) };
    let row = |kind, cells: &[&str]| Row {
        kind,
        cells: cells.iter().map(|text| Cell::text(*text)).collect(),
    };
    let tall = Cell { rowspan: 2, ..Cell::text("§ 16d") };
    let table = Table {
        caption: words("Mittel"),
        columns: vec![column(Align::Left), column(Align::Right), column(Align::Left)],
        head: vec![["Bezeichnung", "2027", "Grundlage"].map(Cell::text).to_vec()],
        rows: vec![
            Row { kind: RowKind::Group, cells: vec![wide("Beschäftigung")] },
            Row { cells: vec![Cell::text("AGH"), Cell::text("1.800"), tall], ..Row::default() },
            row(RowKind::Body, &["Coaching", "90"]),
            row(RowKind::Total, &["Summe", "1.890", ""]),
        ],
        notes: vec![words("Stand: November")],
        ..Table::default()
    };
    let expected = "\
Mittel
─────────────────────────────
Bezeichnung   2027  Grundlage
─────────────────────────────
Beschäftigung
AGH          1.800  § 16d
Coaching        90
─────────────────────────────
Summe        1.890
─────────────────────────────
Stand: November
";
    assert_eq!(screen(vec![Block::Table(table)]), expected);
}

#[test]
fn texts_are_broken_and_changes_marked() {
    let long = "wort ".repeat(30);
    let item = |inlines: Vec<Inline>| vec![Block::Paragraph(inlines)];
    let list = Block::List {
        start: Some(9),
        items: vec![
            item(words(&long)),
            item(vec![
                Inline::Text("erst ".to_owned()),
                Inline::Struck(words("21")),
                Inline::Text(" ".to_owned()),
                Inline::Inserted(words("22")),
            ]),
        ],
    };
    let first = "9. ".to_owned() + "wort ".repeat(19).trim_end();
    let second = "   ".to_owned() + "wort ".repeat(11).trim_end();
    assert_eq!(screen(vec![list]), format!("{first}\n{second}\n10. erst [− 21 −] [+ 22 +]\n"));
}

#[test]
fn a_comparison_fits_the_screen() {
    let output = amip(&["compare", "data/duesseldorf-2016", "data/duesseldorf-2021"], &root());
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(text.starts_with("Auf einen Blick\n===============\n"), "{text}");
    for line in text.lines() {
        assert!(line.chars().count() <= 100, "{line}");
        assert!(!line.contains("<td") && !line.contains("**"), "{line}");
    }
}
