// SPDX-License-Identifier: EUPL-1.2
//! Reading German print notation.

use rust_decimal::Decimal;

use super::{Number, Qualifier, Quantity, Scale, Standing, Unit, UnitName, Units, Value, words};
use crate::diag::did_you_mean;

/// Why a text is not a quantity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ParseError {
    /// Nothing stands there.
    Empty,
    /// `39.53`: a dot where a comma belongs. Carries the probable meaning.
    DecimalPoint(String),
    /// `1,800.50`: English notation. Carries the probable meaning.
    English(String),
    /// `61,208,40`: commas and dots that can be meant in several ways.
    Mixed,
    /// `#BEZUG!`: what a spreadsheet shows where a formula has failed.
    Spreadsheet,
    /// `werte.globalbudget`: the path of a figure without the equals sign before it.
    Path,
    /// `12.34.567`: dots that do not separate thousands.
    Grouping(String),
    /// `17.12.2015`
    Date,
    /// The unit is unknown. Carries the unit and "Meinten Sie …?".
    UnknownUnit(String, Option<String>),
    /// More digits than an exact figure of this field can have.
    TooLarge,
    /// `150 bis 60`
    Reversed,
    /// `9.84O.000`: a letter where a digit belongs. Carries the probable meaning.
    Letter(String),
    /// Neither a quantity nor a reason.
    Unreadable,
}

impl ParseError {
    /// One German sentence.
    pub fn message(&self, text: &str) -> String {
        match self {
            Self::Empty => "Hier fehlt eine Zahl.".to_owned(),
            Self::DecimalPoint(_) => format!(
                "„{text}“ ist nicht eindeutig: Der Punkt trennt Tausender, Nachkommastellen stehen hinter einem Komma."
            ),
            Self::English(_) => {
                format!("„{text}“ ist in englischer Schreibweise geschrieben.")
            }
            Self::Mixed => format!("In „{text}“ sind Punkt und Komma nicht eindeutig."),
            Self::Grouping(number) => {
                format!("In „{number}“ stehen die Tausenderpunkte nicht in Dreiergruppen.")
            }
            Self::Date => format!("„{text}“ ist ein Datum, keine Zahl."),
            Self::UnknownUnit(unit, _) => format!("Die Einheit „{unit}“ ist nicht bekannt."),
            Self::TooLarge => format!("„{text}“ hat mehr Stellen, als amip genau rechnen kann."),
            Self::Reversed => {
                format!("In der Spanne „{text}“ ist der erste Wert größer als der zweite.")
            }
            Self::Spreadsheet => format!("„{text}“ ist eine Fehlermeldung aus Excel, keine Zahl."),
            Self::Path => format!("„{text}“ ist der Name einer Zahl, keine Zahl."),
            Self::Letter(_) => format!("In „{text}“ steht ein Buchstabe in einer Zahl."),
            Self::Unreadable => format!("„{text}“ ist keine Zahl, die amip lesen kann."),
        }
    }

    /// What to do, one German sentence.
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::Empty => Some(
                "Tragen Sie die Zahl ein; ist sie noch nicht bekannt, schreiben Sie „offen“.".to_owned(),
            ),
            Self::DecimalPoint(meant) | Self::English(meant) | Self::Letter(meant) => {
                Some(format!("Schreiben Sie „{meant}“."))
            }
            Self::Mixed => Some("Punkte trennen Tausender, ein Komma trennt die Dezimalstellen: 61.208,40.".to_owned()),
            Self::Grouping(_) => {
                Some("Schreiben Sie die Zahl ohne Punkte oder mit Punkten nach je drei Stellen.".to_owned())
            }
            Self::UnknownUnit(_, meant) => Some(meant.clone().unwrap_or_else(|| {
                "Üblich sind Eintritte, Plätze, Förderfälle, VZÄ, €, Mio. €, %; weitere nennt programm.yaml unter „einheiten: [Stück]“.".to_owned()
            })),
            Self::Spreadsheet => Some("Berichtigen Sie die Formel in Excel, und übernehmen Sie den Wert; ist er noch nicht bekannt, schreiben Sie „offen“.".to_owned()),
            Self::Path => Some("Soll der Wert von dort kommen, beginnt die Angabe mit „=“, zum Beispiel \"= werte.globalbudget\".".to_owned()),
            Self::Date => Some("Daten stehen unter „stand:“ oder in einer Textspalte.".to_owned()),
            Self::TooLarge => Some("Nehmen Sie eine größere Einheit, zum Beispiel Mio. €.".to_owned()),
            Self::Reversed => Some("Tauschen Sie die beiden Werte.".to_owned()),
            Self::Unreadable => Some(
                "Beispiele: 1.800 · 39,53 Mio. € · rd. 2.500 · 60 bis 150 · 25 (bis 30) · offen · ESF-Mittel".to_owned(),
            ),
        }
    }
}

