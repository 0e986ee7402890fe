//! Every place that a part of the product can take, with the attributes of the model.

use quotewright_engine::catalog::{
    Access, Attribute, AttributeDomain, AttributeIndex, Group, Part, Text, Wish,
};

use super::analysis::Limits;
use super::bounds::{Bounds, Unbounded};
use super::label;
use super::notes::{Grounded, Notes};
use super::schema::{Content, Feature, PRODUCT, Schema};
use crate::presence::within;

/// Position in [`Tree::nodes`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct NodeId(usize);

/// The product: always there.
pub(super) const ROOT: NodeId = NodeId(0);

/// One instance of a feature.
pub(super) struct Node {
    /// Canonical path; empty for the product.
    pub(super) path: String,
    /// The presence that it has in common with its nearest optional owner or has itself;
    /// `None`: always there.
    pub(super) there: Option<AttributeIndex>,
    /// Its own presence, where it can be missing while its owner is there.
    pub(super) own: Option<AttributeIndex>,
    pub(super) content: NodeContent,
}

pub(super) enum NodeContent {
    Structure {
        structure: usize,
        /// The instances of each feature.
        features: Vec<Vec<NodeId>>,
    },
    Option {
        attribute: AttributeIndex,
        enumeration: usize,
    },
    Number(AttributeIndex),
    Reference {
        attribute: AttributeIndex,
        structure: usize,
    },
}

/// All instances that are grounded.
pub(super) struct Tree {
    pub(super) nodes: Vec<Node>,
    pub(super) attributes: Vec<Attribute>,
    pub(super) groups: Vec<Group>,
    /// Of each structure and each enumeration, in the order of the tree.
    pub(super) structures: Vec<Vec<NodeId>>,
    pub(super) enumerations: Vec<Vec<NodeId>>,
    /// Features without an upper bound.
    pub(super) unbounded: Vec<Unbounded>,
}

impl Tree {
    /// Lays out all instances, depth first, in the order of the file.
    pub(super) fn new(
        schema: &Schema<'_>,
        limits: &Limits,
        bounds: &Bounds,
        notes: &mut Notes<'_>,
    ) -> Grounded<Self> {
        let mut planter = Planter {
            schema,
            limits,
            bounds,
            notes,
            depths: vec![0; schema.structures.len()],
            size: 0,
            around: 1,
            tree: Tree {
                nodes: Vec::new(),
                attributes: Vec::new(),
                groups: Vec::new(),
                structures: vec![Vec::new(); schema.structures.len()],
                enumerations: vec![Vec::new(); schema.enumerations.len()],
                unbounded: Vec::new(),
            },
        };
        let product = Place {
            path: String::new(),
            label: "product".to_owned(),
            there: None,
            own: None,
        };
        planter.structure(PRODUCT, product)?;
        let Planter {
            notes, mut tree, ..
        } = planter;
        tree.fill_references(notes)?;
        Ok(tree)
    }

    pub(super) fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.0]
    }

    /// The values of `attribute`.
    pub(super) fn domain(&self, attribute: AttributeIndex) -> Option<&AttributeDomain> {
        (self.attributes.get(attribute.0)).map(|attribute| &attribute.domain)
    }

    /// The presence of what `attribute` belongs to.
    pub(super) fn part(&self, attribute: AttributeIndex) -> Option<AttributeIndex> {
        self.attributes.get(attribute.0)?.part
    }

    /// Whether the part `inner` is there only where `outer` is.
    pub(super) fn within(&self, inner: AttributeIndex, outer: AttributeIndex) -> bool {
        within(&self.attributes, inner, outer)
    }

    /// Leaves out the headings that nothing stands under.
    pub(super) fn drop_empty_groups(&mut self) {
        let mut places = vec![None; self.groups.len()];
        for attribute in &self.attributes {
            if let Some(place) = places.get_mut(attribute.group) {
                *place = Some(0);
            }
        }
        for (next, place) in places.iter_mut().flatten().enumerate() {
            *place = next;
        }
        let mut old = places.iter();
        (self.groups).retain(|_| old.next().is_some_and(Option::is_some));
        for attribute in &mut self.attributes {
            attribute.group = places
                .get(attribute.group)
                .copied()
                .flatten()
                .unwrap_or_default();
        }
    }
}

