use std::time::Duration;

use axum::http::header::{AUTHORIZATION, CONTENT_TYPE, ETAG, LINK, LOCATION, RETRY_AFTER};
use axum::http::{HeaderName, HeaderValue, Method};
use tower_http::cors::{AllowOrigin, CorsLayer};

/// Seconds for which a browser may remember what it may ask.
const REMEMBERED: Duration = Duration::from_secs(3600);

/// Lets pages of `origins` call the API.
pub fn cors(origins: Vec<HeaderValue>) -> CorsLayer {
    let key = HeaderName::from_static("idempotency-key");
    CorsLayer::new()
        .allow_origin(AllowOrigin::list(origins))
        .allow_methods([Method::GET, Method::POST, Method::DELETE])
        .allow_headers([AUTHORIZATION, CONTENT_TYPE, key])
        .expose_headers([ETAG, LINK, LOCATION, RETRY_AFTER])
        .max_age(REMEMBERED)
}

/// An origin as browsers send it, such as `https://shop.example`; `None` where `text` is none.
pub fn origin(text: &str) -> Option<HeaderValue> {
    let (scheme, host) = text.split_once("://")?;
    let fits = matches!(scheme, "https" | "http")
        && !host.is_empty()
        && host
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "-.:[]".contains(c));
    if fits {
        text.to_ascii_lowercase().parse().ok()
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_has_a_scheme_and_a_host_and_nothing_else() {
        for (text, fits) in [
            ("https://shop.example", true),
            ("http://localhost:8080", true),
            ("http://[::1]:8080", true),
            ("https://shop.example/", false),
            ("https://*.example", false),
            ("shop.example", false),
            ("*", false),
            ("null", false),
        ] {
            assert_eq!(origin(text).is_some(), fits, "{text}");
        }
    }
}
