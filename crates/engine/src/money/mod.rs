//! Exact amounts: fractions, rounding, sharing, conversion.
//!
//! Nothing here rounds without being told how: what is not a finite decimal
//! stays a [`Fraction`] until a [`Rounding`] is given, and what does not fit is
//! an error.

mod cash;
mod convert;
mod currency;
mod error;
pub(crate) mod exact;
mod fraction;
mod rounding;
mod share;

pub use cash::{CashTotal, cash_total};
pub use convert::{Conversion, Converted, UnitConversion};
pub use currency::{ExchangeRate, Money, cross_rate, rate_on};
pub use error::MoneyError;
pub use fraction::Fraction;
pub use rounding::{Rounding, RoundingMode};
pub use share::{Capped, Leftover, Shares, Weights, share, share_above_floors, split};
