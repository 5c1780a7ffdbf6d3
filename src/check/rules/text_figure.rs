// SPDX-License-Identifier: EUPL-1.2
//! A figure in a sentence that differs from the data it is bound to.

use std::collections::BTreeSet;

use super::direction;
use crate::check::agreement::{self, Agreement};
use crate::check::{Rule, Run};
use crate::diag::{Disagreement, Finding, Span};
use crate::model::Programme;
use crate::model::figures::{Amount, FigureId, Figures, Origin};
use crate::model::quantity::{Number, Quantity, Value, read_in_text};
use crate::tree::passage::MarkKind;
use crate::tree::{Inline, walk};

/// See `docs/regeln.md`.
pub(in crate::check) const RULE: Rule = Rule {
    code: "zahl-im-text",
    run: Run::Data(|programme| {
        let mut out = Vec::new();
        for bound in bound_figures(programme) {
            if let Some(Agreement::Contradicts(disagreement)) = agreement_of(programme, &bound) {
                out.push(contradiction(programme, &bound, disagreement));
            }
        }
        out
    }),
};

/// A figure in running text.
pub(in crate::check) struct Bound<'a> {
    pub(in crate::check) id: FigureId,
    pub(in crate::check) text: String,
    pub(in crate::check) span: Span,
    pub(in crate::check) acknowledged: Option<&'a str>,
    /// Whether the words around it say that it is a decline.
    pub(in crate::check) declines: bool,
}

/// Figures of passages whose surroundings speak of a decline.
fn declines(programme: &Programme) -> BTreeSet<Span> {
    let marks = programme.passages.iter().flat_map(|passage| {
        let figures = passage.marks.iter().filter(|mark| matches!(mark.kind, MarkKind::Figure(_)));
        figures
            .filter(|mark| direction::declines(passage, mark))
            .map(|mark| passage.span(&mark.range))
    });
    marks.collect()
}

/// All figures in running text that state something.
pub(in crate::check) fn bound_figures(programme: &Programme) -> Vec<Bound<'_>> {
    let mut out = Vec::new();
    let falling = declines(programme);
    // A passage points at the words of a link, the figure at all of it.
    let within = |whole: Span| {
        let inside = |own: &&Span| own.file == whole.file && own.end <= whole.end;
        let from = Span { end: whole.start, ..whole };
        falling
            .range(from..)
            .take_while(|own| own.file == whole.file && own.start <= whole.end)
            .any(|own| inside(&own))
    };
    // A title that is shown in several places is one text.
    let mut seen = BTreeSet::new();
    programme.each_text(&mut |inline| {
        if let Inline::Figure { path, body, span, acknowledged } = inline
            && !body.is_empty()
            && let Some(id) = programme.figures.find(path)
            && seen.insert((*span, path))
        {
            let text = walk::plain(body);
            let acknowledged = acknowledged.as_deref();
            out.push(Bound { id, text, span: *span, acknowledged, declines: within(*span) });
        }
    });
    out
}

/// Gives a figure the sign that its words say: "um 3,2 % gesunken" is −3,2 %. "um 3,2 %" alone takes
/// the sign of the data, for the word that says the direction stands outside.
pub(in crate::check) fn signed(stated: Quantity, bound: &Bound<'_>, figures: &Figures) -> Quantity {
    const DOWN: [&str; 12] = [
        "gesunken",
        "sank",
        "sinkt",
        "rückgang",
        "minus",
        "weniger um",
        "verringer",
        "gefallen",
        "abnahme",
        "reduzier",
        "gekürzt",
        "zurückgegangen",
    ];
    const UP: [&str; 8] =
        ["gestiegen", "stieg", "steigt", "steigerung", "zuwachs", "zunahme", "anstieg", "plus"];
    let text = bound.text.to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| text.contains(word));
    let amount = figures.outcome(bound.id).amount.as_ref();
    let negative = amount.is_some_and(|amount| amount.nominal.is_sign_negative());
    let Value::Number(number) = stated.value else { return stated };
    // Only changes have a sign that words may carry.
    let plain = !number.plus && !number.value.is_sign_negative();
    let change = negative || says(&DOWN) || says(&UP);
    let outside = bound.declines || text.trim_start().starts_with("um ");
    let down = says(&DOWN) || outside && negative && !says(&UP);
    if plain && change && down {
        return Quantity {
            value: Value::Number(Number { value: -number.value, ..number }),
            ..stated
        };
    }
    stated
}

/// How a figure in running text stands to the data. `None` if nothing can be compared.
pub(super) fn agreement_of(programme: &Programme, bound: &Bound<'_>) -> Option<Agreement> {
    let figures = &programme.figures;
    let stated = read_in_text(&bound.text, &programme.units)?;
    let stated = &signed(stated, bound, figures);
    let figure = figures.get(bound.id);
    let computed = figures.computed_with_unit(bound.id)?;
    // A sum with open parts says nothing yet about the sentence.
    if figures.outcome(bound.id).incomplete {
        return None;
    }
    // In a reproduction the sentence is held against what is printed elsewhere; whether that
    // agrees with the calculation is a finding of its own.
    let printed = figure
        .stated
        .as_ref()
        .and_then(|stated| stated.quantity.as_ref())
        .filter(|_| programme.reproduction);
    let mut verdict = match printed {
        Some(printed) => agreement::compare(stated, printed, Amount::of(printed).as_ref()),
        None => agreement::compare(stated, &computed, figures.outcome(bound.id).amount.as_ref()),
    };
    if let Agreement::Contradicts(disagreement) | Agreement::Rounding(disagreement) = &mut verdict
        && (printed.is_some() || matches!(figure.origin, Origin::Entered(_)))
    {
        disagreement.source = agreement::IN_DATA;
    }
    Some(verdict)
}

fn contradiction(programme: &Programme, bound: &Bound<'_>, disagreement: Disagreement) -> Finding {
    let figure = programme.figures.get(bound.id);
    let message = format!("Die Zahl im Text weicht ab: „{}“ für {}.", bound.text, figure.label);
    let mut finding = Finding::error("zahl-im-text", message)
        .at(bound.span, "im Text")
        .label(figure.span, format!("{}: {}", disagreement.source, figure.label));
    // Often a cell far away was changed, and the sentence is right.
    if disagreement.source == agreement::COMPUTED && bound.acknowledged.is_none() {
        finding = finding.hint(format!("Woraus die Zahl gerechnet ist, zeigt „amip explain ORDNER {}“; vielleicht wurde dort etwas geändert.", figure.path));
    }
    finding.disagreement = Some(disagreement);
    finding.acknowledged = bound.acknowledged.map(str::to_owned);
    if finding.acknowledged.is_none() {
        finding.hint("Berichtigen Sie den Text, oder lassen Sie die eckige Klammer leer: dann druckt amip den Wert der Daten. Soll die Abweichung bleiben: (zahl:… \"anerkannt: Grund\").")
    } else {
        finding
    }
}
