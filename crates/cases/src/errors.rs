//! What must be refused.

use quotewright_engine::money::{Conversion, Money, UnitConversion};
use rust_decimal::Decimal;

use super::fields::{Expected, Inputs, Not, Run, decimal};
use super::{books, money, scales, tax};

/// What the inputs are for shows in their names.
pub fn refused(semantics: &str, inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    let given = |name| inputs.get(name).is_some();
    match semantics {
        "error.vat_mismatch" => tax::vat_mismatch(inputs),
        "error.rounding_necessary" => money::rounding_necessary(inputs, expected),
        "error.currency_mismatch" => currency_mismatch(inputs),
        _ if given("context") => books::best_rule(inputs, expected),
        _ if given("ratios") => money::allocate(inputs, expected),
        _ if given("n") => money::split_equally(inputs, expected),
        _ if given("factor") => factor(inputs),
        _ if given("thresholds") => thresholds(inputs),
        _ if given("tiers") => scales::check(inputs),
        _ => Err(Not::Read("what it is for".to_owned())),
    }
}

fn factor(inputs: Inputs<'_>) -> Run {
    let unit = UnitConversion {
        conversion: Conversion::Divide,
        factor: inputs.decimal("factor")?,
        rounding: None,
    };
    unit.convert(Decimal::ONE)?;
    Ok(())
}

/// Anything but a map is no table.
fn thresholds(inputs: Inputs<'_>) -> Run {
    if !inputs.needed("thresholds")?.is_object() {
        return Err(Not::Refused("no table".to_owned()));
    }
    let thresholds = scales::thresholds(inputs, Decimal::ZERO)?;
    Ok(thresholds.check_percentages()?)
}

/// The two amounts, whatever they are called.
fn currency_mismatch(inputs: Inputs<'_>) -> Run {
    let given = inputs.0.as_object().into_iter().flatten();
    let amounts = given.filter_map(|(_, value)| value.as_str()?.split_once(' '));
    let amounts = amounts.map(|(amount, currency)| {
        Ok(Money {
            amount: decimal(&amount.into())?,
            currency: currency.to_owned(),
        })
    });
    match &amounts.collect::<Result<Vec<_>, Not>>()?[..] {
        [first, second, ..] => {
            first.minus(second)?;
            Ok(())
        }
        _ => Err(Not::Read("two amounts".to_owned())),
    }
}
