// SPDX-License-Identifier: EUPL-1.2
//! `amip publish`: the public version, if nothing stands against it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::Exit;
use super::args::{PrintFormat, PublishArgs};
use super::batch::{self, Outcome};
use super::build::pdf;
use super::check::{PICTURES, summary};
use super::console::Console;
use super::edition::{self, Edition, PUBLIC, Problem, Published};
use super::output::Files;
use super::session::{Loaded, Session};
use super::target;
use crate::check::RULES;
use crate::check::numbers::{self, ProseNumber, Status};
use crate::check::prose;
use crate::diag::{Class, Finding, Severity, Sources, json};
use crate::model::Programme;
use crate::model::figures::{FigureId, Origin};
use crate::model::folder;
use crate::publish::internal;
use crate::publish::model::{self, PublicModel};
use crate::publish::proof::{self, Needles};
use crate::publish::protocol::{self, PROTOCOL, READABLE, Report};
use crate::publish::secrecy::calculated::{self, Told};
use crate::publish::secrecy::{self, Former, log, told};
use crate::publish::{accessibility, editions, gate, opendata};
use crate::render;
use crate::tree::{Document, walk};
use crate::write::{html, markdown, svg};

pub(super) fn run(arguments: &PublishArgs, console: &Console) -> Exit {
    let folders = batch::expand(&arguments.folders);
    if let Some(message) = target::same_name(&folders) {
        console.complain(&message);
        return Exit::Failed;
    }
    if arguments.format == PrintFormat::Json {
        return as_json(&folders, arguments, console);
    }
    batch::run(&folders, &arguments.folders, console, |folder, single| {
        one(folder, arguments, single, console)
    })
}

/// Everything that stands against a publication, as plain data.
fn as_json(folders: &[PathBuf], arguments: &PublishArgs, console: &Console) -> Exit {
    let mut exit = Exit::Fine;
    let mut all = Vec::new();
    let single = batch::is_single(folders, &arguments.folders);
    for folder in folders {
        let (session, work) = looked_at(folder, arguments, single);
        exit = exit.max(match &work {
            None => Exit::Failed,
            Some(work) if work.edition.is_none() => Exit::Findings,
            Some(work) => match put(&session, work, arguments, single) {
                Ok(_) => Exit::Fine,
                Err(message) => {
                    console.complain(&message);
                    Exit::Failed
                }
            },
        });
        let findings = match work {
            Some(work) => work.findings,
            None => session.findings.clone(),
        };
        all.push((findings, session.sources));
    }
    let shown = all
        .iter()
        .flat_map(|(findings, sources)| findings.iter().map(move |finding| (finding, sources)));
    console.print(&json::findings(shown));
    exit
}

