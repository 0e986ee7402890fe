use jiff::civil::Date;
use rust_decimal::Decimal;

use super::{LinePrice, Totals, price_line, totals};
use crate::catalog::{Model, Value};
use crate::price::{PriceError, PricePack, exact};

/// One line as a request states it.
#[derive(Clone, Copy, Debug)]
pub struct Claim<'a> {
    /// The product.
    pub model: &'a Model,
    /// The complete configuration, already checked against every rule
    /// (see [`check`](crate::configure::check)).
    pub assignment: &'a [Value],
    /// Pieces.
    pub quantity: u32,
    /// Net price of one piece, as the request has it.
    pub unit_net: Option<Decimal>,
    /// Net amount of the line, as the request has it.
    pub net: Option<Decimal>,
}

/// Totals as a request states them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClaimedTotals {
    /// Net amount of all lines.
    pub net: Decimal,
    /// All taxes.
    pub tax: Decimal,
    /// Net plus taxes.
    pub gross: Decimal,
}

/// A request whose amounts are right.
#[derive(Clone, Debug, PartialEq)]
pub struct Verified {
    /// The lines as worked out here, in the order of the request.
    pub lines: Vec<LinePrice>,
    /// The totals as worked out here.
    pub totals: Totals,
}

/// Why the amounts of a request cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// A line has no price.
    #[error("line {line} has no price: {error}")]
    Line {
        /// Position in the request, from zero.
        line: usize,
        /// Why.
        error: PriceError,
    },
    /// The lines have prices, but no total.
    #[error("the lines have no total: {0}")]
    Totals(PriceError),
    /// Amounts differ from what they should be; in the order of the request, totals last.
    #[error("{} amounts differ", .0.len())]
    Amounts(Vec<Difference>),
}

/// One amount that is not what it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Which amount.
    pub subject: Subject,
    /// As the request has it; `None` where it is missing.
    pub sent: Option<Decimal>,
    /// As it is; `None` where this buyer may not see prices, so that none may be sent.
    pub correct: Option<Decimal>,
}

/// Names one amount of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// Net price of one piece of the line at this position, from zero.
    UnitNet(usize),
    /// Net amount of the line at this position, from zero.
    Net(usize),
    /// Net total.
    TotalNet,
    /// Total of all taxes.
    TotalTax,
    /// Gross total.
    TotalGross,
}

/// Works out again what a request claims, at the prices of `pack` on `date`.
///
/// An amount that was sent is only compared, never used. Without a pack (prices
/// are hidden from this buyer) nothing is worked out, `Ok(None)` is the answer,
/// and any amount that was sent is a difference. Nothing is searched: the time
/// grows with the number of lines and steps alone.
///
/// # Errors
/// [`Refusal`], with every amount that differs.
pub fn verify(
    pack: Option<&PricePack>,
    claims: &[Claim],
    claimed: Option<&ClaimedTotals>,
    date: Date,
) -> Result<Option<Verified>, Refusal> {
    let correct = match pack {
        Some(pack) => Some(work_out(pack, claims, date)?),
        None => None,
    };
    let mut differences = Vec::new();
    for (subject, sent, correct) in amounts(claims, claimed, correct.as_ref())? {
        if sent != correct {
            differences.push(Difference {
                subject,
                sent,
                correct,
            });
        }
    }
    if differences.is_empty() {
        Ok(correct)
    } else {
        Err(Refusal::Amounts(differences))
    }
}

fn work_out(pack: &PricePack, claims: &[Claim], date: Date) -> Result<Verified, Refusal> {
    let lines = claims
        .iter()
        .enumerate()
        .map(|(line, claim)| {
            let values: Vec<_> = claim.assignment.iter().copied().map(Some).collect();
            price_line(claim.model, pack, &values, claim.quantity, date)
                .map_err(|error| Refusal::Line { line, error })
        })
        .collect::<Result<Vec<_>, _>>()?;
    let totals = totals(&lines, pack).map_err(Refusal::Totals)?;
    Ok(Verified { lines, totals })
}

/// Every amount of a request: which, as sent, as it should be.
fn amounts(
    claims: &[Claim],
    claimed: Option<&ClaimedTotals>,
    correct: Option<&Verified>,
) -> Result<Vec<(Subject, Option<Decimal>, Option<Decimal>)>, Refusal> {
    let mut amounts = Vec::with_capacity(2 * claims.len() + 3);
    for (line, claim) in claims.iter().enumerate() {
        let right = correct.and_then(|verified| verified.lines.get(line));
        amounts.push((
            Subject::UnitNet(line),
            claim.unit_net,
            right.map(|price| price.unit_net),
        ));
        amounts.push((Subject::Net(line), claim.net, right.map(|price| price.net)));
    }
    let right = correct
        .map(|verified| stated(&verified.totals))
        .transpose()?;
    let total =
        |amount: fn(&ClaimedTotals) -> Decimal| (claimed.map(amount), right.as_ref().map(amount));
    for (subject, (sent, correct)) in [
        (Subject::TotalNet, total(|totals| totals.net)),
        (Subject::TotalTax, total(|totals| totals.tax)),
        (Subject::TotalGross, total(|totals| totals.gross)),
    ] {
        amounts.push((subject, sent, correct));
    }
    Ok(amounts)
}

/// `totals` as a request states them.
fn stated(totals: &Totals) -> Result<ClaimedTotals, Refusal> {
    let tax = exact::sum(totals.taxes.iter().map(|tax| tax.amount))
        .map_err(|error| Refusal::Totals(error.into()))?;
    Ok(ClaimedTotals {
        net: totals.net,
        tax,
        gross: totals.gross,
    })
}
