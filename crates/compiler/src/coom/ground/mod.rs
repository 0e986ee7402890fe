//! A file with names for parts becomes a flat model: every part that can be there, every
//! rule for every part that it is about.

mod analysis;
mod bounds;
mod cells;
mod combinations;
mod conditions;
mod display;
mod enumeration;
mod exists;
mod functions;
mod label;
mod linear;
mod notes;
mod number;
mod paths;
mod preferences;
mod presence;
mod references;
mod rules;
mod schema;
mod scope;
mod terms;
mod tree;
mod wording;

use std::cmp::Reverse;

use quotewright_engine::catalog::{FORMAT, Message, Model, Rule, Table, Text};

pub use bounds::{Bounds, Unbounded};

use self::analysis::Limits;
use self::notes::Notes;
use self::preferences::Weighed;
use self::schema::Schema;
use self::tree::Tree;
use super::CoomModel;
use crate::cases;
use crate::diagnostic::Diagnostic;

/// What is made of a file, as far as it got.
pub(crate) struct Grounder<'a, 'n> {
    source: &'a CoomModel,
    schema: &'a Schema<'a>,
    bounds: Bounds,
    notes: Notes<'n>,
    tree: Tree,
    /// Conditions and formulas made for rules.
    spent: u64,
    rules: Vec<Rule>,
    tables: Vec<Table>,
    preferences: Vec<Weighed>,
    messages: Vec<Message>,
}

impl CoomModel {
    /// The flat model with as many parts as `bounds` allow; `None` where something is wrong
    /// with the file or cannot be reasoned about. The diagnostics say what.
    pub fn ground(&self, bounds: &Bounds) -> (Option<Model>, Vec<Diagnostic>) {
        let mut notes = Notes::new(&self.places);
        let schema = Schema::new(&self.model, &mut notes);
        if notes.has_errors() {
            return (None, notes.finish());
        }
        let limits = Limits::new(&schema, &self.model, bounds);
        let Ok(tree) = Tree::new(&schema, &limits, bounds, &mut notes) else {
            return (None, notes.finish());
        };
        let mut grounder = Grounder {
            source: self,
            schema: &schema,
            bounds: bounds.clone(),
            notes,
            tree,
            spent: 0,
            rules: Vec::new(),
            tables: Vec::new(),
            preferences: Vec::new(),
            messages: Vec::new(),
        };
        grounder.reference_rules();
        for behavior in &self.model.behaviors {
            grounder.behavior(behavior);
        }
        grounder.finish()
    }

    /// The features of which the file allows any number, for each part that has them, in the
    /// order of the product's parts.
    pub fn unbounded(&self, bounds: &Bounds) -> Vec<Unbounded> {
        let mut notes = Notes::new(&self.places);
        let schema = Schema::new(&self.model, &mut notes);
        let limits = Limits::new(&schema, &self.model, bounds);
        let tree = Tree::new(&schema, &limits, bounds, &mut notes);
        tree.map(|it| it.unbounded).unwrap_or_default()
    }
}

impl Grounder<'_, '_> {
    fn finish(mut self) -> (Option<Model>, Vec<Diagnostic>) {
        if self.notes.has_errors() {
            return (None, self.notes.finish());
        }
        (self.preferences).sort_by_key(|it| (Reverse(it.priority), Reverse(it.penalty)));
        self.tree.drop_empty_groups();
        let product = self.source.stem().to_owned();
        let model = Model {
            format: FORMAT,
            catalog: product.clone(),
            hash: self.source.hash(),
            name: label::text(label::sentence(&label::words(&product))),
            product,
            description: Text::default(),
            unit: Text::default(),
            lead_days: 0,
            locales: vec![label::LOCALE.to_owned()],
            groups: self.tree.groups,
            attributes: self.tree.attributes,
            rules: self.rules,
            tables: self.tables,
            relations: Vec::new(),
            preferences: self
                .preferences
                .into_iter()
                .map(|it| it.preference)
                .collect(),
            messages: self.messages,
            facts: Vec::new(),
            delivery: None,
            picture: None,
            documents: Vec::new(),
        };
        (Some(model), self.notes.finish())
    }
}
