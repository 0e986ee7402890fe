use rusqlite::{Connection, OptionalExtension, params};

use super::StoreError;

/// One state of a catalog, without its models.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CatalogRow {
    /// Hash of its canonical public source.
    pub hash: String,
    /// Code of the catalog.
    pub code: String,
    /// Days that a request may arrive after its price date.
    pub late_days: u32,
    /// Whether only customers see prices.
    pub signed_in: bool,
    /// First day on which it was no longer served, ISO 8601.
    pub superseded_on: Option<String>,
}

/// One price pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackRow {
    /// Its hash.
    pub hash: String,
    /// Hash of its catalog.
    pub catalog_hash: String,
    /// Whom it is for, JSON; `None`: the public book.
    pub audience: Option<String>,
    /// JSON.
    pub pack: String,
    /// What only the supplier may know about them, JSON.
    pub confidential: String,
    /// First day on which it was no longer served, ISO 8601.
    pub superseded_on: Option<String>,
}

/// Marks all as no longer served since `today`; what is served follows with the `keep_` functions.
pub fn supersede_all(connection: &Connection, today: &str) -> Result<(), StoreError> {
    for table in ["catalogs", "price_packs"] {
        let sql = format!("UPDATE {table} SET superseded_on = ?1 WHERE superseded_on IS NULL");
        connection.execute(&sql, [today])?;
    }
    Ok(())
}

/// Keeps a state of a catalog that is served from now on.
pub fn keep_catalog(connection: &Connection, row: &CatalogRow) -> Result<(), StoreError> {
    connection.execute(
        "INSERT INTO catalogs (hash, code, late_days, signed_in) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (hash) DO UPDATE SET
             late_days = excluded.late_days, signed_in = excluded.signed_in, superseded_on = NULL",
        params![row.hash, row.code, row.late_days, row.signed_in],
    )?;
    Ok(())
}

/// Keeps a model, JSON, of a catalog that is kept.
pub fn keep_model(
    connection: &Connection,
    catalog_hash: &str,
    product: &str,
    model: &str,
) -> Result<(), StoreError> {
    connection.execute(
        "INSERT INTO models (catalog_hash, product, model) VALUES (?1, ?2, ?3)
         ON CONFLICT (catalog_hash, product) DO UPDATE SET model = excluded.model",
        [catalog_hash, product, model],
    )?;
    Ok(())
}

/// Keeps a price pack that is served from now on.
pub fn keep_pack(connection: &Connection, row: &PackRow) -> Result<(), StoreError> {
    connection.execute(
        "INSERT INTO price_packs (hash, catalog_hash, audience, pack, confidential)
         VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (hash) DO UPDATE SET
             audience = excluded.audience, pack = excluded.pack,
             confidential = excluded.confidential, superseded_on = NULL",
        params![
            row.hash,
            row.catalog_hash,
            row.audience,
            row.pack,
            row.confidential
        ],
    )?;
    Ok(())
}

/// The state of a catalog with this hash.
pub fn catalog(connection: &Connection, hash: &str) -> Result<Option<CatalogRow>, StoreError> {
    Ok(connection
        .prepare_cached(
            "SELECT hash, code, late_days, signed_in, superseded_on FROM catalogs WHERE hash = ?1",
        )?
        .query_row([hash], |row| {
            Ok(CatalogRow {
                hash: row.get(0)?,
                code: row.get(1)?,
                late_days: row.get(2)?,
                signed_in: row.get(3)?,
                superseded_on: row.get(4)?,
            })
        })
        .optional()?)
}

/// The models, JSON, of a catalog.
pub fn models(connection: &Connection, catalog_hash: &str) -> Result<Vec<String>, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT model FROM models WHERE catalog_hash = ?1")?;
    let models = statement.query_map([catalog_hash], |row| row.get(0))?;
    Ok(models.collect::<Result<_, _>>()?)
}

/// The price pack with this hash.
pub fn pack(connection: &Connection, hash: &str) -> Result<Option<PackRow>, StoreError> {
    Ok(connection
        .prepare_cached(
            "SELECT hash, catalog_hash, audience, pack, confidential, superseded_on
             FROM price_packs WHERE hash = ?1",
        )?
        .query_row([hash], |row| {
            Ok(PackRow {
                hash: row.get(0)?,
                catalog_hash: row.get(1)?,
                audience: row.get(2)?,
                pack: row.get(3)?,
                confidential: row.get(4)?,
                superseded_on: row.get(5)?,
            })
        })
        .optional()?)
}
