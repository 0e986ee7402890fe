//! A request is kept once, however often it is sent.

use std::collections::BTreeSet;

use serde_json::json;

use crate::catalog::{PLAIN, gadgets};
use crate::kit::{Answer, Endpoint, in_days, new_key, request, today};

#[tokio::test]
async fn a_request_is_kept_with_all_that_was_worked_out() {
    let catalog = gadgets(PLAIN);
    let endpoint = Endpoint::start(std::slice::from_ref(&catalog)).await;
    let sent = request(&catalog, Some("public"), today());

    let answer = Answer::of(endpoint.post(&new_key(), &sent)).await;
    assert_eq!(answer.status, 201, "{:#}", answer.body);
    let receipt = answer.body.clone();
    assert_eq!(receipt["number"], format!("Q-{}-00001", today().year()));
    assert_eq!(receipt["state"], "received");
    assert_eq!(receipt["company"], "Acme");
    assert_eq!(receipt["lines"], 2);
    assert_eq!(receipt["currency"], "EUR");
    assert_eq!(receipt["totals"]["gross"], sent["totals"]["gross"]);

    let location = answer.header("location").to_owned();
    assert_eq!(
        location,
        format!(
            "/api/quote-requests/{}",
            receipt["id"].as_str().unwrap_or("")
        )
    );
    let kept = Answer::of(endpoint.get(&location)).await;
    assert_eq!(kept.status, 200);
    assert_eq!(kept.header("cache-control"), "no-store");
    assert_eq!(kept.body["receipt"], receipt);
    assert_eq!(kept.body["request"], sent);
    assert_eq!(kept.body["book"], "public");
    let line = &kept.body["lines"][0];
    assert_eq!(
        line["price"]["price"]["once"]["net"],
        sent["lines"][0]["net"]
    );
    assert_eq!(
        line["price"]["price"]["once"]["piece"]["total"],
        sent["lines"][0]["unit_net"]
    );
    let steps = &line["price"]["price"]["once"]["piece"]["steps"];
    assert_eq!(steps.as_array().map(Vec::len), Some(5));
    let whole = &kept.body["whole"];
    assert_eq!(whole["contract_total"], sent["totals"]["net"]);
    assert_eq!(
        (
            &line["working_days"],
            &kept.body["lines"][1]["working_days"]
        ),
        (&json!(5), &json!(8))
    );
}

#[tokio::test]
async fn when_it_can_be_there_is_worked_out_on_receipt() {
    let catalog = gadgets(PLAIN);
    let endpoint = Endpoint::start(std::slice::from_ref(&catalog)).await;
    let mut sent = request(&catalog, Some("public"), today());
    // The second line takes 8 working days, so it is late by more than a week.
    sent["delivery_date"] = json!(today());
    sent["lines"][1]["call_offs"] = json!([
        { "date": today(), "quantity": sent["lines"][1]["quantity"] },
    ]);
    sent["lines"][0]["delivery_date"] = json!(in_days(300));
    let answer = Answer::of(endpoint.post(&new_key(), &sent)).await;
    assert_eq!(answer.status, 201, "{:#}", answer.body);
    let location = answer.header("location").to_owned();
    let kept = Answer::of(endpoint.get(&location)).await.body;
    let delivery = &kept["delivery"];
    assert_eq!(delivery["ordered"], json!(today()));
    assert_eq!(delivery["lines"][0]["arrives"]["late_days"], 0);
    let call_off = &delivery["lines"][1]["call_offs"][0]["arrives"];
    let late = call_off["late_days"].as_u64().expect("days");
    assert!((10..=12).contains(&late), "{late}");
    assert_eq!(
        delivery["together"]["arrives"]["possible"],
        call_off["possible"]
    );
    assert_eq!(answer.body["late_days"], call_off["late_days"]);
    assert_eq!(kept["receipt"], answer.body);
}

#[tokio::test]
async fn the_same_key_and_request_get_the_same_answer() {
    let catalog = gadgets(PLAIN);
    let endpoint = Endpoint::start(std::slice::from_ref(&catalog)).await;
    let (key, sent) = (new_key(), request(&catalog, Some("public"), today()));
    let first = Answer::of(endpoint.post(&key, &sent)).await;
    let again = Answer::of(endpoint.post(&key, &sent)).await;
    assert_eq!((first.status, &first.body), (again.status, &again.body));

    let mut other = sent.clone();
    other["note"] = json!("Something else.");
    let refused = Answer::of(endpoint.post(&key, &other)).await;
    assert_eq!(
        (refused.status, refused.problem()),
        (422, "idempotency-key-reused")
    );
    assert!(
        !refused.body.to_string().contains("Q-"),
        "no word of the other request"
    );
    assert_eq!(endpoint.count(), 1);
}

#[tokio::test]
async fn fifty_at_once_make_one_request() {
    let catalog = gadgets(PLAIN);
    let endpoint = Endpoint::start(std::slice::from_ref(&catalog)).await;
    let (key, sent) = (new_key(), request(&catalog, Some("public"), today()));
    let mut calls = tokio::task::JoinSet::new();
    for _ in 0..50 {
        calls.spawn(Answer::of(endpoint.post(&key, &sent)));
    }
    let answers = calls.join_all().await;
    assert!(answers.iter().all(|answer| answer.status == 201));
    let bodies: BTreeSet<_> = answers
        .iter()
        .map(|answer| answer.body.to_string())
        .collect();
    assert_eq!((bodies.len(), endpoint.count()), (1, 1));
}

