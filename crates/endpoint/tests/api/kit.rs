//! A real server on a free port with a real database file, and requests to send to it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use quotewright_compiler::CompiledCatalog;
use quotewright_endpoint::{Customer, CustomerTokens, Limits, Offer, Server, Settings};
use quotewright_engine::catalog::{Model, Value};
use quotewright_engine::price::{PricePack, Purchase};
use quotewright_engine::quote::{LinePrice, price_line, totals};
use reqwest::header::HeaderMap;
use reqwest::{Client, RequestBuilder, Response};
use serde_json::{Value as Json, json};
use tempfile::TempDir;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

pub const SECRET: &str = "a secret of more than thirty-two bytes";
pub const INBOX: &str = "the inbox's own token";
pub const ORIGIN: &str = "https://shop.example";

/// A running endpoint.
pub struct Endpoint {
    pub url: String,
    pub client: Client,
    pub folder: TempDir,
    stop: oneshot::Sender<()>,
    running: JoinHandle<()>,
}

impl Endpoint {
    pub async fn start(catalogs: &[CompiledCatalog]) -> Self {
        Self::start_in(new_folder(), catalogs, |settings| settings).await
    }

    /// Starts on the database in `folder`, with changed settings.
    pub async fn start_in(
        folder: TempDir,
        catalogs: &[CompiledCatalog],
        change: impl FnOnce(Settings) -> Settings,
    ) -> Self {
        let settings = change(settings(data(folder.path())));
        let offers = catalogs.iter().cloned().map(Offer::from).collect();
        let server = Server::bind(settings, offers)
            .await
            .expect("the endpoint starts");
        let url = format!("http://{}", server.address().expect("an address"));
        let (stop, stopped) = oneshot::channel();
        let running = tokio::spawn(async {
            let stopped = async {
                let _ = stopped.await;
            };
            server.run(stopped).await.expect("the endpoint runs");
        });
        Self {
            url,
            client: Client::new(),
            folder,
            stop,
            running,
        }
    }

    /// Stops in good order; the database stays.
    pub async fn stop(self) -> TempDir {
        drop(self.client);
        let _ = self.stop.send(());
        self.running.await.expect("the endpoint stops");
        self.folder
    }

    pub fn get(&self, path: &str) -> RequestBuilder {
        self.client.get(format!("{}{path}", self.url))
    }

    pub fn post(&self, key: &str, body: &Json) -> RequestBuilder {
        self.client
            .post(format!("{}/api/quote-requests", self.url))
            .header("idempotency-key", key)
            .json(body)
    }

    /// How many requests are kept, read from outside.
    pub fn count(&self) -> i64 {
        let connection =
            rusqlite::Connection::open(data(self.folder.path())).expect("the database");
        connection
            .query_row("SELECT count(*) FROM quote_requests", [], |row| row.get(0))
            .expect("a count")
    }
}

pub fn new_folder() -> TempDir {
    tempfile::tempdir().expect("a folder")
}

pub fn data(folder: &Path) -> PathBuf {
    folder.join("quotewright.sqlite")
}

pub fn settings(data: PathBuf) -> Settings {
    Settings {
        listen: ([127, 0, 0, 1], 0).into(),
        app: None,
        data,
        origins: vec![ORIGIN.to_owned()],
        token_secret: Some(SECRET.to_owned()),
        inbox_token: Some(INBOX.to_owned()),
        retention_days: None,
        behind_proxy: false,
        limits: Limits {
            calls_per_minute: 1_000_000,
            requests_per_minute: 1_000_000,
            ..Limits::default()
        },
    }
}

pub fn token(customer: &str, catalog: &str) -> String {
    token_with(customer, catalog, &[])
}

/// A token that says more about the customer.
pub fn token_with(customer: &str, catalog: &str, facts: &[(&str, &str)]) -> String {
    let facts = facts.iter();
    let facts = facts.map(|(fact, value)| ((*fact).to_owned(), (*value).to_owned()));
    let customer = Customer {
        code: customer.to_owned(),
        catalog: catalog.to_owned(),
        facts: facts.collect(),
    };
    CustomerTokens::new(SECRET)
        .and_then(|tokens| tokens.mint(&customer, 1))
        .expect("a token")
}

pub fn today() -> Date {
    Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date()
}

pub fn in_days(days: i64) -> Date {
    today().checked_add(days.days()).expect("a day")
}

