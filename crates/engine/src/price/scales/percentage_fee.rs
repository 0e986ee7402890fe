use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{ScaleError, not_negative};
use crate::money::exact;

/// A percentage of an amount above a free one, and a fixed fee for each event that is not free.
///
/// Use it for commission and payment handling on a period's turnover. Where
/// each transaction has its own least and most, use [`TransactionFee`].
///
/// 1.3 percent above 250.00 and 2.00 an event after two: 800.00 in four events
/// cost 7.15 + 4.00 = 11.15.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PercentageFee {
    /// Hundredths of the amount.
    pub percent: Decimal,
    /// Part of the amount that costs nothing.
    pub free_amount: Decimal,
    /// Fee of each event.
    pub fixed: Decimal,
    /// Events without that fee.
    pub free_events: u64,
}

impl PercentageFee {
    /// The fee on `amount` that came about in so many events.
    ///
    /// # Errors
    /// Where the amount is below zero, or a number does not fit.
    pub fn amount(&self, amount: Decimal, events: u64) -> Result<Decimal, ScaleError> {
        let charged = exact::subtract(not_negative(amount)?, self.free_amount)?;
        let charged = charged.max(Decimal::ZERO);
        let events = Decimal::from(events.saturating_sub(self.free_events));
        let fixed = exact::multiply(events, self.fixed)?;
        Ok(exact::add(
            exact::percent_of(charged, self.percent)?,
            fixed,
        )?)
    }
}

/// A percentage of each transaction and a fixed fee, with a least and a most.
///
/// Use it where every payment or order is charged on its own. Not for a
/// period's turnover (that is [`PercentageFee`]).
///
/// 2.99 percent, from 1.75 to 12.00: 80.00 cost 2.392, 10,000.00 cost 12.00.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TransactionFee {
    /// Hundredths of the amount.
    pub percent: Decimal,
    /// Added to the percentage.
    pub fixed: Decimal,
    /// The fee at least.
    pub least: Option<Decimal>,
    /// The fee at most.
    pub most: Option<Decimal>,
}

impl TransactionFee {
    /// The fee of each transaction.
    ///
    /// # Errors
    /// Where the least is above the most, or a number does not fit.
    pub fn amounts(&self, transactions: &[Decimal]) -> Result<Vec<Decimal>, ScaleError> {
        if let (Some(least), Some(most)) = (self.least, self.most)
            && least > most
        {
            return Err(ScaleError::LeastAboveMost { least, most });
        }
        let fee = |amount: &Decimal| {
            let fee = exact::add(exact::percent_of(*amount, self.percent)?, self.fixed)?;
            let fee = self.least.map_or(fee, |least| fee.max(least));
            Ok(self.most.map_or(fee, |most| fee.min(most)))
        };
        transactions.iter().map(fee).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::price::kit::{dec, decs};

    #[test]
    fn what_is_free_is_not_charged() {
        for (amount, free_amount, events, free_events, fee) in [
            ("800", "250", 4, 2, "11.15"),
            ("800", "0", 4, 0, "18.4"),
            ("100", "250", 1, 2, "0"),
        ] {
            let rule = PercentageFee {
                percent: dec("1.3"),
                free_amount: dec(free_amount),
                fixed: dec("2"),
                free_events,
            };
            assert_eq!(rule.amount(dec(amount), events), Ok(dec(fee)));
        }
    }

    #[test]
    fn each_transaction_has_its_least_and_most() {
        let mut rule = TransactionFee {
            percent: dec("2.99"),
            fixed: dec("0"),
            least: Some(dec("1.75")),
            most: Some(dec("12")),
        };
        let fees = rule.amounts(&decs(&["10", "80", "10000"]));
        assert_eq!(fees, Ok(decs(&["1.75", "2.392", "12"])));
        rule.least = Some(dec("13"));
        assert!(rule.amounts(&[]).is_err());
    }
}
