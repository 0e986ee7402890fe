use quotewright_engine::delivery::Plan;
use quotewright_engine::quote::{Margins, Totals};
use quotewright_protocol::{
    QuoteRequest, QuoteState, Receipt, StagedQuote, StoredLine, StoredRequest, StoredWhole,
    SupplierRequest,
};
use rusqlite::{Connection, OptionalExtension, Row, named_params, params};

use super::StoreError;

/// A request that has passed, as it is to be kept.
#[derive(Clone, Debug)]
pub struct NewRequest {
    /// Unguessable.
    pub id: String,
    /// As the browser sent it.
    pub idempotency_key: String,
    /// SHA-256 of the request.
    pub fingerprint: [u8; 32],
    /// RFC 3339, UTC.
    pub received_at: String,
    /// Its year, for the number.
    pub year: i16,
    /// The customer who has signed in.
    pub customer: Option<String>,
    /// What was asked.
    pub request: QuoteRequest,
    /// Version of the engine.
    pub engine: String,
    /// Code of the price book.
    pub book: Option<String>,
    /// ISO 4217 code.
    pub currency: Option<String>,
    /// The lines as worked out here.
    pub lines: Vec<StoredLine>,
    /// The totals as worked out here.
    pub totals: Option<Totals>,
    /// What is for the quote as a whole, as worked out here.
    pub whole: Option<StoredWhole>,
    /// What it leaves the supplier.
    pub margins: Option<Margins>,
    /// Whether something is below its floor.
    pub below_floor: bool,
    /// When it can be there, as worked out here.
    pub delivery: Option<Plan>,
}

/// What became of a request that was to be kept.
#[derive(Clone, Debug, PartialEq)]
pub enum Kept {
    /// It is kept, now or since before.
    Receipt(Box<Receipt>),
    /// The key belongs to another request.
    OtherRequest,
    /// It was kept once and deleted since.
    Deleted,
}

/// A page of the inbox.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// Newest first.
    pub receipts: Vec<Receipt>,
    /// Where the next page begins, if there is one.
    pub before: Option<i64>,
}

/// What is known of `key`, if anything.
pub fn find_by_key(
    connection: &Connection,
    key: &str,
    fingerprint: &[u8; 32],
) -> Result<Option<Kept>, StoreError> {
    let known = connection
        .prepare_cached(
            "SELECT fingerprint, receipt FROM quote_requests WHERE idempotency_key = ?1",
        )?
        .query_row([key], |row| {
            Ok((row.get::<_, Vec<u8>>(0)?, row.get::<_, String>(1)?))
        })
        .optional()?;
    if let Some((kept, receipt)) = known {
        return Ok(Some(if kept == fingerprint {
            Kept::Receipt(Box::new(serde_json::from_str(&receipt)?))
        } else {
            Kept::OtherRequest
        }));
    }
    let spent = connection
        .prepare_cached("SELECT 1 FROM spent_keys WHERE idempotency_key = ?1")?
        .exists([key])?;
    Ok(spent.then_some(Kept::Deleted))
}

/// Keeps `new` under the next number of its year, unless its key is known.
pub fn insert(connection: &Connection, new: &NewRequest) -> Result<Kept, StoreError> {
    if let Some(known) = find_by_key(connection, &new.idempotency_key, &new.fingerprint)? {
        return Ok(known);
    }
    let receipt = Receipt {
        id: new.id.clone(),
        number: next_number(connection, new.year)?,
        state: QuoteState::Received,
        received_at: new.received_at.clone(),
        company: new.request.contact.company.clone(),
        lines: new.lines.len(),
        totals: new.totals.clone(),
        currency: new.currency.clone(),
        to_confirm: new.below_floor,
        late_days: new.delivery.as_ref().map_or(0, Plan::late_days),
    };
    connection
        .prepare_cached(
            "INSERT INTO quote_requests (
                 id, number, idempotency_key, fingerprint, received_at, email, customer,
                 catalog_hash, pack_hash, receipt, request, engine, book, lines, whole, margins,
                 delivery)
             VALUES (
                 :id, :number, :key, :fingerprint, :received_at, :email, :customer,
                 :catalog_hash, :pack_hash, :receipt, :request, :engine, :book, :lines, :whole,
                 :margins, :delivery)",
        )?
        .execute(named_params! {
            ":id": new.id,
            ":number": receipt.number,
            ":key": new.idempotency_key,
            ":fingerprint": new.fingerprint,
            ":received_at": new.received_at,
            ":email": new.request.contact.email,
            ":customer": new.customer,
            ":catalog_hash": new.request.catalog_hash,
            ":pack_hash": new.request.pack_hash,
            ":receipt": serde_json::to_string(&receipt)?,
            ":request": serde_json::to_string(&new.request)?,
            ":engine": new.engine,
            ":book": new.book,
            ":lines": serde_json::to_string(&new.lines)?,
            ":whole": serde_json::to_string(&new.whole)?,
            ":delivery": serde_json::to_string(&new.delivery)?,
            ":margins": serde_json::to_string(&new.margins)?,
        })?;
    Ok(Kept::Receipt(Box::new(receipt)))
}

