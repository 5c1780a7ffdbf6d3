// SPDX-License-Identifier: EUPL-1.2
//! Figures by their place: in the document (`Tabelle 3`, `Kapitel 4`) or in a file (`mittel.yaml:12`).

use std::collections::BTreeSet;

use super::{Found, Hit};
use crate::diag::{FileId, Span, did_you_mean};
use crate::explain::{Explainer, Problem};
use crate::model::figures::{FigureId, Origin};
use crate::model::programme::PictureContent;
use crate::model::table::Cell;
use crate::tree::{Block, Inline, Picture, Table, walk};

/// Figures in the order in which they were met, each once.
#[derive(Default)]
struct Collected {
    ids: Vec<FigureId>,
    seen: BTreeSet<FigureId>,
}

impl Collected {
    fn add(&mut self, id: FigureId) {
        if self.seen.insert(id) {
            self.ids.push(id);
        }
    }

    fn found(self, title: String, nothing: Problem) -> Result<Found, Problem> {
        if self.ids.is_empty() {
            return Err(nothing);
        }
        Ok(Found { title, hits: self.ids.into_iter().map(Hit::of).collect() })
    }
}

/// What a word in front of a number means.
#[derive(Clone, Copy, PartialEq, Eq)]
enum What {
    Table,
    Picture,
    Section,
}

