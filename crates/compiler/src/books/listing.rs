use std::cell::RefCell;
use std::cmp::Reverse;
use std::collections::BTreeSet;

use jiff::civil::Date;
use quotewright_engine::money::{ExchangeRate, MoneyError, rate_on};
use quotewright_engine::price::Currency;
use quotewright_engine::price::books::Conditions;
use rust_decimal::Decimal;

use crate::diagnostic::{Diagnostic, Report};
use crate::manifest::{Book, Manifest, Merge, PUBLIC};
use crate::sheet::Row;

/// The prices of one kind of buyers: of the books that they have at once, in the order in which
/// these go, the public one last.
pub(crate) struct Listing<'m> {
    pub(crate) manifest: &'m Manifest,
    /// In the order in which they go; the public one alone, or not at all.
    pub(crate) books: Vec<&'m Book>,
    public: Option<&'m Book>,
    /// A day whose rates hold.
    day: Date,
    pub(crate) valid_from: Option<Date>,
    pub(crate) valid_until: Option<Date>,
    /// What is wrong with amounts that were asked for.
    mistakes: RefCell<Vec<Diagnostic>>,
}

/// A listing as it is asked for one step of one product.
#[derive(Clone, Copy)]
pub(crate) struct Place<'l> {
    pub(crate) listing: &'l Listing<'l>,
    pub(crate) product: &'l str,
    pub(crate) group: Option<&'l str>,
    pub(crate) step: &'l str,
    /// Hundredths of tax that prices contain; floors and costs contain none.
    pub(crate) contained: Decimal,
    pub(crate) column: Column,
}

/// Whose amounts a listing is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Column {
    /// The buyer's prices.
    Prices,
    /// Those of a column for the supplier alone: `cost` or `floor`.
    Own(&'static str),
}

impl<'m> Listing<'m> {
    /// The prices in these books, at no rates.
    pub(super) fn whole(manifest: &'m Manifest, set: Vec<usize>) -> Self {
        let books = set.into_iter().filter_map(|at| manifest.books.get(at));
        let books = in_order(books.collect(), manifest.merge);
        Self {
            manifest,
            public: manifest.books.iter().find(|it| it.is_public()),
            day: Date::MIN,
            valid_from: books.iter().filter_map(|it| it.valid_from).max(),
            valid_until: books.iter().filter_map(|it| it.valid_until).min(),
            books,
            mistakes: RefCell::default(),
        }
    }

    /// The prices in these books, for each period of the rates that they need. Where a rate is
    /// missing there are no prices.
    pub(super) fn of_set(manifest: &'m Manifest, set: Vec<usize>) -> Vec<Self> {
        let whole = Self::whole(manifest, set);
        let needed = whole.rates();
        if needed.is_empty() {
            return vec![whole];
        }
        let is_needed = |rate: &&ExchangeRate| {
            let mut needed = needed.iter();
            needed.any(|(from, to)| (rate.from.as_str(), rate.to.as_str()) == (from, to))
        };
        let starts = manifest.rates.iter().filter(is_needed).map(|it| it.date);
        let starts: BTreeSet<Date> = starts.collect();
        let ends = starts.iter().skip(1).map(|next| next.yesterday().ok());
        let periods = starts.iter().zip(ends.chain([None]));
        let periods = periods.filter(|(start, _)| {
            let known =
                |(from, to): &(&str, &str)| rate_on(&manifest.rates, from, to, **start).is_ok();
            needed.iter().all(known)
        });
        let periods = periods.map(|(start, end)| Self {
            day: *start,
            valid_from: whole.valid_from.max(Some(*start)),
            valid_until: [whole.valid_until, end].into_iter().flatten().min(),
            books: whole.books.clone(),
            mistakes: RefCell::default(),
            ..whole
        });
        periods.filter(Self::is_ever).collect()
    }

    /// Whether there is a day on which the prices hold.
    fn is_ever(&self) -> bool {
        let period = self.valid_from.zip(self.valid_until);
        period.is_none_or(|(from, until)| from <= until)
    }

