//! The real binary with a catalog of its own.
//!
//! A request needs correct amounts, so the catalog hides its prices: the way
//! through the endpoint to the disk is the same.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus};
use std::time::Duration;

use reqwest::Client;
use serde_json::{Value as Json, json};
use tempfile::TempDir;

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
pub struct Endpoint {
    child: Child,
    log: PathBuf,
    pub url: String,
}

impl Endpoint {
    pub fn start(folder: &Path, data: &Path) -> Self {
        let log = data.with_extension("log");
        let child = Command::new(env!("CARGO_BIN_EXE_quotewright"))
            .args(["serve", "--listen", "127.0.0.1:0", "--log", "json"])
            .args(["--requests-per-minute=100000", "--calls-per-minute=100000"])
            .arg("--catalogs")
            .arg(folder)
            .arg("--data")
            .arg(data)
            .stderr(File::create(&log).expect("a log"))
            .spawn()
            .expect("the binary starts");
        // Dropped, and so killed, where it does not begin to listen.
        let mut endpoint = Self {
            child,
            log,
            url: String::new(),
        };
        let address = (0..600).find_map(|_| {
            std::thread::sleep(Duration::from_millis(50));
            endpoint.address()
        });
        endpoint.url = format!("http://{}", address.expect("an address in the log"));
        endpoint
    }

    fn address(&self) -> Option<String> {
        let line = |line: &str| serde_json::from_str::<Json>(line).ok();
        let lines = self.logged();
        lines
            .lines()
            .filter_map(line)
            .find_map(|line| Some(line["address"].as_str()?.to_owned()))
    }

    fn logged(&self) -> String {
        std::fs::read_to_string(&self.log).expect("its log")
    }

    /// Tells it to stop; how it ended, and what it logged since its start.
    #[cfg(unix)]
    pub fn terminate(&mut self) -> (ExitStatus, String) {
        let id = self.child.id().to_string();
        let told = Command::new("kill").args(["-TERM", &id]).status();
        assert!(told.is_ok_and(|status| status.success()));
        let status = self.child.wait().expect("ended");
        (status, self.logged())
    }

    pub fn kill(&mut self) {
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

pub fn catalog_folder() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in FILES {
        std::fs::write(folder.path().join(name), text).expect("a sheet");
    }
    folder
}

/// Whether the endpoint answered that it has kept the request.
pub async fn send(client: &Client, url: &str, key: &str, body: &Json) -> bool {
    let call = client
        .post(format!("{url}/api/quote-requests"))
        .header("idempotency-key", key);
    call.json(body)
        .send()
        .await
        .is_ok_and(|answer| answer.status() == 201)
}

pub async fn request(client: &Client, url: &str) -> Json {
    let manifest = client
        .get(format!("{url}/api/catalogs/boxes"))
        .send()
        .await
        .expect("a manifest");
    let manifest: Json = manifest.json().await.expect("JSON");
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
