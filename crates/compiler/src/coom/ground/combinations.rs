//! `combinations`: lists of what goes together.

use quotewright_engine::catalog::{AttributeIndex, Cell, Condition, Formula, Table};

use super::Grounder;
use super::cases::{Case, Cases, product};
use super::conditions::{defined, negation};
use super::notes::Grounded;
use super::rules::{Heading, kind};
use super::scope::Scope;
use super::terms::{Choice, Term, all};
use crate::coom::ast::{
    CombinationAtom, CombinationCell, CombinationRow, Combinations, Span, Statement,
};

/// A column that a [`Table`] can have.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Column {
    Choice(Choice),
    Property(AttributeIndex, usize),
    Number(AttributeIndex),
}

impl Column {
    /// The column for `term`, where a table can have it.
    fn of(term: &Term<'_>) -> Option<Self> {
        match term {
            Term::Choice(choice) => Some(Self::Choice(*choice)),
            Term::Number(Formula::Attribute(attribute)) => Some(Self::Number(*attribute)),
            Term::Number(Formula::Property {
                attribute,
                property,
            }) => Some(Self::Property(*attribute, *property)),
            _ => None,
        }
    }

    fn attribute(self) -> AttributeIndex {
        match self {
            Self::Choice(choice) => choice.attribute,
            Self::Property(attribute, _) | Self::Number(attribute) => attribute,
        }
    }
}

