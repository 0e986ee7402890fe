use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY};
use axum::http::{HeaderMap, HeaderName, StatusCode};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use sha2::{Digest, Sha256};

/// May be kept by anybody for ever: the address holds a hash.
pub const IMMUTABLE: &str = "public, max-age=31536000, immutable";
/// May be kept by anybody, to be asked for again each time.
pub const REVALIDATED: &str = "no-cache";
/// May be kept by this one browser, to be asked for again each time.
pub const PRIVATE: &str = "private, no-cache";

/// A JSON answer with an entity tag; without its body where the caller has it already.
pub fn json(call: &HeaderMap, cache: &'static str, body: Vec<u8>) -> Response {
    let tag = entity_tag(&body);
    let headers = [
        (CACHE_CONTROL, cache),
        (CONTENT_TYPE, "application/json"),
        (VARY, "authorization, accept-encoding"),
    ];
    answer(call, &tag, headers, body.into())
}

/// 200 with `body`, or 304 where `call` names `tag`.
pub fn answer<const N: usize>(
    call: &HeaderMap,
    tag: &str,
    headers: [(HeaderName, &str); N],
    body: Bytes,
) -> Response {
    let tagged = [(ETAG, tag)];
    if names(call, tag) {
        return (StatusCode::NOT_MODIFIED, headers, tagged).into_response();
    }
    (headers, tagged, body).into_response()
}

/// A weak tag (RFC 9110, section 8.8.3): the same for every encoding of the bytes.
pub fn entity_tag(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    let hex: String = digest
        .iter()
        .take(16)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    format!("W/\"{hex}\"")
}

/// Whether `If-None-Match` names `tag`, compared weakly as RFC 9110 asks.
fn names(call: &HeaderMap, tag: &str) -> bool {
    let opaque = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    call.get_all(IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|candidate| candidate.trim() == "*" || opaque(candidate) == opaque(tag))
}
