//! Prices: the sheets behind a [`PricePack`](quotewright_engine::price::PricePack).
//!
//! Costs and floors are read as prices are, into packs that no buyer gets.

mod amounts;
mod bundle;
mod counting;
mod falling;
mod floors;
mod gaps;
mod in_quote;
mod indices;
mod kinds;
mod ladders;
mod lookup;
mod of;
mod passed;
mod quantities;
mod rivals;
mod rounded;
mod rule;
mod signs;
mod sold;
mod steps;
mod suggested;
mod terms;
mod tiers;

use std::collections::{BTreeMap, BTreeSet};

use quotewright_engine::catalog::Formula;
use quotewright_engine::price::scales::Commitment;
use quotewright_engine::price::{
    Amount, Applies, Base, Brackets, Bundle, Counted, Free, Index, Indexed, Level, Lookup, Offer,
    Options as OptionPrices, PriceRule, PriceStep, ProductPrices, Quantities, Spend, Tiers,
    TiersBy,
};
use rust_decimal::Decimal;

use crate::books::{Column, Listing, Place};
use crate::cells;
use crate::diagnostic::{Diagnostic, Location, Report};
use crate::gaps::Gap;
use crate::manifest::PUBLIC;
use crate::model::{Draft, Options, WHOLE};
use crate::parts::without_indices;
use crate::sheet::Row;
use crate::workbook::Workbook;
pub(crate) use amounts::OWN;
pub(crate) use floors::tell as tell_floors;
pub(crate) use in_quote::tell as tell_falling_quotes;
pub(crate) use indices::tell_late;
pub(crate) use kinds::Kind;
pub(crate) use ladders::tell as tell_falls;
pub(crate) use lookup::{keys_in, tell_hidden};
pub(crate) use passed::tell as tell_suggested;
use rule::{IndexOf, Of, Rule, Step};
pub(crate) use sold::{tell as tell_for_nothing, tell_uncounted};
use steps::Reader;
pub(crate) use suggested::Suggested;
use tiers::MAX_QUANTITY;

/// The prices of one product, read, before a book is chosen.
pub(crate) struct Prices<'a> {
    product: String,
    /// Its row in products.csv.
    row: Row<'a>,
    tax: usize,
    group: Option<String>,
    term: Option<Formula>,
    weight: Option<Formula>,
    quantities: Quantities,
    steps: Vec<Step<'a>>,
    /// What price tables and tiers leave open.
    pub(crate) gaps: Vec<Gap>,
}

/// Reads the prices of all products, in the order of `drafts`.
pub(crate) fn read<'a>(
    workbook: &'a Workbook,
    drafts: &[Draft<'a>],
    lists: &BTreeMap<&'a str, Options<'a>>,
    report: &mut Report,
) -> Vec<Prices<'a>> {
    for row in lists.values().flat_map(|list| &list.rows) {
        amounts::check(*row, "price", report);
    }
    let prices: Vec<Prices<'a>> = drafts
        .iter()
        .map(|draft| {
            let reader = Reader::new(workbook, draft, lists);
            let steps = reader.steps(report);
            reader.check_tiers(&steps, report);
            signs::check_order(&steps, report);
            rivals::check(&steps, report);
            let books = workbook.manifest.books.iter();
            let books = books.map(|book| book.code.as_str());
            rivals::check_limits(&steps, books, report);
            tell_unused_prices(draft, &steps, lists, report);
            Prices {
                product: draft.model.product.clone(),
                row: draft.row,
                tax: tax(draft, workbook, report),
                group: group(draft),
                term: formula(draft, "term", report),
                weight: formula(draft, "weight", report),
                quantities: quantities(draft, report),
                gaps: gaps(draft, &steps),
                steps,
            }
        })
        .collect();
    tell_unused_tables(workbook, report);
    indices::check(workbook, report);
    signs::check(workbook, report);
    prices
}

