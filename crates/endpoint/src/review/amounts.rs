use quotewright_engine::price::{PricePack, Purchase};
use quotewright_engine::quote::{
    Claim, ClaimedTotals, Difference, LinePrice, Refusal as PriceRefusal, Subject, lead_time,
    verify,
};
use quotewright_protocol::{LineDifference, QuoteRequest, StoredLine};
use rust_decimal::Decimal;

use super::Reviewed;
use super::lines::Line;
use super::pointer::line_pointer;
use crate::refusal::{Kind, Refusal};

/// Prices `lines` again and compares with what `request` says.
///
/// # Errors
/// A refusal that lists every amount that differs.
pub fn compare_amounts(
    request: &QuoteRequest,
    lines: &[Line],
    pack: Option<&PricePack>,
) -> Result<Reviewed, Refusal> {
    let claims: Vec<Claim> = lines
        .iter()
        .zip(&request.lines)
        .map(|(line, sent)| Claim {
            model: line.model,
            assignment: &line.assignment,
            purchase: Purchase::alone(line.quantity, request.price_date),
            unit_net: sent.unit_net,
            net: sent.net,
        })
        .collect();
    let claimed = request.totals.as_ref().map(|totals| ClaimedTotals {
        net: totals.net,
        tax: totals.tax,
        gross: totals.gross,
    });
    let verified = verify(pack, &claims, claimed.as_ref()).map_err(refusal)?;
    let priced = |at: usize| {
        verified
            .as_ref()
            .and_then(|verified| verified.lines.get(at))
    };
    Ok(Reviewed {
        lines: (0..)
            .zip(lines)
            .map(|(at, line)| stored(line, priced(at)))
            .collect(),
        totals: verified.as_ref().map(|verified| verified.totals.clone()),
    })
}

fn stored(line: &Line, price: Option<&LinePrice>) -> StoredLine {
    let values: Vec<_> = line.assignment.iter().copied().map(Some).collect();
    StoredLine {
        net: price.map(|price| price.once.net),
        unit_net: price.map(LinePrice::unit_net),
        waterfall: price.map(|price| price.once.piece.clone()),
        working_days: lead_time(line.model, &values).working_days,
    }
}

fn refusal(refusal: PriceRefusal) -> Refusal {
    match refusal {
        PriceRefusal::Line { line, error } => {
            let pointer = line_pointer(line, []);
            Refusal::member(Kind::NotPriced, &pointer, "not-priced", sentence(&error))
        }
        PriceRefusal::Totals(error) => {
            Refusal::member(Kind::NotPriced, "/lines", "not-priced", sentence(&error))
        }
        PriceRefusal::Amounts(differences) => {
            let detail = "Some amounts are not what the endpoint works out. Reload the prices.";
            let differences = differences.iter().map(difference).collect();
            Refusal::new(Kind::AmountsDiffer, detail).differences(differences)
        }
    }
}

fn sentence(error: &impl std::fmt::Display) -> String {
    format!("There is no price: {error}.")
}

fn difference(difference: &Difference) -> LineDifference {
    let text = |amount: Option<Decimal>| amount.map(|it| it.to_string()).unwrap_or_default();
    LineDifference {
        pointer: match difference.subject {
            Subject::UnitNet(line) => line_pointer(line, ["unit_net"]),
            Subject::Net(line) => line_pointer(line, ["net"]),
            Subject::TotalNet => "/totals/net".to_owned(),
            Subject::TotalTax => "/totals/tax".to_owned(),
            Subject::TotalGross => "/totals/gross".to_owned(),
        },
        sent: text(difference.sent),
        correct: text(difference.correct),
    }
}
