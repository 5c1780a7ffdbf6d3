// SPDX-License-Identifier: EUPL-1.2
//! All figures of a table are those of last year: copied and not yet written anew.

use std::collections::BTreeMap;

use crate::check::{Rule, Run};
use crate::diag::{Finding, Span};
use crate::model::Programme;
use crate::model::figures::{EARLIER, FigureId, Origin};
use crate::model::table::Cell;

/// See `docs/regeln.md`.
pub(in crate::check) const RULE: Rule = Rule {
    code: "wie-im-vorjahr",
    run: Run::Data(|programme| {
        if programme.earlier.is_none() {
            return Vec::new();
        }
        let groups = groups(programme).into_iter();
        let copied = groups.filter_map(|group| Some((copied(programme, &group.figures)?, group)));
        copied.map(|(count, group)| finding(&group, count)).collect()
    }),
};

/// Figures that are planned together.
struct Group {
    name: String,
    span: Span,
    figures: Vec<FigureId>,
}

fn groups(programme: &Programme) -> Vec<Group> {
    let figures = &programme.figures;
    let mut kinds: BTreeMap<&str, Vec<FigureId>> = BTreeMap::new();
    for (id, figure) in figures.iter().filter(|(id, _)| !figures.is_earlier(*id)) {
        let kind = figure.path.split('.').next().unwrap_or_default();
        // What is said of the year before is the same by its nature.
        if !figure.path.ends_with(".vorjahr") {
            kinds.entry(kind).or_default().push(id);
        }
    }
    let named =
        [("mittel", "der Mittel"), ("massnahmen", "der Maßnahmen"), ("personal", "des Personals")];
    let mut out: Vec<Group> = named
        .into_iter()
        .filter_map(|(kind, name)| {
            let all = kinds.get(kind)?;
            let span = figures.get(*all.first()?).span;
            Some(Group { name: name.to_owned(), span, figures: all.clone() })
        })
        .collect();
    for table in &programme.tables {
        let cells = table.rows.iter().flat_map(|row| &row.cells);
        let ids = cells.filter_map(|cell| match cell {
            Cell::Figure(id) => Some(*id),
            _ => None,
        });
        let title = crate::tree::walk::plain(&table.title);
        let name = format!("der Tabelle „{title}“");
        out.push(Group { name, span: table.span, figures: ids.collect() });
    }
    out
}

/// How many figures are entered, if all of them are those of the year before.
fn copied(programme: &Programme, ids: &[FigureId]) -> Option<usize> {
    /// So few may be the same by chance.
    const FEWEST: usize = 5;
    let figures = &programme.figures;
    let mut count = 0;
    for id in ids {
        let figure = figures.get(*id);
        let Origin::Entered(quantity) = &figure.origin else { continue };
        if !quantity.is_number() {
            continue;
        }
        let before = figures.find(&format!("{EARLIER}{}", figure.path))?;
        if figures.computed_with_unit(before).as_ref() != Some(quantity) {
            return None;
        }
        count += 1;
    }
    (count >= FEWEST).then_some(count)
}

fn finding(group: &Group, count: usize) -> Finding {
    Finding::note(
        "wie-im-vorjahr",
        format!("Alle {count} Zahlen {} stehen so auch im Programm des Vorjahres.", group.name),
    )
    .at(group.span, "schon für das neue Jahr geplant?")
    .hint("Tragen Sie die neuen Zahlen ein; sind sie wirklich gleich geblieben, ist nichts zu tun.")
}
