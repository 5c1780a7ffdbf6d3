// SPDX-License-Identifier: EUPL-1.2
//! Arguments and their German help.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Args, CommandFactory as _, FromArgMatches as _, Parser, Subcommand, ValueEnum};

const TEMPLATE: &str = "{about-with-newline}\nAufruf: {usage}\n\n{all-args}{after-help}\n";

/// amip – schreibt das Arbeitsmarkt- und Integrationsprogramm aus Daten und Texten und prüft seine
/// Zahlen.
#[derive(Debug, Parser)]
#[command(name = "amip", bin_name = "amip", disable_help_flag = true, disable_version_flag = true)]
#[command(
    disable_help_subcommand = true,
    subcommand_required = true,
    arg_required_else_help = true
)]
#[command(subcommand_help_heading = "Befehle", help_template = TEMPLATE)]
#[command(override_usage = "amip BEFEHL [OPTIONEN] ORDNER …", subcommand_value_name = "BEFEHL")]
#[command(
    after_help = "„amip BEFEHL --help“ erklärt einen Befehl. Ausgabe-Codes: 0 alles in Ordnung, 1 offene Befunde, 2 konnte nicht laufen."
)]
struct Cli {
    #[command(subcommand)]
    command: Command,

    /// Zeigt diese Hilfe
    #[arg(short, long, visible_alias = "hilfe", action = clap::ArgAction::Help, global = true, help_heading = "Optionen")]
    help: Option<bool>,

    /// Zeigt die Version
    #[arg(short = 'V', long, action = clap::ArgAction::Version, help_heading = "Optionen")]
    version: Option<bool>,
}

/// What the user wants.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Schreibt das Dokument als Markdown und PDF
    ///
    /// Liest einen Programmordner und schreibt das Dokument nach output/NAME/: NAME.md mit den
    /// Schaubildern unter bilder/ und NAME.pdf (barrierefrei: PDF/UA-1 und PDF/A-2a). Mit
    /// „--format html“ schreibt es NAME.html, eine Seite für den Browser, die allein steht. Offene
    /// oder widersprüchliche Zahlen halten den Lauf nicht auf; das Dokument trägt dann den Vermerk
    /// „Entwurf“.
    #[command(visible_alias = "bauen", help_template = TEMPLATE, override_usage = "amip build [OPTIONEN] ORDNER …")]
    Build(BuildArgs),
    /// Prüft die Zahlen und Verweise
    ///
    /// Rechnet Summen, Anteile und Veränderungen nach, vergleicht Zahlen in Texten mit den Daten und
    /// nennt alle Befunde auf einmal, die schwersten zuerst. Mit --format md oder pdf schreibt es einen
    /// Prüfbericht nach output/NAME/NAME-pruefbericht.md oder .pdf.
    #[command(visible_alias = "pruefen", help_template = TEMPLATE, override_usage = "amip check [OPTIONEN] ORDNER …")]
    Check(CheckArgs),
    /// Erklärt, woher eine Zahl kommt und was von ihr abhängt
    ///
    /// WAS ist ein Wert, wie er gedruckt ist („39,53 Mio. €“), ein Pfad (mittel.egt.plan, mittel.egt), eine
    /// Stelle im Dokument („Tabelle 3“, „Abbildung 2“, „Kapitel 4“) oder eine Zeile einer Datei
    /// (mittel.yaml:12). Gezeigt wird, wie der Wert zustande kommt, seine Quelle, das Vorjahr, und jede
    /// Rechnung, Tabelle, jedes Schaubild und jeder Satz, der sich mit ihm ändert.
    #[command(visible_alias = "herkunft", help_template = TEMPLATE, override_usage = "amip explain [OPTIONEN] ORDNER WAS …")]
    #[command(
        after_help = "Ausgabe-Codes: 0 alles gefunden, 1 zu einem WAS nichts gefunden, 2 konnte nicht laufen."
    )]
    Explain(ExplainArgs),
    /// Vergleicht zwei Jahre oder zwei Entwürfe
    ///
    /// Vergleicht zwei Programmordner nach ihren Kennungen: Mittel, Maßnahmen, Kennzahlen, Ziele, Strategien,
    /// Kapitel und Texte. Nennt, was neu ist, entfallen, umbenannt oder verschoben, mit Differenz und
    /// Veränderung in Prozent, und was unverändert aus dem Vorjahr stehen geblieben ist.
    #[command(visible_alias = "vergleichen", help_template = TEMPLATE, override_usage = "amip compare [OPTIONEN] ALT NEU")]
    Compare(CompareArgs),
    /// Veröffentlicht ein Programm, wenn nichts entgegensteht
    ///
    /// Schreibt die öffentliche Fassung nach output/NAME/oeffentlich/: PDF, Markdown, HTML, offene Daten und
    /// ein Protokoll, ohne alles, was intern oder geheim zu halten ist. Weigert sich, solange etwas offen ist,
    /// und durchsucht vor dem Erscheinen alles Geschriebene nach Internem. Die bisherige Ausgabe bleibt daneben
    /// erhalten.
    #[command(visible_alias = "veroeffentlichen", help_template = TEMPLATE, override_usage = "amip publish [OPTIONEN] ORDNER …")]
    Publish(PublishArgs),
    /// Prüft nach, ob eine veröffentlichte Ausgabe unverändert ist
    ///
    /// Vergleicht die Dateien eines veröffentlichten Ordners mit seinem Protokoll und nennt, was geändert ist,
    /// fehlt oder dazugekommen ist.
    #[command(visible_alias = "nachpruefen", help_template = TEMPLATE, override_usage = "amip verify ORDNER …")]
    #[command(after_help = "Ausgabe-Codes: 0 unverändert, 1 verändert, 2 konnte nicht laufen.")]
    Verify(VerifyArgs),
    /// Legt ein neues Programm an
    ///
    /// Schreibt ein vollständiges, kommentiertes Gerüst in einen neuen Ordner: alle Dateien einer
    /// Gliederung, die Zahlen stehen auf „offen“. Es lässt sich sofort prüfen und bauen. Vorhandenes
    /// wird nie überschrieben.
    #[command(visible_alias = "neu", help_template = TEMPLATE, override_usage = "amip new [OPTIONEN] ORDNER")]
    New(NewArgs),
}

