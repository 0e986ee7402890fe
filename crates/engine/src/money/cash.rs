use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{MoneyError, Rounding, exact};

/// A total as it is paid in cash.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CashTotal {
    /// What is paid: a multiple of the cash step.
    pub total: Decimal,
    /// What rounding added or took, to be shown on its own: no tax is due on it.
    pub rounding: Decimal,
}

/// The sum of `amounts`, rounded to the smallest coin.
///
/// Use it for the last total of a document that is paid in cash. Not for lines
/// or tax: these are rounded to the minor unit of the currency.
///
/// # Errors
/// Where the step is not above zero, or a sum does not fit.
pub fn cash_total(amounts: &[Decimal], step: &Rounding) -> Result<CashTotal, MoneyError> {
    let sum = exact::sum(amounts.iter().copied())?;
    let total = step.round(sum)?;
    let rounding = exact::subtract(total, sum)?;
    Ok(CashTotal { total, rounding })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::RoundingMode;
    use crate::price::kit::dec;

    #[test]
    fn the_difference_is_shown_on_its_own() {
        for (amounts, step, mode, total, rounding) in [
            (&["0.47"][..], "0.05", RoundingMode::HalfUp, "0.45", "-0.02"),
            (&["100.9", "2.0"], "1", RoundingMode::Down, "102", "-0.9"),
            (&[], "0.05", RoundingMode::HalfUp, "0", "0"),
        ] {
            let amounts: Vec<_> = amounts.iter().map(|it| dec(it)).collect();
            let step = Rounding {
                step: dec(step),
                mode,
            };
            let (total, rounding) = (dec(total), dec(rounding));
            assert_eq!(
                cash_total(&amounts, &step),
                Ok(CashTotal { total, rounding })
            );
        }
    }
}
