// SPDX-License-Identifier: EUPL-1.2
//! The public version of a programme, built field by field from an allow-list.
//!
//! Every struct is written out in full: a field that is new to the programme does not compile here
//! until somebody decides whether the public may see it. Nothing is removed; what is not put in is not
//! there.
//!
//! Not here: what is internal (`internal`) and what is secret (`secrecy`).

mod prose;

use std::collections::{BTreeMap, BTreeSet};

use super::internal::{Internal, TableMarks};
use crate::model::Programme;
use crate::model::figures::{Fate, FigureId, Figures};
use crate::model::images;
use crate::model::programme::{
    Agreement, Field, Footnote, List, ListItem, Measure, Part, Participation, Picture,
    PictureContent, ProseText, Publication, Signature, Strategy, Task,
};
use crate::model::provenance::Provenance;
use crate::model::records::{NumberMark, SectionRecord, StatedNumber};
use crate::model::table::{Cell, Column, Row, Table};
use crate::model::visibility::{Class, Visibility};
use crate::model::yaml::Text;
use crate::tree::theme::Theme;
use crate::tree::{Document, Inline};
use prose::{blocks, inlines};

/// A programme as the public may see it. It can only be made here.
#[derive(Debug)]
pub struct PublicModel {
    programme: Programme,
    /// What was left out: why, and what kind of thing.
    left_out: Vec<(Class, &'static str)>,
}

impl PublicModel {
    /// What the renderer reads.
    pub fn programme(&self) -> &Programme {
        &self.programme
    }

    /// Leaves out texts that the document does not have: sections below an internal one go with it.
    pub fn keep_texts(&mut self, document: &Document) {
        self.programme.texts.retain(|name, _| document.texts.contains(name));
    }

    /// Leaves out internal boxes that come from templates.
    pub fn leave_boxes(&mut self, document: &mut Document) {
        let mut gone = 0;
        document.blocks = blocks(&document.blocks, &mut gone);
        self.left_out.extend((0..gone).map(|_| (Class::Note, "Absätze")));
    }

    /// How much of each kind was left out, by class.
    pub fn left_out(&self) -> BTreeMap<(Class, &'static str), usize> {
        let mut out = BTreeMap::new();
        for entry in &self.left_out {
            *out.entry(*entry).or_default() += 1;
        }
        out
    }
}

/// Builds the public version: without what is internal, with a sign in the place of secret figures.
pub fn build(
    programme: &Programme,
    internal: &Internal,
    secret: &BTreeSet<FigureId>,
) -> PublicModel {
    let mut builder = Builder { programme, internal, secret, left_out: Vec::new() };
    let public = builder.programme();
    builder.left_out.extend(programme.remarks.iter().map(|_| (Class::Note, "Notizen")));
    builder
        .left_out
        .extend(programme.acknowledgements.iter().map(|_| (Class::Working, "anerkannte Befunde")));
    PublicModel { programme: public, left_out: builder.left_out }
}

struct Builder<'p> {
    programme: &'p Programme,
    internal: &'p Internal,
    secret: &'p BTreeSet<FigureId>,
    left_out: Vec<(Class, &'static str)>,
}

impl Builder<'_> {
    fn programme(&mut self) -> Programme {
        let own = self.programme;
        Programme {
            id: own.id.clone(),
            jobcenter: own.jobcenter.clone(),
            year: own.year,
            // Where the year before lies is nobody's business.
            earlier: None,
            title: own.title.clone(),
            subtitle: own.subtitle.clone(),
            motto: own.motto.clone(),
            date: own.date,
            reference: own.reference.clone(),
            // What is printed is put in as it is.
            reproduction: false,
            mark: self.mark(),
            date_line: own.date_line.clone(),
            form: own.form,
            agreement: own.agreement.as_ref().map(|agreement| Agreement {
                agreed: agreement.agreed,
                day: agreement.day.clone(),
                span: agreement.span,
            }),
            numbering: own.numbering,
            contents: own.contents,
            all_abbreviations: own.all_abbreviations,
            words: own.words.clone(),
            footnotes: self.footnotes(),
            participation: self.participation(),
            signatures: self.signatures(),
            theme: theme(&own.theme),
            theme_fonts: own.theme_fonts.clone(),
            sections: self.sections(),
            units: own.units.clone(),
            figures: self.figures(),
            measures: self.measures(),
            fields: self.fields(),
            tables: self.tables(),
            lists: self.lists(),
            pictures: self.pictures(),
            abbreviations: own.abbreviations.clone(),
            texts: self.texts(),
            // Only checks and explanations need these, and they are done.
            passages: Vec::new(),
            labels: Vec::new(),
            limits: Vec::new(),
            key_amounts: Vec::new(),
            acknowledgements: Vec::new(),
            weights: Vec::new(),
            lineage: BTreeMap::new(),
            restated: Vec::new(),
            publication: Publication {
                threshold: own.publication.threshold,
                sign: own.publication.sign.clone(),
                licence: own.publication.licence.clone(),
                contact: own.publication.contact.clone(),
            },
            remarks: Vec::new(),
            span: own.span,
        }
    }

