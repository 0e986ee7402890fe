//! Whose token it is. The app reads it to keep one customer's data from another;
//! whether the token is any good is the endpoint's to say.

use serde::Deserialize;

#[derive(Deserialize)]
struct Claims {
    sub: String,
    #[serde(default)]
    catalog: String,
}

/// The customer that a token (JWT, RFC 7519) names, with the catalog it is for; `None` without a token. Whom an
/// unreadable token names is unknown: the empty name.
pub fn subject_of(token: &str) -> Option<String> {
    if token.is_empty() {
        return None;
    }
    let claims = token
        .split('.')
        .nth(1)
        .and_then(base64url)
        .and_then(|json| serde_json::from_slice::<Claims>(&json).ok());
    Some(claims.map_or_else(String::new, |claims| {
        format!("{}@{}", claims.sub, claims.catalog)
    }))
}

/// The bytes that base64url (RFC 4648, section 5, no padding) stands for.
fn base64url(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() * 3 / 4);
    let (mut bits, mut held) = (0_u32, 0_u32);
    for letter in text.bytes() {
        let six = match letter {
            b'A'..=b'Z' => letter - b'A',
            b'a'..=b'z' => letter - b'a' + 26,
            b'0'..=b'9' => letter - b'0' + 52,
            b'-' => 62,
            b'_' => 63,
            _ => return None,
        };
        bits = (bits << 6 | u32::from(six)) & 0xffff;
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push(u8::try_from(bits >> held & 0xff).ok()?);
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::subject_of;

    #[test]
    fn a_token_names_its_customer() {
        for (token, expected) in [
            ("", None),
            ("e30.eyJzdWIiOiJhY21lIn0.c2lnbg", Some("acme@")),
            (
                "e30.eyJzdWIiOiJhY21lIiwiY2F0YWxvZyI6ImMifQ.x",
                Some("acme@c"),
            ),
            ("e30.e30.x", Some("")),
            ("opaque", Some("")),
            ("a.!.c", Some("")),
        ] {
            assert_eq!(subject_of(token).as_deref(), expected, "{token}");
        }
    }
}
