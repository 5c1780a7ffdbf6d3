// SPDX-License-Identifier: EUPL-1.2
//! YAML as a tree of nodes that know their place, with every scalar as the text that was written.
//!
//! YAML readers that build values turn `1.800` into one point eight and stop at the first error;
//! here a scalar stays text, and duplicate keys of a whole file are reported at once.
//!
//! Not here: which keys there are and what they mean.

use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, ScanError};

use crate::diag::{FileId, Finding, Span};

/// A value with its place.
#[derive(Debug, Clone)]
pub struct Node {
    /// The place; for lists and maps the place of the first entry.
    pub span: Span,
    /// What stands there.
    pub kind: Kind,
}

/// A string with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// The string, after YAML's own escapes.
    pub value: String,
    /// The place.
    pub span: Span,
}

/// What a node is.
#[derive(Debug, Clone)]
pub enum Kind {
    /// A key without a value.
    Empty,
    /// A single value, as written.
    Scalar(String),
    /// A list.
    List(Vec<Node>),
    /// Keys with values, in the order of the file.
    Map(Vec<(Text, Node)>),
}

impl Kind {
    /// What a user would call it.
    pub fn german(&self) -> &'static str {
        match self {
            Self::Empty => "nichts",
            Self::Scalar(_) => "ein einzelner Wert",
            Self::List(_) => "eine Liste",
            Self::Map(_) => "ein Block mit Schlüsseln",
        }
    }
}

/// Reads one YAML document. An empty file gives an empty map.
///
/// # Errors
///
/// All duplicate keys, or the first place where the notation itself breaks.
pub fn read(file: FileId, text: &str) -> Result<Node, Vec<Finding>> {
    let options = granit_parser::options! {
        emit_comments: false,
        disallow_directives: true,
        emit_unresolved_aliases: true,
        flow_nesting_limit: 32,
        block_nesting_limit: 64,
    };
    let mut reader = Reader { file, text, findings: Vec::new() };
    let mut events = Parser::new_from_str_with_options(text, options);
    match reader.document(&mut events) {
        Err(error) => Err(vec![reader.syntax(&error)]),
        Ok(_) if !reader.findings.is_empty() => Err(reader.findings),
        Ok(node) => Ok(node),
    }
}

type Events<'a> = Parser<'a, granit_parser::StrInput<'a>>;

struct Reader<'a> {
    file: FileId,
    text: &'a str,
    findings: Vec<Finding>,
}

impl<'a> Reader<'a> {
    fn span(&self, span: &granit_parser::Span) -> Span {
        Span::new(self.file, span.byte_range().unwrap_or(0..0))
    }

    fn document(&mut self, events: &mut Events<'a>) -> Result<Node, ScanError> {
        let mut root = None;
        while let Some(next) = events.next_event() {
            let (event, span) = next?;
            match event {
                Event::DocumentStart(..) if root.is_some() => {
                    self.findings.push(
                        Finding::input(
                            "yaml-mehrere-dokumente",
                            "Die Datei enthält mehrere YAML-Dokumente, getrennt durch „---“.",
                        )
                        .at(self.span(&span), "hier beginnt das zweite")
                        .hint("Löschen Sie die Zeile oder teilen Sie die Datei."),
                    );
                    break;
                }
                Event::StreamStart
                | Event::StreamEnd
                | Event::DocumentStart(..)
                | Event::DocumentEnd => {}
                event => root = Some(self.node(event, &span, events)?),
            }
        }
        let empty = Node { span: Span::new(self.file, 0..0), kind: Kind::Map(Vec::new()) };
        Ok(match root {
            Some(Node { kind: Kind::Empty, .. }) | None => empty,
            Some(node) => node,
        })
    }

