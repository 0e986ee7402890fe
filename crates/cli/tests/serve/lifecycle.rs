//! Starting and stopping.

use std::process::Command;

use reqwest::Client;

use crate::kit::{Endpoint, catalog_folder, request, send};

#[cfg(unix)]
#[tokio::test]
async fn it_stops_when_it_is_told_to_and_logs_nothing_of_who_asked() {
    let folder = catalog_folder();
    let data = folder.path().join("data.sqlite");
    let mut endpoint = Endpoint::start(folder.path(), &data);
    let client = Client::new();
    let body = request(&client, &endpoint.url).await;
    assert!(send(&client, &endpoint.url, "a-key-of-enough-letters", &body).await);
    drop(client);

    let (status, log) = endpoint.terminate();
    assert!(status.success(), "{status}: {log}");
    assert!(
        log.contains("/api/quote-requests") && log.contains("\"status\":201"),
        "{log}"
    );
    for private in ["buyer@acme.example", "A. Buyer", "Acme", "a-key-of"] {
        assert!(!log.contains(private), "{private}: {log}");
    }
    assert!(
        !data.with_extension("sqlite-wal").exists(),
        "the log is folded in"
    );
}

#[test]
fn a_catalog_with_a_mistake_is_not_served() {
    let folder = catalog_folder();
    let data = folder.path().join("data.sqlite");
    let sheet = "product,attribute,group,type,label.en\nbox,lid,nowhere,yes_no,Lid\n";
    std::fs::write(folder.path().join("attributes.csv"), sheet).expect("a sheet");
    let output = Command::new(env!("CARGO_BIN_EXE_quotewright"))
        .args(["serve", "--listen", "127.0.0.1:0", "--catalogs"])
        .arg(folder.path())
        .arg("--data")
        .arg(&data)
        .output()
        .expect("the binary runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success());
    assert!(
        said.contains("attributes.csv") && said.contains("nowhere"),
        "{said}"
    );
    assert!(!data.exists(), "nothing is begun");
}
