use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{Fraction, MoneyError, Rounding};

/// How a quantity becomes one in another unit of measure: 3,500 g as 4 kg.
///
/// Use it where something is ordered or measured in one unit and priced in
/// another. Round where the priced quantity is whole (started thousands); leave
/// it out where the price is for any part of a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitConversion {
    /// Whether the factor multiplies or divides.
    pub conversion: Conversion,
    /// Above zero.
    pub factor: Decimal,
    /// How the result is rounded; not at all where `None`.
    pub rounding: Option<Rounding>,
}

/// Whether a factor multiplies or divides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Conversion {
    /// The new unit is smaller: 2 dozen by 12 are 24 pieces.
    Multiply,
    /// The new unit is larger: 24 pieces by 12 are 2 dozen.
    Divide,
}

/// A quantity in the new unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Converted {
    /// Exact.
    pub exact: Fraction,
    /// Rounded as the conversion says.
    pub priced: Fraction,
}

impl UnitConversion {
    /// `quantity` in the new unit.
    ///
    /// # Errors
    /// Where the factor is not above zero, or the result does not fit.
    pub fn convert(&self, quantity: Decimal) -> Result<Converted, MoneyError> {
        if self.factor <= Decimal::ZERO {
            return Err(MoneyError::FactorNotPositive(self.factor));
        }
        let quantity = Fraction::from(quantity);
        let exact = match self.conversion {
            Conversion::Multiply => quantity.times(self.factor),
            Conversion::Divide => quantity.over(self.factor),
        }?;
        let priced = exact.rounded(self.rounding.as_ref())?;
        Ok(Converted { exact, priced })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::RoundingMode::{self, Ceiling, HalfUp};
    use crate::price::kit::{dec, fraction};

    #[test]
    fn the_priced_quantity_is_rounded_as_stated() {
        use Conversion::{Divide, Multiply};
        let to = |decimals, mode: RoundingMode| Some(Rounding::to_decimals(decimals, mode));
        for (conversion, factor, quantity, rounding, exact, priced) in [
            (Divide, "1000", "2400", to(0, HalfUp), "2.4", "2"),
            (Divide, "1000", "-2500", to(0, HalfUp), "-2.5", "-3"),
            (Divide, "1000", "1247", to(2, Ceiling), "1.247", "1.25"),
            (Divide, "3", "10", None, "10/3", "10/3"),
            (Multiply, "12", "0.3", None, "3.6", "3.6"),
        ] {
            let factor = dec(factor);
            let unit = UnitConversion {
                conversion,
                factor,
                rounding,
            };
            let (exact, priced) = (fraction(exact), fraction(priced));
            assert_eq!(unit.convert(dec(quantity)), Ok(Converted { exact, priced }));
        }
    }

    #[test]
    fn a_factor_is_above_zero() {
        for factor in ["0", "-1"].map(dec) {
            let conversion = Conversion::Divide;
            let unit = UnitConversion {
                conversion,
                factor,
                rounding: None,
            };
            let refused = Err(MoneyError::FactorNotPositive(factor));
            assert_eq!(unit.convert(dec("1")), refused);
        }
    }
}