    fn node(
        &mut self,
        event: Event<'a>,
        span: &granit_parser::Span,
        events: &mut Events<'a>,
    ) -> Result<Node, ScanError> {
        let place = self.span(span);
        if event.anchor_id().is_some_and(|id| id > 0) || matches!(event, Event::Alias(_)) {
            self.reference(place);
        }
        if event.tag().is_some() {
            self.tag(span.tag_span().map_or(place, |tag| self.span(&tag)));
        }
        let kind = match event {
            // A key without a value, or with the signs that YAML has for nothing.
            Event::Scalar(text, ScalarStyle::Plain, ..) if matches!(&*text, "" | "~" | "null") => {
                Kind::Empty
            }
            Event::Scalar(text, ..) => Kind::Scalar(text.into_owned()),
            Event::SequenceStart(..) => self.list(events)?,
            Event::MappingStart(..) => self.map(events)?,
            Event::UnresolvedAlias(_) => {
                self.reference(place);
                Kind::Empty
            }
            _ => Kind::Empty,
        };
        let place = match &kind {
            Kind::List(items) => items.first().map_or(place, |item| item.span),
            Kind::Map(entries) => entries.first().map_or(place, |(key, _)| key.span),
            _ => place,
        };
        Ok(Node { span: place, kind })
    }

    fn list(&mut self, events: &mut Events<'a>) -> Result<Kind, ScanError> {
        let mut items = Vec::new();
        loop {
            let (event, span) = next(events)?;
            if matches!(event, Event::SequenceEnd | Event::StreamEnd) {
                return Ok(Kind::List(items));
            }
            items.push(self.node(event, &span, events)?);
        }
    }

    fn map(&mut self, events: &mut Events<'a>) -> Result<Kind, ScanError> {
        let mut entries: Vec<(Text, Node)> = Vec::new();
        loop {
            let (event, span) = next(events)?;
            if matches!(event, Event::MappingEnd | Event::StreamEnd) {
                return Ok(Kind::Map(entries));
            }
            let key = self.node(event, &span, events)?;
            let (event, span) = next(events)?;
            let value = self.node(event, &span, events)?;
            match key.kind {
                Kind::Scalar(name) => {
                    self.entry(&mut entries, Text { value: name, span: key.span }, value);
                }
                _ => self.findings.push(
                    Finding::input("yaml-schluessel", "Hier steht kein Name eines Schlüssels.")
                        .at(key.span, "erwartet wird ein Wort vor dem Doppelpunkt"),
                ),
            }
        }
    }

    fn entry(&mut self, entries: &mut Vec<(Text, Node)>, key: Text, value: Node) {
        if let Some((first, _)) = entries.iter().find(|(known, _)| known.value == key.value) {
            self.findings.push(
                Finding::input(
                    "yaml-doppelter-schluessel",
                    format!("Der Schlüssel „{}“ steht in diesem Block zweimal.", key.value),
                )
                .at(key.span, "zum zweiten Mal")
                .label(first.span, "zum ersten Mal")
                .hint("Löschen Sie einen der beiden Einträge oder führen Sie beide zusammen."),
            );
            return;
        }
        entries.push((key, value));
    }

    /// A star or ampersand that YAML takes for an alias or an anchor.
    fn reference(&mut self, span: Span) {
        self.findings.push(
            Finding::input(
                "yaml-stern",
                "Ein Wert, der mit „*“ oder „&“ beginnt, ist für YAML ein Verweis; Verweise sind hier nicht vorgesehen.",
            )
            .at(span, "steht ohne Anführungszeichen")
            .hint("Setzen Sie den Wert in Anführungszeichen, zum Beispiel \"*\" für einen unterdrückten Wert."),
        );
    }

    /// A word with an exclamation mark, which YAML takes for a type.
    fn tag(&mut self, span: Span) {
        self.findings.push(
            Finding::input(
                "yaml-zeichen",
                "Ein Wert, der mit „!“ beginnt, muss in Anführungszeichen stehen.",
            )
            .at(span, "dieses Wort ginge sonst verloren")
            .hint("Setzen Sie den ganzen Wert in Anführungszeichen."),
        );
    }

