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
    /// nennt alle Befunde auf einmal, die schwersten zuerst.
    #[command(visible_alias = "pruefen", help_template = TEMPLATE, override_usage = "amip check [OPTIONEN] ORDNER …")]
    Check(CheckArgs),
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

    /// Ausgabe: text oder json [Vorgabe: text]
    #[arg(
        long,
        value_name = "FORMAT",
        default_value = "text",
        hide_default_value = true,
        hide_possible_values = true,
        help_heading = "Optionen"
    )]
    pub(super) format: ReportFormat,

    /// Erklärt eine Regel, zum Beispiel: --erklaere summe
    #[arg(long, value_name = "REGEL", help_heading = "Optionen")]
    pub(super) erklaere: Option<String>,

    /// Ordner mit eigenen Vorlagen (Aufbau wie templates/)
    #[arg(long, value_name = "ORDNER", help_heading = "Optionen")]
    pub(super) vorlagen: Option<PathBuf>,
}

/// Formats of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    Md,
    Pdf,
    Html,
}

/// Formats of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ReportFormat {
    Text,
    Json,
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
    let found = command.try_get_matches_from(arguments).map_err(|error| stop(&error))?;
    Cli::from_arg_matches(&found).map(|cli| cli.command).map_err(|error| stop(&error))
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
