//! Totals of what is due repeatedly.

use serde::{Deserialize, Serialize};

use super::line::LinePrice;
use super::order::Order;
use super::tax::TaxPair;
use super::term::Recurring;
use super::totals::{Taxed, Totals, total};
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
    order: Option<&Order>,
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
            let mut taxed: Vec<Taxed> = Vec::new();
            for (at, (line, tax)) in lines.iter().zip(taxes).enumerate() {
                for it in line.recurring.iter().filter(running) {
                    let pieces = (&it.charge, it.quantity);
                    let it = Taxed::of_charge(pieces, it.charge.net, *tax, pack);
                    taxed.push(it.of_line(order, at));
                }
            }
            if taxed.is_empty() {
                continue;
            }
            all.push(RecurringTotals {
                due,
                from,
                months: after - from,
                totals: total(taxed, pack)?,
            });
        }
    }
    Ok(all)
}
