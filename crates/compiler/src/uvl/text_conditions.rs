//! Conditions over texts.

use quotewright_engine::catalog::{AttributeIndex, Comparison, Condition, Formula};
use rust_decimal::Decimal;

use super::ast::{Expression, FeatureType, Reference};
use super::formulas::{Reader, not};
use super::ground::any;
use super::repeat::Refused;
use super::texts::{Operand, length, operand};
use super::tree::{Meaning, Worth};
use crate::diagnostic::Diagnostic;

/// A text that something can be.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Text {
    Named(String),
    /// One that constraints do not name, by its number, with the attribute of its length.
    Other(usize, Option<AttributeIndex>),
}

impl Reader<'_> {
    /// Whether two texts are the same or not; `None` where no text is compared.
    pub(super) fn texts(
        &self,
        left: &Expression,
        comparison: Comparison,
        right: &Expression,
    ) -> Result<Option<Condition>, Refused> {
        let [one, other] = [left, right].map(|it| operand(self.tree, self.space, it));
        let (Some(one), Some(other)) = (one, other) else {
            return Ok(None);
        };
        let same = self.same(&one, &other);
        match comparison {
            Comparison::Equal => Ok(Some(same)),
            Comparison::NotEqual => Ok(Some(not(same))),
            _ => {
                let place = self.tree.place(self.space, &left.span);
                let message = "texts can only be compared with `==` and `!=`";
                Err(Box::new(Diagnostic::error("type", place, message)))
            }
        }
    }

    fn same(&self, one: &Operand, other: &Operand) -> Condition {
        let (ones, others) = (self.cases(one), self.cases(other));
        let mut same = Vec::new();
        for (when, text) in &ones {
            for (and, other) in &others {
                let mut all = vec![when.clone(), and.clone()];
                match (text, other) {
                    (Text::Named(text), Text::Named(other)) if text == other => {}
                    (Text::Other(text, length), Text::Other(other, its)) if text == other => {
                        all.extend(length.zip(*its).map(|(length, its)| equal(length, its)));
                    }
                    _ => continue,
                }
                all.retain(|it| *it != Condition::Constant(true));
                same.push(match all.len() {
                    1 => all.swap_remove(0),
                    _ => Condition::All(all),
                });
            }
        }
        any(same)
    }

    /// The texts that one side can be, each with what that takes; the empty one where its
    /// feature is not selected.
    fn cases(&self, operand: &Operand) -> Vec<(Condition, Text)> {
        let absent = |node| (not(self.selected(node)), Text::Named(String::new()));
        match operand {
            Operand::Literal(text) => vec![(Condition::Constant(true), Text::Named(text.clone()))],
            Operand::Attribute(node, text) => {
                vec![
                    (self.selected(*node), Text::Named(text.clone())),
                    absent(*node),
                ]
            }
            Operand::Feature(node) => {
                let mut cases = vec![absent(*node)];
                let instances = &self.ground.instances[*node];
                let (Some((_, at)), Some(texts)) =
                    (self.instance(*node), self.ground.texts.get(node))
                else {
                    return cases;
                };
                let Some(attribute) = instances.values.get(at).copied() else {
                    return cases;
                };
                let length = instances.lengths.get(at).copied();
                let named = texts.named.iter().cloned().map(Text::Named);
                let others = (0..texts.others).map(|it| Text::Other(it, length));
                cases.extend(named.chain(others).enumerate().map(|(option, text)| {
                    let is = Condition::Is {
                        attribute,
                        options: vec![option],
                    };
                    (Condition::Certain(Box::new(is)), text)
                }));
                cases
            }
        }
    }

    /// How long a text is; 0 where its feature is not selected.
    pub(super) fn length(&self, reference: &Reference) -> Result<Formula, Refused> {
        match self.meaning(reference)? {
            Meaning::Attribute(node, Worth::Text(text)) => Ok(self.worth(node, length(&text))),
            Meaning::Feature(node) if self.tree.nodes[node].kind == FeatureType::Text => {
                let instance = self.instance(node);
                let length = instance.and_then(|(there, at)| {
                    let length = self.ground.instances[node].lengths.get(at)?;
                    let length = Box::new(Formula::Attribute(*length));
                    Some(Formula::Where(Box::new(self.ground.holds(there)), length))
                });
                Ok(length.unwrap_or(Formula::Constant(Decimal::ZERO)))
            }
            _ => Err(self.refuse("type", reference, "this is no text, which `len` needs")),
        }
    }
}

/// Both are there, and equally long.
fn equal(one: AttributeIndex, other: AttributeIndex) -> Condition {
    Condition::Certain(Box::new(Condition::Compare {
        left: Formula::Attribute(one),
        comparison: Comparison::Equal,
        right: Formula::Attribute(other),
    }))
}