#[tokio::test]
async fn fifty_buyers_get_fifty_numbers_without_a_gap() {
    let catalog = gadgets(PLAIN);
    let endpoint = Endpoint::start(std::slice::from_ref(&catalog)).await;
    let sent = request(&catalog, Some("public"), today());
    let mut wrong = sent.clone();
    wrong["totals"]["net"] = json!("1.00");
    let mut calls = tokio::task::JoinSet::new();
    for _ in 0..50 {
        calls.spawn(Answer::of(endpoint.post(&new_key(), &sent)));
        calls.spawn(Answer::of(endpoint.post(&new_key(), &wrong)));
    }
    let numbers: BTreeSet<_> = calls
        .join_all()
        .await
        .iter()
        .filter_map(|answer| answer.body["number"].as_str().map(str::to_owned))
        .collect();
    let year = today().year();
    let expected: BTreeSet<_> = (1..=50).map(|at| format!("Q-{year}-{at:05}")).collect();
    assert_eq!(numbers, expected);
}

#[tokio::test]
async fn a_deleted_request_is_gone_and_does_not_come_back() {
    let catalog = gadgets(PLAIN);
    let endpoint = Endpoint::start(std::slice::from_ref(&catalog)).await;
    let (key, sent) = (new_key(), request(&catalog, Some("public"), today()));
    let kept = Answer::of(endpoint.post(&key, &sent)).await;
    let url = format!("{}{}", endpoint.url, kept.header("location"));
    for (expected, problem) in [(204, None), (404, Some("not-found"))] {
        let answer = Answer::of(endpoint.client.delete(&url)).await;
        assert_eq!(answer.status, expected);
        assert_eq!(problem.map(|_| answer.problem()), problem);
    }
    assert_eq!(
        Answer::of(endpoint.client.get(&url)).await.problem(),
        "not-found"
    );
    let repeated = Answer::of(endpoint.post(&key, &sent)).await;
    assert_eq!(
        (repeated.status, repeated.problem()),
        (410, "request-deleted")
    );
    assert_eq!(endpoint.count(), 0);

    let folder = endpoint.stop().await;
    for file in std::fs::read_dir(folder.path()).expect("the folder") {
        let bytes = std::fs::read(file.expect("a file").path()).expect("its bytes");
        assert!(
            !String::from_utf8_lossy(&bytes).contains("buyer@acme"),
            "overwritten on disk"
        );
    }
}

#[tokio::test]
async fn a_late_request_is_checked_under_its_own_catalog() {
    let old = gadgets(PLAIN);
    let endpoint = Endpoint::start(std::slice::from_ref(&old)).await;
    let new = gadgets(crate::catalog::Variant {
        metre: "999.99",
        help: "Other words.",
        ..PLAIN
    });
    assert!(old.hash != new.hash && old.packs[0].pack.hash != new.packs[0].pack.hash);
    let folder = endpoint.stop().await;
    let endpoint =
        Endpoint::start_in(folder, std::slice::from_ref(&new), |settings| settings).await;

    for (catalog, date, expected) in [
        (&old, today(), 201),
        (&old, in_days(-30), 201),
        (&old, in_days(-40), 422),
        (&new, today(), 201),
    ] {
        let sent = request(catalog, Some("public"), date);
        let answer = Answer::of(endpoint.post(&new_key(), &sent)).await;
        assert_eq!(answer.status, expected, "{date}: {:#}", answer.body);
    }
    let path = format!("/api/models/{}/gadget", old.hash);
    assert_eq!(Answer::of(endpoint.get(&path)).await.body["hash"], old.hash);
}

#[tokio::test]
async fn prices_of_a_day_on_which_they_were_no_longer_served_are_refused() {
    let old = gadgets(PLAIN);
    let new = gadgets(crate::catalog::Variant {
        metre: "999.99",
        ..PLAIN
    });
    let folder = Endpoint::start(std::slice::from_ref(&old))
        .await
        .stop()
        .await;
    let folder = {
        let endpoint =
            Endpoint::start_in(folder, std::slice::from_ref(&new), |settings| settings).await;
        endpoint.stop().await
    };
    let connection = rusqlite::Connection::open(crate::kit::data(folder.path())).expect("a file");
    connection
        .execute(
            "UPDATE price_packs SET superseded_on = ?1 WHERE superseded_on IS NOT NULL",
            [in_days(-5).to_string()],
        )
        .expect("an update");
    drop(connection);
    let endpoint = Endpoint::start_in(folder, &[new], |settings| settings).await;
    for (date, expected) in [(in_days(-6), 201), (in_days(-3), 422)] {
        let sent = request(&old, Some("public"), date);
        let answer = Answer::of(endpoint.post(&new_key(), &sent)).await;
        assert_eq!(answer.status, expected, "{date}");
    }
}
