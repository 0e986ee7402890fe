//! The amounts of a quote that is being put together.

use jiff::civil::Date;
use quotewright_engine::catalog::{Text, Value};
use quotewright_engine::price::{Currency, PriceError, PricePack};
use quotewright_engine::quote::tax::Buyer;
use quotewright_engine::quote::{
    Asked, AskedLine, QuotePrice, add_working_days, lead_time, price_quote,
};

use crate::state::BasketLine;

/// What this buyer may know of the price of a quote.
#[derive(Clone, Debug, PartialEq)]
pub enum Prices {
    /// The supplier hides prices from this buyer.
    Hidden,
    /// The prices do not hold today, or cannot be worked out.
    Unavailable,
    /// The prices.
    Known(Box<KnownPrices>),
}

/// Prices line by line and of the quote as a whole.
#[derive(Clone, Debug, PartialEq)]
pub struct KnownPrices {
    /// The prices.
    pub quote: QuotePrice,
    /// What amounts are in.
    pub currency: Currency,
    /// Name of the price book.
    pub book: Text,
}

impl Prices {
    /// The prices of `lines` on `date`.
    pub fn of(lines: &[BasketLine], date: Date) -> Self {
        let Some(first) = lines.first() else {
            return Self::Unavailable;
        };
        match &first.catalog.pack {
            None => Self::Hidden,
            Some(pack) => work_out(lines, pack, date)
                .map_or(Self::Unavailable, |known| Self::Known(Box::new(known))),
        }
    }

    /// The prices, where they are known.
    pub fn known(&self) -> Option<&KnownPrices> {
        match self {
            Self::Known(known) => Some(known),
            Self::Hidden | Self::Unavailable => None,
        }
    }
}

fn work_out(lines: &[BasketLine], pack: &PricePack, date: Date) -> Result<KnownPrices, PriceError> {
    let values: Vec<Vec<Option<Value>>> = (lines.iter())
        .map(|line| line.assignment.iter().copied().map(Some).collect())
        .collect();
    let lines: Vec<AskedLine> = (lines.iter().zip(&values))
        .map(|(line, values)| AskedLine {
            model: &line.catalog.model,
            values,
            quantity: line.quantity,
            ramp: &[],
            earlier: 0,
        })
        .collect();
    let asked = Asked {
        lines: &lines,
        whole: None,
        date,
        promotions: &[],
        buyer: Buyer::default(),
        manual: &[],
    };
    Ok(KnownPrices {
        quote: price_quote(pack, &asked)?,
        currency: pack.currency.clone(),
        book: pack.label.clone(),
    })
}

/// The first day on which everything can be shipped, ordered on `date`.
pub fn earliest(lines: &[BasketLine], date: Date) -> Option<Date> {
    let days = lines.iter().map(|line| {
        let values: Vec<Option<Value>> = line.assignment.iter().copied().map(Some).collect();
        lead_time(&line.catalog.model, &values).working_days
    });
    days.max().map(|days| add_working_days(date, days))
}
