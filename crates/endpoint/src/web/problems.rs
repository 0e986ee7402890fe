use std::any::Any;

use axum::extract::Request;
use axum::http::StatusCode;
use axum::http::header::{ALLOW, CONTENT_TYPE};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::refusal::{Kind, Refusal};

/// Turns every refusal that is not yet a problem document (of the router, of an extractor) into one.
pub async fn problems_only(request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    let status = response.status();
    let is_problem = response
        .headers()
        .get(CONTENT_TYPE)
        .is_some_and(|value| value == "application/problem+json");
    if !(status.is_client_error() || status.is_server_error()) || is_problem {
        return response;
    }
    let mut problem = Refusal::new(kind(status), detail(status)).into_response();
    if let Some(allow) = response.headers().get(ALLOW) {
        problem.headers_mut().insert(ALLOW, allow.clone());
    }
    problem
}

/// What is answered where a handler panicked.
pub fn panicked(_: Box<dyn Any + Send + 'static>) -> Response {
    Refusal::new(
        Kind::InternalError,
        detail(StatusCode::INTERNAL_SERVER_ERROR),
    )
    .into_response()
}

fn kind(status: StatusCode) -> Kind {
    match status {
        StatusCode::NOT_FOUND => Kind::NotFound,
        StatusCode::METHOD_NOT_ALLOWED => Kind::MethodNotAllowed,
        StatusCode::REQUEST_TIMEOUT => Kind::RequestTimeout,
        StatusCode::PAYLOAD_TOO_LARGE => Kind::PayloadTooLarge,
        StatusCode::UNSUPPORTED_MEDIA_TYPE => Kind::UnsupportedMediaType,
        status if status.is_client_error() => Kind::MalformedRequest,
        _ => Kind::InternalError,
    }
}

fn detail(status: StatusCode) -> &'static str {
    match status {
        StatusCode::NOT_FOUND => "Nothing is served at this address.",
        StatusCode::METHOD_NOT_ALLOWED => "See `Allow` for the methods of this address.",
        status if status.is_client_error() => "The call cannot be answered as it stands.",
        _ => "The endpoint could not do this. Please try again later.",
    }
}
