//! References: features that stand for one of the parts that are elsewhere in the product.
//!
//! A reference is an attribute whose options are the paths of all parts that it can stand
//! for. A path through it is a path through each of these, where it is the chosen one.

use quotewright_engine::catalog::{
    AttributeDomain, AttributeIndex, Condition, OptionItem, OptionList, Rule, Text,
};

use super::Grounder;
use super::label;
use super::notes::{Grounded, Notes};
use super::tree::{NodeContent, NodeId, Tree};

impl Tree {
    /// Gives every reference its options.
    pub(super) fn fill_references(&mut self, notes: &mut Notes<'_>) -> Grounded<()> {
        for (attribute, structure) in self.references() {
            let targets = self.structures[structure].iter();
            let options: Vec<OptionItem> = targets
                .map(|target| option(&self.node(*target).path))
                .collect();
            let Some(attribute) = self.attributes.get_mut(attribute.0) else {
                continue;
            };
            if options.is_empty() {
                let message = format!("there is nothing that `{}` could stand for", attribute.code);
                return Err(notes.error("empty-reference", &(0..0), message, None));
            }
            attribute.domain = AttributeDomain::Options(OptionList {
                properties: Vec::new(),
                options,
            });
        }
        Ok(())
    }

    /// The attribute of each reference, and the structure that it refers to.
    fn references(&self) -> Vec<(AttributeIndex, usize)> {
        let reference = |content: &NodeContent| match content {
            NodeContent::Reference {
                attribute,
                structure,
            } => Some((*attribute, *structure)),
            _ => None,
        };
        let contents = self.nodes.iter().map(|node| &node.content);
        contents.filter_map(reference).collect()
    }
}

impl Grounder<'_, '_> {
    /// What a reference stands for must be there.
    pub(super) fn reference_rules(&mut self) {
        for (attribute, structure) in self.tree.references() {
            let targets: Vec<NodeId> = self.tree.structures[structure].clone();
            for (position, target) in targets.into_iter().enumerate() {
                let Some(presence) = self.tree.node(target).there else {
                    continue;
                };
                let code = &self.tree.attributes[attribute.0].code;
                let path = &self.tree.node(target).path;
                let explanation = format!("{code} stands for {path} only where that is there.");
                let rule = Rule {
                    code: format!("reference@{code}#{}", position + 1),
                    when: Some(Condition::Is {
                        attribute,
                        options: vec![position],
                    }),
                    require: Condition::There(presence),
                    explanation: label::text(explanation),
                };
                self.rules.push(rule);
            }
        }
    }
}

fn option(path: &str) -> OptionItem {
    OptionItem {
        code: path.to_owned(),
        part_number: String::new(),
        label: label::text(path),
        description: Text::default(),
        lead_days: 0,
        properties: Vec::new(),
    }
}
