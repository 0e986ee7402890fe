//! Paths and their indices.

use super::ast::{Index, Path, Place, Step};
use super::lexer::TokenKind;
use super::parser::Parser;
use crate::problem::Problem;

impl Parser<'_> {
    pub(super) fn path(&mut self, wanted: &str) -> Result<Path, Problem> {
        let start = self.span().start;
        let mut steps = vec![self.step(wanted)?];
        while self.take_symbol(".") {
            steps.push(self.step("a name after the point")?);
        }
        Ok(Path {
            span: start..self.end(),
            steps,
        })
    }

    fn step(&mut self, wanted: &str) -> Result<Step, Problem> {
        let name = self.name(wanted)?;
        let index = match self.take_symbol("[") {
            true => Some(self.index()?),
            false => None,
        };
        Ok(Step { name, index })
    }

    /// What stands in square brackets, with the closing one.
    fn index(&mut self) -> Result<Index, Problem> {
        let from = self.place()?;
        let to = match self.take_symbol("..") {
            true => self.place()?,
            false => from,
        };
        self.expect("]")?;
        Ok(Index { from, to })
    }

    fn place(&mut self) -> Result<Place, Problem> {
        if !self.take_word("last") {
            return self.count("a number or `last`").map(Place::First);
        }
        match matches!(self.peek(), TokenKind::Symbol("-")) {
            true => {
                self.advance();
                self.count("a number").map(Place::Last)
            }
            false => Ok(Place::Last(0)),
        }
    }
}
