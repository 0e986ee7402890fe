//! What `quotewright price` answers, as JSON.

use std::collections::BTreeMap;

use quotewright_engine::catalog::{Model, Value};
use quotewright_engine::price;
use quotewright_engine::quote;
use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::delivery::Delivery;
use super::inputs::Input;
use super::promotions::Unused;
use super::proposed::{IfTaken, Proposed};
use super::supplier::Supplier;
use super::totals::{Needed, Payment, RecurringTotals, Totals};

/// A priced quote. All amounts are decimals as text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Answer {
    /// Code of the catalog.
    pub catalog: String,
    /// Hash of the catalog.
    pub catalog_hash: String,
    /// Code of the price book.
    pub book: String,
    /// Hash of the prices.
    pub pack_hash: String,
    /// The day whose prices hold, as 2026-12-31.
    pub date: String,
    /// ISO 4217 code of the currency.
    pub currency: String,
    /// The lines, in the order of the request.
    pub lines: Vec<Line>,
    /// The answers about the quote as a whole and what its lines say of it, by attribute.
    pub quote: BTreeMap<String, String>,
    /// What is added for the quote as a whole.
    pub steps: Vec<Step>,
    /// What no line bears of them, where the catalog leaves that apart.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rests: Vec<Share>,
    /// What is due once.
    pub totals: Totals,
    /// What is due repeatedly.
    pub recurring: Vec<RecurringTotals>,
    /// What it adds or takes of all that is due repeatedly that the buyer pays another tax than
    /// prices contain; part of `contract_total`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exchanged: Option<String>,
    /// All that is due, once and over the terms, before tax; where prices contain tax, with the
    /// tax that this buyer pays.
    pub contract_total: String,
    /// What the taxes want the buyer to state before there is an invoice, and whether it is.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub requirements: Vec<Needed>,
    /// When to pay what is due once, where the catalog says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payment: Option<Payment>,
    /// Whether the price is the supplier's to confirm.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub to_confirm: bool,
    /// Codes of promotions that made no difference.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unused_promotions: Vec<Unused>,
    /// What the quote leaves the supplier, where that was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supplier: Option<Supplier>,
    /// When it can be there, where that is asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivery: Option<Delivery>,
}

/// One line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Line {
    /// Code of the product.
    pub product: String,
    /// Pieces.
    pub quantity: u32,
    /// The whole configuration, by attribute.
    pub configuration: BTreeMap<String, String>,
    /// What is due once.
    pub once: Charge,
    /// What is due repeatedly.
    pub recurring: Vec<Recurring>,
    /// Months of the term; 0 where nothing is due repeatedly.
    pub term: u32,
    /// What is due once and over the term.
    pub contract_total: String,
    /// Code of the tax.
    pub tax: String,
    /// Hundredths of tax.
    pub tax_percent: String,
    /// What the line bears of the steps for the whole quote.
    pub shares: Vec<Share>,
    /// The next quantity at which a piece gets cheaper.
    pub next_tier: Option<NextTier>,
    /// What the line is proposed as, where it does not count in the totals; all about it is then
    /// told as it would be if it were taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proposed: Option<Proposed>,
    /// What taking it would make of the quote, where it does not count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub if_taken: Option<IfTaken>,
}

/// What is due at one time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Charge {
    /// The steps for one piece; they add up to `unit`.
    pub unit_steps: Vec<Step>,
    /// The price of one piece.
    pub unit: String,
    /// The steps for the line as a whole.
    pub line_steps: Vec<Step>,
    /// What rounding the line added or took.
    pub rounding: String,
    /// Pieces times `unit`, the steps for the line, and `rounding`.
    pub net: String,
}

