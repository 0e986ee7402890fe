use axum::extract::{Path, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE,
};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::Response;

use crate::refusal::{Kind, Refusal};
use crate::state::SharedState;
use crate::web::cached::{self, IMMUTABLE};

/// The browser's own viewer and its styles, and nothing else.
const VIEWER_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; \
    frame-ancestors 'none'";

/// `GET /api/documents/{hash}`: a declaration, certificate or manual, for whoever knows its
/// hash from a model. A link cannot carry a token.
pub async fn show(
    State(state): State<SharedState>,
    Path(hash): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let found = state.library.document(&hash).await;
    let file = found
        .map_err(|error| Refusal::internal(&error))?
        .ok_or_else(|| Refusal::new(Kind::NotFound, "There is no such document."))?;
    let shown_as = format!("inline; filename=\"{}.pdf\"", file.name);
    let described = [
        (CACHE_CONTROL, IMMUTABLE),
        (CONTENT_TYPE, "application/pdf"),
        (CONTENT_DISPOSITION, &shown_as),
    ];
    let tag = format!("\"{}\"", file.hash);
    let mut response = cached::answer(&headers, &tag, described, file.content.into());
    let policy = HeaderValue::from_static(VIEWER_POLICY);
    let headers = response.headers_mut();
    headers.insert(CONTENT_SECURITY_POLICY, policy);
    Ok(response)
}
