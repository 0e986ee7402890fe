use quotewright_engine::quote::tax::{is_country, is_vat_number};
use quotewright_protocol::limits::{LINES, LOCALE, NOTE, QUANTITY};
use quotewright_protocol::{FORMAT, FieldError, QuoteRequest, TaxedBuyer};

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
    errors.extend(buyer_errors(&request.buyer));
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

/// A VAT number is one of a country, so that cannot be left out.
fn buyer_errors(TaxedBuyer { country, vat_id }: &TaxedBuyer) -> Vec<FieldError> {
    let country_is_one = country.is_empty() && vat_id.is_empty() || is_country(country);
    let number_is_one = vat_id.is_empty() || is_vat_number(vat_id, country);
    let wrong = [
        (
            country_is_one,
            "country",
            "This is not a country of ISO 3166.",
        ),
        (
            number_is_one,
            "vat_id",
            "This is not a VAT number of that country.",
        ),
    ];
    let wrong = wrong.into_iter().filter(|(is_one, ..)| !is_one);
    wrong
        .map(|(_, member, detail)| error(format!("/buyer/{member}"), "malformed", detail))
        .collect()
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
