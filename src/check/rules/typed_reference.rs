// SPDX-License-Identifier: EUPL-1.2
//! A chapter, table, figure, annex or footnote that a sentence names by a typed number and that the
//! document does not have, or that is called otherwise.
//!
//! Not here: references written as links (their numbers are filled in), and pages, whose numbers are
//! not known before the document is set.

mod foreign;
mod read;

use crate::check::{Rule, Run, parts, titles};
use crate::diag::Finding;
use crate::model::Programme;
use crate::tree::passage::Passage;
use crate::tree::{Block, Document, walk};

use read::{Kind, Typed};

/// The code of its findings.
const CODE: &str = "verweis-im-text";

/// See `docs/regeln.md`.
pub(in crate::check) const RULE: Rule = Rule {
    code: CODE,
    run: Run::Document(|programme, document| {
        let known = Known::of(programme, document);
        let mut out = Vec::new();
        for passage in &programme.passages {
            for typed in read::references(&passage.plain(), document) {
                out.extend(known.judge(passage, &typed));
            }
        }
        out
    }),
};

/// Something with a number: the number, what a link to it names, and its title.
struct Numbered {
    number: String,
    link: String,
    title: String,
}

/// Everything in the document that bears a number.
struct Known {
    sections: Vec<Numbered>,
    tables: Vec<Numbered>,
    pictures: Vec<Numbered>,
    annexes: Vec<String>,
    footnotes: usize,
}

impl Known {
    fn of(programme: &Programme, document: &Document) -> Self {
        let mut sections: Vec<Numbered> = Vec::new();
        let mut annexes = Vec::new();
        for section in parts::sections(document) {
            // A heading may bear a number that was typed.
            let typed = section.title.split_whitespace().next().unwrap_or_default();
            let typed = typed.trim_end_matches('.');
            let digits = typed.starts_with(|c: char| c.is_ascii_digit());
            let is_number = digits && typed.chars().all(|c| c.is_ascii_digit() || c == '.');
            let number = section.number.clone().or(is_number.then(|| typed.to_owned()));
            annexes.extend(read::annex(&section.title));
            if let Some(number) = number {
                let link = format!("abschnitt:{}", section.id);
                sections.push(Numbered { number, link, title: section.title });
            }
        }
        let numbered = |all: Vec<parts::Captioned>, scheme: &str, prefix: &str| -> Vec<Numbered> {
            let known = |one: parts::Captioned| {
                let id = one.id.strip_prefix(prefix).unwrap_or(&one.id);
                let link = format!("{scheme}:{id}");
                Some(Numbered { number: one.number?, link, title: one.caption })
            };
            all.into_iter().filter_map(known).collect()
        };
        let mut tables = numbered(parts::tables(document), "tabelle", "tabelle-");
        let mut pictures = numbered(parts::pictures(document), "schaubild", "abbildung-");
        // What is captioned or listed by hand exists, too: "Anlage 2: Maßnahmenübersicht".
        walk::blocks(&document.blocks, &mut |block| {
            if let Block::Paragraph(body) = block {
                let text = walk::plain(body);
                annexes.extend(read::annex(&text));
                if let Some((kind, number, title)) = read::caption(&text, document) {
                    let own = Numbered { number, link: String::new(), title };
                    match kind {
                        Kind::Table => tables.push(own),
                        Kind::Picture => pictures.push(own),
                        _ => {}
                    }
                }
            }
        });
        if programme.numbering.shared {
            let both = |from: &[Numbered]| -> Vec<Numbered> {
                let copy = |one: &Numbered| Numbered {
                    number: one.number.clone(),
                    link: one.link.clone(),
                    title: one.title.clone(),
                };
                from.iter().map(copy).collect()
            };
            let more = both(&tables);
            tables.extend(both(&pictures));
            pictures.extend(more);
        }
        Self { sections, tables, pictures, annexes, footnotes: parts::footnotes(document) }
    }

    fn all(&self, kind: Kind) -> &[Numbered] {
        match kind {
            Kind::Section => &self.sections,
            Kind::Table => &self.tables,
            Kind::Picture => &self.pictures,
            Kind::Annex | Kind::Footnote => &[],
        }
    }

