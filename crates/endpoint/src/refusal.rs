//! Every refusal of the endpoint: one table of kinds, one conversion to RFC 9457.

use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use quotewright_protocol::{FieldError, LineDifference, Problem};

/// What kind of refusal it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The body is not JSON.
    MalformedJson,
    /// Something else of the call cannot be read.
    MalformedRequest,
    /// There is no usable Idempotency-Key.
    IdempotencyKeyMissing,
    /// The customer's or the supplier's token is missing or wrong.
    TokenInvalid,
    /// The customer's token is no longer valid.
    TokenExpired,
    /// There is no such thing, or not for this caller.
    NotFound,
    /// The thing is there, the method is not.
    MethodNotAllowed,
    /// The answer was not ready in time.
    RequestTimeout,
    /// The request was sent before, and has been deleted since.
    RequestDeleted,
    /// The body is too long.
    PayloadTooLarge,
    /// The body is not said to be JSON.
    UnsupportedMediaType,
    /// The request is of another format version.
    UnsupportedFormat,
    /// Members of the request cannot be taken.
    InvalidRequest,
    /// No such catalog, or no such state of it.
    UnknownCatalog,
    /// No such price pack, or not for this caller.
    UnknownPricePack,
    /// The prices of that day cannot be asked for, or no longer.
    PriceDateRefused,
    /// A configuration is not valid.
    InvalidConfiguration,
    /// Amounts differ.
    AmountsDiffer,
    /// A price cannot be worked out.
    NotPriced,
    /// A change by hand would pass a floor without a stated reason.
    BelowFloor,
    /// It has been changed since it was read.
    ChangedMeanwhile,
    /// The Idempotency-Key belongs to another request.
    IdempotencyKeyReused,
    /// Too many calls.
    RateLimited,
    /// The endpoint failed.
    InternalError,
}

impl Kind {
    /// Code, status and title.
    const fn facts(self) -> (&'static str, u16, &'static str) {
        match self {
            Self::MalformedJson => ("malformed-json", 400, "The body is not valid JSON"),
            Self::MalformedRequest => ("malformed-request", 400, "The call cannot be read"),
            Self::IdempotencyKeyMissing => (
                "idempotency-key-missing",
                400,
                "An Idempotency-Key is needed",
            ),
            Self::TokenInvalid => ("token-invalid", 401, "The token is not valid"),
            Self::TokenExpired => ("token-expired", 401, "The token has expired"),
            Self::NotFound => ("not-found", 404, "There is no such thing"),
            Self::MethodNotAllowed => ("method-not-allowed", 405, "The method is not allowed"),
            Self::RequestTimeout => ("request-timeout", 408, "The call took too long"),
            Self::RequestDeleted => ("request-deleted", 410, "The request has been deleted"),
            Self::PayloadTooLarge => ("payload-too-large", 413, "The body is too long"),
            Self::UnsupportedMediaType => ("unsupported-media-type", 415, "The body must be JSON"),
            Self::UnsupportedFormat => ("unsupported-format", 422, "Another format is spoken here"),
            Self::InvalidRequest => ("invalid-request", 422, "Members of the request are invalid"),
            Self::UnknownCatalog => ("unknown-catalog", 422, "The catalog is not known"),
            Self::UnknownPricePack => ("unknown-price-pack", 422, "The prices are not known"),
            Self::PriceDateRefused => (
                "price-date-refused",
                422,
                "The prices of that day are not available",
            ),
            Self::InvalidConfiguration => {
                ("invalid-configuration", 422, "A configuration is not valid")
            }
            Self::AmountsDiffer => ("amounts-differ", 422, "Amounts differ"),
            Self::NotPriced => ("not-priced", 422, "A price cannot be worked out"),
            Self::BelowFloor => ("below-floor", 422, "The price is below its floor"),
            Self::ChangedMeanwhile => ("changed-meanwhile", 409, "It has changed meanwhile"),
            Self::IdempotencyKeyReused => (
                "idempotency-key-reused",
                422,
                "The Idempotency-Key belongs to another request",
            ),
            Self::RateLimited => ("rate-limited", 429, "Too many calls"),
            Self::InternalError => ("internal-error", 500, "The endpoint failed"),
        }
    }
}

/// An answer that is a refusal.
#[derive(Debug)]
pub struct Refusal {
    problem: Box<Problem>,
    headers: HeaderMap,
}

impl Refusal {
    /// A refusal of this kind; `detail` is an English sentence about this occurrence.
    pub fn new(kind: Kind, detail: impl Into<String>) -> Self {
        let (code, status, title) = kind.facts();
        let problem = Problem {
            kind: format!("urn:quotewright:problem:{code}"),
            title: title.to_owned(),
            status,
            detail: detail.into(),
            ..Problem::default()
        };
        let refusal = Self {
            problem: Box::new(problem),
            headers: HeaderMap::new(),
        };
        match kind {
            Kind::TokenInvalid | Kind::TokenExpired => {
                refusal.header(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"))
            }
            _ => refusal,
        }
    }

    /// A refusal because of one member of the request.
    pub fn member(kind: Kind, pointer: &str, code: &str, detail: impl Into<String>) -> Self {
        let detail = detail.into();
        let error = FieldError {
            pointer: pointer.to_owned(),
            code: code.to_owned(),
            detail: detail.clone(),
        };
        Self::new(kind, detail).errors(vec![error])
    }

    /// Something failed here; `error` goes to the log, not to the caller.
    pub fn internal(error: &dyn std::error::Error) -> Self {
        tracing::error!(%error, "call failed");
        Self::new(
            Kind::InternalError,
            "The endpoint could not do this. Please try again later.",
        )
    }

    /// With these members that cannot be taken.
    pub fn errors(mut self, errors: Vec<FieldError>) -> Self {
        self.problem.errors = errors;
        self
    }

    /// With these amounts that differ.
    pub fn differences(mut self, differences: Vec<LineDifference>) -> Self {
        self.problem.differences = differences;
        self
    }

    /// To be tried again after `seconds`.
    pub fn retry_after(self, seconds: u64) -> Self {
        self.header(RETRY_AFTER, HeaderValue::from(seconds))
    }

    fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.insert(name, value);
        self
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let status =
            StatusCode::from_u16(self.problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let headers = [
            (CONTENT_TYPE, "application/problem+json"),
            (CACHE_CONTROL, "no-store"),
        ];
        let body = serde_json::to_vec(&self.problem).unwrap_or_default();
        (status, headers, self.headers, body).into_response()
    }
}
