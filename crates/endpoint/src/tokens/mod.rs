//! Who is calling: customers by signed tokens, the supplier by a shared one.

mod bearer;
mod hs256;

use std::collections::BTreeMap;

pub use bearer::{SupplierToken, bearer};

use jsonwebtoken::errors::ErrorKind;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, encode};
use quotewright_engine::price::books::Facts;
use serde::{Deserialize, Serialize};

/// Whom the tokens are for, so that a token of another service is no use here.
const AUDIENCE: &str = "quotewright";
/// Bytes that the secret must have at least, as RFC 7518 section 3.2 demands of HS256.
const SECRET_BYTES: usize = 32;
const SECONDS_A_DAY: u64 = 24 * 60 * 60;

/// A customer who has signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Customer {
    /// The customer of a price book.
    pub code: String,
    /// The catalog that the token is for.
    pub catalog: String,
    /// What else price books may ask for, by `group`, `contract`, `country`, `channel` and
    /// `partner`.
    pub facts: BTreeMap<String, String>,
}

impl Customer {
    /// What is known, as price books ask for it.
    pub fn buyer(&self) -> Facts {
        let facts = self.facts.iter();
        let facts = facts.map(|(fact, value)| (fact.clone(), vec![value.clone()]));
        let customer = ("customer".to_owned(), vec![self.code.clone()]);
        facts.chain([customer]).collect()
    }

    /// The partner through whom they ask.
    pub fn partner(&self) -> Option<&str> {
        self.facts.get("partner").map(String::as_str)
    }
}

/// Makes and checks customers' tokens: JWT (RFC 7519), HS256.
pub struct CustomerTokens {
    encoding: EncodingKey,
    decoding: DecodingKey,
    validation: Validation,
}

/// Why there are no customers' tokens, or why one is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// The secret could be guessed.
    #[error("the secret of the customers' tokens must have at least {SECRET_BYTES} bytes")]
    SecretTooShort,
    /// It was valid once.
    #[error("the token has expired")]
    Expired,
    /// It is not one of ours.
    #[error("the token is not valid")]
    Invalid,
}

#[derive(Serialize, Deserialize)]
struct Claims {
    sub: String,
    catalog: String,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    facts: BTreeMap<String, String>,
    aud: String,
    iat: u64,
    exp: u64,
}

impl CustomerTokens {
    /// Tokens signed with `secret`.
    ///
    /// # Errors
    /// [`TokenError::SecretTooShort`].
    pub fn new(secret: &str) -> Result<Self, TokenError> {
        if secret.len() < SECRET_BYTES {
            return Err(TokenError::SecretTooShort);
        }
        hs256::install();
        let mut validation = Validation::new(Algorithm::HS256);
        validation.set_audience(&[AUDIENCE]);
        validation.set_required_spec_claims(&["exp", "aud", "sub"]);
        validation.leeway = 0;
        Ok(Self {
            encoding: EncodingKey::from_secret(secret.as_bytes()),
            decoding: DecodingKey::from_secret(secret.as_bytes()),
            validation,
        })
    }

    /// A token for `customer`, valid for `days` from now.
    ///
    /// # Errors
    /// [`TokenError::Invalid`] where it cannot be written.
    pub fn mint(&self, customer: &Customer, days: u32) -> Result<String, TokenError> {
        let iat = jsonwebtoken::get_current_timestamp();
        let claims = Claims {
            sub: customer.code.clone(),
            catalog: customer.catalog.clone(),
            facts: customer.facts.clone(),
            aud: AUDIENCE.to_owned(),
            iat,
            exp: iat + u64::from(days) * SECONDS_A_DAY,
        };
        encode(&Header::new(Algorithm::HS256), &claims, &self.encoding)
            .map_err(|_| TokenError::Invalid)
    }

    /// The customer whom `token` names.
    ///
    /// # Errors
    /// [`TokenError::Expired`] or [`TokenError::Invalid`].
    pub fn verify(&self, token: &str) -> Result<Customer, TokenError> {
        match decode::<Claims>(token, &self.decoding, &self.validation) {
            Ok(data) => Ok(Customer {
                code: data.claims.sub,
                catalog: data.claims.catalog,
                facts: data.claims.facts,
            }),
            Err(error) if matches!(error.kind(), ErrorKind::ExpiredSignature) => {
                Err(TokenError::Expired)
            }
            Err(_) => Err(TokenError::Invalid),
        }
    }
}

#[cfg(test)]
mod tests {
    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;

    use super::*;

    const SECRET: &str = "0123456789abcdef0123456789abcdef";

    fn acme() -> Customer {
        Customer {
            code: "acme".to_owned(),
            catalog: "conveyor".to_owned(),
            facts: BTreeMap::from([("group".to_owned(), "dealer".to_owned())]),
        }
    }

    fn verified(secret: &str, token: &str) -> Result<Customer, TokenError> {
        CustomerTokens::new(secret).and_then(|tokens| tokens.verify(token))
    }

    #[test]
    fn a_minted_token_names_its_customer() -> Result<(), TokenError> {
        let token = CustomerTokens::new(SECRET)?.mint(&acme(), 1)?;
        assert_eq!(verified(SECRET, &token), Ok(acme()));
        Ok(())
    }

    #[test]
    fn other_tokens_are_refused() -> Result<(), TokenError> {
        let tokens = CustomerTokens::new(SECRET)?;
        let good = tokens.mint(&acme(), 1)?;
        let head = |json: &str| URL_SAFE_NO_PAD.encode(json);
        let claims = good.split('.').nth(1).unwrap_or_default().to_owned();
        let cases = [
            ("expired", tokens.mint(&acme(), 0)?, TokenError::Expired),
            ("not a token", "acme".to_owned(), TokenError::Invalid),
            ("empty", String::new(), TokenError::Invalid),
            (
                "cut",
                good[..good.len() - 2].to_owned(),
                TokenError::Invalid,
            ),
            (
                "another secret",
                CustomerTokens::new(&SECRET.replace('0', "x"))?.mint(&acme(), 1)?,
                TokenError::Invalid,
            ),
            (
                "unsigned",
                format!("{}.{claims}.", head(r#"{"alg":"none","typ":"JWT"}"#)),
                TokenError::Invalid,
            ),
        ];
        std::thread::sleep(std::time::Duration::from_millis(1100));
        for (name, token, expected) in cases {
            assert_eq!(verified(SECRET, &token), Err(expected), "{name}");
        }
        Ok(())
    }

    #[test]
    fn a_short_secret_is_refused() {
        assert_eq!(
            CustomerTokens::new("secret").err(),
            Some(TokenError::SecretTooShort)
        );
    }
}