    /// A mark on every page is a working state; the public version bears none.
    fn mark(&mut self) -> Option<String> {
        if self.programme.mark.is_some() {
            self.left_out.push((Class::Working, "Vermerke"));
        }
        None
    }

    /// Whether something stays; what does not is counted.
    fn stays(&mut self, visibility: Visibility, kind: &'static str) -> bool {
        match visibility.class() {
            Some(class) => {
                self.left_out.push((class, kind));
                false
            }
            None => true,
        }
    }

    fn figures(&mut self) -> Figures {
        let sign = &self.programme.publication.sign;
        let fate = |id: FigureId| {
            if self.internal.figures.contains_key(&id) {
                Fate::Left
            } else if self.secret.contains(&id) {
                Fate::Secret
            } else {
                Fate::Shown
            }
        };
        self.programme.figures.published(self.programme.reproduction, sign, &fate)
    }

    fn has_secret(&self, id: FigureId) -> bool {
        self.secret.contains(&id)
    }

    fn footnotes(&mut self) -> Vec<Footnote> {
        let mut out = Vec::new();
        for one in &self.programme.footnotes {
            if self.stays(one.visibility, "Fußnoten") {
                out.push(Footnote {
                    visibility: Visibility::Unmarked,
                    id: one.id.clone(),
                    span: one.span,
                    body: inlines(&one.body),
                });
            }
        }
        out
    }

    fn participation(&mut self) -> Vec<Participation> {
        let mut out = Vec::new();
        for one in &self.programme.participation {
            if self.stays(one.visibility, "Beteiligungen") {
                out.push(Participation {
                    visibility: Visibility::Unmarked,
                    body: one.body.clone(),
                    name: one.name.clone(),
                    day: one.day.clone(),
                    law: one.law.clone(),
                    result: one.result.clone(),
                    span: one.span,
                });
            }
        }
        out
    }

    /// Blocks to sign bear functions; a name only where the data allow it.
    fn signatures(&mut self) -> Vec<Signature> {
        let mut out = Vec::new();
        for one in &self.programme.signatures {
            if !self.stays(one.visibility, "Unterschriftsblöcke") {
                continue;
            }
            let mut lines = Vec::new();
            for ((name, function, signed), mark) in one.lines.iter().zip(&one.names) {
                let shown = name.clone().filter(|_| *mark == Visibility::Public);
                if name.is_some() && shown.is_none() {
                    self.left_out.push((Class::Name, "Namen"));
                }
                lines.push((shown, function.clone(), *signed));
            }
            out.push(Signature {
                visibility: Visibility::Unmarked,
                names: vec![Visibility::Public; lines.len()],
                id: one.id.clone(),
                span: one.span,
                place: one.place.clone(),
                lines,
            });
        }
        out
    }

