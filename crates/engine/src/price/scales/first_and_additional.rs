use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{ScaleError, Scaled, ScaledPart};

/// A price for the first item and another for each further one; after so many items, another
/// first.
///
/// Use it for freight and handling by parcel. Not for goods, whose price would
/// depend on what shares their parcel.
///
/// 5.00 and 1.00 for each further, three to a parcel: ten items cost 26.00.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FirstAndAdditional {
    /// Price of a first item.
    pub first: Decimal,
    /// Price of each further item.
    pub additional: Decimal,
    /// Items after which another first comes; never where `None`.
    pub most: Option<u64>,
}

impl FirstAndAdditional {
    /// What so many items cost: as first ones, and as further ones.
    ///
    /// # Errors
    /// Where groups are of no items, or an amount does not fit.
    pub fn amount(&self, items: u64) -> Result<Scaled, ScaleError> {
        let firsts = match self.most {
            None => items.min(1),
            Some(0) => return Err(ScaleError::SizeNotPositive(Decimal::ZERO)),
            Some(most) => items.div_ceil(most),
        };
        let further = items.saturating_sub(firsts);
        let none = Decimal::ZERO;
        Scaled::of(vec![
            ScaledPart::new(0, firsts.into(), self.first, none)?,
            ScaledPart::new(1, further.into(), self.additional, none)?,
        ])
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::shown;
    use super::*;
    use crate::price::kit::dec;

    #[test]
    fn every_so_many_items_another_first_comes() {
        for (most, items, amounts) in [
            (None, 0, ["0", "0", "0"]),
            (None, 10, ["14", "5", "9"]),
            (Some(3), 10, ["26", "20", "6"]),
            (Some(3), 9, ["21", "15", "6"]),
            (Some(1), 2, ["10", "10", "0"]),
        ] {
            let price = FirstAndAdditional {
                first: dec("5"),
                additional: dec("1"),
                most,
            };
            assert_eq!(shown(&price.amount(items)), amounts, "{items}");
        }
        let wrong = FirstAndAdditional {
            first: dec("5"),
            additional: dec("1"),
            most: Some(0),
        };
        assert_eq!(shown(&wrong.amount(1)), ["error"]);
    }
}