/// What came of looking at a programme.
struct Work {
    /// What stands against publishing, and what is to be known.
    findings: Vec<Finding>,
    /// The edition, if nothing does.
    edition: Option<Edition>,
    /// Reports for the office.
    office: Vec<(&'static str, String)>,
}

fn one(folder: &Path, arguments: &PublishArgs, single: bool, console: &Console) -> Outcome {
    let (session, work) = looked_at(folder, arguments, single);
    let name =
        |what: &str| if single { what.to_owned() } else { format!("{}: {what}", session.name) };
    let Some(work) = work else {
        let mut messages = console.findings(session.unacknowledged(), &session.sources);
        messages.push_str(&format!("{}\n", summary(&session)));
        return Outcome {
            exit: Exit::Failed,
            messages,
            written: String::new(),
            line: name("Es wurde nichts veröffentlicht."),
        };
    };
    let messages = console.findings(&work.findings, &session.sources);
    let outcome = |exit, written, line| Outcome { exit, messages: messages.clone(), written, line };
    if work.edition.is_none() {
        let against = work.findings.iter().filter(|finding| stops(finding)).count();
        let line = match against {
            1 => {
                "1 Befund steht der Veröffentlichung entgegen; es wurde nichts geändert.".to_owned()
            }
            count => format!(
                "{count} Befunde stehen der Veröffentlichung entgegen; es wurde nichts geändert."
            ),
        };
        return outcome(Exit::Findings, String::new(), name(&line));
    }
    match put(&session, &work, arguments, single) {
        Ok((written, line)) => outcome(Exit::Fine, written, name(&line)),
        Err(message) => Outcome {
            exit: Exit::Failed,
            messages: format!("{messages}{message}"),
            written: String::new(),
            line: name("Es wurde nichts veröffentlicht; die bisherige Ausgabe ist unverändert."),
        },
    }
}

/// Writes the edition, unless only a look was asked for; gives back what is to be said.
fn put(
    session: &Session,
    work: &Work,
    arguments: &PublishArgs,
    single: bool,
) -> Result<(String, String), String> {
    let Some(edition) = &work.edition else { return Err(String::new()) };
    if arguments.pruefen {
        return Ok((String::new(), "Nichts steht der Veröffentlichung entgegen.".to_owned()));
    }
    let target = target::folder(&session.name, arguments.out.as_deref(), single);
    if let Some(message) = target::among_sources(&target) {
        return Err(message);
    }
    if target.file_name().is_some_and(|name| name == PUBLIC || name == edition::FORMER) {
        return Err(format!(
            "Fehler[ausgabe]: „{}“ ist selbst der Ordner einer Veröffentlichung.\n = Hilfe: Nennen Sie den Ordner darüber; amip legt „{PUBLIC}“ darin an.\n",
            folder::show(&target)
        ));
    }
    let mut reports = Files::default();
    for (name, text) in &work.office {
        reports.add(*name, text.clone());
    }
    reports.write(&target).map_err(|error| target::failure(&error))?;
    let published = edition::put(&target, edition).map_err(|problem| match problem {
        Problem::Busy => format!(
            "Fehler[ausgabe]: In „{}“ wird gerade schon veröffentlicht.\n = Hilfe: Warten Sie, bis der andere Lauf zu Ende ist.\n",
            folder::show(&target)
        ),
        Problem::Write(error) => target::failure(&error),
    })?;
    let place = folder::show(&target.join(PUBLIC));
    let mut written = String::new();
    if published != Published::Same {
        written = format!(
            "veröffentlicht: {place}/ ({} Dateien, Fassung {})\n",
            edition.files.len(),
            edition.version
        );
    }
    if let Published::Replaced(former) = &published {
        written.push_str(&format!("bisherige Ausgabe: {}/\n", folder::show(former)));
    }
    for (name, _) in &work.office {
        written.push_str(&format!("für das Haus: {}\n", folder::show(&target.join(name))));
    }
    let line = match published {
        Published::Same => {
            format!(
                "Die Ausgabe in {place}/ ist schon auf diesem Stand (Fassung {}).",
                edition.version
            )
        }
        _ => "Alle Dateien wurden nach Internem durchsucht; es wurde nichts gefunden.".to_owned(),
    };
    Ok((written, line))
}

/// Whether a finding stands against a publication. Notes are to be known only, unless they say that
/// something is open which is put up with in a draft alone.
fn stops(finding: &Finding) -> bool {
    finding.severity != Severity::Note || gate::blocks(finding)
}

/// Numbers of sentences that stand in no table: typed ones, and single values of the data.
fn numbers_told(programme: &Programme) -> Vec<Told<'_>> {
    let figures = &programme.figures;
    let single = |path: &str| {
        let id = figures.find(path).filter(|_| path.starts_with("werte."))?;
        let typed = matches!(figures.get(id).origin, Origin::Entered(_));
        figures.printed(id, programme.reproduction).filter(|_| typed)
    };
    let mut out = Vec::new();
    for ProseNumber { passage, range, status } in
        numbers::of(programme, programme.passages.iter().chain(&programme.labels))
    {
        let quantity = match status {
            Status::Free(quantity) => Some(quantity),
            Status::Bound(path) => single(&path),
            _ => None,
        };
        let mut sentences = prose::sentences(&passage.text).into_iter();
        let sentence = sentences.rfind(|it| it.start <= range.start).unwrap_or(range.clone());
        out.extend(quantity.map(|quantity| Told { passage, range, sentence, quantity }));
    }
    out
}