impl Prices<'_> {
    /// Code of the product.
    pub(crate) fn product(&self) -> &str {
        &self.product
    }

    /// Where the first step's price stands; the product, where it has no steps.
    pub(crate) fn place(&self) -> Location {
        let cell = match self.steps.first() {
            Some(step) => step.row.cell(&format!("price.{PUBLIC}")),
            None => self.row.cell("product"),
        };
        cell.location()
    }

    /// Whether a price below its floor has been told.
    fn is_told(&self, report: &Report) -> bool {
        let mut places = floors::own_places(self);
        places.any(|it| {
            ["under-floor", "floor-passed"]
                .iter()
                .any(|code| report.tells(code, &it))
        })
    }

    /// Whether these are the prices of a quote as a whole.
    pub(crate) fn is_whole(&self) -> bool {
        self.product == WHOLE
    }

    /// The prices as a buyer's books have them. A step without a price in them, or
    /// whose earlier steps are all missing from them, is not there.
    pub(crate) fn for_book(&self, listing: &Listing<'_>) -> ProductPrices {
        self.of_column(listing, Column::Prices, |_| true)
    }

    /// What stands in a column for the supplier alone, of the steps that the prices `in_book`
    /// have.
    pub(crate) fn own(
        &self,
        listing: &Listing<'_>,
        column: &'static str,
        in_book: &ProductPrices,
    ) -> ProductPrices {
        let has = |step: &Step<'_>| in_book.steps.iter().any(|it| it.code == step.code);
        self.of_column(listing, Column::Own(column), has)
    }

    fn of_column(
        &self,
        listing: &Listing<'_>,
        column: Column,
        is_wanted: impl Fn(&Step<'_>) -> bool,
    ) -> ProductPrices {
        let mut prices = ProductPrices {
            product: self.product.clone(),
            tax: self.tax,
            group: self.group.clone(),
            term: self.term.clone(),
            weight: self.weight.clone(),
            quantities: self.quantities,
            tables: Vec::new(),
            steps: Vec::new(),
        };
        // Where each step of the sheet stands in this book.
        let mut positions = Vec::new();
        let mut rivals: Vec<&str> = Vec::new();
        for step in &self.steps {
            let place = Place {
                listing,
                product: &self.product,
                group: self.group.as_deref(),
                step: step.row.cell("step").text(),
                contained: listing.manifest.contained(self.tax),
                column,
            };
            let rule = is_wanted(step).then(|| rule(step, place, &positions, &mut prices));
            let rule = rule.flatten();
            positions.push(rule.is_some().then_some(prices.steps.len()));
            let Some(rule) = rule else { continue };
            prices.steps.push(PriceStep {
                code: step.code.clone(),
                label: step.label.clone(),
                level: step.terms.level,
                due: step.terms.due,
                applies: in_book(&step.terms.applies, &positions),
                rounding: step.terms.rounding,
                tax: step.terms.tax,
                bearers: step.terms.bearers.clone(),
                rivals: (step.terms.rivals.as_deref()).map(|word| number(&mut rivals, word)),
                rule,
            });
        }
        prices
    }
}

/// When a step counts, with the steps that exclude it where they stand in a book.
fn in_book(applies: &Applies, positions: &[Option<usize>]) -> Applies {
    let unless = applies.unless.iter();
    let unless = unless.filter_map(|it| positions.get(*it).copied().flatten());
    Applies {
        unless: unless.collect(),
        ..applies.clone()
    }
}

/// The number of a word: its position among those that were met.
fn number<'w>(words: &mut Vec<&'w str>, word: &'w str) -> u32 {
    let found = words.iter().position(|known| *known == word);
    let position = found.unwrap_or(words.len());
    if found.is_none() {
        words.push(word);
    }
    u32::try_from(position).unwrap_or(u32::MAX)
}

