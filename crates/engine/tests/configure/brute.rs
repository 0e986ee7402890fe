//! The meaning of a model, worked out by trying everything. Shares no code with the engine.

use std::collections::BTreeMap;

use quotewright_engine::catalog::{
    AttributeDomain, AttributeIndex, Cell, Comparison, Condition, Constraint, Formula, Model,
    Value, Wish,
};
use rust_decimal::Decimal;

/// Decisions by position.
pub type Choices = BTreeMap<usize, usize>;

/// All assignments of a model, each with the constraints that it breaks.
pub struct Brute {
    pub model: Model,
    pub constraints: Vec<Constraint>,
    pub sizes: Vec<usize>,
    /// Positions of the values, and one bit for each broken constraint.
    pub all: Vec<(Vec<usize>, u64)>,
    /// Those that break none.
    valid: Vec<Vec<usize>>,
}

/// Numerator and denominator, the latter above zero.
type Ratio = (i128, i128);

impl Brute {
    pub fn new(model: &Model) -> Self {
        let sizes: Vec<usize> = model.attributes.iter().map(|it| size(&it.domain)).collect();
        let mut constraints: Vec<Constraint> = Vec::new();
        constraints.extend((0..model.rules.len()).map(Constraint::Rule));
        constraints.extend((0..model.tables.len()).map(Constraint::Table));
        for (index, attribute) in model.attributes.iter().enumerate() {
            if attribute.formula.is_some() {
                constraints.push(Constraint::Formula(AttributeIndex(index)));
            }
        }
        let mut brute = Self {
            model: model.clone(),
            constraints,
            sizes,
            all: Vec::new(),
            valid: Vec::new(),
        };
        let mut positions = vec![0; brute.sizes.len()];
        loop {
            let broken = brute.broken(&brute.values(&positions));
            if broken == 0 {
                brute.valid.push(positions.clone());
            }
            brute.all.push((positions.clone(), broken));
            let Some(place) = (0..positions.len()).find(|it| positions[*it] + 1 < brute.sizes[*it])
            else {
                return brute;
            };
            positions[place] += 1;
            positions[..place].fill(0);
        }
    }

    pub fn value(&self, attribute: usize, position: usize) -> Value {
        match &self.model.attributes[attribute].domain {
            AttributeDomain::Number(range) => {
                Value::Number((range.min + range.step * Decimal::from(position)).normalize())
            }
            _ => Value::Option(position),
        }
    }

    pub fn values(&self, positions: &[usize]) -> Vec<Value> {
        (positions.iter().enumerate())
            .map(|(attribute, position)| self.value(attribute, *position))
            .collect()
    }

    /// The valid assignments with the choices.
    pub fn solutions<'a>(&'a self, choices: &'a Choices) -> impl Iterator<Item = &'a [usize]> {
        (self.valid.iter())
            .map(Vec::as_slice)
            .filter(|it| has(it, choices))
    }

