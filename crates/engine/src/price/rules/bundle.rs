use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{Apply, Outcome};
use crate::catalog::{AttributeIndex, Formula};
use crate::money::{Fraction, Rounding, RoundingMode};
use crate::price::context::Context;
use crate::price::formula::Writer;
use crate::price::{Base, Basis, Goods, Input, PriceError, PriceStep, exact};

/// Decimals of what the pieces of bundles cost, where they are some of a line.
const DECIMALS: u32 = 10;

/// Products of several lines that are sold together at a price of their own, as often as the
/// quote has all of them.
///
/// Use it for sets of products that are also sold alone: a lamp and two bulbs. Not for what is
/// always sold together (that is one product with parts), nor for a discount on lines whatever
/// there is beside them (that is a [`Percent`](super::Percent) of groups).
///
/// A lamp at 100.00 and two bulbs at 10.00 are 110.00 together: with three lamps and five bulbs
/// there are two bundles, and 20.00 come off.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Bundle {
    /// The products, by group.
    pub of: Base,
    /// How many pieces of each are in a bundle, in the same order.
    pub pieces: Vec<u32>,
    /// What they cost together.
    pub offer: Offer,
}

/// What the products of a bundle cost together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Offer {
    /// A bundle costs this.
    Price(Decimal),
    /// So many hundredths are added; below zero for a discount.
    Percent(Decimal),
}

impl Bundle {
    /// The groups with how many pieces of each are in a bundle.
    fn items(&self) -> Result<impl Iterator<Item = (&String, u64)>, PriceError> {
        let Base::Groups(groups) = &self.of else {
            return Err(PriceError::Malformed);
        };
        let pieces = self.pieces.iter().map(|it| u64::from(*it));
        Ok(groups.iter().zip(pieces))
    }

    /// How many bundles there are.
    fn count(&self, goods: &Goods) -> Result<u64, PriceError> {
        let pieces = |group: &String| goods.pieces.get(group).copied().unwrap_or_default();
        let counts = self.items()?.map(|(group, each)| {
            let count = pieces(group).checked_div(each);
            count.ok_or(PriceError::Malformed)
        });
        let counts = counts.collect::<Result<Vec<u64>, _>>()?;
        Ok(counts.into_iter().min().unwrap_or_default())
    }

    /// What the pieces of so many bundles cost alone: of more pieces of a group, their part.
    fn alone(&self, goods: &Goods, count: u64) -> Result<Decimal, PriceError> {
        let mut sum = Decimal::ZERO;
        for (group, each) in self.items()? {
            let there = goods.pieces.get(group).copied().unwrap_or_default();
            let net = goods.groups.get(group).copied().unwrap_or_default();
            let part = Fraction::from(net).times(Decimal::from(count * each))?;
            let part = part.over(Decimal::from(there))?;
            let part = part.round(&Rounding::to_decimals(DECIMALS, RoundingMode::HalfUp))?;
            sum = exact::add(sum, part.normalize())?;
        }
        Ok(sum)
    }

    fn goods<'a>(context: &Context<'a>) -> Result<&'a Goods, PriceError> {
        context.purchase().goods.ok_or(PriceError::Malformed)
    }
}

impl Apply for Bundle {
    fn apply(&self, context: &Context) -> Result<Outcome, PriceError> {
        let goods = Self::goods(context)?;
        let count = self.count(goods)?;
        if count == 0 {
            return Ok(Outcome::Skipped);
        }
        let base = self.alone(goods, count)?;
        Ok(match self.offer {
            Offer::Price(price) => {
                let price = exact::multiply(price, Decimal::from(count))?;
                let amount = exact::subtract(price, base)?;
                Outcome::Adds(amount, Basis::Fixed { base, price })
            }
            Offer::Percent(percent) => {
                let amount = exact::percent_of(base, percent)?;
                Outcome::Adds(amount, Basis::Percent { percent, base })
            }
        })
    }

    fn formula(&self, _writer: &Writer, step: &PriceStep) -> Result<Formula, PriceError> {
        // How many bundles there are hangs on all lines.
        Err(PriceError::Inexact {
            step: step.code.clone(),
        })
    }

    fn base(&self) -> Option<&Base> {
        Some(&self.of)
    }

    fn amount_of(
        &self,
        _of: &Base,
        context: &Context,
    ) -> Result<Result<Decimal, Vec<AttributeIndex>>, PriceError> {
        let goods = Self::goods(context)?;
        self.alone(goods, self.count(goods)?).map(Ok)
    }

    fn source(&self, context: &Context) -> Result<Option<Input>, PriceError> {
        let count = self.count(Self::goods(context)?)?;
        Ok(Some(Input::Bundles { count }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::price::kit::dec;

    #[test]
    fn bundles_are_as_many_as_there_are_all_products_of() {
        let group = |it: &str| it.to_owned();
        for (lamps, bulbs, count, alone) in [
            (3, 5, 2, "240"),
            (1, 2, 1, "120"),
            (0, 9, 0, ""),
            (2, 1, 0, ""),
        ] {
            let goods = Goods {
                net: Decimal::ZERO,
                groups: [
                    (group("lamp"), Decimal::from(lamps * 100)),
                    (group("bulb"), Decimal::from(bulbs * 10)),
                ]
                .into(),
                pieces: [(group("lamp"), lamps), (group("bulb"), bulbs)]
                    .into_iter()
                    .filter(|(_, pieces)| *pieces > 0)
                    .collect(),
                steps: Default::default(),
            };
            let bundle = Bundle {
                of: Base::Groups(vec![group("lamp"), group("bulb")]),
                pieces: vec![1, 2],
                offer: Offer::Price(dec("110")),
            };
            assert_eq!(bundle.count(&goods), Ok(count), "{lamps} {bulbs}");
            if count > 0 {
                assert_eq!(bundle.alone(&goods, count), Ok(dec(alone)));
            }
        }
    }
}