    /// Two mistakes that the reader notices elsewhere: a colon without a space in this line or the one
    /// before, and a bracket that a line above leaves open.
    fn colon_or_bracket(&self, mark: usize) -> Option<Finding> {
        let line = |mark: usize| self.text[..mark].rfind('\n').map_or(0, |at| at + 1);
        let this = line(mark);
        let before = if this > 0 { line(this - 1) } else { 0 };
        for start in [this, before] {
            let text = self.text[start..].lines().next().unwrap_or_default();
            if let Some(at) = glued_colon(text) {
                let span = Span::new(self.file, start + at..start + at + 1);
                return Some(
                    Finding::input(
                        "yaml-doppelpunkt",
                        "Nach dem Doppelpunkt fehlt ein Leerzeichen.",
                    )
                    .at(span, "hier fehlt es")
                    .hint("Schreiben Sie zum Beispiel „bezeichnung: Quote“."),
                );
            }
        }
        let above = (0..LINES_BACK).fold(this, |at, _| if at > 0 { line(at - 1) } else { 0 });
        let at = above + open_bracket(&self.text[above..this])?;
        let line = self.text[at..].lines().next().unwrap_or_default();
        if let Some(mark) = line.rfind('"').filter(|_| line.matches('"').count() % 2 == 1) {
            let mark = at + mark;
            return Some(
                Finding::input(
                    "yaml-anfuehrungszeichen",
                    "Ein Anführungszeichen wird nicht geschlossen.",
                )
                .at(Span::new(self.file, mark..mark + 1), "dieses Anführungszeichen")
                .hint(
                    "Ergänzen Sie das zweite am Ende des Wertes, vor dem Komma oder der Klammer.",
                ),
            );
        }
        Some(
            Finding::input("yaml-klammer", "Eine Klammer wird nicht geschlossen.")
                .at(Span::new(self.file, at..at + 1), "diese Klammer")
                .hint("Ergänzen Sie die schließende Klammer ] oder } am Ende des Eintrags."),
        )
    }

    fn syntax(&self, error: &ScanError) -> Finding {
        let mark = error.marker().byte_offset().unwrap_or(0).min(self.text.len());
        if let Some(finding) = self.colon_or_bracket(mark) {
            return finding;
        }
        let at = place(error.kind(), self.text, mark);
        let end = self.text[at..].chars().next().map_or(at, |c| at + c.len_utf8());
        let explained = explain(error.kind(), self.text, at);
        Finding::input(explained.code, explained.message)
            .at(Span::new(self.file, at..end), explained.label)
            .hint(explained.hint)
    }
}

/// Where the mistake is, which is not always where the reader notices it.
fn place(kind: &ErrorKind, text: &str, mark: usize) -> usize {
    match kind {
        ErrorKind::TabNotAllowed
        | ErrorKind::TabInBlockIndentation
        | ErrorKind::TabInIndentation
        | ErrorKind::TabInPlainScalar
        | ErrorKind::TabAtBlockScalarStart => {
            let line = text[..mark].rfind('\n').map_or(0, |at| at + 1);
            text[line..].find('\t').map_or(mark, |tab| line + tab)
        }
        ErrorKind::UnclosedQuotedScalar
        | ErrorKind::InvalidQuotedScalarIndent
        | ErrorKind::DocumentIndicatorInQuotedScalar => opening_quote(text, mark).unwrap_or(mark),
        ErrorKind::UnclosedFlowCollection { open, .. } => text[..mark].rfind(*open).unwrap_or(mark),
        _ => mark,
    }
}

/// The quotation mark that opens a value last before a place.
fn opening_quote(text: &str, mark: usize) -> Option<usize> {
    text[..mark].match_indices(['"', '\'']).map(|(at, _)| at).rfind(|at| {
        let before = text[..*at].trim_end_matches(' ');
        before.ends_with([':', '-', '[', '{', ',', '\n'])
    })
}

/// How many lines the reader goes on after an open bracket before it gives up.
const LINES_BACK: usize = 6;

/// The colon of a line that consists of a key glued to its value: `bezeichnung:Quote`.
fn glued_colon(line: &str) -> Option<usize> {
    let key = line.trim_start_matches([' ', '-']);
    let colon = key.find(':')?;
    let word = !key[..colon].is_empty()
        && key[..colon].chars().all(|c| c.is_ascii_lowercase() || c == '_' || c.is_ascii_digit());
    let glued = key[colon + 1..].starts_with(|c: char| c.is_alphanumeric() || c == '"');
    (word && glued).then(|| line.len() - key.len() + colon)
}

