//! Lines and totals of a quote, and checking a request against them.

mod adjusted;
mod allowances;
mod alone;
mod beside;
mod confidential;
mod differences;
mod effects;
mod exchanged;
mod facts;
mod lead_time;
mod line;
mod manual;
mod margins;
mod order;
mod over_term;
mod payment;
mod proposed;
pub mod recurring;
mod recurring_totals;
pub mod tax;
mod term;
mod tiers;
mod totals;
mod unreached;
mod verify;
mod whole;

pub use adjusted::{ManualError, adjusted};
pub use alone::{LineTotals, line_totals};
pub use confidential::{BelowFloor, Commission, CommissionBase, Confidential};
pub use differences::{Changes, Differences};
pub use effects::{Surcharge, rank_repairs, surcharges};
pub use exchanged::Exchanged;
pub use facts::answers;
pub use lead_time::{LeadTime, add_working_days, lead_time, lead_time_formula};
pub use line::{Charge, LinePrice, NextTier, price_line};
pub use manual::Manual;
pub use margins::{CommissionDue, LineMargin, Margins, margins};
pub use over_term::{TermPart, over_term};
pub use payment::{Early, EarlyPayment, MonthEnd, Payment, PaymentTerms};
pub use proposed::{
    Counting, IfTaken, IfTakenEach, ProposalError, Proposed, ProposedQuote, days_later,
    price_proposed,
};
pub use recurring_totals::RecurringTotals;
pub use term::Recurring;
pub use tiers::{TierPoint, has_tiers, tier_points};
pub use totals::{TaxTotal, Totals, totals};
pub use unreached::{Unreached, check_ramps};
pub use verify::{
    ClaimedLine, ClaimedTotals, Claims, Difference, Refusal, Subject, compare, verify, work_out,
};
pub use whole::{Asked, AskedLine, QuotePrice, QuotedLine, Share, price_quote};
