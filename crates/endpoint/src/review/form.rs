use quotewright_protocol::limits::{LINES, LOCALE, NOTE, QUANTITY};
use quotewright_protocol::{FORMAT, FieldError, QuoteRequest};

use super::contact::{contact_errors, text};
use super::delivery::delivery_errors;
use super::pointer::line_pointer;
use super::{error, refuse_all};
use crate::refusal::{Kind, Refusal};

/// Checks what can be checked without any catalog.
///
/// # Errors
/// A refusal that names every member that cannot be taken.
pub fn check_form(request: &QuoteRequest) -> Result<(), Refusal> {
    if request.format != FORMAT {
        let detail = format!("This endpoint speaks format {FORMAT}. Reload the page.");
        return Err(Refusal::member(
            Kind::UnsupportedFormat,
            "/format",
            "unsupported",
            detail,
        ));
    }
    let mut errors = contact_errors(&request.contact);
    errors.extend(text("/note", &request.note, NOTE, true));
    errors.extend(locale(&request.locale));
    errors.extend(lines(request));
    errors.extend(delivery_errors(request));
    refuse_all(
        Kind::InvalidRequest,
        "Some members of the request cannot be taken.",
        errors,
    )
}

fn locale(locale: &str) -> Option<FieldError> {
    let fits = (2..=LOCALE).contains(&locale.len())
        && locale
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '-');
    (!fits).then(|| {
        error(
            "/locale".to_owned(),
            "not-a-locale",
            "This is not a language tag.",
        )
    })
}

fn lines(request: &QuoteRequest) -> Vec<FieldError> {
    let count = request.lines.len();
    if count == 0 {
        return vec![error(
            "/lines".to_owned(),
            "missing",
            "At least one line is needed.",
        )];
    }
    if count > LINES {
        return vec![error(
            "/lines".to_owned(),
            "too-many",
            format!("At most {LINES} lines."),
        )];
    }
    let wrong = |quantity| !(1..=QUANTITY).contains(&quantity);
    (0..)
        .zip(&request.lines)
        .filter(|(_, line)| wrong(line.quantity))
        .map(|(at, _)| {
            let detail = format!("From 1 to {QUANTITY} pieces.");
            error(line_pointer(at, ["quantity"]), "out-of-range", detail)
        })
        .collect()
}