/// Most words of a figure in running text.
const LONGEST: usize = 10;

/// Longest number, in digits, that is calculated exactly in every scale.
const MAX_DIGITS: usize = 15;

/// Spellings of each qualifier; longer ones first where one begins another.
const QUALIFIERS: &[(&str, Qualifier)] = &[
    ("rd.", Qualifier::Rounded),
    ("rd", Qualifier::Rounded),
    ("rund", Qualifier::Rounded),
    ("circa", Qualifier::Circa),
    ("zirka", Qualifier::Circa),
    ("cirka", Qualifier::Circa),
    ("ca.", Qualifier::Circa),
    ("ca", Qualifier::Circa),
    ("etwa", Qualifier::About),
    ("ungefähr", Qualifier::About),
    ("knapp", Qualifier::AlmostUp),
    ("fast", Qualifier::AlmostUp),
    ("gut", Qualifier::JustOver),
    ("nicht mehr als", Qualifier::AtMost),
    ("nicht weniger als", Qualifier::AtLeast),
    ("länger als", Qualifier::MoreThan),
    ("kürzer als", Qualifier::Under),
    ("nahezu", Qualifier::AlmostUp),
    ("annähernd", Qualifier::AlmostUp),
    ("allenfalls", Qualifier::AtMost),
    ("mehr als", Qualifier::MoreThan),
    ("über", Qualifier::Over),
    ("weniger als", Qualifier::Under),
    ("unter", Qualifier::Under),
    ("bis zu", Qualifier::UpTo),
    ("bis", Qualifier::UpTo),
    ("maximal", Qualifier::AtMost),
    ("max.", Qualifier::AtMost),
    ("max", Qualifier::AtMost),
    ("höchstens", Qualifier::AtMost),
    ("mindestens", Qualifier::AtLeast),
    ("mind.", Qualifier::AtLeast),
    ("min.", Qualifier::AtLeast),
    ("wenigstens", Qualifier::AtLeast),
    ("ab", Qualifier::AtLeast),
];

/// Reads a quantity.
///
/// # Errors
///
/// Says what is wrong with the notation; a text that cannot be meant as a number is a
/// [reason](Value::Reason), not an error.
pub fn parse(text: &str, units: &Units) -> Result<Quantity, ParseError> {
    let text = normalise(text);
    Parser { units, hints: true }.quantity(&text).map_err(|error| match error {
        error if let Some(digits) = with_digits(&text) => {
            let readable = Parser { units, hints: false }.quantity(&digits).is_ok();
            if readable { ParseError::Letter(digits) } else { error }
        }
        // The way out repeats the whole entry, with its unit.
        ParseError::DecimalPoint(number) => ParseError::DecimalPoint(replace_number(
            &text,
            &number,
            |c| if c == ',' { '.' } else { c },
        )),
        ParseError::English(number) => ParseError::English(replace_number(&text, &number, swapped)),
        error => error,
    })
}

/// The text with noughts and ones for the letters that look like them, if such letters stand in numbers.
fn with_digits(text: &str) -> Option<String> {
    let letters: Vec<char> = text.chars().collect();
    let in_number = |at: usize| {
        let near = |at: Option<usize>| at.and_then(|at| letters.get(at));
        let digit = |c: Option<&char>| c.is_some_and(char::is_ascii_digit);
        let part =
            |c: Option<&char>| c.is_some_and(|c| matches!(c, '0'..='9' | '.' | ',' | 'O' | 'o'));
        let (before, behind) = (near(at.checked_sub(1)), near(Some(at + 1)));
        digit(before) && part(behind) || part(before) && digit(behind)
    };
    let digit = |(at, letter): (usize, &char)| match letter {
        'O' | 'o' if in_number(at) => '0',
        'l' | 'I' if in_number(at) => '1',
        other => *other,
    };
    let out: String = letters.iter().enumerate().map(digit).collect();
    (out != text).then_some(out)
}

