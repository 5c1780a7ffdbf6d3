// SPDX-License-Identifier: EUPL-1.2
//! Reads a page of HTML back, strictly, and says what is wrong with it: nesting, ids, links,
//! headings, names, tables, and whether it stands alone.

use std::collections::{BTreeMap, BTreeSet};

use super::grid::{Grid, Spanned};

/// A part of a page.
#[derive(Debug)]
pub enum Node {
    Element(Element),
    Text(String),
}

/// An element.
#[derive(Debug, Default)]
pub struct Element {
    pub name: String,
    pub attributes: BTreeMap<String, String>,
    pub children: Vec<Node>,
}

const EMPTY: [&str; 5] = ["meta", "br", "hr", "col", "img"];
const HEADINGS: [&str; 6] = ["h1", "h2", "h3", "h4", "h5", "h6"];
/// Elements that may stand in running text.
const PHRASING: [&str; 14] = [
    "a", "strong", "em", "del", "ins", "code", "span", "sup", "br", "time", "img", "svg", "title",
    "text",
];

impl Element {
    pub fn get(&self, attribute: &str) -> Option<&str> {
        self.attributes.get(attribute).map(String::as_str)
    }

    /// The elements below, at any depth, in reading order.
    pub fn all(&self) -> Vec<&Element> {
        let mut out = Vec::new();
        for child in self.elements() {
            out.push(child);
            out.extend(child.all());
        }
        out
    }

    pub fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|child| match child {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    pub fn named<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Element> {
        self.all().into_iter().filter(move |element| element.name == name)
    }

    /// What is read, hidden hints and marks of footnotes left out; paragraphs and items are parts.
    pub fn parts(&self) -> Vec<String> {
        let mut out = vec![String::new()];
        self.add_parts(&mut out);
        out.iter().map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
    }

    fn add_parts(&self, out: &mut Vec<String>) {
        for child in &self.children {
            match child {
                Node::Text(text) => out.last_mut().expect("a part").push_str(text),
                Node::Element(element) if element.name == "br" => {
                    out.last_mut().expect("a part").push(' ');
                }
                Node::Element(element)
                    if element.name == "sup" || element.get("class") == Some("unsichtbar") => {}
                Node::Element(element) => {
                    let part = matches!(element.name.as_str(), "p" | "li");
                    out.extend(part.then(String::new));
                    element.add_parts(out);
                    out.extend(part.then(String::new));
                }
            }
        }
    }
}

/// Reads a page; gives back `html`.
pub fn read(page: &str) -> Result<Element, String> {
    let mut rest = page.strip_prefix("<!DOCTYPE html>\n").ok_or("no document type")?;
    let mut open = vec![Element::default()];
    while let Some(at) = rest.find('<') {
        let top = open.last_mut().expect("a root");
        top.children.push(Node::Text(text(&rest[..at])?));
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix('/') {
            let (name, after) = after.split_once('>').ok_or("a tag without an end")?;
            let done = open.pop().expect("a root");
            if done.name != name {
                return Err(format!("</{name}> closes <{}>", done.name));
            }
            open.last_mut().ok_or("an end too many")?.children.push(Node::Element(done));
            rest = after;
            continue;
        }
        let (element, closed, after) = tag(rest)?;
        rest = after;
        if element.name == "style" {
            let (_, after) = rest.split_once("</style>").ok_or("a style without an end")?;
            rest = after;
        }
        let drawn = open.iter().any(|above| above.name == "svg");
        if closed && !drawn {
            return Err(format!("<{}/> outside a drawing", element.name));
        }
        let leaf = closed || element.name == "style" || EMPTY.contains(&element.name.as_str());
        if leaf {
            open.last_mut().expect("a root").children.push(Node::Element(element));
        } else {
            open.push(element);
        }
    }
    let [mut root] =
        <[Element; 1]>::try_from(open).map_err(|open| format!("{} open", open.len()))?;
    let html = root.children.drain(..).find_map(|child| match child {
        Node::Element(element) => Some(element),
        Node::Text(_) => None,
    });
    html.ok_or_else(|| "no element".to_owned())
}

/// A tag behind its `<`: the element, whether it closes itself, and what follows.
fn tag(source: &str) -> Result<(Element, bool, &str), String> {
    let end = source.find([' ', '>', '/']).ok_or("a tag without an end")?;
    let (name, mut rest) = source.split_at(end);
    if name.is_empty() || !name.chars().all(|c| c.is_ascii_alphanumeric()) {
        return Err(format!("<{name}"));
    }
    let mut element = Element { name: name.to_owned(), ..Element::default() };
    loop {
        if let Some(after) = rest.strip_prefix('>') {
            return Ok((element, false, after));
        }
        if let Some(after) = rest.strip_prefix("/>") {
            return Ok((element, true, after));
        }
        let after = rest.strip_prefix(' ').ok_or_else(|| format!("<{name}{rest:.20}"))?;
        let (key, after) = after.split_once("=\"").ok_or_else(|| format!("<{name} {after:.20}"))?;
        if !key.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == ':') {
            return Err(format!("attribute „{key}“ of <{name}>"));
        }
        let (value, after) = after.split_once('"').ok_or("a value without an end")?;
        if element.attributes.insert(key.to_owned(), text(value)?).is_some() {
            return Err(format!("attribute {key} of <{name}> twice"));
        }
        rest = after;
    }
}

