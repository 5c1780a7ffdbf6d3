// SPDX-License-Identifier: EUPL-1.2
//! Citations of law in texts: "§ 16 Abs. 1 SGB II i. V. m. §§ 88 ff. SGB III".
//!
//! Not here: judging them.

use std::ops::Range;

/// A number after a sign of section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Item {
    pub(super) number: u32,
    pub(super) letter: Option<char>,
    /// Number and letter.
    pub(super) range: Range<usize>,
    /// Whether a blank parts number and letter.
    pub(super) parted: bool,
    /// Whether a bracket that nothing opened follows the letter.
    pub(super) bracket: bool,
}

impl Item {
    /// Number and letter as one word.
    pub(super) fn section(&self) -> String {
        self.letter
            .map_or_else(|| self.number.to_string(), |letter| format!("{}{letter}", self.number))
    }
}

#[allow(clippy::struct_excessive_bools)] // Each says one thing about how it is written.
/// A citation: one sign of section with what belongs to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Citation {
    /// All of it.
    pub(super) range: Range<usize>,
    /// Whether the sign is doubled.
    pub(super) double: bool,
    /// Blanks after the sign.
    pub(super) blank: bool,
    /// Sections; never empty.
    pub(super) items: Vec<Item>,
    /// Whether further sections follow ("ff.", "f.").
    pub(super) further: bool,
    /// Whether the second section is the end of a range ("bis").
    pub(super) span: bool,
    /// The law, such as "SGB II", if it is named.
    pub(super) law: Option<String>,
    /// Whether a former version is meant.
    pub(super) former: bool,
}

/// All citations of a text.
pub(super) fn citations(text: &str) -> Vec<Citation> {
    let mut out: Vec<Citation> = Vec::new();
    let mut at = 0;
    while let Some(sign) = text[at..].find('§').map(|found| at + found) {
        match (Reader { text, at: sign }).read() {
            Some(citation) => {
                at = citation.range.end;
                out.push(citation);
            }
            None => at = sign + '§'.len_utf8(),
        }
    }
    // "§ 16e oder § 16i SGB II": the law is named once.
    for first in (0..out.len().saturating_sub(1)).rev() {
        let between = &text[out[first].range.end..out[first + 1].range.start];
        let joined = matches!(between.trim(), "" | "und" | "oder" | "," | "bzw." | "/" | "sowie");
        if out[first].law.is_none() && joined {
            out[first].law = out.get(first + 1).and_then(|next| next.law.clone());
        }
    }
    out
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
}

/// Words that lead to smaller parts of a section; numbers after them are no sections.
const PARTS: [&str; 16] = [
    "Abs",
    "Absatz",
    "Absätze",
    "S",
    "Satz",
    "Sätze",
    "Nr",
    "Nrn",
    "Nummer",
    "Nummern",
    "Alt",
    "Buchst",
    "Buchstabe",
    "Halbsatz",
    "Hs",
    "Ziff",
];

