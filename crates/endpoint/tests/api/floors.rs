//! Floors, margins, commission and changes by hand: who sees them, and who may make them.

use std::path::Path;

use quotewright_compiler::{CatalogSource, CompiledCatalog, compile};
use serde_json::{Value as Json, json};

use crate::kit::{Answer, Endpoint, INBOX, new_key, pack, today, token, token_with};

/// `tests/catalogs/floors`, with another word in its settings.
fn floors(below: &str) -> CompiledCatalog {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/catalogs/floors");
    let mut files = Vec::new();
    for sub in ["", "options", "price-tables"] {
        for entry in std::fs::read_dir(folder.join(sub)).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_file() {
                let name = path.strip_prefix(&folder).expect("a name");
                let text = std::fs::read_to_string(&path).expect("text");
                let text = text.replace("\"confirm\"", &format!("\"{below}\""));
                files.push((name.to_string_lossy().into_owned(), text));
            }
        }
    }
    let compilation = compile(&CatalogSource::from_files(files));
    compilation
        .catalog
        .unwrap_or_else(|| panic!("{:#?}", compilation.diagnostics))
}

/// Two desks on sale at 75.00, and 20.00 for setting up: 170.00, below their floor of 180.00.
fn request(catalog: &CompiledCatalog) -> Json {
    json!({
        "format": 1,
        "catalog": catalog.id,
        "catalog_hash": catalog.hash,
        "pack_hash": pack(catalog, "public").hash,
        "price_date": today(),
        "locale": "en",
        "contact": { "company": "Acme", "name": "A. Buyer", "email": "buyer@acme.example", "phone": "" },
        "note": "",
        "delivery_date": null,
        "promotions": ["SALE"],
        "answers": { "prepaid": "no", "freight": "no" },
        "lines": [{
            "product": "desk",
            "quantity": 2,
            "decisions": {},
            "assignment": { "top": "oak", "steel": "no" },
            "unit_net": "75.00",
            "net": "170.00",
        }],
        "totals": { "net": "170.00", "tax": "35.70", "gross": "205.70" },
    })
}

fn change(after: usize, adjustment: Json) -> Json {
    let mut adjustment = adjustment;
    adjustment["by"] = json!("S. Eller");
    adjustment["reason"] = json!("Agreed by telephone");
    json!({ "after": after, "adjustment": adjustment })
}

async fn adjust(endpoint: &Endpoint, id: &str, token: &str, body: &Json) -> Answer {
    let path = format!("{}/api/inbox/{id}/adjustments", endpoint.url);
    Answer::of(endpoint.client.post(path).bearer_auth(token).json(body)).await
}

async fn sent(endpoint: &Endpoint, catalog: &CompiledCatalog, token: Option<&str>) -> Answer {
    let call = endpoint.post(&new_key(), &request(catalog));
    Answer::of(match token {
        Some(token) => call.bearer_auth(token),
        None => call,
    })
    .await
}

fn id(receipt: &Answer) -> String {
    assert_eq!(receipt.status, 201, "{:#}", receipt.body);
    receipt.body["id"].as_str().expect("an id").to_owned()
}

#[tokio::test]
async fn a_buyer_is_told_that_the_supplier_confirms_and_no_more() {
    let catalog = floors("confirm");
    let endpoint = Endpoint::start(std::slice::from_ref(&catalog)).await;
    let receipt = sent(&endpoint, &catalog, None).await;
    assert_eq!(receipt.body["to_confirm"], true);
    let id = id(&receipt);
    let own = Answer::of(endpoint.get(&format!("/api/quote-requests/{id}"))).await;
    for secret in ["margin", "floor\"", "cost", "180.00", "140.00"] {
        for told in [&receipt.body, &own.body] {
            assert!(!told.to_string().contains(secret), "{secret}");
        }
    }
    let detail = Answer::of(endpoint.get(&format!("/api/inbox/{id}")).bearer_auth(INBOX)).await;
    let line = &detail.body["margins"]["lines"][0];
    for (member, expected) in [
        ("net", "170.00"),
        ("cost", "140.00"),
        ("floor", "180.00"),
        ("below_floor", "10.00"),
    ] {
        assert_eq!(line[member], expected, "{member}");
    }
}

#[tokio::test]
async fn a_catalog_may_refuse_what_is_below_its_floor() {
    let catalog = floors("refuse");
    let endpoint = Endpoint::start(std::slice::from_ref(&catalog)).await;
    let refused = sent(&endpoint, &catalog, None).await;
    assert_eq!(refused.problem(), "not-priced");
    let expected = [("/lines".to_owned(), "below-floor".to_owned())];
    assert_eq!(refused.pointers(), expected);
    assert!(!refused.body.to_string().contains("180"));
    assert_eq!(endpoint.count(), 0);
}

