//! The real binary, killed: what has been answered is kept.
//!
//! A request needs correct amounts, so the catalog here hides its prices: the
//! way through the endpoint to the disk is the same.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use rusqlite::Connection;
use serde_json::json;

const FILES: [(&str, &str); 5] = [
    (
        "catalog.toml",
        r#"
id = "boxes"
title = { en = "Boxes" }
locales = ["en"]
[supplier]
name = "Box Works"
[prices]
visibility = "signed-in"
currency = "EUR"
rounding = "half-up"
round_at = "line"
late_days = 30
[[taxes]]
code = "standard"
percent = "21"
label = { en = "VAT" }
[[books]]
code = "public"
label = { en = "List prices" }
"#,
    ),
    (
        "products.csv",
        "product,name.en,lead_days,tax\nbox,Box,1,standard\n",
    ),
    ("groups.csv", "group,label.en\nbody,Body\n"),
    (
        "attributes.csv",
        "product,attribute,group,type,label.en\nbox,lid,body,yes_no,Lid\n",
    ),
    (
        "prices.csv",
        "product,step,kind,label.en,price.public\nbox,body,amount,Body,10.00\n",
    ),
];

/// A running endpoint; killed when dropped.
struct Endpoint {
    child: Child,
    url: String,
}

impl Endpoint {
    fn start(folder: &Path, data: &Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_quotewright"))
            .args([
                "serve",
                "--listen",
                "127.0.0.1:0",
                "--log",
                "json",
                "--catalogs",
            ])
            .arg(folder)
            .arg("--data")
            .arg(data)
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary starts");
        let log = BufReader::new(child.stderr.take().expect("its log"));
        let address = log
            .lines()
            .map_while(Result::ok)
            .filter_map(|line| serde_json::from_str::<serde_json::Value>(&line).ok())
            .find_map(|line| line["address"].as_str().map(str::to_owned))
            .expect("an address in the log");
        Self {
            child,
            url: format!("http://{address}"),
        }
    }

    fn kill(&mut self) {
        self.child.kill().expect("killed");
        self.child.wait().expect("ended");
    }
}

impl Drop for Endpoint {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[tokio::test]
async fn an_answered_request_survives_a_kill() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in FILES {
        std::fs::write(folder.path().join(name), text).expect("a sheet");
    }
    let data = folder.path().join("data.sqlite");
    for round in 1..=5 {
        let mut endpoint = Endpoint::start(folder.path(), &data);
        let client = reqwest::Client::new();
        let url = format!("{}/api/quote-requests", endpoint.url);
        let key = format!("key-of-round-number-{round}");
        let body = request(&client, &endpoint.url).await;
        let answer = client
            .post(url)
            .header("idempotency-key", &key)
            .json(&body)
            .send()
            .await
            .expect("an answer");
        // At once, before anything else can be written.
        endpoint.kill();
        assert_eq!(answer.status(), 201);
        let connection = Connection::open(&data).expect("the database");
        let kept: (i64, i64) = connection
            .query_row(
                "SELECT count(*), sum(idempotency_key = ?1) FROM quote_requests",
                [key],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
            .expect("a count");
        assert_eq!(kept, (round, 1));
    }
}

async fn request(client: &reqwest::Client, url: &str) -> serde_json::Value {
    let manifest = client
        .get(format!("{url}/api/catalogs/boxes"))
        .send()
        .await
        .expect("a manifest");
    let manifest: serde_json::Value = manifest.json().await.expect("JSON");
    json!({
        "format": 1,
        "catalog": "boxes",
        "catalog_hash": manifest["catalog_hash"],
        "pack_hash": null,
        "price_date": jiff::Timestamp::now().to_string().split('T').next(),
        "locale": "en",
        "contact": { "company": "Acme", "name": "A. Buyer", "email": "buyer@acme.example", "phone": "" },
        "note": "",
        "delivery_date": null,
        "lines": [{
            "product": "box",
            "quantity": 1,
            "decisions": {},
            "assignment": { "lid": "yes" },
            "unit_net": null,
            "net": null,
        }],
        "totals": null,
    })
}
