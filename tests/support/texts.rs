// SPDX-License-Identifier: EUPL-1.2
//! Changing running text of a programme in memory.

use amip::diag::Span;
use amip::model::Programme;
use amip::model::table::Cell;
use amip::tree::{Inline, walk};

/// Gives the link to a figure at a place another text, wherever that text is shown.
pub fn replace(programme: &mut Programme, place: Span, figure: &str, text: &str) {
    each_list(programme, &mut |list| {
        for inline in list {
            if let Inline::Figure { path, span, body, .. } = inline
                && *span == place
                && path == figure
            {
                *body = vec![Inline::Text(text.to_owned())];
            }
        }
    });
}

/// Calls `visit` for every list of inlines in the data and texts.
fn each_list(programme: &mut Programme, visit: &mut impl FnMut(&mut Vec<Inline>)) {
    let mut lists: Vec<&mut Vec<Inline>> = Vec::new();
    for measure in &mut programme.measures {
        lists.extend([&mut measure.name, &mut measure.function]);
        lists.extend(measure.parts.iter_mut().filter_map(|part| part.name.as_mut()));
    }
    for field in &mut programme.fields {
        lists.extend([&mut field.title, &mut field.overview_title, &mut field.goal]);
        for strategy in &mut field.strategies {
            let titles = [&mut strategy.title, &mut strategy.heading, &mut strategy.table_title];
            lists.extend(titles);
            for (text, points) in &mut strategy.steps {
                lists.push(text);
                lists.extend(points);
            }
        }
        lists.extend(field.tasks.iter_mut().map(|task| &mut task.text));
    }
    for table in &mut programme.tables {
        lists.push(&mut table.title);
        lists.extend(&mut table.note);
        for cell in table.rows.iter_mut().flat_map(|row| &mut row.cells) {
            match cell {
                Cell::Text(text) => lists.push(text),
                Cell::List(items) => lists.extend(items),
                Cell::Empty | Cell::Figure(_) => {}
            }
        }
    }
    for picture in &mut programme.pictures {
        lists.extend([&mut picture.title, &mut picture.note]);
    }
    lists.extend(programme.footnotes.iter_mut().map(|footnote| &mut footnote.body));
    for list in &mut programme.lists {
        lists.extend([&mut list.title, &mut list.conclusion]);
        lists.extend(list.items.iter_mut().map(|item| &mut item.text));
    }
    lists.into_iter().for_each(|list| walk::inline_tree(list, visit));
    for text in programme.texts.values_mut() {
        walk::inlines_mut(&mut text.blocks, visit);
    }
}
