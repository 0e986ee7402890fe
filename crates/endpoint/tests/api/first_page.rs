//! The page with a product in it, before any of the app runs.

use std::fs;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use quotewright_compiler::CompiledCatalog;
use quotewright_engine::catalog::Text;
use sha2::{Digest, Sha256};
use tempfile::TempDir;

use crate::catalog::{PLAIN, SECRETS, Variant, gadgets};
use crate::kit::{Endpoint, new_folder};

const PAGE: &str = "<!doctype html><html lang=\"en\"><body>\
    <quote-configurator role=\"main\"></quote-configurator></body></html>";

async fn start(catalogs: &[CompiledCatalog]) -> (Endpoint, TempDir) {
    let app = new_folder();
    fs::write(app.path().join("index.html"), PAGE).expect("a file");
    let path = app.path().to_owned();
    let endpoint = Endpoint::start_in(new_folder(), catalogs, |mut settings| {
        settings.app = Some(path);
        settings
    });
    (endpoint.await, app)
}

async fn page(endpoint: &Endpoint, address: &str, language: &str) -> (String, String) {
    let call = endpoint.get(address).header("accept-language", language);
    let response = call.send().await.expect("an answer");
    assert_eq!(response.status(), 200, "{address}");
    let policy = response.headers()["content-security-policy"].to_str();
    let policy = policy.expect("a policy").to_owned();
    (response.text().await.expect("a page"), policy)
}

/// The gadgets in two languages.
fn in_two_languages() -> CompiledCatalog {
    let mut catalog = gadgets(PLAIN);
    catalog.locales = vec!["en".to_owned(), "nb".to_owned()];
    let words = [("en", "Gadget"), ("nb", "Dings")];
    let words = words.map(|(locale, words)| (locale.to_owned(), words.to_owned()));
    catalog.models[0].name = Text::new(words);
    catalog
}

#[tokio::test]
async fn a_product_is_there_in_the_reader_s_language() {
    let (endpoint, _app) = start(&[in_two_languages()]).await;
    for (address, accepted, language, name) in [
        ("/", "", "en", "Gadget"),
        ("/?catalog=gadgets", "nb-NO,nb;q=0.9", "nb", "Dings"),
        ("/?catalog=gadgets&product=gadget", "nn", "nb", "Dings"),
        ("/?locale=no", "en", "nb", "Dings"),
        ("/?locale=en", "nb", "en", "Gadget"),
        ("/?locale=de", "nb", "en", "Gadget"),
    ] {
        let (page, _) = page(&endpoint, address, accepted).await;
        for part in [
            format!("<html lang=\"{language}\">"),
            format!("<h1>{name}</h1>"),
            "<h3>Frame</h3>".to_owned(),
            "<span class=\"name\">Stainless</span>".to_owned(),
        ] {
            assert!(page.contains(&part), "{address} {accepted}: {part}\n{page}");
        }
    }
}

#[tokio::test]
async fn nothing_is_there_of_what_is_not_known() {
    let other = CompiledCatalog {
        id: "others".to_owned(),
        ..gadgets(PLAIN)
    };
    let (endpoint, _app) = start(&[gadgets(PLAIN), other]).await;
    for address in ["/", "/?catalog=none", "/?catalog=gadgets&product=none"] {
        assert_eq!(page(&endpoint, address, "en").await.0, PAGE, "{address}");
    }
}

#[tokio::test]
async fn words_are_no_markup_and_prices_no_words() {
    let hostile = Variant {
        visibility: "signed-in",
        help: "<script>alert(1)</script> & more",
        ..PLAIN
    };
    let (endpoint, _app) = start(&[gadgets(hostile)]).await;
    let address = "/?theme=%22%3E%3Cscript%3E&locale=%22%3E%3Cscript%3E";
    let (page, _) = page(&endpoint, address, "\"><script>").await;
    assert!(!page.contains("<script"), "{page}");
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; more"));
    assert!(SECRETS.iter().all(|it| !page.contains(it)));
}

#[tokio::test]
async fn the_policy_allows_its_style_sheet_and_no_other() {
    let (endpoint, _app) = start(&[gadgets(PLAIN)]).await;
    let (page, policy) = page(&endpoint, "/", "en").await;
    let style = page.split("<style>").nth(1).expect("a style sheet");
    let style = style.split("</style>").next().expect("its end");
    let hash = BASE64_STANDARD.encode(Sha256::digest(style));
    assert!(policy.contains(&format!("style-src 'self' 'sha256-{hash}';")));
    assert!(!policy.contains("unsafe-inline"));
}
