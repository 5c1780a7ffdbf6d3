// SPDX-License-Identifier: EUPL-1.2
//! Small numbers, fractions and factors written as German words.

use super::Value;

/// Numbers from one to twelve; the first form is printed.
const NUMBERS: [&[&str]; 12] = [
    &["ein", "eine", "einen", "einem", "einer", "eins", "einmal"],
    &["zwei", "zweimal", "beide", "beiden"],
    &["drei", "dreimal"],
    &["vier", "viermal"],
    &["fünf", "fünfmal"],
    &["sechs", "sechsmal"],
    &["sieben"],
    &["acht"],
    &["neun"],
    &["zehn"],
    &["elf"],
    &["zwölf"],
];

/// Names of equal parts, singular; from halves on.
const PARTS: [(&str, u8); 9] = [
    ("Hälfte", 2),
    ("Drittel", 3),
    ("Viertel", 4),
    ("Fünftel", 5),
    ("Sechstel", 6),
    ("Siebtel", 7),
    ("Achtel", 8),
    ("Neuntel", 9),
    ("Zehntel", 10),
];

/// Factors; the first form is printed.
const FACTORS: [(&[&str], u8); 4] = [
    (&["verdoppelt", "doppelt", "doppelte", "verdoppeln", "Verdopplung", "Verdoppelung"], 2),
    (&["verdreifacht", "dreifach", "dreifache", "verdreifachen"], 3),
    (&["vervierfacht", "vierfach", "vierfache", "vervierfachen"], 4),
    (&["verfünffacht", "fünffach", "fünffache"], 5),
];

/// A number word.
pub(super) fn number(word: &str) -> Option<u8> {
    let word = word.to_lowercase();
    let at = NUMBERS.iter().position(|forms| forms.contains(&word.as_str()))?;
    u8::try_from(at + 1).ok()
}

/// The printed word of a number from one to twelve.
pub(super) fn number_word(number: u8) -> Option<&'static str> {
    NUMBERS.get(usize::from(number).checked_sub(1)?).map(|forms| forms[0])
}

/// A fraction: `ein Drittel`, `die Hälfte`, `dreiviertel`, `jeder zweite`.
pub(super) fn fraction(words: &[&str]) -> Option<(Value, usize)> {
    let part = |word: &str| PARTS.iter().find(|(name, _)| *name == word).map(|(_, whole)| *whole);
    let first = *words.first()?;
    if first.eq_ignore_ascii_case("dreiviertel") {
        return Some((Value::Fraction(3, 4), 1));
    }
    if let Some(whole) = part(first) {
        return Some((Value::Fraction(1, whole), 1));
    }
    let second = *words.get(1)?;
    if matches!(first, "jeder" | "jede" | "jedes" | "jeden" | "jedem") {
        return ordinal(second).map(|whole| (Value::Fraction(1, whole), 2));
    }
    let count = if matches!(first, "die" | "der") { 1 } else { number(first)? };
    part(second).filter(|whole| count < *whole).map(|whole| (Value::Fraction(count, whole), 2))
}

/// `fünfter`, `zweite`: the number of an ordinal from two to ten.
pub(super) fn ordinal(word: &str) -> Option<u8> {
    const ORDINALS: [&str; 9] =
        ["zweit", "dritt", "viert", "fünft", "sechst", "siebt", "acht", "neunt", "zehnt"];
    let stem = word.trim_end_matches(['n', 'r', 's', 'm']).trim_end_matches('e');
    let at = ORDINALS.iter().position(|ordinal| *ordinal == stem)?;
    u8::try_from(at + 2).ok()
}

/// The printed words of a fraction, if there are such.
pub(super) fn fraction_words(part: u8, whole: u8) -> Option<String> {
    let (name, _) = PARTS.iter().find(|(_, of)| *of == whole)?;
    if whole == 2 {
        return (part == 1).then(|| "die Hälfte".to_owned());
    }
    Some(format!("{} {name}", number_word(part)?))
}

/// A factor: `verdoppelt`, `halbiert`.
pub(super) fn factor(word: &str) -> Option<Value> {
    if matches!(word, "halbiert" | "halbieren" | "halb") {
        return Some(Value::Halved);
    }
    FACTORS
        .iter()
        .find(|(forms, _)| forms.contains(&word))
        .map(|(_, factor)| Value::Multiplied(*factor))
}

/// The printed word of a factor.
pub(super) fn factor_word(factor: u8) -> Option<&'static str> {
    FACTORS.iter().find(|(_, of)| *of == factor).map(|(forms, _)| forms[0])
}
