//! What is due over a term, part by part.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::exchanged::Exchanged;
use super::line::LinePrice;
use super::recurring::Billed;
use super::term::Recurring;
use crate::catalog::ArithmeticError;
use crate::price::{PriceError, exact};

/// What becomes due in some months of a term.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TermPart {
    /// First month, from 0.
    pub from: u32,
    /// How many months; the last part may have fewer than the others.
    pub months: u32,
    /// What is due once, with the order: in the first part.
    pub once: Decimal,
    /// What is due again and again.
    pub recurring: Decimal,
    /// All that was due by the end of these months.
    pub total: Decimal,
}

/// What becomes due in each `months` of the longest term of `lines`, where `once` is due with
/// the order. Nothing where nothing is due again and again.
///
/// What is due repeatedly becomes due when its months begin: quarterly in the first, fourth,
/// seventh... month of a stretch in which nothing changes. What is left of a stretch that is no
/// whole number of quarters or years is due for its last, shorter one.
///
/// Of `exchanged`, what another tax makes of it, each month has its own.
///
/// Use it to show what a contract costs by when; the parts add up to all that is due.
///
/// # Errors
/// Where an amount does not fit an exact decimal; [`PriceError::Malformed`] for parts of no
/// months.
pub fn over_term(
    lines: &[LinePrice],
    once: Decimal,
    exchanged: &[Exchanged],
    months: u32,
) -> Result<Vec<TermPart>, PriceError> {
    let term = lines.iter().map(|line| line.term).max().unwrap_or(0);
    let exchanged = exchanged.iter().map(|it| (it.month, it.amount));
    let mut dues: Vec<(u32, Decimal)> = exchanged.collect();
    for recurring in lines.iter().flat_map(|line| &line.recurring) {
        dues.extend(payments(recurring)?.iter().map(|it| (it.month, it.amount)));
    }
    if months == 0 {
        return Err(PriceError::Malformed);
    }
    let mut total = Decimal::ZERO;
    let starts = (0..term).step_by(usize::try_from(months).unwrap_or(usize::MAX));
    let part = |from: u32| {
        let after = from.saturating_add(months).min(term);
        let here = dues
            .iter()
            .filter(|(month, _)| (from..after).contains(month));
        let recurring = exact::sum(here.map(|(_, amount)| *amount))?;
        let once = if from == 0 { once } else { Decimal::ZERO };
        total = exact::sum([total, once, recurring])?;
        Ok(TermPart {
            from,
            months: after - from,
            once,
            recurring,
            total,
        })
    };
    starts.map(part).collect()
}

/// What becomes due of a recurring amount at one time.
pub(super) struct DueThen {
    /// Month of the term, from 0.
    pub month: u32,
    pub amount: Decimal,
    /// Whether it is of a whole period.
    pub whole: bool,
}

/// What becomes due of a recurring amount, and when.
pub(super) fn payments(recurring: &Recurring) -> Result<Vec<DueThen>, PriceError> {
    let period = recurring.due.months().ok_or(PriceError::Malformed)?;
    let net = recurring.charge.net;
    if !recurring.billed.is_empty() {
        return Ok((recurring.billed.iter())
            .flat_map(|it| billed(it, net, period))
            .collect());
    }
    let whole = recurring.months / period;
    let then = |at: u32, amount: Decimal, whole: bool| DueThen {
        month: recurring.from + at * period,
        amount,
        whole,
    };
    let mut payments: Vec<DueThen> = (0..whole).map(|at| then(at, net, true)).collect();
    if !recurring.months.is_multiple_of(period) {
        let paid = net
            .checked_mul(Decimal::from(whole))
            .ok_or(ArithmeticError)?;
        let rest = exact::subtract(recurring.total, paid)?;
        payments.push(then(whole, rest, false));
    }
    Ok(payments)
}

