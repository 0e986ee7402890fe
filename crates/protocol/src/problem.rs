use serde::{Deserialize, Serialize};

/// A refusal as RFC 9457 has it, as `application/problem+json`.
///
/// | code | status | entries |
/// |---|---|---|
/// | `malformed-json` | 400 | |
/// | `malformed-request` | 400 | |
/// | `idempotency-key-missing` | 400 | |
/// | `token-invalid`, `token-expired` | 401 | |
/// | `not-found` | 404 | |
/// | `method-not-allowed` | 405 | |
/// | `request-timeout` | 408 | |
/// | `changed-meanwhile`: by somebody else | 409 | |
/// | `request-deleted`: kept once, deleted since | 410 | |
/// | `payload-too-large` | 413 | |
/// | `unsupported-media-type` | 415 | |
/// | `unsupported-format` | 422 | `errors` |
/// | `invalid-request` | 422 | `errors`: every member at once |
/// | `unknown-catalog` | 422 | `errors` |
/// | `unknown-price-pack`: or another buyer's | 422 | `errors` |
/// | `price-date-refused` | 422 | `errors`: `in-the-future`, `too-late`, `superseded`, `outside-price-book` |
/// | `invalid-configuration` | 422 | `errors`: `rule-broken`, `table-broken`, `formula-broken`, ... |
/// | `amounts-differ` | 422 | `differences` |
/// | `not-priced` | 422 | `errors` |
/// | `below-floor`: a change by hand, without a stated reason | 422 | |
/// | `idempotency-key-reused` | 422 | |
/// | `rate-limited` | 429 | `Retry-After` says when |
/// | `internal-error` | 500 | |
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Problem {
    /// `urn:quotewright:problem:` and a stable code, such as `amounts-differ`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The kind in a few English words.
    pub title: String,
    /// HTTP status code.
    pub status: u16,
    /// This occurrence in an English sentence: what, where, what to do.
    pub detail: String,
    /// Amounts that differ, line by line.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub differences: Vec<LineDifference>,
    /// Members of the request that cannot be taken.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldError>,
}

/// One amount that the endpoint worked out differently.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LineDifference {
    /// JSON Pointer (RFC 6901) of the amount in the request.
    pub pointer: String,
    /// As the request has it.
    pub sent: String,
    /// As it is.
    pub correct: String,
}

/// One member of the request that cannot be taken.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FieldError {
    /// JSON Pointer (RFC 6901) of the member.
    pub pointer: String,
    /// Stable code, such as `unknown-option` or `rule-broken`.
    pub code: String,
    /// In an English sentence.
    pub detail: String,
}
