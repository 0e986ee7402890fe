use quotewright_engine::quote::{Manual, ManualError, Margins, QuotePrice, adjusted};
use quotewright_protocol::QuoteRequest;

use super::asking::Asking;
use super::{lines, whole};
use crate::library::{Edition, PackEdition};
use crate::refusal::{Kind, Refusal};

/// What `request`, which has passed before, comes to with changes by hand: the lines that
/// count.
///
/// # Errors
/// A refusal, where a change cannot be made; it may name a floor, which is for the supplier.
pub fn priced_by_hand(
    request: &QuoteRequest,
    edition: &Edition,
    (pack, partner): (&PackEdition, Option<&str>),
    manual: &[Manual],
) -> Result<(QuotePrice, Margins), Refusal> {
    let lines = lines::read_lines(request, edition)?;
    let whole = whole::read_answers(request, edition)?;
    let whole = whole
        .as_ref()
        .map(|(model, assignment)| (*model, assignment));
    let asking = Asking::new(request, &lines, whole)?;
    let counted = asking.counting.lines();
    let changes = asking.counting.changes(manual, &counted);
    let manual = asking.counting.manual(manual, &counted);
    let manual = manual.map_err(|error| Refusal::new(Kind::InvalidRequest, format!("{error}.")))?;
    let adjusted = asking.with(&counted, &manual, |asked| {
        adjusted(&pack.confidential, &pack.pack, asked, partner)
    });
    adjusted.map_err(|error| {
        let kind = match error {
            ManualError::NoLine { .. }
            | ManualError::NotDue { .. }
            | ManualError::Whole { .. }
            | ManualError::TooMuch { .. } => Kind::InvalidRequest,
            ManualError::BelowFloor { .. } => Kind::BelowFloor,
            ManualError::Price(_) => Kind::NotPriced,
        };
        Refusal::new(kind, format!("{}.", error.among(&changes, &counted)))
    })
}
