//! The names that an expression may use, and what its paths lead to.

use std::ops::Range;

use quotewright_engine::catalog::{Attribute, AttributeDomain, AttributeIndex};

use crate::cases::{Case, Cases, one};
use crate::coom::ast::{Path, Place, Step};
use crate::parts::{Member, PRODUCT, Tree, without_indices};
use crate::presence::pick;
use crate::problem::Problem;
use crate::suggest::{closest, did_you_mean};

/// The word that a path from the product starts with.
const ROOT: &str = "root";

/// Where an expression stands: at one instance of a part, or at the product.
#[derive(Clone, Copy)]
pub(crate) struct Scope<'a> {
    pub(crate) attributes: &'a [Attribute],
    pub(crate) tree: &'a Tree,
    /// Position of the instance.
    pub(crate) context: usize,
}

/// What a path leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Thing {
    Attribute(AttributeIndex),
    /// Position of an instance.
    Part(usize),
}

/// What a path leads to, and the steps after an attribute: its properties.
pub(super) struct Located<'p> {
    pub(super) things: Cases<Thing>,
    pub(super) rest: &'p [Step],
}

/// Why a path leads nowhere. Without a problem: because of what is wrong elsewhere.
pub(super) struct Lost {
    /// The first name of the path is unknown.
    pub(super) is_unknown: bool,
    pub(super) problem: Option<Problem>,
}

impl<'a> Scope<'a> {
    /// The attribute that `code` stands for by itself.
    pub(crate) fn find(&self, code: &str) -> Option<(AttributeIndex, &'a Attribute)> {
        let index = self.tree.upwards(self.context).find_map(|instance| {
            match self.tree.member(instance, code)? {
                Member::Attribute(index) => Some(index),
                Member::Parts(_) => None,
            }
        })?;
        Some((index, self.attributes.get(index.0)?))
    }

    /// Whether what mentions `code` should be left alone: what it names is wrong itself.
    pub(crate) fn excuses(&self, code: &str) -> bool {
        let mut around = self.tree.upwards(self.context);
        let is_broken = |at: usize| {
            let kind = self.tree.kind(at);
            kind.is_some_and(|kind| kind.broken.contains(code))
        };
        around.any(is_broken)
    }

    /// What a path can begin with.
    pub(crate) fn codes(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        let tree = self.tree;
        let kinds = tree.upwards(self.context).collect::<Vec<_>>().into_iter();
        kinds.flat_map(move |at| names(tree, at))
    }

