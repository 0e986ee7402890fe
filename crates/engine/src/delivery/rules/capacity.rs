use num_traits::{CheckedAdd, CheckedDiv, CheckedMul, Zero};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{Apply, Cause, Taken, Terms, Work, whole_days};
use crate::catalog::{
    ArithmeticError, AttributeIndex, Formula, Fraction, Model, Value, Worth, fraction,
};
use crate::delivery::{Delivery, DeliveryError, Task};

/// Some working days for every started number of pieces, or of what the pieces need.
///
/// Use it for work on every piece at a place that does only so much at a time: assembly, a
/// test bench, a paint shop. Not for what is done once (that is [`Days`](super::Days)).
///
/// 2 days for every started 10 pieces: 10 pieces take 2 days, 11 take 4. With 1 day for every
/// started 8 hours and 3 hours for a piece, 5 pieces take 2 days.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Capacity {
    /// Working days for every started `capacity`.
    pub days: u32,
    /// How much can be done in these days; above zero.
    pub capacity: Decimal,
    /// What a piece needs of it; one where `None`.
    pub per: Option<Formula>,
    /// Whether the other lines' pieces count, whose tasks have the same code.
    pub all_lines: bool,
}

impl Apply for Capacity {
    fn apply(&self, task: &Task, work: &Work) -> Result<Taken, DeliveryError> {
        let Some(own) = self.units(work.model, work.values, work.pieces)? else {
            let attributes = self.per.iter().flat_map(Formula::attributes).collect();
            let open = Taken::new(0, Cause::Task { attributes });
            return Ok(Taken { open: true, ..open });
        };
        let beside = self
            .all_lines
            .then(|| work.beside.get(&task.code))
            .flatten();
        let units = match (own.is_zero(), beside) {
            (false, Some(beside)) => own.checked_add(beside).ok_or(ArithmeticError)?,
            _ => own,
        };
        let shares = units.checked_div(&fraction(self.capacity));
        let started = shares.ok_or(DeliveryError::Malformed)?.ceil();
        let days = started.checked_mul(&Fraction::from_integer(self.days.into()));
        let days = whole_days(days.ok_or(ArithmeticError)?, task)?;
        let told = Decimal::try_from_i128_with_scale(*units.numer(), 0).ok();
        let told = told.zip(Decimal::try_from_i128_with_scale(*units.denom(), 0).ok());
        let units = told.and_then(|(above, below)| above.checked_div(below));
        let cause = Cause::Capacity {
            units: units.ok_or(ArithmeticError)?.normalize(),
            capacity: self.capacity,
            days: self.days,
        };
        Ok(Taken::new(days, cause))
    }

    fn terms(&self, _delivery: &Delivery, _model: &Model) -> Result<Terms, DeliveryError> {
        let one = Formula::Constant(Decimal::ONE);
        let units = Box::new(self.per.clone().unwrap_or(one));
        let capacity = Box::new(Formula::Constant(self.capacity));
        if self.per.is_none() && self.capacity >= Decimal::ONE {
            return Ok(Terms::Most(vec![(None, self.days)]));
        }
        let days = Box::new(Formula::Constant(self.days.into()));
        let shares = Box::new(Formula::Divide(units, capacity));
        Ok(Terms::Formula(Formula::Multiply(shares, days)))
    }

    fn attributes(&self, _delivery: &Delivery, _model: &Model) -> Vec<AttributeIndex> {
        self.per.iter().flat_map(Formula::attributes).collect()
    }
}

impl Capacity {
    /// What so many pieces need; `None` while that is open.
    pub(in crate::delivery) fn units(
        &self,
        model: &Model,
        values: &[Option<Value>],
        pieces: u64,
    ) -> Result<Option<Fraction>, DeliveryError> {
        let pieces = Fraction::from_integer(pieces.into());
        let each = match &self.per {
            None => return Ok(Some(pieces)),
            Some(per) => per.worth(model, values)?,
        };
        Ok(match each {
            Worth::Open => None,
            Worth::Absent => Some(Fraction::zero()),
            Worth::Number(each) => {
                let each = each.max(Fraction::zero());
                Some(each.checked_mul(&pieces).ok_or(ArithmeticError)?)
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::super::taken;
    use super::*;
    use crate::delivery::kit::{model, task};
    use crate::delivery::rules::DaysRule;
    use crate::price::kit::{dec, large_box, metres};

    #[test]
    fn started_capacities_count() {
        // A piece is 2.5 m long.
        for (days, capacity, per, beside, pieces, expected) in [
            (2, "10", None, None, 10, 2),
            (2, "10", None, None, 11, 4),
            (1, "0.5", None, None, 3, 6),
            (1, "8", Some(metres()), None, 3, 1),
            (1, "8", Some(metres()), None, 4, 2),
            (1, "10", None, Some("3"), 8, 2),
            (1, "10", None, Some("2"), 8, 1),
            (3, "1", None, None, 0, 0),
        ] {
            let rule = Capacity {
                days,
                capacity: dec(capacity),
                per,
                all_lines: true,
            };
            let model = model(vec![task("assembly", &[], DaysRule::Capacity(rule))]);
            let delivery = model.delivery.as_ref().expect("tasks");
            let beside = beside.map(|it| ("assembly".to_owned(), fraction(dec(it))));
            let work = Work {
                model: &model,
                delivery,
                values: &large_box(),
                pieces,
                beside: &beside.into_iter().collect::<BTreeMap<_, _>>(),
            };
            let found = taken(0, &delivery.tasks[0], &work).expect("days");
            assert_eq!(found.days, expected, "{pieces} by {capacity}");
        }
    }
}
