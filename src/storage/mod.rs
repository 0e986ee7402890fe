//! The browser's database: what must survive a reload, a crash or a day without a network.
//!
//! One IndexedDB database under a name of our own. A record is JSON text under
//! a text key, so that its format is that of its Rust type alone.

pub mod catalogs;
pub mod drafts;
pub mod tab;

use idb::{DatabaseEvent, Factory, ObjectStoreParams, Transaction, TransactionMode};
use js_sys::{Array, Object, Reflect};
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::prelude::*;
use web_sys::{IdbDatabase, IdbTransaction};

const NAME: &str = "quotewright";
const VERSION: u32 = 1;

/// One kind of record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shelf {
    /// Requests that the endpoint has not answered for good, by idempotency key.
    Outbox,
    /// Requests that the endpoint keeps, by its id.
    Requests,
    /// Manifests, models and price packs.
    Catalogs,
    /// What the buyer is working on.
    Drafts,
    /// Who may send, where the browser has no locks of its own.
    Leases,
}

impl Shelf {
    const ALL: [Self; 5] = [
        Self::Outbox,
        Self::Requests,
        Self::Catalogs,
        Self::Drafts,
        Self::Leases,
    ];

    const fn name(self) -> &'static str {
        match self {
            Self::Outbox => "outbox",
            Self::Requests => "requests",
            Self::Catalogs => "catalogs",
            Self::Drafts => "drafts",
            Self::Leases => "leases",
        }
    }
}

/// The database cannot be used, or not for this: in the browser's words, for the console.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct StorageError(String);

impl From<idb::Error> for StorageError {
    fn from(error: idb::Error) -> Self {
        Self(error.to_string())
    }
}

impl From<serde_json::Error> for StorageError {
    fn from(error: serde_json::Error) -> Self {
        Self(error.to_string())
    }
}

// What web-sys has only as an unstable API: transactions with a durability.
#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(extends = IdbDatabase)]
    type DurableDatabase;

    #[wasm_bindgen(method, catch, js_name = transaction)]
    fn durable_transaction(
        this: &DurableDatabase,
        shelves: &Array,
        mode: &str,
        options: &Object,
    ) -> Result<IdbTransaction, JsValue>;
}

/// An open database.
#[derive(Clone)]
pub struct Store {
    database: IdbDatabase,
}

impl Store {
    /// Opens the database, and makes it when it is not there.
    ///
    /// # Errors
    /// Where the browser has none, or keeps it from this page.
    pub async fn open() -> Result<Self, StorageError> {
        let mut request = Factory::new()?.open(NAME, Some(VERSION))?;
        request.on_upgrade_needed(|event| {
            let Ok(database) = event.database() else {
                return;
            };
            for shelf in Shelf::ALL {
                // Should one fail, opening fails too or its use does.
                let _ = database.create_object_store(shelf.name(), ObjectStoreParams::new());
            }
        });
        let database = IdbDatabase::from(request.await?);
        // Another tab has a newer version of the app: do not stand in its way.
        let closing = database.clone();
        let close = Closure::once_into_js(move || closing.close());
        database.set_onversionchange(Some(close.unchecked_ref()));
        Ok(Self { database })
    }

    /// Reads one shelf as it is at one moment.
    pub async fn read<R>(
        &self,
        shelf: Shelf,
        work: impl AsyncFnOnce(&Access) -> Result<R, StorageError>,
    ) -> Result<R, StorageError> {
        let database = idb::Database::from(self.database.clone());
        let transaction = database.transaction(&[shelf.name()], TransactionMode::ReadOnly)?;
        work(&Access { transaction }).await
    }

    /// Reads and writes several shelves as one step: all of it is on disk when this
    /// returns, or none of it ever. `work` may wait for nothing but `Access`.
    pub async fn write<R>(
        &self,
        shelves: &[Shelf],
        work: impl AsyncFnOnce(&Access) -> Result<R, StorageError>,
    ) -> Result<R, StorageError> {
        let access = Access {
            transaction: self.durable_transaction(shelves)?,
        };
        match work(&access).await {
            Ok(result) => match access.transaction.await?.is_committed() {
                true => Ok(result),
                false => Err(StorageError("the transaction was taken back".to_owned())),
            },
            Err(error) => {
                // It may have ended by itself; either way nothing was written.
                drop(access.transaction.abort());
                Err(error)
            }
        }
    }

    fn durable_transaction(&self, shelves: &[Shelf]) -> Result<Transaction, StorageError> {
        let names: Array = shelves
            .iter()
            .map(|shelf| JsValue::from_str(shelf.name()))
            .collect();
        let options = Object::new();
        // Setting a member of a fresh object cannot fail.
        let _ = Reflect::set(&options, &"durability".into(), &"strict".into());
        self.database
            .unchecked_ref::<DurableDatabase>()
            .durable_transaction(&names, "readwrite", &options)
            .map(Transaction::from)
            .map_err(|error| idb::Error::TransactionOpenFailed(error).into())
    }
}

/// Records within one transaction.
pub struct Access {
    transaction: Transaction,
}

impl Access {
    /// The record under `key`.
    pub async fn get<T: DeserializeOwned>(
        &self,
        shelf: Shelf,
        key: &str,
    ) -> Result<Option<T>, StorageError> {
        let records = self.transaction.object_store(shelf.name())?;
        let value = records.get(JsValue::from_str(key))?.await?;
        let text = value.and_then(|value| value.as_string());
        Ok(text.map(|text| serde_json::from_str(&text)).transpose()?)
    }

    /// All records that this version of the app can read.
    pub async fn all<T: DeserializeOwned>(&self, shelf: Shelf) -> Result<Vec<T>, StorageError> {
        let records = self.transaction.object_store(shelf.name())?;
        let values = records.get_all(None, None)?.await?;
        let texts = values.iter().filter_map(JsValue::as_string);
        Ok(texts
            .filter_map(|text| serde_json::from_str(&text).ok())
            .collect())
    }

    /// All keys.
    pub async fn keys(&self, shelf: Shelf) -> Result<Vec<String>, StorageError> {
        let records = self.transaction.object_store(shelf.name())?;
        let keys = records.get_all_keys(None, None)?.await?;
        Ok(keys.iter().filter_map(JsValue::as_string).collect())
    }

    /// Writes the record under `key`, over the one that is there.
    pub async fn put<T: Serialize>(
        &self,
        shelf: Shelf,
        key: &str,
        record: &T,
    ) -> Result<(), StorageError> {
        let records = self.transaction.object_store(shelf.name())?;
        let text = JsValue::from_str(&serde_json::to_string(record)?);
        records.put(&text, Some(&JsValue::from_str(key)))?.await?;
        Ok(())
    }

    /// Removes the record under `key`, if there is one.
    pub async fn delete(&self, shelf: Shelf, key: &str) -> Result<(), StorageError> {
        let records = self.transaction.object_store(shelf.name())?;
        records.delete(JsValue::from_str(key))?.await?;
        Ok(())
    }
}

/// Asks the browser not to clear the database when space gets short. It may say no.
pub fn ask_for_persistence() {
    let storage = web_sys::window().map(|window| window.navigator().storage());
    let asked = storage.map(|storage| storage.persist());
    if let Some(Ok(answer)) = asked {
        // The answer changes nothing; a rejection must not stay unhandled.
        wasm_bindgen_futures::spawn_local(async move {
            drop(wasm_bindgen_futures::JsFuture::from(answer).await);
        });
    }
}
