//! What the supplier sees.

use serde_json::Value as Json;

use crate::catalog::{PLAIN, gadgets};
use crate::kit::{Answer, Endpoint, INBOX, new_folder, new_key, request, today, token};

#[tokio::test]
async fn the_inbox_is_paged_newest_first() {
    let catalog = gadgets(PLAIN);
    let endpoint = Endpoint::start(std::slice::from_ref(&catalog)).await;
    let sent = request(&catalog, Some("public"), today());
    for _ in 0..5 {
        assert_eq!(
            Answer::of(endpoint.post(&new_key(), &sent)).await.status,
            201
        );
    }
    let (mut numbers, mut sizes) = (Vec::new(), Vec::new());
    let mut next = Some("/api/inbox?limit=2".to_owned());
    while let Some(path) = next {
        let page = Answer::of(endpoint.get(&path).bearer_auth(INBOX)).await;
        assert_eq!(
            (page.status, page.header("cache-control")),
            (200, "no-store")
        );
        let receipts = page.body.as_array().expect("a list").clone();
        sizes.push(receipts.len());
        numbers.extend(
            receipts
                .iter()
                .map(|it| it["number"].as_str().unwrap_or("").to_owned()),
        );
        let link = page.header("link").strip_prefix('<');
        next = link.and_then(|link| Some(link.split_once('>')?.0.to_owned()));
    }
    let year = today().year();
    let expected: Vec<_> = (1..=5)
        .rev()
        .map(|at| format!("Q-{year}-{at:05}"))
        .collect();
    assert_eq!((numbers, sizes), (expected, vec![2, 2, 1]));
}

#[tokio::test]
async fn the_detail_is_what_the_buyer_sees_too() {
    let catalog = gadgets(PLAIN);
    let endpoint = Endpoint::start(std::slice::from_ref(&catalog)).await;
    let receipt =
        Answer::of(endpoint.post(&new_key(), &request(&catalog, Some("public"), today()))).await;
    let id = receipt.body["id"].as_str().unwrap_or_default().to_owned();
    let detail = Answer::of(endpoint.get(&format!("/api/inbox/{id}")).bearer_auth(INBOX)).await;
    let own = Answer::of(endpoint.get(&format!("/api/quote-requests/{id}"))).await;
    assert!(detail.body["margins"]["cost"].is_string());
    assert_eq!(detail.body["staged"], Json::Null);
    assert_eq!((detail.status, &detail.body["stored"]), (200, &own.body));
    let missing = Answer::of(endpoint.get("/api/inbox/none").bearer_auth(INBOX)).await;
    assert_eq!(missing.problem(), "not-found");
}

#[tokio::test]
async fn nobody_else_opens_the_inbox() {
    let open = Endpoint::start(&[]).await;
    let closed = Endpoint::start_in(new_folder(), &[], |mut settings| {
        settings.inbox_token = None;
        settings
    })
    .await;
    let customer = token("acme", "gadgets");
    for (endpoint, given) in [
        (&open, None),
        (&open, Some("")),
        (&open, Some("the inbox's own toke")),
        (&open, Some("the inbox's own tokens")),
        (&open, Some(customer.as_str())),
        (&closed, None),
        (&closed, Some("")),
        (&closed, Some(INBOX)),
    ] {
        for path in ["/api/inbox", "/api/inbox/x"] {
            let mut call = endpoint.get(path);
            if let Some(token) = given {
                call = call.header("authorization", format!("Bearer {token}"));
            }
            let answer = Answer::of(call).await;
            assert_eq!(
                (answer.status, answer.problem()),
                (401, "token-invalid"),
                "{given:?}"
            );
        }
    }
    let bad = Answer::of(open.get("/api/inbox?limit=many").bearer_auth(INBOX)).await;
    assert_eq!((bad.status, bad.problem()), (400, "malformed-request"));
    let unknown = Answer::of(open.get("/api/inbox?page=2").bearer_auth(INBOX)).await;
    assert_eq!(unknown.status, 400);
    let empty = Answer::of(open.get("/api/inbox").bearer_auth(INBOX)).await;
    assert_eq!(empty.body, Json::Array(Vec::new()));
}
