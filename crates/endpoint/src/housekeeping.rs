//! What is done from time to time.

use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use crate::clock::now;
use crate::routes::Rates;
use crate::store::{Store, StoreError, requests};

const INTERVAL: Duration = Duration::from_secs(600);

/// Deletes what is older than it may be, and forgets clients; never ends.
pub async fn keep_house(store: Store, retention_days: Option<u32>, rates: Arc<Rates>) {
    let mut interval = tokio::time::interval(INTERVAL);
    loop {
        interval.tick().await;
        rates.calls.tidy();
        rates.requests.tidy();
        if let Some(days) = retention_days {
            match delete_older(&store, days, now()).await {
                Ok(0) => {}
                Ok(deleted) => tracing::info!(deleted, days, "requests past their time deleted"),
                Err(error) => tracing::error!(%error, "nothing could be deleted"),
            }
        }
    }
}

/// Deletes what was received more than `days` before `now`; how many.
async fn delete_older(store: &Store, days: u32, now: Timestamp) -> Result<usize, StoreError> {
    let age = SignedDuration::from_hours(24 * i64::from(days));
    let Ok(limit) = now.checked_sub(age) else {
        return Ok(0);
    };
    let limit = limit.to_string();
    store
        .write(move |connection| requests::delete_before(connection, &limit))
        .await
}