/// A key that no other test uses.
pub fn new_key() -> String {
    uuid::Uuid::new_v4().to_string()
}

pub fn pack<'a>(catalog: &'a CompiledCatalog, book: &str) -> &'a PricePack {
    let found = catalog.packs.iter().find(|pack| pack.pack.book == book);
    &found.expect("the book").pack
}

const LINES: [(&[(&str, &str)], u32); 2] = [
    (
        &[
            ("frame", "steel"),
            ("length", "2500"),
            ("colour", "blue"),
            ("guides", "yes"),
            ("supports", "3"),
        ],
        12,
    ),
    (
        &[
            ("frame", "stainless"),
            ("length", "4000"),
            ("colour", "bare"),
            ("guides", "no"),
            ("supports", "4"),
        ],
        1,
    ),
];

/// A request that is right in every respect, under `book`; `None` where prices are hidden.
pub fn request(catalog: &CompiledCatalog, book: Option<&str>, date: Date) -> Json {
    let model = &catalog.models[0];
    let pack = book.map(|book| pack(catalog, book));
    let prices: Option<Vec<LinePrice>> = pack.map(|pack| {
        let price = |(values, quantity): &(&[(&str, &str)], u32)| {
            price_line(
                model,
                pack,
                &assignment(model, values),
                &Purchase::alone(*quantity, date),
            )
            .expect("a price")
        };
        LINES.iter().map(price).collect()
    });
    let totals = pack.zip(prices.as_ref()).map(|(pack, prices)| {
        let totals = totals(prices, pack).expect("totals");
        json!({ "net": totals.net, "tax": totals.gross - totals.net, "gross": totals.gross })
    });
    let lines: Vec<Json> = LINES
        .iter()
        .enumerate()
        .map(|(at, (values, quantity))| {
            let price = prices.as_ref().map(|prices| &prices[at]);
            json!({
                "product": "gadget",
                "quantity": quantity,
                "decisions": { "frame": values[0].1, "length": values[1].1 },
                "assignment": BTreeMap::from_iter(values.iter().copied()),
                "unit_net": price.map(LinePrice::unit_net),
                "net": price.map(|price| price.once.net),
            })
        })
        .collect();
    json!({
        "format": 1,
        "catalog": catalog.id,
        "catalog_hash": catalog.hash,
        "pack_hash": pack.map(|pack| &pack.hash),
        "price_date": date,
        "locale": "en",
        "contact": { "company": "Acme", "name": "A. Buyer", "email": "buyer@acme.example", "phone": "" },
        "note": "Two lines\nof text.",
        "delivery_date": null,
        "lines": lines,
        "totals": totals,
    })
}

fn assignment(model: &Model, values: &[(&str, &str)]) -> Vec<Option<Value>> {
    values
        .iter()
        .map(|(code, text)| {
            let index = model.index_of(code).expect("an attribute");
            Some(model.value_from_text(index, text).expect("a value"))
        })
        .collect()
}

/// What was answered: status, headers and body.
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Json,
}

impl Answer {
    pub async fn of(call: RequestBuilder) -> Self {
        let response: Response = call.send().await.expect("an answer");
        let status = response.status().as_u16();
        let headers = response.headers().clone();
        let body = response.bytes().await.expect("a body");
        Self {
            status,
            headers,
            body: serde_json::from_slice(&body).unwrap_or(Json::Null),
        }
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    }

    /// The code of the problem document, which this must be.
    pub fn problem(&self) -> &str {
        assert_eq!(
            self.header("content-type"),
            "application/problem+json",
            "{:#}",
            self.body
        );
        assert_eq!(self.body["status"], self.status);
        assert!(self.body["title"].is_string() && self.body["detail"].is_string());
        let kind = self.body["type"].as_str().unwrap_or_default();
        kind.strip_prefix("urn:quotewright:problem:")
            .unwrap_or_default()
    }

    /// Pointer and code of every error and difference of the problem document.
    pub fn pointers(&self) -> Vec<(String, String)> {
        let text = |it: &Json, member: &str| it[member].as_str().unwrap_or_default().to_owned();
        let list = |member: &str| self.body[member].as_array().cloned().unwrap_or_default();
        let errors = list("errors")
            .into_iter()
            .map(|it| (text(&it, "pointer"), text(&it, "code")));
        let differences = list("differences")
            .into_iter()
            .map(|it| (text(&it, "pointer"), text(&it, "correct")));
        errors.chain(differences).collect()
    }
}