    fn judge(&self, passage: &Passage, typed: &Typed) -> Option<Finding> {
        let here = |finding: Finding, remark: &str| {
            finding.at(passage.span(&typed.range), remark).about(passage.text.clone())
        };
        let missing = |list: String| {
            let message = format!("{} gibt es im Dokument nicht.", typed.shown);
            here(Finding::error(CODE, message), "führt ins Leere").hint(list)
        };
        match typed.kind {
            Kind::Annex => self.annex(typed, missing, here),
            Kind::Footnote => {
                let number: usize = typed.number.parse().ok()?;
                let list = match self.footnotes {
                    0 => "Das Dokument hat keine Fußnoten.".to_owned(),
                    count => format!("Das Dokument hat {count} Fußnoten."),
                };
                (number == 0 || number > self.footnotes).then(|| missing(list))
            }
            Kind::Section | Kind::Table | Kind::Picture => {
                let all = self.all(typed.kind);
                let Some(named) = all.iter().find(|one| one.number == typed.number) else {
                    let finding = missing(nearest(typed, all));
                    let called = typed.title.as_deref();
                    let meant = called.and_then(|title| find(all, title));
                    return Some(match meant {
                        Some(meant) => finding.hint(meant_hint(typed, meant)),
                        None => finding.hint(link_hint(typed.kind)),
                    });
                };
                let title = typed.title.as_deref()?;
                if titles::shortened(title, &named.title) {
                    return None;
                }
                let meant = find(all, title);
                if meant.is_none() && !(typed.quoted && typed.kind == Kind::Section) {
                    return None;
                }
                let message = format!("{} heißt „{}“, nicht „{title}“.", typed.shown, named.title);
                let finding = here(Finding::error(CODE, message), "Nummer und Titel passen nicht");
                Some(match meant {
                    Some(meant) => finding.hint(meant_hint(typed, meant)),
                    None => finding.hint("Berichtigen Sie den Titel, oder schreiben Sie einen Verweis ohne getippte Nummer."),
                })
            }
        }
    }

    /// Annexes may be documents of their own; then a warning asks whether they are meant.
    fn annex(
        &self,
        typed: &Typed,
        missing: impl Fn(String) -> Finding,
        here: impl Fn(Finding, &str) -> Finding,
    ) -> Option<Finding> {
        let number = typed.number.as_str();
        let part_of = |one: &String| {
            one == number
                || number.strip_prefix(one.as_str()).is_some_and(|rest| rest.starts_with('.'))
        };
        if self.annexes.iter().any(part_of) {
            return None;
        }
        if !self.annexes.is_empty() {
            return Some(missing(format!("Anlagen sind: {}.", self.annexes.join(", "))));
        }
        let message = format!("{} gehört nicht zum Dokument.", typed.shown);
        Some(here(Finding::warning(CODE, message), "wo steht sie?").hint(
            "Nehmen Sie die Anlage als Abschnitt „Anlage 1 …“ auf, oder zählen Sie die Anlagen am Ende als Liste auf.",
        ))
    }
}

/// What bears a title; shortened titles count, single short words do not.
fn find<'a>(all: &'a [Numbered], title: &str) -> Option<&'a Numbered> {
    all.iter()
        .find(|one| titles::same(&one.title, title))
        .or_else(|| all.iter().find(|one| title.len() >= 8 && titles::shortened(title, &one.title)))
}

fn meant_hint(typed: &Typed, meant: &Numbered) -> String {
    let number = format!("{}\u{a0}{}", typed.word, meant.number);
    match meant.link.as_str() {
        "" => format!("Meinten Sie {number}?"),
        link => format!("Meinten Sie {number} „{}“? Als Verweis: []({link}).", meant.title),
    }
}

fn link_hint(kind: Kind) -> &'static str {
    match kind {
        Kind::Table => {
            "Schreiben Sie [](tabelle:KENNUNG), dann setzt amip die richtige Nummer ein."
        }
        Kind::Picture => {
            "Schreiben Sie [](schaubild:KENNUNG), dann setzt amip die richtige Nummer ein."
        }
        _ => "Schreiben Sie [](abschnitt:KENNUNG), dann setzt amip die richtige Nummer ein.",
    }
}

/// The existing numbers nearest to a wrong one: of its level, below the same number.
fn nearest(typed: &Typed, all: &[Numbered]) -> String {
    const FEW: usize = 3;
    let what = match typed.kind {
        Kind::Table => "Tabellen",
        Kind::Picture => "Abbildungen",
        _ => "Kapitel",
    };
    let parts = |number: &str| -> Vec<u32> {
        number.split('.').map(|part| part.parse().unwrap_or_default()).collect()
    };
    let wanted = parts(&typed.number);
    let distance = |one: &Numbered| {
        let own = parts(&one.number);
        let common = own.iter().zip(&wanted).take_while(|(a, b)| a == b).count();
        let at = |list: &[u32]| list.get(common).copied().unwrap_or_default();
        (wanted.len() - common, own.len().abs_diff(wanted.len()), at(&own).abs_diff(at(&wanted)))
    };
    let mut sorted: Vec<&Numbered> = all.iter().collect();
    sorted.sort_by_key(|one| distance(one));
    let shown: Vec<String> =
        sorted.iter().take(FEW).map(|one| format!("{} „{}“", one.number, one.title)).collect();
    if shown.is_empty() {
        return format!("Das Dokument hat keine {what} mit Nummer.");
    }
    format!("Am nächsten liegen {what} {}.", shown.join(", "))
}