/// Where an instance stands.
#[derive(Clone)]
struct Place {
    path: String,
    /// Of the part, within the product.
    label: String,
    there: Option<AttributeIndex>,
    own: Option<AttributeIndex>,
}

struct Planter<'p, 's, 'n> {
    schema: &'p Schema<'s>,
    limits: &'p Limits,
    bounds: &'p Bounds,
    notes: &'p mut Notes<'n>,
    /// How often each structure stands within itself at this place.
    depths: Vec<u32>,
    /// Parts, attributes and options so far.
    size: u64,
    /// Instances of the unbounded features that this place is within, laid out unasked.
    around: u64,
    tree: Tree,
}

impl Planter<'_, '_, '_> {
    fn structure(&mut self, structure: usize, place: Place) -> Grounded<NodeId> {
        let schema = self.schema;
        let id = self.add(Node {
            path: place.path.clone(),
            there: place.there,
            own: place.own,
            content: NodeContent::Structure {
                structure,
                features: Vec::new(),
            },
        })?;
        self.tree.structures[structure].push(id);
        self.depths[structure] += 1;
        let group = self.tree.groups.len();
        self.tree.groups.push(Group {
            code: place.path.clone(),
            label: label::text(label::sentence(&place.label)),
        });
        let features = &schema.structures[structure].features;
        let mut instances = Vec::with_capacity(features.len());
        for (position, feature) in features.iter().enumerate() {
            instances.push(self.feature(feature, (structure, position), &place, group)?);
        }
        self.depths[structure] -= 1;
        self.tree.nodes[id.0].content = NodeContent::Structure {
            structure,
            features: instances,
        };
        Ok(id)
    }

    /// All instances of a feature of the part at `owner`.
    fn feature(
        &mut self,
        feature: &Feature<'_>,
        key: (usize, usize),
        owner: &Place,
        group: usize,
    ) -> Grounded<Vec<NodeId>> {
        let around = self.around;
        let count = self.count(feature, key, owner)?;
        let mut instances = Vec::new();
        let mut previous = None;
        for index in 0..count {
            let mut place = self.place(feature, index, owner);
            if index >= feature.min {
                let part = Part {
                    path: place.path.clone(),
                    owner: owner.there,
                    previous,
                    required: false,
                };
                let presence = self.presence(part, &place, group);
                place.there = Some(presence);
                place.own = Some(presence);
                previous = Some(presence);
            }
            instances.push(self.instance(feature, place, group)?);
        }
        self.around = around;
        Ok(instances)
    }

    /// How many instances of a feature to ground.
    fn count(
        &mut self,
        feature: &Feature<'_>,
        key: (usize, usize),
        owner: &Place,
    ) -> Grounded<u32> {
        let count = match feature.max {
            Some(max) => max,
            None => self.unbounded(feature, key, owner),
        };
        let Content::Structure(structure) = feature.content else {
            return Ok(count);
        };
        if self.depths[structure] < self.bounds.depth {
            return Ok(count);
        }
        if feature.min > 0 {
            let message = format!("every `{}` has another one within itself", feature.name);
            return Err(self.notes.error("endless", feature.span, message, None));
        }
        let depth = self.bounds.depth;
        let message = || format!("only {depth} levels of `{}` are laid out", feature.name);
        self.notes.warn("depth-limit", feature.span, message, None);
        // What is not laid out at all does not grow either.
        if feature.max.is_none() {
            self.tree.unbounded.pop();
        }
        Ok(0)
    }

    /// How many instances of a feature without an upper bound to ground.
    fn unbounded(&mut self, feature: &Feature<'_>, key: (usize, usize), owner: &Place) -> u32 {
        let path = path(owner, feature);
        let known = self.limits.of(key);
        let highest = self.limits.highest(key, feature.min);
        let count = self.limits.count(key, feature.min, self.around);
        self.around = self.around.saturating_mul(u64::from(count.max(1)));
        let asked = self.bounds.asked.get(&path).copied();
        let grounded = count.max(asked.unwrap_or_default().min(highest));
        self.tree.unbounded.push(Unbounded {
            path,
            min: feature.min,
            most: known.most,
            useful: known.useful,
            grounded,
            highest,
        });
        grounded
    }

    fn place(&self, feature: &Feature<'_>, index: u32, owner: &Place) -> Place {
        let within = match owner.path.is_empty() {
            true => String::new(),
            false => format!("{}, ", owner.label),
        };
        let words = label::words(feature.name);
        let number = match feature.max {
            Some(1) => String::new(),
            _ => format!(" {}", u64::from(index) + 1),
        };
        Place {
            path: format!("{}[{index}]", path(owner, feature)),
            label: format!("{within}{words}{number}"),
            there: owner.there,
            own: None,
        }
    }

    fn instance(&mut self, feature: &Feature<'_>, place: Place, group: usize) -> Grounded<NodeId> {
        let (content, domain) = match &feature.content {
            Content::Structure(structure) => return self.structure(*structure, place),
            Content::Number(range) => (
                NodeContent::Number(self.next()),
                AttributeDomain::Number(range.clone()),
            ),
            Content::Enumeration(enumeration) => (
                NodeContent::Option {
                    attribute: self.next(),
                    enumeration: *enumeration,
                },
                AttributeDomain::Options(self.schema.enumerations[*enumeration].list.clone()),
            ),
            Content::Reference(structure) => (
                NodeContent::Reference {
                    attribute: self.next(),
                    structure: *structure,
                },
                AttributeDomain::Flag,
            ),
        };
        let label = short(&place.label);
        self.attribute(place.path.clone(), label, domain, place.there, group);
        let id = self.add(Node {
            path: place.path,
            there: place.there,
            own: place.own,
            content,
        })?;
        if let Content::Enumeration(enumeration) = feature.content {
            self.tree.enumerations[enumeration].push(id);
        }
        Ok(id)
    }

    /// Index of the attribute that comes next.
    fn next(&self) -> AttributeIndex {
        AttributeIndex(self.tree.attributes.len())
    }

    fn presence(&mut self, part: Part, place: &Place, group: usize) -> AttributeIndex {
        let index = self.next();
        let code = format!("+{}", part.path);
        let domain = AttributeDomain::Presence(part);
        self.attribute(code, short(&place.label), domain, None, group);
        if let Some(attribute) = self.tree.attributes.last_mut() {
            attribute.wish = Some(Wish::First);
        }
        index
    }

    fn attribute(
        &mut self,
        code: String,
        label: &str,
        domain: AttributeDomain,
        part: Option<AttributeIndex>,
        group: usize,
    ) {
        self.tree.attributes.push(Attribute {
            code,
            label: label::text(label::sentence(label)),
            help: Text::default(),
            group,
            domain,
            wish: None,
            formula: None,
            part,
            access: Access::Open,
        });
    }

    fn add(&mut self, node: Node) -> Grounded<NodeId> {
        let options = match &node.content {
            NodeContent::Option { enumeration, .. } => {
                self.schema.enumerations[*enumeration].list.options.len()
            }
            _ => 0,
        };
        let options = u64::try_from(options).unwrap_or(u64::MAX);
        self.size = self.size.saturating_add(1).saturating_add(options);
        let largest = self.bounds.size;
        if self.size > largest {
            let message = format!("the product has more than {largest} parts and options");
            let hint = Some("allow fewer instances of its features".to_owned());
            return Err(self.notes.error("too-large", &(0..0), message, hint));
        }
        let id = NodeId(self.tree.nodes.len());
        self.tree.nodes.push(node);
        Ok(id)
    }
}

/// What the paths of all instances of a feature have before their index.
fn path(owner: &Place, feature: &Feature<'_>) -> String {
    let dot = if owner.path.is_empty() { "" } else { "." };
    format!("{}{dot}{}", owner.path, feature.name)
}

/// The last part of a label within the product.
fn short(label: &str) -> &str {
    label.rsplit_once(", ").map_or(label, |(_, last)| last)
}
