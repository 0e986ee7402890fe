//! Constraints of a model written out as tables, where they are small enough.

use std::collections::BTreeSet;

use super::super::check;
use super::super::reasoner::{ABSENT, Witness};
use super::table::{MOST_BITS, Table, Widths};
use crate::catalog::{
    AttributeDomain, AttributeIndex, Condition, Constraint, Model, Relation, Truth, Value, Worth,
};

/// Positions that one attribute can have.
const MOST_POSITIONS: usize = 1 << 12;
/// Combinations of values that are tried to write a constraint as a table.
const MOST_COMBINATIONS: usize = 1 << 12;
/// The same for all constraints, times the rows that each is compared with.
const MOST_COMPARISONS: usize = 1 << 20;

/// What the tables of a model are about.
pub(super) struct Space<'a> {
    pub model: &'a Model,
    pub widths: Widths,
    /// Positions of each attribute; the last one says that it is not there if it belongs to a part.
    pub sizes: Vec<usize>,
}

impl<'a> Space<'a> {
    /// `None` where an attribute has too many values, or none.
    pub fn new(model: &'a Model) -> Option<Self> {
        let size = |index: AttributeIndex| {
            let attribute = model.attribute(index)?;
            let values = attribute.domain.size()?;
            let size = values.checked_add(usize::from(attribute.part.is_some()))?;
            (values > 0 && size <= MOST_POSITIONS).then_some(size)
        };
        let sizes: Vec<usize> = model.indices().map(size).collect::<Option<_>>()?;
        let widths = Widths::new(&sizes);
        Some(Self {
            model,
            widths,
            sizes,
        })
    }

    /// Every value of every attribute, and that what belongs to a part is there with it.
    pub fn given(&self) -> Vec<Table> {
        let mut tables = Vec::new();
        for (index, attribute) in self.model.attributes.iter().enumerate() {
            let all = (0..self.sizes[index]).map(|it| it as u128);
            tables.push(Table::new(vec![index], all.collect()));
            if let Some(part) = attribute.part {
                tables.push(self.there_together(index, part.0));
            }
        }
        tables
    }

    fn there_together(&self, attribute: usize, part: usize) -> Table {
        let absent = self.sizes[attribute] - 1;
        let mut rows = vec![(absent, 0)];
        rows.extend((0..absent).map(|it| (it, 1)));
        let mut columns = [attribute, part];
        columns.sort_unstable();
        let pack = |(position, there): (usize, usize)| {
            let row = match columns[0] == attribute {
                true => [position, there],
                false => [there, position],
            };
            self.widths.pack(&columns, row)
        };
        let rows = rows.into_iter().map(pack).collect();
        Table::new(columns.to_vec(), rows)
    }

    /// All constraints as tables; `None` where that would take too much.
    pub fn tables(&self) -> Option<Vec<(Constraint, Table)>> {
        let constraints: Vec<Constraint> = check::constraints(self.model).collect();
        (constraints.iter()).try_fold(MOST_COMPARISONS, |left, it| {
            left.checked_sub(self.comparisons(*it)?)
        })?;
        let table = |it: Constraint| {
            let table = match it {
                Constraint::Relation(relation) => {
                    self.relation(self.model.relations.get(relation)?)
                }
                other => self.tried(other),
            };
            let table = table?;
            // What is never true is no table.
            (!table.scope.is_empty() || !table.rows.is_empty()).then_some((it, table))
        };
        constraints.into_iter().map(table).collect()
    }

    /// What it takes to write a constraint as a table.
    fn comparisons(&self, constraint: Constraint) -> Option<usize> {
        let rows = match constraint {
            Constraint::Relation(_) => return Some(0),
            Constraint::Table(table) => self.model.tables.get(table)?.rows.len().max(1),
            _ => 1,
        };
        let scope = self.scope(constraint);
        let combinations =
            (scope.iter()).try_fold(1_usize, |all, it| all.checked_mul(*self.sizes.get(*it)?))?;
        (combinations <= MOST_COMBINATIONS).then(|| combinations.checked_mul(rows))?
    }

    fn relation(&self, relation: &Relation) -> Option<Table> {
        let columns: BTreeSet<usize> = relation.columns.iter().map(|it| it.0).collect();
        let scope: Vec<usize> = columns.into_iter().collect();
        if scope.len() != relation.columns.len() || self.widths.total(&scope) > MOST_BITS {
            return None;
        }
        let shift = |column: &AttributeIndex| {
            let place = scope.binary_search(&column.0).ok()?;
            Some((self.widths.total(&scope[..place]), self.sizes[column.0]))
        };
        let columns: Vec<(u32, usize)> =
            relation.columns.iter().map(shift).collect::<Option<_>>()?;
        let pack = |row: &[u16]| {
            let mut cells = row.iter().zip(&columns);
            cells.try_fold(0, |packed, (cell, (shift, size))| {
                let inside = usize::from(*cell) < *size;
                let cell = u128::from(*cell).checked_shl(*shift).unwrap_or(0);
                inside.then_some(packed | cell)
            })
        };
        let rows = relation.rows().filter_map(pack).collect();
        Some(Table::new(scope, rows))
    }

