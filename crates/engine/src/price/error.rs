use jiff::civil::Date;
use rust_decimal::Decimal;

use super::scales::ScaleError;
use crate::catalog::ArithmeticError;
use crate::money::MoneyError;
use crate::quote::recurring::PeriodError;
use crate::quote::tax::TaxError;

/// Why a configuration has no price.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PriceError {
    /// The prices do not hold on that day.
    #[error("the prices do not hold on that day")]
    NotValid {
        /// First day on which they hold.
        from: Option<Date>,
        /// Last day on which they hold.
        until: Option<Date>,
    },
    /// The prices belong to another catalog, or to another state of it.
    #[error("the prices belong to another catalog")]
    OtherCatalog,
    /// The price book has no prices for the product.
    #[error("the price book has no prices for the product `{product}`")]
    NoPrices {
        /// Code of the product.
        product: String,
    },
    /// No row of a price table matches the configuration.
    #[error("no row of the price table `{table}` matches")]
    NoRow {
        /// Code of the table.
        table: String,
    },
    /// An index has no value on the day of the prices.
    #[error("the index `{index}` has no value on that day")]
    NoIndex {
        /// Code of the index.
        index: String,
    },
    /// A number of units can have more decimals than are kept, so that a formula would come
    /// to something else than what is charged.
    #[error("the units of step `{step}` are rounded")]
    Inexact {
        /// Code of the step.
        step: String,
    },
    /// The term is not a whole number of months, or too short or long.
    #[error("the term of {months} months is not a whole number from 1 to 1,200")]
    Term {
        /// The months.
        months: Decimal,
    },
    /// A contract ends within a month, and the catalog does not say what that costs.
    #[error("the catalog does not say what a part of a month costs")]
    NotProrated,
    /// The contract's dates are none.
    #[error(transparent)]
    Dates(#[from] PeriodError),
    /// There are prices for the quote as a whole, but no answers to its questions.
    #[error("the questions about the quote as a whole are not answered")]
    NoAnswers,
    /// The buyer's tax cannot be worked out.
    #[error(transparent)]
    Tax(#[from] TaxError),
    /// An amount cannot be shared or converted.
    #[error(transparent)]
    Money(#[from] MoneyError),
    /// No tier holds the quantity, or tiers contradict themselves.
    #[error(transparent)]
    Scale(#[from] ScaleError),
    /// There is no price for no pieces at all.
    #[error("the quantity is zero")]
    NoQuantity,
    /// So many pieces cannot be asked for.
    #[error("of `{product}`, {least} or more are sold, in multiples of {step}: not {quantity}")]
    Quantity {
        /// Code of the product.
        product: String,
        /// Pieces that were asked for.
        quantity: u32,
        /// The least.
        least: u32,
        /// The step.
        step: u32,
    },
    /// The pack points at something that it does not hold, or that the catalog does not.
    #[error("the price pack contradicts itself")]
    Malformed,
    /// An amount does not fit an exact decimal.
    #[error(transparent)]
    Arithmetic(#[from] ArithmeticError),
}
