//! Totals as the European invoice standard EN 16931 has them.

mod category;
mod check;

pub use category::{Requirement, VatCategory};
pub use check::{Broken, StatedTotals, broken, is_sum};

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::money::{Fraction, MoneyError, Rounding, RoundingMode, exact};

/// Two decimals, the middle away from zero.
fn cents() -> Rounding {
    Rounding::to_decimals(2, RoundingMode::HalfUp)
}

/// An amount in a VAT category: a line's net amount, an allowance or a charge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CategoryAmount {
    /// Without VAT; of allowances and charges above zero.
    pub amount: Decimal,
    /// The category.
    pub category: VatCategory,
    /// Hundredths.
    pub percent: Decimal,
}

/// What the totals of a document are worked out from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// Net amounts of the lines.
    pub lines: Vec<CategoryAmount>,
    /// What is taken off the whole.
    pub allowances: Vec<CategoryAmount>,
    /// What is added to the whole.
    pub charges: Vec<CategoryAmount>,
    /// What is paid already.
    pub prepaid: Decimal,
    /// What rounding to be paid adds or takes.
    pub rounding: Decimal,
}

/// The VAT of one category and rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VatTotal {
    /// The category.
    pub category: VatCategory,
    /// Hundredths.
    pub percent: Decimal,
    /// What it is taken of.
    pub base: Decimal,
    /// The VAT.
    pub tax: Decimal,
}

/// Totals of a document, each rounded to two decimals.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    /// Sum of the lines (BR-CO-10).
    pub line_total: Decimal,
    /// Sum of the allowances (BR-CO-11).
    pub allowance_total: Decimal,
    /// Sum of the charges (BR-CO-12).
    pub charge_total: Decimal,
    /// Lines less allowances and with charges (BR-CO-13).
    pub tax_exclusive: Decimal,
    /// VAT by category and rate (BR-CO-17), by category, then rate.
    pub vat: Vec<VatTotal>,
    /// All VAT (BR-CO-14).
    pub tax_total: Decimal,
    /// With VAT (BR-CO-15).
    pub tax_inclusive: Decimal,
    /// Less what is paid, with what rounding adds (BR-CO-16).
    pub payable: Decimal,
}

/// The VAT of a category: `percent` of `base`, rounded once.
///
/// # Errors
/// Where it does not fit.
pub fn vat(base: Decimal, percent: Decimal) -> Result<Decimal, MoneyError> {
    Fraction::from(base)
        .times(Fraction::percent(percent)?)?
        .round(&cents())
}

/// The totals of `document`.
///
/// Use it for quotes that become invoices in Europe. Not for prices that
/// contain VAT: take it out of each line first.
///
/// # Errors
/// Where an amount does not fit.
pub fn totals(document: &Document) -> Result<Totals, MoneyError> {
    let mut bases: BTreeMap<(VatCategory, Decimal), Decimal> = BTreeMap::new();
    let mut add = |row: &CategoryAmount, sign: Decimal| {
        let base = bases.entry((row.category, row.percent)).or_default();
        *base = exact::add(*base, exact::multiply(sign, row.amount)?)?;
        Ok::<_, MoneyError>(())
    };
    let (plus, minus) = (Decimal::ONE, Decimal::NEGATIVE_ONE);
    document.lines.iter().try_for_each(|row| add(row, plus))?;
    document
        .allowances
        .iter()
        .try_for_each(|row| add(row, minus))?;
    document.charges.iter().try_for_each(|row| add(row, plus))?;
    let vat = bases.into_iter().map(|((category, percent), base)| {
        Ok(VatTotal {
            category,
            percent,
            base: cents().round(base)?,
            tax: vat(base, percent)?,
        })
    });
    let vat = vat.collect::<Result<Vec<_>, MoneyError>>()?;
    let line_total = sum(&document.lines)?;
    let allowance_total = sum(&document.allowances)?;
    let charge_total = sum(&document.charges)?;
    let less = exact::subtract(line_total, allowance_total)?;
    let tax_exclusive = exact::add(less, charge_total)?;
    let tax_total = exact::sum(vat.iter().map(|it| it.tax))?;
    let tax_inclusive = exact::add(tax_exclusive, tax_total)?;
    let due = exact::subtract(tax_inclusive, document.prepaid)?;
    Ok(Totals {
        line_total,
        allowance_total,
        charge_total,
        tax_exclusive,
        vat,
        tax_total,
        tax_inclusive,
        payable: exact::add(due, document.rounding)?,
    })
}

