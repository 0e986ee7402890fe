//! Cells of `combinations`, as a table has them.

use quotewright_engine::catalog::{AttributeDomain, AttributeIndex, Cell, Comparison, Value};
use rust_decimal::Decimal;

use super::Grounder;
use super::combinations::Column;
use super::enumeration;
use super::notes::Grounded;
use super::terms::Choice;
use crate::coom::ast::{
    CombinationAtom, CombinationCell, CombinationRow, Expression, ExpressionKind,
};
use crate::suggest::did_you_mean;

impl<'a> Grounder<'a, '_> {
    /// The rows of a table.
    pub(super) fn rows(
        &mut self,
        columns: &[Column],
        rows: &'a [CombinationRow],
    ) -> Grounded<Vec<Vec<Cell>>> {
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

    /// The options of a choice that an entry stands for.
    pub(super) fn options_of(
        &mut self,
        choice: Choice,
        atom: &'a CombinationAtom,
    ) -> Grounded<Vec<usize>> {
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

    /// A number that is written out.
    pub(super) fn constant_number(&mut self, expression: &Expression) -> Grounded<Decimal> {
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
    fn properties(&self, attribute: AttributeIndex, property: usize) -> Vec<Decimal> {
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
