//! Whatever goes wrong, the answer is a problem document.

use std::time::Duration;

use reqwest::Method;
use serde_json::Value as Json;

use crate::catalog::{PLAIN, gadgets};
use crate::kit::{Answer, Endpoint, ORIGIN, new_folder, new_key, request, today};

const REQUESTS: &str = "/api/quote-requests";

#[tokio::test]
async fn calls_that_cannot_be_answered_get_a_problem() {
    let endpoint = Endpoint::start(&[gadgets(PLAIN)]).await;
    let key = "a-key-of-enough-letters";
    let (json, text) = ("application/json", "text/plain");
    let long = " ".repeat(256 * 1024 + 1);
    for (method, path, content_type, body, status, problem) in [
        ("GET", "/nowhere", "", "", 404, "not-found"),
        ("GET", "/api/nowhere", "", "", 404, "not-found"),
        ("GET", "/api/catalogs/nothing", "", "", 404, "not-found"),
        ("GET", "/api/catalogs/%ff", "", "", 400, "malformed-request"),
        ("GET", "/api/models/abc/gadget", "", "", 404, "not-found"),
        ("GET", "/api/price-packs/abc", "", "", 404, "not-found"),
        ("GET", "/api/quote-requests/abc", "", "", 404, "not-found"),
        (
            "PUT",
            "/api/catalogs/gadgets",
            "",
            "",
            405,
            "method-not-allowed",
        ),
        ("GET", REQUESTS, "", "", 405, "method-not-allowed"),
        ("POST", "/", "", "", 404, "not-found"),
        ("POST", REQUESTS, "", "{}", 415, "unsupported-media-type"),
        ("POST", REQUESTS, text, "{}", 415, "unsupported-media-type"),
        ("POST", REQUESTS, json, "", 400, "malformed-json"),
        (
            "POST",
            REQUESTS,
            json,
            "{\"format\": 1,\n  oops",
            400,
            "malformed-json",
        ),
        (
            "POST",
            REQUESTS,
            json,
            "{\"format\": 1",
            400,
            "malformed-json",
        ),
        ("POST", REQUESTS, json, "[]", 422, "invalid-request"),
        ("POST", REQUESTS, json, "null", 422, "invalid-request"),
        (
            "POST",
            REQUESTS,
            json,
            long.as_str(),
            413,
            "payload-too-large",
        ),
    ] {
        let method: Method = method.parse().expect("a method");
        let name = format!("{method} {path} {content_type} {:.20}", body);
        let mut call = endpoint
            .client
            .request(method, format!("{}{path}", endpoint.url))
            .header("idempotency-key", key)
            .body(body.to_owned());
        if !content_type.is_empty() {
            call = call.header("content-type", content_type);
        }
        let answer = Answer::of(call).await;
        assert_eq!(
            (answer.status, answer.problem()),
            (status, problem),
            "{name}"
        );
        assert_eq!(answer.header("cache-control"), "no-store", "{name}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{name}");
    }
}

#[tokio::test]
async fn a_mistake_in_the_json_is_located() {
    let endpoint = Endpoint::start(&[gadgets(PLAIN)]).await;
    let call = endpoint
        .post(&new_key(), &Json::Null)
        .body("{\"format\": 1,\n  oops");
    let answer = Answer::of(call).await;
    assert_eq!(
        answer.body["detail"],
        "The body is not JSON: line 2, column 3."
    );
}

#[tokio::test]
async fn a_key_must_be_worth_its_name() {
    let catalog = gadgets(PLAIN);
    let endpoint = Endpoint::start(std::slice::from_ref(&catalog)).await;
    let sent = request(&catalog, Some("public"), today());
    let long = "k".repeat(65);
    for key in [
        "",
        "short",
        "fifteen-letters",
        long.as_str(),
        "sixteen letters and spaces",
    ] {
        let answer = Answer::of(endpoint.post(key, &sent)).await;
        assert_eq!(
            (answer.status, answer.problem()),
            (400, "idempotency-key-missing"),
            "{key}"
        );
    }
    let url = format!("{}{REQUESTS}", endpoint.url);
    let answer = Answer::of(endpoint.client.post(url).json(&sent)).await;
    assert_eq!(answer.problem(), "idempotency-key-missing");
    assert_eq!(endpoint.count(), 0);
}

#[tokio::test]
async fn too_many_calls_are_put_off() {
    let catalog = gadgets(PLAIN);
    let endpoint = Endpoint::start_in(
        new_folder(),
        std::slice::from_ref(&catalog),
        |mut settings| {
            settings.limits.requests_per_minute = 3;
            settings.limits.calls_per_minute = 10;
            settings
        },
    )
    .await;
    let sent = request(&catalog, Some("public"), today());
    for expected in [201, 201, 201, 429] {
        let call = endpoint.post(&new_key(), &sent).header("origin", ORIGIN);
        let answer = Answer::of(call).await;
        assert_eq!(answer.status, expected);
        assert_eq!(answer.header("access-control-allow-origin"), ORIGIN);
        if expected == 429 {
            assert_eq!(answer.problem(), "rate-limited");
            let seconds: u64 = answer.header("retry-after").parse().expect("seconds");
            assert!((1..=60).contains(&seconds));
        }
    }
    let mut statuses = Vec::new();
    for _ in 0..10 {
        statuses.push(
            Answer::of(endpoint.get("/api/catalogs/gadgets"))
                .await
                .status,
        );
    }
    assert_eq!((statuses[0], statuses[9]), (200, 429));
    assert_eq!(
        Answer::of(endpoint.get("/healthz")).await.status,
        200,
        "never limited"
    );
}

#[tokio::test]
async fn a_body_that_never_comes_is_given_up() {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let endpoint = Endpoint::start_in(new_folder(), &[gadgets(PLAIN)], |mut settings| {
        settings.limits.answer_within = Duration::from_millis(300);
        settings
    })
    .await;
    let address = endpoint.url.strip_prefix("http://").expect("an address");
    let mut stream = tokio::net::TcpStream::connect(address)
        .await
        .expect("a connection");
    let head = format!(
        "POST {REQUESTS} HTTP/1.1\r\nhost: {address}\r\ncontent-type: application/json\r\n\
         idempotency-key: {}\r\ncontent-length: 100\r\n\r\n{{",
        new_key()
    );
    stream.write_all(head.as_bytes()).await.expect("written");
    let mut answer = vec![0; 4096];
    let length = stream.read(&mut answer).await.expect("an answer");
    let answer = String::from_utf8_lossy(&answer[..length]).into_owned();
    assert!(
        answer.starts_with("HTTP/1.1 408") && answer.contains("request-timeout"),
        "{answer}"
    );
}

#[tokio::test]
async fn only_listed_origins_may_call() {
    let endpoint = Endpoint::start(&[gadgets(PLAIN)]).await;
    for (origin, path, allowed) in [
        (ORIGIN, REQUESTS, ORIGIN),
        ("https://elsewhere.example", REQUESTS, ""),
        ("null", REQUESTS, ""),
        (ORIGIN, "/api/inbox", ""),
    ] {
        let preflight = endpoint
            .client
            .request(Method::OPTIONS, format!("{}{path}", endpoint.url))
            .header("origin", origin)
            .header("access-control-request-method", "POST")
            .header(
                "access-control-request-headers",
                "authorization,content-type,idempotency-key",
            );
        let answer = Answer::of(preflight).await;
        assert_eq!(
            answer.header("access-control-allow-origin"),
            allowed,
            "{origin} {path}"
        );
        assert_eq!(answer.header("access-control-allow-credentials"), "");
    }
}
