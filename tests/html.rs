// SPDX-License-Identifier: EUPL-1.2
//! The page of HTML: sound, accessible, alone, and the same tables as the tree.

use std::path::Path;

use amip::tree::{
    Block, BoxKind, Cell, Column, Document, Heading, Image, Inline, Picture, Rated, Row, Table,
    walk,
};
use amip::write::html;
use proptest::prelude::*;

use crate::support::grid::{self, normal};
use crate::support::html::{problems, read, tables};
use crate::support::{SAMPLE, SAMPLES, all_good, amip, folders, load, root, sample};

/// A page of these blocks.
fn page(blocks: Vec<Block>) -> String {
    html::document(&Document { blocks, ..SAMPLE.document.clone() })
}

fn text(text: &str) -> Vec<Inline> {
    vec![Inline::Text(text.to_owned())]
}

fn paragraph(body: Vec<Inline>) -> Block {
    Block::Paragraph(body)
}

fn heading(level: u8, id: &str) -> Block {
    let id = Some(id.to_owned());
    Block::Heading(Heading { level, id, numbered: false, number: None, body: text("Titel") })
}

#[test]
fn pages_of_the_samples_are_sound() {
    let mut found = Vec::new();
    for name in SAMPLES {
        let problems = problems(&html::document(&sample(name).document));
        found.extend(problems.into_iter().map(|problem| format!("{name}: {problem}")));
    }
    all_good(&found);
}

#[test]
fn pages_of_all_elements_are_sound() {
    let mut found = Vec::new();
    let mut folders = folders("tests/cases/elemente");
    folders.push(root().join("tests/cases"));
    for folder in folders {
        let programme = |name: &str| Some(folder.join(name)).filter(|path| path.is_dir());
        let Some(path) = programme("programm").or_else(|| programme("alle-bloecke")) else {
            continue;
        };
        let problems = problems(&html::document(&load(&path).document));
        found.extend(problems.into_iter().map(|problem| format!("{}: {problem}", path.display())));
    }
    all_good(&found);
}

#[test]
fn tables_of_the_page_equal_those_of_the_tree() {
    let mut found = Vec::new();
    for name in SAMPLES {
        let document = &sample(name).document;
        let written = tables(&html::document(document));
        let mut count = 0;
        walk::tables(&document.blocks, &mut |table| {
            let Some(id) = &table.id else { return };
            count += 1;
            if written.get(id) != Some(&grid::of_tree(table)) {
                found.push(format!("{name}: {id}: {:#?}", written.get(id)));
            }
        });
        assert!(count > 5, "{name}: {count} tables");
    }
    all_good(&found);
}

#[test]
fn the_page_is_the_same_every_time_and_stands_alone() {
    let document = &SAMPLE.document;
    let page = html::document(document);
    assert_eq!(page, html::document(document));
    assert!(page.starts_with("<!DOCTYPE html>\n<html lang=\"de\">\n"), "{page:.80}");
    assert!(!page.contains('\r') && !page.contains("@font-face"));
    let title = format!("<title>{} – {}</title>", document.meta.title, document.meta.organisation);
    assert!(page.contains(&title));
}

#[test]
fn only_links_that_leave_for_the_web_are_links() {
    let link = |url: &str| {
        page(vec![paragraph(vec![Inline::Link { url: url.to_owned(), body: text("Wort") }])])
    };
    for url in ["https://example.org/?a=1&b=2", "HTTP://example.org", "mailto:a@example.org"] {
        let written = link(url);
        let shown = url.replace('&', "&amp;");
        assert!(
            written.contains(&format!("<a href=\"{shown}\" rel=\"noreferrer\">Wort</a>")),
            "{url}"
        );
        all_good(&problems(&written));
    }
    for url in [
        "javascript:alert(1)",
        " java\nscript:x",
        "data:text/html,x",
        "/pfad",
        "x.html",
        "",
        "https:x",
    ] {
        assert!(link(url).contains("<p>Wort</p>"), "{url}");
    }
}

#[test]
fn references_lead_to_the_first_of_two_and_nowhere_else() {
    let to = |target: &str| Inline::Internal { target: target.to_owned(), body: text("dort") };
    let blocks = vec![
        heading(1, "a b"),
        heading(1, "a b"),
        heading(1, "inhalt"),
        paragraph(vec![to("a b"), to("inhalt"), to("fehlt")]),
    ];
    let written = page(blocks);
    all_good(&problems(&written));
    assert!(
        written.contains("<a href=\"#a-b\">dort</a><a href=\"#inhalt\">dort</a>dort</p>"),
        "{written}"
    );
    assert!(
        written.contains("id=\"a-b-2\"") && written.contains("<main id=\"inhalt-2\""),
        "{written}"
    );
}

