//! One request on its way: what it waits for and what an answer makes of it. Plain values.

use quotewright_protocol::{Problem, Receipt};
use serde::{Deserialize, Serialize};

use crate::api::ApiError;

/// Milliseconds since 1970, UTC.
pub type Moment = u64;

/// Pause after the first attempt; it doubles with each further one.
const FIRST_PAUSE: Moment = 2_000;
/// No pause is longer, unless the endpoint asks for it.
const LONGEST_PAUSE: Moment = 60_000;

/// A request that the endpoint has not answered for good.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// Idempotency key: the same at every attempt, of no other request ever.
    pub key: String,
    /// Address of the endpoint; empty for the page's own origin.
    pub endpoint: String,
    /// The customer whose token it must be sent with; `None`: without one.
    pub subject: Option<String>,
    /// The body, byte for byte as it is sent at every attempt.
    pub body: String,
    /// When the buyer sent it.
    pub created: Moment,
    /// How often it was handed to the network; after the first time the endpoint may have it.
    pub attempts: u32,
    /// Where it stands.
    pub state: EntryState,
}

/// Where an [`Entry`] stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EntryState {
    /// To be sent.
    Waiting {
        /// Not before this moment, unless there is reason to.
        until: Moment,
        /// Not before this moment, whatever happens: the endpoint said so. Zero where it did not.
        #[serde(default)]
        earliest: Moment,
        /// What went wrong the last time.
        cause: Option<Cause>,
    },
    /// Handed to the network. Found at the start of the app it means that the app
    /// ended before the answer came: to be sent again.
    Sending,
    /// The endpoint does not take it. Kept until the buyer changes or discards it.
    Refused(Box<Problem>),
}

/// Why a request is still waiting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cause {
    /// No answer came.
    Network,
    /// The endpoint said: not now.
    Busy,
    /// The customer's token is needed, or a new one.
    SignIn,
    /// The answer was none of the endpoint's.
    Unexpected,
}

/// Why something is to be sent now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Occasion {
    /// Its pause is over.
    Timer,
    /// What requests wait for, such as the network or a token, may be there again.
    Change,
    /// The buyer asks for it.
    Buyer,
}

/// A request that the endpoint keeps.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SentRequest {
    /// Idempotency key under which it was sent.
    pub key: String,
    /// Address of the endpoint; empty for the page's own origin.
    pub endpoint: String,
    /// The customer with whose token it was sent.
    pub subject: Option<String>,
    /// What the endpoint answered.
    pub receipt: Receipt,
}

/// What an answer makes of an entry.
#[derive(Clone, Debug, PartialEq)]
pub enum Settled {
    /// Done.
    Sent(Box<SentRequest>),
    /// Not done: waiting or refused.
    Kept(Box<Entry>),
}

impl Entry {
    /// A request that was never handed to the network.
    pub fn new(
        key: String,
        endpoint: String,
        subject: Option<String>,
        body: String,
        now: Moment,
    ) -> Self {
        Self {
            key,
            endpoint,
            subject,
            body,
            created: now,
            attempts: 0,
            state: EntryState::Waiting {
                until: 0,
                earliest: 0,
                cause: None,
            },
        }
    }

    /// When it may next be sent on such an occasion; `None` where it is not to be sent at all.
    pub fn due(&self, occasion: Occasion) -> Option<Moment> {
        match &self.state {
            EntryState::Waiting { earliest, .. } if occasion == Occasion::Buyer => Some(*earliest),
            EntryState::Waiting {
                cause: Some(Cause::Network | Cause::SignIn),
                ..
            } if occasion == Occasion::Change => Some(0),
            EntryState::Waiting { until, .. } => Some(*until),
            EntryState::Sending => Some(0),
            EntryState::Refused(_) => None,
        }
    }

    /// Handed to the network. Written down before it is.
    pub fn begin(self) -> Self {
        Self {
            attempts: self.attempts.saturating_add(1),
            state: EntryState::Sending,
            ..self
        }
    }

    /// What `answer` makes of it.
    pub fn settle(self, answer: Result<Receipt, ApiError>, now: Moment) -> Settled {
        let failure = match answer {
            Ok(receipt) => return Settled::Sent(Box::new(self.sent(receipt))),
            Err(failure) => failure,
        };
        let state = match failure {
            ApiError::Refused(problem) if problem.status != 401 => EntryState::Refused(problem),
            ApiError::Refused(_) | ApiError::Unauthorised => self.waiting(Cause::SignIn, None, now),
            ApiError::Network => self.waiting(Cause::Network, None, now),
            ApiError::Busy { retry_after, .. } => self.waiting(Cause::Busy, retry_after, now),
            ApiError::NotFound | ApiError::Unexpected(_) => {
                self.waiting(Cause::Unexpected, None, now)
            }
        };
        Settled::Kept(Box::new(Self { state, ..self }))
    }

    fn sent(self, receipt: Receipt) -> SentRequest {
        SentRequest {
            key: self.key,
            endpoint: self.endpoint,
            subject: self.subject,
            receipt,
        }
    }

    fn waiting(&self, cause: Cause, retry_after: Option<u32>, now: Moment) -> EntryState {
        let asked = retry_after.map_or(0, |seconds| Moment::from(seconds) * 1_000);
        EntryState::Waiting {
            until: now.saturating_add(pause(self.attempts).max(asked)),
            earliest: retry_after.map_or(0, |_| now.saturating_add(asked)),
            cause: Some(cause),
        }
    }
}

/// How long to wait after so many attempts.
fn pause(attempts: u32) -> Moment {
    let doublings = attempts.saturating_sub(1).min(16);
    (FIRST_PAUSE << doublings).min(LONGEST_PAUSE)
}

#[cfg(test)]
mod tests;
