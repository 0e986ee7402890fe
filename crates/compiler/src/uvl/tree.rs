//! The files of a model put together: one tree of features, and what names in it mean.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use rust_decimal::Decimal;

use super::ast::{
    Attribute, AttributeValue, Cardinality, Constraint, Feature, FeatureType, File, GroupKind,
    Reference,
};
use crate::diagnostic::{Diagnostic, Location, Report};
use crate::suggest::closest;

/// A file that was read, with what its names mean.
pub(super) struct Space {
    /// Name of the file.
    pub(super) name: String,
    pub(super) file: File,
    /// Files that it imports, by the name that it has for them.
    pub(super) imports: BTreeMap<String, usize>,
    /// What features are called from outside, ending in a dot.
    pub(super) prefix: String,
    pub(super) text: String,
    /// Where its lines begin.
    lines: Vec<usize>,
    /// Its own features.
    features: BTreeMap<String, usize>,
}

impl Space {
    pub(super) fn new(name: String, text: &str, file: File, prefix: String) -> Self {
        let breaks = text.match_indices('\n').map(|(at, _)| at + 1);
        Self {
            name,
            file,
            imports: BTreeMap::new(),
            prefix,
            text: text.to_owned(),
            lines: breaks.collect(),
            features: BTreeMap::new(),
        }
    }

    fn location(&self, span: Range<usize>) -> Location {
        Location::bytes(&self.name, span)
    }
}

/// One feature of the whole tree.
pub(super) struct Node {
    /// What it is called in the model: its name, in imported files with the import's before it.
    pub(super) code: String,
    pub(super) kind: FeatureType,
    pub(super) cardinality: Option<Cardinality>,
    /// Most instances that are made of it with one parent; `None` without a cardinality.
    pub(super) most: Option<usize>,
    /// By their name; nested ones with a dot.
    pub(super) attributes: BTreeMap<String, Worth>,
    pub(super) parent: Option<usize>,
    pub(super) space: usize,
    pub(super) span: Range<usize>,
}

pub(super) struct Group {
    pub(super) parent: usize,
    pub(super) kind: GroupKind,
    pub(super) members: Vec<usize>,
    pub(super) space: usize,
    pub(super) span: Range<usize>,
}

/// What an attribute of a feature is worth.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Worth {
    Number(Decimal),
    Text(String),
    Truth(bool),
    /// Nothing to calculate or compare with.
    Other,
}

/// What a name stands for.
pub(super) enum Meaning {
    Feature(usize),
    /// The attribute of a feature.
    Attribute(usize, Worth),
}

/// All features, parents before their children, in the order of the files.
#[derive(Default)]
pub(super) struct Tree {
    pub(super) spaces: Vec<Space>,
    pub(super) nodes: Vec<Node>,
    pub(super) groups: Vec<Group>,
    /// Cross-tree constraints and those of attributes, with the file that they stand in.
    pub(super) constraints: Vec<(usize, Constraint)>,
    /// The features with an attribute that `sum` or `avg` goes over.
    pub(super) counted: BTreeSet<usize>,
    /// Instances beyond its minimum that can be made of a feature without an upper bound.
    pub(super) limit: u32,
}

impl Tree {
    /// Puts the features of `spaces` together, the first of which is the model's own file.
    pub(super) fn new(spaces: Vec<Space>, report: &mut Report) -> Self {
        let mut tree = Self {
            spaces,
            ..Self::default()
        };
        if let Some(root) = tree.spaces.first_mut().and_then(|it| it.file.root.take()) {
            tree.plant(0, root, None, report);
        }
        for space in 0..tree.spaces.len() {
            if tree.spaces[space].file.root.is_some() {
                tree.unused(space, report);
            }
            let constraints = std::mem::take(&mut tree.spaces[space].file.constraints);
            let constraints = constraints.into_iter().map(|it| (space, it));
            tree.constraints.extend(constraints);
        }
        tree
    }

    pub(super) fn place(&self, space: usize, span: &Range<usize>) -> Location {
        self.spaces[space].location(span.clone())
    }

    /// `line 12`, with the name of the file where it is an imported one.
    pub(super) fn line(&self, space: usize, span: &Range<usize>) -> String {
        let home = &self.spaces[space];
        let line = home.lines.partition_point(|start| *start <= span.start) + 1;
        match space {
            0 => format!("line {line}"),
            _ => format!("{} line {line}", home.name),
        }
    }

