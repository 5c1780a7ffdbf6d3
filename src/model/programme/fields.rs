// SPDX-License-Identifier: EUPL-1.2
//! Building fields of action with their strategies, and lists.

use super::builder::{Builder, unknown_choice};
use super::{Field, List, ListItem, Strategy, Task};
use crate::diag::Finding;
use crate::model::date;
use crate::model::decode::Id;
use crate::model::records::{self, Changed, FieldRecord, ListRecord, StrategyRecord};
use crate::model::yaml::Text;
use crate::tree::Inline;

impl Builder<'_> {
    pub(super) fn fields(&mut self, records: &[FieldRecord]) -> Vec<Field> {
        records
            .iter()
            .map(|record| {
                let title = self.prose(&record.title);
                self.remark(record.remark.as_ref());
                Field {
                    visibility: record.visibility,
                    id: record.id.value.clone(),
                    span: record.id.span,
                    overview_title: record
                        .overview_title
                        .as_ref()
                        .map_or_else(|| title.clone(), |text| self.prose(text)),
                    title,
                    goal: self.prose_or_empty(record.goal.as_ref()),
                    text: record.text.as_ref().map(|text| text.value.clone()),
                    strategies: record
                        .strategies
                        .iter()
                        .enumerate()
                        .map(|(at, strategy)| self.strategy(at + 1, record, strategy))
                        .collect(),
                    tasks: record.tasks.iter().map(|task| self.task(task)).collect(),
                    predecessors: ids(&record.predecessors),
                }
            })
            .collect()
    }

    fn strategy(
        &mut self,
        number: usize,
        field: &FieldRecord,
        record: &StrategyRecord,
    ) -> Strategy {
        let plain = self.prose(&record.title);
        let title = match &record.changed {
            None => match self.earlier.past() {
                Some(past) => past.marked(field, record, &plain, &self.figures),
                None => plain.clone(),
            },
            Some(Changed::Whole(false)) => plain.clone(),
            Some(Changed::Whole(true)) => vec![Inline::Emphasis(plain.clone())],
            Some(Changed::Words(words)) => self.emphasise(&plain, words),
        };
        let section = record.section.as_ref();
        let heading = section
            .and_then(|section| section.title.as_ref())
            .map_or_else(|| plain.clone(), |text| self.prose(text));
        let table = section.and_then(|section| section.table.as_ref());
        let table_title = table
            .and_then(|table| table.title.as_ref())
            .map_or_else(|| heading.clone(), |text| self.prose(text));
        let italic = table.and_then(|table| table.italic).is_some_and(|flag| flag.0);
        self.remark(record.remark.as_ref());
        Strategy {
            visibility: record.visibility,
            id: record.id.value.clone(),
            span: record.id.span,
            number,
            title,
            heading,
            table_title: if italic { vec![Inline::Emphasis(table_title)] } else { table_title },
            steps: record
                .steps
                .iter()
                .map(|step| {
                    let text = self.prose_or_empty(step.text.as_ref());
                    (text, step.points.iter().map(|point| self.prose(point)).collect())
                })
                .collect(),
            predecessors: ids(&record.predecessors),
        }
    }

    fn task(&mut self, record: &records::Task) -> Task {
        self.remark(record.remark.as_ref());
        Task {
            visibility: record.visibility,
            text: self.prose(&record.text),
            until: record.until.as_ref().map(|until| date::printed(&until.value)),
            due: record.until.clone(),
            who: record.who.as_ref().map(|who| who.value.clone()),
            done: Some(record.done),
            span: record.text.span,
        }
    }

    /// Sets the given words of a title in italics.
    fn emphasise(&mut self, title: &[Inline], words: &[Text]) -> Vec<Inline> {
        let mut out = title.to_vec();
        for word in words {
            let found = out.iter().position(
                |inline| matches!(inline, Inline::Text(text) if text.contains(&word.value)),
            );
            let Some(at) = found else {
                self.findings.push(
                    Finding::input(
                        "geaendert",
                        format!(
                            "Die geänderten Wörter „{}“ kommen im Titel der Strategie nicht vor.",
                            word.value
                        ),
                    )
                    .at(word.span, "nicht gefunden")
                    .hint("Schreiben Sie die Wörter genau so, wie sie im Titel stehen."),
                );
                continue;
            };
            if let Inline::Text(text) = out.remove(at) {
                let start = text.find(&word.value).unwrap_or_default();
                let (before, rest) = text.split_at(start);
                let after = &rest[word.value.len()..];
                let parts = [
                    Inline::Text(before.to_owned()),
                    Inline::Emphasis(vec![Inline::Text(word.value.clone())]),
                    Inline::Text(after.to_owned()),
                ];
                let kept = parts
                    .into_iter()
                    .filter(|part| !matches!(part, Inline::Text(text) if text.is_empty()));
                out.splice(at..at, kept);
            }
        }
        out
    }

    pub(super) fn lists(&mut self, records: &[ListRecord]) -> Vec<List> {
        const SIGNS: [&str; 6] = ["++", "+", "+/-", "=", "-", "--"];
        let mut out = Vec::new();
        for record in records {
            let legend: Vec<(String, String)> = record
                .legend
                .0
                .iter()
                .map(|(sign, text)| (sign.value.clone(), text.value.clone()))
                .collect();
            let mut known: Vec<&str> = legend.iter().map(|(sign, _)| sign.as_str()).collect();
            if known.is_empty() {
                known.extend(SIGNS);
            }
            let mut items = Vec::new();
            for item in &record.items {
                if let Some(rating) = &item.rating
                    && !known.contains(&rating.value.as_str())
                {
                    self.findings.push(
                        unknown_choice(rating, "Die Bewertung", &known)
                            .hint("Was die Zeichen bedeuten, steht unter „legende“."),
                    );
                }
                let rating = item.rating.as_ref().map(|rating| rating.value.clone());
                items.push(ListItem {
                    visibility: item.visibility,
                    id: item.id.as_ref().map(|id| id.value.clone()),
                    text: self.prose(&item.text),
                    rating,
                    section: item.section.clone(),
                });
            }
            self.remark(record.remark.as_ref());
            out.push(List {
                visibility: record.visibility,
                id: record.id.value.clone(),
                span: record.id.span,
                title: self.prose_or_empty(record.title.as_ref()),
                conclusion: self.prose_or_empty(record.conclusion.as_ref()),
                legend,
                items,
            });
        }
        out
    }
}

fn ids(ids: &[Id]) -> Vec<String> {
    ids.iter().map(|id| id.value.clone()).collect()
}
