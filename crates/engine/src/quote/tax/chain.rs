use std::ops::Range;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::money::{Fraction, MoneyError, Rounding};

/// One of several taxes on the same amount.
///
/// Use it where a levy (packaging, recycling) is part of what VAT is taken of,
/// or where a country has several. Plain VAT needs none of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChainedTax {
    /// How it is worked out.
    pub kind: TaxKind,
    /// Hundredths, or the amount of one piece.
    pub amount: Decimal,
    /// Whether later taxes are taken of it as well.
    pub include_base: bool,
    /// Whether it is taken of earlier taxes that are included in the base.
    pub base_affected: bool,
}

/// How a tax is worked out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TaxKind {
    /// Hundredths of the base, on top.
    Percent,
    /// An amount for each piece; below zero where the net amount is, as on a credit note.
    Fixed,
    /// Hundredths of base and tax together: 10 of what is paid in the end. Such taxes in a row
    /// are hundredths of the same total.
    Division,
}

/// What one tax was taken of, and what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaxBase {
    /// What it was taken of.
    pub base: Fraction,
    /// The tax.
    pub tax: Fraction,
}

/// Taxes on one amount, one after the other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChainedTaxes {
    /// One for each tax, in order.
    pub taxes: Vec<TaxBase>,
    /// The amount and all taxes.
    pub gross: Fraction,
}

/// `taxes` on `net`, which is for so many pieces; each tax is rounded where a rounding is given,
/// before later ones are taken of it.
///
/// # Errors
/// Where an amount does not fit, or division taxes in a row make 100 percent.
pub fn tax_chain(
    net: Decimal,
    quantity: Decimal,
    taxes: &[ChainedTax],
    rounding: Option<&Rounding>,
) -> Result<ChainedTaxes, MoneyError> {
    let pieces = match (net.is_zero(), net.is_sign_negative()) {
        (true, _) => quantity,
        (false, true) => -quantity.abs(),
        (false, false) => quantity.abs(),
    };
    let net = Fraction::from(net);
    let mut included = Fraction::ZERO;
    let mut done: Vec<TaxBase> = Vec::with_capacity(taxes.len());
    for batch in batches(taxes) {
        let members = taxes.get(batch).unwrap_or_default();
        let rates = members.iter().map(|tax| Fraction::percent(tax.amount));
        let together = Fraction::sum(rates.collect::<Result<Vec<_>, _>>()?)?;
        let mut included_here = Fraction::ZERO;
        for tax in members {
            let base = match tax.base_affected {
                true => net.plus(included)?,
                false => net,
            };
            let rate = Fraction::percent(tax.amount)?;
            let amount = match tax.kind {
                TaxKind::Percent => base.times(rate),
                TaxKind::Fixed => Fraction::from(tax.amount).times(pieces),
                TaxKind::Division => base.over(Fraction::ONE.minus(together)?)?.times(rate),
            }?;
            let amount = amount.rounded(rounding)?;
            if tax.include_base {
                included_here = included_here.plus(amount)?;
            }
            done.push(TaxBase { base, tax: amount });
        }
        included = included.plus(included_here)?;
    }
    let total = Fraction::sum(done.iter().map(|it| it.tax))?;
    let gross = net.plus(total)?;
    Ok(ChainedTaxes { taxes: done, gross })
}

/// Ranges of division taxes that are taken of the same total; every other tax on its own.
fn batches(taxes: &[ChainedTax]) -> Vec<Range<usize>> {
    let mut batches: Vec<Range<usize>> = Vec::new();
    for (at, tax) in taxes.iter().enumerate() {
        let first = batches.last().and_then(|batch| taxes.get(batch.start));
        let joins = first.is_some_and(|first| {
            tax.kind == TaxKind::Division
                && first.kind == TaxKind::Division
                && tax.include_base == first.include_base
                && (!tax.include_base || !tax.base_affected)
        });
        match batches.last_mut() {
            Some(batch) if joins => batch.end = at + 1,
            _ => batches.push(at..at + 1),
        }
    }
    batches
}