    /// What is written there, in one line.
    pub(super) fn words(&self, space: usize, span: &Range<usize>) -> String {
        let words = self.spaces[space].text.get(span.clone());
        let words: Vec<&str> = words.unwrap_or_default().split_whitespace().collect();
        words.join(" ")
    }

    /// The features with a cardinality from this one up, the innermost first.
    pub(super) fn repeated(&self, node: usize) -> impl Iterator<Item = usize> + '_ {
        let up = std::iter::successors(Some(node), |it| self.nodes.get(*it)?.parent);
        up.filter(|it| self.nodes[*it].cardinality.is_some())
    }

    /// The most instances that a feature can have, through all that it stands below.
    pub(super) fn most_instances(&self, node: usize) -> usize {
        let most = self.repeated(node).filter_map(|it| self.nodes[it].most);
        most.fold(1, usize::saturating_mul)
    }

    /// Whether `node` is `root` or stands somewhere below it.
    pub(super) fn is_below(&self, node: usize, root: usize) -> bool {
        std::iter::successors(Some(node), |it| self.nodes.get(*it)?.parent).any(|it| it == root)
    }

    fn unused(&self, space: usize, report: &mut Report) {
        let importer = (self.spaces.iter())
            .find_map(|it| Some((it, it.imports.iter().find(|(_, to)| **to == space)?.0)));
        if let Some((importer, alias)) = importer {
            let message = format!("nothing of the import `{alias}` is among the features");
            let location = Location::file(&importer.name);
            let hint = "put its root feature into the tree, or take the import out";
            report.push(Diagnostic::error("unused-import", location, message).hint(hint));
        }
    }

    fn plant(
        &mut self,
        space: usize,
        feature: Feature,
        parent: Option<usize>,
        report: &mut Report,
    ) -> Option<usize> {
        if feature.name.steps.len() > 1 {
            return self.plant_import(space, &feature, parent, report);
        }
        let node = self.nodes.len();
        let name = feature.name.steps.into_iter().next()?;
        let home = self.spaces.get_mut(space)?;
        if let Some(first) = home.features.insert(name.clone(), node) {
            let message = format!("there are two features called `{name}`");
            let location = home.location(feature.name.span.clone());
            let diagnostic = Diagnostic::error("duplicate-feature", location, message);
            let first = home.location(self.nodes[first].span.clone());
            report.push(diagnostic.related(first, "the first one is here"));
        }
        let code = format!("{}{name}", home.prefix);
        let (attributes, constraints) = attributes(feature.attributes);
        self.nodes.push(Node {
            code,
            kind: feature.kind,
            most: feature.cardinality.as_ref().and_then(|it| it.max),
            cardinality: feature.cardinality,
            attributes,
            parent,
            space,
            span: feature.name.span,
        });
        let constraints = constraints.into_iter().map(|it| (space, it));
        self.constraints.extend(constraints);
        for group in feature.groups {
            let members = group.features.into_iter();
            let members: Vec<usize> = members
                .filter_map(|it| self.plant(space, it, Some(node), report))
                .collect();
            self.groups.push(Group {
                parent: node,
                kind: group.kind,
                members,
                space,
                span: group.span,
            });
        }
        Some(node)
    }

    /// Puts the root of an imported file where its name stands.
    fn plant_import(
        &mut self,
        space: usize,
        feature: &Feature,
        parent: Option<usize>,
        report: &mut Report,
    ) -> Option<usize> {
        let home = self.spaces.get(space)?;
        let location = home.location(feature.name.span.clone());
        let mut fail = |code, message: String| {
            report.push(Diagnostic::error(code, location.clone(), message));
            None
        };
        if !feature.groups.is_empty() || !feature.attributes.is_empty() {
            let message = "an imported feature has its attributes and groups in its own file";
            return fail("imported-feature", message.to_owned());
        }
        let (name, path) = feature.name.steps.split_last()?;
        let path = path.join(".");
        let Some(imported) = home.imports.get(&path).copied() else {
            return fail("unknown-import", format!("no import is called `{path}`"));
        };
        let root = self.spaces.get_mut(imported)?.file.root.take();
        match root {
            Some(root) if root.name.steps == [name.as_str()] => {
                let root = Feature {
                    cardinality: feature.cardinality.clone().or(root.cardinality),
                    ..root
                };
                self.plant(imported, root, parent, report)
            }
            Some(root) => {
                let is = root.name.steps.join(".");
                fail(
                    "imported-feature",
                    format!("the root of `{path}` is `{is}`, not `{name}`"),
                )
            }
            None => fail(
                "imported-feature",
                format!("`{path}` is in the tree already"),
            ),
        }
    }

    /// What `reference` means in a file; an error names the part that is unknown.
    pub(super) fn resolve(
        &self,
        space: usize,
        reference: &Reference,
    ) -> Result<Meaning, Box<Diagnostic>> {
        match self.lookup(space, &reference.steps) {
            Some((node, [])) => Ok(Meaning::Feature(node)),
            Some((node, attribute)) => self.attribute(space, reference, node, &attribute.join(".")),
            None => {
                let word = reference.steps.join(".");
                let message = format!("there is no feature `{word}`");
                let location = self.spaces[space].location(reference.span.clone());
                let known = self.spaces[space].features.keys().map(String::as_str);
                let hint = closest(&word, known).map(|it| format!("did you mean `{it}`?"));
                let unknown = Diagnostic::error("unknown-feature", location, message);
                Err(Box::new(unknown.maybe_hint(hint)))
            }
        }
    }

    fn attribute(
        &self,
        space: usize,
        reference: &Reference,
        node: usize,
        attribute: &str,
    ) -> Result<Meaning, Box<Diagnostic>> {
        let location = self.spaces[space].location(reference.span.clone());
        let Node {
            code, attributes, ..
        } = &self.nodes[node];
        match attributes.get(attribute) {
            Some(worth) => Ok(Meaning::Attribute(node, worth.clone())),
            None => {
                let message = format!("feature `{code}` has no attribute `{attribute}`");
                let known = attributes.keys().map(String::as_str);
                let hint = closest(attribute, known).map(|it| format!("did you mean `{it}`?"));
                let unknown = Diagnostic::error("unknown-attribute", location, message);
                Err(Box::new(unknown.maybe_hint(hint)))
            }
        }
    }

    /// The feature that the name begins with, and the rest of the name.
    fn lookup<'n>(&self, space: usize, steps: &'n [String]) -> Option<(usize, &'n [String])> {
        let home = self.spaces.get(space)?;
        let (first, rest) = steps.split_first()?;
        if let Some(node) = home.features.get(first) {
            let known =
                rest.is_empty() || self.nodes[*node].attributes.contains_key(&rest.join("."));
            if known || home.imports.is_empty() {
                return Some((*node, rest));
            }
        }
        let own = home.file.namespace.as_ref().map(|it| it.steps.join("."));
        (1..steps.len()).rev().find_map(|length| {
            let (path, rest) = steps.split_at(length);
            let path = path.join(".");
            match home.imports.get(&path) {
                Some(imported) => self.lookup(*imported, rest),
                None if own.as_ref() == Some(&path) => self.lookup(space, rest),
                None => None,
            }
        })
    }
}

/// The attributes by name, and the constraints among them.
fn attributes(list: Vec<Attribute>) -> (BTreeMap<String, Worth>, Vec<Constraint>) {
    let mut found = (BTreeMap::new(), Vec::new());
    collect("", list, &mut found);
    found
}

fn collect(
    prefix: &str,
    list: Vec<Attribute>,
    found: &mut (BTreeMap<String, Worth>, Vec<Constraint>),
) {
    for Attribute { name, value } in list {
        let name = format!("{prefix}{name}");
        match value {
            AttributeValue::Number(number) => {
                found.0.insert(name, Worth::Number(number));
            }
            AttributeValue::Text(text) => {
                found.0.insert(name, Worth::Text(text));
            }
            AttributeValue::Truth(truth) => {
                found.0.insert(name, Worth::Truth(truth));
            }
            AttributeValue::Other => {
                found.0.insert(name, Worth::Other);
            }
            AttributeValue::Nested(list) => {
                collect(&format!("{name}."), list, found);
                found.0.insert(name, Worth::Other);
            }
            AttributeValue::Constraints(constraints) => found.1.extend(constraints),
        }
    }
}
