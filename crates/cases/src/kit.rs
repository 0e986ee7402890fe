//! A product without attributes, and price packs for it.

use jiff::civil::{Date, date};
use quotewright_engine::catalog::{FORMAT, Model, Text};
use quotewright_engine::price::{
    Amount, Applies, Base, Counted, Currency, Due, Level, Percent, PricePack, PriceRule, PriceStep,
    ProductPrices, RoundingMode, RoundingMoment, RoundingPolicy, Settlement, Tax, Tier, Tiers,
    Waterfall,
};
use quotewright_engine::quote::{Charge, LinePrice};
use rust_decimal::Decimal;

/// A day whose prices hold.
pub const DAY: Date = date(2026, 6, 1);

/// The box of the engine's own tests: size, finish, lid, length.
pub fn box_model() -> Model {
    serde_json::from_str(include_str!("../../engine/tests/price/box.json")).expect("a model")
}

/// A product with nothing to choose.
pub fn bare_model() -> Model {
    Model {
        attributes: Vec::new(),
        ..box_model()
    }
}

/// A step for one piece.
pub fn step(rule: PriceRule) -> PriceStep {
    PriceStep {
        code: String::new(),
        label: Text::default(),
        level: Level::Piece,
        due: Due::Once,
        applies: Applies::default(),
        rounding: None,
        tax: None,
        bearers: Vec::new(),
        rivals: None,
        rule,
    }
}

/// A fixed amount.
pub fn amount(amount: Decimal) -> PriceRule {
    PriceRule::Amount(Amount { amount, per: None })
}

/// A percentage of the steps at these positions.
pub fn percent(percent: Decimal, of: Vec<usize>) -> PriceRule {
    let of = Base::Steps(of);
    PriceRule::Percent(Percent { percent, of })
}

/// Percentages by the quantity of the line.
pub fn tiers(tiers: Vec<Tier>, of: Vec<usize>) -> PriceRule {
    let (of, counts) = (Base::Steps(of), Counted::Line);
    PriceRule::Tiers(Tiers { tiers, of, counts })
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
            step: None,
        },
        valid_from: None,
        valid_until: None,
        taxes: vec![tax("none", Decimal::ZERO)],
        settlement: Settlement::default(),
        products: vec![ProductPrices {
            product: "box".to_owned(),
            tax: 0,
            group: None,
            term: None,
            weight: None,
            quantities: Default::default(),
            tables: Vec::new(),
            steps: rules.into_iter().map(step).collect(),
        }],
        whole: None,
    }
}

/// A tax without a name.
pub fn tax(code: &str, percent: Decimal) -> Tax {
    Tax {
        code: code.to_owned(),
        label: Text::default(),
        percent,
        category: None,
        exemption: Text::default(),
    }
}

/// A line of one piece at `net` under `tax`, however that came about.
pub fn line(net: Decimal, tax: &Tax) -> LinePrice {
    LinePrice {
        quantity: 1,
        once: Charge {
            piece: Waterfall {
                steps: Vec::new(),
                total: net,
            },
            steps: Vec::new(),
            rounding: Decimal::ZERO,
            net,
        },
        recurring: Vec::new(),
        term: 0,
        contract_total: net,
        open_term: false,
        tax: tax.code.clone(),
        tax_percent: tax.percent,
        open: false,
        next_tier: None,
    }
}
