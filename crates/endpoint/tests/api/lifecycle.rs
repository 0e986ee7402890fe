//! Starting, stopping, forgetting.

use quotewright_endpoint::{ServeError, Server, forget};

use crate::catalog::{PLAIN, gadgets};
use crate::kit::{Answer, Endpoint, data, in_days, new_folder, new_key, request, settings, today};

#[tokio::test]
async fn calls_under_way_finish_and_the_log_is_folded_in() {
    let catalog = gadgets(PLAIN);
    let endpoint = Endpoint::start(std::slice::from_ref(&catalog)).await;
    let sent = request(&catalog, Some("public"), today());
    let mut calls = tokio::task::JoinSet::new();
    for _ in 0..20 {
        calls.spawn(Answer::of(endpoint.post(&new_key(), &sent)));
    }
    // Once one is answered, the others are under way.
    let first = calls.join_next().await.expect("a call").expect("an answer");
    let folder = endpoint.stop().await;
    let answers = calls.join_all().await;
    assert!(
        std::iter::once(&first)
            .chain(&answers)
            .all(|answer| answer.status == 201)
    );
    let names: Vec<_> = std::fs::read_dir(folder.path())
        .expect("the folder")
        .map(|file| file.expect("a file").file_name())
        .collect();
    assert_eq!(
        names,
        ["quotewright.sqlite"],
        "no write-ahead log is left behind"
    );
}

#[tokio::test]
async fn what_is_past_its_time_is_deleted() {
    let catalog = gadgets(PLAIN);
    let endpoint = Endpoint::start(std::slice::from_ref(&catalog)).await;
    let sent = request(&catalog, Some("public"), today());
    for _ in 0..2 {
        assert_eq!(
            Answer::of(endpoint.post(&new_key(), &sent)).await.status,
            201
        );
    }
    let folder = endpoint.stop().await;
    let connection = rusqlite::Connection::open(data(folder.path())).expect("the database");
    let old = format!("{}T00:00:00Z", in_days(-31));
    connection
        .execute(
            "UPDATE quote_requests SET received_at = ?1 WHERE sequence = 1",
            [old],
        )
        .expect("an update");
    drop(connection);
    let endpoint = Endpoint::start_in(folder, &[catalog], |mut settings| {
        settings.retention_days = Some(30);
        settings
    })
    .await;
    for _ in 0..100 {
        if endpoint.count() == 1 {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("{} requests are left", endpoint.count());
}

#[tokio::test]
async fn a_person_is_forgotten_while_the_endpoint_runs() {
    let catalog = gadgets(PLAIN);
    let endpoint = Endpoint::start(std::slice::from_ref(&catalog)).await;
    let mut sent = request(&catalog, Some("public"), today());
    for email in [
        "buyer@acme.example",
        "Buyer@ACME.example",
        "other@acme.example",
    ] {
        sent["contact"]["email"] = email.into();
        assert_eq!(
            Answer::of(endpoint.post(&new_key(), &sent)).await.status,
            201
        );
    }
    let data = data(endpoint.folder.path());
    assert_eq!(forget(&data, "BUYER@acme.example").expect("deleted"), 2);
    assert_eq!(forget(&data, "buyer@acme.example").expect("deleted"), 0);
    assert_eq!(endpoint.count(), 1);
    assert!(forget(&data.with_extension("missing"), "x@y.example").is_err());
}

#[tokio::test]
async fn what_cannot_be_served_is_said() {
    let folder = new_folder();
    let base = || settings(data(folder.path()));
    let cases: [(&str, quotewright_endpoint::Settings); 4] = [
        ("is not an origin", {
            let mut settings = base();
            settings.origins = vec!["shop.example/path".to_owned()];
            settings
        }),
        ("at least 32 bytes", {
            let mut settings = base();
            settings.token_secret = Some("short".to_owned());
            settings
        }),
        ("no index.html", {
            let mut settings = base();
            settings.app = Some(folder.path().to_owned());
            settings
        }),
        ("the database", {
            let mut settings = base();
            settings.data = folder.path().join("missing/file.sqlite");
            settings
        }),
    ];
    for (expected, settings) in cases {
        let error: ServeError = Server::bind(settings, Vec::new())
            .await
            .err()
            .expect("refused");
        assert!(error.to_string().contains(expected), "{error}");
    }
}