#[tokio::test]
async fn commission_is_told_to_the_partner_alone() {
    let catalog = floors("confirm");
    let endpoint = Endpoint::start(std::slice::from_ref(&catalog)).await;
    let through = token_with("buyer", "floors", &[("partner", "north")]);
    let id = id(&sent(&endpoint, &catalog, Some(&through)).await);
    let path = format!("/api/quote-requests/{id}/commissions");
    let partner = token_with("north", "floors", &[("partner", "north")]);
    let told = Answer::of(endpoint.get(&path).bearer_auth(partner)).await;
    assert_eq!(
        (told.status, told.header("cache-control")),
        (200, "no-store")
    );
    // 5 percent of 170.00.
    assert_eq!(told.body[0]["amount"], "8.50");
    for other in [&through, &token("south", "floors")] {
        let refused = Answer::of(endpoint.get(&path).bearer_auth(other)).await;
        assert_eq!(refused.problem(), "not-found");
    }
    assert_eq!(Answer::of(endpoint.get(&path)).await.problem(), "not-found");
    let other = token("north", "gadgets");
    let refused = Answer::of(endpoint.get(&path).bearer_auth(other)).await;
    assert_eq!(refused.problem(), "token-invalid");
}

#[tokio::test]
async fn changes_by_hand_are_kept_with_who_when_and_why() {
    let catalog = floors("confirm");
    let endpoint = Endpoint::start(std::slice::from_ref(&catalog)).await;
    let id = id(&sent(&endpoint, &catalog, None).await);
    // Up to 190.00, which is above the floor; then 5.00 off the quote.
    let up = change(0, json!({ "line": 0, "price": "190" }));
    let first = adjust(&endpoint, &id, INBOX, &up).await;
    assert_eq!(first.status, 201, "{:#}", first.body);
    let down = change(1, json!({ "amount": "-5" }));
    let second = adjust(&endpoint, &id, INBOX, &down).await;
    let staged = &second.body["staged"];
    assert_eq!(staged["price"]["totals"]["net"], "185.00");
    let steps = staged["price"]["lines"][0]["price"]["once"]["steps"].as_array();
    let last = steps.and_then(|it| it.last()).cloned().unwrap_or_default();
    assert_eq!(
        (&last["code"], &last["amount"]),
        (&json!("manual-1"), &json!("20.00"))
    );
    assert_eq!(staged["price"]["steps"][0]["code"], "manual-2");
    assert_eq!(staged["margins"]["below_floor"], "0.00");
    let kept = &staged["adjustments"][1];
    assert_eq!(kept["adjustment"]["by"], "S. Eller");
    assert_eq!(kept["adjustment"]["reason"], "Agreed by telephone");
    assert!(kept["at"].is_string());

    let detail = Answer::of(endpoint.get(&format!("/api/inbox/{id}")).bearer_auth(INBOX)).await;
    assert_eq!(detail.body, second.body);
    // The request stays as it was asked, and the copy is the supplier's.
    let own = Answer::of(endpoint.get(&format!("/api/quote-requests/{id}"))).await;
    assert_eq!(own.body["receipt"]["totals"]["net"], "170.00");
    assert!(!own.body.to_string().contains("manual-1"));
}

#[tokio::test]
async fn changes_by_hand_that_cannot_be_made_change_nothing() {
    let catalog = floors("confirm");
    let endpoint = Endpoint::start(std::slice::from_ref(&catalog)).await;
    let id = id(&sent(&endpoint, &catalog, None).await);
    let good = change(0, json!({ "line": 0, "price": "190" }));
    let customer = token("acme", "floors");
    for given in ["", "the inbox's own toke", customer.as_str()] {
        let refused = adjust(&endpoint, &id, given, &good).await;
        assert_eq!(refused.status, 401, "{given}");
    }
    let unknown = adjust(&endpoint, "none", INBOX, &good).await;
    assert_eq!(unknown.problem(), "not-found");
    let cases = [
        (json!({ "line": 0, "amount": "-1" }), "below-floor"),
        (json!({ "percent": "-1" }), "below-floor"),
        (json!({ "line": 1, "amount": "1" }), "invalid-request"),
        (json!({ "line": 0, "percent": "-101" }), "invalid-request"),
        (
            json!({ "line": 0, "due": "Monthly", "amount": "1" }),
            "invalid-request",
        ),
        (json!({ "line": 0 }), "invalid-request"),
        (
            json!({ "line": 0, "amount": "1", "percent": "1" }),
            "invalid-request",
        ),
        (
            json!({ "line": 0, "amount": "1", "below_floor": " " }),
            "invalid-request",
        ),
        (json!({ "line": 0, "net": "1" }), "malformed-request"),
    ];
    for (adjustment, problem) in cases {
        let refused = adjust(&endpoint, &id, INBOX, &change(0, adjustment.clone())).await;
        assert!(
            [problem, "invalid-request"].contains(&refused.problem()),
            "{adjustment}: {:#}",
            refused.body
        );
    }
    let detail = Answer::of(endpoint.get(&format!("/api/inbox/{id}")).bearer_auth(INBOX)).await;
    assert_eq!(detail.body["staged"], Json::Null);

    // With a stated reason it may; the same change is not made twice.
    let mut below = change(0, json!({ "line": 0, "amount": "-1" }));
    below["adjustment"]["below_floor"] = json!("Last of its kind");
    let changed = adjust(&endpoint, &id, INBOX, &below).await;
    assert_eq!(changed.body["staged"]["margins"]["below_floor"], "11.00");
    let again = adjust(&endpoint, &id, INBOX, &below).await;
    assert_eq!(again.problem(), "changed-meanwhile");
}
