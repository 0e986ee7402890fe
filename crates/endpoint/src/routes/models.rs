use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;

use crate::refusal::{Kind, Refusal};
use crate::state::SharedState;
use crate::web::cached;

/// `GET /api/models/{catalog_hash}/{product}`: the compiled model, which holds no prices.
pub async fn show(
    State(state): State<SharedState>,
    Path((catalog_hash, product)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let edition = state
        .library
        .edition(&catalog_hash)
        .await
        .map_err(|error| Refusal::internal(&error))?;
    let model = edition
        .as_ref()
        .and_then(|edition| edition.models.get(&product))
        .ok_or_else(|| Refusal::new(Kind::NotFound, "There is no such model."))?;
    let model = serde_json::to_vec(model).map_err(|error| Refusal::internal(&error))?;
    Ok(cached::json(&headers, cached::IMMUTABLE, model))
}
