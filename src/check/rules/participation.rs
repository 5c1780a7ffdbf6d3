// SPDX-License-Identifier: EUPL-1.2
//! What the record of participation lacks by the law of the day and the form of the Jobcenter.
//!
//! Not here: the order of the days.

use crate::check::{Rule, Run};
use crate::diag::Finding;
use crate::law::{self, Body};
use crate::model::Programme;
use crate::model::programme::{Form, Participation};

/// The code of its findings.
const CODE: &str = "beteiligung";

/// See `docs/regeln.md`.
pub(in crate::check) const RULE: Rule = Rule {
    code: CODE,
    run: Run::Data(|programme| {
        // A published programme does not print whom it heard.
        if programme.reproduction || programme.participation.is_empty() {
            return Vec::new();
        }
        let Some(agreement) = &programme.agreement else { return Vec::new() };
        let agreed = agreement.agreed;
        let mut out: Vec<Finding> = law::bodies()
            .iter()
            .filter(|body| required(body, programme))
            .filter(|body| !programme.participation.iter().any(|entry| entry.body == body.id))
            .map(|body| missing(programme, body, agreed))
            .collect();
        if agreed {
            out.extend(programme.participation.iter().filter_map(incomplete));
            out.extend(other_day(programme));
        }
        out
    }),
};

/// Whether the law asks for the body on the day of the document.
fn required(body: &Body, programme: &Programme) -> bool {
    let (year, month, day) = programme.date;
    let today = format!("{year:04}-{month:02}-{day:02}");
    let of_form = match body.form.as_deref() {
        Some("gE") => programme.form == Some(Form::Joint),
        Some("zkT") => programme.form == Some(Form::Municipal),
        _ => true,
    };
    body.required && of_form && body.applies(&today)
}

fn missing(programme: &Programme, body: &Body, agreed: bool) -> Finding {
    let ground = body.ground.as_deref().map(|ground| format!(" ({ground})")).unwrap_or_default();
    let message = format!("Im Nachweis der Beteiligung fehlt: {}{ground}.", body.name);
    // Until the programme is agreed it may still happen.
    let finding =
        if agreed { Finding::warning(CODE, message) } else { Finding::note(CODE, message) };
    let at = programme.participation.last().map_or(programme.span, |entry| entry.span);
    finding.at(at, "hier endet der Nachweis").hint(format!(
        "Ergänzen Sie unter „beteiligung:“: {{gremium: {}, am: 2026-10-20, ergebnis: …}}.",
        body.id
    ))
}

fn incomplete(entry: &Participation) -> Option<Finding> {
    let (what, key) = match (&entry.day, &entry.result) {
        (None, None) => ("Tag und Ergebnis fehlen", "„am:“ und „ergebnis:“"),
        (None, Some(_)) => ("der Tag fehlt", "„am:“"),
        (Some(_), None) => ("das Ergebnis fehlt", "„ergebnis:“"),
        (Some(_), Some(_)) => return None,
    };
    Some(
        Finding::warning(
            CODE,
            format!("{}: {what}, obwohl das Programm abgestimmt ist.", entry.name),
        )
        .at(entry.span, what.to_owned())
        .hint(format!("Ergänzen Sie {key}.")),
    )
}

/// The assembly agreed on another day than the programme says.
fn other_day(programme: &Programme) -> Option<Finding> {
    let agreement = programme.agreement.as_ref()?;
    let stated = agreement.day.as_ref()?;
    let mut sessions = programme
        .participation
        .iter()
        .filter(|entry| entry.body == "traegerversammlung")
        .peekable();
    let entry = *sessions.peek()?;
    let fits = sessions.any(|entry| entry.day.as_ref().is_none_or(|day| day == stated));
    (!fits).then(|| {
        let day = entry.day.clone().unwrap_or_default();
        Finding::warning(CODE, format!("Abgestimmt wurde laut „abstimmung:“ am {stated}, laut Nachweis der Beteiligung am {day}."))
            .at(entry.span, "anderer Tag")
            .label(agreement.span, "Tag der Abstimmung")
            .hint("Berichtigen Sie einen der beiden Tage.")
    })
}
