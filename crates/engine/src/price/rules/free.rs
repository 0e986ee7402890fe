use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{Apply, Outcome};
use crate::catalog::{AttributeIndex, Formula};
use crate::price::context::Context;
use crate::price::formula::Writer;
use crate::price::scales::FreeGoods;
use crate::price::{Base, Basis, PriceError, PriceStep, Purchase, exact};

/// Of every so many pieces of a line, some free: their price is taken off.
///
/// Use it where the gift is goods: the twelfth bottle of each dozen. Not where it is money
/// off (that is [`Tiers`](super::Tiers) or [`Brackets`](super::Brackets)). The free pieces
/// are pieces of the line, so that they are made, packed and sent.
///
/// One free of every 3 at 40.00: seven cost 280.00 - 80.00 = 200.00.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Free {
    /// So many are free.
    pub free: Decimal,
    /// Of every so many.
    pub per: Decimal,
    /// The price of a piece.
    pub of: Base,
}

impl Apply for Free {
    fn apply(&self, context: &Context) -> Result<Outcome, PriceError> {
        let piece = match context.piece(&self.of)? {
            Err(open) => return Ok(Outcome::Open(open)),
            Ok(piece) => piece,
        };
        let units = self.pieces(context.purchase())?;
        let rate = exact::subtract(Decimal::ZERO, piece)?;
        let amount = exact::multiply(rate, units)?;
        let basis = Basis::PerUnit {
            rate,
            units,
            unit: String::new(),
            price_unit: None,
        };
        Ok(Outcome::Adds(amount, basis))
    }

    fn formula(&self, writer: &Writer, step: &PriceStep) -> Result<Formula, PriceError> {
        let pieces = exact::subtract(Decimal::ZERO, self.pieces(writer.purchase)?)?;
        let pieces = Box::new(Formula::Constant(pieces));
        let piece = Box::new(writer.piece(&self.of, step)?);
        Ok(Formula::Multiply(pieces, piece))
    }

    fn base(&self) -> Option<&Base> {
        Some(&self.of)
    }

    fn amount_of(
        &self,
        of: &Base,
        context: &Context,
    ) -> Result<Result<Decimal, Vec<AttributeIndex>>, PriceError> {
        context.piece(of)
    }
}

impl Free {
    fn pieces(&self, purchase: &Purchase) -> Result<Decimal, PriceError> {
        let goods = FreeGoods {
            least: Decimal::ZERO,
            most: None,
            per: self.per,
            free: self.free,
        };
        Ok(goods.free(Decimal::from(purchase.quantity))?)
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::after_on_line;
    use super::*;
    use crate::price::kit::dec;

    #[test]
    fn whole_lots_bring_free_pieces() {
        let rule = Free {
            free: dec("1"),
            per: dec("3"),
            of: Base::Steps(vec![0]),
        };
        for (pieces, amount) in [(2, "0"), (3, "-40"), (5, "-40"), (7, "-80")] {
            let earlier = vec![Outcome::Adds(dec("40.00"), Basis::Amount)];
            let outcome = after_on_line(earlier, &rule, pieces).expect("an outcome");
            assert_eq!(outcome.amount(), Some(dec(amount)), "{pieces}");
        }
    }
}
