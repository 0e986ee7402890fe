use quotewright_engine::catalog::{Assignment, Model, Value};
use quotewright_engine::quote::{
    Asked, AskedLine, BelowFloor, ClaimedLine, ClaimedTotals, Claims, Difference, Manual, Margins,
    QuotePrice, Refusal as PriceRefusal, Subject, Unreached, check_ramps, lead_time, margins,
    verify,
};
use quotewright_protocol::{LineDifference, QuoteRequest, StoredLine, StoredWhole};
use rust_decimal::Decimal;

use super::delivery::worked_out;
use super::lines::Line;
use super::pointer::line_pointer;
use super::{Reviewed, Terms};
use crate::library::PackEdition;
use crate::refusal::{Kind, Refusal};

/// Prices `lines` again and compares with what `request` says.
///
/// # Errors
/// A refusal that lists every amount that differs.
pub fn compare_amounts(
    request: &QuoteRequest,
    lines: &[Line],
    whole: Option<(&Model, &Assignment)>,
    terms: Terms,
) -> Result<Reviewed, Refusal> {
    with_asked(request, lines, whole, &[], |asked, values| {
        compared(request, asked, (lines, values), terms)
    })
}

/// Asks for the lines of `request` with changes by hand.
pub fn with_asked<T>(
    request: &QuoteRequest,
    lines: &[Line],
    whole: Option<(&Model, &Assignment)>,
    manual: &[Manual],
    work: impl FnOnce(&Asked, &[Vec<Option<Value>>]) -> T,
) -> T {
    let values: Vec<_> = lines.iter().map(|it| decided(&it.assignment)).collect();
    let asked_lines = lines.iter().zip(&request.lines).zip(&values);
    let asked_lines: Vec<AskedLine> = asked_lines
        .map(|((line, sent), values)| AskedLine {
            model: line.model,
            values,
            quantity: line.quantity,
            ramp: &sent.ramp,
            earlier: 0,
            billed: Decimal::ZERO,
        })
        .collect();
    let answers = whole.map(|(model, assignment)| (model, decided(assignment)));
    let asked = Asked {
        lines: &asked_lines,
        whole: (answers.as_ref()).map(|(model, values)| (*model, values.as_slice())),
        date: request.price_date,
        promotions: &request.promotions,
        buyer: request.buyer(),
        dates: request.contract_dates,
        manual,
    };
    work(&asked, &values)
}

/// Works `asked` out and compares.
fn compared(
    request: &QuoteRequest,
    asked: &Asked,
    (lines, values): (&[Line], &[Vec<Option<Value>>]),
    terms: Terms,
) -> Result<Reviewed, Refusal> {
    let pack = terms.pack.map(|edition| &edition.pack);
    let price = verify(pack, asked, &claims(request)).map_err(refusal)?;
    if let Some(price) = &price {
        check_ramps(asked, price).map_err(unreached)?;
    }
    let margins = match (terms.pack, &price) {
        (Some(edition), Some(price)) => Some(above_floors(edition, asked, price, terms.partner)?),
        _ => None,
    };
    let days = (lines.iter().zip(values)).map(|(line, values)| lead_time(line.model, values));
    let priced = |at: usize| {
        price
            .as_ref()
            .and_then(|price| price.lines.get(at))
            .cloned()
    };
    Ok(Reviewed {
        lines: (days.enumerate())
            .map(|(at, lead_time)| StoredLine {
                price: priced(at),
                working_days: lead_time.working_days,
            })
            .collect(),
        totals: price.as_ref().map(|price| price.totals.clone()),
        whole: price.map(|price| StoredWhole {
            steps: price.steps,
            recurring: price.recurring,
            exchanged: price.exchanged,
            requirements: price.requirements,
            contract_total: price.contract_total,
            payment: price.payment,
        }),
        margins,
        delivery: worked_out(request, asked, terms.today),
    })
}

/// What the quote leaves the supplier; a refusal where it is below a floor and the catalog has
/// it so. It says that and no more.
fn above_floors(
    edition: &PackEdition,
    asked: &Asked,
    price: &QuotePrice,
    partner: Option<&str>,
) -> Result<Margins, Refusal> {
    let PackEdition {
        pack, confidential, ..
    } = edition;
    let margins = margins(confidential, pack, asked, price, partner)
        .map_err(|error| refusal(PriceRefusal::Whole(error)))?;
    if margins.is_below_floor() && confidential.below == BelowFloor::Refuse {
        let detail = "The supplier does not sell at this price. Ask the supplier.";
        return Err(Refusal::member(
            Kind::NotPriced,
            "/lines",
            "below-floor",
            detail,
        ));
    }
    Ok(margins)
}

fn decided(assignment: &Assignment) -> Vec<Option<Value>> {
    assignment.iter().copied().map(Some).collect()
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
