use jiff::civil::Date;
use rust_decimal::Decimal;

use super::context::Context;
use super::rules::Outcome;
use super::{
    Basis, PriceError, PricePack, PriceStep, ProductPrices, RoundingMoment, Step, Waterfall, exact,
};
use crate::catalog::{Model, Text, Value};

/// Code of the step that holds what rounding added or took.
const ROUNDING: &str = "rounding";

/// The price of one piece of a configuration where `quantity` pieces are bought on `date`.
///
/// `values` holds one entry for each attribute of `model`, `None` while open. A
/// step that needs an open attribute has no amount and says what it waits for;
/// a step that does not apply is left out. The amounts of the steps add up to
/// the total, exactly; where the policy rounds the unit price, what that adds
/// or takes is the last step.
///
/// # Errors
/// [`PriceError`], where the pack is not for this catalog, product or day, or
/// an amount does not fit an exact decimal.
pub fn price_unit(
    model: &Model,
    pack: &PricePack,
    values: &[Option<Value>],
    quantity: u32,
    date: Date,
) -> Result<Waterfall, PriceError> {
    if quantity == 0 {
        return Err(PriceError::NoQuantity);
    }
    let prices = applicable(model, pack, date)?;
    let mut context = Context::new(model, prices, values, quantity);
    let mut steps = Vec::with_capacity(prices.steps.len() + 1);
    for step in &prices.steps {
        let outcome = outcome(step, &context)?;
        steps.extend(shown(step, &outcome, pack.currency.minor_units));
        context.push(outcome);
    }
    close(steps, pack)
}

/// The prices in `pack` for the product of `model`, where they hold on `date`.
pub(crate) fn applicable<'p>(
    model: &Model,
    pack: &'p PricePack,
    date: Date,
) -> Result<&'p ProductPrices, PriceError> {
    let (from, until) = (pack.valid_from, pack.valid_until);
    if from.is_some_and(|from| date < from) || until.is_some_and(|until| date > until) {
        return Err(PriceError::NotValid { from, until });
    }
    if pack.catalog != model.catalog || pack.catalog_hash != model.hash {
        return Err(PriceError::OtherCatalog);
    }
    pack.products
        .iter()
        .find(|prices| prices.product == model.product)
        .ok_or_else(|| PriceError::NoPrices {
            product: model.product.clone(),
        })
}

/// The quantities from which some step gives another amount, ascending.
pub(crate) fn thresholds(prices: &ProductPrices) -> Vec<u32> {
    let mut quantities: Vec<u32> = prices
        .steps
        .iter()
        .flat_map(|step| step.rule.kind().thresholds())
        .collect();
    quantities.sort_unstable();
    quantities.dedup();
    quantities
}

fn outcome(step: &PriceStep, context: &Context) -> Result<Outcome, PriceError> {
    let holds = match &step.when {
        None => Some(true),
        Some(condition) => context.holds(condition)?,
    };
    match (holds, &step.when) {
        (Some(true), _) => step.rule.kind().apply(context),
        (None, Some(condition)) => Ok(Outcome::Open(context.open_of(condition.attributes()))),
        _ => Ok(Outcome::Skipped),
    }
}

/// The step as the waterfall shows it; nothing where it does not apply.
fn shown(step: &PriceStep, outcome: &Outcome, minor_units: u32) -> Option<Step> {
    let (amount, basis) = match outcome {
        Outcome::Skipped => return None,
        Outcome::Adds(amount, basis) => (Some(exact::money(*amount, minor_units)), basis.clone()),
        Outcome::Open(attributes) => {
            let attributes = attributes.clone();
            (None, Basis::Open { attributes })
        }
    };
    Some(Step {
        code: step.code.clone(),
        label: step.label.clone(),
        basis,
        amount,
    })
}

