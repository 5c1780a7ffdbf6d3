// SPDX-License-Identifier: EUPL-1.2
//! What makes a tagged PDF readable and no validator checks, or not well: each function returns the
//! violations, one sentence each.

use std::collections::{BTreeMap, BTreeSet};

use super::{Element, Node, Pdf, PdfCell, PdfTable, tables};

/// A check.
pub type Check = fn(&Pdf) -> Vec<String>;

/// All checks with their names.
pub const CHECKS: [(&str, Check); 10] = [
    ("headings_have_no_gaps", headings_have_no_gaps),
    ("figures_have_alt", figures_have_alt),
    ("tables_have_scopes", tables_have_scopes),
    ("headers_have_text", headers_have_text),
    ("tables_are_regular", tables_are_regular),
    ("one_table_per_caption", one_table_per_caption),
    ("lists_are_lists", lists_are_lists),
    ("no_text_outside_paragraphs", no_text_outside_paragraphs),
    ("every_page_has_tabs_s", every_page_has_tabs_s),
    ("content_and_structure_agree", content_and_structure_agree),
];

/// Headings begin with H1, never go down more than one level at once, and are not empty.
pub fn headings_have_no_gaps(pdf: &Pdf) -> Vec<String> {
    let mut found = Vec::new();
    let mut before = 0;
    for element in pdf.root.all() {
        if element.role == "H" {
            found.push(format!("{} has no level", element.place()));
        }
        let Some(level) = element.heading_level() else { continue };
        if level > before + 1 {
            let after = if before == 0 { "no heading".into() } else { format!("H{before}") };
            found.push(format!("{} follows {after}", element.place()));
        }
        if element.text().is_empty() {
            found.push(format!("{} is empty", element.place()));
        }
        before = level;
    }
    found
}

/// Every Figure and Formula has an alternative text or a text that stands for it.
pub fn figures_have_alt(pdf: &Pdf) -> Vec<String> {
    let figures = pdf.root.all().into_iter().filter(|e| e.role == "Figure" || e.role == "Formula");
    figures
        .filter(|figure| {
            let texts = [&figure.alt, &figure.actual_text];
            texts.into_iter().flatten().all(|text| text.trim().is_empty())
        })
        .map(|figure| format!("{} has no alternative text", figure.place()))
        .collect()
}

/// Every TH has a Scope, every table has a TH, and Headers name cells of the same table.
pub fn tables_have_scopes(pdf: &Pdf) -> Vec<String> {
    let mut found = Vec::new();
    for table in tables(pdf) {
        let name = table_name(&table);
        let cells = || table.head.iter().chain(&table.body).flatten();
        let ids: BTreeSet<&str> = cells().filter_map(|cell| cell.id.as_deref()).collect();
        if !cells().any(|cell| cell.is_header) {
            found.push(format!("{name} has no header"));
        }
        for cell in cells() {
            let text = &cell.text;
            match (cell.is_header, cell.scope.as_deref()) {
                (true, Some("Column" | "Row" | "Both")) | (false, None) => {}
                (true, _) => found.push(format!("{name}: the header “{text}” has no scope")),
                (false, _) => found.push(format!("{name}: the cell “{text}” has a scope")),
            }
            for id in cell.headers.iter().filter(|id| !ids.contains(id.as_str())) {
                found.push(format!("{name}: “{text}” has an unknown header {id}"));
            }
        }
    }
    found
}

/// Every header has a text, except those in the corner above the row headers.
pub fn headers_have_text(pdf: &Pdf) -> Vec<String> {
    let mut found = Vec::new();
    for table in tables(pdf) {
        for row in table.head.iter().chain(&table.body) {
            let corner = |cell: &PdfCell| cell.column == 0 && cell.scope.as_deref() != Some("Row");
            let mut empty = row.iter().filter(|c| c.is_header && c.text.is_empty() && !corner(c));
            if empty.next().is_some() {
                let texts: Vec<&str> = row.iter().map(|cell| cell.text.as_str()).collect();
                let name = table_name(&table);
                found.push(format!("{name}: an empty header in the row “{}”", texts.join("; ")));
            }
        }
    }
    found
}