    /// Where `path` leads to from here: an own name first, then one of what it is a part of,
    /// and so on up to the product.
    pub(super) fn locate<'p>(&self, path: &'p Path) -> Result<Located<'p>, Lost> {
        let lost = |problem| Lost {
            is_unknown: false,
            problem: Some(problem),
        };
        let (mut things, mut rest) = self.start(path)?;
        while let Some((step, after)) = rest.split_first() {
            if things
                .iter()
                .any(|it| matches!(it.value, Thing::Attribute(_)))
            {
                break;
            }
            let mut next = Vec::new();
            for case in things {
                if let Thing::Part(at) = case.value {
                    self.step(&case, at, step, &mut next)?;
                }
            }
            (things, rest) = (next, after);
        }
        if let Some(step) = rest.iter().find(|step| step.index.is_some()) {
            return Err(lost(no_index(step)));
        }
        Ok(Located { things, rest })
    }

    /// What the first name of a path stands for, and the steps after it.
    fn start<'p>(&self, path: &'p Path) -> Result<(Cases<Thing>, &'p [Step]), Lost> {
        let Some((first, rest)) = path.steps.split_first() else {
            return Ok((Vec::new(), &[]));
        };
        let name = first.name.text.as_str();
        for at in self.tree.upwards(self.context) {
            if self.tree.member(at, name).is_some() {
                let mut things = Vec::new();
                self.step(&Case::plain(Thing::Part(at)), at, first, &mut things)?;
                return Ok((things, rest));
            }
            // Within a zone, `zone` is this zone.
            let own = self.tree.kind(at).is_some_and(|kind| kind.code == name);
            if own && at != PRODUCT && first.index.is_none() {
                return Ok((one(Thing::Part(at)), rest));
            }
        }
        if name == ROOT && !rest.is_empty() && first.index.is_none() {
            return Ok((one(Thing::Part(PRODUCT)), rest));
        }
        Err(Lost {
            is_unknown: true,
            problem: (!self.excuses(name)).then(|| self.unknown(name, first.name.span.clone())),
        })
    }

    /// Adds what `step` leads to from the instance at `at`.
    fn step(
        &self,
        case: &Case<Thing>,
        at: usize,
        step: &Step,
        reached: &mut Cases<Thing>,
    ) -> Result<(), Lost> {
        let (name, span) = (&step.name.text, step.name.span.clone());
        match self.tree.member(at, name) {
            Some(Member::Attribute(index)) if step.index.is_none() => {
                reached.push(case.clone().map(|_| Thing::Attribute(index)));
                Ok(())
            }
            Some(Member::Attribute(_)) => Err(Lost {
                is_unknown: false,
                problem: Some(no_index(step)),
            }),
            Some(Member::Parts(instances)) => self.pick(case, at, instances, step, reached),
            None => {
                let kind = self.tree.kind(at);
                let broken = kind.is_some_and(|kind| kind.broken.contains(name));
                let owner = kind.map_or("", |kind| &kind.code);
                let message = match owner {
                    "" => format!("the product has no attribute `{name}`"),
                    owner => format!("a `{owner}` has no attribute `{name}`"),
                };
                let hint = did_you_mean(name, names(self.tree, at));
                let problem = || Problem::new(span, "unknown-attribute", message).maybe_hint(hint);
                Err(Lost {
                    is_unknown: false,
                    problem: (!broken).then(problem),
                })
            }
        }
    }

    fn pick(
        &self,
        case: &Case<Thing>,
        at: usize,
        instances: &[usize],
        step: &Step,
        reached: &mut Cases<Thing>,
    ) -> Result<(), Lost> {
        let there = |at: &usize| self.tree.instances.get(*at).and_then(|it| it.there);
        let presences: Vec<_> = instances.iter().map(there).collect();
        let found = pick(there(&at), &presences, step.index.as_ref());
        if found.is_empty() {
            let (name, count) = (&step.name.text, instances.len());
            let asked = match step.index.as_ref().map(|index| index.from) {
                Some(Place::First(first)) => format!("`{name}[{first}]`"),
                _ => format!("such `{name}`"),
            };
            let message = format!("there is no {asked}: there are {count} at most, counted from 0");
            return Err(Lost {
                is_unknown: false,
                problem: Some(Problem::new(
                    step.name.span.clone(),
                    "unknown-part",
                    message,
                )),
            });
        }
        for (place, guards) in found {
            let Some(instance) = instances.get(place) else {
                continue;
            };
            let mut case = case.clone().map(|_| Thing::Part(*instance));
            case.guards.extend(guards);
            reached.push(case);
        }
        Ok(())
    }

    /// A name that stands for nothing here.
    pub(super) fn unknown(&self, text: &str, span: Range<usize>) -> Problem {
        let owner = self.attributes.iter().find(|attribute| {
            matches!(&attribute.domain, AttributeDomain::Options(list)
                if list.options.iter().any(|option| option.code == text))
        });
        let hint = match (closest(text, self.codes()), owner) {
            (Some(best), _) => Some(format!("did you mean `{best}`?")),
            (None, Some(owner)) => Some(format!(
                "`{text}` is an option: write `{} = {text}`",
                without_indices(&owner.code)
            )),
            (None, None) => self
                .elsewhere(text)
                .or_else(|| did_you_mean(text, self.codes())),
        };
        let message = format!("there is no attribute `{text}`");
        Problem::new(span, "unknown-attribute", message).maybe_hint(hint)
    }

    /// What to write for what belongs to a part that is not around.
    fn elsewhere(&self, text: &str) -> Option<String> {
        let instances = self.tree.instances.iter().enumerate();
        let mut others = instances.filter(|(at, _)| *at != PRODUCT);
        let (_, owner) = others.find(|(at, _)| self.tree.member(*at, text).is_some())?;
        let owner = without_indices(&owner.path);
        Some(format!(
            "`{text}` belongs to the part `{owner}`: write `{owner}.{text}`"
        ))
    }
}

/// The codes of all that an instance has.
fn names(tree: &Tree, at: usize) -> impl Iterator<Item = &str> {
    let kind = tree.kind(at);
    let attributes = kind.into_iter().flat_map(|kind| &kind.attributes);
    let parts = kind.into_iter().flat_map(|kind| &kind.parts);
    let parts = parts.filter_map(|part| Some(&tree.kinds.get(*part)?.code));
    attributes.chain(parts).map(String::as_str)
}

fn no_index(step: &Step) -> Problem {
    let message = format!(
        "`{}` stands for one thing and takes no index",
        step.name.text
    );
    Problem::new(step.name.span.clone(), "index", message)
        .hint("only a part of which there can be several has positions in square brackets")
}
