use std::collections::BTreeSet;

use quotewright_engine::price::PricePack;

use crate::catalog::{CATALOG, SOURCE, pack};

/// What stands in the sheets' columns whose name ends in `suffix`.
fn cells(suffix: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let sheets = SOURCE
        .files()
        .iter()
        .filter(|(name, _)| name.ends_with(".csv"));
    for (_, content) in sheets {
        let text = std::str::from_utf8(content).expect("UTF-8");
        let mut rows = text.lines();
        let header = rows.next().unwrap_or_default();
        // From the right: there are no texts, hence no quoted commas, after the prices.
        let Some(column) = header.rsplit(',').position(|it| it.ends_with(suffix)) else {
            continue;
        };
        found.extend(
            rows.filter_map(|row| row.rsplit(',').nth(column))
                .map(str::to_owned),
        );
    }
    found.retain(|cell| cell.len() > 2);
    found
}

fn json(pack: &PricePack) -> String {
    serde_json::to_string(pack).expect("JSON")
}

#[test]
fn a_pack_holds_its_own_buyers_terms_alone() {
    let (public, acme) = (cells(".public"), cells(".acme"));
    let costs = cells("cost");
    assert!(public.len() > 40 && acme.len() > 40 && costs.len() > 30);
    let models = serde_json::to_string(&CATALOG.models).expect("JSON");
    let all = &(&public | &acme) | &costs;
    for (text, hidden) in [
        (models, all),
        (json(pack("public")), &acme | &costs),
        (json(pack("acme")), costs),
    ] {
        let leaked: Vec<_> = hidden.iter().filter(|cell| text.contains(*cell)).collect();
        assert!(leaked.is_empty(), "{leaked:?}");
    }
    let own = json(pack("acme"));
    assert!(acme.iter().all(|cell| own.contains(&format!("\"{cell}\""))));
}
