//! Who sees which prices.

use std::collections::BTreeMap;

use serde_json::json;

use crate::catalog::{PLAIN, Variant, gadgets};
use crate::kit::{Answer, Endpoint, SECRET, new_key, pack, request, today, token};
use quotewright_endpoint::{Customer, CustomerTokens};

const SIGNED_IN: Variant = Variant {
    visibility: "signed-in",
    ..PLAIN
};

#[tokio::test]
async fn the_manifest_names_the_prices_of_its_reader() {
    let (public, hidden) = (gadgets(PLAIN), gadgets(SIGNED_IN));
    for (catalog, customer, book) in [
        (&public, None, Some("public")),
        (&public, Some("acme"), Some("acme")),
        (&public, Some("nobody"), Some("public")),
        (&public, Some("late"), Some("public")),
        (&hidden, None, None),
        (&hidden, Some("acme"), Some("acme")),
        (&hidden, Some("nobody"), Some("public")),
    ] {
        let endpoint = Endpoint::start(std::slice::from_ref(catalog)).await;
        let mut call = endpoint.get("/api/catalogs/gadgets");
        if let Some(customer) = customer {
            call = call.bearer_auth(token(customer, "gadgets"));
        }
        let answer = Answer::of(call).await;
        let prices = &answer.body["prices"];
        match book {
            None => assert_eq!(*prices, json!({ "access": "hidden" })),
            Some(book) => assert_eq!(
                *prices,
                json!({ "access": "pack", "pack_hash": pack(catalog, book).hash }),
                "{customer:?}"
            ),
        }
        let private = answer.header("cache-control").starts_with("private");
        assert_eq!(private, customer.is_some());
        assert!(answer.header("vary").contains("authorization"));
    }
}

#[tokio::test]
async fn the_list_names_what_its_reader_may_open() {
    let endpoint = Endpoint::start(&[gadgets(PLAIN)]).await;
    for (signed_in_for, listed) in [
        (None, json!(["gadgets"])),
        (Some("gadgets"), json!(["gadgets"])),
        (Some("conveyor"), json!([])),
    ] {
        let mut call = endpoint.get("/api/catalogs");
        if let Some(catalog) = signed_in_for {
            call = call.bearer_auth(token("acme", catalog));
        }
        let answer = Answer::of(call).await;
        let found = answer.body.as_array().expect("a list");
        let found: Vec<_> = found.iter().map(|it| it["catalog"].clone()).collect();
        assert_eq!(json!(found), listed, "{signed_in_for:?}");
        assert!(answer.header("cache-control").starts_with("private"));
    }
}

#[tokio::test]
async fn a_price_pack_is_for_its_own_customer() {
    let (public, hidden) = (gadgets(PLAIN), gadgets(SIGNED_IN));
    let other = "conveyor";
    for (catalog, book, reader, cache) in [
        (&public, "public", None, Some("public")),
        (&public, "public", Some(("acme", "gadgets")), Some("public")),
        (&public, "acme", None, None),
        (&public, "acme", Some(("nobody", "gadgets")), None),
        (&public, "acme", Some(("acme", other)), None),
        (&public, "acme", Some(("acme", "gadgets")), Some("private")),
        (&hidden, "public", None, None),
        (&hidden, "public", Some(("nobody", other)), None),
        (
            &hidden,
            "public",
            Some(("nobody", "gadgets")),
            Some("private"),
        ),
        (&hidden, "acme", Some(("acme", "gadgets")), Some("private")),
    ] {
        let endpoint = Endpoint::start(std::slice::from_ref(catalog)).await;
        let hash = &pack(catalog, book).hash;
        let mut call = endpoint.get(&format!("/api/price-packs/{hash}"));
        if let Some((customer, catalog)) = reader {
            call = call.bearer_auth(token(customer, catalog));
        }
        let answer = Answer::of(call).await;
        let shown = answer
            .header("cache-control")
            .split(',')
            .next()
            .unwrap_or_default();
        match cache {
            Some(cache) => assert_eq!((answer.status, shown), (200, cache), "{book} {reader:?}"),
            None => assert_eq!(answer.problem(), "not-found", "{book} {reader:?}"),
        }
    }
}

