//! Quotes of many lines, and large packs: what `bench price` times.

use jiff::civil::{Date, date};
use quotewright_engine::catalog::{AttributeIndex, FORMAT, PartialAssignment, Text};
use quotewright_engine::price::{
    Amount, Between, Lookup, LookupKey, Options, PricePack, PriceRow, PriceRule, PriceStep,
    PriceTable, ProductPrices, Quantities,
};
use quotewright_engine::quote::tax::Buyer;
use quotewright_engine::quote::{Asked, AskedLine, QuotePrice, price_quote};
use rust_decimal::Decimal;

use crate::artifact::{Artifact, ArtifactError};
use crate::buyer;

/// Any fixed day: prices may depend on it.
const TODAY: Date = date(2026, 7, 1);
/// Configurations that the lines take turns at.
const CONFIGURATIONS: u32 = 8;
/// Clicks that make one.
const CLICKS: u32 = 6;
/// Prices of a product in a large pack: one of its own, of options, and in a table.
const OPTIONS: u32 = 59;
const ROWS: u32 = 40;

/// Lines of a catalog's first product.
pub struct Lines {
    artifact: Artifact,
    configurations: Vec<PartialAssignment>,
}

/// Why lines have no price.
#[derive(Debug, thiserror::Error)]
pub enum PricingError {
    /// The artifact.
    #[error(transparent)]
    Artifact(#[from] ArtifactError),
    /// It has no prices, or its buyer found no configuration.
    #[error("no prices, or no configuration")]
    Nothing,
    /// The engine.
    #[error(transparent)]
    Price(#[from] quotewright_engine::price::PriceError),
}

impl Lines {
    /// Some configurations of what [`Artifact::write`] has written.
    ///
    /// # Errors
    /// Where there are no prices.
    pub fn new(artifact: &[u8]) -> Result<Self, PricingError> {
        let artifact = Artifact::read(artifact)?;
        let configurations = (1..=CONFIGURATIONS).map(|seed| configuration(&artifact, seed));
        Ok(Self {
            configurations: configurations.collect::<Result<_, _>>()?,
            artifact,
        })
    }

    /// The price of a quote of so many lines, each of another quantity than the next.
    ///
    /// # Errors
    /// As [`price_quote`].
    pub fn price(&self, count: u32) -> Result<QuotePrice, PricingError> {
        let turns = self.configurations.iter().cycle();
        let lines: Vec<AskedLine> = ((1..=count).zip(turns))
            .map(|(at, values)| AskedLine {
                model: &self.artifact.model,
                values,
                quantity: at % 7 + 1,
                ramp: &[],
                earlier: 0,
                billed: Decimal::ZERO,
            })
            .collect();
        let asked = Asked {
            lines: &lines,
            whole: None,
            date: TODAY,
            promotions: &[],
            buyer: Buyer::default(),
            dates: None,
            manual: &[],
        };
        let pack = self.artifact.pack.as_ref().ok_or(PricingError::Nothing)?;
        Ok(price_quote(pack, &asked)?)
    }
}

fn configuration(artifact: &Artifact, seed: u32) -> Result<PartialAssignment, PricingError> {
    let mut buyer = buyer::Buyer::new(artifact, seed)?;
    for _ in 0..CLICKS {
        buyer.look().map_err(|_| PricingError::Nothing)?;
        buyer.choose();
    }
    let completed = buyer.complete().map_err(|_| PricingError::Nothing)?;
    Ok(completed.assignment.into_iter().map(Some).collect())
}

/// A pack of so many prices, after the manner of `pack`: for each product one of its own, of
/// options, and a table of two attributes.
pub fn large_pack(pack: &PricePack, prices: u32) -> PricePack {
    let products = prices / (1 + OPTIONS + ROWS);
    PricePack {
        format: FORMAT,
        products: (0..products).map(product).collect(),
        whole: None,
        ..pack.clone()
    }
}

fn product(number: u32) -> ProductPrices {
    let price = |at: u32| Decimal::new(i64::from(number * 7_919 + at * 104_729) % 1_000_000, 2);
    let row = |at: u32| PriceRow {
        keys: vec![
            LookupKey::Option((at / 8) as usize),
            LookupKey::UpTo(Decimal::from(at % 8 * 250 + 250)),
        ],
        amount: price(at),
    };
    let rules = [
        PriceRule::from(Amount {
            amount: price(0),
            per: None,
        }),
        PriceRule::from(Options {
            attribute: AttributeIndex(0),
            amounts: (0..OPTIONS).map(price).collect(),
        }),
        PriceRule::from(Lookup {
            table: 0,
            per: None,
            between: Between::default(),
        }),
    ];
    ProductPrices {
        product: format!("product_{number}"),
        tax: 0,
        group: None,
        term: None,
        weight: None,
        quantities: Quantities::default(),
        tables: vec![PriceTable {
            code: "frame".to_owned(),
            keys: vec![AttributeIndex(0), AttributeIndex(1)],
            rows: (0..ROWS).map(row).collect(),
        }],
        steps: rules.map(step).into(),
    }
}

fn step(rule: PriceRule) -> PriceStep {
    PriceStep {
        code: "step".to_owned(),
        label: Text::new([("en".to_owned(), "A step".to_owned())]),
        ..quotewright_cases::kit::step(rule)
    }
}
