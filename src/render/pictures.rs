// SPDX-License-Identifier: EUPL-1.2
//! Diagrams and pictures of the model as pictures of the document, with the table of their figures.

use rust_decimal::Decimal;

use super::tables;
use crate::model::Programme;
use crate::model::figures::FigureId;
use crate::model::outline::OutlineRecord;
use crate::model::programme::{Picture as ModelPicture, PictureContent};
use crate::model::quantity::{Scale, Unit, decimal};
use crate::model::records::NumberMark;
use crate::tree::typography;
use crate::tree::{
    Align, Bar, Category, Cell, Chart, Column, Flow, Image, Inline, Picture, Row, RowKind, Table,
};

/// A picture of the data.
pub(super) fn of(programme: &Programme, outline: &OutlineRecord, model: &ModelPicture) -> Picture {
    let (ending, image, data) = match &model.content {
        PictureContent::Image(ending, bytes) => (ending.clone(), Image::Bytes(bytes.clone()), None),
        PictureContent::Chart { kind, series, categories } => {
            let scale = scale(programme, model, categories.iter().flat_map(|(_, ids, _)| ids));
            let chart = Chart {
                kind: *kind,
                series: series.clone(),
                categories: categories
                    .iter()
                    .map(|(label, figures, step)| Category {
                        label: typography::refine(label),
                        bars: figures.iter().map(|id| bar(programme, *id, scale)).collect(),
                        step: *step,
                    })
                    .collect(),
            };
            let data = data(outline, model, &chart);
            ("svg".to_owned(), Image::Chart(chart), Some(data))
        }
        PictureContent::Flow(flow) => {
            let data = steps(outline, flow);
            ("svg".to_owned(), Image::Flow(spaced(flow)), Some(data))
        }
        PictureContent::Placeholder(_) => ("svg".to_owned(), Image::Placeholder, None),
    };
    let mut caption = model.title.clone();
    if let (Some(unit), Some(_)) = (&model.unit, &data) {
        caption.push(Inline::Text(format!(" ({} {unit})", outline.word("in"))));
    }
    Picture {
        id: anchor(&model.id),
        number: None,
        caption: if model.captioned { caption } else { Vec::new() },
        alt: model.alt.clone(),
        file: format!("{}.{ending}", model.id),
        image,
        source: tables::source(outline, &model.provenance),
        note: model.note.clone(),
        width: model.width,
        unnumbered: !model.captioned || matches!(model.number, Some(NumberMark::Shown(false))),
        data,
    }
}

/// The anchor of a picture.
pub(super) fn anchor(id: &str) -> String {
    format!("abbildung-{id}")
}

/// The scale of all bars: that of the picture's unit, otherwise the largest among the figures.
fn scale<'a>(
    programme: &Programme,
    model: &ModelPicture,
    figures: impl Iterator<Item = &'a FigureId>,
) -> Scale {
    let stated = model.unit.as_ref().and_then(|unit| programme.units.unit(unit).ok());
    if let Some((scale, _)) = stated {
        return scale;
    }
    figures
        .filter_map(|id| Some(programme.figures.shown(*id, programme.reproduction)?.scale))
        .max()
        .unwrap_or(Scale::One)
}

/// The bar of a figure: its value in the scale of the diagram. A figure that is not known has no
/// length, and its label says why.
fn bar(programme: &Programme, id: FigureId, scale: Scale) -> Bar {
    let figures = &programme.figures;
    let shown = match &figures.get(id).stated {
        Some(stated) if programme.reproduction => stated.quantity.clone(),
        _ => figures.computed_with_unit(id),
    };
    let value = shown.as_ref().and_then(|quantity| {
        let unit = quantity.unit.as_ref().map_or(Decimal::ONE, Unit::factor);
        quantity.nominal()?.checked_div(scale.factor() * unit)
    });
    let label = shown.map_or_else(String::new, |quantity| match value {
        Some(value) if quantity.scale != scale => decimal(value, 2),
        _ => quantity.without_unit().to_string(),
    });
    // Drawing adds and scales; no figure of the field comes near this.
    let most = Decimal::from(10_i64.pow(15));
    Bar { value: value.map(|value| value.clamp(-most, most)), label }
}

/// The boxes with German spaces.
fn spaced(flow: &Flow) -> Flow {
    let mut flow = flow.clone();
    for node in &mut flow.boxes {
        node.title = typography::refine(&node.title);
        node.text = typography::refine(&node.text);
    }
    flow
}

/// Boxes and arrows in words, for those who do not see them.
fn steps(outline: &OutlineRecord, flow: &Flow) -> Table {
    let header = |text: &str| Cell { header: true, ..Cell::text(text) };
    let name = |at: usize| {
        let node = &flow.boxes[at];
        if node.title.is_empty() { node.text.clone() } else { node.title.clone() }
    };
    let leads: Vec<String> = (0..flow.boxes.len())
        .map(|at| {
            let ends = flow.arrows.iter().filter(|(from, ..)| *from == at);
            let ends = ends.map(|(_, to, text)| match text {
                Some(text) => format!("{} ({text})", name(*to)),
                None => name(*to),
            });
            ends.collect::<Vec<_>>().join("; ")
        })
        .collect();
    let arrows = leads.iter().any(|ends| !ends.is_empty());
    let mut head = vec![header(outline.word("kasten")), header(outline.word("inhalt_kasten"))];
    let mut columns = vec![Column { align: Align::Left, weight: 35 }; 2];
    if arrows {
        head.push(header(outline.word("fuehrt_zu")));
        columns.push(Column { align: Align::Left, weight: 30 });
    }
    let rows = flow.boxes.iter().zip(leads).enumerate().map(|(at, (node, ends))| {
        let text = if node.title.is_empty() { "" } else { &node.text };
        let mut cells = vec![header(&name(at)), Cell::text(text)];
        if arrows {
            cells.push(Cell::text(ends));
        }
        Row { kind: RowKind::Body, cells }
    });
    Table { columns, head: vec![head], rows: rows.collect(), ..Table::default() }
}

/// The figures behind a diagram, for those who do not see it.
fn data(outline: &OutlineRecord, model: &ModelPicture, chart: &Chart) -> Table {
    let unit = model.unit.as_ref().map_or_else(String::new, |unit| format!(" ({unit})"));
    let header = |text: &str| Cell { header: true, ..Cell::text(text) };
    let mut head = vec![header(outline.word("groesse"))];
    head.extend(chart.series.iter().map(|name| header(&format!("{name}{unit}"))));
    let mut columns = vec![Column { align: Align::Left, weight: 60 }];
    columns.extend(chart.series.iter().map(|_| Column { align: Align::Right, weight: 40 }));
    Table {
        columns,
        head: vec![head],
        rows: chart
            .categories
            .iter()
            .map(|category| {
                let mut cells = vec![header(&category.label)];
                cells.extend(category.bars.iter().map(|bar| Cell::text(bar.label.clone())));
                Row { kind: RowKind::Body, cells }
            })
            .collect(),
        ..Table::default()
    }
}