/// Arguments of `new`.
#[derive(Debug, Args)]
pub(super) struct NewArgs {
    /// Neuer Ordner, zum Beispiel data/musterstadt-2027
    #[arg(value_name = "ORDNER", help_heading = "Angaben")]
    pub(super) folder: PathBuf,

    /// Gliederung: programm oder planungsdokument [Vorgabe: programm]
    #[arg(
        long,
        visible_alias = "gliederung",
        value_name = "NAME",
        default_value = "programm",
        hide_default_value = true,
        help_heading = "Optionen"
    )]
    pub(super) outline: String,

    /// Name des Jobcenters [Vorgabe: nach dem Ordner]
    #[arg(long, value_name = "NAME", help_heading = "Optionen")]
    pub(super) jobcenter: Option<String>,

    /// Jahr des Programms [Vorgabe: nach dem Ordner, sonst das nächste Jahr]
    #[arg(long, value_name = "JAHR", help_heading = "Optionen")]
    pub(super) jahr: Option<i64>,
}

/// Arguments of `build`.
#[derive(Debug, Args)]
pub(super) struct BuildArgs {
    /// Programmordner, zum Beispiel data/duesseldorf-2016
    #[arg(required = true, value_name = "ORDNER", help_heading = "Angaben")]
    pub(super) folders: Vec<PathBuf>,

    /// Zielordner [Vorgabe: output/NAME]
    #[arg(long, value_name = "ORDNER", help_heading = "Optionen")]
    pub(super) out: Option<PathBuf>,

    /// Formate, durch Komma getrennt: md, pdf, html [Vorgabe: md und pdf]
    #[arg(
        long,
        value_name = "FORMATE",
        value_delimiter = ',',
        hide_possible_values = true,
        help_heading = "Optionen"
    )]
    pub(super) format: Vec<Format>,

    /// Schneller Entwurf: einfacherer Zeilenumbruch im PDF
    #[arg(long, help_heading = "Optionen")]
    pub(super) schnell: bool,

    /// Ordner mit eigenen Vorlagen (Aufbau wie templates/)
    #[arg(long, value_name = "ORDNER", help_heading = "Optionen")]
    pub(super) vorlagen: Option<PathBuf>,
}