    /// Assignments with the choices that break none of `asked`, a set of bits.
    pub fn asked<'a>(
        &'a self,
        choices: &'a Choices,
        asked: u64,
    ) -> impl Iterator<Item = &'a [usize]> {
        (self.all.iter())
            .filter(move |(positions, broken)| broken & asked == 0 && has(positions, choices))
            .map(|(positions, _)| positions.as_slice())
    }

    pub fn possible(&self, choices: &Choices) -> bool {
        self.solutions(choices).next().is_some()
    }

    /// Positions that an attribute has in some valid assignment with the choices.
    pub fn domain(&self, choices: &Choices, attribute: usize) -> Vec<usize> {
        let mut found = vec![false; self.sizes[attribute]];
        for positions in self.solutions(choices) {
            found[positions[attribute]] = true;
        }
        (0..found.len()).filter(|it| found[*it]).collect()
    }

    /// The values that the configurator has to show, by the book.
    pub fn completion(&self, choices: &Choices) -> Vec<Option<usize>> {
        let mut granted = choices.clone();
        for (index, attribute) in self.model.attributes.iter().enumerate() {
            let Some(wish) = attribute
                .wish
                .as_ref()
                .filter(|_| !choices.contains_key(&index))
            else {
                continue;
            };
            let possible = self.domain(&granted, index);
            let position = match wish {
                Wish::First => possible.first().copied(),
                Wish::Last => possible.last().copied(),
                Wish::Value(value) => possible
                    .into_iter()
                    .find(|it| self.value(index, *it) == *value),
            };
            granted.extend(position.map(|it| (index, it)));
        }
        let only = |attribute| match self.domain(&granted, attribute).as_slice() {
            [only] => Some(*only),
            _ => None,
        };
        (0..self.sizes.len()).map(only).collect()
    }

    pub fn broken(&self, values: &[Value]) -> u64 {
        let bits = self.constraints.iter().enumerate();
        bits.filter(|(_, constraint)| !self.holds(**constraint, values))
            .fold(0, |bits, (position, _)| bits | (1 << position))
    }

    fn holds(&self, constraint: Constraint, values: &[Value]) -> bool {
        match constraint {
            Constraint::Rule(rule) => {
                let rule = &self.model.rules[rule];
                let asked = rule.when.as_ref().is_none_or(|it| self.truth(it, values));
                !asked || self.truth(&rule.require, values)
            }
            Constraint::Table(table) => {
                let table = &self.model.tables[table];
                table.rows.iter().any(|row| {
                    let mut cells = table.columns.iter().zip(row);
                    cells.all(|(column, cell)| matches(cell, values[column.0]))
                })
            }
            Constraint::Formula(index) => {
                let attribute = &self.model.attributes[index.0];
                let (Some(formula), Value::Number(value)) = (&attribute.formula, values[index.0])
                else {
                    panic!("only numbers have formulas");
                };
                let wanted = self.number(formula, values);
                let fitting = (0..self.sizes[index.0]).find(|position| {
                    let Value::Number(number) = self.value(index.0, *position) else {
                        panic!("a number");
                    };
                    !less(ratio(number), wanted)
                });
                fitting.is_some_and(|it| self.value(index.0, it) == Value::Number(value))
            }
        }
    }

    fn truth(&self, condition: &Condition, values: &[Value]) -> bool {
        match condition {
            Condition::Constant(truth) => *truth,
            Condition::Is { attribute, options } => options
                .iter()
                .any(|it| values[attribute.0] == Value::Option(*it)),
            Condition::Compare {
                left,
                comparison,
                right,
            } => {
                let (left, right) = (self.number(left, values), self.number(right, values));
                let (below, above) = (less(left, right), less(right, left));
                match comparison {
                    Comparison::Equal => !below && !above,
                    Comparison::NotEqual => below || above,
                    Comparison::Less => below,
                    Comparison::LessOrEqual => !above,
                    Comparison::Greater => above,
                    Comparison::GreaterOrEqual => !below,
                }
            }
            Condition::All(parts) => parts.iter().all(|it| self.truth(it, values)),
            Condition::Any(parts) => parts.iter().any(|it| self.truth(it, values)),
            Condition::Not(inner) => !self.truth(inner, values),
        }
    }

    fn number(&self, formula: &Formula, values: &[Value]) -> Ratio {
        let both = |left, right| (self.number(left, values), self.number(right, values));
        match formula {
            Formula::Constant(number) => ratio(*number),
            Formula::Attribute(attribute) => match values[attribute.0] {
                Value::Number(number) => ratio(number),
                Value::Option(_) => panic!("not a number"),
            },
            Formula::Property {
                attribute,
                property,
            } => match (
                &self.model.attributes[attribute.0].domain,
                values[attribute.0],
            ) {
                (AttributeDomain::Options(list), Value::Option(option)) => {
                    ratio(list.options[option].properties[*property])
                }
                _ => panic!("not an option"),
            },
            Formula::Add(left, right) => {
                let ((a, b), (c, d)) = both(left, right);
                (a * d + c * b, b * d)
            }
            Formula::Subtract(left, right) => {
                let ((a, b), (c, d)) = both(left, right);
                (a * d - c * b, b * d)
            }
            Formula::Multiply(left, right) => {
                let ((a, b), (c, d)) = both(left, right);
                (a * c, b * d)
            }
            Formula::Divide(left, divisor) => {
                let ((a, b), (c, d)) = (self.number(left, values), ratio(*divisor));
                (a * d * c.signum(), b * c.abs())
            }
        }
    }
}

fn has(positions: &[usize], choices: &Choices) -> bool {
    (choices.iter()).all(|(attribute, position)| positions[*attribute] == *position)
}

fn size(domain: &AttributeDomain) -> usize {
    match domain {
        AttributeDomain::Options(list) => list.options.len(),
        AttributeDomain::Flag => 2,
        AttributeDomain::Number(range) => {
            let steps =
                (0..).take_while(|it| range.min + range.step * Decimal::from(*it) <= range.max);
            steps.count()
        }
    }
}

fn matches(cell: &Cell, value: Value) -> bool {
    match (cell, value) {
        (Cell::Any, _) => true,
        (Cell::OneOf(values), value) => values.contains(&value),
        (Cell::Between(low, high), Value::Number(number)) => *low <= number && number <= *high,
        (Cell::Between(..), Value::Option(_)) => false,
    }
}

fn ratio(number: Decimal) -> Ratio {
    (number.mantissa(), 10_i128.pow(number.scale()))
}

fn less(left: Ratio, right: Ratio) -> bool {
    left.0 * right.1 < right.0 * left.1
}
