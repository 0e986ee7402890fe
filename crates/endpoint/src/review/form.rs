use quotewright_engine::price::Ramp;
use quotewright_engine::quote::tax::{VatNumberFault, is_country, vat_number_fault};
use quotewright_protocol::limits::{LINES, LOCALE, NOTE, PROPOSED, QUANTITY, RAMP};
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
    errors.extend(proposed(request));
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
    let fault = (!vat_id.is_empty()).then(|| vat_number_fault(vat_id, country));
    let number = fault.flatten().map(|fault| match fault {
        VatNumberFault::Form => "This is not a VAT number of that country.",
        VatNumberFault::CheckDigits => {
            "The check digits of this VAT number do not fit its other digits."
        }
    });
    let country = (!country_is_one).then_some("This is not a country of ISO 3166.");
    let wrong = [("country", country), ("vat_id", number)].into_iter();
    wrong
        .filter_map(|(member, detail)| {
            Some(error(format!("/buyer/{member}"), "malformed", detail?))
        })
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
    let lines = request.lines.iter().enumerate();
    let errors = lines.flat_map(|(at, line)| {
        let wrong = !(1..=QUANTITY).contains(&line.quantity);
        let quantity = wrong.then(|| {
            let detail = format!("From 1 to {QUANTITY} pieces.");
            error(line_pointer(at, ["quantity"]), "out-of-range", detail)
        });
        quantity.into_iter().chain(ramp(at, &line.ramp))
    });
    errors.collect()
}

/// What is wrong with the lines that do not count.
fn proposed(request: &QuoteRequest) -> Option<FieldError> {
    let proposed = request.lines.iter().filter(|it| it.proposed.is_some());
    if proposed.count() > PROPOSED {
        let detail = format!("At most {PROPOSED} lines that do not count.");
        return Some(error("/lines".to_owned(), "too-many", detail));
    }
    let wrong = request
        .counting()
        .err()
        .filter(|_| !request.lines.is_empty())?;
    let (code, pointer) = match wrong.line() {
        None => ("nothing-counts", "/lines".to_owned()),
        Some(line) => ("no-alternative", line_pointer(line, ["proposed"])),
    };
    Some(error(
        pointer,
        code,
        format!("What is proposed cannot be: {wrong}."),
    ))
}

/// What is wrong with how a quantity changes over the term.
fn ramp(at: usize, ramp: &[Ramp]) -> Vec<FieldError> {
    if ramp.len() > RAMP {
        let detail = format!("At most {RAMP} changes.");
        return vec![error(line_pointer(at, ["ramp"]), "too-many", detail)];
    }
    let mut before = 0;
    let mut errors = Vec::new();
    for (place, it) in ramp.iter().enumerate() {
        let pointer = |member| line_pointer(at, ["ramp", &place.to_string(), member]);
        if it.from <= before {
            let detail = "Months ascend, after the first.";
            errors.push(error(pointer("from"), "not-ascending", detail));
        }
        if it.quantity > QUANTITY {
            let detail = format!("At most {QUANTITY} pieces.");
            errors.push(error(pointer("quantity"), "out-of-range", detail));
        }
        before = it.from;
    }
    errors
}
