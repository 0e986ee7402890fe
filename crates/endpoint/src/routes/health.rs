use axum::extract::State;
use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse, Response};

use crate::refusal::Refusal;
use crate::state::SharedState;

/// `GET /healthz`: whether the database answers.
pub async fn show(State(state): State<SharedState>) -> Result<Response, Refusal> {
    state
        .store
        .read(|connection| Ok(connection.query_row("SELECT 1", [], |_| Ok(()))?))
        .await
        .map_err(|error| Refusal::internal(&error))?;
    Ok(([(CACHE_CONTROL, "no-store")], "ok\n").into_response())
}
