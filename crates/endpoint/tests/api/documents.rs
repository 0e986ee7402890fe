//! Documents that buyers can open.

use quotewright_compiler::{CompiledCatalog, DocumentFile};

use crate::catalog::{PLAIN, Variant, gadgets};
use crate::kit::Endpoint;

const HASH: &str = "5b0a";
const CONTENT: &[u8] = b"%PDF-1.7 the manual";

fn with_manual(catalog: CompiledCatalog) -> CompiledCatalog {
    CompiledCatalog {
        documents: vec![DocumentFile {
            hash: HASH.to_owned(),
            name: "manual".to_owned(),
            content: CONTENT.to_vec(),
        }],
        ..catalog
    }
}

#[tokio::test]
async fn a_document_is_shown_as_what_it_is_and_kept() {
    let endpoint = Endpoint::start(&[with_manual(gadgets(PLAIN))]).await;
    let address = format!("/api/documents/{HASH}");
    let response = endpoint.get(&address).send().await.expect("an answer");
    assert_eq!(response.status(), 200);
    for (name, expected) in [
        ("content-type", "application/pdf"),
        ("content-disposition", "inline; filename=\"manual.pdf\""),
        ("cache-control", "public, max-age=31536000, immutable"),
        ("x-content-type-options", "nosniff"),
        ("etag", "\"5b0a\""),
    ] {
        assert_eq!(response.headers()[name], expected, "{name}");
    }
    let policy = response.headers()["content-security-policy"].to_str();
    let policy = policy.expect("a policy");
    assert!(policy.starts_with("default-src 'none';") && !policy.contains("script"));
    assert_eq!(response.bytes().await.expect("bytes"), CONTENT);
    let again = endpoint.get(&address).header("if-none-match", "\"5b0a\"");
    assert_eq!(again.send().await.expect("an answer").status(), 304);
}

#[tokio::test]
async fn nothing_is_served_but_what_the_catalog_lists() {
    let endpoint = Endpoint::start(&[with_manual(gadgets(PLAIN))]).await;
    for path in [
        "5b0b",
        "manual.pdf",
        "5b0a.pdf",
        "..%2F..%2Fcatalog.toml",
        "%2Fetc%2Fpasswd",
        "%",
        "%00",
        "'%20OR%201=1%20--",
    ] {
        let response = endpoint.get(&format!("/api/documents/{path}")).send();
        let status = response.await.expect("an answer").status();
        assert!(matches!(status.as_u16(), 400 | 404), "{path}: {status}");
    }
}

#[tokio::test]
async fn what_was_served_earlier_is_still_there() {
    let endpoint = Endpoint::start(&[with_manual(gadgets(PLAIN))]).await;
    let folder = endpoint.stop().await;
    let later = Variant {
        help: "Another help.",
        ..PLAIN
    };
    let endpoint = Endpoint::start_in(folder, &[gadgets(later)], |settings| settings).await;
    let response = endpoint.get(&format!("/api/documents/{HASH}")).send();
    assert_eq!(response.await.expect("an answer").status(), 200);
}
