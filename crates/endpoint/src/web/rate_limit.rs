use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use super::client::client_of;
use crate::refusal::{Kind, Refusal};

/// Counts the calls of each client.
pub struct RateLimit {
    limiter: DefaultKeyedRateLimiter<IpAddr>,
    behind_proxy: bool,
}

impl RateLimit {
    /// `per_minute` calls of each client, all at once or spread.
    pub fn new(per_minute: u32, behind_proxy: bool) -> Arc<Self> {
        let quota = Quota::per_minute(NonZeroU32::new(per_minute).unwrap_or(NonZeroU32::MIN));
        Arc::new(Self {
            limiter: RateLimiter::keyed(quota),
            behind_proxy,
        })
    }

    /// Forgets clients that have not called for a while.
    pub fn tidy(&self) {
        self.limiter.retain_recent();
    }
}

/// Refuses a call that is one too many.
pub async fn limit_rate(
    State(limit): State<Arc<RateLimit>>,
    request: Request,
    next: Next,
) -> Response {
    let too_many = client_of(&request, limit.behind_proxy)
        .and_then(|client| limit.limiter.check_key(&client).err());
    match too_many {
        None => next.run(request).await,
        Some(denied) => {
            let seconds = denied
                .wait_time_from(DefaultClock::default().now())
                .as_secs()
                + 1;
            Refusal::new(
                Kind::RateLimited,
                format!("Try again in {seconds} seconds."),
            )
            .retry_after(seconds)
            .into_response()
        }
    }
}