impl Reader<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn blanks(&mut self) -> bool {
        let length = self.rest().len() - self.rest().trim_start().len();
        self.at += length;
        length > 0
    }

    fn accept(&mut self, what: &str) -> bool {
        let found = self.rest().starts_with(what);
        if found {
            self.at += what.len();
        }
        found
    }

    /// The letters that stand next.
    fn word(&self) -> &str {
        let rest = self.rest();
        let end = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
        &rest[..end]
    }

    fn read(mut self) -> Option<Citation> {
        let start = self.at;
        self.accept("§");
        let double = self.accept("§");
        let blank = self.blanks();
        let first = self.item()?;
        let mut out = Citation {
            range: start..self.at,
            double,
            blank,
            items: vec![first],
            further: false,
            span: false,
            law: None,
            former: false,
        };
        // Numbers belong to what was named last: a section, or a part of it.
        let mut part = false;
        while self.next(&mut out, &mut part) {
            out.range.end = self.at;
        }
        Some(out)
    }

    /// Reads one more piece; `false` at the end, where nothing was taken.
    fn next(&mut self, out: &mut Citation, part: &mut bool) -> bool {
        let before = self.at;
        let joined = self.joint();
        self.blanks();
        let word = self.word().to_owned();
        if self.rest().starts_with(|c: char| c.is_ascii_digit()) {
            let here = self.at;
            if let Some(item) = self.item() {
                if joined.is_some()
                    && (!*part || item.letter.is_some())
                    && self.is_section(&item, out)
                {
                    out.span |= joined == Some("bis");
                    out.items.push(item);
                    *part = false;
                    return true;
                }
                if *part {
                    return true;
                }
            }
            self.at = here;
        } else if matches!(word.as_str(), "ff" | "f") {
            self.at += word.len();
            self.accept(".");
            out.further |= !*part;
            return true;
        } else if PARTS.contains(&word.as_str()) {
            self.at += word.len();
            self.accept(".");
            *part = true;
            return true;
        } else if *part && word.len() == 1 && joined.is_none() {
            // "Nr. 3 a", "Buchst. b".
            self.at += 1;
            return true;
        } else if joined.is_none() && self.law(&word, out) {
            return true;
        }
        self.at = before;
        false
    }

    /// What joins two numbers.
    fn joint(&mut self) -> Option<&'static str> {
        self.blanks();
        for (sign, meaning) in [
            ("und ", "und"),
            ("oder ", "oder"),
            ("sowie ", "und"),
            ("bzw. ", "oder"),
            ("bis ", "bis"),
            ("–", "bis"),
            ("-", "bis"),
            (",", "und"),
            ("/", "und"),
        ] {
            if self.accept(sign) {
                return Some(meaning);
            }
        }
        None
    }

    /// Whether a number after a joint is one more section: it has a letter, or a law or the end follows.
    fn is_section(&self, item: &Item, out: &Citation) -> bool {
        let rest = self.rest().trim_start();
        item.letter.is_some() || out.double || rest.starts_with("SGB") || rest.starts_with("ff")
    }

    fn item(&mut self) -> Option<Item> {
        let start = self.at;
        let digits = self.rest().find(|c: char| !c.is_ascii_digit()).unwrap_or(self.rest().len());
        let number: u32 = self.rest()[..digits].parse().ok()?;
        self.at += digits;
        let mut item =
            Item { number, letter: None, range: start..self.at, parted: false, bracket: false };
        let single = |word: &str| {
            let mut letters = word.chars();
            letters.next().filter(|c| c.is_ascii_lowercase() && letters.next().is_none())
        };
        if let Some(letter) = single(self.word()) {
            item.letter = Some(letter);
            self.at += 1;
        } else {
            let here = self.at;
            self.blanks();
            let letter = single(self.word());
            let after = self.rest().chars().nth(1);
            // "§ 88 f." and "§ 16 i. V. m." are no letters of a section.
            match letter {
                Some(letter)
                    if after != Some('.') && (letter != 'f' || number == 16) && here != self.at =>
                {
                    item.letter = Some(letter);
                    item.parted = true;
                    self.at += 1;
                }
                _ => self.at = here,
            }
        }
        item.range.end = self.at;
        if item.letter.is_some() && self.rest().starts_with(')') && !self.open_bracket(start) {
            item.bracket = true;
            self.at += 1;
        }
        Some(item)
    }

    /// Whether a bracket is open before a place.
    fn open_bracket(&self, at: usize) -> bool {
        let depth = self.text[..at].chars().fold(0usize, |depth, c| match c {
            '(' => depth + 1,
            ')' => depth.saturating_sub(1),
            _ => depth,
        });
        depth > 0
    }

    /// The name of a law, or the mark of a former version.
    fn law(&mut self, word: &str, out: &mut Citation) -> bool {
        for mark in [
            "a. F.",
            "a.F.",
            "a.  F.",
            "alter Fassung",
            "alte Fassung",
            "(alt)",
            "alt ",
            "Alt ",
            "(alte Fassung)",
        ] {
            if self.accept(mark) {
                out.former = true;
                return true;
            }
        }
        if out.law.is_some() {
            return false;
        }
        for lead in ["des ", "der "] {
            self.accept(lead);
        }
        if !self.rest().starts_with("SGB") {
            let name = self.word();
            let ends = name.ends_with("gesetz")
                || name.ends_with("gesetzes")
                || name.ends_with('G')
                || name.ends_with("GB");
            if ends && name.len() > 2 && name == self.word() && word.len() > 1 {
                out.law = Some(name.to_owned());
                self.at += name.len();
                return true;
            }
            return false;
        }
        let here = self.at;
        self.at += "SGB".len();
        while self.accept("-") || self.blanks() {}
        let number =
            self.rest().find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(self.rest().len());
        let number = match &self.rest()[..number] {
            "2" => "II",
            "3" => "III",
            other => other,
        };
        let roman = !number.is_empty() && number.chars().all(|c| matches!(c, 'I' | 'V' | 'X'));
        if !roman {
            self.at = here + "SGB".len();
            out.law = Some("SGB".to_owned());
            return true;
        }
        out.law = Some(format!("SGB {number}"));
        self.at +=
            self.rest().find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(self.rest().len());
        true
    }
}
