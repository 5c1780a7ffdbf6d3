// SPDX-License-Identifier: EUPL-1.2
//! `amip explain`: where a figure comes from, and what depends on it.

use super::Exit;
use super::args::{ExplainArgs, PrintFormat};
use super::check::summary;
use super::console::Console;
use super::session::Session;
use crate::explain::find::Found;
use crate::explain::{Explainer, Explanation, Problem, json, text};
use crate::model::figures::FigureId;
use crate::model::folder;

/// Most figures that are explanations in full when nobody chose one of them.
const FEW: usize = 3;

/// Between two explanations.
const RULE: &str = "\n────────────────────\n\n";

pub(super) fn run(arguments: &ExplainArgs, console: &Console) -> Exit {
    let session = Session::open(&arguments.folder, arguments.vorlagen.as_deref());
    let Some(loaded) = &session.loaded else {
        console.complain(&console.findings(session.unacknowledged(), &session.sources));
        console.complain(&format!("{}\n", summary(&session)));
        return Exit::Failed;
    };
    let folder = folder::show(&arguments.folder);
    let explainer = Explainer::new(&loaded.programme, &loaded.document, &session.sources, &folder);
    let mut exit = Exit::Fine;
    let mut all: Vec<Found> = Vec::new();
    for what in &arguments.what {
        match explainer.find(what) {
            Ok(found) => all.push(found),
            Err(problem) => {
                console.complain(&complaint(&problem));
                exit = Exit::Findings;
            }
        }
    }
    let explanations = match &arguments.statt {
        Some(value) => match instead(&explainer, &arguments.what, &all, value) {
            Ok(explanations) => explanations,
            Err(problem) => {
                console.complain(&complaint(&problem));
                return Exit::Failed;
            }
        },
        None => chosen(&explainer, &all, arguments.format),
    };
    match arguments.format {
        PrintFormat::Json => console.print(&json::explanations(&explanations)),
        PrintFormat::Text => {
            let lists = if arguments.statt.is_some() { &[][..] } else { &all[..] };
            console.print(&report(&explainer, lists, &explanations, &folder));
        }
    }
    exit
}

fn complaint(problem: &Problem) -> String {
    format!("Fehler: {}\n = Hilfe: {}\n", problem.message, problem.hint)
}

/// The figures that are explanations in full: all for programs, for people those that are few.
fn chosen(explainer: &Explainer<'_>, all: &[Found], format: PrintFormat) -> Vec<Explanation> {
    let mut ids: Vec<FigureId> = Vec::new();
    for found in all {
        let wanted: Vec<FigureId> = match format {
            PrintFormat::Json => found.hits.iter().map(|hit| hit.id).collect(),
            PrintFormat::Text => few(found),
        };
        for id in wanted {
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
    }
    ids.into_iter().map(|id| explainer.explain(id)).collect()
}

/// The figures of an answer that are explanations in full; none if they are many.
fn few(found: &Found) -> Vec<FigureId> {
    let exact: Vec<FigureId> =
        found.hits.iter().filter(|hit| hit.exact).map(|hit| hit.id).collect();
    if exact.len() <= FEW { exact } else { Vec::new() }
}

/// The one figure that is to be another value.
fn instead(
    explainer: &Explainer<'_>,
    what: &[String],
    all: &[Found],
    value: &str,
) -> Result<Vec<Explanation>, Problem> {
    // A path means in the data the first figure below it, and here, too.
    if let [what] = what
        && let Some(id) = explainer.named(what)
    {
        return Ok(vec![explainer.instead(id, value)?]);
    }
    let mut exact: Vec<FigureId> = all.iter().flat_map(exact).collect();
    exact.sort_unstable();
    exact.dedup();
    match exact.as_slice() {
        [] => Ok(Vec::new()),
        [id] => Ok(vec![explainer.instead(*id, value)?]),
        many => {
            let paths: Vec<String> =
                many.iter().take(8).map(|id| explainer.explain(*id).path).collect();
            Err(Problem {
                message: format!(
                    "--statt braucht genau eine Zahl; gemeint sein können {}.",
                    many.len()
                ),
                hint: format!("Nennen Sie den Pfad, zum Beispiel: {}.", paths.join(", ")),
            })
        }
    }
}

fn exact(found: &Found) -> Vec<FigureId> {
    found.hits.iter().filter(|hit| hit.exact).map(|hit| hit.id).collect()
}

/// Lists where there is more than one figure, then the explanations.
fn report(
    explainer: &Explainer<'_>,
    all: &[Found],
    explanations: &[Explanation],
    folder: &str,
) -> String {
    let mut parts = Vec::new();
    for found in all.iter().filter(|found| found.hits.len() > 1) {
        let mut list = text::list(explainer, found);
        if few(found).is_empty() {
            let path = &explainer.explain(found.hits[0].id).path;
            list.push_str(&format!(
                "\nEine davon erklärt zum Beispiel: amip explain {folder} {path}\n"
            ));
        }
        parts.push(list);
    }
    parts.extend(explanations.iter().map(|one| text::explanation(explainer, one)));
    parts.join(RULE)
}
