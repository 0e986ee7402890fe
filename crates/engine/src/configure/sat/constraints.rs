//! Rules, tables and formulas as clauses and sums.
//!
//! Everything is said in one direction only: a literal made for a condition
//! implies it. That is enough, because conditions are only ever demanded.

use batsat::Lit;

use super::encoding::Encoding;
use super::inequality::{Inequality, Parts, Refusal, opposite, parts};
use super::polynomial::{Polynomial, Quantity};
use crate::catalog::{
    AttributeDomain, AttributeIndex, Cell, Comparison, Condition, Constraint, Formula, Model,
    Table, Value, fraction,
};
use crate::configure::Unsupported;

/// Demands `constraint`, only where `guard` holds if there is one.
pub fn encode(
    encoding: &mut Encoding,
    model: &Model,
    constraint: Constraint,
    guard: Option<Lit>,
) -> Result<(), Unsupported> {
    let mut scope = Scope {
        encoding,
        model,
        unless: guard.map(|it| !it).into_iter().collect(),
    };
    let result = match constraint {
        Constraint::Rule(rule) => {
            let rule = &model.rules[rule];
            scope.rule(rule.when.as_ref(), &rule.require)
        }
        Constraint::Table(table) => scope.table(&model.tables[table]),
        Constraint::Formula(attribute) => match &model.attributes[attribute.0].formula {
            Some(formula) => scope.formula(attribute, formula),
            None => Ok(()),
        },
        Constraint::Relation(_) | Constraint::Structure(_) => Err(Refusal::Type),
    };
    result.map_err(|refusal| match refusal {
        Refusal::Overflow => Unsupported::TooLarge { constraint },
        Refusal::Type => Unsupported::Type { constraint },
    })
}

struct Scope<'a> {
    encoding: &'a mut Encoding,
    model: &'a Model,
    /// Where one of these holds, nothing is demanded.
    unless: Vec<Lit>,
}