/// Point for comma and comma for point.
fn swapped(c: char) -> char {
    match c {
        ',' => '.',
        '.' => ',',
        c => c,
    }
}

/// The whole text with one number corrected; `wrong` gives back what was written for it.
fn replace_number(text: &str, right: &str, wrong: impl Fn(char) -> char) -> String {
    let written: String = right.chars().map(wrong).collect();
    text.replacen(&written, right, 1).replace('%', " %").replace("  %", " %")
}

/// Reads a quantity where many texts are tried and most are none; nobody asks why.
pub fn try_parse(text: &str, units: &Units) -> Option<Quantity> {
    Parser { units, hints: false }.quantity(&normalise(text)).ok()
}

/// Reads a quantity whose column implies scale and unit.
///
/// # Errors
///
/// As [`parse`].
pub fn parse_as(
    text: &str,
    units: &Units,
    scale: Scale,
    unit: Option<&Unit>,
) -> Result<Quantity, ParseError> {
    let mut quantity = parse(text, units)?;
    if quantity.unit.is_none() && quantity.scale == Scale::One && quantity.is_number() {
        let plain = !matches!(quantity.value, Value::Ratio(..));
        if plain {
            quantity.scale = scale;
            quantity.unit = unit.cloned();
        }
    }
    Ok(quantity)
}

impl Units {
    /// Reads a unit as it stands in the head of a column: `Eintritte`, `Mio. €`, `€ / Monat`.
    ///
    /// # Errors
    ///
    /// If the unit is unknown.
    pub fn unit(&self, text: &str) -> Result<(Scale, Option<Unit>), ParseError> {
        Parser { units: self, hints: true }.scale_and_unit(&normalise(text))
    }
}

/// Makes texts pasted from Word and web pages uniform: spaces, minus signs, soft hyphens.
fn normalise(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\u{ad}' | '\u{200b}' | '\u{feff}' => {}
            '−' | '–' | '—' | '\u{2010}' | '\u{2011}' => out.push('-'),
            c if c.is_whitespace() => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            c => out.push(c),
        }
    }
    join_signs(out.trim())
}

