//! What a quote comes to with tax, as `quotewright price` tells it.

use std::collections::BTreeMap;

use quotewright_engine::money::CashTotal;
use quotewright_engine::quote;
use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Totals with tax.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Totals {
    /// What rounding the document added or took.
    pub rounding: String,
    /// Amounts of the lines without tax, in their order, each with what it bears of what is for
    /// the whole quote (BT-131 of EN 16931).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub line_nets: Vec<String>,
    /// Their sum: Sum of Invoice line net amount (BT-106).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line_total: Option<String>,
    /// Without tax and above zero: Sum of allowances on document level (BT-107).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allowance_total: Option<String>,
    /// Without tax: Sum of charges on document level (BT-108).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub charge_total: Option<String>,
    /// Without tax: Invoice total amount without VAT (BT-109).
    pub net: String,
    /// Tax by rate.
    pub taxes: Vec<Tax>,
    /// All taxes: Invoice total VAT amount (BT-110).
    pub tax: String,
    /// With tax: Invoice total amount with VAT (BT-112).
    pub gross: String,
    /// Whether prices, and so the amounts of lines and steps, contain tax.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub contained: bool,
    /// What is taken off the document as a whole, as prices are; left out where nothing is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allowances: Option<String>,
    /// What is added to the document as a whole, as prices are; left out where nothing is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub charges: Option<String>,
    /// What it adds or takes that the buyer pays another tax than prices contain.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exchanged: Option<String>,
    /// What is paid in cash, where the catalog has a cash step.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cash: Option<Cash>,
    /// What has been paid already: Paid amount (BT-113). Not of what is due repeatedly.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prepaid: Option<String>,
    /// What is left to pay: Amount due for payment (BT-115), with the rounding of `cash`
    /// (BT-114). Not of what is due repeatedly.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payable: Option<String>,
}

/// What is paid in cash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Cash {
    /// What is paid: a multiple of the cash step.
    pub total: String,
    /// What that adds or takes; no tax is due on it.
    pub rounding: String,
}

/// When to pay, counted from the date of the prices.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Payment {
    /// Code of the terms.
    pub terms: String,
    /// Their name, by language.
    pub label: BTreeMap<String, String>,
    /// Last day on which to pay, as 2026-12-31.
    pub due: String,
    /// What is to be paid by then.
    pub amount: String,
    /// What paying early saves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub early: Option<Early>,
}

/// What paying early saves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Early {
    /// Last day on which it holds, as 2026-12-31.
    pub until: String,
    /// Hundredths.
    pub percent: String,
    /// What is taken off.
    pub discount: String,
    /// What is to be paid by then.
    pub amount: String,
}

/// Tax at one rate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Tax {
    /// Code of the tax.
    pub tax: String,
    /// Hundredths.
    pub percent: String,
    /// What it is taken of.
    pub base: String,
    /// The tax.
    pub amount: String,
    /// Category of EN 16931, such as `AE`, where the catalog says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// Why no tax is due, by language.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub exemption: BTreeMap<String, String>,
}

/// What a tax wants the buyer to state, and whether it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Needed {
    /// Code of the tax.
    pub tax: String,
    /// Category of EN 16931, such as `K`.
    pub category: String,
    /// The rule of EN 16931, such as `BR-IC-11`.
    pub rule: String,
    /// What it wants, in words.
    pub needs: String,
    /// Whether it is stated.
    pub met: bool,
}

/// What is due each time in some months of the term.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RecurringTotals {
    /// `monthly`, `quarterly` or `yearly`.
    pub due: String,
    /// First month of the term, from 1.
    pub month: u32,
    /// For how many months.
    pub months: u32,
    /// What is due each time.
    pub totals: Totals,
}

impl From<CashTotal> for Cash {
    fn from(cash: CashTotal) -> Self {
        Self {
            total: cash.total.to_string(),
            rounding: cash.rounding.to_string(),
        }
    }
}

impl From<&quote::Totals> for Totals {
    fn from(totals: &quote::Totals) -> Self {
        let taxes = totals.taxes.iter().map(|it| Tax {
            tax: it.code.clone(),
            percent: it.percent.to_string(),
            base: it.base.to_string(),
            amount: it.amount.to_string(),
            category: it.category.map(|it| it.code().to_owned()),
            exemption: it.exemption.translations().collect(),
        });
        let some = |amount: Decimal| (!amount.is_zero()).then(|| amount.to_string());
        Self {
            rounding: totals.rounding.to_string(),
            line_nets: totals.line_nets.iter().map(Decimal::to_string).collect(),
            line_total: Some(totals.line_total.to_string()),
            allowance_total: Some(totals.allowance_total.to_string()),
            charge_total: Some(totals.charge_total.to_string()),
            net: totals.net.to_string(),
            taxes: taxes.collect(),
            tax: totals.tax.to_string(),
            gross: totals.gross.to_string(),
            contained: totals.contained,
            allowances: some(totals.allowances),
            charges: some(totals.charges),
            exchanged: some(totals.exchanged),
            cash: totals.cash.map(Cash::from),
            prepaid: None,
            payable: None,
        }
    }
}

impl Totals {
    /// The same with what is left to pay of it.
    pub fn after(self, prepaid: Decimal, left: Decimal, cash: Option<CashTotal>) -> Self {
        let payable = cash.map_or(left, |cash| cash.total);
        Self {
            prepaid: Some(prepaid.to_string()),
            payable: Some(payable.to_string()),
            cash: cash.map(Cash::from),
            ..self
        }
    }
}

impl From<&quote::tax::Needed> for Needed {
    fn from(it: &quote::tax::Needed) -> Self {
        Self {
            tax: it.tax.clone(),
            category: it.category.code().to_owned(),
            rule: it.rule.clone(),
            needs: it.requirement.to_string(),
            met: it.met,
        }
    }
}

impl From<&quote::Payment> for Payment {
    fn from(it: &quote::Payment) -> Self {
        Self {
            terms: it.terms.clone(),
            label: it.label.translations().collect(),
            due: it.due.to_string(),
            amount: it.amount.to_string(),
            early: it.early.map(|it| Early {
                until: it.until.to_string(),
                percent: it.percent.to_string(),
                discount: it.discount.to_string(),
                amount: it.amount.to_string(),
            }),
        }
    }
}

impl From<&quote::RecurringTotals> for RecurringTotals {
    fn from(it: &quote::RecurringTotals) -> Self {
        Self {
            due: it.due.word().to_owned(),
            month: it.from + 1,
            months: it.months,
            totals: Totals::from(&it.totals),
        }
    }
}
