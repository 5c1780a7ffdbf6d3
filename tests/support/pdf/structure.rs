// SPDX-License-Identifier: EUPL-1.2
//! The structure tree: elements with their attributes and the text of their marked content.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::{Dictionary, Document, Object, ObjectId, decode_text_string};

use super::content::{Contents, Run};
use super::objects::{array, dict, get, kids, lossy, name, one_or_more, reference, resolve, text};
use super::{Element, Node, Value};

/// Structure trees that are nested deeper than this are refused.
const MAX_DEPTH: usize = 100;

/// The structure tree, read.
pub struct Structure {
    /// The element at the top.
    pub root: Element,
    /// What is wrong with the content and where it does not fit the tree.
    pub problems: Vec<String>,
}

impl Structure {
    /// Reads the structure tree `tree` and puts the contents into it.
    pub fn read<'a>(
        doc: &'a Document,
        tree: &'a Dictionary,
        page_ids: &[ObjectId],
        contents: Contents<'a>,
    ) -> Result<Self, String> {
        let mut builder = Builder {
            doc,
            role_map: dict(doc, tree, "RoleMap"),
            class_map: dict(doc, tree, "ClassMap"),
            pages: page_ids.iter().copied().zip(1..).collect(),
            runs: contents.runs,
            problems: contents.problems,
            owners: BTreeMap::new(),
            seen: BTreeSet::new(),
            last: None,
        };
        let root = builder.root(tree)?;
        builder.unused();
        builder.parent_tree(tree, page_ids);
        Ok(Self { root, problems: builder.problems })
    }
}

/// Builds the elements.
struct Builder<'a> {
    doc: &'a Document,
    role_map: Option<&'a Dictionary>,
    class_map: Option<&'a Dictionary>,
    /// Page numbers, from 1.
    pages: BTreeMap<ObjectId, usize>,
    /// The text that no element has taken yet, by the page or form and the number of the marked
    /// content.
    runs: BTreeMap<(ObjectId, i64), Vec<Run>>,
    problems: Vec<String>,
    /// The element that has taken a piece of marked content.
    owners: BTreeMap<(ObjectId, i64), Option<ObjectId>>,
    /// The elements read so far.
    seen: BTreeSet<ObjectId>,
    /// The end of the text before, within the same block.
    last: Option<Run>,
}

impl<'a> Builder<'a> {
    fn root(&mut self, tree: &'a Dictionary) -> Result<Element, String> {
        let mut root = Element { role: "StructTreeRoot".into(), ..Element::default() };
        root.tag.clone_from(&root.role);
        for kid in kids(self.doc, tree) {
            self.kid(kid, None, None, &mut root, 0)?;
        }
        match root.children.as_slice() {
            [Node::Element(_)] => match root.children.pop() {
                Some(Node::Element(element)) => Ok(element),
                _ => Err("no element at the top of the structure tree".into()),
            },
            _ => Ok(root),
        }
    }

    fn element(
        &mut self,
        id: Option<ObjectId>,
        from: &'a Dictionary,
        page: Option<ObjectId>,
        depth: usize,
    ) -> Result<Element, String> {
        if depth > MAX_DEPTH {
            return Err(format!("structure elements nested more than {MAX_DEPTH} deep"));
        }
        let doc = self.doc;
        let tag = name(doc, from, "S").ok_or("a structure element without a role")?;
        let page = reference(from, "Pg").or(page);
        let mut element = Element {
            role: self.standard_role(&tag),
            tag,
            attributes: self.attributes(from),
            title: text(doc, from, "T"),
            alt: text(doc, from, "Alt"),
            actual_text: text(doc, from, "ActualText"),
            lang: text(doc, from, "Lang"),
            id: text(doc, from, "ID"),
            page: None,
            children: Vec::new(),
        };
        if !element.is_inline() {
            self.last = None;
        }
        for kid in kids(doc, from) {
            self.kid(kid, id, page, &mut element, depth)?;
        }
        if !element.is_inline() {
            self.last = None;
        }
        let own = reference(from, "Pg").and_then(|page| self.pages.get(&page).copied());
        element.page = element.elements().filter_map(|e| e.page).chain(own).min();
        Ok(element)
    }

    /// One entry of K: a number of marked content, a dictionary that refers to content, or an
    /// element.
    fn kid(
        &mut self,
        kid: &'a Object,
        parent: Option<ObjectId>,
        page: Option<ObjectId>,
        into: &mut Element,
        depth: usize,
    ) -> Result<(), String> {
        let id = kid.as_reference().ok();
        match resolve(self.doc, kid) {
            Some(Object::Integer(mcid)) => self.content(page, *mcid, parent, into),
            Some(Object::Dictionary(from)) => match name(self.doc, from, "Type").as_deref() {
                Some("MCR") => {
                    let place = reference(from, "Stm").or(reference(from, "Pg")).or(page);
                    let mcid = get(self.doc, from, "MCID").and_then(|o| o.as_i64().ok());
                    let mcid = mcid.ok_or("a reference to marked content without a number")?;
                    self.content(place, mcid, parent, into);
                }
                Some("OBJR") => {}
                _ => {
                    if id.is_some_and(|id| !self.seen.insert(id)) {
                        return Err("a structure element is in the tree twice".into());
                    }
                    let element = self.element(id, from, page, depth + 1)?;
                    into.children.push(Node::Element(element));
                }
            },
            _ => return Err(format!("{} has a child that is not there", into.role)),
        }
        Ok(())
    }

