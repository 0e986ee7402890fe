use std::collections::BTreeMap;

use jiff::civil::Date;
use quotewright_engine::catalog::{FORMAT, Model};
use quotewright_engine::price::PricePack;
use quotewright_engine::price::books::Conditions;
use quotewright_engine::quote::Confidential;
use rusqlite::Connection;

use crate::store::{CatalogRow, PackRow, StoreError, editions};
use crate::tokens::Customer;

/// One state of a catalog: what can be configured, and on what terms it may be asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Edition {
    /// Code of the catalog.
    pub code: String,
    /// Hash of its canonical public source.
    pub hash: String,
    /// Days that a request may arrive after its price date.
    pub late_days: u32,
    /// Whether only customers see prices.
    pub signed_in: bool,
    /// First day on which it was no longer served; `None` while it is.
    pub superseded_on: Option<Date>,
    /// The models by product.
    pub models: BTreeMap<String, Model>,
}

/// One price pack, and whose it is.
#[derive(Clone, Debug, PartialEq)]
pub struct PackEdition {
    /// What has to be known of whoever may see it; nothing: the public book.
    pub audience: Conditions,
    /// Whether its catalog shows prices to customers only.
    pub signed_in: bool,
    /// First day on which it was no longer served; `None` while it is.
    pub superseded_on: Option<Date>,
    /// The prices.
    pub pack: PricePack,
    /// What only the supplier may know about them.
    pub confidential: Confidential,
}

impl Edition {
    /// Keeps it in the database.
    pub(super) fn keep(&self, connection: &Connection) -> Result<(), StoreError> {
        let row = CatalogRow {
            hash: self.hash.clone(),
            code: self.code.clone(),
            late_days: self.late_days,
            signed_in: self.signed_in,
            superseded_on: None,
        };
        editions::keep_catalog(connection, &row)?;
        self.models.iter().try_for_each(|(product, model)| {
            editions::keep_model(
                connection,
                &self.hash,
                product,
                &serde_json::to_string(model)?,
            )
        })
    }

    /// The one kept under `hash`; `None` too where its compiled form is of another version.
    pub(super) fn load(connection: &Connection, hash: &str) -> Result<Option<Self>, StoreError> {
        let Some(row) = editions::catalog(connection, hash)? else {
            return Ok(None);
        };
        let mut models = BTreeMap::new();
        for text in editions::models(connection, hash)? {
            if !is_of_this_format(&text)? {
                return Ok(None);
            }
            let model: Model = serde_json::from_str(&text)?;
            models.insert(model.product.clone(), model);
        }
        Ok(Some(Self {
            code: row.code,
            hash: row.hash,
            late_days: row.late_days,
            signed_in: row.signed_in,
            superseded_on: date(row.superseded_on),
            models,
        }))
    }
}

impl PackEdition {
    /// Whether `customer` may see it, in a catalog that shows prices to customers only or to all.
    pub fn may_be_seen_by(&self, customer: Option<&Customer>, signed_in_only: bool) -> bool {
        let customer = customer.filter(|customer| customer.catalog == self.pack.catalog);
        match (self.is_public(), customer) {
            (false, Some(customer)) => self.audience.hold(&customer.buyer()),
            (false, None) => false,
            (true, Some(_)) => true,
            (true, None) => !signed_in_only,
        }
    }

    /// Whether the prices are the public book's.
    pub fn is_public(&self) -> bool {
        self.audience.count() == 0
    }

    /// Whether there are prices for a product, or for a quote as a whole.
    pub fn has(&self, product: &str) -> bool {
        let mut products = self.pack.products.iter().chain(&self.pack.whole);
        products.any(|it| it.product == product)
    }

    /// Whether its prices hold on `day`.
    pub fn holds_on(&self, day: Date) -> bool {
        self.pack.valid_from.is_none_or(|from| from <= day)
            && self.pack.valid_until.is_none_or(|until| day <= until)
    }

    /// Keeps it in the database.
    pub(super) fn keep(&self, connection: &Connection) -> Result<(), StoreError> {
        let row = PackRow {
            hash: self.pack.hash.clone(),
            catalog_hash: self.pack.catalog_hash.clone(),
            audience: (!self.is_public())
                .then(|| serde_json::to_string(&self.audience))
                .transpose()?,
            pack: serde_json::to_string(&self.pack)?,
            confidential: serde_json::to_string(&self.confidential)?,
            superseded_on: None,
        };
        editions::keep_pack(connection, &row)
    }

    /// The one kept under `hash`; `None` too where its compiled form is of another version.
    pub(super) fn load(connection: &Connection, hash: &str) -> Result<Option<Self>, StoreError> {
        let Some(row) = editions::pack(connection, hash)? else {
            return Ok(None);
        };
        let catalog = editions::catalog(connection, &row.catalog_hash)?;
        if !is_of_this_format(&row.pack)? {
            return Ok(None);
        }
        let audience = row.audience.as_deref().map(serde_json::from_str);
        Ok(Some(Self {
            audience: audience.transpose()?.unwrap_or_default(),
            signed_in: catalog.is_none_or(|catalog| catalog.signed_in),
            superseded_on: date(row.superseded_on),
            pack: serde_json::from_str(&row.pack)?,
            // Kept before anything confidential was.
            confidential: serde_json::from_str::<Option<_>>(&row.confidential)?.unwrap_or_default(),
        }))
    }
}

/// Whether the compiled form is of the version that this program reads.
fn is_of_this_format(json: &str) -> Result<bool, StoreError> {
    #[derive(serde::Deserialize)]
    struct Versioned {
        format: u32,
    }
    let versioned: Versioned = serde_json::from_str(json)?;
    Ok(versioned.format == FORMAT)
}

fn date(text: Option<String>) -> Option<Date> {
    text.and_then(|text| text.parse().ok())
}
