// SPDX-License-Identifier: EUPL-1.2
//! Fields of action, strategies, tasks and lists.

use crate::diag::Finding;
use crate::model::decode::{self, Decode, Entries, Flag, Id};
use crate::model::visibility::Visibility;
use crate::model::yaml::{Kind, Node, Text};
use crate::record;

record! {
    /// A field of action.
    FieldRecord, "Ein Handlungsfeld" {
        /// Id.
        "id" id: required Id,
        /// Title of its section.
        "titel" title: required Text,
        /// Title in the overview of strategies.
        "titel_uebersicht" overview_title: optional Text,
        /// The goal.
        "ziel" goal: optional Text,
        /// Name of its text.
        "text" text: optional Text,
        /// Strategies in order.
        "strategien" strategies: default Vec<StrategyRecord>,
        /// What is to be done.
        "aufgaben" tasks: default Vec<Task>,
        /// Ids of the fields it continues from the year before.
        "vorgaenger" predecessors: default Vec<Id>,
        /// Whether it may be published.
        "intern" visibility: default_filled Visibility,
        /// A note to colleagues that is never printed.
        "notiz" remark: optional Text,
    }
}

record! {
    /// A task with day and person in charge.
    TaskRecord, "Eine Aufgabe" {
        /// Text.
        "text" text: required Text,
        /// By when.
        "bis" until: optional Text,
        /// Who is in charge.
        "wer" who: optional Text,
        /// Whether it is done.
        "erledigt" done: optional Flag,
        /// Whether it may be published.
        "intern" visibility: default_filled Visibility,
        /// A note to colleagues that is never printed.
        "notiz" remark: optional Text,
    }
}

/// A task of a field of action.
#[derive(Debug, Clone)]
pub struct Task {
    /// Text.
    pub text: Text,
    /// By when.
    pub until: Option<Text>,
    /// Who is in charge.
    pub who: Option<Text>,
    /// Whether it is done.
    pub done: bool,
    /// Whether it may be published.
    pub visibility: Visibility,
    /// A note to colleagues.
    pub remark: Option<Text>,
}

impl Decode for Task {
    const EXPECTED: &'static str = "ein Text oder ein Block mit „text“";

    fn decode(node: &Node, findings: &mut Vec<Finding>) -> Option<Self> {
        match &node.kind {
            Kind::Map(_) => {
                let record = TaskRecord::decode(node, findings)?;
                let TaskRecord { text, until, who, done, visibility, remark, .. } = record;
                let done = done.is_some_and(|flag| flag.0);
                Some(Self { text, until, who, done, visibility, remark })
            }
            _ => {
                let text = Text::decode(node, findings)?;
                let visibility = Visibility::Unmarked;
                Some(Self { text, until: None, who: None, done: false, visibility, remark: None })
            }
        }
    }
}

record! {
    /// A strategy.
    StrategyRecord, "Eine Strategie" {
        /// Id within its field.
        "id" id: required Id,
        /// Title.
        "titel" title: required Text,
        /// What changed against the year before, printed in italics.
        "geaendert" changed: optional Changed,
        /// How its own section differs.
        "abschnitt" section: optional StrategySectionRecord,
        /// Steps.
        "schritte" steps: default Vec<Step>,
        /// Ids of the strategies it continues from the year before.
        "vorgaenger" predecessors: default Vec<Id>,
        /// Whether it may be published.
        "intern" visibility: default_filled Visibility,
        /// A note to colleagues that is never printed.
        "notiz" remark: optional Text,
    }
}

record! {
    /// How the section of a strategy differs from the overview.
    StrategySectionRecord, "Ein Strategieabschnitt" {
        /// Heading of the section.
        "titel" title: optional Text,
        /// How its table of steps differs.
        "tabelle" table: optional StepTableRecord,
    }
}

