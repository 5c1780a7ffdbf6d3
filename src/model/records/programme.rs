// SPDX-License-Identifier: EUPL-1.2
//! What stands on the cover and rules the whole programme: sections, numbering, theme.

use crate::diag::Finding;
use crate::model::decode::{self, Decode, Entries, Flag, Id, Whole};
use crate::model::visibility::Visibility;
use crate::model::yaml::{Kind, Node, Text};
use crate::record;

record! {
    /// What stands on the cover and rules the whole programme.
    ProgrammeRecord, "Das Programm" {
        /// Id of the programme, usually place and year.
        "id" id: required Id,
        /// Name of the Jobcenter.
        "jobcenter" jobcenter: required Text,
        /// `gE` (gemeinsame Einrichtung) or `zkT` (zugelassener kommunaler Träger), § 44b and § 6a SGB II.
        "traegerform" form: optional Text,
        /// The year it is for.
        "jahr" year: required Whole,
        /// Folder of the programme of the year before, relative to this programme's.
        "vorjahr" earlier: optional Text,
        /// Title.
        "titel" title: required Text,
        /// Second line of the title.
        "untertitel" subtitle: optional Text,
        /// Motto.
        "leitspruch" motto: optional Text,
        /// Name of the outline.
        "gliederung" outline: optional Text,
        /// Date of the document.
        "stand" date: required Text,
        /// Whether what was stated is printed instead of what is computed.
        "reproduktion" reproduction: optional Flag,
        /// Reference number.
        "geschaeftszeichen" reference: optional Text,
        /// Mark on the cover and on every page, such as `INTERN`.
        "vermerk" mark: optional Text,
        /// What stands on the cover in the place of the date.
        "datumszeile" date_line: optional Text,
        /// How far the programme is agreed.
        "abstimmung" agreement: optional AgreementRecord,
        /// Further units, as plurals.
        "einheiten" units: default Vec<Text>,
        /// Fixed words in the place of those of the outline.
        "worte" words: default Entries<Text>,
        /// What is counted how.
        "nummerierung" numbering: optional NumberingRecord,
        /// The table of contents.
        "inhaltsverzeichnis" contents: optional ContentsRecord,
        /// Which abbreviations are listed: `vorkommende` or `alle`.
        "abkuerzungsverzeichnis" glossary: optional Text,
        /// Weights of rules: `fehler`, `warnung` or `hinweis`.
        "regeln" weights: default Entries<Text>,
        /// Figures that rules of law ask for, by their paths.
        "eckwerte" key_amounts: default Entries<Text>,
        /// Sections that are renamed, left out, moved or added.
        "abschnitte" sections: default Entries<SectionRecord>,
        /// What holds for the public version.
        "veroeffentlichung" publication: optional PublicationRecord,
    }
}

record! {
    /// What holds for the public version.
    PublicationRecord, "Die Veröffentlichung" {
        /// Counts of persons below this are secret; 3 unless stated.
        "mindestfallzahl" threshold: optional Whole,
        /// What is printed in the place of a secret figure; `*` unless stated.
        "zeichen" sign: optional Text,
        /// Licence of the data, such as `dl-de/by-2-0`.
        "lizenz" licence: optional Text,
        /// Where barriers can be reported.
        "kontakt" contact: optional Text,
    }
}

record! {
    /// How far the programme is agreed, § 44c Abs. 6 SGB II.
    AgreementRecord, "Die Abstimmung" {
        /// `entwurf` or `abgestimmt`.
        "zustand" state: required Text,
        /// The day.
        "am" day: optional Text,
    }
}

record! {
    /// What is counted how.
    NumberingRecord, "Die Nummerierung" {
        /// Whether tables and pictures share one counter.
        "gemeinsam" shared: optional Flag,
        /// Whether sections of strategies are numbered.
        "strategieabschnitte" strategy_sections: optional Flag,
        /// Whether overviews and tables of steps bear caption and number.
        "strategietabellen" strategy_tables: optional Flag,
    }
}

record! {
    /// The table of contents.
    ContentsRecord, "Das Inhaltsverzeichnis" {
        /// Deepest level of headings.
        "ebenen" depth: optional Whole,
        /// Whether it names pages.
        "seiten" pages: optional Flag,
    }
}

record! {
    /// A change to a section of the outline, or a section of one's own.
    SectionRecord, "Ein Abschnitt" {
        /// The title, or another one.
        "titel" title: optional Text,
        /// Left out.
        "aus" off: optional Flag,
        /// Stands behind this section.
        "nach" after: optional Text,
        /// Stands before this section.
        "vor" before: optional Text,
        /// Is the last one below this section.
        "unter" below: optional Text,
        /// Name of the text of a section of one's own.
        "text" text: optional Text,
        /// Whether it is numbered, or the number that was printed.
        "nummer" number: optional NumberMark,
        /// Whether it may be published.
        "intern" visibility: default_filled Visibility,
    }
}

record! {
    /// Colours, fonts and logo.
    ThemeRecord, "Das Thema" {
        /// Main colour.
        "akzent" accent: filled Text,
        /// Text.
        "schriftfarbe" text: filled Text,
        /// Secondary text.
        "grau" grey: filled Text,
        /// Mark of a draft.
        "warnung" warning: filled Text,
        /// Ground of boxes and table heads.
        "flaeche" ground: filled Text,
        /// Fine lines.
        "haarlinie" hairline: filled Text,
        /// Font of the text.
        "schrift" font: filled Text,
        /// Font of the headings.
        "schrift_ueberschriften" heading_font: filled Text,
        /// Font files, relative to the programme's folder.
        "schriften" font_files: default Vec<Text>,
        /// Logo on the cover.
        "logo" logo: optional LogoRecord,
    }
}

record! {
    /// The logo on the cover.
    LogoRecord, "Das Logo" {
        /// Image file, relative to the programme's folder.
        "datei" file: required Text,
        /// What is seen.
        "alternativtext" alt: required Text,
        /// Height in millimetres.
        "hoehe" height: optional Text,
    }
}

/// Whether something is numbered: `nein`, or what was printed where the number is generated.
#[derive(Debug, Clone)]
pub enum NumberMark {
    /// With or without a number.
    Shown(bool),
    /// The number that was printed.
    Stated(StatedNumber),
}

record! {
    /// A number that was printed.
    StatedNumber, "Eine gedruckte Nummer" {
        /// As printed.
        "angegeben" text: required Text,
        /// The reason with which a deviation is acknowledged.
        "anerkannt" acknowledged: optional Text,
    }
}

impl Decode for NumberMark {
    const EXPECTED: &'static str = "„ja“, „nein“ oder ein Block mit „angegeben“";

    fn decode(node: &Node, findings: &mut Vec<Finding>) -> Option<Self> {
        match &node.kind {
            Kind::Map(_) => StatedNumber::decode(node, findings).map(Self::Stated),
            Kind::Scalar(text) if matches!(text.as_str(), "ja" | "nein") => {
                Some(Self::Shown(text == "ja"))
            }
            _ => {
                decode::mismatch(node, Self::EXPECTED, findings);
                None
            }
        }
    }
}
