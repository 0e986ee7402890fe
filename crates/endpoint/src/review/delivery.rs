//! When something is wanted, and when it can be there.

use jiff::civil::Date;
use quotewright_engine::delivery::{Plan, Wanted, WantedLine, plan};
use quotewright_engine::quote::Asked;
use quotewright_protocol::limits::{CALL_OFFS, DELIVERY_YEARS, LINES};
use quotewright_protocol::{FieldError, QuoteRequest, RequestLine};

use super::error;
use super::pointer::line_pointer;

/// What is wrong with the dates on which something is wanted.
pub fn delivery_errors(request: &QuoteRequest) -> Vec<FieldError> {
    let from = request.price_date;
    let whole = request.delivery_date;
    let whole = whole.and_then(|it| date_error("/delivery_date".to_owned(), it, from));
    let lines = request.lines.iter().take(LINES).enumerate();
    let lines = lines.flat_map(|(at, line)| line_errors(at, line, from));
    whole.into_iter().chain(lines).collect()
}

fn line_errors(at: usize, line: &RequestLine, from: Date) -> Vec<FieldError> {
    let own = line.delivery_date;
    let own = own.and_then(|it| date_error(line_pointer(at, ["delivery_date"]), it, from));
    let mut errors: Vec<FieldError> = own.into_iter().collect();
    let all = line_pointer(at, ["call_offs"]);
    if line.call_offs.len() > CALL_OFFS {
        let detail = format!("At most {CALL_OFFS} call-offs.");
        errors.push(error(all, "too-many", detail));
        return errors;
    }
    for (place, call_off) in line.call_offs.iter().enumerate() {
        let pointer = |member| line_pointer(at, ["call_offs", &place.to_string(), member]);
        errors.extend(date_error(pointer("date"), call_off.date, from));
        if call_off.quantity == 0 {
            let detail = "At least one piece.";
            errors.push(error(pointer("quantity"), "out-of-range", detail));
        }
    }
    let pieces = line.call_offs.iter().map(|it| u64::from(it.quantity));
    let pieces: u64 = pieces.sum();
    if !line.call_offs.is_empty() && pieces != u64::from(line.quantity) {
        let detail = format!("{pieces} pieces are called off of {}.", line.quantity);
        errors.push(error(all, "do-not-add-up", detail));
    }
    errors
}

fn date_error(pointer: String, date: Date, from: Date) -> Option<FieldError> {
    if date < from {
        let detail = "The day is in the past.";
        return Some(error(pointer, "before-price-date", detail));
    }
    let far = date.year().saturating_sub(from.year()) > DELIVERY_YEARS;
    far.then(|| {
        let detail = format!("At most {DELIVERY_YEARS} years ahead.");
        error(pointer, "too-far", detail)
    })
}

/// When what is asked for, the lines of the request at these positions, can be there, ordered
/// today; the buyer may have a later day already.
pub fn worked_out(
    request: &QuoteRequest,
    positions: &[usize],
    asked: &Asked,
    today: Date,
) -> Option<Plan> {
    let lines = positions.iter().filter_map(|at| request.lines.get(*at));
    let lines = lines.map(|line| WantedLine {
        date: line.delivery_date,
        call_offs: line.call_offs.clone(),
    });
    let wanted = Wanted {
        date: request.delivery_date,
        lines: lines.collect(),
    };
    // A request is worth keeping even where its catalog contradicts itself about days.
    plan(asked, today.max(request.price_date), &wanted).ok()
}
