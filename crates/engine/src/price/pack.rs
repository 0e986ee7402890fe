use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{Applies, Counted, PriceRule, Settlement};
use crate::catalog::{ArithmeticError, AttributeIndex, Formula, Text, Value};
use crate::money::{Rounding, RoundingMode, exact};
use crate::quote::tax::en16931::VatCategory;

/// One buyer's prices for one catalog. Private: it holds that buyer's terms.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PricePack {
    /// [`FORMAT`](crate::catalog::FORMAT) of the writer.
    pub format: u32,
    /// Code of the catalog.
    pub catalog: String,
    /// Hash of the catalog that the indices refer to.
    pub catalog_hash: String,
    /// SHA-256 in hexadecimal of this pack's own canonical source.
    pub hash: String,
    /// Code of the price book.
    pub book: String,
    /// Name of the price book.
    pub label: Text,
    /// What amounts are in.
    pub currency: Currency,
    /// How amounts are rounded.
    pub rounding: RoundingPolicy,
    /// First day on which the prices hold.
    pub valid_from: Option<Date>,
    /// Last day on which the prices hold.
    pub valid_until: Option<Date>,
    /// Taxes by category.
    pub taxes: Vec<Tax>,
    /// How amounts come to what is paid.
    #[serde(default, skip_serializing_if = "Settlement::is_plain")]
    pub settlement: Settlement,
    /// Prices by product.
    pub products: Vec<ProductPrices>,
    /// What is added for a quote as a whole, such as freight or for a small order; its product
    /// is the questions about the quote.
    pub whole: Option<ProductPrices>,
}

/// A currency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Currency {
    /// ISO 4217 code, such as `EUR`.
    pub code: String,
    /// ISO 4217 minor units: 2 for EUR.
    pub minor_units: u32,
}

/// How and when amounts are rounded to the minor unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundingPolicy {
    /// Which neighbour an amount between two becomes.
    pub mode: RoundingMode,
    /// Where it happens.
    pub moment: RoundingMoment,
    /// Results are multiples of it, such as 0.05 or 0.0001; of the minor unit where `None`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step: Option<Decimal>,
}

impl RoundingPolicy {
    /// `amount` rounded, and written with at least `minor_units` decimals.
    ///
    /// # Errors
    /// Where the result does not fit.
    pub fn round(&self, amount: Decimal, minor_units: u32) -> Result<Decimal, ArithmeticError> {
        let rounded = match self.step {
            None => self.mode.round(amount, minor_units),
            Some(_) => (self.rounding(minor_units).round(amount)).map_err(|_| ArithmeticError)?,
        };
        Ok(exact::money(rounded, minor_units))
    }

    /// To which step, and how.
    pub fn rounding(&self, minor_units: u32) -> Rounding {
        match (self.step, self.mode) {
            (None, mode) => Rounding::to_decimals(minor_units, mode),
            (Some(step), mode) => Rounding { step, mode },
        }
    }
}

/// Where amounts are rounded; where tax is, says [`TaxAt`](super::TaxAt).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RoundingMoment {
    /// The price of one piece is rounded, then multiplied.
    Unit,
    /// The net amount of a line is rounded.
    Line,
    /// Only the document's total is rounded.
    Document,
}

/// A tax category and its rate.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tax {
    /// Code in the sheets.
    pub code: String,
    /// Name for the buyer.
    pub label: Text,
    /// Hundredths.
    pub percent: Decimal,
    /// Why it is due or not, as on invoices; `None` where the catalog does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<VatCategory>,
    /// Why no tax is due, for the buyer; empty where it is due.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub exemption: Text,
}

/// The prices of one product.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProductPrices {
    /// Code of the product.
    pub product: String,
    /// Position in [`PricePack::taxes`].
    pub tax: usize,
    /// Products of one group are counted together where a step says so; the product alone
    /// where `None`.
    pub group: Option<String>,
    /// Months for which what is due repeatedly is bought; one year where `None`.
    pub term: Option<Formula>,
    /// What one piece weighs, in kilograms.
    pub weight: Option<Formula>,
    /// How many can be asked for on a line.
    #[serde(default, skip_serializing_if = "Quantities::is_any")]
    pub quantities: Quantities,
    /// Price tables that steps look amounts up in.
    pub tables: Vec<PriceTable>,
    /// Steps of the waterfall, in order.
    pub steps: Vec<PriceStep>,
}

impl ProductPrices {
    /// Whether the pieces of other lines decide an amount.
    pub(crate) fn counts_beside(&self) -> bool {
        self.steps.iter().any(|step| {
            let pieces = step.applies.pieces.map(|it| it.counts);
            let mut counts = pieces.into_iter().chain(step.rule.kind().counts());
            counts.any(Counted::is_beside)
        })
    }

    /// Position of the tax of the step with this code: its own, or that of the product.
    pub(crate) fn tax_of(&self, step: &str) -> usize {
        let step = self.steps.iter().find(|it| it.code == step);
        step.and_then(|it| it.tax).unwrap_or(self.tax)
    }
}

impl PricePack {
    /// How many pieces of a product a line can have; any number where it has no price.
    pub fn quantities(&self, product: &str) -> Quantities {
        let prices = self.products.iter().find(|it| it.product == product);
        prices.map(|it| it.quantities).unwrap_or_default()
    }
}

/// How many pieces of a product a line of a quote can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quantities {
    /// At least so many.
    pub least: u32,
    /// Multiples of so many.
    pub step: u32,
}

