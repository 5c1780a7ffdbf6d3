// SPDX-License-Identifier: EUPL-1.2
//! Diagrams and pictures of the model as pictures of the document, with the table of their figures.

use rust_decimal::Decimal;

use crate::model::Programme;
use crate::model::figures::FigureId;
use crate::model::outline::OutlineRecord;
use crate::model::programme::{Picture as ModelPicture, PictureContent};
use crate::model::quantity::{Scale, Unit, decimal};
use crate::tree::{
    Align, Bar, Category, Cell, Chart, Column, Image, Inline, Picture, Row, RowKind, Table,
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
                        label: label.clone(),
                        bars: figures.iter().map(|id| bar(programme, *id, scale)).collect(),
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
    Bar { value: value.unwrap_or_default().clamp(-most, most), label }
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
