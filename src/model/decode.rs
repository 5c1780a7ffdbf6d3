// SPDX-License-Identifier: EUPL-1.2
//! From YAML nodes to the shapes a file may have, reporting every problem and not only the first.
//!
//! [`record!`](crate::record) declares a shape once: the struct, its keys, and how it is read.
//!
//! Not here: the meaning of the values.

use crate::diag::{Finding, Span, did_you_mean};

use super::yaml::{Kind, Node, Text};

/// Something that can be read from a node. `None` means that a finding was reported.
pub trait Decode: Sized {
    /// What a user would call it, in the accusative: "einen Text".
    const EXPECTED: &'static str;

    /// Reads it, adding what is wrong to `findings`.
    fn decode(node: &Node, findings: &mut Vec<Finding>) -> Option<Self>;
}

/// Reports that something else was expected.
pub fn mismatch(node: &Node, expected: &str, findings: &mut Vec<Finding>) {
    let there = match &node.kind {
        Kind::Scalar(text) => format!("„{text}“"),
        other => other.german().to_owned(),
    };
    let hint = match &node.kind {
        Kind::Scalar(text) if expected.starts_with("eine Liste") => {
            format!("Schreiben Sie [{text}], oder je Zeile einen Eintrag mit „- “ davor.")
        }
        Kind::Map(_) if expected.starts_with("eine Liste") => {
            "Vor jedem Eintrag einer Liste steht ein Strich: „- id: einpendlerquote“.".to_owned()
        }
        _ => "Wie der Eintrag aussehen soll, beschreibt docs/format.md.".to_owned(),
    };
    findings.push(
        Finding::input(
            "falsche-art",
            format!("Hier wird {expected} erwartet, es steht dort aber {there}."),
        )
        .at(node.span, format!("erwartet: {expected}"))
        .hint(hint),
    );
}

impl Decode for Text {
    const EXPECTED: &'static str = "ein Text";

    fn decode(node: &Node, findings: &mut Vec<Finding>) -> Option<Self> {
        match &node.kind {
            Kind::Scalar(value) => Some(Self { value: value.clone(), span: node.span }),
            _ => {
                mismatch(node, Self::EXPECTED, findings);
                None
            }
        }
    }
}

/// An identifier: lower-case letters, digits, `-` and `_`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Id {
    /// The identifier.
    pub value: String,
    /// Its place.
    pub span: Span,
}

impl Decode for Id {
    const EXPECTED: &'static str = "eine Kennung";

    fn decode(node: &Node, findings: &mut Vec<Finding>) -> Option<Self> {
        let text = Text::decode(node, findings)?;
        let valid = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_';
        let starts = text.value.starts_with(|c: char| c.is_ascii_alphanumeric());
        if starts && text.value.chars().all(valid) {
            return Some(Self { value: text.value, span: text.span });
        }
        findings.push(
            Finding::input("kennung", format!("„{}“ ist keine gültige Kennung.", text.value))
                .at(text.span, "nur Kleinbuchstaben ohne Umlaute, Ziffern, „-“ und „_“")
                .hint(format!("Zum Beispiel „{}“.", suggest_id(&text.value))),
        );
        None
    }
}

fn suggest_id(text: &str) -> String {
    let mut out = String::new();
    for c in text.to_lowercase().chars() {
        match c {
            'ä' => out.push_str("ae"),
            'ö' => out.push_str("oe"),
            'ü' => out.push_str("ue"),
            'ß' => out.push_str("ss"),
            c if c.is_ascii_alphanumeric() => out.push(c),
            _ if out.ends_with('_') || out.is_empty() => {}
            _ => out.push('_'),
        }
    }
    let out = out.trim_end_matches('_');
    if out.is_empty() { "kennung".to_owned() } else { out.to_owned() }
}

/// `ja` or `nein`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Flag(pub bool);

impl Decode for Flag {
    const EXPECTED: &'static str = "„ja“ oder „nein“";

    fn decode(node: &Node, findings: &mut Vec<Finding>) -> Option<Self> {
        match &node.kind {
            Kind::Scalar(text) if matches!(text.as_str(), "ja" | "Ja" | "true") => Some(Self(true)),
            Kind::Scalar(text) if matches!(text.as_str(), "nein" | "Nein" | "false") => {
                Some(Self(false))
            }
            _ => {
                mismatch(node, Self::EXPECTED, findings);
                None
            }
        }
    }
}