    /// Changes to the outline; internal sections are left out of it.
    fn sections(&mut self) -> Vec<(Text, SectionRecord)> {
        use crate::model::decode::Flag;
        let mut out = Vec::new();
        for (id, own) in &self.programme.sections {
            let stays = self.stays(own.visibility, "Abschnitte");
            // An internal section is switched off; its place stays known, for others may stand beside it.
            let title = own
                .title
                .clone()
                .map(|title| if stays { title } else { Text { value: "–".to_owned(), ..title } });
            out.push((
                id.clone(),
                SectionRecord {
                    span: own.span,
                    title,
                    off: if stays { own.off } else { Some(Flag(true)) },
                    after: own.after.clone(),
                    before: own.before.clone(),
                    below: own.below.clone(),
                    text: own.text.clone().filter(|_| stays),
                    number: number(own.number.as_ref().filter(|_| stays)),
                    visibility: Visibility::Unmarked,
                },
            ));
        }
        out
    }

    fn measures(&mut self) -> Vec<Measure> {
        let mut out = Vec::new();
        for one in &self.programme.measures {
            if !self.stays(one.visibility, "Maßnahmen") {
                continue;
            }
            if one.provider.is_some() && !one.awarded {
                self.left_out.push((Class::Provider, "Anbieter"));
            }
            let parts: Vec<&Part> =
                one.parts.iter().filter(|part| !part.visibility.is_internal()).collect();
            let gone = one.parts.iter().filter_map(|part| part.visibility.class());
            self.left_out.extend(gone.map(|class| (class, "Teile von Maßnahmen")));
            out.push(Measure {
                visibility: Visibility::Unmarked,
                provider: one.provider.clone().filter(|_| one.awarded),
                awarded: one.awarded,
                id: one.id.clone(),
                span: one.span,
                name: inlines(&one.name),
                law: one.law.clone(),
                function: inlines(&one.function),
                figures: self.fields_of(&one.figures),
                parts: parts
                    .into_iter()
                    .map(|part| Part {
                        visibility: Visibility::Unmarked,
                        id: part.id.clone(),
                        name: part.name.as_ref().map(|name| inlines(name)),
                        figures: self.fields_of(&part.figures),
                    })
                    .collect(),
                predecessors: Vec::new(),
            });
        }
        out
    }

    fn fields_of(&self, figures: &[(String, FigureId)]) -> Vec<(String, FigureId)> {
        let public = |(_, id): &&(String, FigureId)| !self.internal.figures.contains_key(id);
        figures.iter().filter(public).cloned().collect()
    }

    fn fields(&mut self) -> Vec<Field> {
        let mut out = Vec::new();
        for one in &self.programme.fields {
            if !self.stays(one.visibility, "Handlungsfelder") {
                continue;
            }
            let mut strategies = Vec::new();
            for strategy in &one.strategies {
                if self.stays(strategy.visibility, "Strategien") {
                    strategies.push(strategy_of(strategy, strategies.len() + 1));
                }
            }
            let mut tasks = Vec::new();
            for task in &one.tasks {
                if self.stays(task.visibility, "Aufgaben") {
                    tasks.push(self.task(task));
                }
            }
            out.push(Field {
                visibility: Visibility::Unmarked,
                id: one.id.clone(),
                span: one.span,
                title: inlines(&one.title),
                overview_title: inlines(&one.overview_title),
                goal: inlines(&one.goal),
                text: one.text.clone(),
                strategies,
                tasks,
                predecessors: Vec::new(),
            });
        }
        out
    }

    /// What is to be done by when; who does it, and whether it is done, is a working state unless the
    /// data say otherwise.
    fn task(&mut self, task: &Task) -> Task {
        let open = task.visibility == Visibility::Public;
        if task.who.is_some() && !open {
            self.left_out.push((Class::Name, "Zuständigkeiten"));
        }
        Task {
            visibility: if open { Visibility::Public } else { Visibility::Unmarked },
            text: inlines(&task.text),
            until: task.until.clone(),
            due: task.due.clone(),
            who: task.who.clone().filter(|_| open),
            done: task.done.filter(|_| open),
            span: task.span,
        }
    }

    fn tables(&mut self) -> Vec<Table> {
        let mut out = Vec::new();
        for (table, marks) in self.programme.tables.iter().zip(&self.internal.tables) {
            if let Some(class) = marks.whole {
                self.left_out.push((class, "Tabellen"));
                continue;
            }
            out.push(self.table(table, marks));
        }
        out
    }

