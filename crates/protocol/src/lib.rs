//! What browser and endpoint say to each other, as JSON.
//!
//! Values travel as text: an option by its code, yes/no as `yes` and `no`, a
//! number as a decimal string. Amounts are decimal strings too.
//!
//! | call | answer |
//! |---|---|
//! | `GET /api/catalogs/{catalog}` | [`Manifest`] |
//! | `GET /api/models/{catalog_hash}/{product}` | the compiled model, immutable; with the token, where a product is not for everybody |
//! | `GET /api/price-packs/{pack_hash}` | the price pack; a contract's only with its token |
//! | `POST /api/quote-requests` with `Idempotency-Key` | [`Receipt`] or [`Problem`] |
//! | `GET /api/quote-requests/{id}` | [`StoredRequest`] |
//! | `DELETE /api/quote-requests/{id}` | nothing |
//! | `GET /api/inbox?limit=&before=` with the supplier's token | list of [`Receipt`], newest first; `Link` names the next page |
//! | `GET /api/inbox/{id}` with the supplier's token | [`StoredRequest`] |
//! | `GET /healthz` | `ok` |
//!
//! Tokens travel as `Authorization: Bearer`; a token that is no good is refused, never
//! overlooked. Every refusal is a [`Problem`], whose codes are listed with it.

pub mod limits;
mod manifest;
mod problem;
mod request;

pub use manifest::{Manifest, ManifestProduct, PriceAccess, Supplier};
pub use problem::{FieldError, LineDifference, Problem};
pub use request::{
    Contact, QuoteRequest, QuoteState, Receipt, RequestLine, RequestTotals, StoredLine,
    StoredRequest, StoredWhole,
};

/// Version of the request format. The endpoint refuses any other.
pub const FORMAT: u32 = 1;
