// SPDX-License-Identifier: EUPL-1.2
//! What a template sees: plain texts and ids, no figures to calculate with.

use serde::Serialize;

use crate::model::Programme;
use crate::model::programme::Form;
use crate::tree::walk;

/// The variables of a template.
#[derive(Debug, Serialize)]
pub(super) struct View {
    titel: String,
    untertitel: Option<String>,
    leitspruch: Option<String>,
    jobcenter: String,
    /// `gE`, `zkT`, or empty.
    traegerform: &'static str,
    jahr: u32,
    vorjahr: u32,
    stand: String,
    vermerk: Option<String>,
    handlungsfelder: Vec<FieldView>,
    /// Names of the texts under `kapitel/`.
    texte: Vec<String>,
    /// Ids of the blocks to sign.
    unterschriften: Vec<String>,
    /// Whether there is a participation record.
    beteiligung: bool,
}

/// A field of action in a template.
#[derive(Debug, Serialize)]
struct FieldView {
    id: String,
    nummer: usize,
    titel: String,
    titel_uebersicht: String,
    text: Option<String>,
    /// Whether there is a goal.
    ziel: bool,
    /// Whether there are tasks.
    aufgaben: bool,
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
    let (year, month, day) = programme.date;
    View {
        titel: programme.title.clone(),
        untertitel: programme.subtitle.clone(),
        leitspruch: programme.motto.clone(),
        jobcenter: programme.jobcenter.clone(),
        traegerform: match programme.form {
            Some(Form::Joint) => "gE",
            Some(Form::Municipal) => "zkT",
            None => "",
        },
        stand: format!("{day:02}.{month:02}.{year}"),
        vermerk: programme.mark.clone(),
        texte: programme.texts.keys().cloned().collect(),
        unterschriften: programme.signatures.iter().map(|block| block.id.clone()).collect(),
        beteiligung: !programme.participation.is_empty(),
        jahr: programme.year,
        vorjahr: programme.year.saturating_sub(1),
        handlungsfelder: programme
            .fields
            .iter()
            .enumerate()
            .map(|(at, field)| FieldView {
                id: field.id.clone(),
                nummer: at + 1,
                ziel: !field.goal.is_empty(),
                aufgaben: !field.tasks.is_empty(),
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
