//! The outbox: a request is sent exactly once in effect, whatever is killed when.
//!
//! | step | killed right after it, this is what happens at the next start |
//! |---|---|
//! | 1. the buyer sends | nothing was promised yet: the draft is there as before |
//! | 2. one transaction (strict durability) turns the draft into an entry with a new key and the finished body | it is found and sent; only now the page says "waiting" |
//! | 3. the attempt is on disk as "sending" | it is sent again |
//! | 4. the call is on its way, or lost | it is sent again; the endpoint may not have it yet |
//! | 5. the endpoint has kept it | it is sent again; the key is known, so the endpoint answers as it did and keeps nothing |
//! | 6. the answer is here | as 5 |
//! | 7. one transaction moves it from the outbox to the list of requests | it is in exactly one of them |
//!
//! So the endpoint gets a request at least once, and the same key with the same
//! body makes that once: the body is written down, not made anew. The endpoint
//! in turn stores request and key in one transaction before it answers. An entry
//! leaves the outbox by a receipt, or by the buyer's own hand; age, the number
//! of attempts and answers that are not the endpoint's never end it. A refusal
//! is kept too, until the buyer does something about it.

mod entry;
mod ledger;
mod lock;
mod subject;

pub use entry::{Cause, Entry, EntryState, Moment, Occasion, SentRequest};
pub use ledger::Records;

use std::rc::Rc;

use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use quotewright_protocol::Receipt;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::BroadcastChannel;

use crate::api::Api;
use crate::state::Settings;
use crate::storage::drafts::Writing;
use crate::storage::{Store, ask_for_persistence};
use ledger::{Exchange, Ledger};
pub use subject::subject_of;

const CHANNEL: &str = "quotewright-outbox";

/// Whether what the buyer sends survives the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Keeping {
    /// Not known yet.
    #[default]
    Opening,
    /// It does.
    OnDevice,
    /// The browser has no database for this page: only as long as it is open.
    WhileOpen,
}

/// Told when the endpoint has taken a request that this page has sent.
type OnSent = Rc<dyn Fn(&Receipt)>;

/// Requests of this device, and the sending of those that wait.
#[derive(Clone, Copy)]
pub struct Outbox {
    /// What is known of them.
    pub records: RwSignal<Records>,
    /// Whether they survive the page.
    pub keeping: RwSignal<Keeping>,
    settings: RwSignal<Settings>,
    holder: StoredValue<String>,
    on_sent: StoredValue<Option<OnSent>, LocalStorage>,
    ledger: StoredValue<Ledger, LocalStorage>,
    timer: StoredValue<Option<Timeout>, LocalStorage>,
    channel: StoredValue<Option<BroadcastChannel>, LocalStorage>,
    listeners: StoredValue<Vec<EventListener>, LocalStorage>,
}

impl Outbox {
    /// An outbox that does nothing before [`start`](Self::start).
    pub fn new(settings: RwSignal<Settings>) -> Self {
        Self {
            records: RwSignal::default(),
            keeping: RwSignal::default(),
            settings,
            holder: StoredValue::new(new_key()),
            on_sent: StoredValue::new_local(None),
            ledger: StoredValue::new_local(Ledger::default()),
            timer: StoredValue::new_local(None),
            channel: StoredValue::new_local(BroadcastChannel::new(CHANNEL).ok()),
            listeners: StoredValue::new_local(Vec::new()),
        }
    }

    /// Opens the database and starts sending what waits. `on_sent` is told of each request
    /// that the endpoint has taken.
    pub fn start(self, on_sent: impl Fn(&Receipt) + 'static) {
        self.on_sent.set_value(Some(Rc::new(on_sent)));
        self.listen();
        spawn_local(self.open());
    }

    /// The database, once it is open.
    pub async fn store(self) -> Option<Store> {
        while self.keeping.try_get_untracked() == Some(Keeping::Opening) {
            gloo_timers::future::TimeoutFuture::new(5).await;
        }
        let ledger = self.ledger.try_get_value()?;
        ledger.store().cloned()
    }