/// `- 320` and `+ 1,1 %` without the blank; in `655 - 660` the stroke is no sign.
fn join_signs(text: &str) -> String {
    let words: Vec<&str> = text.split(' ').collect();
    let mut out = String::with_capacity(text.len());
    for (at, word) in words.iter().enumerate() {
        let sign = at > 0 && matches!(words[at - 1].trim_start_matches('('), "-" | "+");
        let number = word.starts_with(|c: char| c.is_ascii_digit());
        let range = at > 1
            && words[at - 2].ends_with(|c: char| c.is_ascii_digit() || matches!(c, '%' | '€'));
        if at > 0 && !(sign && number && !range) {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

struct Parser<'a> {
    units: &'a Units,
    /// Whether an unknown unit is looked up for "Meinten Sie …?", which takes time.
    hints: bool,
}

impl Parser<'_> {
    fn quantity(&self, text: &str) -> Result<Quantity, ParseError> {
        match text {
            "" => return Err(ParseError::Empty),
            _ if is_open(text) => return Ok(Quantity::new(Value::Open)),
            _ if is_spreadsheet_error(text) => return Err(ParseError::Spreadsheet),
            "*" => return Ok(Quantity::new(Value::Suppressed)),
            "./." => return Ok(Quantity::new(Value::Nothing)),
            "-" => return Ok(Quantity::new(Value::Dash)),
            _ => {}
        }
        if let Some(inner) = text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'))
            && !inner.contains('(')
        {
            let mut quantity = self.quantity(inner.trim())?;
            quantity.standing = Standing::Parenthesised;
            return Ok(quantity);
        }
        let stars = text.chars().rev().take_while(|c| *c == '*').count();
        if stars > 0 {
            let mut quantity = self.quantity(text[..text.len() - stars].trim())?;
            // A star in front of or behind parentheses does not make the figure count.
            if quantity.standing == Standing::Counts {
                quantity.standing = Standing::Starred(u8::try_from(stars).unwrap_or(u8::MAX));
            }
            return Ok(quantity);
        }
        if let Some((before, inner)) = trailing_parentheses(text)
            && starts_like_number(before)
        {
            return self.with_parentheses(before, inner);
        }
        self.plain(text)
    }

    fn with_parentheses(&self, before: &str, inner: &str) -> Result<Quantity, ParseError> {
        let mut quantity = self.plain(before)?;
        if let Some(most) = inner.strip_prefix("bis ")
            && let Value::Number(number) = quantity.value
            && let Some((length, Ok(most_number))) = scan_number(most)
            && length == most.len()
        {
            if most_number.value < number.value {
                return Err(ParseError::Reversed);
            }
            quantity.value = Value::UpTo(number, most_number);
        } else if let Some(most) = inner.strip_prefix("bis ")
            && let Value::Number(number) = quantity.value
            && let Ok(Some(most)) = self.number(most)
            && let Value::Number(most_number) = most.value
            && most.scale == quantity.scale
            && most.unit == quantity.unit
        {
            if most_number.value < number.value {
                return Err(ParseError::Reversed);
            }
            quantity.value = Value::UpTo(number, most_number);
        } else if let Some(row) =
            inner.strip_prefix("in ").and_then(|rest| rest.strip_suffix(" enthalten"))
        {
            quantity.standing = Standing::ContainedIn(row.to_owned());
        } else {
            quantity.remark = Some(inner.to_owned());
        }
        Ok(quantity)
    }

    /// A quantity without parentheses and stars, or a reason.
    fn plain(&self, text: &str) -> Result<Quantity, ParseError> {
        let (qualifier, rest) = strip_qualifier(text);
        match (self.number(rest), addition(rest)) {
            (Ok(Some(found)), _) => return Ok(Quantity { qualifier, ..found }),
            (Err(ParseError::UnknownUnit(..)), Some((number, words))) => {
                if let Some(found) = self.number(number)? {
                    let addition = Some(words.to_owned());
                    return Ok(Quantity { qualifier, addition, ..found });
                }
            }
            (Err(error), _) => return Err(error),
            (Ok(None), _) => {}
        }
        if let Some(found) = self.words(rest) {
            return Ok(Quantity { qualifier, ..found });
        }
        if is_path(text) {
            return Err(ParseError::Path);
        }
        if is_reason(text) {
            return Ok(Quantity::new(Value::Reason(text.to_owned())));
        }
        Err(ParseError::Unreadable)
    }

    /// A number in digits with scale and unit; `None` if the text does not begin with digits.
    fn number(&self, text: &str) -> Result<Option<Quantity>, ParseError> {
        let Some((length, first)) = scan_number(text) else {
            return Ok(None);
        };
        let (first, rest) = (first?, &text[length..]);
        if let Some(after) = rest.strip_prefix(':')
            && let Some((length, Ok(second))) = scan_number(after)
            && length == after.len()
        {
            return Ok(Some(Quantity::new(Value::Ratio(first, second))));
        }
        let (value, rest) = match range_end(rest).or_else(|| repeated_unit(rest)) {
            Some((second, rest)) => {
                let second = second?;
                if second.value < first.value {
                    return Err(ParseError::Reversed);
                }
                (Value::Range(first, second), rest)
            }
            None => (Value::Number(first), rest),
        };
        let (scale, unit) = self.scale_and_unit(rest.trim())?;
        if first.value.checked_mul(scale.factor()).is_none() {
            return Err(ParseError::TooLarge);
        }
        Ok(Some(Quantity { scale, unit, ..Quantity::new(value) }))
    }

    /// A number written as a word; `None` if the text does not begin with one.
    fn words(&self, text: &str) -> Option<Quantity> {
        let parts: Vec<&str> = text.split(' ').collect();
        if let Some((fraction, used)) = words::fraction(&parts) {
            return (used == parts.len()).then(|| Quantity::new(fraction));
        }
        if let [word] = parts[..]
            && let Some(value) = words::factor(word)
        {
            return Some(Quantity::new(value));
        }
        let number = parts.first().and_then(|word| words::number(word))?;
        // "eine Maßnahme je Quartal" is a reason, not a number with an unknown unit.
        let (scale, unit) = self.scale_and_unit(&parts[1..].join(" ")).ok()?;
        Some(Quantity { scale, unit, ..Quantity::new(Value::Word(number)) })
    }

    fn scale_and_unit(&self, text: &str) -> Result<(Scale, Option<Unit>), ParseError> {
        let (scale, rest) = strip_scale(text);
        if rest.is_empty() {
            return Ok((scale, None));
        }
        let (name, per) = split_period(rest);
        if let Some(unit) = self.units.find(name) {
            let per = match per {
                None => None,
                Some(per) => Some(self.period(per)?),
            };
            return Ok((scale, Some(Unit { name: unit, per })));
        }
        if let Some(period) = rest.strip_prefix("x ").or_else(|| rest.strip_prefix("mal ")) {
            let period = period.trim_start_matches("im ").trim_start_matches("pro ");
            let per = Some(self.period(period)?);
            return Ok((scale, Some(Unit { name: UnitName::Times, per })));
        }
        let looked_up = self.hints && name.chars().count() > 2;
        let meant = looked_up.then(|| did_you_mean(name, self.units.forms())).flatten();
        let meant = match name {
            "O" | "o" => Some("Steht dort der Buchstabe „O“ statt der Null?".to_owned()),
            "l" | "I" => Some("Steht dort ein Buchstabe statt der Eins?".to_owned()),
            _ => meant,
        };
        Err(ParseError::UnknownUnit(name.to_owned(), meant))
    }

    fn period(&self, text: &str) -> Result<String, ParseError> {
        if text.starts_with(|c: char| c.is_ascii_digit()) {
            return Ok(text.to_owned());
        }
        self.units.period(text).ok_or_else(|| ParseError::UnknownUnit(text.to_owned(), None))
    }
}

/// `20 und Stundenkontingente bei abH`: the number, and the words that add something to it.
fn addition(text: &str) -> Option<(&str, &str)> {
    let at = [" und ", " sowie ", " zzgl. ", " zuzüglich ", " plus "]
        .iter()
        .filter_map(|word| text.find(word))
        .min()?;
    let words = &text[at + 1..];
    (!words.chars().any(|c| c.is_ascii_digit())).then_some((&text[..at], words))
}

fn strip_qualifier(text: &str) -> (Qualifier, &str) {
    for (word, qualifier) in QUALIFIERS {
        if let Some(head) = text.get(..word.len())
            && head.to_lowercase() == *word
        {
            let rest = &text[word.len()..];
            let digit_follows =
                word.ends_with('.') && rest.starts_with(|c: char| c.is_ascii_digit());
            if let Some(rest) = rest.strip_prefix(' ') {
                return (*qualifier, rest);
            }
            if digit_follows {
                return (*qualifier, rest);
            }
        }
    }
    (Qualifier::None, text)
}

fn strip_scale(text: &str) -> (Scale, &str) {
    const SCALES: &[(&str, Scale)] = &[
        ("Tsd.", Scale::Thousand),
        ("Tsd", Scale::Thousand),
        ("Tausend", Scale::Thousand),
        ("Mio.", Scale::Million),
        ("Mio", Scale::Million),
        ("Millionen", Scale::Million),
        ("Million", Scale::Million),
        ("Mrd.", Scale::Billion),
        ("Mrd", Scale::Billion),
        ("Milliarden", Scale::Billion),
        ("Milliarde", Scale::Billion),
    ];
    if let Some(rest) = text.strip_prefix('T')
        && matches!(rest, "€" | "EUR" | " €" | " EUR")
    {
        return (Scale::Thousand, rest.trim_start());
    }
    for (word, scale) in SCALES {
        if let Some(rest) = text.strip_prefix(word)
            && (rest.is_empty() || rest.starts_with([' ', '€']))
        {
            return (*scale, rest.trim_start());
        }
    }
    (Scale::One, text)
}

/// Splits `€ / Monat`, `€ pro Monat`, `Beschäftigte je 100 Einwohner` into unit and period.
fn split_period(text: &str) -> (&str, Option<&str>) {
    for separator in [" / ", "/ ", " /", "/", " pro ", " je "] {
        if let Some((name, per)) = text.split_once(separator) {
            return (name.trim(), Some(per.trim()));
        }
    }
    (text, None)
}

fn trailing_parentheses(text: &str) -> Option<(&str, &str)> {
    let inner = text.strip_suffix(')')?;
    let open = inner.rfind('(')?;
    Some((inner[..open].trim_end(), inner[open + 1..].trim()))
}

fn starts_like_number(text: &str) -> bool {
    let (_, rest) = strip_qualifier(text);
    rest.trim_start_matches(['+', '-']).starts_with(|c: char| c.is_ascii_digit())
}

/// The end of a range that says its unit twice: ` % bis 23,5 %`, with what stands behind it.
fn repeated_unit(rest: &str) -> Option<(Result<Number, ParseError>, &str)> {
    [" bis ", " - "].into_iter().find_map(|word| {
        let (unit, second) = rest.split_once(word)?;
        let (length, number) = scan_number(second)?;
        let again = &second[length..];
        (!unit.trim().is_empty() && again.trim() == unit.trim()).then_some((number, again))
    })
}

/// The second value of a range and what follows it.
fn range_end(rest: &str) -> Option<(Result<Number, ParseError>, &str)> {
    let after = [" bis ", " - ", "-"].iter().find_map(|separator| rest.strip_prefix(separator))?;
    let (length, number) = scan_number(after)?;
    Some((number, &after[length..]))
}

/// Whether a text says that a figure is not known yet, however it is written.
fn is_open(text: &str) -> bool {
    let bare = text.to_lowercase().replace([' ', '.'], "");
    matches!(bare.as_str(), "offen" | "nochoffen" | "nn" | "ka" | "tbd")
}

/// Whether a text is what a spreadsheet shows where a formula has failed.
fn is_spreadsheet_error(text: &str) -> bool {
    const ERRORS: [&str; 14] = [
        "#BEZUG!",
        "#NV",
        "#WERT!",
        "#DIV/0!",
        "#NAME?",
        "#ZAHL!",
        "#NULL!",
        "#ÜBERLAUF!",
        "#REF!",
        "#N/A",
        "#VALUE!",
        "#NUM!",
        "#SPILL!",
        "####",
    ];
    ERRORS.iter().any(|error| text.starts_with(error))
}

/// Whether a text is the path of a figure before which the equals sign was forgotten.
fn is_path(text: &str) -> bool {
    let parts: Vec<&str> = text.split('.').collect();
    let name = |part: &&str| {
        part.len() > 1
            && part
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '-'))
    };
    parts.len() > 1 && parts.iter().all(name)
}

