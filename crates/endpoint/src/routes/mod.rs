//! One file for each resource.

mod catalogs;
mod documents;
mod health;
mod inbox;
mod models;
mod price_packs;
mod quote_requests;

pub use quote_requests::not_found as no_such_request;

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::HeaderValue;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};

use crate::settings::Limits;
use crate::state::SharedState;
use crate::web::cors::cors;
use crate::web::rate_limit::{RateLimit, limit_rate};
use crate::web::time_limit::limit_time;

/// Limits by client: of all calls, and of quote requests.
pub struct Rates {
    /// Of all calls to the API.
    pub calls: Arc<RateLimit>,
    /// Of quote requests.
    pub requests: Arc<RateLimit>,
}

/// The API: what buyers' pages call, and the supplier's inbox.
pub fn api(state: SharedState, limits: Limits, rates: &Rates, origins: Vec<HeaderValue>) -> Router {
    let sending = post(quote_requests::create)
        .layer(from_fn_with_state(Arc::clone(&rates.requests), limit_rate));
    let buyers = Router::new()
        .route("/api/catalogs", get(catalogs::list))
        .route("/api/catalogs/{catalog}", get(catalogs::show))
        .route("/api/models/{catalog_hash}/{product}", get(models::show))
        .route("/api/documents/{hash}", get(documents::show))
        .route("/api/price-packs/{pack_hash}", get(price_packs::show))
        .route("/api/quote-requests", sending)
        .route(
            "/api/quote-requests/{id}",
            get(quote_requests::show).delete(quote_requests::delete),
        )
        .route(
            "/api/quote-requests/{id}/commissions",
            get(quote_requests::commissions),
        );
    let supplier = Router::new()
        .route("/api/inbox", get(inbox::list))
        .route("/api/inbox/{id}", get(inbox::show))
        .route("/api/inbox/{id}/adjustments", post(inbox::adjust));
    let limited = |router: Router<SharedState>| {
        router
            .layer(from_fn_with_state(limits.answer_within, limit_time))
            .layer(from_fn_with_state(Arc::clone(&rates.calls), limit_rate))
            .layer(DefaultBodyLimit::max(limits.body_bytes))
    };
    limited(buyers)
        .layer(cors(origins))
        .merge(limited(supplier))
        .route("/healthz", get(health::show))
        .with_state(state)
}
