use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::{fs, io};

use axum::http::header::{
    ACCEPT_ENCODING, ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_ENCODING,
    CONTENT_SECURITY_POLICY, CONTENT_TYPE, VARY,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::response::Response;
use bytes::Bytes;

use super::policy::{PAGE_POLICY, WORKER_POLICY};
use crate::web::cached::{self, IMMUTABLE, REVALIDATED};

/// Name of an encoding and the ending of its files, the smaller first.
const ENCODINGS: [(&str, &str); 2] = [("br", "br"), ("gzip", "gz")];
/// Hexadecimal digits that make a part of a name a hash of the contents.
const HASH_DIGITS: usize = 16;
const SERVICE_WORKER: &str = "service-worker.js";
/// How the name of the web worker's script begins.
const WORKER: &str = "quotewright-worker";

/// One file with its compressed copies.
#[derive(Debug)]
pub struct AppFile {
    plain: Bytes,
    encoded: Vec<(&'static str, Bytes)>,
    content_type: String,
    tag: String,
    cache: &'static str,
    is_service_worker: bool,
    is_page: bool,
    policy: Option<HeaderValue>,
}

/// Whether `path` is the compressed copy of a file that is there too.
pub fn is_encoded_copy(path: &Path) -> bool {
    ENCODINGS.iter().any(|(_, ending)| {
        path.extension().is_some_and(|it| it == *ending) && path.with_extension("").is_file()
    })
}

impl AppFile {
    /// Reads the file at `path`, which is to be found at `address`.
    ///
    /// # Errors
    /// Those of reading.
    pub fn read(path: &Path, address: &str) -> io::Result<Self> {
        let plain = Bytes::from(fs::read(path)?);
        let mut encoded = Vec::new();
        for (name, ending) in ENCODINGS {
            let copy = encoded_path(path, ending);
            if copy.is_file() {
                encoded.push((name, Bytes::from(fs::read(copy)?)));
            }
        }
        let content_type = mime_guess::from_path(path).first_or_octet_stream();
        let is_page = content_type == mime_guess::mime::TEXT_HTML;
        let name = address.rsplit('/').next().unwrap_or(address);
        let policy = if is_page {
            Some(PAGE_POLICY)
        } else if name == SERVICE_WORKER {
            // It only fetches.
            Some("default-src 'none'; connect-src 'self'")
        } else if name.starts_with(WORKER) {
            Some(WORKER_POLICY)
        } else {
            None
        };
        Ok(Self {
            tag: cached::entity_tag(&plain),
            cache: if has_hash(name) {
                IMMUTABLE
            } else {
                REVALIDATED
            },
            content_type: with_charset(content_type.essence_str()),
            is_service_worker: name == SERVICE_WORKER,
            plain,
            encoded,
            is_page,
            policy: policy.map(HeaderValue::from_static),
        })
    }

    /// What it says; `None` where it is no text.
    pub fn text(&self) -> Option<&str> {
        std::str::from_utf8(&self.plain).ok()
    }

    /// The file as `call` can take it.
    pub fn answer(&self, call: &HeaderMap) -> Response {
        let accepted = self.encoded.iter().find(|(name, _)| accepts(call, name));
        let body = accepted.map_or(&self.plain, |(_, bytes)| bytes).clone();
        let headers = [
            (CONTENT_TYPE, self.content_type.as_str()),
            (CACHE_CONTROL, self.cache),
            (VARY, "accept-encoding"),
            // Pages of other sites embed the element: its files are no secret.
            (ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
            (
                HeaderName::from_static("cross-origin-resource-policy"),
                "cross-origin",
            ),
        ];
        let mut response = cached::answer(call, &self.tag, headers, body);
        let headers = response.headers_mut();
        if let Some((name, _)) = accepted {
            headers.insert(CONTENT_ENCODING, HeaderValue::from_static(name));
        }
        if self.is_service_worker {
            let name = HeaderName::from_static("service-worker-allowed");
            headers.insert(name, HeaderValue::from_static("/"));
        }
        if let Some(policy) = &self.policy {
            headers.insert(CONTENT_SECURITY_POLICY, policy.clone());
        }
        if self.is_page {
            let name = HeaderName::from_static("cross-origin-opener-policy");
            headers.insert(name, HeaderValue::from_static("same-origin"));
        }
        response
    }
}

fn encoded_path(path: &Path, ending: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(".");
    name.push(ending);
    PathBuf::from(name)
}

/// Whether the name changes with the contents, as in `app-0123456789abcdef_bg.wasm`.
fn has_hash(name: &str) -> bool {
    name.split(['-', '_', '.'])
        .any(|part| part.len() >= HASH_DIGITS && part.bytes().all(|b| b.is_ascii_hexdigit()))
}

fn with_charset(content_type: &str) -> String {
    let is_text = content_type.starts_with("text/") || content_type == "application/json";
    if is_text {
        format!("{content_type}; charset=utf-8")
    } else {
        content_type.to_owned()
    }
}

/// Whether `call` takes `encoding` (RFC 9110, section 12.5.3).
fn accepts(call: &HeaderMap, encoding: &str) -> bool {
    call.get_all(ACCEPT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|item| {
            let mut parts = item.split(';').map(str::trim);
            let name = parts.next().unwrap_or_default();
            let refused = parts.any(|part| matches!(part, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"));
            name.eq_ignore_ascii_case(encoding) && !refused
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_name_with_a_hash_is_kept_for_ever() {
        for (name, hashed) in [
            ("quotewright-app-1a2b3c4d5e6f7a8b_bg.wasm", true),
            ("quotewright-app-1a2b3c4d5e6f7a8b.js", true),
            ("index.html", false),
            ("service-worker.js", false),
            ("facade-decade.js", false),
        ] {
            assert_eq!(has_hash(name), hashed, "{name}");
        }
    }

    #[test]
    fn an_encoding_is_used_only_where_it_is_taken() {
        for (header, encoding, expected) in [
            ("gzip, deflate, br", "br", true),
            ("gzip", "br", false),
            ("br;q=0", "br", false),
            ("BR;q=0.5", "br", true),
            ("", "gzip", false),
        ] {
            let headers =
                HeaderMap::from_iter([(ACCEPT_ENCODING, HeaderValue::from_static(header))]);
            assert_eq!(accepts(&headers, encoding), expected, "{header}");
        }
    }
}
