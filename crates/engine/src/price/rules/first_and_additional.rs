//! A price for the first item of each parcel, and another for every further one.
//!
//! Use it for freight and handling by parcel. Not for goods, whose first piece costs more only
//! because of a set-up charge (that is an amount for the line).
//!
//! 8.00 for the first, 2.00 for each further of up to 5 in a parcel: six cost 8 x 2 + 2 x 4.

use rust_decimal::prelude::ToPrimitive;

use super::by_quantity::{Quantity, Scale};
use crate::price::scales::{FirstAndAdditional, ScaleError, Scaled};

impl Scale for FirstAndAdditional {
    fn cost(&self, quantity: Quantity) -> Result<Scaled, ScaleError> {
        // Part of an item is an item.
        let items = quantity.units.ceil().to_u64();
        self.amount(items.ok_or(ScaleError::Negative(quantity.units))?)
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{by_quantity, line};
    use super::*;
    use crate::price::Counted;
    use crate::price::kit::dec;

    #[test]
    fn each_parcel_has_a_first_item() {
        let parcels = FirstAndAdditional {
            first: dec("8.00"),
            additional: dec("2.00"),
            most: Some(5),
        };
        let rule = by_quantity(parcels, None, Counted::Line);
        for (pieces, amount) in [(1, "8"), (5, "16"), (6, "24"), (10, "32")] {
            assert_eq!(line(&rule, pieces), Ok(dec(amount)), "{pieces}");
        }
    }
}
