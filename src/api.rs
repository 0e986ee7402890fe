//! Client of the endpoint's API.
//!
//! Every failure becomes one of a few kinds that a screen can put into words
//! and that the outbox can act on; see [`ApiError`].

use gloo_net::http::{Method, RequestBuilder, Response};
use quotewright_protocol::{NewAdjustment, Problem, Receipt, StoredRequest, SupplierRequest};
use serde::de::DeserializeOwned;
use web_sys::{AbortSignal, RequestCredentials};

/// Milliseconds after which a call without an answer counts as lost.
const TIMEOUT: u32 = 30_000;

/// The endpoint, and who speaks to it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Api {
    endpoint: String,
    token: Option<String>,
}

/// Why a call brought nothing.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ApiError {
    /// No answer came: no network, no endpoint, or not in time. It may have acted all the same.
    #[error("no answer")]
    Network,
    /// The endpoint cannot answer now (408, 425, 429, 5xx), for as many seconds as it says.
    #[error("status {status}: not now")]
    Busy {
        /// HTTP status.
        status: u16,
        /// Seconds, where the endpoint named them.
        retry_after: Option<u32>,
    },
    /// The token is missing, unknown or expired (401, 403).
    #[error("not signed in")]
    Unauthorised,
    /// There is no such thing, or no longer (404, 410).
    #[error("not found")]
    NotFound,
    /// The endpoint refused, and says why.
    #[error("{}", .0.detail)]
    Refused(Box<Problem>),
    /// An answer that this client does not understand; perhaps not the endpoint's at all.
    #[error("unexpected answer: {0}")]
    Unexpected(String),
}

impl Api {
    /// A client of the endpoint at `endpoint` (empty: the page's own origin), with the
    /// customer's signed token where there is one.
    pub fn new(endpoint: &str, token: Option<String>) -> Self {
        Self {
            endpoint: endpoint.trim_end_matches('/').to_owned(),
            token: token.filter(|token| !token.is_empty()),
        }
    }

    /// The endpoint's address, without a slash at its end; empty for the page's own origin.
    pub fn endpoint(&self) -> &str {
        &self.endpoint
    }

    /// The customer's signed token.
    pub fn token(&self) -> Option<&str> {
        self.token.as_deref()
    }

    /// The catalogs that are served, as they come: JSON of a list of `ListedCatalog`.
    pub async fn catalogs_text(&self) -> Result<String, ApiError> {
        self.get(&["catalogs"]).await
    }

    /// The manifest of a catalog, as it comes: JSON of a `Manifest`.
    pub async fn manifest_text(&self, catalog: &str) -> Result<String, ApiError> {
        self.get(&["catalogs", catalog]).await
    }

    /// A compiled model, as it comes: JSON of a `Model`.
    pub async fn model_text(&self, catalog_hash: &str, product: &str) -> Result<String, ApiError> {
        self.get(&["models", catalog_hash, product]).await
    }

    /// A price pack, as it comes: JSON of a `PricePack`; a contract's only with its customer's
    /// token.
    pub async fn pack_text(&self, pack_hash: &str) -> Result<String, ApiError> {
        self.get(&["price-packs", pack_hash]).await
    }

    /// Where a document of the catalog is, by its hash: for links, which carry no token.
    pub fn document_address(&self, hash: &str) -> String {
        address(&self.endpoint, &["documents", hash])
    }

    /// Hands in a quote request. The same `key` and `body` have the effect of one call,
    /// however often they are sent.
    pub async fn send_request(&self, key: &str, body: &str) -> Result<Receipt, ApiError> {
        let request = self
            .builder(Method::POST, &["quote-requests"])
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", key)
            .body(body)
            .map_err(|error| ApiError::Unexpected(error.to_string()))?;
        parse(&text_of(request.send().await).await?)
    }

    /// A request as the endpoint keeps it.
    pub async fn request(&self, id: &str) -> Result<StoredRequest, ApiError> {
        parse(&self.get(&["quote-requests", id]).await?)
    }

    /// Has the endpoint forget a request and who sent it.
    pub async fn delete_request(&self, id: &str) -> Result<(), ApiError> {
        let call = self.builder(Method::DELETE, &["quote-requests", id]);
        text_of(call.send().await)
            .await
            .map(|_| ())
            .map_err(by_status)
    }

    /// The receipts of all requests, newest first; with the supplier's token.
    pub async fn inbox(&self) -> Result<Vec<Receipt>, ApiError> {
        parse(&self.get(&["inbox"]).await?)
    }

    /// A request as its supplier sees it; with the supplier's token.
    pub async fn inbox_request(&self, id: &str) -> Result<SupplierRequest, ApiError> {
        parse(&self.get(&["inbox", id]).await?)
    }

    /// Changes the supplier's copy of a request; with the supplier's token.
    pub async fn adjust(
        &self,
        id: &str,
        adjustment: &NewAdjustment,
    ) -> Result<SupplierRequest, ApiError> {
        let body = serde_json::to_string(adjustment);
        let body = body.map_err(|error| ApiError::Unexpected(error.to_string()))?;
        let request = self
            .builder(Method::POST, &["inbox", id, "adjustments"])
            .header("Content-Type", "application/json")
            .body(body)
            .map_err(|error| ApiError::Unexpected(error.to_string()))?;
        parse(&text_of(request.send().await).await?)
    }

