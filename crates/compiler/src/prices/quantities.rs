//! Prices by quantity: which kind of step counts what, and the scale that a book has.

use quotewright_engine::catalog::Formula;
use quotewright_engine::price::scales::{
    BlockTier, Blocks, FirstAndAdditional, Graduated, Package, PriceTier, Volume,
};
use quotewright_engine::price::{BlockPrices, ByQuantity, Counted, Level, Measure, PriceRule};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::amounts::{Amounts, Stated};
use super::terms::Terms;
use super::tiers::PriceTierRow;
use crate::diagnostic::{Diagnostic, Report};
use crate::sheet::{Cell, Row};

/// A price by quantity, read, before a book is chosen.
pub(super) struct Scale<'a> {
    pub(super) kind: ScaleKind,
    pub(super) per: Option<Measure>,
    /// Rows of `tiers.csv`; none for packages.
    pub(super) tiers: Vec<PriceTierRow<'a>>,
    /// The number that decides the tier, where that is not what is counted.
    pub(super) by: Option<Formula>,
    /// What stands in `price_unit`: the size of a package, the items of a parcel.
    pub(super) size: Option<Decimal>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ScaleKind {
    Volume,
    Graduated,
    Package,
    BlockVolume,
    BlockGraduated,
    FirstAndAdditional,
}

impl ScaleKind {
    pub(super) fn has_blocks(self) -> bool {
        matches!(self, Self::BlockVolume | Self::BlockGraduated)
    }

    pub(super) fn has_flat_fees(self) -> bool {
        matches!(self, Self::Volume | Self::Graduated)
    }

    /// Which pieces can decide its tier.
    fn counts(self, counts: Counted) -> bool {
        match self {
            Self::Volume => true,
            Self::Graduated | Self::Package => counts_in_order(counts),
            _ => counts == Counted::Line,
        }
    }
}

/// Whether the pieces of a line have a place in the order of those that count.
pub(super) fn counts_in_order(counts: Counted) -> bool {
    matches!(counts, Counted::Line | Counted::Contract)
}

