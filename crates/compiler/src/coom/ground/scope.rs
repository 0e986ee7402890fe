//! The names that an expression can use, where it stands.

use crate::coom::ast::{Definition, Expression};

use super::cases::Case;
use super::tree::NodeId;

/// Where an expression stands.
#[derive(Clone)]
pub(super) struct Scope<'a> {
    /// The instance whose behavior it is.
    pub(super) context: NodeId,
    /// The innermost last.
    names: Vec<Binding<'a>>,
}

/// A name that a behavior itself declares.
#[derive(Clone)]
enum Binding<'a> {
    Definition(&'a Definition),
    Variable(&'a str, Case<NodeId>),
}

/// What such a name stands for.
pub(super) enum Named<'s, 'a> {
    /// This expression, with the names that were declared before it.
    Formula(&'a Expression, Scope<'a>),
    Instance(&'s Case<NodeId>),
}

impl<'a> Scope<'a> {
    pub(super) fn new(context: NodeId) -> Self {
        Self {
            context,
            names: Vec::new(),
        }
    }

    /// With more definitions.
    pub(super) fn with(&self, definitions: &'a [Definition]) -> Self {
        let mut inner = self.clone();
        (inner.names).extend(definitions.iter().map(Binding::Definition));
        inner
    }

    /// With a name for one instance.
    pub(super) fn with_variable(&self, name: &'a str, instance: Case<NodeId>) -> Self {
        let mut inner = self.clone();
        inner.names.push(Binding::Variable(name, instance));
        inner
    }

    /// What `name` was declared as, if it was. Definitions come before variables.
    pub(super) fn find(&self, name: &str) -> Option<Named<'_, 'a>> {
        let definition = self
            .names
            .iter()
            .enumerate()
            .rev()
            .find_map(|(place, it)| match it {
                Binding::Definition(it) if it.name.text == name => Some((place, *it)),
                _ => None,
            });
        if let Some((place, definition)) = definition {
            let names = self.names.iter().take(place).cloned().collect();
            let context = self.context;
            return Some(Named::Formula(
                &definition.formula,
                Scope { context, names },
            ));
        }
        self.names.iter().rev().find_map(|it| match it {
            Binding::Variable(own, instance) if *own == name => Some(Named::Instance(instance)),
            _ => None,
        })
    }
}