/// The last bracket that a line opens and does not close, outside of quotation marks.
fn open_bracket(line: &str) -> Option<usize> {
    let mut open = Vec::new();
    let mut quoted = false;
    for (at, c) in line.char_indices() {
        match c {
            '"' => quoted = !quoted,
            _ if quoted => {}
            '{' | '[' => open.push(at),
            '}' | ']' => {
                open.pop();
            }
            _ => {}
        }
    }
    open.pop()
}

/// The next event; the end of the file if there is none.
fn next<'a>(events: &mut Events<'a>) -> Result<(Event<'a>, granit_parser::Span), ScanError> {
    match events.next_event() {
        Some(next) => next,
        None => Ok((Event::StreamEnd, granit_parser::Span::default())),
    }
}

struct Explained {
    code: &'static str,
    message: &'static str,
    label: &'static str,
    hint: &'static str,
}

/// The German explanation of a break in the notation.
fn explain(kind: &ErrorKind, text: &str, at: usize) -> Explained {
    let bare = text[at..].chars().next();
    let line = text[..at].rfind('\n').map_or(0, |start| start + 1);
    let before = text[line..at].trim();
    match kind {
        _ if matches!(bare, Some('-' | '[' | '>' | '|' | '*' | '&' | '%' | '@' | '`'))
            && before.ends_with(':') =>
        {
            Explained {
                code: "yaml-zeichen",
                message: "Ein Wert darf mit diesem Zeichen nicht beginnen, wenn er ohne Anführungszeichen steht.",
                label: "dieses Zeichen stört",
                hint: "Setzen Sie den ganzen Wert in Anführungszeichen, zum Beispiel ziel: \"[1 %](zahl:…) weniger\".",
            }
        }
        ErrorKind::MappingValueNotAllowed
        | ErrorKind::SimpleKeyExpected
        | ErrorKind::InvalidSimpleKey
            if before.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-' || c == ' ')
                && !before.contains(' ') =>
        {
            Explained {
                code: "yaml-einrueckung",
                message: "Die Zeile passt nicht unter die Zeile darüber.",
                label: "zu weit eingerückt, oder darüber fehlt ein Doppelpunkt mit Leerzeichen",
                hint: "Alle Schlüssel eines Blocks stehen genau untereinander; nach jedem Doppelpunkt steht ein Leerzeichen.",
            }
        }
        ErrorKind::TabNotAllowed
        | ErrorKind::TabInBlockIndentation
        | ErrorKind::TabInIndentation
        | ErrorKind::TabInPlainScalar
        | ErrorKind::TabAtBlockScalarStart => Explained {
            code: "yaml-tabulator",
            message: "Die Zeile ist mit einem Tabulator eingerückt.",
            label: "hier steht ein Tabulator",
            hint: "Ersetzen Sie den Tabulator durch Leerzeichen (zwei je Stufe).",
        },
        ErrorKind::UnclosedQuotedScalar
        | ErrorKind::DocumentIndicatorInQuotedScalar
        | ErrorKind::InvalidQuotedScalarIndent => Explained {
            code: "yaml-anfuehrungszeichen",
            message: "Ein Anführungszeichen wird nicht geschlossen.",
            label: "bis hier fehlt das schließende Zeichen",
            hint: "Ergänzen Sie das schließende Anführungszeichen; innerhalb des Textes nehmen Sie „…“ statt \"…\".",
        },
        ErrorKind::InvalidTrailingDoubleQuotedScalar
        | ErrorKind::InvalidTrailingSingleQuotedScalar => Explained {
            code: "yaml-anfuehrungszeichen",
            message: "Nach dem schließenden Anführungszeichen steht noch Text.",
            label: "gehört nicht mehr zum Wert",
            hint: "Setzen Sie den ganzen Wert in Anführungszeichen; innerhalb des Textes nehmen Sie „…“ statt \"…\".",
        },
        ErrorKind::MissingAnchorOrAliasName => Explained {
            code: "yaml-stern",
            message: "Ein einzelner „*“ ist für YAML ein Verweis und muss in Anführungszeichen stehen.",
            label: "steht ohne Anführungszeichen",
            hint: "Schreiben Sie \"*\" für einen unterdrückten Wert.",
        },
        ErrorKind::UnclosedFlowCollection { .. }
        | ErrorKind::MismatchedFlowCollectionEnd { .. }
        | ErrorKind::MisplacedFlowCollectionEnd
        | ErrorKind::UnexpectedEofFlowMapping
        | ErrorKind::UnexpectedEofFlowSequence
        | ErrorKind::ExpectedFlowMappingSeparator
        | ErrorKind::ExpectedFlowSequenceSeparator => Explained {
            code: "yaml-klammer",
            message: "Eine Klammer [ ] oder { } wird nicht richtig geschlossen, oder ein Komma fehlt.",
            label: "hier passt die Klammer nicht",
            hint: "Prüfen Sie die Klammern; Beträge mit Komma stehen in solchen Zeilen in Anführungszeichen: {plan: \"37,62 Mio. €\"}.",
        },
        ErrorKind::MappingValueNotAllowed
        | ErrorKind::InvalidColonPlacement
        | ErrorKind::SimpleKeyExpected
        | ErrorKind::InvalidSimpleKey => Explained {
            code: "yaml-doppelpunkt",
            message: "In einem Wert steht ein Doppelpunkt mit Leerzeichen; YAML hält ihn für einen neuen Schlüssel.",
            label: "dieser Doppelpunkt oder eine fehlende Einrückung stört",
            hint: "Setzen Sie den ganzen Wert in Anführungszeichen oder prüfen Sie die Einrückung.",
        },
        ErrorKind::UnexpectedCharacter { .. }
        | ErrorKind::PlainScalarStartsWithDashFlowIndicator => Explained {
            code: "yaml-zeichen",
            message: "Ein Wert darf mit diesem Zeichen nicht beginnen, wenn er ohne Anführungszeichen steht.",
            label: "dieses Zeichen stört",
            hint: "Setzen Sie den Wert in Anführungszeichen.",
        },
        ErrorKind::ExpectedBlockMappingKey
        | ErrorKind::ExpectedBlockSequenceEntry
        | ErrorKind::InvalidIndentation
        | ErrorKind::BlockSequenceEntryNotAllowed
        | ErrorKind::MappingKeyNotAllowed
        | ErrorKind::InvalidFlowScalarIndent
        | ErrorKind::ExpectedDocumentStart
        | ErrorKind::UnexpectedEofBlockMapping
        | ErrorKind::UnexpectedEofBlockSequence => Explained {
            code: "yaml-einrueckung",
            message: "Die Einrückung passt nicht zu den Zeilen darüber.",
            label: "steht nicht auf der erwarteten Stufe",
            hint: "Alle Schlüssel eines Blocks und alle Striche einer Liste stehen genau untereinander.",
        },
        ErrorKind::RecursionLimitExceeded => Explained {
            code: "yaml-tiefe",
            message: "Die Daten sind zu tief geschachtelt.",
            label: "hier wird die Grenze überschritten",
            hint: "Prüfen Sie, ob an dieser Stelle Klammern oder Einrückungen versehentlich gehäuft sind.",
        },
        _ if bare == Some('*') => Explained {
            code: "yaml-stern",
            message: "Ein einzelner „*“ ist für YAML ein Verweis und muss in Anführungszeichen stehen.",
            label: "steht ohne Anführungszeichen",
            hint: "Schreiben Sie \"*\" für einen unterdrückten Wert.",
        },
        _ => Explained {
            code: "yaml-notation",
            message: "Die Zeile ist kein gültiges YAML.",
            label: "hier kommt YAML nicht weiter",
            hint: "Prüfen Sie Einrückung, Doppelpunkte und Anführungszeichen; Texte mit Sonderzeichen stehen in Anführungszeichen.",
        },
    }
}
