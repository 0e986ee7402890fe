//! What browser and endpoint say to each other, as JSON.
//!
//! Values travel as text: an option by its code, yes/no as `yes` and `no`, a
//! number as a decimal string. Amounts are decimal strings too.
//!
//! | call | answer |
//! |---|---|
//! | `GET /api/catalogs/{catalog}` | [`Manifest`] |
//! | `GET /api/models/{catalog_hash}/{product}` | the compiled model, immutable |
//! | `GET /api/price-packs/{pack_hash}` | the price pack; a contract's only with its token |
//! | `POST /api/quote-requests` with `Idempotency-Key` | [`Receipt`] or [`Problem`] |
//! | `GET /api/quote-requests/{id}` | [`StoredRequest`] |
//! | `DELETE /api/quote-requests/{id}` | nothing |
//! | `GET /api/inbox` with the supplier's token | list of [`Receipt`] |
//! | `GET /api/inbox/{id}` with the supplier's token | [`StoredRequest`] |

mod manifest;
mod problem;
mod request;

pub use manifest::{Manifest, ManifestProduct, PriceAccess, Supplier};
pub use problem::{FieldError, LineDifference, Problem};
pub use request::{
    Contact, QuoteRequest, QuoteState, Receipt, RequestLine, RequestTotals, StoredLine,
    StoredRequest,
};

/// Version of the request format. The endpoint refuses any other.
pub const FORMAT: u32 = 1;
