use std::any::Any;

use axum::extract::Request;
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS, ALLOW, CONTENT_TYPE, VARY,
};
use axum::http::{HeaderName, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::refusal::{Kind, Refusal};

/// Headers that hold for the problem document as well; without the last three a page
/// of another origin could not read it.
const KEPT: [HeaderName; 4] = [
    ALLOW,
    VARY,
    ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS,
];

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
    for name in KEPT {
        if let Some(value) = response.headers().get(&name) {
            problem.headers_mut().insert(name, value.clone());
        }
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