/// Text with its entities.
fn text(source: &str) -> Result<String, String> {
    let mut parts = source.split('&');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, rest) = part.split_once(';').ok_or_else(|| format!("&{part:.20}"))?;
        out.push(match name {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "#39" => '\'',
            _ => return Err(format!("&{name};")),
        });
        out.push_str(rest);
    }
    match out.chars().find(|c| c.is_control() && *c != '\n') {
        Some(c) => Err(format!("control character {c:?}")),
        None if source.contains('>') => Err(format!("> in „{source:.40}“")),
        None => Ok(out),
    }
}

/// What is wrong with a page.
pub fn problems(page: &str) -> Vec<String> {
    let html = match read(page) {
        Ok(html) => html,
        Err(problem) => return vec![problem],
    };
    let mut out = Vec::new();
    nesting(&html, &mut Vec::new(), &mut out);
    let all = html.all();
    let ids: Vec<&str> = all.iter().filter_map(|element| element.get("id")).collect();
    let known: BTreeSet<&str> = ids.iter().copied().collect();
    out.extend((known.len() < ids.len()).then(|| "an id twice".to_owned()));
    out.extend(
        ids.iter().find(|id| id.is_empty() || id.contains(' ')).map(|id| format!("id „{id}“")),
    );
    let style = page.split_once("<style>").and_then(|(_, rest)| rest.split_once("</style>"));
    let style = style.map_or("", |(style, _)| style);
    out.extend(
        ["url(", "@import", "</"]
            .iter()
            .filter(|word| style.contains(**word))
            .map(|word| format!("style has {word}")),
    );
    let mut level = 0;
    let once = |name: &str| all.iter().filter(|element| element.name == name).count() == 1;
    out.extend(
        ["h1", "main", "title"]
            .iter()
            .filter(|name| !once(name) && **name != "title")
            .map(|name| format!("not one {name}")),
    );
    out.extend((html.get("lang") != Some("de")).then(|| "no language".to_owned()));
    for element in all {
        let name = element.name.as_str();
        let filled =
            |attribute: &str| element.get(attribute).is_some_and(|text| !text.trim().is_empty());
        let mut wrong = |what: &str| out.push(format!("<{name}> {what}: {:?}", element.attributes));
        if matches!(name, "script" | "link" | "iframe" | "object" | "embed" | "base" | "form") {
            wrong("is not allowed");
        }
        if element.attributes.keys().any(|key| key.starts_with("on")) {
            wrong("runs something");
        }
        if element.get("src").is_some_and(|src| !src.starts_with("data:image/")) {
            wrong("loads something");
        }
        if let Some(href) = element.get("href") {
            let out_of_page = ["http://", "https://", "mailto:"].iter().any(|scheme| {
                href.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
            });
            match href.strip_prefix('#') {
                Some(id) if known.contains(id) => {}
                None if name == "a" && out_of_page => {}
                _ => wrong("leads nowhere"),
            }
        }
        if name == "a" && element.parts().is_empty() {
            wrong("has no text");
        }
        if name == "img" && !filled("alt") || name == "svg" && !filled("aria-label") {
            wrong("has no name");
        }
        if name == "svg" && element.elements().next().is_none_or(|first| first.name != "title") {
            wrong("has no title");
        }
        if element.get("role") == Some("region") && !(filled("aria-label") && filled("tabindex")) {
            wrong("cannot be reached");
        }
        if name == "nav" && !filled("aria-label") {
            wrong("has no name");
        }
        if let Some(at) = HEADINGS.iter().position(|heading| *heading == name) {
            if at > level {
                wrong("leaves out a level");
            }
            level = at + 1;
        }
        if name == "th" {
            let scope = element.get("scope").unwrap_or_default();
            if !["col", "colgroup", "row", "rowgroup"].contains(&scope) {
                wrong("has no scope");
            }
            if element.parts().is_empty() {
                wrong("is empty");
            }
        }
        if name == "table" {
            table(element, &mut wrong);
        }
    }
    out
}