/// A whole number that is not a figure of the programme: a year, digits behind the comma, a width.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Whole {
    /// The number.
    pub value: u32,
    /// Its place.
    pub span: Span,
}

impl Decode for Whole {
    const EXPECTED: &'static str = "eine ganze Zahl";

    fn decode(node: &Node, findings: &mut Vec<Finding>) -> Option<Self> {
        if let Kind::Scalar(text) = &node.kind
            && let Ok(value) = text.parse()
        {
            return Some(Self { value, span: node.span });
        }
        mismatch(node, Self::EXPECTED, findings);
        None
    }
}

impl<T: Decode> Decode for Vec<T> {
    const EXPECTED: &'static str = "eine Liste";

    fn decode(node: &Node, findings: &mut Vec<Finding>) -> Option<Self> {
        match &node.kind {
            Kind::List(items) => {
                // Every item is read, so that every problem is reported.
                let read: Vec<Option<T>> =
                    items.iter().map(|item| T::decode(item, findings)).collect();
                Some(read.into_iter().flatten().collect())
            }
            Kind::Empty => Some(Vec::new()),
            _ => {
                mismatch(node, Self::EXPECTED, findings);
                None
            }
        }
    }
}

/// Keys that the file chooses, with values, in the order of the file.
#[derive(Debug, Clone)]
pub struct Entries<T>(pub Vec<(Text, T)>);

impl<T> Default for Entries<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> Entries<T> {
    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&T> {
        self.0.iter().find(|(name, _)| name.value == key).map(|(_, value)| value)
    }
}

impl<T: Decode> Decode for Entries<T> {
    const EXPECTED: &'static str = "ein Block mit Schlüsseln";

    fn decode(node: &Node, findings: &mut Vec<Finding>) -> Option<Self> {
        match &node.kind {
            Kind::Map(entries) => Some(Self(
                entries
                    .iter()
                    .filter_map(|(key, value)| Some((key.clone(), T::decode(value, findings)?)))
                    .collect(),
            )),
            Kind::Empty => Some(Self::default()),
            _ => {
                mismatch(node, Self::EXPECTED, findings);
                None
            }
        }
    }
}

/// Reports a key such as `62 Mio. €`: the second half of an amount whose comma split it in two.
pub fn split_amount(key: &Text, findings: &mut Vec<Finding>) -> bool {
    if !key.value.starts_with(|c: char| c.is_ascii_digit()) {
        return false;
    }
    findings.push(
        Finding::input("yaml-klammer", format!("Ein Komma trennt hier einen Betrag: „… ,{}“ gilt als neuer Eintrag.", key.value))
            .at(key.span, "zweite Hälfte des Betrags")
            .hint("In geschweiften Klammern stehen Beträge mit Komma in Anführungszeichen: {plan: \"37,62 Mio. €\"}."),
    );
    true
}

/// The entries of a map while a record is read from it.
pub struct Fields<'a> {
    node: &'a Node,
    entries: &'a [(Text, Node)],
}

impl<'a> Fields<'a> {
    /// Begins to read a record; reports keys that it does not have.
    pub fn open(
        node: &'a Node,
        record: &str,
        known: &[&str],
        findings: &mut Vec<Finding>,
    ) -> Option<Self> {
        let entries = match &node.kind {
            Kind::Map(entries) => entries.as_slice(),
            _ => {
                mismatch(node, "ein Block mit Schlüsseln", findings);
                return None;
            }
        };
        for (key, _) in entries.iter().filter(|(key, _)| !known.contains(&key.value.as_str())) {
            if split_amount(key, findings) {
                continue;
            }
            let meant = did_you_mean(&key.value, known.iter().copied())
                .unwrap_or_else(|| format!("Möglich sind: {}.", known.join(", ")));
            findings.push(
                Finding::input(
                    "unbekannter-schluessel",
                    format!("{record} kennt den Schlüssel „{}“ nicht.", key.value),
                )
                .at(key.span, "unbekannt")
                .hint(meant),
            );
        }
        Some(Self { node, entries })
    }

