// SPDX-License-Identifier: EUPL-1.2
//! Building what surrounds the content: agreement, participation, blocks to sign, footnotes.

use super::build::day;
use super::builder::{Builder, unknown_choice};
use super::{Agreement, Footnote, Form, Numbering, Participation, Signature};
use crate::diag::Finding;
use crate::law;
use crate::model::records::{
    FootnoteRecord, ParticipationRecord, ProgrammeRecord, SignatureRecord,
};

impl Builder<'_> {
    pub(super) fn form(&mut self, record: &ProgrammeRecord) -> Option<Form> {
        let form = record.form.as_ref()?;
        match form.value.as_str() {
            "gE" => Some(Form::Joint),
            "zkT" => Some(Form::Municipal),
            _ => {
                self.findings.push(unknown_choice(form, "Die Trägerform", &["gE", "zkT"]));
                None
            }
        }
    }

    pub(super) fn all_abbreviations(&mut self, record: &ProgrammeRecord) -> bool {
        let Some(text) = &record.glossary else { return false };
        let known = ["vorkommende", "alle"];
        if !known.contains(&text.value.as_str()) {
            self.findings.push(unknown_choice(text, "Das Abkürzungsverzeichnis", &known));
        }
        text.value == "alle"
    }

    pub(super) fn agreement(&mut self, record: &ProgrammeRecord) -> Option<Agreement> {
        let record = record.agreement.as_ref()?;
        let agreed = match record.state.value.as_str() {
            "abgestimmt" => true,
            "entwurf" => false,
            _ => {
                let known = ["entwurf", "abgestimmt"];
                self.findings.push(unknown_choice(&record.state, "Den Zustand", &known));
                return None;
            }
        };
        if agreed && record.day.is_none() {
            self.findings.push(
                Finding::input("fehlender-schluessel", "Zur Abstimmung fehlt der Tag.")
                    .at(record.state.span, "abgestimmt, aber wann?")
                    .hint("Ergänzen Sie „am: 2026-11-17“."),
            );
        }
        let span = record.day.as_ref().map_or(record.state.span, |day| day.span);
        let day = record.day.as_ref().and_then(|text| day(text, self.findings));
        Some(Agreement { agreed, day: day.map(|day| day.to_string()), span })
    }

    pub(super) fn participation(
        &mut self,
        records: &[ParticipationRecord],
        form: Option<Form>,
    ) -> Vec<Participation> {
        let mut out = Vec::new();
        for record in records {
            let body = record.body.value.as_str();
            let Some(known) = law::body(body) else {
                let known: Vec<&str> = law::bodies().iter().map(|body| body.id.as_str()).collect();
                self.findings.push(unknown_choice(&record.body, "Das Gremium", &known));
                continue;
            };
            if known.name.is_empty() && record.name.is_none() {
                self.findings.push(
                    Finding::input(
                        "fehlender-schluessel",
                        "Ein sonstiges Gremium braucht einen Namen.",
                    )
                    .at(record.body.span, "welches?")
                    .hint("Ergänzen Sie „name:“."),
                );
            }
            if body == "traegerversammlung" && form == Some(Form::Municipal) {
                self.findings.push(
                    Finding::input(
                        "beteiligung",
                        "Ein zugelassener kommunaler Träger hat keine Trägerversammlung (§ 44c SGB II).",
                    )
                    .at(record.body.span, "passt nicht zu „traegerform: zkT“")
                    .hint("Nennen Sie das Gremium der Kommune: „gremium: kommune“ mit „name:“."),
                );
            }
            let day = record.day.as_ref().and_then(|text| day(text, self.findings));
            let text = |text: &Option<crate::model::yaml::Text>| {
                text.as_ref().map(|text| text.value.clone())
            };
            self.remark(record.remark.as_ref());
            out.push(Participation {
                visibility: record.visibility,
                body: body.to_owned(),
                name: text(&record.name).unwrap_or_else(|| known.name.clone()),
                day: day.map(|day| day.to_string()),
                law: text(&record.law).or_else(|| known.ground.clone()),
                result: text(&record.result),
                span: record.body.span,
            });
        }
        out
    }

    pub(super) fn signatures(&mut self, records: &[SignatureRecord]) -> Vec<Signature> {
        records
            .iter()
            .map(|record| {
                let day = record.day.as_ref().and_then(|text| day(text, self.findings));
                let parts: Vec<String> = record
                    .place
                    .iter()
                    .map(|place| place.value.clone())
                    .chain(day.map(|day| day.to_string()))
                    .collect();
                Signature {
                    visibility: record.visibility,
                    names: record.lines.iter().map(|line| line.visibility).collect(),
                    id: record.id.value.clone(),
                    span: record.id.span,
                    place: (!parts.is_empty()).then(|| parts.join(", ")),
                    lines: record
                        .lines
                        .iter()
                        .map(|line| {
                            let name = line.name.as_ref().map(|name| name.value.clone());
                            let signed = line.signed.is_some_and(|flag| flag.0);
                            (name, line.function.value.clone(), signed)
                        })
                        .collect(),
                }
            })
            .collect()
    }

    pub(super) fn footnotes(&mut self, records: &[FootnoteRecord]) -> Vec<Footnote> {
        records
            .iter()
            .map(|record| Footnote {
                visibility: record.visibility,
                id: record.id.value.clone(),
                span: record.id.span,
                body: self.prose(&record.text),
            })
            .collect()
    }
}

/// What is counted how; by default as most programmes do.
pub(super) fn numbering(record: &ProgrammeRecord) -> Numbering {
    let record = record.numbering.as_ref();
    let flag = |flag: Option<crate::model::decode::Flag>, default: bool| {
        flag.map_or(default, |flag| flag.0)
    };
    Numbering {
        shared: flag(record.and_then(|record| record.shared), false),
        strategy_sections: flag(record.and_then(|record| record.strategy_sections), false),
        strategy_tables: flag(record.and_then(|record| record.strategy_tables), true),
    }
}
