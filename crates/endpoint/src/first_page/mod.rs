//! The page at `/`, with what can be read of a product before the app is there.
//!
//! The app takes seconds to arrive over a slow network. Until it does, its element shows the
//! product's steps, attributes, options and drawing, by a declarative shadow root and with the app's own
//! style sheet: nothing has to run for that.

mod product;
mod words;

use std::sync::{Arc, LazyLock};

use axum::extract::{Query, State};
use axum::http::header::{
    ACCEPT_LANGUAGE, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, VARY,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::response::Response;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use quotewright_engine::catalog::spoken;
use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::app_files::{AppFiles, PAGE_POLICY};
use crate::clock::{day, now};
use crate::library::Offer;
use crate::state::SharedState;
use crate::web::cached;
use product::Product;

/// Where the built page has the element.
const ELEMENT: &str = "<quote-configurator role=\"main\">";

/// The policy of the page, which allows this one style sheet within it.
static POLICY: LazyLock<Option<HeaderValue>> = LazyLock::new(|| {
    let hash = BASE64_STANDARD.encode(Sha256::digest(quotewright_style::ELEMENT));
    let styles = format!("style-src 'self' 'sha256-{hash}'");
    HeaderValue::try_from(PAGE_POLICY.replace("style-src 'self'", &styles)).ok()
});

/// What the page is made from.
#[derive(Clone)]
pub struct Site {
    /// The built app.
    pub app: Arc<AppFiles>,
    /// The catalogs.
    pub state: SharedState,
}

/// What an address says of the page, as the app reads it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Wanted {
    catalog: String,
    product: String,
    locale: String,
    theme: String,
}

/// `GET /`: the page. What only some customers may know of is not on it.
pub async fn show(
    State(site): State<Site>,
    Query(wanted): Query<Wanted>,
    headers: HeaderMap,
) -> Response {
    let page = site.app.page();
    let written = page
        .text()
        .and_then(|text| write(text, &site.state, &wanted, &headers));
    let (Some(written), Some(policy)) = (written, POLICY.as_ref()) else {
        return page.answer(&headers);
    };
    let about = [
        (CONTENT_TYPE, "text/html; charset=utf-8"),
        (CACHE_CONTROL, cached::REVALIDATED),
        (VARY, "accept-encoding, accept-language"),
        (
            HeaderName::from_static("cross-origin-opener-policy"),
            "same-origin",
        ),
    ];
    let tag = cached::entity_tag(written.as_bytes());
    let mut response = cached::answer(&headers, &tag, about, written.into());
    (response.headers_mut()).insert(CONTENT_SECURITY_POLICY, policy.clone());
    response
}

/// The page with a product in its element; `None` where it is not known which.
fn write(page: &str, state: &SharedState, wanted: &Wanted, headers: &HeaderMap) -> Option<String> {
    let (before, after) = page.split_once(ELEMENT)?;
    let offer = offer(state, &wanted.catalog)?;
    let today = day(now());
    let sold = |product: &str| offer.sells(product, None, today);
    let model = offer.model(&wanted.product, sold)?;
    let locale = match wanted.locale.as_str() {
        "" => spoken(preferred(headers)),
        named => spoken(named),
    };
    let product = Product {
        supplier: offer.supplier(),
        model,
        locale: offer.language(&locale),
        theme: match wanted.theme.as_str() {
            named @ ("light" | "dark") => named,
            _ => "auto",
        },
    };
    let root = product.root().into_string();
    let before = before.replacen(
        "<html lang=\"en\">",
        &format!("<html lang=\"{}\">", product.locale),
        1,
    );
    Some([&before, ELEMENT, &root, after].concat())
}

/// The catalog with this code, or the only one there is.
fn offer<'a>(state: &'a SharedState, code: &str) -> Option<&'a Offer> {
    match (code, state.library.offers()) {
        ("", [only]) => Some(only),
        ("", _) => None,
        (code, _) => state.library.offer(code),
    }
}

/// The language that a browser asks for first: they name them in their order.
fn preferred(headers: &HeaderMap) -> &str {
    let named = headers.get(ACCEPT_LANGUAGE).and_then(|it| it.to_str().ok());
    let first = named.and_then(|it| it.split([',', ';']).next());
    first.map(str::trim).unwrap_or_default()
}
