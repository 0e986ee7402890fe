//! How often each construct, and each kind of answer, occurred.

use std::collections::BTreeMap;

use quotewright_engine::catalog::{
    AttributeDomain, Cell, Comparison, Condition, Formula, Model, Value, Wish,
};

#[derive(Default)]
pub struct Census(BTreeMap<&'static str, u64>);

/// All that has to occur.
const EXPECTED: &[&str] = &[
    "attribute: options",
    "attribute: yes/no",
    "attribute: number",
    "attribute: number of more than ten steps",
    "attribute: number with fractions",
    "attribute: number below zero",
    "attribute: worked out",
    "attribute: of a part",
    "part",
    "part: owned",
    "part: after another",
    "part: required",
    "formula: constant",
    "formula: attribute",
    "formula: property",
    "formula: add",
    "formula: subtract",
    "formula: multiply",
    "formula: divide",
    "formula: divide by a formula",
    "formula: power",
    "formula: count",
    "formula: sum",
    "formula: min",
    "formula: max",
    "formula: where",
    "condition: constant",
    "condition: is",
    "condition: =",
    "condition: !=",
    "condition: <",
    "condition: <=",
    "condition: >",
    "condition: >=",
    "condition: all",
    "condition: all of nothing",
    "condition: any",
    "condition: any of nothing",
    "condition: not",
    "condition: there",
    "condition: certain",
    "rule: always",
    "rule: when",
    "table",
    "relation",
    "cell: any",
    "cell: options",
    "cell: numbers",
    "cell: between",
    "wish: value",
    "wish: first",
    "wish: last",
    "answer: no configuration at all",
    "answer: conflicting decisions",
    "answer: possible value",
    "answer: impossible value",
    "answer: explained by two decisions or more",
    "answer: explained by two constraints or more",
    "answer: repaired by one change",
    "answer: repaired by two changes or more",
    "answer: beyond repair",
    "answer: nearest number",
    "answer: hole between two numbers",
    "value: follows",
    "value: suggested",
    "value: open",
    "value: wish not granted",
    "value: absent",
];

impl Census {
    pub fn count(&mut self, what: &'static str) {
        *self.0.entry(what).or_default() += 1;
    }

    pub fn print_and_check(&self) {
        for (what, count) in &self.0 {
            println!("{count:>9}  {what}");
        }
        let missing: Vec<_> = (EXPECTED.iter())
            .filter(|it| !self.0.contains_key(*it))
            .collect();
        assert!(missing.is_empty(), "never occurred: {missing:?}");
    }

    pub fn model(&mut self, model: &Model) {
        for attribute in &model.attributes {
            self.domain(&attribute.domain);
            if attribute.part.is_some() {
                self.count("attribute: of a part");
            }
            if let Some(formula) = &attribute.formula {
                self.count("attribute: worked out");
                self.formula(formula);
            }
            match attribute.wish {
                Some(Wish::Value(_)) => self.count("wish: value"),
                Some(Wish::First) => self.count("wish: first"),
                Some(Wish::Last) => self.count("wish: last"),
                None => {}
            }
        }
        for rule in &model.rules {
            match &rule.when {
                Some(when) => {
                    self.count("rule: when");
                    self.condition(when);
                }
                None => self.count("rule: always"),
            }
            self.condition(&rule.require);
        }
        for _ in &model.relations {
            self.count("relation");
        }
        for table in &model.tables {
            self.count("table");
            table.rows.iter().flatten().for_each(|it| self.cell(it));
        }
    }

    fn domain(&mut self, domain: &AttributeDomain) {
        if let AttributeDomain::Presence(part) = domain {
            self.count("part");
            for (so, what) in [
                (part.owner.is_some(), "part: owned"),
                (part.previous.is_some(), "part: after another"),
                (part.required, "part: required"),
            ] {
                if so {
                    self.count(what);
                }
            }
            return;
        }
        let AttributeDomain::Number(range) = domain else {
            self.count(match domain {
                AttributeDomain::Flag => "attribute: yes/no",
                _ => "attribute: options",
            });
            return;
        };
        self.count("attribute: number");
        if range.size().is_some_and(|it| it > 10) {
            self.count("attribute: number of more than ten steps");
        }
        if !range.min.fract().is_zero() || !range.step.fract().is_zero() {
            self.count("attribute: number with fractions");
        }
        if range.min.is_sign_negative() {
            self.count("attribute: number below zero");
        }
    }

    fn formula(&mut self, formula: &Formula) {
        let (what, parts): (_, Vec<&Formula>) = match formula {
            Formula::Constant(_) => ("formula: constant", vec![]),
            Formula::Attribute(_) => ("formula: attribute", vec![]),
            Formula::Property { .. } => ("formula: property", vec![]),
            Formula::Add(left, right) => ("formula: add", vec![left, right]),
            Formula::Subtract(left, right) => ("formula: subtract", vec![left, right]),
            Formula::Multiply(left, right) => ("formula: multiply", vec![left, right]),
            Formula::Divide(left, right) => match **right {
                Formula::Constant(_) => ("formula: divide", vec![left]),
                _ => ("formula: divide by a formula", vec![left, right]),
            },
            Formula::Power(base, _) => ("formula: power", vec![base]),
            Formula::Count(_) => ("formula: count", vec![]),
            Formula::Sum(terms) => ("formula: sum", terms.iter().collect()),
            Formula::Min(terms) => ("formula: min", terms.iter().collect()),
            Formula::Max(terms) => ("formula: max", terms.iter().collect()),
            Formula::Where(condition, inner) => {
                self.condition(condition);
                ("formula: where", vec![inner])
            }
        };
        self.count(what);
        parts.into_iter().for_each(|it| self.formula(it));
    }

    fn condition(&mut self, condition: &Condition) {
        match condition {
            Condition::Constant(_) => self.count("condition: constant"),
            Condition::Is { .. } => self.count("condition: is"),
            Condition::Compare {
                left,
                comparison,
                right,
            } => {
                self.count(match comparison {
                    Comparison::Equal => "condition: =",
                    Comparison::NotEqual => "condition: !=",
                    Comparison::Less => "condition: <",
                    Comparison::LessOrEqual => "condition: <=",
                    Comparison::Greater => "condition: >",
                    Comparison::GreaterOrEqual => "condition: >=",
                });
                self.formula(left);
                self.formula(right);
            }
            Condition::All(parts) => {
                self.count(match parts.len() {
                    0 => "condition: all of nothing",
                    _ => "condition: all",
                });
                parts.iter().for_each(|it| self.condition(it));
            }
            Condition::Any(parts) => {
                self.count(match parts.len() {
                    0 => "condition: any of nothing",
                    _ => "condition: any",
                });
                parts.iter().for_each(|it| self.condition(it));
            }
            Condition::Not(inner) => {
                self.count("condition: not");
                self.condition(inner);
            }
            Condition::There(_) => self.count("condition: there"),
            Condition::Certain(inner) => {
                self.count("condition: certain");
                self.condition(inner);
            }
        }
    }

    fn cell(&mut self, cell: &Cell) {
        self.count(match cell {
            Cell::Any => "cell: any",
            Cell::Between(..) => "cell: between",
            Cell::OneOf(values) if matches!(values.first(), Some(Value::Number(_))) => {
                "cell: numbers"
            }
            Cell::OneOf(_) => "cell: options",
        });
    }
}
