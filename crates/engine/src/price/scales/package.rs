use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{ScaleError, Scaled, ScaledPart, not_negative, started};
use crate::money::exact;

/// A price for each started package, after a number of free units.
///
/// Use it where less than a package is not sold: boxes of 100 screws, started
/// hours. Not where the rest of a package is not charged.
///
/// Packages of 10 at 15.00: eleven cost 30.00.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Package {
    /// Units in a package.
    pub size: Decimal,
    /// Price of a package.
    pub price: Decimal,
    /// Units that are free.
    #[serde(default)]
    pub free: Decimal,
}

impl Package {
    /// Refuses packages that hold nothing, and less than no free units.
    ///
    /// # Errors
    /// [`ScaleError`] names what is wrong.
    pub fn check(&self) -> Result<(), ScaleError> {
        self.packages(Decimal::ZERO).map(drop)
    }

    /// How many packages `quantity` starts.
    ///
    /// # Errors
    /// Where it is below zero, or packages hold nothing.
    pub fn packages(&self, quantity: Decimal) -> Result<Decimal, ScaleError> {
        let free = not_negative(self.free)?;
        let charged = exact::subtract(not_negative(quantity)?, free)?;
        started(charged.max(Decimal::ZERO), self.size)
    }

    /// What `quantity` costs.
    ///
    /// # Errors
    /// As [`Package::packages`]; where an amount does not fit.
    pub fn amount(&self, quantity: Decimal) -> Result<Scaled, ScaleError> {
        self.slice(Decimal::ZERO, quantity)
    }

    /// What the packages cost that the units above `from`, up to `to`, start.
    ///
    /// # Errors
    /// As [`Package::amount`]; where `to` is below `from`.
    pub fn slice(&self, from: Decimal, to: Decimal) -> Result<Scaled, ScaleError> {
        if to < from {
            return Err(ScaleError::Backwards { from, to });
        }
        let further = exact::subtract(self.packages(to)?, self.packages(from)?)?;
        let part = ScaledPart::new(0, further, self.price, Decimal::ZERO)?;
        Scaled::of(vec![part])
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::shown;
    use super::*;
    use crate::price::kit::dec;

    fn package(free: &str) -> Package {
        Package {
            size: dec("10"),
            price: dec("15"),
            free: dec(free),
        }
    }

    #[test]
    fn started_packages_are_full() {
        for (free, quantity, amount) in [
            ("0", "0", "0"),
            ("0", "0.5", "15"),
            ("0", "10", "15"),
            ("0", "11", "30"),
            ("10", "121", "180"),
            ("200", "121", "0"),
        ] {
            let found = package(free).amount(dec(quantity));
            assert_eq!(shown(&found), [amount, amount], "{quantity}");
        }
    }

    #[test]
    fn a_slice_costs_the_packages_that_it_starts() {
        let slice = |from, to| package("0").slice(dec(from), dec(to));
        for (from, to, amount) in [("17", "22", "15"), ("60", "110", "75"), ("11", "20", "0")] {
            assert_eq!(shown(&slice(from, to)), [amount, amount]);
        }
        assert_eq!(shown(&slice("2", "1")), ["error"]);
    }

    #[test]
    fn packages_hold_something() {
        assert_eq!(package("0").check(), Ok(()));
        let empty = Package {
            size: Decimal::ZERO,
            ..package("0")
        };
        assert_eq!(
            empty.check(),
            Err(ScaleError::SizeNotPositive(Decimal::ZERO))
        );
        assert_eq!(package("-1").check(), Err(ScaleError::Negative(dec("-1"))));
    }
}
