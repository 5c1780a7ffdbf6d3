// SPDX-License-Identifier: EUPL-1.2
//! Tables that need HTML: spans, several head rows, no head, lists in cells.

use crate::tree::{Align, Block, Cell, Inline, RowKind, Table};
use crate::write::grid::Grid;

/// Gives a footnote its number.
type Footnotes<'f, 'a> = &'f mut dyn FnMut(&str, &'a [Block]) -> usize;

/// Writes a table.
pub(super) fn table<'a>(table: &'a Table, footnotes: Footnotes<'_, 'a>) -> String {
    let mut out = String::from("<table>\n");
    if !table.head.is_empty() {
        out.push_str("<thead>\n");
        for row in &table.head {
            out.push_str("<tr>\n");
            for cell in row {
                let scope = if cell.colspan > 1 { "colgroup" } else { "col" };
                self::cell(&mut out, cell, Some(scope), Align::Left, footnotes);
            }
            out.push_str("</tr>\n");
        }
        out.push_str("</thead>\n");
    }
    out.push_str("<tbody>\n");
    let mut grid = Grid::new(table.columns.len());
    for row in &table.rows {
        out.push_str("<tr>\n");
        let strong = matches!(row.kind, RowKind::Group | RowKind::Total);
        for cell in &row.cells {
            let column = grid.place(cell);
            let align = table.columns.get(column).map_or(Align::Left, |column| column.align);
            let scope = match (cell.header, cell.rowspan > 1) {
                (false, _) => None,
                (true, false) => Some("row"),
                (true, true) => Some("rowgroup"),
            };
            let start = out.len();
            self::cell(&mut out, cell, scope, align, footnotes);
            if strong && !cell.header && !cell.body.is_empty() {
                let text = out.split_off(start);
                out.push_str(&embolden(&text));
            }
        }
        grid.next_row();
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody>\n</table>\n");
    out
}

/// Sets the content of a `td` in bold.
fn embolden(cell: &str) -> String {
    let (Some(open), Some(close)) = (cell.find('>'), cell.rfind("</")) else {
        return cell.to_owned();
    };
    format!("{}<strong>{}</strong>{}", &cell[..=open], &cell[open + 1..close], &cell[close..])
}

fn cell<'a>(
    out: &mut String,
    cell: &'a Cell,
    scope: Option<&str>,
    align: Align,
    footnotes: Footnotes<'_, 'a>,
) {
    let name = if scope.is_some() { "th" } else { "td" };
    out.push_str(&format!("<{name}"));
    if let Some(scope) = scope {
        out.push_str(&format!(" scope=\"{scope}\""));
    }
    if cell.colspan > 1 {
        out.push_str(&format!(" colspan=\"{}\"", cell.colspan));
    }
    if cell.rowspan > 1 {
        out.push_str(&format!(" rowspan=\"{}\"", cell.rowspan));
    }
    match align {
        Align::Left => {}
        Align::Right => out.push_str(" align=\"right\""),
        Align::Centre => out.push_str(" align=\"center\""),
    }
    out.push('>');
    blocks(out, &cell.body, footnotes);
    out.push_str(&format!("</{name}>\n"));
}

fn blocks<'a>(out: &mut String, body: &'a [Block], footnotes: Footnotes<'_, 'a>) {
    let alone = body.len() == 1;
    for block in body {
        match block {
            Block::Paragraph(text) if alone => inlines(out, text, footnotes),
            Block::Paragraph(text) => {
                out.push_str("<p>");
                inlines(out, text, footnotes);
                out.push_str("</p>");
            }
            Block::List { start, items } => {
                let name = if start.is_some() { "ol" } else { "ul" };
                out.push_str(&format!("<{name}>"));
                for item in items {
                    out.push_str("<li>");
                    blocks(out, item, footnotes);
                    out.push_str("</li>");
                }
                out.push_str(&format!("</{name}>"));
            }
            Block::Quote(body) | Block::Boxed { body, .. } => blocks(out, body, footnotes),
            _ => {}
        }
    }
}

fn inlines<'a>(out: &mut String, list: &'a [Inline], footnotes: Footnotes<'_, 'a>) {
    let around =
        |out: &mut String, name: &str, body: &'a [Inline], footnotes: Footnotes<'_, 'a>| {
            out.push_str(&format!("<{name}>"));
            inlines(out, body, footnotes);
            out.push_str(&format!("</{name}>"));
        };
    for inline in list {
        match inline {
            Inline::Text(text) => out.push_str(&escape(text)),
            Inline::Strong(body) => around(out, "strong", body, footnotes),
            Inline::Emphasis(body) => around(out, "em", body, footnotes),
            Inline::Struck(body) => around(out, "del", body, footnotes),
            Inline::Inserted(body) => around(out, "ins", body, footnotes),
            Inline::Code(text) => out.push_str(&format!("<code>{}</code>", escape(text))),
            Inline::Link { url, body } => {
                out.push_str(&format!("<a href=\"{}\">", escape(url)));
                inlines(out, body, footnotes);
                out.push_str("</a>");
            }
            Inline::Internal { target, body } => {
                out.push_str(&format!("<a href=\"#{target}\">"));
                inlines(out, body, footnotes);
                out.push_str("</a>");
            }
            Inline::Figure { body, .. } | Inline::Reference { body, .. } => {
                inlines(out, body, footnotes);
            }
            Inline::Footnote { label, body } => {
                let number = footnotes(label, body);
                // Forges do not read footnote marks inside HTML.
                out.push_str(&format!("<sup>{number}</sup>"));
            }
            Inline::Break => out.push_str("<br>"),
        }
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
