//! Receives quote requests, works them out again and keeps them.
//!
//! [`Server`] serves the app, the catalogs and the API that
//! `quotewright-protocol` describes. A request is evaluated again by the same
//! engine that worked it out in the browser; what the browser sent is only
//! compared. It is on disk before the answer leaves.

mod app_files;
mod clock;
mod first_page;
mod housekeeping;
mod intake;
mod library;
mod refusal;
mod review;
mod routes;
mod server;
mod settings;
mod staging;
mod state;
mod store;
mod tokens;
mod web;

pub use library::{CatalogError, Offer, compile_offers};
pub use server::{ServeError, Server};
pub use settings::{Limits, Settings};
pub use store::StoreError;
pub use tokens::{Customer, CustomerTokens, TokenError};

use std::path::Path;

/// Deletes all that was asked under `email`, in capitals or not, from the file at
/// `data`; how many requests that were. An endpoint may be using the file.
///
/// # Errors
/// Those of the database.
pub fn forget(data: &Path, email: &str) -> Result<usize, StoreError> {
    store::forget(data, email)
}
