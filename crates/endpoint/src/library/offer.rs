use std::sync::Arc;

use quotewright_engine::catalog::Text;
use quotewright_protocol::{Manifest, ManifestProduct, PriceAccess, Supplier};

use super::{Edition, PackEdition};

/// A catalog that is served now.
#[derive(Clone, Debug)]
pub struct Offer {
    title: Text,
    supplier: Supplier,
    locales: Vec<String>,
    products: Vec<ManifestProduct>,
    edition: Arc<Edition>,
    packs: Vec<Arc<PackEdition>>,
}

impl Offer {
    /// Name of the catalog, who sells, the locales, the products in their order,
    /// what can be configured, and all the prices.
    pub fn new(
        title: Text,
        supplier: Supplier,
        locales: Vec<String>,
        products: Vec<ManifestProduct>,
        edition: Edition,
        packs: Vec<PackEdition>,
    ) -> Self {
        let packs = packs.into_iter().map(Arc::new).collect();
        Self {
            title,
            supplier,
            locales,
            products,
            edition: Arc::new(edition),
            packs,
        }
    }

    /// What can be configured.
    pub fn edition(&self) -> &Arc<Edition> {
        &self.edition
    }

    /// All the prices: not for everybody.
    pub fn packs(&self) -> &[Arc<PackEdition>] {
        &self.packs
    }

    /// What a page needs to know, for a caller with this access to prices.
    pub fn manifest(&self, prices: PriceAccess) -> Manifest {
        Manifest {
            catalog: self.edition.code.clone(),
            title: self.title.clone(),
            supplier: self.supplier.clone(),
            locales: self.locales.clone(),
            catalog_hash: self.edition.hash.clone(),
            products: self.products.clone(),
            prices,
        }
    }
}