/// The same `taxes` on each of `lines` of one piece. `by_line` says whether each tax is rounded on
/// every line, or once in the end.
///
/// # Errors
/// As [`tax_chain`].
pub fn tax_chain_of_lines(
    lines: &[Decimal],
    taxes: &[ChainedTax],
    rounding: &Rounding,
    by_line: bool,
) -> Result<ChainedTaxes, MoneyError> {
    let zero = TaxBase {
        base: Fraction::ZERO,
        tax: Fraction::ZERO,
    };
    let mut sums = vec![zero; taxes.len()];
    let mut gross = Fraction::ZERO;
    for line in lines {
        let found = tax_chain(*line, Decimal::ONE, taxes, by_line.then_some(rounding))?;
        for (sum, tax) in sums.iter_mut().zip(found.taxes) {
            sum.base = sum.base.plus(tax.base)?;
            sum.tax = sum.tax.plus(tax.tax)?;
        }
        gross = gross.plus(*line)?;
    }
    for sum in &mut sums {
        sum.tax = sum.tax.rounded(Some(rounding))?;
        gross = gross.plus(sum.tax)?;
    }
    Ok(ChainedTaxes { taxes: sums, gross })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::RoundingMode;
    use crate::price::kit::{dec, decs, fraction};

    /// Kind, amount, whether later taxes are taken of it, whether it is taken of earlier ones.
    fn taxes(written: &[(TaxKind, &str, bool, bool)]) -> Vec<ChainedTax> {
        let tax = |(kind, amount, include_base, base_affected): &(TaxKind, &str, bool, bool)| {
            ChainedTax {
                kind: *kind,
                amount: dec(amount),
                include_base: *include_base,
                base_affected: *base_affected,
            }
        };
        written.iter().map(tax).collect()
    }

    #[test]
    fn taxes_are_taken_of_what_is_in_their_base() {
        use TaxKind::{Division, Fixed, Percent};
        for (net, quantity, written, bases, amounts, gross) in [
            (
                "100",
                "1",
                &[
                    (Percent, "6", true, true),
                    (Percent, "6", true, true),
                    (Percent, "3", false, true),
                ][..],
                ["100", "106", "112.36"],
                ["6", "6.36", "3.3708"],
                "115.7308",
            ),
            (
                "100",
                "1",
                &[
                    (Percent, "6", true, true),
                    (Percent, "6", true, false),
                    (Percent, "3", false, true),
                ],
                ["100", "100", "112"],
                ["6", "6", "3.36"],
                "115.36",
            ),
            (
                "95",
                "5",
                &[
                    (Fixed, "1", true, true),
                    (Percent, "21", false, true),
                    (Fixed, "2", false, true),
                ],
                ["95", "100", "100"],
                ["5", "21", "10"],
                "131",
            ),
            (
                "60",
                "1",
                &[
                    (Division, "10", false, true),
                    (Division, "30", false, true),
                    (Fixed, "1", false, true),
                ],
                ["60", "60", "60"],
                ["10", "30", "1"],
                "101",
            ),
        ] {
            let found = tax_chain(dec(net), dec(quantity), &taxes(written), None).expect("taxes");
            let expected = bases.into_iter().zip(amounts).map(|(base, tax)| TaxBase {
                base: fraction(base),
                tax: fraction(tax),
            });
            assert_eq!(found.taxes, expected.collect::<Vec<_>>());
            assert_eq!(found.gross, fraction(gross));
        }
        let whole = taxes(&[(Division, "100", false, true)]);
        assert!(tax_chain(dec("1"), dec("1"), &whole, None).is_err());
    }

    #[test]
    fn a_fixed_tax_goes_with_the_sign_of_the_amount() {
        let levy = taxes(&[(TaxKind::Fixed, "1", false, true)]);
        for (net, quantity, gross) in [
            ("20", "2", "22"),
            ("-20", "2", "-22"),
            ("-20", "-2", "-22"),
            ("0", "1", "1"),
        ] {
            let found = tax_chain(dec(net), dec(quantity), &levy, None).expect("taxes");
            assert_eq!(found.gross, fraction(gross), "{net} {quantity}");
        }
    }

    #[test]
    fn rounded_by_line_or_once() {
        use TaxKind::Percent;
        let written = [
            (Percent, "6", true, true),
            (Percent, "6", true, false),
            (Percent, "3", false, true),
        ];
        let cents = Rounding::to_decimals(2, RoundingMode::HalfUp);
        let lines = decs(&["15.89", "15.89"]);
        for (by_line, amounts, gross) in [
            (true, ["1.90", "1.90", "1.06"], "36.64"),
            (false, ["1.91", "1.91", "1.07"], "36.67"),
        ] {
            let found = tax_chain_of_lines(&lines, &taxes(&written), &cents, by_line);
            let found = found.expect("taxes");
            let found_amounts: Vec<_> = found.taxes.iter().map(|it| it.tax).collect();
            assert_eq!(found_amounts, amounts.map(fraction));
            assert_eq!(found.gross, fraction(gross));
        }
    }
}