    fn content(
        &mut self,
        place: Option<ObjectId>,
        mcid: i64,
        parent: Option<ObjectId>,
        into: &mut Element,
    ) {
        let key = place.map(|place| (place, mcid));
        let Some((key, runs)) = key.and_then(|key| Some((key, self.runs.remove(&key)?))) else {
            let role = &into.role;
            self.problems
                .push(format!("{role} refers to marked content {mcid}, which is missing or taken"));
            return;
        };
        self.owners.insert(key, parent);
        if runs.is_empty() {
            return;
        }
        let mut text = String::new();
        for run in runs {
            if let Some(last) = &self.last {
                text.push_str(run.separator(last));
            }
            text.push_str(&run.text);
            self.last = Some(run);
        }
        into.children.push(Node::Text(text));
    }

    fn standard_role(&self, tag: &str) -> String {
        let mut role = tag.to_string();
        // A role may be mapped to one that is mapped again.
        for _ in 0..10 {
            match self.role_map.and_then(|map| name(self.doc, map, &role)) {
                Some(mapped) => role = mapped,
                None => break,
            }
        }
        role
    }

    fn attributes(&self, from: &'a Dictionary) -> BTreeMap<String, Value> {
        let mut found = BTreeMap::new();
        let mut add = |object: &Object| {
            let object = resolve(self.doc, object);
            let owner = match object {
                Some(Object::Dictionary(owner)) => owner,
                Some(Object::Stream(stream)) => &stream.dict,
                _ => return, // a revision number
            };
            for (key, value) in owner {
                if key != b"O"
                    && let Some(value) = self.value(value, 0)
                {
                    found.insert(lossy(key), value);
                }
            }
        };
        // The attributes of a class come first; the element's own go before them.
        for class in one_or_more(self.doc, from, "C") {
            let class = class.as_name().ok().and_then(|name| self.class_map?.get(name).ok());
            match class.and_then(|class| resolve(self.doc, class)) {
                Some(Object::Array(list)) => list.iter().for_each(&mut add),
                Some(object) => add(object),
                None => {}
            }
        }
        one_or_more(self.doc, from, "A").into_iter().for_each(&mut add);
        found
    }

    fn value(&self, object: &Object, depth: usize) -> Option<Value> {
        Some(match resolve(self.doc, object)? {
            Object::Boolean(b) => Value::Bool(*b),
            Object::Name(name) => Value::Name(lossy(name)),
            string @ Object::String(..) => Value::Text(decode_text_string(string).ok()?),
            Object::Array(list) if depth < MAX_DEPTH => {
                Value::List(list.iter().filter_map(|o| self.value(o, depth + 1)).collect())
            }
            number => Value::Number(number.as_float().ok()?.into()),
        })
    }

    /// Marked content that no element has taken.
    fn unused(&mut self) {
        for ((place, mcid), runs) in std::mem::take(&mut self.runs) {
            let text: String = runs.into_iter().map(|run| run.text).collect();
            let page = self.pages.get(&place).map_or("a form".into(), |n| format!("page {n}"));
            self.problems
                .push(format!("marked content {mcid} of {page} is in no element: “{text}”"));
        }
    }

    /// Compares the parent tree, which leads from the content to the elements, with the elements.
    fn parent_tree(&mut self, tree: &'a Dictionary, page_ids: &[ObjectId]) {
        let mut parents = BTreeMap::new();
        if let Some(node) = dict(self.doc, tree, "ParentTree") {
            number_tree(self.doc, node, &mut parents, 0);
        }
        for (i, &id) in page_ids.iter().enumerate() {
            let owned = self.owners.range((id, i64::MIN)..=(id, i64::MAX));
            let Ok(page) = self.doc.get_dictionary(id) else { continue };
            let key = get(self.doc, page, "StructParents").and_then(|o| o.as_i64().ok());
            let entry = key.and_then(|key| parents.get(&key)).and_then(|o| o.as_array().ok());
            for (&(_, mcid), &owner) in owned {
                let entry = entry.zip(usize::try_from(mcid).ok()).and_then(|(list, i)| list.get(i));
                if owner.is_none() || entry.and_then(|o| o.as_reference().ok()) != owner {
                    self.problems.push(format!(
                        "page {}: the parent tree does not lead from marked content {mcid} to its element",
                        i + 1
                    ));
                }
            }
            for annotation in array(self.doc, page, "Annots") {
                let annotation = resolve(self.doc, annotation).and_then(|o| o.as_dict().ok());
                let key = annotation.and_then(|d| get(self.doc, d, "StructParent")?.as_i64().ok());
                let entry = key.and_then(|key| parents.get(&key)?.as_reference().ok());
                if entry.is_none_or(|id| !self.seen.contains(&id)) {
                    self.problems.push(format!("page {}: an annotation is in no element", i + 1));
                }
            }
        }
    }
}

fn number_tree<'a>(
    doc: &'a Document,
    node: &'a Dictionary,
    into: &mut BTreeMap<i64, &'a Object>,
    depth: usize,
) {
    for pair in array(doc, node, "Nums").chunks_exact(2) {
        if let [Object::Integer(key), value] = pair {
            // References to elements stay references, arrays are looked up.
            let looked_up = resolve(doc, value);
            into.insert(*key, looked_up.filter(|o| o.as_array().is_ok()).unwrap_or(value));
        }
    }
    for kid in array(doc, node, "Kids") {
        if let Some(Object::Dictionary(kid)) = resolve(doc, kid)
            && depth < MAX_DEPTH
        {
            number_tree(doc, kid, into, depth + 1);
        }
    }
}
