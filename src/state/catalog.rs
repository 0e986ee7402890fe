use quotewright_engine::catalog::Model;
use quotewright_engine::price::PricePack;
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