impl Scope<'_> {
    fn rule(&mut self, when: Option<&Condition>, require: &Condition) -> Result<(), Refusal> {
        let mut unless = self.unless.clone();
        if let Some(when) = when {
            self.ways(when, false, &mut unless)?;
        }
        self.demand(&unless, require, true)
    }

    /// Demands that `condition` holds, or does not, unless one of `unless` is true.
    fn demand(
        &mut self,
        unless: &[Lit],
        condition: &Condition,
        truth: bool,
    ) -> Result<(), Refusal> {
        match condition {
            Condition::Not(inner) => self.demand(unless, inner, !truth),
            Condition::All(all) if truth => self.demand_each(unless, all, truth),
            Condition::Any(any) if !truth => self.demand_each(unless, any, truth),
            Condition::Compare {
                left,
                comparison,
                right,
            } => match self.compare(left, *comparison, right, truth)? {
                Parts::All(parts) => {
                    for (polynomial, strict) in parts {
                        self.demand_inequality(unless, &polynomial, strict)?;
                    }
                    Ok(())
                }
                Parts::Any(_) => self.demand_some_way(unless, condition, truth),
            },
            _ => self.demand_some_way(unless, condition, truth),
        }
    }

    fn demand_each(
        &mut self,
        unless: &[Lit],
        parts: &[Condition],
        truth: bool,
    ) -> Result<(), Refusal> {
        (parts.iter()).try_for_each(|part| self.demand(unless, part, truth))
    }

    fn demand_some_way(
        &mut self,
        unless: &[Lit],
        condition: &Condition,
        truth: bool,
    ) -> Result<(), Refusal> {
        let mut clause = unless.to_vec();
        self.ways(condition, truth, &mut clause)?;
        self.encoding.add_clause(&clause);
        Ok(())
    }

    fn demand_inequality(
        &mut self,
        unless: &[Lit],
        polynomial: &Polynomial,
        strict: bool,
    ) -> Result<(), Refusal> {
        let inequality = Inequality::new(self.encoding, self.model, polynomial, strict)?;
        if unless.len() > 1 || inequality.plain(self.encoding).is_some() {
            let literal = inequality.literal(self.encoding);
            self.encoding.add_clause(&[unless, &[literal]].concat());
        } else {
            let condition = unless.first().map(|it| !*it);
            inequality.demand(self.encoding, condition);
        }
        Ok(())
    }

    /// Adds literals, each of which makes `condition` true (or not); where it is, one of them can be.
    fn ways(
        &mut self,
        condition: &Condition,
        truth: bool,
        ways: &mut Vec<Lit>,
    ) -> Result<(), Refusal> {
        match condition {
            Condition::Constant(constant) => {
                if *constant == truth {
                    ways.push(self.encoding.truth);
                }
            }
            Condition::Is { attribute, options } => {
                self.options(*attribute, ways, |it| options.contains(&it) == truth)?;
            }
            Condition::Compare {
                left,
                comparison,
                right,
            } => match self.compare(left, *comparison, right, truth)? {
                Parts::Any(parts) => {
                    for (polynomial, strict) in parts {
                        ways.push(self.inequality(&polynomial, strict)?);
                    }
                }
                Parts::All(parts) if parts.len() == 1 => {
                    for (polynomial, strict) in parts {
                        ways.push(self.inequality(&polynomial, strict)?);
                    }
                }
                Parts::All(_) => ways.push(self.together(condition, truth)?),
            },
            Condition::All(parts) if !truth => {
                (parts.iter()).try_for_each(|part| self.ways(part, truth, ways))?;
            }
            Condition::Any(parts) if truth => {
                (parts.iter()).try_for_each(|part| self.ways(part, truth, ways))?;
            }
            Condition::All(_) | Condition::Any(_) => ways.push(self.together(condition, truth)?),
            Condition::Not(inner) => self.ways(inner, !truth, ways)?,
            Condition::There(_) | Condition::Certain(_) => return Err(Refusal::Type),
        }
        Ok(())
    }

    /// One literal that demands all of `condition`.
    fn together(&mut self, condition: &Condition, truth: bool) -> Result<Lit, Refusal> {
        let literal = self.encoding.new_literal();
        self.demand(&[!literal], condition, truth)?;
        Ok(literal)
    }

    fn inequality(&mut self, polynomial: &Polynomial, strict: bool) -> Result<Lit, Refusal> {
        let inequality = Inequality::new(self.encoding, self.model, polynomial, strict)?;
        Ok(inequality.literal(self.encoding))
    }

    fn compare(
        &self,
        left: &Formula,
        comparison: Comparison,
        right: &Formula,
        truth: bool,
    ) -> Result<Parts, Refusal> {
        let comparison = if truth {
            comparison
        } else {
            opposite(comparison)
        };
        let (left, right) = (Polynomial::of(left)?, Polynomial::of(right)?);
        Ok(parts(left, comparison, right)?)
    }

    /// Adds the literals of the attribute's options that are `wanted`.
    fn options(
        &mut self,
        attribute: AttributeIndex,
        ways: &mut Vec<Lit>,
        wanted: impl Fn(usize) -> bool,
    ) -> Result<(), Refusal> {
        let size = match self.model.attribute(attribute).map(|it| &it.domain) {
            Some(AttributeDomain::Options(list)) => list.options.len(),
            Some(AttributeDomain::Flag) => 2,
            _ => return Err(Refusal::Type),
        };
        let wanted = (0..size).filter(|it| wanted(*it));
        ways.extend(wanted.map(|it| self.encoding.option(attribute, it)));
        Ok(())
    }

    /// The value is the smallest of its range that is not below the formula.
    fn formula(&mut self, attribute: AttributeIndex, formula: &Formula) -> Result<(), Refusal> {
        let AttributeDomain::Number(range) = &self.model.attributes[attribute.0].domain else {
            return Err(Refusal::Type);
        };
        let integer = self.encoding.integer(attribute).ok_or(Refusal::Type)?;
        let wanted = Polynomial::of(formula)?;
        let value = Polynomial::quantity(Quantity::Number(attribute));
        let unless = self.unless.clone();
        self.demand_inequality(&unless, &wanted.clone().minus(value.clone())?, false)?;
        let smallest = self.encoding.arithmetic.integers[integer].root.low;
        let at_smallest = self.encoding.at_most(integer, smallest);
        let below = value.minus(Polynomial::constant(fraction(range.step)))?;
        let unless = [unless.as_slice(), &[at_smallest]].concat();
        self.demand_inequality(&unless, &below.minus(wanted)?, true)
    }

    /// One of the rows matches.
    fn table(&mut self, table: &Table) -> Result<(), Refusal> {
        let mut rows = Vec::new();
        for row in &table.rows {
            let literal = self.encoding.new_literal();
            for (column, cell) in table.columns.iter().zip(row) {
                self.cell(literal, *column, cell)?;
            }
            rows.push(literal);
        }
        let unless = self.unless.clone();
        self.encoding
            .add_clause(&[unless.as_slice(), &rows].concat());
        for (position, column) in table.columns.iter().enumerate() {
            self.supports(table, position, *column, &rows);
        }
        Ok(())
    }

    /// Where `row` holds, the attribute has a value of the cell.
    fn cell(&mut self, row: Lit, column: AttributeIndex, cell: &Cell) -> Result<(), Refusal> {
        let number = self.encoding.integer(column);
        match (cell, number) {
            (Cell::Any, _) => Ok(()),
            (Cell::OneOf(values), None) => {
                let mut clause = vec![!row];
                self.options(column, &mut clause, |it| {
                    values.contains(&Value::Option(it))
                })?;
                self.encoding.add_clause(&clause);
                Ok(())
            }
            (Cell::OneOf(values), Some(integer)) => {
                let domain = &self.model.attributes[column.0].domain;
                let positions = values.iter().filter_map(|it| domain.position_of(*it));
                let mut clause = vec![!row];
                for position in positions {
                    let number = self.encoding.arithmetic.integers[integer].grid.at(position);
                    clause.push(self.encoding.equal(integer, number));
                }
                self.encoding.add_clause(&clause);
                Ok(())
            }
            (Cell::Between(low, high), Some(_)) => {
                let value = || Polynomial::quantity(Quantity::Number(column));
                let constant = |it| Polynomial::constant(fraction(it));
                self.demand_inequality(&[!row], &constant(*low).minus(value())?, false)?;
                self.demand_inequality(&[!row], &value().minus(constant(*high))?, false)
            }
            (Cell::Between(..), None) => Err(Refusal::Type),
        }
    }

    /// Says what follows anyway, so that it follows at once: an option needs a row that admits it.
    fn supports(&mut self, table: &Table, position: usize, column: AttributeIndex, rows: &[Lit]) {
        if self.encoding.integer(column).is_some() {
            return;
        }
        let size = self.model.attributes[column.0].domain.size().unwrap_or(0);
        for option in 0..size {
            let mut clause = self.unless.clone();
            clause.push(!self.encoding.option(column, option));
            let admits = |row: &&Vec<Cell>| {
                row.get(position)
                    .is_none_or(|cell| cell.matches(Value::Option(option)))
            };
            let matching = table.rows.iter().zip(rows);
            clause.extend(
                matching
                    .filter(|(row, _)| admits(row))
                    .map(|(_, literal)| *literal),
            );
            self.encoding.add_clause(&clause);
        }
    }
}
