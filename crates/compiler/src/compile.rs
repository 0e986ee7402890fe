//! From the files of a catalog to its compiled form.

use quotewright_engine::catalog::{FORMAT, Model, Text};
use quotewright_engine::price::PricePack;
use serde::{Deserialize, Serialize};

use crate::canonical::{catalog_hash, pack_hash};
use crate::diagnostic::{Diagnostic, Report};
use crate::manifest::{Book, Supplier, Visibility};
use crate::model::Draft;
use crate::model::WHOLE;
use crate::prices::Prices;
use crate::source::CatalogSource;
use crate::workbook::Workbook;
use crate::{model, prices, reason};

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
    /// One for each price book, in the order of the catalog.
    pub packs: Vec<CompiledPack>,
}

/// The prices of one book. Private to its customer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CompiledPack {
    /// Whose terms these are; `None` for the public book.
    pub customer: Option<String>,
    /// The prices.
    pub pack: PricePack,
}

/// Compiles a catalog and says everything that is wrong with it, what only a
/// search finds included: products and options that no valid configuration has.
pub fn compile(source: &CatalogSource) -> Compilation {
    run(source, true)
}

/// As [`compile`], but without searching: what only a search finds is not told.
pub fn translate(source: &CatalogSource) -> Compilation {
    run(source, false)
}

fn run(source: &CatalogSource, search: bool) -> Compilation {
    let mut report = Report::default();
    let workbook = Workbook::read(source, &mut report);
    let lists = model::read_options(&workbook, &mut report);
    let drafts = model::read(&workbook, &lists, &mut report);
    let prices = prices::read(&workbook, &drafts, &lists, &mut report);
    if search && !report.has_errors() {
        for (draft, prices) in drafts.iter().zip(&prices) {
            reason::check(draft, &lists, prices, &mut report);
        }
    }
    let assembled = assemble(&workbook, drafts, &prices);
    let catalog = assembled.filter(|_| !report.has_errors());
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
) -> Option<CompiledCatalog> {
    let manifest = &workbook.manifest;
    let hash = catalog_hash(workbook);
    let models = drafts.into_iter().map(|draft| Model {
        hash: hash.clone(),
        ..draft.model
    });
    let mut models: Vec<Model> = models.collect();
    let whole = models.iter().position(|it| it.product == WHOLE);
    let packs = manifest.books.iter().map(|book| {
        Some(CompiledPack {
            customer: book.customer.clone(),
            pack: pack(workbook, &hash, book, prices)?,
        })
    });
    Some(CompiledCatalog {
        id: manifest.id.clone(),
        title: manifest.title.clone(),
        supplier: manifest.supplier.clone(),
        locales: manifest.locales.clone(),
        visibility: manifest.visibility,
        late_days: manifest.late_days,
        whole: whole.map(|at| models.remove(at)),
        models,
        packs: packs.collect::<Option<_>>()?,
        hash,
    })
}

fn pack(
    workbook: &Workbook,
    catalog_hash: &str,
    book: &Book,
    prices: &[Prices<'_>],
) -> Option<PricePack> {
    let manifest = &workbook.manifest;
    let products = prices.iter().filter(|it| !it.is_whole());
    let products = products.map(|prices| prices.for_book(&book.code));
    let whole = prices.iter().find(|it| it.is_whole());
    Some(PricePack {
        format: FORMAT,
        catalog: manifest.id.clone(),
        catalog_hash: catalog_hash.to_owned(),
        hash: pack_hash(workbook, catalog_hash, book),
        book: book.code.clone(),
        label: book.label.clone(),
        currency: manifest.currency.clone()?,
        rounding: manifest.rounding?,
        valid_from: book.valid_from,
        valid_until: book.valid_until,
        taxes: manifest.taxes.clone(),
        products: products.collect(),
        whole: whole.map(|it| it.for_book(&book.code)),
    })
}
