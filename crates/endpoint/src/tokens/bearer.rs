use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::refusal::{Kind, Refusal};

/// The bearer token (RFC 6750) of a call, if it has one.
///
/// # Errors
/// A refusal, where there is an `Authorization` that is none: never silently nobody.
pub fn bearer(headers: &HeaderMap) -> Result<Option<&str>, Refusal> {
    let Some(value) = headers.get(AUTHORIZATION) else {
        return Ok(None);
    };
    value
        .to_str()
        .ok()
        .and_then(|text| text.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
        .map(|(_, token)| Some(token.trim()))
        .ok_or_else(|| Refusal::new(Kind::TokenInvalid, "Authorization must be a bearer token."))
}

/// The token that opens the inbox. Only its digest is kept, so that comparing
/// takes the same time whatever the length.
pub struct SupplierToken([u8; 32]);

impl SupplierToken {
    /// The token `text`.
    pub fn new(text: &str) -> Self {
        Self(Sha256::digest(text).into())
    }

    /// Whether `text` is it, in constant time.
    pub fn is(&self, text: &str) -> bool {
        self.0.ct_eq(&Self::new(text).0).into()
    }
}
