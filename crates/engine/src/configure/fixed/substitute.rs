//! A model in which fixed values stand in the place of their attributes.

use super::Fixed;
use crate::catalog::{AttributeIndex, Condition, Formula, Model, Rule, Text, Truth, Value};

impl Fixed {
    /// The same model, with what is fixed written into conditions and formulas, and demanded
    /// by rules of its own after the others.
    pub fn written_into(&self, model: &Model) -> Model {
        let known = Substitution { fixed: self, model };
        let mut written = model.clone();
        for rule in &mut written.rules {
            rule.when = rule.when.as_ref().map(|it| known.condition(it));
            rule.require = known.condition(&rule.require);
        }
        for attribute in &mut written.attributes {
            attribute.formula = attribute.formula.as_ref().map(|it| known.formula(it));
        }
        let demand = |(attribute, position)| Rule {
            code: String::new(),
            when: None,
            require: Condition::Is {
                attribute,
                options: vec![position],
            },
            explanation: Text::default(),
        };
        written.rules.extend(self.positions().map(demand));
        written
    }

    /// The same condition of a model, with what is fixed written into it.
    pub fn written_into_condition(&self, model: &Model, condition: &Condition) -> Condition {
        let fixed = self;
        Substitution { fixed, model }.condition(condition)
    }
}

struct Substitution<'a> {
    fixed: &'a Fixed,
    model: &'a Model,
}

impl Substitution<'_> {
    fn condition(&self, condition: &Condition) -> Condition {
        let values = &self.fixed.values;
        match condition.truth(self.model, values) {
            Ok(Truth::Yes) => return Condition::Constant(true),
            Ok(Truth::No) => return Condition::Constant(false),
            Ok(Truth::Open | Truth::Undefined) | Err(_) => {}
        }
        match condition {
            Condition::Constant(_) | Condition::Is { .. } | Condition::There(_) => {
                condition.clone()
            }
            Condition::Compare {
                left,
                comparison,
                right,
            } => Condition::Compare {
                left: self.formula(left),
                comparison: *comparison,
                right: self.formula(right),
            },
            Condition::All(parts) => Condition::All(self.without(parts, true)),
            Condition::Any(parts) => Condition::Any(self.without(parts, false)),
            Condition::Not(inner) => Condition::Not(Box::new(self.condition(inner))),
            Condition::Certain(inner) => Condition::Certain(Box::new(self.condition(inner))),
        }
    }

    /// The parts but for those that are settled and change nothing.
    fn without(&self, parts: &[Condition], neutral: bool) -> Vec<Condition> {
        let parts = parts.iter().map(|it| self.condition(it));
        let neutral = Condition::Constant(neutral);
        parts.filter(|it| *it != neutral).collect()
    }

    fn formula(&self, formula: &Formula) -> Formula {
        let boxed = |it: &Formula| Box::new(self.formula(it));
        let each = |terms: &[Formula]| terms.iter().map(|it| self.formula(it)).collect();
        match formula {
            Formula::Constant(_) | Formula::Attribute(_) => formula.clone(),
            Formula::Property { .. } => match formula.evaluate(self.model, &self.fixed.values) {
                Ok(Some(number)) => Formula::Constant(number),
                _ => formula.clone(),
            },
            Formula::Add(left, right) => Formula::Add(boxed(left), boxed(right)),
            Formula::Subtract(left, right) => Formula::Subtract(boxed(left), boxed(right)),
            Formula::Multiply(left, right) => Formula::Multiply(boxed(left), boxed(right)),
            Formula::Divide(left, right) => Formula::Divide(boxed(left), boxed(right)),
            Formula::Power(base, exponent) => Formula::Power(boxed(base), *exponent),
            Formula::Count(counted) => {
                let value = |it: &&AttributeIndex| self.fixed.values[it.0];
                let yes = counted
                    .iter()
                    .filter(|it| value(it) == Some(Value::Option(1)));
                let open = counted.iter().filter(|it| value(it).is_none());
                let counted = Formula::Count(open.copied().collect());
                match yes.count() {
                    0 => counted,
                    yes => Formula::Add(Box::new(counted), Box::new(Formula::Constant(yes.into()))),
                }
            }
            Formula::Sum(terms) => Formula::Sum(each(terms)),
            Formula::Min(terms) => Formula::Min(each(terms)),
            Formula::Max(terms) => Formula::Max(each(terms)),
            Formula::Where(condition, inner) => {
                Formula::Where(Box::new(self.condition(condition)), boxed(inner))
            }
        }
    }
}
