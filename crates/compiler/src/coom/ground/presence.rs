//! Without which parts a condition or a formula says nothing.

use std::collections::BTreeSet;

use quotewright_engine::catalog::{AttributeIndex, Condition, Formula};

use super::Grounder;

type Parts = BTreeSet<AttributeIndex>;

impl Grounder<'_, '_> {
    /// The presences without which `formula` is not there.
    pub(super) fn parts_of_formula(&self, formula: &Formula) -> Parts {
        let mut parts = Parts::new();
        self.collect_formula(formula, &mut parts);
        parts
    }

    /// The presences without which `condition` is undefined.
    pub(super) fn parts_of_condition(&self, condition: &Condition, parts: &mut Parts) {
        match condition {
            Condition::Constant(_) | Condition::There(_) | Condition::Certain(_) => {}
            Condition::Is { attribute, .. } => parts.extend(self.tree.part(*attribute)),
            Condition::Compare { left, right, .. } => {
                self.collect_formula(left, parts);
                self.collect_formula(right, parts);
            }
            Condition::All(inner) | Condition::Any(inner) => {
                for condition in inner {
                    self.parts_of_condition(condition, parts);
                }
            }
            Condition::Not(inner) => self.parts_of_condition(inner, parts),
        }
    }

    fn collect_formula(&self, formula: &Formula, parts: &mut Parts) {
        match formula {
            Formula::Attribute(attribute) | Formula::Property { attribute, .. } => {
                parts.extend(self.tree.part(*attribute));
            }
            Formula::Multiply(left, right) | Formula::Divide(left, right) => {
                self.collect_formula(left, parts);
                self.collect_formula(right, parts);
            }
            Formula::Power(base, _) => self.collect_formula(base, parts),
            // A sum or difference is there where one side is, and the rest where any term is.
            Formula::Constant(_)
            | Formula::Add(..)
            | Formula::Subtract(..)
            | Formula::Count(_)
            | Formula::Sum(_)
            | Formula::Min(_)
            | Formula::Max(_)
            | Formula::Where(..) => {}
        }
    }
}
