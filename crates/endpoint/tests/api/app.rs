//! The files of the app, as browsers get them.

use std::fs;
use std::path::Path;

use crate::kit::{Answer, Endpoint, new_folder};

const PAGE: &str = "<!doctype html><script type=\"module\" src=\"/start.js\"></script>";
const HASHED: &str = "app-0123456789abcdef_bg.wasm";

fn build(folder: &Path) {
    let files: [(&str, &[u8]); 9] = [
        ("index.html", PAGE.as_bytes()),
        (HASHED, b"\0asm plain"),
        ("app-0123456789abcdef_bg.wasm.br", b"wasm in brotli"),
        ("app-0123456789abcdef_bg.wasm.gz", b"wasm in gzip"),
        ("quotewright.js", b"export {};"),
        ("service-worker.js", b"self;"),
        ("quotewright-worker-0123456789abcdef.js", b"export {};"),
        ("icon.svg", b"<svg/>"),
        ("snippets/app-0123456789abcdef/glue.js", b"export {};"),
    ];
    fs::create_dir_all(folder.join("snippets/app-0123456789abcdef")).expect("a folder");
    for (name, bytes) in files {
        fs::write(folder.join(name), bytes).expect("a file");
    }
}

async fn start() -> (Endpoint, tempfile::TempDir) {
    let app = new_folder();
    build(app.path());
    let folder = new_folder();
    fs::write(folder.path().join("secret.txt"), "secret").expect("a file");
    let path = app.path().to_owned();
    let endpoint = Endpoint::start_in(folder, &[], |mut settings| {
        settings.app = Some(path);
        settings
    })
    .await;
    (endpoint, app)
}

#[tokio::test]
async fn each_file_has_its_type_and_its_time() {
    let (endpoint, _app) = start().await;
    let immutable = "public, max-age=31536000, immutable";
    for (path, content_type, cache) in [
        ("/", "text/html; charset=utf-8", "no-cache"),
        ("/index.html", "text/html; charset=utf-8", "no-cache"),
        (
            "/app-0123456789abcdef_bg.wasm",
            "application/wasm",
            immutable,
        ),
        (
            "/quotewright.js",
            "text/javascript; charset=utf-8",
            "no-cache",
        ),
        (
            "/service-worker.js",
            "text/javascript; charset=utf-8",
            "no-cache",
        ),
        ("/icon.svg", "image/svg+xml", "no-cache"),
        (
            "/snippets/app-0123456789abcdef/glue.js",
            "text/javascript; charset=utf-8",
            "no-cache",
        ),
    ] {
        let plain = endpoint.get(path).header("accept-encoding", "identity");
        let answer = Answer::of(plain).await;
        assert_eq!(answer.status, 200, "{path}");
        assert_eq!(answer.header("content-type"), content_type, "{path}");
        assert_eq!(answer.header("cache-control"), cache, "{path}");
        assert_eq!(answer.header("access-control-allow-origin"), "*", "{path}");
        assert_eq!(
            answer.header("cross-origin-resource-policy"),
            "cross-origin",
            "{path}"
        );
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        let allowed = answer.header("service-worker-allowed");
        assert_eq!(
            allowed,
            if path == "/service-worker.js" {
                "/"
            } else {
                ""
            }
        );

        let again = endpoint
            .get(path)
            .header("if-none-match", answer.header("etag"));
        let again = Answer::of(again).await;
        assert_eq!(
            (again.status, again.header("cache-control")),
            (304, cache),
            "{path}"
        );
    }
}

#[tokio::test]
async fn the_smallest_copy_that_the_browser_takes_is_sent() {
    let (endpoint, _app) = start().await;
    let raw = reqwest::Client::builder()
        .no_brotli()
        .no_gzip()
        .build()
        .expect("a client");
    for (accepted, encoding, body) in [
        ("gzip, deflate, br", "br", "wasm in brotli"),
        ("gzip", "gzip", "wasm in gzip"),
        ("identity", "", "\0asm plain"),
    ] {
        let call = raw
            .get(format!("{}/{HASHED}", endpoint.url))
            .header("accept-encoding", accepted);
        let response = call.send().await.expect("an answer");
        let header = response.headers().get("content-encoding");
        assert_eq!(header.map_or("", |it| it.to_str().expect("text")), encoding);
        assert!(
            response.headers()["vary"]
                .to_str()
                .expect("text")
                .contains("accept-encoding")
        );
        assert_eq!(response.text().await.expect("a body"), body);
    }
}

#[tokio::test]
async fn the_page_has_a_strict_policy() {
    let (endpoint, _app) = start().await;
    let answer = Answer::of(endpoint.get("/")).await;
    let policy = answer.header("content-security-policy");
    for directive in [
        "default-src 'self'",
        "script-src 'self' 'wasm-unsafe-eval';",
        "style-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    ] {
        assert!(policy.contains(directive), "{directive}: {policy}");
    }
    assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"));
    assert_eq!(answer.header("referrer-policy"), "same-origin");
    assert!(answer.header("permissions-policy").contains("camera=()"));
}

#[tokio::test]
async fn workers_have_policies_of_their_own() {
    let (endpoint, _app) = start().await;
    for (path, policy) in [
        (
            "/service-worker.js",
            "default-src 'none'; connect-src 'self'",
        ),
        (
            "/quotewright-worker-0123456789abcdef.js",
            "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'",
        ),
        (
            "/quotewright.js",
            "default-src 'none'; frame-ancestors 'none'",
        ),
    ] {
        let answer = Answer::of(endpoint.get(path)).await;
        assert_eq!(answer.header("content-security-policy"), policy, "{path}");
    }
}

#[tokio::test]
async fn no_address_leads_out_of_the_folder() {
    let (endpoint, _app) = start().await;
    let address = endpoint
        .url
        .strip_prefix("http://")
        .expect("an address")
        .to_owned();
    for path in [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/snippets/../../secret.txt",
        "//etc/passwd",
        "/index.html/",
        "/index.html%00.js",
        "/app-0123456789abcdef_bg.wasm.br",
        "/quotewright.sqlite",
        "/missing",
    ] {
        // By hand: a client would tidy the path up.
        let answer = raw_get(&address, path).await;
        assert!(answer.starts_with("HTTP/1.1 404"), "{path}: {answer}");
        assert!(
            answer.contains("application/problem+json"),
            "{path}: {answer}"
        );
    }
}

async fn raw_get(address: &str, path: &str) -> String {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let mut stream = tokio::net::TcpStream::connect(address)
        .await
        .expect("a connection");
    let call = format!("GET {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n");
    stream.write_all(call.as_bytes()).await.expect("written");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.expect("an answer");
    answer
}
