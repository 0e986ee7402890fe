use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;

use crate::clock::{day, now};
use crate::refusal::{Kind, Refusal};
use crate::state::SharedState;
use crate::web::cached;
use crate::web::caller::Caller;

/// `GET /api/catalogs`: those that sell this caller anything.
pub async fn list(
    State(state): State<SharedState>,
    caller: Caller,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let today = day(now());
    let listed = state.library.offers().iter().filter_map(|offer| {
        // With a token for another catalog, nobody gets into this one.
        let customer = caller.for_catalog(&offer.edition().code).ok()?;
        let listed = offer.listed(|product| offer.sells(product, customer, today));
        (!listed.products.is_empty()).then_some(listed)
    });
    let listed = serde_json::to_vec(&listed.collect::<Vec<_>>());
    let listed = listed.map_err(|error| Refusal::internal(&error))?;
    Ok(cached::json(&headers, cached::PRIVATE, listed))
}

/// `GET /api/catalogs/{catalog}`: the manifest, with what this caller may know of prices.
pub async fn show(
    State(state): State<SharedState>,
    Path(catalog): Path<String>,
    caller: Caller,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let customer = caller.for_catalog(&catalog)?;
    let offer = state
        .library
        .offer(&catalog)
        .ok_or_else(|| Refusal::new(Kind::NotFound, "There is no such catalog."))?;
    let today = day(now());
    let prices = state.library.access(offer, customer, today);
    let sold = |product: &str| offer.sells(product, customer, today);
    let manifest = serde_json::to_vec(&offer.manifest(sold, prices));
    let manifest = manifest.map_err(|error| Refusal::internal(&error))?;
    let cache = if customer.is_some() {
        cached::PRIVATE
    } else {
        cached::REVALIDATED
    };
    Ok(cached::json(&headers, cache, manifest))
}
