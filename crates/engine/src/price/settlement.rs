use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::money::Leftover;
use crate::quote::PaymentTerms;
use crate::quote::recurring::Billing;
use crate::quote::tax::TaxRule;

/// How the amounts of a quote come to what is paid.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Settlement {
    /// Whether prices are with tax.
    pub prices: TaxIn,
    /// Where tax is rounded.
    #[serde(default, skip_serializing_if = "TaxAt::is_document")]
    pub tax_at: TaxAt,
    /// Who sells, as far as tax depends on it.
    pub seller: Seller,
    /// Which buyers pay another tax: the first that fits.
    pub tax_rules: Vec<TaxRule>,
    /// What is due once is paid in multiples of it, such as 0.05; in minor units where `None`.
    pub cash_step: Option<Decimal>,
    /// Who bears the cent that is left where an amount for the whole quote is shared.
    #[serde(default = "closest", skip_serializing_if = "is_closest")]
    pub leftover: Leftover,
    /// How contracts with dates are billed; `None` where the catalog does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub billing: Option<Billing>,
    /// When to pay; `None` where the catalog does not say.
    pub terms: Option<PaymentTerms>,
}

fn closest() -> Leftover {
    Leftover::LargestRemainder
}

// Serde asks with a reference.
#[allow(clippy::trivially_copy_pass_by_ref)]
fn is_closest(it: &Leftover) -> bool {
    *it == closest()
}

impl Default for Settlement {
    fn default() -> Self {
        Self {
            prices: TaxIn::default(),
            tax_at: TaxAt::default(),
            seller: Seller::default(),
            tax_rules: Vec::new(),
            cash_step: None,
            leftover: closest(),
            billing: None,
            terms: None,
        }
    }
}

impl Settlement {
    /// Whether nothing is said: tax comes on top, and is the same for all buyers.
    pub fn is_plain(&self) -> bool {
        *self == Self::default()
    }
}

/// Whether prices are with tax.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum TaxIn {
    /// Tax comes on top of them: for businesses.
    #[default]
    OnTop,
    /// They contain it: for consumers, who are shown what they pay.
    Contained,
}

/// Where tax is rounded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum TaxAt {
    /// Once for each rate, of the sum of all amounts: EN 16931 (BR-CO-17).
    #[default]
    Document,
    /// Of each line.
    Line,
    /// Of one piece; that is then multiplied.
    Unit,
}

impl TaxAt {
    /// Whether it is rounded once for each rate.
    pub fn is_document(&self) -> bool {
        *self == Self::Document
    }
}

/// Who sells, as far as tax depends on it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seller {
    /// ISO 3166-1 code.
    pub country: Option<String>,
    /// VAT number, with the country's prefix.
    pub vat_id: Option<String>,
}
