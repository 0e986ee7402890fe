use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::amount::{multiplied, multiplied_formula};
use super::percent::{percent_formula, percentage};
use super::{Apply, Measure, Outcome};
use crate::catalog::Formula;
use crate::money::{Fraction, Rounding, RoundingMode};
use crate::price::context::Context;
use crate::price::formula::Writer;
use crate::price::{Base, Input, PriceError, PriceStep, exact};

/// Decimals of the percentage that an index comes to.
const DECIMALS: u32 = 10;

/// What an index, such as the price of a metal or of energy, adds to prices that were made when
/// it stood at `base`; takes off where it has fallen.
///
/// Use it where prices follow something that is published with dates. Either a share of the
/// price follows the index in proportion, or so many units cost the difference more. Not for
/// a surcharge that the supplier changes by hand (that is a [`Percent`](super::Percent) with
/// dates).
///
/// 40 percent of a price of 100.00 is copper. Copper has gone from 8,000 to 9,000: 12.5 percent
/// more, so 5 percent of the price, 5.00. Or: 3 kg of copper that has gone from 8.00 to 9.00 a
/// kilogram are 3.00 more.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Index {
    /// Code in the sheets.
    pub code: String,
    /// What it came to, by ascending day.
    pub values: Vec<IndexValue>,
    /// Where it stood when the prices were made.
    pub base: Decimal,
    /// Hundredths that follow it.
    pub share: Decimal,
    /// What follows it.
    pub of: Indexed,
}

/// The value of an index from a day on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndexValue {
    /// First day.
    pub from: Date,
    /// The value.
    pub value: Decimal,
}

/// What follows an index.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Indexed {
    /// What earlier steps come to, in proportion.
    Steps(Base),
    /// So many units, each by the difference.
    Units(Measure),
}

impl Index {
    /// The value on a day: the last one until then.
    fn value(&self, day: Date) -> Result<IndexValue, PriceError> {
        let mut values = self.values.iter().rev();
        let value = values.find(|it| it.from <= day);
        value.copied().ok_or_else(|| PriceError::NoIndex {
            index: self.code.clone(),
        })
    }

    /// Hundredths of the price that the index adds on a day, rounded half up to 10 decimals.
    fn percent(&self, day: Date) -> Result<Decimal, PriceError> {
        let change = exact::subtract(self.value(day)?.value, self.base)?;
        let percent = Fraction::from(change).times(self.share)?.over(self.base)?;
        Ok(percent.round(&Rounding::to_decimals(DECIMALS, RoundingMode::HalfUp))?)
    }

    /// What a unit costs more on a day.
    fn difference(&self, day: Date) -> Result<Decimal, PriceError> {
        let change = exact::subtract(self.value(day)?.value, self.base)?;
        Ok(exact::percent_of(change, self.share)?)
    }
}

impl Apply for Index {
    fn apply(&self, context: &Context) -> Result<Outcome, PriceError> {
        let day = context.purchase().date;
        match &self.of {
            Indexed::Steps(of) => percentage(self.percent(day)?, of, context),
            Indexed::Units(units) => multiplied(self.difference(day)?, Some(units), context),
        }
    }

    fn formula(&self, writer: &Writer, step: &PriceStep) -> Result<Formula, PriceError> {
        let day = writer.purchase.date;
        match &self.of {
            Indexed::Steps(of) => percent_formula(self.percent(day)?, (of, step), writer),
            Indexed::Units(units) => {
                let rate = Formula::Constant(self.difference(day)?);
                multiplied_formula(rate, Some(units), writer, step)
            }
        }
    }

    fn source(&self, context: &Context) -> Result<Option<Input>, PriceError> {
        let IndexValue { from, value } = self.value(context.purchase().date)?;
        Ok(Some(Input::Index {
            index: self.code.clone(),
            value,
            since: from,
            base: self.base,
            share: self.share,
        }))
    }

    fn measure(&self) -> Option<&Measure> {
        match &self.of {
            Indexed::Steps(_) => None,
            Indexed::Units(units) => Some(units),
        }
    }

    fn base(&self) -> Option<&Base> {
        match &self.of {
            Indexed::Steps(of) => Some(of),
            Indexed::Units(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::testing::{after, alone};
    use super::*;
    use crate::price::Basis;
    use crate::price::kit::{DAY, dec, large_box, metres};

    fn copper(values: &[(Date, &str)], base: &str, share: &str, of: Indexed) -> Index {
        let value = |(from, value): &(Date, &str)| IndexValue {
            from: *from,
            value: dec(value),
        };
        Index {
            code: "copper".to_owned(),
            values: values.iter().map(value).collect(),
            base: dec(base),
            share: dec(share),
            of,
        }
    }

    #[test]
    fn a_share_of_the_price_follows_the_index() {
        let next = DAY.tomorrow().expect("a day");
        for (values, share, amount) in [
            (vec![(date(2026, 1, 1), "9000")], "40", "5"),
            (vec![(date(2026, 1, 1), "9000"), (DAY, "7000")], "40", "-5"),
            (vec![(date(2026, 1, 1), "8000"), (next, "9000")], "40", "0"),
            // A third of a percent.
            (vec![(DAY, "8000.00"), (DAY, "8026.67")], "100", "0.333375"),
        ] {
            let rule = copper(&values, "8000", share, Indexed::Steps(Base::Steps(vec![0])));
            let earlier = vec![Outcome::Adds(dec("100"), Basis::Amount)];
            let outcome = after(earlier, &rule, 1).expect("an outcome");
            assert_eq!(outcome.amount(), Some(dec(amount)), "{values:?}");
        }
    }

    #[test]
    fn units_cost_the_difference() {
        let units = Measure {
            formula: metres(),
            unit: "kg".to_owned(),
            price_unit: None,
            rounding: None,
        };
        let rule = copper(&[(DAY, "9.00")], "8.00", "100", Indexed::Units(units));
        let outcome = alone(&rule, &large_box(), 1).expect("an outcome");
        assert_eq!(outcome.amount(), Some(dec("2.5")));
    }

    #[test]
    fn before_the_first_day_there_is_no_value() {
        let next = DAY.tomorrow().expect("a day");
        let rule = copper(&[(next, "9")], "8", "100", Indexed::Steps(Base::Before));
        let index = "copper".to_owned();
        let refused = alone(&rule, &large_box(), 1);
        assert_eq!(refused, Err(PriceError::NoIndex { index }));
    }
}
