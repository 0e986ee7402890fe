//! Conditions and formulas in the cells, in the expression syntax of COOM.
//!
//! The parser for COOM files makes a tree of them, and here every name is looked up:
//! cells know attributes and the properties of their options, and no longer paths.

mod formulas;
mod resolver;
#[cfg(test)]
mod tests;

use quotewright_engine::catalog::{Condition, Formula};

use crate::problem::Problem;
pub(crate) use resolver::{Scope, option_codes};

/// Reads a condition. No result and no problem: it mentions an attribute that is itself wrong.
pub(crate) fn condition(text: &str, scope: &Scope<'_>) -> (Option<Condition>, Vec<Problem>) {
    resolver::resolve(text, scope, true, resolver::Resolver::condition)
}

/// Reads a formula; as [`condition`].
pub(crate) fn formula(text: &str, scope: &Scope<'_>) -> (Option<Formula>, Vec<Problem>) {
    resolver::resolve(text, scope, false, resolver::Resolver::formula)
}
