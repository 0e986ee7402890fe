//! Killed: what has been answered is kept, once.

use std::collections::BTreeSet;
use std::path::Path;

use reqwest::Client;
use rusqlite::Connection;

use crate::kit::{Endpoint, catalog_folder, request, send};

#[tokio::test]
async fn an_answered_request_survives_a_kill() {
    let folder = catalog_folder();
    let data = folder.path().join("data.sqlite");
    for round in 1..=5 {
        let mut endpoint = Endpoint::start(folder.path(), &data);
        let client = Client::new();
        let body = request(&client, &endpoint.url).await;
        let key = format!("key-of-round-number-{round}");
        let answered = send(&client, &endpoint.url, &key, &body).await;
        // At once, before anything else can be written.
        endpoint.kill();
        assert!(answered);
        let keys = kept_keys(&data);
        assert!(keys.len() == round && keys.contains(&key), "{keys:?}");
    }
}

#[tokio::test]
async fn a_kill_amid_many_requests_loses_no_answered_one_and_doubles_none() {
    const CLIENTS: usize = 8;
    const EACH: usize = 40;
    let folder = catalog_folder();
    let data = folder.path().join("data.sqlite");
    let mut endpoint = Endpoint::start(folder.path(), &data);
    let client = Client::new();
    let body = request(&client, &endpoint.url).await;
    let key = |sender: usize, at: usize| format!("key-of-a-sender-{sender}-{at}");

    let (answers, mut answered) = tokio::sync::mpsc::unbounded_channel();
    for sender in 0..CLIENTS {
        let (client, url, body, answers) = (
            client.clone(),
            endpoint.url.clone(),
            body.clone(),
            answers.clone(),
        );
        tokio::spawn(async move {
            for at in 0..EACH {
                let key = key(sender, at);
                if send(&client, &url, &key, &body).await {
                    let _ = answers.send(key);
                }
            }
        });
    }
    drop(answers);
    let mut sure = BTreeSet::new();
    while let Some(key) = answered.recv().await {
        sure.insert(key);
        if sure.len() == CLIENTS * EACH / 3 {
            endpoint.kill();
        }
    }
    assert!(sure.len() < CLIENTS * EACH, "it was killed amid them");
    assert!(
        sure.is_subset(&kept_keys(&data)),
        "an answered request is lost"
    );

    let endpoint = Endpoint::start(folder.path(), &data);
    for sender in 0..CLIENTS {
        for at in 0..EACH {
            assert!(send(&client, &endpoint.url, &key(sender, at), &body).await);
        }
    }
    assert_eq!(kept_keys(&data).len(), CLIENTS * EACH);
}

/// The keys of all rows, each of which is there once.
fn kept_keys(data: &Path) -> BTreeSet<String> {
    let connection = Connection::open(data).expect("the database");
    let mut statement = connection
        .prepare("SELECT idempotency_key FROM quote_requests")
        .expect("a statement");
    let keys = statement.query_map([], |row| row.get(0)).expect("rows");
    let keys: Vec<String> = keys.collect::<Result<_, _>>().expect("keys");
    let distinct: BTreeSet<String> = keys.iter().cloned().collect();
    assert_eq!(distinct.len(), keys.len());
    distinct
}
