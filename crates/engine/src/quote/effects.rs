use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::lead_time;
use crate::catalog::{Model, Value};
use crate::configure::{Effect, Repair};
use crate::price::{
    PriceError, PricePack, ProductPrices, Purchase, Waterfall, applicable, concerned, exact,
    price_unit,
};

/// What another configuration of one piece costs and takes more (less, where below zero).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Surcharge {
    /// Net price of one piece; a step that is open on one side counts nothing there.
    pub unit_net: Decimal,
    /// Working days.
    pub working_days: i64,
}

/// Prices of configurations beside the one at hand.
struct Comparer<'a> {
    model: &'a Model,
    pack: &'a PricePack,
    purchase: &'a Purchase<'a>,
    now: &'a [Option<Value>],
    unit_net: Decimal,
    /// Positions of the steps that wait for a decision.
    open: Vec<usize>,
    working_days: u32,
}

impl<'a> Comparer<'a> {
    fn new(
        model: &'a Model,
        pack: &'a PricePack,
        now: &'a [Option<Value>],
        purchase: &'a Purchase<'a>,
    ) -> Result<Self, PriceError> {
        let price = price_unit(model, pack, now, purchase)?;
        let prices = applicable(model, pack, purchase.date)?;
        Ok(Self {
            model,
            pack,
            purchase,
            now,
            unit_net: price.total,
            open: open(prices, &price),
            working_days: lead_time(model, now).working_days,
        })
    }

    /// `None` where the difference hangs on what is open.
    fn surcharge(&self, then: &[Option<Value>]) -> Result<Option<Surcharge>, PriceError> {
        let price = price_unit(self.model, self.pack, then, self.purchase)?;
        let then_net = price.total;
        if !self.open.is_empty() {
            let prices = applicable(self.model, self.pack, self.purchase.date)?;
            let still = open(prices, &price);
            let mut still = still.into_iter().filter(|it| self.open.contains(it));
            if still.any(|it| self.differs(prices, it, then)) {
                return Ok(None);
            }
        }
        let then_days = lead_time(self.model, then).working_days;
        let minor_units = self.pack.currency.minor_units;
        Ok(Some(Surcharge {
            unit_net: exact::money(exact::subtract(then_net, self.unit_net)?, minor_units),
            working_days: i64::from(then_days) - i64::from(self.working_days),
        }))
    }

    /// Whether something that a step looks at is not as it was.
    fn differs(&self, prices: &ProductPrices, step: usize, then: &[Option<Value>]) -> bool {
        let looked_at = concerned(prices, step);
        looked_at
            .iter()
            .any(|it| self.now.get(it.0) != then.get(it.0))
    }
}

/// The steps of a price that wait for a decision.
fn open(prices: &ProductPrices, price: &Waterfall) -> Vec<usize> {
    let open = |code: &str| {
        let mut steps = price.steps.iter().filter(|it| it.amount.is_none());
        steps.any(|it| it.code == code)
    };
    let steps = prices.steps.iter().enumerate();
    steps
        .filter(|(_, it)| open(&it.code))
        .map(|(position, _)| position)
        .collect()
}

/// What each effect costs and takes more than the configuration `now`; `None` for what is
/// impossible, has no price, or whose difference hangs on what is still open.
///
/// # Errors
/// As [`price_unit`] for `now`.
pub fn surcharges(
    model: &Model,
    pack: &PricePack,
    now: &[Option<Value>],
    effects: &[Effect],
    purchase: &Purchase,
) -> Result<Vec<Option<Surcharge>>, PriceError> {
    let comparer = Comparer::new(model, pack, now, purchase)?;
    let surcharge = |it: &Effect| comparer.surcharge(it.result.as_ref()?).ok()?;
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
    purchase: &Purchase,
) -> Result<Vec<(Repair, Option<Surcharge>)>, PriceError> {
    let comparer = Comparer::new(model, pack, now, purchase)?;
    let priced = |repair: Repair| {
        let surcharge = comparer.surcharge(&repair.result).ok().flatten();
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
    use crate::catalog::Condition;
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
        let found = surcharges(
            &model(),
            &priced(),
            &finished(1),
            &effects,
            &Purchase::alone(1, DAY),
        );
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
    fn what_hangs_on_something_open_is_not_told() {
        let amounts = ["0", "10", "-25"].map(dec).to_vec();
        let attribute = FINISH;
        let rule = PriceRule::Options(Options { attribute, amounts });
        let mut waiting = step("finish", rule);
        waiting.applies.when = Some(Condition::Is {
            attribute: SIZE,
            options: vec![0],
        });
        let prices = pack(vec![waiting], Vec::new());
        let without_size = |finish| {
            let mut values = finished(finish);
            values[SIZE.0] = None;
            values
        };
        let effects = [0, 1].map(|finish| Effect {
            value: Value::Option(finish),
            result: Some(without_size(finish)),
        });
        let found = surcharges(
            &model(),
            &prices,
            &without_size(1),
            &effects,
            &Purchase::alone(1, DAY),
        );
        let nothing = Surcharge {
            unit_net: dec("0.00"),
            working_days: 0,
        };
        assert_eq!(found, Ok(vec![None, Some(nothing)]));
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
        let ranked = rank_repairs(
            &model(),
            &priced(),
            &finished(1),
            repairs.to_vec(),
            &Purchase::alone(1, DAY),
        );
        let ranked: Vec<Repair> = ranked.expect("prices").into_iter().map(|it| it.0).collect();
        let expected = [repair(1, 1), repair(1, 0), repair(1, 2), repair(2, 1)];
        assert_eq!(ranked, expected);
    }
}
