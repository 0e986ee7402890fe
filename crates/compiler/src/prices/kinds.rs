//! The kinds of steps: the word of each, what its prices are, which columns say more about it.

use quotewright_engine::money::Rounding;
use quotewright_engine::price::{Fixed, MarginOf, Percent, PriceRule, Round};

use super::quantities::ScaleKind;
use super::rule::Rule;
use super::steps::{Line, Reader};
use super::{amounts, rounded, tiers};
use crate::cells;
use crate::diagnostic::{Diagnostic, Report};
use crate::manifest::PUBLIC;
use crate::sheet::{Cell, Row};

/// A kind of step.
pub(crate) struct Kind {
    /// What stands in the column `kind`.
    word: &'static str,
    /// What stands in the columns `price.*`.
    pub(super) price: Price,
    /// The columns among [`COLUMNS`] that mean something.
    columns: &'static [&'static str],
    read: Read,
}

/// Reads how the amount of a row is worked out.
type Read = for<'a> fn(&Reader<'a, '_>, Line<'a, '_>, &mut Report) -> Option<Rule<'a>>;

/// What the prices of a row are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Price {
    /// Amounts of money.
    Money,
    /// Amounts of money, from zero on.
    Limit,
    /// Percentages.
    Percent,
    /// Percentages of the price itself.
    Margin,
    /// Numbers that something is rounded to multiples of.
    Multiple,
    /// Other numbers, which are the same in every currency.
    Number,
    /// They stand in this place.
    In(&'static str),
}

/// The columns that mean something for some kinds only.
const COLUMNS: [&str; 7] = [
    "per",
    "unit",
    "price_unit",
    "between",
    "by",
    "index",
    "base",
];

/// Where tiers stand.
const TIERS: Price = Price::In("tiers.csv");

/// All of them.
const KINDS: [Kind; 21] = [
    Kind {
        word: "amount",
        price: Price::Money,
        columns: &["per", "unit", "price_unit"],
        read: |it, line, report| it.amount(line, report),
    },
    Kind {
        word: "options",
        price: Price::In("the option list"),
        columns: &[],
        read: |it, line, report| it.options(line, report),
    },
    Kind {
        word: "table",
        price: Price::In("the price table"),
        columns: &["per", "unit", "price_unit", "between"],
        read: |it, line, report| it.lookup(line, report),
    },
    Kind {
        word: "percent",
        price: Price::Percent,
        columns: &[],
        read: |it, line, report| {
            it.change(line, report, |percent, of| {
                PriceRule::Percent(Percent { percent, of })
            })
        },
    },
    Kind {
        word: "tiers",
        price: TIERS,
        columns: &["by"],
        read: |it, line, report| it.tiers(line, report),
    },
    Kind {
        word: "brackets",
        price: TIERS,
        columns: &[],
        read: |it, line, report| it.brackets(line, report),
    },
    Kind {
        word: "volume",
        price: TIERS,
        columns: &["per", "unit", "by"],
        read: |it, line, report| it.scale(line, ScaleKind::Volume, report),
    },
    Kind {
        word: "graduated",
        price: TIERS,
        columns: &["per", "unit"],
        read: |it, line, report| it.scale(line, ScaleKind::Graduated, report),
    },
    Kind {
        word: "package",
        price: Price::Money,
        columns: &["per", "unit", "price_unit"],
        read: |it, line, report| it.scale(line, ScaleKind::Package, report),
    },
    Kind {
        word: "block-volume",
        price: TIERS,
        columns: &["per", "unit"],
        read: |it, line, report| it.scale(line, ScaleKind::BlockVolume, report),
    },
    Kind {
        word: "block-graduated",
        price: TIERS,
        columns: &["per", "unit"],
        read: |it, line, report| it.scale(line, ScaleKind::BlockGraduated, report),
    },
    Kind {
        word: "first-and-additional",
        price: TIERS,
        columns: &["per", "unit", "price_unit"],
        read: |it, line, report| it.scale(line, ScaleKind::FirstAndAdditional, report),
    },
    Kind {
        word: "free",
        price: Price::Number,
        columns: &["price_unit"],
        read: |it, line, report| it.free(line, report),
    },
    Kind {
        word: "minimum",
        price: Price::Limit,
        columns: &[],
        read: |it, line, report| it.limit(line, false, report),
    },
    Kind {
        word: "maximum",
        price: Price::Limit,
        columns: &[],
        read: |it, line, report| it.limit(line, true, report),
    },
    Kind {
        word: "fixed",
        price: Price::Money,
        columns: &[],
        read: |it, line, report| {
            it.change(line, report, |price, of| {
                PriceRule::Fixed(Fixed { price, of })
            })
        },
    },
    Kind {
        word: "index",
        price: Price::Number,
        columns: &["per", "unit", "price_unit", "index", "base"],
        read: |it, line, report| it.index(line, report),
    },
    Kind {
        word: "margin",
        price: Price::Margin,
        columns: &[],
        read: |it, line, report| {
            it.change(line, report, |percent, of| {
                PriceRule::Margin(MarginOf { percent, of })
            })
        },
    },
    Kind {
        word: "round",
        price: Price::Multiple,
        columns: &[],
        read: |it, line, report| {
            let mode = rounded::mode(line.row, &it.workbook.manifest, report)?;
            it.change(line, report, move |step, of| {
                let rounding = Rounding { step, mode };
                PriceRule::Round(Round { rounding, of })
            })
        },
    },
    Kind {
        word: "bundle",
        price: Price::Money,
        columns: &[],
        read: |it, line, report| it.bundle(line.row, false, report),
    },
    Kind {
        word: "bundle-percent",
        price: Price::Percent,
        columns: &[],
        read: |it, line, report| it.bundle(line.row, true, report),
    },
];

