use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::lead_time;
use crate::catalog::{Model, Value};
use crate::configure::{Effect, Repair};
use crate::price::{PriceError, PricePack, exact, price_unit};

/// What another configuration of one piece costs and takes more (less, where below zero).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Surcharge {
    /// Net price of one piece; what is open counts nothing on either side.
    pub unit_net: Decimal,
    /// Working days.
    pub working_days: i64,
}

/// Prices of configurations beside the one at hand.
struct Comparer<'a> {
    model: &'a Model,
    pack: &'a PricePack,
    quantity: u32,
    date: Date,
    unit_net: Decimal,
    working_days: u32,
}

impl<'a> Comparer<'a> {
    fn new(
        model: &'a Model,
        pack: &'a PricePack,
        now: &[Option<Value>],
        quantity: u32,
        date: Date,
    ) -> Result<Self, PriceError> {
        Ok(Self {
            model,
            pack,
            quantity,
            date,
            unit_net: price_unit(model, pack, now, quantity, date)?.total,
            working_days: lead_time(model, now).working_days,
        })
    }

    fn surcharge(&self, then: &[Option<Value>]) -> Result<Surcharge, PriceError> {
        let then_net = price_unit(self.model, self.pack, then, self.quantity, self.date)?.total;
        let then_days = lead_time(self.model, then).working_days;
        let minor_units = self.pack.currency.minor_units;
        Ok(Surcharge {
            unit_net: exact::money(exact::subtract(then_net, self.unit_net)?, minor_units),
            working_days: i64::from(then_days) - i64::from(self.working_days),
        })
    }
}

/// What each effect costs and takes more than the configuration `now`; `None` for what is
/// impossible or has no price.
///
/// # Errors
/// As [`price_unit`] for `now`.
pub fn surcharges(
    model: &Model,
    pack: &PricePack,
    now: &[Option<Value>],
    effects: &[Effect],
    quantity: u32,
    date: Date,
) -> Result<Vec<Option<Surcharge>>, PriceError> {
    let comparer = Comparer::new(model, pack, now, quantity, date)?;
    let surcharge = |it: &Effect| comparer.surcharge(it.result.as_ref()?).ok();
    Ok(effects.iter().map(surcharge).collect())
}

/// Orders repairs with as many changes by how little they change the price; those as
/// expensive, and those without a price after them, keep the order that they have.
///
/// # Errors
/// As [`price_unit`] for `now`.
pub fn rank_repairs(
    model: &Model,
    pack: &PricePack,
    now: &[Option<Value>],
    repairs: Vec<Repair>,
    quantity: u32,
    date: Date,
) -> Result<Vec<(Repair, Option<Surcharge>)>, PriceError> {
    let comparer = Comparer::new(model, pack, now, quantity, date)?;
    let priced = |repair: Repair| {
        let surcharge = comparer.surcharge(&repair.result).ok();
        (repair, surcharge)
    };
    let mut ranked: Vec<_> = repairs.into_iter().map(priced).collect();
    ranked.sort_by_key(|(repair, surcharge)| {
        let distance = surcharge.map(|it| it.unit_net.abs());
        (repair.changes.len(), distance.is_none(), distance)
    });
    Ok(ranked)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::configure::Change;
    use crate::price::kit::{DAY, FINISH, SIZE, dec, large_box, model, pack, step};
    use crate::price::{Options, PriceRule};

    fn priced() -> PricePack {
        let amounts = ["0", "10", "-25"].map(dec).to_vec();
        let attribute = FINISH;
        let rule = PriceRule::Options(Options { attribute, amounts });
        pack(vec![step("finish", rule)], Vec::new())
    }

    fn finished(finish: usize) -> Vec<Option<Value>> {
        let mut values = large_box();
        values[FINISH.0] = Some(Value::Option(finish));
        values
    }

    #[test]
    fn each_option_says_what_it_costs_and_takes_more() {
        let effect = |finish: Option<usize>| Effect {
            value: Value::Option(finish.unwrap_or_default()),
            result: finish.map(finished),
        };
        let effects = [Some(0), Some(1), Some(2), None].map(effect);
        let found = surcharges(&model(), &priced(), &finished(1), &effects, 1, DAY);
        let some = |unit_net, working_days| {
            let unit_net = dec(unit_net);
            Some(Surcharge {
                unit_net,
                working_days,
            })
        };
        let expected = vec![some("-10.00", 0), some("0.00", 0), some("-35.00", 5), None];
        assert_eq!(found, Ok(expected));
    }

    #[test]
    fn of_repairs_with_as_many_changes_the_cheapest_comes_first() {
        let change = Change {
            attribute: SIZE,
            from: Value::Option(0),
            to: None,
        };
        let repair = |changes, finish| Repair {
            changes: vec![change; changes],
            result: finished(finish),
        };
        let repairs = [repair(1, 2), repair(1, 0), repair(1, 1), repair(2, 1)];
        let ranked = rank_repairs(&model(), &priced(), &finished(1), repairs.to_vec(), 1, DAY);
        let ranked: Vec<Repair> = ranked.expect("prices").into_iter().map(|it| it.0).collect();
        let expected = [repair(1, 1), repair(1, 0), repair(1, 2), repair(2, 1)];
        assert_eq!(ranked, expected);
    }
}
