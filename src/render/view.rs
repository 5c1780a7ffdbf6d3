// SPDX-License-Identifier: EUPL-1.2
//! What a template sees: plain texts and ids, no figures to calculate with.

use serde::Serialize;

use crate::model::Programme;
use crate::tree::walk;

/// The variables of a template.
#[derive(Debug, Serialize)]
pub(super) struct View {
    titel: String,
    jobcenter: String,
    jahr: u32,
    vorjahr: u32,
    handlungsfelder: Vec<FieldView>,
}

/// A field of action in a template.
#[derive(Debug, Serialize)]
struct FieldView {
    id: String,
    titel: String,
    titel_uebersicht: String,
    text: Option<String>,
    strategien: Vec<StrategyView>,
}

/// A strategy in a template.
#[derive(Debug, Serialize)]
struct StrategyView {
    id: String,
    nummer: usize,
    titel: String,
}

/// The view of a programme.
pub(super) fn of(programme: &Programme) -> View {
    View {
        titel: programme.title.clone(),
        jobcenter: programme.jobcenter.clone(),
        jahr: programme.year,
        vorjahr: programme.year.saturating_sub(1),
        handlungsfelder: programme
            .fields
            .iter()
            .map(|field| FieldView {
                id: field.id.clone(),
                titel: walk::plain(&field.title),
                titel_uebersicht: walk::plain(&field.overview_title),
                text: field.text.clone(),
                strategien: field
                    .strategies
                    .iter()
                    .map(|strategy| StrategyView {
                        id: strategy.id.clone(),
                        nummer: strategy.number,
                        titel: walk::plain(&strategy.heading),
                    })
                    .collect(),
            })
            .collect(),
    }
}
