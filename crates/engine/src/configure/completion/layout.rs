//! Which attributes are completed together, and what is strived for there.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::source::Source;
use crate::catalog::{AttributeIndex, Model, Wish};
use crate::configure::components::{Place, Renaming};
use crate::configure::domains::Choices;
use crate::configure::inquiry::Inquiry;
use crate::configure::optimize::Target;
use crate::configure::reach::Reach;

/// A model in groups of attributes that neither a constraint nor a target connects.
pub struct Layout {
    pub groups: Vec<Group>,
    pub kinds: Vec<Rc<Kind>>,
    /// The group of each attribute, and what it is called there.
    places: Vec<Place>,
}

/// Attributes that are completed together.
pub struct Group {
    pub kind: usize,
    /// Where it is but one component, which.
    pub component: Option<usize>,
    /// In the order of the catalog.
    pub attributes: Vec<AttributeIndex>,
    /// What each of its targets is among those of the model.
    pub targets: Vec<usize>,
}

/// What groups that are alike have in common; attributes are those of its own model.
pub struct Kind {
    /// Where there is but one component, which memory is about it.
    memory: Option<usize>,
    pub model: Rc<Model>,
    /// Those of its attributes that belong to other groups.
    pub others: Vec<AttributeIndex>,
    pub wishes: Vec<Option<Wish>>,
    pub targets: Vec<Target>,
    /// Whether what comes of other decisions is likely to be near.
    pub near: bool,
}

impl Layout {
    /// Of a model, for the targets, the weightiest first.
    pub fn new(inquiry: &mut Inquiry, targets: &[Target]) -> Self {
        let (model, places) = (inquiry.model(), inquiry.places());
        let memories: Vec<usize> = inquiry.memories().collect();
        let mut own: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        let groups = joined(memories.len(), &places, targets, &mut own);
        let mut layout = Self {
            groups: Vec::new(),
            kinds: Vec::new(),
            places: places.to_vec(),
        };
        let mut alike: BTreeMap<Option<usize>, Vec<usize>> = BTreeMap::new();
        for (root, components) in groups {
            let numbers = own.remove(&root).unwrap_or_default();
            let strived = numbers.iter().map(|it| &targets[*it]);
            let mut attributes: Vec<AttributeIndex> = (components.iter())
                .flat_map(|it| inquiry.attributes(*it).iter().copied())
                .collect();
            attributes.sort_unstable();
            let kind = match components.as_slice() {
                [only] => {
                    let renaming = Renaming::new(&places);
                    let own = inquiry.memory(memories[*only]).model();
                    Kind {
                        memory: Some(memories[*only]),
                        near: Reach::suits(&own),
                        model: own,
                        others: Vec::new(),
                        wishes: wishes(&model, inquiry.attributes(*only)),
                        targets: strived.map(|it| it.renamed(&renaming)).collect(),
                    }
                }
                _ => Kind {
                    memory: None,
                    near: Reach::suits(&model),
                    model: Rc::clone(&model),
                    others: (model.indices())
                        .filter(|it| attributes.binary_search(it).is_err())
                        .collect(),
                    wishes: wishes(&model, &model.indices().collect::<Vec<_>>()),
                    targets: strived.cloned().collect(),
                },
            };
            for attribute in &attributes {
                let place = &mut layout.places[attribute.0];
                place.component = layout.groups.len();
                if kind.memory.is_none() {
                    place.attribute = *attribute;
                }
            }
            let similar = alike.entry(kind.memory).or_default();
            let known = similar
                .iter()
                .copied()
                .find(|it| *layout.kinds[*it] == kind);
            let kind = known.unwrap_or_else(|| {
                similar.push(layout.kinds.len());
                layout.kinds.push(Rc::new(kind));
                layout.kinds.len() - 1
            });
            layout.groups.push(Group {
                kind,
                component: (components.len() == 1).then(|| components[0]),
                attributes,
                targets: numbers,
            });
        }
        layout
    }

    /// The group of an attribute, and what it is called there.
    pub fn place(&self, attribute: AttributeIndex) -> Place {
        self.places[attribute.0]
    }

    /// The choices of each group.
    pub fn split(&self, choices: &Choices) -> Vec<Choices> {
        let mut own = vec![Choices::new(); self.groups.len()];
        for (attribute, position) in choices {
            let place = self.place(*attribute);
            own[place.component].insert(place.attribute, *position);
        }
        own
    }

    /// What a group makes of a configuration of the whole model.
    pub fn part_of(&self, group: usize, witness: &[usize]) -> Rc<[usize]> {
        let group = &self.groups[group];
        match self.kinds[group.kind].memory {
            Some(_) => group.attributes.iter().map(|it| witness[it.0]).collect(),
            None => witness.into(),
        }
    }
}

impl Kind {
    /// What answers questions about it.
    pub fn source<'a>(&self, inquiry: &'a mut Inquiry) -> Source<'a> {
        match self.memory {
            Some(memory) => Source::One(inquiry.memory(memory)),
            None => Source::All(inquiry),
        }
    }
}

impl PartialEq for Kind {
    /// Models of the same memory are the same.
    fn eq(&self, other: &Self) -> bool {
        self.memory == other.memory && self.wishes == other.wishes && self.targets == other.targets
    }
}

/// The components that targets connect, by the first one; and the targets of each group.
fn joined(
    components: usize,
    places: &[Place],
    targets: &[Target],
    own: &mut BTreeMap<usize, Vec<usize>>,
) -> BTreeMap<usize, Vec<usize>> {
    let mut roots: Vec<usize> = (0..components).collect();
    let mut firsts = Vec::new();
    for target in targets {
        let attributes = target.attributes();
        let concerned: BTreeSet<usize> =
            attributes.iter().map(|it| places[it.0].component).collect();
        firsts.push(concerned.first().copied().unwrap_or(0));
        if concerned.len() > 1 {
            let merged: BTreeSet<usize> = concerned.iter().map(|it| roots[*it]).collect();
            let first = merged.first().copied().unwrap_or(0);
            let moved = roots.iter_mut().filter(|it| merged.contains(it));
            moved.for_each(|it| *it = first);
        }
    }
    for (number, first) in firsts.into_iter().enumerate() {
        own.entry(roots[first]).or_default().push(number);
    }
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (component, root) in roots.into_iter().enumerate() {
        groups.entry(root).or_default().push(component);
    }
    groups
}

fn wishes(model: &Model, attributes: &[AttributeIndex]) -> Vec<Option<Wish>> {
    let wish = |it: &AttributeIndex| model.attributes[it.0].wish.clone();
    attributes.iter().map(wish).collect()
}