/// All rows of a table have the same width, spans included, and cells stand only in rows.
pub fn tables_are_regular(pdf: &Pdf) -> Vec<String> {
    let mut found = Vec::new();
    for table in tables(pdf) {
        let name = table_name(&table);
        let width = table.width();
        for rows in [&table.head, &table.body] {
            let mut covered = vec![0; rows.len()];
            for (y, row) in rows.iter().enumerate() {
                for cell in row {
                    for y in y..y + cell.rowspan {
                        match covered.get_mut(y) {
                            Some(covered) => *covered += cell.colspan,
                            None => {
                                found.push(format!("{name}: “{}” reaches too far down", cell.text));
                            }
                        }
                    }
                }
            }
            for (row, covered) in rows.iter().zip(covered) {
                if covered != width {
                    let first = row.first().map_or("", |cell| &cell.text);
                    found.push(format!(
                        "{name}: the row “{first}” covers {covered} of {width} columns"
                    ));
                }
            }
        }
    }
    let allowed: [(&str, &[&str]); 5] = [
        ("Table", &["Caption", "THead", "TBody", "TFoot", "TR"]),
        ("THead", &["TR"]),
        ("TBody", &["TR"]),
        ("TFoot", &["TR"]),
        ("TR", &["TH", "TD"]),
    ];
    for (role, children) in allowed {
        for element in pdf.root.with_role(role) {
            found.extend(strangers(element, children));
        }
    }
    found
}

/// A table over several pages is one Table: no caption stands twice or without a table, no head is
/// repeated in the body, and no table without a caption continues the one before it.
pub fn one_table_per_caption(pdf: &Pdf) -> Vec<String> {
    let mut found = Vec::new();
    let all = tables(pdf);
    let mut captions: BTreeMap<&str, usize> = BTreeMap::new();
    for table in all.iter().filter(|table| !table.caption.is_empty()) {
        *captions.entry(&table.caption).or_default() += 1;
    }
    for (caption, count) in captions.into_iter().filter(|&(_, count)| count > 1) {
        found.push(format!("{count} tables have the caption “{caption}”"));
    }
    // A heading between two tables says that they are two.
    let mut parted = Vec::new();
    let mut heading = false;
    for element in pdf.root.all() {
        if element.role == "Table" {
            parted.push(std::mem::take(&mut heading));
        }
        heading |= element.heading_level().is_some();
    }
    let befores = std::iter::once(None).chain(all.iter().map(Some));
    for ((table, before), parted) in all.iter().zip(befores).zip(parted) {
        let name = table_name(table);
        let texts = |rows: &[Vec<PdfCell>]| -> Vec<Vec<String>> {
            rows.iter().map(|row| row.iter().map(|cell| cell.text.clone()).collect()).collect()
        };
        let head = texts(&table.head);
        if !head.is_empty() && texts(&table.body).windows(head.len()).any(|rows| rows == head) {
            found.push(format!("{name} repeats its head"));
        }
        let same = before.is_some_and(|before| texts(&before.head) == head);
        if table.caption.is_empty() && same && !parted {
            found.push(format!("{name} has the head of the table before it"));
        }
    }
    for element in pdf.root.with_role("Table") {
        let captions = element.elements().filter(|child| child.role == "Caption").count();
        if captions > 1 {
            found.push(format!("{} has {captions} captions", element.place()));
        }
    }
    found
}

/// L contains only LI, a Caption, and right after an LI the L that is nested in it, which is how
/// typst writes it; LI stands only in L and contains one `LBody` and at most one Lbl; a list with
/// numbers says how it is numbered.
pub fn lists_are_lists(pdf: &Pdf) -> Vec<String> {
    let mut found = Vec::new();
    for element in pdf.root.all() {
        match element.role.as_str() {
            "L" => {
                found.extend(strangers(element, &["LI", "Caption", "L"]));
                let roles: Vec<&str> =
                    element.elements().map(|child| child.role.as_str()).collect();
                if !roles.contains(&"LI") {
                    found.push(format!("{} has no items", element.place()));
                }
                if roles.iter().find(|&&role| role != "Caption") == Some(&"L") {
                    found
                        .push(format!("{} begins with a list instead of an item", element.place()));
                }
                if is_numbered(element) && !says_how_numbered(element) {
                    found.push(format!("{} has numbers but no ListNumbering", element.place()));
                }
            }
            "LI" => {
                found.extend(strangers(element, &["Lbl", "LBody"]));
                for (role, min) in [("LBody", 1), ("Lbl", 0)] {
                    let count = element.elements().filter(|child| child.role == role).count();
                    if count < min || count > 1 {
                        found.push(format!("{} has {count} {role}", element.place()));
                    }
                }
            }
            _ => {
                let lost =
                    element.elements().filter(|child| child.role == "LI" || child.role == "LBody");
                found.extend(
                    lost.map(|child| format!("{} stands in {}", child.place(), element.role)),
                );
            }
        }
    }
    found
}

