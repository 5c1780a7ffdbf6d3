// SPDX-License-Identifier: EUPL-1.2
//! An instrument or a section of law that does not hold in the programme's year, or that do not
//! belong together.

mod tables;
mod texts;

use crate::check::citation::{Citation, citations};
use crate::check::{Rule, Run, change};
use crate::diag::{Finding, Span};
use crate::law::instruments::{Instrument, instruments};
use crate::law::terms::{Standing, standing, year_of};
use crate::model::Programme;
use crate::model::date::spelled;
use crate::model::figures::FigureId;
use crate::model::programme::Measure;
use crate::tree::walk;

/// The code of its findings.
const CODE: &str = "rechtsgrundlage";

/// See `docs/regeln.md`.
pub(in crate::check) const RULE: Rule = Rule {
    code: CODE,
    run: Run::Data(|programme| {
        let mut out: Vec<Finding> =
            programme.measures.iter().flat_map(|measure| of_measure(programme, measure)).collect();
        out.extend(texts::sections(programme));
        out.extend(texts::names(programme));
        out.extend(tables::rows(programme));
        out
    }),
};

/// What the law of a measure says.
fn of_measure(programme: &Programme, measure: &Measure) -> Vec<Finding> {
    let name = walk::plain(&measure.name);
    let law = measure.law.as_ref().map_or("", |law| law.value.as_str()).replace('\u{a0}', " ");
    let whole = format!("{name} {law} {} {}", walk::plain(&measure.function), measure.id);
    let span = measure.law.as_ref().map_or(measure.span, |law| law.span);
    let cited = citations(&law);
    let mut out = Vec::new();
    let named = instruments().iter().find(|one| leads(&name, one));
    if let Some(named) = named
        && let Some(finding) = misplaced(&name, named, &cited, programme.year, span)
    {
        out.push(finding);
    }
    let run_off = change::runs_off(&whole) || cited.iter().any(|citation| citation.former);
    for instrument in instruments() {
        let meant = named.is_some_and(|named| named.id == instrument.id)
            || instrument.only_new && cited.iter().any(|citation| belongs(citation, instrument));
        let until = instrument.until.as_deref();
        let standing = standing(&instrument.from, until, programme.year);
        if !meant || standing == Standing::InForce || run_off {
            continue;
        }
        if instrument.only_new && !new_entries(programme, measure) {
            continue;
        }
        out.push(not_in_force(&name, instrument, standing, programme.year, span));
    }
    out
}

/// An instrument of a measure that has ended, or has not begun.
fn not_in_force(
    name: &str,
    instrument: &Instrument,
    standing: Standing,
    year: u32,
    span: Span,
) -> Finding {
    let title = &instrument.name;
    let message = if standing == Standing::NotYet {
        format!(
            "„{name}“: {title} gibt es erst seit dem {}; das Programm ist für {year}.",
            spelled(&instrument.from)
        )
    } else if instrument.only_new {
        format!(
            "„{name}“ plant neue Eintritte; {title} wird seit {} von den Agenturen für Arbeit neu bewilligt.",
            year_of(instrument.until.as_deref().unwrap_or_default()) + 1
        )
    } else {
        let until = spelled(instrument.until.as_deref().unwrap_or_default());
        format!("„{name}“: {title} gab es nur bis zum {until}; das Programm ist für {year}.")
    };
    let successor = instrument.successor.as_ref().map(|next| format!("Seitdem gilt: {next}."));
    Finding::warning(CODE, message)
        .at(span, "nicht in diesem Jahr")
        .hint_if(successor)
        .hint("Wird nur zu Ende bezahlt, was schon läuft, schreiben Sie „Ausfinanzierung“ in den Namen oder die Funktion.")
        .hint(format!("Quelle: {}.", instrument.source))
        .about(name)
}

/// Whether a measure plans new entries: a number above zero, or a figure that is still open.
fn new_entries(programme: &Programme, measure: &Measure) -> bool {
    let parts = measure.parts.iter().filter_map(|part| part.figure("eintritte"));
    measure.figure("eintritte").into_iter().chain(parts).any(|id| new(programme, id))
}

