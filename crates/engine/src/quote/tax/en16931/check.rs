use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{Document, VatTotal, totals, vat};
use crate::money::{MoneyError, exact};

/// Totals as a document states them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatedTotals {
    /// Sum of the lines.
    pub line_total: Decimal,
    /// Sum of the allowances; `None` where it states none.
    pub allowance_total: Option<Decimal>,
    /// Sum of the charges; `None` where it states none.
    pub charge_total: Option<Decimal>,
    /// Without VAT.
    pub tax_exclusive: Decimal,
    /// VAT by category and rate.
    pub vat: Vec<VatTotal>,
    /// All VAT.
    pub tax_total: Decimal,
    /// With VAT.
    pub tax_inclusive: Decimal,
    /// To be paid.
    pub payable: Decimal,
}

/// A rule that a document does not keep.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Broken {
    /// Name in EN 16931, such as `BR-CO-10`.
    pub rule: String,
    /// What the document states.
    pub stated: Decimal,
    /// What it would have to be.
    pub expected: Decimal,
}

/// The rules BR-CO-10 to BR-CO-17 that `stated` does not keep, in that order: each on the amounts
/// that the document itself states, so that one mistake is named once.
///
/// # Errors
/// Where an amount does not fit.
pub fn broken(document: &Document, stated: &StatedTotals) -> Result<Vec<Broken>, MoneyError> {
    let own = totals(document)?;
    let allowances = stated.allowance_total.unwrap_or_default();
    let charges = stated.charge_total.unwrap_or_default();
    let exclusive = exact::sum([stated.line_total, -allowances, charges])?;
    let inclusive = exact::add(stated.tax_exclusive, stated.tax_total)?;
    let payable = exact::sum([stated.tax_inclusive, -document.prepaid, document.rounding])?;
    let vat_sum = exact::sum(stated.vat.iter().map(|row| row.tax))?;
    let mut checks = vec![
        ("BR-CO-10", stated.line_total, own.line_total),
        ("BR-CO-11", allowances, own.allowance_total),
        ("BR-CO-12", charges, own.charge_total),
        ("BR-CO-13", stated.tax_exclusive, exclusive),
        ("BR-CO-14", stated.tax_total, vat_sum),
        ("BR-CO-15", stated.tax_inclusive, inclusive),
        ("BR-CO-16", stated.payable, payable),
    ];
    for row in &stated.vat {
        checks.push(("BR-CO-17", row.tax, vat(row.base, row.percent)?));
    }
    let broken = checks
        .into_iter()
        .filter(|(_, stated, found)| stated != found);
    let broken = broken.map(|(rule, stated, expected)| Broken {
        rule: rule.to_owned(),
        stated,
        expected,
    });
    Ok(broken.collect())
}

/// Whether `stated` is the sum of `amounts`: what most of these rules come down to.
///
/// # Errors
/// Where the sum does not fit.
pub fn is_sum(stated: Decimal, amounts: &[Decimal]) -> Result<bool, MoneyError> {
    Ok(exact::sum(amounts.iter().copied())? == stated)
}

#[cfg(test)]
mod tests {
    use super::super::{CategoryAmount, VatCategory};
    use super::*;
    use crate::price::kit::dec;

    fn row(amount: &str) -> CategoryAmount {
        CategoryAmount {
            amount: dec(amount),
            category: VatCategory::Standard,
            percent: dec("25"),
        }
    }

    fn document() -> Document {
        Document {
            lines: vec![row("1000"), row("200")],
            allowances: vec![row("100")],
            charges: Vec::new(),
            prepaid: dec("75"),
            rounding: dec("0"),
        }
    }

    fn stated() -> StatedTotals {
        StatedTotals {
            line_total: dec("1200.00"),
            allowance_total: Some(dec("100")),
            charge_total: None,
            tax_exclusive: dec("1100"),
            vat: vec![VatTotal {
                category: VatCategory::Standard,
                percent: dec("25"),
                base: dec("1100"),
                tax: dec("275"),
            }],
            tax_total: dec("275"),
            tax_inclusive: dec("1375"),
            payable: dec("1300"),
        }
    }

    #[test]
    fn each_rule_is_named_where_it_is_broken() {
        type Spoil = fn(&mut StatedTotals);
        let cases: [(Spoil, &[&str]); 10] = [
            (|_| {}, &[]),
            (
                |it| it.line_total += Decimal::ONE,
                &["BR-CO-10", "BR-CO-13"],
            ),
            (|it| it.allowance_total = None, &["BR-CO-11", "BR-CO-13"]),
            (
                |it| it.charge_total = Some(Decimal::ONE),
                &["BR-CO-12", "BR-CO-13"],
            ),
            (
                |it| it.tax_exclusive += Decimal::ONE,
                &["BR-CO-13", "BR-CO-15"],
            ),
            (|it| it.vat.clear(), &["BR-CO-14"]),
            (|it| it.tax_total += Decimal::ONE, &["BR-CO-14", "BR-CO-15"]),
            (
                |it| it.tax_inclusive += Decimal::ONE,
                &["BR-CO-15", "BR-CO-16"],
            ),
            (|it| it.payable = dec("1300.01"), &["BR-CO-16"]),
            (|it| it.vat[0].tax = dec("276"), &["BR-CO-14", "BR-CO-17"]),
        ];
        for (spoil, rules) in cases {
            let mut stated = stated();
            spoil(&mut stated);
            let broken = broken(&document(), &stated).expect("a check");
            let names: Vec<_> = broken.iter().map(|it| it.rule.as_str()).collect();
            assert_eq!(names, rules);
        }
    }

    #[test]
    fn a_sum_is_exact() {
        let amounts = [dec("1200.22"), dec("0"), dec("-0.22")];
        assert_eq!(is_sum(dec("1200.0"), &amounts), Ok(true));
        assert_eq!(is_sum(dec("1200.01"), &amounts), Ok(false));
    }
}
