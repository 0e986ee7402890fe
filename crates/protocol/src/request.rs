use std::collections::BTreeMap;

use jiff::civil::Date;
use quotewright_engine::delivery::{CallOff, Plan};
use quotewright_engine::price::{Ramp, Step};
use quotewright_engine::quote::recurring::ContractDates;
use quotewright_engine::quote::tax::{Buyer, Needed};
use quotewright_engine::quote::{
    Counting, Exchanged, IfTaken, Payment, ProposalError, Proposed, QuotedLine, RecurringTotals,
    Totals,
};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// A buyer's request for a quote.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuoteRequest {
    /// [`FORMAT`](crate::FORMAT) of the writer.
    pub format: u32,
    /// Code of the catalog.
    pub catalog: String,
    /// Hash of the catalog that was configured.
    pub catalog_hash: String,
    /// Hash of the price pack; `None` where prices are hidden from this buyer.
    pub pack_hash: Option<String>,
    /// The day whose prices were shown.
    pub price_date: Date,
    /// The buyer's locale.
    pub locale: String,
    /// Who asks.
    pub contact: Contact,
    /// Who buys, as far as tax depends on it.
    #[serde(default, skip_serializing_if = "TaxedBuyer::is_empty")]
    pub buyer: TaxedBuyer,
    /// Free text for the supplier; may be empty.
    pub note: String,
    /// When the goods should arrive.
    pub delivery_date: Option<Date>,
    /// When the contract should begin and end, for what is due repeatedly.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contract_dates: Option<ContractDates>,
    /// Codes of promotions that the buyer has entered.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub promotions: Vec<String>,
    /// Answers to the catalog's questions about the quote as a whole, by attribute code; only
    /// what is asked, not what the lines say.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub answers: BTreeMap<String, String>,
    /// What is asked for, at least one line.
    pub lines: Vec<RequestLine>,
    /// Totals as the browser worked them out; only compared. `None` where prices are hidden.
    pub totals: Option<RequestTotals>,
}

/// Who asks.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// Company name.
    pub company: String,
    /// Name of the person.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// Telephone number; may be empty.
    pub phone: String,
}

/// Who buys, as far as tax depends on it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TaxedBuyer {
    /// ISO 3166-1 code; empty where the buyer is taxed as at home.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub country: String,
    /// VAT number, with the country's prefix; empty where there is none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub vat_id: String,
}

impl TaxedBuyer {
    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        self.country.is_empty() && self.vat_id.is_empty()
    }

    /// As the engine asks for it.
    pub fn buyer(&self) -> Buyer<'_> {
        let stated = |text| Some(text).filter(|it: &&str| !it.is_empty());
        Buyer {
            country: stated(&self.country),
            vat_id: stated(&self.vat_id),
            dated: false,
        }
    }
}

impl QuoteRequest {
    /// Who buys, as the engine asks for it where the lines at these positions count.
    pub fn buyer(&self, lines: &[usize]) -> Buyer<'_> {
        let dated = |it: &RequestLine| it.delivery_date.is_some() || !it.call_offs.is_empty();
        let mut lines = lines.iter().filter_map(|at| self.lines.get(*at));
        Buyer {
            dated: self.delivery_date.is_some() || lines.all(dated),
            ..self.buyer.buyer()
        }
    }

    /// Which of the lines count.
    ///
    /// # Errors
    /// Where none does, or an alternative is to no other line that does.
    pub fn counting(&self) -> Result<Counting, ProposalError> {
        Counting::new(self.lines.iter().map(|line| line.proposed))
    }
}

