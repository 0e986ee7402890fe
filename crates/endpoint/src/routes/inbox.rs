use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, LINK};
use axum::response::{IntoResponse, Response};
use quotewright_protocol::NewAdjustment;
use serde::Deserialize;

use crate::refusal::Refusal;
use crate::staging;
use crate::state::SharedState;
use crate::store::requests;
use crate::web::caller::SupplierCaller;
use crate::web::json::Json as JsonBody;

const PAGE: usize = 50;
const LARGEST_PAGE: usize = 200;

/// Which page of the inbox.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Paging {
    before: Option<i64>,
    limit: Option<usize>,
}

/// `GET /api/inbox`: receipts, newest first; `Link: <...>; rel="next"` (RFC 8288) names the next page.
pub async fn list(
    State(state): State<SharedState>,
    _: SupplierCaller,
    Query(Paging { before, limit }): Query<Paging>,
) -> Result<Response, Refusal> {
    let limit = limit.unwrap_or(PAGE).clamp(1, LARGEST_PAGE);
    let page = state
        .store
        .read(move |connection| requests::page(connection, before, limit))
        .await
        .map_err(|error| Refusal::internal(&error))?;
    let next = page.before.map(|before| {
        [(
            LINK,
            format!("</api/inbox?before={before}&limit={limit}>; rel=\"next\""),
        )]
    });
    let receipts = Json(page.receipts);
    Ok(match next {
        Some(link) => ([(CACHE_CONTROL, "no-store")], link, receipts).into_response(),
        None => ([(CACHE_CONTROL, "no-store")], receipts).into_response(),
    })
}

/// `GET /api/inbox/{id}`: one request with all that was worked out, what it leaves, and the
/// supplier's copy.
pub async fn show(
    State(state): State<SharedState>,
    _: SupplierCaller,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let request = staging::show(&state, id).await?;
    Ok(([(CACHE_CONTROL, "no-store")], Json(request)).into_response())
}

/// `POST /api/inbox/{id}/adjustments`: changes the supplier's copy by hand. The request itself
/// stays as it was asked.
pub async fn adjust(
    State(state): State<SharedState>,
    _: SupplierCaller,
    Path(id): Path<String>,
    JsonBody(new): JsonBody<NewAdjustment>,
) -> Result<Response, Refusal> {
    // In a task of its own: what has begun is finished, even where the caller goes away.
    let changed = tokio::spawn(staging::adjust(state, id, new))
        .await
        .map_err(|error| Refusal::internal(&error))??;
    let headers = [(CACHE_CONTROL, "no-store")];
    Ok((StatusCode::CREATED, headers, Json(changed)).into_response())
}
