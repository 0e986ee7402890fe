use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{contained, on_top};
use crate::money::{Fraction, Leftover, MoneyError, Rounding, RoundingMode, Weights, exact, share};

/// A line of a document with several tax rates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentLine {
    /// Of one piece, with or without tax as the document has it.
    pub price: Decimal,
    /// Pieces.
    pub quantity: Decimal,
    /// Hundredths of tax.
    pub percent: Decimal,
    /// Hundredths off this line alone.
    #[serde(default)]
    pub percent_off: Decimal,
}

/// What is taken off the whole document, each of what the ones before left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DocumentDiscount {
    /// Hundredths.
    Percent(Decimal),
    /// An amount, at most all there is.
    Amount(Decimal),
    /// What is left is this.
    SetTotal(Decimal),
}

/// Something to pay beside the lines, on which no discount is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Surcharge {
    /// With or without tax as the document has it.
    pub amount: Decimal,
    /// Hundredths of tax.
    #[serde(default)]
    pub percent: Decimal,
}

/// The totals of a document, and its lines.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentTotals {
    /// Without tax, with tax: of each line, after all discounts.
    pub lines: Vec<(Decimal, Decimal)>,
    /// Sum of the lines and surcharges without tax.
    pub net: Decimal,
    /// Sum of the lines and surcharges with tax.
    pub gross: Decimal,
}

/// Totals where discounts on the whole are shared over lines in proportion to their amounts, the
/// largest remainder first, and tax is rounded on each line.
///
/// Use it for documents whose lines are shown with their part of a discount,
/// over mixed rates. Net is then a sum of rounded lines: where EN 16931 holds,
/// use its totals ([`super::en16931`]).
///
/// # Errors
/// Where an amount does not fit, the step is not above zero, or a discount is given on lines
/// with both signs.
pub fn document_totals(
    lines: &[DocumentLine],
    discounts: &[DocumentDiscount],
    surcharges: &[Surcharge],
    prices_include_tax: bool,
    step: Decimal,
) -> Result<DocumentTotals, MoneyError> {
    let mode = RoundingMode::HalfUp;
    let rounding = Rounding { step, mode };
    let mut amounts = Vec::with_capacity(lines.len());
    for line in lines {
        let full = exact::multiply(line.price, line.quantity)?;
        let off = exact::percent_of(full, line.percent_off)?;
        amounts.push(rounding.round(exact::subtract(full, off)?)?);
    }
    for discount in discounts {
        lower(&mut amounts, discount, &rounding)?;
    }
    let percents = lines.iter().map(|line| line.percent);
    let taxed = amounts.into_iter().zip(percents);
    let surcharged = surcharges.iter().map(|it| (it.amount, it.percent));
    let mut both = Vec::with_capacity(lines.len() + surcharges.len());
    for (amount, percent) in taxed.chain(surcharged) {
        let taxed = match prices_include_tax {
            true => contained(amount, percent, None)?,
            false => on_top(amount, percent, None)?,
        };
        both.push((taxed.net.round(&rounding)?, taxed.gross.round(&rounding)?));
    }
    let net = exact::sum(both.iter().map(|(net, _)| *net))?;
    let gross = exact::sum(both.iter().map(|(_, gross)| *gross))?;
    both.truncate(lines.len());
    Ok(DocumentTotals {
        lines: both,
        net,
        gross,
    })
}

/// Takes `discount` off `amounts`.
fn lower(
    amounts: &mut [Decimal],
    discount: &DocumentDiscount,
    rounding: &Rounding,
) -> Result<(), MoneyError> {
    let sum = exact::sum(amounts.iter().copied())?;
    let off = match discount {
        DocumentDiscount::Percent(percent) => rounding.round(exact::percent_of(sum, *percent)?)?,
        DocumentDiscount::Amount(amount) => rounding.round((*amount).min(sum))?,
        DocumentDiscount::SetTotal(total) => rounding.round(exact::subtract(sum, *total)?)?,
    };
    if off.is_zero() {
        return Ok(());
    }
    let weights: Vec<_> = amounts.iter().map(|it| Fraction::from(*it)).collect();
    let weights = Weights::of_amounts(&weights)?;
    let shares = share(off, rounding.step, &weights, Leftover::LargestRemainder)?;
    for (amount, off) in amounts.iter_mut().zip(shares.parts) {
        *amount = exact::subtract(*amount, off)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::price::kit::dec;

    fn line(price: &str, quantity: &str, percent: &str, percent_off: &str) -> DocumentLine {
        DocumentLine {
            price: dec(price),
            quantity: dec(quantity),
            percent: dec(percent),
            percent_off: dec(percent_off),
        }
    }

    #[test]
    fn discounts_are_shared_and_tax_is_rounded_by_line() {
        use DocumentDiscount::{Amount, Percent, SetTotal};
        let one = [line("1230", "1", "20", "0")];
        let mixed = [
            line("1000", "2", "20", "15"),
            line("3499", "1", "10", "0"),
            line("255", "4", "10", "0"),
        ];
        let halves = [Percent(dec("50")), Percent(dec("10"))];
        for (lines, discounts, included, net, gross) in [
            (&one[..], &[][..], false, "1230", "1476"),
            (&one, &[SetTotal(dec("420"))], true, "350", "420"),
            (&one, &[Amount(dec("2000"))], false, "0", "0"),
            (&[line("800", "3", "20", "0")], &halves, true, "900", "1080"),
            (&mixed, &[Amount(dec("500"))], true, "5081", "5719"),
        ] {
            let found = document_totals(lines, discounts, &[], included, dec("1"));
            let found = found.expect("totals");
            assert_eq!((found.net, found.gross), (dec(net), dec(gross)));
        }
    }

    #[test]
    fn surcharges_are_not_discounted() {
        let lines = [line("1000", "2", "20", "0"), line("3499", "1", "10", "0")];
        let untaxed = [Surcharge {
            amount: dec("240"),
            percent: dec("0"),
        }];
        let half = [DocumentDiscount::Percent(dec("50"))];
        for (discounts, gross) in [(&[][..], "5739"), (&half, "2989")] {
            let found = document_totals(&lines, discounts, &untaxed, true, dec("1"));
            assert_eq!(found.map(|it| it.gross), Ok(dec(gross)));
        }
    }
}
