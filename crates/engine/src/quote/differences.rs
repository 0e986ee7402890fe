//! What a line costs more with other configurations, as far as that is known.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::line::Charge;
use super::tax::{Buyer, BuyerTaxes};
use super::totals::{Taxed, total};
use crate::catalog::{AttributeIndex, Model, Value};
use crate::configure::Effect;
use crate::price::{
    Due, PriceError, PricePack, Priced, ProductPrices, Purchase, applicable, concerned, exact,
};

/// What is due more of a line, by how often; without what stays the same.
pub type Changes = Vec<(Due, Decimal)>;

/// What is due more of a line from the first month on with each effect than with the
/// configuration `now`, for this buyer; `None` for what is impossible, has no price, or whose
/// difference hangs on what is still open.
///
/// Something open does not matter where it is open in both and nothing that it looks at changes;
/// nor where the effect decides it, or makes it there in the first place: then it counts nothing
/// while it is open.
///
/// # Errors
/// As [`price_line`](super::price_line) for `now`.
pub fn differences(
    model: &Model,
    pack: &PricePack,
    now: &[Option<Value>],
    effects: &[Effect],
    (purchase, buyer): (&Purchase, Buyer<'_>),
) -> Result<Vec<Option<Changes>>, PriceError> {
    let comparer = Comparer {
        model,
        pack,
        prices: applicable(model, pack, purchase.date)?,
        purchase,
        taxes: BuyerTaxes::new(pack, buyer)?,
        now,
    };
    let before = comparer.costs(now)?;
    let changes = |it: &Effect| comparer.changes(&before, it.result.as_ref()?).ok()?;
    Ok(effects.iter().map(changes).collect())
}

struct Comparer<'a> {
    model: &'a Model,
    pack: &'a PricePack,
    prices: &'a ProductPrices,
    purchase: &'a Purchase<'a>,
    taxes: BuyerTaxes<'a, 'a>,
    now: &'a [Option<Value>],
}

/// What a line costs from the first month on.
struct Costs {
    due: BTreeMap<Due, Decimal>,
    /// The steps that wait, by position, and what each waits for.
    open: BTreeMap<usize, Vec<AttributeIndex>>,
}

impl Comparer<'_> {
    fn costs(&self, values: &[Option<Value>]) -> Result<Costs, PriceError> {
        let mut priced = Priced::new(self.model, self.pack, values, self.purchase)?;
        let open = priced.open_steps();
        let mut due = BTreeMap::new();
        let rhythms: BTreeSet<Due> = self.prices.steps.iter().map(|it| it.due).collect();
        for rhythm in rhythms {
            let charge = Charge::new(&mut priced, self.pack, rhythm, self.purchase.quantity)?;
            due.insert(rhythm, self.paid(rhythm, &charge)?);
        }
        Ok(Costs { due, open })
    }

    /// What is due once is told as it is paid: with the tax of this buyer, where prices contain
    /// tax.
    fn paid(&self, due: Due, charge: &Charge) -> Result<Decimal, PriceError> {
        if due != Due::Once {
            return Ok(charge.net);
        }
        let tax = self.pack.taxes.get(self.prices.tax);
        let tax = self.taxes.of(&tax.ok_or(PriceError::Malformed)?.code)?;
        let pieces = (charge, self.purchase.quantity);
        let taxed = Taxed::of_charge(pieces, charge.net, tax, self.pack);
        let totals = total(vec![taxed], self.pack)?;
        Ok(match totals.contained {
            true => totals.gross,
            false => totals.net,
        })
    }

    fn changes(
        &self,
        before: &Costs,
        then: &[Option<Value>],
    ) -> Result<Option<Changes>, PriceError> {
        let after = self.costs(then)?;
        let mut open = after.open.iter();
        if open.any(|(step, waits)| self.matters(before, *step, waits, then)) {
            return Ok(None);
        }
        let mut changes = Changes::new();
        for (due, after) in after.due {
            let before = before.due.get(&due).copied().unwrap_or_default();
            let change = exact::subtract(after, before)?;
            if !change.is_zero() {
                changes.push((due, exact::money(change, self.pack.currency.minor_units)));
            }
        }
        Ok(Some(changes))
    }

    /// Whether the difference hangs on a step that is open.
    fn matters(
        &self,
        before: &Costs,
        step: usize,
        waits: &[AttributeIndex],
        then: &[Option<Value>],
    ) -> bool {
        if !before.open.contains_key(&step) {
            // It was known before, and waits for what was open already.
            return waits.iter().any(|it| self.now.get(it.0) == Some(&None));
        }
        let looked_at = concerned(self.prices, step);
        looked_at
            .iter()
            .any(|it| self.now.get(it.0) != then.get(it.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Condition;
    use crate::price::kit::{DAY, FINISH, LENGTH, dec, large_box, metres, model, pack, step};
    use crate::price::{Amount, Base, Level, Measure, Options, Percent, PriceRule, PriceStep};

    /// Each month 10 a metre and for the finish 0, 5 or 20; on top 8 percent of all where gold.
    fn support() -> PricePack {
        let monthly = |code: &str, rule: PriceRule| PriceStep {
            due: Due::Monthly,
            level: Level::Line,
            ..step(code, rule)
        };
        let metre = Measure {
            formula: metres(),
            unit: "m".to_owned(),
            price_unit: None,
            rounding: None,
        };
        let length = Amount {
            amount: dec("10"),
            per: Some(metre),
        };
        let finish = Options {
            attribute: FINISH,
            amounts: vec![dec("0"), dec("5"), dec("20")],
        };
        let percent = Percent {
            percent: dec("8"),
            of: Base::Before,
        };
        let mut steps = vec![
            monthly("length", PriceRule::Amount(length)),
            monthly("finish", PriceRule::Options(finish)),
            monthly("support", PriceRule::Percent(percent)),
        ];
        steps[2].applies.when = Some(Condition::Is {
            attribute: FINISH,
            options: vec![2],
        });
        pack(steps, Vec::new())
    }

    /// With each finish instead of the one at hand.
    fn finishes(now: &[Option<Value>]) -> Vec<Option<Changes>> {
        let effect = |option| {
            let mut then = now.to_vec();
            then[FINISH.0] = Some(Value::Option(option));
            Effect {
                value: Value::Option(option),
                result: Some(then),
            }
        };
        let effects: Vec<Effect> = (0..3).map(effect).collect();
        let asked = (&Purchase::alone(2, DAY), Buyer::default());
        differences(&model(), &support(), now, &effects, asked).expect("a price")
    }

    #[test]
    fn what_is_due_again_and_percentages_count() {
        let mut now = large_box();
        now[FINISH.0] = Some(Value::Option(0));
        // 25 for 2.5 m; 5 more; 20 more and 8 percent of 45.
        let monthly = |amount| Some(vec![(Due::Monthly, dec(amount))]);
        assert_eq!(
            finishes(&now),
            [Some(Vec::new()), monthly("5"), monthly("23.60")]
        );
        // While the length is open, what it costs is not known, nor 8 percent of it.
        now[LENGTH.0] = None;
        assert_eq!(finishes(&now), [Some(Vec::new()), monthly("5"), None]);
    }
}
