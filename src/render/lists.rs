// SPDX-License-Identifier: EUPL-1.2
//! Blocks that lists of the data become: lists, tasks, participation, state, signatures.

use crate::model::Programme;
use crate::model::outline::OutlineRecord;
use crate::model::programme::{Field, Form, List, Signature};
use crate::tree::{
    Align, Block, BoxKind, Cell, Column, Heading, Inline, Rated, Row, RowKind, Table,
};

/// A list with its title and conclusion.
pub(super) fn list(list: &List) -> Vec<Block> {
    let mut out = Vec::new();
    if !list.title.is_empty() {
        out.push(Block::Paragraph(vec![Inline::Strong(list.title.clone())]));
    }
    out.push(items(list));
    if !list.conclusion.is_empty() {
        out.push(Block::Paragraph(list.conclusion.clone()));
    }
    out
}

fn items(list: &List) -> Block {
    if list.items.iter().any(|item| item.rating.is_some()) {
        let meaning = |sign: &str| {
            list.legend
                .iter()
                .find(|(known, _)| known == sign)
                .map_or_else(String::new, |(_, text)| text.clone())
        };
        return Block::RatedList(
            list.items
                .iter()
                .map(|item| {
                    let sign = item.rating.clone().unwrap_or_default();
                    Rated {
                        meaning: meaning(&sign),
                        mark: sign.replace('-', "−"),
                        body: item.text.clone(),
                    }
                })
                .collect(),
        );
    }
    let items = list.items.iter().map(|item| vec![Block::Paragraph(item.text.clone())]);
    Block::List { start: None, items: items.collect() }
}

/// What is to be done in a field, under its heading; nothing if there are no tasks.
pub(super) fn tasks(outline: &OutlineRecord, field: &Field, level: u8) -> Vec<Block> {
    if field.tasks.is_empty() {
        return Vec::new();
    }
    let items = field.tasks.iter().map(|task| {
        let mut body = task.text.clone();
        let until = task.until.as_ref().map(|until| format!("{} {until}", outline.word("bis")));
        let marks: Vec<String> = until.into_iter().chain(task.who.clone()).collect();
        if !marks.is_empty() {
            body.push(Inline::Text(format!(" ({})", marks.join(", "))));
        }
        (task.done, vec![Block::Paragraph(body)])
    });
    let items: Vec<(Option<bool>, Vec<Block>)> = items.collect();
    let list = if items.iter().all(|(done, _)| done.is_none()) {
        Block::List { start: None, items: items.into_iter().map(|(_, item)| item).collect() }
    } else {
        Block::Checklist(
            items.into_iter().map(|(done, item)| (done.unwrap_or_default(), item)).collect(),
        )
    };
    let heading = Heading {
        level: level.min(6),
        id: None,
        numbered: false,
        number: None,
        body: vec![Inline::Text(outline.word("aufgaben").to_owned())],
    };
    vec![Block::Heading(heading), list]
}

/// Who took part, when, on which legal ground, and with which result.
pub(super) fn participation(programme: &Programme, outline: &OutlineRecord) -> Option<Block> {
    if programme.participation.is_empty() {
        return None;
    }
    let head = |key: &str| Cell { header: true, ..Cell::text(outline.word(key)) };
    let rows = programme.participation.iter().map(|entry| {
        let cell = |text: &Option<String>| Cell::text(text.clone().unwrap_or_default());
        Row {
            kind: RowKind::Body,
            cells: vec![
                Cell { header: true, ..Cell::text(entry.name.clone()) },
                cell(&entry.day),
                cell(&entry.law),
                cell(&entry.result),
            ],
        }
    });
    let column = |weight: u32| Column { align: Align::Left, weight };
    Some(Block::Table(Table {
        id: Some("beteiligungsnachweis".to_owned()),
        caption: vec![Inline::Text(outline.word("beteiligung").to_owned())],
        unnumbered: true,
        columns: vec![column(38), column(16), column(22), column(24)],
        head: vec![vec![head("gremium"), head("datum"), head("rechtsgrundlage"), head("ergebnis")]],
        rows: rows.collect(),
        ..Table::default()
    }))
}

/// The state of the programme between rules: as of when, and whether it is agreed.
pub(super) fn status(programme: &Programme, outline: &OutlineRecord) -> Block {
    let (year, month, day) = programme.date;
    let stand = format!("{} {day:02}.{month:02}.{year}", outline.word("stand"));
    let assembly = if programme.form == Some(Form::Municipal) {
        ""
    } else {
        outline.word("in_der_traegerversammlung")
    };
    let space = if assembly.is_empty() { "" } else { " " };
    let state = match &programme.agreement {
        Some(agreement) if agreement.agreed => {
            let day = agreement.day.as_ref();
            let day = day.map_or_else(String::new, |day| format!(" {} {day}", outline.word("am")));
            format!("{}{space}{assembly}{day}", outline.word("abgestimmt"))
        }
        Some(_) => outline.word("abstimmung_offen").to_owned(),
        None => String::new(),
    };
    let lines = [stand, state].into_iter().filter(|line| !line.is_empty());
    Block::Boxed {
        kind: BoxKind::Status,
        title: outline.word("status").to_owned(),
        body: lines.map(|line| Block::Paragraph(vec![Inline::Text(line)])).collect(),
    }
}

/// Where somebody signs.
pub(super) fn signature(signature: &Signature) -> Block {
    Block::Signature { place: signature.place.clone(), lines: signature.lines.clone() }
}
