use jiff::ToSpan;
use jiff::civil::Date;
use quotewright_protocol::QuoteRequest;

use super::Terms;
use crate::refusal::{Kind, Refusal};

/// Today is not the same day everywhere on earth.
const ZONES: i64 = 1;

/// Checks that the prices of the request's day can still be asked for.
///
/// # Errors
/// A refusal that says why not.
pub fn check_dates(request: &QuoteRequest, terms: Terms) -> Result<(), Refusal> {
    let date = request.price_date;
    let late_days = terms.edition.late_days;
    let refuse = |code, detail: String| {
        Err(Refusal::member(
            Kind::PriceDateRefused,
            "/price_date",
            code,
            detail,
        ))
    };
    if date > later(terms.today, ZONES) {
        return refuse(
            "in-the-future",
            "The prices of a day to come are not known.".to_owned(),
        );
    }
    if later(date, i64::from(late_days) + ZONES) < terms.today {
        return refuse(
            "too-late",
            format!("A request may arrive {late_days} days late at most."),
        );
    }
    let superseded = [
        terms.edition.superseded_on,
        terms.pack.and_then(|pack| pack.superseded_on),
    ];
    if superseded
        .into_iter()
        .flatten()
        .any(|since| date > later(since, ZONES))
    {
        return refuse(
            "superseded",
            "There are newer prices since. Reload the page.".to_owned(),
        );
    }
    if terms.pack.is_some_and(|pack| !pack.holds_on(date)) {
        return refuse(
            "outside-price-book",
            "The price book does not hold on that day.".to_owned(),
        );
    }
    Ok(())
}

fn later(date: Date, days: i64) -> Date {
    date.saturating_add(days.days())
}