#[tokio::test]
async fn a_bad_token_is_refused_everywhere() {
    let catalog = gadgets(PLAIN);
    let endpoint = Endpoint::start(std::slice::from_ref(&catalog)).await;
    let hash = &pack(&catalog, "public").hash;
    let customer = Customer {
        code: "acme".to_owned(),
        catalog: "gadgets".to_owned(),
        facts: BTreeMap::new(),
    };
    let expired = CustomerTokens::new(SECRET)
        .and_then(|it| it.mint(&customer, 0))
        .expect("a token");
    let foreign = CustomerTokens::new(&SECRET.replace('a', "b"))
        .and_then(|it| it.mint(&customer, 1))
        .expect("a token");
    let bearer = |token: &str| format!("Bearer {token}");
    tokio::time::sleep(std::time::Duration::from_millis(1100)).await;
    for (header, problem) in [
        (bearer(&expired), "token-expired"),
        (bearer(&foreign), "token-invalid"),
        (bearer("nonsense"), "token-invalid"),
        (bearer(""), "token-invalid"),
        ("Basic YWNtZTphY21l".to_owned(), "token-invalid"),
    ] {
        let sent = request(&catalog, Some("public"), today());
        for call in [
            endpoint.get("/api/catalogs/gadgets"),
            endpoint.get(&format!("/api/price-packs/{hash}")),
            endpoint.post(&new_key(), &sent),
        ] {
            let answer = Answer::of(call.header("authorization", &header)).await;
            assert_eq!(
                (answer.status, answer.problem()),
                (401, problem),
                "{header}"
            );
            assert_eq!(answer.header("www-authenticate"), "Bearer");
        }
    }
    let other = endpoint
        .get("/api/catalogs/gadgets")
        .bearer_auth(token("acme", "conveyor"));
    assert_eq!(Answer::of(other).await.problem(), "token-invalid");
    assert_eq!(endpoint.count(), 0);
}

#[tokio::test]
async fn requests_are_priced_under_the_terms_of_who_sends_them() {
    let (public, hidden) = (gadgets(PLAIN), gadgets(SIGNED_IN));
    for (catalog, book, customer, expected) in [
        (&public, Some("public"), Some("acme"), Ok(())),
        (&public, Some("acme"), Some("acme"), Ok(())),
        (
            &public,
            Some("acme"),
            Some("nobody"),
            Err("unknown-price-pack"),
        ),
        (&public, None, None, Err("unknown-price-pack")),
        (&hidden, None, None, Ok(())),
        (&hidden, None, Some("acme"), Ok(())),
        (&hidden, Some("public"), None, Err("unknown-price-pack")),
        (&hidden, Some("public"), Some("nobody"), Ok(())),
        (&hidden, Some("acme"), Some("acme"), Ok(())),
    ] {
        let endpoint = Endpoint::start(std::slice::from_ref(catalog)).await;
        let mut call = endpoint.post(&new_key(), &request(catalog, book, today()));
        if let Some(customer) = customer {
            call = call.bearer_auth(token(customer, "gadgets"));
        }
        let answer = Answer::of(call).await;
        match expected {
            Ok(()) => {
                assert_eq!(
                    answer.status, 201,
                    "{book:?} {customer:?}: {:#}",
                    answer.body
                );
                assert_eq!(answer.body["totals"].is_null(), book.is_none());
            }
            Err(problem) => assert_eq!(answer.problem(), problem, "{book:?} {customer:?}"),
        }
    }
}

#[tokio::test]
async fn who_sees_no_prices_may_send_none() {
    let catalog = gadgets(SIGNED_IN);
    let endpoint = Endpoint::start(std::slice::from_ref(&catalog)).await;
    let mut sent = request(&catalog, None, today());
    sent["lines"][0]["net"] = json!("1.00");
    let answer = Answer::of(endpoint.post(&new_key(), &sent)).await;
    assert_eq!(answer.problem(), "amounts-differ");
    assert_eq!(
        answer.pointers(),
        [("/lines/0/net".to_owned(), String::new())]
    );
    let text = answer.body.to_string();
    assert!(
        !text.contains("6242"),
        "no amount leaks by the refusal: {text}"
    );
}
