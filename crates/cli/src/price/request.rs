//! What `quotewright price` is asked, as JSON.

use std::collections::BTreeMap;

use jiff::civil::Date;
use quotewright_engine::delivery::{self, WantedLine};
use quotewright_engine::price::books::Facts;
use quotewright_engine::price::{self, Currency, Due};
use quotewright_engine::quote::recurring::ContractDates;
use quotewright_engine::quote::tax::Buyer;
use quotewright_engine::quote::{Counting, Manual};
use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::delivery::{CallOff, Question};
use super::proposed::Proposed;

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
    /// The day on which the contract begins, for what is due repeatedly.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub start: Option<Date>,
    /// Its last day; that of the term in whole months where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub until: Option<Date>,
    /// Codes of promotions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub promotions: Vec<String>,
    /// Answers to the questions about the quote as a whole, by attribute; the others are
    /// completed as the catalog wishes.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub quote: BTreeMap<String, Json>,
    /// When it is wanted; also asks when it can be there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivery: Option<Question>,
    /// What is asked for, at least one line.
    pub lines: Vec<Line>,
    /// What has been paid already, of what is due once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prepaid: Option<String>,
    /// Changes by hand, by the supplier, in the order in which they are made.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub adjustments: Vec<Adjustment>,
}

/// A change by hand: by one of `percent`, `amount` and `price`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Adjustment {
    /// The line, from 1; the quote as a whole where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// `once`, `monthly`, `quarterly` or `yearly`: what is changed; once where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<String>,
    /// Hundredths, added; below zero for a discount.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub percent: Option<String>,
    /// An amount, added; below zero for a discount.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<String>,
    /// What it comes to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<String>,
    /// Why.
    pub reason: String,
    /// Why it may pass a floor.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub below_floor: Option<String>,
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
    /// When it should arrive, where that is not when all should; asks as `delivery` does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub requested: Option<Date>,
    /// Parts of it with dates of their own; asks as `delivery` does.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub call_offs: Vec<CallOff>,
    /// Pieces bought earlier in the period of the contract, for steps that count them.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub earlier: u32,
    /// What was billed earlier in the period of the contract, for steps that count it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub billed: Option<String>,
    /// What the line is proposed as, where it does not count in the totals.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proposed: Option<Proposed>,
}

// Serde asks with a reference.
#[allow(clippy::trivially_copy_pass_by_ref)]
fn is_zero(it: &u32) -> bool {
    *it == 0
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

/// An amount from zero on.
fn from_zero(name: &str, text: &str) -> Result<Decimal, String> {
    let amount = Decimal::from_str_exact(text).ok();
    let amount = amount.filter(|it| !it.is_sign_negative());
    amount.ok_or_else(|| format!("`{name}` cannot be `{text}`: write an amount such as 12.50"))
}

impl Request {
    /// What has been paid already.
    ///
    /// # Errors
    /// Where that is no amount of the currency from zero on.
    pub fn prepaid(&self, currency: &Currency) -> Result<Option<Decimal>, String> {
        let Some(text) = self.prepaid.as_deref() else {
            return Ok(None);
        };
        let amount = from_zero("prepaid", text)?;
        let (code, decimals) = (&currency.code, currency.minor_units);
        match amount.normalize().scale() <= decimals {
            true => Ok(Some(amount)),
            false => Err(format!(
                "`prepaid` cannot be `{text}`: an amount in {code} has {decimals} decimals at most"
            )),
        }
    }

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

    /// When the contract begins and ends.
    ///
    /// # Errors
    /// Where it says when it ends, and not when it begins.
    pub fn dates(&self) -> Result<Option<ContractDates>, String> {
        let until = self.until;
        match self.start {
            None if until.is_some() => Err("say `start`, too: when the contract begins".to_owned()),
            start => Ok(start.map(|start| ContractDates { start, until })),
        }
    }

    /// The buyer, as far as tax depends on it, where the lines at these positions count.
    pub fn buyer(&self, lines: &[usize]) -> Buyer<'_> {
        let mut lines = lines.iter().filter_map(|at| self.lines.get(*at));
        let whole = self.delivery.as_ref();
        let dated = whole.is_some_and(|it| it.requested.is_some());
        Buyer {
            country: self.country.as_deref(),
            vat_id: self.vat_id.as_deref(),
            dated: dated || lines.all(Line::is_dated),
        }
    }

    /// Which of the lines count.
    ///
    /// # Errors
    /// Where none does, or an alternative is to no other line that does.
    pub fn counting(&self) -> Result<Counting, String> {
        let lines = self.lines.iter().enumerate().map(|(at, line)| {
            let proposed = line.proposed.map(Proposed::position).transpose();
            proposed.map_err(|error| format!("line {}: {error}", at + 1))
        });
        let lines = lines.collect::<Result<Vec<_>, _>>()?;
        Counting::new(lines).map_err(|error| error.to_string())
    }
}

impl Adjustment {
    /// The change as the engine makes it.
    ///
    /// # Errors
    /// Where it does not say by what, or has no reason.
    pub fn manual(&self) -> Result<Manual, String> {
        use price::adjust::Adjustment::{Amount, Fixed, Percent};
        let number = |text: &String| {
            let number = Decimal::from_str_exact(text);
            number.map_err(|_| format!("`{text}` is not a number"))
        };
        let change = match (&self.percent, &self.amount, &self.price) {
            (Some(percent), None, None) => Percent(number(percent)?),
            (None, Some(amount), None) => Amount(number(amount)?),
            (None, None, Some(price)) => Fixed(number(price)?),
            _ => return Err("say one of `percent`, `amount` and `price`".to_owned()),
        };
        let reasons = [Some(&self.reason), self.below_floor.as_ref()];
        if reasons.into_iter().flatten().any(|it| it.trim().is_empty()) {
            return Err("say why".to_owned());
        }
        let word = self.due.as_deref().unwrap_or("once");
        let due = Due::NAMED.into_iter().find(|(known, _)| *known == word);
        let (_, due) = due.ok_or_else(|| format!("nothing is due `{word}`"))?;
        let line = match self.line {
            None => None,
            Some(line) => Some(line.checked_sub(1).ok_or("lines are counted from 1")?),
        };
        Ok(Manual {
            line,
            due,
            change,
            below_floor: self.below_floor.is_some(),
        })
    }
}

impl Request {
    /// Whether, and how, it is asked when it can be there.
    pub fn question(&self) -> Option<Question> {
        let of_lines = || {
            self.lines
                .iter()
                .any(Line::is_dated)
                .then(Question::default)
        };
        self.delivery.clone().or_else(of_lines)
    }
}

impl Line {
    fn is_dated(&self) -> bool {
        self.requested.is_some() || !self.call_offs.is_empty()
    }

    /// When it is wanted.
    pub fn wanted(&self) -> WantedLine {
        let call_offs = self.call_offs.iter().map(|it| delivery::CallOff {
            date: it.date,
            quantity: it.quantity,
        });
        WantedLine {
            date: self.requested,
            call_offs: call_offs.collect(),
        }
    }

    /// What was billed earlier.
    ///
    /// # Errors
    /// Where that is no amount from zero on.
    pub fn billed(&self) -> Result<Decimal, String> {
        let billed = (self.billed.as_deref()).map(|it| from_zero("billed", it));
        Ok(billed.transpose()?.unwrap_or_default())
    }

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