#[test]
fn levels_of_headings_are_never_left_out() {
    let levels = |levels: &[u8]| -> Vec<String> {
        let written = page(levels.iter().map(|level| heading(*level, "x")).collect());
        all_good(&problems(&written));
        let html = read(&written).expect("a page");
        let names = html.all().into_iter().map(|element| element.name.clone());
        names.filter(|name| name.len() == 2 && name.starts_with('h') && name != "hr").collect()
    };
    assert_eq!(levels(&[1, 3, 3, 2, 1]), ["h1", "h2", "h3", "h3", "h3", "h2"]);
    assert_eq!(levels(&[4, 1, 2, 9, 255, 0]), ["h1", "h2", "h2", "h3", "h4", "h5", "h2"]);
    let boxed = Block::Boxed {
        kind: BoxKind::Note,
        title: "Kasten".to_owned(),
        body: vec![heading(1, "k"), heading(2, "l")],
    };
    all_good(&problems(&page(vec![heading(1, "a"), heading(2, "b"), boxed, heading(3, "c")])));
}

#[test]
fn changes_are_marked_in_words_too() {
    let body = vec![
        Inline::Struck(text("alt")),
        Inline::Text(" ".to_owned()),
        Inline::Inserted(text("neu")),
    ];
    let written = page(vec![paragraph(body.clone())]);
    let hidden = |word: &str| format!("<span class=\"unsichtbar\">{word}: </span>");
    let (struck, inserted) = (hidden("gestrichen"), hidden("eingefügt"));
    assert!(
        written.contains(&format!("<p><del>{struck}alt</del> <ins>{inserted}neu</ins></p>")),
        "{written}"
    );
    let document = Document { blocks: vec![paragraph(body)], ..SAMPLE.document.clone() };
    let markdown = amip::write::markdown::document(&document);
    assert!(markdown.ends_with("~~alt~~ <ins>neu</ins>\n"), "{markdown}");
}

#[test]
fn footnotes_stand_at_the_end_with_ways_back() {
    let note = |label: &str, body: Vec<Block>| Inline::Footnote { label: label.to_owned(), body };
    let inner = note("b", vec![paragraph(text("Innen"))]);
    let outer = vec![paragraph(vec![Inline::Text("Außen".to_owned()), inner])];
    let link =
        Inline::Link { url: "https://example.org".to_owned(), body: vec![note("a", Vec::new())] };
    let written = page(vec![paragraph(vec![note("a", outer), link])]);
    all_good(&problems(&written));
    let html = read(&written).expect("a page");
    let notes = html.named("section").find(|section| section.get("role") == Some("doc-endnotes"));
    let items: Vec<_> = notes.expect("footnotes").named("li").collect();
    assert_eq!(items.len(), 2);
    let back =
        |at: usize| items[at].named("a").filter(|a| a.get("role") == Some("doc-backlink")).count();
    assert_eq!((back(0), back(1)), (2, 1));
}

#[test]
fn draft_logo_and_pictures_are_part_of_the_page() {
    let mut document = SAMPLE.document.clone();
    document.meta.draft = Some("Entwurf – 3 offene Befunde".to_owned());
    document.theme.logo = Some(amip::tree::theme::Logo {
        ending: "png".to_owned(),
        bytes: b"Man".to_vec(),
        alt: "Logo".to_owned(),
        height: 16,
    });
    let image = Image::Bytes(b"Ma".to_vec());
    document.blocks = vec![Block::Picture(Box::new(picture(image, "Haus")))];
    let written = html::document(&document);
    all_good(&problems(&written));
    assert!(written.contains("role=\"status\"><strong>Entwurf – 3 offene Befunde</strong>"));
    // As RFC 4648 has it.
    assert!(written.contains("src=\"data:image/png;base64,TWFu\" alt=\"Logo\""), "{written}");
    assert!(written.contains("src=\"data:image/jpeg;base64,TWE=\" alt=\"Haus\""), "{written}");
}

