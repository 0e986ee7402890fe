//! What the tests of prices and quotes share.

use jiff::civil::{Date, date};
use rust_decimal::Decimal;

use super::{
    Amount, Applies, Currency, Due, Level, PricePack, PriceRule, PriceStep, PriceTable,
    ProductPrices, RoundingMode, RoundingMoment, RoundingPolicy, Settlement, Tax,
};
use crate::catalog::{AttributeIndex, Formula, Model, Text, Value};
use crate::money::Fraction;
use crate::quote::tax::Buyer;
use crate::quote::{Asked, AskedLine};

pub const SIZE: AttributeIndex = AttributeIndex(0);
pub const FINISH: AttributeIndex = AttributeIndex(1);
pub const LID: AttributeIndex = AttributeIndex(2);
pub const LENGTH: AttributeIndex = AttributeIndex(3);

pub const DAY: Date = date(2026, 6, 1);

/// A box: size (small, large), finish (raw, paint, gold), lid, length in mm.
pub fn model() -> Model {
    serde_json::from_str(include_str!("../../tests/price/box.json")).expect("a model")
}

pub fn dec(number: &str) -> Decimal {
    number.parse().expect("a decimal")
}

pub fn decs(numbers: &[&str]) -> Vec<Decimal> {
    numbers.iter().map(|it| dec(it)).collect()
}

pub fn fraction(number: &str) -> Fraction {
    number.parse().expect("a fraction")
}

/// A large raw box with a lid, 2,500 mm long.
pub fn large_box() -> Vec<Option<Value>> {
    vec![
        Some(Value::Option(1)),
        Some(Value::Option(0)),
        Some(Value::Option(1)),
        Some(Value::Number(dec("2500"))),
    ]
}

/// The length in metres.
pub fn metres() -> Formula {
    Formula::Divide(
        Box::new(Formula::Attribute(LENGTH)),
        Box::new(Formula::Constant(dec("1000"))),
    )
}

pub fn step(code: &str, rule: impl Into<PriceRule>) -> PriceStep {
    PriceStep {
        code: code.to_owned(),
        label: Text::default(),
        level: Level::Piece,
        due: Due::Once,
        applies: Applies::default(),
        rounding: None,
        tax: None,
        bearers: Vec::new(),
        rivals: None,
        rule: rule.into(),
    }
}

/// Prices of the box in EUR with 21 and 9 percent VAT, rounded half up by line.
pub fn pack(steps: Vec<PriceStep>, tables: Vec<PriceTable>) -> PricePack {
    let tax = |code: &str, percent| Tax {
        code: code.to_owned(),
        label: Text::default(),
        percent: dec(percent),
        category: None,
        exemption: Text::default(),
    };
    PricePack {
        format: crate::catalog::FORMAT,
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
        taxes: vec![tax("standard", "21"), tax("reduced", "9")],
        settlement: Settlement::default(),
        products: vec![ProductPrices {
            product: "box".to_owned(),
            tax: 0,
            group: None,
            term: None,
            weight: None,
            quantities: Default::default(),
            tables,
            steps,
        }],
        whole: None,
    }
}

/// So many boxes.
pub fn line<'a>(model: &'a Model, values: &'a [Option<Value>], quantity: u32) -> AskedLine<'a> {
    AskedLine {
        model,
        values,
        quantity,
        ramp: &[],
        earlier: 0,
        billed: Decimal::ZERO,
    }
}

/// These lines and nothing else.
pub fn asked<'a>(lines: &'a [AskedLine<'a>]) -> Asked<'a> {
    Asked {
        lines,
        whole: None,
        date: DAY,
        promotions: &[],
        buyer: Buyer::default(),
        dates: None,
        manual: &[],
    }
}

/// A price of one piece.
pub fn amount(number: &str) -> PriceStep {
    let amount = dec(number);
    step("base", Amount { amount, per: None })
}