/// Arguments of `check`.
#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    /// Programmordner, zum Beispiel data/duesseldorf-2016
    #[arg(required_unless_present = "erklaere", value_name = "ORDNER", help_heading = "Angaben")]
    pub(super) folders: Vec<PathBuf>,

    /// Zeigt auch die anerkannten Befunde
    #[arg(long, visible_alias = "alle", help_heading = "Optionen")]
    pub(super) all: bool,

    /// Listet alle Zahlen der Texte auf und sagt, welche an die Daten gebunden sind
    #[arg(long, help_heading = "Optionen")]
    pub(super) prosa: bool,

    /// Ausgabe: text oder json; md, pdf oder html schreibt einen Prüfbericht [Vorgabe: text]
    #[arg(
        long,
        value_name = "FORMAT",
        default_value = "text",
        hide_default_value = true,
        hide_possible_values = true,
        help_heading = "Optionen"
    )]
    pub(super) format: ReportFormat,

    /// Zielordner des Prüfberichts [Vorgabe: output/NAME]
    #[arg(long, value_name = "ORDNER", help_heading = "Optionen")]
    pub(super) out: Option<PathBuf>,

    /// Erklärt eine Regel, zum Beispiel: --erklaere summe
    #[arg(long, value_name = "REGEL", help_heading = "Optionen")]
    pub(super) erklaere: Option<String>,

    /// Ordner mit eigenen Vorlagen (Aufbau wie templates/)
    #[arg(long, value_name = "ORDNER", help_heading = "Optionen")]
    pub(super) vorlagen: Option<PathBuf>,
}

/// Arguments of `explain`.
#[derive(Debug, Args)]
pub(super) struct ExplainArgs {
    /// Programmordner, zum Beispiel data/musterstadt-2027
    #[arg(value_name = "ORDNER", help_heading = "Angaben")]
    pub(super) folder: PathBuf,

    /// Wert, Pfad, Stelle im Dokument oder Zeile einer Datei
    #[arg(required = true, value_name = "WAS", help_heading = "Angaben")]
    pub(super) what: Vec<String>,

    /// Zeigt, was sich ändern würde, wenn die Zahl diesen Wert hätte: --statt "38,1 Mio. €"
    #[arg(long, value_name = "WERT", help_heading = "Optionen")]
    pub(super) statt: Option<String>,

    /// Ausgabe: text oder json [Vorgabe: text]
    #[arg(
        long,
        value_name = "FORMAT",
        default_value = "text",
        hide_default_value = true,
        hide_possible_values = true,
        help_heading = "Optionen"
    )]
    pub(super) format: PrintFormat,

    /// Ordner mit eigenen Vorlagen (Aufbau wie templates/)
    #[arg(long, value_name = "ORDNER", help_heading = "Optionen")]
    pub(super) vorlagen: Option<PathBuf>,
}

/// Arguments of `compare`.
#[derive(Debug, Args)]
pub(super) struct CompareArgs {
    /// Das frühere Programm, zum Beispiel data/duesseldorf-2016
    #[arg(value_name = "ALT", help_heading = "Angaben")]
    pub(super) old: PathBuf,

    /// Das spätere Programm, zum Beispiel data/duesseldorf-2021
    #[arg(value_name = "NEU", help_heading = "Angaben")]
    pub(super) new: PathBuf,

    /// Ausgabe: text, json, md, pdf oder html, mehrere durch Komma getrennt [Vorgabe: text]
    #[arg(
        long,
        value_name = "FORMATE",
        value_delimiter = ',',
        hide_possible_values = true,
        help_heading = "Optionen"
    )]
    pub(super) format: Vec<ReportFormat>,

    /// Zielordner für md, pdf und html [Vorgabe: output/ALT--NEU]
    #[arg(long, value_name = "ORDNER", help_heading = "Optionen")]
    pub(super) out: Option<PathBuf>,

    /// Ordner mit eigenen Vorlagen (Aufbau wie templates/)
    #[arg(long, value_name = "ORDNER", help_heading = "Optionen")]
    pub(super) vorlagen: Option<PathBuf>,
}

/// Arguments of `publish`.
#[derive(Debug, Args)]
pub(super) struct PublishArgs {
    /// Programmordner, zum Beispiel data/musterstadt-2027
    #[arg(required = true, value_name = "ORDNER", help_heading = "Angaben")]
    pub(super) folders: Vec<PathBuf>,

    /// Sieht nur nach, was entgegensteht, und schreibt nichts
    #[arg(long, help_heading = "Optionen")]
    pub(super) pruefen: bool,

    /// Zielordner; die Ausgabe kommt in seinen Unterordner oeffentlich [Vorgabe: output/NAME]
    #[arg(long, value_name = "ORDNER", help_heading = "Optionen")]
    pub(super) out: Option<PathBuf>,