/// Whether the labels of a list are numbers or single letters.
fn is_numbered(list: &Element) -> bool {
    let items = list.elements().filter(|child| child.role == "LI");
    let labels: Vec<&Element> =
        items.flat_map(|item| item.elements().filter(|e| e.role == "Lbl")).collect();
    let is_number = |label: &&Element| {
        let text = label.text();
        let core = text.trim_matches(['(', ')', '.']);
        let number = core.parse::<f64>().is_ok() || core.chars().count() == 1;
        number && core.chars().all(|c| c.is_ascii_alphanumeric() || c == '.') && core != text
    };
    !labels.is_empty() && labels.iter().all(is_number)
}

fn says_how_numbered(list: &Element) -> bool {
    let ways = ["Decimal", "UpperRoman", "LowerRoman", "UpperAlpha", "LowerAlpha", "Ordered"];
    list.name("ListNumbering").is_some_and(|way| ways.contains(&way))
}

/// Text stands in paragraphs, headings, list bodies, cells, captions, labels, notes, entries of a
/// table of contents, or figures, not right in the document or a section.
pub fn no_text_outside_paragraphs(pdf: &Pdf) -> Vec<String> {
    let mut found = Vec::new();
    loose_text(&pdf.root, &pdf.root, &mut found);
    found
}

/// What text may stand right in, besides headings.
const TEXT_BLOCKS: [&str; 12] = [
    "P", "H", "LBody", "TD", "TH", "Caption", "Lbl", "Note", "TOCI", "Figure", "Formula",
    "BibEntry",
];

/// `block` is the closest element around `element` that is not inline.
fn loose_text(element: &Element, block: &Element, into: &mut Vec<String>) {
    let is_home =
        |e: &Element| TEXT_BLOCKS.contains(&e.role.as_str()) || e.heading_level().is_some();
    let block = if element.is_inline() && !is_home(element) { block } else { element };
    for node in &element.children {
        match node {
            Node::Text(text) if !is_home(block) && !text.trim().is_empty() => {
                let way = if element.is_inline() {
                    format!("in {} ", element.role)
                } else {
                    String::new()
                };
                into.push(format!("“{}” stands {way}right in {}", text.trim(), block.role));
            }
            Node::Text(_) => {}
            Node::Element(child) => loose_text(child, block, into),
        }
    }
}

/// On every page the tab key follows the structure, and every page is in the parent tree.
pub fn every_page_has_tabs_s(pdf: &Pdf) -> Vec<String> {
    let mut found = Vec::new();
    for (page, n) in pdf.pages.iter().zip(1..) {
        if page.tabs.as_deref() != Some("S") {
            found.push(format!("page {n} has the tab order {:?}", page.tabs));
        }
        if page.struct_parents.is_none() {
            found.push(format!("page {n} has no StructParents"));
        }
    }
    found
}

/// Everything on the pages is tagged or an artifact, and the structure tree and the parent tree
/// lead to each other.
pub fn content_and_structure_agree(pdf: &Pdf) -> Vec<String> {
    pdf.problems.clone()
}

/// Children that `element` may not have, and text right in it.
fn strangers(element: &Element, allowed: &[&str]) -> Vec<String> {
    let role = &element.role;
    let stranger = |node: &Node| match node {
        Node::Element(child) if allowed.contains(&child.role.as_str()) => None,
        Node::Element(child) => Some(format!("{} stands right in {role}", child.place())),
        Node::Text(text) => Some(format!("the text “{text}” stands right in {role}")),
    };
    element.children.iter().filter_map(stranger).collect()
}

fn table_name(table: &PdfTable) -> String {
    let page = table.page.map_or(String::new(), |page| format!(" on page {page}"));
    match table.caption.as_str() {
        "" => format!("a table{page} without a caption"),
        caption => format!("the table{page} “{caption}”"),
    }
}
