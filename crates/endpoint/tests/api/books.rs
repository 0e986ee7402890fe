//! Buyers have the prices of all books for them, and know of the products on their lists.

use std::collections::BTreeMap;

use quotewright_compiler::{CatalogSource, CompiledCatalog, compile};
use quotewright_endpoint::{Customer, CustomerTokens};
use serde_json::{Value as Json, json};

use crate::kit::{Answer, Endpoint, SECRET, new_key, today};

const FILES: [&str; 7] = [
    "catalog.toml",
    "products.csv",
    "groups.csv",
    "attributes.csv",
    "options/lid.csv",
    "price-tables/size.csv",
    "prices.csv",
];

/// The catalog with books for tests, whose books hold today.
fn books() -> CompiledCatalog {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/catalogs/books");
    let files = FILES.iter().map(|name| {
        let text = std::fs::read_to_string(format!("{root}/{name}")).expect("the file is there");
        let text = text.replace("valid_until = \"2026-12-31\"\n", "");
        ((*name).to_owned(), text.into_bytes())
    });
    let compilation = compile(&CatalogSource::from_files(files.collect::<Vec<_>>()));
    compilation.catalog.expect("a catalog without mistakes")
}

fn token(customer: &str, facts: &[(&str, &str)]) -> String {
    let facts = facts.iter();
    let customer = Customer {
        code: customer.to_owned(),
        catalog: "books".to_owned(),
        facts: facts
            .map(|(fact, value)| ((*fact).to_owned(), (*value).to_owned()))
            .collect::<BTreeMap<_, _>>(),
    };
    let tokens = CustomerTokens::new(SECRET);
    let token = tokens.and_then(|tokens| tokens.mint(&customer, 1));
    token.expect("a token")
}

#[tokio::test]
async fn a_buyer_gets_the_prices_and_products_of_all_their_books() {
    let catalog = books();
    let endpoint = Endpoint::start(std::slice::from_ref(&catalog)).await;
    let dealer = ("group", "dealer");
    let tokens = [
        (None, "public", 3),
        (Some(token("acme", &[])), "acme", 2),
        (Some(token("delta", &[dealer])), "dealers", 3),
        (Some(token("acme", &[dealer])), "acme+dealers", 2),
        (Some(token("delta", &[("country", "US")])), "us", 3),
    ];
    // Who may see which pack: those of whom all is known that it asks for.
    let seen = [
        [true, false, false, false, false],
        [true, true, false, false, false],
        [true, false, true, false, false],
        [true, true, true, true, false],
        [true, false, false, false, true],
    ];
    let mut hashes = Vec::new();
    for (token, book, products) in &tokens {
        let manifest = get(&endpoint, "/api/catalogs/books", token.as_deref()).await;
        let manifest = manifest.expect("a manifest");
        let listed = manifest["products"].as_array().map(Vec::len);
        assert_eq!(listed, Some(*products), "{book}");
        let hash = manifest["prices"]["pack_hash"].as_str();
        let hash = hash.expect("prices are shown").to_owned();
        let path = format!("/api/price-packs/{hash}");
        let pack = get(&endpoint, &path, token.as_deref()).await;
        assert_eq!(pack.expect("a pack")["book"], json!(book));
        hashes.push(path);
        let model = format!("/api/models/{}/wagon", catalog.hash);
        let model = get(&endpoint, &model, token.as_deref()).await;
        assert_eq!(model.is_some(), *products == 3, "{book}");
    }
    for ((token, book, _), seen) in tokens.iter().zip(seen) {
        for (path, seen) in hashes.iter().zip(seen) {
            let pack = get(&endpoint, path, token.as_deref()).await;
            assert_eq!(pack.is_some(), seen, "{book}: {path}");
        }
    }
}

async fn get(endpoint: &Endpoint, path: &str, token: Option<&str>) -> Option<Json> {
    let mut call = endpoint.get(path);
    if let Some(token) = token {
        call = call.bearer_auth(token);
    }
    let answer = Answer::of(call).await;
    (answer.status == 200).then_some(answer.body)
}

/// With the public prices too, what is not on a buyer's list cannot be asked for.
#[tokio::test]
async fn what_is_not_on_a_list_cannot_be_requested() {
    let catalog = books();
    let endpoint = Endpoint::start(std::slice::from_ref(&catalog)).await;
    let pack = catalog.packs.iter().find(|it| it.books.is_empty());
    let pack = &pack.expect("the public prices").pack;
    let request = json!({
        "format": 1,
        "catalog": "books",
        "catalog_hash": catalog.hash,
        "pack_hash": pack.hash,
        "price_date": today(),
        "locale": "en",
        "contact": { "company": "Acme", "name": "A. Buyer", "email": "buyer@acme.example", "phone": "" },
        "note": "",
        "delivery_date": null,
        "lines": [{
            "product": "wagon",
            "quantity": 1,
            "decisions": {},
            "assignment": { "cover": "no" },
            "unit_net": "500.00",
            "net": "500.00",
        }],
        "totals": { "net": "500.00", "tax": "100.00", "gross": "600.00" },
    });
    let anybody = endpoint.post(&new_key(), &request);
    assert_eq!(Answer::of(anybody).await.status, 201);
    let acme = endpoint.post(&new_key(), &request);
    let answer = Answer::of(acme.bearer_auth(token("acme", &[]))).await;
    assert_eq!(
        (answer.status, answer.problem()),
        (422, "invalid-configuration")
    );
}
