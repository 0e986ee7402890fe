use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{Fraction, MoneyError, Rounding, exact};

/// An amount and its currency: amounts in two currencies never add up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Money {
    /// In major units.
    pub amount: Decimal,
    /// ISO 4217 code.
    pub currency: String,
}

impl Money {
    /// The sum.
    ///
    /// # Errors
    /// Where the currencies differ, or the sum does not fit.
    pub fn plus(&self, other: &Self) -> Result<Self, MoneyError> {
        self.with(other, exact::add(self.amount, other.amount)?)
    }

    /// The difference.
    ///
    /// # Errors
    /// Where the currencies differ, or the difference does not fit.
    pub fn minus(&self, other: &Self) -> Result<Self, MoneyError> {
        self.with(other, exact::subtract(self.amount, other.amount)?)
    }

    fn with(&self, other: &Self, amount: Decimal) -> Result<Self, MoneyError> {
        if self.currency != other.currency {
            return Err(MoneyError::CurrencyMismatch {
                left: self.currency.clone(),
                right: other.currency.clone(),
            });
        }
        let currency = self.currency.clone();
        Ok(Self { amount, currency })
    }
}

/// What one unit of a currency is worth in another from a day on.
///
/// Use it where a price list in one currency is quoted in another. Not for
/// books that state prices in several currencies: these need no rate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExchangeRate {
    /// ISO 4217 code.
    pub from: String,
    /// ISO 4217 code.
    pub to: String,
    /// How many of `to` one of `from` is; above zero.
    pub rate: Decimal,
    /// First day on which it holds.
    pub date: Date,
}

impl ExchangeRate {
    /// `money` in the other currency, rounded as stated.
    ///
    /// # Errors
    /// Where `money` is in another currency than `from`, the rate is not above
    /// zero, or the result does not fit.
    pub fn convert(&self, money: &Money, rounding: &Rounding) -> Result<Money, MoneyError> {
        if money.currency != self.from {
            return Err(MoneyError::CurrencyMismatch {
                left: money.currency.clone(),
                right: self.from.clone(),
            });
        }
        let converted = Fraction::from(money.amount).times(self.rate()?)?;
        Ok(Money {
            amount: converted.round(rounding)?,
            currency: self.to.clone(),
        })
    }

    /// `amount` of one currency in the other, exact: for what is worked out further before it
    /// is rounded.
    ///
    /// # Errors
    /// Where the rate is not above zero, or the result does not fit.
    pub fn exact(&self, amount: Decimal) -> Result<Decimal, MoneyError> {
        Ok(exact::multiply(amount, self.rate()?)?)
    }

    fn rate(&self) -> Result<Decimal, MoneyError> {
        match self.rate > Decimal::ZERO {
            true => Ok(self.rate),
            false => Err(MoneyError::FactorNotPositive(self.rate)),
        }
    }
}

/// The rate that holds on `date`: the latest that starts on or before it.
///
/// # Errors
/// Where there is none.
pub fn rate_on<'r>(
    rates: &'r [ExchangeRate],
    from: &str,
    to: &str,
    date: Date,
) -> Result<&'r ExchangeRate, MoneyError> {
    let known = rates
        .iter()
        .filter(|it| it.from == from && it.to == to && it.date <= date);
    known.max_by_key(|it| it.date).ok_or(MoneyError::NoRate {
        from: from.to_owned(),
        to: to.to_owned(),
    })
}

/// How many of `second.to` one of `first.to` is, where both rates start from the same
/// currency: exact, so that rounding happens once.
///
/// # Errors
/// Where they start from different currencies, or a rate is not above zero.
pub fn cross_rate(first: &ExchangeRate, second: &ExchangeRate) -> Result<Fraction, MoneyError> {
    if first.from != second.from {
        return Err(MoneyError::CurrencyMismatch {
            left: first.from.clone(),
            right: second.from.clone(),
        });
    }
    Fraction::new(second.rate()?, first.rate()?)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::money::RoundingMode;
    use crate::price::kit::{dec, fraction};

    fn rate(to: &str, rate: &str, month: i8) -> ExchangeRate {
        ExchangeRate {
            from: "EUR".to_owned(),
            to: to.to_owned(),
            rate: dec(rate),
            date: date(2026, month, 1),
        }
    }

    fn euros(amount: &str) -> Money {
        Money {
            amount: dec(amount),
            currency: "EUR".to_owned(),
        }
    }

    #[test]
    fn amounts_in_two_currencies_do_not_add_up() {
        let crowns = Money {
            currency: "NOK".to_owned(),
            ..euros("1")
        };
        assert_eq!(euros("1.5").plus(&euros("2")), Ok(euros("3.5")));
        assert_eq!(euros("1.5").minus(&euros("2")), Ok(euros("-0.5")));
        assert!(euros("1").plus(&crowns).is_err());
        assert!(crowns.minus(&euros("1")).is_err());
    }

    #[test]
    fn the_latest_rate_holds() {
        let rates = [
            rate("NOK", "11.5", 1),
            rate("NOK", "11.8", 4),
            rate("PLN", "4.3", 1),
        ];
        let on = |to, day| rate_on(&rates, "EUR", to, day).map(|it| it.rate);
        assert_eq!(on("NOK", date(2026, 3, 31)), Ok(dec("11.5")));
        assert_eq!(on("NOK", date(2026, 4, 1)), Ok(dec("11.8")));
        assert!(on("NOK", date(2025, 12, 31)).is_err());
        assert!(on("USD", date(2026, 4, 1)).is_err());
    }

    #[test]
    fn a_conversion_is_rounded_once_and_as_stated() {
        let up = Rounding::to_decimals(2, RoundingMode::Up);
        let crowns = rate("NOK", "11.543", 1).convert(&euros("9.99"), &up);
        assert_eq!(crowns.map(|it| it.amount), Ok(dec("115.32")));
        let cross = cross_rate(&rate("NOK", "12", 1), &rate("PLN", "4", 1));
        assert_eq!(cross, Ok(fraction("1/3")));
        assert!(rate("NOK", "0", 1).convert(&euros("1"), &up).is_err());
    }
}