    /// The book whose name, currency and rounding count.
    pub(crate) fn first(&self) -> Option<&'m Book> {
        self.books.first().copied()
    }

    /// Codes of the books, in the order in which they go.
    pub(crate) fn code(&self) -> String {
        let codes: Vec<&str> = self.books.iter().map(|it| it.code.as_str()).collect();
        codes.join("+")
    }

    /// Codes of the books but the public one, in the order of the catalog.
    pub(crate) fn codes(&self) -> Vec<String> {
        let all = self.manifest.books.iter();
        let own = all.filter(|book| !book.is_public() && self.has(book));
        own.map(|book| book.code.clone()).collect()
    }

    fn has(&self, book: &Book) -> bool {
        self.books.iter().any(|it| it.code == book.code)
    }

    /// The one customer whose terms these are.
    pub(crate) fn customer(&self) -> Option<&'m str> {
        self.books.iter().find_map(|book| book.customer())
    }

    /// What all the books ask of a buyer.
    pub(crate) fn when(&self) -> Conditions {
        let mut all = Conditions::default();
        for (fact, values) in self.books.iter().flat_map(|book| &book.audience.0) {
            match all.0.get_mut(fact) {
                Some(known) => known.retain(|value| values.contains(value)),
                None => drop(all.0.insert(fact.clone(), values.clone())),
            }
        }
        all
    }

    pub(crate) fn currency(&self) -> Option<&'m Currency> {
        self.first().and_then(|book| currency(self.manifest, book))
    }

    /// The books, each under the ones before; the public one last.
    fn layers(&self) -> impl Iterator<Item = &'m Book> {
        let public = self.public.filter(|_| !self.is_public());
        self.books.iter().copied().chain(public)
    }

    fn is_public(&self) -> bool {
        self.first().is_some_and(Book::is_public)
    }

    /// Whether each amount stands in the sheets as it is: in the one book, or else in the
    /// public one.
    pub(crate) fn is_plain(&self) -> bool {
        let [book] = self.books.as_slice() else {
            return false;
        };
        let merged = self.manifest.merge == Merge::Lowest && !book.is_public();
        !merged && book.currency.is_none() && book.based_on.is_none() && book.products.is_none()
    }

    /// Whether the buyers can see a product.
    pub(crate) fn sells(&self, product: &str) -> bool {
        self.books.iter().all(|book| book.sells(product))
    }

    /// Currencies between which amounts are converted.
    pub(super) fn rates(&self) -> BTreeSet<(&'m str, &'m str)> {
        let code = |book: &'m Book| currency(self.manifest, book).map(|it| it.code.as_str());
        let into = self.currency().map(|it| it.code.as_str());
        let mut needed = BTreeSet::new();
        for layer in self.layers() {
            needed.extend(code(layer).zip(into));
            let mut book = layer;
            // A chain is not longer than there are books.
            for _ in &self.manifest.books {
                let Some(base) = self.base(book) else { break };
                needed.extend(code(base).zip(code(book)));
                book = base;
            }
        }
        needed.retain(|(from, to)| from != to);
        needed
    }

    /// The book that stands for what a book of a chain does not have.
    fn base(&self, book: &'m Book) -> Option<&'m Book> {
        match &book.based_on {
            Some(based) => {
                let mut books = self.manifest.books.iter();
                books.find(|it| it.code == based.base.code)
            }
            None => self.public.filter(|_| !book.is_public()),
        }
    }

    /// Tells what was wrong with amounts.
    pub(crate) fn tell(&self, report: &mut Report) {
        for mistake in self.mistakes.take() {
            report.push(mistake);
        }
    }
}

/// Books in the order in which they go.
fn in_order(mut books: Vec<&Book>, merge: Merge) -> Vec<&Book> {
    // Stable: of equals the first in the catalog.
    books.sort_by_key(|book| {
        let matches = match merge {
            Merge::BestMatch => book.audience.count(),
            Merge::Priority | Merge::Lowest => 0,
        };
        (Reverse(matches), Reverse(book.priority))
    });
    books
}