    fn table(&mut self, table: &Table, marks: &TableMarks) -> Table {
        let columns: Vec<usize> =
            (0..table.columns.len()).filter(|at| marks.columns[*at].is_none()).collect();
        self.left_out.extend(marks.columns.iter().flatten().map(|class| (*class, "Spalten")));
        let mut rows = Vec::new();
        let mut starred = false;
        for (at, row) in table.rows.iter().enumerate() {
            if let Some(class) = marks.rows[at] {
                self.left_out.push((class, "Zeilen"));
                continue;
            }
            let mut cells = Vec::new();
            for column in &columns {
                if let Some(class) = marks.cells.get(&(at, *column)) {
                    self.left_out.push((*class, "einzelne Zellen"));
                    cells.push(Cell::Empty);
                    continue;
                }
                cells.push(match &row.cells[*column] {
                    Cell::Empty => Cell::Empty,
                    Cell::Text(text) => Cell::Text(inlines(text)),
                    Cell::List(items) => {
                        Cell::List(items.iter().map(|item| inlines(item)).collect())
                    }
                    Cell::Figure(id) if self.internal.figures.contains_key(id) => Cell::Empty,
                    Cell::Figure(id) => {
                        starred |= self.has_secret(*id);
                        Cell::Figure(*id)
                    }
                });
            }
            rows.push(Row {
                id: row.id.clone(),
                span: row.span,
                kind: row.kind,
                counts: row.counts,
                through: row.through,
                measures: row
                    .measures
                    .iter()
                    .filter(|id| !self.internal.measures.contains_key(*id))
                    .cloned()
                    .collect(),
                part: row.part.clone(),
                block: row.block,
                formula: None,
                cells,
                visibility: Visibility::Unmarked,
                persons: None,
                marked: Vec::new(),
            });
        }
        let note = table.note.as_ref().map(|note| inlines(note));
        Table {
            id: table.id.clone(),
            span: table.span,
            title: inlines(&table.title),
            head: table.head,
            columns: columns.iter().map(|at| column(&table.columns[*at])).collect(),
            rows,
            note: if starred { Some(self.with_legend(note.unwrap_or_default())) } else { note },
            provenance: provenance(&table.provenance),
            captioned: table.captioned,
            number: number(table.number.as_ref()),
            visibility: Visibility::Unmarked,
            persons: None,
        }
    }

    /// A note with what the sign of secret figures means.
    fn with_legend(&self, mut note: Vec<Inline>) -> Vec<Inline> {
        if !note.is_empty() {
            note.push(Inline::Break);
        }
        note.push(Inline::Text(legend(&self.programme.publication)));
        note
    }

    fn lists(&mut self) -> Vec<List> {
        let mut out = Vec::new();
        for one in &self.programme.lists {
            if !self.stays(one.visibility, "Listen") {
                continue;
            }
            let mut items = Vec::new();
            for item in &one.items {
                if self.stays(item.visibility, "Listeneinträge") {
                    items.push(ListItem {
                        visibility: Visibility::Unmarked,
                        id: item.id.clone(),
                        text: inlines(&item.text),
                        rating: item.rating.clone(),
                        section: None,
                    });
                }
            }
            out.push(List {
                visibility: Visibility::Unmarked,
                id: one.id.clone(),
                span: one.span,
                title: inlines(&one.title),
                conclusion: inlines(&one.conclusion),
                legend: one.legend.clone(),
                items,
            });
        }
        out
    }

    fn pictures(&mut self) -> Vec<Picture> {
        let mut out = Vec::new();
        for one in &self.programme.pictures {
            if !self.stays(one.visibility, "Schaubilder") {
                continue;
            }
            let mut starred = false;
            let content = match &one.content {
                PictureContent::Image(ending, bytes) => {
                    PictureContent::Image(ending.clone(), stripped(ending, bytes))
                }
                PictureContent::Chart { kind, series, categories } => PictureContent::Chart {
                    kind: *kind,
                    series: self.series(series, categories),
                    categories: categories
                        .iter()
                        // A column of which nothing may be shown has no place.
                        .filter(|(_, figures, _)| {
                            figures.iter().any(|id| !self.internal.figures.contains_key(id))
                        })
                        .map(|(label, figures, step)| {
                            starred |= figures.iter().any(|id| self.has_secret(*id));
                            (label.clone(), figures.clone(), *step)
                        })
                        .collect(),
                },
                PictureContent::Flow(flow) => PictureContent::Flow(flow.clone()),
                PictureContent::Placeholder(_) => PictureContent::Placeholder(None),
            };
            let note = inlines(&one.note);
            out.push(Picture {
                visibility: Visibility::Unmarked,
                id: one.id.clone(),
                span: one.span,
                title: inlines(&one.title),
                alt: one.alt.clone(),
                unit: one.unit.clone(),
                provenance: provenance(&one.provenance),
                note: if starred { self.with_legend(note) } else { note },
                width: one.width,
                captioned: one.captioned,
                number: number(one.number.as_ref()),
                content,
            });
        }
        out
    }