/// Reads a programme, makes its public version, and finds what stands against it. Without a programme
/// that can be read there is nothing.
fn looked_at(folder: &Path, arguments: &PublishArgs, single: bool) -> (Session, Option<Work>) {
    let mut session = Session::open(folder, arguments.vorlagen.as_deref());
    let Some(loaded) = session.loaded.take() else { return (session, None) };
    let target = target::folder(&session.name, arguments.out.as_deref(), single);
    let work =
        work(folder, &target, &loaded, &session.name, &session.findings, &mut session.sources);
    session.loaded = Some(loaded);
    (session, Some(work))
}

fn work(
    folder: &Path,
    target: &Path,
    loaded: &Loaded,
    name: &str,
    checked: &[Finding],
    sources: &mut Sources,
) -> Work {
    let programme = &loaded.programme;
    let mut findings: Vec<Finding> =
        checked.iter().filter(|finding| gate::blocks(finding)).cloned().collect();
    let internal = internal::of(programme);
    let mut rendered = Vec::new();
    let mut plain = model::build(programme, &internal, &BTreeSet::new());
    let Some(document) = document(&mut plain, loaded, sources, &mut rendered) else {
        findings.append(&mut rendered);
        return Work { findings, edition: None, office: Vec::new() };
    };
    let year_before =
        former_hidden(programme.earlier.as_ref().map(|text| text.value.as_str()), folder, target);
    let folders = edition::all(target);
    let before: Vec<_> = folders.iter().map(|folder| edition::data_of(folder)).collect();
    let damaged = folders.iter().zip(&before).filter(|(_, edition)| edition.is_damaged());
    findings.extend(damaged.map(|(folder, _)| editions::damaged(&folder::show(folder))));
    let former = Former {
        hidden: year_before.clone().unwrap_or_default(),
        shown: editions::shown(programme, &before),
        kept_back: editions::hidden(programme, &before),
    };
    let shown = secrecy::shown(programme, &plain, &document);
    let secrecy = secrecy::protect(programme, &internal, &shown, &former);
    let (model, document) = if secrecy.secret.is_empty() {
        (plain, document)
    } else {
        let mut model = model::build(programme, &internal, &secrecy.secret);
        match self::document(&mut model, loaded, sources, &mut Vec::new()) {
            Some(document) => (model, document),
            None => (plain, document),
        }
    };
    let before = same_agreement(programme, target);
    let matters = gate::open_matters(programme, model.programme(), &internal, &secrecy, &before);
    let silent: BTreeSet<FigureId> =
        secrecy.secret.iter().chain(internal.figures.keys()).copied().collect();
    findings.extend(told::typed(programme, model.programme(), &silent, checked));
    let open = told::passages(programme, model.programme());
    findings.extend(calculated::findings(programme, &open, &numbers_told(programme), &silent));
    // What is missing because it is internal is said once.
    let place = |finding: &Finding| finding.primary.as_ref().map(|label| label.span);
    rendered.retain(|finding| !matters.iter().any(|known| place(known) == place(finding)));
    findings.append(&mut rendered);
    findings.extend(secrecy.findings.iter().cloned());
    findings.extend(told::findings(programme, model.programme()));
    findings.extend(matters);
    crate::diag::sort(&mut findings, sources);
    let office = vec![
        (accessibility::REPORT, accessibility::report(model.programme(), &document)),
        (log::LOG, log::log(programme, &secrecy)),
    ];
    if findings.iter().any(stops) {
        return Work { findings, edition: None, office };
    }
    let real = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    let needles = Needles::of(programme, model.programme(), &real.to_string_lossy());
    let report = Report {
        model: &model,
        hidden: log::hidden(programme, &internal, &secrecy),
        checked: (RULES.len(), programme.figures.len()),
        searched: needles.count(),
        former: programme.earlier.as_ref().map(|_| year_before.is_some()),
    };
    let made = match files(name, &model, &document, loaded, &report) {
        Ok(made) => made,
        Err(message) => {
            findings.push(Finding::error("pdf", message));
            return Work { findings, edition: None, office };
        }
    };
    let written = made.files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice()));
    let hits = needles.search(written);
    if hits.is_empty() {
        return Work { findings, edition: Some(made), office };
    }
    findings.extend(proof::findings(&hits, programme));
    crate::diag::sort(&mut findings, sources);
    Work { findings, edition: None, office }
}