/// `Q-2026-00042`: counted by year, without gaps, because the count is part of the transaction.
fn next_number(connection: &Connection, year: i16) -> Result<String, StoreError> {
    let last: i64 = connection
        .prepare_cached(
            "INSERT INTO numbers (year, last) VALUES (?1, 1)
             ON CONFLICT (year) DO UPDATE SET last = last + 1 RETURNING last",
        )?
        .query_row([year], |row| row.get(0))?;
    Ok(format!("Q-{year:04}-{last:05}"))
}

/// The request kept under `id`.
pub fn find(connection: &Connection, id: &str) -> Result<Option<StoredRequest>, StoreError> {
    connection
        .prepare_cached(
            "SELECT receipt, request, engine, book, lines, whole, delivery
             FROM quote_requests WHERE id = ?1",
        )?
        .query_row([id], |row| Ok(stored(row)))
        .optional()?
        .transpose()
}

/// What the request kept under `id` leaves the supplier, and its catalog; `None` where there is
/// no such request.
pub fn margins(
    connection: &Connection,
    id: &str,
) -> Result<Option<(String, Option<Margins>)>, StoreError> {
    let row = connection
        .prepare_cached(
            "SELECT catalogs.code, margins FROM quote_requests
             JOIN catalogs ON catalogs.hash = catalog_hash WHERE id = ?1",
        )?
        .query_row([id], |row| Ok((row.get(0)?, row.get::<_, String>(1)?)))
        .optional()?;
    row.map(|(catalog, margins)| Ok((catalog, serde_json::from_str(&margins)?)))
        .transpose()
}

/// A request as its supplier sees it, and its copy as it is written.
#[derive(Clone, Debug)]
pub struct Staging {
    /// The request.
    pub request: SupplierRequest,
    /// The copy, JSON.
    pub kept: String,
}

/// The request kept under `id`, for its supplier.
pub fn staging(connection: &Connection, id: &str) -> Result<Option<Staging>, StoreError> {
    let Some(stored) = find(connection, id)? else {
        return Ok(None);
    };
    let (margins, kept) = connection
        .prepare_cached("SELECT margins, staged FROM quote_requests WHERE id = ?1")?
        .query_row([id], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?))
        })?;
    let request = SupplierRequest {
        stored,
        margins: serde_json::from_str(&margins)?,
        staged: serde_json::from_str(&kept)?,
    };
    Ok(Some(Staging { request, kept }))
}

/// Keeps the supplier's copy of a request that still is as it was `before`; whether it is.
pub fn stage(
    connection: &Connection,
    id: &str,
    before: &str,
    staged: Option<&StagedQuote>,
) -> Result<bool, StoreError> {
    let staged = serde_json::to_string(&staged)?;
    let changed = connection
        .prepare_cached("UPDATE quote_requests SET staged = ?3 WHERE id = ?1 AND staged = ?2")?
        .execute([id, before, &staged])?;
    Ok(changed > 0)
}

fn stored(row: &Row) -> Result<StoredRequest, StoreError> {
    Ok(StoredRequest {
        receipt: serde_json::from_str(&row.get::<_, String>(0)?)?,
        request: serde_json::from_str(&row.get::<_, String>(1)?)?,
        engine: row.get(2)?,
        book: row.get(3)?,
        lines: serde_json::from_str(&row.get::<_, String>(4)?)?,
        whole: serde_json::from_str(&row.get::<_, String>(5)?)?,
        delivery: serde_json::from_str(&row.get::<_, String>(6)?)?,
    })
}

/// Up to `limit` receipts, newest first, from before `before` on.
pub fn page(
    connection: &Connection,
    before: Option<i64>,
    limit: usize,
) -> Result<Page, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT sequence, receipt FROM quote_requests WHERE sequence < ?1
         ORDER BY sequence DESC LIMIT ?2",
    )?;
    let rows = statement
        .query_map(params![before.unwrap_or(i64::MAX), limit as i64], |row| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?))
        })?
        .collect::<Result<Vec<_>, _>>()?;
    let full = rows.len() == limit;
    let before = rows.last().map(|(sequence, _)| *sequence).filter(|_| full);
    let receipts = rows
        .iter()
        .map(|(_, receipt)| serde_json::from_str(receipt))
        .collect::<Result<_, _>>()?;
    Ok(Page { receipts, before })
}

/// Deletes the request kept under `id`; whether there was one.
pub fn delete(connection: &Connection, id: &str) -> Result<bool, StoreError> {
    Ok(connection.execute("DELETE FROM quote_requests WHERE id = ?1", [id])? > 0)
}

/// Deletes all that was asked under `email`, in capitals or not; how many.
pub fn forget(connection: &Connection, email: &str) -> Result<usize, StoreError> {
    Ok(connection.execute("DELETE FROM quote_requests WHERE email = ?1", [email])?)
}

/// Deletes what was received before `moment` (RFC 3339, UTC); how many.
pub fn delete_before(connection: &Connection, moment: &str) -> Result<usize, StoreError> {
    Ok(connection.execute(
        "DELETE FROM quote_requests WHERE received_at < ?1",
        [moment],
    )?)
}
