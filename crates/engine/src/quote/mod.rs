//! Lines and totals of a quote, and checking a request against them.

mod effects;
mod lead_time;
mod line;
pub mod recurring;
pub mod tax;
mod term;
mod totals;
mod verify;

pub use effects::{Surcharge, rank_repairs, surcharges};
pub use lead_time::{LeadTime, add_working_days, lead_time, lead_time_formula};
pub use line::{Charge, LinePrice, NextTier, price_line};
pub use term::Recurring;
pub use totals::{TaxTotal, Totals, totals};
pub use verify::{Claim, ClaimedTotals, Difference, Refusal, Subject, Verified, verify};
