// SPDX-License-Identifier: EUPL-1.2
//! Colours, dates, and the drawings.

use amip::model::date::Date;
use amip::tree::theme::{Colour, Theme};
use amip::tree::{Bar, Category, Chart, ChartKind, Flow, FlowBox, Image, Inline, Picture, Step};
use amip::write::svg;

#[test]
fn contrast_is_that_of_the_guideline() {
    let colour = |text: &str| Colour::read(text).expect("a colour");
    // Worked out with the formula of WCAG 2 by hand: black on white is 21 : 1.
    assert_eq!(colour("#000000").contrast(colour("#ffffff")), 2100);
    assert_eq!(colour("#ffffff").contrast(colour("#ffffff")), 100);
    // The grey that just fails and the one that just passes 4,5 : 1.
    assert_eq!(colour("#777777").contrast(colour("#ffffff")), 447);
    assert_eq!(colour("#767676").contrast(colour("#ffffff")), 454);
    assert_eq!(colour("#ff0000").contrast(colour("#ffffff")), 399);
}

#[test]
fn colours_are_six_hex_digits() {
    assert_eq!(Colour::read("#0b4f6c"), Some(Colour(0x0b, 0x4f, 0x6c)));
    for wrong in ["0b4f6c", "#0b4f6", "#0b4f6cc", "#0b4f6g", "blau", "#ääää"] {
        assert_eq!(Colour::read(wrong), None, "{wrong}");
    }
    assert_eq!(Colour(11, 79, 108).to_string(), "#0b4f6c");
}

#[test]
fn dates_are_read_strictly_and_printed_in_german() {
    let printed = |text: &str| Date::read(text).map(|date| date.to_string());
    assert_eq!(printed("2026-11-20").as_deref(), Some("20.11.2026"));
    assert_eq!(printed("2019-06").as_deref(), Some("Juni 2019"));
    assert_eq!(printed("2024").as_deref(), Some("2024"));
    assert_eq!(printed("2024-02-29").as_deref(), Some("29.02.2024"));
    for wrong in ["2023-02-29", "2026-13", "20.11.2026", "2026-1-1-1", "", "offen", "-2026"] {
        assert_eq!(printed(wrong), None, "{wrong}");
    }
}

fn picture(image: Image) -> String {
    let picture = Picture {
        id: "p".to_owned(),
        number: None,
        caption: vec![Inline::Text("Titel".to_owned())],
        alt: "Alternativtext".to_owned(),
        file: "p.svg".to_owned(),
        image,
        source: Vec::new(),
        note: Vec::new(),
        width: 100,
        unnumbered: false,
        data: None,
    };
    String::from_utf8(svg::picture(&picture, &Theme::default()).bytes).expect("UTF-8")
}

fn chart(kind: ChartKind, values: &[&[i64]]) -> String {
    let categories = values.iter().enumerate().map(|(at, values)| Category {
        label: format!("Jahr {at}"),
        bars: values
            .iter()
            .map(|value| Bar { value: Some((*value).into()), label: value.to_string() })
            .collect(),
        step: Step::Level,
    });
    let series = (0..values[0].len()).map(|at| format!("Reihe {at}")).collect();
    picture(Image::Chart(Chart { kind, series, categories: categories.collect() }))
}

/// The values of an attribute, in order.
fn attributes(svg: &str, tag: &str, name: &str) -> Vec<String> {
    svg.lines()
        .filter(|line| line.starts_with(&format!("<{tag} ")))
        .filter_map(|line| {
            let (_, rest) = line.split_once(&format!(" {name}=\""))?;
            Some(rest.split('"').next()?.to_owned())
        })
        .collect()
}

#[test]
fn parts_of_a_stacked_bar_are_as_long_as_their_values() {
    let svg = chart(ChartKind::Stacked, &[&[100, 300], &[200, 0]]);
    // The longest bar, 400, has 640 - 236 - 96 = 308 points; so 100 are 77 points.
    let widths = attributes(&svg, "rect", "width");
    assert_eq!(widths[2..], ["77", "231", "154", "0"], "{svg}");
    let starts = attributes(&svg, "rect", "x");
    assert_eq!(starts[2..], ["236", "313", "236", "390"], "{svg}");
}

