use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::money::{Fraction, MoneyError, Rounding};

/// An amount without and with its tax: net and tax add up to gross.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taxed {
    /// Without tax.
    pub net: Fraction,
    /// The tax.
    pub tax: Fraction,
    /// With tax.
    pub gross: Fraction,
}

/// `percent` of tax on top of `net`.
///
/// Use it for businesses, whose prices are without tax. The tax is rounded
/// where a rounding is given.
///
/// # Errors
/// Where an amount does not fit, or the step is not above zero.
pub fn on_top(
    net: impl Into<Fraction>,
    percent: Decimal,
    rounding: Option<&Rounding>,
) -> Result<Taxed, MoneyError> {
    let net = net.into();
    let tax = net.times(Fraction::percent(percent)?)?.rounded(rounding)?;
    let gross = net.plus(tax)?;
    Ok(Taxed { net, tax, gross })
}

/// `percent` of tax contained in `gross`.
///
/// Use it for consumers, whose prices are with tax. The tax is rounded where a
/// rounding is given; the net amount is the rest.
///
/// # Errors
/// As [`on_top`]; where the percentage is -100.
pub fn contained(
    gross: impl Into<Fraction>,
    percent: Decimal,
    rounding: Option<&Rounding>,
) -> Result<Taxed, MoneyError> {
    let gross = gross.into();
    let rate = Fraction::percent(percent)?;
    let tax = gross.times(rate.over(rate.plus(Fraction::ONE)?)?)?;
    let tax = tax.rounded(rounding)?;
    let net = gross.minus(tax)?;
    Ok(Taxed { net, tax, gross })
}

/// A price that contains one tax, with another on top of the same net amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaxSplit {
    /// Without either.
    pub net: Fraction,
    /// The contained tax.
    pub contained: Fraction,
    /// The tax on top.
    pub on_top: Fraction,
    /// With both.
    pub gross: Fraction,
}

/// A `price` that contains `contained_percent`, with `on_top_percent` on top.
///
/// # Errors
/// As [`contained`].
pub fn split_tax(
    price: Decimal,
    contained_percent: Decimal,
    on_top_percent: Decimal,
    rounding: Option<&Rounding>,
) -> Result<TaxSplit, MoneyError> {
    let base = contained(price, contained_percent, None)?.net;
    let above = on_top(base, on_top_percent, rounding)?.tax;
    let inside = contained(price, contained_percent, rounding)?;
    Ok(TaxSplit {
        net: inside.net,
        contained: inside.tax,
        on_top: above,
        gross: inside.gross.plus(above)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::RoundingMode;
    use crate::price::kit::{dec, fraction};

    fn to(step: &str) -> Rounding {
        let (step, mode) = (dec(step), RoundingMode::HalfUp);
        Rounding { step, mode }
    }

    #[test]
    fn tax_on_top() {
        for (net, percent, rounding, tax, gross) in [
            ("100", "50", None, "50", "150"),
            ("22689", "19", Some(to("1")), "4311", "27000"),
            ("0.01", "21", None, "0.0021", "0.0121"),
        ] {
            let found = on_top(dec(net), dec(percent), rounding.as_ref()).expect("tax");
            assert_eq!((found.tax, found.gross), (fraction(tax), fraction(gross)));
        }
    }

    #[test]
    fn the_net_amount_is_what_the_tax_leaves() {
        for (gross, percent, rounding, net, tax) in [
            ("120", "20", None, "100", "20"),
            ("10", "5", None, "200/21", "10/21"),
            ("50", "5", Some(to("0.05")), "47.60", "2.40"),
            ("10920", "19", Some(to("1")), "9176", "1744"),
        ] {
            let found = contained(dec(gross), dec(percent), rounding.as_ref()).expect("tax");
            assert_eq!((found.net, found.tax), (fraction(net), fraction(tax)));
        }
        assert!(contained(dec("1"), dec("-100"), None).is_err());
    }

    #[test]
    fn a_tax_inside_and_one_on_top() {
        let split = |rounding: Option<&Rounding>| {
            split_tax(dec("2300"), dec("5.5"), dec("15"), rounding).expect("taxes")
        };
        let exact = split(None);
        assert_eq!(exact.net, fraction("460000/211"));
        assert_eq!(
            exact.gross,
            fraction("2300").plus(exact.on_top).expect("a sum")
        );
        let rounded = split(Some(&to("0.01")));
        assert_eq!(rounded.net, fraction("2180.09"));
        assert_eq!(rounded.gross, fraction("2627.01"));
    }
}
