//! A complete assignment checked by evaluation alone, so that a hostile one cannot make anybody think.

use std::collections::BTreeSet;

use crate::catalog::{
    ArithmeticError, AttributeDomain, AttributeIndex, Cell, Constraint, Formula, Fraction, Model,
    Rule, Table, Truth, Value, Worth, fraction,
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
    /// The attribute has no such option, the number is out of range or between two steps, or the
    /// value does not go with whether the attribute's part is there.
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
        let attribute = &model.attributes[index.0];
        let there =
            (attribute.part).is_none_or(|part| assignment.get(part.0) == Some(&Value::Option(1)));
        let fits = match value {
            Value::Absent => !there,
            value => there && attribute.domain.contains(*value),
        };
        if !fits {
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
    let part = |index: &AttributeIndex| {
        matches!(
            model.attributes[index.0].domain,
            AttributeDomain::Presence(_)
        )
    };
    (0..model.rules.len())
        .map(Constraint::Rule)
        .chain((0..model.tables.len()).map(Constraint::Table))
        .chain((0..model.relations.len()).map(Constraint::Relation))
        .chain(model.indices().filter(worked_out).map(Constraint::Formula))
        .chain(model.indices().filter(part).map(Constraint::Structure))
}

/// The attributes that decide whether a constraint holds.
pub(super) fn scope(model: &Model, constraint: Constraint) -> BTreeSet<AttributeIndex> {
    match constraint {
        Constraint::Rule(rule) => {
            let rule = &model.rules[rule];
            let mut scope = rule.require.attributes();
            scope.extend(rule.when.iter().flat_map(|it| it.attributes()));
            scope
        }
        Constraint::Table(table) => model.tables[table].columns.iter().copied().collect(),
        Constraint::Relation(relation) => {
            model.relations[relation].columns.iter().copied().collect()
        }
        Constraint::Formula(attribute) => {
            let formula = model.attributes[attribute.0].formula.as_ref();
            let mut scope = formula.map(|it| it.attributes()).unwrap_or_default();
            scope.insert(attribute);
            scope
        }
        Constraint::Structure(part) => match &model.attributes[part.0].domain {
            AttributeDomain::Presence(place) => {
                let around = [Some(part), place.owner, place.previous];
                around.into_iter().flatten().collect()
            }
            _ => BTreeSet::new(),
        },
    }
}

/// Whether `constraint` holds of the complete `values`.
pub(super) fn holds(
    model: &Model,
    constraint: Constraint,
    values: &[Option<Value>],
) -> Result<bool, ArithmeticError> {
    match constraint {
        Constraint::Rule(rule) => rule_holds(model, &model.rules[rule], values),
        Constraint::Table(table) => Ok(table_holds(&model.tables[table], values)),
        Constraint::Relation(relation) => Ok(relation_holds(model, relation, values)),
        Constraint::Structure(part) => Ok(structure_holds(model, part, values)),
        Constraint::Formula(index) => match &model.attributes[index.0].formula {
            Some(formula) => formula_holds(model, index, formula, values),
            None => Ok(true),
        },
    }
}

/// Whether a constraint holds while some attributes are open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// Whatever the open ones become.
    Holds,
    /// Not any more.
    Broken,
    /// That depends.
    Open,
}

impl From<bool> for Standing {
    fn from(holds: bool) -> Self {
        if holds { Self::Holds } else { Self::Broken }
    }
}

/// Whether `constraint` holds of `values`, as far as that is known.
pub(super) fn standing(
    model: &Model,
    constraint: Constraint,
    values: &[Option<Value>],
) -> Result<Standing, ArithmeticError> {
    let known = |attribute: &AttributeIndex| values.get(attribute.0).copied().flatten().is_some();
    let complete = match constraint {
        Constraint::Rule(rule) => return rule_standing(model, &model.rules[rule], values),
        Constraint::Table(table) => return Ok(table_standing(&model.tables[table], values)),
        Constraint::Relation(relation) => model.relations[relation].columns.iter().all(known),
        Constraint::Structure(part) => match &model.attributes[part.0].domain {
            AttributeDomain::Presence(place) => {
                let around = [Some(part), place.owner, place.previous];
                around.iter().flatten().all(known)
            }
            _ => true,
        },
        Constraint::Formula(index) => {
            let formula = model.attributes[index.0].formula.as_ref();
            known(&index) && formula.is_none_or(|it| it.attributes().iter().all(known))
        }
    };
    match complete {
        true => holds(model, constraint, values).map(Standing::from),
        false => Ok(Standing::Open),
    }
}

