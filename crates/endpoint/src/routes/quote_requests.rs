use std::sync::Arc;

use axum::Json as JsonAnswer;
use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, LOCATION};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use quotewright_protocol::{QuoteRequest, Receipt};

use crate::intake::{self, Incoming};
use crate::refusal::{Kind, Refusal};
use crate::state::SharedState;
use crate::store::requests;
use crate::web::caller::Caller;
use crate::web::json::Json;

const KEY: &str = "idempotency-key";

/// `POST /api/quote-requests`: checks a request, works it out again, keeps it, and only then answers.
pub async fn create(
    State(state): State<SharedState>,
    caller: Caller,
    headers: HeaderMap,
    Json(request): Json<QuoteRequest>,
) -> Result<Response, Refusal> {
    let incoming = Incoming {
        key: idempotency_key(&headers)?,
        customer: caller.for_catalog(&request.catalog)?.cloned(),
        request,
    };
    // In a task of its own: what has begun is finished, even where the caller goes away.
    let receipt = tokio::spawn(intake::take(Arc::clone(&state), incoming))
        .await
        .map_err(|error| Refusal::internal(&error))??;
    Ok(created(receipt))
}

/// `GET /api/quote-requests/{id}`: what was asked and worked out, for who knows the id.
pub async fn show(
    State(state): State<SharedState>,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let stored = state
        .store
        .read(move |connection| requests::find(connection, &id))
        .await
        .map_err(|error| Refusal::internal(&error))?
        .ok_or_else(not_found)?;
    Ok(([(CACHE_CONTROL, "no-store")], JsonAnswer(stored)).into_response())
}

/// `GET /api/quote-requests/{id}/commissions`: what it earns the partner who has signed in, that
/// is the customer who is called as the partner.
pub async fn commissions(
    State(state): State<SharedState>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let found = state
        .store
        .read(move |connection| requests::margins(connection, &id))
        .await
        .map_err(|error| Refusal::internal(&error))?;
    let (catalog, margins) = found.ok_or_else(not_found)?;
    let partner = caller.for_catalog(&catalog)?.ok_or_else(not_found)?;
    let mut due = margins.map_or_else(Vec::new, |it| it.commissions);
    due.retain(|it| it.partner == partner.code);
    if due.is_empty() {
        return Err(not_found());
    }
    Ok(([(CACHE_CONTROL, "no-store")], JsonAnswer(due)).into_response())
}

/// `DELETE /api/quote-requests/{id}`: deletes it with all of its data, for who knows the id.
pub async fn delete(
    State(state): State<SharedState>,
    Path(id): Path<String>,
) -> Result<StatusCode, Refusal> {
    let deleted = state
        .store
        .write(move |connection| requests::delete(connection, &id))
        .await
        .map_err(|error| Refusal::internal(&error))?;
    if deleted {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(not_found())
    }
}

fn created(receipt: Receipt) -> Response {
    let location = format!("/api/quote-requests/{}", receipt.id);
    let headers = [(LOCATION, location), (CACHE_CONTROL, "no-store".to_owned())];
    (StatusCode::CREATED, headers, JsonAnswer(receipt)).into_response()
}

/// A UUID, or anything else of 16 to 64 visible characters.
fn idempotency_key(headers: &HeaderMap) -> Result<String, Refusal> {
    headers
        .get(KEY)
        .and_then(|value| value.to_str().ok())
        .filter(|key| (16..=64).contains(&key.len()) && key.bytes().all(|b| b.is_ascii_graphic()))
        .map(str::to_owned)
        .ok_or_else(|| {
            let detail = "Send an Idempotency-Key of 16 to 64 visible characters, such as a UUID.";
            Refusal::new(Kind::IdempotencyKeyMissing, detail)
        })
}

pub fn not_found() -> Refusal {
    Refusal::new(
        Kind::NotFound,
        "There is no such request, or it has been deleted.",
    )
}
