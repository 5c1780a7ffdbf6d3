// SPDX-License-Identifier: EUPL-1.2
//! The shapes of the data files, exactly as `docs/format.md` describes them.
//!
//! Not here: what figures mean and whether ids exist; that is found out when a programme is built
//! from these records.

mod checks;
mod fields;
mod figures;
mod notes;
mod pictures;
mod programme;
mod tables;

pub use checks::{AcknowledgementRecord, LimitRecord};
pub use fields::{
    Changed, FieldRecord, Item, ItemRecord, ListRecord, Step, StepRecord, StepTableRecord,
    StrategyRecord, StrategySectionRecord, Task, TaskRecord,
};
pub use figures::{Entry, MeasureRecord, PartRecord, PlaceRecord, Stated, ValueRecord};
pub use notes::{
    AbbreviationRecord, FootnoteRecord, ParticipationRecord, SignatureRecord, SignerRecord,
};
pub use pictures::{ArrowRecord, CategoryRecord, NodeRecord, PictureRecord};
pub use programme::{
    AgreementRecord, ContentsRecord, LogoRecord, NumberMark, NumberingRecord, ProgrammeRecord,
    PublicationRecord, SectionRecord, StatedNumber, ThemeRecord,
};
pub use tables::{ColumnRecord, Lines, RowRecord, TableRecord};

use crate::record;

record! {
    /// Everything a file may contain at its top level.
    File, "Eine Datei" {
        /// The programme itself.
        "programm" programme: optional ProgrammeRecord,
        /// Single figures.
        "werte" values: default Vec<ValueRecord>,
        /// Measures and instruments.
        "massnahmen" measures: default Vec<MeasureRecord>,
        /// Fields of action.
        "handlungsfelder" fields: default Vec<FieldRecord>,
        /// Tables.
        "tabellen" tables: default Vec<TableRecord>,
        /// Lists.
        "listen" lists: default Vec<ListRecord>,
        /// Diagrams and pictures.
        "schaubilder" pictures: default Vec<PictureRecord>,
        /// Abbreviations.
        "abkuerzungen" abbreviations: default Vec<AbbreviationRecord>,
        /// Footnotes that headings, captions or several texts mention.
        "fussnoten" footnotes: default Vec<FootnoteRecord>,
        /// Who took part in drawing up the programme.
        "beteiligung" participation: default Vec<ParticipationRecord>,
        /// Blocks to sign.
        "unterschriften" signatures: default Vec<SignatureRecord>,
        /// Limits, and figures that must be the same.
        "pruefungen" limits: default Vec<LimitRecord>,
        /// Findings that may stay.
        "anerkennungen" acknowledgements: default Vec<AcknowledgementRecord>,
        /// Colours, fonts and logo.
        "thema" theme: optional ThemeRecord,
    }
}
