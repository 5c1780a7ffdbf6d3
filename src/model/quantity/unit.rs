// SPDX-License-Identifier: EUPL-1.2
//! Units of the field: counts, money, percent, time; their German forms and their scales.

use rust_decimal::Decimal;

/// Thousands, millions, billions in front of a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scale {
    /// As such.
    One,
    /// `Tsd.`, `T€`
    Thousand,
    /// `Mio.`
    Million,
    /// `Mrd.`
    Billion,
}

impl Scale {
    /// The factor to base units.
    pub fn factor(self) -> Decimal {
        match self {
            Self::One => Decimal::ONE,
            Self::Thousand => Decimal::from(1_000),
            Self::Million => Decimal::from(1_000_000),
            Self::Billion => Decimal::from(1_000_000_000),
        }
    }

    /// The printed abbreviation, if there is one.
    pub fn abbreviation(self) -> Option<&'static str> {
        match self {
            Self::One => None,
            Self::Thousand => Some("Tsd."),
            Self::Million => Some("Mio."),
            Self::Billion => Some("Mrd."),
        }
    }
}

/// What is counted or measured.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum UnitName {
    /// Money.
    Euro,
    /// Percent.
    Percent,
    /// Percentage points.
    Points,
    /// Full-time equivalents (Vollzeitäquivalente), counted with decimals.
    FullTime,
    /// A counted thing, named by the plural.
    Count(String),
    /// Times, as in `2 x Jahr`.
    Times,
}

/// A unit, possibly per period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// What is measured.
    pub name: UnitName,
    /// `/ Monat`, `/ Jahr` …, the period's singular.
    pub per: Option<String>,
}

/// What can be added to each other.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Dimension {
    name: Option<UnitName>,
    per: Option<String>,
}

impl Dimension {
    /// Ratios such as `1:73`.
    pub fn ratio() -> Self {
        Self { name: Some(UnitName::Count("Verhältnis".to_owned())), per: None }
    }
}

impl Unit {
    /// A unit without a period.
    pub fn plain(name: UnitName) -> Self {
        Self { name, per: None }
    }

    /// Whether printed figures of this unit are rounded by nature.
    pub fn is_rounded(&self) -> bool {
        matches!(self.name, UnitName::Percent | UnitName::Points)
    }

    /// Whether the unit is printed beside each figure rather than in the head of a column.
    pub fn belongs_to_figure(&self) -> bool {
        matches!(self.name, UnitName::Euro | UnitName::Percent | UnitName::Points | UnitName::Times)
    }

    /// Factor to the base unit: years count as twelve months.
    pub fn factor(&self) -> Decimal {
        match &self.name {
            UnitName::Count(name) if name == "Jahre" => Decimal::from(12),
            _ => Decimal::ONE,
        }
    }

    /// What can be added to this unit.
    pub fn dimension(&self) -> Dimension {
        let name = match &self.name {
            UnitName::Count(name) if name == "Jahre" => UnitName::Count("Monate".to_owned()),
            name => name.clone(),
        };
        Dimension { name: Some(name), per: self.per.clone() }
    }
}

