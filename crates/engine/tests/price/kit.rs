//! A product without attributes, and price packs for it.

use jiff::civil::{Date, date};
use quotewright_engine::catalog::{FORMAT, Model, Text};
use quotewright_engine::price::{
    Amount, Currency, Percent, PricePack, PriceRule, PriceStep, ProductPrices, RoundingMode,
    RoundingMoment, RoundingPolicy, Tax, Tier, Tiers,
};
use quotewright_engine::quote::LinePrice;
use rust_decimal::Decimal;

pub const DAY: Date = date(2026, 6, 1);

/// The box of the engine's own tests: size, finish, lid, length.
pub fn box_model() -> Model {
    serde_json::from_str(include_str!("box.json")).expect("a model")
}

/// A product with nothing to choose.
pub fn bare_model() -> Model {
    Model {
        attributes: Vec::new(),
        ..box_model()
    }
}

pub fn step(rule: PriceRule) -> PriceStep {
    PriceStep {
        code: String::new(),
        label: Text::default(),
        when: None,
        rule,
    }
}

pub fn amount(amount: Decimal) -> PriceRule {
    PriceRule::Amount(Amount { amount, per: None })
}

pub fn percent(percent: Decimal, of: Vec<usize>) -> PriceRule {
    PriceRule::Percent(Percent { percent, of })
}

pub fn tiers(tiers: Vec<Tier>, of: Vec<usize>) -> PriceRule {
    PriceRule::Tiers(Tiers { tiers, of })
}

/// Prices in a currency of two decimals, rounded half up by line, without tax.
pub fn pack(rules: Vec<PriceRule>) -> PricePack {
    PricePack {
        format: FORMAT,
        catalog: "boxes".to_owned(),
        catalog_hash: "h".to_owned(),
        hash: "p".to_owned(),
        book: "public".to_owned(),
        label: Text::default(),
        currency: Currency {
            code: "EUR".to_owned(),
            minor_units: 2,
        },
        rounding: RoundingPolicy {
            mode: RoundingMode::HalfUp,
            moment: RoundingMoment::Line,
        },
        valid_from: None,
        valid_until: None,
        taxes: vec![tax("none", Decimal::ZERO)],
        products: vec![ProductPrices {
            product: "box".to_owned(),
            tax: 0,
            tables: Vec::new(),
            steps: rules.into_iter().map(step).collect(),
        }],
    }
}

pub fn tax(code: &str, percent: Decimal) -> Tax {
    Tax {
        code: code.to_owned(),
        label: Text::default(),
        percent,
    }
}

/// A line of one piece at `net` under `tax`, however that came about.
pub fn line(net: Decimal, tax: &Tax) -> LinePrice {
    LinePrice {
        quantity: 1,
        waterfall: quotewright_engine::price::Waterfall {
            steps: Vec::new(),
            total: net,
        },
        unit_net: net,
        rounding: Decimal::ZERO,
        net,
        tax: tax.code.clone(),
        tax_percent: tax.percent,
        open: false,
        next_tier: None,
    }
}
