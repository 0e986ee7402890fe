use rust_decimal::Decimal;

use super::{LinePrice, Totals, price_line, totals};
use crate::catalog::{Model, Value};
use crate::price::{PriceError, PricePack, Purchase};

/// One line as a request states it.
#[derive(Clone, Copy, Debug)]
pub struct Claim<'a> {
    /// The product.
    pub model: &'a Model,
    /// The complete configuration, already checked against every rule
    /// (see [`check`](crate::configure::check)).
    pub assignment: &'a [Value],
    /// What is bought.
    pub purchase: Purchase<'a>,
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

/// Works out again what a request claims, at the prices of `pack`.
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
) -> Result<Option<Verified>, Refusal> {
    let correct = match pack {
        Some(pack) => Some(work_out(pack, claims)?),
        None => None,
    };
    let mut differences = Vec::new();
    for (subject, sent, correct) in amounts(claims, claimed, correct.as_ref()) {
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

fn work_out(pack: &PricePack, claims: &[Claim]) -> Result<Verified, Refusal> {
    let lines = claims
        .iter()
        .enumerate()
        .map(|(line, claim)| {
            let values: Vec<_> = claim.assignment.iter().copied().map(Some).collect();
            price_line(claim.model, pack, &values, &claim.purchase)
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
) -> Vec<(Subject, Option<Decimal>, Option<Decimal>)> {
    let mut amounts = Vec::with_capacity(2 * claims.len() + 3);
    for (line, claim) in claims.iter().enumerate() {
        let right = correct.and_then(|verified| verified.lines.get(line));
        amounts.push((
            Subject::UnitNet(line),
            claim.unit_net,
            right.map(LinePrice::unit_net),
        ));
        amounts.push((
            Subject::Net(line),
            claim.net,
            right.map(|price| price.once.net),
        ));
    }
    let right = correct.map(|verified| ClaimedTotals::from(&verified.totals));
    let total =
        |amount: fn(&ClaimedTotals) -> Decimal| (claimed.map(amount), right.as_ref().map(amount));
    for (subject, (sent, correct)) in [
        (Subject::TotalNet, total(|totals| totals.net)),
        (Subject::TotalTax, total(|totals| totals.tax)),
        (Subject::TotalGross, total(|totals| totals.gross)),
    ] {
        amounts.push((subject, sent, correct));
    }
    amounts
}

impl From<&Totals> for ClaimedTotals {
    /// As a request states them.
    fn from(totals: &Totals) -> Self {
        Self {
            net: totals.net,
            tax: totals.tax,
            gross: totals.gross,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::price::kit::{DAY, dec, large_box, model, pack, step};
    use crate::price::{Amount, PriceRule};

    /// Each piece costs 33.335, VAT is 21 %.
    fn prices() -> PricePack {
        let amount = Amount {
            amount: dec("33.335"),
            per: None,
        };
        pack(vec![step("base", PriceRule::Amount(amount))], Vec::new())
    }

    /// Three pieces: 100.005, so 100.01; 21.00 VAT.
    fn check(
        pack: Option<&PricePack>,
        amounts: [Option<&str>; 2],
        totals: Option<[&str; 3]>,
    ) -> Result<Option<Verified>, Refusal> {
        let model = model();
        let assignment: Vec<_> = large_box().into_iter().flatten().collect();
        let [unit_net, net] = amounts.map(|it| it.map(dec));
        let claim = Claim {
            model: &model,
            assignment: &assignment,
            purchase: Purchase::alone(3, DAY),
            unit_net,
            net,
        };
        let totals = totals.map(|[net, tax, gross]| ClaimedTotals {
            net: dec(net),
            tax: dec(tax),
            gross: dec(gross),
        });
        verify(pack, &[claim], totals.as_ref())
    }

    const RIGHT: [Option<&str>; 2] = [Some("33.335"), Some("100.01")];
    const RIGHT_TOTALS: Option<[&str; 3]> = Some(["100.01", "21.00", "121.01"]);

    fn differences(answer: Result<Option<Verified>, Refusal>) -> Vec<(Subject, String, String)> {
        let text = |amount: Option<Decimal>| amount.map_or("-".to_owned(), |it| it.to_string());
        match answer {
            Err(Refusal::Amounts(differences)) => differences
                .into_iter()
                .map(|it| (it.subject, text(it.sent), text(it.correct)))
                .collect(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn right_amounts_are_taken_however_they_are_written() {
        let verified = check(Some(&prices()), RIGHT, RIGHT_TOTALS);
        let verified = verified.expect("right").expect("prices");
        assert_eq!(verified.lines[0].once.net, dec("100.01"));
        let longer = [Some("33.3350"), Some("100.010")];
        assert!(check(Some(&prices()), longer, RIGHT_TOTALS).is_ok());
    }

    #[test]
    fn every_wrong_or_missing_amount_is_named() {
        use Subject::*;
        let row = |subject, sent: &str, correct: &str| (subject, sent.into(), correct.into());
        let wrong = check(
            Some(&prices()),
            [Some("33.33"), None],
            Some(["100.01", "20", "120.01"]),
        );
        let expected = [
            row(UnitNet(0), "33.33", "33.335"),
            row(Net(0), "-", "100.01"),
            row(TotalTax, "20", "21.00"),
            row(TotalGross, "120.01", "121.01"),
        ];
        assert_eq!(differences(wrong), expected);
        let missing = check(Some(&prices()), RIGHT, None);
        assert_eq!(differences(missing).len(), 3);
    }

    #[test]
    fn without_prices_no_amount_may_be_sent() {
        assert_eq!(check(None, [None, None], None), Ok(None));
        let sent = differences(check(None, RIGHT, RIGHT_TOTALS));
        assert_eq!(sent.len(), 5);
        assert!(sent.iter().all(|(_, _, correct)| correct == "-"));
    }

    #[test]
    fn a_line_without_a_price_is_named() {
        let mut pack = prices();
        pack.products.clear();
        let product = "box".to_owned();
        let error = PriceError::NoPrices { product };
        let refusal = Refusal::Line { line: 0, error };
        assert_eq!(check(Some(&pack), RIGHT, RIGHT_TOTALS), Err(refusal));
    }
}