fn rule(
    step: &Step<'_>,
    place: Place<'_>,
    positions: &[Option<usize>],
    prices: &mut ProductPrices,
) -> Option<PriceRule> {
    let own = || amounts::amount(step.row, "price", place);
    Some(match &step.rule {
        Rule::Amount { per } => PriceRule::Amount(Amount {
            amount: own()?,
            per: per.clone(),
        }),
        Rule::Options { attribute, rows } => {
            is_filled(rows.iter(), place).then_some(())?;
            let amounts = rows.iter().map(|row| amounts::amount(*row, "price", place));
            PriceRule::Options(OptionPrices {
                attribute: *attribute,
                amounts: amounts.map(|it| it.unwrap_or(Decimal::ZERO)).collect(),
            })
        }
        Rule::Lookup {
            table,
            per,
            between,
        } => {
            is_filled(table.rows.iter().map(|(row, _)| row), place).then_some(())?;
            // A change of a book may be of one step only: then it has a table of its own.
            let table = table.for_book(place);
            let tables = &mut prices.tables;
            let known = tables.iter().position(|known| *known == table);
            let position = known.unwrap_or(tables.len());
            if known.is_none() {
                tables.push(table);
            }
            PriceRule::Lookup(Lookup {
                table: position,
                per: per.clone(),
                between: *between,
            })
        }
        Rule::Change { of, rule } => rule(own()?, base(of, step, positions, prices)?),
        Rule::Tiers { of, tiers } => {
            let tiers = tiers::for_book(tiers, place);
            (!tiers.is_empty()).then_some(())?;
            PriceRule::Tiers(Tiers {
                tiers,
                of: base(of, step, positions, prices)?,
                counts: step.terms.counts,
            })
        }
        Rule::Brackets { of, tiers } => {
            let tiers = tiers::for_book(tiers, place);
            (!tiers.is_empty()).then_some(())?;
            PriceRule::Brackets(Brackets {
                tiers,
                of: base(of, step, positions, prices)?,
                counts: step.terms.counts,
            })
        }
        Rule::Scale(scale) => scale.for_book(step.row, step.terms.counts, place)?,
        Rule::Free { of, per } => PriceRule::Free(Free {
            free: own()?,
            per: *per,
            of: base(of, step, positions, prices)?,
        }),
        Rule::Spend { of, most } => {
            let (bound, of) = (Some(own()?), base(of, step, positions, prices)?);
            let (least, most) = if *most { (None, bound) } else { (bound, None) };
            let bounds = Commitment { least, most };
            let contract = step.terms.counts == Counted::Contract;
            PriceRule::Spend(Spend {
                bounds,
                of,
                contract,
            })
        }
        Rule::TiersBy { of, tiers, by } => {
            let tiers = tiers::thresholds(tiers, place);
            (!tiers.is_empty()).then_some(())?;
            PriceRule::TiersBy(TiersBy {
                tiers,
                by: by.clone(),
                of: base(of, step, positions, prices)?,
            })
        }
        Rule::Bundle { items, percent } => {
            let (groups, pieces) = items.iter().cloned().unzip();
            PriceRule::Bundle(Bundle {
                of: Base::Groups(groups),
                pieces,
                offer: match percent {
                    true => Offer::Percent(own()?),
                    false => Offer::Price(own()?),
                },
            })
        }
        Rule::Index {
            index,
            base: stood,
            of,
        } => PriceRule::Index(Index {
            code: index.code.clone(),
            values: index.values.clone(),
            base: *stood,
            share: own()?,
            of: match of {
                IndexOf::Steps(of) => Indexed::Steps(base(of, step, positions, prices)?),
                IndexOf::Units(units) => Indexed::Units(units.clone()),
            },
        }),
    })
}

/// Whether a sheet has prices, or anything in a column for the supplier alone.
fn is_filled<'r, 's: 'r>(mut rows: impl Iterator<Item = &'r Row<'s>>, place: Place<'_>) -> bool {
    match place.column {
        Column::Prices => true,
        Column::Own(column) => rows.any(|row| !row.cell(column).is_empty()),
    }
}

/// What a step is worked out of in this book; `None` where the book has nothing of it.
fn base(
    of: &Of,
    step: &Step<'_>,
    positions: &[Option<usize>],
    prices: &ProductPrices,
) -> Option<Base> {
    match of {
        Of::Groups(groups) => Some(Base::Groups(groups.clone())),
        // Before the first step for a quote there are its lines.
        Of::Before if matches!(step.terms.level, Level::Quote(_)) => Some(Base::Before),
        Of::Before => {
            let mut earlier = prices.steps.iter();
            (earlier.any(|it| it.due == step.terms.due)).then_some(Base::Before)
        }
        Of::Steps(of) => {
            let of = of.iter();
            let of = of.filter_map(|it| positions.get(*it).copied().flatten());
            let of: Vec<usize> = of.collect();
            (!of.is_empty()).then_some(Base::Steps(of))
        }
    }
}

