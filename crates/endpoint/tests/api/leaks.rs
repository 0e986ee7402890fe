//! What an anonymous visitor can reach, and what is not in it.

use std::path::Path;

use quotewright_compiler::{CatalogSource, CompiledCatalog, compile};
use quotewright_engine::price::PriceRule;

use crate::catalog::{PLAIN, SECRETS, Variant, gadgets};
use crate::kit::{Answer, Endpoint, new_key, request, today};

/// Fetches whatever there is, with and without guesses, and returns all of it as one text.
async fn crawl(endpoint: &Endpoint, catalogs: &[&CompiledCatalog]) -> String {
    let mut paths = vec![
        "/".to_owned(),
        "/healthz".to_owned(),
        "/api/inbox".to_owned(),
    ];
    for catalog in catalogs {
        paths.push(format!("/api/catalogs/{}", catalog.id));
        paths.push(format!("/api/catalogs/{}/", catalog.id));
        paths.push(format!("/api/catalogs/{}", catalog.hash));
        for model in &catalog.models {
            paths.push(format!("/api/models/{}/{}", catalog.hash, model.product));
        }
        for pack in &catalog.packs {
            let hash = &pack.pack.hash;
            paths.push(format!("/api/price-packs/{hash}"));
            paths.push(format!("/api/price-packs/{}", hash.to_uppercase()));
            paths.push(format!("/api/price-packs/%20{hash}"));
            paths.push(format!("/api/price-packs/{hash}%00"));
            paths.push(format!("/api/models/{hash}/{}", catalog.models[0].product));
        }
    }
    let mut text = String::new();
    for path in &paths {
        for encoding in ["identity", "br", "gzip"] {
            let call = endpoint.get(path).header("accept-encoding", encoding);
            let response = call.send().await.expect("an answer");
            text += &format!("{:?}\n", response.headers());
            text += &response.text().await.unwrap_or_default();
        }
    }
    text
}

fn assert_free_of(text: &str, secrets: &[String]) {
    for secret in secrets {
        assert!(!text.contains(secret.as_str()), "{secret} has leaked");
    }
}

#[tokio::test]
async fn no_other_books_amounts_and_no_costs_are_to_be_found() {
    let signed_in = Variant {
        visibility: "signed-in",
        ..PLAIN
    };
    for (variant, public_shown) in [(PLAIN, true), (signed_in, false)] {
        let old = gadgets(Variant {
            metre: "321.99",
            ..variant
        });
        let new = gadgets(variant);
        let folder = Endpoint::start(std::slice::from_ref(&old))
            .await
            .stop()
            .await;
        let endpoint =
            Endpoint::start_in(folder, std::slice::from_ref(&new), |settings| settings).await;
        let mut text = crawl(&endpoint, &[&old, &new]).await;

        // Refusals of requests that guess at another's prices.
        for book in ["acme", "late"] {
            let mut sent = request(&new, Some("acme"), today());
            sent["pack_hash"] = crate::kit::pack(&new, book).hash.clone().into();
            sent["lines"][0]["net"] = "1.00".into();
            text += &Answer::of(endpoint.post(&new_key(), &sent))
                .await
                .body
                .to_string();
        }
        assert_free_of(&text, &SECRETS.map(str::to_owned));
        assert_eq!(
            text.contains("211.01"),
            public_shown,
            "the crawl found what it may find"
        );
        assert_eq!(text.contains("321.99"), public_shown);
    }
}

#[tokio::test]
async fn the_sentinel_catalog_shows_no_amount_at_all() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/catalogs/sentinel");
    let source = CatalogSource::read(&folder).expect("the sentinel catalog");
    let catalog = compile(&source)
        .catalog
        .expect("a catalog without mistakes");
    let endpoint = Endpoint::start(std::slice::from_ref(&catalog)).await;
    let text = crawl(&endpoint, &[&catalog]).await;
    let amounts = sheet_amounts(&folder);
    assert!(amounts.len() > 20, "{amounts:?}");
    assert_free_of(&text, &amounts);

    let of_a_book = catalog.packs.iter().flat_map(|pack| &pack.pack.products);
    let rules = of_a_book
        .flat_map(|product| &product.steps)
        .map(|step| &step.rule);
    assert!(
        rules
            .clone()
            .any(|rule| matches!(rule, PriceRule::Amount(_))),
        "there are amounts"
    );
}

/// Every number with a fraction in the columns of prices, percents, costs and floors.
fn sheet_amounts(folder: &Path) -> Vec<String> {
    let mut amounts = Vec::new();
    for name in [
        "options/size.csv",
        "prices.csv",
        "tiers.csv",
        "price-tables/lid.csv",
    ] {
        let text = std::fs::read_to_string(folder.join(name)).expect("a sheet");
        let mut rows = text.lines().map(|line| line.split(',').collect::<Vec<_>>());
        let head = rows.next().expect("a head");
        let is_secret = |column: &str| {
            ["price.", "percent.", "cost", "floor"]
                .iter()
                .any(|start| column.starts_with(start))
        };
        for row in rows {
            let cells = head
                .iter()
                .zip(&row)
                .filter(|(column, _)| is_secret(column));
            let numbers = cells.map(|(_, cell)| cell.trim_start_matches('-').to_owned());
            amounts.extend(numbers.filter(|number| number.contains('.')));
        }
    }
    amounts
}
