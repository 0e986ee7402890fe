//! Where requests are written down: in the browser's database, or, where it has none,
//! in memory for as long as the page lives.

use std::cell::RefCell;
use std::cmp::Reverse;
use std::rc::Rc;

use quotewright_protocol::Receipt;

use super::entry::{Entry, Moment, Occasion, SentRequest, Settled};
use crate::api::ApiError;
use crate::storage::drafts::Writing;
use crate::storage::{Shelf, StorageError, Store};

/// All requests of this device.
#[derive(Clone, Default)]
pub struct Ledger {
    store: Option<Store>,
    volatile: Rc<RefCell<Volatile>>,
}

/// What could not be written to the database.
#[derive(Default)]
struct Volatile {
    entries: Vec<Entry>,
    sent: Vec<SentRequest>,
}

/// Everything that a [`Ledger`] knows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Records {
    /// On their way, oldest first.
    pub entries: Vec<Entry>,
    /// Those of `entries` and `sent` that this page alone knows, by idempotency key.
    pub volatile: Vec<String>,
    /// Kept by the endpoint, newest first.
    pub sent: Vec<SentRequest>,
}

/// A draft becomes an entry, an entry becomes a draft again, or an entry another entry:
/// whatever is killed when, what the buyer entered is in exactly one place.
#[derive(Clone, Debug, Default)]
pub struct Exchange {
    /// The new entry.
    pub add: Option<Entry>,
    /// Key of the entry that goes.
    pub remove: Option<String>,
    /// The draft as it is afterwards.
    pub draft: Option<Writing>,
}

impl Exchange {
    async fn write(&self, store: &Store) -> Result<(), StorageError> {
        store
            .write(&[Shelf::Outbox, Shelf::Drafts], async |shelves| {
                if let Some(key) = &self.remove {
                    shelves.delete(Shelf::Outbox, key).await?;
                }
                if let Some(entry) = &self.add {
                    shelves.put(Shelf::Outbox, &entry.key, entry).await?;
                }
                if let Some(draft) = &self.draft {
                    draft.put(shelves).await?;
                }
                Ok(())
            })
            .await
    }
}

impl Ledger {
    /// A ledger in `store`.
    pub fn new(store: Option<Store>) -> Self {
        Self {
            store,
            volatile: Rc::default(),
        }
    }

    /// The database, where there is one.
    pub fn store(&self) -> Option<&Store> {
        self.store.as_ref()
    }

    /// Everything as it is now.
    pub async fn records(&self) -> Records {
        let mut records = Records::default();
        if let Some(store) = &self.store {
            let entries = store.read(Shelf::Outbox, async |it| it.all(Shelf::Outbox).await);
            records.entries = entries.await.unwrap_or_default();
            let sent = store.read(Shelf::Requests, async |it| it.all(Shelf::Requests).await);
            records.sent = sent.await.unwrap_or_default();
        }
        let volatile = self.volatile.borrow();
        let keys = volatile.entries.iter().map(|entry| &entry.key);
        let sent_keys = volatile.sent.iter().map(|sent| &sent.key);
        records.volatile = keys.chain(sent_keys).cloned().collect();
        records.entries.extend(volatile.entries.iter().cloned());
        records.sent.extend(volatile.sent.iter().cloned());
        records.entries.sort_by_key(|entry| entry.created);
        records
            .sent
            .sort_by_key(|sent| Reverse(sent.receipt.received_at.clone()));
        records
    }

    /// Writes an exchange down as one step. Where the database fails, in memory.
    pub async fn exchange(&self, exchange: Exchange) {
        let written = match &self.store {
            Some(store) => exchange.write(store).await.is_ok(),
            None => false,
        };
        let mut volatile = self.volatile.borrow_mut();
        volatile
            .entries
            .retain(|other| Some(&other.key) != exchange.remove.as_ref());
        if let (false, Some(entry)) = (written, exchange.add) {
            volatile.entries.push(entry);
        }
    }

    /// Writes down that an attempt begins. `None` where there is nothing to send any more.
    pub async fn begin(&self, key: &str) -> Result<Option<Entry>, StorageError> {
        if let Some(entry) = self.begin_volatile(key) {
            return Ok(Some(entry));
        }
        let Some(store) = &self.store else {
            return Ok(None);
        };
        store
            .write(&[Shelf::Outbox], async |outbox| {
                let entry = outbox.get::<Entry>(Shelf::Outbox, key).await?;
                let entry = entry.filter(|entry| entry.due(Occasion::Buyer).is_some());
                let Some(entry) = entry.map(Entry::begin) else {
                    return Ok(None);
                };
                outbox.put(Shelf::Outbox, key, &entry).await?;
                Ok(Some(entry))
            })
            .await
    }

    /// Writes down what an answer makes of an entry, in one step: on one list or the other.
    pub async fn settle(
        &self,
        entry: Entry,
        answer: Result<Receipt, ApiError>,
        now: Moment,
    ) -> Result<(), StorageError> {
        let settled = entry.clone().settle(answer, now);
        if self.settle_volatile(&entry.key, &settled) {
            return Ok(());
        }
        let Some(store) = &self.store else {
            return Ok(());
        };
        store
            .write(&[Shelf::Outbox, Shelf::Requests], async |shelves| {
                match &settled {
                    Settled::Sent(sent) => {
                        let id = &sent.receipt.id;
                        shelves.put(Shelf::Requests, id, sent.as_ref()).await?;
                        shelves.delete(Shelf::Outbox, &entry.key).await
                    }
                    Settled::Kept(kept) => {
                        // The buyer may have discarded it in the meantime.
                        let there = shelves.get::<Entry>(Shelf::Outbox, &entry.key).await?;
                        match there {
                            Some(_) => shelves.put(Shelf::Outbox, &entry.key, kept.as_ref()).await,
                            None => Ok(()),
                        }
                    }
                }
            })
            .await
    }

    /// Forgets a request that the endpoint has forgotten.
    pub async fn forget(&self, id: &str) -> Result<(), StorageError> {
        self.volatile
            .borrow_mut()
            .sent
            .retain(|sent| sent.receipt.id != id);
        self.delete(Shelf::Requests, id).await
    }

    async fn delete(&self, shelf: Shelf, key: &str) -> Result<(), StorageError> {
        match &self.store {
            Some(store) => {
                store
                    .write(&[shelf], async |it| it.delete(shelf, key).await)
                    .await
            }
            None => Ok(()),
        }
    }

    fn begin_volatile(&self, key: &str) -> Option<Entry> {
        let mut volatile = self.volatile.borrow_mut();
        let entry = volatile.entries.iter_mut().find(|entry| entry.key == key)?;
        *entry = entry.clone().begin();
        Some(entry.clone())
    }

    fn settle_volatile(&self, key: &str, settled: &Settled) -> bool {
        let mut volatile = self.volatile.borrow_mut();
        let Some(place) = volatile.entries.iter().position(|entry| entry.key == key) else {
            return false;
        };
        match settled {
            Settled::Sent(sent) => {
                volatile.entries.remove(place);
                volatile.sent.push(sent.as_ref().clone());
            }
            Settled::Kept(kept) => volatile.entries[place] = kept.as_ref().clone(),
        }
        true
    }
}
