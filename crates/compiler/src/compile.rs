//! From the files of a catalog to its compiled form.

use jiff::civil::Date;
use quotewright_engine::catalog::{FORMAT, Model, Text};
use quotewright_engine::price::books::{Conditions, Facts};
use quotewright_engine::price::{PricePack, ProductPrices, Settlement};
use quotewright_engine::quote::Confidential;
use serde::{Deserialize, Serialize};

use crate::books::{self, Listing};
use crate::canonical::{catalog_hash, content_hash, pack_hash};
use crate::diagnostic::{Diagnostic, Report};
use crate::documents::{self, DocumentFile};
use crate::manifest::{Manifest, Supplier, Visibility};
use crate::model::Draft;
use crate::model::WHOLE;
use crate::prices::{OWN, Prices, Suggested};
use crate::source::CatalogSource;
use crate::workbook::Workbook;
use crate::{delivery, model, prices, reason};

/// What became of a catalog.
#[derive(Clone, Debug, PartialEq)]
pub struct Compilation {
    /// The compiled catalog; `None` where there are errors.
    pub catalog: Option<CompiledCatalog>,
    /// All that is wrong, in the order of the files.
    pub diagnostics: Vec<Diagnostic>,
}

/// A catalog that is ready to be served.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CompiledCatalog {
    /// Code of the catalog.
    pub id: String,
    /// Name of the catalog.
    pub title: Text,
    /// Who sells.
    pub supplier: Supplier,
    /// Locales of the texts; the first is the fallback.
    pub locales: Vec<String>,
    /// SHA-256 in hexadecimal of the canonical public source.
    pub hash: String,
    /// Who may see prices.
    pub visibility: Visibility,
    /// Days after its price date that a request may arrive.
    pub late_days: u32,
    /// One for each product, in the order of the catalog.
    pub models: Vec<Model>,
    /// The questions about a quote as a whole; `None` where there are none.
    pub whole: Option<Model>,
    /// Whom each price book but the public one is for, in the order of the catalog. Private.
    pub audiences: Vec<Audience>,
    /// One for each set of books that a buyer can have at once, in the order of the catalog; of
    /// prices that need a rate, one for each period of the rates.
    pub packs: Vec<CompiledPack>,
    /// What buyers can open, each once. Public.
    #[serde(skip)]
    pub documents: Vec<DocumentFile>,
}

/// Whom a price book is for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Audience {
    /// Code of the book.
    pub book: String,
    /// What has to be known of the buyer: `customer`, `group`, `contract`, `country`,
    /// `channel`, `partner`.
    pub when: Conditions,
    /// First day on which the book holds.
    pub valid_from: Option<Date>,
    /// Last day on which the book holds.
    pub valid_until: Option<Date>,
}

/// The prices of the buyers who have some books at once. Private to them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CompiledPack {
    /// The one customer whose terms these are; `None` where they are for others too.
    pub customer: Option<String>,
    /// Codes of the books, in the order of the catalog; none for the public book.
    pub books: Vec<String>,
    /// What has to be known of a buyer who may see them; nothing for the public book.
    pub when: Conditions,
    /// The prices.
    pub pack: PricePack,
    /// What only the supplier may know about them; never written with them.
    #[serde(skip)]
    pub confidential: Confidential,
}

impl Audience {
    /// Whether the book is for a buyer of whom these facts are known, on this day.
    fn fits(&self, buyer: &Facts, day: Date) -> bool {
        self.when.hold(buyer)
            && self.valid_from.is_none_or(|from| from <= day)
            && self.valid_until.is_none_or(|until| day <= until)
    }
}

/// Codes of the books for a buyer on a day, in the order of the catalog.
pub fn fitting<'a>(audiences: &'a [Audience], buyer: &Facts, day: Date) -> Vec<&'a str> {
    let fitting = audiences.iter().filter(|it| it.fits(buyer, day));
    fitting.map(|it| it.book.as_str()).collect()
}

impl CompiledCatalog {
    /// The prices of a buyer on a day: of all books for that buyer. `None` where there are
    /// none. Of a buyer at most one value of each fact may be known.
    pub fn pack_for(&self, buyer: &Facts, day: Date) -> Option<&CompiledPack> {
        let fitting = fitting(&self.audiences, buyer, day);
        let mut packs = self.packs.iter();
        packs.find(|it| it.books == fitting && it.holds_on(day))
    }
}

