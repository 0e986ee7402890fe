//! Tax on top of prices or contained in them, by unit, line or document.
//!
//! The totals of a quote go by [`en16931`]. The other ways are for prices that
//! contain tax, and for showing what other systems show.

mod buyer;
mod chain;
mod check_digits;
mod country;
mod cross_rate;
mod document;
mod document_discount;
pub mod en16931;
mod rate;
mod requirements;
mod unit;
mod vat_number;

pub use buyer::{Buyer, Region, TaxError, TaxRule};
pub(super) use buyer::{BuyerTaxes, TaxPair};
pub use chain::{ChainedTax, ChainedTaxes, TaxBase, TaxKind, tax_chain, tax_chain_of_lines};
pub use country::{countries, is_country, is_member_state};
pub use cross_rate::{net_at, tax_after_discount};
pub use document::{DocumentDiscount, DocumentLine, DocumentTotals, Surcharge, document_totals};
pub use document_discount::{DiscountedTotal, discounted_total};
pub use rate::{TaxSplit, Taxed, contained, on_top, split_tax};
pub use requirements::{Needed, asks_vat_number};
pub use unit::{TaxedPrice, TaxedRow, row_based, unit_based};
pub use vat_number::{VatNumberFault, is_vat_number, vat_number_fault, vat_number_form};
