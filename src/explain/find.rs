// SPDX-License-Identifier: EUPL-1.2
//! What somebody asks about: a path, a value, a table, picture or chapter, or a line of a file.

mod place;
mod value;

use super::{Explainer, Problem};
use crate::diag::did_you_mean;
use crate::model::figures::{EARLIER, FigureId};

/// Figures that were asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// What they are: "Tabelle 3: Verfügbare Mittel", "„1.800“".
    pub title: String,
    /// The figures.
    pub hits: Vec<Hit>,
}

/// A figure that was asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The figure.
    pub id: FigureId,
    /// Why it is there, if it does not say itself: "gerundet", "zeigt …".
    pub remark: Option<String>,
    /// Whether it is what was asked about, not something near it or shown again.
    pub exact: bool,
}

impl Hit {
    fn of(id: FigureId) -> Self {
        Self { id, remark: None, exact: true }
    }
}

/// Most candidates that a hint lists.
const FEW: usize = 8;

impl<'a> Explainer<'a> {
    /// The figures that somebody asks about.
    ///
    /// # Errors
    ///
    /// If there are none, with what could have been meant.
    pub fn find(&self, what: &str) -> Result<Found, Problem> {
        let what = what.replace('\u{a0}', " ");
        let what = what.trim().trim_start_matches('=').trim();
        if let Some(found) = self.line(what).or_else(|| self.numbered(what)) {
            return found.map(|found| self.shown_again(found));
        }
        let ids = self.by_path(what);
        let hits = match ids.as_slice() {
            [] => self.by_value(what),
            ids => ids.iter().map(|id| Hit::of(*id)).collect(),
        };
        let hits = if hits.is_empty() { self.by_words(what) } else { hits };
        if hits.is_empty() {
            return Err(self.nothing(what));
        }
        Ok(self.shown_again(Found { title: format!("„{what}“"), hits }))
    }

    /// The one figure that a path means in the data, as in `zahl:mittel.egt`, or a key amount by its name.
    pub fn named(&self, path: &str) -> Option<FigureId> {
        let key = self.programme.key_amounts.iter().find(|key| key.name == path.trim());
        self.figures().find(path.trim()).or_else(|| key.map(|key| key.figure))
    }

    /// A figure by its path, the figures below a path, or the figure that a shorter path means.
    fn by_path(&self, what: &str) -> Vec<FigureId> {
        let figures = self.figures();
        let own = figures.find(what).filter(|id| figures.get(*id).path == what);
        if let Some(id) = own {
            return vec![id];
        }
        let below = |start: &str| -> Vec<FigureId> {
            let start = format!("{start}.");
            // Those of the year before are only listed if they are asked for.
            let earlier = figures
                .names()
                .filter(|(path, id)| start.starts_with(EARLIER) && figures.get(*id).path == *path);
            let own = figures.iter().map(|(id, figure)| (figure.path.as_str(), id));
            earlier
                .chain(own)
                .filter(|(path, _)| path.starts_with(&start))
                .map(|(_, id)| id)
                .collect()
        };
        let found = below(what);
        if !found.is_empty() {
            return found;
        }
        if let Some(id) = self.named(what) {
            return vec![id];
        }
        // Single values and measures without the word before them; the end of a path.
        for room in ["werte", "massnahmen"] {
            let path = format!("{room}.{what}");
            let found = figures.find(&path).map_or_else(|| below(&path), |id| vec![id]);
            if !found.is_empty() && !what.is_empty() {
                return found;
            }
        }
        let (end, within) = (format!(".{what}"), format!(".{what}."));
        let is_path = what.starts_with(|c: char| c.is_ascii_lowercase()) && !what.contains(' ');
        figures
            .iter()
            .filter(|(_, figure)| {
                is_path && (figure.path.ends_with(&end) || figure.path.contains(&within))
            })
            .map(|(id, _)| id)
            .collect()
    }

    /// Figures whose label contains the words.
    fn by_words(&self, what: &str) -> Vec<Hit> {
        let wanted = what.to_lowercase();
        let named = |label: &str| label.replace('\u{a0}', " ").to_lowercase().contains(&wanted);
        let long = what.chars().filter(|c| c.is_alphabetic()).count() > 2;
        let figures = self.figures().iter().filter(|(_, figure)| long && named(&figure.label));
        figures.map(|(id, _)| Hit::of(id)).collect()
    }

    /// Marks figures that only show another one of the list again.
    fn shown_again(&self, mut found: Found) -> Found {
        let figures = self.figures();
        let ids: std::collections::BTreeSet<FigureId> =
            found.hits.iter().map(|hit| hit.id).collect();
        for hit in &mut found.hits {
            let root = figures.entered_at(hit.id);
            if root != hit.id && ids.contains(&root) && hit.remark.is_none() {
                hit.remark = Some(format!("zeigt {}", figures.get(root).path));
                hit.exact = false;
            }
        }
        found
    }

    fn nothing(&self, what: &str) -> Problem {
        let known = || self.figures().paths().filter(|path| !path.contains('#'));
        // Somebody may leave out the beginning of a path.
        let parts = what.split('.').count();
        let end = |path: &'a str| {
            path.rsplitn(parts + 1, '.').nth(parts).map_or(path, |start| &path[start.len() + 1..])
        };
        let hint = did_you_mean(what, known())
            .or_else(|| did_you_mean(what, known().map(end)))
            .or_else(|| {
                let (stem, _) = what.rsplit_once('.')?;
                let start = format!("{stem}.");
                let near: Vec<&str> =
                    known().filter(|path| path.starts_with(&start)).take(FEW).collect();
                (!near.is_empty()).then(|| format!("Unter „{stem}“ gibt es: {}.", near.join(", ")))
            });
        Problem {
            message: format!("Zu „{what}“ gibt es keine Zahl."),
            hint: hint.unwrap_or_else(|| {
                "Fragen Sie nach einem Wert („39,53 Mio. €“), einem Pfad (mittel.egt.plan), nach „Tabelle 3“, „Abbildung 2“ oder „Kapitel 4“, oder nach einer Zeile (mittel.yaml:12).".to_owned()
            }),
        }
    }
}
