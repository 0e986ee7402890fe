//! What decided the amount of a step, as `quotewright price` tells it.

use std::collections::BTreeMap;

use quotewright_engine::catalog::{AttributeIndex, Model, Value};
use quotewright_engine::money::RoundingMode;
use quotewright_engine::price::{self, Between, Counted, LookupKey, Named};
use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What decided an amount, besides what its basis says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Input {
    /// Rows of a price table: one, or the neighbours that the amount lies between.
    Table {
        /// The table's name in the catalog.
        table: String,
        /// The rule between its rows: `up`, `down`, `linear` or `exact`.
        between: String,
        /// The rows.
        rows: Vec<Row>,
    },
    /// Where an index stood.
    Index {
        /// Its name in the catalog.
        index: String,
        /// What it came to on the day of the prices.
        value: String,
        /// The day of that value, as 2026-12-31.
        since: String,
        /// Where it stood when the prices were made.
        base: String,
        /// Hundredths that follow it.
        share: String,
    },
    /// How many pieces were counted, where these are not the line's own alone.
    Counted {
        /// `group`, `quote` or `contract`.
        over: String,
        /// How many.
        pieces: u64,
    },
    /// How many bundles there are.
    Bundles {
        /// How many.
        count: u64,
    },
    /// The number that decided a tier.
    Decides {
        /// The number.
        number: String,
    },
    /// What the step is of.
    Of {
        /// All so far (`before`), the steps or the product groups (`groups`) with these names.
        named: Names,
        /// What they come to; for one piece, where the step is of the price of a piece.
        amount: String,
    },
    /// How the amount was rounded, or what the step rounds to.
    Rounded {
        /// To multiples of it.
        step: String,
        /// How, such as `half-up`.
        rounding: String,
    },
}

/// A row of a price table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Row {
    /// What the row is for, by attribute.
    pub keys: BTreeMap<String, String>,
    /// Its amount.
    pub amount: String,
}

/// Earlier amounts, by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Names {
    /// All so far.
    Before,
    /// Steps, without those that add nothing.
    Steps(Vec<String>),
    /// What the lines with products of these groups cost.
    Groups(Vec<String>),
}

impl Input {
    /// The input as it is told.
    pub fn new(model: &Model, input: &price::Input) -> Self {
        match input {
            price::Input::Table {
                table,
                between,
                rows,
            } => Self::Table {
                table: table.clone(),
                between: name(&Between::NAMED, *between),
                rows: rows.iter().map(|it| Row::new(model, it)).collect(),
            },
            price::Input::Index {
                index,
                value,
                since,
                base,
                share,
            } => Self::Index {
                index: index.clone(),
                value: text(*value),
                since: since.to_string(),
                base: text(*base),
                share: text(*share),
            },
            price::Input::Counted { counts, pieces } => Self::Counted {
                over: match counts {
                    Counted::Line => "line",
                    Counted::Group => "group",
                    Counted::Quote => "quote",
                    Counted::Contract => "contract",
                }
                .to_owned(),
                pieces: *pieces,
            },
            price::Input::Bundles { count } => Self::Bundles { count: *count },
            price::Input::Decides { number } => Self::Decides {
                number: text(*number),
            },
            price::Input::Of { named, amount } => Self::Of {
                named: match named {
                    Named::Before => Names::Before,
                    Named::Steps(codes) => Names::Steps(codes.clone()),
                    Named::Groups(groups) => Names::Groups(groups.clone()),
                },
                amount: text(*amount),
            },
            price::Input::Rounded { rounding } => Self::Rounded {
                step: text(rounding.step),
                rounding: name(&RoundingMode::NAMED, rounding.mode),
            },
        }
    }
}

impl Row {
    fn new(model: &Model, row: &price::UsedRow) -> Self {
        let key = |(attribute, key): &(AttributeIndex, LookupKey)| {
            let code = model.attribute(*attribute)?.code.clone();
            let value = match key {
                LookupKey::Option(option) => {
                    model.value_to_text(*attribute, Value::Option(*option))
                }
                LookupKey::UpTo(number) => text(*number),
            };
            Some((code, value))
        };
        Self {
            keys: row.keys.iter().filter_map(key).collect(),
            amount: text(row.amount),
        }
    }
}

fn text(number: Decimal) -> String {
    number.normalize().to_string()
}

fn name<T: Copy + PartialEq, const N: usize>(named: &[(&str, T); N], wanted: T) -> String {
    let found = named.iter().find(|(_, it)| *it == wanted);
    found.map_or_else(String::new, |(name, _)| (*name).to_owned())
}