/// Whether a figure may be above zero.
fn new(programme: &Programme, id: FigureId) -> bool {
    let amount = programme.figures.outcome(id).amount.as_ref();
    amount.is_some_and(|amount| {
        amount.interval.high.is_none_or(|high| high > rust_decimal::Decimal::ZERO)
    })
}

/// Whether a name begins with an instrument, with an ending or without.
fn leads(name: &str, instrument: &Instrument) -> bool {
    let name = name.trim_start_matches(|c: char| !c.is_alphabetic());
    instrument.forms.iter().any(|form| {
        name.strip_prefix(form.as_str()).is_some_and(ends)
            // A general word is an instrument only where it stands alone.
            && (!instrument.general || alone(&name[form.len()..]))
    })
}

/// Whether nothing follows a name but brackets, a citation or a remark.
fn alone(rest: &str) -> bool {
    let rest = rest.trim_start();
    ["", "(", "§", "nach ", "gem", "–", "-", ","]
        .iter()
        .any(|lead| if lead.is_empty() { rest.is_empty() } else { rest.starts_with(lead) })
}

/// Whether a word ends here, apart from its ending.
fn ends(rest: &str) -> bool {
    let letters: String = rest.chars().take_while(|c| c.is_alphanumeric()).collect();
    matches!(letters.as_str(), "" | "s" | "es" | "e" | "en" | "n" | "er")
        && !rest[letters.len()..].starts_with('-')
}

/// Whether a citation names a section of an instrument.
fn belongs(citation: &Citation, instrument: &Instrument) -> bool {
    let same_law = citation.law.as_deref().is_none_or(|law| law == instrument.law);
    let numbers = instrument.sections.iter().filter_map(|section| section.parse::<u32>().ok());
    let (Some(first), Some(last)) = (citation.items.first(), citation.items.last()) else {
        return false;
    };
    // "§§ 74 bis 75a" and "§§ 81 ff." name what lies between.
    let end = if citation.further { u32::MAX } else { last.number };
    let covers = (citation.span || citation.further)
        && numbers.clone().min().is_some_and(|low| first.number <= low && low <= end)
        && numbers.max().is_some_and(|high| first.number + 10 > high || !citation.further);
    let named = citation.items.iter().any(|item| instrument.sections.contains(&item.section()));
    same_law && (named || covers)
}

/// A finding if a measure bears the name of one instrument and the section of another.
fn misplaced(
    name: &str,
    named: &Instrument,
    cited: &[Citation],
    year: u32,
    span: Span,
) -> Option<Finding> {
    // Former numbers, and § 16 alone, say nothing about the instrument.
    let telling: Vec<&Citation> = cited
        .iter()
        .filter(|citation| {
            !citation.former && !citation.items.iter().all(|item| item.section() == "16")
        })
        .filter(|citation| matches!(citation.law.as_deref(), None | Some("SGB II" | "SGB III")))
        .collect();
    let right = format!("{} {}", sections_of(named), named.law);
    if telling.is_empty() || telling.iter().any(|citation| belongs(citation, named)) {
        return None;
    }
    let other = telling.iter().find_map(|citation| of_section(citation, year))?;
    Some(
        Finding::warning(
            CODE,
            format!(
                "„{name}“ steht mit der Rechtsgrundlage von „{}“; erwartet wird {right}.",
                other.name
            ),
        )
        .at(span, "gehört zu einem anderen Instrument")
        .hint("Prüfen Sie Namen und Paragrafen.")
        .hint(format!("Quelle: {}.", named.source))
        .about(name),
    )
}

/// The instrument of a section, rather one that holds in the year.
fn of_section(citation: &Citation, year: u32) -> Option<&'static Instrument> {
    let mut all: Vec<&Instrument> =
        instruments().iter().filter(|one| belongs(citation, one)).collect();
    all.sort_by_key(|one| standing(&one.from, one.until.as_deref(), year) != Standing::InForce);
    all.first().copied()
}

/// The sections of an instrument as they are cited.
fn sections_of(instrument: &Instrument) -> String {
    match instrument.sections.as_slice() {
        [one] => format!("§\u{a0}{one}"),
        [one, ..] => format!("§§\u{a0}{one} ff."),
        [] => String::new(),
    }
}
