// SPDX-License-Identifier: EUPL-1.2
//! What is not shown for reasons of secrecy: bare paths for the public, reasons for the office.
//!
//! Not here: finding it out.

use super::{Reason, Secrecy, named};
use crate::model::Programme;
use crate::model::figures::FigureId;
use crate::publish::internal::Internal;

/// Name of the log for the office.
pub const LOG: &str = "geheimhaltung-intern.md";

/// Paths of figures that are not shown, each once.
pub fn hidden(programme: &Programme, internal: &Internal, secrecy: &Secrecy) -> Vec<String> {
    let figures = &programme.figures;
    let own = |id: &&FigureId| !figures.is_earlier(**id) && !internal.figures.contains_key(*id);
    let paths = secrecy.secret.iter().filter(own).map(|id| figures.get(*id).path.clone());
    let mut out: Vec<String> = paths.filter(|path| !path.contains('#')).collect();
    out.sort();
    out.dedup();
    out
}

/// What is secret and why, for the office: it would give away what it protects.
pub fn log(programme: &Programme, secrecy: &Secrecy) -> String {
    let mut out = format!(
        "# Statistische Geheimhaltung: {}\n\nNicht zur Veröffentlichung: Wer die Gründe kennt, kann auf die Werte schließen.\n\n",
        programme.title
    );
    if secrecy.reasons.is_empty() {
        out.push_str("Kein Wert ist geheim zu halten.\n");
        return out;
    }
    out.push_str("| Zahl | Kennung | Grund |\n|---|---|---|\n");
    for (id, reason) in &secrecy.reasons {
        let figure = programme.figures.get(*id);
        let why = match reason {
            Reason::Small => format!("weniger als {} Fälle", programme.publication.threshold),
            Reason::Asked => "„geheim: ja“ in den Daten".to_owned(),
            Reason::Earlier => "in der Ausgabe des Vorjahres nicht ausgewiesen".to_owned(),
            Reason::Before => {
                "in einer früheren Ausgabe neben einem geheimen Wert nicht ausgewiesen".to_owned()
            }
            Reason::Protects(other) => {
                format!("sonst ließe sich errechnen: {}", named(programme, *other))
            }
        };
        let label = figure.label.replace('|', "/");
        out.push_str(&format!("| {label} | {} | {why} |\n", figure.path));
    }
    out.push_str(if secrecy.smallest {
        "\nMit weniger Werten, die nicht ausgewiesen werden, geht es nicht.\n"
    } else {
        "\nOb es mit weniger Werten ginge, wurde nicht zu Ende geprüft.\n"
    });
    out
}