impl Kind {
    /// The kind of a row; `None` where it has none, or none that there is.
    pub(crate) fn of(row: Row<'_>) -> Option<&'static Self> {
        let word = row.cell("kind").text();
        KINDS.iter().find(|it| it.word == word)
    }

    /// As [`Kind::of`], and tells a word that names none.
    pub(super) fn named(cell: Cell<'_>, report: &mut Report) -> Option<&'static Self> {
        let known = KINDS.iter().map(|it| it.word);
        let found = cells::word(cell, "kind of step", "unknown-kind", known, report)?;
        KINDS.get(found)
    }

    /// Whether its prices stand in another sheet.
    pub(crate) fn is_priced_elsewhere(&self) -> bool {
        matches!(self.price, Price::In(_))
    }

    /// Whether its prices stand in `tiers.csv`.
    pub(super) fn has_tiers(&self) -> bool {
        self.price == TIERS
    }

    /// How the amount of a row is worked out; what is wrong with its prices is told, and what
    /// means nothing for the kind.
    pub(super) fn read<'a>(
        &self,
        reader: &Reader<'a, '_>,
        line: Line<'a, '_>,
        report: &mut Report,
    ) -> Option<Rule<'a>> {
        let is_unused = |column: &&str| !self.columns.contains(column);
        for column in COLUMNS.into_iter().filter(is_unused) {
            empty(line.row.cell(column), self.word, report);
        }
        self.price.check(line.row, report);
        (self.read)(reader, line, report)
    }
}

impl Price {
    /// Whether it is another number in another currency, or in a book that follows from it.
    pub(super) fn is_money(self) -> bool {
        matches!(self, Self::Money | Self::Limit)
    }

    /// Tells what is wrong with the prices of a row.
    fn check(self, row: Row<'_>, report: &mut Report) {
        match self {
            Self::In(place) => return amounts::check_unused(row, "price", place, report),
            Self::Percent => amounts::check_percents(row, "price", report),
            Self::Margin => amounts::check_margins(row, report),
            Self::Money | Self::Limit | Self::Multiple | Self::Number => {
                amounts::check(row, "price", report);
            }
        }
        match self {
            Self::Limit => amounts::check_not_negative(row, "price", report),
            Self::Multiple => {
                for price in row.family("price").filter(|it| !it.is_empty()) {
                    tiers::positive(price, report);
                }
            }
            _ => {}
        }
        some_price(row, report);
    }
}

/// Tells a step that has no price in any book.
fn some_price(row: Row<'_>, report: &mut Report) {
    if row.family("price").all(|cell| cell.is_empty()) {
        let message = "the step has no price in any book";
        let location = row.cell(&format!("price.{PUBLIC}")).location();
        report.push(Diagnostic::error("missing-value", location, message));
    }
}

/// Tells a cell that means nothing for the kind of step.
pub(super) fn empty(cell: Cell<'_>, kind: &str, report: &mut Report) {
    if !cell.is_empty() {
        let message = format!("this means nothing for a step of the kind `{kind}`");
        let diagnostic = Diagnostic::error("unused-cell", cell.location(), message);
        report.push(diagnostic.hint("empty the cell"));
    }
}