fn sum(rows: &[CategoryAmount]) -> Result<Decimal, MoneyError> {
    cents().round(exact::sum(rows.iter().map(|row| row.amount))?)
}

/// What a line is worked out from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineAmounts {
    /// Net price of so many pieces as `base_quantity` says.
    pub price: Decimal,
    /// Pieces that the price is for; usually 1.
    pub base_quantity: Decimal,
    /// Pieces.
    pub quantity: Decimal,
    /// What is taken off the line.
    pub allowances: Vec<Decimal>,
    /// What is added to the line.
    pub charges: Vec<Decimal>,
}

/// The net amount of a line, rounded once.
///
/// # Errors
/// Where the price is for no pieces, or an amount does not fit.
pub fn line_net(line: &LineAmounts) -> Result<Decimal, MoneyError> {
    let full = Fraction::from(line.price).times(line.quantity)?;
    let full = full.over(line.base_quantity)?;
    let off = exact::sum(line.allowances.iter().copied())?;
    let more = exact::sum(line.charges.iter().copied())?;
    full.minus(off)?.plus(more)?.round(&cents())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::price::kit::{dec, decs};

    fn row(amount: &str, category: &str, percent: &str) -> CategoryAmount {
        CategoryAmount {
            amount: dec(amount),
            category: VatCategory::from_code(category).expect("a category"),
            percent: dec(percent),
        }
    }

    #[test]
    fn totals_with_allowances_charges_and_two_rates() {
        let document = Document {
            lines: vec![
                row("4000", "S", "25"),
                row("1000", "E", "0"),
                row("900", "S", "25"),
                row("0.02", "S", "10.0"),
                row("0.03", "S", "10"),
            ],
            allowances: vec![row("200", "S", "25")],
            charges: vec![row("150", "S", "25")],
            prepaid: dec("1000"),
            rounding: dec("0.45"),
        };
        let found = totals(&document).expect("totals");
        let vat = |category, percent: &str, base: &str, tax: &str| VatTotal {
            category,
            percent: dec(percent),
            base: dec(base),
            tax: dec(tax),
        };
        let expected = Totals {
            line_total: dec("5900.05"),
            allowance_total: dec("200"),
            charge_total: dec("150"),
            tax_exclusive: dec("5850.05"),
            vat: vec![
                vat(VatCategory::Standard, "10", "0.05", "0.01"),
                vat(VatCategory::Standard, "25", "4850", "1212.50"),
                vat(VatCategory::Exempt, "0", "1000", "0"),
            ],
            tax_total: dec("1212.51"),
            tax_inclusive: dec("7062.56"),
            payable: dec("6063.01"),
        };
        assert_eq!(found, expected);
    }

    #[test]
    fn vat_is_rounded_away_from_zero() {
        for (base, percent, tax) in [
            ("-6491.34", "25", "-1622.84"),
            ("2141.19", "2.1", "44.96"),
            ("0.1", "5", "0.01"),
        ] {
            assert_eq!(vat(dec(base), dec(percent)), Ok(dec(tax)), "{base}");
        }
    }

    #[test]
    fn a_price_may_be_for_several_pieces() {
        for (price, base_quantity, quantity, allowances, charges, net) in [
            ("0.1212", "1", "100", &[][..], &[][..], "12.12"),
            ("441.00", "12", "1", &[], &[], "36.75"),
            ("10", "2", "2000", &["300"], &["500"], "10200"),
            ("4", "5", "-800", &[], &[], "-640"),
        ] {
            let line = LineAmounts {
                price: dec(price),
                base_quantity: dec(base_quantity),
                quantity: dec(quantity),
                allowances: decs(allowances),
                charges: decs(charges),
            };
            assert_eq!(line_net(&line), Ok(dec(net)), "{price}");
        }
    }
}