    /// Writes a request down, the draft without it, and begins to send it. Its key comes back
    /// when both are on disk.
    pub async fn submit(self, body: String, draft: Option<Writing>) -> String {
        let settings = self.settings.get_untracked();
        let endpoint = Api::new(&settings.endpoint, None).endpoint().to_owned();
        let subject = subject_of(&settings.token);
        let entry = Entry::new(new_key(), endpoint, subject, body, now());
        self.add(entry, None, draft).await
    }

    /// As [`submit`](Self::submit), in place of one that was refused: to the same endpoint, for
    /// the same customer.
    pub async fn submit_again(self, body: String, refused: Entry) -> String {
        let Entry {
            key,
            endpoint,
            subject,
            ..
        } = refused;
        let entry = Entry::new(new_key(), endpoint, subject, body, now());
        self.add(entry, Some(key), None).await
    }

    async fn add(self, entry: Entry, replaced: Option<String>, draft: Option<Writing>) -> String {
        ask_for_persistence();
        let key = entry.key.clone();
        self.exchange(Exchange {
            add: Some(entry),
            remove: replaced,
            draft,
        })
        .await;
        self.wake(Occasion::Change);
        key
    }

    /// Forgets an entry, because the buyer says so; `draft`: what becomes of it.
    pub async fn discard(self, key: &str, draft: Option<Writing>) {
        self.exchange(Exchange {
            add: None,
            remove: Some(key.to_owned()),
            draft,
        })
        .await;
    }

    async fn exchange(self, exchange: Exchange) {
        self.store().await;
        if let Some(ledger) = self.ledger.try_get_value() {
            ledger.exchange(exchange).await;
        }
        self.publish().await;
    }

    /// Forgets a request that the endpoint has forgotten.
    pub async fn forget(self, id: &str) {
        if let Some(ledger) = self.ledger.try_get_value() {
            drop(ledger.forget(id).await);
        }
        self.publish().await;
    }

    /// Sends everything that waits, because the buyer says so; but for what the endpoint
    /// itself has put off.
    pub fn hurry(self) {
        self.wake(Occasion::Buyer);
    }

    /// Sends what is due on this occasion.
    pub fn wake(self, occasion: Occasion) {
        spawn_local(async move {
            let Some(ledger) = self.ledger.try_get_value() else {
                return;
            };
            let holder = self.holder.try_get_value().unwrap_or_default();
            if self.next(&ledger, occasion, &[]).await.is_some() {
                let work = self.drain(ledger.clone(), occasion);
                lock::exclusively(ledger.store(), &holder, work).await;
            }
            self.refresh().await;
        });
    }

    async fn open(self) {
        let store = Store::open().await.ok();
        let keeping = match store {
            Some(_) => Keeping::OnDevice,
            None => Keeping::WhileOpen,
        };
        self.ledger.try_set_value(Ledger::new(store));
        self.refresh().await;
        self.keeping.try_set(keeping);
        self.wake(Occasion::Change);
    }

    /// Sends one after the other, each once, until nothing is due.
    async fn drain(self, ledger: Ledger, occasion: Occasion) {
        let mut tried = Vec::new();
        while let Some((key, api)) = self.next(&ledger, occasion, &tried).await {
            // Nothing is sent whose attempt cannot be written down: it would never end.
            let Ok(begun) = ledger.begin(&key).await else {
                break;
            };
            if let Some(entry) = begun {
                self.publish().await;
                let answer = api.send_request(&entry.key, &entry.body).await;
                let receipt = answer.as_ref().ok().cloned();
                if ledger.settle(entry, answer, now()).await.is_err() {
                    break;
                }
                self.publish().await;
                if let Some(receipt) = receipt {
                    self.tell(&receipt);
                }
            }
            tried.push(key);
        }
    }

    /// The host page hears of it.
    fn tell(self, receipt: &Receipt) {
        if let Some(on_sent) = self.on_sent.try_get_value().flatten() {
            on_sent(receipt);
        }
    }

    /// The entry that is to be sent next, and how, as the page stands at this moment.
    async fn next(
        self,
        ledger: &Ledger,
        occasion: Occasion,
        tried: &[String],
    ) -> Option<(String, Api)> {
        let entries = ledger.records().await.entries;
        let now = now();
        entries
            .iter()
            .filter(|entry| !tried.contains(&entry.key))
            .filter(|entry| entry.due(occasion).is_some_and(|due| due <= now))
            .find_map(|entry| Some((entry.key.clone(), self.api_for(entry)?)))
    }

