//! One tab sends at a time.
//!
//! This saves the endpoint work and no more: should two tabs send the same
//! request at once all the same, the idempotency key makes it one.

use std::cell::Cell;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

use js_sys::{Function, Promise, Reflect};
use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, future_to_promise};

use super::entry::Moment;
use crate::storage::{Shelf, StorageError, Store};

const NAME: &str = "quotewright-outbox";
/// Longer than one call to the endpoint can take.
const LEASE: Moment = 45_000;

/// Does `work` while no other tab does; afterwards, where another tab is at it. Without
/// Web Locks the other tab is not waited for: `work` is left to it.
pub async fn exclusively(
    store: Option<&Store>,
    holder: &str,
    work: impl Future<Output = ()> + 'static,
) {
    let work: Work = Rc::new(Cell::new(Some(Box::pin(work))));
    if let Some((locks, request)) = web_locks() {
        let held = under_lock(Rc::clone(&work));
        if let Ok(promise) = request.call2(&locks, &NAME.into(), &held) {
            drop(JsFuture::from(Promise::resolve(&promise)).await);
        }
    }
    // Still here where there are no locks, or where the browser refuses this page any.
    let Some(work) = work.take() else {
        return;
    };
    if lease(store, holder).await.unwrap_or(true) {
        work.await;
        // A lease that could not be given back ends by itself.
        drop(give_back(store, holder).await);
    }
}

/// Taken by whoever does it.
type Work = Rc<Cell<Option<Pin<Box<dyn Future<Output = ()>>>>>>;

/// What the browser calls once the lock is held; the lock is held until its promise resolves.
fn under_lock(work: Work) -> JsValue {
    Closure::once_into_js(move |_lock: JsValue| -> Promise {
        let work = work.take();
        future_to_promise(async move {
            if let Some(work) = work {
                work.await;
            }
            Ok(JsValue::UNDEFINED)
        })
    })
}

/// Locks are there in secure contexts only.
fn web_locks() -> Option<(JsValue, Function)> {
    let navigator = web_sys::window()?.navigator();
    let locks = Reflect::get(&navigator, &"locks".into()).ok()?;
    let request = Reflect::get(&locks, &"request".into()).ok()?;
    Some((locks, request.dyn_into().ok()?))
}

#[derive(Serialize, Deserialize)]
struct Lease {
    holder: String,
    until: Moment,
}

async fn lease(store: Option<&Store>, holder: &str) -> Result<bool, StorageError> {
    let Some(store) = store else {
        return Ok(true);
    };
    let now = super::now();
    store
        .write(&[Shelf::Leases], async |leases| {
            let taken = leases.get::<Lease>(Shelf::Leases, NAME).await?;
            if taken.is_some_and(|lease| lease.holder != holder && lease.until > now) {
                return Ok(false);
            }
            let lease = Lease {
                holder: holder.to_owned(),
                until: now + LEASE,
            };
            leases.put(Shelf::Leases, NAME, &lease).await?;
            Ok(true)
        })
        .await
}

async fn give_back(store: Option<&Store>, holder: &str) -> Result<(), StorageError> {
    let Some(store) = store else {
        return Ok(());
    };
    store
        .write(&[Shelf::Leases], async |leases| {
            let taken = leases.get::<Lease>(Shelf::Leases, NAME).await?;
            if taken.is_some_and(|lease| lease.holder == holder) {
                leases.delete(Shelf::Leases, NAME).await?;
            }
            Ok(())
        })
        .await
}