impl Explainer<'_> {
    /// The figures of a table, picture or section; `None` if none is meant.
    pub(super) fn numbered(&self, what: &str) -> Option<Result<Found, Problem>> {
        let (word, rest) = what.split_once(' ')?;
        let kind = self.kind(word)?;
        let rest = rest.trim().trim_end_matches(['.', ':']);
        if !rest.starts_with(|c: char| c.is_ascii_digit()) && kind != What::Section {
            return None;
        }
        Some(match kind {
            What::Section => self.section(what, rest),
            What::Table | What::Picture => self.table_or_picture(what, rest, kind),
        })
    }

    /// What a word means: that of the outline, or one that people say.
    fn kind(&self, word: &str) -> Option<What> {
        let said = word.to_lowercase();
        let own = |key: &str| self.document.meta.word(key).to_lowercase() == said;
        let one_of = |words: &[&str]| words.contains(&said.trim_end_matches('.'));
        if own("tabelle") || one_of(&["tabelle", "tab", "übersicht"]) {
            Some(What::Table)
        } else if own("abbildung") || one_of(&["abbildung", "abb", "schaubild", "diagramm"]) {
            Some(What::Picture)
        } else if own("kapitel")
            || one_of(&["kapitel", "kap", "abschnitt", "absch", "abs", "ziffer"])
        {
            Some(What::Section)
        } else {
            None
        }
    }

    fn table_or_picture(&self, what: &str, number: &str, kind: What) -> Result<Found, Problem> {
        let is = |own: Option<&String>| {
            own.and_then(|own| own.rsplit_once([' ', '\u{a0}']))
                .is_some_and(|(_, own)| own == number)
        };
        let (mut title, mut collected, mut known) = (None, Collected::default(), Vec::new());
        // Where tables and pictures bear the same word, either may be meant.
        let meta = &self.document.meta;
        let both = meta.word("tabelle") == meta.word("abbildung");
        if kind == What::Table || both {
            walk::tables(&self.document.blocks, &mut |table| {
                known.extend(table.number.clone());
                if is(table.number.as_ref()) && title.is_none() {
                    title = Some(walk::plain(&table.caption));
                    self.in_table(table, &mut collected);
                }
            });
        }
        if kind == What::Picture || both {
            walk::pictures(&self.document.blocks, &mut |picture| {
                known.extend(picture.number.clone());
                if is(picture.number.as_ref()) && title.is_none() {
                    title = Some(walk::plain(&picture.caption));
                    self.in_picture(picture, &mut collected);
                }
            });
        }
        known.sort_by_key(|number| (number.len(), number.clone()));
        let hint = match (known.first(), known.last()) {
            (Some(first), Some(last)) if first != last => {
                format!("Im Dokument gibt es {first} bis {last}.")
            }
            (Some(only), _) => format!("Im Dokument gibt es nur {only}."),
            _ => "Im Dokument ist nichts davon nummeriert.".to_owned(),
        };
        let Some(title) = title else {
            return Err(Problem { message: format!("{what} gibt es nicht."), hint });
        };
        let hint = "Fragen Sie nach einer Zahl oder nach einer anderen Stelle.".to_owned();
        let nothing = Problem { message: format!("In {what} steht keine Zahl der Daten."), hint };
        collected.found(format!("{what}: {title}"), nothing)
    }

    /// Figures that are printed in a section, by its number, title or anchor, and in those below it.
    fn section(&self, what: &str, wanted: &str) -> Result<Found, Problem> {
        let below = format!("{wanted}.");
        let plain = wanted.trim_matches(['„', '“', '"']).to_lowercase();
        let (mut inside, mut title) = (None, None);
        let (mut collected, mut known) = (Collected::default(), Vec::new());
        for block in &self.document.blocks {
            let Block::Heading(heading) = block else {
                if inside.is_some() {
                    self.in_block(block, &mut collected);
                }
                continue;
            };
            let text = walk::plain(&heading.body);
            known.extend(heading.number.clone());
            let number = heading.number.as_deref().unwrap_or_default();
            let meant = number == wanted
                || text.to_lowercase() == plain
                || heading.id.as_deref() == Some(plain.as_str());
            if meant && title.is_none() {
                (inside, title) = (Some(heading.level), Some(text));
            } else if inside.is_some_and(|level| heading.level <= level)
                && !number.starts_with(&below)
            {
                inside = None;
            }
            if inside.is_some() {
                self.in_inlines(&heading.body, &mut collected);
            }
        }
        let Some(title) = title else {
            return Err(Problem {
                message: format!("{what} gibt es im Dokument nicht."),
                hint: format!("Es gibt: {}.", known.join(", ")),
            });
        };
        let hint = "Zahlen ohne Verweis kennt amip nicht; siehe docs/format.md.".to_owned();
        let nothing = Problem { message: format!("In {what} steht keine Zahl der Daten."), hint };
        collected.found(format!("{what}: {title}"), nothing)
    }

    fn in_block(&self, block: &Block, out: &mut Collected) {
        let blocks = std::slice::from_ref(block);
        walk::tables(blocks, &mut |table| self.in_table(table, out));
        walk::pictures(blocks, &mut |picture| self.in_picture(picture, out));
        walk::inlines(blocks, &mut |inline| self.inline(inline, out));
    }

    fn in_table(&self, table: &Table, out: &mut Collected) {
        let id = table.id.as_deref().and_then(|id| id.strip_prefix("tabelle-"));
        let model = id.and_then(|id| {
            // A table that stands in the document twice bears a number behind its id.
            let first = id.rsplit_once('-').map_or(id, |(first, _)| first);
            self.programme.table(id).or_else(|| self.programme.table(first))
        });
        for cell in model.iter().flat_map(|model| &model.rows).flat_map(|row| &row.cells) {
            if let Cell::Figure(id) = cell
                && !matches!(self.figures().get(*id).origin, Origin::Missing)
            {
                out.add(*id);
            }
        }
        self.in_inlines(&table.caption, out);
        for cell in table.rows.iter().flat_map(|row| &row.cells) {
            walk::inlines(&cell.body, &mut |inline| self.inline(inline, out));
        }
        table.notes.iter().for_each(|note| self.in_inlines(note, out));
    }

    fn in_picture(&self, picture: &Picture, out: &mut Collected) {
        let id = picture.id.strip_prefix("abbildung-").unwrap_or_default();
        let first = id.rsplit_once('-').map_or(id, |(first, _)| first);
        let model = self.programme.picture(id).or_else(|| self.programme.picture(first));
        if let Some(PictureContent::Chart { categories, .. }) = model.map(|model| &model.content) {
            categories.iter().flat_map(|(_, ids, _)| ids).for_each(|id| out.add(*id));
        }
        self.in_inlines(&picture.caption, out);
        self.in_inlines(&picture.note, out);
    }

    fn in_inlines(&self, list: &[Inline], out: &mut Collected) {
        walk::each(list, &mut |inline| self.inline(inline, out));
    }

    fn inline(&self, inline: &Inline, out: &mut Collected) {
        if let Inline::Figure { path, .. } = inline
            && let Some(id) = self.figures().find(path)
        {
            out.add(id);
        }
    }

    /// The figures that are entered on a line of a file, or bound in its text; `None` if no line is
    /// meant.
    pub(super) fn line(&self, what: &str) -> Option<Result<Found, Problem>> {
        let what = what.replace('\\', "/");
        let (name, line) = what.rsplit_once(':')?;
        let line: usize = line.trim().parse().ok()?;
        let name = name.trim().trim_start_matches("./");
        let ending = format!("/{name}");
        let files: Vec<FileId> = self
            .sources
            .files()
            .filter(|file| {
                let path = self.sources.path(*file);
                path == name || path.ends_with(&ending)
            })
            .collect();
        if files.is_empty() {
            // "1:73" is a ratio, no line.
            return name.contains(['.', '/']).then(|| Err(self.no_file(name)));
        }
        let mut collected = Collected::default();
        for file in &files {
            self.on_line(*file, line, &mut collected);
        }
        let last = files.iter().map(|file| self.sources.text(*file).lines().count()).max();
        let last = last.unwrap_or_default();
        let hint = if line == 0 || line > last {
            format!("Die Datei hat {last} Zeilen.")
        } else {
            "Fragen Sie nach der Zeile, in der der Wert eingetragen ist oder in der Klammer steht."
                .to_owned()
        };
        let message = format!("In Zeile {line} von „{name}“ steht keine Zahl der Daten.");
        Some(collected.found(format!("{name}, Zeile {line}"), Problem { message, hint }))
    }

    fn on_line(&self, file: FileId, line: usize, out: &mut Collected) {
        let line_of = |at: u32| self.sources.position(file, at).0;
        let in_file: Vec<(FigureId, Span)> = self
            .figures()
            .iter()
            .filter(|(_, figure)| {
                figure.span.file == file && !matches!(figure.origin, Origin::Missing)
            })
            .map(|(id, figure)| (id, figure.span))
            .collect();
        let begins = |span: Span| line_of(span.start) == line;
        let covers = |span: Span| (line_of(span.start)..=line_of(span.end)).contains(&line);
        // Nothing begins on a line within a longer entry.
        let any = in_file.iter().any(|(_, span)| begins(*span));
        let here =
            in_file.into_iter().filter(|(_, span)| if any { begins(*span) } else { covers(*span) });
        let here: Vec<(FigureId, bool)> = here
            .map(|(id, span)| {
                // What a column or total calculates stands where its row begins.
                let cell = self.index.cells.get(&id);
                let row = cell.map(|cell| self.programme.tables[cell.table].rows[cell.row].span);
                (id, row != Some(span))
            })
            .collect();
        let entered = here.iter().any(|(_, entered)| *entered);
        let here = here.into_iter().filter(|(_, own)| *own || !entered);
        here.for_each(|(id, _)| out.add(id));
        for (id, mentions) in &self.index.mentions {
            if mentions.iter().any(|mention| mention.file == file && line_of(mention.at) == line) {
                out.add(*id);
            }
        }
    }

    fn no_file(&self, name: &str) -> Problem {
        let known: Vec<&str> = self
            .sources
            .files()
            .filter_map(|file| self.sources.path(file).strip_prefix(self.folder.as_str()))
            .collect();
        Problem {
            message: format!("Die Datei „{name}“ gehört nicht zu diesem Programm."),
            hint: did_you_mean(name, known.iter().copied())
                .unwrap_or_else(|| format!("Es gibt: {}.", known.join(", "))),
        }
    }
}