record! {
    /// How the table of steps of a strategy differs.
    StepTableRecord, "Eine Schrittetabelle" {
        /// Title of the strategy in the table.
        "titel" title: optional Text,
        /// Whether it stands in italics there.
        "kursiv" italic: optional Flag,
    }
}

record! {
    /// A list.
    ListRecord, "Eine Liste" {
        /// Id.
        "id" id: required Id,
        /// Title above.
        "titel" title: optional Text,
        /// Conclusion below.
        "fazit" conclusion: optional Text,
        /// What the signs mean.
        "legende" legend: default Entries<Text>,
        /// Items.
        "eintraege" items: default Vec<Item>,
        /// Whether it may be published.
        "intern" visibility: default_filled Visibility,
        /// A note to colleagues that is never printed.
        "notiz" remark: optional Text,
    }
}

/// What changed in a title.
#[derive(Debug, Clone)]
pub enum Changed {
    /// All of it, or nothing.
    Whole(bool),
    /// These words.
    Words(Vec<Text>),
}

impl Decode for Changed {
    const EXPECTED: &'static str = "„ja“, „nein“ oder eine Liste von Wörtern";

    fn decode(node: &Node, findings: &mut Vec<Finding>) -> Option<Self> {
        match &node.kind {
            Kind::List(_) => Vec::decode(node, findings).map(Self::Words),
            Kind::Scalar(_) => Flag::decode(node, findings).map(|flag| Self::Whole(flag.0)),
            _ => {
                decode::mismatch(node, Self::EXPECTED, findings);
                None
            }
        }
    }
}

/// A step of a strategy.
#[derive(Debug, Clone)]
pub struct Step {
    /// Its text.
    pub text: Option<Text>,
    /// Points below it.
    pub points: Vec<Text>,
}

record! {
    /// A step with points below it.
    StepRecord, "Ein Schritt" {
        /// The text.
        "text" text: optional Text,
        /// The points.
        "unterpunkte" points: default Vec<Text>,
    }
}

impl Decode for Step {
    const EXPECTED: &'static str = "ein Text oder ein Block mit „text“ und „unterpunkte“";

    fn decode(node: &Node, findings: &mut Vec<Finding>) -> Option<Self> {
        match &node.kind {
            Kind::Map(_) => {
                let step = StepRecord::decode(node, findings)?;
                Some(Self { text: step.text, points: step.points })
            }
            _ => {
                let text = Text::decode(node, findings)?;
                Some(Self { text: Some(text), points: Vec::new() })
            }
        }
    }
}

/// An item of a list.
#[derive(Debug, Clone)]
pub struct Item {
    /// Its text.
    pub text: Text,
    /// Its rating.
    pub rating: Option<Text>,
    /// Its id.
    pub id: Option<Id>,
    /// The section, field or strategy that keeps what it promises.
    pub section: Option<Text>,
    /// Whether it may be published.
    pub visibility: Visibility,
}

record! {
    /// An item of a list with id or rating.
    ItemRecord, "Ein Listeneintrag" {
        /// Id.
        "id" id: optional Id,
        /// Text.
        "text" text: required Text,
        /// Rating sign.
        "bewertung" rating: optional Text,
        /// Section, field of action or strategy in which the item is described.
        "abschnitt" section: optional Text,
        /// Whether it may be published.
        "intern" visibility: default_filled Visibility,
    }
}

impl Decode for Item {
    const EXPECTED: &'static str = "ein Text oder ein Block mit „text“";

    fn decode(node: &Node, findings: &mut Vec<Finding>) -> Option<Self> {
        match &node.kind {
            Kind::Map(_) => {
                let item = ItemRecord::decode(node, findings)?;
                let ItemRecord { text, rating, id, section, visibility, .. } = item;
                Some(Self { text, rating, id, section, visibility })
            }
            _ => {
                let text = Text::decode(node, findings)?;
                let visibility = Visibility::Unmarked;
                Some(Self { text, rating: None, id: None, section: None, visibility })
            }
        }
    }
}
