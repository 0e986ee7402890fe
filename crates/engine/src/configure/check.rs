//! A complete assignment checked by evaluation alone, so that a hostile one cannot make anybody think.

use std::collections::BTreeSet;

use crate::catalog::{
    ArithmeticError, AttributeDomain, AttributeIndex, Cell, Constraint, Formula, Fraction, Model,
    Rule, Table, Value, fraction,
};

/// Why an assignment could not be checked at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CheckError {
    /// The assignment does not have one value for each attribute.
    #[error("{found} values where the model has {expected} attributes")]
    Length {
        /// Attributes of the model.
        expected: usize,
        /// Values given.
        found: usize,
    },
    /// The attribute has no such option, or the number is out of range or between two steps.
    #[error("attribute {} has no such value", .0.0)]
    Value(AttributeIndex),
    /// A number grew too large.
    #[error(transparent)]
    Arithmetic(#[from] ArithmeticError),
}

/// The constraints that `assignment` breaks, in the order of the catalog; none when it is valid.
/// Evaluates only: the time it takes is linear in the size of the model.
pub fn check(model: &Model, assignment: &[Value]) -> Result<Vec<Constraint>, CheckError> {
    let expected = model.attributes.len();
    if assignment.len() != expected {
        let found = assignment.len();
        return Err(CheckError::Length { expected, found });
    }
    for (index, value) in model.indices().zip(assignment) {
        if !model.attributes[index.0].domain.contains(*value) {
            return Err(CheckError::Value(index));
        }
    }
    let values: Vec<Option<Value>> = assignment.iter().copied().map(Some).collect();
    let mut broken = BTreeSet::new();
    for constraint in constraints(model) {
        if !holds(model, constraint, &values)? {
            broken.insert(constraint);
        }
    }
    Ok(broken.into_iter().collect())
}

/// Every constraint of the model, in the order of the catalog.
pub(crate) fn constraints(model: &Model) -> impl Iterator<Item = Constraint> + '_ {
    let worked_out = |index: &AttributeIndex| model.attributes[index.0].formula.is_some();
    (0..model.rules.len())
        .map(Constraint::Rule)
        .chain((0..model.tables.len()).map(Constraint::Table))
        .chain(model.indices().filter(worked_out).map(Constraint::Formula))
}

/// Whether `constraint` holds of the complete `values`.
fn holds(
    model: &Model,
    constraint: Constraint,
    values: &[Option<Value>],
) -> Result<bool, ArithmeticError> {
    match constraint {
        Constraint::Rule(rule) => rule_holds(model, &model.rules[rule], values),
        Constraint::Table(table) => Ok(table_holds(&model.tables[table], values)),
        Constraint::Formula(index) => match &model.attributes[index.0].formula {
            Some(formula) => formula_holds(model, index, formula, values),
            None => Ok(true),
        },
    }
}

fn rule_holds(
    model: &Model,
    rule: &Rule,
    values: &[Option<Value>],
) -> Result<bool, ArithmeticError> {
    if let Some(when) = &rule.when
        && when.evaluate(model, values)? == Some(false)
    {
        return Ok(true);
    }
    Ok(rule.require.evaluate(model, values)? == Some(true))
}

fn table_holds(table: &Table, values: &[Option<Value>]) -> bool {
    table.rows.iter().any(|row| {
        table.columns.iter().zip(row).all(|(column, cell)| {
            let value = values.get(column.0).copied().flatten();
            value.is_some_and(|value| cell.matches(value))
        })
    })
}

/// The value is the smallest of the range that is not below the formula.
fn formula_holds(
    model: &Model,
    index: AttributeIndex,
    formula: &Formula,
    values: &[Option<Value>],
) -> Result<bool, ArithmeticError> {
    let (AttributeDomain::Number(range), Some(Value::Number(value))) =
        (&model.attributes[index.0].domain, values[index.0])
    else {
        return Ok(false);
    };
    let Some(wanted) = formula.exact(model, values)? else {
        return Ok(false);
    };
    let below: Fraction = fraction(value.checked_sub(range.step).ok_or(ArithmeticError)?);
    Ok(fraction(value) >= wanted && (value == range.min || below < wanted))
}

impl Cell {
    /// Whether the cell admits `value`.
    pub fn matches(&self, value: Value) -> bool {
        match (self, value) {
            (Self::Any, _) => true,
            (Self::OneOf(values), value) => values.contains(&value),
            (Self::Between(low, high), Value::Number(number)) => (*low..=*high).contains(&number),
            (Self::Between(..), Value::Option(_)) => false,
        }
    }
}
