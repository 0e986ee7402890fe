//! Requests a second at the endpoint over loopback, against a bare insert of the
//! same row into SQLite with the same durability, in the same run.
//!
//!     cargo run --release --package quotewright-endpoint --example throughput

use std::path::Path;
use std::time::Instant;

use jiff::{Timestamp, tz::TimeZone};
use quotewright_compiler::{CatalogSource, CompiledCatalog, compile};
use quotewright_endpoint::{Limits, Offer, Server, Settings};
use quotewright_engine::catalog::{Decisions, Model};
use quotewright_engine::configure::Configurator;
use quotewright_engine::price::Purchase;
use quotewright_engine::quote::{price_line, totals};
use reqwest::Client;
use rusqlite::types::Value as Cell;
use rusqlite::{Connection, params_from_iter};
use serde_json::{Map, Value as Json, json};
use tokio::task::JoinSet;

const CLIENTS: usize = 32;
const REQUESTS_EACH: usize = 60;
const INSERTS: usize = 600;

type Failure = Box<dyn std::error::Error + Send + Sync>;

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let folder = tempfile::tempdir()?;
    let data = folder.path().join("endpoint.sqlite");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalogs/conveyor");
    let catalog = compile(&CatalogSource::read(&path)?)
        .catalog
        .ok_or("a catalog with mistakes")?;
    let body = valid_request(&catalog)?;
    let server = Server::bind(settings(&data), vec![Offer::from(catalog)]).await?;
    let url = format!("http://{}", server.address()?);
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let running = tokio::spawn(server.run(async {
        let _ = stopped.await;
    }));

    let endpoint = endpoint_rate(&url, &body).await?;
    let _ = stop.send(());
    running.await??;

    let bare = bare_rate(&data, &folder.path().join("bare.sqlite"))?;
    println!(
        "endpoint: {endpoint:.0} requests/s ({CLIENTS} clients, keep-alive, checked, priced, on disk)"
    );
    println!(
        "bare insert: {bare:.0} rows/s (one connection, one commit a row, same row, same durability)"
    );
    println!("ratio: {:.2}", endpoint / bare);
    Ok(())
}

fn settings(data: &Path) -> Settings {
    Settings {
        listen: ([127, 0, 0, 1], 0).into(),
        app: None,
        data: data.to_owned(),
        origins: Vec::new(),
        token_secret: None,
        inbox_token: None,
        retention_days: None,
        behind_proxy: false,
        limits: Limits {
            calls_per_minute: u32::MAX,
            requests_per_minute: u32::MAX,
            ..Limits::default()
        },
    }
}

/// One line of the conveyor as the catalog suggests it, at the public prices of today.
fn valid_request(catalog: &CompiledCatalog) -> Result<Json, Failure> {
    let model = catalog.models.first().ok_or("no product")?;
    let public = catalog.packs.iter().find(|pack| pack.customer.is_none());
    let pack = &public.ok_or("no public prices")?.pack;
    let today = Timestamp::now().to_zoned(TimeZone::UTC).date();
    let decisions = [
        ("length", "4000"),
        ("width", "500"),
        ("load", "50"),
        ("speed", "0.5"),
    ];
    let configuration = Configurator::new(model.clone())?
        .configure(&decided(model, &decisions)?)
        .map_err(|_| "the decisions contradict each other")?;
    let values: Vec<_> = configuration
        .states
        .iter()
        .map(|state| state.value)
        .collect();
    let assignment: Map<String, Json> = model
        .indices()
        .zip(&values)
        .map(|(index, value)| {
            let value = value.ok_or("an attribute is open")?;
            let code = model.attributes[index.0].code.clone();
            Ok((code, model.value_to_text(index, value).into()))
        })
        .collect::<Result<_, Failure>>()?;
    let line = price_line(model, pack, &values, &Purchase::alone(3, today))?;
    let sum = totals(std::slice::from_ref(&line), pack)?;
    let decisions: Map<String, Json> = decisions
        .iter()
        .map(|(code, text)| ((*code).to_owned(), (*text).into()))
        .collect();
    Ok(json!({
        "format": 1,
        "catalog": catalog.id,
        "catalog_hash": catalog.hash,
        "pack_hash": pack.hash,
        "price_date": today,
        "locale": "en",
        "contact": { "company": "Acme", "name": "A. Buyer", "email": "buyer@acme.example", "phone": "" },
        "note": "",
        "delivery_date": null,
        "lines": [{
            "product": model.product,
            "quantity": 3,
            "decisions": decisions,
            "assignment": assignment,
            "unit_net": line.unit_net(),
            "net": line.once.net,
        }],
        "totals": { "net": sum.net, "tax": sum.gross - sum.net, "gross": sum.gross },
    }))
}

fn decided(model: &Model, decisions: &[(&str, &str)]) -> Result<Decisions, Failure> {
    decisions
        .iter()
        .map(|(code, text)| {
            let index = model.index_of(code).ok_or("no such attribute")?;
            let value = model.value_from_text(index, text).ok_or("no such value")?;
            Ok((index, value))
        })
        .collect()
}

/// Each client sends its requests one after the other.
async fn endpoint_rate(url: &str, body: &Json) -> Result<f64, Failure> {
    let client = Client::new();
    let mut clients = JoinSet::new();
    let started = Instant::now();
    for _ in 0..CLIENTS {
        let (client, url, body) = (
            client.clone(),
            format!("{url}/api/quote-requests"),
            body.clone(),
        );
        clients.spawn(async move {
            for _ in 0..REQUESTS_EACH {
                let key = uuid::Uuid::new_v4().to_string();
                let call = client.post(&url).header("idempotency-key", key).json(&body);
                let answer = call.send().await?;
                if answer.status() != 201 {
                    return Err(Failure::from(answer.text().await?));
                }
                answer.bytes().await?;
            }
            Ok(())
        });
    }
    for result in clients.join_all().await {
        result?;
    }
    Ok((CLIENTS * REQUESTS_EACH) as f64 / started.elapsed().as_secs_f64())
}

/// Inserts a row that the endpoint has kept again and again, each with a commit of its own.
fn bare_rate(kept: &Path, file: &Path) -> Result<f64, Failure> {
    let kept = Connection::open(kept)?;
    let mut row: Vec<Cell> = kept.query_row("SELECT * FROM quote_requests LIMIT 1", [], |row| {
        (0..row.as_ref().column_count())
            .map(|column| row.get(column))
            .collect()
    })?;
    let bare = Connection::open(file)?;
    bare.pragma_update(None, "journal_mode", "wal")?;
    bare.pragma_update(None, "synchronous", "full")?;
    bare.pragma_update(None, "foreign_keys", false)?;
    let schema = "SELECT sql FROM sqlite_master
                  WHERE tbl_name = 'quote_requests' AND type IN ('table', 'index') AND sql IS NOT NULL";
    for sql in kept
        .prepare(schema)?
        .query_map([], |row| row.get::<_, String>(0))?
    {
        bare.execute_batch(&sql?)?;
    }
    let places = vec!["?"; row.len()].join(", ");
    let mut insert = bare.prepare(&format!("INSERT INTO quote_requests VALUES ({places})"))?;
    let started = Instant::now();
    for _ in 0..INSERTS {
        row[0] = Cell::Null;
        for unique in &mut row[1..4] {
            *unique = Cell::Text(uuid::Uuid::new_v4().to_string());
        }
        insert.execute(params_from_iter(&row))?;
    }
    Ok(INSERTS as f64 / started.elapsed().as_secs_f64())
}