/// The document of a public version. What is missing in it is a finding; texts and footnotes that only
/// belong to what is left out are not; the model lets such texts go.
fn document(
    model: &mut PublicModel,
    loaded: &Loaded,
    sources: &mut Sources,
    findings: &mut Vec<Finding>,
) -> Option<Document> {
    const EXPECTED: [&str; 3] = ["text-ohne-abschnitt", "fussnote-ungenutzt", "abschnitt-leer"];
    let mut found = Vec::new();
    let document =
        render::document(model.programme(), &loaded.words, &loaded.templates, sources, &mut found);
    found.retain(|finding| finding.class == Class::Input && !EXPECTED.contains(&finding.code));
    findings.append(&mut found);
    let mut document = document?;
    model.keep_texts(&document);
    // Templates may hold internal boxes, too.
    model.leave_boxes(&mut document);
    Some(document)
}

/// All files of an edition, with the name of the version; the protocol comes last.
fn files(
    name: &str,
    model: &PublicModel,
    document: &Document,
    loaded: &Loaded,
    report: &Report<'_>,
) -> Result<Edition, String> {
    let mut out: Vec<(String, Vec<u8>)> = Vec::new();
    out.push((format!("{name}.pdf"), pdf(document, loaded, false)?));
    out.push((format!("{name}.md"), markdown::document(document).into_bytes()));
    walk::pictures(&document.blocks, &mut |picture| {
        let path = format!("{PICTURES}/{}", picture.file);
        if !out.iter().any(|(known, _)| *known == path) {
            out.push((path, svg::picture(picture, &document.theme).bytes));
        }
    });
    out.push((format!("{name}.html"), html::document(document).into_bytes()));
    out.extend(opendata::files(model, document));
    let version = protocol::version(&out);
    out.push((READABLE.to_owned(), protocol::readable(report, &version).into_bytes()));
    let json = protocol::json(report, &out, &version);
    out.push((PROTOCOL.to_owned(), json.into_bytes()));
    Ok(Edition { files: out, version })
}

/// Figures that the published edition of the year before did not show; `None` if there is none.
fn former_hidden(earlier: Option<&str>, folder: &Path, target: &Path) -> Option<Vec<String>> {
    let earlier = folder.join(earlier?);
    let name = super::session::name(&earlier);
    let edition = target.parent()?.join(name).join(PUBLIC);
    let protocol = edition::protocol_of(&edition)?;
    let paths = protocol["geheimhaltung"]["nicht_ausgewiesen"].as_array()?.clone();
    Some(paths.iter().filter_map(|path| Some(path.as_str()?.to_owned())).collect())
}

/// What the edition before showed, if it was agreed on the same day.
fn same_agreement(programme: &Programme, target: &Path) -> BTreeMap<String, String> {
    let edition = target.join(PUBLIC);
    let day = programme.agreement.as_ref().and_then(|agreement| agreement.day.clone());
    let before = edition::protocol_of(&edition);
    let before = before.and_then(|it| Some(it["abgestimmt_am"].as_str()?.to_owned()));
    if day.is_none() || before != day {
        return BTreeMap::new();
    }
    edition::data_of(&edition).figures()
}
