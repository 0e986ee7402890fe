//! The instances that a path stands for.

use quotewright_engine::catalog::{AttributeIndex, Condition};

use super::Grounder;
use super::cases::{Case, Cases, one};
use super::enumeration::Attribute;
use super::notes::Grounded;
use super::scope::{Named, Scope};
use super::tree::{NodeContent, NodeId, ROOT};
use crate::coom::ast::{Expression, ExpressionKind, Index, Path, Place, Span, Step};
use crate::presence::pick;
use crate::suggest::did_you_mean;

/// What one case of a path stands for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Thing {
    /// An instance of a feature.
    Instance(NodeId),
    /// What the option at an attribute has.
    Attribute {
        owner: AttributeIndex,
        enumeration: usize,
        attribute: Attribute,
    },
}

/// What a path is.
pub(super) enum Resolved<'a> {
    /// A single word that no feature is called by.
    Word(&'a str),
    /// A definition.
    Formula(&'a Expression, Scope<'a>),
    /// Things in the product; none where it leads nowhere.
    Things(Cases<Thing>),
}

impl<'a> Grounder<'a, '_> {
    /// What `path` stands for. One that leads nowhere is told of.
    pub(super) fn resolve(&mut self, scope: &Scope<'a>, path: &'a Path) -> Grounded<Resolved<'a>> {
        let Some((first, rest)) = path.steps.split_first() else {
            return Ok(Resolved::Things(Vec::new()));
        };
        let name = first.name.text.as_str();
        if self.has(scope.context, name) {
            let start = one(Thing::Instance(scope.context));
            return self.walk(start, &path.steps, path).map(Resolved::Things);
        }
        let start = match scope.find(name) {
            Some(Named::Instance(instance)) => instance.clone().map(Thing::Instance),
            Some(Named::Formula(formula, inner)) if rest.is_empty() && first.index.is_none() => {
                return Ok(Resolved::Formula(formula, inner));
            }
            Some(Named::Formula(formula, inner)) => {
                return self.through(formula, &inner, rest, path);
            }
            None if name == "root" && !rest.is_empty() => Case::plain(Thing::Instance(ROOT)),
            None if rest.is_empty() && first.index.is_none() => return Ok(Resolved::Word(name)),
            None => {
                self.leads_nowhere(scope.context, first, path);
                return Ok(Resolved::Things(Vec::new()));
            }
        };
        if first.index.is_some() {
            let message = format!("`{name}` stands for one thing and takes no index");
            return Err(self.notes.error("index", &first.name.span, message, None));
        }
        self.walk(vec![start], rest, path).map(Resolved::Things)
    }

    /// A path that goes on from a definition, which has to be a path itself.
    fn through(
        &mut self,
        formula: &'a Expression,
        scope: &Scope<'a>,
        rest: &'a [Step],
        path: &'a Path,
    ) -> Grounded<Resolved<'a>> {
        let start = match &formula.kind {
            ExpressionKind::Path(inner) => self.resolve(scope, inner)?,
            _ => Resolved::Word(""),
        };
        match start {
            Resolved::Things(start) => self.walk(start, rest, path).map(Resolved::Things),
            Resolved::Formula(formula, scope) => self.through(formula, &scope, rest, path),
            Resolved::Word(_) => {
                let message = "this definition is no path, so that nothing can follow it";
                Err((self.notes).error("not-a-path", &path.span, message, None))
            }
        }
    }

    fn walk(
        &mut self,
        start: Cases<Thing>,
        steps: &'a [Step],
        path: &'a Path,
    ) -> Grounded<Cases<Thing>> {
        let mut reached = start;
        for step in steps {
            let mut next = Vec::new();
            for case in reached {
                self.step(case, step, path, &mut next)?;
            }
            self.spend(next.len(), &path.span)?;
            reached = next;
        }
        Ok(reached)
    }

    /// Adds what `step` leads to from `case`.
    fn step(
        &mut self,
        case: Case<Thing>,
        step: &'a Step,
        path: &'a Path,
        reached: &mut Cases<Thing>,
    ) -> Grounded<()> {
        let Thing::Instance(id) = case.value else {
            self.leads_nowhere(ROOT, step, path);
            return Ok(());
        };
        let schema = self.schema;
        match &self.tree.node(id).content {
            NodeContent::Structure {
                structure,
                features,
            } => {
                let position = schema.structures[*structure].position(&step.name.text);
                let Some(instances) = position.and_then(|position| features.get(position)) else {
                    self.leads_nowhere(id, step, path);
                    return Ok(());
                };
                let found = self.pick(id, instances, step.index.as_ref());
                let most = position
                    .and_then(|position| schema.structures[*structure].features.get(position))
                    .and_then(|feature| feature.max);
                self.check_index(step, most);
                for (instance, guards) in found {
                    let mut case = case.clone().map(|_| Thing::Instance(instance));
                    case.guards.extend(guards);
                    reached.push(case);
                }
            }
            NodeContent::Option {
                attribute: owner,
                enumeration,
            } => {
                let (owner, enumeration) = (*owner, *enumeration);
                let found = schema.enumerations[enumeration].attribute(&step.name.text);
                let Some(attribute) = found else {
                    self.leads_nowhere(id, step, path);
                    return Ok(());
                };
                reached.push(case.map(|_| Thing::Attribute {
                    owner,
                    enumeration,
                    attribute,
                }));
            }
            NodeContent::Reference {
                attribute,
                structure,
            } => {
                let attribute = *attribute;
                for (position, target) in
                    self.tree.structures[*structure].clone().iter().enumerate()
                {
                    let mut through = case.clone().map(|_| Thing::Instance(*target));
                    through.guards.push(Condition::Is {
                        attribute,
                        options: vec![position],
                    });
                    self.step(through, step, path, reached)?;
                }
            }
            NodeContent::Number(_) => self.leads_nowhere(id, step, path),
        }
        Ok(())
    }

    /// The instances at an index, each with what must hold for it to be the one that is meant.
    fn pick(
        &self,
        owner: NodeId,
        instances: &[NodeId],
        index: Option<&Index>,
    ) -> Vec<(NodeId, Vec<Condition>)> {
        let there = |id: &NodeId| self.tree.node(*id).there;
        let presences: Vec<_> = instances.iter().map(there).collect();
        let found = pick(there(&owner), &presences, index).into_iter();
        found
            .filter_map(|(place, guards)| Some((*instances.get(place)?, guards)))
            .collect()
    }

    /// Whether the first step of a path can be `name` at this instance.
    fn has(&self, id: NodeId, name: &str) -> bool {
        match &self.tree.node(id).content {
            NodeContent::Structure { structure, .. } => {
                self.schema.structures[*structure].position(name).is_some()
            }
            NodeContent::Option { enumeration, .. } => {
                let enumeration = &self.schema.enumerations[*enumeration];
                enumeration.attribute(name).is_some()
            }
            NodeContent::Number(_) | NodeContent::Reference { .. } => false,
        }
    }

    fn leads_nowhere(&mut self, id: NodeId, step: &Step, path: &Path) {
        let name = &step.name.text;
        let known: Vec<&str> = match &self.tree.node(id).content {
            NodeContent::Structure { structure, .. } => {
                let features = &self.schema.structures[*structure].features;
                features.iter().map(|feature| feature.name).collect()
            }
            _ => Vec::new(),
        };
        let hint = did_you_mean(name, known);
        let message = || format!("there is no `{name}` here, so that this path stands for nothing");
        self.notes.warn("unknown-path", &path.span, message, hint);
    }

    /// Tells of an index that no instance can have.
    fn check_index(&mut self, step: &Step, most: Option<u32>) {
        let (Some(index), Some(most)) = (&step.index, most) else {
            return;
        };
        if let Place::First(first) = index.from
            && first >= most
        {
            let name = &step.name.text;
            let message = || {
                format!("there is no `{name}[{first}]`: there are at most {most}, counted from 0")
            };
            self.notes
                .warn("unknown-path", &step.name.span, message, None);
        }
    }

    /// Counts what grounding makes, so that it stops before the memory does.
    pub(super) fn spend(&mut self, count: usize, span: &Span) -> Grounded<()> {
        let count = u64::try_from(count).unwrap_or(u64::MAX);
        self.spent = self.spent.saturating_add(count);
        if self.spent <= self.bounds.size {
            return Ok(());
        }
        let message = format!(
            "the rules stand for more than {} conditions",
            self.bounds.size
        );
        let hint = "allow fewer instances, or name each path in a rule once".to_owned();
        Err((self.notes).error("too-large", span, message, Some(hint)))
    }
}