    /// Meldungen: text oder json [Vorgabe: text]
    #[arg(
        long,
        value_name = "FORMAT",
        default_value = "text",
        hide_default_value = true,
        hide_possible_values = true,
        help_heading = "Optionen"
    )]
    pub(super) format: PrintFormat,

    /// Ordner mit eigenen Vorlagen (Aufbau wie templates/)
    #[arg(long, value_name = "ORDNER", help_heading = "Optionen")]
    pub(super) vorlagen: Option<PathBuf>,
}

/// Arguments of `verify`.
#[derive(Debug, Args)]
pub(super) struct VerifyArgs {
    /// Veröffentlichter Ordner, zum Beispiel output/musterstadt-2027/oeffentlich
    #[arg(required = true, value_name = "ORDNER", help_heading = "Angaben")]
    pub(super) folders: Vec<PathBuf>,
}

/// Formats of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    Md,
    Pdf,
    Html,
}

/// Formats of what is only printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum PrintFormat {
    Text,
    Json,
}

/// Formats of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ReportFormat {
    Text,
    Json,
    Md,
    Pdf,
    Html,
}

/// Why there is no command to run.
pub(super) enum Stop {
    /// Help or version was asked for.
    Show(String),
    /// The arguments are wrong.
    Wrong(String),
}

/// Reads the arguments.
pub(super) fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Command, Stop> {
    let command = Cli::command().version(env!("CARGO_PKG_VERSION"));
    let arguments = arguments.into_iter().map(minus);
    let found = command.try_get_matches_from(arguments).map_err(|error| stop(&error))?;
    Cli::from_arg_matches(&found).map(|cli| cli.command).map_err(|error| stop(&error))
}

/// A negative figure such as `-17,1 %` is no option: it gets the true minus sign.
fn minus(argument: OsString) -> OsString {
    let figure = argument.to_str().and_then(|text| text.strip_prefix('-'));
    match figure.filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit())) {
        Some(rest) => format!("−{rest}").into(),
        None => argument,
    }
}

fn stop(error: &clap::Error) -> Stop {
    match error.kind() {
        ErrorKind::DisplayHelp
        | ErrorKind::DisplayVersion
        | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            Stop::Show(error.render().to_string())
        }
        _ => Stop::Wrong(format!("{}\n", german(error))),
    }
}

/// clap's complaint in German.
fn german(error: &clap::Error) -> String {
    let text = |kind: ContextKind| match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text.clone()),
        Some(ContextValue::Strings(texts)) => Some(texts.join(", ")),
        _ => None,
    };
    let argument = text(ContextKind::InvalidArg).unwrap_or_default();
    let value = text(ContextKind::InvalidValue).unwrap_or_default();
    let possible = text(ContextKind::ValidValue);
    let mut message = match error.kind() {
        ErrorKind::UnknownArgument => format!("Fehler: Die Option „{argument}“ gibt es nicht."),
        ErrorKind::InvalidSubcommand => {
            let name = text(ContextKind::InvalidSubcommand).unwrap_or_default();
            format!("Fehler: Den Befehl „{name}“ gibt es nicht.")
        }
        ErrorKind::MissingRequiredArgument => {
            let name = argument.trim_end_matches('.').trim_matches(['<', '>']);
            format!("Fehler: Es fehlt eine Angabe: {name}.")
        }
        ErrorKind::MissingSubcommand => "Fehler: Es fehlt ein Befehl.".to_owned(),
        ErrorKind::InvalidValue if value.is_empty() => {
            format!("Fehler: Hinter „{argument}“ fehlt eine Angabe.")
        }
        ErrorKind::InvalidValue => {
            format!("Fehler: „{value}“ passt nicht zu „{argument}“.")
        }
        ErrorKind::TooManyValues | ErrorKind::ArgumentConflict => {
            format!(
                "Fehler: „{argument}“ ist mehrfach oder mit einer unpassenden Option angegeben."
            )
        }
        _ => "Fehler: Die Angaben passen nicht zusammen.".to_owned(),
    };
    if let Some(possible) = possible {
        message.push_str(&format!("\nMöglich sind: {possible}."));
    }
    let meant = text(ContextKind::SuggestedSubcommand).or_else(|| text(ContextKind::SuggestedArg));
    if let Some(meant) = meant {
        message.push_str(&format!("\nMeinten Sie „{meant}“?"));
    }
    message.push_str("\nHilfe: amip --help");
    message
}
