use rust_decimal::Decimal;

use super::beside::Beside;
use super::{Asked, LinePrice, QuotePrice, QuotedLine, price_line, price_quote};
use crate::price::{PriceError, PricePack};

/// Amounts as a request states them; `None` where it does not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Claims {
    /// One for each line, in the order of the request.
    pub lines: Vec<ClaimedLine>,
    /// Totals.
    pub totals: Option<ClaimedTotals>,
}

/// Amounts of one line as a request states them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ClaimedLine {
    /// Price of one piece.
    pub unit_net: Option<Decimal>,
    /// Amount of the line.
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
    /// All that is due, once and over the terms; not compared where it is not stated.
    pub contract_total: Option<Decimal>,
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
    /// The lines have prices, but the quote as a whole has none.
    #[error("the quote as a whole has no price: {0}")]
    Whole(#[from] PriceError),
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
    /// All that is due, once and over the terms.
    ContractTotal,
}

/// Works out again what is asked for, at the prices of `pack`, and compares with `claims`.
///
/// The configurations have been checked against every rule already (see
/// [`check`](crate::configure::check)). An amount that was sent is only compared, never used.
/// Without a pack (prices are hidden from this buyer) nothing is worked out, `Ok(None)` is the
/// answer, and any amount that was sent is a difference. Nothing is searched: the time grows
/// with the number of lines and steps alone.
///
/// # Errors
/// [`Refusal`], with every amount that differs.
pub fn verify(
    pack: Option<&PricePack>,
    asked: &Asked,
    claims: &Claims,
) -> Result<Option<QuotePrice>, Refusal> {
    let correct = match pack {
        Some(pack) => Some(work_out(pack, asked)?),
        None => None,
    };
    let right = correct.as_ref().map(|it| (it.lines.as_slice(), it));
    compare(claims, right)?;
    Ok(correct)
}

/// Compares `claims` with all lines of a request and the quote of those that count; `None` where
/// prices are hidden.
///
/// # Errors
/// [`Refusal::Amounts`], with every amount that differs.
pub fn compare(
    claims: &Claims,
    correct: Option<(&[QuotedLine], &QuotePrice)>,
) -> Result<(), Refusal> {
    let differences = amounts(claims, correct).into_iter();
    let differences = differences.filter(|it| it.sent != it.correct);
    let differences: Vec<Difference> = differences.collect();
    match differences.is_empty() {
        true => Ok(()),
        false => Err(Refusal::Amounts(differences)),
    }
}

/// The price of what is asked for.
///
/// # Errors
/// A line that has no price is named; only then is it looked for.
pub fn work_out(pack: &PricePack, asked: &Asked) -> Result<QuotePrice, Refusal> {
    price_quote(pack, asked).map_err(|error| {
        let lines = asked.lines.iter().enumerate();
        let mut refused = lines.filter_map(|(line, it)| {
            let alone = Beside::default();
            let purchase = it.purchase(asked, &alone);
            let error = price_line(it.model, pack, it.values, &purchase).err()?;
            Some(Refusal::Line { line, error })
        });
        refused.next().unwrap_or(Refusal::Whole(error))
    })
}

/// Every amount of a request: which, as sent, as it should be.
fn amounts(claims: &Claims, correct: Option<(&[QuotedLine], &QuotePrice)>) -> Vec<Difference> {
    let mut amounts = Vec::with_capacity(2 * claims.lines.len() + 4);
    let mut add = |subject, sent, correct| {
        amounts.push(Difference {
            subject,
            sent,
            correct,
        });
    };
    for (line, claim) in claims.lines.iter().enumerate() {
        let right = correct.and_then(|(lines, _)| lines.get(line));
        let right = right.map(|line| &line.price);
        add(
            Subject::UnitNet(line),
            claim.unit_net,
            right.map(LinePrice::unit_net),
        );
        add(
            Subject::Net(line),
            claim.net,
            right.map(|price| price.once.net),
        );
    }
    let correct = correct.map(|(_, quote)| quote);
    let (sent, right) = (claims.totals, correct.map(|price| &price.totals));
    add(
        Subject::TotalNet,
        sent.map(|it| it.net),
        right.map(|it| it.net),
    );
    add(
        Subject::TotalTax,
        sent.map(|it| it.tax),
        right.map(|it| it.tax),
    );
    add(
        Subject::TotalGross,
        sent.map(|it| it.gross),
        right.map(|it| it.gross),
    );
    if let Some(contract_total) = sent.and_then(|it| it.contract_total) {
        let right = correct.map(|price| price.contract_total);
        add(Subject::ContractTotal, Some(contract_total), right);
    }
    amounts
}

impl From<&QuotePrice> for ClaimedTotals {
    /// As a request states them.
    fn from(price: &QuotePrice) -> Self {
        Self {
            net: price.totals.net,
            tax: price.totals.tax,
            gross: price.totals.gross,
            contract_total: Some(price.contract_total),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::price::kit::{asked, dec, large_box, line, model, pack, step};
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
    ) -> Result<Option<QuotePrice>, Refusal> {
        let (model, values) = (model(), large_box());
        let lines = [line(&model, &values, 3)];
        let [unit_net, net] = amounts.map(|it| it.map(dec));
        let totals = totals.map(|[net, tax, gross]| ClaimedTotals {
            net: dec(net),
            tax: dec(tax),
            gross: dec(gross),
            contract_total: None,
        });
        let claimed = vec![ClaimedLine { unit_net, net }];
        let claims = Claims {
            lines: claimed,
            totals,
        };
        verify(pack, &asked(&lines), &claims)
    }

    const RIGHT: [Option<&str>; 2] = [Some("33.335"), Some("100.01")];
    const RIGHT_TOTALS: Option<[&str; 3]> = Some(["100.01", "21.00", "121.01"]);

    fn differences(answer: Result<Option<QuotePrice>, Refusal>) -> Vec<(Subject, String, String)> {
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
        assert_eq!(verified.lines[0].price.once.net, dec("100.01"));
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
