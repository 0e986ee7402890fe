//! What has to be refused.

use quotewright_cases::fields::{Expected, Inputs, Not, Run};

use crate::catalog::Catalog;
use crate::{books, money, scales, shares, tax};

/// What the inputs are for shows in their names.
pub fn run(semantics: &str, inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    let given = |name| inputs.get(name).is_some();
    match semantics {
        "error.vat_mismatch" => tax::stated(inputs),
        "error.rounding_necessary" => not_said("every catalog says how it rounds"),
        "error.overflow" => not_said("amounts may have as many digits as fit"),
        "error.currency_mismatch" => currency_mismatch(inputs),
        _ if given("context") => books::best_rule(inputs, expected),
        _ if given("unit") => {
            not_said("an amount for the whole quote is rounded before it is shared")
        }
        _ if given("ratios") => shares::by_weight(inputs, expected),
        _ if given("n") => shares::split(inputs, expected),
        _ if given("factor") => money::unit_convert(inputs, expected),
        _ if given("thresholds") => scales::threshold_percent(inputs, expected),
        _ if given("tiers") => scales::tiered("graduated", inputs, expected),
        _ => Err(Not::Read("what it is for".to_owned())),
    }
}

fn not_said(why: &str) -> Run {
    Err(Not::Offered(why.to_owned()))
}

/// A catalog has its amounts in one currency: the first in the public book, the second in one
/// without a rate.
fn currency_mismatch(inputs: Inputs<'_>) -> Run {
    let given = inputs.0.as_object().into_iter().flatten();
    let amounts = given.filter_map(|(_, value)| value.as_str()?.split_once(' '));
    let mut catalog = Catalog::of_item();
    for (at, (amount, currency)) in amounts.enumerate() {
        if at == 0 {
            catalog.set("currency", currency);
            catalog.step("price", "amount", amount, &[]);
        } else {
            let own = format!("customer = \"c\"\ncurrency = \"{currency}\"");
            catalog.book("other", &own);
        }
    }
    catalog.piece().map(drop)
}
