//! What the buyer is told, and what is shown of the product.

use quotewright_engine::catalog::{Access, AttributeIndex, Condition, Message, MessageLevel};

use super::Grounder;
use super::label;
use super::notes::Grounded;
use super::paths::Thing;
use super::rules::Heading;
use super::scope::Scope;
use super::terms::all;
use super::tree::{NodeContent, NodeId};
use crate::coom::ast::{Directive, Name, Path, Span};

impl<'a> Grounder<'a, '_> {
    /// Adds a message: one, shown while its conditions hold of some combination of instances.
    pub(super) fn message(
        &mut self,
        scopes: &[Scope<'a>],
        level: Option<&'a Name>,
        text: &'a Name,
        heading: &Heading<'a>,
        span: &Span,
    ) -> Grounded<()> {
        let level = match level.map(|level| level.text.as_str()) {
            Some("debug") => MessageLevel::Debug,
            Some("warn") => MessageLevel::Warning,
            Some("error") => MessageLevel::Error,
            _ => MessageLevel::Info,
        };
        let mut occasions = Vec::new();
        for scope in scopes {
            for case in self.combined(scope, heading.conditions.iter().copied(), span)? {
                let mut when = case.value;
                when.extend(case.guards);
                when.extend(self.tree.node(scope.context).there.map(Condition::There));
                if when.is_empty() {
                    self.push_message(None, level, text);
                    return Ok(());
                }
                occasions.push(Condition::Certain(Box::new(all(when))));
            }
        }
        if !occasions.is_empty() {
            self.push_message(Some(Condition::Any(occasions)), level, text);
        }
        Ok(())
    }

    fn push_message(&mut self, when: Option<Condition>, level: MessageLevel, text: &Name) {
        self.messages.push(Message {
            when,
            level,
            text: label::text(&text.text),
        });
    }

    /// Hides what a path stands for, or opens it to the buyer, with all that belongs to it.
    pub(super) fn interaction(
        &mut self,
        scope: &Scope<'a>,
        directive: Directive,
        path: &'a Path,
        heading: &Heading<'a>,
    ) -> Grounded<()> {
        if let Some(condition) = heading.conditions.first() {
            let message =
                || "who sees a feature cannot depend on a condition yet: not done".to_owned();
            self.notes
                .warn("unsupported", &condition.span, message, None);
            return Ok(());
        }
        let things = self.things_on(scope, path)?;
        let access = match directive {
            Directive::ReadWrite => Access::Open,
            Directive::ReadOnly => Access::ReadOnly,
            Directive::Hide => Access::Hidden,
        };
        for case in things {
            let Thing::Instance(id) = case.value else {
                let what = "who sees an attribute of an option";
                return Err(self.notes.unsupported(&path.span, what));
            };
            self.set_access(id, access);
        }
        Ok(())
    }

    fn set_access(&mut self, id: NodeId, access: Access) {
        let node = self.tree.node(id);
        let own = node.own;
        let (attribute, inner) = match &node.content {
            NodeContent::Structure { features, .. } => (None, features.concat()),
            NodeContent::Option { attribute, .. }
            | NodeContent::Number(attribute)
            | NodeContent::Reference { attribute, .. } => (Some(*attribute), Vec::new()),
        };
        for AttributeIndex(index) in [own, attribute].into_iter().flatten() {
            if let Some(attribute) = self.tree.attributes.get_mut(index) {
                attribute.access = access;
            }
        }
        for instance in inner {
            self.set_access(instance, access);
        }
    }
}
