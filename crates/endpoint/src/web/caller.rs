use axum::extract::FromRequestParts;
use axum::http::request::Parts;

use crate::refusal::{Kind, Refusal};
use crate::state::SharedState;
use crate::tokens::{Customer, TokenError, bearer};

/// Who calls: a customer, or anybody. A token that is no good is refused, never overlooked.
pub struct Caller(Option<Customer>);

impl Caller {
    /// The customer, who must have signed in for `catalog` if at all.
    ///
    /// # Errors
    /// A refusal, where the token is for another catalog.
    pub fn for_catalog(&self, catalog: &str) -> Result<Option<&Customer>, Refusal> {
        match &self.0 {
            Some(customer) if customer.catalog != catalog => Err(Refusal::new(
                Kind::TokenInvalid,
                "The token is for another catalog.",
            )),
            customer => Ok(customer.as_ref()),
        }
    }

    /// The customer, whatever the catalog.
    pub fn customer(&self) -> Option<&Customer> {
        self.0.as_ref()
    }
}

impl FromRequestParts<SharedState> for Caller {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &SharedState) -> Result<Self, Refusal> {
        let Some(token) = bearer(&parts.headers)? else {
            return Ok(Self(None));
        };
        let verified = match &state.customer_tokens {
            Some(tokens) => tokens.verify(token),
            None => Err(TokenError::Invalid),
        };
        verified
            .map(|customer| Self(Some(customer)))
            .map_err(|error| {
                let kind = match error {
                    TokenError::Expired => Kind::TokenExpired,
                    TokenError::Invalid | TokenError::SecretTooShort => Kind::TokenInvalid,
                };
                Refusal::new(kind, "Ask your supplier for a new link or token.")
            })
    }
}

/// The supplier, with the token of the inbox.
pub struct SupplierCaller;

impl FromRequestParts<SharedState> for SupplierCaller {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &SharedState) -> Result<Self, Refusal> {
        let token = bearer(&parts.headers)?;
        match (token, &state.supplier_token) {
            (Some(token), Some(expected)) if expected.is(token) => Ok(Self),
            _ => Err(Refusal::new(
                Kind::TokenInvalid,
                "The inbox is the supplier's alone.",
            )),
        }
    }
}
