//! Catalogs, prices and days that cannot be asked for.

use serde_json::json;

use super::{Case, case};
use crate::kit::in_days;

pub fn cases(acme: String, ended: String) -> Vec<Case> {
    let (catalog, prices, date) = (
        "unknown-catalog",
        "unknown-price-pack",
        "price-date-refused",
    );
    let hash = "0".repeat(64);
    vec![
        case(
            "other catalog",
            [("/catalog", json!("conveyor"))],
            catalog,
            ("/catalog", "unknown"),
        ),
        case(
            "unknown catalog hash",
            [("/catalog_hash", json!(hash))],
            catalog,
            ("/catalog_hash", "unknown"),
        ),
        case(
            "SQL for a hash",
            [("/catalog_hash", json!("' OR 1=1 --"))],
            catalog,
            ("/catalog_hash", "unknown"),
        ),
        case(
            "unknown price pack",
            [("/pack_hash", json!(hash))],
            prices,
            ("/pack_hash", "unknown"),
        ),
        case(
            "another's price pack",
            [("/pack_hash", json!(acme))],
            prices,
            ("/pack_hash", "unknown"),
        ),
        case(
            "a pack that has ended, another's too",
            [("/pack_hash", json!(ended))],
            prices,
            ("/pack_hash", "unknown"),
        ),
        case(
            "no price pack",
            [("/pack_hash", json!(null))],
            prices,
            ("/pack_hash", "prices-missing"),
        ),
        case(
            "prices of the day after tomorrow",
            [("/price_date", json!(in_days(2)))],
            date,
            ("/price_date", "in-the-future"),
        ),
        case(
            "prices of long ago",
            [("/price_date", json!(in_days(-32)))],
            date,
            ("/price_date", "too-late"),
        ),
        case(
            "prices of another age",
            [("/price_date", json!("-009999-01-01"))],
            date,
            ("/price_date", "too-late"),
        ),
    ]
}
