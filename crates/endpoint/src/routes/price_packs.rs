use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;

use crate::refusal::{Kind, Refusal};
use crate::state::SharedState;
use crate::web::cached;
use crate::web::caller::Caller;

/// `GET /api/price-packs/{pack_hash}`: one buyer's prices, for that buyer alone.
pub async fn show(
    State(state): State<SharedState>,
    Path(pack_hash): Path<String>,
    caller: Caller,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let pack = state
        .library
        .pack(&pack_hash, caller.customer())
        .await
        .map_err(|error| Refusal::internal(&error))?
        .ok_or_else(|| Refusal::new(Kind::NotFound, "There are no such prices."))?;
    let public = state.library.is_public(&pack);
    let cache = if public {
        cached::IMMUTABLE
    } else {
        cached::PRIVATE
    };
    let pack = serde_json::to_vec(&pack.pack).map_err(|error| Refusal::internal(&error))?;
    Ok(cached::json(&headers, cache, pack))
}
