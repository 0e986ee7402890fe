//! Instances in XCSP 2.1 as product models.
//!
//! Every variable becomes an attribute with the integers of its domain as options, every
//! table a relation, and so does every formula over few values; `allDifferent` and
//! `weightedSum` become rules. Other named constraints, soft constraints and XCSP 3 are refused.

mod constraint;
mod global;
mod predicate;
mod value;

use std::collections::BTreeMap;

use quotewright_engine::catalog::{Attribute, AttributeIndex, Model};
use roxmltree::{Document, Node};

use self::predicate::Predicate;
use self::value::Values;
use crate::diagnostic::Report;
use crate::{Diagnostic, Location, imported};

/// Positions in a relation are kept in 16 bits.
const MOST_VALUES: usize = 1 << 16;

/// Reads the XCSP file called `name`. There is no model where a diagnostic is an error.
pub fn read(name: &str, text: &str) -> (Option<Model>, Vec<Diagnostic>) {
    let document = match Document::parse(text) {
        Ok(document) => document,
        Err(error) => {
            let start = offset(text, error.pos());
            let message = format!("this is not well-formed XML: {error}");
            let location = Location::bytes(name, start..start);
            return (None, vec![Diagnostic::error("xml", location, message)]);
        }
    };
    let mut reader = Reader {
        name,
        report: Report::default(),
        domains: BTreeMap::new(),
        variables: BTreeMap::new(),
        values: Vec::new(),
        predicates: BTreeMap::new(),
    };
    let model = reader.instance(text, &document);
    let model = model.filter(|_| !reader.report.has_errors());
    (model, reader.report.finish())
}

struct Reader<'a> {
    name: &'a str,
    report: Report,
    domains: BTreeMap<&'a str, Values>,
    variables: BTreeMap<&'a str, AttributeIndex>,
    /// Of every variable.
    values: Vec<Values>,
    predicates: BTreeMap<&'a str, Predicate>,
}

impl<'a> Reader<'a> {
    fn instance(&mut self, text: &str, document: &'a Document) -> Option<Model> {
        let root = document.root_element();
        if !self.is_supported(root) {
            return None;
        }
        for node in children(root, "domains", "domain") {
            self.domain(node);
        }
        let attributes: Vec<Attribute> = children(root, "variables", "variable")
            .filter_map(|node| self.variable(node))
            .collect();
        let mut model = imported::model(self.name, text, attributes);
        let relations: BTreeMap<&str, Node> = children(root, "relations", "relation")
            .filter_map(|node| Some((node.attribute("name")?, node)))
            .collect();
        for node in children(root, "predicates", "predicate") {
            if let (Some(name), Some(predicate)) = (node.attribute("name"), self.predicate(node)) {
                self.predicates.insert(name, predicate);
            }
        }
        for node in children(root, "constraints", "constraint") {
            self.constraint(node, &relations, &mut model);
        }
        Some(model)
    }

    fn is_supported(&mut self, root: Node) -> bool {
        let presentation = child(root, "presentation");
        let of = |key| presentation.and_then(|it| it.attribute(key));
        let format = root.attribute("format").or(of("format")).unwrap_or("");
        let kind = root.attribute("type").or(of("type")).unwrap_or("CSP");
        let message = if root.tag_name().name() != "instance" {
            "this is no XCSP file: it does not begin with `<instance>`".to_owned()
        } else if !format.starts_with("XCSP 2") {
            format!("the format `{format}` is not supported: only `XCSP 2.1` is")
        } else if kind != "CSP" {
            format!("instances of type `{kind}` are not supported: only `CSP` is")
        } else {
            return true;
        };
        self.refuse_node("xcsp-format", root, message);
        false
    }

    fn domain(&mut self, node: Node<'a, '_>) {
        let Some(name) = self.attribute(node, "name") else {
            return;
        };
        match Values::read(node.text().unwrap_or("")) {
            Ok(values) => {
                if self.domains.insert(name, values).is_some() {
                    self.refuse_node("duplicate", node, format!("domain `{name}` is there twice"));
                }
            }
            Err(what) => self.refuse_node("xcsp-domain", node, what),
        }
    }

    fn variable(&mut self, node: Node<'a, '_>) -> Option<Attribute> {
        let name = self.attribute(node, "name")?;
        let domain = self.attribute(node, "domain")?;
        let Some(values) = self.domains.get(domain).cloned() else {
            let message = format!("there is no domain `{domain}`");
            self.refuse_node("xcsp-variable", node, message);
            return None;
        };
        let index = AttributeIndex(self.values.len());
        if self.variables.insert(name, index).is_some() {
            let message = format!("variable `{name}` is there twice");
            self.refuse_node("duplicate", node, message);
        }
        let codes = values.iter().map(|it| it.to_string());
        let attribute = imported::attribute(name, imported::options(codes));
        self.values.push(values);
        Some(attribute)
    }

    /// The value of an attribute that has to be there.
    fn attribute(&mut self, node: Node<'a, '_>, key: &str) -> Option<&'a str> {
        let value = node.attribute(key);
        if value.is_none() {
            let message = format!("`<{}>` needs `{key}=`", node.tag_name().name());
            self.refuse_node("xcsp-attribute", node, message);
        }
        value
    }

    fn refuse_node(&mut self, code: &'static str, node: Node, message: impl Into<String>) {
        let whole = node.range();
        // Of a long element, its first line is enough to see which one.
        let lines = &node.document().input_text()[whole.clone()];
        let length = lines.find(['\n', '\r']).unwrap_or(whole.len());
        let location = Location::bytes(self.name, whole.start..whole.start + length);
        self.report.push(Diagnostic::error(code, location, message));
    }
}

fn child<'a, 'i>(node: Node<'a, 'i>, tag: &str) -> Option<Node<'a, 'i>> {
    node.children().find(|it| it.has_tag_name(tag))
}

/// The elements called `tag` of the list called `list`.
fn children<'a, 'i>(
    root: Node<'a, 'i>,
    list: &str,
    tag: &str,
) -> impl Iterator<Item = Node<'a, 'i>> {
    (child(root, list).into_iter())
        .flat_map(|it| it.children())
        .filter(move |it| it.has_tag_name(tag))
}

/// The byte at a row and a column of characters, both from 1.
fn offset(text: &str, position: roxmltree::TextPos) -> usize {
    let row = usize::try_from(position.row).unwrap_or(1).max(1) - 1;
    let column = usize::try_from(position.col).unwrap_or(1).max(1) - 1;
    let before: usize = text.split_inclusive('\n').take(row).map(str::len).sum();
    let line = &text[before..];
    let within = line
        .char_indices()
        .nth(column)
        .map_or(line.len(), |it| it.0);
    before + within
}
