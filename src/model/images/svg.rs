// SPDX-License-Identifier: EUPL-1.2
//! Drawings without what is not seen: scripts, titles, comments, what drawing programs note for
//! themselves, and anything that leads out of the file.
//!
//! Written anew from what is known to draw, so that what nobody thought of stays out.

use std::collections::BTreeSet;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use roxmltree::{Attribute, Document, Node, ParsingOptions};

use super::Damage;

const SVG: &str = "http://www.w3.org/2000/svg";
const XLINK: &str = "http://www.w3.org/1999/xlink";
const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// Elements that do not draw.
const SILENT: [&str; 5] = ["script", "metadata", "title", "desc", "foreignObject"];

/// The same drawing.
pub(super) fn stripped(bytes: &[u8]) -> Result<Vec<u8>, Damage> {
    let text = std::str::from_utf8(bytes).map_err(|_| Damage { place: None })?;
    let text = text.trim_start_matches('\u{feff}');
    // Some programs write a document type with entities; how much they may hold is bounded.
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    let document = Document::parse_with_options(text, options).map_err(|error| {
        let place = error.pos();
        Damage { place: Some((place.row, place.col)) }
    })?;
    let root = document.root_element();
    if !root.has_tag_name((SVG, "svg")) {
        return Err(Damage { place: Some((1, 1)) });
    }
    let mut writer = Writer { out: String::new(), names: names(root), hidden: hidden(root) };
    writer.element(root, true);
    writer.out.push('\n');
    Ok(writer.out.into_bytes())
}

/// New names for elements and classes: the old ones may tell who drew what. The longest come first,
/// for one may begin like another.
fn names(root: Node<'_, '_>) -> Vec<(String, String)> {
    // Names that are put together, or written in another way, are not found again.
    let text = sheets(root);
    let encoded = |node: Node<'_, '_>| {
        node.attributes().any(|it| it.value().contains('#') && it.value().contains('%'))
    };
    if text.contains(['[', '\\', '%']) || root.descendants().any(encoded) {
        return Vec::new();
    }
    let mut old = BTreeSet::new();
    for node in root.descendants() {
        old.extend(node.attribute("id").map(|id| format!("#{id}")));
        let classes = node.attribute("class").unwrap_or_default().split_whitespace();
        old.extend(classes.map(|class| format!(".{class}")));
    }
    // "#fff" is a colour, and ".5" a number, whatever else bears the name.
    let reads_otherwise = |name: &String| {
        let (mark, rest) = name.split_at(1);
        let hex = rest.bytes().all(|byte| byte.is_ascii_hexdigit());
        if mark == "#" {
            hex && matches!(rest.len(), 3 | 4 | 6 | 8)
        } else {
            rest.starts_with(|c: char| c.is_ascii_digit())
        }
    };
    let mut out: Vec<(String, String)> = old
        .into_iter()
        .filter(|name| !reads_otherwise(name))
        .enumerate()
        .map(|(at, name)| {
            let new = format!("{}n{at}", &name[..1]);
            (name, new)
        })
        .collect();
    out.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    out
}

struct Writer {
    out: String,
    /// Old and new names, each with its `#` or `.`.
    names: Vec<(String, String)>,
    /// Names that a style sheet switches off, each with its `#` or `.`.
    hidden: BTreeSet<String>,
}

impl Writer {
    fn element(&mut self, node: Node<'_, '_>, root: bool) {
        let name = match node.tag_name().name() {
            // A link leads out of the file; what it is around stays.
            "a" => "g",
            name => name,
        };
        self.out.push('<');
        self.out.push_str(name);
        if root {
            self.attribute("xmlns", SVG);
            self.attribute("xmlns:xlink", XLINK);
        }
        for attribute in node.attributes() {
            self.of_element(attribute);
        }
        self.out.push('>');
        for child in node.children() {
            self.child(node, child);
        }
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
    }