fn rule_holds(
    model: &Model,
    rule: &Rule,
    values: &[Option<Value>],
) -> Result<bool, ArithmeticError> {
    Ok(rule_standing(model, rule, values)? == Standing::Holds)
}

fn rule_standing(
    model: &Model,
    rule: &Rule,
    values: &[Option<Value>],
) -> Result<Standing, ArithmeticError> {
    let when = match &rule.when {
        Some(when) => when.truth(model, values)?,
        None => Truth::Yes,
    };
    // Where either is undefined, nothing is demanded.
    let require = rule.require.truth(model, values)?;
    Ok(match (when, require) {
        (Truth::No | Truth::Undefined, _) | (_, Truth::Yes | Truth::Undefined) => Standing::Holds,
        (Truth::Yes, Truth::No) => Standing::Broken,
        _ => Standing::Open,
    })
}

fn table_standing(table: &Table, values: &[Option<Value>]) -> Standing {
    let value = |column: &AttributeIndex| values.get(column.0).copied().flatten();
    if table.columns.iter().all(|it| value(it).is_some()) {
        return Standing::from(table_holds(table, values));
    }
    if (table.columns.iter()).any(|it| value(it) == Some(Value::Absent)) {
        return Standing::Holds;
    }
    Standing::Open
}

fn relation_holds(model: &Model, relation: usize, values: &[Option<Value>]) -> bool {
    let relation = &model.relations[relation];
    let position = |column: &AttributeIndex| {
        let value = values.get(column.0).copied().flatten()?;
        let position = model.attribute(*column)?.domain.position_of(value)?;
        u16::try_from(position).ok()
    };
    let wanted: Option<Vec<u16>> = relation.columns.iter().map(position).collect();
    wanted.is_some_and(|wanted| relation.rows().any(|row| row == wanted))
}

/// Whether the part is there only with its owner and the instance before it, and where it has to be.
fn structure_holds(model: &Model, part: AttributeIndex, values: &[Option<Value>]) -> bool {
    let there =
        |part: AttributeIndex| values.get(part.0).copied().flatten() == Some(Value::Option(1));
    let Some(AttributeDomain::Presence(place)) = model.attribute(part).map(|it| &it.domain) else {
        return true;
    };
    let owned = place.owner.is_none_or(there);
    if there(part) {
        owned && place.previous.is_none_or(there)
    } else {
        !(owned && place.required)
    }
}

fn table_holds(table: &Table, values: &[Option<Value>]) -> bool {
    let value = |column: &AttributeIndex| values.get(column.0).copied().flatten();
    if table
        .columns
        .iter()
        .any(|it| value(it) == Some(Value::Absent))
    {
        return true;
    }
    table.rows.iter().any(|row| {
        table
            .columns
            .iter()
            .zip(row)
            .all(|(column, cell)| value(column).is_some_and(|value| cell.matches(value)))
    })
}

/// The value is the smallest of the range that is not below the formula.
fn formula_holds(
    model: &Model,
    index: AttributeIndex,
    formula: &Formula,
    values: &[Option<Value>],
) -> Result<bool, ArithmeticError> {
    let (AttributeDomain::Number(range), Some(value)) =
        (&model.attributes[index.0].domain, values[index.0])
    else {
        return Ok(false);
    };
    let Value::Number(value) = value else {
        return Ok(value == Value::Absent);
    };
    let wanted = match formula.worth(model, values)? {
        Worth::Number(wanted) => wanted,
        Worth::Absent => return Ok(true),
        Worth::Open => return Ok(false),
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
            (Self::Between(..), Value::Option(_) | Value::Absent) => false,
        }
    }
}