#[test]
fn build_writes_the_page_when_it_is_asked_for() {
    let target = tempfile::tempdir().expect("folder");
    let out = target.path().to_string_lossy().into_owned();
    let run = amip(&["build", "data/musterstadt-2027", "--format", "html", "--out", &out], &root());
    assert_eq!(run.status.code(), Some(0), "{}", String::from_utf8_lossy(&run.stderr));
    assert!(String::from_utf8_lossy(&run.stdout).contains("musterstadt-2027.html"));
    let names: Vec<_> = std::fs::read_dir(target.path()).expect("folder").flatten().collect();
    assert_eq!(names.len(), 1, "{names:?}");
    let written = std::fs::read_to_string(names[0].path()).expect("UTF-8");
    assert!(names[0].path().ends_with(Path::new("musterstadt-2027.html")));
    assert_eq!(written, html::document(&sample("musterstadt-2027").document));
}

fn picture(image: Image, alt: &str) -> Picture {
    Picture {
        id: "bild".to_owned(),
        number: None,
        caption: text(alt),
        alt: alt.to_owned(),
        file: "bild.jpg".to_owned(),
        image,
        source: text(alt),
        note: Vec::new(),
        width: 100,
        unnumbered: true,
        data: None,
    }
}

/// A document that shows a text wherever somebody may write one.
fn everywhere(word: &str) -> Document {
    let word_of = || word.to_owned();
    let inlines = vec![
        Inline::Text(word_of()),
        Inline::Code(word_of()),
        Inline::Inserted(text(word)),
        Inline::Link { url: format!("https://{word}"), body: text(word) },
        Inline::Link { url: word_of(), body: text(word) },
        Inline::Internal { target: word_of(), body: text(word) },
        Inline::Footnote { label: word_of(), body: vec![paragraph(text(word))] },
    ];
    let cell = |header: bool| Cell { header, ..Cell::of(inlines.clone()) };
    let table = Table {
        id: Some(word_of()),
        number: Some(word_of()),
        caption: inlines.clone(),
        columns: vec![Column::default(); 2],
        head: vec![vec![cell(true), cell(true)]],
        rows: vec![Row { cells: vec![cell(true), cell(false)], ..Row::default() }],
        notes: vec![inlines.clone()],
        ..Table::default()
    };
    let rated = Rated { mark: word_of(), meaning: word_of(), body: inlines.clone() };
    let mut named = picture(Image::Placeholder, &format!("Bild {word}"));
    named.id = word_of();
    let mut document = SAMPLE.document.clone();
    document.blocks = vec![
        Block::Contents { title: format!("Inhalt {word}"), depth: 3, pages: false },
        Block::Heading(Heading {
            level: 1,
            id: Some(word_of()),
            numbered: true,
            number: Some(word_of()),
            body: inlines.clone(),
        }),
        paragraph(text(word)),
        paragraph(inlines.clone()),
        Block::Table(table.clone()),
        Block::SideBySide(vec![table]),
        Block::RatedList(vec![rated]),
        Block::Checklist(vec![(true, vec![paragraph(inlines)])]),
        Block::Boxed { kind: BoxKind::Goal, title: word_of(), body: vec![paragraph(text(word))] },
        Block::Glossary(vec![(word_of(), word_of())]),
        Block::Signature {
            place: Some(word_of()),
            lines: vec![(Some(word_of()), word_of(), true), (None, word_of(), false)],
        },
        Block::Picture(Box::new(named)),
    ];
    document.meta.title = format!("Titel {word}");
    document.meta.organisation = word_of();
    document.meta.draft = Some(word_of());
    document.meta.mark = Some(word_of());
    document.meta.date_line = Some(word_of());
    document
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    /// Nothing that anybody writes becomes markup, or breaks it.
    #[test]
    fn texts_stay_texts(word in r#"[<>&"'a-z/=;#: \n\t-]{0,16}|\PC{0,12}|(?s:.{0,12})"#) {
        let written = html::document(&everywhere(&word));
        let found = problems(&written);
        prop_assert!(found.is_empty(), "{word:?}: {found:#?}");
        let html = read(&written).expect("a page");
        let shown = html.named("p").find(|p| p.attributes.is_empty()).expect("the paragraph").parts().concat();
        let clean = |text: &str| -> String {
            let noncharacter = |c: char| ('\u{fdd0}'..='\u{fdef}').contains(&c) || u32::from(c) & 0xfffe == 0xfffe;
            let text: String = text.chars().map(|c| match c {
                c if noncharacter(c) => '\u{fffd}',
                c if c.is_control() => ' ',
                c => c,
            }).collect();
            normal(text.trim())
        };
        prop_assert_eq!(clean(&shown), clean(&word));
    }
}