/// Adds the steps up, and a last one where the unit price is rounded.
fn close(mut steps: Vec<Step>, pack: &PricePack) -> Result<Waterfall, PriceError> {
    let minor_units = pack.currency.minor_units;
    let sum = exact::sum(steps.iter().filter_map(|step| step.amount))?;
    if pack.rounding.moment != RoundingMoment::Unit {
        let total = exact::money(sum, minor_units);
        return Ok(Waterfall { steps, total });
    }
    let total = pack.rounding.round(sum, minor_units);
    let difference = exact::subtract(total, sum)?;
    if difference != Decimal::ZERO {
        steps.push(Step {
            code: ROUNDING.to_owned(),
            label: Text::default(),
            basis: Basis::Rounding,
            amount: Some(exact::money(difference, minor_units)),
        });
    }
    Ok(Waterfall { steps, total })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::catalog::{ArithmeticError, Condition};
    use crate::price::kit::{DAY, FINISH, LENGTH, SIZE, dec, large_box, metres, model, pack, step};
    use crate::price::{Amount, Measure, Options, Percent, PriceRule, RoundingMode, Tier, Tiers};

    /// Base 640; 33.335 a metre; 10 % where gold; 3 % off from 2 pieces.
    fn steps() -> Vec<PriceStep> {
        let fixed = |amount, per| PriceRule::Amount(Amount { amount, per });
        let metre = Measure {
            formula: metres(),
            unit: "m".to_owned(),
        };
        let gold = Percent {
            percent: dec("10"),
            of: vec![0, 1],
        };
        let tier = Tier {
            from: 2,
            percent: dec("-3"),
        };
        let tiers = Tiers {
            tiers: vec![tier],
            of: vec![0, 1, 2],
        };
        let mut steps = vec![
            step("base", fixed(dec("640"), None)),
            step("body", fixed(dec("33.335"), Some(metre))),
            step("gold", PriceRule::Percent(gold)),
            step("quantity", PriceRule::Tiers(tiers)),
        ];
        steps[2].when = Some(Condition::Is {
            attribute: FINISH,
            options: vec![2],
        });
        steps
    }

    fn shown(waterfall: &Waterfall) -> Vec<(&str, Option<String>)> {
        let steps = waterfall.steps.iter();
        steps
            .map(|step| (step.code.as_str(), step.amount.map(|it| it.to_string())))
            .collect()
    }

    fn some(amount: &str) -> Option<String> {
        Some(amount.to_owned())
    }

    #[test]
    fn the_steps_add_up_to_the_total() {
        // 640 + 33.335 x 2.5 = 723.3375; 3 % of it is 21.700125.
        let pack = pack(steps(), Vec::new());
        let waterfall = price_unit(&model(), &pack, &large_box(), 2, DAY).expect("a price");
        let expected = [
            ("base", some("640.00")),
            ("body", some("83.3375")),
            ("quantity", some("-21.700125")),
        ];
        assert_eq!(shown(&waterfall), expected);
        assert_eq!(waterfall.total.to_string(), "701.637375");
    }

    #[test]
    fn a_rounded_unit_price_shows_what_rounding_did() {
        for (mode, rounding, total) in [
            (RoundingMode::HalfUp, "0.005", "30.03"),
            (RoundingMode::HalfEven, "-0.005", "30.02"),
        ] {
            let amount = Amount {
                amount: dec("30.025"),
                per: None,
            };
            let mut pack = pack(vec![step("base", PriceRule::Amount(amount))], Vec::new());
            pack.rounding.moment = RoundingMoment::Unit;
            pack.rounding.mode = mode;
            let waterfall = price_unit(&model(), &pack, &large_box(), 1, DAY).expect("a price");
            let expected = [("base", some("30.025")), ("rounding", some(rounding))];
            assert_eq!(shown(&waterfall), expected);
            assert_eq!(waterfall.total.to_string(), total);
        }
    }

    #[test]
    fn what_is_open_has_no_amount_and_names_what_it_waits_for() {
        let mut values = large_box();
        values[FINISH.0] = None;
        values[LENGTH.0] = None;
        let pack = pack(steps(), Vec::new());
        let waterfall = price_unit(&model(), &pack, &values, 2, DAY).expect("a price");
        let open = |attributes: &[_]| Basis::Open {
            attributes: attributes.to_vec(),
        };
        let bases: Vec<_> = waterfall.steps.iter().map(|step| &step.basis).collect();
        let expected = [
            &Basis::Amount,
            &open(&[LENGTH]),
            &open(&[FINISH]),
            &open(&[FINISH, LENGTH]),
        ];
        assert_eq!(bases, expected);
        assert_eq!(waterfall.total, dec("640"));
        assert!(waterfall.is_open());
    }

    #[test]
    fn a_pack_is_for_one_catalog_product_and_time() {
        let fresh = || pack(steps(), Vec::new());
        let price = |pack: &PricePack, day| price_unit(&model(), pack, &large_box(), 1, day);
        let (from, until) = (date(2026, 1, 1), date(2026, 12, 31));
        let dated = PricePack {
            valid_from: Some(from),
            valid_until: Some(until),
            ..fresh()
        };
        let not_valid = Err(PriceError::NotValid {
            from: Some(from),
            until: Some(until),
        });
        assert!(price(&dated, from).is_ok());
        assert!(price(&dated, until).is_ok());
        assert_eq!(price(&dated, date(2025, 12, 31)), not_valid);
        assert_eq!(price(&dated, date(2027, 1, 1)), not_valid);

        let other = PricePack {
            catalog_hash: "other".to_owned(),
            ..fresh()
        };
        assert_eq!(price(&other, DAY), Err(PriceError::OtherCatalog));

        let empty = PricePack {
            products: Vec::new(),
            ..fresh()
        };
        let product = "box".to_owned();
        assert_eq!(price(&empty, DAY), Err(PriceError::NoPrices { product }));
        let none = price_unit(&model(), &fresh(), &large_box(), 0, DAY);
        assert_eq!(none, Err(PriceError::NoQuantity));
    }

    #[test]
    fn an_amount_that_does_not_fit_is_an_error() {
        let percent = Percent {
            percent: dec("0.0000000000000000000000000001"),
            of: vec![0],
        };
        let options = Options {
            attribute: SIZE,
            amounts: vec![dec("1"), dec("1")],
        };
        let steps = vec![
            step("size", PriceRule::Options(options)),
            step("tiny", PriceRule::Percent(percent)),
        ];
        let refused = price_unit(&model(), &pack(steps, Vec::new()), &large_box(), 1, DAY);
        assert_eq!(refused, Err(PriceError::Arithmetic(ArithmeticError)));
    }
}