/// As [`payments`], of what is billed of a contract with dates.
fn billed(it: &Billed, net: Decimal, period: u32) -> Vec<DueThen> {
    let (whole, _) = it.periods.parts();
    let whole = u32::try_from(whole).unwrap_or_default();
    let then = |at: u32, amount: Decimal| DueThen {
        month: it.month + at * period,
        amount,
        whole: it.is_whole(),
    };
    match it.is_whole() {
        true => (0..whole).map(|at| then(at, net)).collect(),
        false => vec![then(0, it.amount)],
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::price::kit::{DAY, dec, large_box, model, pack, step};
    use crate::price::{Amount, Applies, Due, PriceStep, Purchase, Ramp};
    use crate::quote::price_line;
    use crate::quote::recurring::{Billing, ContractDates, Proration};

    fn due(amount: &str, due: Due, months: Option<(u32, Option<u32>)>) -> PriceStep {
        let rule = Amount {
            amount: dec(amount),
            per: None,
        };
        PriceStep {
            due,
            applies: Applies {
                months,
                ..Applies::default()
            },
            ..step("step", rule)
        }
    }

    /// `from+months: once, recurring, total` of each part of a year.
    fn parts(steps: Vec<PriceStep>, ramp: &[Ramp], months: u32) -> Vec<String> {
        parts_of((steps, None), ramp, None, months)
    }

    fn parts_of(
        (steps, billing): (Vec<PriceStep>, Option<Billing>),
        ramp: &[Ramp],
        dates: Option<ContractDates>,
        months: u32,
    ) -> Vec<String> {
        let mut pack = pack(steps, Vec::new());
        pack.settlement.billing = billing;
        let purchase = Purchase {
            ramp,
            dates,
            ..Purchase::alone(2, DAY)
        };
        let line = price_line(&model(), &pack, &large_box(), &purchase).expect("a price");
        let contract_total = line.contract_total;
        let once = line.once.net;
        let parts = over_term(&[line], once, &[], months).expect("parts");
        let last = parts.last().map(|part| part.total);
        assert_eq!(last.unwrap_or(contract_total), contract_total);
        let shown = |it: &TermPart| {
            let TermPart { from, months, .. } = it;
            let amounts = [it.once, it.recurring, it.total];
            let amounts = amounts.map(|it| it.normalize().to_string());
            format!("{from}+{months}: {}", amounts.join(", "))
        };
        parts.iter().map(shown).collect()
    }

    #[test]
    fn what_is_due_once_comes_first_and_the_rest_adds_up() {
        // Two pieces: 250 once each, 12 a month each, of which the first four months are free.
        let steps = vec![
            due("250", Due::Once, None),
            due("12", Due::Monthly, Some((4, None))),
        ];
        let expected = ["0+5: 500, 24, 524", "5+5: 0, 120, 644", "10+2: 0, 48, 692"];
        assert_eq!(parts(steps, &[], 5), expected);
    }

    #[test]
    fn quarters_and_years_are_due_when_they_begin() {
        let quarterly = vec![
            due("30", Due::Quarterly, None),
            due("100", Due::Yearly, None),
        ];
        let expected = [
            "0+3: 0, 260, 260",
            "3+3: 0, 60, 320",
            "6+3: 0, 60, 380",
            "9+3: 0, 60, 440",
        ];
        assert_eq!(parts(quarterly, &[], 3), expected);
    }

    #[test]
    fn a_ramp_changes_what_is_due_from_its_month_on() {
        // Two pieces for four months, then five: a quarter and a third of one, then two and
        // two thirds of 50.
        let ramp = [Ramp {
            from: 4,
            quantity: 5,
        }];
        let steps = vec![due("10", Due::Quarterly, None)];
        let expected = [
            "0+4: 0, 26.67, 26.67",
            "4+4: 0, 100, 126.67",
            "8+4: 0, 33.33, 160",
        ];
        assert_eq!(parts(steps, &ramp, 4), expected);
    }

    #[test]
    fn a_contract_with_dates_is_due_when_its_periods_begin() {
        // Two pieces at 10 from 17 October until 31 December, billed on the 1st: 15 of 31 days,
        // and two months; 9.68, 20 and 20. A quarter is 15 of the 92 days before 1 November,
        // and 61 of the 92 from then on; three pieces from the second month on.
        let start = date(2026, 10, 17);
        let until = Some(date(2026, 12, 31));
        let dates = Some(ContractDates { start, until });
        let billing = Some(Billing {
            day: Some(1),
            proration: Proration::Days,
        });
        let steps = |rhythm| (vec![due("10", rhythm, None)], billing);
        let expected = [
            "0+1: 0, 29.68, 29.68",
            "1+1: 0, 20, 49.68",
            "2+1: 0, 0, 49.68",
        ];
        assert_eq!(parts_of(steps(Due::Monthly), &[], dates, 1), expected);
        let ramp = [Ramp {
            from: 1,
            quantity: 3,
        }];
        // 20 by 15/92 and by 16/92, 30 by 45/92.
        let quarters = parts_of(steps(Due::Quarterly), &ramp, dates, 1);
        assert_eq!(
            quarters,
            [
                "0+1: 0, 6.74, 6.74",
                "1+1: 0, 14.67, 21.41",
                "2+1: 0, 0, 21.41"
            ]
        );
    }

    #[test]
    fn where_nothing_is_due_again_there_are_no_parts() {
        assert!(parts(vec![due("250", Due::Once, None)], &[], 12).is_empty());
    }
}
