use quotewright_engine::quote::{
    BelowFloor, ClaimedLine, ClaimedTotals, Claims, Difference, Margins, ProposedQuote, QuotePrice,
    Refusal as PriceRefusal, Subject, Unreached, check_ramps, compare, days_later, lead_time,
    margins, price_proposed, work_out,
};
use quotewright_protocol::{LineDifference, QuoteRequest, StoredLine, StoredWhole};
use rust_decimal::Decimal;

use super::asking::Asking;
use super::delivery::worked_out;
use super::pointer::line_pointer;
use super::{Reviewed, Terms};
use crate::library::PackEdition;
use crate::refusal::{Kind, Refusal};

/// Prices the lines again and compares with what the request says.
///
/// # Errors
/// A refusal that lists every amount that differs.
pub fn compare_amounts(asking: &Asking, terms: Terms) -> Result<Reviewed, Refusal> {
    let Asking {
        request, counting, ..
    } = asking;
    let counted = counting.lines();
    let plan = |positions: &[usize]| {
        asking.with(positions, &[], |asked| {
            worked_out(request, positions, asked, terms.today)
        })
    };
    let delivery = plan(&counted);
    let priced = match terms.pack {
        Some(edition) => Some(price(asking, edition, terms.partner).map_err(refusal)?),
        None => None,
    };
    let terms_of = priced.iter().flat_map(|it| &it.proposed.lines);
    let ramps = request.lines.iter().zip(terms_of);
    let ramps = ramps.map(|(line, it)| (line.ramp.as_slice(), it.price.term));
    check_ramps(ramps).map_err(unreached)?;
    let right = priced.as_ref().map(|it| &it.proposed);
    let right = right.map(|it| (it.lines.as_slice(), &it.quote));
    compare(&claims(request), right).map_err(refusal)?;
    let is_below = priced.as_ref().is_some_and(|it| it.below_floor);
    let refuses = |it: &PackEdition| it.confidential.below == BelowFloor::Refuse;
    if is_below && terms.pack.is_some_and(refuses) {
        return Err(below_floor());
    }
    let later = |at: usize| {
        counting.proposed(at)?;
        days_later(delivery.as_ref()?, &plan(&counting.taking(at))?)
    };
    let proposed = priced.as_ref().map(|it| &it.proposed);
    let lines = asking.lines.iter().zip(&asking.values).enumerate();
    let lines = lines.map(|(at, (line, values))| StoredLine {
        price: proposed.and_then(|it| it.lines.get(at)).cloned(),
        working_days: lead_time(line.model, values).working_days,
        if_taken: proposed.and_then(|it| it.if_taken.get(at)?.clone()),
        days_later: later(at),
    });
    Ok(Reviewed {
        lines: lines.collect(),
        totals: proposed.map(|it| it.quote.totals.clone()),
        whole: proposed.map(|it| stored_whole(it.quote.clone())),
        below_floor: is_below,
        margins: priced.and_then(|it| it.margins),
        delivery,
    })
}

fn stored_whole(quote: QuotePrice) -> StoredWhole {
    StoredWhole {
        steps: quote.steps,
        recurring: quote.recurring,
        exchanged: quote.exchanged,
        requirements: quote.requirements,
        contract_total: quote.contract_total,
        payment: quote.payment,
    }
}

/// What a request comes to, and leaves the supplier.
struct Priced {
    proposed: ProposedQuote,
    /// Of the lines that count.
    margins: Option<Margins>,
    /// Whether something is below a floor, as it counts or once it is taken.
    below_floor: bool,
}

/// The lines that count, and the others once they are taken.
fn price(
    asking: &Asking,
    edition: &PackEdition,
    partner: Option<&str>,
) -> Result<Priced, PriceRefusal> {
    let PackEdition {
        pack, confidential, ..
    } = edition;
    let (mut of_counting, mut below_floor) = (None, false);
    let proposed = price_proposed(pack, &asking.counting, |positions, _| {
        let priced = asking.with(positions, &[], |asked| {
            let price = work_out(pack, asked)?;
            let left = margins(confidential, pack, asked, &price, partner)?;
            Ok((price, left))
        });
        let (price, left) = priced.map_err(|refusal| match refusal {
            PriceRefusal::Line { line, error } => PriceRefusal::Line {
                line: positions.get(line).copied().unwrap_or(line),
                error,
            },
            other => other,
        })?;
        below_floor |= left.is_below_floor();
        of_counting.get_or_insert(left);
        Ok::<_, PriceRefusal>(price)
    })?;
    Ok(Priced {
        proposed,
        margins: of_counting,
        below_floor,
    })
}

/// A refusal where the price is below a floor and the catalog has it so. It says that and no
/// more.
fn below_floor() -> Refusal {
    let detail = "The supplier does not sell at this price. Ask the supplier.";
    Refusal::member(Kind::NotPriced, "/lines", "below-floor", detail)
}

fn claims(request: &QuoteRequest) -> Claims {
    let lines = request.lines.iter().map(|line| ClaimedLine {
        unit_net: line.unit_net,
        net: line.net,
    });
    Claims {
        lines: lines.collect(),
        totals: request.totals.as_ref().map(|totals| ClaimedTotals {
            net: totals.net,
            tax: totals.tax,
            gross: totals.gross,
            contract_total: totals.contract_total,
        }),
    }
}

/// A change of a quantity that never comes about.
fn unreached(it: Unreached) -> Refusal {
    let pointer = line_pointer(it.line - 1, ["ramp"]);
    let detail = format!(
        "The term ends with month {}: leave out what comes later.",
        it.term
    );
    Refusal::member(Kind::InvalidRequest, &pointer, "out-of-range", detail)
}

fn refusal(refusal: PriceRefusal) -> Refusal {
    match refusal {
        PriceRefusal::Line { line, error } => {
            let pointer = line_pointer(line, []);
            Refusal::member(Kind::NotPriced, &pointer, "not-priced", sentence(&error))
        }
        PriceRefusal::Whole(error) => {
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
            Subject::ContractTotal => "/totals/contract_total".to_owned(),
        },
        sent: text(difference.sent),
        correct: text(difference.correct),
    }
}
