//! What stands at the top of a file.

use super::ast::{Behavior, Enumeration, Feature, File, Model, Operation, Path, Span, Structure};
use super::lexer::TokenKind;
use super::parser::{Parser, TOP};
use crate::problem::Problem;

/// Words that start a line of a user input.
const OPERATIONS: [&str; 3] = ["set", "add", "blockinput"];

impl Parser<'_> {
    /// A file as a whole. What is read is of use only where no problem was noted.
    pub(crate) fn file(&mut self) -> File {
        match self.is_operation() {
            true => File::UserInput(self.user_input()),
            false => File::Model(self.model()),
        }
    }

    fn is_operation(&self) -> bool {
        self.word(0).is_some_and(|word| OPERATIONS.contains(&word))
    }

    fn model(&mut self) -> Model {
        let mut model = Model::default();
        while !matches!(self.peek(), TokenKind::End) {
            if self.take_symbol(";") {
                continue;
            }
            if let Err(problem) = self.top(&mut model) {
                self.note(problem);
                self.skip_to(Self::is_top);
            }
        }
        model
    }

    /// Goes on to where `resumes` holds.
    fn skip_to(&mut self, resumes: fn(&Self) -> bool) {
        while !resumes(self) && !matches!(self.peek(), TokenKind::End) {
            self.advance();
        }
    }

    fn top(&mut self, model: &mut Model) -> Result<(), Problem> {
        match self.word(0) {
            Some("product") => {
                self.advance();
                self.features(&mut model.product)
            }
            Some("structure") => {
                self.advance();
                let name = self.name("the name of a structure")?;
                let mut features = Vec::new();
                let read = self.features(&mut features);
                model.structures.push(Structure { name, features });
                read
            }
            Some("enumeration") => {
                self.advance();
                let enumeration = self.enumeration()?;
                model.enumerations.push(enumeration);
                Ok(())
            }
            Some("behavior") => {
                self.advance();
                let context = match self.is_symbol("{") {
                    true => None,
                    false => Some(self.name("the name of a structure or `{`")?),
                };
                let block = self.block()?;
                model.behaviors.push(Behavior { context, block });
                Ok(())
            }
            _ => Err(self.unknown_top()),
        }
    }

    fn unknown_top(&self) -> Problem {
        let problem = self.unexpected("`product`, `structure`, `enumeration` or `behavior`");
        let hint = match self.word(0) {
            Some(word) if OPERATIONS.contains(&word) => {
                Some("what somebody wants of a model stands in a file of its own".to_owned())
            }
            Some(word) => crate::suggest::closest(word, TOP)
                .map(|closest| format!("did you mean `{closest}`?")),
            None => None,
        };
        problem.maybe_hint(hint)
    }

    fn features(&mut self, features: &mut Vec<Feature>) -> Result<(), Problem> {
        let mut item = |parser: &mut Self| {
            features.push(parser.feature()?);
            Ok(())
        };
        self.body(&mut item, |parser| parser.starts_line(0))
    }

    fn enumeration(&mut self) -> Result<Enumeration, Problem> {
        let mut enumeration = Enumeration {
            name: self.name("the name of an enumeration")?,
            attributes: Vec::new(),
            options: Vec::new(),
        };
        let mut item = |parser: &mut Self| {
            if parser.is_enumeration_attribute() {
                let attribute = parser.enumeration_attribute()?;
                enumeration.attributes.push(attribute);
            } else {
                enumeration.options.push(parser.enumeration_option()?);
            }
            Ok(())
        };
        self.body(&mut item, |parser| parser.starts_line(0))?;
        Ok(enumeration)
    }

    fn user_input(&mut self) -> Vec<Operation> {
        let mut operations = Vec::new();
        while !matches!(self.peek(), TokenKind::End) {
            if self.take_symbol(";") {
                continue;
            }
            if let Err(problem) = self.operation(&[], &mut operations) {
                self.note(problem);
                let resumes = |parser: &Self| parser.is_operation() && parser.starts_line(0);
                self.skip_to(resumes);
            }
        }
        operations
    }

    /// One line, or all lines of a block; `within` is the path of the block around.
    fn operation(
        &mut self,
        within: &[super::ast::Step],
        operations: &mut Vec<Operation>,
    ) -> Result<(), Problem> {
        let start = self.span().start;
        match self.word(0) {
            Some("set") => {
                self.advance();
                let path = self.path_within(within)?;
                self.expect("=")?;
                let value = Some(self.value()?);
                let span = start..self.end();
                operations.push(Operation { span, path, value });
            }
            Some("add") => {
                self.advance();
                let path = self.path_within(within)?;
                let span = start..self.end();
                operations.push(Operation {
                    span,
                    path,
                    value: None,
                });
            }
            Some("blockinput") => return self.block_input(within, operations),
            _ => return Err(self.unexpected("`set`, `add` or `blockinput`")),
        }
        match self.is_end(0) || self.is_operation() {
            true => Ok(()),
            false => Err(self.unexpected("the end of the line")),
        }
    }

    fn block_input(
        &mut self,
        within: &[super::ast::Step],
        operations: &mut Vec<Operation>,
    ) -> Result<(), Problem> {
        self.advance();
        let path = self.path_within(within)?;
        let mut item = |parser: &mut Self| parser.operation(&path.steps, operations);
        self.nested(|parser| parser.body(&mut item, |parser| parser.starts_line(0)))
    }

    fn path_within(&mut self, within: &[super::ast::Step]) -> Result<Path, Problem> {
        let mut path = self.path("a path")?;
        path.steps.splice(0..0, within.iter().cloned());
        Ok(path)
    }

    /// A number, `true`, `false` or an option.
    fn value(&mut self) -> Result<super::ast::Expression, Problem> {
        use super::ast::ExpressionKind::{Number, Path, Truth};
        let value = self.formula()?;
        match value.kind {
            Number(_) | Truth(_) | Path(_) => Ok(value),
            _ => Err(not_a_value(value.span)),
        }
    }
}

fn not_a_value(span: Span) -> Problem {
    let message = "a value must be a number, an option, `true` or `false`";
    Problem::new(span, "syntax", message)
}
