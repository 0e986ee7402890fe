//! Charges that come back: periods, and the part of a period that is charged.

mod billing;
mod error;
mod period;
mod proration;

pub(super) use billing::Stretch;
pub use billing::{Billed, Billing, ContractDates, Proration};
pub use error::PeriodError;
pub use period::Period;
pub use proration::{
    LeadingPart, days_of_fixed_months, leading_part, part_of_fixed_months, prorated, segment,
};
