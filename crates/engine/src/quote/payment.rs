//! When a quote is to be paid.

use jiff::ToSpan;
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::catalog::Text;
use crate::money::{Rounding, cash_total};
use crate::price::{PriceError, PricePack, exact};

/// When to pay.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PaymentTerms {
    /// Code in the catalog.
    pub code: String,
    /// Name for the buyer.
    pub label: Text,
    /// Days until it is due.
    pub days: u16,
    /// What the end of a month has to do with it.
    pub month_end: MonthEnd,
    /// What is taken off where it is paid early.
    pub early: Option<EarlyPayment>,
}

/// What the end of a month has to do with a date of payment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum MonthEnd {
    /// Nothing.
    #[default]
    None,
    /// Days are counted from the end of the month.
    Before,
    /// It is due at the end of the month in which the days have passed.
    After,
}

/// A discount for paying early.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EarlyPayment {
    /// Hundredths of what is paid, with tax.
    pub percent: Decimal,
    /// Days in which to pay.
    pub days: u16,
}

/// When and how much to pay, counted from the day of the prices.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Payment {
    /// Code of the terms.
    pub terms: String,
    /// Name for the buyer.
    pub label: Text,
    /// Last day on which to pay.
    pub due: Date,
    /// What is to be paid by then.
    pub amount: Decimal,
    /// What paying early saves.
    pub early: Option<Early>,
}

/// What paying early saves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Early {
    /// Last day on which it holds.
    pub until: Date,
    /// Hundredths.
    pub percent: Decimal,
    /// What is taken off.
    pub discount: Decimal,
    /// What is to be paid by then.
    pub amount: Decimal,
}

impl PaymentTerms {
    /// When `amount` is to be paid, which was priced on `date`.
    ///
    /// The discount is a percentage of what is paid, rounded as the pack says; where that is
    /// paid in cash, what is left is rounded to the cash step alone, and the discount is the rest.
    ///
    /// # Errors
    /// Where an amount does not fit.
    pub fn payment(
        &self,
        date: Date,
        amount: Decimal,
        pack: &PricePack,
    ) -> Result<Payment, PriceError> {
        let early = |early: EarlyPayment| {
            let minor_units = pack.currency.minor_units;
            let discount = exact::percent_of(amount, early.percent)?;
            let left = match pack.settlement.cash_step {
                Some(step) => {
                    let mode = pack.rounding.mode;
                    let left = exact::subtract(amount, discount)?;
                    cash_total(&[left], &Rounding { step, mode })?.total
                }
                None => exact::subtract(amount, pack.rounding.round(discount, minor_units)?)?,
            };
            let money = |amount| exact::money(amount, minor_units);
            Ok::<_, PriceError>(Early {
                until: after(date, early.days),
                percent: early.percent,
                discount: money(exact::subtract(amount, left)?),
                amount: money(left),
            })
        };
        Ok(Payment {
            terms: self.code.clone(),
            label: self.label.clone(),
            due: self.due(date),
            amount,
            early: self.early.map(early).transpose()?,
        })
    }

    /// Last day on which to pay what is priced on `date`.
    pub fn due(&self, date: Date) -> Date {
        match self.month_end {
            MonthEnd::None => after(date, self.days),
            MonthEnd::Before => after(date.last_of_month(), self.days),
            MonthEnd::After => after(date, self.days).last_of_month(),
        }
    }
}

/// So many days later; the last day that there is where the calendar ends before.
fn after(date: Date, days: u16) -> Date {
    date.saturating_add(i64::from(days).days())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::price::kit::{dec, pack};

    fn terms(days: u16, month_end: MonthEnd) -> PaymentTerms {
        PaymentTerms {
            code: "net".to_owned(),
            label: Text::default(),
            days,
            month_end,
            early: None,
        }
    }

    #[test]
    fn days_and_the_end_of_the_month() {
        let day = date(2026, 1, 20);
        for (days, month_end, due) in [
            (0, MonthEnd::None, date(2026, 1, 20)),
            (30, MonthEnd::None, date(2026, 2, 19)),
            (30, MonthEnd::Before, date(2026, 3, 2)),
            (30, MonthEnd::After, date(2026, 2, 28)),
            (0, MonthEnd::After, date(2026, 1, 31)),
        ] {
            assert_eq!(terms(days, month_end).due(day), due, "{days} {month_end:?}");
        }
        assert_eq!(terms(9, MonthEnd::None).due(Date::MAX), Date::MAX);
    }

    #[test]
    fn paying_early_saves_a_percentage_of_what_is_paid() {
        let mut pack = pack(Vec::new(), Vec::new());
        let mut terms = terms(30, MonthEnd::None);
        // 2 percent of 121.01 are 2.4202, of 121.00 they are 2.42; 118.58 is paid as 118.60.
        // 2.5 percent of 111.00 leave 108.225, which is paid as 108.25.
        for (cash_step, percent, total, discount, amount) in [
            (None, "2", "121.01", "2.42", "118.59"),
            (Some("0.05"), "2", "121.00", "2.40", "118.60"),
            (Some("0.05"), "2.5", "111.00", "2.75", "108.25"),
        ] {
            terms.early = Some(EarlyPayment {
                percent: dec(percent),
                days: 8,
            });
            pack.settlement.cash_step = cash_step.map(dec);
            let payment = terms.payment(date(2026, 6, 1), dec(total), &pack);
            let payment = payment.expect("dates");
            let expected = Early {
                until: date(2026, 6, 9),
                percent: dec(percent),
                discount: dec(discount),
                amount: dec(amount),
            };
            assert_eq!(payment.early, Some(expected), "{total} {cash_step:?}");
            let due = (payment.due, payment.amount);
            assert_eq!(due, (date(2026, 7, 1), dec(total)));
        }
    }
}