/// Whether a text can be meant as a reason in the place of a figure: it begins with a word, and the
/// only numbers in it are years.
fn is_reason(text: &str) -> bool {
    let first = text.split(' ').next().unwrap_or_default();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let numbers = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.contains(|c: char| c.is_ascii_digit()));
    let years =
        numbers.clone().all(|word| word.len() == 4 && word.chars().all(|c| c.is_ascii_digit()));
    let calculation = ["summe(", "anteil(", "veraenderung(", "punkte(", " + ", " * "]
        .iter()
        .any(|sign| text.contains(sign));
    let unfinished =
        matches!(text, "TODO" | "true" | "false" | "null" | "ja" | "nein" | "ca" | "rd");
    letters >= 2
        && !first.contains(|c: char| c.is_ascii_digit())
        && years
        && !calculation
        && !unfinished
}

/// Reads a number at the beginning of a text: its length in bytes, and the number or what is wrong
/// with it. `None` if the text does not begin with a number.
fn scan_number(text: &str) -> Option<(usize, Result<Number, ParseError>)> {
    let bytes = text.as_bytes();
    let signed = usize::from(matches!(bytes.first(), Some(b'+' | b'-')));
    if !bytes.get(signed)?.is_ascii_digit() {
        return None;
    }
    let mut end = signed;
    while end < bytes.len() {
        let digit_follows = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
        let group_follows = |at: usize| (at..at + 3).all(digit_follows) && !digit_follows(at + 3);
        match bytes[end] {
            b'0'..=b'9' => end += 1,
            b'.' | b',' if digit_follows(end + 1) => end += 1,
            // "1 800" with a (no-break) space between thousands.
            b' ' if group_follows(end + 1) && digits_before(bytes, end) <= 3 => end += 1,
            _ => break,
        }
    }
    let mut length = end;
    if text[end..].starts_with(",-") {
        length += 2;
    }
    Some((length, number(&text[..signed], &text[signed..end])))
}