/// Forms of a counted thing. The first is the plural that is printed, the second the singular.
const COUNTS: &[&[&str]] = &[
    &["Eintritte", "Eintritt", "Eintritten"],
    &["Plätze", "Platz", "Plätzen", "Teilnahmeplätze", "Teilnahmeplätzen"],
    &["Förderfälle", "Förderfall", "Förderfällen"],
    &["Fälle", "Fall", "Fällen"],
    &["Gutscheine", "Gutschein", "Gutscheinen"],
    &["Förderungen", "Förderung"],
    &["Stellen", "Stelle"],
    &["Personen", "Person"],
    &["Teilnehmende", "Teilnehmenden", "Teilnehmer", "Teilnehmern", "TN"],
    &["Menschen", "Mensch"],
    &["Kundinnen und Kunden"],
    &["Bedarfsgemeinschaften", "Bedarfsgemeinschaft", "BG"],
    &["eLb", "ELB"],
    &["Jugendliche", "Jugendlichen"],
    &["Beschäftigte", "Beschäftigten"],
    &["Betriebe", "Betrieb", "Betrieben"],
    &["Teams", "Team"],
    &["Jahre", "Jahr", "Jahren"],
    &["Monate", "Monat", "Monaten"],
    &["Wochen", "Woche"],
    &["Tage", "Tag", "Tagen"],
    &["Stunden", "Stunde", "Stundenkontingente"],
    &["Integrationen", "Integration"],
    &["Länder", "Land", "Ländern"],
    &["Staaten", "Staat"],
    &["Tranchen", "Tranche"],
    &["Lose", "Los", "Losen"],
    &["Module", "Modul", "Modulen"],
    &["Projekte", "Projekt", "Projekten"],
    &["Termine", "Termin", "Terminen"],
    &["Einwohner", "Einwohnern", "Einwohnerinnen und Einwohner"],
];

/// Periods for `/ Monat` and `x Jahr`.
const PERIODS: &[&[&str]] = &[
    &["Jahr", "Jahre", "Jahren", "jährlich"],
    &["Monat", "Monate", "Monaten", "monatlich"],
    &["Woche", "Wochen", "wöchentlich"],
    &["Tag", "Tage", "Tagen", "täglich"],
    &["Stunde", "Stunden"],
    &["Platz"],
    &["Eintritt"],
    &["Person"],
    &["Teilnehmer", "TN"],
];

/// The known units: those of the field and those a programme adds.
#[derive(Debug, Clone, Default)]
pub struct Units {
    own: Vec<String>,
}

impl Units {
    /// The field's units and the ones a programme declares (as plurals).
    pub fn with(own: impl IntoIterator<Item = String>) -> Self {
        Self { own: own.into_iter().collect() }
    }

    /// Finds a unit by any of its printed forms.
    pub fn find(&self, text: &str) -> Option<UnitName> {
        match text {
            "€" | "EUR" | "Euro" => return Some(UnitName::Euro),
            "%" | "Prozent" | "v. H." | "v.H." => return Some(UnitName::Percent),
            "Prozentpunkte" | "Prozentpunkten" | "Prozentpunkt" | "%-Punkte" | "Punkte" | "PP" => {
                return Some(UnitName::Points);
            }
            "VZÄ" | "Vollzeitäquivalente" => return Some(UnitName::FullTime),
            "x" | "mal" | "Mal" | "×" => return Some(UnitName::Times),
            _ => {}
        }
        COUNTS
            .iter()
            .find(|forms| forms.contains(&text))
            .map(|forms| UnitName::Count(forms[0].to_owned()))
            .or_else(|| {
                self.own.iter().find(|own| *own == text).map(|own| UnitName::Count(own.clone()))
            })
    }

    /// Finds a period by any of its printed forms.
    pub fn period(&self, text: &str) -> Option<String> {
        PERIODS.iter().find(|forms| forms.contains(&text)).map(|forms| forms[0].to_owned())
    }

    /// All forms, for "Meinten Sie …?".
    pub fn forms(&self) -> impl Iterator<Item = &str> {
        ["€", "Mio. €", "%", "Prozentpunkte", "VZÄ"]
            .into_iter()
            .chain(COUNTS.iter().flat_map(|forms| forms.iter().copied()))
            .chain(self.own.iter().map(String::as_str))
    }
}

/// The printed form of a counted thing: singular for one, plural otherwise.
pub(super) fn counted(plural: &str, one: bool) -> &str {
    if !one {
        return plural;
    }
    COUNTS
        .iter()
        .find(|forms| forms[0] == plural)
        .and_then(|forms| forms.get(1))
        .copied()
        .filter(|singular| {
            !matches!(plural, "Beschäftigte" | "Jugendliche" | "Teilnehmende")
                && !singular.is_empty()
        })
        .unwrap_or(plural)
}
