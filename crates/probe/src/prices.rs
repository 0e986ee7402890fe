//! What is asked about money and time.

use jiff::civil::{Date, date};
use quotewright_engine::catalog::{AttributeDomain, Condition, Formula, Model, PartialAssignment};
use quotewright_engine::configure::{Effect, Goal};
use quotewright_engine::price::{PricePack, Purchase, price_formula};
use quotewright_engine::quote::tax::Buyer;
use quotewright_engine::quote::{
    Changes, Differences, LeadTime, LinePrice, lead_time, lead_time_formula, price_line,
};

/// Any fixed day: prices may depend on it.
const TODAY: Date = date(2026, 7, 1);

/// The price of so many pieces, or why there is none, and the lead time.
pub type Offer = (Result<LinePrice, String>, LeadTime);

/// What a configuration costs.
pub fn offer(model: &Model, pack: &PricePack, values: &PartialAssignment, quantity: u32) -> Offer {
    let price = price_line(model, pack, values, &Purchase::alone(quantity, TODAY));
    (
        price.map_err(|error| error.to_string()),
        lead_time(model, values),
    )
}

/// What one piece would cost more with each effect, where that has a price now.
pub fn changes(
    model: &Model,
    pack: &PricePack,
    now: &PartialAssignment,
    effects: &[Effect],
) -> Option<Vec<Option<Changes>>> {
    let purchase = Purchase::alone(1, TODAY);
    let differences = Differences::new(model, pack, now, (&purchase, Buyer::default()));
    Some(differences.ok()?.of(effects))
}

/// The cheapest configuration, at made-up prices where there are no others.
pub fn cheapest(model: &Model, pack: Option<&PricePack>) -> Goal {
    let price = pack.and_then(|pack| price_formula(model, pack, &Purchase::alone(1, TODAY)).ok());
    let price = price.map(|it| it.total(1));
    Goal::Minimize(price.unwrap_or_else(|| made_up_price(model)))
}

/// The configuration that is there first.
pub fn fastest(model: &Model) -> Goal {
    Goal::Minimize(lead_time_formula(model))
}

/// A price for every option, below 1,000 and without a pattern.
fn made_up_price(model: &Model) -> Formula {
    let prices = model.indices().flat_map(|attribute| {
        let domain = model.attribute(attribute).map(|it| &it.domain);
        let size = match domain {
            Some(AttributeDomain::Options(list)) => list.options.len(),
            Some(AttributeDomain::Flag) => 2,
            _ => 0,
        };
        (0..size).map(move |option| {
            let chosen = Condition::Is {
                attribute,
                options: vec![option],
            };
            let price = (attribute.0 * 7_919 + option * 104_729) % 1_000;
            Formula::Where(Box::new(chosen), Box::new(Formula::Constant(price.into())))
        })
    });
    Formula::Sum(prices.collect())
}
