//! Constraints rewritten for the attributes of one component.

use super::{Component, Place};
use crate::catalog::{
    Attribute, AttributeDomain, AttributeIndex, Condition, Constraint, Formula, Model, OptionItem,
    Part, Relation, Rule, Table, Text,
};

/// From the attributes of the model to those of their components.
pub struct Renaming<'a>(&'a [Place]);

impl<'a> Renaming<'a> {
    /// By the place of each attribute.
    pub fn new(places: &'a [Place]) -> Self {
        Self(places)
    }

    /// The component of these attributes and constraints.
    pub fn component(
        &self,
        model: &Model,
        attributes: Vec<AttributeIndex>,
        constraints: &[Constraint],
    ) -> Component {
        let mut own = Model {
            format: model.format,
            attributes: (attributes.iter().enumerate())
                .map(|(number, index)| self.attribute(number, &model.attributes[index.0]))
                .collect(),
            ..Model::default()
        };
        let constraints = (constraints.iter())
            .map(|it| (*it, self.constraint(model, *it, &mut own)))
            .collect();
        Component {
            attributes,
            constraints,
            model: own,
        }
    }

    /// Adds the constraint to the component's model; what it is called there.
    fn constraint(&self, model: &Model, constraint: Constraint, own: &mut Model) -> Constraint {
        match constraint {
            Constraint::Rule(rule) => {
                let rule = &model.rules[rule];
                own.rules.push(Rule {
                    code: String::new(),
                    when: rule.when.as_ref().map(|it| self.condition(it)),
                    require: self.condition(&rule.require),
                    explanation: Text::default(),
                });
                Constraint::Rule(own.rules.len() - 1)
            }
            Constraint::Table(table) => {
                let table = &model.tables[table];
                own.tables.push(Table {
                    code: String::new(),
                    columns: self.all(&table.columns),
                    rows: table.rows.clone(),
                    explanation: Text::default(),
                });
                Constraint::Table(own.tables.len() - 1)
            }
            Constraint::Relation(relation) => {
                let relation = &model.relations[relation];
                own.relations.push(Relation {
                    code: String::new(),
                    columns: self.all(&relation.columns),
                    cells: relation.cells.clone(),
                    explanation: Text::default(),
                });
                Constraint::Relation(own.relations.len() - 1)
            }
            Constraint::Formula(attribute) => Constraint::Formula(self.one(attribute)),
            Constraint::Structure(attribute) => Constraint::Structure(self.one(attribute)),
        }
    }

    /// What an attribute is called in its component.
    pub fn one(&self, attribute: AttributeIndex) -> AttributeIndex {
        self.0[attribute.0].attribute
    }

    fn all(&self, attributes: &[AttributeIndex]) -> Vec<AttributeIndex> {
        attributes.iter().map(|it| self.one(*it)).collect()
    }

    /// The attribute with a number for its name.
    fn attribute(&self, number: usize, attribute: &Attribute) -> Attribute {
        let domain = match &attribute.domain {
            AttributeDomain::Options(list) => {
                let mut list = list.clone();
                list.options.iter_mut().for_each(forget_names);
                AttributeDomain::Options(list)
            }
            AttributeDomain::Flag => AttributeDomain::Flag,
            AttributeDomain::Number(range) => AttributeDomain::Number(range.clone()),
            AttributeDomain::Presence(part) => AttributeDomain::Presence(Part {
                path: String::new(),
                owner: part.owner.map(|it| self.one(it)),
                previous: part.previous.map(|it| self.one(it)),
                required: part.required,
            }),
        };
        Attribute {
            code: number.to_string(),
            label: Text::default(),
            help: Text::default(),
            group: 0,
            domain,
            wish: None,
            formula: attribute.formula.as_ref().map(|it| self.formula(it)),
            part: attribute.part.map(|it| self.one(it)),
            access: attribute.access,
        }
    }

    /// The same condition on the attributes of its component.
    pub fn condition(&self, condition: &Condition) -> Condition {
        let each = |parts: &[Condition]| parts.iter().map(|it| self.condition(it)).collect();
        match condition {
            Condition::Constant(constant) => Condition::Constant(*constant),
            Condition::Is { attribute, options } => Condition::Is {
                attribute: self.one(*attribute),
                options: options.clone(),
            },
            Condition::Compare {
                left,
                comparison,
                right,
            } => Condition::Compare {
                left: self.formula(left),
                comparison: *comparison,
                right: self.formula(right),
            },
            Condition::All(parts) => Condition::All(each(parts)),
            Condition::Any(parts) => Condition::Any(each(parts)),
            Condition::Not(inner) => Condition::Not(Box::new(self.condition(inner))),
            Condition::There(part) => Condition::There(self.one(*part)),
            Condition::Certain(inner) => Condition::Certain(Box::new(self.condition(inner))),
        }
    }

    /// The same formula on the attributes of its component.
    pub fn formula(&self, formula: &Formula) -> Formula {
        let boxed = |it: &Formula| Box::new(self.formula(it));
        let each = |terms: &[Formula]| terms.iter().map(|it| self.formula(it)).collect();
        match formula {
            Formula::Constant(number) => Formula::Constant(*number),
            Formula::Attribute(attribute) => Formula::Attribute(self.one(*attribute)),
            Formula::Property {
                attribute,
                property,
            } => Formula::Property {
                attribute: self.one(*attribute),
                property: *property,
            },
            Formula::Add(left, right) => Formula::Add(boxed(left), boxed(right)),
            Formula::Subtract(left, right) => Formula::Subtract(boxed(left), boxed(right)),
            Formula::Multiply(left, right) => Formula::Multiply(boxed(left), boxed(right)),
            Formula::Divide(left, right) => Formula::Divide(boxed(left), boxed(right)),
            Formula::Power(base, exponent) => Formula::Power(boxed(base), *exponent),
            Formula::Count(parts) => Formula::Count(self.all(parts)),
            Formula::Sum(terms) => Formula::Sum(each(terms)),
            Formula::Min(terms) => Formula::Min(each(terms)),
            Formula::Max(terms) => Formula::Max(each(terms)),
            Formula::Where(condition, inner) => {
                Formula::Where(Box::new(self.condition(condition)), boxed(inner))
            }
        }
    }
}

fn forget_names(option: &mut OptionItem) {
    option.code.clear();
    option.part_number.clear();
    option.label = Text::default();
    option.description = Text::default();
}
