// SPDX-License-Identifier: EUPL-1.2
//! Filling in figures, references and footnotes.

use std::collections::BTreeSet;

use super::assemble::strategy_anchor;
use super::numbering::Anchors;
use super::{pictures, tables};
use crate::diag::{Finding, Span, did_you_mean};
use crate::model::Programme;
use crate::model::outline::OutlineRecord;
use crate::model::programme;
use crate::model::records::NumberMark;
use crate::tree::{Block, Inline, NumberClaim, RefKind, walk};

/// Fills in figures and references; gives back the numbers that the data state.
pub(super) fn all(
    blocks: &mut [Block],
    programme: &Programme,
    outline: &OutlineRecord,
    anchors: &Anchors,
    findings: &mut Vec<Finding>,
) -> Vec<NumberClaim> {
    let mut resolver = Resolver {
        programme,
        outline,
        anchors,
        findings,
        claims: Vec::new(),
        mentioned: BTreeSet::new(),
        open: Vec::new(),
    };
    resolver.stated_numbers();
    resolver.blocks(blocks);
    // A footnote may mention another one, which is filled in here as well.
    resolver.unused_footnotes();
    resolver.claims
}

struct Resolver<'a> {
    programme: &'a Programme,
    outline: &'a OutlineRecord,
    anchors: &'a Anchors,
    findings: &'a mut Vec<Finding>,
    claims: Vec<NumberClaim>,
    /// Footnotes of the data that the document mentions.
    mentioned: BTreeSet<String>,
    /// Footnotes whose text is being filled in.
    open: Vec<String>,
}

