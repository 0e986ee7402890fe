//! Conditions and formulas in the cells, in the expression syntax of COOM.
//!
//! The parser for COOM files makes a tree of them, and here every name is looked up. A path
//! to a part without an index stands for all its instances: there is a case for each.

mod conditions;
mod formulas;
mod resolver;
mod scope;
#[cfg(test)]
mod tests;

use quotewright_engine::catalog::{AttributeIndex, Condition, Formula};

use crate::cases::Cases;
use crate::presence::all;
use crate::problem::Problem;
pub(crate) use resolver::option_codes;
use resolver::{Resolver, Stand, resolve};
pub(crate) use scope::Scope;

/// What an expression means. No result and no problem: it mentions what is itself wrong.
pub(crate) type Meaning<T> = (Option<T>, Vec<Problem>);

/// Reads a condition for one thing at a time: paths that lead to several are refused.
pub(crate) fn condition(text: &str, scope: &Scope<'_>) -> Meaning<Condition> {
    let (cases, problems) = resolve(text, scope, Stand::Condition, Resolver::condition);
    let only = |cases: Cases<Condition>| {
        let case = cases.into_iter().next()?;
        let mut conditions = case.guards;
        conditions.push(case.value);
        Some(all(conditions))
    };
    (cases.and_then(only), problems)
}

/// Reads a condition: one for each combination of the instances on its paths.
pub(crate) fn conditions(text: &str, scope: &Scope<'_>) -> Meaning<Cases<Condition>> {
    resolve(text, scope, Stand::Conditions, Resolver::condition)
}

/// Reads a formula for one thing at a time; as [`condition`].
pub(crate) fn formula(text: &str, scope: &Scope<'_>) -> Meaning<Formula> {
    let (cases, problems) = resolve(text, scope, Stand::Formula, Resolver::formula);
    // What an index from the end leads to is not there where the index leads nowhere.
    let only = |cases: Cases<Formula>| cases.into_iter().next().map(|case| case.value);
    (cases.and_then(only), problems)
}

/// Reads a path to an attribute: one for each of the instances on the path.
pub(crate) fn attributes(text: &str, scope: &Scope<'_>) -> Meaning<Cases<AttributeIndex>> {
    resolve(text, scope, Stand::Conditions, Resolver::attribute)
}