/// One line of a request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RequestLine {
    /// Code of the product.
    pub product: String,
    /// Pieces, at least one.
    pub quantity: u32,
    /// How the quantity changes over the term.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ramp: Vec<Ramp>,
    /// What the buyer chose, by attribute code.
    pub decisions: BTreeMap<String, String>,
    /// The whole configuration, by attribute code.
    pub assignment: BTreeMap<String, String>,
    /// When it should arrive, where that is not when all should.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivery_date: Option<Date>,
    /// Parts of it with dates of their own; they add up to the quantity.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub call_offs: Vec<CallOff>,
    /// What it is proposed as, where it does not count in the totals; its amounts are then those
    /// that it would have if it were taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proposed: Option<Proposed>,
    /// Net price of one piece as the browser worked it out; only compared.
    pub unit_net: Option<Decimal>,
    /// Net amount as the browser worked it out; only compared.
    pub net: Option<Decimal>,
}

/// Totals as the browser worked them out; only compared.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RequestTotals {
    /// Sum of the lines.
    pub net: Decimal,
    /// All taxes.
    pub tax: Decimal,
    /// Net plus taxes.
    pub gross: Decimal,
    /// All that is due, once and over the terms, before tax.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contract_total: Option<Decimal>,
}

/// Where a request stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum QuoteState {
    /// Kept by the supplier's endpoint; not answered yet.
    Received,
}

/// What the endpoint answers when it has kept a request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Receipt {
    /// Unguessable; who knows it may read the request.
    pub id: String,
    /// Number for people, such as `Q-2026-00042`.
    pub number: String,
    /// Where it stands.
    pub state: QuoteState,
    /// When it was kept, UTC, RFC 3339.
    pub received_at: String,
    /// Who asked, for the supplier's list.
    pub company: String,
    /// Number of lines.
    pub lines: usize,
    /// Currency and totals as the endpoint worked them out; `None` where prices are hidden.
    pub totals: Option<Totals>,
    /// ISO 4217 code; `None` where prices are hidden.
    pub currency: Option<String>,
    /// Whether the price is the supplier's to confirm.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub to_confirm: bool,
    /// The most days that something asked for is late, as the endpoint worked it out; 0 where
    /// all is in time.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub late_days: u32,
}

fn is_zero(number: &u32) -> bool {
    *number == 0
}

/// A request as it was kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StoredRequest {
    /// What was answered.
    pub receipt: Receipt,
    /// What was asked.
    pub request: QuoteRequest,
    /// Version of the engine that worked the lines out.
    pub engine: String,
    /// Code of the price book; `None` where prices are hidden.
    pub book: Option<String>,
    /// The lines as the endpoint worked them out.
    pub lines: Vec<StoredLine>,
    /// What is for the quote as a whole; `None` where prices are hidden.
    pub whole: Option<StoredWhole>,
    /// When it can be there, counted from the day on which it was received; `None` where that
    /// cannot be worked out, or it was kept before this was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivery: Option<Plan>,
}

/// What the endpoint worked out for the quote as a whole. What is due once stands in the receipt.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StoredWhole {
    /// What is added for all lines together.
    pub steps: Vec<Step>,
    /// What is due repeatedly.
    pub recurring: Vec<RecurringTotals>,
    /// What it adds or takes of what is due repeatedly that the buyer pays another tax than
    /// prices contain, by month.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exchanged: Vec<Exchanged>,
    /// What the taxes want the buyer to state, and whether it is.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub requirements: Vec<Needed>,
    /// All that is due, once and over the terms, before tax; where prices contain tax, with the
    /// tax that this buyer pays.
    pub contract_total: Decimal,
    /// When to pay what is due once; `None` where the catalog does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payment: Option<Payment>,
}

/// One line as the endpoint worked it out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StoredLine {
    /// What it costs and how that comes about, as if it were taken where it does not count;
    /// `None` where prices are hidden.
    pub price: Option<QuotedLine>,
    /// Working days to dispatch.
    pub working_days: u32,
    /// What taking it would make of the quote, where it does not count and prices are not
    /// hidden.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub if_taken: Option<IfTaken>,
    /// Days that all lines together would arrive later, where it does not count and that is
    /// known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days_later: Option<i32>,
}
