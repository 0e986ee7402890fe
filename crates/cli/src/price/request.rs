//! What `quotewright price` is asked, as JSON.

use std::collections::BTreeMap;

use jiff::civil::Date;
use quotewright_engine::price;
use quotewright_engine::price::books::Facts;
use quotewright_engine::quote::tax::Buyer;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

/// A quote to be priced.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Request {
    /// The customer whose price books count; without any of the facts about the buyer, the
    /// public book does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer: Option<String>,
    /// The group of customers that the buyer belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// The contract under which the buyer asks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contract: Option<String>,
    /// ISO 3166-1 code of the buyer's country, such as `NL`, for price books and taxes; taxed
    /// as at home where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// The buyer's VAT number, with the country's prefix.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vat_id: Option<String>,
    /// The channel through which the buyer asks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<String>,
    /// The partner through whom the buyer asks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partner: Option<String>,
    /// The day whose prices hold, as 2026-12-31; today where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub date: Option<Date>,
    /// Codes of promotions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub promotions: Vec<String>,
    /// Answers to the questions about the quote as a whole, by attribute; the others are
    /// completed as the catalog wishes.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub quote: BTreeMap<String, Json>,
    /// What is asked for, at least one line.
    pub lines: Vec<Line>,
}

/// One line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// Code of the product; may be left out where the catalog has only one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product: Option<String>,
    /// Pieces; one where left out.
    #[serde(default = "one")]
    pub quantity: u32,
    /// What is decided, by attribute; the others are completed as the catalog wishes.
    #[serde(default)]
    pub configuration: BTreeMap<String, Json>,
    /// How the quantity changes over the term.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ramp: Vec<Ramp>,
}

fn one() -> u32 {
    1
}

/// Another quantity from a month of the term on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Ramp {
    /// Month of the term; the first is 1.
    pub month: u32,
    /// Pieces from then on.
    pub quantity: u32,
}

impl Request {
    /// What is known of the buyer, as price books ask for it.
    pub fn facts(&self) -> Facts {
        let facts = [
            ("customer", &self.customer),
            ("group", &self.group),
            ("contract", &self.contract),
            ("country", &self.country),
            ("channel", &self.channel),
            ("partner", &self.partner),
        ];
        let facts = facts.into_iter();
        facts
            .filter_map(|(fact, value)| Some((fact.to_owned(), vec![value.clone()?])))
            .collect()
    }

    /// The buyer, as far as tax depends on it.
    pub fn buyer(&self) -> Buyer<'_> {
        Buyer {
            country: self.country.as_deref(),
            vat_id: self.vat_id.as_deref(),
        }
    }
}

impl Line {
    /// The ramp as the engine counts it.
    ///
    /// # Errors
    /// Where the months do not ascend from 1.
    pub fn ramp(&self) -> Result<Vec<price::Ramp>, String> {
        let months = self.ramp.iter().map(|it| it.month);
        if !months.clone().is_sorted_by(|one, next| one < next) || months.min() == Some(0) {
            return Err("the months of a ramp ascend and begin with 1 or later".to_owned());
        }
        let step = |it: &Ramp| price::Ramp {
            from: it.month - 1,
            quantity: it.quantity,
        };
        Ok(self.ramp.iter().map(step).collect())
    }
}