/// What is due repeatedly for some months.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Recurring {
    /// `monthly`, `quarterly` or `yearly`.
    pub due: String,
    /// First month of the term, from 1.
    pub month: u32,
    /// For how many months.
    pub months: u32,
    /// Pieces in these months.
    pub quantity: u32,
    /// What is due each time.
    pub charge: Charge,
    /// What is billed of them, where the contract has dates.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub billed: Vec<Billed>,
    /// All that is due in these months.
    pub total: String,
}

/// Periods of a contract, or a part of one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Billed {
    /// The first day.
    pub from: String,
    /// The last day.
    pub until: String,
    /// How many periods, or which part of one, such as `15/31`.
    pub periods: String,
    /// What they come to.
    pub amount: String,
}

/// One named step of a waterfall.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Step {
    /// Code of the step; `rounding` for what rounding added or took.
    pub step: String,
    /// Its name, by language.
    pub label: BTreeMap<String, String>,
    /// What it was worked out from.
    pub basis: Basis,
    /// What else decided it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub inputs: Vec<Input>,
    /// What it adds, or takes where below zero.
    pub amount: String,
}

/// What a step was worked out from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Basis {
    /// An amount as it stands in the price book.
    Amount,
    /// `rate` for each of `units`.
    PerUnit {
        /// Price of one unit.
        rate: String,
        /// How many units.
        units: String,
        /// Symbol of one unit.
        unit: String,
        /// For how many units the rate is, where it is not for one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        price_unit: Option<String>,
    },
    /// The share of each tier that has one.
    Tiers {
        /// Symbol of what is counted; empty for pieces.
        unit: String,
        /// The shares; they add up to the amount.
        shares: Vec<TierShare>,
    },
    /// The price of a chosen option.
    Option {
        /// The attribute.
        attribute: String,
        /// The option.
        option: String,
    },
    /// `percent` of `base`.
    Percent {
        /// Hundredths.
        percent: String,
        /// What it is taken of.
        base: String,
    },
    /// What is missing to a least, or above a most.
    Bounds {
        /// What is bounded.
        base: String,
        /// The least.
        least: Option<String>,
        /// The most.
        most: Option<String>,
    },
    /// What takes `base` to an agreed price.
    Fixed {
        /// What it would be.
        base: String,
        /// What it is.
        price: String,
    },
    /// The difference that rounding makes.
    Rounding,
}

/// The share of one tier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TierShare {
    /// Which tier, from 1.
    pub tier: usize,
    /// Units, packages or blocks that it prices.
    pub units: String,
    /// Price of each.
    pub rate: String,
    /// What the tier costs once.
    pub flat: String,
    /// Units times rate, and the flat fee.
    pub amount: String,
}

/// What a line bears of a step for the whole quote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Share {
    /// Code of the step.
    pub step: String,
    /// The amount.
    pub amount: String,
}

/// The next quantity at which a piece gets cheaper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct NextTier {
    /// Pieces from which it holds.
    pub from: u32,
    /// Price of one piece from there.
    pub unit: String,
}

impl Line {
    /// The line as it is told.
    pub fn new(model: &Model, values: &[Value], line: &quote::QuotedLine) -> Self {
        let price = &line.price;
        let recurring = price.recurring.iter().map(|it| Recurring {
            due: it.due.word().to_owned(),
            month: it.from + 1,
            months: it.months,
            quantity: it.quantity,
            charge: Charge::new(model, &it.charge),
            billed: it.billed.iter().map(Billed::from).collect(),
            total: it.total.to_string(),
        });
        Self {
            product: model.product.clone(),
            quantity: price.quantity,
            configuration: configuration(model, values),
            once: Charge::new(model, &price.once),
            recurring: recurring.collect(),
            term: price.term,
            contract_total: price.contract_total.to_string(),
            tax: price.tax.clone(),
            tax_percent: price.tax_percent.to_string(),
            shares: line.shares.iter().map(Share::from).collect(),
            next_tier: price.next_tier.map(|it| NextTier {
                from: it.from,
                unit: it.unit_net.to_string(),
            }),
            proposed: None,
            if_taken: None,
        }
    }
}