/// Position of the product's tax; the first one where the sheet does not say.
fn tax(draft: &Draft<'_>, workbook: &Workbook, report: &mut Report) -> usize {
    let cell = draft.row.cell("tax");
    let known = workbook.manifest.taxes.iter().map(|tax| tax.code.as_str());
    if cell.is_empty() || workbook.manifest.taxes.is_empty() {
        return 0;
    }
    cells::word(cell, "tax", "unknown-tax", known, report).unwrap_or(0)
}

/// The word that products counted together have.
fn group(draft: &Draft<'_>) -> Option<String> {
    let cell = draft.row.cell("price_group");
    (!cell.is_empty()).then(|| cell.text().to_owned())
}

/// How many can be asked for: any number where the sheet does not say.
fn quantities(draft: &Draft<'_>, report: &mut Report) -> Quantities {
    let mut number = |column| {
        let cell = draft.row.cell(column);
        let number = (!cell.is_empty()).then(|| cells::count(cell, 1, MAX_QUANTITY, report));
        number.flatten().unwrap_or(1)
    };
    Quantities {
        least: number("min_quantity"),
        step: number("quantity_step"),
    }
}

/// A formula over the configuration in a column of the product's row.
fn formula(draft: &Draft<'_>, column: &str, report: &mut Report) -> Option<Formula> {
    let cell = draft.row.cell(column);
    if cell.is_empty() {
        return None;
    }
    cells::formula(cell, &draft.attributes.scope_at(0), report)
}

fn gaps(draft: &Draft<'_>, steps: &[Step<'_>]) -> Vec<Gap> {
    // Other instances of a part have the same gaps.
    let steps = steps.iter().filter(|step| step.is_first);
    let found = steps.filter_map(|step| gaps::find(step, &draft.model.attributes));
    found.collect()
}

/// Tells option lists whose prices no step adds: what nobody charges, nobody pays.
fn tell_unused_prices(
    draft: &Draft<'_>,
    steps: &[Step<'_>],
    lists: &BTreeMap<&str, Options<'_>>,
    report: &mut Report,
) {
    let charged: BTreeSet<usize> = steps
        .iter()
        .filter_map(|step| match &step.rule {
            Rule::Options { attribute, .. } => Some(attribute.0),
            _ => None,
        })
        .collect();
    for (position, list) in draft.attributes.lists.iter().enumerate() {
        let rows = list.and_then(|list| lists.get(list)).map(|list| &list.rows);
        let priced = rows.into_iter().flatten().find_map(|row| {
            let mut cells = row.family("price");
            cells.find(|cell| cell.number(cell.text()).is_ok_and(|price| !price.is_zero()))
        });
        let Some(cell) = priced.filter(|_| !charged.contains(&position)) else {
            continue;
        };
        let code = draft
            .attributes
            .items
            .get(position)
            .map_or_else(String::new, |it| without_indices(&it.code));
        let message = format!("no price step adds the prices of `{code}`, so they do not count");
        let hint = format!("add a step of the kind `options` with `{code}` in the column `of`");
        report.push(Diagnostic::warning("unused-prices", cell.location(), message).hint(hint));
    }
}

fn tell_unused_tables(workbook: &Workbook, report: &mut Report) {
    let rows = workbook.rows("prices.csv");
    let used: BTreeSet<&str> = rows
        .filter(|row| row.cell("kind").text() == "table")
        .map(|row| row.cell("of").text())
        .collect();
    let known = |name: &&str| {
        workbook
            .folder("price-tables")
            .any(|(known, _)| known == *name)
    };
    // A table that seems unused may be the one that was meant by an unknown name.
    if !used.iter().all(known) {
        return;
    }
    for (name, sheet) in workbook.folder("price-tables") {
        if !used.contains(name) {
            let message = "no price step uses this table, so nothing in it counts";
            let location = Location::file(&sheet.file);
            report.push(Diagnostic::warning("unused-prices", location, message));
        }
    }
}