    /// The endpoint that `entry` is for, with the customer's token where it was made under one;
    /// `None` where this page does not have it. Check and token are read in one go: no token
    /// gets to another endpoint, whatever the host page changes meanwhile.
    fn api_for(self, entry: &Entry) -> Option<Api> {
        let Some(subject) = &entry.subject else {
            return Some(Api::new(&entry.endpoint, None));
        };
        let settings = self.settings.try_get_untracked()?;
        let api = Api::new(&settings.endpoint, Some(settings.token.clone()));
        let mine = subject_of(&settings.token).as_ref() == Some(subject);
        (mine && api.endpoint() == entry.endpoint).then_some(api)
    }

    /// Reads everything again and sets the timer for what is due next.
    async fn refresh(self) {
        let Some(ledger) = self.ledger.try_get_value() else {
            return;
        };
        let records = ledger.records().await;
        let mine = |entry: &&Entry| self.api_for(entry).is_some();
        let due = records.entries.iter().filter(mine);
        let due = due.filter_map(|entry| entry.due(Occasion::Timer)).min();
        let timer = due.map(|due| {
            let pause = due.saturating_sub(now()).clamp(1_000, 3_600_000);
            Timeout::new(u32::try_from(pause).unwrap_or(u32::MAX), move || {
                self.wake(Occasion::Timer);
            })
        });
        self.timer.try_set_value(timer);
        self.records.try_set(records);
    }

    /// As [`refresh`](Self::refresh), and other tabs do the same.
    async fn publish(self) {
        self.refresh().await;
        self.channel.try_with_value(|channel| {
            if let Some(channel) = channel {
                // A tab that is not told reads it at its next start.
                drop(channel.post_message(&JsValue::NULL));
            }
        });
    }

    fn listen(self) {
        let mut listeners = Vec::new();
        if let Some(window) = web_sys::window() {
            let back = move |_: &web_sys::Event| self.wake(Occasion::Change);
            listeners.push(EventListener::new(&window, "online", back));
            listeners.push(EventListener::new(&window, "pageshow", back));
            if let Some(document) = window.document() {
                let visible = document.clone();
                let seen = move |_: &web_sys::Event| {
                    if !visible.hidden() {
                        self.wake(Occasion::Change);
                    }
                };
                listeners.push(EventListener::new(&document, "visibilitychange", seen));
            }
        }
        self.channel.with_value(|channel| {
            if let Some(channel) = channel {
                let told = move |_: &web_sys::Event| spawn_local(self.refresh());
                listeners.push(EventListener::new(channel, "message", told));
            }
        });
        self.listeners.set_value(listeners);
        // A new token is what some requests wait for.
        let token = Memo::new(move |_| self.settings.with(|settings| settings.token.clone()));
        Effect::new(move |before: Option<String>| {
            let token = token.get();
            if before.is_some_and(|before| before != token) {
                self.wake(Occasion::Change);
            }
            token
        });
    }
}

/// Now.
pub fn now() -> Moment {
    let milliseconds = js_sys::Date::now();
    // A number of milliseconds since 1970 is far below 2^53 and above zero.
    milliseconds as Moment
}

/// A random UUID (version 4, RFC 9562); `crypto.randomUUID` is there in secure contexts only.
pub fn new_key() -> String {
    let mut bytes = [0_u8; 16].map(|_| (js_sys::Math::random() * 256.0) as u8);
    if let Some(Ok(crypto)) = web_sys::window().map(|window| window.crypto()) {
        // Without it the bytes are random all the same, if not unguessable.
        drop(crypto.get_random_values_with_u8_array(&mut bytes));
    }
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let hex = |bytes: &[u8]| {
        bytes
            .iter()
            .fold(String::new(), |text, byte| format!("{text}{byte:02x}"))
    };
    let parts = [
        &bytes[..4],
        &bytes[4..6],
        &bytes[6..8],
        &bytes[8..10],
        &bytes[10..],
    ];
    parts.map(hex).join("-")
}