impl Scale<'_> {
    /// The rule that a book has; `None` where it has no price for it.
    pub(super) fn for_book(
        &self,
        row: Row<'_>,
        counts: Counted,
        book: impl Amounts,
    ) -> Option<PriceRule> {
        let (per, by) = (self.per.clone(), self.by.clone());
        let own = || self.tiers.iter().filter_map(|it| it.for_book(book));
        let tiers = || Some(own().collect::<Vec<PriceTier>>()).filter(|it| !it.is_empty());
        Some(match self.kind {
            ScaleKind::Volume => PriceRule::Volume(ByQuantity {
                scale: Volume { tiers: tiers()? },
                per,
                counts,
                by,
            }),
            ScaleKind::Graduated => PriceRule::Graduated(ByQuantity {
                scale: Graduated { tiers: tiers()? },
                per,
                counts,
                by,
            }),
            ScaleKind::Package => PriceRule::Package(ByQuantity {
                scale: Package {
                    size: self.size?,
                    price: book.look_up(row, "price")?,
                    free: Decimal::ZERO,
                },
                per,
                counts,
                by,
            }),
            ScaleKind::BlockVolume | ScaleKind::BlockGraduated => PriceRule::Blocks(ByQuantity {
                scale: BlockPrices {
                    blocks: self.blocks(book)?,
                    graduated: self.kind == ScaleKind::BlockGraduated,
                },
                per,
                counts,
                by,
            }),
            ScaleKind::FirstAndAdditional => {
                let tiers = tiers()?;
                let [first, additional] = tiers.as_slice() else {
                    return None;
                };
                PriceRule::FirstAndAdditional(ByQuantity {
                    scale: FirstAndAdditional {
                        first: first.unit,
                        additional: additional.unit,
                        most: self.size.and_then(|it| it.to_u64()),
                    },
                    per,
                    counts,
                    by,
                })
            }
        })
    }

    /// The blocks that a book has; `None` where a tier would not hold a whole number of them.
    fn blocks(&self, book: impl Amounts) -> Option<Blocks> {
        let mut start = Decimal::ZERO;
        let rows = self.tiers.iter();
        let rows = rows.filter_map(|it| Some((it.for_book(book)?, it.block)));
        let tiers = rows.map(|(tier, block)| {
            let most = match tier.up_to {
                None => None,
                Some(end) => {
                    let most = end.checked_sub(start)?.checked_div(block?)?;
                    start = end;
                    Some(Some(most).filter(Decimal::is_integer)?)
                }
            };
            Some(BlockTier {
                block: block?,
                most,
                price: tier.unit,
            })
        });
        let tiers = tiers.collect::<Option<Vec<_>>>()?;
        (!tiers.is_empty()).then_some(Blocks { tiers })
    }

    /// Tells what does not go together with what the step is for and what it counts.
    pub(super) fn check<'b>(
        &self,
        row: Row<'_>,
        terms: &Terms,
        books: impl Iterator<Item = &'b str> + Clone,
        report: &mut Report,
    ) {
        let kind = row.cell("kind").text();
        let counts = row.cell("counts");
        if self.per.is_some() {
            if !counts.is_empty() && terms.counts != Counted::Line {
                let message = "a step with `per` counts what `per` says, so no pieces";
                unfit(counts, message, "empty one of the two cells", report);
            }
        } else {
            match terms.level {
                Level::Line => {}
                Level::Piece if self.kind == ScaleKind::Volume => self.check_flat(report),
                Level::Piece => {
                    let message = format!("a step of the kind `{kind}` has no price for one piece");
                    let hint = "write `line` here, or say in `per` what the piece has several of";
                    unfit(row.cell("for"), message, hint, report);
                }
                Level::Quote(_) => {
                    let message = format!("what does `{kind}` count in a quote as a whole?");
                    unfit(row.cell("per"), message, "write a formula here", report);
                }
            }
            check_counts(counts, self.kind.counts(terms.counts), kind, report);
        }
        self.check_books(row, terms.counts, books, report);
    }

    /// A flat fee is for all pieces, so one piece has none.
    fn check_flat(&self, report: &mut Report) {
        let cells = self.tiers.iter().flat_map(|it| it.row.family("flat"));
        for cell in cells.filter(|it| !it.is_empty()) {
            let message = "the price of one piece has no flat fee";
            let hint = "write `line` in the column `for` of the step";
            unfit(cell, message, hint, report);
        }
    }

    /// Tells tiers of some book that cannot be priced.
    fn check_books<'b>(
        &self,
        row: Row<'_>,
        counts: Counted,
        mut books: impl Iterator<Item = &'b str>,
        report: &mut Report,
    ) {
        let has_tiers = |book: &str| {
            self.tiers
                .iter()
                .any(|it| it.for_book(Stated(book)).is_some())
        };
        let broken = books
            .find(|book| has_tiers(book) && self.for_book(row, counts, Stated(book)).is_none());
        let (Some(book), Some(first)) = (broken, self.tiers.first()) else {
            return;
        };
        let message = match self.kind.has_blocks() {
            true => format!("a tier in the book `{book}` does not hold a whole number of blocks"),
            false => {
                format!("the book `{book}` needs two tiers, for the first item and the others")
            }
        };
        let location = first.row.cell("step").location();
        report.push(Diagnostic::error("bad-tiers", location, message));
    }
}

/// Tells pieces that a kind of step cannot count.
pub(super) fn check_counts(cell: Cell<'_>, fits: bool, kind: &str, report: &mut Report) {
    if !fits {
        let message = format!(
            "a step of the kind `{kind}` cannot count `{}`: which of the pieces come first?",
            cell.text()
        );
        unfit(cell, message, "use the kind `volume` or `tiers`", report);
    }
}

/// Tells a cell that does not go together with others of its row.
pub(super) fn unfit(cell: Cell<'_>, message: impl Into<String>, hint: &str, report: &mut Report) {
    report.push(Diagnostic::error("unfit", cell.location(), message).hint(hint));
}
