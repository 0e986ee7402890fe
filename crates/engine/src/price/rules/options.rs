use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{Apply, Outcome};
use crate::catalog::{AttributeDomain, AttributeIndex, Condition, Formula, Value};
use crate::price::context::Context;
use crate::price::formula::{Writer, ladder};
use crate::price::{Basis, PriceError, PriceStep, ProductPrices};

/// An amount for each option of an attribute.
///
/// Use it where a choice has a price of its own: a motor, a set of castors, a
/// certificate. Not where the amount grows with a size as well (that is
/// [`Lookup`](super::Lookup)).
///
/// With 0.00 for a black belt and 85.00 for a white one, white adds 85.00.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Options {
    /// The attribute; an option list or yes/no.
    pub attribute: AttributeIndex,
    /// One for each option.
    pub amounts: Vec<Decimal>,
}

impl Apply for Options {
    fn apply(&self, context: &Context) -> Result<Outcome, PriceError> {
        let attribute = self.attribute;
        match context.value(attribute) {
            None => Ok(Outcome::Open(vec![attribute])),
            Some(Value::Option(option)) => {
                let amount = *self.amounts.get(option).ok_or(PriceError::Malformed)?;
                Ok(Outcome::Adds(amount, Basis::Option { attribute, option }))
            }
            Some(Value::Absent) => Ok(Outcome::Skipped),
            Some(Value::Number(_)) => Err(PriceError::Malformed),
        }
    }

    fn formula(&self, writer: &Writer, _step: &PriceStep) -> Result<Formula, PriceError> {
        let attribute = self.attribute;
        let found = (writer.model.attribute(attribute)).ok_or(PriceError::Malformed)?;
        let number = matches!(found.domain, AttributeDomain::Number(_));
        if number || found.domain.size() != Some(self.amounts.len()) {
            return Err(PriceError::Malformed);
        }
        let rows: Vec<_> = self.amounts.iter().copied().enumerate().collect();
        ladder(&rows, found.part.is_none(), |options| Condition::Is {
            attribute,
            options: options.to_vec(),
        })
    }

    fn keys<'p>(&'p self, _prices: &'p ProductPrices) -> &'p [AttributeIndex] {
        std::slice::from_ref(&self.attribute)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::price::kit::{LENGTH, LID, SIZE, dec, large_box};
    use crate::price::rules::testing::alone;

    fn priced(attribute: AttributeIndex) -> Options {
        Options {
            attribute,
            amounts: vec![dec("0"), dec("85.00")],
        }
    }

    #[test]
    fn the_chosen_option_adds_its_amount() {
        for attribute in [SIZE, LID] {
            let basis = Basis::Option {
                attribute,
                option: 1,
            };
            let outcome = Outcome::Adds(dec("85.00"), basis);
            assert_eq!(alone(&priced(attribute), &large_box(), 1), Ok(outcome));
        }
    }

    #[test]
    fn it_waits_for_the_choice() {
        let outcome = Outcome::Open(vec![SIZE]);
        assert_eq!(alone(&priced(SIZE), &[None; 4], 1), Ok(outcome));
    }

    #[test]
    fn a_pack_that_prices_no_such_option_is_refused() {
        let short = Options {
            attribute: SIZE,
            amounts: vec![dec("0")],
        };
        for rule in [short, priced(LENGTH)] {
            let refused = alone(&rule, &large_box(), 1);
            assert_eq!(refused, Err(PriceError::Malformed));
        }
    }
}