/// Number of digits directly before a byte.
fn digits_before(bytes: &[u8], at: usize) -> usize {
    bytes[..at].iter().rev().take_while(|byte| byte.is_ascii_digit()).count()
}

fn number(sign: &str, text: &str) -> Result<Number, ParseError> {
    let text = &text.replace(' ', ".");
    let (whole, fraction) = match text.split_once(',') {
        None => (text.as_str(), ""),
        Some((first, fraction)) if fraction.contains([',', '.']) => {
            let (whole, cents) = text.split_once('.').unwrap_or((text, ""));
            let thousands = whole.split(',').skip(1).all(|group| group.len() == 3);
            // Anything else can be meant in more than one way, and a guess may be wrong a hundredfold.
            let plain = thousands
                && first.len() <= 3
                && !first.contains('.')
                && !cents.contains([',', '.']);
            return Err(if plain {
                ParseError::English(text.chars().map(swapped).collect())
            } else {
                ParseError::Mixed
            });
        }
        Some(parts) => parts,
    };
    let groups: Vec<&str> = whole.split('.').collect();
    let grouped = groups.len() == 1
        || (groups[0].len() <= 3
            && groups[0] != "0"
            && groups[1..].iter().all(|group| group.len() == 3));
    if !grouped {
        let date = groups.len() == 3
            && groups[0].len() <= 2
            && groups[1].len() <= 2
            && matches!(groups[2].len(), 2 | 4);
        return Err(if date && fraction.is_empty() {
            ParseError::Date
        } else if groups.len() == 2 && fraction.is_empty() {
            ParseError::DecimalPoint(text.replace('.', ","))
        } else {
            ParseError::Grouping(text.clone())
        });
    }
    let digits: String = groups.concat();
    if digits.len() + fraction.len() > MAX_DIGITS {
        return Err(ParseError::TooLarge);
    }
    let decimals = u32::try_from(fraction.len()).map_err(|_| ParseError::TooLarge)?;
    let unscaled: i64 = format!("{digits}{fraction}").parse().map_err(|_| ParseError::TooLarge)?;
    let value = Decimal::new(unscaled, decimals);
    let negative = sign == "-" && !value.is_zero();
    Ok(Number { value: if negative { -value } else { value }, decimals, plus: sign == "+" })
}

