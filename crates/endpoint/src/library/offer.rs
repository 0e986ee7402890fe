use std::sync::Arc;

use jiff::civil::Date;
use quotewright_compiler::{Audience, CompiledCatalog, DocumentFile, Visibility, WHOLE, fitting};
use quotewright_engine::catalog::{Model, Text};
use quotewright_protocol::{ListedCatalog, Manifest, ManifestProduct, PriceAccess, Supplier};

use super::{Edition, PackEdition};
use crate::tokens::Customer;

/// A catalog that is served now.
#[derive(Clone, Debug)]
pub struct Offer {
    title: Text,
    supplier: Supplier,
    locales: Vec<String>,
    products: Vec<ManifestProduct>,
    edition: Arc<Edition>,
    audiences: Vec<Audience>,
    packs: Vec<Arc<PackEdition>>,
    /// Codes of the books of each pack.
    books: Vec<Vec<String>>,
    documents: Arc<Vec<DocumentFile>>,
}

impl From<CompiledCatalog> for Offer {
    fn from(catalog: CompiledCatalog) -> Self {
        let products = catalog.models.iter().map(product).collect();
        let signed_in = catalog.visibility == Visibility::SignedIn;
        let models = catalog.models.into_iter().chain(catalog.whole);
        let models = models.map(|model| (model.product.clone(), model));
        let edition = Edition {
            code: catalog.id,
            hash: catalog.hash,
            late_days: catalog.late_days,
            signed_in,
            superseded_on: None,
            models: models.collect(),
        };
        let packs = catalog.packs.into_iter().map(|compiled| {
            let pack = PackEdition {
                audience: compiled.when,
                signed_in,
                superseded_on: None,
                pack: compiled.pack,
                confidential: compiled.confidential,
            };
            (Arc::new(pack), compiled.books)
        });
        let (packs, books) = packs.unzip();
        Self {
            title: catalog.title,
            supplier: Supplier {
                name: catalog.supplier.name,
                email: catalog.supplier.email,
                phone: catalog.supplier.phone,
                contacts: catalog.supplier.contacts,
            },
            locales: catalog.locales,
            products,
            edition: Arc::new(edition),
            audiences: catalog.audiences,
            packs,
            books,
            documents: Arc::new(catalog.documents),
        }
    }
}

fn product(model: &Model) -> ManifestProduct {
    ManifestProduct {
        code: model.product.clone(),
        name: model.name.clone(),
        description: model.description.clone(),
    }
}

impl Offer {
    /// What can be configured.
    pub fn edition(&self) -> &Arc<Edition> {
        &self.edition
    }

    /// Name of the company that sells.
    pub fn supplier(&self) -> &str {
        &self.supplier.name
    }

    /// The locale of its texts in which a reader of `tag` (BCP 47) gets them.
    pub fn language(&self, tag: &str) -> &str {
        let language = tag.split('-').next().unwrap_or(tag);
        let mut locales = [tag, language].into_iter();
        let own = locales.find_map(|wanted| self.locales.iter().find(|it| *it == wanted));
        own.or(self.locales.first()).map_or("en", String::as_str)
    }

    /// The product with this code, the first where it is empty, of those that a caller knows of.
    pub fn model(&self, product: &str, sold: impl Fn(&str) -> bool) -> Option<&Model> {
        let mut products = self.products.iter().filter(|it| sold(&it.code));
        let found = products.find(|it| product.is_empty() || it.code == product)?;
        self.edition.models.get(&found.code)
    }

    /// All the prices: not for everybody.
    pub fn packs(&self) -> &[Arc<PackEdition>] {
        &self.packs
    }

    /// What buyers can open.
    pub fn documents(&self) -> &Arc<Vec<DocumentFile>> {
        &self.documents
    }

    /// The prices of `customer` on `day`: of all books for them. Nobody else may see them.
    pub fn pack_for(&self, customer: Option<&Customer>, day: Date) -> Option<&Arc<PackEdition>> {
        let customer = customer.filter(|it| it.catalog == self.edition.code);
        let buyer = customer.map(Customer::buyer).unwrap_or_default();
        let fitting = fitting(&self.audiences, &buyer, day);
        let mut packs = self.packs.iter().zip(&self.books);
        let found = packs.find(|(pack, books)| **books == fitting && pack.holds_on(day));
        found.map(|(pack, _)| pack)
    }

    /// Whether `customer` may know of a product: their prices have it, or the public ones where
    /// they have none that day.
    pub fn sells(&self, product: &str, customer: Option<&Customer>, day: Date) -> bool {
        let public = || self.packs.iter().find(|pack| pack.is_public());
        let pack = self.pack_for(customer, day).or_else(public);
        self.packs.is_empty() || pack.is_some_and(|pack| pack.has(product))
    }

    /// What is told of it beside others, to a caller who knows of these products.
    pub fn listed(&self, sold: impl Fn(&str) -> bool) -> ListedCatalog {
        let products = self.products.iter().filter(|it| sold(&it.code));
        ListedCatalog {
            catalog: self.edition.code.clone(),
            title: self.title.clone(),
            supplier: self.supplier.name.clone(),
            products: products.map(|it| it.name.clone()).collect(),
        }
    }

    /// What a page needs to know, for a caller who knows of these products and has this access
    /// to prices.
    pub fn manifest(&self, sold: impl Fn(&str) -> bool, prices: PriceAccess) -> Manifest {
        let products = self.products.iter().filter(|it| sold(&it.code));
        let asks = self.edition.models.contains_key(WHOLE);
        Manifest {
            catalog: self.edition.code.clone(),
            title: self.title.clone(),
            supplier: self.supplier.clone(),
            locales: self.locales.clone(),
            catalog_hash: self.edition.hash.clone(),
            products: products.cloned().collect(),
            questions: asks.then(|| WHOLE.to_owned()),
            prices,
        }
    }
}
