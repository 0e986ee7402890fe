use std::sync::Arc;

use quotewright_compiler::{CompiledCatalog, CompiledPack, Visibility};
use quotewright_engine::catalog::{Model, Text};
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
        // Of buyers only the customer is known here: what is for a group or a country is not
        // for everybody.
        let known = |pack: &CompiledPack| pack.when.0.keys().all(|fact| fact == "customer");
        let packs = catalog.packs.into_iter().filter(known).map(|compiled| {
            Arc::new(PackEdition {
                customer: compiled.customer,
                signed_in,
                superseded_on: None,
                pack: compiled.pack,
            })
        });
        Self {
            title: catalog.title,
            supplier: Supplier {
                name: catalog.supplier.name,
                email: catalog.supplier.email,
                phone: catalog.supplier.phone,
            },
            locales: catalog.locales,
            products,
            edition: Arc::new(edition),
            packs: packs.collect(),
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
