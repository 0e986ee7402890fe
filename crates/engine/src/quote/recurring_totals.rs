//! Totals of what is due repeatedly.

use serde::{Deserialize, Serialize};

use super::line::LinePrice;
use super::tax::TaxPair;
use super::term::Recurring;
use super::totals::{Part, Taxed, Totals, total};
use crate::price::{Due, PriceError, PricePack};

/// What is due each time in some months of the term.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RecurringTotals {
    /// How often.
    pub due: Due,
    /// First month, from 0.
    pub from: u32,
    /// For how many months.
    pub months: u32,
    /// What is due each time.
    pub totals: Totals,
}

/// What is due repeatedly on all lines: for each rhythm, one total for each stretch of months
/// in which nothing changes. `taxes` has one entry for each line.
pub(super) fn recurring_totals(
    pack: &PricePack,
    lines: &[LinePrice],
    taxes: &[TaxPair],
) -> Result<Vec<RecurringTotals>, PriceError> {
    let mut all = Vec::new();
    for due in [Due::Monthly, Due::Quarterly, Due::Yearly] {
        let of_due = |it: &&Recurring| it.due == due;
        let recurring = lines
            .iter()
            .flat_map(|line| line.recurring.iter().filter(of_due));
        let mut cuts: Vec<u32> = recurring
            .flat_map(|it| [it.from, it.from + it.months])
            .collect();
        cuts.sort_unstable();
        cuts.dedup();
        for ends in cuts.windows(2) {
            let (from, after) = (ends[0], ends[1]);
            let running =
                |it: &&Recurring| it.due == due && it.from <= from && it.from + it.months >= after;
            let taxed: Vec<Taxed> = (lines.iter().zip(taxes))
                .flat_map(|(line, tax)| {
                    let running = line.recurring.iter().filter(running);
                    running.map(|it| Taxed {
                        tax: *tax,
                        amount: it.charge.net,
                        part: Part::Line,
                    })
                })
                .collect();
            if taxed.is_empty() {
                continue;
            }
            all.push(RecurringTotals {
                due,
                from,
                months: after - from,
                totals: total(&taxed, pack)?,
            });
        }
    }
    Ok(all)
}