/// A caption, and as many cells in every row as there are columns.
fn table(table: &Element, wrong: &mut impl FnMut(&str)) {
    let first = table.elements().next();
    if first.is_none_or(|first| {
        first.name != "caption" || first.elements().count() == 0 && first.parts().is_empty()
    }) {
        wrong("has no caption");
    }
    let columns = table.named("col").count();
    for part in table.elements().filter(|part| ["thead", "tbody"].contains(&part.name.as_str())) {
        let rows: Vec<&Element> = part.named("tr").collect();
        let mut covered = vec![0; rows.len()];
        for (y, row) in rows.iter().enumerate() {
            for cell in row.elements() {
                for here in y..y + span(cell, "rowspan") {
                    match covered.get_mut(here) {
                        Some(width) => *width += span(cell, "colspan"),
                        None => wrong("has a cell that reaches out of it"),
                    }
                }
            }
        }
        if covered.iter().any(|width| *width != columns) {
            wrong(&format!("has {columns} columns, but rows of {covered:?}"));
        }
    }
}

/// Reports what HTML does not allow within each other.
fn nesting<'a>(element: &'a Element, above: &mut Vec<&'a str>, out: &mut Vec<String>) {
    let name = element.name.as_str();
    let within = |names: &[&str]| above.iter().any(|above| names.contains(above));
    let heading = HEADINGS.contains(&name);
    let text = within(&["p", "span", "summary", "dt", "caption"]) || within(&HEADINGS);
    let wrong = name == "a" && within(&["a"])
        || text && !within(&["svg"]) && !PHRASING.contains(&name)
        || (heading || ["section", "aside", "nav"].contains(&name)) && within(&["table"])
        || name == "li" && !matches!(above.last(), Some(&("ul" | "ol")))
        || matches!(above.last(), Some(&("ul" | "ol"))) && name != "li";
    if wrong {
        out.push(format!("<{name}> within {above:?}"));
    }
    above.push(name);
    element.elements().for_each(|child| nesting(child, above, out));
    above.pop();
}

fn span(cell: &Element, name: &str) -> usize {
    cell.get(name).and_then(|span| span.parse().ok()).unwrap_or(1)
}

/// Every table that has an anchor.
pub fn tables(page: &str) -> BTreeMap<String, Grid> {
    let html = read(page).expect("a page");
    let mut out = BTreeMap::new();
    for frame in html.named("div").filter(|div| div.get("class") == Some("tafel")) {
        let (Some(id), Some(table)) = (frame.get("id"), frame.named("table").next()) else {
            continue;
        };
        let rows = |part: &str| -> Vec<Vec<Spanned>> {
            let parts = table.elements().filter(|element| element.name == part);
            parts
                .flat_map(|part| part.named("tr").collect::<Vec<_>>())
                .map(|row| {
                    let cells = row.elements().map(|cell| Spanned {
                        text: cell.parts().join(" | "),
                        rowspan: span(cell, "rowspan"),
                        colspan: span(cell, "colspan"),
                    });
                    cells.collect()
                })
                .collect()
        };
        out.insert(id.to_owned(), Grid::new(&rows("thead"), &rows("tbody")));
    }
    out
}
