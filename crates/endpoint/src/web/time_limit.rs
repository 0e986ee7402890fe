use std::time::Duration;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::refusal::{Kind, Refusal};

/// Gives up on a call that is not answered in time, its body included.
pub async fn limit_time(State(limit): State<Duration>, request: Request, next: Next) -> Response {
    match tokio::time::timeout(limit, next.run(request)).await {
        Ok(response) => response,
        Err(_) => Refusal::new(
            Kind::RequestTimeout,
            "Try again with the same Idempotency-Key.",
        )
        .into_response(),
    }
}