    /// Names of series; one of which nothing may be shown keeps its place without its name.
    fn series(
        &self,
        names: &[String],
        categories: &[(String, Vec<FigureId>, crate::tree::Step)],
    ) -> Vec<String> {
        let silent = |at: usize| {
            let mut figures = categories.iter().filter_map(|(_, figures, _)| figures.get(at));
            figures.all(|id| self.internal.figures.contains_key(id))
        };
        let name = |(at, name): (usize, &String)| {
            if categories.is_empty() || !silent(at) { name.clone() } else { "–".to_owned() }
        };
        names.iter().enumerate().map(name).collect()
    }

    fn texts(&mut self) -> BTreeMap<String, ProseText> {
        let mut out = BTreeMap::new();
        for (name, text) in &self.programme.texts {
            if let Some(class) = self.internal.texts.get(name) {
                self.left_out.push((*class, "Texte"));
                continue;
            }
            let mut gone = 0;
            let blocks = blocks(&text.blocks, &mut gone);
            self.left_out.extend((0..gone).map(|_| (Class::Note, "Absätze")));
            out.insert(name.clone(), ProseText { file: text.file, blocks });
        }
        out
    }
}

/// What the sign of secret figures means.
pub fn legend(publication: &Publication) -> String {
    format!(
        "{} nicht ausgewiesen: weniger als {} Fälle, oder zum Schutz eines anderen Wertes.",
        publication.sign, publication.threshold
    )
}

/// The look; the logo without what its file notes.
fn theme(own: &Theme) -> Theme {
    let mut theme = own.clone();
    if let Some(logo) = &mut theme.logo {
        logo.bytes = stripped(&logo.ending, &logo.bytes);
    }
    theme
}

/// An image without the notes of programs. That it is whole was found out when it was read.
fn stripped(ending: &str, bytes: &[u8]) -> Vec<u8> {
    images::stripped(ending, bytes).unwrap_or_default()
}

fn strategy_of(one: &Strategy, number: usize) -> Strategy {
    Strategy {
        visibility: Visibility::Unmarked,
        id: one.id.clone(),
        span: one.span,
        number,
        title: inlines(&one.title),
        heading: inlines(&one.heading),
        table_title: inlines(&one.table_title),
        steps: one
            .steps
            .iter()
            .map(|(text, points)| {
                (inlines(text), points.iter().map(|point| inlines(point)).collect())
            })
            .collect(),
        predecessors: Vec::new(),
    }
}

fn column(one: &Column) -> Column {
    Column {
        id: one.id.clone(),
        span: one.span,
        titles: one.titles.clone(),
        numeric: one.numeric,
        unit: one.unit.clone(),
        hide_unit: one.hide_unit,
        decimals: one.decimals,
        signed: one.signed,
        formula: None,
        field: None,
        earlier: None,
        merge: one.merge,
        weight: one.weight,
        visibility: Visibility::Unmarked,
        persons: None,
    }
}

fn provenance(one: &Provenance) -> Provenance {
    Provenance {
        source: one.source.clone(),
        month: one.month.clone(),
        as_of: one.as_of.clone(),
        allocation: one.allocation,
    }
}

/// Whether something is numbered; numbers themselves are counted anew, so that none is missing.
fn number(mark: Option<&NumberMark>) -> Option<NumberMark> {
    match mark? {
        NumberMark::Shown(shown) => Some(NumberMark::Shown(*shown)),
        NumberMark::Stated(StatedNumber { .. }) => None,
    }
}