fn currency<'m>(manifest: &'m Manifest, book: &'m Book) -> Option<&'m Currency> {
    book.currency.as_ref().or(manifest.currency.as_ref())
}

impl<'l> Place<'l> {
    /// The amount of a row in a family of columns, such as `price`. `is_money`: it follows
    /// changes, rates and rounding; a percentage does not.
    pub(crate) fn amount(&self, row: Row<'_>, family: &str, is_money: bool) -> Option<Decimal> {
        let asked = Asked {
            place: *self,
            row,
            family,
            is_money,
        };
        let (found, column) = match self.column {
            Column::Prices => (asked.merged(), format!("{family}.{PUBLIC}")),
            Column::Own(column) => (asked.own(column), column.to_owned()),
        };
        if let (Column::Own("floor"), Ok(Some(floor))) = (self.column, &found) {
            self.check_floor(row, family, is_money, *floor);
        }
        found.unwrap_or_else(|error| {
            let book = self.listing.code();
            let message = format!("there is no price in `{book}`: {error}");
            let location = row.cell(&column).location();
            self.push(Diagnostic::error("price-overflow", location, message));
            None
        })
    }

    /// Tells a price that is below its own floor: every quote would be.
    fn check_floor(&self, row: Row<'_>, family: &str, is_money: bool, floor: Decimal) {
        let prices = Place {
            column: Column::Prices,
            ..*self
        };
        let price = prices.amount(row, family, is_money);
        let net = price.and_then(|price| without_tax(price, self.contained));
        let minor_units = self.listing.currency().map_or(2, |it| it.minor_units);
        let net = net.map(|it| it.round_dp(minor_units).normalize());
        if let Some(net) = net.filter(|net| *net < floor) {
            let book = self.listing.code();
            let tax = if self.contained.is_zero() {
                ""
            } else {
                " without tax"
            };
            let message = format!("in `{book}` it is {net}{tax}, below its floor of {floor}");
            let location = row.cell("floor").location();
            let told = Diagnostic::warning("under-floor", location, message);
            self.push(told.hint("raise the price, or lower the floor"));
        }
    }

    fn push(&self, mistake: Diagnostic) {
        self.listing.mistakes.borrow_mut().push(mistake);
    }
}

/// An amount without the tax of so many hundredths that it contains; `None` where that does not
/// fit.
pub(crate) fn without_tax(amount: Decimal, contained: Decimal) -> Option<Decimal> {
    if contained.is_zero() {
        return Some(amount);
    }
    let whole = Decimal::ONE_HUNDRED.checked_add(contained)?;
    amount.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(whole)
}

/// One amount of a sheet, asked for in a listing.
struct Asked<'l, 'r> {
    place: Place<'l>,
    row: Row<'r>,
    family: &'r str,
    is_money: bool,
}

type Found = Result<Option<Decimal>, MoneyError>;