/// What is there of a configuration, by attribute.
pub fn configuration(model: &Model, values: &[Value]) -> BTreeMap<String, String> {
    let attributes = model.indices().zip(&model.attributes).zip(values);
    attributes
        .filter(|(_, value)| **value != Value::Absent)
        .map(|((index, it), value)| (it.code.clone(), model.value_to_text(index, *value)))
        .collect()
}

impl Charge {
    fn new(model: &Model, charge: &quote::Charge) -> Self {
        Self {
            unit_steps: steps(model, &charge.piece.steps),
            unit: charge.piece.total.to_string(),
            line_steps: steps(model, &charge.steps),
            rounding: charge.rounding.to_string(),
            net: charge.net.to_string(),
        }
    }
}

/// What another tax makes of all that is due repeatedly; `None` where it makes nothing.
pub fn exchanged(months: &[quote::Exchanged], minor_units: u32) -> Option<String> {
    let sum: Decimal = months.iter().map(|it| it.amount).sum();
    let mut sum = sum.normalize();
    sum.rescale(sum.scale().max(minor_units));
    (!sum.is_zero()).then(|| sum.to_string())
}

/// Steps as they are told. Of a whole configuration none is open.
pub fn steps(model: &Model, steps: &[price::Step]) -> Vec<Step> {
    let step = |it: &price::Step| {
        Some(Step {
            step: it.code.clone(),
            label: it.label.translations().collect(),
            basis: basis(model, &it.basis)?,
            inputs: it.inputs.iter().map(|it| Input::new(model, it)).collect(),
            amount: it.amount?.to_string(),
        })
    };
    steps.iter().filter_map(step).collect()
}

fn basis(model: &Model, basis: &price::Basis) -> Option<Basis> {
    let text = |number: &Decimal| number.normalize().to_string();
    Some(match basis {
        price::Basis::Amount => Basis::Amount,
        price::Basis::PerUnit {
            rate,
            units,
            unit,
            price_unit,
        } => Basis::PerUnit {
            rate: text(rate),
            units: text(units),
            unit: unit.clone(),
            price_unit: price_unit.as_ref().map(text),
        },
        price::Basis::Tiers { unit, parts } => Basis::Tiers {
            unit: unit.clone(),
            shares: parts.iter().map(TierShare::new).collect(),
        },
        price::Basis::Bounds { base, least, most } => Basis::Bounds {
            base: text(base),
            least: least.as_ref().map(text),
            most: most.as_ref().map(text),
        },
        price::Basis::Fixed { base, price } => Basis::Fixed {
            base: text(base),
            price: text(price),
        },
        price::Basis::Option { attribute, option } => Basis::Option {
            attribute: model.attribute(*attribute)?.code.clone(),
            option: model.value_to_text(*attribute, Value::Option(*option)),
        },
        price::Basis::Percent { percent, base } => Basis::Percent {
            percent: text(percent),
            base: text(base),
        },
        price::Basis::Rounding => Basis::Rounding,
        price::Basis::Open { .. } => return None,
    })
}

impl From<&quote::Share> for Share {
    fn from(share: &quote::Share) -> Self {
        Self {
            step: share.step.clone(),
            amount: share.amount.to_string(),
        }
    }
}

impl From<&quote::recurring::Billed> for Billed {
    fn from(billed: &quote::recurring::Billed) -> Self {
        Self {
            from: billed.from.to_string(),
            until: billed.until.to_string(),
            periods: billed.periods.to_string(),
            amount: billed.amount.to_string(),
        }
    }
}

impl TierShare {
    fn new(part: &price::scales::ScaledPart) -> Self {
        let text = |number: Decimal| number.normalize().to_string();
        Self {
            tier: part.tier + 1,
            units: text(part.units),
            rate: text(part.rate),
            flat: text(part.flat),
            amount: text(part.amount),
        }
    }
}