    /// All combinations of values for which the constraint holds.
    fn tried(&self, constraint: Constraint) -> Option<Table> {
        let scope: Vec<usize> = self.scope(constraint).into_iter().collect();
        let sizes: Vec<usize> = scope
            .iter()
            .map(|it| self.sizes.get(*it).copied())
            .collect::<Option<_>>()?;
        let combinations: usize = sizes.iter().product();
        let mut values = vec![None; self.sizes.len()];
        let mut positions = vec![0; scope.len()];
        let mut rows = Vec::new();
        for _ in 0..combinations {
            for (attribute, position) in scope.iter().zip(&positions) {
                values[*attribute] = Some(self.value(*attribute, *position)?);
            }
            if !self.is_defined(constraint, &values) {
                return None;
            }
            if check::holds(self.model, constraint, &values).ok()? {
                rows.push(self.widths.pack(&scope, positions.iter().copied()));
            }
            next(&mut positions, &sizes);
        }
        Some(Table::new(scope, rows))
    }

    /// Whether all that the constraint uses is known: not so where it uses an attribute in a
    /// way that its type does not have.
    fn is_defined(&self, constraint: Constraint, values: &[Option<Value>]) -> bool {
        let model = self.model;
        let known = |condition: &Condition| {
            let truth = condition.truth(model, values);
            truth.is_ok_and(|it| it != Truth::Open)
        };
        match constraint {
            Constraint::Rule(rule) => model
                .rules
                .get(rule)
                .is_some_and(|it| known(&it.require) && it.when.as_ref().is_none_or(known)),
            Constraint::Formula(index) => {
                let formula = model.attribute(index).and_then(|it| it.formula.as_ref());
                formula.is_some_and(|it| {
                    (it.worth(model, values)).is_ok_and(|worth| worth != Worth::Open)
                })
            }
            _ => true,
        }
    }

    fn value(&self, attribute: usize, position: usize) -> Option<Value> {
        match self.reasoned(attribute, position) {
            ABSENT => Some(Value::Absent),
            position => self.model.attributes[attribute].domain.value_at(position),
        }
    }

    /// The position as a reasoner has it.
    fn reasoned(&self, attribute: usize, position: usize) -> usize {
        let belongs = self.model.attributes[attribute].part.is_some();
        if belongs && position + 1 == self.sizes[attribute] {
            ABSENT
        } else {
            position
        }
    }

    /// Positions as a reasoner has them.
    pub fn witness(&self, positions: Vec<usize>) -> Witness {
        let positions = positions.into_iter().enumerate();
        positions
            .map(|(attribute, position)| self.reasoned(attribute, position))
            .collect()
    }

    /// The attributes that a constraint is about.
    fn scope(&self, constraint: Constraint) -> BTreeSet<usize> {
        let model = self.model;
        let mut found: BTreeSet<AttributeIndex> = BTreeSet::new();
        match constraint {
            Constraint::Rule(rule) => {
                let rule = model.rules.get(rule);
                found.extend(rule.iter().flat_map(|it| it.require.attributes()));
                let when = rule.and_then(|it| it.when.as_ref());
                found.extend(when.iter().flat_map(|it| Condition::attributes(it)));
            }
            Constraint::Table(table) => {
                found.extend(model.tables.get(table).iter().flat_map(|it| &it.columns));
            }
            Constraint::Relation(relation) => {
                let relation = model.relations.get(relation);
                found.extend(relation.iter().flat_map(|it| &it.columns));
            }
            Constraint::Formula(index) => {
                found.insert(index);
                let formula = model.attribute(index).and_then(|it| it.formula.as_ref());
                found.extend(formula.iter().flat_map(|it| it.attributes()));
            }
            Constraint::Structure(index) => {
                found.insert(index);
                let domain = model.attribute(index).map(|it| &it.domain);
                if let Some(AttributeDomain::Presence(part)) = domain {
                    found.extend(part.owner.iter().chain(&part.previous));
                }
            }
        }
        found.into_iter().map(|it| it.0).collect()
    }
}

/// The next combination, the first position counting fastest.
fn next(positions: &mut [usize], sizes: &[usize]) {
    for (position, size) in positions.iter_mut().zip(sizes) {
        *position += 1;
        if *position < *size {
            return;
        }
        *position = 0;
    }
}