impl<'l> Asked<'l, '_> {
    /// The amount of a column for the supplier alone, in the currency of the listing.
    fn own(&self, column: &str) -> Found {
        let cell = self.row.cell(column);
        let (Ok(amount), "price") = (cell.number(cell.text()), self.family) else {
            return Ok(None);
        };
        let listing = self.place.listing;
        let (Some(first), Some(public)) = (listing.first(), listing.public) else {
            return Ok(Some(amount));
        };
        match self.is_money {
            true => self.converted(amount, public, first).map(Some),
            false => Ok(Some(amount)),
        }
    }

    /// The amount of all books together.
    fn merged(&self) -> Found {
        let listing = self.place.listing;
        let mut best: Option<(usize, Decimal)> = None;
        for book in listing.layers() {
            let Some(amount) = self.stated(book, listing.manifest.books.len())? else {
                continue;
            };
            let amount = self.in_currency(amount, book)?;
            let matches = book.audience.count();
            let better = best.is_none_or(|(most, lowest)| match listing.manifest.merge {
                Merge::Priority => false,
                Merge::Lowest => amount < lowest,
                Merge::BestMatch => matches > most || (matches == most && amount < lowest),
            });
            if better {
                best = Some((matches, amount));
            }
            if listing.manifest.merge == Merge::Priority {
                break;
            }
        }
        Ok(best.map(|(_, amount)| amount))
    }

    /// What a book itself says: its own cell, or what follows from the book that it is based
    /// on, over so many books at most.
    fn stated(&self, book: &'l Book, most: usize) -> Found {
        let cell = self.row.cell(&format!("{}.{}", self.family, book.code));
        // What is not a number has been told by `check`.
        if let Ok(amount) = cell.number(cell.text()) {
            return Ok(Some(amount));
        }
        let listing = self.place.listing;
        let (Some(based), Some(base)) = (&book.based_on, listing.base(book)) else {
            return Ok(None);
        };
        let Some(most) = most.checked_sub(1) else {
            return Ok(None);
        };
        let Some(amount) = self.standing(base, most)? else {
            return Ok(None);
        };
        if !self.is_money {
            return Ok(Some(amount));
        }
        let Place {
            product,
            group,
            step,
            ..
        } = self.place;
        let group = group.unwrap_or(product);
        let codes = [
            format!("step:{step}"),
            format!("product:{product}"),
            format!("group:{group}"),
        ];
        let codes = codes.each_ref().map(String::as_str);
        let converted = self.converted(amount, base, book)?;
        let derived = based.derivation.price(converted, &codes)?;
        self.rounded(derived, book).map(Some)
    }

    /// What a book comes to by itself: with what it follows from, or the public one under it.
    fn standing(&self, book: &'l Book, most: usize) -> Found {
        if let Some(amount) = self.stated(book, most)? {
            return Ok(Some(amount));
        }
        let Some(base) = self.place.listing.base(book).filter(|it| it.is_public()) else {
            return Ok(None);
        };
        let Some(amount) = self.stated(base, most)? else {
            return Ok(None);
        };
        self.rounded_in(amount, base, book).map(Some)
    }

    /// In the currency of the listing, rounded as its first book says.
    fn in_currency(&self, amount: Decimal, book: &'l Book) -> Result<Decimal, MoneyError> {
        match self.place.listing.first() {
            Some(first) => self.rounded_in(amount, book, first),
            None => Ok(amount),
        }
    }

    fn rounded_in(&self, amount: Decimal, from: &Book, to: &Book) -> Result<Decimal, MoneyError> {
        let manifest = self.place.listing.manifest;
        if !self.is_money || currency(manifest, from) == currency(manifest, to) {
            return Ok(amount);
        }
        self.rounded(self.converted(amount, from, to)?, to)
    }

    /// As a book rounds what does not stand in it.
    fn rounded(&self, exact: Decimal, book: &Book) -> Result<Decimal, MoneyError> {
        let rounding = book.rounding.as_ref();
        let rounded = rounding.map_or(Ok(exact), |it| it.round(exact))?;
        if rounded.is_zero() && !exact.is_zero() {
            let code = &book.code;
            let message = format!("in `{code}` it is {exact}, of which rounding leaves nothing");
            let cell = self.row.cell(&format!("{}.{PUBLIC}", self.family));
            let told = Diagnostic::warning("rounded-away", cell.location(), message);
            let hint = "round to a smaller step, or write the price into the book's own column";
            self.place.push(told.hint(hint));
        }
        Ok(rounded.normalize())
    }

    /// Exact, in the currency of another book.
    fn converted(&self, amount: Decimal, from: &Book, to: &Book) -> Result<Decimal, MoneyError> {
        let listing = self.place.listing;
        let code = |book| currency(listing.manifest, book).map_or("", |it| it.code.as_str());
        if code(from) == code(to) {
            return Ok(amount);
        }
        let rate = rate_on(&listing.manifest.rates, code(from), code(to), listing.day)?;
        rate.exact(amount)
    }
}
