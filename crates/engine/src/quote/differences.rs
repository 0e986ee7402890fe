//! What a line costs more with other configurations, as far as that is known.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::line::amounts;
use super::tax::{Buyer, BuyerTaxes, TaxPair};
use super::totals::Taxed;
use crate::catalog::{AttributeIndex, Model, Value};
use crate::configure::Effect;
use crate::price::{Due, Looks, PriceError, PricePack, Priced, Purchase, applicable, exact};

/// What is due more of a line, by how often; without what stays the same.
pub type Changes = Vec<(Due, Decimal)>;

/// What a line costs now, to tell from it what it would cost more.
pub struct Differences<'a> {
    pack: &'a PricePack,
    purchase: &'a Purchase<'a>,
    tax: TaxPair<'a>,
    now: &'a [Option<Value>],
    /// What is due of the product.
    dues: BTreeSet<Due>,
    looks: Looks<'a>,
    priced: Priced<'a>,
    before: Costs,
}

/// What a line costs from the first month on.
struct Costs {
    due: BTreeMap<Due, Decimal>,
    /// The steps that wait, by position, and what each waits for.
    open: BTreeMap<usize, Vec<AttributeIndex>>,
}

impl<'a> Differences<'a> {
    /// From the configuration `now`, for this buyer.
    ///
    /// # Errors
    /// As [`price_line`](super::price_line) for `now`.
    pub fn new(
        model: &'a Model,
        pack: &'a PricePack,
        now: &'a [Option<Value>],
        (purchase, buyer): (&'a Purchase<'a>, Buyer<'_>),
    ) -> Result<Self, PriceError> {
        let prices = applicable(model, pack, purchase.date)?;
        let tax = pack.taxes.get(prices.tax).ok_or(PriceError::Malformed)?;
        let mut own = Self {
            pack,
            purchase,
            tax: BuyerTaxes::new(pack, buyer)?.of(&tax.code)?,
            now,
            dues: prices.steps.iter().map(|it| it.due).collect(),
            looks: Looks::new(prices),
            priced: Priced::new(model, pack, now, purchase)?,
            before: Costs {
                due: BTreeMap::new(),
                open: BTreeMap::new(),
            },
        };
        own.before = own.costs(&own.priced)?;
        Ok(own)
    }

    /// What is due more from the first month on with each effect; `None` for what is impossible,
    /// has no price, or whose difference hangs on what is still open.
    ///
    /// Something open does not matter where it is open in both and nothing that it looks at
    /// changes; nor where the effect decides it, or makes it there in the first place: then it
    /// counts nothing while it is open.
    pub fn of(&self, effects: &[Effect]) -> Vec<Option<Changes>> {
        let changes = |it: &Effect| self.changes(it.result.as_ref()?).ok()?;
        effects.iter().map(changes).collect()
    }

    fn costs(&self, priced: &Priced) -> Result<Costs, PriceError> {
        let due = |due: &Due| Ok((*due, self.paid(*due, priced)?));
        Ok(Costs {
            due: self
                .dues
                .iter()
                .map(due)
                .collect::<Result<_, PriceError>>()?,
            open: priced.open_steps(),
        })
    }

    /// What is due once is told as it is paid: with the tax of this buyer, where prices contain
    /// tax.
    fn paid(&self, due: Due, priced: &Priced) -> Result<Decimal, PriceError> {
        let quantity = self.purchase.quantity;
        let (piece, net) = amounts(priced, self.pack, due, quantity)?;
        match due {
            Due::Once => {
                let pieces = (piece, quantity);
                Taxed::of_pieces(pieces, net, self.tax, self.pack).paid(self.pack)
            }
            _ => Ok(net),
        }
    }

    fn changes(&self, then: &[Option<Value>]) -> Result<Option<Changes>, PriceError> {
        let differs = |it: AttributeIndex| self.now.get(it.0) != then.get(it.0);
        let touched = self.looks.touched(differs);
        if !touched.contains(&true) {
            return Ok(Some(Changes::new()));
        }
        let after = self.costs(&self.priced.of_other(then, &touched)?)?;
        if !after.open.is_empty() {
            let concerned = self.looks.concerned(differs);
            let mut open = after.open.iter();
            if open.any(|(step, waits)| self.matters(*step, waits, &concerned)) {
                return Ok(None);
            }
        }
        let mut changes = Changes::new();
        for (due, after) in after.due {
            let before = self.before.due.get(&due).copied().unwrap_or_default();
            let change = exact::subtract(after, before)?;
            if !change.is_zero() {
                changes.push((due, exact::money(change, self.pack.currency.minor_units)));
            }
        }
        Ok(Some(changes))
    }

    /// Whether the difference hangs on a step that is open; `concerned` tells of each step
    /// whether something that it looks at is not as it was.
    fn matters(&self, step: usize, waits: &[AttributeIndex], concerned: &[bool]) -> bool {
        if !self.before.open.contains_key(&step) {
            // It was known before, and waits for what was open already.
            return waits.iter().any(|it| self.now.get(it.0) == Some(&None));
        }
        concerned.get(step) == Some(&true)
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
        let purchase = Purchase::alone(2, DAY);
        let asked = (&purchase, Buyer::default());
        let (model, pack) = (model(), support());
        let differences = Differences::new(&model, &pack, now, asked).expect("a price");
        differences.of(&effects)
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
