use std::sync::Arc;

use crate::library::Library;
use crate::store::Store;
use crate::tokens::{CustomerTokens, SupplierToken};

/// What all handlers share.
pub struct State {
    /// Catalogs and prices.
    pub library: Library,
    /// The database.
    pub store: Store,
    /// Checks customers' tokens; `None`: nobody can sign in.
    pub customer_tokens: Option<CustomerTokens>,
    /// Opens the inbox; `None`: nobody can.
    pub supplier_token: Option<SupplierToken>,
}

/// Shared by reference count.
pub type SharedState = Arc<State>;