/// Finds the quantity that a phrase of running text states: `rd. 190 Förderfälle`, `mehr als jeder
/// zweite Betrieb`, `25- bis unter 35-Jährige`. Words around it are passed over; digits go before words.
pub fn read_in_text(text: &str, units: &Units) -> Option<Quantity> {
    read_phrase(text, units).or_else(|| {
        // "fünfter Standort" counts, if nothing else does.
        let ordinal = text.split_whitespace().find_map(words::ordinal)?;
        Some(Quantity::new(Value::Word(ordinal)))
    })
}

fn read_phrase(text: &str, units: &Units) -> Option<Quantity> {
    let parser = Parser { units, hints: false };
    let phrase = simplify(&normalise(text).replace(" : ", ":"));
    let words: Vec<&str> = phrase.split(' ').filter(|word| !word.is_empty()).collect();
    let candidates = || {
        (0..words.len()).flat_map(|start| {
            (start + 1..=words.len().min(start + LONGEST)).rev().map(move |end| (start, end))
        })
    };
    let has_digit = |text: &str| text.contains(|c: char| c.is_ascii_digit());
    // Digits go before words, and everything before a bare year.
    let is_year = |text: &str| {
        text.len() == 4
            && (text.starts_with("19") || text.starts_with("20"))
            && text.chars().all(|c| c.is_ascii_digit())
    };
    for (digits, years) in [(true, false), (false, false), (true, true)] {
        for (start, end) in candidates() {
            let candidate = words[start..end].join(" ");
            let candidate = candidate.trim_end_matches([',', ';', ':', '!', '?']);
            if has_digit(candidate) != digits
                || words[start..end].iter().any(|word| is_year(word)) != years
            {
                continue;
            }
            if let Ok(found) = parser.quantity(candidate)
                && found.is_number()
                && found.remark.is_none()
                && found.addition.is_none()
            {
                return Some(found);
            }
        }
    }
    None
}