    fn child(&mut self, parent: Node<'_, '_>, child: Node<'_, '_>) {
        if child.is_text() {
            let text = child.text().unwrap_or_default();
            if parent.has_tag_name((SVG, "style")) {
                let style = self.renamed(&style(text));
                self.text(&style);
            } else {
                self.text(text);
            }
        }
        let name = child.tag_name();
        if child.is_element()
            && !self.is_hidden(child)
            && name.namespace() == Some(SVG)
            && !SILENT.iter().any(|silent| silent.eq_ignore_ascii_case(name.name()))
        {
            self.element(child, false);
        }
    }

    fn of_element(&mut self, attribute: Attribute<'_, '_>) {
        let (name, value) = (attribute.name(), attribute.value());
        match (attribute.namespace(), name) {
            (None | Some(XLINK), "href") => {
                if let Some(value) = link(&self.renamed(value)) {
                    let prefix = if attribute.namespace().is_some() { "xlink:" } else { "" };
                    self.attribute(&format!("{prefix}href"), &value);
                }
            }
            (Some(XML), "space") => self.attribute("xml:space", value),
            (None, "id") => {
                let new = self.renamed(&format!("#{value}"));
                self.attribute(name, &new[1..]);
            }
            (None, "class") => {
                let new = value.split_whitespace().map(|class| self.renamed(&format!(".{class}")));
                let new: Vec<String> = new.map(|class| class[1..].to_owned()).collect();
                self.attribute(name, &new.join(" "));
            }
            (None, "style") => {
                let own = self.renamed(&style(value));
                self.attribute(name, &own);
            }
            (None, _) if draws(name) && !leads_out(value) => {
                let own = if value.contains('#') { self.renamed(value) } else { value.to_owned() };
                self.attribute(name, &own);
            }
            _ => {}
        }
    }

    /// A value or style sheet with the new names.
    fn renamed(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(at) = rest.find(['#', '.']) {
            out.push_str(&rest[..at]);
            let tail = &rest[at..];
            let ends = |name: &str| {
                let next = tail[name.len()..].chars().next();
                !next.is_some_and(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
            };
            let found =
                self.names.iter().find(|(old, _)| tail.starts_with(old.as_str()) && ends(old));
            let (old, new) =
                found.map_or((&tail[..1], &tail[..1]), |(old, new)| (old.as_str(), new.as_str()));
            out.push_str(new);
            rest = &tail[old.len()..];
        }
        out.push_str(rest);
        out
    }

    /// Whether an element is switched off, and nothing in it is shown elsewhere.
    fn is_hidden(&self, node: Node<'_, '_>) -> bool {
        let own = OFF.iter().filter_map(|name| Some((*name, node.attribute(*name)?)));
        let style = declarations(node.attribute("style").unwrap_or_default());
        let mut classes = node.attribute("class").unwrap_or_default().split_whitespace();
        let off = own.chain(style).any(|(name, value)| switches_off(name, value))
            || classes.any(|class| self.hidden.contains(&format!(".{class}")))
            || node.attribute("id").is_some_and(|id| self.hidden.contains(&format!("#{id}")));
        off && !is_used(node) && !is_shown_again(node)
    }

    fn attribute(&mut self, name: &str, value: &str) {
        self.out.push_str(&format!(" {name}=\""));
        self.text(value);
        self.out.push('"');
    }

    fn text(&mut self, text: &str) {
        for letter in text.chars() {
            match letter {
                '&' => self.out.push_str("&amp;"),
                '<' => self.out.push_str("&lt;"),
                '>' => self.out.push_str("&gt;"),
                '"' => self.out.push_str("&quot;"),
                '\n' | '\t' => self.out.push(letter),
                letter if letter.is_control() => {}
                letter => self.out.push(letter),
            }
        }
    }
}

/// Small letters without blanks.
fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<String>().to_lowercase()
}

/// Whether an element or something in it is drawn from elsewhere, by its name.
fn is_used(node: Node<'_, '_>) -> bool {
    let ids: Vec<String> = node
        .descendants()
        .filter_map(|inner| inner.attribute("id").map(|id| format!("#{id}")))
        .collect();
    let mut all = node.document().root_element().descendants();
    all.any(|other| {
        let mut values = other.attributes().map(|attribute| attribute.value());
        values.any(|value| ids.iter().any(|id| value.contains(id.as_str())))
    })
}