#[test]
fn a_line_goes_through_its_points() {
    let svg = chart(ChartKind::Lines, &[&[10], &[30], &[20]]);
    // From 30 at the top (22) to nothing 210 points below, 7 points each; three points of 552.
    assert_eq!(attributes(&svg, "polyline", "points"), ["44,162 320,22 596,92"], "{svg}");
}

#[test]
fn lines_differ_in_more_than_colour() {
    let svg = chart(ChartKind::Lines, &[&[10, 12, 14], &[30, 31, 32]]);
    let dashes = attributes(&svg, "polyline", "stroke-dasharray");
    assert!(dashes.contains(&"7 4".to_owned()) && dashes.contains(&"2 4".to_owned()), "{svg}");
}

fn boxes(places: &[(u32, u32)], arrows: &[(usize, usize)]) -> String {
    let boxes = places.iter().map(|(row, column)| FlowBox {
        title: "Kasten".to_owned(),
        text: String::new(),
        row: *row,
        column: *column,
        columns: 1,
        strong: false,
    });
    picture(Image::Flow(Flow {
        boxes: boxes.collect(),
        arrows: arrows.iter().map(|(from, to)| (*from, *to, None)).collect(),
        down: true,
    }))
}

#[test]
fn an_arrow_down_is_straight_and_ends_at_the_box() {
    let svg = boxes(&[(0, 0), (1, 0)], &[(0, 1)]);
    // Two boxes of 35 points, 30 points apart: from 37 to 67.
    assert_eq!(attributes(&svg, "polyline", "points"), ["320,37 320,67"], "{svg}");
}

#[test]
fn an_arrow_passes_beside_a_box_in_between() {
    let svg = boxes(&[(0, 0), (1, 0), (2, 0), (1, 1)], &[(0, 2)]);
    let way = attributes(&svg, "polyline", "points");
    // Boxes are 306 wide and begin at 1 and 333; the gap between has its middle at 320.
    assert!(way[0].contains("320,") && way[0].starts_with("154,37"), "{svg}");
}

#[test]
fn an_arrow_past_a_box_of_its_row_runs_below_it() {
    let svg = boxes(&[(0, 0), (0, 1), (0, 2)], &[(2, 0)]);
    // 195 wide, 26 apart: from the middle of the third box (443 + 97) below to that of the first.
    let way = attributes(&svg, "polyline", "points");
    assert_eq!(way, ["540,37 540,52 98,52 98,37"], "{svg}");
    // The picture is high enough for it.
    assert!(svg.contains(" height=\"55\""), "{svg}");
}

#[test]
fn there_and_back_stand_apart() {
    let svg = boxes(&[(0, 0), (0, 1)], &[(0, 1), (1, 0)]);
    let way = attributes(&svg, "polyline", "points");
    // Boxes of 306 from 1 and from 333; their middle is at 19.
    assert_eq!(way, ["307,13 333,13", "333,25 307,25"], "{svg}");
}

#[test]
fn a_line_has_a_gap_where_a_value_is_not_known() {
    let bar = |value: Option<i64>| Bar {
        value: value.map(Into::into),
        label: value.map_or("offen".to_owned(), |value| value.to_string()),
    };
    let categories = [Some(10), None, Some(20)].into_iter().map(|value| Category {
        label: "Jahr".to_owned(),
        bars: vec![bar(value)],
        step: Step::Level,
    });
    let chart = Chart {
        kind: ChartKind::Lines,
        series: vec!["Reihe".to_owned()],
        categories: categories.collect(),
    };
    let svg = picture(Image::Chart(chart));
    // A point for each of the two; no line leads over the gap.
    assert_eq!(attributes(&svg, "circle", "cx"), ["44", "596"], "{svg}");
    let lines = attributes(&svg, "polyline", "points");
    assert!(lines.iter().all(|line| !line.contains(' ')), "{svg}");
}

#[test]
fn long_german_words_break_at_syllables() {
    let flow = Flow {
        boxes: (0..6)
            .map(|column| FlowBox {
                title: "Langzeitleistungsbeziehende".to_owned(),
                text: String::new(),
                row: 0,
                column,
                columns: 1,
                strong: true,
            })
            .collect(),
        arrows: Vec::new(),
        down: true,
    };
    let svg = picture(Image::Flow(flow));
    assert!(svg.contains(">Langzeit-<") || svg.contains(">Langzeitleis-<"), "{svg}");
    assert!(!svg.contains("Langzeitleistungsbeziehende"), "{svg}");
}
