use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;

use crate::clock::{day, now};
use crate::refusal::{Kind, Refusal};
use crate::state::SharedState;
use crate::web::cached;
use crate::web::caller::Caller;

/// `GET /api/models/{catalog_hash}/{product}`: the compiled model, which holds no prices, for
/// whoever may know of the product.
pub async fn show(
    State(state): State<SharedState>,
    Path((catalog_hash, product)): Path<(String, String)>,
    caller: Caller,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let edition = state
        .library
        .edition(&catalog_hash)
        .await
        .map_err(|error| Refusal::internal(&error))?;
    let today = day(now());
    let sells = |customer| {
        let library = &state.library;
        library.sells(&catalog_hash, &product, customer, today)
    };
    let model = edition
        .as_ref()
        .and_then(|edition| edition.models.get(&product))
        .filter(|_| sells(caller.customer()))
        .ok_or_else(|| Refusal::new(Kind::NotFound, "There is no such model."))?;
    let model = serde_json::to_vec(model).map_err(|error| Refusal::internal(&error))?;
    let cache = match sells(None) {
        true => cached::IMMUTABLE,
        false => cached::PRIVATE,
    };
    Ok(cached::json(&headers, cache, model))
}