/// The text of all style sheets.
fn sheets(root: Node<'_, '_>) -> String {
    let of = |node: Node<'_, '_>| {
        node.is_text() && node.parent_element().is_some_and(|it| it.has_tag_name((SVG, "style")))
    };
    root.descendants().filter(|node| of(*node)).filter_map(|node| node.text()).collect()
}

/// Names of classes and elements that style sheets switch off.
fn hidden(root: Node<'_, '_>) -> BTreeSet<String> {
    let text = cut(&sheets(root), "/*", "*/", |_| "");
    let rules = text.split('}').filter_map(|rule| rule.split_once('{'));
    let off =
        rules.filter(|(_, all)| declarations(all).any(|(name, value)| switches_off(name, value)));
    off.flat_map(|(names, _)| names.split(',').map(|name| name.trim().to_owned())).collect()
}

/// Properties with which something is not shown.
const OFF: [&str; 3] = ["display", "visibility", "opacity"];

/// Names and values of a style.
fn declarations(style: &str) -> impl Iterator<Item = (&str, &str)> {
    style.split(';').filter_map(|one| one.split_once(':'))
}

/// Whether a property keeps an element from being seen.
fn switches_off(name: &str, value: &str) -> bool {
    let value = squeezed(value).replace("!important", "");
    match squeezed(name).as_str() {
        "display" => value == "none",
        "visibility" => matches!(value.as_str(), "hidden" | "collapse"),
        "opacity" => {
            let digits = value.trim_end_matches('%');
            !digits.is_empty() && digits.chars().all(|c| matches!(c, '0' | '.'))
        }
        _ => false,
    }
}

/// Whether something in a hidden element says that it is visible.
fn is_shown_again(node: Node<'_, '_>) -> bool {
    node.descendants().filter(|inner| *inner != node).any(|inner| {
        let style = squeezed(inner.attribute("style").unwrap_or_default());
        inner.attribute("visibility") == Some("visible") || style.contains("visibility:visible")
    })
}

/// Whether an attribute has to do with drawing, and not with programs or screen readers, who are told
/// by the text that the data give.
fn draws(name: &str) -> bool {
    let silent = ["on", "data-", "aria-"].iter().any(|prefix| name.starts_with(prefix));
    !silent && !matches!(name, "role" | "title" | "target" | "download" | "ping" | "rel")
}

/// Whether a value names a file or an address.
fn leads_out(value: &str) -> bool {
    let lower = value.to_ascii_lowercase();
    let urls = lower.match_indices("url(").map(|(at, mark)| lower[at + mark.len()..].trim_start());
    let mut out = urls.map(|rest| rest.trim_start_matches(['"', '\'']).trim_start());
    out.any(|target| !target.starts_with('#')) || lower.contains("javascript:")
}

/// What a link within a drawing may lead to: another part of it, or an image that it holds.
fn link(value: &str) -> Option<String> {
    let value = value.trim();
    if value.starts_with('#') {
        return Some(value.to_owned());
    }
    let (kind, data) = value.strip_prefix("data:image/")?.split_once(";base64,")?;
    let data: String = data.chars().filter(|c| !c.is_ascii_whitespace()).collect();
    let ending = if kind == "svg+xml" { "svg" } else { kind };
    let image = super::stripped(ending, &BASE64_STANDARD.decode(data).ok()?).ok()?;
    Some(format!("data:image/{kind};base64,{}", BASE64_STANDARD.encode(image)))
}

/// A style sheet or style without comments and foreign files.
fn style(text: &str) -> String {
    let plain = cut(text, "/*", "*/", |_| "");
    let own = cut(&plain, "@import", ";", |_| "");
    cut(&own, "url(", ")", |found| if leads_out(found) { "none" } else { found })
}

/// A text in which everything from one mark to the next other one is replaced.
fn cut(text: &str, begin: &str, end: &str, replace: impl Fn(&str) -> &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.to_ascii_lowercase().find(begin) {
        let (before, tail) = rest.split_at(at);
        let length = tail.find(end).map_or(tail.len(), |length| length + end.len());
        let (found, after) = tail.split_at(length);
        out.push_str(before);
        out.push_str(replace(found));
        rest = after;
    }
    out.push_str(rest);
    out
}
