use email_address::EmailAddress;
use quotewright_protocol::limits::{EMAIL, NAME, PHONE};
use quotewright_protocol::{Contact, FieldError};

use super::error;

/// What cannot be taken of who asks.
pub fn contact_errors(contact: &Contact) -> Vec<FieldError> {
    let mut errors = Vec::new();
    errors.extend(required("company", &contact.company));
    errors.extend(required("name", &contact.name));
    errors.extend(email(&contact.email));
    errors.extend(text("/contact/phone", &contact.phone, PHONE, false));
    errors
}

/// What is wrong with a free text: too long, or with control characters in it.
pub fn text(pointer: &str, text: &str, longest: usize, lines: bool) -> Option<FieldError> {
    let control = |c: char| c.is_control() && !(lines && matches!(c, '\n' | '\r' | '\t'));
    let (code, detail) = if text.chars().count() > longest {
        ("too-long", format!("At most {longest} characters."))
    } else if text.contains(control) {
        (
            "control-character",
            "Control characters are not allowed.".to_owned(),
        )
    } else {
        return None;
    };
    Some(error(pointer.to_owned(), code, detail))
}

fn required(member: &str, value: &str) -> Option<FieldError> {
    needed_text(&format!("/contact/{member}"), value, NAME)
}

/// As [`text`], on one line, which must be there.
pub fn needed_text(pointer: &str, value: &str, longest: usize) -> Option<FieldError> {
    if value.trim().is_empty() {
        return Some(error(pointer.to_owned(), "missing", "This is needed."));
    }
    text(pointer, value, longest, false)
}

fn email(value: &str) -> Option<FieldError> {
    let pointer = || "/contact/email".to_owned();
    if value.trim().is_empty() {
        return Some(error(pointer(), "missing", "This is needed."));
    }
    if value.chars().count() > EMAIL {
        return Some(error(
            pointer(),
            "too-long",
            format!("At most {EMAIL} characters."),
        ));
    }
    let options = email_address::Options::default()
        .without_display_text()
        .with_required_tld();
    EmailAddress::parse_with_options(value, options)
        .is_err()
        .then(|| {
            error(
                pointer(),
                "not-an-email-address",
                "This is not an e-mail address.",
            )
        })
}
