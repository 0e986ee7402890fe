//! The way of a request from the door to the database.

use std::sync::Arc;

use quotewright_protocol::{FieldError, QuoteRequest, Receipt};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::clock::{day, now};
use crate::library::{Edition, PackEdition};
use crate::refusal::{Kind, Refusal};
use crate::review::{Reviewed, Terms, check_form, pointer, review};
use crate::state::{SharedState, State};
use crate::store::{Kept, NewRequest, requests};
use crate::tokens::Customer;

/// A request at the door.
pub struct Incoming {
    /// Its Idempotency-Key.
    pub key: String,
    /// Who has signed in.
    pub customer: Option<Customer>,
    /// What is asked.
    pub request: QuoteRequest,
}

/// The state of a catalog and the prices that a request names.
struct Named {
    edition: Arc<Edition>,
    pack: Option<Arc<PackEdition>>,
}

/// Takes a request in: once, however often it is sent.
///
/// # Errors
/// A refusal; then nothing has been kept.
pub async fn take(state: SharedState, incoming: Incoming) -> Result<Receipt, Refusal> {
    let fingerprint = fingerprint(&incoming.request)?;
    if let Some(known) = find_known(&state, &incoming.key, fingerprint).await? {
        return receipt(known);
    }
    check_form(&incoming.request)?;
    let named = find_named(&state, &incoming).await?;
    let new = tokio::task::spawn_blocking(move || work_out(incoming, &named, fingerprint))
        .await
        .map_err(|error| Refusal::internal(&error))??;
    let kept = state
        .store
        .write(move |connection| requests::insert(connection, &new))
        .await;
    receipt(kept.map_err(|error| Refusal::internal(&error))?)
}

async fn find_known(
    state: &State,
    key: &str,
    fingerprint: [u8; 32],
) -> Result<Option<Kept>, Refusal> {
    let key = key.to_owned();
    state
        .store
        .read(move |connection| requests::find_by_key(connection, &key, &fingerprint))
        .await
        .map_err(|error| Refusal::internal(&error))
}

async fn find_named(state: &State, incoming: &Incoming) -> Result<Named, Refusal> {
    let request = &incoming.request;
    let edition = state
        .library
        .edition(&request.catalog_hash)
        .await
        .map_err(|error| Refusal::internal(&error))?
        .ok_or_else(|| unknown_catalog("/catalog_hash"))?;
    if edition.code != request.catalog {
        return Err(unknown_catalog("/catalog"));
    }
    let (today, customer) = (day(now()), incoming.customer.as_ref());
    let sells = |product: &str| {
        let library = &state.library;
        library.sells(&request.catalog_hash, product, customer, today)
    };
    if let Some(at) = (request.lines.iter()).position(|line| !sells(&line.product)) {
        return Err(unknown_product(at));
    }
    let pack = match &request.pack_hash {
        None if edition.signed_in => None,
        None => return Err(unknown_pack("prices-missing", "The prices must be named.")),
        Some(hash) => {
            let pack = state
                .library
                .pack(hash, incoming.customer.as_ref())
                .await
                .map_err(|error| Refusal::internal(&error))?
                .filter(|pack| pack.pack.catalog_hash == request.catalog_hash)
                .ok_or_else(|| unknown_pack("unknown", "There are no such prices."))?;
            Some(pack)
        }
    };
    Ok(Named { edition, pack })
}

fn work_out(
    incoming: Incoming,
    named: &Named,
    fingerprint: [u8; 32],
) -> Result<NewRequest, Refusal> {
    let received = now();
    let today = day(received);
    let pack = named.pack.as_deref();
    let terms = Terms {
        edition: &named.edition,
        pack,
        partner: (incoming.customer.as_ref()).and_then(Customer::partner),
        today,
    };
    let Reviewed {
        lines,
        totals,
        whole,
        margins,
        below_floor,
        delivery,
    } = review(&incoming.request, terms)?;
    Ok(NewRequest {
        id: Uuid::new_v4().to_string(),
        idempotency_key: incoming.key,
        fingerprint,
        received_at: received.to_string(),
        year: today.year(),
        customer: incoming.customer.map(|customer| customer.code),
        request: incoming.request,
        engine: env!("CARGO_PKG_VERSION").to_owned(),
        book: pack.map(|edition| edition.pack.book.clone()),
        currency: pack.map(|edition| edition.pack.currency.code.clone()),
        lines,
        totals,
        whole,
        margins,
        below_floor,
        delivery,
    })
}

/// Of what is asked, whatever its spaces and the order of its members.
fn fingerprint(request: &QuoteRequest) -> Result<[u8; 32], Refusal> {
    let bytes = serde_json::to_vec(request).map_err(|error| Refusal::internal(&error))?;
    Ok(Sha256::digest(bytes).into())
}

fn receipt(kept: Kept) -> Result<Receipt, Refusal> {
    match kept {
        Kept::Receipt(receipt) => Ok(*receipt),
        Kept::OtherRequest => {
            let detail = "This Idempotency-Key was used for another request. Send a new key.";
            Err(Refusal::new(Kind::IdempotencyKeyReused, detail))
        }
        Kept::Deleted => {
            let detail = "This request was received once and has been deleted since.";
            Err(Refusal::new(Kind::RequestDeleted, detail))
        }
    }
}

fn unknown_catalog(pointer: &str) -> Refusal {
    let detail = "This state of the catalog is not known here. Reload the page.";
    Refusal::member(Kind::UnknownCatalog, pointer, "unknown", detail)
}

/// As where the catalog has no such product.
fn unknown_product(line: usize) -> Refusal {
    let error = FieldError {
        pointer: pointer(["lines", &line.to_string(), "product"]),
        code: "unknown-product".to_owned(),
        detail: "There is no such product.".to_owned(),
    };
    let refusal = Refusal::new(Kind::InvalidConfiguration, "A configuration is not valid.");
    refusal.errors(vec![error])
}

fn unknown_pack(code: &str, detail: &str) -> Refusal {
    Refusal::member(Kind::UnknownPricePack, "/pack_hash", code, detail)
}