    fn find(&self, key: &str) -> Option<&'a Node> {
        self.entries
            .iter()
            .find(|(name, _)| name.value == key)
            .map(|(_, node)| node)
            .filter(|node| !matches!(node.kind, Kind::Empty))
    }

    /// The place of a key that is there without a value.
    fn empty_key(&self, key: &str) -> Option<Span> {
        self.entries.iter().find(|(name, _)| name.value == key).map(|(name, _)| name.span)
    }

    /// A key that must be there.
    pub fn required<T: Decode>(
        &self,
        record: &str,
        key: &str,
        findings: &mut Vec<Finding>,
    ) -> Option<T> {
        if let Some(node) = self.find(key) {
            return T::decode(node, findings);
        }
        if self.report_empty(key, findings) {
            return None;
        }
        findings.push(
            Finding::input(
                "fehlender-schluessel",
                format!("{record}: Der Schlüssel „{key}“ fehlt."),
            )
            .at(self.node.span, "in diesem Block")
            .hint(format!("Ergänzen Sie „{key}:“ ({}).", T::EXPECTED)),
        );
        None
    }

    /// Reports a key that is there without a value.
    fn report_empty(&self, key: &str, findings: &mut Vec<Finding>) -> bool {
        let Some(span) = self.empty_key(key) else { return false };
        findings.push(
            Finding::input("fehlender-wert", format!("Hinter „{key}:“ steht nichts."))
                .at(span, "hier fehlt ein Wert")
                .hint("Tragen Sie den Wert ein; was hinter einem „#“ steht, gilt als Kommentar."),
        );
        true
    }

    /// A key that may be missing, but not empty: `akzent: #0b4f6c` is a comment.
    pub fn filled<T: Decode>(&self, key: &str, findings: &mut Vec<Finding>) -> Option<Option<T>> {
        if self.find(key).is_none() {
            self.report_empty(key, findings);
        }
        self.optional(key, findings)
    }

    /// A key that may be missing. The outer `None` means that it is there and wrong.
    pub fn optional<T: Decode>(&self, key: &str, findings: &mut Vec<Finding>) -> Option<Option<T>> {
        match self.find(key) {
            None => Some(None),
            Some(node) => T::decode(node, findings).map(Some),
        }
    }
}

/// Declares a record of the data files: the struct, its German name, its keys, and how it is read.
///
/// A field is `required` (`T`), `optional` (`Option<T>`), `filled` (`Option<T>`: if the key is there, it
/// has a value), has a `default` (`T: Default`), or both (`default_filled`).
#[macro_export]
macro_rules! record {
    (
        $(#[$meta:meta])*
        $name:ident, $german:literal {
            $( $(#[$field_meta:meta])* $key:literal $field:ident : $kind:ident $type:ty ),* $(,)?
        }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone)]
        pub struct $name {
            /// Where the record stands.
            pub span: $crate::diag::Span,
            $( $(#[$field_meta])* pub $field: $crate::record!(@type $kind $type), )*
        }

        impl $name {
            /// All keys of this record, as they are written in the files.
            pub const KEYS: &'static [&'static str] = &[$($key),*];
        }

        impl $crate::model::decode::Decode for $name {
            const EXPECTED: &'static str = "ein Block mit Schlüsseln";

            fn decode(
                node: &$crate::model::yaml::Node,
                findings: &mut Vec<$crate::diag::Finding>,
            ) -> Option<Self> {
                let fields =
                    $crate::model::decode::Fields::open(node, $german, Self::KEYS, findings)?;
                $( let $field = $crate::record!(@read fields findings $german $key $kind); )*
                Some(Self { span: node.span, $( $field: $field?, )* })
            }
        }
    };
    (@type required $type:ty) => { $type };
    (@type optional $type:ty) => { Option<$type> };
    (@type filled $type:ty) => { Option<$type> };
    (@type default $type:ty) => { $type };
    (@type default_filled $type:ty) => { $type };
    (@read $fields:ident $findings:ident $german:literal $key:literal required) => {
        $fields.required($german, $key, $findings)
    };
    (@read $fields:ident $findings:ident $german:literal $key:literal optional) => {
        $fields.optional($key, $findings)
    };
    (@read $fields:ident $findings:ident $german:literal $key:literal filled) => {
        $fields.filled($key, $findings)
    };
    (@read $fields:ident $findings:ident $german:literal $key:literal default) => {
        $fields.optional($key, $findings).map(Option::unwrap_or_default)
    };
    (@read $fields:ident $findings:ident $german:literal $key:literal default_filled) => {
        $fields.filled($key, $findings).map(Option::unwrap_or_default)
    };
}
