//! The catalogs: those served now, and every earlier state that was ever served.

mod compile;
mod edition;
mod offer;

pub use compile::{CatalogError, compile_offers};
pub use edition::{Edition, PackEdition};
pub use offer::Offer;

use std::sync::Arc;

use jiff::civil::Date;
use quotewright_compiler::DocumentFile;
use quotewright_protocol::PriceAccess;

use crate::store::{Store, StoreError, documents, editions};
use crate::tokens::Customer;

/// Finds catalogs and prices by code and by hash.
pub struct Library {
    offers: Vec<Offer>,
    store: Store,
}

impl Library {
    /// A library that serves `offers` from `today` on, and remembers them.
    ///
    /// # Errors
    /// [`StoreError`], where they cannot be kept.
    pub async fn open(offers: Vec<Offer>, store: Store, today: Date) -> Result<Self, StoreError> {
        let editions: Vec<_> = offers
            .iter()
            .map(|offer| Arc::clone(offer.edition()))
            .collect();
        let packs: Vec<_> = offers
            .iter()
            .flat_map(Offer::packs)
            .map(Arc::clone)
            .collect();
        let documents: Vec<_> = offers
            .iter()
            .map(|offer| Arc::clone(offer.documents()))
            .collect();
        store
            .write(move |connection| {
                editions::supersede_all(connection, &today.to_string())?;
                editions
                    .iter()
                    .try_for_each(|edition| edition.keep(connection))?;
                packs.iter().try_for_each(|pack| pack.keep(connection))?;
                let mut files = documents.iter().flat_map(|it| it.iter());
                files.try_for_each(|it| documents::keep(connection, it))
            })
            .await?;
        Ok(Self { offers, store })
    }

    /// The catalogs that are served, by their codes.
    pub fn offers(&self) -> &[Offer] {
        &self.offers
    }

    /// The catalog served under `code`.
    pub fn offer(&self, code: &str) -> Option<&Offer> {
        self.offers
            .iter()
            .find(|offer| offer.edition().code == code)
    }

    /// The state of a catalog with this hash, served now or earlier.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn edition(&self, hash: &str) -> Result<Option<Arc<Edition>>, StoreError> {
        let served = self
            .offers
            .iter()
            .map(Offer::edition)
            .find(|edition| edition.hash == hash);
        if let Some(edition) = served {
            return Ok(Some(Arc::clone(edition)));
        }
        let hash = hash.to_owned();
        let edition = self
            .store
            .read(move |connection| Edition::load(connection, &hash))
            .await?;
        Ok(edition.map(Arc::new))
    }

    /// The price pack with this hash, served now or earlier, where `customer` may see it.
    /// One that may not be seen is the same as one that does not exist.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn pack(
        &self,
        hash: &str,
        customer: Option<&Customer>,
    ) -> Result<Option<Arc<PackEdition>>, StoreError> {
        let pack = self.kept_pack(hash).await?;
        Ok(pack.filter(|pack| pack.may_be_seen_by(customer, self.is_signed_in_only(pack))))
    }

    /// The price pack with this hash, served now or earlier, whoever may see it: for the supplier.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn kept_pack(&self, hash: &str) -> Result<Option<Arc<PackEdition>>, StoreError> {
        let mut packs = self.offers.iter().flat_map(Offer::packs);
        if let Some(pack) = packs.find(|pack| pack.pack.hash == hash) {
            return Ok(Some(Arc::clone(pack)));
        }
        let hash = hash.to_owned();
        let pack = self
            .store
            .read(move |connection| PackEdition::load(connection, &hash))
            .await?;
        Ok(pack.map(Arc::new))
    }

    /// The document with this hash, served now or earlier.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn document(&self, hash: &str) -> Result<Option<DocumentFile>, StoreError> {
        let hash = hash.to_owned();
        self.store
            .read(move |connection| documents::find(connection, hash))
            .await
    }

    /// What `customer` may know of the prices of `offer` on `today`.
    pub fn access(&self, offer: &Offer, customer: Option<&Customer>, today: Date) -> PriceAccess {
        let signed_in = offer.edition().signed_in;
        offer
            .pack_for(customer, today)
            .filter(|pack| pack.may_be_seen_by(customer, signed_in))
            .map_or(PriceAccess::Hidden, |pack| PriceAccess::Pack {
                pack_hash: pack.pack.hash.clone(),
            })
    }

    /// Whether `customer` may know of a product of the catalog with this hash. What was served
    /// earlier is known to whoever knows its hash.
    pub fn sells(
        &self,
        catalog_hash: &str,
        product: &str,
        customer: Option<&Customer>,
        today: Date,
    ) -> bool {
        let mut offers = self.offers.iter();
        let offer = offers.find(|offer| offer.edition().hash == catalog_hash);
        offer.is_none_or(|offer| offer.sells(product, customer, today))
    }

    /// Whether anybody may see it.
    pub fn is_public(&self, pack: &PackEdition) -> bool {
        pack.may_be_seen_by(None, self.is_signed_in_only(pack))
    }

    /// Whether the catalog shows prices to customers only, by its present state where it has one.
    fn is_signed_in_only(&self, pack: &PackEdition) -> bool {
        self.offer(&pack.pack.catalog)
            .map_or(pack.signed_in, |offer| offer.edition().signed_in)
    }
}
