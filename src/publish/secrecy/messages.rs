// SPDX-License-Identifier: EUPL-1.2
//! What the check of secrecy says.
//!
//! Not here: finding it out.

use std::collections::BTreeSet;

use super::relations::{Knowledge, root};
use super::{IN_TEXT, Reason, Secrecy, Shown};
use rust_decimal::Decimal;

use crate::diag::Finding;
use crate::model::Programme;
use crate::model::figures::FigureId;

/// What a figure is called, and where it stands.
pub fn named(programme: &Programme, id: FigureId) -> String {
    let figure = programme.figures.get(id);
    format!("„{}“ ({})", figure.label, figure.path)
}

/// What is too small to be shown, in one note.
pub(super) fn told_small(programme: &Programme, secrecy: &Secrecy) -> Option<Finding> {
    const FEW: usize = 6;
    let small = secrecy.reasons.iter().filter(|(_, reason)| **reason == Reason::Small);
    let small: Vec<FigureId> = small.map(|(id, _)| *id).collect();
    let (first, rest) = small.split_first()?;
    let threshold = programme.publication.threshold;
    let message = match small.len() {
        1 => format!("Ein Wert zählt weniger als {threshold} Fälle und wird nicht ausgewiesen."),
        count => {
            format!(
                "{count} Werte zählen weniger als {threshold} Fälle und werden nicht ausgewiesen."
            )
        }
    };
    let figure = |id: FigureId| programme.figures.get(id);
    let finding = Finding::note("geheimhaltung-klein", message)
        .at(figure(*first).span, figure(*first).label.clone());
    let rest = rest.iter().take(FEW);
    Some(
        rest.fold(finding, |finding, id| {
            finding.label(figure(*id).span, figure(*id).label.clone())
        }),
    )
}

/// What is to be hidden and cannot be any more.
pub(super) fn told_before(
    programme: &Programme,
    knowledge: &Knowledge<'_>,
    secrecy: &Secrecy,
    shown: &BTreeSet<FigureId>,
) -> Vec<Finding> {
    let told =
        |id: &&FigureId| secrecy.reasons.contains_key(*id) || knowledge.internal.contains(*id);
    let finding = |id: &FigureId| {
        let figure = programme.figures.get(*id);
        Finding::note(
            "schon-veroeffentlicht",
            format!("{} steht mit diesem Wert schon in einer früheren Ausgabe dieses Programms.", named(programme, *id)),
        )
        .at(figure.span, "künftig nicht mehr gezeigt, aber bekannt")
        .hint("Die neue Ausgabe zeigt den Wert nicht; zurückholen kann sie ihn nicht. Nehmen Sie die frühere Ausgabe aus dem Netz, und sprechen Sie mit dem Datenschutz.")
        .about(figure.path.as_str())
    };
    shown.iter().filter(told).map(finding).collect()
}

pub(super) fn unclear(programme: &Programme, id: FigureId, value: Decimal) -> Finding {
    let figure = programme.figures.get(id);
    Finding::warning(
        "geheimhaltung-unklar",
        format!(
            "{} ist {value}; ob damit Personen gezählt werden, sagen die Daten nicht.",
            named(programme, id)
        ),
    )
    .at(figure.span, "Personen oder nicht?")
    .hint("Schreiben Sie „personen: ja“ oder „personen: nein“ an den Wert, die Zeile, die Spalte oder die Tabelle.")
    .about(figure.path.as_str())
}

pub(super) fn further(
    programme: &Programme,
    id: FigureId,
    target: FigureId,
    smallest: bool,
) -> Finding {
    let figure = programme.figures.get(id);
    let how = if smallest {
        "Mit weniger geht es nicht."
    } else {
        "Ob es mit weniger ginge, wurde nicht zu Ende geprüft."
    };
    Finding::note(
        "geheimhaltung-ergaenzt",
        format!(
            "{} wird nicht ausgewiesen; sonst ließe sich {} errechnen.",
            named(programme, id),
            named(programme, target)
        ),
    )
    .at(figure.span, "zum Schutz eines anderen Wertes")
    .label(programme.figures.get(target).span, "dieser Wert wird geschützt")
    .hint(format!("{how} Soll ein anderer Wert entfallen, schreiben Sie dort „geheim: ja“."))
    .about(figure.path.as_str())
}

pub(super) fn unprotected(programme: &Programme, id: FigureId) -> Finding {
    let figure = programme.figures.get(id);
    Finding::error(
        "geheimhaltung",
        format!(
            "{} lässt sich aus dem errechnen, was öffentlich ist, und durch Weglassen weiterer Zahlen nicht schützen.",
            named(programme, id)
        ),
    )
    .at(figure.span, "nicht geschützt")
    .hint("Fassen Sie Zeilen zusammen, oder veröffentlichen Sie die Tabelle nicht („intern: ja“).")
    .about(figure.path.as_str())
}

/// A sentence cannot have a hole.
pub(super) fn in_sentences(programme: &Programme, shown: &Shown, secrecy: &mut Secrecy) {
    for (id, places) in &shown.sentences {
        let own = root(&programme.figures, *id);
        let Some(reason) = secrecy.reasons.get(&own) else { continue };
        let why = match reason {
            Reason::Small => {
                format!("sie zählt weniger als {} Fälle", programme.publication.threshold)
            }
            Reason::Asked => "die Daten verlangen es („geheim: ja“)".to_owned(),
            Reason::Earlier => "die Ausgabe des Vorjahres weist sie nicht aus".to_owned(),
            Reason::Before => {
                "eine frühere Ausgabe weist sie neben einem geheimen Wert nicht aus".to_owned()
            }
            Reason::Protects(other) => {
                format!("sonst ließe sich {} errechnen", named(programme, *other))
            }
        };
        for span in places {
            secrecy.findings.push(
                Finding::error(
                    IN_TEXT,
                    format!("Der Satz nennt eine Zahl, die geheim zu halten ist: {}; {why}.", named(programme, own)),
                )
                .at(*span, "darf so nicht öffentlich werden")
                .label(programme.figures.get(own).span, "diese Zahl")
                .hint("Schreiben Sie den Satz ohne die Zahl, oder setzen Sie ihn in einen Kasten „> **Intern**“."),
            );
        }
    }
}