impl<'a> Grounder<'a, '_> {
    /// Adds the combinations of one instance: as tables where that is possible.
    pub(super) fn table(
        &mut self,
        scope: &Scope<'a>,
        combinations: &'a Combinations,
        statement: &'a Statement,
        heading: &Heading<'a>,
    ) -> Grounded<()> {
        let cases = self.columns(scope, combinations)?;
        let plain = heading.conditions.is_empty()
            && combinations.rows.iter().all(|row| row.allow)
            && cases.iter().all(|case| self.is_plain(scope, case));
        if !plain {
            let demands = self.demands(scope, statement, &heading.conditions)?;
            self.add_rules(scope, demands, statement, heading);
            return Ok(());
        }
        let code = self.code(scope, &statement.span, kind(&statement.kind));
        let several = cases.len() > 1;
        let explanation = self.explanation(scope, statement, heading);
        let mut last: Option<(Vec<Column>, Vec<Vec<Cell>>)> = None;
        for (position, case) in cases.into_iter().enumerate() {
            let columns: Vec<Column> = case.value.iter().filter_map(Column::of).collect();
            // The same rows serve all instances that have the same types.
            let rows = match last.take() {
                Some((others, rows)) if self.are_alike(&columns, &others) => rows,
                _ => self.rows(&columns, &combinations.rows)?,
            };
            self.spend(rows.len(), &statement.span)?;
            self.tables.push(Table {
                code: match several {
                    true => format!("{code}#{}", position + 1),
                    false => code.clone(),
                },
                columns: columns.iter().map(|column| column.attribute()).collect(),
                rows: rows.clone(),
                explanation: explanation.clone(),
            });
            last = Some((columns, rows));
        }
        Ok(())
    }

    /// Whether columns have the same values, so that cells for the ones serve the others.
    fn are_alike(&self, columns: &[Column], others: &[Column]) -> bool {
        let alike = |(one, other): (&Column, &Column)| {
            let same = match (one, other) {
                (Column::Choice(one), Column::Choice(other)) => one.words == other.words,
                (Column::Property(_, one), Column::Property(_, other)) => one == other,
                (Column::Number(_), Column::Number(_)) => true,
                _ => false,
            };
            same && self.tree.domain(one.attribute()) == self.tree.domain(other.attribute())
        };
        columns.iter().zip(others).all(alike)
    }

    fn columns(
        &mut self,
        scope: &Scope<'a>,
        combinations: &'a Combinations,
    ) -> Grounded<Cases<Vec<Term<'a>>>> {
        let mut columns = Vec::new();
        let mut count = 1_usize;
        for column in &combinations.columns {
            let terms = self.terms(scope, column)?;
            for case in &terms {
                self.check_column(&case.value, &column.span)?;
            }
            count = count.saturating_mul(terms.len());
            self.spend(count, &column.span)?;
            columns.push(terms);
        }
        for row in &combinations.rows {
            if row.cells.len() != columns.len() {
                let (found, expected) = (row.cells.len(), columns.len());
                let message = format!("this row has {found} entries for {expected} columns");
                return Err((self.notes).error("row-length", &row.span, message, None));
            }
        }
        Ok(product(columns))
    }

    fn check_column(&mut self, term: &Term<'a>, span: &Span) -> Grounded<()> {
        let message = match term {
            Term::Number(_) | Term::Choice(_) => return Ok(()),
            Term::Part => "a part cannot be a column: name one of its features".to_owned(),
            Term::Word(word) => format!("there is no feature called `{word}` here"),
        };
        Err(self.notes.error("column", span, message, None))
    }

    /// Whether a table can say it: only attributes, one of them of the instance itself.
    fn is_plain(&self, scope: &Scope<'a>, case: &Case<Vec<Term<'a>>>) -> bool {
        let columns: Option<Vec<Column>> = case.value.iter().map(Column::of).collect();
        let Some(columns) = columns else { return false };
        let there = self.tree.node(scope.context).there;
        let implied = there.is_none_or(|there| {
            let mut parts = columns
                .iter()
                .filter_map(|it| self.tree.part(it.attribute()));
            parts.any(|part| self.tree.within(part, there))
        });
        case.guards.is_empty() && implied
    }

    /// The same as conditions, for what a table cannot say.
    pub(super) fn combinations_as_condition(
        &mut self,
        scope: &Scope<'a>,
        combinations: &'a Combinations,
    ) -> Grounded<Cases<Condition>> {
        let cases = self.columns(scope, combinations)?;
        let mut conditions = Vec::with_capacity(cases.len());
        for case in cases {
            let mut parts: Vec<Condition> = case.value.iter().map(|it| self.there(it)).collect();
            parts.retain(|part| *part != Condition::Constant(true));
            let (mut allowed, mut forbidden) = (Vec::new(), Vec::new());
            for row in &combinations.rows {
                let matches = self.row_condition(&case.value, row)?;
                match row.allow {
                    true => allowed.push(matches),
                    false => forbidden.push(negation(matches)),
                }
            }
            if combinations.rows.iter().any(|row| row.allow) || combinations.rows.is_empty() {
                parts.push(Condition::Any(allowed));
            }
            parts.extend(forbidden);
            conditions.push(case.map(|_| all(parts)));
        }
        Ok(conditions)
    }

    fn row_condition(
        &mut self,
        columns: &[Term<'a>],
        row: &'a CombinationRow,
    ) -> Grounded<Condition> {
        let mut cells = Vec::new();
        for (term, cell) in columns.iter().zip(&row.cells) {
            let CombinationCell::OneOf(atoms) = cell else {
                continue;
            };
            let mut alternatives = Vec::with_capacity(atoms.len());
            for atom in atoms {
                alternatives.push(self.atom_condition(term, atom)?);
            }
            cells.push(match alternatives.pop() {
                Some(only) if alternatives.is_empty() => only,
                last => {
                    alternatives.extend(last);
                    Condition::Any(alternatives)
                }
            });
        }
        self.spend(cells.len(), &row.span)?;
        Ok(all(cells))
    }

    fn atom_condition(
        &mut self,
        term: &Term<'a>,
        atom: &'a CombinationAtom,
    ) -> Grounded<Condition> {
        if let Term::Choice(choice) = term {
            let mut options = self.options_of(*choice, atom)?;
            options.sort_unstable();
            let attribute = choice.attribute;
            return Ok(Condition::Is { attribute, options });
        }
        let number = Term::Number(Formula::Constant(self.constant_number(&atom.value)?));
        self.compare(term, atom.comparison, &number, &atom.value.span)
    }

    /// That a column is there: true or undefined.
    fn there(&self, term: &Term<'a>) -> Condition {
        let attribute = match term {
            Term::Choice(choice) => choice.attribute,
            Term::Number(Formula::Property { attribute, .. } | Formula::Attribute(attribute))
                if self.tree.part(*attribute).is_none() =>
            {
                return Condition::Constant(true);
            }
            Term::Number(formula) => return defined(formula),
            Term::Word(_) | Term::Part => return Condition::Constant(true),
        };
        match (self.tree.part(attribute), self.tree.domain(attribute)) {
            (Some(_), Some(domain)) => Condition::Is {
                attribute,
                options: (0..domain.size().unwrap_or_default()).collect(),
            },
            _ => Condition::Constant(true),
        }
    }
}