impl CompiledPack {
    fn holds_on(&self, day: Date) -> bool {
        // The public prices say themselves when they hold.
        self.books.is_empty()
            || (self.pack.valid_from.is_none_or(|from| from <= day)
                && self.pack.valid_until.is_none_or(|until| day <= until))
    }
}

/// Compiles a catalog and says everything that is wrong with it, what only a
/// search finds included: products and options that no valid configuration has.
pub fn compile(source: &CatalogSource) -> Compilation {
    run(source, true, None)
}

/// As [`compile`], and tells calendars that end before the dates that quotes of `today` can
/// reach.
pub fn compile_on(source: &CatalogSource, today: Date) -> Compilation {
    run(source, true, Some(today))
}

/// As [`compile`], but without searching: what only a search finds is not told.
pub fn translate(source: &CatalogSource) -> Compilation {
    run(source, false, None)
}

fn run(source: &CatalogSource, search: bool, today: Option<Date>) -> Compilation {
    let mut report = Report::default();
    let workbook = Workbook::read(source, &mut report);
    let lists = model::read_options(&workbook, &mut report);
    let calendars = delivery::calendars(&workbook, &mut report);
    let drafts = model::read(&workbook, &lists, &calendars, &mut report);
    let models: Vec<&Model> = drafts.iter().map(|it| &it.model).collect();
    delivery::tell_unused(&workbook, &calendars, &models, &mut report);
    documents::tell_unlisted(&workbook, &mut report);
    delivery::tell_ends(&workbook, &calendars, &models, today, &mut report);
    let prices = prices::read(&workbook, &drafts, &lists, &mut report);
    if search && !report.has_errors() {
        for (draft, prices) in drafts.iter().zip(&prices) {
            reason::check(draft, &lists, prices, &mut report);
        }
    }
    books::check(&workbook, &mut report);
    let catalog = match report.has_errors() {
        true => None,
        false => assemble(&workbook, drafts, &prices, (search, today), &mut report),
    };
    let catalog = catalog.filter(|_| !report.has_errors());
    Compilation {
        catalog,
        diagnostics: report.finish(),
    }
}

