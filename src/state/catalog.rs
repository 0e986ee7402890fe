use quotewright_engine::catalog::Model;
use quotewright_engine::price::{PricePack, Quantities};
use quotewright_protocol::limits::QUANTITY;
use quotewright_protocol::{ListedCatalog, Manifest};
use std::sync::Arc;

/// How far loading has come.
#[derive(Clone, Debug, Default)]
pub enum CatalogState {
    /// On its way.
    #[default]
    Loading,
    /// Which catalog is still to be chosen.
    Choice(Vec<ListedCatalog>),
    /// It cannot be shown.
    Failed(LoadFailure),
    /// Everything is here.
    Ready(Arc<Catalog>),
}

/// One product with the prices that this buyer may see.
#[derive(Clone, Debug, PartialEq)]
pub struct Catalog {
    /// The catalog it is from.
    pub manifest: Manifest,
    /// The product.
    pub model: Model,
    /// The product as it came, which is handed to the reasoner.
    pub model_text: String,
    /// The prices; `None` where the supplier hides them from this buyer.
    pub pack: Option<PricePack>,
    /// The questions about a quote as a whole, as a product without prices; `None` where the
    /// catalog asks none.
    pub questions: Option<Arc<Self>>,
}

impl Catalog {
    /// How many pieces a line can have.
    pub fn quantities(&self) -> Quantities {
        let product = &self.model.product;
        let quantities = self.pack.as_ref().map(|pack| pack.quantities(product));
        quantities.unwrap_or_default()
    }

    /// The number of pieces from `quantity` on that a line can have.
    pub fn pieces_from(&self, quantity: u32) -> u32 {
        self.quantities().from(quantity, QUANTITY)
    }

    /// Whether a line can have so many pieces.
    pub fn sells(&self, quantity: u32) -> bool {
        quantity <= QUANTITY && self.quantities().allow(quantity)
    }
}

/// Why nothing can be configured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LoadFailure {
    /// No network, and this catalog was never seen on this device.
    Offline,
    /// There is no such catalog or product.
    NotFound,
    /// The supplier wants to know who asks.
    SignIn,
    /// The product has no valid configuration.
    NoConfiguration,
    /// Anything else; trying again may help.
    Failed,
}
