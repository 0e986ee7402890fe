//! Conditions and formulas in the cells, in the expression syntax of COOM.
//!
//! Text becomes tokens, then a tree that knows nothing about the catalog, then
//! a [`Condition`] or [`Formula`] with every name looked up.
//!
//! The grammar is that of COOM's conditions and formulas, as published in
//! `Model.g4` of <https://github.com/potassco/coom-suite>. What it has beyond
//! ours is recognised and refused.

mod ast;
mod formulas;
mod lexer;
mod parser;
mod resolver;
#[cfg(test)]
mod tests;

use std::ops::Range;

use quotewright_engine::catalog::{Condition, Formula};

pub(crate) use resolver::{Scope, option_codes};

/// Levels of nesting that an expression may have: far more than is readable, far
/// less than the smallest stack (1 MiB, in the browser) holds.
pub(crate) const MAX_DEPTH: usize = 100;

/// What is wrong in an expression, and where in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    pub(crate) span: Range<usize>,
    pub(crate) code: &'static str,
    pub(crate) message: String,
    pub(crate) hint: Option<String>,
}

impl Problem {
    pub(crate) fn new(span: Range<usize>, code: &'static str, message: impl Into<String>) -> Self {
        Self {
            span,
            code,
            message: message.into(),
            hint: None,
        }
    }

    pub(crate) fn unsupported(span: Range<usize>, what: &str) -> Self {
        Self::new(
            span,
            "unsupported",
            format!("COOM has {what}, but Quotewright does not reason about it yet"),
        )
    }

    pub(crate) fn too_deep(span: Range<usize>) -> Self {
        Self::new(
            span,
            "too-complex",
            format!("the expression is nested more than {MAX_DEPTH} levels deep"),
        )
        .hint("split it into several rules, or use a table")
    }

    pub(crate) fn hint(self, hint: impl Into<String>) -> Self {
        self.maybe_hint(Some(hint.into()))
    }

    pub(crate) fn maybe_hint(mut self, hint: Option<String>) -> Self {
        self.hint = hint.or(self.hint);
        self
    }

    pub(crate) fn shifted(mut self, by: usize) -> Self {
        self.span = self.span.start + by..self.span.end + by;
        self
    }
}

/// Reads a condition. No result and no problem: it mentions an attribute that is itself wrong.
pub(crate) fn condition(text: &str, scope: &Scope<'_>) -> (Option<Condition>, Vec<Problem>) {
    resolver::resolve(text, scope, resolver::Resolver::condition)
}

/// Reads a formula; as [`condition`].
pub(crate) fn formula(text: &str, scope: &Scope<'_>) -> (Option<Formula>, Vec<Problem>) {
    resolver::resolve(text, scope, resolver::Resolver::formula)
}
