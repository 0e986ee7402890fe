//! What stands between a request and the database. Nothing that the browser
//! worked out is used: it is evaluated again, without any search, and compared.

mod amounts;
mod asking;
mod by_hand;
mod contact;
mod dates;
mod delivery;
mod form;
mod lines;
mod pointer;
mod whole;

pub use by_hand::priced_by_hand;
pub use contact::needed_text;
pub use form::check_form;
pub use pointer::pointer;

use jiff::civil::Date;
use quotewright_engine::delivery::Plan;
use quotewright_engine::quote::{Margins, Totals};
use quotewright_protocol::{FieldError, QuoteRequest, StoredLine, StoredWhole};

use asking::Asking;

use crate::library::{Edition, PackEdition};
use crate::refusal::{Kind, Refusal};

/// Errors that are listed at most; more would only make the answer long.
const ERRORS: usize = 100;

/// What a request is checked under.
#[derive(Clone, Copy, Debug)]
pub struct Terms<'a> {
    /// The state of the catalog that it names.
    pub edition: &'a Edition,
    /// The prices that it names; `None` where they are hidden from this buyer.
    pub pack: Option<&'a PackEdition>,
    /// The partner through whom it comes.
    pub partner: Option<&'a str>,
    /// Today, UTC.
    pub today: Date,
}

/// A request that has passed, worked out again.
#[derive(Clone, Debug, PartialEq)]
pub struct Reviewed {
    /// The lines, in the order of the request.
    pub lines: Vec<StoredLine>,
    /// The totals; `None` where prices are hidden.
    pub totals: Option<Totals>,
    /// What is for the quote as a whole; `None` where prices are hidden.
    pub whole: Option<StoredWhole>,
    /// What the lines that count leave the supplier; `None` where prices are hidden.
    pub margins: Option<Margins>,
    /// Whether something is below its floor, as it counts or once it is taken.
    pub below_floor: bool,
    /// When it can be there.
    pub delivery: Option<Plan>,
}

/// Checks `request` under `terms`; its form has been checked before.
///
/// # Errors
/// A refusal that names every member that cannot be taken.
pub fn review(request: &QuoteRequest, terms: Terms) -> Result<Reviewed, Refusal> {
    dates::check_dates(request, terms)?;
    let lines = lines::read_lines(request, terms.edition)?;
    let whole = whole::read_answers(request, terms.edition)?;
    let whole = whole
        .as_ref()
        .map(|(model, assignment)| (*model, assignment));
    amounts::compare_amounts(&Asking::new(request, &lines, whole)?, terms)
}

fn error(pointer: String, code: &str, detail: impl Into<String>) -> FieldError {
    FieldError {
        pointer,
        code: code.to_owned(),
        detail: detail.into(),
    }
}

/// A refusal of all these, or none where there are none.
fn refuse_all(kind: Kind, detail: &str, mut errors: Vec<FieldError>) -> Result<(), Refusal> {
    if errors.is_empty() {
        return Ok(());
    }
    errors.truncate(ERRORS);
    Err(Refusal::new(kind, detail).errors(errors))
}
