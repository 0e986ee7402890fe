//! Charges that are due repeatedly.

use quotewright_cases::fields::{Expected, Inputs, Not, Run};

pub fn run(_semantics: &str, _inputs: Inputs<'_>, _expected: &Expected<'_>) -> Run {
    Err(Not::Offered(
        "a term is whole months, with no dates of its own".to_owned(),
    ))
}