    async fn get(&self, path: &[&str]) -> Result<String, ApiError> {
        text_of(self.builder(Method::GET, path).send().await)
            .await
            .map_err(by_status)
    }

    fn builder(&self, method: Method, path: &[&str]) -> RequestBuilder {
        let builder = RequestBuilder::new(&address(&self.endpoint, path))
            .method(method)
            .header("Accept", "application/json, application/problem+json")
            .credentials(RequestCredentials::Omit)
            .abort_signal(Some(&AbortSignal::timeout_with_u32(TIMEOUT)));
        match &self.token {
            Some(token) => builder.header("Authorization", &format!("Bearer {token}")),
            None => builder,
        }
    }
}

/// The address of a call; each part of the path is escaped.
fn address(endpoint: &str, path: &[&str]) -> String {
    path.iter().fold(format!("{endpoint}/api"), |url, part| {
        format!("{url}/{}", escape(part))
    })
}

/// Percent-encodes everything but the unreserved characters of RFC 3986.
fn escape(part: &str) -> String {
    part.bytes().fold(String::new(), |mut text, byte| {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                text.push(char::from(byte));
            }
            _ => text.push_str(&format!("%{byte:02X}")),
        }
        text
    })
}

async fn text_of(answer: Result<Response, gloo_net::Error>) -> Result<String, ApiError> {
    let response = answer.map_err(|_| ApiError::Network)?;
    let retry_after = response
        .headers()
        .get("Retry-After")
        .and_then(|seconds| seconds.trim().parse().ok());
    let text = response.text().await.map_err(|_| ApiError::Network)?;
    match response.status() {
        200..=299 => Ok(text),
        status => Err(failure(status, retry_after, &text)),
    }
}

/// What an answer other than 2xx means.
fn failure(status: u16, retry_after: Option<u32>, body: &str) -> ApiError {
    if matches!(status, 408 | 425 | 429 | 500..=599) {
        return ApiError::Busy {
            status,
            retry_after,
        };
    }
    let problem = serde_json::from_str::<Problem>(body)
        .ok()
        .filter(|problem| problem.kind.starts_with("urn:quotewright:problem:"));
    match (status, problem) {
        (400..=499, Some(problem)) => ApiError::Refused(Box::new(problem)),
        (401 | 403, None) => ApiError::Unauthorised,
        (404 | 410, None) => ApiError::NotFound,
        (status, _) => ApiError::Unexpected(format!("status {status}")),
    }
}

/// For calls that only read or delete, where the status says it all.
fn by_status(error: ApiError) -> ApiError {
    match error {
        ApiError::Refused(problem) => match problem.status {
            401 | 403 => ApiError::Unauthorised,
            404 | 410 => ApiError::NotFound,
            _ => ApiError::Refused(problem),
        },
        other => other,
    }
}

/// What an answer of the endpoint says.
///
/// # Errors
/// [`ApiError::Unexpected`] where it says something else.
pub fn parse<T: DeserializeOwned>(text: &str) -> Result<T, ApiError> {
    serde_json::from_str(text).map_err(|error| ApiError::Unexpected(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROBLEM: &str = r#"{"type":"urn:quotewright:problem:amounts-differ","title":"t",
        "status":409,"detail":"d"}"#;

    #[test]
    fn answers_become_kinds_of_failure() {
        let busy = |status, retry_after| ApiError::Busy {
            status,
            retry_after,
        };
        let unexpected = |status| ApiError::Unexpected(format!("status {status}"));
        for (status, retry_after, body, expected) in [
            (500, None, "", busy(500, None)),
            (503, Some(7), PROBLEM, busy(503, Some(7))),
            (429, Some(1), "slow down", busy(429, Some(1))),
            (408, None, "", busy(408, None)),
            (403, None, "", ApiError::Unauthorised),
            (404, None, "no such page", ApiError::NotFound),
            (410, None, "", ApiError::NotFound),
            (400, None, "<html>a proxy</html>", unexpected(400)),
            (422, None, r#"{"type":"about:blank"}"#, unexpected(422)),
            (304, None, PROBLEM, unexpected(304)),
        ] {
            assert_eq!(failure(status, retry_after, body), expected, "{status}");
        }
        let refused = failure(409, None, PROBLEM);
        assert!(matches!(
            &refused,
            ApiError::Refused(problem) if problem.kind.ends_with("amounts-differ")
        ));
        assert_eq!(by_status(refused.clone()), refused);
        let missing = failure(404, None, &PROBLEM.replace("409", "404"));
        assert_eq!(by_status(missing), ApiError::NotFound);
    }

    #[test]
    fn no_part_of_an_address_can_leave_its_place() {
        for (endpoint, path, expected) in [
            ("", &["catalogs", "conveyor"][..], "/api/catalogs/conveyor"),
            (
                "https://quotes.example",
                &["models", "ab12", "belt-2.1"][..],
                "https://quotes.example/api/models/ab12/belt-2.1",
            ),
            (
                "",
                &["quote-requests", "../inbox?x#"][..],
                "/api/quote-requests/..%2Finbox%3Fx%23",
            ),
        ] {
            assert_eq!(address(endpoint, path), expected);
        }
    }
}