/// `None` where `catalog.toml` lacks what a pack needs.
fn assemble(
    workbook: &Workbook,
    drafts: Vec<Draft<'_>>,
    prices: &[Prices<'_>],
    (search, today): (bool, Option<Date>),
    report: &mut Report,
) -> Option<CompiledCatalog> {
    let manifest = &workbook.manifest;
    let hash = catalog_hash(workbook);
    let models = drafts.into_iter().map(|draft| Model {
        hash: hash.clone(),
        ..draft.model
    });
    let mut models: Vec<Model> = models.collect();
    let whole = models.iter().position(|it| it.product == WHOLE);
    let listings = books::listings(manifest, today, report);
    let packs = listings.iter().map(|listing| {
        let pack = pack(workbook, &hash, listing, prices)?;
        listing.tell(report);
        prices::tell_late(workbook, &pack.pack, today, report);
        Some(pack)
    });
    let packs = packs.collect::<Option<Vec<_>>>()?;
    tell_unpriced(&packs, prices, report);
    let of_whole = prices.iter().find(|it| it.is_whole());
    for prices in prices.iter().filter(|it| !it.is_whole()) {
        prices::tell_floors(prices, of_whole, &listings, report);
    }
    if search {
        let books: Vec<_> = (packs.iter())
            .map(|it| (&it.pack, &it.confidential))
            .collect();
        let suggested = Suggested::new(&models);
        prices::tell_suggested(&suggested, prices, (&books, today), report);
        let of_buyers: Vec<_> = books.iter().map(|(pack, _)| *pack).collect();
        prices::tell_falling_quotes(&suggested, prices, (&of_buyers, today), report);
        let packs = packs.iter().map(|it| &it.pack);
        for (model, prices) in models.iter().zip(prices) {
            prices::tell_falls(model, prices, packs.clone(), report);
            prices::tell_for_nothing(model, prices, (packs.clone(), today), report);
            prices::tell_uncounted(model, prices, report);
        }
    }
    let others = manifest.books.iter().filter(|book| !book.is_public());
    let audiences = others.map(|book| Audience {
        book: book.code.clone(),
        when: book.audience.clone(),
        valid_from: book.valid_from,
        valid_until: book.valid_until,
    });
    Some(CompiledCatalog {
        id: manifest.id.clone(),
        title: manifest.title.clone(),
        supplier: manifest.supplier.clone(),
        locales: manifest.locales.clone(),
        visibility: manifest.visibility,
        late_days: manifest.late_days,
        documents: documents::files(models.iter(), workbook),
        whole: whole.map(|at| models.remove(at)),
        models,
        audiences: audiences.collect(),
        packs,
        hash,
    })
}

/// Tells products without a price in some book, where they would be sold for nothing.
fn tell_unpriced(packs: &[CompiledPack], prices: &[Prices<'_>], report: &mut Report) {
    for prices in prices.iter().filter(|it| !it.is_whole()) {
        let product = prices.product();
        let mut packs = packs.iter().map(|it| &it.pack);
        let unpriced = packs.find(|pack| {
            let mut own = pack.products.iter().filter(|it| it.product == product);
            own.any(|it| it.steps.is_empty())
        });
        let Some(pack) = unpriced else { continue };
        let message = format!(
            "no step of `{product}` has a price in the book `{}`",
            pack.book
        );
        let hint = "write a step with its price in prices.csv, 0 where it is free of charge; or leave it off the book's `products`";
        report.push(Diagnostic::error("missing-price", prices.place(), message).hint(hint));
    }
}

fn pack(
    workbook: &Workbook,
    catalog_hash: &str,
    listing: &Listing<'_>,
    prices: &[Prices<'_>],
) -> Option<CompiledPack> {
    let manifest = &workbook.manifest;
    let sold = |it: &&Prices<'_>| !it.is_whole() && listing.sells(it.product());
    let products = prices.iter().filter(sold);
    let whole = prices.iter().find(|it| it.is_whole());
    let first = listing.first()?;
    let customer = listing.customer();
    let mut settlement = manifest.settlement(&first.code);
    let mut rounding = manifest.rounding?;
    if listing.currency() != manifest.currency.as_ref() {
        // Steps and coins of another currency are not known.
        settlement.cash_step = None;
        rounding.step = None;
    }
    let mut pack = PricePack {
        format: FORMAT,
        catalog: manifest.id.clone(),
        catalog_hash: catalog_hash.to_owned(),
        hash: String::new(),
        book: listing.code(),
        label: first.label.clone(),
        currency: listing.currency().cloned()?,
        rounding,
        valid_from: listing.valid_from,
        valid_until: listing.valid_until,
        taxes: manifest.taxes.clone(),
        settlement,
        products: products.map(|prices| prices.for_book(listing)).collect(),
        whole: whole.map(|it| it.for_book(listing)),
    };
    pack.hash = match listing.is_plain() {
        true => pack_hash(workbook, catalog_hash, first),
        false => content_hash(customer, &pack),
    };
    Some(CompiledPack {
        customer: customer.map(str::to_owned),
        books: listing.codes(),
        when: listing.when(),
        confidential: confidential(manifest, listing, prices, &pack),
        pack,
    })
}

/// What only the supplier may know about a pack.
fn confidential(
    manifest: &Manifest,
    listing: &Listing<'_>,
    prices: &[Prices<'_>],
    pack: &PricePack,
) -> Confidential {
    let of_product = |in_book: &ProductPrices, column| {
        let mut all = prices.iter();
        let prices = all.find(|it| it.product() == in_book.product);
        prices.map(|it| it.own(listing, column, in_book))
    };
    let own = |column| {
        let products = pack.products.iter();
        let pack = PricePack {
            label: Text::default(),
            settlement: Settlement {
                billing: pack.settlement.billing,
                ..Settlement::default()
            },
            products: products.filter_map(|it| of_product(it, column)).collect(),
            whole: pack.whole.as_ref().and_then(|it| of_product(it, column)),
            ..pack.clone()
        };
        let mut products = pack.products.iter().chain(&pack.whole);
        (products.any(|it| !it.steps.is_empty())).then_some(pack)
    };
    let [costs, floors] = OWN.map(own);
    Confidential {
        costs,
        floors,
        ..manifest.confidential.clone()
    }
}
