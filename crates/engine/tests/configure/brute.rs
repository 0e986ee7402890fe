//! The meaning of a model, worked out by trying everything. Shares no code with the engine.

use std::collections::{BTreeMap, BTreeSet};

use quotewright_engine::catalog::{
    AttributeDomain, AttributeIndex, Cell, Constraint, Model, Part, Value, Wish,
};
use rust_decimal::Decimal;

use crate::meaning::{Meaning, less, ratio};

/// Stands for the position of an attribute whose part is not there.
pub const ABSENT: usize = usize::MAX;

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

impl Brute {
    pub fn new(model: &Model) -> Self {
        let sizes: Vec<usize> = model.attributes.iter().map(|it| size(&it.domain)).collect();
        let mut brute = Self {
            model: model.clone(),
            constraints: constraints(model),
            sizes,
            all: Vec::new(),
            valid: Vec::new(),
        };
        let mut positions = vec![0; brute.sizes.len()];
        loop {
            if let Some(assignment) = brute.assignment(&positions) {
                let broken = brute.broken(&brute.values(&assignment));
                if broken == 0 {
                    brute.valid.push(assignment.clone());
                }
                brute.all.push((assignment, broken));
            }
            let Some(place) = (0..positions.len()).find(|it| positions[*it] + 1 < brute.sizes[*it])
            else {
                return brute;
            };
            positions[place] += 1;
            positions[..place].fill(0);
        }
    }

    /// The positions with what is absent; `None` where another stands for the same.
    fn assignment(&self, positions: &[usize]) -> Option<Vec<usize>> {
        let place = |(attribute, position): (usize, &usize)| {
            let part = self.model.attributes[attribute].part;
            match part.is_some_and(|part| positions[part.0] == 0) {
                false => Some(*position),
                true if *position == 0 => Some(ABSENT),
                true => None,
            }
        };
        positions.iter().enumerate().map(place).collect()
    }

    pub fn value(&self, attribute: usize, position: usize) -> Value {
        if position == ABSENT {
            return Value::Absent;
        }
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
        let mut found = self.outcomes(choices, attribute);
        found.retain(|it| *it != ABSENT);
        found
    }

    /// As [`Brute::domain`], with [`ABSENT`] last where that is possible.
    pub fn outcomes(&self, choices: &Choices, attribute: usize) -> Vec<usize> {
        let found: BTreeSet<usize> = (self.solutions(choices))
            .map(|positions| positions[attribute])
            .collect();
        found.into_iter().collect()
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
            let possible = self.outcomes(&granted, index);
            if possible.contains(&ABSENT) {
                continue; // a wish for what may not even be there
            }
            let position = match wish {
                Wish::First => possible.first().copied(),
                Wish::Last => possible.last().copied(),
                Wish::Value(value) => possible
                    .into_iter()
                    .find(|it| self.value(index, *it) == *value),
            };
            granted.extend(position.map(|it| (index, it)));
        }
        let only = |attribute| match self.outcomes(&granted, attribute).as_slice() {
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
        let meaning = Meaning {
            model: &self.model,
            values,
        };
        match constraint {
            Constraint::Rule(rule) => {
                let rule = &self.model.rules[rule];
                let asked = rule
                    .when
                    .as_ref()
                    .map_or(Some(true), |it| meaning.truth(it));
                let holds = meaning.truth(&rule.require);
                !(asked == Some(true) && holds == Some(false))
            }
            Constraint::Table(table) => {
                let table = &self.model.tables[table];
                let absent = |it: &AttributeIndex| values[it.0] == Value::Absent;
                table.columns.iter().any(absent)
                    || table.rows.iter().any(|row| {
                        let mut cells = table.columns.iter().zip(row);
                        cells.all(|(column, cell)| matches(cell, values[column.0]))
                    })
            }
            Constraint::Relation(relation) => {
                let relation = &self.model.relations[relation];
                relation.rows().any(|row| {
                    let mut cells = relation.columns.iter().zip(row);
                    cells.all(|(column, it)| {
                        values[column.0] == self.value(column.0, usize::from(*it))
                    })
                })
            }
            Constraint::Formula(index) => self.worked_out(index, &meaning),
            Constraint::Structure(index) => match &self.model.attributes[index.0].domain {
                AttributeDomain::Presence(part) => structured(index, part, values),
                _ => panic!("only presences have a structure"),
            },
        }
    }

    fn worked_out(&self, index: AttributeIndex, meaning: &Meaning) -> bool {
        let formula = self.model.attributes[index.0].formula.as_ref().unwrap();
        if meaning.values[index.0] == Value::Absent {
            return true;
        }
        let Some(wanted) = meaning.number(formula) else {
            return true;
        };
        let fitting = (0..self.sizes[index.0]).find(|position| {
            let Value::Number(number) = self.value(index.0, *position) else {
                panic!("a number");
            };
            !less(ratio(number), wanted)
        });
        fitting.is_some_and(|it| self.value(index.0, it) == meaning.values[index.0])
    }
}

/// All constraints of the model, in the order of the catalog.
pub fn constraints(model: &Model) -> Vec<Constraint> {
    let mut constraints: Vec<Constraint> = Vec::new();
    constraints.extend((0..model.rules.len()).map(Constraint::Rule));
    constraints.extend((0..model.tables.len()).map(Constraint::Table));
    constraints.extend((0..model.relations.len()).map(Constraint::Relation));
    let formulas = (model.indices()).filter(|it| model.attributes[it.0].formula.is_some());
    constraints.extend(formulas.map(Constraint::Formula));
    let presence =
        |it: &AttributeIndex| matches!(model.attributes[it.0].domain, AttributeDomain::Presence(_));
    constraints.extend(model.indices().filter(presence).map(Constraint::Structure));
    constraints
}

fn structured(index: AttributeIndex, part: &Part, values: &[Value]) -> bool {
    let there = |it: AttributeIndex| values[it.0] == Value::Option(1);
    let owned = part.owner.is_none_or(there);
    let after = part.previous.is_none_or(there);
    match there(index) {
        true => owned && after,
        false => !owned || !part.required,
    }
}

fn has(positions: &[usize], choices: &Choices) -> bool {
    (choices.iter()).all(|(attribute, position)| positions[*attribute] == *position)
}

fn size(domain: &AttributeDomain) -> usize {
    match domain {
        AttributeDomain::Options(list) => list.options.len(),
        AttributeDomain::Flag | AttributeDomain::Presence(_) => 2,
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
        (Cell::Between(..), Value::Option(_) | Value::Absent) => false,
    }
}