impl Resolver<'_> {
    fn blocks(&mut self, blocks: &mut [Block]) {
        walk::inlines_mut(blocks, &mut |list| self.list(list));
    }

    fn list(&mut self, list: &mut Vec<Inline>) {
        for inline in std::mem::take(list) {
            match inline {
                Inline::Figure { path, body, span, acknowledged } if body.is_empty() => {
                    let body = vec![Inline::Text(self.value(&path, span))];
                    list.push(Inline::Figure { path, body, span, acknowledged });
                }
                Inline::Reference { .. } => {
                    let mut words = self.reference(inline);
                    // The name of a measure may hold figures and footnotes of its own.
                    if words.iter().any(|word| {
                        !matches!(word, Inline::Internal { .. } | Inline::Footnote { .. })
                    }) {
                        walk::inline_tree(&mut words, &mut |list| self.list(list));
                    }
                    list.append(&mut words);
                }
                inline => list.push(inline),
            }
        }
    }

    fn value(&mut self, path: &str, span: Span) -> String {
        let figures = &self.programme.figures;
        let Some(id) = figures.find(path) else {
            // In texts that was reported before; findings that are the same are shown once.
            self.findings.push(programme::unknown_figure(self.programme, path, span));
            return String::new();
        };
        let stated = figures.get(id).stated.as_ref().filter(|_| self.programme.reproduction);
        let shown = match stated {
            Some(stated) => stated.quantity.clone(),
            None => figures.computed_with_unit(id),
        };
        shown.map_or_else(String::new, |quantity| quantity.to_string())
    }

    /// Numbers that the data state for sections, tables and pictures.
    fn stated_numbers(&mut self) {
        let sections = self.programme.sections.iter().map(|(id, change)| {
            (id.value.clone(), format!("Abschnitt „{}“", id.value), &change.number)
        });
        let tables = self.programme.tables.iter().map(|table| {
            (tables::anchor(&table.id), format!("Tabelle „{}“", table.id), &table.number)
        });
        let pictures = self.programme.pictures.iter().map(|picture| {
            (pictures::anchor(&picture.id), format!("Schaubild „{}“", picture.id), &picture.number)
        });
        for (anchor, what, number) in sections.chain(tables).chain(pictures) {
            let Some(NumberMark::Stated(stated)) = number else { continue };
            let Some(label) = self.anchors.labels.get(&anchor) else { continue };
            let number = self.anchors.numbers.get(&anchor);
            let bare =
                number.is_some() && stated.text.value.starts_with(|c: char| c.is_ascii_digit());
            let given = number.filter(|_| bare).unwrap_or(label).clone();
            self.claims.push(NumberClaim {
                stated: stated.text.value.clone(),
                given,
                what: Some(what),
                span: stated.text.span,
                acknowledged: stated.acknowledged.as_ref().map(|reason| reason.value.clone()),
            });
        }
    }

    fn footnote(&mut self, target: &str, span: Span) -> Inline {
        let Some(footnote) = self.programme.footnote(target) else {
            self.findings.push(
                Finding::input(
                    "fussnote-unbekannt",
                    format!("Zur Fußnote [^{target}] gibt es keinen Text."),
                )
                .at(span, "hier erwähnt")
                .hint(format!("Ergänzen Sie am Ende der Datei „[^{target}]: …“, oder unter „fussnoten:“ einen Eintrag mit „id: {target}“.")),
            );
            return Inline::Text(String::new());
        };
        self.mentioned.insert(target.to_owned());
        if self.open.iter().any(|open| open == target) {
            self.findings.push(
                Finding::input("kreis", format!("Die Fußnote „{target}“ führt über ihren eigenen Text zu sich selbst zurück."))
                    .at(footnote.span, "diese Fußnote")
                    .hint("Streichen Sie das Fußnotenzeichen in einem der beteiligten Texte."),
            );
            return Inline::Text(String::new());
        }
        self.open.push(target.to_owned());
        let mut body = vec![Block::Paragraph(footnote.body.clone())];
        self.blocks(&mut body);
        self.open.pop();
        Inline::Footnote { label: format!("fussnoten:{target}"), body }
    }

    fn unused_footnotes(&mut self) {
        for footnote in &self.programme.footnotes {
            if !self.mentioned.contains(&footnote.id) {
                self.findings.push(
                    Finding::warning("fussnote-ungenutzt", format!("Die Fußnote „{}“ wird nirgends erwähnt.", footnote.id))
                        .at(footnote.span, "würde nicht gedruckt")
                        .hint(format!("Setzen Sie ihr Zeichen [^{}] in einen Text oder Titel, oder löschen Sie sie.", footnote.id)),
                );
            }
        }
    }

    /// Records the words of a reference that name a number; gives back whether they do.
    fn claim(
        claims: &mut Vec<NumberClaim>,
        text: &[Inline],
        label: &str,
        acknowledged: Option<&String>,
        span: Span,
    ) -> bool {
        let stated = walk::plain(text).replace('\u{a0}', " ");
        let word = label.rsplit_once(' ').map_or("", |(word, _)| word);
        let names_number = stated
            .strip_prefix(word)
            .is_some_and(|rest| rest.trim().starts_with(|c: char| c.is_ascii_digit()));
        let claims_number = acknowledged.is_some() || !word.is_empty() && names_number;
        if claims_number {
            claims.push(NumberClaim {
                stated,
                given: label.to_owned(),
                what: None,
                span,
                acknowledged: acknowledged.cloned(),
            });
        }
        claims_number
    }

    /// What stands in the place of a reference.
    fn reference(&mut self, inline: Inline) -> Vec<Inline> {
        let Inline::Reference { kind, target, mut body, acknowledged, span } = inline else {
            return vec![inline];
        };
        if kind == RefKind::Footnote {
            return vec![self.footnote(&target, span)];
        }
        if let Some(label) = self.anchors.labels.get(&match kind {
            RefKind::Section => target.clone(),
            RefKind::Table => tables::anchor(&target),
            RefKind::Picture => pictures::anchor(&target),
            _ => String::new(),
        }) && !body.is_empty()
            && Self::claim(&mut self.claims, &body, label, acknowledged.as_ref(), span)
        {
            // A number is printed as it was given; another one would mislead the reader.
            body.clear();
        }
        let (anchor, fallback) = match kind {
            RefKind::Section => (target.clone(), None),
            RefKind::Table => (tables::anchor(&target), None),
            RefKind::Picture => (pictures::anchor(&target), None),
            RefKind::Measure => {
                let name = self.programme.measure(&target).map(|measure| measure.name.clone());
                (String::new(), name)
            }
            RefKind::Strategy => {
                let number = self.programme.strategy(&target).map(|(_, strategy)| {
                    vec![Inline::Text(format!(
                        "{} {}",
                        self.outline.word("strategie"),
                        strategy.number
                    ))]
                });
                (strategy_anchor(&target), number)
            }
            RefKind::Footnote => return Vec::new(),
        };
        let label = self.anchors.labels.get(&anchor);
        let text = match (body.is_empty(), fallback, label) {
            (false, ..) => body,
            (true, Some(text), _) => text,
            (true, None, Some(label)) => vec![Inline::Text(label.clone())],
            (true, None, None) => Vec::new(),
        };
        if kind == RefKind::Measure && text.is_empty() {
            self.findings.push(
                Finding::input(
                    "unbekannter-verweis",
                    format!("Die Maßnahme „{target}“ gibt es nicht."),
                )
                .at(span, "dieser Verweis")
                .hint(programme::meant_measure(self.programme, &target)),
            );
        }
        let optional = match kind {
            RefKind::Measure | RefKind::Strategy | RefKind::Footnote => true,
            // What does not exist at all was reported when the text was read.
            RefKind::Table => self.programme.table(&target).is_none(),
            RefKind::Picture => self.programme.picture(&target).is_none(),
            RefKind::Section => false,
        };
        if label.is_none() && !optional {
            let known = self.anchors.labels.keys().map(String::as_str);
            let finding = if kind == RefKind::Section {
                Finding::input(
                    "unbekannter-verweis",
                    format!("Den Abschnitt „{target}“ gibt es im Dokument nicht."),
                )
                .hint(did_you_mean(&target, known.filter(|id| !id.starts_with("tabelle-") && !id.starts_with("abbildung-"))).unwrap_or_else(|| "Abschnitte ohne Inhalt fallen weg; die Kennungen stehen in der Gliederung in { #… }.".to_owned()))
            } else {
                Finding::input("verweis-ohne-ziel", format!("„{target}“ steht nicht im Dokument; der Verweis führt ins Leere."))
                    .hint("Fügen Sie die Tabelle oder das Schaubild in einen Text ein, oder streichen Sie den Verweis.")
            };
            self.findings.push(finding.at(span, "dieser Verweis"));
        }
        if label.is_some() { vec![Inline::Internal { target: anchor, body: text }] } else { text }
    }
}