impl Default for Quantities {
    fn default() -> Self {
        Self { least: 1, step: 1 }
    }
}

impl Quantities {
    /// Whether any number will do.
    pub fn is_any(&self) -> bool {
        *self == Self::default()
    }

    /// Whether `quantity` will do.
    pub fn allow(&self, quantity: u32) -> bool {
        quantity >= self.least && quantity.checked_rem(self.step) == Some(0)
    }

    /// The first that will do from `quantity` on; the last that does up to `most` where that is
    /// more.
    pub fn from(&self, quantity: u32, most: u32) -> u32 {
        let step = self.step.max(1);
        let first = quantity.max(self.least).max(1).div_ceil(step);
        let last = (most / step).max(1);
        first.min(last).saturating_mul(step)
    }

    /// The last that will do below `quantity`, else the first of all.
    pub fn below(&self, quantity: u32) -> u32 {
        let step = self.step.max(1);
        let before = (quantity.saturating_sub(1) / step).saturating_mul(step);
        before.max(self.from(0, u32::MAX))
    }
}

/// One named step of the waterfall.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PriceStep {
    /// Code in the sheets.
    pub code: String,
    /// Name for the buyer.
    pub label: Text,
    /// What its amount is for.
    pub level: Level,
    /// How often its amount is due.
    pub due: Due,
    /// When it counts.
    pub applies: Applies,
    /// What its amount is rounded to; not at all where `None`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rounding: Option<Rounding>,
    /// Of a step for the whole quote that stands apart, the position of its tax; that of the
    /// quote where `None`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tax: Option<usize>,
    /// Of a step for the whole quote, the groups of products whose lines alone bear it; all
    /// lines where there are none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bearers: Vec<String>,
    /// Steps with the same number, one below the other, compete: the one with the lowest
    /// amount counts, of those as low the first.
    pub rivals: Option<u32>,
    /// How its amount is worked out.
    pub rule: PriceRule,
}

/// What the amount of a step is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Level {
    /// One piece.
    #[default]
    Piece,
    /// All pieces of the line together. After the steps for one piece.
    Line,
    /// All lines of the quote together.
    Quote(Sharing),
}

/// How what is for the whole quote comes to the lines, and so to their taxes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Sharing {
    /// By what the lines cost.
    ByNet,
    /// By the pieces on the lines.
    ByPieces,
    /// By what the lines weigh.
    ByWeight,
    /// The same to each line.
    Equally,
    /// Not at all: it is charged by itself, at the tax of the quote.
    Apart,
}

/// How often an amount is due.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Due {
    /// Once, with the order.
    #[default]
    Once,
    /// Every month of the term.
    Monthly,
    /// Every three months of the term.
    Quarterly,
    /// Every twelve months of the term.
    Yearly,
}

impl Due {
    /// All with their words.
    pub const NAMED: [(&'static str, Self); 4] = [
        ("once", Self::Once),
        ("monthly", Self::Monthly),
        ("quarterly", Self::Quarterly),
        ("yearly", Self::Yearly),
    ];

    /// Its word.
    pub fn word(self) -> &'static str {
        let mut named = Self::NAMED.into_iter();
        named
            .find(|(_, it)| *it == self)
            .map_or("", |(word, _)| word)
    }

    /// Months from one time to the next; `None` where there is no next.
    pub fn months(self) -> Option<u32> {
        match self {
            Self::Once => None,
            Self::Monthly => Some(1),
            Self::Quarterly => Some(3),
            Self::Yearly => Some(12),
        }
    }
}

/// What a step is worked out of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Base {
    /// All that is due as often so far, rounding of the price of one piece included.
    Before,
    /// The earlier steps at these positions, before any rounding.
    Steps(Vec<usize>),
    /// For the whole quote: what the lines with products of these groups cost.
    Groups(Vec<String>),
}

/// Amounts by the values of one or more attributes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PriceTable {
    /// Code in the sheets.
    pub code: String,
    /// The attributes that choose the row.
    pub keys: Vec<AttributeIndex>,
    /// The rows: the first that matches in every key counts.
    pub rows: Vec<PriceRow>,
}

/// One row of a [`PriceTable`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PriceRow {
    /// One for each of [`PriceTable::keys`].
    pub keys: Vec<LookupKey>,
    /// The amount.
    pub amount: Decimal,
}

/// What a key of a row matches.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum LookupKey {
    /// This option.
    Option(usize),
    /// Any number up to and including this one.
    UpTo(Decimal),
}

impl LookupKey {
    /// Whether a value is the option, or a number not above the limit.
    pub fn matches(&self, value: Value) -> bool {
        match (self, value) {
            (Self::Option(expected), Value::Option(option)) => *expected == option,
            (Self::UpTo(limit), Value::Number(number)) => number <= *limit,
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_number_of_pieces_that_is_sold() {
        let any = Quantities::default();
        let boxes = Quantities { least: 10, step: 4 };
        for (sold, quantity, from, below) in [
            (any, 0, 1, 1),
            (any, 7, 7, 6),
            (any, 101, 100, 100),
            (boxes, 1, 12, 12),
            (boxes, 13, 16, 12),
            (boxes, 16, 16, 12),
            (boxes, 101, 100, 100),
        ] {
            let found = (sold.from(quantity, 100), sold.below(quantity));
            assert_eq!(found, (from, below), "{sold:?} {quantity}");
            assert!(sold.allow(found.0) && sold.allow(found.1));
        }
    }
}
