//! A price for each started package.
//!
//! Use it where less than a package is not sold: boxes of 100 screws, started hours. Not for an
//! amount that is stated for 100 but charged for each (that is the price unit of
//! [`Measure`](super::Measure)).
//!
//! Packages of 10 at 15.00: eleven cost 30.00.

use super::by_quantity::{Quantity, Scale};
use crate::price::exact;
use crate::price::scales::{Package, ScaleError, Scaled};

impl Scale for Package {
    fn cost(&self, quantity: Quantity) -> Result<Scaled, ScaleError> {
        let to = exact::add(quantity.before, quantity.units)?;
        self.slice(quantity.before, to)
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{by_quantity, line};
    use super::*;
    use crate::price::Counted;
    use crate::price::kit::dec;

    #[test]
    fn a_started_package_is_a_whole_one() {
        let boxes = Package {
            size: dec("10"),
            price: dec("15.00"),
            free: dec("0"),
        };
        let rule = by_quantity(boxes, None, Counted::Line);
        for (pieces, amount) in [(1, "15"), (10, "15"), (11, "30"), (100, "150")] {
            assert_eq!(line(&rule, pieces), Ok(dec(amount)), "{pieces}");
        }
    }
}
