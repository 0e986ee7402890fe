//! Which price or rule holds: price books merged, derived from one another, and chosen from.

mod best_price;
mod conditions;
mod derive;
mod error;
mod merge;
mod priority_rule;
mod units;

pub use best_price::{BestPrice, OfferedPrice, PriceSource, best_price};
pub use conditions::{Conditions, Facts};
pub use derive::{Derivation, dependency_order};
pub use error::BookError;
pub use merge::{BookPrice, MergeStrategy, PriceList, merge_price_lists};
pub use priority_rule::{Applied, PriorityRule, priority_rule};
pub use units::{FromQuantity, UnitPrice, UnitRate};
