//! COOM, the language of product models that denkbares published.
//!
//! A file becomes tokens, then a tree that knows nothing about its names, then, where it
//! is a model, a flat [`Model`](quotewright_engine::catalog::Model).

pub(crate) mod ast;
mod expressions;
mod features;
mod file;
mod ground;
mod input;
mod lexer;
mod parser;
mod paths;
mod statements;
#[cfg(test)]
mod tests;

use crate::diagnostic::{Diagnostic, Location};
use crate::problem::Problem;
pub(crate) use expressions::{MAX_EXPONENT, expression};

pub use ground::{Bounds, Unbounded};
pub use input::InputStep;

/// Bytes of the longest file that is read: far beyond any model that people write.
const MAX_BYTES: usize = 16 << 20;

/// A file in COOM.
#[derive(Clone, Debug, PartialEq)]
pub enum CoomFile {
    /// A product that can be configured.
    Model(CoomModel),
    /// What somebody wants of a model in another file.
    UserInput(CoomInput),
}

/// A product that can be configured, as it was written.
#[derive(Clone, Debug, PartialEq)]
pub struct CoomModel {
    pub(crate) places: Places,
    pub(crate) text: String,
    pub(crate) model: ast::Model,
}

/// What somebody wants of a model, as it was written.
#[derive(Clone, Debug, PartialEq)]
pub struct CoomInput {
    pub(crate) places: Places,
    pub(crate) operations: Vec<ast::Operation>,
}

/// Reads a file, which tells by its first word whether it is a model or a user input.
/// Where something is wrong with it, there is no file, and all mistakes are told.
pub fn read(name: &str, text: &str) -> (Option<CoomFile>, Vec<Diagnostic>) {
    if text.len() > MAX_BYTES {
        let message = format!("a file can have {MAX_BYTES} bytes at most");
        let diagnostic = Diagnostic::error("too-large", Location::file(name), message);
        return (None, vec![diagnostic]);
    }
    let places = Places::new(name, text);
    let mut parser = parser::Parser::new(text);
    let file = parser.file();
    let problems = parser.into_problems();
    if !problems.is_empty() {
        let diagnostics = problems.into_iter().map(|it| places.diagnostic(it));
        return (None, diagnostics.collect());
    }
    let file = match file {
        ast::File::Model(model) => CoomFile::Model(CoomModel {
            places,
            text: text.to_owned(),
            model,
        }),
        ast::File::UserInput(operations) => CoomFile::UserInput(CoomInput { places, operations }),
    };
    (Some(file), Vec::new())
}

/// The name of a file, and where its lines end.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Places {
    file: String,
    ends: Vec<usize>,
}

impl Places {
    fn new(file: &str, text: &str) -> Self {
        Self {
            file: file.to_owned(),
            ends: text.match_indices('\n').map(|(at, _)| at).collect(),
        }
    }

    /// Name of the file.
    pub(crate) fn file(&self) -> &str {
        &self.file
    }

    /// Some bytes of the file, with the line that they start in.
    pub(crate) fn location(&self, span: &ast::Span) -> Location {
        let line = self.ends.partition_point(|end| *end < span.start) + 1;
        Location {
            row: Some(line),
            ..Location::bytes(self.file.as_str(), span.clone())
        }
    }

    pub(crate) fn diagnostic(&self, problem: Problem) -> Diagnostic {
        let location = self.location(&problem.span);
        Diagnostic::error(problem.code, location, problem.message).maybe_hint(problem.hint)
    }
}
