//! Codes of promotions that made no difference, and why.

use std::collections::BTreeSet;

use jiff::civil::Date;
use quotewright_engine::price::{PricePack, PriceStep, Step};
use quotewright_engine::quote::{Charge, QuotePrice};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A code that made no difference.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Unused {
    /// The code, as it was entered.
    pub promotion: String,
    /// Why it made no difference.
    pub reason: String,
}

/// The codes that changed no amount; `products` are those of the lines.
pub fn unused(
    codes: &[String],
    (pack, products): (&PricePack, &BTreeSet<&str>),
    date: Date,
    price: &QuotePrice,
) -> Vec<Unused> {
    let counting = counting(price);
    let reason = |code: &String| {
        let reason = reason(code, (pack, products), date, &counting)?;
        Some(Unused {
            promotion: code.clone(),
            reason,
        })
    };
    codes.iter().filter_map(reason).collect()
}

/// Why a code made no difference; `None` where it made one.
fn reason(
    code: &str,
    (pack, products): (&PricePack, &BTreeSet<&str>),
    date: Date,
    counting: &BTreeSet<&str>,
) -> Option<String> {
    let all = pack.products.iter().chain(&pack.whole);
    let steps: Vec<(&str, &PriceStep)> = all
        .flat_map(|it| it.steps.iter().map(|step| (it.product.as_str(), step)))
        .filter(|(_, step)| step.applies.promotion.as_deref() == Some(code))
        .collect();
    if steps.is_empty() {
        return Some(format!(
            "no price in the book `{}` has this code",
            pack.book
        ));
    }
    let is_whole = |product: &str| pack.whole.as_ref().is_some_and(|it| it.product == product);
    let asked = |product: &str| products.contains(product) || is_whole(product);
    let steps: Vec<&PriceStep> = match steps.iter().any(|(product, _)| asked(product)) {
        true => steps
            .iter()
            .filter(|it| asked(it.0))
            .map(|it| it.1)
            .collect(),
        false => {
            let others: BTreeSet<&str> = steps.iter().map(|it| it.0).collect();
            let others: Vec<&str> = others.into_iter().collect();
            return Some(format!("it is for other products: {}", others.join(", ")));
        }
    };
    if steps
        .iter()
        .any(|step| counting.contains(step.code.as_str()))
    {
        return None;
    }
    let holds = |step: &&&PriceStep| {
        step.applies.from.is_none_or(|from| from <= date)
            && step.applies.until.is_none_or(|until| date <= until)
    };
    let first = steps.first()?;
    if steps.iter().any(|step| holds(&step)) {
        return Some("what it asks for is not so in this quote".to_owned());
    }
    Some(match (first.applies.from, first.applies.until) {
        (Some(from), _) if date < from => format!("it begins on {from}"),
        (_, Some(until)) => format!("it ended on {until}"),
        _ => format!("it does not hold on {date}"),
    })
}

/// Codes of the steps that came to something.
fn counting(price: &QuotePrice) -> BTreeSet<&str> {
    fn of_charge(charge: &Charge) -> impl Iterator<Item = &Step> {
        charge.piece.steps.iter().chain(&charge.steps)
    }
    let lines = price.lines.iter().flat_map(|line| {
        let repeated = line.price.recurring.iter().map(|it| &it.charge);
        [&line.price.once].into_iter().chain(repeated)
    });
    let steps = lines.flat_map(of_charge).chain(&price.steps);
    let steps = steps.filter(|step| step.amount.is_some_and(|it| !it.is_zero()));
    steps.map(|step| step.code.as_str()).collect()
}
