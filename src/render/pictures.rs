// SPDX-License-Identifier: EUPL-1.2
//! Diagrams and pictures of the model as pictures of the document, with the table of their figures.

use rust_decimal::Decimal;

use crate::model::Programme;
use crate::model::figures::FigureId;
use crate::model::outline::OutlineRecord;
use crate::model::programme::{Picture as ModelPicture, PictureContent};
use crate::model::quantity::Unit;
use crate::tree::{
    Align, Bar, Category, Cell, Chart, Column, Image, Inline, Picture, Row, RowKind, Table,
};

/// A picture of the data.
pub(super) fn of(programme: &Programme, outline: &OutlineRecord, model: &ModelPicture) -> Picture {
    let (ending, image, data) = match &model.content {
        PictureContent::Image(ending, bytes) => (ending.clone(), Image::Bytes(bytes.clone()), None),
        PictureContent::Chart { kind, series, categories } => {
            let chart = Chart {
                kind: *kind,
                series: series.clone(),
                categories: categories
                    .iter()
                    .map(|(label, figures, step)| Category {
                        label: label.clone(),
                        bars: figures.iter().map(|id| bar(programme, *id)).collect(),
                        step: *step,
                    })
                    .collect(),
            };
            let data = data(outline, model, &chart);
            ("svg".to_owned(), Image::Chart(chart), Some(data))
        }
    };
    let mut caption = model.title.clone();
    if let (Some(unit), Some(_)) = (&model.unit, &data) {
        caption.push(Inline::Text(format!(" ({} {unit})", outline.word("in"))));
    }
    let source = model.source.as_ref().map_or_else(Vec::new, |source| {
        vec![Inline::Text(format!("{}: {source}", outline.word("quelle")))]
    });
    Picture {
        id: anchor(&model.id),
        number: None,
        caption,
        alt: model.alt.clone(),
        file: format!("{}.{ending}", model.id),
        image,
        source,
        data,
    }
}

/// The anchor of a picture.
pub(super) fn anchor(id: &str) -> String {
    format!("abbildung-{id}")
}

/// The bar of a figure: its value in the scale in which it is printed. A figure that is not known
/// has no length, and its label says why.
fn bar(programme: &Programme, id: FigureId) -> Bar {
    let shown = programme.figures.shown(id, programme.reproduction);
    let label =
        shown.as_ref().map_or_else(String::new, |quantity| quantity.without_unit().to_string());
    let value = shown
        .and_then(|quantity| {
            let unit = quantity.unit.as_ref().map_or(Decimal::ONE, Unit::factor);
            quantity.nominal()?.checked_div(quantity.scale.factor() * unit)
        })
        .unwrap_or_default();
    Bar { value, label }
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