/// Brings words that carry a number into the notation of quantities.
fn simplify(text: &str) -> String {
    const FREQUENCIES: &[(&str, &str)] = &[
        ("monatlich", "12 x Jahr"),
        ("vierteljährlich", "4 x Jahr"),
        ("halbjährlich", "2 x Jahr"),
        ("wöchentlich", "1 x Woche"),
        ("täglich", "1 x Tag"),
    ];
    let mut out: Vec<String> = Vec::new();
    let mut words = text.split(' ').peekable();
    while let Some(word) = words.next() {
        let word = word.trim_matches(['„', '“', '”', '"', '‚', '‘']);
        let bare = word.trim_end_matches(['.', ',']);
        if matches!(word, "alle" | "jeweils" | "je")
            && words.peek().is_some_and(|next| words::number(next).is_some())
        {
            continue;
        }
        if word == "unter" && out.last().is_some_and(|last| last == "bis") {
            continue;
        }
        if let Some((_, frequency)) = FREQUENCIES
            .iter()
            .find(|(stem, _)| bare.starts_with(stem) && bare.len() <= stem.len() + 2)
        {
            out.push((*frequency).to_owned());
            continue;
        }
        if let Some(times) = bare.strip_suffix("mal").and_then(words::number)
            && let Some(next) = words.peek()
        {
            let period = if matches!(*next, "pro" | "im" | "je") {
                words.next();
                words.next().unwrap_or_default()
            } else {
                words.next().unwrap_or_default()
            };
            let period = Units::default().period(period).unwrap_or_else(|| period.to_owned());
            out.push(format!("{times} x {period}"));
            continue;
        }
        out.push(adjective(bare).unwrap_or_else(|| ordinal(word)));
    }
    span_of_words(&mut out);
    ratio(&mut out);
    out.join(" ")
}

/// `1 zu 73` as `1:73`.
fn ratio(words: &mut Vec<String>) {
    let number = |word: &str| word.chars().all(|c| c.is_ascii_digit()) && !word.is_empty();
    let found = (1..words.len().saturating_sub(1))
        .find(|at| words[*at] == "zu" && number(&words[at - 1]) && number(&words[at + 1]));
    if let Some(at) = found {
        let joined = format!("{}:{}", words[at - 1], words[at + 1]);
        words.splice(at - 1..=at + 1, [joined]);
    }
}

/// `drei bis sechs` in digits.
fn span_of_words(words: &mut [String]) {
    for at in 1..words.len().saturating_sub(1) {
        if words[at] == "bis"
            && let (Some(low), Some(high)) =
                (words::number(&words[at - 1]), words::number(&words[at + 1]))
        {
            words[at - 1] = low.to_string();
            words[at + 1] = high.to_string();
        }
    }
}

/// `25jährige`, `35-Jährige`, `achtwöchigen` as number and unit; `25-` as number.
fn adjective(word: &str) -> Option<String> {
    const STEMS: &[(&str, &str)] = &[
        ("jährig", "Jahre"),
        ("Jährig", "Jahre"),
        ("monatig", "Monate"),
        ("wöchig", "Wochen"),
        ("tägig", "Tage"),
        ("stündig", "Stunden"),
    ];
    // "Über-25-Jährige"
    for (lead, qualifier) in [("über-", "über"), ("unter-", "unter"), ("ab-", "ab")] {
        if let Some(head) = word.get(..lead.len())
            && head.to_lowercase() == lead
        {
            return adjective(&word[lead.len()..]).map(|rest| format!("{qualifier} {rest}"));
        }
    }
    for (stem, unit) in STEMS {
        if let Some((number, _)) = word.split_once(stem) {
            let number = number.trim_end_matches('-');
            if let Some(value) = words::number(number) {
                return Some(format!("{value} {unit}"));
            }
            if !number.is_empty() && number.chars().all(|c| c.is_ascii_digit() || c == '-') {
                return Some(format!("{number} {unit}"));
            }
        }
    }
    if word == "24/7" {
        return Some("24 Stunden".to_owned());
    }
    let number = word.strip_suffix('-')?;
    (!number.is_empty() && number.chars().all(|c| c.is_ascii_digit())).then(|| number.to_owned())
}

/// `35.` as `35`.
fn ordinal(word: &str) -> String {
    match word.strip_suffix('.') {
        Some(number) if !number.is_empty() && number.chars().all(|c| c.is_ascii_digit()) => {
            number.to_owned()
        }
        _ => word.to_owned(),
    }
}
