//! What browser and endpoint say to each other, as JSON.
//!
//! Values travel as text: an option by its code, yes/no as `yes` and `no`, a
//! number as a decimal string. Amounts are decimal strings too.
//!
//! | call | answer |
//! |---|---|
//! | `GET /api/catalogs` | list of [`ListedCatalog`] that sell this caller anything |
//! | `GET /api/catalogs/{catalog}` | [`Manifest`] |
//! | `GET /api/models/{catalog_hash}/{product}` | the compiled model, immutable; with the token, where a product is not for everybody |
//! | `GET /api/documents/{hash}` | a document of a model, PDF, immutable; for whoever knows its hash |
//! | `GET /api/price-packs/{pack_hash}` | the price pack; a contract's only with its token |
//! | `POST /api/quote-requests` with `Idempotency-Key` | [`Receipt`] or [`Problem`] |
//! | `GET /api/quote-requests/{id}` | [`StoredRequest`] |
//! | `GET /api/quote-requests/{id}/commissions` with the partner's token | what it earns that partner |
//! | `DELETE /api/quote-requests/{id}` | nothing |
//! | `GET /api/inbox?limit=&before=` with the supplier's token | list of [`Receipt`], newest first; `Link` names the next page |
//! | `GET /api/inbox/{id}` with the supplier's token | [`SupplierRequest`] |
//! | `POST /api/inbox/{id}/adjustments` with the supplier's token: [`NewAdjustment`] | [`SupplierRequest`] or [`Problem`] |
//! | `GET /healthz` | `ok` |
//!
//! Tokens travel as `Authorization: Bearer`; a token that is no good is refused, never
//! overlooked. Every refusal is a [`Problem`], whose codes are listed with it.

pub mod limits;
mod manifest;
mod problem;
mod request;
mod staged;

pub use manifest::{ListedCatalog, Manifest, ManifestProduct, PriceAccess, Supplier};
pub use problem::{FieldError, LineDifference, Problem};
pub use request::{
    Contact, QuoteRequest, QuoteState, Receipt, RequestLine, RequestTotals, StoredLine,
    StoredRequest, StoredWhole, TaxedBuyer,
};
pub use staged::{Adjustment, KeptAdjustment, NewAdjustment, StagedQuote, SupplierRequest};

/// Version of the request format. The endpoint refuses any other.
pub const FORMAT: u32 = 1;
