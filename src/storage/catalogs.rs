//! Catalogs already seen, for when there is no network.
//!
//! Models and packs are named by their hash and never change, so that what is
//! here need not be asked for again. What was answered to a customer is kept
//! under that customer's name, shown to nobody else, and removed when the page
//! is opened without that customer's token.

use quotewright_engine::catalog::Model;
use quotewright_engine::price::PricePack;
use quotewright_protocol::{ListedCatalog, Manifest};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::{Shelf, Store};
use crate::api::{Api, ApiError, parse};
use crate::sync::subject_of;

/// Catalogs of one endpoint, as one buyer sees them.
pub struct Library {
    api: Api,
    subject: Option<String>,
    store: Option<Store>,
}

/// An answer of the endpoint as it came.
#[derive(Serialize, Deserialize)]
struct Kept {
    /// Whose it is; `None`: anybody's.
    subject: Option<String>,
    text: String,
}

impl Library {
    /// What `api` serves, with what is kept of it in `store`.
    pub fn new(api: Api, store: Option<Store>) -> Self {
        Self {
            subject: subject_of(api.token().unwrap_or_default()),
            api,
            store,
        }
    }

    /// The catalogs that are served: the endpoint's answer, else the one last seen.
    pub async fn listed(&self) -> Result<Vec<ListedCatalog>, ApiError> {
        let key = self.key("catalogs", &[], self.subject.as_deref());
        self.last_seen(&key, self.api.catalogs_text().await).await
    }

    /// The manifest: the endpoint's where it answers, else the one last seen.
    pub async fn manifest(&self, catalog: &str) -> Result<Manifest, ApiError> {
        let key = self.key("manifest", &[catalog], self.subject.as_deref());
        let answer = self.api.manifest_text(catalog).await;
        self.last_seen(&key, answer).await
    }

    /// What the endpoint has answered, else what is kept under `key`.
    async fn last_seen<T: DeserializeOwned>(
        &self,
        key: &str,
        answer: Result<String, ApiError>,
    ) -> Result<T, ApiError> {
        match answer {
            Ok(text) => {
                let found = parse(&text)?;
                self.keep(key, self.subject.clone(), text).await;
                Ok(found)
            }
            Err(error @ (ApiError::Network | ApiError::Busy { .. })) => {
                self.kept(key).await.ok_or(error)
            }
            Err(error) => Err(error),
        }
    }

    /// A model, which is everybody's, and how it is written.
    pub async fn model(
        &self,
        catalog_hash: &str,
        product: &str,
    ) -> Result<(Model, String), ApiError> {
        let key = self.key("model", &[catalog_hash, product], None);
        if let Some(found) = self.kept_with_text(&key).await {
            return Ok(found);
        }
        let text = self.api.model_text(catalog_hash, product).await?;
        let model = parse(&text)?;
        self.keep(&key, None, text.clone()).await;
        Ok((model, text))
    }

    /// A price pack, under its reader's name.
    pub async fn pack(&self, pack_hash: &str) -> Result<PricePack, ApiError> {
        let key = self.key("pack", &[pack_hash], self.subject.as_deref());
        if let Some(pack) = self.kept(&key).await {
            return Ok(pack);
        }
        let text = self.api.pack_text(pack_hash).await?;
        let pack = parse(&text)?;
        self.keep(&key, self.subject.clone(), text).await;
        Ok(pack)
    }

    /// Removes what was kept for other customers than this one.
    pub async fn forget_others(&self) {
        let Some(store) = &self.store else {
            return;
        };
        let removed = store.write(&[Shelf::Catalogs], async |catalogs| {
            for key in catalogs.keys(Shelf::Catalogs).await? {
                let kept = catalogs.get::<Kept>(Shelf::Catalogs, &key).await?;
                let foreign =
                    kept.is_some_and(|kept| kept.subject.is_some() && kept.subject != self.subject);
                if foreign {
                    catalogs.delete(Shelf::Catalogs, &key).await?;
                }
            }
            Ok(())
        });
        // Tried again at the next start; until then nobody is shown it.
        drop(removed.await);
    }

    fn key(&self, kind: &str, names: &[&str], subject: Option<&str>) -> String {
        let address = [kind, self.api.endpoint(), subject.unwrap_or_default()];
        address
            .iter()
            .chain(names)
            .map(|part| part.replace(' ', "%20"))
            .collect::<Vec<_>>()
            .join(" ")
    }

    async fn kept<T: DeserializeOwned>(&self, key: &str) -> Option<T> {
        self.kept_with_text(key).await.map(|(kept, _)| kept)
    }

    /// A record of an older format is none.
    async fn kept_with_text<T: DeserializeOwned>(&self, key: &str) -> Option<(T, String)> {
        let store = self.store.as_ref()?;
        let kept = store
            .read(Shelf::Catalogs, async |catalogs| {
                catalogs.get::<Kept>(Shelf::Catalogs, key).await
            })
            .await
            .ok()??;
        let mine = kept.subject.is_none() || kept.subject == self.subject;
        let parsed = mine.then(|| parse(&kept.text).ok()).flatten()?;
        Some((parsed, kept.text))
    }

    async fn keep(&self, key: &str, subject: Option<String>, text: String) {
        let Some(store) = &self.store else {
            return;
        };
        let kept = Kept { subject, text };
        let written = store.write(&[Shelf::Catalogs], async |catalogs| {
            catalogs.put(Shelf::Catalogs, key, &kept).await
        });
        // It is only needed when the network is away.
        drop(written.await);
    }
}
