//! `combinations`: lists of what goes together.

use quotewright_engine::catalog::{
    AttributeDomain, AttributeIndex, Cell, Comparison, Condition, Formula, Table, Value,
};
use rust_decimal::Decimal;

use super::Grounder;
use super::cases::{Case, Cases, product};
use super::conditions::{defined, negation};
use super::enumeration;
use super::notes::Grounded;
use super::rules::{Heading, kind};
use super::scope::Scope;
use super::terms::{Choice, Term, all};
use crate::coom::ast::{
    CombinationAtom, CombinationCell, CombinationRow, Combinations, Expression, ExpressionKind,
    Span, Statement,
};
use crate::suggest::did_you_mean;

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

    fn rows(&mut self, columns: &[Column], rows: &'a [CombinationRow]) -> Grounded<Vec<Vec<Cell>>> {
        let mut cells = Vec::with_capacity(rows.len());
        for row in rows {
            // A cell such as `(3, >= 10)` is several of the table's.
            let mut all = vec![Vec::with_capacity(columns.len())];
            for (column, cell) in columns.iter().zip(&row.cells) {
                let alternatives = self.cells(*column, cell)?;
                if let [only] = alternatives.as_slice() {
                    all.iter_mut().for_each(|row| row.push(only.clone()));
                    continue;
                }
                all = all
                    .into_iter()
                    .flat_map(|row: Vec<Cell>| {
                        alternatives.iter().map(move |cell| {
                            let mut row = row.clone();
                            row.push(cell.clone());
                            row
                        })
                    })
                    .collect();
            }
            cells.extend(all);
        }
        Ok(cells)
    }

    /// The cells of a table, one of which has to match; none where nothing can.
    fn cells(&mut self, column: Column, cell: &'a CombinationCell) -> Grounded<Vec<Cell>> {
        let CombinationCell::OneOf(atoms) = cell else {
            return Ok(vec![Cell::Any]);
        };
        match column {
            Column::Number(attribute) => self.number_cells(attribute, atoms),
            Column::Choice(choice) => {
                let mut options = Vec::new();
                for atom in atoms {
                    options.extend(self.options_of(choice, atom)?);
                }
                Ok(one_of(options))
            }
            Column::Property(attribute, property) => {
                let mut options = Vec::new();
                for atom in atoms {
                    let number = self.constant_number(&atom.value)?;
                    let numbers = self.properties(attribute, property).into_iter().enumerate();
                    let matching = numbers.filter(|(_, own)| atom.comparison.holds(own, &number));
                    options.extend(matching.map(|(option, _)| option));
                }
                Ok(one_of(options))
            }
        }
    }

    fn options_of(&mut self, choice: Choice, atom: &'a CombinationAtom) -> Grounded<Vec<usize>> {
        let Some(word) = constant_word(&atom.value) else {
            let message = "the name of an option is needed here";
            let span = &atom.value.span;
            return Err(self.notes.error("type-mismatch", span, message, None));
        };
        let options = self.options_called(choice, &word);
        if options.is_empty() {
            let hint = did_you_mean(&word, self.words(choice));
            let message = || format!("nothing in this column is called `{word}`");
            (self.notes).warn("unknown-option", &atom.value.span, message, hint);
        }
        match atom.comparison {
            Comparison::Equal => Ok(options),
            Comparison::NotEqual => {
                let all = 0..self.words(choice).len();
                Ok(all.filter(|option| !options.contains(option)).collect())
            }
            _ => {
                let message = "only numbers are less or greater than others";
                let span = &atom.value.span;
                Err(self.notes.error("type-mismatch", span, message, None))
            }
        }
    }

    fn number_cells(
        &mut self,
        attribute: AttributeIndex,
        atoms: &'a [CombinationAtom],
    ) -> Grounded<Vec<Cell>> {
        let Some(AttributeDomain::Number(range)) = self.tree.domain(attribute).cloned() else {
            return Ok(Vec::new());
        };
        let (mut exact, mut cells) = (Vec::new(), Vec::new());
        for atom in atoms {
            let number = self.constant_number(&atom.value)?;
            // The next value above or below: between them there is none.
            let mut between = |from: Option<Decimal>, to: Option<Decimal>| {
                if let (Some(from), Some(to)) = (from, to)
                    && from <= to
                {
                    cells.push(Cell::Between(from, to));
                }
            };
            let (min, max) = (Some(range.min), Some(range.max));
            let (below, above) = (
                number.checked_sub(range.step),
                number.checked_add(range.step),
            );
            let at_least = Some(number.max(range.min));
            let at_most = Some(number.min(range.max));
            let on_step = range.position_of(number).is_some();
            let above = if on_step { above } else { at_least };
            let below = if on_step { below } else { at_most };
            match atom.comparison {
                Comparison::Equal if on_step => exact.push(number),
                Comparison::Equal => {}
                Comparison::NotEqual => {
                    between(min, below);
                    between(above, max);
                }
                Comparison::Less => between(min, below),
                Comparison::LessOrEqual => between(min, at_most),
                Comparison::Greater => between(above, max),
                Comparison::GreaterOrEqual => between(at_least, max),
            }
        }
        if !exact.is_empty() {
            exact.sort_unstable();
            exact.dedup();
            let values = exact
                .into_iter()
                .map(|number| Value::Number(number.normalize()));
            cells.push(Cell::OneOf(values.collect()));
        }
        Ok(cells)
    }

    fn constant_number(&mut self, expression: &Expression) -> Grounded<Decimal> {
        match &expression.kind {
            ExpressionKind::Number(number) => Ok(*number),
            ExpressionKind::Negate(inner) => self.constant_number(inner).map(|number| -number),
            _ => {
                let message = "a number is needed here";
                Err((self.notes).error("type-mismatch", &expression.span, message, None))
            }
        }
    }

    /// What each option at `attribute` has.
    pub(super) fn properties(&self, attribute: AttributeIndex, property: usize) -> Vec<Decimal> {
        match self.tree.domain(attribute) {
            Some(AttributeDomain::Options(list)) => {
                let options = list.options.iter();
                options
                    .filter_map(|it| it.properties.get(property).copied())
                    .collect()
            }
            _ => Vec::new(),
        }
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

/// One cell with these options; none without any.
fn one_of(mut options: Vec<usize>) -> Vec<Cell> {
    options.sort_unstable();
    options.dedup();
    if options.is_empty() {
        return Vec::new();
    }
    let values = options.into_iter().map(Value::Option);
    vec![Cell::OneOf(values.collect())]
}

/// A word, or a number as it is spelled.
fn constant_word(expression: &Expression) -> Option<String> {
    match &expression.kind {
        ExpressionKind::Path(path) => match path.steps.as_slice() {
            [step] if step.index.is_none() => Some(step.name.text.clone()),
            _ => None,
        },
        ExpressionKind::Truth(true) => Some(enumeration::TRUE.to_owned()),
        ExpressionKind::Truth(false) => Some(enumeration::FALSE.to_owned()),
        ExpressionKind::Number(number) => Some(number.normalize().to_string()),
        _ => None,
    }
}
