use axum::extract::{FromRequest, Request};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use bytes::Bytes;
use quotewright_protocol::FieldError;
use serde::de::DeserializeOwned;
use serde_json::error::Category;
use serde_path_to_error::Segment;

use crate::refusal::{Kind, Refusal};

/// A JSON body, or a refusal that says where it went wrong.
pub struct Json<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Json<T> {
    type Rejection = Refusal;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refusal> {
        if !is_json(request.headers()) {
            let detail = "Send the request as `Content-Type: application/json`.";
            return Err(Refusal::new(Kind::UnsupportedMediaType, detail));
        }
        let body =
            Bytes::from_request(request, state)
                .await
                .map_err(|rejection| match rejection.status() {
                    StatusCode::PAYLOAD_TOO_LARGE => Refusal::new(
                        Kind::PayloadTooLarge,
                        "The body is longer than allowed here.",
                    ),
                    _ => Refusal::new(Kind::MalformedRequest, "The body could not be read."),
                })?;
        parse(&body).map(Self)
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split(';').next())
        .is_some_and(|media_type| media_type.trim().eq_ignore_ascii_case("application/json"))
}

fn parse<T: DeserializeOwned>(body: &[u8]) -> Result<T, Refusal> {
    let mut deserializer = serde_json::Deserializer::from_slice(body);
    let value = serde_path_to_error::deserialize(&mut deserializer).map_err(|error| {
        let pointer = pointer(error.path());
        refusal(error.inner(), pointer)
    })?;
    deserializer
        .end()
        .map_err(|error| refusal(&error, String::new()))?;
    Ok(value)
}

fn refusal(error: &serde_json::Error, pointer: String) -> Refusal {
    match error.classify() {
        Category::Data => {
            let detail = format!("The body cannot be taken: {error}.");
            let error = FieldError {
                pointer,
                code: "unreadable".to_owned(),
                detail,
            };
            Refusal::new(
                Kind::InvalidRequest,
                "A member of the request cannot be read.",
            )
            .errors(vec![error])
        }
        Category::Syntax | Category::Eof | Category::Io => Refusal::new(
            Kind::MalformedJson,
            format!(
                "The body is not JSON: line {}, column {}.",
                error.line(),
                error.column()
            ),
        ),
    }
}

fn pointer(path: &serde_path_to_error::Path) -> String {
    let members: Vec<String> = path
        .iter()
        .filter_map(|segment| match segment {
            Segment::Seq { index } => Some(index.to_string()),
            Segment::Map { key } => Some(key.clone()),
            Segment::Enum { .. } | Segment::Unknown => None,
        })
        .collect();
    crate::review::pointer(members.iter().map(String::as_str))
}
